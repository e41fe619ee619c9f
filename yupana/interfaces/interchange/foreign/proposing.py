"""What the columns of a form seem to hold: a guess that a person corrects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

from yupana.domain.commitments.rules import VALUE
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.text import fold, squeeze
from yupana.interfaces.interchange.foreign.books import load
from yupana.interfaces.interchange.foreign.forms import find
from yupana.interfaces.interchange.foreign.layout import IGNORED, KEPT, Column, Layout, is_year
from yupana.interfaces.interchange.foreign.leftovers import own_cells, why_left
from yupana.interfaces.interchange.foreign.pieces import Told, tidy, told
from yupana.interfaces.interchange.foreign.words import fields_of, periods_of, speaks_of_money

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from yupana.interfaces.interchange.foreign.forms import Form
    from yupana.interfaces.interchange.spreadsheets import Sheet

SAMPLES, LONGEST_SAMPLE = 3, 64
MOST_SHEETS = 50  # in which a form is sought
_NUMERIC = frozenset({Told.NUMBER, Told.PERCENT, Told.EMPTY})
_AMOUNTS = frozenset({"budget", "money:programmed", "money:current", "money:accrued"})
_DATES = frozenset({"starts", "ends"})
_CODES = frozenset(
    {"money:category", "money:source", "money:body", "money:object", "money:year", "item", "also", "derives"}
)
_ANY = frozenset({"target", "baseline", "notes"})
_QUANTITY, _UNIT = "cantidad", "unidad"
_LINE = ("money:category", "money:source", "money:body", "money:object")


@dataclass(frozen=True, slots=True)
class Guess:
    """One column: its letter and title, what its cells hold, some of them, and what it seems to mean."""

    letter: str
    title: str
    holds: Told
    samples: tuple[str, ...]
    field: str
    code: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A form as it was found: on which sheet, what stands above it, its columns, how many rows, of which year."""

    signature: str
    name: str
    sheet: str
    sheets: tuple[str, ...]
    guesses: tuple[Guess, ...]
    rows: int
    year: int | None

    @property
    def layout(self) -> Layout:
        """The guesses as a layout, to read by where nobody corrects them."""
        columns = tuple(Column(guess.title, guess.field, guess.code) for guess in self.guesses)
        return Layout(columns, self.sheet, self.year)


def propose(path: Path, *, sheet: str = "", sheets: Sequence[Sheet] | None = None, linked: bool = False) -> Proposal:
    """Find the form of a workbook, on the sheet that is named, else on the one with most rows, and guess its columns.

    Refused("form-missing") where no sheet has a row of titles above others, "form-empty" where nothing is an activity.
    ``linked``: there are activities of another plan from which those of this one may derive.
    """
    forms = _forms(load(path) if sheets is None else sheets)
    named = [form for form in forms if not sheet or form.sheet.name == sheet]
    return _proposal(_largest(named, path.name), tuple(form.sheet.name for form in forms), path.name, linked=linked)


def form_of(sheets: Sequence[Sheet], where: str, sheet: str = "") -> Form:
    """Find the form of a workbook; Refused where there is none."""
    return _largest(_forms([each for each in sheets if not sheet or each.name == sheet]), where)


def _forms(sheets: Sequence[Sheet]) -> list[Form]:
    return [form for each in sheets[:MOST_SHEETS] for form in [find(each)] if form]


def _largest(forms: Sequence[Form], where: str) -> Form:
    if not forms:
        raise Refused("form-missing", where=where)
    return max(forms, key=lambda form: sum(1 for _row in form.rows))


def _proposal(form: Form, sheets: tuple[str, ...], name: str, *, linked: bool) -> Proposal:
    rows = [own for number, cells in form.rows for own in [own_cells(form, number, cells)] if own]
    told_apart = [own for own in rows if not why_left(form, own)]
    if not told_apart:
        raise Refused("form-empty", where=name)
    columns = [[own[column] for own in told_apart if column in own] for column in range(len(form.titles))]
    kinds = [told(cells) for cells in columns]
    fields = _fields(form.titles, kinds, linked=linked)
    guesses = []
    for column, (title, cells) in enumerate(zip(form.titles, columns, strict=True)):
        field, kind = fields[column], kinds[column]
        texts = dict.fromkeys(_sample(cell.text) for cell in cells)
        letter = get_column_letter(column + 1)
        guesses.append(Guess(letter, title, kind, tuple(texts)[:SAMPLES], field, _code(field, kind)))
    title = " · ".join([text for _where, text in form.above][:2]) or name
    return Proposal(
        form.signature, title[:200], form.sheet.name, sheets, tuple(guesses), len(told_apart), _year(form, name)
    )


