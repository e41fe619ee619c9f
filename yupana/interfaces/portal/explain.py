"""What a figure of the portal is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone

from yupana.domain.obligations import public as obligations
from yupana.interfaces.explained import context_of, figure_of
from yupana.interfaces.portal.asked import Asked, page_number
from yupana.interfaces.portal.page import foot, public_page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@public_page
def explain(request: HttpRequest) -> HttpResponse:
    """Show one figure over public calls, and what adds up to it."""
    today = timezone.localdate()
    figure = figure_of(request.GET, today=today)
    cards = [obligations.call(code) for code in figure.calls]
    when = Asked(figure.as_of, today, chosen=True)
    end = foot(when)
    calls = {card.id: card.code for card in cards}
    told = context_of(figure, calls, [card.title for card in cards], page_number(request), end.position)
    return render(request, "portal/explain.html", {"here": "plan", "asked": when, "foot": end, **told})
