"""The plan to read, the rows behind each of its numbers, and who owes an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yupana.domain.entities import public as entities
from yupana.domain.instruments import public as instruments
from yupana.domain.instruments.facts import EditionState
from yupana.domain.obligations.rules import Standing
from yupana.interfaces.portal import alignment, files, layout, said, stands, text
from yupana.interfaces.portal import outline as outlines
from yupana.interfaces.portal.asked import asked, one_of, query_of
from yupana.interfaces.portal.books import editions_of, item_of, latest, published, putting
from yupana.interfaces.portal.page import foot, page_of, public_page
from yupana.interfaces.words import titled
from yupana.projections.figures import rules
from yupana.projections.overviews import line as lines
from yupana.projections.overviews import plan as plans
from yupana.projections.overviews.pending import pending
from yupana.projections.overviews.scores import scores

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest, HttpResponse

    from yupana.domain.commitments.public import ActivityCard
    from yupana.domain.instruments.public import EditionCard, Node, Stand
    from yupana.domain.obligations.public import CallCard
    from yupana.foundation.kernel.rows import Rows
    from yupana.interfaces.portal.asked import Asked
    from yupana.projections.overviews.line import Debtor
    from yupana.projections.overviews.pending import Pending

ROWS = 40
ACTIVITIES = 3
ANSWERS = frozenset({"yes", "no"})
# What the lists can be cut down to; each number on a page of figures opens one of them.
STANDINGS = {
    "accepted": _("with an accepted plan"),
    "silent": _("without an accepted plan"),
    "on_time": _("met on time"),
    "late": _("met late"),
    "uncertain": _("met, timeliness unknown"),
    "waived": _("exempted by a recorded act"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list in words, with no more activities than a reader takes in."""

    debtor: Debtor
    call: str
    level: str
    standing: str
    colour: str
    shown: tuple[ActivityCard, ...]

    @property
    def handed(self) -> bool:
        """Whether a plan was accepted at all."""
        return self.debtor.row.standing in lines.ACCEPTED

    @property
    def more(self) -> int:
        """How many activities are left out."""
        return len(self.debtor.activities) - len(self.shown)


@public_page
def instrument(request: HttpRequest, instrument: str) -> HttpResponse:
    """Lead to the edition that is in force."""
    return redirect(f"{reverse('portal:edition', args=[instrument, latest(instrument).code])}{asked(request).first}")


@public_page
def edition(request: HttpRequest, instrument: str, code: str) -> HttpResponse:
    """Show what an edition is, how it goes, and what it says as an outline with the figure of each line."""
    when = asked(request)
    plan = plans.plan(published(instrument, code), when.as_of)
    tree = outlines.tree(
        plan.tree,
        {branch.node.id: branch.share for branch in plan.branches},
        {branch.node.id: branch.figure for branch in plan.branches if branch.figure},
    )
    context = {
        "here": "plan",
        "asked": when,
        "foot": foot(when),
        "plan": plan,
        "scores": scores(plan.edition, plan.tree, when.as_of) if plan.calls else None,
        "edition": plan.edition,
        "others": editions_of(instrument),
        "papers": instruments.papers(plan.edition.id),
        "was_put": instruments.was_put(plan.edition.id),
        "under_way": [each for each in instruments.under_way() if each.instrument == plan.edition.instrument],
        "ended": instruments.ended(plan.edition.id) if plan.edition.state == EditionState.REPEALED else None,
        "seal": (seal := instruments.seal(plan.edition.id)),
        "citation": files.citation(request, plan.edition, seal),
        "formats": files.NAMES.items(),
        "tree": tree,
        "counted": any(branch.binds for branch in tree or ()),
        "parts": outlines.parts(text.pages(plan.edition, plan.tree)),
    }
    return render(request, "portal/edition.html", context)


@public_page
def item(request: HttpRequest, instrument: str, code: str, role: str, item: str) -> HttpResponse:
    """Show one item: what it says, what lies below, and for what binds how many answer, who, and with what."""
    when = asked(request)
    book = published(instrument, code)
    node = item_of(book, role, item)
    path = [*node.ancestors, node]
    told = instruments.told(book.id, [each.id for each in path])
    own, *more = layout.pieces_of(node, 0, told[node.id])
    facts = said.facts(node, told[node.id], [told[each.id] for each in node.ancestors])
    aligned = alignment.of_item(node)
    below = [each for each, _ in layout.flat(node.children)]
    context = {
        "here": "plan",
        "asked": when,
        "foot": foot(when),
        "edition": book,
        "node": node,
        "ancestors": node.ancestors,
        "passage": text.passage(own, told[node.id], facts),
        "read_on": bool(more),
        "now": _now(book, node),
        "tree": outlines.tree(node.children, *text.counted(book, below, when)),
        "below": len(below),
        "scores": scores(book, (node,), when.as_of, at=node),
        "aligned": aligned[: alignment.LINKS],
        "more_aligned": len(aligned[alignment.LINKS :]),
        **(_answers(request, book, node, when) if node.binds else {}),
    }
    return render(request, "portal/item.html", context)


