"""The elements of a plan as items: goals are axes, objectives objectives, and what else holds text is text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from yupana.domain.instruments.facts import ItemRole, ItemRow
from yupana.foundation.kernel.text import squeeze
from yupana.interfaces.interchange.beyond import amended
from yupana.interfaces.interchange.codes import Codes, usable
from yupana.interfaces.interchange.stratml import elements as the
from yupana.interfaces.interchange.stratml.identifiers import identifier
from yupana.interfaces.interchange.stratml.marks import ASSUMED, TEXTS, told
from yupana.interfaces.interchange.trees import key
from yupana.interfaces.interchange.xml import local, place, possible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml import etree

Key = tuple[ItemRole, str]
SINGLE = frozenset({the.DESCRIPTION, the.OTHER, the.VISION, the.MISSION})  # of which a holder has one
UNNAMED = frozenset({the.DESCRIPTION, the.OTHER, the.VISION, the.MISSION})
KEBAB = {the.OTHER: "other-information", the.INDICATOR: "indicator"}


@dataclass(slots=True)
class Entry:
    """An item that an element holds: the number of the entry above it, its place, its code, what we said beside it.

    ``piece`` numbers the texts that share one element, None where the element is one item.
    """

    element: etree._Element
    name: str
    above: int | None
    where: str
    told: dict[str, Any]
    piece: int | None = None
    code: str = ""


def entries(root: etree._Element, file: str, wrong: list[etree._Element] | None = None) -> list[Entry]:
    """List the items of a plan in reading order, each after the one it stands in; ``wrong`` takes marks not read."""
    found: list[Entry] = []
    _gather(root, the.ROOT, None, file, found, wrong if wrong is not None else [])
    _give_codes(found)
    return found


def plain_row(entry: Entry, parent: Key | None) -> ItemRow:
    """Say as an item what an element says in the words of the standard."""
    if entry.piece is not None:
        return ItemRow(entry.where, ItemRole.TEXT, entry.code, "", parent)
    role = the.ROLES.get(entry.name, ItemRole.TEXT)
    text, body = said(entry)
    kept = {} if role is not ItemRole.TEXT else {"element": entry.name}
    kept |= _kept(entry)
    return ItemRow(entry.where, role, entry.code, text, parent, body=body, more={"stratml": kept} if kept else {})


def rows_of(found: Sequence[Entry], wrong: list[Entry]) -> list[ItemRow]:
    """Say all elements as items, with what we said beside them, in the order that was meant."""
    rows: list[ItemRow] = []
    order: list[int] = []
    for at, entry in enumerate(found):
        above = None if entry.above is None else key(rows[entry.above])
        row = plain_row(entry, above)
        fields = dict(entry.told)
        position = fields.pop("order", at)
        order.append(position if type(position) is int else at)
        try:
            rows.append(amended(row, fields) if fields else row)
        except ValueError:
            rows.append(row if row.text else replace(row, text=row.code))
            wrong.append(entry)
    return [rows[at] for at in sorted(range(len(rows)), key=order.__getitem__)]


def said(entry: Entry) -> tuple[str, str]:
    """Tell text and body of an element: its name and description, the description alone, or what it is called."""
    if entry.name in (the.DESCRIPTION, the.OTHER):
        return the.prose(entry.element) or entry.code, ""
    description = the.prose(the.child(entry.element, the.DESCRIPTION))
    if entry.name in UNNAMED:
        return description or entry.code, ""
    if entry.name == the.INDICATOR:
        return _measured(entry)
    name = the.line(the.child(entry.element, "Name"))
    return (name, description) if name else (description or f"{entry.name} {entry.code}", "")


def is_assumed(goal: etree._Element, fields: Mapping[str, Any]) -> bool:
    """Whether a goal stands there only because there must be one, and nobody made it more than that."""
    inside = [local(each) for each in the.children(goal)]
    return fields.get(ASSUMED) == the.words(the.child(goal, "Name")) and inside == ["Name", the.DESCRIPTION]


def shown(fields: Mapping[str, Any]) -> str:
    """Say how a text that shares an element with others stands there."""
    parts = (fields.get("text", ""), fields.get("body", ""))
    return possible("\n\n".join(str(part) for part in parts if part))


def facts(element: etree._Element, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield each text deep inside an element with the names that lead to it."""
    for each in the.children(element):
        name = local(each)
        steps = f"{path} / {name}" if path else name
        inside = list(the.children(each))
        text = the.line(each)
        if text and not inside:
            yield steps, text
        yield from facts(each, steps)


