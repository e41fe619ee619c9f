"""What was said, answered and put stands in the record: proved while it is whole, named where somebody forged it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError

from tests.domain.instruments.forging import execute, refuses
from tests.domain.instruments.hearings import LAST, SAID, close, opened, proved, reply, say, verbs
from tests.domain.instruments.plans import enact
from yupana.domain.instruments import consultations
from yupana.domain.instruments.actions import erase_comment
from yupana.domain.instruments.facts import Verdict
from yupana.domain.instruments.models import Answer, Comment
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.fact import BLACKED_OUT
from yupana.foundation.ledger.actions import seal
from yupana.foundation.ledger.models import Entry
from yupana.projections import proof

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from tests.cast import Cast

pytestmark = pytest.mark.django_db


# --- the record ----------------------------------------------------------------------------------------------------
def whole_life() -> Comment:
    opened()
    heard, other = say(), say("Another word.", item="")
    close()
    reply(heard)
    reply(other, Verdict.DECLINED)
    enact()
    return heard


def test_a_whole_life_is_proved() -> None:
    whole_life()
    assert (proved(), verbs()) == (
        (True, None, ""),
        [
            *("consultation.opened", "reserved", "reserved", "consultation.closed"),
            *("comment.answered", "comment.answered", "edition.published"),
        ],
    )


def test_an_open_consultation_is_proved_too() -> None:
    opened()
    say()
    assert proved() == (True, None, "")


def test_the_record_is_read_in_few_queries(query_budget: Callable[[int], AbstractContextManager[object]]) -> None:
    opened()
    for _ in range(5):
        reply(say())
    with query_budget(12):
        assert len(list(consultations.sealed_contents())) == 11


@pytest.mark.parametrize(
    ("sql", "position"),
    [
        ("UPDATE instruments_comment SET text = 'Other' WHERE item <> ''", 1),
        ("UPDATE instruments_comment SET entity_id = (SELECT min(id) FROM entities_entity)", 1),
        ("UPDATE instruments_comment SET \"on\" = '2020-01-01' WHERE item = ''", 2),
        ("UPDATE instruments_consultation SET closes_on = '2030-01-01'", 0),
        ("UPDATE instruments_consultation SET text = 'x'", 0),
        ("UPDATE instruments_answer SET verdict = 'adopted' WHERE verdict = 'partly'", 4),
        ("UPDATE instruments_answer SET text = 'Other'", 4),
        ("UPDATE instruments_edition SET state = 'consultation', act = '', published_on = NULL, entry_id = NULL", 0),
    ],
)
def test_whoever_forges_it_is_named_by_position(cast: Cast, sql: str, position: int, unguarded_db: None) -> None:
    start = Entry.objects.count()
    whole_life()
    seal()
    execute(sql)
    assert proved()[1:] == (start + position, "content")


def test_a_comment_that_is_taken_out_is_missed(unguarded_db: None) -> None:
    whole_life()
    seal()
    execute("DELETE FROM instruments_answer")
    execute("DELETE FROM instruments_comment")
    assert proved() == (False, 1, "content")


def test_another_text_than_the_one_that_was_put_is_noticed_while_it_is_open(unguarded_db: None) -> None:
    opened()
    seal()
    execute("UPDATE instruments_item SET text = 'Other'")
    assert proved() == (False, 0, "content")


# --- erasing -------------------------------------------------------------------------------------------------------
def test_an_act_blacks_out_what_was_said_and_nothing_else() -> None:
    heard = whole_life()
    seal()
    erase_comment(actor=OPERATOR, comment=heard.pk, act="RM 7", on=LAST + timedelta(days=90))
    heard.refresh_from_db()
    seal()
    verdict = proof.verify()
    assert (heard.text, heard.item, Answer.objects.count(), verdict.ok, verdict.erased) == (
        BLACKED_OUT,
        "line:1.1",
        2,
        True,
        (1,),
    )


def test_erasing_needs_an_act() -> None:
    opened()
    heard = say()
    with pytest.raises(Refused, match="act-missing"):
        erase_comment(actor=OPERATOR, comment=heard.pk, act=" ", on=LAST)
    assert Comment.objects.get().text == SAID


def test_nobody_blacks_out_without_one() -> None:
    whole_life()
    assert refuses("UPDATE instruments_comment SET text = '{black}'", black=BLACKED_OUT)


# --- named constraints ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("sql", "name"),
    [
        ("UPDATE instruments_comment SET text = ''", "comment_has_text"),
        ("UPDATE instruments_comment SET item = ''", "comment_names_its_item"),
        ("UPDATE instruments_answer SET text = ''", "answer_has_text"),
        ("UPDATE instruments_answer SET verdict = 'odd'", "answer_verdict_known"),
        ("UPDATE instruments_consultation SET closes_on = '2001-01-01'", "consultation_window_forward"),
    ],
)
def test_the_database_refuses_the_impossible(sql: str, name: str, unguarded_db: None) -> None:
    opened()
    reply(say())
    with pytest.raises(IntegrityError, match=name):
        execute(sql)
