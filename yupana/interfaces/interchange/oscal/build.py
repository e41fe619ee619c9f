"""The tree of a manuscript as objects of a catalogue, whatever its roles and however deep it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yupana.domain.instruments.facts import ItemRole
from yupana.interfaces.interchange.beyond import section
from yupana.interfaces.interchange.codes import Codes, clipped, code_like
from yupana.interfaces.interchange.oscal.catalog import BELOW, Kind
from yupana.interfaces.interchange.oscal.grammar import CONTROL, GROUP, PART, fitting, is_line, is_token
from yupana.interfaces.interchange.oscal.marks import BODY, OURS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from yupana.domain.instruments.facts import ItemRow
    from yupana.interfaces.interchange.oscal.catalog import Thing
    from yupana.interfaces.interchange.trees import Tree

SPECS = {Kind.GROUP: GROUP, Kind.CONTROL: CONTROL, Kind.PART: PART}
MEMBERS = {kind: member for member, kind in BELOW.items()}
USUAL = {
    ItemRole.AXIS: Kind.GROUP, ItemRole.OBJECTIVE: Kind.GROUP, ItemRole.LINE: Kind.CONTROL,
    ItemRole.GUIDELINE: Kind.CONTROL, ItemRole.REQUIREMENT: Kind.CONTROL,
}  # fmt: skip
MOST_TITLE = 300


def kinds(tree: Tree) -> list[Kind]:
    """Say what each row becomes: as its role usually does, as far as it may stand there."""
    usual = [USUAL.get(row.role, Kind.PART) for row in tree.rows]
    found = list(usual)
    waiting: list[tuple[int | None, list[int]]] = [(None, tree.below.get(None, []))]
    while waiting:
        above, inside = waiting.pop()
        around = None if above is None else found[above]
        mixed = any(usual[at] is Kind.CONTROL for at in inside)
        for at in inside:
            found[at] = _placed(usual[at], around, mixed=mixed)
            waiting.append((at, tree.below.get(at, [])))
    return found


def things(tree: Tree, key_of: Sequence[str]) -> Iterator[tuple[int, Thing]]:
    """Yield the object of each row with what OSCAL can say of it, objects above first; ids are unique."""
    what = kinds(tree)
    used: set[str] = set()
    ids = Codes()
    made: dict[int, Thing] = {}
    for at in tree.order():
        thing = _thing(tree.rows[at], what[at])
        wanted = _wanted_id(tree.rows[at], what[at], key_of[at])
        if wanted is not None:
            thing["id"] = wanted if wanted not in used and is_token(wanted) else _made_id(key_of[at], used, ids)
            used.add(thing["id"])
        made[at] = thing
        above = tree.above[at]
        if above is not None:
            made[above].setdefault(MEMBERS[what[at]], []).append(thing)
        yield at, thing


def _placed(usual: Kind, around: Kind | None, *, mixed: bool) -> Kind:
    if around is Kind.PART:
        return Kind.PART
    if around is None:
        return Kind.GROUP if usual is Kind.PART else usual
    among_controls = around is Kind.CONTROL or mixed  # a group holds groups or controls, a control no groups
    return Kind.CONTROL if usual is Kind.GROUP and among_controls else usual


def _thing(row: ItemRow, kind: Kind) -> Thing:
    kept = section(row, "oscal")
    thing: dict[str, Any] = fitting(SPECS[kind], kept)
    if kind is not Kind.PART:
        thing["title"] = _line(row)
        if row.body:
            thing["parts"] = [{"name": BODY, "ns": OURS, "prose": row.body}]
        return thing
    if "name" not in thing:
        thing |= {"name": row.role.value, "ns": OURS}
    said = kept.get("said")
    if row.body or (said == "title" and is_line(row.text)):
        thing["title"] = _line(row)
    if row.body or (said != "title" and not (said == "name" and row.text == thing["name"])):
        thing["prose"] = row.body or row.text
    return thing


def _line(row: ItemRow) -> str:
    if is_line(row.text):
        return row.text
    return clipped(row.text, MOST_TITLE) or clipped(row.code, MOST_TITLE) or row.role.value


def _wanted_id(row: ItemRow, kind: Kind, key: str) -> str | None:
    """Say which id a row would have: its own, its code, or None where its file gave it none and none is needed."""
    own = section(row, "oscal").get("id")
    if own == "" and kind is not Kind.CONTROL:
        return None
    if isinstance(own, str) and is_token(own):
        return own
    return row.code if is_token(row.code) else key


def _made_id(key: str, used: set[str], ids: Codes) -> str:
    """Make an id of a row's key that no other row has."""
    base = "".join(char if is_token(f"_{char}") else "-" for char in code_like(key)) or "item"
    wanted = ids.fresh(base if is_token(base) else f"_{base}"[:80])
    while wanted in used or not is_token(wanted):
        wanted = ids.fresh("item")
    return wanted
