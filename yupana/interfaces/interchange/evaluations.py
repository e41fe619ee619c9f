"""An evaluation as a workbook: one sheet a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from yupana.interfaces.interchange.spreadsheets.streamed import WHOLE, Money, Percent
from yupana.projections.figures.rules import EXECUTION
from yupana.projections.overviews.evaluation.telling import NAMES, OF_REPORTS, STANDS, VERIFIED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from yupana.domain.progress.public.evaluations import EvaluationCard
    from yupana.foundation.kernel.share import Share
    from yupana.interfaces.interchange.spreadsheets.streamed import Cell, Sheet
    from yupana.projections.overviews.evaluation.telling import Cell as Figure
    from yupana.projections.overviews.evaluation.telling import Row, Telling


def sheets(card: EvaluationCard, told: Telling) -> list[Sheet]:
    """Say which sheets there are; their rows are made while they are written."""
    return [
        (_("Totals"), _totals(told)),
        (_("By axis"), _table(told, _("Axis or line"), told.branches(), 1)),
        (_("By level"), _table(told, _("Level"), told.by_level())),
        (_("By department"), _table(told, _("Department"), told.by_department())),
        (_("By body"), _bodies(told)),
        (_("Ranking"), _ranking(told)),
        (_("Trend"), _trend(told)),
        (_("No response"), _silent(told)),
        (_("Method"), _method(card, told)),
    ]


def _totals(told: Telling) -> Iterator[Sequence[Cell]]:
    done, due, unknown = pgettext("share", "Done"), pgettext("share", "Due"), pgettext("share", "Unknown")
    yield [_("Measure"), _("Result"), done, due, unknown, pgettext("share", "Part it speaks of")]
    for of in ("plans", "reports"):
        for cell in told.total(of):
            yield [str(cell.name), _score(cell.score), *_base(cell), _score(cell.known)]


def _table(told: Telling, head: str, rows: Iterable[Row], first: int = 0) -> Iterator[Sequence[Cell]]:
    yield [head, *_heads(told.columns[first:])]
    for row in rows:
        yield [row.name, *_figures(row.cells)]


def _bodies(told: Telling) -> Iterator[Sequence[Cell]]:
    yield [
        *(_("Public body"), _("Code"), _("Identifier"), _("Level"), _("Kind"), _("Department")),
        *_category_head(told), *(_("Plan"), _("Report"), _("Band"), _("Score"), _("Known")), *_heads(told.columns),
        _("What does not fit together"),
    ]  # fmt: skip
    for row in map(told.body, told.ordered()):
        each = row.figures
        yield [
            *(row.name, each["code"], row.key, told.level_name(each["level"]), each["kind"]),
            *(told.place_name(each["department"]), *_category(told, each.get("category", ""))),
            *(str(STANDS[each["plan"]]), str(STANDS[each["report"]])),
            *(row.words, _points(each["score"]), _points(each["known"])), *_figures(row.cells), row.odd,
        ]  # fmt: skip


def _ranking(told: Telling) -> Iterator[Sequence[Cell]]:
    bands, without = (name for _at, name, _floor in told.bands), map(str, STANDS.values())
    yield [_("Level"), _("Kind"), *_category_head(told), *bands, *without]
    for peer in told.peers():
        why = {code: many for code, _words, many in peer.unranked}
        yield [
            peer.name,
            peer.kind,
            *_category(told, peer.category),
            *(many for _at, _name, many in peer.counts),
            *(why.get(code, 0) for code in STANDS),
        ]


def _category_head(told: Telling) -> list[str]:
    """Name the column of categories, where the register knew any."""
    return [pgettext("entity", "Category")] if told.has_categories else []


def _category(told: Telling, category: str) -> list[str]:
    return [category or _("without a category")] if told.has_categories else []


def _trend(told: Telling) -> Iterator[Sequence[Cell]]:
    yield [_("Period"), *_heads(OF_REPORTS)]
    for row in told.trend():
        yield [row.name, *_figures(row.cells)]


def _silent(told: Telling) -> Iterator[Sequence[Cell]]:
    yield [_("Public body"), _("Code"), _("Level"), _("Plan"), _("Report")]
    pending = [each for _code, _words, named in told.pending for each in named]
    for each in [*told.reading.silent(), *pending]:
        plan, report = str(STANDS[each["plan"]]), str(STANDS[each["report"]])
        yield [each["name"], each["code"], told.level_name(each["level"]), plan, report]


def _method(card: EvaluationCard, told: Telling) -> Iterator[Sequence[Cell]]:
    yield [card.title, ""]
    yield [_("Code"), card.code]
    yield [_("Call"), card.call]
    yield [_("Period"), card.period]
    yield [_("As of"), card.as_of.isoformat()]
    yield [_("Counted up to entry"), card.position]
    yield [_("Formula"), card.formula]
    yield ["SHA-256", card.digest]
    yield [_("Least that has to be known"), _score(told.floor)]
    for _at, name, floor in told.bands:
        yield [pgettext("band", "Band from"), name, _score(floor)]
    parts = {
        "summary": _("Summary"),
        "findings": _("Findings"),
        "recommendations": _("Recommendations"),
        "method": _("How it was done"),
    }
    for name, words in parts.items():
        yield [words, card.words.get(name, "")]
    yield [_("To count it again"), f"yupana evaluation verify {card.code}"]


def _heads(measures: Iterable[str]) -> Iterator[Cell]:
    """Name each measure and which part of all that is due is known; what was verified beside which part was checked."""
    for measure in measures:
        of, _dot, bare = measure.partition(".")
        yield from (str(NAMES[measure]), f"{NAMES[measure]} ({_('known')})")
        if bare in VERIFIED:
            name = NAMES[f"{of}.{VERIFIED[bare]}"]
            yield from (str(name), f"{name} ({_('part checked')})")
        if bare == EXECUTION:
            parts = (_("accrued, Bs"), _("current budget, Bs"), _("not known, Bs"))
            yield from (f"{NAMES[measure]} ({part})" for part in parts)


def _figures(cells: Iterable[Figure]) -> Iterator[Cell]:
    for cell in cells:
        yield _score(cell.score)
        yield _score(cell.known)
        if cell.figure in VERIFIED:
            yield from (_score(cell.verified.score), _score(cell.verified.known)) if cell.verified else (None, None)
        if cell.is_money:
            yield from _base(cell)


def _base(cell: Figure) -> list[Cell]:
    share = cell.share
    told = (share.done, share.due, share.unknown)
    return [Money(each) for each in told] if cell.is_money else list(told)


def _score(share: Share | None) -> Cell:
    return None if share is None or share.ratio is None else Percent(round(share.ratio * WHOLE))


def _points(value: int | None) -> Cell:
    return None if value is None else Percent(value)
