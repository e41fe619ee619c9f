"""One activity while it is put together from the cells of one row or several."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from yupana.domain.commitments.rules import canonical
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.money import format_cents, parse_cents
from yupana.foundation.kernel.text import squeeze
from yupana.interfaces.interchange.foreign.layout import PARTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_APART = " | "
_AMOUNTS = ("programmed", "current", "accrued")


@dataclass(slots=True)
class Activity:
    """What a row of the plan says, its lines of money, what is kept in its notes; where each stands ("": the row)."""

    where: dict[str, str]
    said: dict[str, str] = field(default_factory=dict)
    money: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    def put(self, name: str, text: str, where: str) -> str:
        """Add a text to a cell, on a line of its own where it says something else; returns why not, "" if it fits."""
        self.where.setdefault(name, where)
        held = self.said.get(name, "")
        new = text if not held or text in held.split("\n") else f"{held}\n{text}"
        if held and text in held.split("\n"):
            return ""
        try:
            self.said[name] = canonical(name, new)
        except Refused as refused:
            return refused.code
        return ""

    def keep(self, title: str, text: str) -> None:
        """Keep something among the notes behind its title, once."""
        line = f"{title}: {squeeze(text)}" if title else squeeze(text)
        if line not in self.kept:
            self.kept.append(line)

    def spend(self, parts: Mapping[str, str], year: int) -> str:
        """Add a line of money; returns why not, "" if it fits."""
        line = _APART.join(
            str(year) if part == "year" else parts.get(part, "").replace(_APART.strip(), "/") for part in PARTS
        )
        try:
            self.money.append(canonical("money", line))
        except Refused as refused:
            return refused.code
        return ""

    def cells(self, note: Callable[[str, str, str], None]) -> dict[str, str]:
        """Return what the row says, without the cells that say nothing."""
        cells = dict(self.said)
        if self.money:
            cells["money"] = "\n".join(self.money)
            self._compare(cells, note)
        lines = [*filter(None, [cells.pop("notes", "")]), *self.kept]
        if lines:
            cells["notes"] = "\n".join(lines)
        return {name: text for name, text in cells.items() if text}

    def _compare(self, cells: dict[str, str], note: Callable[[str, str, str], None]) -> None:
        """Let the lines of money say the budget; where a cell says another one, name it."""
        told = [parse_cents(amount) for line in self.money if (amount := _programmed(line))]
        said = cells.pop("budget", "")
        if not told:
            cells["budget"] = said
        elif said and parse_cents(said) != sum(told):
            note(self.where[""], "foreign-budget-differs", f"{said} / {format_cents(sum(told))}")


def _programmed(line: str) -> str:
    """The amount of a line of money, as it is written long ("year | … | amount | |") or short ("year | amount")."""
    parts = [part.strip() for part in line.split(_APART.strip())]
    return parts[-len(_AMOUNTS)] if len(parts) == len(PARTS) else parts[-1]
