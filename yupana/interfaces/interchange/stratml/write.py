"""A manuscript as a plan of StratML Part 1: valid, and read back as it was.

The standard has two levels, goals and objectives. What is deeper, and all that it has no word for, stands in
processing instructions of ours beside what other programs read. The same manuscript gives the same bytes.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from lxml import etree

from yupana.domain.instruments.facts import ItemRole, ItemRow
from yupana.foundation.kernel.report import Note
from yupana.interfaces.interchange.beyond import cover_lacking, lacking, section
from yupana.interfaces.interchange.stratml import elements as the
from yupana.interfaces.interchange.stratml.identifiers import Identifiers
from yupana.interfaces.interchange.stratml.marks import ASSUMED, COVER, TEXTS, tell
from yupana.interfaces.interchange.stratml.places import Place, places
from yupana.interfaces.interchange.stratml.read import whole
from yupana.interfaces.interchange.stratml.tree import entries, plain_row, shown
from yupana.interfaces.interchange.trees import Tree, key
from yupana.interfaces.interchange.xml import possible

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from yupana.domain.instruments.facts import Manuscript
    from yupana.interfaces.interchange.stratml.tree import Entry

Told = dict[str, Any]
ORDER = (the.ORGANIZATION, the.VISION, the.MISSION, the.VALUE, the.GOAL)
SOME_TITLE = "-"
_SOURCE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9/?#@!$&'()*+,;=:._~-]*")


def write_manuscript(manuscript: Manuscript, target: Path) -> tuple[Note, ...]:
    """Write a file and tell what other programs will not understand of it, and what it leaves out."""
    writer = _Writer(manuscript)
    root = writer.plan(places(Tree(manuscript.rows)))
    told = writer.tell_items(root)
    _tell_cover(manuscript, root, target.name)
    etree.indent(root)
    target.write_bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
    return tuple(_notes(manuscript, told, target.name))


class _Writer:
    """Makes the elements of one plan, and remembers which item each is."""

    def __init__(self, manuscript: Manuscript) -> None:
        self.manuscript = manuscript
        self.rows = manuscript.rows
        self.identifiers = Identifiers()
        self.number: dict[tuple[etree._Element, int | None], int] = {}
        self.texts: dict[etree._Element, list[Told]] = {}

    def plan(self, place: Place) -> etree._Element:
        """Make the whole plan; a goal that it must have and has not is assumed."""
        root = etree.Element(f"{{{the.NAMESPACE}}}{the.ROOT}", nsmap={None: the.NAMESPACE})  # type: ignore[dict-item]  # the stubs forget it
        name = section(self.manuscript, "stratml").get("name")
        title = name if isinstance(name, str) else self.manuscript.heading.title
        title = title if possible(title).strip() else SOME_TITLE
        _add(root, "Name", title)
        for each in place.inside:
            if each.name == the.DESCRIPTION:
                self._item(root, each)
        self._other(root, place.texts)
        core = etree.SubElement(root, f"{{{the.NAMESPACE}}}{the.CORE}")
        for each in sorted((one for one in place.inside if one.name in ORDER), key=lambda one: ORDER.index(one.name)):
            self._item(core, each)
        if not any(each.name == the.GOAL for each in place.inside):
            goal = _add(core, the.GOAL)
            _add(goal, "Name", title)
            _add(goal, the.DESCRIPTION)
            tell(goal, {ASSUMED: possible(title)})
        self._administrative(root)
        return root

    def tell_items(self, root: etree._Element) -> dict[int, Told]:
        """Read the plan as others would, and say beside each item what they would not see; tell what that was."""
        found = entries(root, "")
        told: dict[int, Told] = {}
        for place, entry in enumerate(found):
            at = self.number[entry.element, entry.piece]
            above = None if entry.above is None else key(self._row(found[entry.above]))
            plain = plain_row(entry, above)
            fields: Told = dict(lacking(plain, self.rows[at]))
            told[at] = fields
            fields = fields | ({"order": at} if at != place else {})
            if entry.piece is None:
                tell(entry.element, fields)
            else:
                self.texts[entry.element][entry.piece] = fields
        for element, texts in self.texts.items():
            element.text, element[:] = element[0].tail, []
            tell(element, {TEXTS: texts})
        return told

    def _row(self, entry: Entry) -> ItemRow:
        return self.rows[self.number[entry.element, entry.piece]]

    def _item(self, above: etree._Element, place: Place) -> None:
        element = _add(above, place.name)
        self.number[element, None] = place.at
        row = self.rows[place.at]
        if place.name == the.DESCRIPTION:
            element.text = possible(row.text)
            return
        self._words(element, place.name, row)
        inside = sorted(place.inside, key=lambda each: each.name == the.OBJECTIVE)
        for each in (one for one in inside if one.name != the.OBJECTIVE):
            self._item(element, each)
        self._other(element, place.texts)
        for each in (one for one in inside if one.name == the.OBJECTIVE):
            self._item(element, each)

    def _words(self, element: etree._Element, name: str, row: ItemRow) -> None:
        """Write name, description, identifier and number of an item, in the order of the standard."""
        kept = section(row, "stratml")
        if name in (the.VISION, the.MISSION):
            _add(element, the.DESCRIPTION, row.text)
            self._identifier(element, row, kept)
            return
        _add(element, "Name", row.text)
        if name == the.ORGANIZATION:
            if isinstance(kept.get("acronym"), str):
                _add(element, "Acronym", kept["acronym"])
            self._identifier(element, row, kept)
        _add(element, the.DESCRIPTION, row.body)
        if name in (the.GOAL, the.OBJECTIVE):
            self._identifier(element, row, kept)
            sequence = kept.get("sequence", row.code)
            _add(element, "SequenceIndicator", sequence if isinstance(sequence, str) else row.code)
        if name == the.STAKEHOLDER and kept.get("type") in the.STAKEHOLDER_TYPES:
            element.set(the.STAKEHOLDER_TYPE, kept["type"])

    def _identifier(self, element: etree._Element, row: ItemRow, kept: Told) -> None:
        _add(element, "Identifier", self.identifiers.of(kept.get("identifier"), row.key))

    def _other(self, above: etree._Element, texts: Sequence[int]) -> None:
        """Write texts as the one further information of their holder: one as it is, several or ours with marks."""
        if not texts:
            return
        element = _add(above, the.OTHER)
        first = self.rows[texts[0]]
        if len(texts) == 1 and section(first, "stratml").get("element") == the.OTHER and possible(first.text).strip():
            element.text = possible(first.text)
            self.number[element, None] = texts[0]
            return
        blank = ItemRow("", ItemRole.TEXT, "", "", None)
        told: list[Told] = [dict(lacking(blank, self.rows[at])) for at in texts]
        element.text = "\n\n".join(shown(one) for one in told)
        tell(element, {TEXTS: told})
        self.texts[element] = told
        self.number |= {(element, piece): at for piece, at in enumerate(texts)}

    def _administrative(self, root: etree._Element) -> None:
        kept = section(self.manuscript, "stratml")
        said = {member: kept.get(name) for member, name in the.DATES.items()}
        known = {member: text for member, text in said.items() if isinstance(text, str) and the.is_day(text)}
        source = kept.get("source")
        if isinstance(source, str) and _SOURCE.fullmatch(source):
            known["Source"] = source
        if known:
            element = _add(root, the.ADMINISTRATIVE)
            for member, text in known.items():
                _add(element, member, text)


def _add(above: etree._Element, name: str, text: str = "") -> etree._Element:
    element = etree.SubElement(above, f"{{{the.NAMESPACE}}}{name}")
    if text:
        element.text = possible(text)
    return element


def _tell_cover(manuscript: Manuscript, root: etree._Element, name: str) -> None:
    heading, more = whole(root, name)
    cover = cover_lacking(heading, manuscript.heading)
    said: Told = {COVER: cover} if cover else {}
    tell(root, said | ({"more": manuscript.more} if more != manuscript.more else {}))


def _notes(manuscript: Manuscript, told: dict[int, Told], name: str) -> list[Note]:
    rows = manuscript.rows
    notes = [Note(each.where, "export-leaves-out-unplaced", each.text) for each in manuscript.unplaced]
    moved = [rows[at] for at, fields in sorted(told.items()) if "parent" in fields]
    notes += [Note(row.where, "export-stands-elsewhere", row.key) for row in moved]
    notes += [
        Note(row.where, "export-character-replaced", row.key)
        for row in rows
        if any(possible(text) != text for text in (row.text, row.body))
    ]
    counted = Counter(field for fields in told.values() for field in fields)
    notes += [Note(name, "export-in-own-words", f"{field}: {times}") for field, times in sorted(counted.items())]
    if all(row.role is ItemRole.TEXT for row in rows):
        notes.append(Note(name, "stratml-goal-assumed", manuscript.heading.title))
    return notes
