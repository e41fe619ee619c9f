from __future__ import annotations

import pytest

from tests.domain.obligations.calls import BRIDGE, HALL, WELL, opened, put
from yupana.domain.entities.models import Entity
from yupana.domain.obligations import policy, public, queries
from yupana.domain.obligations.models import Call, Obligation
from yupana.foundation.kernel.actor import NOBODY, OPERATOR, Actor, Role
from yupana.foundation.kernel.errors import Missing

pytestmark = pytest.mark.django_db

CANARY = "Restricted canary"
EVERYBODY = ["nobody", "operator", *(f"{role} of {where}" for role in Role for where in (HALL, WELL))]


@pytest.fixture
def calls() -> None:
    """Open a public call to all, and a restricted one whose debtors are the hall and the bridge; keep a draft."""
    shown = opened(code="SHOWN")
    put(code="HIDDEN", title=CANARY, visibility="restricted", audience="level:municipal")
    Call.objects.create(
        code="DRAFT", title=CANARY, audience="all", opens_on=shown.opens_on, due_on=shown.due_on, period="2024",
        expects="plan", asks_target=True, asks_responsible=True, asks_budget=True, visibility="public",
    )  # fmt: skip


def actor(name: str) -> Actor:
    if name in {"nobody", "operator"}:
        return NOBODY if name == "nobody" else OPERATOR
    role, where = name.split(" of ")
    return Actor(1, frozenset({(Role(role), Entity.objects.get(source_id=where).pk)}))


@pytest.mark.parametrize("name", EVERYBODY)
def test_the_rule_for_one_call_is_the_rule_for_many(calls: None, name: str) -> None:
    one_by_one = {call.code for call in Call.objects.all() if policy.can_read(actor(name), call)}
    many = set(policy.readable_by(actor(name), Call.objects.all()).values_list("code", flat=True))
    assert many == one_by_one


SEEN = {
    "nobody": "SHOWN",
    "operator": "DRAFT HIDDEN SHOWN",
    f"planner of {HALL}": "DRAFT HIDDEN SHOWN",
    f"reviewer of {HALL}": "HIDDEN SHOWN",
    f"auditor of {WELL}": "HIDDEN SHOWN",
    f"entity_planner of {HALL}": "HIDDEN SHOWN",
    f"executive of {BRIDGE}": "HIDDEN SHOWN",
    f"entity_planner of {WELL}": "SHOWN",
    f"executive of {WELL}": "SHOWN",
}


@pytest.mark.parametrize(("name", "codes"), SEEN.items())
def test_a_restricted_call_is_for_the_authority_and_its_debtors(calls: None, name: str, codes: str) -> None:
    assert sorted(call.code for call in queries.readable(actor(name))) == codes.split()


def test_in_a_restricted_call_a_debtor_sees_what_it_owes_and_no_more(calls: None) -> None:
    readable = policy.obligations_readable_by(
        actor(f"executive of {HALL}"), Obligation.objects.filter(call__code="HIDDEN")
    )
    assert list(readable.values_list("debtor__source_id", flat=True)) == [HALL]


def test_a_call_of_others_looks_as_if_it_were_not_there(calls: None) -> None:
    outsider = actor(f"entity_planner of {WELL}")
    codes = []
    for code in ("HIDDEN", "DRAFT", "NONE"):
        with pytest.raises(Missing) as missing:
            queries.readable_call(outsider, code)
        codes.append(missing.value.code)
    assert (codes, queries.readable_call(outsider, "SHOWN").code) == (["call-unknown"] * 3, "SHOWN")


def test_an_obligation_of_others_looks_as_if_it_were_not_there(calls: None) -> None:
    hidden = Obligation.objects.get(call__code="HIDDEN", debtor__source_id=HALL)
    codes = []
    for pk in (hidden.pk, 0):
        with pytest.raises(Missing) as missing:
            queries.readable_obligation(actor(f"entity_planner of {BRIDGE}"), pk)
        codes.append(missing.value.code)
    own = queries.readable_obligation(actor(f"entity_planner of {HALL}"), hidden.pk)
    assert (codes, own.pk, own.effective_due) == (["obligation-unknown"] * 2, hidden.pk, hidden.due_on)


def test_the_portal_shows_no_trace_of_what_is_restricted_or_drafted(calls: None) -> None:
    shown = public.calls()
    assert ([card.code for card in shown], CANARY in repr(shown)) == (["SHOWN"], False)
    for code in ("HIDDEN", "DRAFT"):
        with pytest.raises(Missing):
            public.call(code)
