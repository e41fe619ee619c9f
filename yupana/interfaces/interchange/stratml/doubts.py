"""What is wrong with a plan that could be read all the same, and what of it has no place among items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from yupana.foundation.kernel.report import Note
from yupana.foundation.kernel.text import squeeze
from yupana.interfaces.interchange.stratml import elements as the
from yupana.interfaces.interchange.stratml.identifiers import OURS, identifier
from yupana.interfaces.interchange.stratml.marks import told
from yupana.interfaces.interchange.stratml.tree import is_assumed
from yupana.interfaces.interchange.xml import local, place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from yupana.interfaces.interchange.stratml.tree import Entry

MOST_TEXT = 200
READ = {  # the elements inside an item, and inside the administrative information, whose text is read
    the.VISION: {the.DESCRIPTION, "Identifier"},
    the.MISSION: {the.DESCRIPTION, "Identifier"},
    the.VALUE: {"Name", the.DESCRIPTION},
    the.STAKEHOLDER: {"Name", the.DESCRIPTION},
    the.ORGANIZATION: {"Name", "Acronym", "Identifier", the.DESCRIPTION},
    the.GOAL: {"Name", the.DESCRIPTION, "Identifier", "SequenceIndicator"},
    the.OBJECTIVE: {"Name", the.DESCRIPTION, "Identifier", "SequenceIndicator"},
    the.ADMINISTRATIVE: {*the.DATES, "Source"},
    the.ROOT: {"Name"},
}
PLAIN = {name for names in READ.values() for name in names} | {the.OTHER}


def doubts(root: etree._Element, file: str, found: Sequence[Entry]) -> Iterator[Note]:
    """List what the standard does not allow and what was made of it."""
    if local(root) == the.PART_2:
        yield Note(place(file, root), "stratml-root-of-part-2", "")
    space = etree.QName(root).namespace or ""
    if space != the.NAMESPACE:
        yield Note(place(file, root), "stratml-namespace", space)
    if not the.line(the.child(root, "Name")):
        yield Note(place(file, root), "stratml-name-missing", local(root))
    yield from _nameless(found)
    seen: set[str] = set()
    for element in root.iter(etree.Element):
        yield from _doubts_of(element, file, seen)


def unplaced(root: etree._Element, file: str, found: Sequence[Entry]) -> Iterator[Note]:
    """List each text and each attribute that is not read."""
    read = _read(root, found)
    for element in root.iter(etree.Element):
        if local(element) == the.SUBMITTER and the.line(element):
            yield Note(place(file, element), "stratml-submitter-left-out", "")
        for name, value in element.attrib.items():
            if value.strip() and not _is_known(element, str(name)):
                yield Note(
                    place(file, element), "stratml-unplaced", f"{local(element)} {name!s}: {value!s}"[:MOST_TEXT]
                )
        own = " ".join([element.text or "", *(child.tail or "" for child in element)])
        if own.strip() and element not in read:
            said = squeeze(own)
            yield Note(place(file, element), "stratml-unplaced", f"{local(element)}: {said}"[:MOST_TEXT])


def _nameless(found: Sequence[Entry]) -> Iterator[Note]:
    for entry in found:
        name, description = (the.line(the.child(entry.element, each)) for each in ("Name", the.DESCRIPTION))
        needs = not name and (entry.name == the.GOAL or (entry.name == the.OBJECTIVE and not description))
        if needs and "text" not in entry.told:
            yield Note(entry.where, "stratml-name-missing", f"{entry.name} {entry.code}")


def _doubts_of(element: etree._Element, file: str, seen: set[str]) -> Iterator[Note]:
    name, where = local(element), place(file, element)
    if name in the.CONTAINERS:
        yield Note(where, "stratml-container", name)
    if name == "Identifier":
        text = the.line(element)
        known = identifier(text)
        if not text or (known != text and not text.startswith(OURS)):
            yield Note(where, "stratml-identifier-unusable", text)
        elif text in seen:
            yield Note(where, "stratml-identifier-twice", text)
        seen.add(text)
    above = element.getparent()
    if name in the.DATES and above is not None and local(above) == the.ADMINISTRATIVE:
        text = the.line(element)
        if text and not the.is_day(text):
            yield Note(where, "stratml-date-unreadable", text)
    if name in PLAIN and any(local(child) for child in element):
        yield Note(where, "stratml-markup-in-text", the.line(element)[:MOST_TEXT])


def _read(root: etree._Element, found: Sequence[Entry]) -> set[etree._Element]:
    """Gather the elements whose text is read, or left out knowingly."""
    read: set[etree._Element] = set()
    for holder, name in [(root, the.ROOT), *((entry.element, entry.name) for entry in found)]:
        wanted = READ.get(name, set())
        taken = list(the.children(holder)) if name == the.INDICATOR else [the.child(holder, each) for each in wanted]
        administrative = the.child(holder, the.ADMINISTRATIVE) if name == the.ROOT else None
        if administrative is not None:
            taken += [the.child(administrative, each) for each in READ[the.ADMINISTRATIVE]]
        taken += [holder] if name in (the.DESCRIPTION, the.OTHER) else []
        read.update(each for top in taken if top is not None for each in top.iter(etree.Element))
    for element in root.iter(etree.Element):
        unusable = local(element) == "Identifier" and not identifier(the.line(element))
        if unusable or local(element) == the.SUBMITTER or (local(element) == the.GOAL and _is_assumed(element)):
            read.update(element.iter(etree.Element))
    return read


def _is_assumed(goal: etree._Element) -> bool:
    try:
        return is_assumed(goal, told(goal))
    except ValueError:
        return False


def _is_known(element: etree._Element, name: str) -> bool:
    if name.startswith((f"{{{the.XSI}}}", "{http://www.w3.org/XML/1998/namespace}")):
        return True
    return name == the.STAKEHOLDER_TYPE and local(element) == the.STAKEHOLDER
