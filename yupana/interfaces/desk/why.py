"""Why a call binds the body that owes a plan: also a restricted call, for those who may read what is owed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from yupana.domain.obligations import queries as obligations
from yupana.domain.obligations.rules import Expects
from yupana.foundation.kernel.errors import Missing
from yupana.interfaces import reasons, tags
from yupana.interfaces.desk.doors import Visit, door
from yupana.projections.overviews.register import cut
from yupana.projections.overviews.why import trace_call

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yupana.projections.overviews.why import Trace

ROWS = 40
Address = reasons.Address


@door(methods=("GET", "HEAD"))
def why(visit: Visit, obligation: int) -> HttpResponse:
    """Show why each item that the call puts applies to whoever owes the plan, or does not."""
    owed = obligations.readable_obligation(visit.actor, obligation)
    if owed.call.expects != Expects.PLAN:
        raise Missing("obligation-unknown", obligation=obligation)
    shown = explained(visit, trace_call(owed.call, owed.debtor), owed.call.audience, reasons.public_page)
    shown |= {"owed": owed, "card": owed.debtor, "call": owed.call, "title": tags.titled(owed.call.title)}
    return visit.show("desk/why.html", shown)


def explained(visit: Visit, found: Trace, audience: str, address: Address, *kept: str) -> dict[str, object]:
    """Give what the page of a body shows of its items, and the parameters that its filter keeps."""
    show = visit.request.GET.get("show", "")
    chosen = reasons.chosen(found, show)
    page = cut(chosen, visit.page, ROWS)
    if page is None:
        raise Http404
    reached, because = reasons.told(audience, found, page.rows, address)
    held = visit.request.GET
    return {
        "trace": found,
        "reached": reached,
        "show": show,
        "cut": page.told(because),
        "kept": [(name, held[name]) for name in kept if held.get(name)],
        "query": visit.query("show", *kept),
    }
