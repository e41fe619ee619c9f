"""A draft that was begun by mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cast import AMENDED, HEADER
from tests.domain.commitments.plans import LATER, ROW, SECOND, Stage, begun, decided, said, set_stage
from yupana.domain.commitments import actions
from yupana.domain.commitments.models import Activity
from yupana.domain.commitments.queries import plan_rows
from yupana.domain.submissions.models import Submission
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused

if TYPE_CHECKING:
    from yupana.domain.commitments.facts import PlanHeader, PlanRow

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(db: None) -> Stage:
    return set_stage()


def next_version(stage: Stage) -> Submission:
    return actions.start_plan(actor=stage.cast.inti, obligation=stage.owed, on=LATER)


def versions() -> list[tuple[int, str, int]]:
    return [(each.version, each.state, each.activities.count()) for each in Submission.objects.order_by("version")]


@pytest.mark.parametrize("state", [State.ACCEPTED, State.RETURNED])
def test_one_that_says_nothing_new_goes_and_the_version_before_stands(stage: Stage, state: State) -> None:
    decided(stage, state, [ROW, SECOND])
    actions.discard_draft(actor=stage.cast.inti, submission=next_version(stage))
    assert versions() == [(1, state, 2)]
    assert next_version(stage).version == 2


def test_a_first_one_without_a_row_goes(stage: Stage) -> None:
    actions.discard_draft(actor=stage.cast.inti, submission=next_version(stage))
    assert versions() == []


@pytest.mark.parametrize(
    ("rows", "header"),
    [([ROW], HEADER), ([], HEADER), ([SECOND, ROW], HEADER), ([ROW, SECOND], AMENDED)],
)
def test_one_that_says_more_goes_only_if_its_writer_is_sure(
    stage: Stage, rows: list[PlanRow], header: PlanHeader
) -> None:
    decided(stage, State.ACCEPTED, [ROW, SECOND] if rows != [SECOND, ROW] else [ROW])
    draft = next_version(stage)
    actions.save_plan(actor=stage.cast.inti, submission=draft, header=header, rows=rows, seen=None)
    told = said(Refused, actions.discard_draft, actor=stage.cast.inti, submission=draft)
    actions.discard_draft(actor=stage.cast.inti, submission=draft, sure=True)
    assert (told, [each[0] for each in versions()]) == (("draft-says-more", 0), [1])
    assert set(Activity.objects.values_list("submission__version", flat=True)) == {1}


def test_only_its_writer_discards_it_and_nothing_that_was_handed_in(stage: Stage) -> None:
    draft = begun(stage)
    others = [
        said(Forbidden, actions.discard_draft, actor=other, submission=draft, sure=True)
        for other in (stage.cast.executive, stage.cast.amaru)
    ]
    assert others == [("not-entity-planner", 0)] * 2
    gone = actions.submit_plan(actor=stage.cast.inti, submission=draft, received_on=LATER, on=LATER)
    assert said(Conflict, actions.discard_draft, actor=stage.cast.inti, submission=gone, sure=True) == (
        "submitted-already",
        0,
    )
    assert [row.name for row in plan_rows(gone)] == [ROW.name]
