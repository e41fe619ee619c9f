"""An evaluation as a workbook: one sheet a table, written as it is read into a temporary file."""

from __future__ import annotations

import tempfile
import zipfile
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, TypeAlias
from xml.sax.saxutils import escape as xml
from xml.sax.saxutils import quoteattr

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from yupana.interfaces.interchange.spreadsheets.sheets import to_xml
from yupana.projections.figures.rules import EXECUTION
from yupana.projections.overviews.evaluation.telling import NAMES, OF_REPORTS, STANDS, VERIFIED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from yupana.domain.progress.public.evaluations import EvaluationCard
    from yupana.foundation.kernel.share import Share
    from yupana.projections.overviews.evaluation.telling import Cell as Figure
    from yupana.projections.overviews.evaluation.telling import Row, Telling


@dataclass(frozen=True, slots=True)
class Percent:
    """A part of one, in ten-thousandths."""

    basis_points: int


@dataclass(frozen=True, slots=True)
class Money:
    """Bolivianos, in cents."""

    cents: int


Cell: TypeAlias = "str | int | Percent | Money | None"
Sheet: TypeAlias = "tuple[str, Iterable[Sequence[Cell]]]"

_KEPT = 2**21  # bytes in memory, then in a file
_WHOLE = 10_000
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/>'
    '<xf fontId="1" applyFont="1"/><xf numFmtId="10" applyNumberFormat="1"/><xf numFmtId="4" applyNumberFormat="1"/>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_BOLD, _PERCENT, _MONEY = 1, 2, 3
_VIEW = (
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView>'
    '</sheetViews><cols><col min="1" max="1" width="44" customWidth="1"/><col min="2" max="60" width="18" '
    'customWidth="1"/></cols>'
)


def evaluation_file(sheets: Sequence[Sheet]) -> IO[bytes]:
    """Write sheets, the first row of each a head that stays in sight; texts stay texts whatever they look like."""
    file = tempfile.SpooledTemporaryFile(max_size=_KEPT)  # noqa: SIM115 - whoever sends it closes it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in _parts([title for title, _rows in sheets]).items():
            archive.writestr(name, _HEAD + text)
        for at, (_title, rows) in enumerate(sheets, 1):
            with archive.open(f"xl/worksheets/sheet{at}.xml", "w", force_zip64=True) as sheet:
                sheet.write(f'{_HEAD}<worksheet xmlns="{_MAIN}">{_VIEW}<sheetData>'.encode())
                for line, row in enumerate(rows):
                    style = 0 if line else _BOLD
                    sheet.write(f"<row>{''.join(_cell(each, style) for each in row)}</row>".encode())
                sheet.write(b"</sheetData></worksheet>")
    file.seek(0)
    return file


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
    ]  # fmt: skip
    for row in map(told.body, told.ordered()):
        each = row.figures
        yield [
            *(row.name, each["code"], row.key, told.level_name(each["level"]), each["kind"]),
            *(told.place_name(each["department"]), *_category(told, each.get("category", ""))),
            *(str(STANDS[each["plan"]]), str(STANDS[each["report"]])),
            *(row.words, _points(each["score"]), _points(each["known"])), *_figures(row.cells),
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
    return None if share is None or share.ratio is None else Percent(round(share.ratio * _WHOLE))


def _points(value: int | None) -> Cell:
    return None if value is None else Percent(value)


def _cell(value: Cell, style: int) -> str:
    if isinstance(value, Percent):
        return f'<c s="{_PERCENT}"><v>{_decimal(value.basis_points, _WHOLE)}</v></c>'
    if isinstance(value, Money):
        return f'<c s="{_MONEY}"><v>{_decimal(value.cents, 100)}</v></c>'
    if isinstance(value, int):
        return f"<c><v>{value}</v></c>"
    if not value:
        return "<c/>"
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{xml(to_xml(value))}</t></is></c>'


def _decimal(value: int, whole: int) -> str:
    """Write a fraction of a power of ten exactly."""
    sign, rest = ("-" if value < 0 else ""), abs(value)
    return f"{sign}{rest // whole}.{rest % whole:0{len(str(whole)) - 1}d}"


def _parts(titles: Sequence[str]) -> dict[str, str]:
    """Write what holds the sheets together."""
    numbers = range(1, len(titles) + 1)
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{_TYPES}.worksheet+xml"/>' for at in numbers
    )
    named = "".join(
        f'<sheet name={quoteattr(title[:31])} sheetId="{at}" r:id="r{at}"/>' for at, title in enumerate(titles, 1)
    )
    leading = "".join(
        f'<Relationship Id="r{at}" Type="{_RELATION}/worksheet" Target="worksheets/sheet{at}.xml"/>' for at in numbers
    )
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>{kinds}</Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{_RELATION}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATION}"><sheets>{named}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships">{leading}'
            f'<Relationship Id="rs" Type="{_RELATION}/styles" Target="styles.xml"/></Relationships>'
        ),
        "xl/styles.xml": _STYLES,
    }
