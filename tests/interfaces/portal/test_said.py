"""What an item says beyond its statement, in the reader's words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation
from django.utils.html import strip_tags

from yupana.domain.instruments.facts import NOBODY, ItemRole, Target, TargetSource, Transition
from yupana.domain.instruments.public import Node, Told
from yupana.foundation.kernel.share import Share
from yupana.interfaces.portal import said

LINE = Node(1, ItemRole.LINE, "1", "x", 250_000_000, binds=True)
NOTHING = Told("", "", None, "", None, Transition.NOW, None, ())


def english(node: Node, told: Told, *above: Told, share: Share | None = None) -> dict[str, str]:
    with translation.override("en"):
        found = said.facts(node, told, above, share)
        return {name: strip_tags(value).replace("\u202f", " ") for name, value in found}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, {}),
        ({"audience": "level:municipal and not territory:LP"}, {"Binds": "municipal level, except in LP"}),
        ({"audience": NOBODY}, {"Binds": "nobody yet: the text does not say who is responsible"}),
        ({"audience": "((("}, {"Binds": "((("}),
        ({"due_on": date(2020, 12, 31)}, {"To be met by": "Dec. 31, 2020"}),
        ({"transition": Transition.NEXT_PLAN}, {"In force": "from the next annual plan on"}),
        ({"transition": Transition.END_OF_YEAR}, {"In force": "when the year ends"}),
        ({"target": Target(Decimal("70.50"), "%")}, {"To reach": "70.5 %"}),
        ({"target": Target(baseline=Decimal(0), unit="localidades")}, {"Baseline": "0 localidades"}),
        ({"target": Target(due_on=date(2025, 1, 1))}, {"By": "Jan. 1, 2025"}),
        ({"target": Target(source=TargetSource.ASK)}, {"Known by": "asking every public body"}),
        ({"target": Target(source=TargetSource.REPORT)}, {"Known by": "the report of who is responsible"}),
        ({"target": Target(source=TargetSource.COUNT)}, {"Known by": "a count"}),
        (
            {"target": Target(source=TargetSource.COUNT, counted="all")},
            {"Known by": "a count over every public body, with the silent in the base"},
        ),
    ],
)
def test_what_an_item_says_is_said(changed: dict[str, Any], told: dict[str, str]) -> None:
    found = english(LINE, replace(NOTHING, **changed))
    assert {
        name: value.replace("%", " %").replace("  ", " ") for name, value in found.items() if name != "Weight"
    } == told


def test_whom_it_binds_is_said_by_the_nearest_above() -> None:
    above = [replace(NOTHING, audience=each) for each in ("all", "level:municipal", "")]
    assert english(LINE, NOTHING, *above)["Binds"] == "municipal level"


def test_what_binds_nobody_takes_no_audience_from_above() -> None:
    assert english(replace(LINE, binds=False, weight=0), NOTHING, replace(NOTHING, audience="all")) == {}


@pytest.mark.parametrize(
    ("share", "told"),
    [(Share(12, 63), "12 of 63 (19%)"), (Share(0, 0), "nothing due yet"), (Share(0, 5), "0 of 5 (0%)")],
)
def test_who_answers_is_said_with_its_base(share: Share, told: str) -> None:
    assert english(LINE, NOTHING, share=share) == {"Weight": "25%", "Answered": told}


def test_audiences_are_said_in_the_language_of_the_reader() -> None:
    with translation.override("es"):
        assert (
            said.bound(replace(NOTHING, audience="level:departmental or all"))
            == "nivel departamental o todas las entidades públicas"
        )


@pytest.mark.parametrize(
    ("value", "spanish", "written"),
    [
        ("1234.50", "1.234,5", "1,234.5"),
        ("-0.25", "-0,25", "-0.25"),
        ("1000000", "1.000.000", "1,000,000"),
        ("70.00", "70", "70"),
        ("0", "0", "0"),
    ],
)
def test_numbers_are_written_as_the_reader_writes_them(value: str, spanish: str, written: str) -> None:
    with translation.override("es"):
        here = said.decimal(Decimal(value))
    with translation.override("en"):
        assert (here, said.decimal(Decimal(value))) == (spanish, written)
