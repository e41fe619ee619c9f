"""A cell of a workbook, read: back to what it was where nobody touched it, else as its column is written."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from yupana.domain.commitments.rules import VALUE, medium_of
from yupana.foundation.kernel.money import format_cents, parse_cents
from yupana.foundation.kernel.quantity import SCALE, format_quantity, parse_quantity
from yupana.foundation.kernel.text import fold, squeeze

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CENTS = 100
_NOISE = Decimal("0.0001")  # of a part: what adding up in a spreadsheet leaves behind


class Words:
    """What the labels of a workbook mean, as it was given out: in its language, and with the lines of its day."""

    def __init__(self, choices: Mapping[str, Mapping[str, str]], lines: Sequence[Sequence[str]]) -> None:
        self._choices = {
            field: {fold(text): code for label, code in each.items() for text in (code, label)}
            for field, each in choices.items()
        }
        self._lines = {squeeze(label): ref for ref, _code, label in lines}
        self._refs = {ref for ref, _code, _label in lines}
        self._codes: dict[str, set[str]] = {}
        for ref, code, _label in lines:
            for short in (code, ref.rpartition("#")[2]):
                self._codes.setdefault(fold(short), set()).add(ref)

    def read(self, field: str, text: str, *, number: bool) -> str:
        """Return what a cell says as `commitments.rules.cells` writes it. ValueError where it says nothing there."""
        text = plain(text)
        if not text:
            return ""
        if field == "item":
            return self.line(text)
        if field in self._choices:
            return self._choice(field, text)
        if field == "budget":
            return format_cents(cents(text, number=number))
        if field.startswith(VALUE):
            return format_quantity(parts(text, SCALE) if number else parse_quantity(text))
        return text

    def line(self, text: str) -> str:
        """Return the ref of the line that is shown, or written, like this."""
        found = self._lines.get(squeeze(text), text)
        if found in self._refs:
            return found
        fitting = self._codes.get(fold(text), set())
        if len(fitting) != 1:
            raise ValueError(text)
        return next(iter(fitting))

    def _choice(self, field: str, text: str) -> str:
        found = self._choices[field].get(fold(text)) or (medium_of(text) if field == "medium" else None)
        if found is None:
            raise ValueError(text)
        return found


def cents(text: str, *, number: bool) -> int:
    """Read an amount; in a number a point is a decimal point, whatever follows it."""
    found = parts(text, CENTS) if number else parse_cents(text)
    if found < 0:
        raise ValueError(text)
    return found


def parts(text: str, scale: int) -> int:
    """Read a number as whole parts of a unit; ValueError where it has more decimals than we keep."""
    exact = Decimal(text) * scale
    whole = exact.to_integral_value()
    if abs(exact - whole) > _NOISE or abs(whole) >= 2**63:
        raise ValueError(text)
    return int(whole)


def plain(text: str) -> str:
    """Take away what spreadsheets change by themselves: ends of lines, blanks around."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def alike(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but what spreadsheets change by themselves."""
    return plain(one) == plain(other)


def joined(lines: Sequence[Sequence[str]]) -> str:
    """Write several things of several parts as one cell of a row holds them."""
    return "\n".join(" | ".join(each) for each in lines)


def apart(text: str) -> list[list[str]]:
    """Take such a cell apart, to be compared."""
    return [[part.strip() for part in line.split("|")] for line in text.splitlines() if line.strip()]


def told(sealed: Mapping[str, Any]) -> Words:
    """The words of a workbook, from what was sealed into it."""
    return Words(sealed["choices"], sealed["lines"])
