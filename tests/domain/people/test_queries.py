"""Who an account is on a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import AnonymousUser

from tests.cast import DUE_ON, EXPIRED_ON, FIRST_DAY, Cast
from yupana.domain.people import rules
from yupana.domain.people.actions import end_mandate
from yupana.domain.people.models import Mandate, Person
from yupana.domain.people.queries import actor_for, in_force, mandates_of, person
from yupana.foundation.kernel.actor import NOBODY, OPERATOR, Role
from yupana.foundation.kernel.errors import Missing

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

pytestmark = pytest.mark.django_db


def test_the_cast_is_who_it_says(cast: Cast) -> None:
    roles = {
        name: sorted((role.value, entity) for role, entity in getattr(cast, name).mandates)
        for name in ("amaru", "inti", "killa", "executive", "auditor", "expired", "sami")
    }
    assert roles == {
        "amaru": [("planner", cast.authority.pk), ("reviewer", cast.authority.pk)],
        "inti": [("entity_planner", cast.a.pk)],
        "killa": [("entity_planner", cast.b.pk)],
        "executive": [("executive", cast.a.pk)],
        "auditor": [("auditor", cast.authority.pk)],
        "expired": [],
        "sami": [],
    }


def test_nobody_signed_in_is_nobody() -> None:
    assert actor_for(AnonymousUser(), on=DUE_ON) == NOBODY


def test_a_closed_account_is_nobody_whatever_it_holds(cast: Cast) -> None:
    Person.objects.filter(pk=cast.people["amaru"].pk).update(is_active=False)
    assert actor_for(Person.objects.get(username="amaru"), on=DUE_ON) == NOBODY


def test_an_account_without_mandates_is_a_person_who_may_do_nothing(cast: Cast) -> None:
    assert (cast.expired.person, cast.expired.mandates) == (cast.people["rumi"].pk, frozenset())


@pytest.mark.parametrize(
    ("on", "held"), [(date(2017, 1, 1), 0), (FIRST_DAY, 1), (EXPIRED_ON, 1), (date(2020, 1, 1), 0)]
)
def test_a_mandate_counts_on_its_days(cast: Cast, on: date, held: int) -> None:
    rumi = cast.people["rumi"]
    assert (len(actor_for(rumi, on=on).mandates), mandates_of(rumi, on).count()) == (held, held)


@pytest.mark.parametrize("on", [date(2017, 1, 1), FIRST_DAY, DUE_ON, EXPIRED_ON, date(2020, 1, 1)])
def test_the_rule_for_one_is_the_rule_for_many(cast: Cast, on: date) -> None:
    end_mandate(actor=OPERATOR, mandate=cast.mandates["killa"], on=DUE_ON)
    one_by_one = {
        mandate.pk
        for mandate in Mandate.objects.all()
        if rules.in_force(starts_on=mandate.starts_on, ends_on=mandate.ends_on, ended_on=mandate.ended_on, on=on)
    }
    assert set(in_force(on).values_list("pk", flat=True)) == one_by_one


def test_who_somebody_is_takes_one_query(
    cast: Cast, query_budget: Callable[[int], AbstractContextManager[object]]
) -> None:
    with query_budget(1):
        assert actor_for(cast.people["amaru"], on=DUE_ON).has(Role.REVIEWER)


def test_mandates_come_with_their_bodies(
    cast: Cast, query_budget: Callable[[int], AbstractContextManager[object]]
) -> None:
    with query_budget(1):
        assert [(each.entity.name, each.role) for each in mandates_of(cast.people["amaru"], DUE_ON)] == [
            ("Agencia Rectora", "planner"),
            ("Agencia Rectora", "reviewer"),
        ]


def test_an_account_is_found_however_its_name_is_typed(cast: Cast) -> None:
    assert person(" INTI ") == cast.people["inti"]


def test_an_account_that_is_not_there_is_missing(cast: Cast) -> None:
    with pytest.raises(Missing, match="person-unknown"):
        person("nadie")
