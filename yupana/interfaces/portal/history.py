"""One item through the editions of its plan: what it said, what became of it, and its figures in each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _

from yupana.domain.instruments import public as instruments
from yupana.domain.instruments.facts import OriginKind
from yupana.domain.instruments.rules.marks import words
from yupana.domain.obligations import public as obligations
from yupana.domain.obligations.rules import Expects
from yupana.foundation.kernel.share import Share
from yupana.interfaces.portal import changed, said
from yupana.interfaces.portal.asked import asked
from yupana.interfaces.portal.books import editions_of, item_of, published
from yupana.interfaces.portal.changed import Value, Wording
from yupana.interfaces.portal.page import foot, public_page
from yupana.interfaces.words import label
from yupana.projections.figures import public as figures
from yupana.projections.figures import rules
from yupana.projections.overviews import plan as plans

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from django.http import HttpRequest, HttpResponse

    from yupana.domain.instruments.public import Stand
    from yupana.domain.obligations.public import CallCard
    from yupana.interfaces.portal.asked import Asked
    from yupana.projections.overviews.figure import Figure

AROUND, MOST, WHOLE = 250, 6_000, 36_000  # characters beside a change, of one text, and of the page


@dataclass(frozen=True, slots=True)
class Relative:
    """An item that this came from, or that came from it."""

    words: str
    stand: Stand


@dataclass(frozen=True, slots=True)
class Step:
    """The item in one edition: its figure there, and what was said differently than in the edition before."""

    stand: Stand
    share: Share
    figure: Figure | None
    is_first: bool
    wordings: tuple[Wording, ...]
    values: tuple[Value, ...]
    relatives: tuple[Relative, ...]


@public_page
def history(request: HttpRequest, instrument: str, code: str, role: str, item: str) -> HttpResponse:
    """Show every edition in which the item stands, the newest first."""
    when = asked(request)
    book = published(instrument, code)
    node = item_of(book, role, item)
    stands = instruments.stands(instrument, {node.lineage})
    heirs = instruments.heirs(instrument, node.lineage)
    editions = [each.id for each in editions_of(instrument)]
    context = {
        "here": "plan",
        "asked": when,
        "foot": foot(when),
        "edition": book,
        "node": node,
        "steps": list(_steps(stands, _sources(stands, editions), when))[::-1],
        "heirs": [Relative(_told_of_heir(heir, node.lineage), heir) for heir in heirs],
        "editions": len(editions),
    }
    return render(request, "portal/history.html", context)


def _sources(stands: Sequence[Stand], editions: Sequence[int]) -> dict[tuple[int, str], Stand]:
    """Find what the item came from, by its edition and the lineage: as it stood last before. Editions: newest first."""
    wanted = {lineage for stand in stands for _kind, lineage in stand.told.origins}
    if not wanted:
        return {}
    found: dict[tuple[int, str], Stand] = {}
    for source in instruments.stands(stands[0].edition.instrument, wanted):  # the oldest first: the last one stays
        for stand in stands:
            if editions.index(source.edition.id) > editions.index(stand.edition.id):
                found[stand.edition.id, source.node.lineage] = source
    return found


def _steps(stands: Sequence[Stand], sources: Mapping[tuple[int, str], Stand], when: Asked) -> Iterator[Step]:
    calls = obligations.calls(expects=Expects.PLAN) if any(stand.node.binds for stand in stands) else ()
    shares = _shares(stands, calls, when)
    most = min(MOST, WHOLE // (len(changed.TEXTS) * max(1, len(stands) - 1)))
    before: Stand | None = None
    for stand in stands:
        yield Step(
            stand=stand,
            share=shares.get(stand.node.id, Share()),
            figure=_figure(stand, calls, when),
            is_first=before is None,
            wordings=tuple(_wordings(before, stand, most)) if before else (),
            values=tuple(_values(before, stand)) if before else (),
            relatives=tuple(_relatives(stand, before, sources)),
        )
        before = stand


def _shares(stands: Sequence[Stand], calls: Sequence[CallCard], when: Asked) -> Mapping[int, Share]:
    """Read the figure of each edition by itself: they count different bodies, and are never added."""
    items = [stand.node.id for stand in stands if stand.node.binds]
    if not items:
        return {}
    keys = [call.id for call in calls]
    found = figures.shares(measure=rules.ANSWERED, calls=keys, as_of=when.as_of, items=items, by=("item",))
    return {item: share for (item,), share in found.items()}


def _figure(stand: Stand, calls: Sequence[CallCard], when: Asked) -> Figure:
    putting = [call for call in calls if stand.edition.ref in call.editions]
    whole = plans.figure_of(putting, rules.ANSWERED, when.as_of, item=stand.edition.ref)
    return plans.item_figure(whole, stand.node, below=False)


def _wordings(before: Stand, after: Stand, most: int) -> Iterator[Wording]:
    pairs = {
        "text": (before.node.text, after.node.text),
        "body": (before.told.body, after.told.body),
        "legal_basis": (before.told.legal_basis, after.told.legal_basis),
    }
    for field, (was, now) in pairs.items():
        if was != now:
            yield changed.wording(field, words(was, now), AROUND, most)


def _values(before: Stand, after: Stand) -> Iterator[Value]:
    named = (_("Number"), *(f"{label(each.node.role)} {each.node.code}" for each in (before, after)))
    one, two = (dict(said.facts(each.node, each.told)) for each in (before, after))
    pairs = [named, *((name, one.get(name, ""), two.get(name, "")) for name in {**one, **two})]
    yield from (Value(name, was, now) for name, was, now in pairs if was != now)


def _relatives(stand: Stand, before: Stand | None, sources: Mapping[tuple[int, str], Stand]) -> Iterator[Relative]:
    known = set(before.told.origins) if before else set()
    for kind, lineage in stand.told.origins:
        source = sources.get((stand.edition.id, lineage))
        if source and (kind, lineage) not in known:
            yield Relative(_("split from") if kind == OriginKind.SPLIT else _("took in"), source)


def _told_of_heir(heir: Stand, lineage: str) -> str:
    kind = next(kind for kind, origin in heir.told.origins if origin == lineage)
    return _("part of it became") if kind == OriginKind.SPLIT else _("it was merged into")
