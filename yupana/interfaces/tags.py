"""Words that every template may use: numbers, shares and money as people here write them, and links between languages.

Registered as built-ins in the settings, so templates load nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from markdown_it import MarkdownIt
from markdown_it.token import Token

from yupana.domain.instruments.facts import ItemRole
from yupana.domain.instruments.rules import WHOLE
from yupana.domain.obligations.labels import PLAN_TYPE_NAMES
from yupana.foundation.kernel.money import format_cents
from yupana.foundation.kernel.share import Share
from yupana.interfaces import words
from yupana.interfaces.words import cell, label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from enum import StrEnum

    from django.utils.safestring import SafeString
    from markdown_it.rules_core import StateCore

    from yupana.domain.commitments.rules import Reading
    from yupana.projections.overviews.figure import Figure

register = template.Library()
NARROW = "\u202f"  # narrow no-break space: 12 % stays on one line
NOTHING = "\N{EN DASH}"
FOLLOWED = ("https://", "http://", "mailto:", "#")  # what a link that somebody wrote may lead to
FIRST_HEADING, LAST_HEADING = 4, 6  # inside a text, whose own heading stands above it


def reader() -> MarkdownIt:
    """Read CommonMark and tables; markup inside a text stays text, and nothing in it is fetched or styled."""
    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    made.validateLink = _is_followed  # type: ignore[method-assign] # the way that its documentation shows
    made.core.ruler.push("house", _tidy)
    return made


def _is_followed(url: str) -> bool:
    return url.strip().lower().startswith(FOLLOWED)


def _tidy(state: StateCore) -> None:
    """Put headings below the one above the text, leave styles out, and let wide tables scroll."""
    told: list[Token] = []
    for token in state.tokens:
        if token.type.startswith("heading"):
            token.tag = f"h{min(LAST_HEADING, FIRST_HEADING - 1 + int(token.tag[1:]))}"
        elif token.type in {"th_open", "td_open"}:
            token.attrs = {}
        elif token.type == "inline":
            token.children = list(_links(token.children or []))
        before = [Token("html_block", "", 0, content='<div class="scroll" tabindex="0">')]
        after = [Token("html_block", "", 0, content="</div>\n")]
        told += [*before * (token.type == "table_open"), token, *after * (token.type == "table_close")]
    state.tokens = told


def _links(tokens: Sequence[Token]) -> Iterator[Token]:
    """Mark links as leading elsewhere; a picture becomes a link to it, or words where it stands in a link."""
    inside = 0
    for token in tokens:
        inside += (token.type == "link_open") - (token.type == "link_close")
        if token.type == "link_open":
            token.attrs = {"href": token.attrs["href"], "rel": "nofollow noopener"}
        if token.type != "image":
            yield token
            continue
        address = str(token.attrs["src"])
        words = Token("text", "", 0, content=token.content or address)
        link = Token("link_open", "a", 1, attrs={"href": address, "rel": "nofollow noopener"})
        yield from [words] if inside else [link, words, Token("link_close", "a", -1)]


_MARKDOWN = reader()


@register.filter
def markdown(text: str) -> SafeString:
    """Show what somebody wrote in Markdown: markup stays text, links say that they lead elsewhere."""
    html: str = _MARKDOWN.render(text)
    return mark_safe(html)  # noqa: S308 - the reader escapes all that it was given


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
def figure(share: Share | None, what: Figure | None) -> str:
    """Whole per cent of a share that opens what it is made of; a dash where nothing is due.

    It carries its own numbers, so that whoever follows it can see that they are the same there.
    """
    told = percent(share)
    return told if share is None or share.percent is None else _opening(told, share, what)


@register.filter
def money_figure(cents: int, what: Figure | None) -> str:
    """Money that opens what it is made of."""
    return _opening(bolivianos(cents), Share(cents, cents), what)


@register.filter
def given(text: str) -> SafeString:
    """Mark a percentage that was stated and not counted, or that is explained beside itself: it opens nothing."""
    return format_html("<span data-own>{}</span>", text)


def _opening(text: str, share: Share, what: Figure | None) -> str:
    if what is None:
        return text
    return format_html(
        '<a class="figure" href="{}" data-figure="{}" data-done="{}" data-due="{}" data-unknown="{}">{}</a>',
        explained_at(what), what.measure, share.done, share.due, share.unknown, text,
    )  # fmt: skip


def explained_at(what: Figure) -> str:
    """Address of the page that says what a figure is made of."""
    there = reverse("desk:call-explain", args=what.calls) if what.inside else reverse("portal:explain")
    return f"{there}?{urlencode(what.query())}"


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
def amount(cents: int) -> str:
    """Money in a column whose head says what it is: 1.234,56 (in English 1,234.56)."""
    return bolivianos(cents).removeprefix(f"Bs{NARROW}")


@register.filter
def worded(value: StrEnum) -> str:
    """A value of the house by its label."""
    return label(value)


@register.filter
def period_named(code: str) -> str:
    """A period as people here name it."""
    return words.period(code)


@register.filter
def titled(text: str) -> str:
    """A title, with each period that it holds as people here name it."""
    return words.titled(text)


@register.filter
def plan_kind(code: str) -> str:
    """The name of a kind of plan; empty for a call that takes any plan."""
    return str(PLAN_TYPE_NAMES.get(code, "")) if code else ""


@register.filter
def cell_named(name: str) -> str:
    """The name of a cell of a plan's row."""
    return cell(name)


@register.filter
def options(name: str) -> tuple[tuple[str, str], ...]:
    """What may be chosen in a cell of a plan's row, each value with its label."""
    return words.options(name)


@register.filter
def understood(reading: Reading, written: str = "") -> str:
    """What a date was understood to mean, where it was not written so."""
    return words.understood(reading, written)


@register.filter
def item_named(key: str) -> str:
    """An item that is told as "role:code", as people name it: "strategic line 4"."""
    role, _, code = key.partition(":")
    return f"{label(ItemRole(role))} {code}"


@register.filter
def item_page(name: str) -> str:
    """Where anybody reads an item of a published edition, by its name: "PLAN/1#line:4"."""
    edition, _, key = name.partition("#")
    return reverse("portal:item", args=[*edition.split("/", 1), *key.split(":", 1)])


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
