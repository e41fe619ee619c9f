"""What a planner of the authority may not do, and the day before which no call opens."""

from datetime import date, timedelta
from functools import partial

import pytest

from tests.domain.instruments.plans import published
from tests.domain.obligations.calls import BRIDGE, HALL, TODAY, body, opened, owed, put, register
from yupana.domain.entities.rules import place
from yupana.domain.obligations.actions import extend, waive
from yupana.domain.obligations.models import Call, Extension, Waiver
from yupana.domain.submissions.policy import start_refusal
from yupana.foundation.kernel.actor import Actor, Role
from yupana.foundation.kernel.errors import Forbidden, Refused

pytestmark = pytest.mark.django_db


def planner_of(call: Call, source_id: str) -> Actor:
    return Actor(1, frozenset({(Role.PLANNER, owed(call, source_id).debtor_id)}))


def test_a_planner_moves_and_lifts_what_others_owe_alone() -> None:
    call = opened()
    planner, own, other = planner_of(call, HALL), owed(call, HALL), owed(call, BRIDGE)
    more = partial(extend, actor=planner, due_on=date(2024, 9, 1), reason="flood", act="RA 7", on=TODAY)
    none = partial(waive, actor=planner, reason="flood", act="RA 7", on=TODAY)
    refused = []
    for act in (more, none):
        with pytest.raises(Forbidden) as refusal:
            act(obligation=own)
        refused.append(refusal.value.code)
    more(obligation=other)
    none(obligation=other)
    assert (refused, Extension.objects.count(), Waiver.objects.count()) == (["own-entity"] * 2, 1, 1)


def test_a_planner_copies_no_letter_of_their_own_entity() -> None:
    call = opened()
    planner = planner_of(call, HALL)
    assert [start_refusal(planner, owed(call, each)) for each in (HALL, BRIDGE)] == ["own-entity", ""]


def test_no_call_opens_before_its_edition_was_published_but_history() -> None:
    register()
    day = published().published_on
    assert day is not None
    with pytest.raises(Refused) as refusal:
        put(opens_on=day - timedelta(days=1), code="EARLY")
    put(opens_on=day - timedelta(days=1), code="OLD", historical=True)
    assert (refusal.value.code, Call.objects.get().code) == ("call-before-edition", "OLD")


@pytest.mark.parametrize(
    ("source_id", "name", "why"),
    [
        (".", "Hall", "id-unusable"),
        ("..", "Hall", "id-unusable"),
        ("a/b", "Hall", "id-unusable"),
        ("a\x1bb", "Hall", "sign-hidden"),
        ("1", "Ha\x00ll", "sign-hidden"),
        ("1", "\x1b[31mHall", "sign-hidden"),
        ("1", "\u202ellaH", "sign-hidden"),
        ("1", "Ha\u2066ll", "sign-hidden"),
    ],
)
def test_an_id_that_is_no_address_and_a_sign_that_nobody_sees_are_refused(source_id: str, name: str, why: str) -> None:
    with pytest.raises(Refused) as refusal:
        place([body(source_id, name=name)], {})
    assert (refusal.value.code, str(refusal.value.details["where"])[:10]) == (why, "bodies.csv")
