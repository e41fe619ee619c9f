"""Saying of two activities whether they are one initiative: by whom, of what, and that the last word holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from tests.cast import ACCEPTED_ON, Cast, hand_in, make_call, make_draft, make_edition, make_plan, obligation_of
from tests.domain.commitments.plans import last_leaf, said
from tests.domain.commitments.test_sealed import checked
from yupana.domain.commitments.actions.likening import liken
from yupana.domain.commitments.likenesses import RowOf, said_of
from yupana.domain.commitments.models import Likeness
from yupana.domain.commitments.rules import Likeness as Verdict
from yupana.foundation.kernel.actor import NOBODY
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused
from yupana.foundation.ledger import guards

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db
DAY = ACCEPTED_ON


@pytest.fixture
def pair(cast: Cast) -> tuple[RowOf, RowOf]:
    """One activity of body A, accepted, and one of body B that is under review."""
    make_edition()
    call = make_call()
    make_plan(cast, obligation_of(call, cast.a))
    hand_in(cast.killa, obligation_of(call, cast.b))
    one, two = sorted(owed.pk for owed in call.obligations.all())
    return RowOf(one, 1), RowOf(two, 1)


def of(cast: Cast, pair: tuple[RowOf, RowOf], verdict: str = "join", **more: object) -> dict[str, Any]:
    return {"actor": cast.amaru, "first": pair[0], "second": pair[1], "verdict": verdict, "on": DAY} | more


def test_it_is_recorded_with_the_lower_one_first_whatever_the_order(cast: Cast, pair: tuple[RowOf, RowOf]) -> None:
    told = liken(**of(cast, (pair[1], pair[0]), note=" Un solo sistema "))
    assert (told.first_id, told.second_id, told.verdict, told.note) == (
        pair[0].obligation, pair[1].obligation, "join", "Un solo sistema",
    )  # fmt: skip
    assert last_leaf()[:2] == (
        "likeness.marked",
        {"call": told.first.call.code, "obligation": pair[0].obligation, "row": 1, "other": pair[1].obligation}
        | {"other_row": 1},
    )


def test_the_last_word_holds_and_every_word_is_vouched_for(cast: Cast, pair: tuple[RowOf, RowOf]) -> None:
    liken(**of(cast, pair))
    liken(**of(cast, pair, Verdict.DIFFERENT, seen=1))
    assert ([each.verdict for each in said_of(*pair)], checked().ok) == (["join", "different"], True)


@pytest.mark.parametrize(
    ("kind", "why", "change"),
    [
        (Forbidden, "not-reviewer", lambda cast, _pair: {"actor": cast.inti}),
        (Forbidden, "not-reviewer", lambda _cast, _pair: {"actor": NOBODY}),
        (Refused, "likeness-of-itself", lambda _cast, pair: {"second": pair[0]}),
        (Refused, "likeness-verdict-unknown", lambda _cast, _pair: {"verdict": "perhaps"}),
        (Refused, "row-unknown", lambda _cast, pair: {"second": RowOf(pair[1].obligation, 9)}),
        (Refused, "obligation-unknown", lambda _cast, _pair: {"second": RowOf(10**9, 1)}),
        (Refused, "likeness-unchanged", lambda _cast, _pair: {"verdict": "join"}),
        (Conflict, "likeness-moved", lambda _cast, _pair: {"seen": 0}),
    ],
)
def test_what_cannot_be_said_is_refused_and_leaves_nothing(
    cast: Cast,
    pair: tuple[RowOf, RowOf],
    kind: type[Refused],
    why: str,
    change: Callable[[Cast, tuple[RowOf, RowOf]], dict[str, Any]],
) -> None:
    liken(**of(cast, pair))
    assert said(kind, liken, **of(cast, pair, "different") | change(cast, pair)) == (why, 0)


def test_nothing_is_said_of_a_draft(cast: Cast) -> None:
    make_edition()
    call = make_call()
    make_draft(cast.inti, obligation_of(call, cast.a))
    make_draft(cast.killa, obligation_of(call, cast.b))
    one, two = (RowOf(owed.pk, 1) for owed in call.obligations.all())
    assert said(Refused, liken, **of(cast, (one, two))) == ("row-unknown", 0)


def test_nobody_compares_the_activities_of_their_own_body(cast: Cast, pair: tuple[RowOf, RowOf]) -> None:
    own = type(cast.amaru)(cast.amaru.person, cast.amaru.mandates | cast.inti.mandates)
    assert said(Forbidden, liken, **of(cast, pair, actor=own)) == ("own-entity", 0)


def test_what_is_said_of_a_restricted_plan_enters_the_log_as_reserved(cast: Cast) -> None:
    make_edition()
    calls = make_call(), make_call(period="2019", visibility="restricted")
    make_plan(cast, obligation_of(calls[0], cast.a))
    hand_in(cast.killa, obligation_of(calls[1], cast.b))
    one, two = RowOf(obligation_of(calls[0], cast.a).pk, 1), RowOf(obligation_of(calls[1], cast.b).pk, 1)
    liken(**of(cast, (one, two)))
    assert last_leaf()[:2] == ("reserved", {})


def test_a_word_that_was_changed_is_found_out(cast: Cast, pair: tuple[RowOf, RowOf]) -> None:
    liken(**of(cast, pair))
    guards.remove(connection)
    Likeness.objects.update(verdict="different")
    assert not checked().ok
