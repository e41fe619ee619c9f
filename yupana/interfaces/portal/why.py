"""Why a call binds one body: item by item, with the conditions that hold and those that do not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from yupana.domain.entities import public as entities
from yupana.domain.instruments.facts import NOBODY
from yupana.domain.obligations import public as obligations
from yupana.foundation.kernel.errors import Missing, Refused
from yupana.interfaces.portal.asked import asked, one_of, query_of
from yupana.interfaces.portal.page import foot, page_of, public_page
from yupana.interfaces.words import label
from yupana.projections.overviews import entity as bodies

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

    from yupana.domain.entities.public import Named
    from yupana.domain.entities.rules import Part
    from yupana.projections.overviews.entity import Place
    from yupana.projections.overviews.why import Reason

ROWS = 40
SHOWN = frozenset({"yes", "no"})


@dataclass(frozen=True, slots=True)
class Because:
    """One item, whether it applies, and why, in words."""

    place: Place
    applies: bool
    words: str
    audience: str
    parts: tuple[str, ...]


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
    chosen = [each for each in found.items if not show or each.applies == (show == "yes")]
    where = bodies.places(bodies.editions_of(call))
    named = entities.named_in([call.audience, *(each.audience for each in chosen)])
    context = {
        "here": "register",
        "asked": when,
        "foot": foot(when),
        "card": card,
        "call": call,
        "trace": found,
        "whom": _whom(call.audience, named),
        "parts": _parts(found.parts, named),
        "cut": page_of(request, chosen, ROWS).told(lambda each: _because(each, where[each.item_id], named)),
        "show": show,
        "query": query_of(show=show, as_of=request.GET.get("as_of", "")),
    }
    return render(request, "portal/why.html", context)


def _because(reason: Reason, place: Place, named: Named) -> Because:
    words = _whom(reason.audience, named)
    return Because(place, reason.applies, label(reason.why), words, _parts(reason.parts, named))


def _parts(parts: Iterable[tuple[Part, bool]], named: Named) -> tuple[str, ...]:
    return tuple(named.part(part, holds=holds) for part, holds in parts)


def _whom(expression: str, named: Named) -> str:
    """Say whom an audience binds; "" for whoever is called, and for nobody."""
    return "" if expression in ("", NOBODY) else _("It binds: %(whom)s.") % {"whom": named.whom(expression)}
