"""The radar over real tables: what is compared, what was said of it, and who may look."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.cast import ACCEPTED_ON, ROWS, Cast, hand_in, make_call, make_edition, make_plan, obligation_of
from yupana.domain.commitments.actions import misfile_plan, return_plan
from yupana.domain.commitments.actions.likening import liken
from yupana.domain.commitments.likenesses import RowOf
from yupana.domain.commitments.rules import Likeness as Verdict
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.errors import Forbidden
from yupana.projections.overviews.radar import Pair, Radar

if TYPE_CHECKING:
    from yupana.domain.commitments.facts import PlanRow
    from yupana.domain.obligations.models import Call

pytestmark = pytest.mark.django_db
NAMES = ("Sistema de correspondencia con firma digital", "Riego por goteo para viveros", "Mapa de rutas escolares")


def rows(*names: str) -> list[PlanRow]:
    return [replace(ROWS[0], row=at, name=name, result="", indicator="") for at, name in enumerate(names, 1)]


@pytest.fixture
def call(cast: Cast) -> Call:
    """Body A's accepted plan, and body B's under review: two of their activities say the same."""
    make_edition()
    opened = make_call()
    make_plan(cast, obligation_of(opened, cast.a), rows(*NAMES, NAMES[0]))
    hand_in(cast.killa, obligation_of(opened, cast.b), rows("Censo de perros", NAMES[1].upper(), NAMES[0]))
    return opened


def told(radar: Radar) -> list[tuple[str, str, int]]:
    return [names(pair) for pair in radar.told(radar.open)]


def names(pair: Pair) -> tuple[str, str, int]:
    return pair.first.name, pair.second.name, pair.more


def test_the_pair_most_alike_stands_for_two_plans(cast: Cast, call: Call) -> None:
    radar = Radar(cast.amaru, [call])
    [pair] = radar.told(radar.open)
    assert (names(pair), pair.first.submission.obligation.debtor, pair.settled, pair.speakable, radar.size) == (
        (NAMES[0], NAMES[0], 1), cast.a, None, True, 7,
    )  # fmt: skip
    assert set(pair.words) == {"correspondencia", "digital", "firma", "sistema"}
    assert len(radar.between(*(owed.pk for owed in call.obligations.all()))) == 2


def test_what_was_said_leaves_the_open_ones_and_the_next_one_comes_up(cast: Cast, call: Call) -> None:
    one, two = obligation_of(call, cast.a).pk, obligation_of(call, cast.b).pk
    liken(actor=cast.amaru, first=RowOf(one, 1), second=RowOf(two, 3), verdict="join", on=ACCEPTED_ON, note="Uno solo")
    radar = Radar(cast.amaru, [call])
    joined = radar.told(radar.settled(Verdict.JOIN))
    assert (told(radar), [names(pair) for pair in joined], [pair.settled and pair.settled.note for pair in joined]) == (
        [(NAMES[1], NAMES[1].upper(), 0)],
        [(NAMES[0], NAMES[0], 0)],
        ["Uno solo"],
    )
    liken(actor=cast.amaru, first=RowOf(one, 1), second=RowOf(two, 3), verdict="different", on=ACCEPTED_ON)
    radar = Radar(cast.amaru, [call])
    assert (radar.settled(Verdict.JOIN), len(radar.settled(Verdict.DIFFERENT))) == ([], 1)


def test_of_one_body_only_if_asked_and_never_of_what_was_returned(cast: Cast, call: Call) -> None:
    assert len(Radar(OPERATOR, [call], own=True).open) == 2
    handed = obligation_of(call, cast.b).submissions.get()
    return_plan(actor=cast.amaru, submission=handed, reason="falta", remarks={}, on=ACCEPTED_ON)
    assert Radar(OPERATOR, [call]).open == []


def test_what_belongs_elsewhere_is_compared_when_everything_is(cast: Cast, call: Call) -> None:
    misfile_plan(
        actor=cast.amaru, submission=obligation_of(call, cast.b).submissions.get(), reason="otro", on=ACCEPTED_ON
    )
    radar = Radar(OPERATOR, [call], everything=True)
    [pair] = radar.told(radar.open)
    assert (Radar(OPERATOR, [call]).open, pair.speakable) == ([], False)


def test_calls_are_compared_with_each_other(cast: Cast, call: Call) -> None:
    later = make_call(period="2019")
    hand_in(cast.killa, obligation_of(later, cast.b), rows(NAMES[2]))
    assert (NAMES[2], NAMES[2], 0) in told(Radar(cast.auditor, [call, later]))


@pytest.mark.parametrize("name", ["inti", "executive", "expired", "sami"])
def test_only_the_authority_compares(cast: Cast, call: Call, name: str) -> None:
    with pytest.raises(Forbidden):
        Radar(getattr(cast, name), [call])
