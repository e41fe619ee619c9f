from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
from django.db import connection

from tests.domain.instruments.plans import published
from tests.domain.obligations.calls import BRIDGE, DUE, HALL, OPENS, TODAY, WELL, body, opened, owed, put, register
from yupana.domain.obligations import public, queries
from yupana.domain.obligations.actions import close_call, declare_holiday, deny, extend, grant, plead, waive
from yupana.domain.obligations.models import Call, Scope
from yupana.domain.obligations.public import CallCard
from yupana.domain.obligations.rules import CallState
from yupana.foundation.kernel.actor import NOBODY, OPERATOR, Actor, Role
from yupana.foundation.kernel.errors import Missing
from yupana.foundation.ledger.actions import seal
from yupana.foundation.ledger.models import Entry
from yupana.foundation.ledger.rules import read_leaf
from yupana.foundation.ledger.verify import verify

pytestmark = pytest.mark.django_db

Budget = Callable[[int], AbstractContextManager[object]]


def acting(call: Call, *held: tuple[Role, str]) -> Actor:
    debtors = {each.debtor.source_id: each.debtor_id for each in call.obligations.select_related("debtor")}
    return Actor(1, frozenset((role, debtors[where]) for role, where in held))


def whole_story() -> Call:
    """Declare a holiday and take it back, open, ask twice, extend twice, waive and close: every verb of this room."""
    free: dict[str, Any] = {"actor": OPERATOR, "calendar": "bolivia", "day": date(2024, 5, 2), "name": "Flood"}
    declare_holiday(**free, act="DS 1", on=TODAY)
    declare_holiday(**free, works=True, act="DS 2", on=TODAY)
    call = opened(title="Knots", code="KNOTS")
    hall = Actor(None, acting(call, (Role.ENTITY_PLANNER, HALL)).mandates)  # of nobody who has an account
    plea = plead(actor=hall, obligation=owed(call), until=date(2024, 9, 1), reason="flood", on=TODAY)
    grant(actor=OPERATOR, plea=plea.pk, act="RA 7", answer="well", on=TODAY)
    plea = plead(actor=hall, obligation=owed(call), until=None, reason="no offices", on=TODAY)
    deny(actor=OPERATOR, plea=plea.pk, answer="you have some", on=TODAY)
    extend(actor=OPERATOR, obligation=owed(call), due_on=date(2024, 8, 1), reason="flood", act="RA 7", on=TODAY)
    waive(actor=OPERATOR, obligation=owed(call, BRIDGE), reason="no offices", act="RA 8", on=TODAY)
    return close_call(actor=OPERATOR, call=call, on=TODAY)


# --- calls and what is owed ----------------------------------------------------------------------------------------
def test_a_call_is_found_by_its_code() -> None:
    assert queries.call(opened().code).state == CallState.OPEN


def test_a_call_that_is_not_there_is_missing() -> None:
    with pytest.raises(Missing) as missing:
        queries.call("NONE")
    assert missing.value.code == "call-unknown"


@pytest.mark.parametrize("role", [Role.ENTITY_PLANNER, Role.EXECUTIVE])
def test_people_of_an_entity_see_what_it_owes_the_most_urgent_first(role: Role) -> None:
    first = opened(code="FIRST")
    put(code="SECOND", due_on=date(2024, 5, 1))
    put(code="THIRD", due_on=date(2024, 5, 2))
    extend(
        actor=OPERATOR,
        obligation=owed(Call.objects.get(code="SECOND")),
        due_on=date(2024, 12, 1),
        reason="r",
        act="a",
        on=TODAY,
    )
    found = queries.owed_by(acting(first, (role, HALL)))
    assert [(each.call.code, each.effective_due) for each in found] == [
        ("THIRD", date(2024, 5, 2)),
        ("FIRST", DUE),
        ("SECOND", date(2024, 12, 1)),
    ]


def test_who_acts_for_two_entities_sees_what_both_owe() -> None:
    call = opened()
    actor = acting(call, (Role.ENTITY_PLANNER, HALL), (Role.EXECUTIVE, WELL))
    assert {each.debtor.source_id for each in queries.owed_by(actor)} == {HALL, WELL}


