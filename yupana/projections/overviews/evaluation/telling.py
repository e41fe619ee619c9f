"""An evaluation in words: its figures as cells of tables, its bands, its trend as a picture."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yupana.domain.obligations.rules import CALENDARS
from yupana.domain.progress.labels import LABELS
from yupana.domain.progress.labels.evaluations import BANDS
from yupana.domain.progress.rules import Odd
from yupana.foundation.kernel.share import Share
from yupana.projections.figures import rules
from yupana.projections.overviews.evaluation.grades import NO_DATA, NO_SCORE
from yupana.projections.overviews.evaluation.population import Owes
from yupana.projections.overviews.evaluation.reading import known_of, score_of, share_of
from yupana.projections.overviews.evaluation.sums import BASES
from yupana.projections.overviews.figure import BELOW, NO_LINE, NOWHERE
from yupana.projections.overviews.register import names_of_departments

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django_stubs_ext import StrPromise

    from yupana.domain.entities.public import LevelCard
    from yupana.projections.overviews.evaluation.reading import Reading

NAMES: dict[str, StrPromise] = {
    f"plans.{rules.COVERAGE}": _("Plans in and accepted"),
    f"plans.{rules.TIMELINESS}": _("Plans in time"),
    f"plans.{rules.ANSWERED}": _("Lines answered"),
    f"plans.{rules.TARGET}": _("… with indicator and target"),
    f"plans.{rules.RESPONSIBLE}": _("… with a responsible"),
    f"plans.{rules.BUDGET}": _("… with a budget"),
    f"reports.{rules.COVERAGE}": _("Reports in and accepted"),
    f"reports.{rules.TIMELINESS}": _("Reports in time"),
    f"reports.{rules.ADVANCE}": _("Progress, declared"),
    f"reports.{rules.ADVANCE_VERIFIED}": _("Progress, verified"),
    f"reports.{rules.ADVANCE_CHECKED}": _("Progress declared of what was verified"),
    f"reports.{rules.EFFICACY}": _("Effectiveness, declared"),
    f"reports.{rules.EFFICACY_VERIFIED}": _("Effectiveness, verified"),
    f"reports.{rules.EFFICACY_CHECKED}": _("Effectiveness declared of what was verified"),
    f"reports.{rules.EXECUTION}": _("Budget spent"),
}
NO_LINE_NAME = _("Without a guideline")
STANDS: dict[str, StrPromise] = {
    Owes.ACCEPTED: pgettext_lazy("evaluation", "accepted"),
    Owes.SILENT: pgettext_lazy("evaluation", "did not respond"),
    Owes.IN_REVIEW: pgettext_lazy("evaluation", "under review"),
    Owes.RETURNED: pgettext_lazy("evaluation", "returned to be mended"),
    Owes.NOT_DUE: pgettext_lazy("evaluation", "not due yet"),
    Owes.WAIVED: pgettext_lazy("evaluation", "exempted by an act"),
    Owes.PASSED: pgettext_lazy("evaluation", "passed to a successor"),
    Owes.NOTHING: pgettext_lazy("evaluation", "not asked for"),
    NO_DATA: pgettext_lazy("evaluation", "not enough data"),
    NO_SCORE: pgettext_lazy("evaluation", "nothing was to be reached yet"),
}
MANY: dict[str, StrPromise] = {  # of several bodies
    Owes.SILENT: pgettext_lazy("evaluation, of several", "did not respond"),
    Owes.IN_REVIEW: pgettext_lazy("evaluation, of several", "under review"),
    Owes.RETURNED: pgettext_lazy("evaluation, of several", "returned to be mended"),
    Owes.WAIVED: pgettext_lazy("evaluation, of several", "exempted by an act"),
    Owes.PASSED: pgettext_lazy("evaluation, of several", "passed to a successor"),
}
PENDING: dict[Owes, StrPromise] = {Owes.IN_REVIEW: _("Under review"), Owes.RETURNED: _("Returned to be mended")}
OF_REPORTS = tuple(f"reports.{each}" for each in (rules.COVERAGE, rules.ADVANCE, rules.EFFICACY, rules.EXECUTION))
OF_PLANS = tuple(f"plans.{each}" for each in (rules.COVERAGE, rules.ANSWERED, rules.TARGET, rules.BUDGET))
VERIFIED = {rules.ADVANCE: rules.ADVANCE_VERIFIED, rules.EFFICACY: rules.EFFICACY_VERIFIED}
WHOLE = 10_000
WITHOUT = "-"  # how an address says that a body is of no category
LEFT, WIDE, HIGH = 12, 276, 80  # of the picture of a trend


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure: ``score`` None where there is nothing to say, ``known`` which part of all that is due it speaks of.

    It is weighted as the score is; of what was verified it is the part that was checked.
    """

    measure: str
    name: StrPromise
    share: Share
    score: Share | None
    known: Share
    query: str
    verified: Cell | None = None

    @property
    def figure(self) -> str:
        """The measure as figures name it, whether of plans or of reports."""
        return self.measure.partition(".")[2]

    @property
    def is_money(self) -> bool:
        """Whether it counts cents."""
        return self.measure.endswith(rules.EXECUTION)

    @property
    def is_of_checked(self) -> bool:
        """Whether it speaks of the activities that were checked alone."""
        return self.figure in BASES

    @property
    def is_partial(self) -> bool:
        """Whether a part of what is due is unknown."""
        return bool(self.share.unknown and self.share.due)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its cells in the order of the columns; ``figures`` are what the file says of it.

    ``words`` and ``group`` say of a body in which band it lies, and with whom it is compared; ``odd`` what of its
    report does not fit together.
    """

    key: str
    name: str
    cells: tuple[Cell, ...]
    figures: Mapping[str, Any]
    words: str = ""
    group: str = ""
    odd: str = ""

    @property
    def source(self) -> str:
        """The source of a body that stands here."""
        return self.key.partition(":")[0]

    @property
    def source_id(self) -> str:
        """Its number in that source."""
        return self.key.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Peer:
    """Bodies of one level, kind and category: how many lie in each band, and how many in none, by why.

    ``is_without``: it has no category, where others of its level and kind have one.
    """

    level: str
    name: str
    kind: str
    category: str
    counts: tuple[tuple[str, str, int], ...]
    unranked: tuple[tuple[str, StrPromise, int], ...]
    query: str
    is_without: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """One measure through the periods: points of a picture 300 by 100, and the line that joins them."""

    name: StrPromise
    points: tuple[tuple[int, int], ...]
    line: str


class Telling:
    """A reading in words, for pages and for the workbook."""

    def __init__(self, reading: Reading, levels: Iterable[LevelCard]) -> None:
        """Keep the reading, and how levels are called."""
        self.reading = reading
        self._levels = {level.code: level for level in levels}

    @property
    def columns(self) -> tuple[str, ...]:
        """The measures of the tables: of reports, or of plans where nothing was reported yet."""
        return OF_REPORTS if self.reading.is_of_reports else OF_PLANS

    @property
    def heads(self) -> list[StrPromise]:
        """Their names."""
        return [NAMES[each] for each in self.columns]

    @property
    def line_heads(self) -> list[StrPromise]:
        """Name those that a single line has, too."""
        return self.heads[1:]

    @property
    def plans(self) -> tuple[Cell, ...]:
        """Every measure of plans, over all."""
        return self.total("plans")

    @property
    def reports(self) -> tuple[Cell, ...]:
        """Every measure of reports, over all."""
        return self.total("reports")

    @property
    def ranked_by(self) -> StrPromise:
        """The measure by which bodies lie in bands."""
        of = "reports" if self.reading.is_of_reports else "plans"
        return NAMES[f"{of}.{self.reading.figures['ranked_by']}"]

    @property
    def floor(self) -> Share:
        """The least that has to be known."""
        return Share(self.reading.figures["scheme"]["floor"], WHOLE)

    @cached_property
    def bands(self) -> list[tuple[str, str, Share]]:
        """The bands from the highest to the lowest: number, name, and where each begins."""
        told = self.reading.figures["scheme"]["bands"]
        rows = [(str(at), str(BANDS.get(name, name)), Share(floor, WHOLE)) for at, (floor, name) in enumerate(told)]
        return rows[::-1]

    def levels(self) -> list[LevelCard]:
        """List the levels that stand in it."""
        standing = {each["level"] for each in self.reading.figures["levels"]}
        return [level for code, level in self._levels.items() if code in standing]

    def total(self, of: str) -> tuple[Cell, ...]:
        """Tell every measure of plans, or of reports, over all."""
        told = self.reading.figures["total"]
        chosen = [each for each in NAMES if each.startswith(f"{of}.") and each.partition(".")[2] in told[of]]
        return _cells(told, chosen, "")

    def main(self) -> tuple[Cell, ...]:
        """Tell the measures of the tables over all."""
        return _cells(self.reading.figures["total"], self.columns, "")

    def line_main(self) -> tuple[Cell, ...]:
        """Tell those that a single line has, too, over all."""
        return self.main()[1:]

    def branches(self) -> list[Row]:
        """Tell axes and lines in reading order, and last what answers none, so that the axes add up to the total."""
        rows = [
            Row(each["item"], each["text"], _cells(each, self.columns[1:], urlencode({"i": _key(each)})), each)
            for each in self.reading.figures["items"]
        ]
        none, at = self.reading.no_line, urlencode({"i": NO_LINE})
        last = Row(NO_LINE, str(NO_LINE_NAME), _cells(none, self.columns[1:], at), none)
        return [*rows, last] if any(cell.query for cell in last.cells) else rows

    def by_level(self) -> list[Row]:
        """Tell the levels."""
        return [
            Row(each["level"], self.level_name(each["level"]),
                _cells(each, self.columns, urlencode({"n": each["level"]})), each)
            for each in self.reading.figures["levels"]
        ]  # fmt: skip

    def by_department(self) -> list[Row]:
        """Tell the departments; who stands in none comes last."""
        rows = [
            Row(each["territory"], self.place_name(each["territory"]),
                _cells(each, self.columns, urlencode({"t": each["territory"] or NOWHERE})), each)
            for each in self.reading.figures["departments"]
        ]  # fmt: skip
        return sorted(rows, key=lambda row: (not row.key, row.name))

    def ordered(self) -> list[Mapping[str, Any]]:
        """List every body as the file has it: those in the highest band first, in the order of the file within."""
        return sorted(
            self.reading.entities, key=lambda each: -1 if each["band"] is None else each["band"], reverse=True
        )

    def body(self, each: Mapping[str, Any]) -> Row:
        """Tell one body."""
        group = [each["kind"] or self.level_name(each["level"])]
        if "category" in each:
            group.append(str(_("category %(category)s") % {"category": each["category"]}))
        cells = _cells(each, self.columns, self._deeper(e=each["entity"]))
        odd = "; ".join(f"{words}: {many}" for _kind, words, many in _flags(each["flags"]))
        return Row(each["entity"], each["name"], cells, each, self.graded(each), ", ".join(group), odd)

    def graded(self, body: Mapping[str, Any]) -> str:
        """Say in which band a body lies, or why in none."""
        if body["band"] is None:
            return str(STANDS[body["unranked"]])
        return next(name for at, name, _floor in self.bands if at == str(body["band"]))

    def peers(self) -> list[Peer]:
        """Tell peer groups: who has the same level, and is of the same kind and category."""
        return [
            Peer(
                each["level"], self.level_name(each["level"]), each["kind"], each.get("category", ""),
                tuple((at, name, each["counts"].get(at, 0)) for at, name, _floor in self.bands),
                tuple(_why(why, each["counts"][why]) for why in STANDS if why in each["counts"]),
                urlencode({name: told for name, told in self._group(each).items() if told}),
                self._is_without(each),
            )
            for each in self.reading.figures["peers"]
        ]  # fmt: skip

    def _group(self, peer: Mapping[str, Any]) -> Mapping[str, str]:
        """Say by what the list of bodies is cut down to a peer group."""
        category = peer.get("category", "") or (WITHOUT if self._is_without(peer) else "")
        return {"level": peer["level"], "kind": peer["kind"], "category": category}

    def _is_without(self, peer: Mapping[str, Any]) -> bool:
        """Whether a group has no category where others of its level and kind have one."""
        kin = (each for each in self.reading.figures["peers"] if "category" in each and "category" not in peer)
        return any((each["level"], each["kind"]) == (peer["level"], peer["kind"]) for each in kin)

    @property
    def has_categories(self) -> bool:
        """Whether the register knew the category of some body."""
        return any("category" in each for each in self.reading.figures["peers"])

    def trend(self) -> list[Row]:
        """Tell the periods up to this one."""
        chosen = OF_REPORTS
        return [Row(each["period"], each["period"], _cells(each, chosen, self._deeper(p=each["period"])), each)
                for each in self.reading.figures["trend"]]  # fmt: skip

    def _deeper(self, **where: str) -> str | None:
        """Say where something opens that was not frozen by itself: nowhere once another formula counts."""
        return urlencode(where) if self.reading.is_recountable else None

    def trend_heads(self) -> list[StrPromise]:
        """Name the columns of the trend."""
        return [NAMES[each] for each in OF_REPORTS]

    def curves(self) -> list[Curve]:
        """Draw each measure through the periods; one period alone is no trend."""
        rows = self.trend()
        return [_curve(rows, at, NAMES[each]) for at, each in enumerate(OF_REPORTS)] if len(rows) > 1 else []

    @property
    def pending(self) -> list[tuple[str, StrPromise, Sequence[Mapping[str, Any]]]]:
        """List who handed in what is not accepted yet, by where it stands; only where there is somebody."""
        found = ((stands.value, words, self.reading.pending(stands)) for stands, words in PENDING.items())
        return [each for each in found if each[2]]

    def flags(self) -> list[tuple[str, StrPromise, int]]:
        """Count what does not fit together, the most frequent first: its kind, its name, and in how many activities."""
        return _flags(self.reading.figures["flags"])

    def level_name(self, code: str) -> str:
        """Name a level in the reader's language."""
        return self._levels[code].name if code in self._levels else code

    def place_name(self, code: str) -> str:
        """Name a department."""
        places = CALENDARS["bolivia"]
        named = places.known_as.get(code, code)
        return (
            (places.names.get(named) or self._territories.get(code, code)) if code else str(_("without a department"))
        )

    @cached_property
    def _territories(self) -> Mapping[str, str]:
        """Name territories that are no department of the calendar, as the register does."""
        return names_of_departments()


