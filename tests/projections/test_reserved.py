"""What is reserved enters the record as a day and a commitment, and still moves the figures of those who may see it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.cast import hand_in, make_call, make_edition, make_plan, obligation_of
from yupana.domain.commitments.actions import confirm_year_one, reclassify, return_plan
from yupana.domain.obligations.actions import close_call, extend, waive
from yupana.foundation.ledger.models import Entry
from yupana.foundation.ledger.rules import read_leaf
from yupana.projections import followers
from yupana.projections.figures import actions as figures
from yupana.projections.figures.models import Cell
from yupana.projections.proof import verify

if TYPE_CHECKING:
    from tests.cast import Cast
    from yupana.domain.obligations.models import Call
    from yupana.domain.submissions.models import Submission

pytestmark = pytest.mark.django_db
DAY = date(2018, 6, 1)


@pytest.fixture
def before(cast: Cast) -> int:
    make_edition()
    return Entry.objects.count()


@pytest.fixture
def call(before: int) -> Call:
    return make_call(visibility="restricted")


@pytest.fixture
def plan(cast: Cast, call: Call) -> Submission:
    return make_plan(cast, obligation_of(call, cast.a))


@pytest.fixture
def everything(cast: Cast, call: Call, plan: Submission) -> None:
    a, b = obligation_of(call, cast.a), obligation_of(call, cast.b)
    extend(actor=cast.amaru, obligation=a, due_on=date(2018, 7, 31), reason="Inundación", act="RM 1", on=DAY)
    reclassify(actor=cast.amaru, activity=plan.activities.get(), item=None, reason="No responde", on=DAY)
    confirm_year_one(actor=cast.inti, obligation=a, year=2018, on=DAY)
    other = hand_in(cast.killa, b)
    return_plan(actor=cast.amaru, submission=other, reason="Falta la meta", remarks={}, on=DAY)
    waive(actor=cast.amaru, obligation=b, reason="Sin sistemas", act="RM 2", on=DAY)
    close_call(actor=cast.amaru, call=call, on=DAY)


def test_no_leaf_of_a_reserved_call_names_anything(before: int, everything: None) -> None:
    leaves = [read_leaf(bytes(leaf)) for leaf in Entry.objects.order_by("pk")[before:].values_list("leaf", flat=True)]
    assert {(leaf.verb, tuple(leaf.codes), leaf.version) for leaf in leaves} == {("reserved", (), 1)}


def test_every_act_of_a_reserved_call_is_recorded(before: int, everything: None) -> None:
    assert Entry.objects.count() - before == 10


def test_the_record_of_what_is_reserved_verifies(everything: None) -> None:
    followers.tick()
    assert verify().why == ""


def test_a_change_behind_a_reserved_entry_is_named(before: int, plan: Submission, unguarded_db: None) -> None:
    followers.tick()
    plan.activities.update(name="Otra cosa")
    assert (verify().why, verify().first_broken) == ("content", before + 1)


def test_figures_follow_what_is_reserved_as_they_count_it_anew(cast: Cast, call: Call, plan: Submission) -> None:
    followers.tick()
    extend(
        actor=cast.amaru,
        obligation=obligation_of(call, cast.a),
        due_on=date(2018, 9, 1),
        reason="Feriado",
        act="RM 3",
        on=DAY,
    )
    followers.tick()
    assert figures.check() == ()
    assert Cell.objects.filter(measure="timeliness", due_on=date(2018, 9, 1), due=1, done=1).exists()
