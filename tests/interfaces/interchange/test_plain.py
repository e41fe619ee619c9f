from datetime import date
from typing import Any

import pytest

from yupana.foundation.kernel.canonical import canonical
from yupana.interfaces.interchange.plain import MOST_DEPTH, dumps, keepable, loads, too_deep


def nested(levels: int) -> Any:  # noqa: ANN401 (lists in lists)
    value: Any = "x"
    for _each in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(("levels", "deep"), [(0, False), (MOST_DEPTH, False), (MOST_DEPTH + 1, True)])
def test_depth_has_an_end(levels: int, deep: bool) -> None:
    assert too_deep(nested(levels)) == deep


def test_depth_is_counted_in_objects_as_well() -> None:
    value: Any = {}
    for _each in range(MOST_DEPTH + 1):
        value = {"a": value, "b": []}
    assert too_deep(value)


@pytest.mark.parametrize(
    "text",
    ["", "{", '"\\u0000"', '["\\ud800"]', '{"\\udc00": 1}', "[" * 100_000, "[" * 70 + "]" * 70, "1" * 5000],
)
def test_what_cannot_be_kept_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        loads(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.50", "1.50"), ("NaN", "NaN"), ("-Infinity", "-Infinity"), ('"\\ud83d\\ude00"', "😀"), ('"\\u00f1"', "ñ")],
)
def test_what_is_read_has_a_canonical_form(text: str, value: str) -> None:
    assert (loads(text), bool(canonical(loads(text)))) == (value, True)


def test_days_are_written_as_text_and_other_things_not_at_all() -> None:
    assert dumps({"a": date(2027, 1, 31), "ñ": 1}, only_ascii=True) == '{"a": "2027-01-31", "\\u00f1": 1}'
    with pytest.raises(TypeError, match="object has no form"):
        dumps(object(), only_ascii=False)


@pytest.mark.parametrize(("text", "kept"), [("a\0b", "a\ufffdb"), ("\ud800", "\ufffd"), ("ñ😀\x01", "ñ😀\x01")])
def test_a_mark_stands_for_what_no_database_keeps(text: str, kept: str) -> None:
    assert keepable(text) == kept
