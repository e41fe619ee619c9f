"""The page of one figure of a published evaluation: what it is made of, in words, and where each part opens."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from yupana.foundation.kernel.share import Share
from yupana.interfaces.explained import leaf_row
from yupana.interfaces.portal.asked import one_of, query_of
from yupana.interfaces.portal.page import page_of
from yupana.interfaces.words import period
from yupana.projections.overviews.evaluation.breaking import MEASURES, Where
from yupana.projections.overviews.evaluation.opening import opened
from yupana.projections.overviews.evaluation.telling import NAMES, NO_LINE_NAME
from yupana.projections.overviews.figure import BELOW, NO_LINE, NOWHERE

if TYPE_CHECKING:
    from django.http import HttpRequest

    from yupana.projections.overviews.evaluation.breaking import Part
    from yupana.projections.overviews.evaluation.telling import Telling

ROWS = 50
NOTHING = Share()
MOST_NAME = 200  # letters of what an address names


def opened_figure(request: HttpRequest, told: Telling) -> dict[str, object]:
    """Read which figure is meant, and say what it is made of; 404 for what was not counted."""
    measure = one_of(request, "m", set(MEASURES))
    where = Where(*(request.GET.get(name, "")[:MOST_NAME].replace("\0", "") for name in "ntiep"))
    if not measure:
        raise Http404
    try:
        found = opened(told.reading, measure, where)
    except LookupError as error:
        raise Http404 from error
    shown = page_of(request, found.rows, ROWS)
    bare, rest = measure.partition(".")[2], found.share - sum((row.share for row in shown.rows), NOTHING)
    return {
        "found": found,
        "name": NAMES[measure],
        "about": _about(where, told),
        "up": _up(measure, where, told),
        "cut": shown,
        "rows": [(row, _name(row, found.by, told), _address(measure, row.where, told)) for row in shown.rows],
        "rest": rest,
        "rest_name": _rest(rest, shown.pages),
        "body_at": _body_at(where, told),
        "leaf": leaf_row(shown.rows[0].text, found.share, found.leaf, bare) if found.leaf else None,
        "query": query_of(m=measure, **where.query()),
    }


def _address(measure: str, where: Where | None, told: Telling) -> str:
    """Write where a part opens; "" where it does not: what was not frozen is counted by the same formula or not."""
    if where is None:
        return ""
    was_frozen = (not where.item or where.item.endswith(BELOW)) and not where.entity and not where.period
    if not was_frozen and not told.reading.is_recountable:
        return ""
    return query_of(m=measure, **where.query()).removesuffix("&")


def _rest(rest: Share, pages: int) -> str:
    """Name what the rows of a page do not hold: "" where they hold everything."""
    if pages > 1:
        return _("On the other pages")
    return "" if rest == NOTHING else _("Erased since by a recorded act")


def _body_at(where: Where, told: Telling) -> str:
    """Write where a body gives account of the same plan as of the same day."""
    if not where.entity:
        return ""
    source, _sign, number = where.entity.partition(":")
    at = reverse("portal:dossier", args=(source, number, told.reading.figures["call"]))
    return f"{at}?{query_of(as_of=told.reading.figures['as_of'])}".removesuffix("&")


def _up(measure: str, where: Where, told: Telling) -> list[tuple[str, str]]:
    """Name the wider figures that one is a part of, the widest first."""
    widest = Where(period=where.period)
    wider = [widest] * (where != widest)
    if where.item and (where.level or where.territory or where.entity):
        wider.append(replace(where, item=""))
    return [(" · ".join(_about(each, told)) or _("All together"), _address(measure, each, told)) for each in wider]


def _about(where: Where, told: Telling) -> list[str]:
    """Say of what a figure speaks, the widest first."""
    figures, item = told.reading.figures, where.item.removesuffix(BELOW)
    return [
        *[told.level_name(where.level)] * bool(where.level),
        *[told.place_name("" if where.territory == NOWHERE else where.territory)] * bool(where.territory),
        *[period(where.period)] * bool(where.period),
        *[each["name"] for each in told.reading.entities if each["entity"] == where.entity],
        *[each["text"] for each in figures["items"] if each["item"] == item],
        *[str(NO_LINE_NAME)] * (item == NO_LINE),
    ]


def _name(part: Part, by: str, told: Telling) -> str:
    return told.level_name(part.name) if by == "level" else part.text or str(NO_LINE_NAME)
