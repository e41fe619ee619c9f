"""The tree of a catalogue as items: groups are axes, controls requirements, parts the texts below them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from yupana.domain.instruments.facts import ItemRole, ItemRow
from yupana.foundation.kernel.report import Note
from yupana.interfaces.interchange.beyond import amended
from yupana.interfaces.interchange.codes import Codes, usable
from yupana.interfaces.interchange.oscal.marks import BODY, OURS, apart
from yupana.interfaces.interchange.trees import key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Thing = dict[str, Any]
Key = tuple[ItemRole, str]


class Kind(StrEnum):
    """What an object of a catalogue is."""

    GROUP = "group"
    CONTROL = "control"
    PART = "part"


BELOW = {"parts": Kind.PART, "groups": Kind.GROUP, "controls": Kind.CONTROL}  # in reading order
ROLES = {Kind.GROUP: ItemRole.AXIS, Kind.CONTROL: ItemRole.REQUIREMENT, Kind.PART: ItemRole.TEXT}
ITSELF = frozenset({"id", "title", "prose", "props", *BELOW})


@dataclass(slots=True)
class Entry:
    """An object of a catalogue: the number of the entry above it, its place, and the code that its id makes."""

    thing: Thing
    kind: Kind
    above: int | None
    where: str
    code: str = ""


def entries(catalog: Thing, where: str) -> list[Entry]:
    """List the objects of a catalogue in reading order, each after the one that it stands in, with their codes."""
    found: list[Entry] = []
    _gather(catalog, None, where, found)
    ids = [_id(entry) for entry in found]
    first = {code: at for at, code in reversed(list(enumerate(ids))) if usable(code)}
    codes = Codes(first)
    for at, (entry, own) in enumerate(zip(found, ids, strict=True)):
        entry.code = own if first.get(own) == at else codes.fresh(own or _name(entry, found))
    return found


def below(thing: Thing) -> Iterator[tuple[str, int, Thing, Kind]]:
    """Yield each object directly inside another: in which member, at which place, and what it is."""
    for member, kind in BELOW.items():
        inside = thing.get(member)
        for at, each in enumerate(inside if isinstance(inside, list) else []):
            if isinstance(each, dict) and not _is_body(each):
                yield member, at, each, kind


def plain_row(entry: Entry, parent: Key | None) -> ItemRow:
    """Say as an item what an object says in the words of OSCAL."""
    thing, kind = entry.thing, entry.kind
    kept = {name: value for name, value in thing.items() if name not in ITSELF or not _is_read(name, value, kind)}
    others = apart(thing.get("props"))[1] if "props" not in kept else []
    kept |= {"props": others} if others else {}
    if _id(entry) != entry.code:
        kept["id"] = thing.get("id", "")
    role = ROLES[kind]
    if kind is Kind.PART and thing.get("ns") == OURS and thing.get("name") in ItemRole.__members__.values():
        role = ItemRole(thing["name"])
        del kept["name"], kept["ns"]
    text, body, said = _said(entry)
    kept |= said
    return ItemRow(entry.where, role, entry.code, text, parent, body=body, more={"oscal": kept} if kept else {})


def rows_of(found: Sequence[Entry], mended: list[Note]) -> list[ItemRow]:
    """Say all objects as items, with what we said beside them ourselves, in the order that was meant."""
    rows: list[ItemRow] = []
    order: list[int] = []
    for at, entry in enumerate(found):
        above = None if entry.above is None else key(rows[entry.above])
        row = plain_row(entry, above)
        told = apart(entry.thing.get("props"))[0]
        position = told.pop("order", at)
        order.append(position if type(position) is int else at)
        rows.append(_amended(row, told, mended) if told else row)
    return [rows[at] for at in sorted(range(len(rows)), key=order.__getitem__)]


def doubts(found: Sequence[Entry]) -> Iterator[Note]:
    """List the objects that lack what OSCAL demands of them, and what was put in its place."""
    for entry in found:
        own = _id(entry)
        if own != entry.code and (own or "id" in entry.thing or entry.kind is Kind.CONTROL):
            yield Note(entry.where, "oscal-id-unusable", own or entry.code)
        untitled = entry.kind is not Kind.PART and not _filled(entry.thing.get("title"))
        if untitled and "text" not in apart(entry.thing.get("props"))[0]:
            yield Note(entry.where, "oscal-title-missing", entry.code)


def misplaced(catalog: Thing, found: Sequence[Entry], where: str) -> Iterator[Note]:
    """List what stands where an object should stand and is none."""
    for thing, place in [(catalog, where), *((entry.thing, entry.where) for entry in found)]:
        for member in BELOW.keys() & thing.keys():
            inside = thing[member]
            for each in inside if isinstance(inside, list) else []:
                if not isinstance(each, dict):
                    yield Note(place, "oscal-misplaced", f"{member}: {each!s:.200}")


def _gather(thing: Thing, above: int | None, where: str, found: list[Entry]) -> None:
    for member, at, each, kind in below(thing):
        place = f"{where}/{member}/{at}"
        found.append(Entry(each, kind, above, place))
        _gather(each, len(found) - 1, place, found)


def _amended(row: ItemRow, told: dict[str, Any], mended: list[Note]) -> ItemRow:
    try:
        return amended(row, told)
    except ValueError:
        mended.append(Note(row.where, "own-fields-unreadable", ", ".join(sorted(told))[:200]))
        return row


def _is_body(thing: Thing) -> bool:
    return thing.get("ns") == OURS and thing.get("name") == BODY and thing.keys() <= {"ns", "name", "prose"}


def _is_read(name: str, value: Any, kind: Kind) -> bool:  # noqa: ANN401 (whatever a file says)
    """Whether a member that rows say otherwise was in fact read; what was not is kept as it stands."""
    if name in BELOW or name == "props":
        return isinstance(value, list) and (value != [] or name in BELOW)
    return name == "id" or (bool(_filled(value)) and (name == "title" or kind is Kind.PART))


def _id(entry: Entry) -> str:
    own = entry.thing.get("id")
    return own if isinstance(own, str) else ""


def _name(entry: Entry, found: Sequence[Entry]) -> str:
    name = entry.thing.get("name")
    own = name if isinstance(name, str) else entry.kind.value
    return own if entry.above is None else f"{found[entry.above].code}.{own}"


def _said(entry: Entry) -> tuple[str, str, dict[str, str]]:
    """Tell text and body of an object; for a part also which of its members the text was, where that is not plain."""
    title, prose = (_filled(entry.thing.get(name)) for name in ("title", "prose"))
    if entry.kind is not Kind.PART:
        return title or entry.code, _body(entry.thing), {}
    prose = "\n\n".join(filter(None, [prose, _body(entry.thing)]))
    if title and prose:
        return title, prose, {}
    if prose:
        return prose, "", {}
    name = _filled(entry.thing.get("name")) or entry.code
    return (title, "", {"said": "title"}) if title else (name, "", {"said": "name"})


def _filled(value: Any) -> str:  # noqa: ANN401 (whatever a file says)
    return value if isinstance(value, str) and value.strip() else ""


def _body(thing: Thing) -> str:
    parts = thing.get("parts")
    inside = [part for part in parts if isinstance(part, dict) and _is_body(part)] if isinstance(parts, list) else []
    return "\n\n".join(str(part.get("prose", "")) for part in inside)
