"""JSON as formats carry it: plain values of bounded depth, with nothing in their text that no database keeps."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

MOST_DEPTH = 60
_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")
MARK = "\ufffd"  # stands where a character could not


def too_deep(whole: object) -> bool:
    """Whether objects and lists stand deeper in each other than anything that people write."""
    level: list[Any] = [[whole]]
    for _each in range(MOST_DEPTH + 1):
        inside = [list(each.values()) if isinstance(each, dict) else each for each in level]
        level = [below for each in inside for below in each if isinstance(below, (dict, list))]
        if not level:
            return False
    return True


def keepable(text: str) -> str:
    """Put a mark for what no database keeps: NUL, and halves of characters."""
    return _UNKEEPABLE.sub(MARK, text)


def loads(text: str) -> Any:  # noqa: ANN401 (whatever a file says)
    """Read JSON, its numbers with a point as text; ValueError where it is none that a database keeps."""
    try:
        value = json.loads(text, parse_float=str, parse_constant=str)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    if too_deep(value) or ("\\u" in text and not _is_keepable(value)):
        raise ValueError("it holds what cannot be kept")
    return value


def dumps(value: object, *, only_ascii: bool) -> str:
    """Write a value as JSON on one line, days as ISO 8601."""
    return json.dumps(value, default=_day, ensure_ascii=only_ascii)


def _is_keepable(value: Any) -> bool:  # noqa: ANN401 (whatever a file says)
    if isinstance(value, str):
        return _UNKEEPABLE.search(value) is None
    if isinstance(value, dict):
        return all(_is_keepable(name) and _is_keepable(each) for name, each in value.items())
    return all(map(_is_keepable, value)) if isinstance(value, list) else True


def _day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")
