from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest

from tests.domain.instruments.plans import RENUMBERED, SMALL, draft, published
from tests.domain.obligations.calls import (
    BODIES,
    BRIDGE,
    DUE,
    GROUP,
    HALL,
    TODAY,
    WELL,
    body,
    opened,
    owed,
    put,
    register,
)
from yupana.domain.obligations.actions import close_call, extend, waive
from yupana.domain.obligations.models import Call, CallEdition, Extension, Obligation, Scope, ScopeItem, Waiver
from yupana.domain.obligations.queries import obligations_of
from yupana.domain.obligations.rules import CallState
from yupana.foundation.kernel.actor import NOBODY, OPERATOR, Actor, Role
from yupana.foundation.kernel.errors import Conflict, Forbidden, Missing, Refused
from yupana.foundation.ledger.models import Entry
from yupana.foundation.ledger.rules import Leaf, read_leaf

pytestmark = pytest.mark.django_db

PLANNER = Actor(1, frozenset({(Role.PLANNER, 1)}))
OTHERS = [NOBODY, *(Actor(1, frozenset({(role, 1)})) for role in Role if role is not Role.PLANNER)]
Budget = Callable[[int], AbstractContextManager[object]]


def last_leaf() -> Leaf:
    return read_leaf(bytes(Entry.objects.order_by("-pk")[0].leaf))


def move(obligation: Obligation, due_on: date, **more: object) -> Extension:
    act = {"reason": "the river rose", "act": "RA 7", "on": date(2024, 5, 2), "actor": OPERATOR, **more}
    return extend(obligation=obligation, due_on=due_on, **act)  # type: ignore[arg-type] # a test may ask for anything


def lift(obligation: Obligation, **more: object) -> Waiver:
    act = {"reason": "it has no offices", "act": "RA 8", "on": date(2024, 5, 3), "actor": OPERATOR, **more}
    return waive(obligation=obligation, **act)  # type: ignore[arg-type] # the same


def due_dates(call: Call) -> list[tuple[str, date | None, bool]]:
    return [(each.debtor.source_id, each.effective_due, each.is_waived) for each in obligations_of(call)]


# --- opening -------------------------------------------------------------------------------------------------------
def test_opening_binds_every_body_that_stands_on_that_day_and_no_group() -> None:
    call = opened()
    assert set(call.obligations.values_list("debtor__source_id", flat=True)) == {HALL, BRIDGE, WELL}


def test_opening_freezes_level_and_territory_of_that_day() -> None:
    call = opened()
    register((*BODIES[:1], body(HALL, parent_id=GROUP, level="departmental", territory="PT"), *BODIES[2:]))
    one = owed(call)
    assert (one.level_id, one.territory, one.debtor.level_id, one.debtor.territory) == (
        "municipal",
        "LP",
        "departmental",
        "PT",
    )


def test_each_obligation_has_the_period_and_the_due_date_of_its_call() -> None:
    call = opened(period="2024-S1")
    assert set(call.obligations.values_list("period", "due_on", "subject")) == {("2024-S1", DUE, "")}


def test_all_debtors_share_one_scope_of_the_binding_items() -> None:
    call = opened()
    codes = set(ScopeItem.objects.values_list("item__role", "item__code"))
    assert (Scope.objects.count(), codes, call.obligations.values("scope").distinct().count()) == (
        1,
        {("line", "1.1"), ("line", "1.2")},
        1,
    )


def test_an_open_call_says_what_it_was_opened_with() -> None:
    call = opened(asks_budget=False, remedy_days=10, audience=" all ", title="Knots of the year")
    told = (call.state, call.code, call.title, call.audience, call.asks_target, call.asks_budget, call.remedy_days)
    assert told == (CallState.OPEN, "QIPU-2024", "Knots of the year", "all", True, False, 10)


def test_a_call_without_a_title_is_named_after_its_editions_and_period() -> None:
    assert opened().title == "Knots 1 · 2024"


def test_the_entry_of_an_opening_names_the_call_and_nothing_else() -> None:
    opened()
    leaf = last_leaf()
    assert (leaf.verb, leaf.codes, leaf.on) == ("call.opened", {"call": "QIPU-2024"}, TODAY.isoformat())


def test_two_editions_are_put_in_the_order_given() -> None:
    register()
    published()
    published("b", RENUMBERED, on=date(2024, 3, 2))
    draft("1", instrument="ABACUS")
    published_abacus()
    call = put(editions=["QIPU/b", "ABACUS/1"])
    put_in_order = CallEdition.objects.filter(call=call).order_by("order")
    assert (
        list(put_in_order.values_list("edition__instrument__code", "edition__code")),
        ScopeItem.objects.filter(scope__call=call).count(),
        call.code,
    ) == ([("QIPU", "b"), ("ABACUS", "1")], 4, "QIPU-ABACUS-2024")


