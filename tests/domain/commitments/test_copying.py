"""Copying last year's plan: its words, where its lines are owed now, and nothing of its year."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.cast import (
    ACCEPTED_ON,
    HANDED_IN_ON,
    ROWS,
    Cast,
    hand_in,
    make_call,
    make_draft,
    make_edition,
    make_plan,
    obligation_of,
)
from yupana.domain.commitments.actions import Copied, copy_plan, reclassify, start_plan
from yupana.domain.commitments.earlier import earlier_plans
from yupana.domain.commitments.facts import AlsoAnswers, Money, PlanRow, Value
from yupana.domain.commitments.queries import plan_rows
from yupana.domain.instruments.facts import ItemRole, ItemRow
from yupana.foundation.kernel.errors import Conflict, Forbidden, Missing, Refused

if TYPE_CHECKING:
    from yupana.domain.submissions.models import Submission

FULL = replace(
    ROWS[0],
    row=4,
    person="Jefatura",
    unit="granos",
    accumulation="sum",
    direction="up",
    baseline="2",
    verification="Actas",
    derives="X@y:1#1",
    waits="X@y:1#2",
    notes="n",
    also=(AlsoAnswers("line:2", 1_000),),
    programmed=(Value("2018", 10_000),),
    money=(Money(2018, 5),),
)


@pytest.fixture
def earlier(cast: Cast) -> Submission:
    """The plan of entity A that was accepted last year."""
    make_edition()
    return make_plan(cast, obligation_of(make_call(), cast.a), [FULL])


def empty(cast: Cast, **terms: object) -> Submission:
    """This year's draft, with nothing in it."""
    call = make_call(**{"period": "2019", **terms})  # type: ignore[arg-type] # the terms of a call, as they are there
    return start_plan(actor=cast.inti, obligation=obligation_of(call, cast.a), on=HANDED_IN_ON)


def test_the_words_are_copied_and_nothing_of_their_year(cast: Cast, earlier: Submission) -> None:
    draft = empty(cast)
    done = copy_plan(actor=cast.inti, submission=draft, source=earlier.pk)
    assert (done, plan_rows(draft)) == (
        Copied(1, 0),
        [
            PlanRow(
                row=1,
                item="PLAN/1#line:1",
                also=(AlsoAnswers("PLAN/1#line:2", 1_000),),
                medium="project",
                name="Contar los granos",
                responsible="Unidad de Sistemas",
                person="Jefatura",
                result="Granos contados",
                indicator="Granos",
                unit="granos",
                accumulation="sum",
                direction="up",
                verification="Actas",
            )
        ],
    )


def test_a_row_goes_where_the_reviewer_had_put_it(cast: Cast) -> None:
    make_edition()
    was = make_plan(cast, obligation_of(make_call(), cast.a))
    reclassify(actor=cast.amaru, activity=was.activities.get(), item="line:2", reason="x", on=ACCEPTED_ON)
    draft = empty(cast)
    copy_plan(actor=cast.inti, submission=draft, source=was.pk)
    assert [row.item for row in plan_rows(draft)] == ["PLAN/1#line:2"]


def test_a_line_that_is_not_owed_here_leaves_the_row_without_one(cast: Cast, earlier: Submission) -> None:
    make_edition("OTRO", rows=[ItemRow("x:1", ItemRole.LINE, "1", "Otra línea", None)])
    draft = empty(cast, editions=["OTRO/1"])
    done = copy_plan(actor=cast.inti, submission=draft, source=earlier.pk)
    assert (done, [(row.item, row.also) for row in plan_rows(draft)]) == (Copied(1, 1), [("", ())])


def test_plans_of_the_same_kind_are_offered_first(cast: Cast, earlier: Submission) -> None:
    second = make_plan(cast, obligation_of(make_call(period="2020", plan_type="pige"), cast.a))
    offered = [
        earlier_plans(empty(cast, period=period, plan_type=kind)) for period, kind in (("2021", ""), ("2022", "pige"))
    ]
    assert offered == [[earlier, second], [second, earlier]]


def test_what_is_restricted_is_not_copied_into_what_is_public(cast: Cast) -> None:
    make_edition()
    secret = make_plan(cast, obligation_of(make_call(visibility="restricted"), cast.a))
    open_, shut = empty(cast), empty(cast, period="2020", visibility="restricted")
    assert (earlier_plans(open_), earlier_plans(shut)) == ([], [secret])


def test_only_an_empty_draft_takes_a_copy(cast: Cast, earlier: Submission) -> None:
    draft = empty(cast)
    copy_plan(actor=cast.inti, submission=draft, source=earlier.pk)
    with pytest.raises(Refused, match="copy-not-empty"):
        copy_plan(actor=cast.inti, submission=draft, source=earlier.pk)


def test_nobody_copies_what_is_not_theirs(cast: Cast, earlier: Submission) -> None:
    draft = empty(cast)
    other = make_draft(cast.killa, obligation_of(make_call(period="2020"), cast.b), [])
    with pytest.raises(Forbidden):
        copy_plan(actor=cast.killa, submission=draft, source=earlier.pk)
    with pytest.raises(Missing):
        copy_plan(actor=cast.killa, submission=other, source=earlier.pk)


def test_after_it_was_handed_in_nothing_is_copied(cast: Cast, earlier: Submission) -> None:
    done = hand_in(cast.inti, obligation_of(make_call(period="2019"), cast.a))
    with pytest.raises(Conflict, match="submitted-already"):
        copy_plan(actor=cast.inti, submission=done, source=earlier.pk)
