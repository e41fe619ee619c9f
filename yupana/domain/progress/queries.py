"""Reading reports: their rows, the indicators they are asked for, and what stands behind every entry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.commitments.queries import item_names
from yupana.domain.entities.queries import reached
from yupana.domain.obligations.models import Obligation
from yupana.domain.obligations.rules import Expects
from yupana.domain.progress import checks, evaluations, evidence, indicators
from yupana.domain.progress.facts import MEASURED, ROW, MeasuredValue, ReportRow, report_content, rhythm_content
from yupana.domain.progress.models import Measured, Progress, Rhythm, Sheet, Support
from yupana.domain.progress.rules import OverBodies, SheetSource, said_of
from yupana.domain.progress.rules.periods import closes
from yupana.domain.submissions.queries import all_with_debtors, state_due, subject_of
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.period import parse_period
from yupana.foundation.ledger.rebuilding import expect, rebuilt

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from yupana.domain.obligations.models import Call
    from yupana.domain.progress.rules import Said
    from yupana.domain.submissions.models import Submission
    from yupana.foundation.kernel.canonical import Plain
    from yupana.foundation.ledger.queries import Content

INDICATORS = 10**8  # numbers of indicators begin here: no plan has so many rows
HEADER = (
    "channel",
    "received_on",
    "date_doubt",
    "cites",
    "notes",
    "transcribed",
    "transcribed_by_id",
    "confirmed",
)
"""What is sealed of the version itself."""


def report_rows(version: Submission) -> list[ReportRow]:
    """Return the rows of a version as an action takes them, in order; two queries."""
    cited: dict[int, list[int]] = {}
    for row, piece in Support.objects.filter(submission=version).order_by("pk").values_list("row", "evidence"):
        cited.setdefault(row, []).append(piece)
    told = {each.row: each for each in Progress.objects.filter(submission=version)}
    return [
        report_row(told[row], cited.get(row, [])) if row in told else ReportRow(row, evidence=tuple(cited[row]))
        for row in sorted({*told, *cited})
    ]


def report_row(row: Progress, evidence: list[int]) -> ReportRow:
    """Return one row as an action takes it."""
    return ReportRow(**{name: getattr(row, name) for name in ROW}, evidence=tuple(evidence))


def measured_values(version: Submission) -> dict[str, MeasuredValue]:
    """Return what a version says of indicators, by the long name of the item."""
    told = list(Measured.objects.filter(submission=version))
    names = item_names([each.item_id for each in told])
    return {
        names[each.item_id]: MeasuredValue(names[each.item_id], **{name: getattr(each, name) for name in MEASURED})
        for each in told
    }


def measured_before(owed: Obligation, items: Collection[int]) -> dict[int, dict[str, Said]]:
    """Return what was accepted last of indicators of this debtor, by item and period; asks only if any are."""
    found: dict[int, dict[str, Said]] = {}
    told = Measured.objects.filter(
        item__in=items, submission__state=State.ACCEPTED, submission__obligation__debtor=owed.debtor_id
    ).select_related("submission__obligation")
    for each in told.order_by("submission__entry") if items else ():
        found.setdefault(each.item_id, {})[each.submission.obligation.period] = said_of(each, each.gap)
    return found


@dataclass(frozen=True, slots=True)
class Asked:
    """An indicator that a debtor is asked to report, by the long name of its item, and the sheet that holds for it.

    ``parts``: it is a rate of several bodies, so that each has to say the part and the whole.
    """

    name: str
    sheet: Sheet
    parts: bool

    @property
    def number(self) -> int:
        """Its number on a form or in a workbook, where rows of the plan have theirs."""
        return INDICATORS + self.sheet.item_id


def sheets_asked(owed: Obligation) -> list[Asked]:
    """List the indicators that this debtor is asked to report of this period, in reading order."""
    asked = [each for each in _reported(owed.call_id) if closes(each.frequency, owed.period)]
    keys = reached({each.audience for each in asked}, on=owed.call.opens_on)
    names = item_names([each.item_id for each in asked])
    found = []
    for each in sorted(asked, key=lambda sheet: (sheet.item.edition_id, sheet.item.order)):
        bodies = keys[each.audience]
        if isinstance(bodies, frozenset) and owed.debtor_id in bodies:
            parts = each.over_bodies == OverBodies.RATE and len(bodies) > 1
            found.append(Asked(names[each.item_id], each, parts))
    return found


def _reported(call: int) -> list[Sheet]:
    """List the sheets that hold under a call and have somebody to report them."""
    last: dict[int, Sheet] = {}
    sheets = Sheet.objects.filter(item__edition__calls=call).select_related("item")
    for sheet in sheets.order_by("entry"):
        last[sheet.item_id] = sheet
    return [each for each in last.values() if each.source == SheetSource.REPORT and each.audience]


def measures(call: Call) -> bool:
    """Whether anybody is asked to report an indicator under a call."""
    return bool(_reported(call.pk))


def measured_until(call: Call) -> date:
    """Return the last day of which something may be reported under a call for plans: of the plans or an indicator."""
    last = parse_period(call.period).last
    return max([last, *(each.due_on for each in _reported(call.pk) if each.due_on)])


def measuring(call: Call, period: str, *, on: date) -> frozenset[int]:
    """Name the entities that are asked for an indicator of a period under a call for plans, by their key.

    Whoever is asked the same of that period under another call is left out.
    """
    audiences = {each.audience for each in _reported(call.pk) if closes(each.frequency, period)}
    told = [keys for keys in reached(audiences, on=on).values() if isinstance(keys, frozenset)] if audiences else []
    named = frozenset[int]().union(*told)
    asked = Obligation.objects.filter(call__expects=Expects.PROGRESS, period=period, debtor__in=named)
    others = asked.filter(call__editions__in=call.editions.all()).exclude(call__follows=call)
    return named - set(others.values_list("debtor", flat=True)) if named else named


def content_of(version: Submission) -> dict[str, Plain]:
    """What is sealed when a report is handed in; a piece of evidence is named by its entry's key and its digest.

    Its address is sealed with the piece alone: it may be erased with it.
    """
    header: dict[str, Plain] = {name: getattr(version, name) for name in HEADER}
    cited: dict[int, list[Plain]] = {}
    for each in sorted(version.supports.all(), key=lambda support: support.pk):
        cited.setdefault(each.row, []).append([each.evidence.entry_id, each.evidence.digest])
    told = {each.row: each for each in version.progress.all()}
    rows: list[dict[str, Plain]] = []
    for row in sorted({*told, *cited}):
        fields: dict[str, Plain] = {name: getattr(told[row], name) for name in ROW} if row in told else {"row": row}
        rows.append(fields | {"evidence": cited.get(row, [])})
    names = item_names([each.item_id for each in version.measured.all()])
    measured: list[dict[str, Plain]] = [
        {"item": names[each.item_id], **{name: getattr(each, name) for name in MEASURED}}
        for each in sorted(version.measured.all(), key=lambda one: names[one.item_id])
    ]
    return report_content(subject_of(version), header, rows, measured)


def sealed_contents() -> Iterator[Content]:
    """What stands behind the entries of reports and rhythms: for verification."""

    def handed_in(version: Submission) -> Plain:
        expect(found=version.state, due=state_due(version))
        return content_of(version)

    reports = all_with_debtors().filter(obligation__call__expects=Expects.PROGRESS)
    yield from rebuilt(reports.prefetch_related("progress", "supports__evidence", "measured", "steps"), handed_in)
    yield from rebuilt(Rhythm.objects.select_related("call"), _rhythm)
    yield from evaluations.sealed_contents()
    yield from checks.sealed_contents()
    yield from evidence.sealed_contents()
    yield from indicators.sealed_contents()


def _rhythm(rhythm: Rhythm) -> Plain:
    return rhythm_content(rhythm.call.code, rhythm.frequency, rhythm.since, rhythm.due_in, rhythm.lock_in)