def published_abacus() -> None:
    from tests.domain.instruments.plans import enact  # noqa: PLC0415 - only here

    enact(instrument="ABACUS")


def test_an_audience_is_a_part_of_the_register() -> None:
    call = opened(audience="level:municipal and territory:OR")
    assert list(call.obligations.values_list("debtor__source_id", flat=True)) == [BRIDGE]


def test_a_second_call_of_one_period_gets_a_number() -> None:
    opened()
    assert put().code == "QIPU-2024.2"


def test_history_may_leave_the_deadline_unknown_and_speak_of_a_superseded_edition() -> None:
    register()
    published()
    published("2")
    call = put(historical=True, due_on=None)
    assert set(call.obligations.values_list("due_on", flat=True)) == {None}


@pytest.mark.parametrize("number", [10, 1000])
def test_a_thousand_bodies_cost_as_many_queries_as_ten(number: int, query_budget: Budget) -> None:
    register(tuple(body(str(at), name=f"Body {at:05}") for at in range(number)))
    published()
    with query_budget(22):
        call = put()
    assert call.obligations.count() == number


@pytest.mark.parametrize(
    ("terms", "kind", "why"),
    [
        ({"editions": []}, Refused, "call-without-edition"),
        ({"editions": ["QIPU/1", "QIPU/1"]}, Refused, "call-edition-twice"),
        ({"editions": ["QIPU/9"]}, Missing, "edition-unknown"),
        ({"editions": ["QIPU/d"]}, Refused, "edition-unpublished"),
        ({"editions": ["QIPU/d"], "historical": True}, Refused, "edition-unpublished"),
        ({"editions": ["QIPU/0"]}, Refused, "edition-not-in-force"),
        ({"audience": "territory:PT"}, Refused, None),
        ({"audience": "level:central"}, Refused, "call-audience-empty"),
        ({"audience": "level:"}, Refused, None),
        ({"period": "soon"}, Refused, "call-period-unreadable"),
        ({"due_on": None}, Refused, "call-due-missing"),
        ({"due_on": date(2024, 3, 31)}, Refused, "call-window-backwards"),
        ({"expects": "census"}, Refused, "call-expects-unknown"),
        ({"visibility": "secret"}, Refused, "call-visibility-unknown"),
        ({"code": "a b"}, Refused, "call-code-unusable"),
        ({"code": "FIRST"}, Conflict, "call-code-taken"),
    ],
)
def test_a_call_that_cannot_be_leaves_nothing_behind(
    terms: dict[str, object], kind: type[Refused], why: str | None
) -> None:
    published("0")
    opened(code="FIRST")
    draft("d", RENUMBERED)
    before = [model.objects.count() for model in (Call, Scope, ScopeItem, Obligation, Entry)]
    with pytest.raises(kind) as refused:
        put(**terms)
    after = [model.objects.count() for model in (Call, Scope, ScopeItem, Obligation, Entry)]
    assert (after, why in {None, refused.value.code}) == (before, True)


def test_a_call_that_binds_nothing_is_refused() -> None:
    register()
    published(rows=SMALL[:1])
    with pytest.raises(Refused, match="call-binds-nothing"):
        put()


def test_nobody_is_called_who_does_not_stand_on_the_day_of_opening() -> None:
    register()
    published()
    call = put(opens_on=date(2024, 3, 31))
    assert call.obligations.count() == 4


@pytest.mark.parametrize("actor", OTHERS)
def test_only_planners_of_the_authority_call_move_lift_and_close(actor: Actor) -> None:
    call = opened(actor=PLANNER)
    one = owed(call)
    attempts: list[Callable[[], object]] = [
        lambda: put(actor=actor),
        lambda: move(one, DUE, actor=actor),
        lambda: lift(one, actor=actor),
        lambda: close_call(actor=actor, call=call, on=TODAY),
    ]
    before = Entry.objects.count()
    for attempt in attempts:
        with pytest.raises(Forbidden, match="call-planners-only"):
            attempt()
    assert Entry.objects.count() == before


# --- moving and lifting --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("due_on", [date(2024, 7, 1), date(2024, 12, 31)], ids=["a day later", "much later"])
def test_a_due_date_moves_for_one_body_alone(due_on: date) -> None:
    call = opened()
    move(owed(call), due_on)
    assert due_dates(call) == [(HALL, due_on, False), (BRIDGE, DUE, False), (WELL, DUE, False)]


