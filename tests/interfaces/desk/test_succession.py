"""Passing on, in the browser of the authority, what a merged body owed and promised."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import translation

from tests.cast import DUE_ON, make_call, make_edition, make_plan, obligation_of
from yupana.domain.commitments.models import RowTransfer
from yupana.domain.entities.actions import record_succession
from yupana.domain.obligations.models import Transfer
from yupana.foundation.kernel.actor import OPERATOR

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast
    from tests.conftest import Budget
    from yupana.domain.obligations.models import Obligation

pytestmark = pytest.mark.django_db


@pytest.fixture
def owed(cast: Cast, client: Client) -> Obligation:
    make_edition()
    call = make_call(audience="all")
    make_plan(cast, obligation_of(call, cast.a))
    client.force_login(cast.people["amaru"])
    return obligation_of(call, cast.a)


def page(owed: Obligation, which: str = "transfer") -> str:
    return reverse(f"desk:{which}", args=[owed.pk])


def test_without_a_successor_there_is_nowhere_to_pass_to(client: Client, owed: Obligation) -> None:
    shown = client.get(page(owed)).content.decode()
    assert ("<button" in shown.partition("<main")[2], f'href="{page(owed, "succession")}"' in shown) == (False, True)


def test_a_succession_is_recorded_and_everything_passes(client: Client, owed: Obligation, cast: Cast) -> None:
    act = {"act": "Ley 1/2018"}
    recorded = client.post(page(owed, "succession"), {"successor": "B-1", "on": "2018-06-01", **act})
    to = obligation_of(owed.call, cast.b)
    passed = client.post(page(owed), {"to": to.pk, "reason": "Fusión", **act})
    assert (recorded.headers["Location"], passed.headers["Location"]) == (
        page(owed),
        reverse("desk:call", args=[owed.call.code]),
    )
    assert list(RowTransfer.objects.values_list("row", "to", "to_row")) == [(1, to.pk, 1)]
    assert cast.b.name in client.get(page(owed)).content.decode()


def test_the_body_that_owed_is_told_who_owes_now(client: Client, owed: Obligation, cast: Cast) -> None:
    record_succession(actor=OPERATOR, predecessors=[cast.a], successor=cast.b, on=DUE_ON, act="Ley 1/2018")
    client.post(page(owed), {"to": obligation_of(owed.call, cast.b).pk, "reason": "Fusión", "act": "Ley 1/2018"})
    client.force_login(cast.people["inti"])
    with translation.override("en"):
        inbox, plan = (client.get(at).content.decode() for at in (reverse("desk:inbox"), page(owed, "plan")))
    told = (f"It passed to {cast.b.name}." in inbox, f"passed to {cast.b.name} by a recorded act" in plan)
    assert told == (True, True)
    assert ["Begin a new version" in plan, page(owed, "plead") in plan + inbox] == [False, False]


def test_a_row_goes_to_another_successor(client: Client, owed: Obligation, cast: Cast) -> None:
    for heir in (cast.b, cast.c):
        record_succession(actor=OPERATOR, predecessors=[cast.a], successor=heir, on=DUE_ON, act="Ley 1")
    to, other = obligation_of(owed.call, cast.b), obligation_of(owed.call, cast.c)
    client.post(page(owed), {"to": to.pk, "row-1": other.pk, "reason": "División", "act": "Ley 1"})
    assert (Transfer.objects.get().to_id, RowTransfer.objects.get().to_id) == (to.pk, other.pk)


def test_a_refusal_stands_on_the_page_and_nothing_passes(client: Client, owed: Obligation) -> None:
    answered = client.post(page(owed, "succession"), {"successor": "nadie", "on": "2018-06-01", "act": "x"})
    assert (answered.status_code, "nadie" in answered.content.decode()) == (422, True)


@pytest.mark.parametrize("heirs", [1, 2])
def test_the_page_keeps_its_budget(
    client: Client, owed: Obligation, cast: Cast, query_budget: type[Budget], heirs: int
) -> None:
    for heir in (cast.b, cast.c)[:heirs]:
        record_succession(actor=OPERATOR, predecessors=[cast.a], successor=heir, on=DUE_ON, act="Ley 1")
    with query_budget(17):
        assert client.get(page(owed)).status_code == 200
