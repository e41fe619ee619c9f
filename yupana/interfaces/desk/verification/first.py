"""What to verify first, as a page and as a table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from yupana.domain.entities import public as entities
from yupana.domain.progress.rules.risk import MOST, Why
from yupana.foundation.kernel.errors import Missing
from yupana.foundation.kernel.money import format_cents
from yupana.interfaces import sending
from yupana.interfaces.desk.doors import AUTHORITY, Visit, door
from yupana.interfaces.interchange.spreadsheets.streamed import streamed_table
from yupana.interfaces.words import label
from yupana.projections.overviews.register import cut
from yupana.projections.overviews.to_verify import CLOSELY, to_verify

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.http import FileResponse, HttpResponse, StreamingHttpResponse

    from yupana.projections.overviews.to_verify import Listing, ToVerify

ROWS = 25


@door(*AUTHORITY, methods=("GET", "HEAD"))
def first(visit: Visit) -> HttpResponse:
    """List declared values that nobody checked, those with most reasons to look first."""
    found, level = _found(visit)
    page = cut(found.rows, visit.page, ROWS)
    if page is None:
        raise Missing("call-unknown", call="")
    shown = {
        "found": found,
        "page": page,
        "level": level,
        "levels": entities.levels(),
        "closely": CLOSELY,
        "reasons": [(label(why), MOST[why]) for why in Why],
        "query": visit.query("call", "level", "odd"),
        "odd": _is_odd(visit),
    }
    return visit.show("desk/verification/first.html", shown)


@door(*AUTHORITY, methods=("GET", "HEAD"))
def as_csv(visit: Visit) -> StreamingHttpResponse:
    """Give the same list whole, as a table."""
    found, _level = _found(visit)
    return sending.table("verificar", list(_table(found)))


@door(*AUTHORITY, methods=("GET", "HEAD"))
def as_xlsx(visit: Visit) -> FileResponse:
    """Give the same as a workbook."""
    found, _level = _found(visit)
    return sending.workbook("verificar", streamed_table(_table(found)))


def _found(visit: Visit) -> tuple[Listing, str]:
    level = visit.request.GET.get("level", "")
    found = to_verify(visit.actor, call=visit.request.GET.get("call", ""), level=level)
    odd = tuple(each for each in found.rows if each.odds) if _is_odd(visit) else found.rows
    return replace(found, rows=odd), level


def _is_odd(visit: Visit) -> bool:
    """Whether only what does not fit together was asked for."""
    return visit.request.GET.get("odd") == "1"


def _table(found: Listing) -> Iterator[Sequence[str | int]]:
    levels = {each.code: each.name for each in entities.levels()}
    code = found.call.code if found.call else ""
    heads = [_("points"), _("call"), _("name"), _("level"), _("row"), _("activity"), _("declared"), _("budget, Bs")]
    yield [*heads, *(label(why) for why in Why), _("what does not fit")]
    for each in found.rows:
        points = dict(each.reasons)
        yield [
            *_cells(each, code, levels.get(each.level, each.level)),
            *(points.get(why, 0) for why in Why),
            "; ".join(map(label, each.odds)),
        ]


def _cells(each: ToVerify, code: str, level: str) -> list[str | int]:
    budget = "" if each.budget is None else format_cents(each.budget)
    return [each.points, code, each.entity, level, each.row, each.name, each.said, budget]
