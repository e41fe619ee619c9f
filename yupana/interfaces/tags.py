"""Words that every template may use: numbers, shares and money as people here write them, and links between languages.

Registered as built-ins in the settings, so templates load nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language

from yupana.domain.instruments.rules import WHOLE
from yupana.foundation.kernel.money import format_cents

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yupana.foundation.kernel.share import Share

register = template.Library()
NARROW = "\u202f"  # narrow no-break space: 12 % stays on one line
NOTHING = "\N{EN DASH}"


def _english() -> bool:
    return (get_language() or "").startswith("en")


@register.filter
def number(value: int) -> str:
    """Group thousands: 1.234 in Spanish, 1,234 in English."""
    grouped = f"{value:,}"
    return grouped if _english() else grouped.replace(",", ".")


@register.filter
def percent(share: Share | None) -> str:
    """Whole per cent of a share; a dash where nothing is due, because an empty base is not zero."""
    whole = share.percent if share else None
    if whole is None:
        return NOTHING
    return f"{whole}%" if _english() else f"{whole}{NARROW}%"


@register.filter
def part_of_plan(weight: int) -> str:
    """A weight as a part of the whole plan, with one decimal where it needs one: 7,1 %."""
    tenths = round(weight * 1000 / WHOLE)
    text = f"{tenths // 10}.{tenths % 10}".removesuffix(".0")
    return f"{text}%" if _english() else f"{text.replace('.', ',')}{NARROW}%"


@register.filter
def bolivianos(cents: int) -> str:
    """Money as Bs 1.234,56 (in English Bs 1,234.56)."""
    text = format_cents(cents)
    if _english():
        text = text.translate(str.maketrans(",.", ".,"))
    return f"Bs{NARROW}{text}"


@register.filter
def on_the_web(address: str) -> bool:
    """Whether a browser may follow an address that somebody wrote: no scheme but those of the web."""
    return address.lower().startswith(("https://", "http://"))


@register.simple_tag(takes_context=True)
def in_language(context: Mapping[str, object], code: str) -> str:
    """Address of this same page, with its query, in another language."""
    request = context.get("request")
    return translate_url(request.get_full_path() if isinstance(request, HttpRequest) else "/", code)


@register.simple_tag(takes_context=True)
def absolute(context: Mapping[str, object], path: str = "") -> str:
    """Full address of a path on this host; of this page without its query when none is given."""
    request = context.get("request")
    return request.build_absolute_uri(path or request.path) if isinstance(request, HttpRequest) else path
