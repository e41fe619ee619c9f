"""What all public pages share: read-only, the same for everybody, kept for a minute, asked for again cheaply."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, TypeVar

from django.http import Http404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from yupana.domain.obligations.rules import Standing
from yupana.foundation.kernel.errors import Missing
from yupana.interfaces.portal.asked import page_number
from yupana.projections.figures import public as figures
from yupana.projections.overviews.register import cut

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from yupana.interfaces.portal.asked import Asked
    from yupana.projections.overviews.register import Cut, Paged

    View = Callable[..., HttpResponseBase]

T = TypeVar("T")
SECONDS = 60
COLOURS = {
    Standing.MET: "good",
    Standing.MET_LATE: "warn",
    Standing.MET_DATE_UNKNOWN: "good",
    Standing.LATE: "late",
}


@dataclass(frozen=True, slots=True)
class Foot:
    """What every page says of its figures: date, formula, how far they follow the record, and the record's root."""

    as_of: date
    formula: str
    position: int
    size: int
    root: str


def or_404(view: View) -> View:
    """Answer 404 for whatever is missing: a draft and what is not there are the same."""

    @wraps(view)
    def answer(request: HttpRequest, **kwargs: object) -> HttpResponseBase:
        try:
            return view(request, **kwargs)
        except Missing as error:
            raise Http404 from error

    return answer


def public_page(view: View) -> View:
    """Answer GET and HEAD only; the digest of the page is its ETag, so an unchanged page costs no transfer.

    A download streams and has no digest before it is sent; it is kept for its minute alone.
    """
    kept: View = require_safe(cache_control(public=True, max_age=SECONDS)(conditional_page(or_404(view))))
    return kept


def foot(when: Asked) -> Foot:
    """Read where the figures and the record stand."""
    state = figures.state()
    return Foot(when.as_of, state.formula, state.position, state.head_size, state.head_root)


def page_of(request: HttpRequest, rows: Paged[T], size: int) -> Cut[T]:
    """Cut out the page that was asked for; one beyond the list is not there."""
    page = cut(rows, page_number(request), size)
    if page is None:
        raise Http404
    return page


def colour(standing: Standing) -> str:
    """Which tone a standing has beside its words."""
    return COLOURS.get(standing, "")
