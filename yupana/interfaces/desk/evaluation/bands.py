"""The bands by which scores are read: those that hold, those that held, and the act that sets others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from yupana.domain.instruments import public as instruments
from yupana.domain.progress import evaluations as queries
from yupana.domain.progress.actions.scheming import set_scheme
from yupana.domain.progress.labels.evaluations import BANDS
from yupana.domain.progress.rules import HOUSE, Bands
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.share import Share
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import Visit, door
from yupana.interfaces.desk.forms.evaluation import BandsForm

if TYPE_CHECKING:
    from django.http import HttpResponse

WHOLE = 10_000


@door(Role.PLANNER)
def bands(visit: Visit) -> HttpResponse:
    """List every scheme, and record another."""
    known = {each.instrument: each.title for each in reversed(instruments.editions())}  # by the newest edition
    form = BandsForm(visit.sent, instruments=known)
    status = attempt(form, lambda: set_scheme(actor=visit.actor, on=visit.on, **form.said))
    if status == DONE:
        return visit.done(_("Recorded. What was published stays as it was."), "bands")
    rows = [(each, *_told(queries.bands_in(each))) for each in queries.schemes()]
    return visit.show("desk/evaluation/bands.html", {"form": form, "rows": rows, "house": _told(HOUSE)}, status)


def _told(told: Bands) -> tuple[Share, list[tuple[str, Share]]]:
    named = [(str(BANDS.get(each.name, each.name)), Share(each.floor, WHOLE)) for each in told.bands]
    return Share(told.coverage, WHOLE), named
