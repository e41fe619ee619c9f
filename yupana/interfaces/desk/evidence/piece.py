"""One piece of evidence: what is said of it and what it stands for; and its file, to be kept and never shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.domain.progress.evidence import file_of, piece_of
from yupana.domain.progress.rules.evidence import file_name
from yupana.foundation.vault.rules import clean_name
from yupana.interfaces import sending
from yupana.interfaces.desk.doors import ENTITY, Visit, door
from yupana.interfaces.desk.evidence.showing import lines

if TYPE_CHECKING:
    from django.http import FileResponse, HttpResponse


@door(methods=("GET", "HEAD"))
def piece(visit: Visit, piece: int) -> HttpResponse:
    """Show one piece to whoever may read it."""
    found = piece_of(visit.actor, piece)
    [line] = lines(visit.actor, [found], visit.on)
    mine = found.entity_id in visit.actor.entities(*ENTITY)
    return visit.show("desk/evidence/piece.html", {"piece": found, "line": line, "mine": mine})


@door(methods=("GET", "HEAD"))
def file(visit: Visit, piece: int) -> FileResponse:
    """Give its file, of the kind that its first bytes are; the middleware lets no browser run it."""
    found = file_of(visit.actor, piece)
    name = file_name(clean_name(found.name), found.media_type)
    return sending.kept(found.digest, name, found.media_type)
