"""The plan on paper, for the entity and for the authority: any version that they may read, a draft too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.interfaces.desk.doors import Visit, door
from yupana.projections.overviews import printed as paper

if TYPE_CHECKING:
    from django.http import HttpResponse


@door(methods=("GET", "HEAD"))
def printed(visit: Visit, submission: int) -> HttpResponse:
    """Show a version as it is printed and signed."""
    return visit.show("desk/print.html", {"printed": paper.for_reader(visit.actor, submission)})
