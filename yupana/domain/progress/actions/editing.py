"""A draft of a report changed cell by cell, so that several people and a cut connection lose nothing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.db import transaction

from yupana.domain.progress.actions.reporting import claimed, save_measured, save_rows
from yupana.domain.progress.facts import MeasuredValue, ReportRow
from yupana.domain.progress.histories import histories, plan_of
from yupana.domain.progress.queries import measured_values, report_rows
from yupana.domain.progress.rules.typed import last_of, merged, unchanged

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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


def edit_report(
    *, actor: Actor, submission: Submission, edits: Sequence[CellEdit], indicators: Mapping[int, str]
) -> Edited:
    """Write what can be written of some edits of a draft. ``indicators`` names the item behind a number that is no row.

    The same edits sent again change nothing.
    """
    by_row: dict[int, list[CellEdit]] = defaultdict(list)
    for edit in edits:
        by_row[edit.row].append(edit)
    done = Edited()
    with transaction.atomic():
        draft = claimed(actor, submission)
        rows = {each.row: each for each in report_rows(draft)}
        values = measured_values(draft)
        changed: list[ReportRow] = []
        measured: list[MeasuredValue] = []
        for number, told in sorted(by_row.items()):
            if item := indicators.get(number, ""):
                value = values.get(item, MeasuredValue(item))
                said = merged(value, told, item)
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


def say_no_change(*, actor: Actor, submission: Submission) -> tuple[list[int], list[int]]:
    """Let every row that gives no value yet say that nothing changed; return the rows filled, and those left.

    Nothing is overwritten. A row is left where nobody said before how it stood.
    """
    with transaction.atomic():
        draft = claimed(actor, submission)
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
        if filled:
            save_rows(actor=actor, submission=draft, rows=filled, was=rows)
        return [each.row for each in filled], left
