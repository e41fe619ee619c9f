"""Who sees which version: one rule for one and for many, over every role and every state."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.domain.commitments.plans import ROW, begun, decided, own_reviewer, set_stage
from yupana.domain.commitments.actions import start_plan
from yupana.domain.submissions.models import Submission
from yupana.domain.submissions.policy import (
    can_read,
    can_start,
    can_submit,
    can_write,
    readable_by,
    review_refusal,
    reviewable_by,
)
from yupana.domain.submissions.queries import all_with_debtors, found, under_review, versions_of
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.actor import NOBODY, OPERATOR, Actor, Role
from yupana.foundation.kernel.errors import Missing

if TYPE_CHECKING:
    from tests.domain.commitments.plans import Stage

pytestmark = pytest.mark.django_db
CANARY = "canario-7781"
NONE, PUBLISHED = frozenset[State](), frozenset({State.ACCEPTED})
HANDED, ALL = frozenset(State) - {State.DRAFT}, frozenset(State)


def actors(stage: Stage) -> dict[str, Actor]:
    cast = stage.cast
    return {
        "amaru": cast.amaru,
        "inti": cast.inti,
        "killa": cast.killa,
        "executive": cast.executive,
        "auditor": cast.auditor,
        "expired": cast.expired,
        "sami": cast.sami,
        "operator": OPERATOR,
        "other reviewer": Actor(99, frozenset({(Role.REVIEWER, cast.b.pk)})),
        "own reviewer": own_reviewer(stage),
    }


SEEN = {
    "amaru": HANDED,
    "inti": ALL,
    "killa": PUBLISHED,
    "executive": ALL,
    "auditor": HANDED,
    "expired": PUBLISHED,
    "sami": PUBLISHED,
    "operator": HANDED,
    "other reviewer": HANDED,
    "own reviewer": ALL,
}


@pytest.mark.parametrize("visibility", ["public", "restricted"])
@pytest.mark.parametrize("state", list(State))
def test_every_role_sees_exactly_its_states(state: State, visibility: str) -> None:
    stage = set_stage(visibility=visibility)
    plan = decided(stage, state)
    Submission.objects.filter(pk=plan.pk, state=State.DRAFT).update(notes=CANARY)
    strangers = PUBLISHED if visibility == "public" else NONE
    expected = {name: state in (strangers if seen is PUBLISHED else seen) for name, seen in SEEN.items()}
    version = all_with_debtors().get(pk=plan.pk)
    every = Submission.objects.all()
    one = {name: can_read(actor, version) for name, actor in actors(stage).items()}
    many = {name: version in readable_by(actor, every) for name, actor in actors(stage).items()}
    assert (one, many) == (expected, expected)


@pytest.mark.parametrize("name", ["amaru", "killa", "auditor", "expired", "sami", "operator"])
def test_a_draft_leaks_to_nobody_outside_the_entity(name: str) -> None:
    stage = set_stage()
    draft = begun(stage)
    Submission.objects.filter(pk=draft.pk).update(notes=CANARY)
    actor = actors(stage)[name]
    with pytest.raises(Missing, match="submission-unknown"):
        found(actor, draft.pk)
    assert [version.notes for version in versions_of(actor, stage.owed.pk)] == []


def test_a_version_that_is_not_there_looks_like_one_that_is_not_for_the_reader() -> None:
    stage = set_stage()
    draft = begun(stage)
    refusals = []
    for actor, key in ((NOBODY, draft.pk), (stage.cast.inti, draft.pk + 1)):
        with pytest.raises(Missing) as refused:
            found(actor, key)
        refusals.append(refused.value.args)
    assert refusals[0] == refusals[1]


def test_found_brings_the_version_to_who_may_read_it() -> None:
    stage = set_stage()
    draft = begun(stage)
    assert found(stage.cast.inti, draft.pk) == draft


def test_the_versions_of_a_plan_come_newest_first_with_what_was_said(query_budget: object) -> None:
    stage = set_stage()
    first = decided(stage, State.RETURNED)
    second = begun(stage)
    told = [
        (version.version, [remark.text for step in version.steps.all() for remark in step.remarks.all()])
        for version in versions_of(stage.cast.inti, stage.owed.pk)
    ]
    assert (told, first.version, second.version) == ([(2, []), (1, ["¿Cuántos?"])], 1, 2)


def test_who_transcribes_a_letter_sees_that_draft_and_no_other() -> None:
    stage = set_stage()
    letter = start_plan(actor=stage.cast.amaru, obligation=stage.owed, on=stage.call.opens_on)
    other = start_plan(
        actor=stage.cast.killa, obligation=stage.call.obligations.get(debtor=stage.cast.b), on=stage.call.opens_on
    )
    drafts = {letter.pk, other.pk}
    colleague = Actor(4711, frozenset({(Role.PLANNER, stage.cast.authority.pk)}))
    without_role = Actor(stage.cast.amaru.person, frozenset({(Role.REVIEWER, stage.cast.authority.pk)}))
    seen = {
        name: set(readable_by(actor, Submission.objects.filter(pk__in=drafts)).values_list("pk", flat=True))
        for name, actor in {
            "transcriber": stage.cast.amaru,
            "colleague": colleague,
            "without role": without_role,
            "entity": stage.cast.inti,
        }.items()
    }
    assert seen == {"transcriber": {letter.pk}, "colleague": set(), "without role": set(), "entity": {letter.pk}}


@pytest.mark.parametrize(
    ("name", "start", "write", "submit", "review"),
    [
        ("amaru", True, False, False, ""),
        ("inti", True, True, True, "not-reviewer"),
        ("killa", False, False, False, "not-reviewer"),
        ("executive", False, False, True, "not-reviewer"),
        ("auditor", False, False, False, "not-reviewer"),
        ("expired", False, False, False, "not-reviewer"),
        ("sami", False, False, False, "not-reviewer"),
        ("operator", False, False, False, "not-reviewer"),
        ("other reviewer", False, False, False, ""),
        ("own reviewer", True, True, True, "own-entity"),
    ],
)
def test_every_role_does_exactly_its_work(name: str, start: bool, write: bool, submit: bool, review: str) -> None:
    stage = set_stage()
    draft = begun(stage)
    actor = actors(stage)[name]
    assert (
        can_start(actor, stage.owed),
        can_write(actor, draft),
        can_submit(actor, draft),
        review_refusal(actor, draft),
    ) == (start, write, submit, review)


@pytest.mark.parametrize("state", list(State))
def test_what_may_be_decided_is_what_waits_and_is_not_of_ones_own(state: State) -> None:
    stage = set_stage()
    plan = decided(stage, state)
    every = Submission.objects.all()
    queues = {name for name, actor in actors(stage).items() if plan in reviewable_by(actor, every)}
    assert queues == ({"amaru", "other reviewer"} if state is State.SUBMITTED else set())


def test_the_queue_shows_the_oldest_first() -> None:
    stage = set_stage(audience="all")
    other = stage.call.obligations.select_related("call", "debtor").get(debtor=stage.cast.b)
    killa_writes = replace(stage.cast, inti=stage.cast.killa)
    from_b = decided(stage._replace(owed=other, cast=killa_writes), State.SUBMITTED)
    from_a = decided(stage, State.SUBMITTED, [ROW])
    assert list(under_review(stage.cast.amaru)) == [from_b, from_a]
