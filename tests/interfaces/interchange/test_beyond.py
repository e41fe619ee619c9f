"""What a format cannot say is said beside it, and what was said there by others is not believed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from tests.interfaces.interchange.manuscripts import HEADINGS, ROWS
from yupana.domain.instruments.facts import (
    Heading,
    ItemRole,
    ItemRow,
    Manuscript,
    Origin,
    OriginKind,
    Target,
    Transition,
)
from yupana.interfaces.interchange.beyond import amended, cover_amended, cover_lacking, lacking, more_of, section
from yupana.interfaces.interchange.plain import dumps, loads

ROW = ItemRow("", ItemRole.LINE, "1", "Texto", None)
COVER = Heading("NUDO", "Nudo", "plan", "1", "Nudo", "")


def test_only_what_differs_is_said() -> None:
    other = replace(
        ROW, where="x:1", due_on=date(2027, 1, 31), target=Target(Decimal("7.5"), "%"), parent=(ItemRole.AXIS, "2"),
        origins=(Origin(OriginKind.MERGE, "abc"),), transition=Transition.END_OF_YEAR, binds=False,
    )  # fmt: skip
    assert lacking(ROW, other) == {
        "due_on": "2027-01-31", "target": {"number": "7.5", "unit": "%"}, "parent": ["axis", "2"],
        "origins": [["merge", "abc"]], "transition": "end_of_year", "binds": False,
    }  # fmt: skip


@given(ROWS, ROWS)
def test_what_is_said_makes_one_row_the_other(read: ItemRow, meant: ItemRow) -> None:
    assert amended(read, loads(dumps(lacking(read, meant), only_ascii=False))) == meant


@given(HEADINGS, HEADINGS)
def test_what_is_said_makes_one_cover_the_other(read: Heading, meant: Heading) -> None:
    assert cover_amended(read, cover_lacking(read, meant)) == meant


@pytest.mark.parametrize(
    "told",
    [
        {"where": "x"}, {"nadie": 1}, {"role": "rey"}, {"code": 1}, {"text": None}, {"parent": "a"}, {"parent": [1]},
        {"parent": ["axis", 2]}, {"binds": "yes"}, {"binds": 1}, {"due_on": "ayer"}, {"due_on": 5}, {"stake": "5"},
        {"stake": True}, {"transition": "luego"}, {"target": 5}, {"target": {"number": "x"}},
        {"target": {"number": "NaN"}}, {"target": {"baseline": "1e999"}},
        {"target": {"number": 5}},
        {"target": {"due_on": "x"}}, {"target": {"source": "x"}}, {"origins": 5}, {"origins": [["x", "y"]]},
        {"origins": [["split"]]}, {"origins": [["split", 1]]}, {"more": []}, {"more": None}, {"body": {}},
    ],
)  # fmt: skip
def test_what_no_item_says_is_a_value_error(told: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        amended(ROW, told)


@pytest.mark.parametrize("told", [{"title": 5}, {"act": "x"}, {"kind": None}])
def test_what_no_cover_says_is_a_value_error(told: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="cover"):
        cover_amended(COVER, told)


@pytest.mark.parametrize("value", [None, [], "x", 5])
def test_only_a_mapping_is_more(value: object) -> None:
    with pytest.raises(ValueError, match="no mapping"):
        more_of(value)


def test_a_section_is_a_copy_and_never_fails() -> None:
    row = replace(ROW, more={"oscal": {"id": "a"}, "stratml": "x"})
    section(row, "oscal")["id"] = "b"
    assert [section(row, each) for each in ("oscal", "stratml", "otro")] == [{"id": "a"}, {}, {}]
    assert section(Manuscript(COVER, (), more={"oscal": {"uuid": "1"}}), "oscal") == {"uuid": "1"}
