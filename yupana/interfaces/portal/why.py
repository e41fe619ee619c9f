"""Why a call binds one body: item by item, with the conditions that hold and those that do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render

from yupana.domain.entities import public as entities
from yupana.domain.obligations import public as obligations
from yupana.foundation.kernel.errors import Missing, Refused
from yupana.interfaces import reasons, tags
from yupana.interfaces.portal.asked import asked, one_of, query_of
from yupana.interfaces.portal.page import foot, page_of, public_page
from yupana.projections.overviews import entity as bodies

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

ROWS = 40
SHOWN = frozenset({reasons.YES, reasons.NO})


@public_page
def why(request: HttpRequest, source: str, source_id: str, code: str) -> HttpResponse:
    """Show why each item of a public call applies to a body, or does not."""
    when = asked(request)
    try:
        card, call = entities.card(source, source_id), obligations.call(code)
        found = bodies.why_bound(card.id, call)
    except (Missing, Refused) as error:  # also an audience that names what is not there any more
        raise Http404 from error
    show = one_of(request, "show", SHOWN)
    chosen = reasons.chosen(found, show)
    reached, because = reasons.told(call.audience, found, chosen, reasons.public_page)
    context = {
        "here": "register",
        "asked": when,
        "foot": foot(when),
        "card": card,
        "call": call,
        "title": tags.titled(call.title),
        "trace": found,
        "reached": reached,
        "cut": page_of(request, chosen, ROWS).told(because),
        "show": show,
        "kept": [("as_of", when.as_of.isoformat())] if when.chosen else [],
        "query": query_of(show=show, as_of=request.GET.get("as_of", "")),
    }
    return render(request, "portal/why.html", context)