def _sample(text: str) -> str:
    """Show the beginning of a cell."""
    line = squeeze(tidy(text))
    return line if len(line) <= LONGEST_SAMPLE else f"{line[: LONGEST_SAMPLE - 1].rstrip()}…"


def _fields(titles: Sequence[str], kinds: Sequence[Told], *, linked: bool) -> list[str]:
    """Give each field to the column that most surely means it; what is left is kept, and what is empty ignored."""
    fields = [IGNORED if kind is Told.EMPTY else KEPT for kind in kinds]
    wishes = sorted(
        ((sure, -column, field) for column, title in enumerate(titles) for sure, field in fields_of(title)),
        reverse=True,
    )
    if any(fold(title) == _QUANTITY for title in titles):  # what is beside it counts things to buy, not an activity
        wishes = [wish for wish in wishes if fold(titles[-wish[1]]) != _UNIT]
    given: set[str] = set() if linked else {"derives"}
    placed: set[int] = set()
    for _sure, at, field in wishes:
        if field not in given and -at not in placed and _fits(field, kinds[-at]):
            fields[-at] = field
            given.add(field)
            placed.add(-at)
    for column, period in enumerate(periods_of(titles)):
        if column not in placed and period and period not in given and kinds[column] in _NUMERIC:
            fields[column] = period
            given.add(period)
    return _with_money(titles, kinds, _with_name(kinds, fields))


def _fits(field: str, kind: Told) -> bool:
    """Whether a field can hold what a column holds."""
    if field in _AMOUNTS:
        return kind is Told.NUMBER
    if field in _DATES:
        return kind in {Told.DAY, Told.TEXT, Told.NUMBER}
    if field in _CODES:
        return kind in {Told.CODE, Told.GLUED, Told.NUMBER} or (
            field in ("item", "derives", "money:category") and kind is Told.TEXT
        )
    return kind in {Told.TEXT, Told.GLUED} or (field in _ANY and kind is not Told.EMPTY)


def _with_name(kinds: Sequence[Told], fields: list[str]) -> list[str]:
    """See that something is the name of a row: where no title says so, the first column of texts that is left."""
    if "name" not in fields:
        free = (at for at, kind in enumerate(kinds) if kind in {Told.TEXT, Told.GLUED} and fields[at] == KEPT)
        at = next(free, None)
        if at is not None:
            fields[at] = "name"
    return fields


def _with_money(titles: Sequence[str], kinds: Sequence[Told], fields: list[str]) -> list[str]:
    """Where codes of the budget stand beside it, the amount belongs to their line."""
    if any(part in fields for part in _LINE):
        if "budget" in fields:
            fields[fields.index("budget")] = "money:programmed"
    else:  # a year, or what was spent, belongs to a line that nobody names
        fields = [KEPT if field.startswith("money:") else field for field in fields]
    if "budget" not in fields and "money:programmed" not in fields:
        amounts = [
            at
            for at, title in enumerate(titles)
            if fields[at] == KEPT and kinds[at] is Told.NUMBER and speaks_of_money(title)
        ]
        if amounts:
            fields[amounts[-1]] = "budget"
    return fields


def _code(field: str, kind: Told) -> str:
    """Say where a glued code goes that its field has no use for: among the notes."""
    apart = kind is not Told.GLUED or field in (IGNORED, *_ANY, *_CODES)
    return "" if apart or field.startswith(VALUE) else KEPT


def _year(form: Form, name: str) -> int | None:
    """Take the year that the form names above its table; else the only one of its titles, else of its name."""
    above = [year for _where, text in form.above for year in form.years_in(text)]
    titled = [year for text in form.titles for year in form.years_in(text)]
    for found in (above, titled, form.years_in(name)):
        if len(set(found)) == 1:
            return int(found[0]) if is_year(int(found[0])) else None
    return None
