"""The list below a heading of our own form: what an item says beyond its text and what explains it."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from yupana.domain.instruments.facts import NOBODY, ItemRole, Origin, OriginKind, Target, Transition
from yupana.foundation.kernel.text import fold
from yupana.interfaces.interchange.markdown import form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Key = tuple[ItemRole, str]
_STAKE = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?) ?%")
_NUMBER = re.compile(r"-?\d{1,30}(?:\.\d{1,30})?(?:E[+-]?\d{1,2})?")


def divide(lines: list[str]) -> tuple[list[tuple[str, str]], str]:
    """Divide what stands below a heading into fields, each a label and a value as written, and the text after them."""
    told: list[tuple[str, list[str]]] = []
    at = 0
    while at < len(lines):
        following = next((ahead for ahead in range(at, len(lines)) if lines[ahead].strip()), len(lines))
        if following == len(lines):
            break
        line = lines[following]
        found = form.FIELD.fullmatch(line)
        if found and fold(found["label"]) in form.meanings("fields"):
            told.append((found["label"], [found["value"]] if found["value"] else []))
        elif told and line.startswith(form.MARGIN):
            value = told[-1][1]
            value += [""] * (following - at if value else 0)
            value.append(line.removeprefix(form.MARGIN))
        else:
            break
        at = following + 1
    body = "\n".join(form.unguarded(line) for line in lines[at:]).strip()
    return [(label, "\n".join(value).strip()) for label, value in told], form.plain(body)


def read(told: list[tuple[str, str]]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """Read fields by their names in an item; those that cannot be read come back as they are."""
    found: dict[str, Any] = {}
    misread = []
    for label, value in told:
        name = form.meanings("fields")[fold(label)]
        try:
            found[name] = _READ[name](form.plain(value))
        except (ValueError, KeyError, ArithmeticError, RecursionError):
            misread.append((label, value))
    return found, misread


def _meaning(word: str) -> str:
    return form.meanings("values")[fold(word)]


def _parent(value: str) -> Key | None:
    if value == "-":
        return None
    word, _, code = value.partition(" ")
    return ItemRole(form.meanings("roles")[fold(word)]), form.plain(code)


def _binds(value: str) -> bool:
    return {"yes": True, "no": False}[_meaning(value)]


def _stake(value: str) -> int:
    found = _STAKE.fullmatch(value)
    if found is None:
        raise ValueError(value)
    return int(Decimal(found[1].replace(",", ".")).scaleb(2))


def _audience(value: str) -> str:
    if value.startswith("\\"):
        return value[1:]
    return NOBODY if form.meanings("values").get(fold(value)) == "nobody" else value


def _target(value: str) -> Target:
    told = {_meaning(word): said for word, said in _pairs(value)}
    if not all(_NUMBER.fullmatch(told.get(name, "0")) for name in ("number", "baseline")):
        raise ValueError(value)
    return Target.read(told | ({"source": _meaning(told["source"])} if "source" in told else {}))


def _origins(value: str) -> tuple[Origin, ...]:
    return tuple(Origin(OriginKind(_meaning(word)), lineage) for word, lineage in _pairs(value))


def _more(value: str) -> dict[str, Any]:
    told = json.loads(value)
    if not isinstance(told, dict):
        raise ValueError(value)  # noqa: TRY004 (one error for whatever a file says wrongly)
    return told


def _pairs(value: str) -> Iterator[tuple[str, str]]:
    """Read a list of "- word: value"."""
    for line in value.split("\n") if value else ():
        word, colon, said = line.removeprefix("- ").partition(":")
        if not colon:
            raise ValueError(line)
        yield word, form.plain(said.removeprefix(" "))


_READ: dict[str, Callable[[str], object]] = {
    "parent": _parent,
    "code": str,
    "binds": _binds,
    "legal_basis": str,
    "due_on": date.fromisoformat,
    "audience": _audience,
    "stake": _stake,
    "transition": lambda value: Transition(_meaning(value)),
    "target": _target,
    "lineage": str,
    "origins": _origins,
    "more": _more,
}
