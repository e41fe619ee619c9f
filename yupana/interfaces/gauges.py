"""Indicators in words and lines, for every page that shows one: what is not known is said, and never drawn as zero."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from yupana.domain.progress.rules import Gap, Method, OverBodies, SheetSource
from yupana.domain.progress.rules.indicators import Lack
from yupana.foundation.kernel.quantity import SCALE, format_quantity
from yupana.foundation.kernel.share import Share
from yupana.interfaces.words import label
from yupana.interfaces.words import period as period_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from yupana.domain.progress.rules import Said
    from yupana.domain.progress.rules.indicators import OfBody
    from yupana.domain.progress.rules.sheets import SheetFields
    from yupana.projections.overviews.indicators import Indicator, Point

PERCENT = "%"
NARROW = "\u202f"  # narrow no-break space: 12 % stays on one line
HUNDREDTH = SCALE // 100
WIDE, HIGH, EDGE = 120, 28, 3  # of a line, in its own units


@dataclass(frozen=True, slots=True)
class Gauge:
    """An indicator as a page says it: texts are empty where there is nothing to say, and ``why`` tells why.

    ``way`` is how far from the baseline to the target. ``line`` holds the points of its picture, for two periods and
    more, and ``spoken`` says the same in words.
    """

    found: Indicator
    name: str
    value: str = ""
    why: str = ""
    target: str = ""
    way: Share | None = None
    way_why: str = ""
    period: str = ""
    line: str = ""
    spoken: str = ""
    gaps: tuple[str, ...] = ()


def gauge(found: Indicator) -> Gauge:
    """Put an indicator into words."""
    sheet = found.sheet
    if sheet is None:
        return Gauge(found, found.item.text, why=_("nobody has said yet how it is measured"))
    gaps = tuple(f"{label(Gap(kind))}{f': {text}' if text else ''}" for kind, text in sheet.gaps)
    target = "" if sheet.target is None else said(sheet, Fraction(sheet.target))
    if sheet.source == SheetSource.COUNT:
        value, why = _counted(found)
        told = _("this counts plans; how far it is, only reports can say") if value else ""
        return Gauge(found, sheet.name, value, why, target, way_why=told, gaps=gaps)
    now = found.now
    if now is None:
        why = _("no report on it was due yet") if sheet.audience else _("nobody is asked to report it yet")
        return Gauge(found, sheet.name, why=why, target=target, gaps=gaps)
    value, why = of_point(sheet, now)
    way, way_why = _way(found, now)
    line, spoken = _line(sheet, found.points)
    return Gauge(found, sheet.name, value, why, target, way, way_why, period_named(now.period), line, spoken, gaps)


def said(sheet: SheetFields, value: Fraction) -> str:
    """Write a value with its unit; a milestone says whether it was reached."""
    if sheet.method == Method.MILESTONE:
        return _("reached") if value > 0 else _("not reached yet")
    return f"{quantity(value)}{NARROW if sheet.unit == PERCENT else ' '}{sheet.unit}".strip()


def quantity(value: Fraction | None) -> str:
    """Write ten-thousandths exactly, or rounded to two decimals where they do not come out even; nothing of None."""
    if value is None:
        return ""
    exact = value.denominator == 1
    text = format_quantity(int(value) if exact else round(value / HUNDREDTH) * HUNDREDTH)
    return text.translate(str.maketrans(",.", ".,")) if (get_language() or "").startswith("en") else text


def told(value: Said) -> str:
    """Write what was said of a period: a value, or a rate as numerator and denominator; nothing where it is neither."""
    if value.numerator is not None:
        return f"{quantity(Fraction(value.numerator))} / {quantity(Fraction(value.denominator or 0))}"
    return "" if value.value is None else quantity(Fraction(value.value))


def of_point(sheet: SheetFields, point: Point) -> tuple[str, str]:
    """Say the value of a period, or why there is none."""
    value = point.value
    if value.actual is not None:
        text = said(sheet, value.actual)
        return (_("at least %(value)s") % {"value": text} if value.is_part else text), ""
    if not value.coverage.done:
        is_silent = set(value.lacks) <= {Lack.SILENT}
        return "", _("nobody has reported it") if is_silent else "; ".join(lacks(point))
    if sheet.over_bodies == OverBodies.APART:
        return "", _("each entity has its own value")
    return "", _("there was nothing to count")


def of_body(sheet: SheetFields, told: OfBody) -> str:
    """Say one body's value, or why it is not known."""
    if told.lack is Lack.GAP and told.gap:
        return label(Gap(told.gap))
    if told.lack:
        return label(told.lack)
    text = _("nothing to count") if told.value is None else said(sheet, told.value)
    return _("at least %(value)s") % {"value": text} if told.is_part else text


def lacks(point: Point) -> list[str]:
    """Say how many are not known, and why."""
    return [
        ngettext("%(n)d entity: %(why)s", "%(n)d entities: %(why)s", many) % {"n": many, "why": label(lack)}
        for lack, many in point.value.lacks.items()
    ]


def _way(found: Indicator, now: Point) -> tuple[Share | None, str]:
    """Return how far as a share that a bar can show, or why that cannot be said."""
    way = now.value.way
    if way.unsaid:
        return None, label(way.unsaid)
    if not found.enough:
        return None, _("too few entities are known to say")
    return (None if way.capped is None else Share(way.capped.numerator, way.capped.denominator)), ""


def _counted(found: Indicator) -> tuple[str, str]:
    counted = found.counted
    if counted is None or counted.item is None:
        return "", _("nothing counts it yet")
    if counted.share.ratio is None:
        return "", _("nobody owed an answer yet")
    share = f"{quantity(counted.share.ratio * 100 * SCALE)}{NARROW}%"
    return _("%(share)s in plans") % {"share": share}, ""


def _line(sheet: SheetFields, points: Sequence[Point]) -> tuple[str, str]:
    """Draw the values over time from the lowest to the highest; a period without a value leaves a gap in time."""
    known = [(at, point.value.actual) for at, point in enumerate(points) if point.value.actual is not None]
    if len(known) < 2:  # noqa: PLR2004 - a line has two ends
        return "", ""
    low, high = min(value for _, value in known), max(value for _, value in known)
    across, up = Fraction(WIDE - 2 * EDGE, len(points) - 1), HIGH - 2 * EDGE
    drawn = (
        (EDGE + at * across, HIGH - EDGE - (up * (value - low) / (high - low) if high > low else Fraction(up, 2)))
        for at, value in known
    )
    told = [f"{period_named(points[at].period)}: {said(sheet, value)}" for at, value in known]
    return _written(drawn), "; ".join(told)


def _written(points: Iterable[tuple[Fraction, Fraction]]) -> str:
    return " ".join(f"{float(x):.1f},{float(y):.1f}" for x, y in points)
