from datetime import date
from typing import Any

import pytest
from hypothesis import given

from tests.interfaces.interchange.manuscripts import JSON, TEXT
from yupana.interfaces.interchange.oscal.grammar import PROP, fits
from yupana.interfaces.interchange.oscal.marks import OURS, apart, marks


@given(value=TEXT | JSON)
def test_any_value_fits_a_property_and_comes_back(value: Any) -> None:  # noqa: ANN401 (any value)
    [prop] = marks({"legal_basis": value})
    assert (fits(PROP, prop), apart([prop])) == (True, ({"legal_basis": value}, []))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("Ley 1", "Ley 1"), ("", '""'), ("12", '"12"'), ("a\nb", '"a\\nb"'), (12, "12"), (True, "true"), (None, "null"),
        (["axis", "1"], '["axis", "1"]'), ("ñ\u2028", '"\\u00f1\\u2028"'), (date(2027, 1, 31), '"2027-01-31"'),
        (" a", '" a"'), ("1.5", "1.5"), ("\u202eabc", '"\u202eabc"'),
    ],
)  # fmt: skip
def test_a_property_is_as_readable_as_it_can_be(value: Any, said: str) -> None:  # noqa: ANN401 (any value)
    assert marks({"a_b": value}) == [{"name": "a-b", "ns": OURS, "value": said}]


def test_the_properties_of_others_are_left_to_them() -> None:
    theirs = [
        {"name": "a", "value": "1"},
        {"name": "a", "ns": "urn:other", "value": "1"},
        "x",
        {"ns": OURS, "value": 5},
    ]
    assert apart([*theirs, {"name": "a", "ns": OURS, "value": "x"}]) == ({"a": "x"}, theirs)


@pytest.mark.parametrize("props", [None, 5, "x", {}])
def test_where_there_are_no_properties_nothing_is_said(props: object) -> None:
    assert apart(props) == ({}, [])


@pytest.mark.parametrize("text", ['"\\u0000"', '["\\ud800"]', "[" * 80 + "]" * 80, "{"])
def test_what_no_database_keeps_stays_text(text: str) -> None:
    assert apart([{"name": "a", "ns": OURS, "value": text}]) == ({"a": text}, [])
