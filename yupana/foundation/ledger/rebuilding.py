"""Rebuilding what stands behind the entries: a row that cannot be read breaks its own entry and no other."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model

from yupana.foundation.ledger.queries import Content, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from django.db.models import QuerySet

    from yupana.foundation.kernel.canonical import Plain

M = TypeVar("M", bound=Model)

CHUNK = 500
# All that a value which no program of ours wrote can bring about while it is read, converted or digested.
UNREADABLE = (
    ValueError,
    TypeError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    ObjectDoesNotExist,
)


class Contradiction(ValueError):  # noqa: N818 (a finding, not a failure)
    """What a row says now is not what its sealed history makes of it."""


def expect(*, found: object, due: object) -> None:
    """Raise where a row says something else than follows from the record."""
    if found != due:
        raise Contradiction(f"{found!r} instead of {due!r}")


def rebuilt(
    rows: QuerySet[M], content: Callable[[M], Plain], *, entry: str = "entry", chunk: int = CHUNK
) -> Iterator[Content]:
    """Rebuild the content behind each row that names an entry, in a few statements a chunk.

    ``content`` may raise: on a value of another kind, a missing row, a Contradiction. That row's content is then
    Unreadable, which fits no entry, and all others are read as ever.
    """
    known = rows.filter(**{f"{entry}__isnull": False}).order_by("pk").values_list("pk", f"{entry}_id")
    keys = known.iterator(chunk_size=2000)
    while some := list(islice(keys, chunk)):
        yield from _chunk(rows, some, content)


def _chunk(rows: QuerySet[M], keys: Sequence[tuple[int, int]], content: Callable[[M], Plain]) -> Iterator[Content]:
    try:
        found = {row.pk: row for row in rows.filter(pk__in=[key for key, _ in keys])}
    except UNREADABLE:
        if len(keys) == 1:
            yield Content(keys[0][1], Unreadable())
            return
        for one in keys:
            yield from _chunk(rows, [one], content)
        return
    for key, entry in keys:
        yield Content(entry, _value(found, key, content))


def _value(found: dict[int, M], key: int, content: Callable[[M], Plain]) -> Plain | Unreadable:
    try:
        return content(found[key])
    except UNREADABLE:
        return Unreadable()
