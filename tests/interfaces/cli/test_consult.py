"""A consultation and a repeal from the console."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from tests.cast import make_call, make_edition, make_entities
from tests.domain.instruments.plans import draft, published
from yupana.domain.instruments import actions
from yupana.domain.instruments.models import Comment, Edition
from yupana.foundation.kernel.actor import NOBODY
from yupana.foundation.kernel.fact import BLACKED_OUT
from yupana.foundation.ledger.queries import unsealed_count

if TYPE_CHECKING:
    from tests.interfaces.cli.conftest import Said, Yupana

pytestmark = pytest.mark.django_db
REF = "QIPU/1"
SAID = "Open on Saturdays.\nAnd on Sundays."


@pytest.fixture
def opened(yupana: Yupana) -> Said:
    draft()
    until = timezone.localdate() + timedelta(days=9)
    return yupana("consult", "open", REF, "--until", until.isoformat())


def say(text: str = SAID) -> Comment:
    return actions.comment(actor=NOBODY, edition=REF, item="line:1.1", text=text, on=timezone.localdate())


def test_opening_says_what_was_put_and_is_sealed(opened: Said) -> None:
    put = Edition.objects.get().consultations.get()
    assert (opened.code, put.text in opened.out, unsealed_count()) == (0, True, 0)


def test_a_last_day_that_is_over_is_rejected(yupana: Yupana) -> None:
    draft()
    said = yupana("consult", "open", REF, "--until", "2020-01-01")
    assert (said.code, "would close on" in said.err, Edition.objects.get().state) == (1, True, "draft")


def test_opening_twice_is_a_conflict(opened: Said, yupana: Yupana) -> None:
    until = timezone.localdate().isoformat()
    assert yupana("consult", "open", REF, "--until", until).code == 3


def test_closing_says_who_waits(opened: Said, yupana: Yupana) -> None:
    say()
    said = yupana("consult", "close", REF)
    assert (said.code, "wait for an answer: 1." in said.out, Edition.objects.get().state) == (0, True, "draft")


def test_answers_are_listed_with_what_waits(opened: Said, yupana: Yupana) -> None:
    one, two = say(), say("Closed.")
    yupana("consult", "answer", one.pk, "--verdict", "partly", "--text", "Saturdays only.")
    people, machine = yupana("consult", "answers", REF), yupana("consult", "answers", REF, "--json")
    today = timezone.localdate().isoformat()
    assert machine.json["comments"] == [
        {
            "number": one.pk,
            "on": today,
            "entity": "",
            "item": "line:1.1",
            "text": SAID,
            "verdict": "partly",
            "answer": "Saturdays only.",
        },
        {
            "number": two.pk,
            "on": today,
            "entity": "",
            "item": "line:1.1",
            "text": "Closed.",
            "verdict": "",
            "answer": "",
        },
    ]
    told = ("[adopted in part]", "    And on Sundays.", "  > Saturdays only.", "[waits for an answer]", "Comments: 2.")
    assert [each in people.out for each in told] == [True] * 5


def test_an_answer_is_given_once(opened: Said, yupana: Yupana) -> None:
    one = say()
    codes = [
        yupana("consult", "answer", one.pk, "--verdict", verdict, "--text", "Yes.").code
        for verdict in ("adopted", "declined", "odd")
    ]
    assert (codes, one.answer.verdict) == ([0, 3, 2], "adopted")


def test_a_comment_is_blacked_out_by_an_act(opened: Said, yupana: Yupana) -> None:
    one = say()
    refused, said = (yupana("consult", "erase", one.pk, "--act", act) for act in (" ", "RM 1"))
    verdict = yupana("verify", "--json").json["ok"]
    assert (refused.code, said.code, Comment.objects.get().text, verdict) == (1, 0, BLACKED_OUT, True)


@pytest.mark.parametrize(
    "command", [("answer", "999", "--verdict", "adopted", "--text", "x"), ("erase", "999", "--act", "x")]
)
def test_a_comment_that_is_not_there_is_rejected(yupana: Yupana, command: tuple[str, ...]) -> None:
    said = yupana("consult", *command)
    assert (said.code, "no such comment" in said.err) == (1, True)


def test_repealing_names_the_calls_that_stay_open(yupana: Yupana) -> None:
    make_entities()
    make_edition()
    call = make_call()
    said = yupana("repeal", "PLAN/1", "--act", "Ley 9", "--reason", "Ya no rige.", "--on", "2026-01-15")
    assert (
        said.code,
        f"The call {call.code} stays open" in said.out,
        Edition.objects.get().state,
        unsealed_count(),
    ) == (
        0,
        True,
        "repealed",
        0,
    )


@pytest.mark.parametrize(("day", "code"), [("2999-01-01", 1), ("2020-01-01", 1)])
def test_a_day_that_cannot_be_is_rejected(yupana: Yupana, day: str, code: int) -> None:
    published()
    said = yupana("repeal", REF, "--act", "Ley 9", "--reason", "No.", "--on", day)
    assert (said.code, Edition.objects.get().state) == (code, "published")