def _gather(
    element: etree._Element, name: str, above: int | None, file: str, found: list[Entry], wrong: list[etree._Element]
) -> None:
    for each in the.children(element):
        kind = local(each)
        if kind not in the.BELOW.get(name, ()):
            continue
        try:
            fields = told(each)
        except ValueError:
            fields = {}
            wrong.append(each)
        if is_assumed(each, fields) or not (fields or _holds(each, kind)):
            continue
        texts = _texts(fields)
        if texts and the.words(each).strip() == "\n\n".join(shown(one) for one in texts).strip():
            found += [Entry(each, kind, above, place(file, each), one, at) for at, one in enumerate(texts)]
            continue
        if fields.keys() & {TEXTS, ASSUMED}:
            wrong.append(each)
        fields = {field: value for field, value in fields.items() if field not in (TEXTS, ASSUMED)}
        found.append(Entry(each, kind, above, place(file, each), fields))
        _gather(each, kind, len(found) - 1, file, found, wrong)


def _texts(fields: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the texts that share an element, as far as they are any."""
    texts = fields.get(TEXTS)
    listed = isinstance(texts, list) and all(isinstance(one, dict) for one in texts)
    return texts if isinstance(texts, list) and listed else []


def _holds(element: etree._Element, kind: str) -> bool:
    """Whether an element says anything: goals and objectives always do, others where there is text in them."""
    if kind in (the.GOAL, the.OBJECTIVE):
        return True
    if kind == the.INDICATOR:
        return any(not step.endswith("Identifier") for step, _text in facts(element))
    texts = (the.line(each) for each in the.children(element) if local(each) != "Identifier")
    return bool(the.line(element)) if kind in (the.DESCRIPTION, the.OTHER) else any(texts)


def _give_codes(found: list[Entry]) -> None:
    """Give each entry the code of its sequence indicator, else one that tells where it stands; goals come first."""
    codes = Codes()
    goals, objectives = ([entry for entry in found if entry.name == name] for name in (the.GOAL, the.OBJECTIVE))
    for numbered in (goals, objectives):
        for entry in numbered:
            code = _explicit(entry, found)
            entry.code = codes.fresh(code) if code and not codes.has(code) else ""
        reached: Counter[int | None] = Counter()  # what was taken stays so, and is not looked at again
        for entry in numbered:
            while not entry.code:
                reached[entry.above] += 1
                code = _below(entry, found, str(reached[entry.above]))
                entry.code = "" if codes.has(code) else codes.fresh(code)
    counted: Counter[tuple[int | None, str]] = Counter()
    for entry in found:
        if entry.name not in (the.GOAL, the.OBJECTIVE):
            counted[entry.above, entry.name] += 1
            name = KEBAB.get(entry.name, entry.name.lower())
            own = name if entry.name in SINGLE else f"{name}-{counted[entry.above, entry.name]}"
            entry.code = codes.fresh(_below(entry, found, own))


def _explicit(entry: Entry, found: Sequence[Entry]) -> str:
    """Return the code that a sequence indicator makes, "" without one; an objective's begins with its goal's."""
    sequence = _sequence(entry)
    if not usable(sequence):
        return ""
    above = "" if entry.above is None else found[entry.above].code
    if not above or sequence.startswith(f"{above}."):
        return sequence
    joined = f"{above}.{sequence}"
    return joined if usable(joined) else ""


def _below(entry: Entry, found: Sequence[Entry], own: str) -> str:
    """Put the code of the entry above before an entry's own, where both are a code together."""
    above = "" if entry.above is None else found[entry.above].code
    joined = f"{above}.{own}"
    return joined if above and usable(joined) else own


def _sequence(entry: Entry) -> str:
    return the.line(the.child(entry.element, "SequenceIndicator"))


def _kept(entry: Entry) -> dict[str, str]:
    element = entry.element
    kept = {
        "identifier": identifier(the.line(the.child(element, "Identifier"))),
        "acronym": the.line(the.child(element, "Acronym")) if entry.name == the.ORGANIZATION else "",
        "type": squeeze(element.get(the.STAKEHOLDER_TYPE, "")) if entry.name == the.STAKEHOLDER else "",
        "sequence": "" if _sequence(entry) == entry.code else _sequence(entry),
    }
    return {name: text for name, text in kept.items() if text}


def _measured(entry: Entry) -> tuple[str, str]:
    """Say an indicator of Part 2: what it measures, and all that it says of it as a list."""
    told_of = list(facts(entry.element))
    names = ("Name", "MeasurementDimension", the.DESCRIPTION)
    name = next((text for wanted in names for step, text in told_of if step == wanted), "")
    skipped = ("Identifier", the.OTHER)
    listed = [(step, text) for step, text in told_of if (step, text) not in [(each, name) for each in names]]
    body = "\n".join(f"- {step}: {text}" for step, text in listed if step.split(" / ")[-1] not in skipped)
    return (name, body) if name else (entry.code, body)
