"""Several bodies in one activity: asked, confirmed, counted once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, connection, transaction

from tests.cast import ACCEPTED_ON, HANDED_IN_ON, obligation_of
from tests.domain.commitments.plans import ROW, Stage, begun, set_stage
from yupana.domain.commitments import actions
from yupana.domain.commitments.models import Partnership
from yupana.domain.commitments.public import plan_of
from yupana.domain.commitments.queries import partnerships, plan_rows
from yupana.domain.commitments.rules import Act, CellEdit, Edit
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused
from yupana.foundation.kernel.fact import BLACKED_OUT
from yupana.foundation.ledger import guards
from yupana.foundation.ledger.actions import seal
from yupana.projections.overviews import partners as overview
from yupana.projections.proof import verify

if TYPE_CHECKING:
    from yupana.domain.entities.models import Entity
    from yupana.domain.submissions.models import Submission
    from yupana.foundation.kernel.actor import Actor

pytestmark = pytest.mark.django_db
PART = "Prestar las oficinas"


@pytest.fixture
def stage(db: None) -> Stage:
    stage = set_stage()
    begun(stage)
    return stage


def ask(stage: Stage, **more: object) -> Partnership:
    told = {"actor": stage.cast.inti, "obligation": stage.owed, "row": 1, "partner": stage.cast.b, "part": PART}
    return actions.ask_partner(**{**told, "on": HANDED_IN_ON, **more})  # type: ignore[arg-type] # the terms of a question


def answer(actor: Actor, asked: Partnership, *, confirmed: bool, text: str = "") -> Partnership:
    return actions.answer_partner(actor=actor, partnership=asked, confirmed=confirmed, answer=text, on=HANDED_IN_ON)


def test_a_body_is_asked_and_confirms(stage: Stage) -> None:
    asked = answer(stage.cast.killa, ask(stage), confirmed=True)
    assert (asked.confirmed, asked.answered_on, asked.part) == (True, HANDED_IN_ON, PART)


def test_a_no_says_why(stage: Stage) -> None:
    asked = ask(stage)
    with pytest.raises(Refused, match="reason-missing"):
        answer(stage.cast.killa, asked, confirmed=False)
    assert answer(stage.cast.killa, asked, confirmed=False, text="Sin gente").answer == "Sin gente"


def test_the_record_tells_both_and_verifies(stage: Stage) -> None:
    answer(stage.cast.killa, ask(stage), confirmed=True)
    seal()
    assert verify().ok


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"part": " "}, "partner-part"),
        ({"part": "x" * 4001}, "partner-part"),
        ({"row": 9}, "row-unknown"),
    ],
)
def test_a_question_has_to_make_sense(stage: Stage, more: dict[str, object], code: str) -> None:
    with pytest.raises(Refused, match=code):
        ask(stage, **more)


@pytest.mark.parametrize("name", ["a", "group"])
def test_neither_oneself_nor_a_group_is_a_partner(stage: Stage, name: str) -> None:
    partner: Entity = getattr(stage.cast, name)
    with pytest.raises(Refused, match="partner-unfit"):
        ask(stage, partner=partner)


def test_a_body_is_asked_once_and_answers_once(stage: Stage) -> None:
    asked = answer(stage.cast.killa, ask(stage), confirmed=True)
    with pytest.raises(Conflict, match="partner-asked-already"):
        ask(stage)
    with pytest.raises(Conflict, match="partner-answered-already"):
        answer(stage.cast.killa, asked, confirmed=False, text="Ya no")


def test_only_the_owner_asks_and_only_who_was_asked_answers(stage: Stage) -> None:
    with pytest.raises(Forbidden):
        ask(stage, actor=stage.cast.killa)
    for actor in (stage.cast.inti, stage.cast.amaru, stage.cast.sami):
        with pytest.raises(Forbidden):
            answer(actor, ask(stage) if not Partnership.objects.exists() else Partnership.objects.get(), confirmed=True)


def test_only_who_is_concerned_knows_of_it(stage: Stage) -> None:
    ask(stage, partner=stage.cast.c)
    readers = {name: partnerships(getattr(stage.cast, name)).count() for name in ("inti", "killa", "amaru", "sami")}
    assert readers == {"inti": 1, "killa": 0, "amaru": 1, "sami": 0}


KEPT = (
    *("part = 'Otra cosa'", "activity = 'Otra'", "partner_id = partner_id + 1", "asked_on = '2001-01-01'"),
    *("confirmed = NULL", "answered_on = NULL", f"part = '{BLACKED_OUT}'"),
)


@pytest.mark.parametrize("change", KEPT)
def test_the_database_keeps_what_was_asked_and_answered(stage: Stage, change: str) -> None:
    answer(stage.cast.killa, ask(stage), confirmed=True)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE commitments_partnership SET {change}")  # noqa: S608 (one of those above)


def rename(stage: Stage, name: str) -> Submission:
    draft = stage.owed.submissions.get(state=State.DRAFT)
    edit = Edit(Act.CHANGE, 1, (CellEdit(1, "name", plan_rows(draft)[0].name, name),))
    actions.edit_rows(actor=stage.cast.inti, submission=draft, edits=[edit])
    return draft


def accept(stage: Stage, draft: Submission) -> None:
    handed_in = actions.submit_plan(actor=stage.cast.inti, submission=draft, received_on=HANDED_IN_ON, on=HANDED_IN_ON)
    actions.accept_plan(actor=stage.cast.amaru, submission=handed_in, on=ACCEPTED_ON)


def test_what_is_written_into_the_row_later_is_told_to_nobody_who_was_asked(stage: Stage) -> None:
    asked = ask(stage)
    rename(stage, "Un secreto")
    told = {overview.one(getattr(stage.cast, name), asked.pk).activity for name in ("killa", "amaru", "inti")}
    assert told == {ROW.name}


@pytest.mark.parametrize(("name", "named"), [(ROW.name, ("Municipio de Ñandú",)), ("Comprar misiles", ())])
def test_a_partner_is_named_in_public_beside_what_it_confirmed_alone(
    stage: Stage, name: str, named: tuple[str, ...]
) -> None:
    answer(stage.cast.killa, ask(stage), confirmed=True)
    accept(stage, rename(stage, name))
    plan = plan_of(stage.owed.pk)
    assert plan
    assert [(row.name, row.partners) for row in plan.activities] == [(name, named)]


@pytest.mark.parametrize("column", ["activity = 'Otra'", "asked_on = '2001-01-01'", "answered_on = '2001-01-01'"])
def test_the_record_finds_words_and_days_that_were_forged(stage: Stage, column: str) -> None:
    answer(stage.cast.killa, ask(stage), confirmed=True)
    seal()
    guards.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE commitments_partnership SET {column}")  # noqa: S608 (one of the three above)
    assert not verify().ok


@pytest.mark.parametrize(("later", "left"), [("Otro nombre", (BLACKED_OUT, BLACKED_OUT)), (ROW.name, (ROW.name, PART))])
def test_a_question_is_erased_with_the_last_version_that_says_what_it_asks(
    stage: Stage, later: str, left: tuple[str, str]
) -> None:
    answer(stage.cast.killa, ask(stage), confirmed=True, text="Con gusto")
    draft = stage.owed.submissions.get()
    accept(stage, draft)
    begun(stage, [replace(ROW, name=later)])
    actions.erase_plan(actor=stage.cast.amaru, submission=draft, act="RM 1", on=ACCEPTED_ON)
    asked = Partnership.objects.get()
    seal()
    assert (asked.activity, asked.part, asked.answer, verify().ok) == (*left, "Con gusto", True)


def test_a_partner_owes_no_less(stage: Stage) -> None:
    answer(stage.cast.killa, ask(stage), confirmed=True)
    assert obligation_of(stage.call, stage.cast.b).submissions.count() == 0
