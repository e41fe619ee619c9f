"""What an entity asks about what it owes, and what the authority answers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction

from tests.domain.instruments.forging import refuses
from tests.domain.obligations.calls import BRIDGE, DUE, HALL, TODAY, opened, owed
from yupana.domain.obligations import queries
from yupana.domain.obligations.actions import close_call, deny, extend, grant, plead, waive
from yupana.domain.obligations.models import Extension, Plea, Waiver
from yupana.foundation.kernel.actor import NOBODY, OPERATOR, Actor, Role
from yupana.foundation.kernel.errors import Conflict, Forbidden, Missing, Refused
from yupana.foundation.ledger.models import Entry
from yupana.foundation.ledger.rules import read_leaf

if TYPE_CHECKING:
    from yupana.domain.obligations.models import Call

pytestmark = pytest.mark.django_db
UNTIL, DECIDED = DUE + timedelta(days=20), TODAY + timedelta(days=9)


@pytest.fixture
def call() -> Call:
    return opened()


def of(call: Call, *held: tuple[Role, str]) -> Actor:
    return Actor(None, frozenset((role, owed(call, where).debtor_id) for role, where in held))


def ask(call: Call, **more: Any) -> Plea:  # noqa: ANN401 (a test may ask for anything)
    told = {"actor": of(call, (Role.ENTITY_PLANNER, HALL)), "obligation": owed(call), "until": UNTIL}
    return plead(**{**told, "reason": "the river rose", "on": TODAY, **more})


def yes(plea: Plea, **more: Any) -> Plea:  # noqa: ANN401 (the same)
    return grant(**{"actor": OPERATOR, "plea": plea.pk, "act": "RA 7", "on": DECIDED, **more})


def no(plea: Plea, **more: Any) -> Plea:  # noqa: ANN401 (the same)
    return deny(**{"actor": OPERATOR, "plea": plea.pk, "answer": "it fell again", "on": DECIDED, **more})


def last_leaf() -> tuple[str, dict[str, str | int]]:
    leaf = read_leaf(bytes(Entry.objects.order_by("-pk")[0].leaf))
    return leaf.verb, dict(leaf.codes)


# --- asking --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", [Role.ENTITY_PLANNER, Role.EXECUTIVE])
def test_who_plans_or_signs_for_the_entity_asks(call: Call, role: Role) -> None:
    plea = ask(call, actor=of(call, (role, HALL)))
    owes = owed(call)
    assert (plea.granted, last_leaf()) == (
        None,
        ("plea.made", {"call": "QIPU-2024", "entity": f"test:{HALL}", "obligation": owes.pk}),
    )


@pytest.mark.parametrize(("role", "where"), [(Role.ENTITY_PLANNER, BRIDGE), *((role, HALL) for role in list(Role)[:3])])
def test_nobody_asks_for_another(call: Call, role: Role, where: str) -> None:
    with pytest.raises(Forbidden):
        ask(call, actor=of(call, (role, where)))


def test_what_is_undecided_blocks_a_second(call: Call) -> None:
    ask(call)
    with pytest.raises(Conflict) as conflict:
        ask(call, until=None)
    assert (conflict.value.code, Plea.objects.count(), last_leaf()[0]) == ("plea-undecided", 1, "plea.made")


def test_what_was_denied_can_be_asked_again(call: Call) -> None:
    no(ask(call))
    assert ask(call).granted is None


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"reason": "  "}, "reason-missing"),
        ({"until": DUE}, "plea-not-later"),
        ({"until": DUE + timedelta(days=1), "on": DUE + timedelta(days=1)}, "plea-not-later"),
    ],
)
def test_what_cannot_be_asked_is_refused(call: Call, more: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        ask(call, **more)
    assert (refused.value.code, Plea.objects.count()) == (code, 0)


def test_more_time_than_was_given_already_has_to_be_asked_for(call: Call) -> None:
    extend(actor=OPERATOR, obligation=owed(call), due_on=UNTIL, reason="flood", act="RA 6", on=TODAY)
    with pytest.raises(Refused) as refused:
        ask(call)
    assert refused.value.details == {"due_on": UNTIL}


def test_nothing_is_asked_under_a_closed_call_nor_by_who_owes_nothing(call: Call) -> None:
    waive(actor=OPERATOR, obligation=owed(call), reason="no offices", act="RA 8", on=TODAY)
    with pytest.raises(Conflict) as waived:
        ask(call)
    close_call(actor=OPERATOR, call=call, on=TODAY)
    with pytest.raises(Conflict) as closed:
        ask(call, obligation=owed(call, BRIDGE), actor=of(call, (Role.EXECUTIVE, BRIDGE)))
    assert (waived.value.code, closed.value.code) == ("obligation-waived", "call-not-open")


# --- deciding --------------------------------------------------------------------------------------------------------
def test_time_that_is_granted_is_an_extension_by_an_act(call: Call) -> None:
    plea = yes(ask(call), answer="for this once")
    given = Extension.objects.get()
    told = (given.due_on, given.reason, given.act, plea.granted, plea.decided_on, plea.answer, last_leaf()[0])
    assert told == (UNTIL, "the river rose", "RA 7", True, DECIDED, "for this once", "plea.granted")


def test_less_time_can_be_granted_for_a_reason_in_other_words(call: Call) -> None:
    less = DUE + timedelta(days=5)
    yes(ask(call), due_on=less, reason="a flood in March")
    assert Extension.objects.values_list("due_on", "reason").get() == (less, "a flood in March")


def test_who_is_let_off_has_a_waiver(call: Call) -> None:
    yes(ask(call, until=None))
    assert (Waiver.objects.values_list("reason", "act").get(), Extension.objects.count()) == (
        ("the river rose", "RA 7"),
        0,
    )


def test_what_is_denied_moves_nothing_and_says_why(call: Call) -> None:
    plea = no(ask(call))
    assert (plea.granted, plea.answer, Extension.objects.count(), last_leaf()[0]) == (
        False,
        "it fell again",
        0,
        "plea.denied",
    )


def test_a_denial_says_why(call: Call) -> None:
    plea = ask(call)
    with pytest.raises(Refused) as refused:
        no(plea, answer=" ")
    assert refused.value.code == "plea-answer-missing"


def test_a_grant_without_an_act_leaves_everything_as_it_was(call: Call) -> None:
    plea = ask(call)
    with pytest.raises(Refused):
        yes(plea, act="")
    plea.refresh_from_db()
    assert (plea.granted, Extension.objects.count(), last_leaf()[0]) == (None, 0, "plea.made")


@pytest.mark.parametrize("decide", [yes, no])
def test_it_is_decided_once(call: Call, decide: Any) -> None:  # noqa: ANN401 (either of two)
    plea = ask(call)
    decide(plea)
    with pytest.raises(Conflict) as conflict:
        no(plea)
    assert conflict.value.code == "plea-decided"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PLANNER])
def test_only_those_who_call_decide(call: Call, role: Role) -> None:
    plea = ask(call)
    with pytest.raises(Forbidden):
        no(plea, actor=of(call, (role, BRIDGE)))


def test_nobody_decides_what_their_own_entity_asks(call: Call) -> None:
    plea = ask(call)
    for decide in (yes, no):
        with pytest.raises(Forbidden) as forbidden:
            decide(plea, actor=of(call, (Role.PLANNER, BRIDGE), (Role.EXECUTIVE, HALL)))
        assert forbidden.value.code == "own-entity"


def test_what_is_not_there_is_missing(call: Call) -> None:
    with pytest.raises(Missing):
        deny(actor=OPERATOR, plea=10**9, answer="x", on=DECIDED)


# --- reading -------------------------------------------------------------------------------------------------------
def test_an_entity_reads_what_it_asked_and_the_authority_everything(call: Call) -> None:
    mine = ask(call)
    other = ask(call, obligation=owed(call, BRIDGE), actor=of(call, (Role.EXECUTIVE, BRIDGE)))
    readers = [of(call, (Role.EXECUTIVE, HALL)), of(call, (Role.AUDITOR, HALL)), OPERATOR, NOBODY]
    assert [[each.pk for each in queries.pleas(reader)] for reader in readers] == [
        [mine.pk],
        [mine.pk, other.pk],
        [mine.pk, other.pk],
        [],
    ]


def test_what_another_asked_is_missing(call: Call) -> None:
    plea = ask(call)
    with pytest.raises(Missing):
        queries.plea(of(call, (Role.EXECUTIVE, BRIDGE)), plea.pk)


# --- what the database keeps -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("reason", "'x'"),
        ("until", "NULL"),
        ("asked_on", "'2020-01-01'"),
        ("entry_id", "entry_id - 1"),
        ("granted", "NULL"),
        ("answer", "'x'"),
    ],
)
def test_what_was_asked_and_decided_stays_as_it_is(call: Call, column: str, value: str) -> None:
    no(ask(call))
    assert refuses("UPDATE obligations_plea SET {column} = {value}", column=column, value=value)


def test_nothing_undecided_is_asked_twice_behind_our_back(call: Call) -> None:
    plea = ask(call)
    plea.pk, plea.entry_id = None, owed(call).call.entry_id or 0
    with pytest.raises(IntegrityError), transaction.atomic():
        plea.save(force_insert=True)


def test_what_is_asked_under_a_restricted_call_is_a_bare_commitment_in_the_log() -> None:
    ask(opened(visibility="restricted"))
    assert last_leaf() == ("reserved", {})


def test_the_due_day_asked_for_may_be_any_later_day(call: Call) -> None:
    assert ask(call, until=date(9999, 12, 31)).until == date(9999, 12, 31)
