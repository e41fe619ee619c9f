"""What a visitor asks for in the address: a date, a page, a filter. What cannot be understood is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import Http404
from django.utils import timezone

from yupana.projections.figures import public as figures

if TYPE_CHECKING:
    from django.http import HttpRequest

MOST_TEXT = 100
MOST_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """The date of the figures, and whether it was chosen: a chosen date travels on with every link."""

    as_of: date
    today: date
    chosen: bool

    @property
    def first(self) -> str:
        """What a link without a query needs to keep the date."""
        return f"?as_of={self.as_of.isoformat()}" if self.chosen else ""

    @property
    def more(self) -> str:
        """What a link with a query needs to keep the date."""
        return f"&as_of={self.as_of.isoformat()}" if self.chosen else ""


def asked(request: HttpRequest) -> Asked:
    """Read ?as_of=2026-06-30; by default the end of the last closed month. The future is refused."""
    today = timezone.localdate()
    text = request.GET.get("as_of", "")
    if not text:
        return Asked(figures.default_as_of(today), today, chosen=False)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise BadRequest("as_of") from None
    if day > today or day.isoformat() != text:  # other forms of ISO 8601 would give a page two addresses
        raise BadRequest("as_of")
    return Asked(day, today, chosen=True)


def page_number(request: HttpRequest) -> int:
    """Read ?page=2, counted from 1; a page that cannot be is not there."""
    text = request.GET.get("page", "1")
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise Http404
    return int(text)


def one_of(request: HttpRequest, name: str, known: frozenset[str] | set[str]) -> str:
    """Read a filter; empty is none, anything unknown is not there."""
    value = request.GET.get(name, "")
    if value and value not in known:
        raise Http404
    return value


def text_of(request: HttpRequest, name: str = "q") -> str:
    """Read what was typed to be searched, no longer than anybody types."""
    return request.GET.get(name, "").replace("\0", "").strip()[:MOST_TEXT]


def query_of(**chosen: str) -> str:
    """Write chosen filters as the beginning of a query, ending in & so that a page number can follow."""
    kept = {name: value for name, value in chosen.items() if value}
    return f"{urlencode(kept)}&" if kept else ""
