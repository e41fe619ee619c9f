"""How the plan is going, and where to find what one is looking for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from yupana.domain.entities import public as entities
from yupana.domain.instruments import public as instruments
from yupana.foundation.kernel.text import fold, words_of
from yupana.interfaces.portal import layout
from yupana.interfaces.portal.asked import asked, text_of
from yupana.interfaces.portal.feed import told
from yupana.interfaces.portal.page import foot, public_page
from yupana.projections.overviews import plan as plans
from yupana.projections.overviews import record
from yupana.projections.overviews.register import cut
from yupana.projections.overviews.scores import scores

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

    from yupana.domain.instruments.public import EditionCard, Node

LAST_EVENTS = 6
FOUND = 20
MOST_BRANCHES = 60  # of a large plan: its upper floors


@dataclass(frozen=True, slots=True)
class Found:
    """An item of a published plan that has the words."""

    url: str
    code: str
    text: str
    edition: str


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """Show how one edition is going: the one asked for, else the newest that was put to somebody."""
    when = asked(request)
    known = plans.editions()
    end = foot(when)
    chosen = _chosen(known, request.GET.get("plan", ""))
    plan = plans.plan(chosen, when.as_of) if chosen else None
    rows = plan.branches if plan else ()
    shown = layout.shallow(rows, lambda branch: branch.depth, MOST_BRANCHES)
    context = {
        "here": "plan",
        "asked": when,
        "foot": end,
        "plan": plan,
        "scores": scores(plan.edition, plan.tree, when.as_of) if plan and plan.calls else None,
        "branches": shown,
        "more_branches": len(rows) - len(shown),
        "others": [edition for edition in known if edition != chosen],
        "under_way": instruments.under_way(),
        "feed": told(record.latest(LAST_EVENTS)),
        "looked_back": record.LOOK_BACK if end.size > record.LOOK_BACK else 0,
        "register_url": reverse("portal:register"),
    }
    return render(request, "portal/home.html", context)


@public_page
def search(request: HttpRequest) -> HttpResponse:
    """Look for words among public bodies and among the items of published plans."""
    when = asked(request)
    words = text_of(request)
    context = {
        "asked": when,
        "q": words,
        "cut": cut(entities.listing(q=words), 1, FOUND) if words else None,
        "lines": list(_lines(words))[:FOUND] if words else (),
        "foot": foot(when),
    }
    return render(request, "portal/search.html", context)


def _chosen(known: tuple[EditionCard, ...], ref: str) -> EditionCard | None:
    if not ref:
        return known[0] if known else None
    for edition in known:
        if edition.ref == ref:
            return edition
    raise Http404


def _lines(words: str) -> Iterator[Found]:
    wanted = words_of(words)
    for edition in instruments.editions():
        for node in _all(instruments.tree(edition.id)):
            text = fold(f"{node.code} {node.text}")
            if all(word in text for word in wanted):
                url = reverse("portal:item", args=[edition.instrument, edition.code, node.role, node.code])
                yield Found(url, node.code, node.text, edition.title)


def _all(nodes: tuple[Node, ...]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _all(node.children)
