"""What one public body did of one plan, for its rendición pública de cuentas: to be printed and read by anybody."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render

from yupana.domain.entities import public as entities
from yupana.domain.obligations.rules import Standing
from yupana.foundation.kernel.period import parse_period
from yupana.interfaces.portal import stands
from yupana.interfaces.portal.asked import asked
from yupana.interfaces.portal.page import foot, public_page
from yupana.interfaces.portal.progress import reported
from yupana.interfaces.words import period
from yupana.projections.overviews import dossier as overview
from yupana.projections.overviews import entity as bodies

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from yupana.domain.commitments.public import ActivityCard, StandingCard
    from yupana.interfaces.portal.progress import Progress, Reported
    from yupana.projections.overviews.dossier import Deed, Dossier
    from yupana.projections.overviews.entity import Bound
    from yupana.projections.overviews.pending import Pending


@dataclass(frozen=True, slots=True)
class Promised:
    """One activity: what was promised, what is known of it (None: nothing), and what the report said."""

    card: ActivityCard
    progress: Progress | None
    deed: Deed | None


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that was due: what, by when, and how that went. ``waits``: nothing was handed in up to now."""

    what: str
    due_on: date | None
    met_on: date | None
    standing: str
    colour: str
    waits: bool = False


@public_page
def dossier(request: HttpRequest, source: str, source_id: str, code: str) -> HttpResponse:
    """Show what a body did under one call, as of a day."""
    when = asked(request)
    card = entities.card(source, source_id)
    bound = next((each for each in bodies.bound(card.id, when.as_of) if each.call.code == code), None)
    if bound is None:
        raise Http404
    key = bound.row.obligation_id
    told, known = overview.dossier(key, as_of=when.as_of), reported([key], as_of=when.as_of).get(key)
    promised = list(_promised(bound, told, known))
    context = {
        "here": "register",
        "asked": when,
        "foot": foot(when),
        "card": card,
        "bound": bound,
        "told": told,
        "period": period(told.period) if told.period else "",
        "promised": promised,
        "terms": list(_terms(bound, when.as_of)),
        "put_right": [(each, put) for each in promised if each.progress for look in each.progress.looked
                      for put in look.put_right],
        "checked": known.checked if known else 0,
        "units": sorted({each.card.responsible for each in promised if each.card.responsible}),
    }  # fmt: skip
    return render(request, "portal/dossier.html", context)


def _promised(bound: Bound, told: Dossier, known: Reported | None) -> Iterator[Promised]:
    for act in bound.plan.activities if bound.plan else ():
        yield Promised(act, known.rows.get(act.row) if known else None, told.deeds.get(act.row))


def _terms(bound: Bound, as_of: date) -> Iterator[Term]:
    """Tell what was due up to a day: of periods that had not ended by then nothing was."""
    yield _term("", bound.row, bound.pending, as_of)
    for each in bound.reports:
        if parse_period(each.period).last <= as_of:
            yield _term(period(each.period), each.row, each.pending, as_of)


def _term(what: str, row: StandingCard, handed: Pending | None, as_of: date) -> Term:
    if row.met_on is not None and row.met_on > as_of:
        late = row.due_on is not None and row.due_on < as_of
        row = replace(row, met_on=None, standing=Standing.LATE if late else Standing.OPEN)
    day = row.met_on or (handed.on if handed else None)
    waits = day is None and handed is None and row.standing in (Standing.OPEN, Standing.LATE)
    return Term(what, row.due_on, day, *stands.told(row, handed), waits)