@pytest.mark.parametrize("role", [Role.PLANNER, Role.REVIEWER, Role.AUDITOR])
def test_a_mandate_of_the_authority_owes_nothing(role: Role) -> None:
    call = opened()
    assert [list(queries.owed_by(actor)) for actor in (acting(call, (role, HALL)), NOBODY, OPERATOR)] == [[], [], []]


@pytest.mark.parametrize("number", [1, 5])
def test_one_obligation_or_five_cost_one_query(number: int, query_budget: Budget) -> None:
    register(tuple(body(str(at)) for at in range(number)))
    published()
    call = put()
    with query_budget(1):
        rows = [(each.call.code, each.debtor.name, each.effective_due) for each in queries.obligations_of(call)]
    assert len(rows) == number


# --- what the portal shows -----------------------------------------------------------------------------------------
def test_a_public_call_is_shown_with_its_terms() -> None:
    call = opened(asks_budget=False)
    assert (
        public.calls()
        == (public.call("QIPU-2024"),)
        == (
            CallCard(
                id=call.pk,
                code="QIPU-2024",
                title="Knots 1 · 2024",
                opens_on=OPENS,
                due_on=DUE,
                period="2024",
                editions=("QIPU/1",),
                audience="all",
                state=CallState.OPEN,
                asks_target=True,
                asks_responsible=True,
                asks_budget=False,
                historical=False,
                debtors=3,
            ),
        )
    )


def test_calls_of_one_edition_are_told_with_all_their_editions() -> None:
    register()
    one = published()
    put(code="OLD")
    other = published("2")
    put(code="BOTH", editions=["QIPU/2", "QIPU/1"], historical=True, opens_on=date(2024, 5, 1))
    assert [
        [(card.code, card.editions, card.debtors) for card in public.calls(edition.pk)] for edition in (one, other)
    ] == [
        [("BOTH", ("QIPU/2", "QIPU/1"), 3), ("OLD", ("QIPU/1",), 3)],
        [("BOTH", ("QIPU/2", "QIPU/1"), 3)],
    ]


def test_a_closed_call_is_still_shown() -> None:
    whole_story()
    assert [(card.code, card.state) for card in public.calls()] == [("KNOTS", CallState.CLOSED)]


@pytest.mark.parametrize("number", [1, 5])
def test_one_call_or_five_cost_two_queries(number: int, query_budget: Budget) -> None:
    opened()
    for _ in range(number - 1):
        put()
    with query_budget(2):
        assert len(public.calls()) == number


# --- what stands behind the record ---------------------------------------------------------------------------------
def own_entries() -> dict[int, str]:
    verbs = {entry.pk: read_leaf(bytes(entry.leaf)).verb for entry in Entry.objects.all()}
    return {pk: verb for pk, verb in verbs.items() if verb.startswith(("call", "due", "obligation", "holiday", "plea"))}


def test_every_entry_of_this_room_has_its_content() -> None:
    whole_story()
    assert sorted(content.entry for content in queries.sealed_contents()) == sorted(own_entries())


def test_every_verb_of_this_room_is_told_in_the_story() -> None:
    whole_story()
    assert sorted(own_entries().values()) == [
        "call.closed", "call.opened", "due.extended", "due.extended", "holiday.declared", "holiday.revoked",
        "obligation.waived", "plea.denied", "plea.granted", "plea.made", "plea.made",
    ]  # fmt: skip


def test_an_opening_vouches_for_who_owes_what() -> None:
    opened()
    content = next(queries.sealed_contents()).value
    assert isinstance(content, dict)
    (digest,) = content["scopes"]
    assert (content["scopes"][digest], content["debts"]) == (
        ["QIPU/1#line:1.1", "QIPU/1#line:1.2"],
        [
            [f"test:{source_id}", "2024", "", digest, DUE, level, territory]
            for source_id, level, territory in [
                (HALL, "municipal", "LP"), (BRIDGE, "municipal", "OR"), (WELL, "departmental", "LP"),
            ]
        ],
    )  # fmt: skip


