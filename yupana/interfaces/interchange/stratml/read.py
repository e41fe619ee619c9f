"""A plan in StratML as a manuscript, with a list of what had to be mended."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from yupana.domain.instruments.facts import Heading, Manuscript
from yupana.domain.instruments.rules import MOST_INSTRUMENT_CODE, MOST_TITLE
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.report import Note
from yupana.interfaces.interchange.beyond import cover_amended, more_of
from yupana.interfaces.interchange.codes import clipped, code_like, title_code
from yupana.interfaces.interchange.stratml import elements as the
from yupana.interfaces.interchange.stratml.doubts import doubts, unplaced
from yupana.interfaces.interchange.stratml.marks import COVER, told
from yupana.interfaces.interchange.stratml.tree import entries, rows_of
from yupana.interfaces.interchange.xml import head, local, parse, place

if TYPE_CHECKING:
    from pathlib import Path

    from lxml import etree

    from yupana.interfaces.interchange.stratml.tree import Entry

FIRST_EDITION, KIND = "1", "plan"
_BEGINS = re.compile(r"<(?:[\w.-]+:)?(?:StrategicPlan|PerformancePlanOrReport)[\s>/]")


def recognises(path: Path) -> bool:
    """Whether a file begins like a plan in StratML."""
    return _BEGINS.search(head(path)) is not None


def read_manuscript(path: Path) -> Manuscript:
    """Read a file; Refused with file and line where it is no XML, or no plan."""
    parsed = parse(path)
    root = parsed.root
    if local(root) not in (the.ROOT, the.PART_2):
        raise Refused("stratml-root", where=place(path.name, root), root=local(root)[:80])
    broken: list[etree._Element] = []
    found = entries(root, path.name, broken)
    puzzling: list[Entry] = []
    rows = rows_of(found, puzzling)
    heading, more = whole(root, path.name)
    heading, more = _amended(root, heading, more, broken)
    places = [place(path.name, each) for each in broken] + [entry.where for entry in puzzling]
    mended = [*parsed.mended, *doubts(root, path.name, found)]
    mended += [Note(where, "own-fields-unreadable", "") for where in places]
    stray = tuple(unplaced(root, path.name, found))
    return Manuscript(heading, tuple(rows), parsed.digest, more, stray, tuple(mended))


def whole(root: etree._Element, file: str) -> tuple[Heading, dict[str, Any]]:
    """Say the cover of a plan, and what it says beyond cover and items, in the words of the standard."""
    name = the.line(the.child(root, "Name"))
    stem = file.partition(".")[0]
    title = clipped(name, MOST_TITLE) or clipped(stem, MOST_TITLE) or KIND
    code = title_code(name, MOST_INSTRUMENT_CODE) or code_like(stem, MOST_INSTRUMENT_CODE) or KIND.upper()
    kept = {} if name in ("", title) else {"name": name}
    kept |= _administrative(the.child(root, the.ADMINISTRATIVE))
    year = kept.get("publication_date", kept.get("start_date", ""))[:4]
    return Heading(code, title, KIND, year or FIRST_EDITION, title, ""), {"stratml": kept} if kept else {}


def _administrative(element: etree._Element | None) -> dict[str, str]:
    """Keep days that are days, and where the plan came from; who submitted it is a person and is not kept."""
    if element is None:
        return {}
    said = {name: the.line(the.child(element, member)) for member, name in the.DATES.items()}
    days = {name: text for name, text in said.items() if the.is_day(text)}
    source = the.line(the.child(element, "Source"))
    return days | ({"source": source} if source else {})


def _amended(
    root: etree._Element, heading: Heading, more: dict[str, Any], broken: list[etree._Element]
) -> tuple[Heading, dict[str, Any]]:
    try:
        said = told(root)
        ours = dict(more_of(said["more"])) if "more" in said else more
        return cover_amended(heading, more_of(said.get(COVER, {}))), ours
    except ValueError:
        broken.append(root)
        return heading, more
