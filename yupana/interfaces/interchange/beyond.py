"""What a format cannot say about an item: said beside it in our own words, so that a file gives back what it got.

A writer writes what its format knows, reads that again, and adds the fields that came out differently. A reader
reads what the format says and then what was added.
"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import TYPE_CHECKING

from yupana.domain.instruments.facts import Heading, ItemRole, ItemRow, Origin, OriginKind, Target, Transition

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from yupana.domain.instruments.facts import Manuscript
    from yupana.foundation.kernel.canonical import Plain

MOST_DIGITS = 400  # before or behind the point: nobody means more
FIELDS = tuple(field.name for field in fields(ItemRow) if field.name != "where")
COVER = tuple(field.name for field in fields(Heading))


def lacking(read: ItemRow, meant: ItemRow) -> dict[str, Plain]:
    """Say in plain values each field in which what a reader sees differs from what was meant."""
    return {name: _plain(getattr(meant, name)) for name in FIELDS if getattr(read, name) != getattr(meant, name)}


def cover_lacking(read: Heading, meant: Heading) -> dict[str, Plain]:
    """Say each line of a cover in which what a reader sees differs from what was meant."""
    return {name: getattr(meant, name) for name in COVER if getattr(read, name) != getattr(meant, name)}


def amended(row: ItemRow, told: Mapping[str, Any]) -> ItemRow:
    """Put right what was told beside an item; ValueError where that cannot be understood."""
    try:
        return replace(row, **{name: _READ[name](value) for name, value in told.items()})
    except (TypeError, ArithmeticError, KeyError, AttributeError) as error:
        raise ValueError(str(error)) from error


def cover_amended(heading: Heading, told: Mapping[str, Any]) -> Heading:
    """Put right what was told beside a cover; ValueError where that cannot be understood."""
    if not all(name in COVER and isinstance(value, str) for name, value in told.items()):
        raise ValueError(f"{sorted(told)} is not all text of a cover")
    return replace(heading, **told)


def more_of(value: Any) -> Mapping[str, Plain]:  # noqa: ANN401 (whatever a file says)
    """Take what a format says beyond the fields; ValueError where it is no mapping."""
    if not isinstance(value, dict):
        raise ValueError("this is no mapping")  # noqa: TRY004 (one error for whatever a file says wrongly)
    return value


def section(owner: ItemRow | Manuscript, name: str) -> dict[str, Any]:
    """What one format kept about an item or a whole; a copy."""
    kept = owner.more.get(name)
    return dict(kept) if isinstance(kept, dict) else {}


def _plain(value: Any) -> Plain:  # noqa: ANN401 (a field of whatever type)
    if isinstance(value, Target):
        return value.plain()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [[each.kind.value, each.lineage] if isinstance(each, Origin) else str(each) for each in value]
    plain: Plain = value
    return plain


def _text(value: Any) -> str:  # noqa: ANN401 (whatever a file says)
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is no text")  # noqa: TRY004 (one error for whatever a file says wrongly)
    return value


def _only(kind: type, value: Any) -> Any:  # noqa: ANN401 (whatever a file says)
    if value is not None and type(value) is not kind:
        raise ValueError(f"{value!r} is no {kind.__name__}")
    return value


def _key(value: Any) -> tuple[ItemRole, str] | None:  # noqa: ANN401 (whatever a file says)
    if value is None:
        return None
    role, code = value
    return ItemRole(role), _text(code)


def _target(value: Any) -> Target | None:  # noqa: ANN401 (whatever a file says)
    if value is None:
        return None
    target = Target.read({_text(name): _text(said) for name, said in value.items()})
    for number in (target.number, target.baseline):
        if number is not None and not (number.is_finite() and abs(number.adjusted()) <= MOST_DIGITS):
            raise ValueError(f"{number} is no number of a target")
    return target


_READ: dict[str, Callable[[Any], Any]] = {
    "role": ItemRole,
    "code": _text,
    "text": _text,
    "parent": _key,
    "binds": lambda value: _only(bool, value),
    "body": _text,
    "legal_basis": _text,
    "due_on": lambda value: None if value is None else date.fromisoformat(value),
    "audience": _text,
    "stake": lambda value: _only(int, value),
    "transition": Transition,
    "target": _target,
    "lineage": _text,
    "origins": lambda value: tuple(Origin(OriginKind(kind), _text(lineage)) for kind, lineage in value),
    "more": more_of,
}
