"""The JSON itself: a file of bounded size and depth becomes plain values that every database can keep."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.report import Note
from yupana.interfaces.interchange.plain import MOST_DEPTH, keepable, too_deep
from yupana.interfaces.interchange.tables import read_bytes

if TYPE_CHECKING:
    from pathlib import Path

KINDS = ("catalog", "profile")
_HEAD = 64 * 1024
_SAYS_SO = re.compile(r'\s*\{\s*(?:"\$schema"\s*:\s*"[^"]*"\s*,\s*)?"(?:catalog|profile)"\s*:\s*\{')
_MAY_BE_UNKEEPABLE = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")


@dataclass(frozen=True, slots=True)
class Document:
    """A file, read: what kind of document it holds, its body, what stands beside it, and what was mended."""

    name: str
    kind: str
    body: dict[str, Any]
    beside: dict[str, Any]
    digest: str
    mended: tuple[Note, ...]


def recognises(path: Path) -> bool:
    """Whether a file begins like an OSCAL catalogue or profile in JSON."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return False
    return _SAYS_SO.match(head.decode("utf-8-sig", "replace")) is not None


def read_document(path: Path) -> Document:
    """Read a file; Refused with the place where it is no JSON, too deep, or neither a catalogue nor a profile."""
    data = read_bytes(path)
    mended: list[Note] = []
    whole = _load(data, path.name, mended)
    kind = next((kind for kind in KINDS if isinstance(whole, dict) and isinstance(whole.get(kind), dict)), "")
    if not kind:
        raise Refused("oscal-neither", where=path.name)
    beside = {name: value for name, value in whole.items() if name != kind}
    return Document(path.name, kind, whole[kind], beside, hashlib.sha256(data).hexdigest(), tuple(mended))


def _load(data: bytes, name: str, mended: list[Note]) -> Any:  # noqa: ANN401 (whatever a file says)
    text = _decoded(data, name)

    def as_text(number: str) -> str:
        mended.append(Note(name, "json-number-kept-as-text", number[:80]))
        return number

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            _tell_lost(name, pairs, mended)
        return made

    try:
        whole = json.loads(text, parse_float=as_text, parse_constant=as_text, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        raise Refused("json-malformed", where=f"{name}:{error.lineno}", problem=error.msg) from error
    except RecursionError as error:
        raise Refused("json-too-deep", where=name, most=MOST_DEPTH) from error
    except ValueError as error:  # a number with more digits than Python reads
        raise Refused("json-malformed", where=name, problem=_("a number is too long")) from error
    if too_deep(whole):
        raise Refused("json-too-deep", where=name, most=MOST_DEPTH)
    return _kept(whole, name, mended) if _MAY_BE_UNKEEPABLE.search(text) else whole


def _decoded(data: bytes, name: str) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Refused("json-not-utf8", where=f"{name}:{line}") from error
    if "\0" in text:
        raise Refused("text-has-nul", where=f"{name}:{text.count(chr(10), 0, text.index(chr(0))) + 1}")
    return text


def _tell_lost(name: str, pairs: list[tuple[str, Any]], mended: list[Note]) -> None:
    """List what is said twice in one object: of a repeated name the last value counts."""
    last = {key: at for at, (key, _value) in enumerate(pairs)}
    mended.extend(
        Note(name, "json-name-repeated", f"{key}: {json.dumps(value, ensure_ascii=False)[:200]}")
        for at, (key, value) in enumerate(pairs)
        if last[key] != at
    )


def _kept(value: Any, name: str, mended: list[Note]) -> Any:  # noqa: ANN401 (whatever a file says)
    """Put a mark where text holds what no database keeps: NUL, and halves of characters."""
    if isinstance(value, str):
        clean = keepable(value)
        if clean != value:
            mended.append(Note(name, "text-unkeepable", clean[:80]))
        return clean
    if isinstance(value, list):
        return [_kept(each, name, mended) for each in value]
    if isinstance(value, dict):
        return {_kept(key, name, mended): _kept(each, name, mended) for key, each in value.items()}
    return value
