"""A draft of a report as several people write it at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.cast import obligation_of
from tests.domain.progress.stage import FLOW, LEVEL, SAID, accepted, asked, planned
from yupana.domain.commitments.rules import CellEdit
from yupana.domain.progress.actions import (
    add_link,
    cite,
    edit_report,
    save_rows,
    say_no_change,
    start_report,
    submit_report,
)
from yupana.domain.progress.actions.editing import NoChange
from yupana.domain.progress.facts import ReportRow, Terms
from yupana.domain.progress.queries import report_rows
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.quantity import SCALE

if TYPE_CHECKING:
    from tests.cast import Cast
    from yupana.domain.obligations.models import Obligation
    from yupana.domain.submissions.models import Submission
    from yupana.foundation.kernel.actor import Actor

pytestmark = pytest.mark.django_db
RATE = replace(LEVEL, row=3, name="Cubrir", direction="up", baseline="0", target="80", unit="%")


def begun(cast: Cast, owed: Obligation) -> Submission:
    return start_report(actor=cast.inti, obligation=owed, on=owed.call.opens_on)


def edit(actor: Actor, draft: Submission, *cells: CellEdit) -> dict[tuple[int, str], str]:
    return edit_report(actor=actor, submission=draft, edits=cells).kept


def refused(actor: Actor, draft: Submission, *cells: CellEdit) -> str:
    with pytest.raises(Refused) as why:
        edit(actor, draft, *cells)
    return why.value.code


def test_cells_are_kept_by_who_may_write_while_it_is_a_draft(cast: Cast) -> None:
    owed = asked(planned(cast)).obligations.get()
    draft = begun(cast, owed)
    cells = (CellEdit(1, "value", "", "20"), CellEdit(2, "gap", "", "data"), CellEdit(2, "nothing", "", "x"))
    assert edit(cast.inti, draft, *cells) == {(1, "value"): "20", (2, "gap"): "data"}
    assert edit(cast.inti, draft, *cells) == {(1, "value"): "20", (2, "gap"): "data"}
    assert report_rows(draft) == [ReportRow(1, value=20 * SCALE), ReportRow(2, gap="data")]
    others = (cast.killa, cast.executive, cast.amaru, cast.sami)
    assert [refused(each, draft, cells[0]) for each in others] == ["not-entity-planner"] * 4
    assert refused(cast.inti, draft, CellEdit(99, "value", "", "1")) == "row-unknown"
    save_rows(actor=cast.inti, submission=draft, rows=SAID)
    submit_report(actor=cast.inti, submission=draft, received_on=None, on=owed.call.opens_on)
    assert refused(cast.inti, draft, CellEdit(1, "value", "20", "30")) == "submitted-already"
    assert next(iter(report_rows(draft))).value == 20 * SCALE


def test_emptied_cells_leave_no_row_behind(cast: Cast) -> None:
    draft = begun(cast, asked(planned(cast)).obligations.get())
    edit(cast.inti, draft, CellEdit(1, "done", "", "Se contó"))
    edit(cast.inti, draft, CellEdit(1, "done", "Se contó", ""))
    assert report_rows(draft) == []


def test_who_ticks_evidence_keeps_what_another_ticked_meanwhile(cast: Cast) -> None:
    owed = asked(planned(cast)).obligations.get()
    draft, day = begun(cast, owed), owed.call.opens_on
    one, two, three = (
        add_link(
            actor=cast.inti, entity=cast.a, url=f"https://example.org/{name}", terms=Terms(name, "public", 1), on=day
        ).piece.pk
        for name in ("acta", "foto", "contrato")
    )
    cite(actor=cast.inti, submission=draft, row=1, seen=[], pieces=[one])
    cite(actor=cast.inti, submission=draft, row=1, seen=[], pieces=[two])
    assert report_rows(draft) == [ReportRow(1, evidence=(one, two))]
    cite(actor=cast.inti, submission=draft, row=1, seen=[one, two], pieces=[two, three])
    assert report_rows(draft) == [ReportRow(1, evidence=(two, three))]
    cite(actor=cast.inti, submission=draft, row=1, seen=[two, three], pieces=[])
    assert report_rows(draft) == []


def test_no_change_is_said_of_what_is_silent_alone(cast: Cast) -> None:
    plan = planned(cast, [FLOW, LEVEL, RATE])
    first = [SAID[0], ReportRow(2, value=35 * SCALE), ReportRow(3, numerator=SCALE, denominator=2 * SCALE)]
    accepted(cast, asked(plan).obligations.get(), first)
    owed = obligation_of(asked(plan, "2018-Q2"), cast.a)
    draft = begun(cast, owed)
    mine = [ReportRow(1, gap="data", done="Nada"), ReportRow(2, done="Se midió")]
    save_rows(actor=cast.inti, submission=draft, rows=mine)
    assert say_no_change(actor=cast.inti, submission=draft) == NoChange([2, 3], [], [], [])
    said = [mine[0], replace(mine[1], value=35 * SCALE), ReportRow(3, numerator=SCALE, denominator=2 * SCALE)]
    assert report_rows(draft) == said
    assert say_no_change(actor=cast.inti, submission=draft) == NoChange([], [], [], [])


def test_what_the_first_report_cannot_know_is_left_to_its_writer(cast: Cast) -> None:
    draft = begun(cast, asked(planned(cast)).obligations.get())
    assert say_no_change(actor=cast.inti, submission=draft) == NoChange([1], [2, 3], [], [])
    assert report_rows(draft) == [ReportRow(1, value=0)]
