"""What changed between two versions of a plan, for whoever may read both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.interfaces.desk.doors import Visit, door
from yupana.projections.overviews import plan_form
from yupana.projections.overviews.side_by_side import side_by_side

if TYPE_CHECKING:
    from django.http import HttpResponse

MOST = 4  # digits of the number of a version


@door(methods=("GET", "HEAD"))
def version_changes(visit: Visit, submission: int) -> HttpResponse:
    """Show a version beside the one before it, or another earlier one."""
    version = plan_form.version(visit.actor, submission)
    asked = visit.request.GET.get("con", "")
    against = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= MOST else None
    held = version.plan.submission
    compared = side_by_side(held, version.others, against)
    earlier = [each for each in version.others if each.version < held.version]
    return visit.show("desk/version_changes.html", {"version": version, "compared": compared, "earlier": earlier})
