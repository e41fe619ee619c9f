"""What a figure of the desk is made of: of restricted calls, too, for those who may read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.domain.obligations import queries
from yupana.interfaces.desk.doors import AUTHORITY, Visit, door
from yupana.interfaces.explained import context_of, figure_of
from yupana.projections.figures import public as figures

if TYPE_CHECKING:
    from django.http import HttpResponse


@door(*AUTHORITY, methods=("GET", "HEAD"))
def explain(visit: Visit, code: str) -> HttpResponse:
    """Show one figure of a call that the reader may read, and what adds up to it; coverage where none is named."""
    call = queries.readable_call(visit.actor, code)
    figure = figure_of(visit.request.GET, today=None, call=call.code)
    state = figures.state()
    told = context_of(figure, {call.pk: call.code}, [call.title], visit.page, state.position)
    return visit.show("desk/oversight/explain.html", {"call": call, "state": state, **told})
