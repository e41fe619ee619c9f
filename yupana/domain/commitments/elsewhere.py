"""Activities of accepted plans that a row may come after: found by their names, or by the lines that they answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from yupana.domain.commitments.facts import row_ref
from yupana.domain.commitments.models import Activity
from yupana.domain.obligations.rules import Visibility
from yupana.domain.submissions.rules import State

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

MOST = 100  # as many as somebody looks through to choose one
_OWED = "submission__obligation__"
_FIELDS = (
    f"{_OWED}call__code",
    *(f"{_OWED}debtor__{name}" for name in ("source", "source_id", "code", "name")),
    "row",
    "name",
)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """One activity of an accepted plan. ``ref`` is its name for ever, ``short`` what people type: "M-05#3"."""

    ref: str
    short: str
    name: str
    entity: str
    source: str
    source_id: str
    row: int


def named(names: Collection[str], reader: int | None = None) -> dict[str, Elsewhere]:
    """Find the activities of these names (`row_ref`) that a body may know of: what is public, and its own."""
    wanted, told = Q(), [each for each in map(_read, sorted(names)) if each is not None]
    if not told:
        return {}
    for call, debtor, row in told:
        source, _, source_id = debtor.partition(":")
        wanted |= Q(
            row=row,
            **{f"{_OWED}call__code": call, f"{_OWED}debtor__source": source, f"{_OWED}debtor__source_id": source_id},
        )
    open_to = Q(**{f"{_OWED}call__visibility": Visibility.PUBLIC})
    open_to |= Q(**{f"{_OWED}debtor": reader}) if reader else Q()
    return {each.ref: each for each in _found(wanted & open_to)}


def answering(items: Collection[int], reader: int) -> tuple[Elsewhere, ...]:
    """List public activities of other bodies that answer some items, those of the highest level first; MOST at most."""
    public = Q(item__in=items, **{f"{_OWED}call__visibility": Visibility.PUBLIC, f"{_OWED}transfer": None})
    return tuple(_found(public & ~Q(**{f"{_OWED}debtor": reader}), most=MOST)) if items else ()


def _found(wanted: Q, most: int | None = None) -> Iterator[Elsewhere]:
    held = Activity.objects.filter(wanted, submission__state=State.ACCEPTED)
    order = (f"{_OWED}level__rank", f"{_OWED}debtor__sort_key", "submission", "row")
    for call, source, source_id, code, entity, row, name in held.order_by(*order).values_list(*_FIELDS)[:most]:
        ref = row_ref(call, f"{source}:{source_id}", row)
        yield Elsewhere(ref, f"{code}#{row}", name, entity, source, source_id, row)


def _read(name: str) -> tuple[str, str, int] | None:
    """Read what `row_ref` writes; None where it is no such name."""
    plan, _, row = name.rpartition("#")
    call, _, debtor = plan.partition("@")
    plain = row.isascii() and row.isdigit() and len(row) < 9  # noqa: PLR2004 (what a column of rows can hold)
    return (call, debtor, int(row)) if plain and "\0" not in name else None
