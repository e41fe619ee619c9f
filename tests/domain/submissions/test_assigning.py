"""Who reviews what."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import EXPIRED_ON, Cast, make_call, make_edition, make_person, obligation_of
from yupana.domain.submissions.actions import assign
from yupana.domain.submissions.models import Assignment
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.errors import Forbidden, Refused
from yupana.foundation.ledger.models import Entry

ON = EXPIRED_ON


@pytest.fixture
def owed(cast: Cast) -> list[int]:
    make_edition()
    call = make_call()
    return [obligation_of(call, body).pk for body in (cast.a, cast.b)]


def given() -> list[tuple[int, int]]:
    return list(Assignment.objects.order_by("obligation").values_list("obligation", "reviewer"))


def test_several_plans_are_given_taken_over_and_set_free_without_a_record(cast: Cast, owed: list[int]) -> None:
    other, _ = make_person("mara", (Role.REVIEWER, cast.authority))
    amaru, before = cast.people["amaru"].pk, Entry.objects.count()
    assign(actor=cast.amaru, obligations=owed, reviewer=amaru, on=ON)
    first = given()
    assign(actor=cast.amaru, obligations=owed[:1], reviewer=other.pk, on=ON)
    second = given()
    assign(actor=cast.amaru, obligations=owed[1:], reviewer=None, on=ON)
    assert (first, second, given()) == (
        [(each, amaru) for each in owed],
        [(owed[0], other.pk), (owed[1], amaru)],
        [(owed[0], other.pk)],
    )
    assert Entry.objects.count() == before


def test_nobody_is_given_their_own_entitys_plan(cast: Cast, owed: list[int]) -> None:
    both, _ = make_person("mara", (Role.REVIEWER, cast.authority), (Role.ENTITY_PLANNER, cast.a))
    left = assign(actor=cast.amaru, obligations=owed, reviewer=both.pk, on=ON)
    assert (left, given()) == ((owed[0],), [(owed[1], both.pk)])


@pytest.mark.parametrize("name", ["inti", "tupak", ""])
def test_only_reviewers_in_office_are_given_plans(cast: Cast, owed: list[int], name: str) -> None:
    late, _ = make_person("mara", (Role.REVIEWER, cast.authority), ends_on=ON - timedelta(days=1))
    with pytest.raises(Refused) as refused:
        assign(actor=cast.amaru, obligations=owed, reviewer=cast.people[name].pk if name else late.pk, on=ON)
    assert (refused.value.code, given()) == ("reviewer-unknown", [])


@pytest.mark.parametrize("name", ["inti", "executive", "auditor", "sami"])
def test_only_the_authority_arranges_its_work(cast: Cast, owed: list[int], name: str) -> None:
    with pytest.raises(Forbidden):
        assign(actor=getattr(cast, name), obligations=owed, reviewer=cast.people["amaru"].pk, on=ON)
