"""A list that stays in the database is the same list, counted, in parts or whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from yupana.domain.entities.models import GovernmentLevel
from yupana.foundation.kernel import rows
from yupana.foundation.kernel.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

CODES = [f"{at}" for at in range(7)]


@pytest.fixture
def levels(db: None) -> Rows[str]:
    """Seven rows, the last first."""
    GovernmentLevel.objects.all().delete()
    GovernmentLevel.objects.bulk_create(GovernmentLevel(code=code, rank=0) for code in CODES)

    def built(keys: Sequence[int | str]) -> list[str]:
        names = GovernmentLevel.objects.in_bulk([str(key) for key in keys])
        return [names[str(key)].code for key in keys]

    return Rows(GovernmentLevel.objects.order_by("-code"), built)


@pytest.mark.parametrize("stride", [1, 3, 7, 100])
def test_the_whole_is_read_in_order_however_it_is_fetched(
    levels: Rows[str], stride: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "STRIDE", stride)
    assert list(levels) == CODES[::-1]


@pytest.mark.parametrize("part", [slice(3), slice(2, 5), slice(6, 9), slice(7, 9), slice(None)])
def test_a_part_is_a_part_of_the_whole(levels: Rows[str], part: slice) -> None:
    assert list(levels[part]) == CODES[::-1][part]


def test_counting_builds_nothing(
    levels: Rows[str], query_budget: Callable[[int], AbstractContextManager[object]]
) -> None:
    with query_budget(1):
        assert len(levels) == 7


@pytest.mark.parametrize(("stride", "queries"), [(100, 2), (4, 3), (2, 5)])
def test_the_whole_costs_one_query_for_each_stride(
    levels: Rows[str],
    query_budget: Callable[[int], AbstractContextManager[object]],
    monkeypatch: pytest.MonkeyPatch,
    stride: int,
    queries: int,
) -> None:
    monkeypatch.setattr(rows, "STRIDE", stride)
    with query_budget(queries):
        assert sum(1 for _ in levels) == 7
