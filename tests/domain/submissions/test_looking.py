"""What reviewers note part by part, and what a decision takes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import ACCEPTED_ON
from tests.domain.commitments.plans import (
    LATER,
    ROW,
    SECOND,
    Stage,
    begun,
    decided,
    handed_in,
    own_reviewer,
    said,
    set_stage,
)
from yupana.domain.commitments import actions
from yupana.domain.submissions.models import Look, Step
from yupana.domain.submissions.queries import sealed_contents
from yupana.domain.submissions.rules import Note, State, Verdict, checked, mark, reasons, remarks_of
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused

if TYPE_CHECKING:
    from yupana.domain.submissions.models import Submission
    from yupana.domain.submissions.rules import Looked

FINE, MEND, NA = "fine", "mend", "na"


# --- the rules -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("subject", "verdict", "text", "kept"),
    [
        ("row:1", "", " ", ("", "")),
        ("row:1", "", " ¿Cuántos? ", (MEND, "¿Cuántos?")),
        ("row:1", FINE, "Bien pensado", (FINE, "Bien pensado")),
        ("row:1", MEND, "", (MEND, "")),
        ("row:1", NA, "", "verdict-unknown"),
        ("row:1", "no", "", "verdict-unknown"),
        ("item:P/1#text:1", NA, "", (NA, "")),
        ("item:P/1#text:1", "", "", ("", "")),
        ("item:P/1#text:1", "", "Falta", "verdict-missing"),
    ],
)
def test_words_about_a_row_are_a_remark_and_about_a_section_need_a_verdict(
    subject: str, verdict: str, text: str, kept: object
) -> None:
    try:
        found: object = checked(Note(subject, verdict, text))
    except Refused as refused:
        found = refused.code
    assert found == kept


@pytest.mark.parametrize(
    ("looked", "after", "told"),
    [
        ([("row:2", MEND, "a"), ("row:1", FINE, "b")], State.RETURNED, {2: "a", 3: "c"}),
        ([("row:3", MEND, "a")], State.RETURNED, {3: "c"}),
        ([("row:2", MEND, "")], State.RETURNED, "remark-missing"),
        ([("item:x", MEND, "")], State.RETURNED, {3: "c"}),
        ([("item:x", MEND, "")], State.ACCEPTED, "remarks-open"),
        ([("row:1", MEND, "a")], State.ACCEPTED, "remarks-open"),
        ([("row:1", FINE, "a"), ("item:x", NA, "")], State.ACCEPTED, {}),
        ([("row:1", MEND, "")], State.MISFILED, {}),
    ],
)
def test_a_return_carries_what_is_to_be_mended_and_nothing_is_accepted_over_it(
    looked: list[Looked], after: State, told: object
) -> None:
    try:
        found: object = reasons(looked, after, {3: " c ", 4: " "})
    except Refused as refused:
        found = refused.code
    assert found == told


texts = st.text(max_size=5)
notes = st.tuples(st.sampled_from(["row:1", "row:22", "item:x"]), st.sampled_from([v.value for v in Verdict]), texts)


@given(notes, notes)
def test_a_mark_tells_two_notes_apart(one: Looked, other: Looked) -> None:
    assert (mark(*one[1:]) == mark(*other[1:])) is (one[1:] == other[1:])
    assert mark("", "") == ""


@given(st.lists(notes))
def test_only_rows_to_be_mended_are_remarks(looked: list[Looked]) -> None:
    assert remarks_of(looked).keys() == {
        int(subject[4:]) for subject, verdict, _ in looked if verdict == MEND and subject.startswith("row:")
    }


# --- noting --------------------------------------------------------------------------------------------------------
pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(db: None) -> Stage:
    return set_stage()


def look(stage: Stage, plan: Submission, *notes: Note, actor: Any = None) -> list[tuple[str, str]]:  # noqa: ANN401 - an actor
    clashes = actions.look_at(actor=actor or stage.cast.amaru, submission=plan, notes=notes)
    return [(each.subject, each.text) for each in clashes]


def stored() -> list[tuple[str, str, str]]:
    return list(Look.objects.order_by("subject").values_list("subject", "verdict", "text"))


def test_notes_are_kept_changed_and_taken_away(stage: Stage) -> None:
    plan = handed_in(stage, [ROW, SECOND])
    look(stage, plan, Note("row:1", FINE), Note("row:2", "", "¿Cuántos?"))
    first = stored()
    look(stage, plan, Note("row:1"), Note("row:2", MEND, "¿Desde cuándo?"))
    assert (first, stored()) == (
        [("row:1", FINE, ""), ("row:2", MEND, "¿Cuántos?")],
        [("row:2", MEND, "¿Desde cuándo?")],
    )


def test_what_another_noted_meanwhile_is_given_back_and_stays(stage: Stage) -> None:
    plan = handed_in(stage, [ROW, SECOND])
    look(stage, plan, Note("row:1", MEND, "de otra", seen=""))
    clashes = look(stage, plan, Note("row:1", MEND, "mía", seen=""), Note("row:2", FINE, seen=""))
    again = look(stage, plan, Note("row:1", MEND, "mía", seen=mark(MEND, "de otra")))
    assert (clashes, again, stored()) == (
        [("row:1", "de otra")],
        [],
        [("row:1", MEND, "mía"), ("row:2", FINE, "")],
    )


def test_the_same_note_sent_twice_clashes_with_nothing(stage: Stage) -> None:
    plan = handed_in(stage)
    told = Note("row:1", MEND, "x", seen="")
    assert (look(stage, plan, told), look(stage, plan, told), len(stored())) == ([], [], 1)


@pytest.mark.parametrize("subject", ["row:9", "item:PLAN/1#line:1", "x"])
def test_what_is_no_part_of_the_version_is_not_noted_about(stage: Stage, subject: str) -> None:
    plan = handed_in(stage)
    told = {"actor": stage.cast.amaru, "submission": plan, "notes": [Note(subject, FINE)]}
    assert said(Refused, actions.look_at, **told) == ("part-unknown", 0)


@pytest.mark.parametrize(
    ("state", "kind", "code"),
    [
        (State.DRAFT, Refused, "not-under-review"),
        (State.RETURNED, Conflict, "decided-already"),
        (State.ACCEPTED, Conflict, "decided-already"),
    ],
)
def test_only_what_is_under_review_is_noted_about(stage: Stage, state: State, kind: type[Refused], code: str) -> None:
    plan = decided(stage, state)
    told = {"actor": stage.cast.amaru, "submission": plan, "notes": [Note("row:1", FINE)]}
    assert said(kind, actions.look_at, **told) == (code, 0)


@pytest.mark.parametrize(
    ("name", "code"),
    [("inti", "not-reviewer"), ("executive", "not-reviewer"), ("auditor", "not-reviewer"), ("", "own-entity")],
)
def test_only_reviewers_note_and_never_about_their_own(stage: Stage, name: str, code: str) -> None:
    plan = handed_in(stage)
    actor = getattr(stage.cast, name) if name else own_reviewer(stage)
    told = {"actor": actor, "submission": plan, "notes": [Note("row:1", FINE)]}
    assert said(Forbidden, actions.look_at, **told) == (code, 0)


# --- deciding ------------------------------------------------------------------------------------------------------
def test_a_decision_takes_every_note_and_seals_it(stage: Stage) -> None:
    plan = handed_in(stage, [ROW, SECOND])
    look(stage, plan, Note("row:1", FINE, "Bien"), Note("row:2", MEND, "¿Cuántos?"))
    step = actions.return_plan(actor=stage.cast.amaru, submission=plan, reason="", remarks={}, on=ACCEPTED_ON)
    [content] = [each.value for each in sealed_contents()]
    noted = [["row:1", FINE, "Bien"], ["row:2", MEND, "¿Cuántos?"]]
    assert (step.looked, content["looked"], stored()) == (noted, noted, [])  # type: ignore[call-overload, index] # it is a mapping
    assert list(step.remarks.values_list("row", "text")) == [(2, "¿Cuántos?")]


def test_without_notes_a_step_is_sealed_as_ever(stage: Stage) -> None:
    plan = handed_in(stage)
    step = actions.accept_plan(actor=stage.cast.amaru, submission=plan, on=ACCEPTED_ON)
    [content] = [each.value for each in sealed_contents()]
    assert (step.looked, "looked" in content) == (None, False)  # type: ignore[operator] # it is a mapping


def test_nothing_is_accepted_over_what_another_noted_meanwhile(stage: Stage) -> None:
    plan = handed_in(stage)
    look(stage, plan, Note("row:1", MEND, "¿Cuántos?"))
    by = stage.cast.amaru
    told = {"actor": by, "submission": plan, "on": ACCEPTED_ON}
    mine = [Note("row:1", FINE, seen="")]
    assert said(Refused, actions.accept_plan, **told) == ("remarks-open", 0)
    assert said(Conflict, actions.accept_plan, notes=mine, **told) == ("look-moved", 0)
    assert (stored(), Step.objects.count()) == ([("row:1", MEND, "¿Cuántos?")], 0)


def test_what_is_turned_away_keeps_its_notes_and_carries_no_remark(stage: Stage) -> None:
    plan = handed_in(stage)
    notes = [Note("row:1", MEND, "Es de otro plan")]
    step = actions.misfile_plan(actor=stage.cast.amaru, submission=plan, reason="x", on=LATER, notes=notes)
    assert (step.looked, step.remarks.count()) == ([["row:1", MEND, "Es de otro plan"]], 0)


@pytest.mark.parametrize("state", [State.DRAFT, State.RETURNED, State.ACCEPTED])
def test_nobody_notes_behind_the_back_of_the_house(stage: Stage, state: State) -> None:
    plan = decided(stage, state)
    with pytest.raises(DatabaseError), transaction.atomic():
        Look.objects.create(submission=plan, subject="row:1", verdict=FINE)
    assert stored() == []


def test_a_draft_has_no_notes_to_take_and_is_not_decided(stage: Stage) -> None:
    told = {"actor": stage.cast.amaru, "submission": begun(stage), "on": LATER}
    assert said(Refused, actions.accept_plan, **told) == ("not-under-review", 0)
