"""Who is told what on which day, once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.cast import (
    ACCEPTED_ON,
    DUE_ON,
    HANDED_IN_ON,
    Cast,
    hand_in,
    make_call,
    make_draft,
    make_edition,
    obligation_of,
)
from yupana.domain.commitments.actions import accept_plan, return_plan
from yupana.domain.obligations.actions import close_call, extend, waive
from yupana.domain.people.actions import end_mandate
from yupana.domain.people.models import Person
from yupana.domain.submissions.models import Assignment, Submission
from yupana.foundation.kernel.actor import OPERATOR
from yupana.projections.notices.actions import fill
from yupana.projections.notices.models import Filled, Outbox

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from yupana.domain.obligations.models import Call

pytestmark = pytest.mark.django_db
ONE = timedelta(days=1)


@pytest.fixture
def call(cast: Cast) -> Call:
    """Everybody but Rumi has an address; A and B owe a plan."""
    for name, person in cast.people.items():
        if name != "rumi":
            Person.objects.filter(pk=person.pk).update(email=f"{name}@a.example")
    make_edition()
    return make_call()


def told(on: date) -> list[tuple[str, str, str]]:
    """What filling adds on a day: user name, rule and what the link leads to, plans by the debtor's place."""
    before = set(Outbox.objects.values_list("pk", flat=True))
    fill(on=on)
    new = Outbox.objects.exclude(pk__in=before).select_related("person").order_by("person__username", "rule")
    return [(each.person.username, each.rule, each.subject.partition(":")[0]) for each in new]


@pytest.mark.parametrize(
    ("after", "names"),
    [
        (-31, []),
        (-30, ["inti", "killa"]),
        (-10, ["inti", "killa"]),
        (-1, ["inti", "killa", "wara"]),
        (0, ["inti", "killa", "wara"]),
        (1, ["inti", "killa"]),
        (7, ["inti", "killa", "wara"]),
        (15, ["amaru", "inti", "killa", "wara"]),
        (30, []),
    ],
)
def test_a_due_day_is_told_to_those_whom_it_concerns(cast: Cast, call: Call, after: int, names: list[str]) -> None:
    found = told(DUE_ON + after * ONE)
    assert [name for name, _, _ in found] == names
    assert {subject for name, _, subject in found if name != "amaru"} <= {"plan"}


def test_the_authority_is_told_of_all_late_ones_in_one_mail(cast: Cast, call: Call) -> None:
    assert ("amaru", "late", "inbox") in told(DUE_ON + 15 * ONE)


def test_nobody_is_told_twice_however_often_it_runs(cast: Cast, call: Call) -> None:
    runs = [len(told(DUE_ON + each * ONE)) for each in (-10, -10, -9, -8, -3)]
    Filled.objects.all().delete()
    assert (runs, fill(on=DUE_ON - 3 * ONE)) == ([2, 0, 0, 0, 2], 0)


def test_the_day_is_the_reminders_own_however_late_it_is_made(cast: Cast, call: Call) -> None:
    fill(on=DUE_ON - 8 * ONE)
    assert set(Outbox.objects.values_list("due_on", "about_on")) == {(DUE_ON - 10 * ONE, DUE_ON)}


def _waive(cast: Cast, call: Call) -> None:
    waive(actor=OPERATOR, obligation=obligation_of(call, cast.a), reason="x", act="RM 1", on=HANDED_IN_ON)


def _extend(cast: Cast, call: Call) -> None:
    later = DUE_ON + 60 * ONE
    extend(actor=OPERATOR, obligation=obligation_of(call, cast.a), due_on=later, reason="x", act="RM 1", on=DUE_ON)


def _hand_in(cast: Cast, call: Call) -> None:
    hand_in(cast.inti, obligation_of(call, cast.a))


def _return(cast: Cast, call: Call) -> None:
    plan = hand_in(cast.inti, obligation_of(call, cast.a))
    return_plan(actor=cast.amaru, submission=plan, reason="x", remarks={}, on=DUE_ON)


