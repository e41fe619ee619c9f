"""Which rows of a draft a form speaks of: read again, it changes them and does not add them a second time."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from yupana.foundation.kernel.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEYS = (("name", "responsible", "result", "indicator"), ("name", "responsible"), ("name",))
"""By what two rows are the same, the surest first; the last one only where it is unique on both sides."""
Cells = dict[str, str]


def align(told: Mapping[str, Any], stored: Mapping[int, Mapping[str, str]], *, free: int) -> dict[str, Any]:
    """Lay what was read over the rows of a draft: ``free`` is the first number that no version has used.

    An empty cell of a form takes nothing away, and rows that the form does not name stay.
    """
    pairs = _pairs(told["rows"], stored)
    base: dict[str, Cells] = {}
    rows: dict[str, Cells] = {}
    where: dict[str, Cells] = {}
    for old, cells in told["rows"].items():
        number = pairs.get(old)
        if number is None:
            new, free = str(free), free + 1
            rows[new] = dict(cells)
        else:
            new = str(number)
            base[new] = {name: text for name, text in stored[number].items() if text}
            rows[new] = {**base[new], **cells, **_notes(base[new], cells)}
        where[new] = told["where"][old]
    return {**told, "base": base, "rows": rows, "where": where}


def _pairs(rows: Mapping[str, Cells], stored: Mapping[int, Mapping[str, str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    taken: set[int] = set()
    for names in _KEYS:
        whole, there = _by(names, rows), _by(names, stored)
        for key, ours in whole.items():
            theirs = there.get(key, [])
            if len(names) > 1 or len(ours) == len(theirs) == 1:
                free = (number for number in theirs if number not in taken)
                new = dict(zip((at for at in ours if at not in found), free, strict=False))
                found |= new
                taken |= {*new.values()}
    return found


def _by(names: tuple[str, ...], rows: Mapping[Any, Mapping[str, str]]) -> dict[tuple[str, ...], list[Any]]:
    found: dict[tuple[str, ...], list[Any]] = defaultdict(list)
    for at, cells in rows.items():
        found[tuple(fold(cells.get(name, "")) for name in names)].append(at)
    return found


def _notes(old: Cells, new: Cells) -> Cells:
    """Put new notes in place of those behind the same titles, and leave what somebody wrote beside them."""
    if not new.get("notes") or not old.get("notes"):
        return {}
    lines = new["notes"].split("\n")
    titles = {line.partition(": ")[0] for line in lines}
    own = [line for line in old["notes"].split("\n") if line.partition(": ")[0] not in titles]
    return {"notes": "\n".join([*own, *lines])}
