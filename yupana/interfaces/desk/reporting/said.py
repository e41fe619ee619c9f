"""How a report's numbers are said to people."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from yupana.domain.progress.indicators import fields_of
from yupana.domain.progress.rules import Method, Unsaid, has_to_fall
from yupana.domain.progress.rules.typed import value_text
from yupana.foundation.kernel.quantity import format_quantity
from yupana.interfaces import gauges, words
from yupana.interfaces.tags import bolivianos

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yupana.domain.progress.rules import Promise, Said, Spent
    from yupana.projections.overviews.report import Indicator, Row

NARROW = "\u202f"
WHOLE = 1000  # tenths of per cent
PERCENT = 100
QUIET = frozenset({Unsaid.SILENT, Unsaid.NO_VALUE})  # what a draft that is not written yet is not told


def ratio(raw: Fraction) -> str:
    """Write a ratio in per cent with one decimal; only what is none or all reads as 0 % or 100 %."""
    tenths = round(raw * WHOLE)
    if raw not in (0, 1) and tenths in (0, WHOLE):
        tenths += 1 if raw * WHOLE > tenths else -1
    return f"{format_quantity(tenths * 1000)}{NARROW}%"


def quantity(value: Fraction | int | None, promise: Promise, unit: str) -> str:
    """Write what is or was to be reached; empty where that is not known."""
    if value is None:
        return ""
    if promise.method is Method.MILESTONE:
        return _("yes") if value > 0 else _("no")
    return f"{format_quantity(round(value))} {unit}".strip()


def value(said: Said, promise: Promise, unit: str) -> str:
    """Write what was said of a period."""
    if promise.method is Method.MILESTONE and said.value is not None:
        return quantity(said.value, promise, unit)
    return f"{value_text(said.value, said.numerator, said.denominator)} {unit if not said.is_rate else ''}".strip()


def how(row: Row) -> list[str]:
    """Say how far an activity is; nothing where nothing was said of it yet."""
    now, promise = row.now, row.line.promise
    if now.final.unsaid in QUIET:
        return []
    told = []
    if promise.method is Method.FLOW and now.actual is not None:
        told.append(_("%(value)s so far") % {"value": quantity(now.actual, promise, row.activity.unit)})
    if now.to_date.raw is not None:
        told.append(_("%(ratio)s of what was due by now") % {"ratio": ratio(now.to_date.raw)})
    if now.final.raw is not None:
        told.append(_("%(ratio)s of the whole") % {"ratio": ratio(now.final.raw)})
    elif now.final.unsaid:
        told.append(_("How far it is cannot be said: %(why)s") % {"why": words.label(now.final.unsaid)})
    if now.to_date.unsaid is Unsaid.NOT_DUE and now.final.raw is not None:
        told.append(_("nothing was due by now"))
    return told


def money(spent: Spent) -> str:
    """Write what was accrued of what current budget; what is not known is said."""
    told = {
        "accrued": _("not said") if spent.accrued is None else bolivianos(spent.accrued),
        "current": _("not said") if spent.current is None else bolivianos(spent.current),
    }
    return _("%(accrued)s accrued, current budget %(current)s") % told


def facts(row: Row) -> Iterator[tuple[str, str]]:
    """Say what was promised of a row and how it stood last."""
    promise, unit = row.line.promise, row.activity.unit
    if row.activity.indicator:
        yield _("Indicator"), row.activity.indicator
    yield _("By the end of the period"), quantity(row.now.target_to_date, promise, unit) or _("nothing is due yet")
    yield _("In the end"), _in_the_end(row) or row.activity.target or _("the plan does not say")
    if row.last:
        period, said = row.last
        yield _("Last time"), f"{value(said, promise, unit)} ({words.period(period)})"
    elif promise.method is not None:
        yield _("Last time"), _("nothing was reported before")
    if row.spent:
        period, spent = row.spent
        yield _("Money last time"), f"{money(spent)} ({words.period(period)})"


def _in_the_end(row: Row) -> str:
    promise, unit, target = row.line.promise, row.activity.unit, row.now.target
    if not has_to_fall(promise, target):
        return quantity(target, promise, unit)
    way = {"base": quantity(promise.baseline, promise, ""), "target": quantity(target, promise, "")}
    return f"{_('from %(base)s it has to fall to %(target)s') % way} {unit}".strip()


def indicator_facts(each: Indicator) -> Iterator[tuple[str, str]]:
    """Say how an indicator is measured, what is to be reached by when, and how it stood last."""
    sheet = fields_of(each.sheet)
    if sheet.definition not in ("", sheet.name):
        yield _("How it is measured"), sheet.definition
    if sheet.target is not None:
        text, day = gauges.said(sheet, Fraction(sheet.target)), date_format(sheet.due_on) if sheet.due_on else ""
        yield _("Target"), _("%(value)s, by %(day)s") % {"value": text, "day": day} if day else text
    if each.last:
        period, said = each.last
        text = value_text(said.value, said.numerator, said.denominator)
        yield _("Last time"), f"{text} ({words.period(period)})"
    else:
        yield _("Last time"), _("nothing was reported before")
