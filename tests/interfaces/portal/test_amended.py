"""What the page of a public body says of a plan that was changed after it was accepted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.cast import AMENDED, Cast, make_call, make_edition, make_plan, obligation_of
from tests.interfaces.portal.stage import page, row, words
from yupana.domain.commitments.facts import Money, Value

if TYPE_CHECKING:
    from django.test import Client

A = "/en/entidades/cast/4/"


@pytest.fixture
def amended(cast: Cast) -> Cast:
    make_edition()
    owed = obligation_of(make_call(), cast.a)
    first = row(programmed=(Value("2027", 10_0000),), money=(Money(2027, 100_00),))
    make_plan(cast, owed, [first])
    make_plan(
        cast, owed, [replace(first, target="8", programmed=(Value("2027", 8_0000),), money=(Money(2027, 80_00),))]
    )
    return cast


def test_the_first_promise_stands_beside_the_one_that_holds_now(client: Client, amended: Cast) -> None:
    said = [words(each) for each in page(client, A).select("#a1 p")]
    assert said == [
        f"reprogrammed Target: first 100 · now 8 (changed by {AMENDED.act})",
        f"reprogrammed 2027: first 10 · now 8 (changed by {AMENDED.act})",
        f"reprogrammed Budget 2027: first 100,00 · now 80,00 (changed by {AMENDED.act})",
    ]


def test_what_changed_is_told_with_its_reason_and_its_act(client: Client, amended: Cast) -> None:
    found = page(client, A).select_one("details")
    assert found
    assert AMENDED.act in words(found)
    assert AMENDED.reason in words(found)
    assert [(words(each.select_one("del")), words(each.select_one("ins"))) for each in found.select("dd")] == [
        ("100", "80"),
        ("100", "8"),
        ("10", "8"),
    ]


def test_a_plan_that_never_changed_says_nothing_of_it(client: Client, cast: Cast) -> None:
    make_edition()
    make_plan(cast, obligation_of(make_call(), cast.a))
    assert page(client, A).select("details, #a1 p") == []