@public_page
def debtors(request: HttpRequest, instrument: str, code: str) -> HttpResponse:
    """Show who owes a plan under an edition's calls, and where each stands at the date."""
    when = asked(request)
    book = published(instrument, code)
    put = putting(book)
    choice = choice_of(request, put)
    rows = lines.debtors(chosen(put, choice), when.as_of, level=choice["level"], standing=choice["standing"])
    context = {
        "here": "plan",
        "asked": when,
        "foot": foot(when),
        "edition": book,
        "standings": STANDINGS.items(),
        **listing(request, rows, choice, put),
    }
    return render(request, "portal/debtors.html", context)


def _now(book: EditionCard, node: Node) -> Stand | None:
    """Find an item of an edition that is past in the edition in force; None where it is not in it."""
    if book.state != EditionState.SUPERSEDED:
        return None
    last = instruments.stands(book.instrument, {node.lineage})[-1]
    return last if last.edition.state == EditionState.PUBLISHED else None


def _answers(request: HttpRequest, book: EditionCard, node: Node, when: Asked) -> dict[str, object]:
    """Count who answers what binds, and list them."""
    put = putting(book)
    choice = choice_of(request, put)
    calls = [call.id for call in put]
    whole = plans.figure_of(put, rules.ANSWERED, when.as_of, item=book.ref)
    figure = plans.item_figure(whole, node, below=False)
    rungs = plans.ladder(calls, when.as_of, [node.id], figure=figure)
    owing = chosen(put, choice)
    rows = lines.answering(owing, node.id, when.as_of, level=choice["level"], answer=choice["answer"])
    return {
        "share": rungs[0].share,
        "figure": figure,
        "ladder": rungs,
        "newer": lines.counted(calls, node.id, when.as_of) != rungs[0].share,
        **listing(request, rows, choice, put),
    }


def choice_of(request: HttpRequest, put: Sequence[CallCard]) -> dict[str, str]:
    """Read the filters of a list: call, level, answer and standing; an unknown one is a 404."""
    return {
        "call": one_of(request, "call", {call.code for call in put}),
        "level": one_of(request, "level", {level.code for level in entities.levels()}),
        "answer": one_of(request, "answer", ANSWERS),
        "standing": one_of(request, "standing", set(STANDINGS)),
    }


def chosen(put: Sequence[CallCard], choice: Mapping[str, str]) -> list[int]:
    """Find the keys of the calls that a list is cut down to: one, else all of them."""
    return [call.id for call in put if choice["call"] in {"", call.code}]


def listing(
    request: HttpRequest, rows: Rows[Debtor], choice: Mapping[str, str], put: Sequence[CallCard]
) -> dict[str, object]:
    """Cut a list of debtors into the page that was asked for, in words, with the filters that led there."""
    levels = entities.levels()
    names = {level.code: level.name for level in levels}
    titles = {call.code: titled(call.title) for call in put}
    page = page_of(request, rows, ROWS)
    handed = pending([debtor.row.obligation_id for debtor in page.rows], as_of=asked(request).as_of)
    return {
        "cut": page.told(lambda debtor: _row(debtor, names, titles, handed.get(debtor.row.obligation_id))),
        "levels": levels,
        "calls": list(titles.items()) if len(titles) > 1 else (),
        "query": query_of(**choice, as_of=request.GET.get("as_of", "")),
        **choice,
    }


def _row(debtor: Debtor, names: Mapping[str, str], titles: Mapping[str, str], handed: Pending | None) -> Row:
    row, shown = debtor.row, debtor.activities[:ACTIVITIES]
    words, tone = stands.told(row, handed)
    if row.standing is Standing.OPEN and handed is None:
        # Everybody here is due. Without a deadline nobody is late; that there is no plan is what readers want to know.
        words = gettext("no accepted plan")
    return Row(debtor, titles[row.call], names.get(row.level, row.level), words, tone, shown)
