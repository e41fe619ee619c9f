"""The register, and the page of one public body: what binds it, where it stands, what it promised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render

from yupana.domain.entities import public as entities
from yupana.domain.instruments import public as instruments
from yupana.domain.obligations import public as obligations
from yupana.domain.obligations.rules import Expects
from yupana.foundation.kernel.errors import Missing
from yupana.interfaces.portal import stands
from yupana.interfaces.portal.activity import Shown, shown
from yupana.interfaces.portal.asked import Asked, asked, one_of, page_number, query_of, text_of
from yupana.interfaces.portal.page import foot, page_of, public_page
from yupana.interfaces.portal.progress import Reported, reported
from yupana.interfaces.words import label, why
from yupana.projections.overviews import entity as bodies
from yupana.projections.overviews import register as places
from yupana.projections.overviews.register import Cut, cut
from yupana.projections.overviews.scores import scores

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest, HttpResponse

    from yupana.domain.entities.public import EntityCard
    from yupana.domain.instruments.public import EditionCard
    from yupana.domain.obligations.public import CallCard
    from yupana.projections.overviews.entity import Bound, Place, ReportOwed
    from yupana.projections.overviews.scores import Scores
    from yupana.projections.overviews.side_by_side import Changed

ROWS = 50
CHILDREN = 60
CHANGES = 12
CALLS = 12  # the newest of those that do not bind it
ACTIVITIES = 15


@dataclass(frozen=True, slots=True)
class Owed:
    """What one call asks of the body in words, and one page of what its accepted plan promises."""

    bound: Bound
    standing: str
    colour: str
    doubt: str
    channel: str
    document: str
    cut: Cut[Shown] | None
    query: str
    reported: Reported | None = None

    @property
    def reports(self) -> list[tuple[ReportOwed, str, str]]:
        """Each report that is asked for on the plan, with its standing in words and its colour."""
        told = self.bound.reports
        return [(each, *stands.told(each.row, each.pending)) for each in told]

    @property
    def changes(self) -> tuple[Changed, ...]:
        """What the last amendment changed, no more than a reader takes in."""
        return self.bound.reprogrammed.rows[:CHANGES] if self.bound.reprogrammed else ()

    @property
    def more_changes(self) -> int:
        """How many changes are left out."""
        return max(len(self.bound.reprogrammed.rows) - CHANGES, 0) if self.bound.reprogrammed else 0


@public_page
def register(request: HttpRequest) -> HttpResponse:
    """Show the register, or the part of it that was looked for."""
    when = asked(request)
    choice = register_choice(request)
    context = {
        "here": "register",
        "asked": when,
        "foot": foot(when),
        "counts": entities.counts(),
        "cut": page_of(request, entities.listing(**choice), ROWS),
        "levels": entities.levels(),
        "territories": places.territories(),
        "categories": entities.categories(),
        "roots": places.roots(),
        "query": query_of(**choice),
        **choice,
    }
    return render(request, "portal/register.html", context)


@public_page
def entity(request: HttpRequest, source: str, source_id: str) -> HttpResponse:
    """Show one public body; with several calls, ?page= turns the pages of every plan."""
    when = asked(request)
    try:
        card = entities.card(source, source_id)
    except Missing as error:
        raise Http404 from error
    children = entities.children(card.id)
    owes = _owes(request, card.id, when)
    context = {
        "here": "register",
        "asked": when,
        "foot": foot(when),
        "card": card,
        "above": entities.breadcrumbs(card.id),
        "children": children[:CHILDREN],
        "more_children": len(children[CHILDREN:]),
        "owes": owes,
        "scored": _scored(owes, card, when),
        "free_of": _free_of(owes, when) if card.bindable else (),
    }
    return render(request, "portal/entity.html", context)


def register_choice(request: HttpRequest) -> dict[str, str]:
    """Read the filters of the register; an unknown one is a 404."""
    return {
        "q": text_of(request),
        "level": one_of(request, "level", {level.code for level in entities.levels()}),
        "territory": one_of(request, "territory", set(entities.territories())),
        "category": one_of(request, "category", set(entities.categories()) if "category" in request.GET else set()),
    }


def _owes(request: HttpRequest, entity: int, when: Asked) -> list[Owed]:
    """Put everything that binds a body into words; a page beyond the longest plan is not there."""
    page = page_number(request)
    owed = bodies.bound(entity, when.as_of)
    where = bodies.places(edition for each in owed for edition in each.editions)
    lengths = [-(-len(each.plan.activities) // ACTIVITIES) for each in owed if each.plan]
    if page > max([1, *lengths]):
        raise Http404
    told = reported([each.plan.obligation_id for each in owed if each.plan], as_of=when.as_of)
    return [_owed(each, where, page, when, told.get(each.row.obligation_id)) for each in owed]


def _free_of(owes: Sequence[Owed], when: Asked) -> list[CallCard]:
    """List the newest public calls for plans that ask nothing of a body."""
    bound = {each.bound.call.id for each in owes}
    every = [each for each in obligations.calls(expects=Expects.PLAN) if each.opens_on <= when.as_of]
    return [each for each in every if each.id not in bound][:CALLS]


def _scored(owes: Sequence[Owed], card: EntityCard, when: Asked) -> list[tuple[EditionCard, Scores]]:
    """Read how far a body is with each edition on which it reports."""
    books = {edition.id: edition for each in owes if each.bound.reports for edition in each.bound.editions}
    who = (card.id, f"{card.source}:{card.source_id}")
    found = ((book, scores(book, instruments.tree(book.id), when.as_of, entity=who)) for book in books.values())
    return [(book, told) for book, told in found if told]


def _owed(bound: Bound, where: Mapping[int, Place], page: int, when: Asked, told: Reported | None) -> Owed:
    header = bound.plan.header if bound.plan else None
    acts = bound.plan.activities if bound.plan else ()
    pages = max(1, -(-len(acts) // ACTIVITIES))
    found = cut(acts, min(page, pages), ACTIVITIES)
    promises = bound.reprogrammed.promises if bound.reprogrammed else {}
    progress = told.rows if told else {}
    standing, tone = stands.told(bound.row, bound.pending)
    return Owed(
        bound=bound,
        standing=standing,
        colour=tone,
        doubt=why(header.date_doubt) if header and header.date_doubt else "",
        channel=label(header.channel) if header else "",
        document=_web_address(header.document_url) if header else "",
        cut=found.told(lambda act: shown(act, where, promises.get(act.row, ()), progress.get(act.row)))
        if found
        else None,
        query=query_of(as_of=when.as_of.isoformat() if when.chosen else ""),
        reported=told,
    )


def _web_address(text: str) -> str:
    """Keep what a browser may follow: whoever hands in a plan writes this, and readers click on it."""
    return text if text.startswith(("https://", "http://")) else ""
