"""What the workbook of a report holds: each activity with what it is to reach, what was said last, what is said now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.commitments.models import Activity
from yupana.domain.obligations.models import Obligation
from yupana.domain.obligations.rules import Expects
from yupana.domain.progress.facts import MeasuredValue, ReportRow
from yupana.domain.progress.histories import histories, plan_of
from yupana.domain.progress.queries import measured_before, measured_values, report_rows, sheets_asked
from yupana.domain.progress.rules import advance
from yupana.domain.progress.rules.typed import cells_of, last_of, value_text
from yupana.foundation.kernel.errors import Missing, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from fractions import Fraction

    from django.db.models import QuerySet

    from yupana.domain.entities.models import Entity
    from yupana.domain.submissions.models import Submission


@dataclass(frozen=True, slots=True)
class BookRow:
    """One activity: what is read of it, and its cells that say something.

    ``due`` and ``whole`` are what it is to reach by the end of the period and in the end, in ten-thousandths (None: it
    is not said); ``last`` is what was said last, as text.
    """

    number: int
    name: str
    indicator: str
    unit: str
    due: int | None
    whole: int | None
    last: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BookIndicator:
    """One indicator that is asked for: what is to be reached by when, what was said last, its cells that say something.

    ``line`` is its number on its sheet, ``number`` that of the draft. ``parts``: it has to say the part and the whole.
    """

    line: int
    number: int
    name: str
    unit: str
    target: int | None
    due_on: date | None
    last: str
    cells: Mapping[str, str]
    parts: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """One version of a report; ``report`` names it for ever ("CALL@source:id")."""

    report: str
    entity: str
    title: str
    version: int
    rows: Sequence[BookRow] = ()
    indicators: Sequence[BookIndicator] = ()

    @property
    def base(self) -> dict[int, Mapping[str, str]]:
        """The cells of every row and indicator that say something."""
        rows = {each.number: each.cells for each in self.rows}
        return rows | {each.number: each.cells for each in self.indicators}


def book_of(owed: Obligation, version: Submission | None) -> Book:
    """Put together the workbook of a report; ``version`` None: nothing was written yet."""
    plan = plan_of(owed)
    lines = histories([plan])[plan].lines if plan else ()
    said = {each.row: each for each in report_rows(version)} if version else {}
    held = Activity.objects.in_bulk([line.activity for line in lines])
    rows = []
    for line in lines:
        now = advance(line.promise, line.said, owed.period)
        last = last_of(line.said, owed.period)
        cells = cells_of(said.get(line.row, ReportRow(line.row)))
        rows.append(
            BookRow(
                number=line.row,
                name=line.name,
                indicator=held[line.activity].indicator,
                unit=held[line.activity].unit,
                due=_whole(now.target_to_date),
                whole=_whole(now.target),
                last=value_text(last[1].value, last[1].numerator, last[1].denominator) if last else "",
                cells={name: text for name, text in cells.items() if text},
            )
        )
    number = version.version if version else 0
    return Book(name_of(owed), owed.debtor.name, owed.call.title, number, rows, _indicators(owed, version))


def _indicators(owed: Obligation, version: Submission | None) -> list[BookIndicator]:
    asked, said = sheets_asked(owed), measured_values(version) if version else {}
    before = measured_before(owed, [each.sheet.item_id for each in asked])
    found = []
    for line, each in enumerate(asked, 1):
        sheet, last = each.sheet, last_of(before.get(each.sheet.item_id, {}), owed.period)
        cells = cells_of(said.get(each.name, MeasuredValue(each.name)))
        found.append(
            BookIndicator(
                line=line,
                number=each.number,
                name=sheet.name,
                unit=sheet.unit,
                target=sheet.target,
                due_on=sheet.due_on,
                last=value_text(last[1].value, last[1].numerator, last[1].denominator) if last else "",
                cells={name: text for name, text in cells.items() if text},
                parts=each.parts,
            )
        )
    return found


def activities_of(owed: Obligation) -> list[int]:
    """Keys of the activities that a report is about."""
    plan = plan_of(owed)
    return [line.activity for line in histories([plan])[plan].lines] if plan else []


def name_of(owed: Obligation) -> str:
    """Name a report for ever."""
    return f"{owed.call.code}@{owed.debtor.ref}"


def report_named(name: str) -> Obligation:
    """Find the report that a workbook names; Missing if it is not here."""
    call, _at, debtor = name.rpartition("@")
    source, _colon, key = debtor.partition(":")
    found = _reports().filter(call__code=call, debtor__source=source, debtor__source_id=key).first()
    if found is None:
        raise Missing("obligation-unknown", obligation=name)
    return found


def report_owed(entity: Entity, period: str, call: str = "") -> Obligation:
    """Find the report that an entity owes on a period; ``call`` names one of several plans that are reported on.

    Missing if it owes none; Refused, with the calls, if it owes several.
    """
    owed = _reports().filter(debtor=entity, period=period)
    found = list(owed.filter(call__follows__code=call) if call else owed)
    if not found:
        raise Missing("report-not-owed", entity=entity.name, period=period)
    if len(found) > 1:
        calls = [each.call.follows.code for each in found if each.call.follows]
        raise Refused("plan-several", entity=entity.name, calls=calls)
    return found[0]


def _reports() -> QuerySet[Obligation]:
    owed = Obligation.objects.select_related("call__follows", "debtor").exclude(call__entry=None)
    return owed.filter(call__expects=Expects.PROGRESS)


def _whole(value: Fraction | None) -> int | None:
    return None if value is None else round(value)
