"""A list that stays in the database: counted there, read a page at a time, or whole in constant memory."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from django.db.models import QuerySet

T = TypeVar("T")
STRIDE = 1000


class Rows(Generic[T]):
    """Rows of a query that chooses and orders: ``built`` makes only those that are read, in the order of their keys.

    So a page costs what its own rows cost, and all of them cost ``built`` once for every STRIDE of them.
    """

    def __init__(self, chosen: QuerySet[Any], built: Callable[[Sequence[int]], Sequence[T]]) -> None:
        self._keys, self._built = chosen.values_list("pk", flat=True), built

    def __len__(self) -> int:
        """Count them, in one query."""
        return self._keys.count()

    def __getitem__(self, part: slice) -> Sequence[T]:
        """Read a page of them."""
        return self._built(list(self._keys[part]))

    def __iter__(self) -> Iterator[T]:
        """Read them all, one after the other."""
        keys = self._keys.iterator(STRIDE)
        while stride := list(islice(keys, STRIDE)):
            yield from self._built(stride)
