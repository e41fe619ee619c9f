"""What is left unanswered in a call: guideline by guideline, and entity by entity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.foundation.kernel.errors import Missing
from yupana.interfaces.desk.doors import AUTHORITY, Visit, door
from yupana.interfaces.desk.oversight.matrix import CHOSEN, asked, choices
from yupana.projections.overviews.register import cut

if TYPE_CHECKING:
    from fractions import Fraction

    from django.http import HttpResponse

    from yupana.projections.overviews.matrix import Column

ITEMS = 50  # on a page


@door(*AUTHORITY, methods=("GET", "HEAD"))
def guidelines(visit: Visit, code: str) -> HttpResponse:
    """List the guidelines, those that fewest answer first."""
    call, found = asked(visit, code)
    page = cut(sorted(found.heads(), key=_answered), visit.page, ITEMS)
    if page is None:
        raise Missing("call-unknown", call=code)
    shown = {"call": call, "page": page, **choices(visit, found), "query": visit.query("level", "department")}
    return visit.show("desk/oversight/guidelines.html", shown)


@door(*AUTHORITY, methods=("GET", "HEAD"))
def owing(visit: Visit, code: str) -> HttpResponse:
    """List the entities, those that leave most unanswered first."""
    call, found = asked(visit, code, most_gaps=True)
    sheet = found.sheet(visit.page, 1)
    if sheet is None:
        raise Missing("call-unknown", call=code)
    shown = {"call": call, "page": sheet.rows, **choices(visit, found), "query": visit.query(*CHOSEN)}
    return visit.show("desk/oversight/owing.html", shown)


def _answered(column: Column) -> tuple[Fraction | int, int]:
    """Order by the part that answers, of equals what most owe first; what nobody owes any more comes last."""
    ratio = column.share.ratio
    return (2 if ratio is None else ratio), -column.share.due
