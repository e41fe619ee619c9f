"""What anybody may know of a consultation: never a comment that nobody has read, always how many there are."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.domain.instruments.hearings import LAST, OPENED, PDF, REASON, SAID, attach, close, opened, reply, say
from tests.domain.instruments.plans import draft, enact, published
from tests.domain.instruments.test_repealing import ENDED, repeal
from yupana.domain.instruments import public
from yupana.domain.instruments.actions import erase_comment
from yupana.domain.instruments.facts import EditionState, Verdict
from yupana.domain.instruments.public import Ended, Heard, Original, Round
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.errors import Missing
from yupana.foundation.kernel.fact import BLACKED_OUT
from yupana.foundation.ledger.actions import seal

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from tests.cast import Cast

    Budget = Callable[[int], AbstractContextManager[object]]

pytestmark = pytest.mark.django_db
AFTER = LAST + timedelta(days=1)


def card() -> public.Consulted:
    return public.consulted("QIPU", "1")


def test_an_open_consultation_says_what_is_put_until_when_and_how_many_spoke() -> None:
    put = opened()
    say()
    found = card()
    assert (found.ref, found.title, found.is_open, found.rounds, found.waiting) == (
        "QIPU/1",
        "Knots 1",
        True,
        (Round(OPENED, LAST, None, 1, put.text),),
        1,
    )


@pytest.mark.parametrize(("days", "takes"), [(-1, False), (0, True), (14, True), (15, False)])
def test_it_takes_comments_in_its_window(days: int, takes: bool) -> None:
    opened()
    assert card().last.takes(OPENED + timedelta(days=days)) is takes


def test_what_was_closed_says_when_and_takes_nothing_more() -> None:
    opened()
    close()
    found = card()
    assert (found.last.closed_on, found.last.takes(LAST), found.is_open, found.is_mended) == (AFTER, False, False, True)


def test_while_it_is_mended_not_even_its_title_is_shown() -> None:
    opened()
    close()
    assert (card().title, public.tree(card().id)) == ("", ())


def test_its_items_are_read_while_it_is_open_and_it_is_no_published_edition() -> None:
    opened()
    with pytest.raises(Missing):
        public.edition("QIPU", "1")
    assert ([node.code for node in public.tree(card().id)], public.editions()) == (["1"], ())


def test_nothing_unread_is_shown_and_everything_is_counted() -> None:
    opened()
    for _ in range(3):
        say()
    reply(say("Answered."))
    found = card()
    assert ([each.text for each in public.heard(found.id)], found.received, found.answered, found.waiting) == (
        ["Answered."],
        4,
        1,
        3,
    )


def test_an_answered_comment_is_shown_with_its_answer() -> None:
    opened()
    reply(say(), Verdict.PARTLY)
    assert public.heard(card().id) == [
        Heard("line:1.1", SAID, "", LAST, Verdict.PARTLY, REASON, AFTER, is_erased=False)
    ]


def test_a_withheld_one_is_shown_without_its_words() -> None:
    opened()
    reply(say("Call 555-1234, ask for Ana."), Verdict.WITHHELD)
    [found] = public.heard(card().id)
    assert (found.text, found.answer) == ("", REASON)


def test_one_that_an_act_erased_says_so() -> None:
    opened()
    one = say()
    reply(one)
    erase_comment(actor=OPERATOR, comment=one.pk, act="RM 1", on=AFTER)
    [found] = public.heard(card().id)
    assert (found.text, found.is_erased) == (BLACKED_OUT, True)


def test_who_spoke_for_a_body_is_named_by_the_body(cast: Cast) -> None:
    opened()
    reply(say(actor=cast.inti, entity=cast.a.pk))
    assert [each.body for each in public.heard(card().id)] == ["Municipio de Ábaco"]


def test_comments_are_found_by_what_they_are_about() -> None:
    opened()
    for item in ("line:1.1", "", "line:1.2"):
        reply(say(item=item))
    told = {item: [each.item for each in public.heard(card().id, item)] for item in ("line:1.1", "", "axis:1")}
    assert told == {"line:1.1": ["line:1.1"], "": [""], "axis:1": []}


def test_only_what_is_open_is_under_way_and_what_closes_first_comes_first() -> None:
    opened("2", closes_on=LAST + timedelta(days=3))
    opened("3", closes_on=LAST)
    opened("1")
    close()
    assert [each.ref for each in public.under_way()] == ["QIPU/3", "QIPU/2"]


def test_what_was_never_put_is_missing() -> None:
    draft()
    for code in ("1", "9"):
        with pytest.raises(Missing):
            public.consulted("QIPU", code)


# --- receipts ------------------------------------------------------------------------------------------------------
def test_a_receipt_says_that_it_came_and_then_where_it_stands_and_what_was_answered() -> None:
    opened()
    one = say()
    number = public.number_of(one.entry)
    waiting = public.receipt(card().id, number)
    reply(one)
    seal()
    answered = public.receipt(card().id, number)
    assert (waiting.item, waiting.on, waiting.position, waiting.heard) == ("line:1.1", LAST, None, None)
    assert (answered.position, answered.heard and answered.heard.answer) == (1, REASON)


@pytest.mark.parametrize("number", ["", "zz", "0" * 64, "ñ"])
def test_a_number_that_nobody_was_given_is_missing(number: str) -> None:
    opened()
    say()
    with pytest.raises(Missing):
        public.receipt(card().id, number)


def test_a_receipt_of_another_edition_is_missing_here() -> None:
    opened()
    opened("2")
    number = public.number_of(say(edition="QIPU/2").entry)
    with pytest.raises(Missing):
        public.receipt(card().id, number)


# --- documents and repeals -----------------------------------------------------------------------------------------
def test_a_document_is_public_once_its_edition_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path))
    draft()
    kept = attach()
    with pytest.raises(Missing):
        public.original(kept.edition_id, kept.digest)
    enact()
    assert public.original(kept.edition_id, kept.digest) == Original(
        "act.pdf", kept.digest, "application/pdf", len(PDF)
    )


def test_who_was_repealed_says_by_which_act() -> None:
    one = published()
    before = public.ended(one.pk)
    repeal()
    assert (before, public.ended(one.pk)) == (None, Ended(ENDED, "D.S. 9", "A law says it now."))


# --- how much is asked of the database -----------------------------------------------------------------------------
@pytest.mark.parametrize("comments", [1, 5])
def test_reading_stays_within_its_queries(query_budget: Budget, comments: int) -> None:
    opened()
    for _ in range(comments):
        reply(say())
    with query_budget(3):
        found = card()
        assert (found.state, len(public.heard(found.id))) == (EditionState.CONSULTATION, comments)
