"""One byte string for one value."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.foundation.kernel.canonical import Plain, canonical, content_digest

LEAVES = st.none() | st.booleans() | st.integers() | st.text()
VALUES = st.recursive(LEAVES, lambda each: st.lists(each) | st.dictionaries(st.text(), each), max_leaves=12)


class Colour(StrEnum):
    RED = "red"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, b"null"),
        (True, b"true"),
        (7, b"7"),
        ("Ñandú", '"Ñandú"'.encode()),
        (date(2024, 2, 29), b'"2024-02-29"'),
        (Colour.RED, b'"red"'),
        ((1, [2]), b"[1,[2]]"),
        ({"b": 1, "a": {"z": None, "y": ""}}, b'{"a":{"y":"","z":null},"b":1}'),
    ],
)
def test_a_value_is_written_like_this(value: Plain, written: bytes) -> None:
    assert canonical(value) == written


@given(VALUES)
def test_what_was_written_is_read_back(value: Plain) -> None:
    assert json.loads(canonical(value).decode("utf-8", "surrogatepass")) == value


@given(st.dictionaries(st.text(), LEAVES))
def test_the_order_in_which_a_value_was_put_together_does_not_matter(value: Mapping[str, Plain]) -> None:
    assert canonical(dict(reversed(list(value.items())))) == canonical(value)


@pytest.mark.parametrize(
    "value",
    [1.5, float("nan"), Decimal(1), b"bytes", {1, 2}, datetime(2024, 1, 1, tzinfo=UTC), {1: "a"}, {None: 1}, object()],
)
def test_what_has_no_single_form_is_refused_wherever_it_stands(value: object) -> None:
    for hidden in (value, [value], {"deep": (value,)}):
        with pytest.raises(TypeError):
            canonical(hidden)  # type: ignore[arg-type] # what the types forbid, a table may still hand over


@given(VALUES, VALUES)
def test_different_values_have_different_digests(one: Plain, other: Plain) -> None:
    assert (content_digest(b"salt", one) == content_digest(b"salt", other)) == (canonical(one) == canonical(other))


def test_a_digest_says_nothing_without_its_salt() -> None:
    assert content_digest(b"one", "yes") != content_digest(b"other", "yes")


def test_a_digest_is_sha_256_of_salt_and_bytes() -> None:
    assert content_digest(b"", None) == "74234e98afe7498fb5daf1f36ac2d78acc339464f950703b8c019892f982b90b"
