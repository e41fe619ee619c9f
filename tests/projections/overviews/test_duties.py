"""What a change asks of a body."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from yupana.domain.instruments.facts import Transition
from yupana.domain.instruments.rules.changes import ChangeKind
from yupana.projections.overviews.duties import Case, Duty, duty, starts_on

STAYS = Case(
    kinds=frozenset(), here_before=True, here_after=True, owed_before=True, owed_after=True, answered=True,
    said_anew=False,
)  # fmt: skip
REWORDED = replace(STAYS, kinds={ChangeKind.REWORDED}, said_anew=True)
GONE = replace(STAYS, here_after=False, owed_after=False, said_anew=True)
NEW = replace(STAYS, here_before=False, owed_before=False, answered=False, said_anew=True)


@pytest.mark.parametrize(
    ("case", "what"),
    [
        (STAYS, Duty.NOTHING),
        (replace(STAYS, answered=False), Duty.NOTHING),
        (replace(STAYS, kinds={ChangeKind.MOVED, ChangeKind.RENUMBERED}), Duty.NOTHING),
        (REWORDED, Duty.REVIEW),
        (replace(REWORDED, answered=False), Duty.ANSWER),
        (replace(REWORDED, kinds={ChangeKind.REWORDED, ChangeKind.REDATED}), Duty.REANSWER),
        (replace(REWORDED, kinds={ChangeKind.RETARGETED}), Duty.REANSWER),
        (replace(REWORDED, kinds={ChangeKind.RETARGETED}, answered=False), Duty.ANSWER),
        (GONE, Duty.DROP),
        (replace(GONE, answered=False), Duty.NOTHING),
        (replace(GONE, split=True), Duty.CHOOSE),
        (replace(GONE, split=True, answered=False), Duty.NOTHING),
        (replace(GONE, merged_away=True), Duty.REVIEW),
        (replace(GONE, merged_away=True, answered=False), Duty.NOTHING),
        (replace(REWORDED, split=True), Duty.CHOOSE),
        (replace(REWORDED, split=True, answered=False), Duty.ANSWER),
        (NEW, Duty.ANSWER),
        (replace(NEW, owed_after=False), Duty.NOTHING),
        (replace(NEW, origins_answered=True), Duty.NOTHING),
        (replace(STAYS, owed_after=False), Duty.DROP),
        (replace(STAYS, owed_after=False, answered=False), Duty.NOTHING),
        (replace(STAYS, owed_before=False, answered=False), Duty.ANSWER),
        (replace(REWORDED, answered=False, origins_answered=True), Duty.NOTHING),
    ],
)
def test_a_body_does_what_follows_from_what_it_owed_and_answered(case: Case, what: Duty) -> None:
    assert duty(case) is what


@pytest.mark.parametrize(("owed", "answered", "anew"), [*product([True, False], repeat=3)])
def test_whoever_owes_nothing_afterwards_never_has_to_answer(*, owed: bool, answered: bool, anew: bool) -> None:
    case = replace(STAYS, owed_before=owed, answered=answered, said_anew=anew, owed_after=False)
    assert duty(case) in {Duty.DROP, Duty.NOTHING}


@pytest.mark.parametrize(
    ("transition", "day", "first"),
    [
        (Transition.NOW, date(2024, 5, 3), date(2024, 5, 3)),
        (Transition.NEXT_PLAN, date(2024, 5, 3), date(2025, 1, 1)),
        (Transition.NEXT_PLAN, date(2024, 12, 31), date(2025, 1, 1)),
        (Transition.NEXT_PLAN, date(2024, 1, 1), date(2025, 1, 1)),
        (Transition.END_OF_YEAR, date(2024, 5, 3), date(2024, 12, 31)),
        (Transition.END_OF_YEAR, date(2024, 12, 31), date(2024, 12, 31)),
    ],
)
def test_a_change_holds_at_once_with_the_next_plan_or_when_the_year_ends(
    transition: Transition, day: date, first: date
) -> None:
    assert starts_on(transition, day) == first
