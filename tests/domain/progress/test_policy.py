"""Who may do what in follow-up, by role: each question, asked of everybody; no database is asked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.obligations.models import Obligation
from yupana.domain.people.models import Mandate
from yupana.domain.progress.policy import (
    can_bring,
    can_dispute,
    can_evaluate,
    can_set_terms,
    sees_all,
    verify_refusal,
)
from yupana.domain.submissions.models import Submission
from yupana.domain.submissions.policy import review_refusal
from yupana.foundation.kernel.actor import NOBODY, OPERATOR, Actor, Role

AUTHORITY, MINE, OTHER = 100, 7, 8
OWED = Obligation(debtor_id=MINE)
DAY = date(2018, 4, 2)
REPORT = Submission(obligation=OWED, received_on=DAY)


def holding(*held: tuple[Role, int]) -> Actor:
    return Actor(1, frozenset(held))


PEOPLE = {
    "nobody": NOBODY,
    "operator": OPERATOR,
    "planner": holding((Role.PLANNER, AUTHORITY)),
    "reviewer": holding((Role.REVIEWER, AUTHORITY)),
    "auditor": holding((Role.AUDITOR, AUTHORITY)),
    "own planner": holding((Role.ENTITY_PLANNER, MINE)),
    "own executive": holding((Role.EXECUTIVE, MINE)),
    "other planner": holding((Role.ENTITY_PLANNER, OTHER)),
    "other executive": holding((Role.EXECUTIVE, OTHER)),
    "reviewer of the same body": holding((Role.REVIEWER, MINE)),
    "auditor who plans there": holding((Role.AUDITOR, AUTHORITY), (Role.ENTITY_PLANNER, MINE)),
    "reviewer who signs elsewhere": holding((Role.REVIEWER, AUTHORITY), (Role.EXECUTIVE, OTHER)),
    "without mandates": Actor(1),
}
OF_AUTHORITY = {
    "planner",
    "reviewer",
    "auditor",
    "reviewer of the same body",
    "auditor who plans there",
    "reviewer who signs elsewhere",
}
OWN_PEOPLE = {"own planner", "own executive", "auditor who plans there"}
ONE = timedelta(days=1)
NO_VERIFIER, OWN = "not-verifier", "own-entity"


@pytest.mark.parametrize("name", PEOPLE)
def test_the_authority_and_the_operator_read_what_everybody_handed_in(name: str) -> None:
    assert sees_all(PEOPLE[name]) == (name in {*OF_AUTHORITY, "operator"})


@pytest.mark.parametrize("name", PEOPLE)
def test_planners_of_the_authority_and_the_operator_set_terms(name: str) -> None:
    assert can_set_terms(PEOPLE[name]) == (name in {"planner", "operator"})


@pytest.mark.parametrize("name", PEOPLE)
def test_planners_of_the_authority_alone_evaluate(name: str) -> None:
    assert can_evaluate(PEOPLE[name]) == (name == "planner")


@pytest.mark.parametrize("name", PEOPLE)
def test_who_plans_or_signs_for_the_entity_brings_and_disputes_for_it(name: str) -> None:
    """The operator at the console speaks for no entity."""
    person = PEOPLE[name]
    assert (can_bring(person, MINE), can_dispute(person, OWED)) == (name in OWN_PEOPLE, name in OWN_PEOPLE)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("nobody", NO_VERIFIER),
        ("operator", NO_VERIFIER),
        ("planner", NO_VERIFIER),
        ("reviewer", ""),
        ("auditor", ""),
        ("own planner", NO_VERIFIER),
        ("own executive", NO_VERIFIER),
        ("other planner", NO_VERIFIER),
        ("other executive", NO_VERIFIER),
        ("reviewer of the same body", OWN),
        ("auditor who plans there", OWN),
        ("reviewer who signs elsewhere", ""),
        ("without mandates", NO_VERIFIER),
    ],
)
def test_reviewers_and_auditors_verify_but_never_for_a_body_that_they_act_for(name: str, why: str) -> None:
    assert verify_refusal(PEOPLE[name], REPORT, ()) == why


@pytest.mark.parametrize(
    ("entity", "starts", "ends", "ended", "received", "why"),
    [
        (MINE, DAY, None, None, DAY, "own-entity"),
        (MINE, DAY, DAY, None, DAY, "own-entity"),
        (MINE, DAY - ONE, None, DAY, DAY, ""),
        (MINE, DAY - ONE, DAY - ONE, None, DAY, ""),
        (MINE, DAY + ONE, None, None, DAY, ""),
        (MINE, DAY + ONE, None, None, None, "own-entity"),
        (OTHER, DAY, None, None, DAY, ""),
        (OTHER, DAY, None, None, None, ""),
    ],
)
def test_nobody_verifies_what_was_handed_in_while_they_acted_for_the_entity(
    entity: int, starts: date, ends: date | None, ended: date | None, received: date | None, why: str
) -> None:
    held = Mandate(entity_id=entity, starts_on=starts, ends_on=ends, ended_on=ended)
    report = Submission(obligation=OWED, received_on=received)
    assert verify_refusal(PEOPLE["reviewer"], report, [held]) == why


@pytest.mark.parametrize(("confirmed", "why"), [(False, "own-letter"), (True, "")])
def test_nobody_verifies_alone_what_they_wrote_down_from_a_letter(confirmed: bool, why: str) -> None:
    """Of what the entity handed in itself they only typed the words."""
    letter = Submission(obligation=OWED, received_on=DAY, transcribed_by_id=1, confirmed=confirmed)
    colleague = Actor(2, PEOPLE["reviewer"].mandates)
    told = [verify_refusal(each, letter, ()) for each in (PEOPLE["reviewer"], colleague)]
    assert (told, review_refusal(PEOPLE["reviewer"], letter)) == ([why, ""], why)


held = st.frozensets(st.tuples(st.sampled_from(Role), st.sampled_from([AUTHORITY, MINE, OTHER])), max_size=6)


@given(held)
def test_nobody_both_verifies_and_disputes_the_same_report(mandates: frozenset[tuple[Role, int]]) -> None:
    actor = Actor(1, mandates)
    assert bool(verify_refusal(actor, REPORT, ())) or not can_dispute(actor, OWED)


@given(held, st.tuples(st.sampled_from(Role), st.just(OTHER)))
def test_a_mandate_at_another_body_opens_nothing_at_this_one(
    mandates: frozenset[tuple[Role, int]], more: tuple[Role, int]
) -> None:
    before, after = Actor(1, mandates), Actor(1, mandates | {more})
    assert (can_bring(after, MINE), can_dispute(after, OWED)) == (can_bring(before, MINE), can_dispute(before, OWED))


@given(held)
def test_a_mandate_at_the_body_itself_only_ever_takes_the_right_to_verify_away(
    mandates: frozenset[tuple[Role, int]],
) -> None:
    actor = Actor(1, mandates | {(Role.EXECUTIVE, MINE)})
    assert verify_refusal(actor, REPORT, ()) in {NO_VERIFIER, OWN}
