"""An OSCAL catalogue or profile as a manuscript."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yupana.domain.instruments.facts import Heading, Manuscript
from yupana.domain.instruments.rules import MOST_EDITION_CODE, MOST_INSTRUMENT_CODE, MOST_TITLE
from yupana.foundation.kernel.report import Note
from yupana.interfaces.interchange.beyond import cover_amended, more_of
from yupana.interfaces.interchange.codes import clipped, code_like, title_code, usable
from yupana.interfaces.interchange.oscal import profile
from yupana.interfaces.interchange.oscal.catalog import BELOW, doubts, entries, misplaced, rows_of
from yupana.interfaces.interchange.oscal.document import read_document, recognises
from yupana.interfaces.interchange.oscal.marks import apart

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from yupana.interfaces.interchange.oscal.document import Document

__all__ = ["read_manuscript", "recognises"]
FIRST_EDITION = "1"


def read_manuscript(path: Path) -> Manuscript:
    """Read a file; Refused with its place where it is neither a catalogue nor a profile in JSON."""
    document = read_document(path)
    mended = list(document.mended)
    unplaced: list[Note] = []
    if document.kind == "catalog":
        found = entries(document.body, f"{document.name}#")
        mended += doubts(found)
        rows = rows_of(found, mended)
        unplaced += misplaced(document.body, found, f"{document.name}#")
    else:
        rows = profile.rows_of(document.body, document.name, mended)
    unplaced += [Note(where, "oscal-person-left-out", "") for where in _people(document.body, document.name)]
    heading, more = whole(document.body, document.kind, document.beside, document.name)
    heading, more = _amended(heading, more, document, mended)
    return Manuscript(heading, tuple(rows), document.digest, more, tuple(unplaced), tuple(mended))


def whole(body: dict[str, Any], kind: str, beside: dict[str, Any], file: str) -> tuple[Heading, dict[str, Any]]:
    """Say the cover of a document, and all that it says beyond cover and items, in the words of OSCAL."""
    said = body.get("metadata")
    metadata = dict(said) if isinstance(said, dict) else {}
    title = metadata.get("title") if isinstance(metadata.get("title"), str) else ""
    version = metadata.get("version") if isinstance(metadata.get("version"), str) else ""
    heading = _heading(title or "", version or "", kind, file)
    for member, shown in (("title", heading.title), ("version", heading.edition)):
        if metadata.get(member) == shown:
            del metadata[member]
    if isinstance(metadata.get("parties"), list):
        parties = [party for party in metadata.pop("parties") if not _is_person(party)]
        metadata |= {"parties": parties} if parties else {}
    others = apart(metadata.pop("props", None))[1]
    metadata |= {"props": others} if others else {}
    read = {"metadata": dict} | (dict.fromkeys(BELOW, list) if kind == "catalog" else {})
    kept = {name: value for name, value in body.items() if not isinstance(value, read.get(name, ()))}
    if kind == "profile":
        kept |= profile.skeleton(body)
    kept |= {"metadata": metadata} if metadata else {}
    kept |= {"beside": beside} if beside else {}
    return heading, {"oscal": kept} if kept else {}


def _people(body: dict[str, Any], file: str) -> Iterator[str]:
    """Yield the place of each party that is a person."""
    metadata = body.get("metadata")
    parties = metadata.get("parties") if isinstance(metadata, dict) else None
    for at, party in enumerate(parties if isinstance(parties, list) else []):
        if _is_person(party):
            yield f"{file}#/metadata/parties/{at}"


def _is_person(party: object) -> bool:
    return isinstance(party, dict) and party.get("type") == "person"


def _heading(title: str, version: str, kind: str, name: str) -> Heading:
    stem = name.partition(".")[0]
    shown = clipped(title, MOST_TITLE) or clipped(stem, MOST_TITLE) or kind
    code = title_code(title, MOST_INSTRUMENT_CODE) or code_like(stem, MOST_INSTRUMENT_CODE) or kind.upper()
    edition = version if usable(version, MOST_EDITION_CODE) else code_like(version, MOST_EDITION_CODE)
    return Heading(code, shown, kind, edition or FIRST_EDITION, shown, "")


def _amended(
    heading: Heading, more: dict[str, Any], document: Document, mended: list[Note]
) -> tuple[Heading, dict[str, Any]]:
    said = document.body.get("metadata")
    told = apart(said.get("props") if isinstance(said, dict) else None)[0]
    told.pop(profile.ITEMS, None)
    try:
        ours = more_of(told.pop("more")) if "more" in told else more
        return cover_amended(heading, told), dict(ours)
    except ValueError:
        mended.append(Note(f"{document.name}#/metadata", "own-fields-unreadable", ", ".join(sorted(told))[:200]))
        return heading, more