def _key(branch: Mapping[str, Any]) -> str:
    """Name an axis or line in an address: with all that it holds."""
    return f"{branch['item']}{BELOW if branch['lines'] != [branch['item']] else ''}"


def _flags(told: Mapping[str, int]) -> list[tuple[str, StrPromise, int]]:
    return [(kind, LABELS[Odd][kind], many) for kind, many in sorted(told.items(), key=lambda pair: -pair[1])]


def _cells(told: Mapping[str, Any], measures: Iterable[str], where: str | None) -> tuple[Cell, ...]:
    return tuple(_cell(told, each, where) for each in measures)


def _cell(told: Mapping[str, Any], measure: str, where: str | None) -> Cell:
    """Read one figure; ``where`` None: nothing below it was kept."""
    of, _dot, bare = measure.partition(".")
    found: Sequence[int | None] | None = told.get(of, {}).get(bare)
    checked = VERIFIED.get(bare, "")
    verified = _cell(told, f"{of}.{checked}", where) if told.get(of, {}).get(checked) else None
    query = "" if where is None or found is None else "&".join(filter(None, (urlencode({"m": measure}), where)))
    return Cell(measure, NAMES[measure], share_of(found), score_of(found), known_of(found), query, verified)


def _why(why: str, many: int) -> tuple[str, StrPromise, int]:
    """Say of so many bodies why they are in no band."""
    return why, MANY.get(why, STANDS[why]) if many > 1 else STANDS[why], many


def _curve(rows: Sequence[Row], at: int, name: StrPromise) -> Curve:
    """Place the periods in which there is something to say; the line joins neighbours."""
    step = WIDE // (len(rows) - 1)
    scores = [row.cells[at].score for row in rows]
    points = tuple(
        (LEFT + step * place, 10 + HIGH - round(min(score.done, WHOLE) * HIGH / WHOLE))
        for place, score in enumerate(scores)
        if score is not None
    )
    return Curve(name, points, " ".join(f"{x},{y}" for x, y in points))
