"""What one public body did of one plan, for its rendición pública de cuentas: to be printed and read by anybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render

from yupana.domain.entities import public as entities
from yupana.foundation.kernel.errors import Missing
from yupana.interfaces.portal.asked import asked
from yupana.interfaces.portal.page import colour, foot, public_page
from yupana.interfaces.portal.progress import reported
from yupana.interfaces.words import label, period
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


@dataclass(frozen=True, slots=True)
class Promised:
    """One activity: what was promised, what is known of it (None: nothing), and what the report said."""

    card: ActivityCard
    progress: Progress | None
    deed: Deed | None


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that was due: what, by when, and how that went."""

    what: str
    due_on: date | None
    met_on: date | None
    standing: str
    colour: str


@public_page
def dossier(request: HttpRequest, source: str, source_id: str, code: str) -> HttpResponse:
    """Show what a body did under one call, as of a day."""
    when = asked(request)
    try:
        card = entities.card(source, source_id)
    except Missing as error:
        raise Http404 from error
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
        "terms": list(_terms(bound)),
        "put_right": [(each, put) for each in promised if each.progress for look in each.progress.looked
                      for put in look.put_right],
        "checked": known.checked if known else 0,
        "units": sorted({each.card.responsible for each in promised if each.card.responsible}),
    }  # fmt: skip
    return render(request, "portal/dossier.html", context)


def _promised(bound: Bound, told: Dossier, known: Reported | None) -> Iterator[Promised]:
    for act in bound.plan.activities if bound.plan else ():
        yield Promised(act, known.rows.get(act.row) if known else None, told.deeds.get(act.row))


def _terms(bound: Bound) -> Iterator[Term]:
    yield _term("", bound.row)
    for each in bound.reports:
        yield _term(period(each.period), each.row)


def _term(what: str, row: StandingCard) -> Term:
    return Term(what, row.due_on, row.met_on, label(row.standing), colour(row.standing))
