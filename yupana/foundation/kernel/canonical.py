"""One byte string for one value, so that a digest means the same thing everywhere and for ever."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Plain: TypeAlias = "str | int | bool | date | None | Sequence[Plain] | Mapping[str, Plain]"


def canonical(value: Plain) -> bytes:
    """Write a value as JSON with sorted keys, no white space and UTF-8 text.

    Dates become ISO 8601 text. Floats are refused with TypeError: their digits differ between machines.
    """
    return json.dumps(
        _plain(value), ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    ).encode("utf-8", "surrogatepass")


def content_digest(salt: bytes, value: Plain) -> str:
    """Commit to a value without showing it: hex SHA-256 of the salt followed by the canonical bytes."""
    return hashlib.sha256(salt + canonical(value)).hexdigest()


def _plain(value: Plain) -> object:
    if isinstance(value, datetime):
        msg = "a moment has no canonical form here; say the day"
        raise TypeError(msg)
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    msg = f"{type(value).__name__} has no canonical form"
    raise TypeError(msg)
