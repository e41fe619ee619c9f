"""Several people at one report at the same moment: nothing is lost, and whoever comes second is told."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.cast import obligation_of
from tests.domain.progress.stage import SAID, asked, planned, reported
from tests.domain.progress.test_asking import refusal
from tests.foundation.ledger.test_actions import together
from yupana.domain.commitments.rules import CellEdit
from yupana.domain.progress.actions import (
    accept_report,
    discard_report,
    edit_report,
    return_report,
    save_rows,
    start_report,
    submit_report,
)
from yupana.domain.progress.facts import ReportRow
from yupana.domain.progress.queries import report_rows
from yupana.domain.submissions.models import Step, Submission
from yupana.foundation.kernel.quantity import SCALE
from yupana.foundation.ledger.actions import seal
from yupana.projections.proof import verify

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Let all begin at the same moment; say in order of their names why each was refused."""
    ready, found = threading.Barrier(len(acts)), dict.fromkeys(range(len(acts)), "?")

    def run(at: int) -> None:
        ready.wait()
        found[at] = refusal(acts[at])

    together(*(partial(run, at) for at in range(len(acts))))
    return sorted(found.values())


def test_cells_of_two_writers_are_both_kept_and_of_two_values_for_one_cell_one(cast: Cast) -> None:
    owed = asked(planned(cast)).obligations.get()
    draft = start_report(actor=cast.inti, obligation=owed, on=owed.call.opens_on)
    write = partial(edit_report, actor=cast.inti, submission=draft)
    edits = ([CellEdit(1, "value", "", "20"), CellEdit(1, "cause", "", "staff")],
             [CellEdit(1, "done", "", "Se contó"), CellEdit(2, "value", "", "35")])  # fmt: skip
    assert at_once(*(partial(write, edits=each) for each in edits)) == ["", ""]
    put = partial(save_rows, actor=cast.inti, submission=draft, was={})
    assert at_once(*(partial(put, rows=[ReportRow(3, value=value)]) for value in (0, SCALE))) == [
        "",
        "report-row-moved",
    ]
    first, second, third = report_rows(draft)
    assert (first, second) == (
        ReportRow(1, value=20 * SCALE, cause="staff", done="Se contó"), ReportRow(2, value=35 * SCALE),
    )  # fmt: skip
    assert third.value in (0, SCALE)


def test_a_report_is_handed_in_or_thrown_away_and_decided_about_once(cast: Cast) -> None:
    plan = planned(cast)
    owed, other = (obligation_of(asked(plan, period), cast.a) for period in ("2018-Q1", "2018-M1"))
    day = owed.call.opens_on
    draft = start_report(actor=cast.inti, obligation=owed, on=day)
    save_rows(actor=cast.inti, submission=draft, rows=SAID)
    hand = partial(submit_report, submission=draft, received_on=None, on=day)
    assert at_once(partial(hand, actor=cast.inti), partial(hand, actor=cast.executive)) == ["", "submitted-already"]
    assert refusal(partial(discard_report, actor=cast.inti, submission=draft)) == "submitted-already"
    version = reported(cast.inti, other, on=day)
    decide = {"actor": cast.amaru, "submission": version, "on": day}
    assert at_once(
        partial(accept_report, **decide),  # type: ignore[arg-type] # terms by name
        partial(return_report, **decide, reason="Falta", remarks={}),  # type: ignore[arg-type] # the same
    ) == ["", "decided-already"]
    seal()
    state = Submission.objects.get(pk=version.pk).state
    assert (Step.objects.filter(submission=version).count(), state in ("accepted", "returned"), verify().ok) == (
        1, True, True,
    )  # fmt: skip
