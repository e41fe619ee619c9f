"""The page of a row in the order in which people think of it: what and who, indicator, money, when, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from yupana.interfaces import words
from yupana.interfaces.desk.forms.row import ALSO, LINE, PARTS
from yupana.projections.overviews.grid import QUARTERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from yupana.interfaces.desk.drafts import Pair
    from yupana.interfaces.desk.forms.row import RowForm


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together. ``table`` holds those of several lines, under ``heads`` or each with its label.

    ``folded``: they are shown when asked for.
    """

    title: str
    pairs: tuple[Pair, ...] = ()
    heads: tuple[str, ...] = ()
    table: tuple[tuple[Pair, ...], ...] = ()
    folded: bool = False


class _Page:
    def __init__(self, form: RowForm, pairs: Mapping[str, Pair]) -> None:
        self.form, self.pairs = form, pairs

    def some(self, *names: str) -> tuple[Pair, ...]:
        return tuple(self.pairs[name] for name in names)

    def shut(self, *cells: str) -> bool:
        """Whether nothing is said in these cells, nor about them."""
        told = [self.pairs[self.form.place(cell)] for cell in cells]
        if any(each.startswith(tuple(f"{cell}-" for cell in cells)) for each in self.form.errors):
            return False
        return not any(self.form.held.get(cell) for cell in cells) and not any(
            each.field.errors or each.stored is not None or each.field.value() for each in told
        )


def sections(form: RowForm, pairs: Mapping[str, Pair]) -> Iterator[Section]:
    """Put the fields of a row in their order; what is rarely needed is folded while it is empty."""
    page = _Page(form, pairs)
    yield Section(_("What and who"), page.some("item", "medium", "name", "responsible", "person", "result"))
    also = tuple(page.some(*(f"also-{at}-{part}" for part in ALSO)) for at in range(form.many("also")))
    heads = (_("Line"), _("Share in %"))
    yield Section(_("It answers other lines as well"), (), heads, also, page.shut("also"))
    counted = page.some("indicator", "unit", "accumulation", "direction", "baseline", "target")
    yield Section(_("Indicator and target"), counted)
    yield _values(page)
    yield _money(page)
    yield Section(_("When, and how it is shown"), page.some("starts", "ends", "verification"))
    hangs = ("derives", "waits", "notes")
    yield Section(_("What it hangs on"), page.some(*hangs), folded=page.shut(*hangs))


def _values(page: _Page) -> Section:
    quarters = range(1, QUARTERS + 1)
    usual = [(str(year), *(f"{year}-Q{n}" for n in quarters)) for year in page.form.years]
    named = {each for told in usual for each in told}
    others = page.some(*(f"value:{each}" for each in page.form.periods if each not in named))
    table = tuple(page.some(*(f"value:{each}" for each in told)) for told in usual)
    shut = page.shut(*(f"value:{each}" for each in page.form.periods))
    return Section(_("Targets by period"), others, (), table, shut)


def _money(page: _Page) -> Section:
    form = page.form
    if form.by_lines:
        table = tuple(page.some(*(f"money-{at}-{part}" for part in LINE)) for at in range(form.many("money")))
        heads = tuple(str(PARTS[part]) for part in LINE)
    else:
        table = (page.some(*(f"money-{year}" for year in form.years)),)
        heads = tuple(str(year) for year in form.years)
    return Section(words.cell("money"), page.some("budget"), heads, table)
