"""One byte string for one value, so that a digest means the same thing everywhere and for ever."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Plain: TypeAlias = "str | int | bool | date | Sequence[Plain] | Mapping[str, Plain] | None"


def canonical(value: Plain) -> bytes:
    """Write a value as JSON with sorted keys, no white space and UTF-8 text.

    Dates become ISO 8601 text. Floats are refused with TypeError: their digits differ between machines.
    """
    return json.dumps(_plain(value), ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def content_digest(salt: bytes, value: Plain) -> str:
    """Commit to a value without showing it: hex SHA-256 of the salt followed by the canonical bytes."""
    return hashlib.sha256(salt + canonical(value)).hexdigest()


def _plain(value: Plain) -> object:
    if isinstance(value, datetime):
        raise TypeError("a moment has no canonical form here; say the day")
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {_name(key): _plain(each) for key, each in value.items()}
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _name(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError(f"{key!r} is no name")  # as text, 1 and "1" would become one
    return key