def test_the_last_recorded_extension_holds_even_if_it_is_earlier() -> None:
    call = opened()
    move(owed(call), date(2024, 12, 31))
    move(owed(call), date(2024, 7, 15))
    assert due_dates(call)[0] == (HALL, date(2024, 7, 15), False)


def test_an_extension_gives_an_old_call_a_deadline() -> None:
    call = opened(historical=True, due_on=None)
    move(owed(call), DUE)
    assert due_dates(call)[:2] == [(HALL, DUE, False), (BRIDGE, None, False)]


def test_the_first_due_date_stays_what_it_was() -> None:
    call = opened()
    move(owed(call), date(2024, 12, 31))
    assert owed(call).due_on == DUE


def test_an_extension_carries_its_reason_its_act_and_its_entry() -> None:
    call = opened()
    extension = move(owed(call), date(2024, 12, 31), reason=" the river rose\n ", act="RA  7 ")
    leaf = last_leaf()
    assert (extension.reason, extension.act, leaf.verb, leaf.codes, leaf.on) == (
        "the river rose",
        "RA 7",
        "due.extended",
        {"call": "QIPU-2024", "entity": "test:2", "obligation": owed(call).pk},
        "2024-05-02",
    )


@pytest.mark.parametrize("due_on", [DUE, date(2024, 6, 27), date(2024, 3, 31)])
def test_an_extension_gives_a_later_day_than_the_call_did(due_on: date) -> None:
    call = opened()
    with pytest.raises(Refused, match="extension-not-later"):
        move(owed(call), due_on)


def test_the_deadline_of_an_old_call_is_not_before_its_opening() -> None:
    call = opened(historical=True, due_on=None)
    with pytest.raises(Refused, match="due-before-opening"):
        move(owed(call), date(2024, 3, 31))


def test_a_waiver_lifts_one_obligation_and_no_other() -> None:
    call = opened()
    lift(owed(call))
    assert due_dates(call) == [(HALL, DUE, True), (BRIDGE, DUE, False), (WELL, DUE, False)]


def test_a_waiver_is_recorded() -> None:
    call = opened()
    waiver = lift(owed(call))
    leaf = last_leaf()
    assert (waiver.entry_id, leaf.verb, leaf.codes, leaf.on) == (
        Entry.objects.order_by("-pk")[0].pk,
        "obligation.waived",
        {"call": "QIPU-2024", "entity": "test:2", "obligation": owed(call).pk},
        "2024-05-03",
    )


def test_an_obligation_is_waived_once_and_does_not_move_after() -> None:
    call = opened()
    lift(owed(call))
    for attempt in (lift, lambda one: move(one, date(2024, 7, 31))):
        with pytest.raises(Conflict, match="obligation-waived"):
            attempt(owed(call))
    assert (Waiver.objects.count(), Extension.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"reason": ""}, "reason-missing"),
        ({"reason": " \n"}, "reason-missing"),
        ({"act": ""}, "obligation-act-missing"),
        ({"act": "a" * 301}, "obligation-act-missing"),
    ],
)
def test_nothing_moves_without_a_reason_and_an_act(said: dict[str, str], why: str) -> None:
    call = opened()
    for attempt in (lambda one: move(one, DUE, **said), lambda one: lift(one, **said)):
        with pytest.raises(Refused, match=why):
            attempt(owed(call))
    assert due_dates(call)[0] == (HALL, DUE, False)


# --- closing -------------------------------------------------------------------------------------------------------
def test_closing_is_recorded_and_what_is_owed_stays_owed() -> None:
    call = close_call(actor=OPERATOR, call=opened(), on=date(2024, 7, 1))
    leaf = last_leaf()
    assert (call.state, call.obligations.count(), leaf.verb, leaf.codes, leaf.on) == (
        CallState.CLOSED,
        3,
        "call.closed",
        {"call": "QIPU-2024"},
        "2024-07-01",
    )


def test_a_call_is_closed_once_whatever_the_caller_believes() -> None:
    stale = opened()
    close_call(actor=OPERATOR, call=Call.objects.get(), on=TODAY)
    before = Entry.objects.count()
    with pytest.raises(Conflict, match="call-moved"):
        close_call(actor=OPERATOR, call=stale, on=TODAY)
    assert Entry.objects.count() == before


def test_nothing_moves_in_a_closed_call() -> None:
    call = opened()
    close_call(actor=OPERATOR, call=call, on=TODAY)
    for attempt in (lift, lambda one: move(one, date(2024, 7, 31))):
        with pytest.raises(Conflict, match="call-not-open"):
            attempt(owed(call))
