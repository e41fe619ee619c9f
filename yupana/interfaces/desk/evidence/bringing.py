"""What an entity has to show: its pieces of evidence, and bringing one more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.contrib import messages
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from yupana.domain.progress import actions
from yupana.domain.progress.evidence import bodies_of, pieces_of
from yupana.foundation.vault import store as vault
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import ENTITY, Visit, door
from yupana.interfaces.desk.evidence.forms import PieceForm
from yupana.interfaces.desk.evidence.showing import lines
from yupana.interfaces.desk.receiving import MOST, received
from yupana.projections.overviews.queue import paged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from yupana.domain.entities.models import Entity
    from yupana.domain.progress.actions import Brought
    from yupana.domain.progress.models import Evidence

_ROW = re.compile(r"([0-9]{1,18})-([0-9]{1,9})")


@csrf_exempt  # checked below, by whoever came through the door: nobody else's file is read at all
@door(*ENTITY)
def evidence(visit: Visit) -> HttpResponseBase:
    """List the pieces of an entity, and keep another one. A file goes to the disk and never into the memory.

    The entity is the one that the address names, of those for which the reader acts; otherwise the first.
    """
    mine = bodies_of(visit.actor)
    asked = visit.request.GET.get("entity", "")
    body = next((each for each in mine if str(each.pk) == asked), mine[0])
    if not visit.writes:
        return _page(visit, mine, body, PieceForm())
    return received(visit, lambda request: _bring(visit, mine, body, PieceForm(request.POST, request.FILES)))


def _bring(visit: Visit, mine: Sequence[Entity], body: Entity, form: PieceForm) -> HttpResponse:
    kept: list[Brought] = []
    status = attempt(form, lambda: kept.append(_kept(visit, body, form)))
    if status != DONE:
        return _page(visit, mine, body, form, status)
    [brought] = kept
    if brought.new:
        messages.success(visit.request, _("%(name)s was added.") % {"name": brought.piece.name})
    else:
        messages.info(visit.request, _still(visit, brought.piece))
    row = _ROW.fullmatch(visit.request.GET.get("for", ""))
    if row:
        return visit.go("report-evidence", *map(int, row.groups()))
    return visit.go("evidence", entity=body.pk) if brought.new else visit.go("evidence-piece", brought.piece.pk)


def _still(visit: Visit, piece: Evidence) -> str:
    """Say of a piece that was there what holds of it, whatever was said this time."""
    [line] = lines(visit.actor, [piece], visit.on)
    said = [line.level, line.visibility]
    if piece.valid_until:
        said.append(_("valid until %(day)s") % {"day": date_format(piece.valid_until, "DATE_FORMAT")})
    there = _("It was here already, as “%(name)s”.") % {"name": piece.name}
    holds = _("What was said of it first still holds: %(said)s.") % {"said": "; ".join(said)}
    return f"{there} {holds}"


def _kept(visit: Visit, body: Entity, form: PieceForm) -> Brought:
    sent, url = form.cleaned_data["file"], form.cleaned_data["url"]
    if url:
        return actions.add_link(actor=visit.actor, entity=body, url=url, terms=form.terms(url), on=visit.on)
    stored = vault.put(sent, sent.name, MOST)
    return actions.add_file(
        actor=visit.actor, entity=body, stored=stored, terms=form.terms(stored.name), on=visit.on
    )  # fmt: skip


def _page(visit: Visit, mine: Sequence[Entity], body: Entity, form: PieceForm, status: int = 200) -> HttpResponse:
    page = paged(pieces_of(visit.actor, body.pk), visit.page)
    shown: dict[str, object] = {
        "body": body,
        "bodies": mine,
        "page": page,
        "lines": lines(visit.actor, page.rows, visit.on),
        "form": form,
        "query": visit.query("entity", "for"),
    }
    return visit.show("desk/evidence/list.html", shown, status)
