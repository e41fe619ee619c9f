"""JSON from anybody: what is none is refused with its place, what is doubtful as well."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from yupana.foundation.kernel.errors import Refused
from yupana.interfaces.interchange.strict import MOST_DEPTH, parse_json, read_json

if TYPE_CHECKING:
    from pathlib import Path

LETTERS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | LETTERS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(LETTERS, inner, max_size=3),
    max_leaves=10,
)


@given(value=PLAIN)
def test_what_is_plain_is_read_as_it_is(value: object) -> None:
    assert parse_json(json.dumps(value), "x") == value


def test_a_fraction_is_kept_as_it_is_written() -> None:
    assert parse_json("[1.10, 2, -3e5]", "x") == ["1.10", 2, "-3e5"]


@pytest.mark.parametrize(
    ("text", "where", "problem"),
    [
        ('{"a": 1,\n"b": }', "x:2", "Expecting value"),
        ('{"a": }', "x", "Expecting value"),
        ('{"a": 1, "a": 2}', "x", "“a” stands twice in one object"),
        ("[NaN]", "x", "NaN is no number"),
        ("[-Infinity]", "x", "-Infinity is no number"),
        ('["\\ud800"]', "x", "a text holds NUL or half a letter"),
        ('{"\\u0000": 1}', "x", "a text holds NUL or half a letter"),
        ("[" * 100_000, "x", "it is nested too deeply"),
        ("[" * (MOST_DEPTH + 2) + "]" * (MOST_DEPTH + 2), "x", "it is nested too deeply"),
    ],
)
def test_what_is_none_is_refused_with_its_place(text: str, where: str, problem: str) -> None:
    with pytest.raises(Refused) as caught, translation.override("en"):
        parse_json(text, "x")
    assert (caught.value.code, caught.value.details) == ("json-malformed", {"where": where, "problem": problem})


def test_it_may_be_as_deep_as_the_limit() -> None:
    text = "[" * MOST_DEPTH + "]" * MOST_DEPTH
    assert json.dumps(parse_json(text, "x")) == text


def test_a_number_of_any_length_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        parse_json("9" * 5000, "x")
    assert caught.value.code == "json-malformed"


def test_a_file_may_begin_with_a_mark(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_bytes(b'\xef\xbb\xbf{"a": 1}')
    assert read_json(tmp_path / "x.json") == {"a": 1}
