"""How a plan meets another: what each of its items contributes to, and what is left alone on either side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yupana.interfaces import sending
from yupana.interfaces.portal.asked import asked, one_of, query_of
from yupana.interfaces.portal.books import published
from yupana.interfaces.portal.page import foot, page_of, public_page
from yupana.interfaces.words import label
from yupana.projections.overviews import alignment as overview

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

    from yupana.domain.instruments.facts import AlignmentKind
    from yupana.domain.instruments.public import EditionCard, Node
    from yupana.projections.overviews.alignment import Matrix, Pair, Side

ROWS = 40
LINKS = 8  # shown in one row, and on the page of an item
SIDES = {"here": gettext_lazy("this plan"), "there": gettext_lazy("the other plan")}
GAPS = "gaps"


@dataclass(frozen=True, slots=True)
class Aligned:
    """What an item is to another, in words."""

    words: str
    edition: EditionCard
    node: Node


@dataclass(frozen=True, slots=True)
class Row:
    """An item with the branch in which it stands, and what it is to items of the other plan."""

    axis: Node
    node: Node
    links: tuple[Aligned, ...]
    more: int
    met: bool


@public_page
def alignment(request: HttpRequest, instrument: str, code: str) -> HttpResponse:
    """Show how an edition meets another one, of the two which side was asked for, with the gaps of both."""
    when = asked(request)
    book = published(instrument, code)
    partners = overview.partners(book)
    other = _other(request, book, [card for card, _links in partners])
    choice = {"with": other.ref if other else "", **_choice(request)}
    context = {
        "here": "plan",
        "asked": when,
        "foot": foot(when),
        "edition": book,
        "other": other,
        "partners": partners,
        "sides": SIDES.items(),
        "query": query_of(**choice, as_of=request.GET.get("as_of", "")),
        "side": choice["side"],
        "show": choice["show"],
    }
    if other:
        found = overview.matrix(book, other)
        context |= {"matrix": found, "cut": page_of(request, _rows(found, choice), ROWS)}
    return render(request, "portal/alignment.html", context)


@public_page
def table(request: HttpRequest, instrument: str, code: str) -> StreamingHttpResponse:
    """Give every pair, and every item that is left alone, as a table that can be brought in again."""
    book = published(instrument, code)
    other = _other(request, book, [card for card, _links in overview.partners(book)])
    if other is None:
        raise Http404
    head = ["item", "kind", "other", _("text"), _("text of the other")]
    name = f"{instrument}-{code}-{other.instrument}-{other.code}"
    return sending.table(name, _told(overview.matrix(book, other)), head)


def of_item(node: Node) -> tuple[Aligned, ...]:
    """Say what one item is to items of other plans."""
    return tuple(Aligned(words(link.kind), link.place.edition, link.place.node) for link in overview.links_of(node))


def words(kind: AlignmentKind | None) -> str:
    """Say what an item is to another; None: the other contributes to it."""
    return label(kind) if kind else _("is served by")


def _other(request: HttpRequest, book: EditionCard, partners: Sequence[EditionCard]) -> EditionCard | None:
    """Find the edition that was asked for, else the one that this is aligned with most; a 404 for what is none."""
    ref = request.GET.get("with", "")
    if not ref:
        return partners[0] if partners else None
    instrument, _slash, code = ref.partition("/")
    found = published(instrument, code)
    if found.instrument == book.instrument:
        raise Http404
    return found


def _choice(request: HttpRequest) -> dict[str, str]:
    return {"side": one_of(request, "side", set(SIDES)), "show": one_of(request, "show", {GAPS})}


def _rows(found: Matrix, choice: dict[str, str]) -> list[Row]:
    side, facing = (found.there, found.here) if choice["side"] == "there" else (found.here, found.there)
    rows = list(_of_side(side, facing.edition))
    return [row for row in rows if not row.met] if choice["show"] == GAPS else rows


def _of_side(side: Side, facing: EditionCard) -> Iterator[Row]:
    for axis in side.axes:
        if axis.own:
            yield _row(axis.node, axis.own[0].item, axis.own, facing, met=True)
        for row in axis.rows:
            yield _row(axis.node, row.node, row.pairs, facing, met=row.met)


def _row(axis: Node, node: Node, pairs: Sequence[Pair], facing: EditionCard, *, met: bool) -> Row:
    links = tuple(Aligned(words(pair.kind), facing, pair.other) for pair in pairs[:LINKS])
    return Row(axis, node, links, len(pairs) - len(links), met)


def _told(found: Matrix) -> Iterator[list[object]]:
    here, there = found.here.edition.ref, found.there.edition.ref
    for pair in found.pairs:
        one, other = f"{here}#{pair.item.key}", f"{there}#{pair.other.key}"
        if pair.kind:
            yield [one, pair.kind.value, other, pair.item.text, pair.other.text]
        else:
            yield [other, "contributes", one, pair.other.text, pair.item.text]
    for node in found.here.gaps:
        yield [f"{here}#{node.key}", None, None, node.text, None]
    for node in found.there.gaps:
        yield [None, None, f"{there}#{node.key}", None, node.text]
