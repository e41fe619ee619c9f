"""What a code on paper stands for, and what it never tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client

from tests.cast import ACCEPTED_ON, Cast, hand_in, make_call, make_edition, make_plan, obligation_of
from yupana.domain.commitments.actions import erase_plan
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.errors import Missing
from yupana.foundation.ledger import guards
from yupana.foundation.ledger.models import Checkpoint, Entry
from yupana.foundation.ledger.proving import Proof
from yupana.foundation.ledger.rules import RESERVED, read_leaf
from yupana.projections.followers import tick
from yupana.projections.overviews.printed import by_code, code_of, for_everybody

if TYPE_CHECKING:
    from yupana.domain.submissions.models import Submission


@pytest.fixture
def plan(cast: Cast) -> Submission:
    """An accepted plan, sealed in two steps, with others before it."""
    make_edition()
    tick()
    made = make_plan(cast, obligation_of(make_call(), cast.a))
    tick()
    return made


def code(version: Submission) -> str:
    return code_of(Entry.objects.get(submission=version))


def test_the_code_is_the_position_and_the_head_of_the_digest(plan: Submission) -> None:
    entry = Entry.objects.get(submission=plan)
    digest = read_leaf(bytes(entry.leaf)).content
    assert code(plan) == f"{entry.position}-{digest[:4]}-{digest[4:8]}-{digest[8:12]}"


def test_what_was_accepted_is_proved_and_readable(plan: Submission) -> None:
    found = by_code(code(plan))
    assert (found.version, found.proof, found.readable) == (plan, Proof.PROVED, True)


@pytest.mark.parametrize(
    "typed", ["{}", "  {} ", "UPPER", "JOINED", "SPACED", "ONLY SPACES", "DASHED", "http://a.example/verificar/{}/"]
)
def test_it_is_read_as_people_type_it(plan: Submission, typed: str) -> None:
    right = code(plan)
    position, _, rest = right.partition("-")
    ways = {
        "UPPER": right.upper(),
        "JOINED": f"{position}-{rest.replace('-', '')}",
        "SPACED": right.replace("-", " - "),
        "ONLY SPACES": right.replace("-", " ").upper(),
        "DASHED": right.replace("-", "\u2013"),
    }
    assert by_code(ways.get(typed, typed.format(right))).version == plan


@pytest.mark.parametrize(
    "wrong", ["", "x", "1", "-", "1-", "9" * 40, "\uff11-abcd-abcd-abcd", "0-0000-0000-0000", "1-ab%-"]
)
def test_a_wrong_code_is_no_plan(plan: Submission, wrong: str) -> None:
    with pytest.raises(Missing):
        by_code(wrong)


def test_one_wrong_letter_is_a_wrong_code(plan: Submission) -> None:
    right = code(plan)
    other = right[:-1] + ("0" if right[-1] != "0" else "1")
    answer = Client().get(f"/en/verificar/{other}/")
    assert (answer.status_code, b"No public plan has this code" in answer.content) == (404, True)


def test_an_entry_of_another_kind_is_no_plan(plan: Submission) -> None:
    other = Entry.objects.exclude(submission=plan).earliest("pk")
    with pytest.raises(Missing):
        by_code(code_of(other))


def test_of_what_is_restricted_a_code_proves_the_entry_and_tells_no_plan(cast: Cast) -> None:
    make_edition()
    secret = make_plan(cast, obligation_of(make_call(visibility="restricted"), cast.a))
    tick()
    others = Entry.objects.filter(submission=None, position__isnull=False)
    reserved = [each for each in others if read_leaf(bytes(each.leaf)).verb == RESERVED]
    found = [by_code(each) for each in (code(secret), *map(code_of, reserved))]
    assert {(each.version, each.proof, each.readable) for each in found} == {(None, Proof.PROVED, False)}
    assert len(found) > 1  # what is no plan is told alike
    shown = Client().get(f"/en/verificar/{code(secret)}/").content.decode()
    assert ("as a reserved entry" in shown, "Ábaco" in shown, found[0].digest in shown) == (True, False, True)
    with pytest.raises(Missing):
        for_everybody(secret.pk)


def test_a_letter_changed_in_the_tables_is_seen(plan: Submission) -> None:
    right = code(plan)
    guards.remove(connection)
    plan.activities.update(name="Contar otra cosa")
    assert by_code(right).proof is Proof.CHANGED


@pytest.mark.parametrize("what", ["root", "missing"])
def test_a_log_that_is_not_as_it_was_sealed_is_seen(plan: Submission, what: str) -> None:
    right = code(plan)
    guards.remove(connection)
    last = Checkpoint.objects.latest("size")
    if what == "root":
        Checkpoint.objects.filter(pk=last.pk).update(root=b"x" * 32)
    else:
        last.delete()
    assert by_code(right).proof is Proof.BROKEN


def test_what_was_erased_was_still_handed_in(plan: Submission) -> None:
    right = code(plan)
    erase_plan(actor=OPERATOR, submission=plan, act="RA 1", on=ACCEPTED_ON)
    assert by_code(right).proof is Proof.ERASED


def test_before_it_is_sealed_there_is_no_code(cast: Cast) -> None:
    make_edition()
    waiting = hand_in(cast.inti, obligation_of(make_call(), cast.a))
    assert code(waiting) == ""


def test_a_code_is_typed_on_the_page_of_the_record(plan: Submission) -> None:
    answer = Client().get("/en/verificar/", {"code": f" {code(plan)} "})
    assert answer["Location"] == f"/en/verificar/{code(plan)}/"
    assert b"The record proves it" in Client().get(answer["Location"]).content
