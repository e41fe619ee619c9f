"""What may not be said in a check is refused by its code, and nothing of it is written; what just may is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps

from tests.cast import actor_of, make_person, obligation_of
from tests.domain.progress.stage import FLOW, SAID, accepted, asked, planned
from tests.domain.progress.test_policy import holding
from yupana.domain.progress import checks
from yupana.domain.progress.actions import (
    answer_corrective,
    answer_dispute,
    close_corrective,
    dispute,
    give_verdict,
    open_corrective,
    reopen_corrective,
)
from yupana.domain.progress.actions.checking import MOST_TEXT
from yupana.domain.progress.actions.correcting import LONGEST
from yupana.domain.progress.models import Dispute, Verdict
from yupana.domain.progress.rules import Said
from yupana.foundation.kernel.actor import NOBODY, OPERATOR, Role
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused
from yupana.foundation.kernel.quantity import MOST, SCALE
from yupana.foundation.ledger.models import Entry

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model

    from tests.cast import Cast
    from yupana.domain.progress.models import Corrective
    from yupana.domain.submissions.models import Submission
    from yupana.foundation.kernel.actor import Actor

pytestmark = pytest.mark.django_db
DAY = date(2018, 5, 2)
FOUND = Said(18 * SCALE)
RATE = Said(numerator=SCALE, denominator=2 * SCALE)
TABLES: list[type[Model]] = [Entry, *apps.get_app_config("progress").get_models()]


@dataclass
class World:
    """A plan of three rows and its accepted report: a value, a rate, and a row that says only why there is none."""

    cast: Cast
    report: Submission
    other: Actor

    def give(self, **more: Any) -> Verdict:  # noqa: ANN401 - the terms of an action by name
        told = {"actor": self.cast.amaru, "submission": self.report, "row": 1, "said": FOUND, "basis": "Vimos"}
        return give_verdict(**{**told, "on": DAY, **more})

    def object(self, given: Verdict, **more: Any) -> Dispute:  # noqa: ANN401 - the same
        return dispute(**{"actor": self.cast.inti, "verdict": given, "text": "No", "on": DAY, **more})

    def answer(self, raised: Dispute, **more: Any) -> Dispute:  # noqa: ANN401 - the same
        told = {"actor": self.other, "dispute": raised, "upheld": False, "answer": "No estaba", "on": DAY}
        return answer_dispute(**{**told, **more})

    def ask(self, given: Verdict, **more: Any) -> Corrective:  # noqa: ANN401 - the same
        told = {"actor": self.cast.amaru, "verdict": given, "text": "Corrija", "due_on": DAY + timedelta(9), "on": DAY}
        return open_corrective(**{**told, **more})


@pytest.fixture
def world(cast: Cast) -> World:
    person, _ = make_person("nina", (Role.AUDITOR, cast.authority))
    rows = (FLOW, replace(FLOW, row=2, name="Cubrir"), replace(FLOW, row=3, name="Medir"))
    said = [
        SAID[0],
        replace(SAID[0], row=2, value=None, numerator=20 * SCALE, denominator=SCALE),
        replace(SAID[0], row=3, value=None, gap="data"),
    ]
    report = accepted(cast, obligation_of(asked(planned(cast, rows)), cast.a), said)
    return World(cast, report, actor_of(person, on=DAY))


def counted() -> dict[str, int]:
    return {table.__name__: table._default_manager.count() for table in TABLES}  # noqa: SLF001 - any table


def refused(do: Callable[[], object]) -> tuple[type[Refused], str]:
    """Name kind and code of a refusal that wrote nothing."""
    before = counted()
    with pytest.raises(Refused) as why:
        do()
    assert counted() == before
    return type(why.value), why.value.code


# --- verdicts ------------------------------------------------------------------------------------------------------
def test_a_verdict_that_cannot_stand_is_refused_and_nothing_is_written(world: World) -> None:
    unlike, beyond = (Refused, "verdict-unlike"), (Refused, "value-beyond")
    told = {
        "row 0": ({"row": 0}, (Refused, "row-says-nothing")),
        "row after the last": ({"row": 4}, (Refused, "row-says-nothing")),
        "a row without a value": ({"row": 3}, (Refused, "row-says-nothing")),
        "nothing found": ({"said": Said()}, unlike),
        "only a gap": ({"said": Said(gap="data")}, unlike),
        "a rate for a value": ({"said": RATE}, unlike),
        "a value for a rate": ({"row": 2}, unlike),
        "half a rate, above": ({"row": 2, "said": Said(numerator=1)}, unlike),
        "half a rate, below": ({"row": 2, "said": Said(denominator=1)}, unlike),
        "too much": ({"said": Said(MOST + 1)}, beyond),
        "too little": ({"said": Said(-MOST - 1)}, beyond),
        "too much above": ({"row": 2, "said": replace(RATE, numerator=MOST + 1)}, beyond),
        "too much below": ({"row": 2, "said": replace(RATE, denominator=-MOST - 1)}, beyond),
        "a whole below zero": (
            {"row": 2, "said": replace(RATE, denominator=-1)},
            (Refused, "denominator-negative"),
        ),
        "no word how": ({"basis": " \n\t"}, (Refused, "check-text")),
        "too many words": ({"basis": "x" * (MOST_TEXT + 1)}, (Refused, "check-text")),
    }
    assert {name: refused(lambda more=more: world.give(**more)) for name, (more, _) in told.items()} == {  # type: ignore[misc] # mypy guesses no type of the default
        name: why for name, (_, why) in told.items()
    }


def test_who_may_not_verify_is_told_so_before_anything_else(world: World) -> None:
    """Whoever may not do it learns nothing of what is wrong with it."""
    cast = world.cast
    own = holding((Role.REVIEWER, cast.authority.pk), (Role.ENTITY_PLANNER, cast.a.pk))
    no, elsewhere = (Forbidden, "not-verifier"), (Forbidden, "own-entity")
    actors = [NOBODY, OPERATOR, cast.inti, cast.executive, cast.killa, cast.sami, cast.expired, own]
    found = [refused(lambda who=who: world.give(actor=who, row=9, basis="")) for who in actors]  # type: ignore[misc] # mypy guesses no type of the default
    assert found == [no] * 7 + [elsewhere]


def test_what_was_found_is_kept_to_the_last_digit(world: World) -> None:
    values = [(value, None, None) for value in (0, -1, MOST, -MOST)]
    rates = [(None, SCALE, 0), (None, 0, 0), (None, MOST, MOST), (None, -MOST, 1)]
    for row, told in ((1, values), (2, rates)):
        before = None
        for each in told:
            before = world.give(row=row, said=Said(*each), supersedes=before)
    kept = Verdict.objects.order_by("pk").values_list("value", "numerator", "denominator")
    assert list(kept) == values + rates


def test_each_row_has_its_own_verdict_and_each_verdict_one_that_supersedes_it(world: World) -> None:
    first, other = world.give(), world.give(row=2, said=RATE)
    moved = (Conflict, "verdict-moved")
    assert [
        refused(lambda: world.give(supersedes=other)),
        refused(lambda: world.give(row=2, said=RATE, supersedes=first)),
        refused(lambda: world.give(row=2, said=RATE)),
    ] == [moved] * 3
    last = world.give(said=Said(0), supersedes=world.give(supersedes=first))
    assert refused(lambda: world.give(supersedes=first)) == moved
    standing = checks.standing(checks.verdicts(world.other)).order_by("row")
    assert list(standing) == [last, other]


def test_how_it_was_checked_is_kept_without_white_space_around(world: World) -> None:
    longest = world.give(basis="x" * MOST_TEXT)
    assert (len(longest.basis), world.give(basis="  Vimos\n", supersedes=longest).basis) == (MOST_TEXT, "Vimos")


# --- disputes ------------------------------------------------------------------------------------------------------
def test_a_dispute_that_cannot_stand_is_refused_and_nothing_is_written(world: World) -> None:
    given, cast = world.give(), world.cast
    no, empty = (Forbidden, "not-entity-planner"), (Refused, "check-text")
    people = [NOBODY, OPERATOR, cast.amaru, cast.auditor, cast.killa, cast.expired]
    assert [refused(lambda who=who: world.object(given, actor=who, text="")) for who in people] == [no] * 6  # type: ignore[misc] # mypy guesses no type of the default
    assert [refused(lambda text=text: world.object(given, text=text)) for text in ("", " ", "x" * 5_001)] == [empty] * 3  # type: ignore[misc] # the same
    world.give(supersedes=given)
    assert refused(lambda: world.object(given)) == (Conflict, "verdict-moved")


def test_an_answer_that_cannot_stand_is_refused_and_leaves_the_dispute_open(world: World) -> None:
    given, cast = world.give(), world.cast
    said = world.object(given)
    whole = {"upheld": True, "said": Said(20 * SCALE)}
    found = [
        refused(lambda more=more: world.answer(said, **more))  # type: ignore[misc] # mypy guesses no type of the default
        for more in (
            {"actor": cast.inti}, {"actor": cast.amaru}, {"actor": OPERATOR}, {"answer": " "}, {"upheld": True},
            {**whole, "said": RATE}, {**whole, "said": Said()}, {**whole, "basis": "x" * 5_001},
            {**whole, "answer": ""},
        )
    ]  # fmt: skip
    assert found == [
        *[
            (Forbidden, "not-verifier"),
            (Forbidden, "own-verdict"),
            (Forbidden, "not-verifier"),
            (Refused, "check-text"),
        ],
        *[(Refused, "dispute-upheld-without-value"), (Refused, "verdict-unlike")],
        *[(Refused, "verdict-unlike"), (Refused, "check-text"), (Refused, "check-text")],
    ]
    kept = Dispute.objects.filter(upheld=None, answer="", answered_on=None, answered_by=None, answer_entry=None)
    assert kept.get() == said


def test_whoever_upholds_a_dispute_gives_the_verdict_that_holds_and_it_can_be_disputed_in_turn(world: World) -> None:
    given = world.give()
    world.answer(world.object(given), upheld=True, said=Said(0), answer="Tiene razón")
    holds = checks.standing(checks.verdicts(world.other)).get()
    assert (holds.supersedes, holds.value, holds.basis, holds.by_id) == (given, 0, "Tiene razón", world.other.person)
    again = world.object(holds)
    assert refused(lambda: world.answer(again)) == (Forbidden, "own-verdict")
    assert world.answer(again, actor=world.cast.amaru).upheld is False


def test_a_dispute_that_was_answered_frees_the_verdict_but_is_not_raised_again(world: World) -> None:
    given = world.give()
    said = world.object(given)
    assert refused(lambda: world.give(supersedes=given)) == (Refused, "dispute-unanswered")
    world.answer(said)
    assert refused(lambda: world.object(given)) == (Conflict, "disputed-already")
    assert world.give(supersedes=given).supersedes == given


# --- corrective actions --------------------------------------------------------------------------------------------
def test_it_is_due_on_a_day_to_come_and_not_too_far(world: World) -> None:
    given, leap, one = world.give(), date(2020, 2, 29), timedelta(1)
    wrong = [(DAY, DAY - one), (DAY, DAY), (DAY, DAY + LONGEST + one), (leap, leap), (leap, date.max)]
    right = [(DAY, DAY + one), (DAY, DAY + LONGEST), (leap - one, leap), (leap, date(2020, 3, 1))]
    refusals = {refused(lambda on=on, due=due: world.ask(given, on=on, due_on=due)) for on, due in wrong}  # type: ignore[misc] # mypy guesses no type of the defaults
    taken = [world.ask(given, on=on, due_on=due).due_on for on, due in right]
    assert (refusals, taken) == ({(Refused, "corrective-day")}, [due for _, due in right])


def test_only_who_verifies_asks_and_each_side_makes_its_own_moves(world: World) -> None:
    given, cast = world.give(), world.cast
    action = world.ask(given)
    step: dict[str, Any] = {"corrective": action, "text": "", "on": DAY, "seen": 7}
    verifier, entity = (Forbidden, "not-verifier"), (Forbidden, "not-entity-planner")
    ours, theirs = [cast.inti, cast.executive], [cast.amaru, cast.auditor, world.other]
    strangers = [NOBODY, OPERATOR, cast.killa, cast.expired]
    asks = [refused(lambda who=who: world.ask(given, actor=who, text="")) for who in ours + strangers]  # type: ignore[misc] # mypy guesses no type of the default
    moves = [
        refused(lambda move=move, who=who: move(actor=who, **step))  # type: ignore[misc] # the same
        for move in (close_corrective, reopen_corrective)
        for who in ours + strangers
    ]
    answers = [refused(lambda who=who: answer_corrective(actor=who, **step)) for who in theirs + strangers]  # type: ignore[misc] # the same
    assert (asks, moves, answers) == ([verifier] * 6, [verifier] * 12, [entity] * 7)


REFUSES = {"": "r", "a": "a", "c": "ac", "ar": "r", "cr": "r", "ac": "ac", "ara": "a"}
"""a: the entity answers; c: the authority closes; r: it reopens. After what was done, what is refused."""


def test_from_each_place_it_goes_on_only_where_it_can(world: World) -> None:
    given = world.give()
    doing: dict[str, tuple[Any, Actor]] = {
        "a": (answer_corrective, world.cast.inti),
        "c": (close_corrective, world.cast.amaru),
        "r": (reopen_corrective, world.other),
    }
    found = {}
    for done in REFUSES:
        action = world.ask(given)
        for at, each in enumerate(done):
            move, who = doing[each]
            move(actor=who, corrective=action, text="Hecho", on=DAY, seen=at)
        codes = {
            each: refused(lambda: move(actor=who, corrective=action, text=" ", on=DAY, seen=len(done)))[1]  # noqa: B023 - called at once
            for each, (move, who) in doing.items()
        }
        found[done] = "".join(each for each, code in codes.items() if code == "corrective-state")
    assert found == REFUSES


def test_a_move_by_somebody_who_looked_before_the_last_one_is_refused(world: World) -> None:
    action = world.ask(world.give())
    told: dict[str, Any] = {"actor": world.cast.inti, "corrective": action, "text": "Hecho", "on": DAY}
    early = refused(lambda: answer_corrective(**told, seen=1))
    first = answer_corrective(**told, seen=0)
    late = refused(lambda: answer_corrective(**told, seen=0))
    assert (early, late, first.order, first.text) == (*[(Conflict, "corrective-moved")] * 2, 1, "Hecho")
