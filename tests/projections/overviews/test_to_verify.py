"""What to verify first: most at stake first, nothing that was checked, nothing of one's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.cast import actor_of, make_person
from tests.domain.progress.stage import FLOW, LEVEL, SAID, accepted, asked, planned
from yupana.domain.progress.actions import add_link, give_verdict
from yupana.domain.progress.facts import Terms
from yupana.domain.progress.rules import Said
from yupana.domain.progress.rules.risk import Why
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.errors import Missing
from yupana.foundation.kernel.quantity import SCALE
from yupana.projections.overviews.to_verify import to_verify

if TYPE_CHECKING:
    from tests.cast import Cast
    from tests.conftest import Budget

pytestmark = pytest.mark.django_db
RICH = replace(FLOW, budget_cents=2_000_000_00)
DAY = date(2018, 5, 2)


def piece(cast: Cast, name: str, level: int, valid_until: date | None = None) -> int:
    """Let Inti bring a piece of evidence; its key."""
    terms = Terms(name, "public", level, valid_until=valid_until)
    url = f"https://a.example/{name}"
    return add_link(actor=cast.inti, entity=cast.a, url=url, terms=terms, on=DAY).piece.pk


def test_what_is_most_at_stake_comes_first_with_its_reasons(cast: Cast) -> None:
    plan = planned(cast, (RICH, LEVEL), bodies=(cast.a, cast.b))
    call = asked(plan)
    ours = call.obligations.get(debtor=cast.a)
    accepted(cast, ours, SAID[:2])
    accepted(cast, call.obligations.get(debtor=cast.b), SAID[:2], actor=cast.killa)
    found = to_verify(cast.amaru)
    assert [(each.entity, each.row, dict(each.reasons)) for each in found.rows] == [
        (cast.a.name, 1, {Why.MONEY: 15, Why.SHARE: 10, Why.BARE: 15, Why.UNCHECKED: 10}),
        (cast.b.name, 1, {Why.MONEY: 15, Why.SHARE: 10, Why.BARE: 15, Why.UNCHECKED: 10}),
        (cast.a.name, 2, {Why.JUMP: 20, Why.BARE: 15, Why.UNCHECKED: 10}),
        (cast.b.name, 2, {Why.JUMP: 20, Why.BARE: 15, Why.UNCHECKED: 10}),
    ]
    assert (found.total, found.checked, to_verify(cast.amaru, level="central").rows) == (4, 0, ())


def test_what_was_found_before_weighs_on_what_is_said_next(cast: Cast) -> None:
    plan = planned(cast, (RICH, LEVEL))
    first = accepted(cast, asked(plan).obligations.get(), SAID[:2])
    give_verdict(actor=cast.amaru, submission=first, row=1, said=Said(18 * SCALE), basis="Contamos", on=DAY)
    assert [(each.row, dict(each.reasons)[Why.DIFFERED]) for each in to_verify(cast.amaru).rows] == [(2, 10)]
    assert to_verify(cast.amaru).checked == 1
    said = [replace(each, cause="staff", variation="Faltó") for each in SAID[:2]]
    accepted(cast, asked(plan, "2018-Q2").obligations.get(), [replace(said[0], value=100 * SCALE), said[1]])
    reasons = {each.row: dict(each.reasons) for each in to_verify(cast.amaru).rows}
    assert (reasons[1][Why.DIFFERED], Why.UNCHECKED in reasons[1], reasons[1][Why.WHOLE]) == (15, False, 10)
    assert {each.row for each in to_verify(cast.amaru, call=first.obligation.call.code).rows} == {2}


def test_evidence_counts_by_its_best_piece_as_long_as_it_is_valid(cast: Cast) -> None:
    call = asked(planned(cast, (RICH, LEVEL)))
    pieces = (piece(cast, "nota", 1), piece(cast, "acta", 2)), (piece(cast, "vencida", 4, date(2018, 3, 30)),)
    accepted(cast, call.obligations.get(), [replace(SAID[at], evidence=keys) for at, keys in enumerate(pieces)])
    reasons = {each.row: dict(each.reasons) for each in to_verify(cast.amaru).rows}
    assert (reasons[1][Why.WEAK], Why.BARE in reasons[1], reasons[2][Why.BARE]) == (5, False, 15)


def test_nobody_is_asked_to_verify_their_own_and_entities_do_not_see_the_list(cast: Cast) -> None:
    accepted(cast, asked(planned(cast)).obligations.get())
    both, _ = make_person("sisa", (Role.AUDITOR, cast.authority), (Role.EXECUTIVE, cast.a))
    assert to_verify(actor_of(both, on=DAY)).rows == ()
    for who in (cast.inti, cast.sami):
        with pytest.raises(Missing):
            to_verify(who)
    with pytest.raises(Missing):
        to_verify(cast.amaru, call="NADA")


def test_the_list_takes_as_many_queries_for_one_body_as_for_two(cast: Cast, query_budget: type[Budget]) -> None:
    call = asked(planned(cast, bodies=(cast.a, cast.b)))
    accepted(cast, call.obligations.get(debtor=cast.a))
    accepted(cast, call.obligations.get(debtor=cast.b), actor=cast.killa)
    with query_budget(28):
        assert len(to_verify(cast.amaru).rows) == 6
