"""The indicators of an edition: each target with its value, how many are known, its trend; and one of them opened."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from yupana.domain.entities import public as entities
from yupana.domain.obligations.rules import CALENDARS
from yupana.domain.progress.rules import Direction, Frequency, Method, OverBodies, OverTime, SheetSource
from yupana.foundation.kernel.quantity import SCALE
from yupana.interfaces import gauges, sending
from yupana.interfaces.portal.asked import asked
from yupana.interfaces.portal.books import published
from yupana.interfaces.portal.page import foot, page_of, public_page
from yupana.interfaces.words import label
from yupana.interfaces.words import period as period_named
from yupana.projections.overviews import indicators as overview

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

    from yupana.domain.progress.rules.indicators import Value
    from yupana.domain.progress.rules.sheets import SheetFields
    from yupana.projections.overviews.indicators import Group, Indicator, Part, Reserved

ROWS = 40
COUNTRY = "bolivia"  # whose departments have names in the calendar of working days


@dataclass(frozen=True, slots=True)
class Said:
    """One line of what a value is made of; ``above`` and ``below`` are empty where it is no rate."""

    part: Part | None
    value: str
    above: str
    below: str
    known: bool


@public_page
def indicators(request: HttpRequest, instrument: str, code: str) -> HttpResponse:
    """List the targets of an edition."""
    when, book = asked(request), published(instrument, code)
    found = [gauges.gauge(each) for each in overview.listing(book, when.as_of)]
    context = {
        "here": "plan",
        "asked": when,
        "foot": foot(when),
        "edition": book,
        "gauges": found,
        "known": sum(bool(each.value) for each in found),
        "unsaid": sum(each.found.sheet is None for each in found),
    }
    return render(request, "portal/indicators.html", context)


@public_page
def indicators_csv(request: HttpRequest, instrument: str, code: str) -> StreamingHttpResponse:
    """Give the same list as a table."""
    when, book = asked(request), published(instrument, code)
    head = ("code", "name", "unit", "period", "value", "numerator", "denominator", "baseline", "target", "due_on",
            "known", "asked", "as_of")  # fmt: skip
    rows = ([*_row(each), when.as_of] for each in overview.listing(book, when.as_of))
    return sending.table(f"{instrument}-{code}-indicadores", rows, head)


@public_page
def indicator(request: HttpRequest, instrument: str, code: str, role: str, item: str) -> HttpResponse:
    """Show one target: its sheet, its values over time, who said what, and how the value is made of it."""
    when, book = asked(request), published(instrument, code)
    opened = overview.opened(book, role, item, when.as_of)
    if opened is None:
        raise Http404
    one, now = opened.indicator, opened.indicator.now
    sheet = one.sheet
    points = [(period_named(each.period), *gauges.of_point(sheet, each), each) for each in one.points] if sheet else []
    context = {
        "here": "plan",
        "asked": when,
        "foot": foot(when),
        "edition": book,
        "gauge": gauges.gauge(one),
        "sheet": sheet,
        "facts": list(_facts(sheet)) if sheet else [],
        "points": points,
        "now": now,
        "lacks": gauges.lacks(now) if now else [],
        "cut": page_of(request, [_said(sheet, each) for each in opened.parts] if sheet else [], ROWS),
        "reserved": _reserved(sheet, now.reserved) if sheet and now and now.reserved else None,
        "whole": _whole(sheet, now.value) if sheet and now else None,
        "is_rate": sheet is not None and sheet.over_bodies == OverBodies.RATE,
        "groups": [_group(sheet, each) for each in opened.groups] if sheet else [],
        "query": "",
    }
    return render(request, "portal/indicator.html", context)


def _row(each: Indicator) -> list[object]:
    """Say an indicator for a program: plain numbers, and nothing where nothing is known."""
    sheet, now = each.sheet, each.now
    if sheet is None:
        return [each.item.code, each.item.text, *[""] * 10]
    value = now.value if now else None
    counted = each.counted.share if each.counted else None
    said = (
        [now.period if now else "", *(_plain(part) for part in (value.actual, value.numerator, value.denominator))]
        if value
        else ["", "", counted.done if counted else "", counted.due if counted else ""]
    )
    aims = [_plain(sheet.baseline), _plain(sheet.target), sheet.due_on]
    known = [value.coverage.done, value.coverage.due] if value else ["", ""]
    return [each.item.code, sheet.name, sheet.unit, *said, *aims, *known]


def _plain(value: Fraction | int | None) -> str:
    """Write ten-thousandths with a point, as programs read them; exact to ten decimals."""
    return "" if value is None else f"{Decimal(round(value * 10**6)) / (SCALE * 10**6):f}"


def _facts(sheet: SheetFields) -> Iterator[tuple[str, str]]:
    """Say what a sheet says, in the order of a methodological sheet; what it leaves open is left out."""
    whom = entities.named_in([sheet.audience]).whom(sheet.audience) if sheet.audience else _("nobody yet")
    year = f" ({sheet.baseline_year})" if sheet.baseline_year else ""
    counted = sheet.source == SheetSource.COUNT
    told = {
        _("What it measures"): sheet.definition if sheet.definition != sheet.name else "",
        _("Numerator"): sheet.numerator,
        _("Denominator"): sheet.denominator,
        _("Factor"): "" if counted or sheet.factor == SCALE else gauges.quantity(Fraction(sheet.factor)),
        _("How values make up the whole"): "" if counted else label(Method(sheet.method)),
        _("Which way"): label(Direction(sheet.direction)) if sheet.direction else "",
        _("Baseline"): "" if sheet.baseline is None else gauges.said(sheet, Fraction(sheet.baseline)) + year,
        _("Values over time"): "" if counted else label(OverTime(sheet.over_time)),
        _("Values of many entities"): "" if counted else label(OverBodies(sheet.over_bodies)),
        _("How often"): label(Frequency(sheet.frequency)) if sheet.frequency else "",
        _("Source"): label(SheetSource(sheet.source)),
        (_("Counted over") if counted else _("Who reports it")): whom,
        _("Responsible"): sheet.responsible,
    }
    yield from ((name, text) for name, text in told.items() if text)


def _said(sheet: SheetFields, part: Part) -> Said:
    told = part.told
    return Said(
        part, gauges.of_body(sheet, told), gauges.quantity(told.numerator), gauges.quantity(told.denominator),
        told.lack is None,
    )  # fmt: skip


def _reserved(sheet: SheetFields, part: Reserved) -> dict[str, object]:
    """Say what is not shown one by one: how many bodies, and their part of the whole."""
    return {
        "share": part.coverage,
        "value": "" if part.actual is None else gauges.said(sheet, part.actual),
        "above": gauges.quantity(part.numerator),
        "below": gauges.quantity(part.denominator),
    }


def _whole(sheet: SheetFields, value: Value) -> dict[str, str]:
    """Say the last line of the table, to which all above it add up."""
    return {
        "value": "" if value.actual is None else gauges.said(sheet, value.actual),
        "above": gauges.quantity(value.numerator),
        "below": gauges.quantity(value.denominator),
    }


def _group(sheet: SheetFields, group: Group) -> dict[str, object]:
    levels = {level.code: level.name for level in entities.levels()}
    names = levels if group.kind == "level" else CALENDARS[COUNTRY].names
    value = group.value
    return {
        "kind": group.kind,
        "name": names.get(group.code, group.code),
        "value": "" if value.actual is None else gauges.said(sheet, value.actual),
        "coverage": value.coverage,
    }
