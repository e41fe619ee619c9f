"""The money of a call's accepted plans: by axis, by financing source and by year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.domain.entities import public as entities
from yupana.interfaces import sending
from yupana.interfaces.desk.doors import AUTHORITY, Visit, door
from yupana.projections.overviews import money as overview
from yupana.projections.overviews.followup import plan_call

if TYPE_CHECKING:
    from django.http import HttpResponse, StreamingHttpResponse

    from yupana.projections.overviews.money import Money

COLUMNS = ("axis", "source", "year", "programmed_bs", "current_bs", "accrued_bs")


@door(*AUTHORITY, methods=("GET", "HEAD"))
def money(visit: Visit, code: str) -> HttpResponse:
    """Show the sums with what they stand on."""
    call = plan_call(visit.actor, code)
    level = visit.request.GET.get("level", "")
    shown = {"call": call, "level": level, "levels": entities.levels(), "query": visit.query("level")}
    return visit.show("desk/oversight/money.html", {**shown, "money": _sums(visit, code)})


@door(*AUTHORITY, methods=("GET", "HEAD"))
def money_csv(visit: Visit, code: str) -> StreamingHttpResponse:
    """Give every sum by axis, source and year at once, from which all others follow."""
    cube = _sums(visit, code).cube
    lines = [[axis, source, str(year or ""), *map(_bolivianos, cents)] for axis, source, year, cents in cube]
    return sending.table(f"{code}-dinero", [COLUMNS, *lines])


def _sums(visit: Visit, code: str) -> Money:
    call = plan_call(visit.actor, code)
    return overview.money(visit.actor, call, level=visit.request.GET.get("level", ""))


def _bolivianos(cents: int | None) -> str:
    """Write an amount as numbers are written in files; nothing where nobody said it."""
    return "" if cents is None else f"{cents // 100}.{cents % 100:02d}"
