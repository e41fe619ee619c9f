"""Rows as a tree, whatever they say of their parents."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yupana.domain.instruments.facts import ItemRole, ItemRow

MOST_LEVELS = 20  # deeper items hang on the last level: programs give up on trees that are deeper


def key(row: ItemRow) -> tuple[ItemRole, str]:
    """Name a row as rows below it do."""
    return row.role, row.code


class Tree:
    """The rows of a manuscript by their number: which stand at the root, and which below which."""

    def __init__(self, rows: Sequence[ItemRow]) -> None:
        """Hang each row on the first one of its parent's key; who hangs on itself, or too deep, is hung higher."""
        self.rows = rows
        first = {key(row): at for at, row in reversed(list(enumerate(rows)))}
        self.above = [first.get(row.parent) if row.parent else None for row in rows]
        self.below: dict[int | None, list[int]] = {}
        depth: dict[int, int] = {}
        for at in range(len(rows)):
            self._hang(at, depth)
        for at, above in enumerate(self.above):
            self.below.setdefault(above, []).append(at)

    def order(self) -> list[int]:
        """List all rows, each after the one that it hangs on and before the next that hangs on the same."""
        ordered: list[int] = []
        waiting = self.below.get(None, [])[::-1]
        while waiting:
            ordered.append(waiting.pop())
            waiting += self.below.get(ordered[-1], [])[::-1]
        return ordered

    def moved(self) -> list[ItemRow]:
        """List the rows that do not hang where they say."""
        parents = [None if above is None else key(self.rows[above]) for above in self.above]
        return [row for row, parent in zip(self.rows, parents, strict=True) if row.parent != parent]

    def _hang(self, at: int, depth: dict[int, int]) -> None:
        """Settle a row and all above it, from the top down."""
        path: list[int] = []
        met: set[int] = set()
        step: int | None = at
        while step is not None and step not in depth:
            if step in met:  # it stands below itself: cut where the circle was entered
                self.above[path[-1]] = None
                break
            path.append(step)
            met.add(step)
            step = self.above[step]
        for each in reversed(path):
            above = self.above[each]
            while above is not None and depth[above] >= MOST_LEVELS:
                above = self.above[above]
            self.above[each] = above
            depth[each] = 0 if above is None else depth[above] + 1
