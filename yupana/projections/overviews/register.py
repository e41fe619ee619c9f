"""The register seen from above: where its tree begins, what its territories are called; and lists cut into pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from yupana.domain.entities import public as entities
from yupana.domain.entities.models import Entity
from yupana.domain.entities.queries import territory_names

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")
U = TypeVar("U")
T_co = TypeVar("T_co", covariant=True)


class Paged(Protocol[T_co]):
    """What pages can be cut from."""

    def __len__(self) -> int: ...
    def __getitem__(self, part: slice, /) -> Sequence[T_co]: ...


@dataclass(frozen=True, slots=True)
class Cut(Generic[T]):
    """One page of a list: ``page`` counts from 1, ``total`` is the length of the whole list."""

    rows: tuple[T, ...]
    total: int
    page: int
    pages: int

    def told(self, words: Callable[[T], U]) -> Cut[U]:
        """The same page, each row put into words."""
        return Cut(tuple(words(row) for row in self.rows), self.total, self.page, self.pages)


def cut(rows: Paged[T], page: int, size: int) -> Cut[T] | None:
    """Cut one page out; the first of an empty list is empty, any other beyond the end is None."""
    total = len(rows)
    pages = max(1, -(-total // size))
    if not 1 <= page <= pages:
        return None
    return Cut(tuple(rows[(page - 1) * size : page * size]), total, page, pages)


@dataclass(frozen=True, slots=True)
class Territory:
    """A territory by the code that bodies carry, and by the name of the group that carries it."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Root:
    """Where a tree of the register begins."""

    source: str
    source_id: str
    name: str


def territories() -> tuple[Territory, ...]:
    """Name the territories that bodies stand in; one without a group of its own keeps its code. Two queries."""
    codes, names = entities.territories(), territory_names()
    return tuple(sorted((Territory(code, names.get(code, code)) for code in codes), key=lambda place: place.name))


def names_of_departments() -> dict[str, str]:
    """Name departments by their codes; two queries."""
    return {place.code: place.name for place in territories()}


def roots() -> tuple[Root, ...]:
    """List the groups at the top of the register."""
    top = Entity.objects.filter(parent=None, bindable=False).order_by("sort_key", "id")
    return tuple(Root(*row) for row in top.values_list("source", "source_id", "name"))