def _leave(cast: Cast, call: Call) -> None:
    for name in ("inti", "rumi"):
        end_mandate(actor=OPERATOR, mandate=cast.mandates[name], on=DUE_ON)


def _forget(cast: Cast, call: Call) -> None:
    Person.objects.filter(username="inti").update(email="")


@pytest.mark.parametrize("happened", [_waive, _extend, _hand_in, _return, _leave, _forget])
def test_who_has_nothing_to_do_or_no_address_is_not_reminded(
    cast: Cast, call: Call, happened: Callable[[Cast, Call], None]
) -> None:
    happened(cast, call)
    assert [name for name, rule, _ in told(DUE_ON + ONE) if rule == "late"] == ["killa"]


def test_a_closed_call_reminds_nobody(cast: Cast, call: Call) -> None:
    close_call(actor=OPERATOR, call=call, on=DUE_ON)
    assert told(DUE_ON + ONE) == []


def test_a_moved_due_day_is_told_anew(cast: Cast, call: Call) -> None:
    fill(on=DUE_ON - 10 * ONE)
    _extend(cast, call)
    assert [name for name, _, _ in told(DUE_ON + 50 * ONE)] == ["inti"]


# --- what somebody did ---------------------------------------------------------------------------------------------
def test_what_came_back_is_told_at_once_and_again_before_its_term_ends(cast: Cast, call: Call) -> None:
    plan = hand_in(cast.inti, obligation_of(call, cast.a))
    fill(on=ACCEPTED_ON)
    step = return_plan(actor=cast.amaru, submission=plan, reason="x", remarks={}, on=ACCEPTED_ON)
    assert step.remedy_until
    assert told(ACCEPTED_ON) == [("inti", "returned", "plan")]
    found = told(step.remedy_until - 3 * ONE)
    assert [each for each in found if each[1] != "due"] == [("inti", "remedy", "plan")]


def test_what_was_accepted_is_told_to_planner_and_executive(cast: Cast, call: Call) -> None:
    plan = hand_in(cast.inti, obligation_of(call, cast.a))
    accept_plan(actor=cast.amaru, submission=plan, on=ACCEPTED_ON)
    assert told(ACCEPTED_ON) == [("inti", "accepted", "plan"), ("wara", "accepted", "plan")]


def test_what_waits_for_the_executive_is_told_to_the_executive(cast: Cast, call: Call) -> None:
    draft = make_draft(cast.inti, obligation_of(call, cast.a))
    Submission.objects.filter(pk=draft.pk).update(ready_on=HANDED_IN_ON)
    assert told(HANDED_IN_ON) == [("wara", "ready", "plan")]


@pytest.mark.parametrize(("assigned", "subject"), [(False, "queue"), (True, "review")])
def test_what_waits_long_for_a_review_is_told_to_who_reviews(
    cast: Cast, call: Call, assigned: bool, subject: str
) -> None:
    hand_in(cast.inti, obligation_of(call, cast.a))
    if assigned:
        owed = obligation_of(call, cast.a)
        Assignment.objects.create(obligation=owed, reviewer=cast.people["amaru"], on=HANDED_IN_ON)
    assert told(HANDED_IN_ON + 10 * ONE) == [("amaru", "unreviewed", subject)]


@pytest.mark.parametrize("audience", ["code:A-1", "level:municipal"])
def test_one_debtor_and_several_take_as_many_statements(
    cast: Cast, query_budget: Callable[[int], AbstractContextManager[object]], audience: str
) -> None:
    Person.objects.update(email="x@a.example")
    make_edition()
    make_call(audience=audience)
    with query_budget(21):
        assert fill(on=DUE_ON - 10 * ONE) > 0


def test_where_nobody_has_an_address_one_question_is_enough(
    cast: Cast, query_budget: Callable[[int], AbstractContextManager[object]]
) -> None:
    with query_budget(1):
        assert fill(on=DUE_ON) == 0
