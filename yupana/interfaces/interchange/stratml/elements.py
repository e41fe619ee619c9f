"""The words of the standard, and the text that stands in its elements."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from lxml import etree

from yupana.domain.instruments.facts import ItemRole
from yupana.foundation.kernel.text import squeeze
from yupana.interfaces.interchange.xml import local

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMESPACE = "urn:ISO:std:iso:17469:tech:xsd:stratml_core"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
ROOT, PART_2 = "StrategicPlan", "PerformancePlanOrReport"
CORE, ADMINISTRATIVE, SUBMITTER = "StrategicPlanCore", "AdministrativeInformation", "Submitter"
GOAL, OBJECTIVE, INDICATOR = "Goal", "Objective", "PerformanceIndicator"
ORGANIZATION, STAKEHOLDER, VALUE = "Organization", "Stakeholder", "Value"
VISION, MISSION, DESCRIPTION, OTHER = "Vision", "Mission", "Description", "OtherInformation"
STAKEHOLDER_TYPE = "StakeholderTypeType"
STAKEHOLDER_TYPES = ("Person", "Organization", "Generic_Group")
CONTAINERS = frozenset({"Goals", "Objectives", "PerformanceIndicators", "Values", "Stakeholders", "Organizations"})
DATES = {"StartDate": "start_date", "EndDate": "end_date", "PublicationDate": "publication_date"}

ROLES = {GOAL: ItemRole.AXIS, OBJECTIVE: ItemRole.OBJECTIVE, INDICATOR: ItemRole.INDICATOR}
BELOW = {  # what is an item directly inside what
    ROOT: (DESCRIPTION, OTHER, ORGANIZATION, VISION, MISSION, VALUE, GOAL),
    ORGANIZATION: (STAKEHOLDER,),
    GOAL: (STAKEHOLDER, OTHER, OBJECTIVE),
    OBJECTIVE: (STAKEHOLDER, OTHER, INDICATOR),
    INDICATOR: (OTHER,),
}
_ID = re.compile(r"[^\W\d][\w.-]*")
_BLANKS = re.compile(r"[ \t]*\n[ \t]*")


def children(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the elements directly inside one, and those inside containers that the standard does not have."""
    transparent = CONTAINERS | {CORE} if local(element) in (ROOT, PART_2) else CONTAINERS
    for child in element:
        name = local(child)
        if name in transparent:
            yield from children(child)
        elif name:
            yield child


def child(element: etree._Element, name: str) -> etree._Element | None:
    """Find the first element of a name directly inside one."""
    return next((each for each in children(element) if local(each) == name), None)


def words(element: etree._Element | None) -> str:
    """Return all text inside an element as it stands, whatever stands between."""
    if element is None:
        return ""
    return (element.text or "") + "".join(_inside(each) + (each.tail or "") for each in element)


def prose(element: etree._Element | None) -> str:
    """Return text of several lines: no blanks around it, and none around its lines."""
    return _BLANKS.sub("\n", words(element)).strip()


def line(element: etree._Element | None) -> str:
    """Return text of one line."""
    return squeeze(words(element))


def is_identifier(text: str) -> bool:
    """Whether a text can be an identifier in XML."""
    return text.isascii() and _ID.fullmatch(text) is not None


def is_day(text: str) -> bool:
    """Whether a text is a day as XML writes it."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _inside(node: etree._Element) -> str:
    if local(node):
        return words(node)
    return node.text or "" if isinstance(node, etree._Entity) else ""  # noqa: SLF001 (its only name)