FORGERIES = {
    "UPDATE obligations_call SET audience = 'ALL'": "call.opened",
    "UPDATE obligations_call SET due_on = '2024-06-29'": "call.opened",
    "UPDATE obligations_call SET visibility = 'restricted'": "call.opened",
    "UPDATE obligations_call SET remedy_days = 16": "call.opened",
    "UPDATE obligations_call SET code = 'KNOTs'": "call.opened",
    "UPDATE obligations_obligation SET due_on = NULL WHERE territory = 'OR'": "call.opened",
    "UPDATE obligations_obligation SET territory = 'PT' WHERE territory = 'OR'": "call.opened",
    "UPDATE obligations_obligation SET level_id = 'central' WHERE territory = 'OR'": "call.opened",
    "UPDATE obligations_scope SET digest = 'x'": "call.opened",
    "DELETE FROM obligations_scopeitem": "call.opened",
    "DELETE FROM obligations_calledition": "call.opened",
    "UPDATE obligations_extension SET due_on = '2024-09-02' WHERE due_on = '2024-09-01'": "due.extended",
    "UPDATE obligations_extension SET reason = 'Flood'": "due.extended",
    "UPDATE obligations_extension SET act = 'RA 9'": "due.extended",
    "DELETE FROM obligations_extension": "due.extended",
    "UPDATE obligations_waiver SET reason = 'No offices'": "obligation.waived",
    "UPDATE obligations_waiver SET obligation_id = (SELECT MIN(o.id) FROM obligations_obligation o"
    " WHERE o.id <> obligations_waiver.obligation_id)": "obligation.waived",
    "DELETE FROM obligations_waiver": "obligation.waived",
    "UPDATE obligations_call SET state = 'open', closing_entry_id = NULL": "call.closed",
    "UPDATE obligations_holiday SET works = NOT works": "holiday.declared",
    "UPDATE obligations_holiday SET territory = '02' WHERE works": "holiday.revoked",
    "UPDATE obligations_plea SET reason = 'Flood'": "plea.made",
    "UPDATE obligations_plea SET asked_on = '2024-01-01'": "plea.made",
    "UPDATE obligations_plea SET answer = 'no' WHERE granted": "plea.granted",
    "UPDATE obligations_plea SET decided_on = '2024-01-01' WHERE granted": "plea.granted",
    "UPDATE obligations_plea SET granted = (1=1) WHERE NOT granted": "plea.denied",
}


def all_contents() -> list[object]:
    from yupana.domain.entities.queries import sealed_contents as entities  # noqa: PLC0415 - only here
    from yupana.domain.instruments.queries import sealed_contents as instruments  # noqa: PLC0415 - the same

    return [*entities(), *instruments(), *queries.sealed_contents()]


def test_the_record_vouches_for_the_whole_story() -> None:
    whole_story()
    seal()
    verdict = verify(all_contents())  # type: ignore[arg-type] # contents of three rooms
    assert (verdict.ok, verdict.entries) == (True, Entry.objects.count())


def test_an_obligation_owes_by_a_scope_of_its_own_call(unguarded_db: None) -> None:
    whole_story()
    other = put(code="OTHER")
    seal()
    strange = other.obligations.order_by("pk")[0]
    strange.scope = Scope.objects.exclude(call=other).order_by("pk")[0]
    strange.save()
    verdict = verify(all_contents())  # type: ignore[arg-type] # contents of three rooms
    assert (verdict.why, verdict.first_broken) == ("content", Entry.objects.get(pk=other.entry_id or 0).position)


@pytest.mark.parametrize(("forgery", "verb"), FORGERIES.items())
def test_a_forgery_is_named_by_the_position_of_what_it_denies(unguarded_db: None, forgery: str, verb: str) -> None:
    whole_story()
    seal()
    with connection.cursor() as cursor:
        cursor.execute(forgery)
    verdict = verify(all_contents())  # type: ignore[arg-type] # contents of three rooms
    first = min(entry for entry, told in own_entries().items() if told == verb)
    assert (verdict.first_broken, verdict.why) == (Entry.objects.get(pk=first).position, "content")
