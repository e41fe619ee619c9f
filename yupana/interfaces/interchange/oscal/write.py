"""A manuscript as an OSCAL catalogue, or as the profile that it came from: valid, and read back as it was.

What OSCAL has no word for stands in properties under a name space of ours. Nothing is taken from the clock: the same
manuscript gives the same bytes.
"""

from __future__ import annotations

import json
import uuid
from collections import Counter
from typing import TYPE_CHECKING, Any

from yupana.domain.instruments.rules import MOST_TITLE
from yupana.foundation.kernel.report import Note
from yupana.interfaces.interchange.beyond import cover_lacking, lacking, section
from yupana.interfaces.interchange.codes import clipped
from yupana.interfaces.interchange.oscal import profile
from yupana.interfaces.interchange.oscal.build import MEMBERS, kinds, things
from yupana.interfaces.interchange.oscal.catalog import entries, plain_row
from yupana.interfaces.interchange.oscal.grammar import (
    CATALOG,
    METADATA,
    PROFILE,
    fitting,
    is_line,
    is_moment,
    is_string,
    is_uuid,
)
from yupana.interfaces.interchange.oscal.marks import OURS, marks
from yupana.interfaces.interchange.oscal.read import whole
from yupana.interfaces.interchange.trees import Tree, key

if TYPE_CHECKING:
    from pathlib import Path

    from yupana.domain.instruments.facts import Manuscript
    from yupana.interfaces.interchange.oscal.catalog import Thing

VERSION = "1.1.2"
SOME_TITLE = "-"
SOME_MOMENT = "1970-01-01T00:00:00Z"  # OSCAL demands a moment of change, and a manuscript knows none
Told = dict[str, Any]


def write_manuscript(manuscript: Manuscript, target: Path) -> tuple[Note, ...]:
    """Write a file and tell what other programs will not understand of it, and what it leaves out."""
    kept = section(manuscript, "oscal")
    kind = "profile" if isinstance(kept.get("imports"), list) else "catalog"
    body: Thing = {"uuid": _uuid(manuscript, kept), "metadata": _metadata(manuscript, kept)}
    notes = [Note(note.where, "export-leaves-out-unplaced", note.text) for note in manuscript.unplaced]
    told = _profile(manuscript, kept, body) if kind == "profile" else _catalog(manuscript, kept, body, notes)
    beside = _beside(kept)
    _mark_cover(manuscript, body, kind, beside, target.name)
    if not is_moment(_moment(kept)):
        notes.append(Note(target.name, "oscal-moment-assumed", SOME_MOMENT))
    counted = Counter(name for fields in told for name in fields)
    notes += [Note(target.name, "export-in-own-words", f"{name}: {times}") for name, times in sorted(counted.items())]
    target.write_bytes(_json(beside | {kind: body}))
    return tuple(notes)


def _catalog(manuscript: Manuscript, kept: Thing, body: Thing, notes: list[Note]) -> list[Told]:
    """Fill a catalogue with the items; tell what was said of each in words of ours."""
    rows = manuscript.rows
    tree = Tree(rows)
    what = kinds(tree)
    spare = fitting(CATALOG, {name: value for name, value in kept.items() if name != "uuid"})
    body |= {name: value for name, value in spare.items() if name == "params"}
    number: dict[int, int] = {}
    for at, thing in things(tree, [f"{row.role}-{row.code}" for row in rows]):
        number[id(thing)] = at
        if tree.above[at] is None:
            body.setdefault(MEMBERS[what[at]], []).append(thing)
    notes += [Note(row.where, "export-stands-elsewhere", row.key) for row in tree.moved()]
    told = []
    found = entries(body, "")
    for place, entry in enumerate(found):
        at = number[id(entry.thing)]
        above = None if entry.above is None else key(rows[number[id(found[entry.above].thing)]])
        fields = dict(lacking(plain_row(entry, above), rows[at]))
        _mark(entry.thing, fields | ({"order": at} if at != place else {}))
        told.append(fields)
    body |= {name: value for name, value in spare.items() if name == "back-matter"}
    return told


def _profile(manuscript: Manuscript, kept: Thing, body: Thing) -> list[Told]:
    """Fill a profile with references; tell what was said of each in words of ours."""
    imports, order = profile.imports_of(kept, manuscript.rows)
    body |= {"imports": imports} | fitting(PROFILE, {name: value for name, value in kept.items() if name != "uuid"})
    told = []
    items = []
    for place, (plain, at) in enumerate(zip(profile.plain_rows(body, ""), order, strict=True)):
        fields = dict(lacking(plain, manuscript.rows[at]))
        told.append(fields)
        full = fields | ({"order": at} if at != place else {})
        if full:
            items.append([place, full])
    if items:
        _mark(body["metadata"], {profile.ITEMS: items})
    return told


def _mark_cover(manuscript: Manuscript, body: Thing, kind: str, beside: Thing, name: str) -> None:
    """Say beside the metadata what a reader would not see of the cover and of what stands beyond it."""
    heading, more = whole(body, kind, beside, name)
    told: Told = dict(cover_lacking(heading, manuscript.heading))
    _mark(body["metadata"], told | ({"more": manuscript.more} if more != manuscript.more else {}))


def _mark(thing: Thing, told: Told) -> None:
    if told:
        thing["props"] = [*thing.get("props", []), *marks(told)]


def _metadata(manuscript: Manuscript, kept: Thing) -> Thing:
    heading = manuscript.heading
    said = kept.get("metadata")
    given: Thing = fitting(METADATA, said if isinstance(said, dict) else {})
    demanded = {
        "title": heading.title if is_line(heading.title) else clipped(heading.title, MOST_TITLE) or SOME_TITLE,
        "last-modified": SOME_MOMENT,
        "version": heading.edition if is_string(heading.edition) else "1",
        "oscal-version": VERSION,
    }
    return demanded | given


def _moment(kept: Thing) -> object:
    said = kept.get("metadata")
    return said.get("last-modified") if isinstance(said, dict) else None


def _uuid(manuscript: Manuscript, kept: Thing) -> str:
    own = kept.get("uuid")
    name = f"{OURS}:{manuscript.heading.ref}".encode("utf-8", "replace").decode()
    return str(own) if is_uuid(own) else str(uuid.uuid5(uuid.NAMESPACE_URL, name))


def _beside(kept: Thing) -> Thing:
    said = kept.get("beside")
    schema = said.get("$schema") if isinstance(said, dict) else None
    return {"$schema": schema} if is_string(schema) else {}


def _json(document: Thing) -> bytes:
    try:
        return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
    except UnicodeEncodeError:  # half a character: only as an escape
        return (json.dumps(document, indent=2) + "\n").encode()
