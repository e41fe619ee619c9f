"""The text of an edition, from its first item to its last, a page's worth at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import Truncator

from yupana.domain.instruments import public as instruments
from yupana.foundation.kernel.share import Share
from yupana.interfaces.portal import layout, said
from yupana.interfaces.portal.asked import asked, page_number, query_of
from yupana.interfaces.portal.books import item_of, published, putting
from yupana.interfaces.portal.page import foot, public_page
from yupana.interfaces.words import label
from yupana.projections.figures import public as figures
from yupana.projections.figures import rules
from yupana.projections.overviews import plan as plans

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from django.http import HttpRequest, HttpResponse

    from yupana.domain.instruments.public import EditionCard, Node, Told
    from yupana.interfaces.portal.asked import Asked
    from yupana.interfaces.portal.layout import Piece
    from yupana.interfaces.portal.said import Pairs
    from yupana.projections.overviews.figure import Figure

DEEPEST = 6  # what HTML has headings for
BEGINNING = 200  # characters of a long statement that stand as its heading


@dataclass(frozen=True, slots=True)
class Passage:
    """One item on a page of text, in words; ``level`` is that of its heading."""

    piece: Piece
    level: int
    title: str
    role: str
    facts: Pairs
    body: str
    norms: str

    @property
    def node(self) -> Node:
        """The item itself."""
        return self.piece.node


@public_page
def text(request: HttpRequest, instrument: str, code: str) -> HttpResponse:
    """Show one page of the text; one beyond the last is not there."""
    when = asked(request)
    book = published(instrument, code)
    tree = instruments.tree(book.id)
    laid = pages(book, tree)
    page = page_number(request)
    if not 0 < page <= len(laid):
        raise Http404
    shown = laid[page - 1]
    context = {
        "here": "plan",
        "asked": when,
        "foot": foot(when),
        "edition": book,
        "above": _above(tree, shown[0].node.id),
        "passages": list(_passages(book, tree, shown, when)),
        "page": page,
        "pages": len(laid),
        "query": query_of(as_of=request.GET.get("as_of", "")),
    }
    return render(request, "portal/text.html", context)


@public_page
def place(request: HttpRequest, instrument: str, code: str, role: str, item: str) -> HttpResponse:
    """Lead to the place of an item in the text."""
    when = asked(request)
    book = published(instrument, code)
    node = item_of(book, role, item)
    page = layout.page_number(pages(book, instruments.tree(book.id)), node.id)
    chosen = when.as_of.isoformat() if when.chosen else ""
    query = query_of(page=str(page) if page > 1 else "", as_of=chosen).rstrip("&")
    there = reverse("portal:text", args=[instrument, code])
    return redirect(f"{there}{'?' * bool(query)}{query}#{role}-{item}")


def pages(book: EditionCard, tree: Sequence[Node]) -> tuple[tuple[Piece, ...], ...]:
    """Lay an edition out in pages."""
    long = [node.id for node, _ in layout.flat(tree) if layout.is_long(node)]
    return layout.pages(tree, instruments.told(book.id, long) if long else {})


def passage(piece: Piece, told: Told, facts: Pairs) -> Passage:
    """Put one item, or a part of it, into words."""
    node = piece.node
    is_whole = piece.text is None
    return Passage(
        piece=piece,
        level=min(DEEPEST, piece.depth + 2),
        title=Truncator(node.text).chars(BEGINNING) if len(node.text) > layout.LONG else node.text,
        role=label(node.role),
        facts=facts if piece.first else (),
        body=told.body if piece.text is None else piece.text,
        norms=told.legal_basis if is_whole or (piece.first and len(told.legal_basis) <= layout.LONG_NORMS) else "",
    )


def counted(book: EditionCard, nodes: Sequence[Node], when: Asked) -> tuple[Mapping[int, Share], Mapping[int, Figure]]:
    """Read who answers these items of those whom they bind, by item; and name the figures that those shares are."""
    items = [node for node in nodes if node.binds]
    if not items:
        return {}, {}
    calls = putting(book)
    found = figures.shares(
        measure=rules.ANSWERED,
        calls=[call.id for call in calls],
        as_of=when.as_of,
        items=[node.id for node in items],
        by=("item",),
    )
    whole = plans.figure_of(calls, rules.ANSWERED, when.as_of, item=book.ref)
    opened = {node.id: plans.item_figure(whole, node, below=False) for node in items}
    return {item: share for (item,), share in found.items()}, opened


def _passages(book: EditionCard, tree: Sequence[Node], shown: Sequence[Piece], when: Asked) -> Iterator[Passage]:
    nodes = [piece.node for piece in shown]
    paths = {node.id: above for node, above in _paths(tree, ())}
    needed = {key for node in nodes for key in (node.id, *paths[node.id])}
    told = instruments.told(book.id, needed)
    shares, opened = counted(book, nodes, when)
    for piece in shown:
        node = piece.node
        above = [told[key] for key in paths[node.id]]
        share, opens = shares.get(node.id, Share()), opened.get(node.id)
        yield passage(piece, told[node.id], said.facts(node, told[node.id], above, share, opens))


def _paths(nodes: Sequence[Node], above: tuple[int, ...]) -> Iterator[tuple[Node, tuple[int, ...]]]:
    for node in nodes:
        yield node, above
        yield from _paths(node.children, (*above, node.id))


def _above(tree: Sequence[Node], item: int) -> list[Node]:
    """Find the items above the first one of a page, from the root down."""
    by_id = {node.id: node for node, _ in layout.flat(tree)}
    path = next(above for node, above in _paths(tree, ()) if node.id == item)
    return [by_id[key] for key in path]
