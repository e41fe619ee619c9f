"""Items that name whom they bind, put by a call; and calls that put only what changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.domain.instruments.plans import AXIS, LINE, draft, enact, published, row
from tests.domain.obligations.calls import BODIES, BRIDGE, HALL, OPENS, WELL, body, opened, put, register
from yupana.domain.instruments.facts import NOBODY
from yupana.domain.instruments.models import Edition, Item
from yupana.domain.obligations.models import Call, Scope
from yupana.domain.obligations.queries import content_of, unowed
from yupana.foundation.kernel.errors import Missing, Refused
from yupana.projections.proof import verify

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import Budget
    from yupana.domain.instruments.facts import ItemRow

pytestmark = pytest.mark.django_db

ROOT = (AXIS, "1")
PLAN = (
    row(AXIS, "1"),
    row(LINE, "all", ROOT),
    row(LINE, "towns", ROOT, audience="nivel:municipal"),
    row(LINE, "plains", ROOT, audience="territory:OR or code:C-4"),
    row(LINE, "nobody", ROOT, audience=NOBODY),
    row(LINE, "nowhere", ROOT, audience="level:university"),
)
LATER = date(2025, 1, 1)
WINDOW: dict[str, object] = {"opens_on": LATER, "due_on": date(2025, 6, 30), "period": "2025", "on": LATER}


def call_for(rows: tuple[ItemRow, ...] = PLAN, **more: object) -> Call:
    register()
    published(rows=rows)
    return put(**more)


def owed_by(call: Call) -> dict[str, set[str]]:
    return {
        each.debtor.source_id: set(each.scope.items.values_list("code", flat=True))
        for each in call.obligations.select_related("debtor")
    }


def second(rows: tuple[ItemRow, ...]) -> Edition:
    """Publish a second edition, of which items with a key of the first remain what they were."""
    draft("2", rows)
    return enact("2", on=date(2024, 12, 1))


def reworded(code: str, **more: object) -> tuple[ItemRow, ...]:
    told: dict[str, Any] = {"text": "Other words", **more}
    return tuple(replace(each, **told) if each.code == code else each for each in PLAN)


# --- audiences of items --------------------------------------------------------------------------------------------
def test_everybody_called_owes_the_items_in_whose_audience_it_is() -> None:
    assert owed_by(call_for()) == {
        HALL: {"all", "towns"},
        BRIDGE: {"all", "towns", "plains"},
        WELL: {"all", "plains"},
    }


def test_an_audience_is_cut_with_that_of_the_call() -> None:
    assert owed_by(call_for(audience="level:municipal")) == {HALL: {"all", "towns"}, BRIDGE: {"all", "towns", "plains"}}


def test_whoever_owes_nothing_has_no_obligation() -> None:
    assert owed_by(call_for(tuple(each for each in PLAN if each.code != "all"), audience="not code:C-4")) == {
        HALL: {"towns"},
        BRIDGE: {"towns", "plains"},
    }


def test_bodies_that_owe_the_same_share_a_scope() -> None:
    register((*BODIES, *(body(str(at), parent_id="1") for at in range(10, 20))))
    published(rows=PLAN)
    call = put()
    assert (Scope.objects.count(), call.obligations.count()) == (3, 13)


def test_what_nobody_owes_is_listed_with_why() -> None:
    assert [(each.item.code, str(why)) for each, why in unowed(call_for())] == [
        ("nobody", "nobody"),
        ("nowhere", "empty"),
    ]


def test_an_audience_is_inherited_down_the_tree() -> None:
    rows = (replace(PLAN[0], audience="code:C-2"), *PLAN[1:3])
    assert owed_by(call_for(rows)) == {HALL: {"all", "towns"}, BRIDGE: {"towns"}}


@pytest.mark.parametrize(
    ("rows", "audience", "why"),
    [
        (PLAN[:1], "all", "call-binds-nothing"),
        ((PLAN[0], PLAN[4]), "all", "call-binds-nobody"),
        ((PLAN[0], PLAN[2]), "level:departmental", "call-binds-nobody"),
        (PLAN, "code:C-5", "call-audience-empty"),
        ((PLAN[0], replace(PLAN[1], audience="code:Z-9")), "all", "call-item-audience"),
        ((PLAN[0], replace(PLAN[1], audience="level:any")), "all", "call-item-audience"),
    ],
)
def test_a_call_under_which_nobody_owes_anything_is_refused(rows: tuple[ItemRow, ...], audience: str, why: str) -> None:
    with pytest.raises(Refused) as refused:
        call_for(rows, audience=audience)
    assert (refused.value.code, Call.objects.count()) == (why, 0)


@pytest.mark.parametrize("number", [3, 30])
def test_queries_grow_with_audiences_alone(number: int, query_budget: type[Budget]) -> None:
    rows = [row(LINE, f"{at}-{each}", ROOT, audience=f"code:C-{at}") for at in (2, 3) for each in range(number)]
    register(tuple(body(str(at), name=f"Body {at:05}") for at in range(number * 20)))
    published(rows=(PLAN[0], PLAN[1], *rows))
    with query_budget(26):
        call = put()
    assert call.obligations.count() == number * 20


def test_the_record_holds_an_opening_with_audiences() -> None:
    call_for()
    assert verify().ok


# --- complementary calls -------------------------------------------------------------------------------------------
def test_only_what_changed_is_put() -> None:
    register()
    published(rows=PLAN)
    second(reworded("towns"))
    assert owed_by(put(editions=["QIPU/2"], since="QIPU/1", **WINDOW)) == {HALL: {"towns"}, BRIDGE: {"towns"}}


def test_whoever_is_named_anew_owes_what_others_owed_before() -> None:
    register()
    published(rows=PLAN)
    second(reworded("towns", text=PLAN[2].text, audience=""))
    assert owed_by(put(editions=["QIPU/2"], since="QIPU/1", **WINDOW)) == {WELL: {"towns"}}


def test_what_did_not_change_is_listed_as_such() -> None:
    register()
    published(rows=PLAN)
    second(reworded("towns"))
    call = put(editions=["QIPU/2"], since="QIPU/1", **WINDOW)
    assert {each.item.code: str(why) for each, why in unowed(call)} == {
        "all": "unchanged",
        "plains": "unchanged",
        "nobody": "nobody",
        "nowhere": "unchanged",
    }


def test_where_it_goes_on_from_is_sealed_and_only_where_it_is_said() -> None:
    register()
    published(rows=PLAN)
    first = put()
    second(reworded("towns"))
    call = put(editions=["QIPU/2"], since="QIPU/1", **WINDOW)
    told: list[Mapping[str, object]] = [content_of(each) for each in (first, call)]
    assert ("since" in told[0], told[1].get("since"), verify().ok) == (False, "QIPU/1", True)


def test_where_it_goes_on_from_cannot_be_forged(unguarded_db: None) -> None:
    register()
    published(rows=PLAN)
    second(reworded("towns"))
    call = put(editions=["QIPU/2"], since="QIPU/1", **WINDOW)
    Call.objects.filter(pk=call.pk).update(since=None)
    assert not verify().ok


@pytest.mark.parametrize(
    ("more", "kind", "why"),
    [
        ({"since": "QIPU/9"}, Missing, "edition-unknown"),
        ({"since": "QIPU/2"}, Refused, "call-since-other"),
        ({"since": "QIPU/1"}, Refused, "call-nothing-changed"),
    ],
)
def test_a_complementary_call_that_puts_nothing_is_refused(more: dict[str, str], kind: type[Refused], why: str) -> None:
    register()
    published(rows=PLAN)
    second(tuple(replace(each, stake=100) if each.code == "all" else each for each in PLAN))
    with pytest.raises(kind) as refused:
        put(editions=["QIPU/2"], **WINDOW, **more)
    assert refused.value.code == why


def test_a_call_for_what_says_no_audience_is_as_it_ever_was() -> None:
    """What was sealed before items could name an audience reads as ever: one scope, everybody."""
    call = opened()
    assert (call.scopes.count(), owed_by(call), call.opens_on) == (
        1,
        {key: set(Item.objects.filter(binds=True).values_list("code", flat=True)) for key in (HALL, BRIDGE, WELL)},
        OPENS,
    )
