"""A draft of a report changed cell by cell, so that several people and a cut connection lose nothing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.db import transaction

from yupana.domain.progress.actions.reporting import claimed, save_measured, save_rows
from yupana.domain.progress.facts import MeasuredValue, ReportRow
from yupana.domain.progress.histories import histories, plan_of
from yupana.domain.progress.queries import INDICATORS, measured_before, measured_values, report_rows, sheets_asked
from yupana.domain.progress.rules import Method, OverTime
from yupana.domain.progress.rules.typed import last_of, merged, unchanged, unsaid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yupana.domain.commitments.rules.merging import CellEdit, Clash
    from yupana.domain.progress.rules.typed import Merged
    from yupana.domain.submissions.models import Submission
    from yupana.foundation.kernel.actor import Actor
    from yupana.foundation.kernel.errors import Refused

Place = tuple[int, str]


@dataclass(slots=True)
class Edited:
    """What became of some edits: what is kept of each cell, what somebody else was faster with, what is unreadable."""

    kept: dict[Place, str] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)
    faults: dict[Place, Refused] = field(default_factory=dict)

    def take(self, row: int, found: Merged[ReportRow] | Merged[MeasuredValue]) -> None:
        """Add what became of the edits of one row."""
        self.kept |= {(row, name): text for name, text in found.kept.items()}
        self.faults |= {(row, name): fault for name, fault in found.faults.items()}
        self.clashes += found.clashes


def edit_report(*, actor: Actor, submission: Submission, edits: Sequence[CellEdit]) -> Edited:
    """Write what can be written of some edits of a draft, of rows and of the indicators that it is asked for.

    The same edits sent again change nothing.
    """
    by_row: dict[int, list[CellEdit]] = defaultdict(list)
    for edit in edits:
        by_row[edit.row].append(edit)
    done = Edited()
    with transaction.atomic():
        draft = claimed(actor, submission)
        rows = {each.row: each for each in report_rows(draft)}
        is_measured = max(by_row, default=0) >= INDICATORS
        asked = {each.number: each for each in sheets_asked(draft.obligation)} if is_measured else {}
        values = measured_values(draft) if asked else {}
        changed: list[ReportRow] = []
        measured: list[MeasuredValue] = []
        for number, told in sorted(by_row.items()):
            if each := asked.get(number):
                value = values.get(each.name, MeasuredValue(each.name))
                said = merged(value, told, each.name, parts=each.parts)
                measured += [said.said] * (said.said != value)
                done.take(number, said)
                continue
            row = rows.get(number, ReportRow(number))
            found = merged(row, told, str(number))
            changed += [found.said] * (found.said != row)
            done.take(number, found)
        if changed:
            save_rows(actor=actor, submission=draft, rows=changed, was=rows)
        if measured:
            save_measured(actor=actor, submission=draft, values=measured)
    return done


def cite(*, actor: Actor, submission: Submission, row: int, seen: Sequence[int], pieces: Sequence[int]) -> Submission:
    """Let a row cite pieces of evidence: ``pieces`` in place of those ``seen``; what others added meanwhile stays."""
    with transaction.atomic():
        draft = claimed(actor, submission)
        said = next((each for each in report_rows(draft) if each.row == row), ReportRow(row))
        left = [each for each in said.evidence if each not in seen or each in pieces]
        cited = tuple(dict.fromkeys([*left, *pieces]))
        return save_rows(actor=actor, submission=draft, rows=[replace(said, evidence=cited)])


@dataclass(frozen=True, slots=True)
class NoChange:
    """What now says that nothing changed, and what could not: rows by number, indicators by the name of their sheet."""

    rows: Sequence[int] = ()
    left: Sequence[int] = ()
    indicators: Sequence[str] = ()
    unknown: Sequence[str] = ()


def say_no_change(*, actor: Actor, submission: Submission) -> NoChange:
    """Let every row and indicator that gives no value yet say that nothing changed.

    Nothing is overwritten. What nobody said before is left.
    """
    with transaction.atomic():
        draft = claimed(actor, submission)
        rows, left = _rows_unchanged(draft)
        values, unknown = _measured_unchanged(draft)
        if rows:
            save_rows(actor=actor, submission=draft, rows=rows)
        if values:
            save_measured(actor=actor, submission=draft, values=list(values.values()))
        return NoChange([each.row for each in rows], left, list(values), unknown)


def _rows_unchanged(draft: Submission) -> tuple[list[ReportRow], list[int]]:
    rows = {each.row: each for each in report_rows(draft)}
    plan = plan_of(draft.obligation)
    filled: list[ReportRow] = []
    left: list[int] = []
    for line in histories([plan])[plan].lines if plan else ():
        row = rows.get(line.row, ReportRow(line.row))
        if row.value is not None or row.numerator is not None or row.gap or line.promise.method is None:
            continue
        last = last_of(line.said, draft.obligation.period)
        same = unchanged(line.promise.method, last[1] if last else None)
        if same is None:
            left.append(line.row)
        else:
            filled.append(replace(row, **same))
    return filled, left


def _measured_unchanged(draft: Submission) -> tuple[dict[str, MeasuredValue], list[str]]:
    """Fill what is asked of indicators and says nothing, by the name of its sheet; and name what cannot be."""
    asked, values = sheets_asked(draft.obligation), measured_values(draft)
    before = measured_before(draft.obligation, [each.sheet.item_id for each in asked])
    filled: dict[str, MeasuredValue] = {}
    left: list[str] = []
    for each in asked:
        value = values.get(each.name, MeasuredValue(each.name))
        if not unsaid(value, parts=False):
            continue
        last = last_of(before.get(each.sheet.item_id, {}), draft.obligation.period)
        method = Method.FLOW if each.sheet.over_time == OverTime.SUM else Method.STOCK
        same = unchanged(method, last[1] if last else None)
        if same is None or unsaid(said := replace(value, **same), parts=each.parts):
            left.append(each.sheet.name)
        else:
            filled[each.sheet.name] = said
    return filled, left
