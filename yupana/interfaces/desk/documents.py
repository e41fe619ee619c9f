"""The originals of a draft: added, looked at, taken away again until it is published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from yupana.domain.instruments import actions, queries
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.errors import Missing
from yupana.foundation.vault import store as vault
from yupana.interfaces import sending
from yupana.interfaces.desk.doors import Visit, door
from yupana.interfaces.desk.forms.consulting import DocumentForm
from yupana.interfaces.desk.receiving import MOST, received

if TYPE_CHECKING:
    from django.http import FileResponse, HttpResponse
    from django.http.response import HttpResponseBase

    from yupana.domain.instruments.models import Edition


@csrf_exempt  # checked below, by whoever came through the door: nobody else's file is read at all
@door(Role.PLANNER, methods=("POST",))
def attach(visit: Visit, instrument: str, edition: str) -> HttpResponseBase:
    """Keep a file in the vault as an original of a draft. It goes to the disk and never into the memory."""
    held = queries.readable_edition(visit.actor, f"{instrument}/{edition}")
    return received(visit, lambda request: _kept(visit, held, DocumentForm(request.POST, request.FILES)))


def _kept(visit: Visit, held: Edition, form: DocumentForm) -> HttpResponse:
    if not form.is_valid():
        messages.error(visit.request, str(form.errors["file"][0]))
        return visit.go("publish", held.instrument.code, held.code)
    sent = form.cleaned_data["file"]
    stored = vault.put(sent, sent.name, MOST)
    actions.attach(actor=visit.actor, edition=f"{held.instrument.code}/{held.code}", stored=stored)
    return visit.done(_("%(name)s was added.") % {"name": stored.name}, "publish", held.instrument.code, held.code)


@door(Role.PLANNER, methods=("POST",))
def detach(visit: Visit, instrument: str, edition: str, digest: str) -> HttpResponse:
    """Take an original away from a draft."""
    held = queries.readable_edition(visit.actor, f"{instrument}/{edition}")
    actions.detach(actor=visit.actor, edition=f"{instrument}/{edition}", digest=digest)
    return visit.done(_("The document was removed."), "publish", held.instrument.code, held.code)


@door(Role.PLANNER, methods=("GET", "HEAD"))
def document(visit: Visit, instrument: str, edition: str, digest: str) -> FileResponse:
    """Give an original to whoever is about to publish it."""
    held = queries.readable_edition(visit.actor, f"{instrument}/{edition}")
    found = held.documents.filter(digest=digest).first()
    if found is None:
        raise Missing("file-missing", digest=digest)
    return sending.kept(digest, found.name, found.media_type)
