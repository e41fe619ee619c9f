"""Repealing: only what is in force, by an act and with a reason, once, and seen for ever."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils.translation import override

from tests.domain.instruments.forging import execute, refuses
from tests.domain.instruments.plans import ENACTED, draft, published
from yupana.domain.instruments import actions
from yupana.domain.instruments.facts import EditionState
from yupana.domain.instruments.models import Edition, Repeal
from yupana.foundation.kernel.actor import OPERATOR, Actor, Role
from yupana.foundation.kernel.errors import Conflict, Forbidden, Missing, Refused
from yupana.foundation.ledger.actions import seal
from yupana.foundation.ledger.rules import read_leaf
from yupana.interfaces import words
from yupana.projections import proof

pytestmark = pytest.mark.django_db
ENDED = date(2025, 5, 1)


def repeal(edition: str = "QIPU/1", **more: Any) -> Repeal:  # noqa: ANN401 - whatever the action takes
    told: dict[str, Any] = {"actor": OPERATOR, "act": "D.S. 9", "reason": "A law says it now.", "on": ENDED, **more}
    return actions.repeal(edition=edition, **told)


def test_it_is_out_of_force_by_an_act_and_for_a_reason() -> None:
    published()
    ended = repeal(act="  D.S.  9 ")
    leaf = read_leaf(bytes(ended.entry.leaf))
    assert (ended.edition.code, ended.act, ended.reason, ended.on, Edition.objects.get().state, leaf.verb, leaf.on) == (
        "1",
        "D.S. 9",
        "A law says it now.",
        ENDED,
        EditionState.REPEALED,
        "edition.repealed",
        "2025-05-01",
    )


def test_it_is_proved() -> None:
    published()
    repeal()
    seal()
    assert proof.verify().ok


def test_an_edition_older_than_a_repealed_one_is_refused_in_words_that_do_not_call_that_in_force() -> None:
    published()
    repeal()
    with pytest.raises(Refused) as refused:
        published("2", on=ENACTED - timedelta(days=1))
    with override("en"):
        told = words.sentence(refused.value)
    assert ("before the edition that was published last" in told, "in force" in told) == (True, False)


def test_a_new_edition_follows_what_was_repealed() -> None:
    published()
    repeal()
    two = published("2", on=ENDED + timedelta(days=1))
    seal()
    states = list(Edition.objects.order_by("code").values_list("state", flat=True))
    assert (two.state, states, proof.verify().ok) == ("published", ["repealed", "published"], True)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"act": " "}, "repeal-act"),
        ({"act": "x" * 301}, "repeal-act"),
        ({"reason": "\n"}, "repeal-reason"),
        ({"reason": "x" * 2001}, "repeal-reason"),
        ({"on": ENACTED - timedelta(days=1)}, "repeal-before-publication"),
    ],
)
def test_act_reason_and_day_are_needed(fields: dict[str, Any], why: str) -> None:
    published()
    with pytest.raises(Refused, match=why):
        repeal(**fields)
    assert Edition.objects.get().state == EditionState.PUBLISHED


def test_what_is_not_in_force_is_not_repealed() -> None:
    published()
    published("2", on=ENDED)
    draft("3")
    repeal("QIPU/2")
    for ref in ("QIPU/1", "QIPU/2", "QIPU/3"):
        with pytest.raises(Conflict, match="repeal-not-in-force"):
            repeal(ref)
    with pytest.raises(Missing, match="edition-unknown"):
        repeal("QIPU/4")


def test_only_the_authoritys_planners_repeal() -> None:
    published()
    with pytest.raises(Forbidden, match="edition-planners-only"):
        repeal(actor=Actor(1, frozenset({(Role.REVIEWER, 1)})))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE instruments_repeal SET reason = 'x'",
        "DELETE FROM instruments_repeal",
        "UPDATE instruments_edition SET state = 'published'",
    ],
)
def test_it_stays(sql: str) -> None:
    published()
    repeal()
    assert refuses(sql)


@pytest.mark.parametrize(
    ("sql", "position"),
    [
        ("UPDATE instruments_repeal SET act = 'x'", 1),
        ("UPDATE instruments_edition SET state = 'published'", 0),
        ("DELETE FROM instruments_repeal", 0),
    ],
)
def test_whoever_forges_it_is_named_by_position(unguarded_db: None, sql: str, position: int) -> None:
    published()
    repeal()
    seal()
    execute(sql)
    verdict = proof.verify()
    assert (verdict.ok, verdict.first_broken, verdict.why) == (False, position, "content")


@pytest.mark.parametrize("column", ["reason", "act"])
def test_the_database_refuses_a_repeal_that_says_nothing(unguarded_db: None, column: str) -> None:
    published()
    repeal()
    with pytest.raises(IntegrityError, match="repeal_has_reason_and_act"):
        execute("UPDATE instruments_repeal SET {column} = ''", column=column)
