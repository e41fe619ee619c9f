"""The lists as CSV, from the same place and with the same filters as the page."""

from __future__ import annotations

import csv
from io import StringIO
from itertools import chain, islice
from typing import TYPE_CHECKING

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _

from yupana.domain.entities import public as entities
from yupana.domain.obligations.rules import Standing
from yupana.interfaces.portal.asked import asked
from yupana.interfaces.portal.books import calls_of, item_of, published
from yupana.interfaces.portal.entities import register_choice
from yupana.interfaces.portal.page import public_page
from yupana.interfaces.portal.plan import choice_of
from yupana.interfaces.words import label
from yupana.projections.overviews import line as lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from django.http import HttpRequest

    from yupana.projections.overviews.line import Debtor

# A spreadsheet takes text that begins so for a formula; whoever reads the file takes exactly one ' away.
RISKY = ("=", "+", "-", "@", "'", "\t", "\r")
LINES = 500  # of a download are sent together


@public_page
def register(request: HttpRequest) -> StreamingHttpResponse:
    """Give the register, or the part of it that was looked for."""
    found = entities.listing(**register_choice(request))
    head = [_("source"), _("number"), _("code"), _("name"), _("acronym"), _("level"), _("territory"), _("belongs to")]
    rows = (
        [card.source, card.source_id, card.code, card.name, card.acronym, card.level, card.territory, card.parent_name]
        for card in found
    )
    return _csv("entidades", head, rows)


@public_page
def debtors(request: HttpRequest, instrument: str, code: str) -> StreamingHttpResponse:
    """Give who owes a plan, and where each stands at the date."""
    when = asked(request)
    choice = choice_of(request)
    calls, words = calls_of(published(instrument, code)), _standings()
    rows = lines.debtors(calls, when.as_of, level=choice["level"], standing=choice["standing"])
    told = ([*_told(row, words), when.as_of] for row in rows)
    return _csv(f"{instrument}-{code}", [*_who(), _("as of")], told)


@public_page
def item(request: HttpRequest, instrument: str, code: str, role: str, item: str) -> StreamingHttpResponse:
    """Give who owes an answer to a line, one row for each activity; who has none keeps a row without."""
    when = asked(request)
    choice = choice_of(request)
    book = published(instrument, code)
    line = item_of(book, role, item).id
    rows = lines.answering(calls_of(book), line, when.as_of, level=choice["level"], answer=choice["answer"])
    head, told = [*_who(), *_what(), _("as of")], _activities(rows, _standings(), when.as_of)
    return _csv(f"{instrument}-{code}-{role}-{item}", head, told)


def safe(value: object) -> str:
    """Write a cell so that no spreadsheet takes it for a formula; nothing is an empty cell."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(RISKY) else text


def _who() -> list[str]:
    return [_("call"), _("source"), _("number"), _("code"), _("name"), _("level"), _("due"), _("standing"), _("met")]


def _what() -> list[str]:
    return [_("activity"), _("responsible"), _("indicator"), _("target"), _("budget, Bs"), _("starts"), _("ends")]


def _standings() -> dict[Standing, str]:
    """Words in the language of the request, which may be over before the last row is sent."""
    return {standing: str(label(standing)) for standing in Standing}


def _told(debtor: Debtor, words: Mapping[Standing, str]) -> list[object]:
    row = debtor.row
    return [
        row.call,
        row.source,
        row.source_id,
        row.code,
        row.name,
        row.level,
        row.due_on,
        words[row.standing],
        row.met_on,
    ]


def _activities(rows: Iterable[Debtor], words: Mapping[Standing, str], as_of: date) -> Iterator[list[object]]:
    for debtor in rows:
        who = _told(debtor, words)
        for act in debtor.activities:
            cents = act.budget_cents
            money = None if cents is None else f"{cents // 100}.{cents % 100:02d}"
            yield [*who, act.name, act.responsible, act.indicator, act.target, money, act.starts, act.ends, as_of]
        if not debtor.activities:
            yield [*who, *[None] * 7, as_of]


def _csv(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> StreamingHttpResponse:
    """Send rows as they are read, in UTF-8 with its mark, because the spreadsheets here guess wrongly without it."""
    pieces = chain(["\ufeff"], _written(chain([head], rows)))
    response = StreamingHttpResponse((piece.encode() for piece in pieces), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _written(rows: Iterator[Sequence[object]]) -> Iterator[str]:
    """Write some lines at a time."""
    while some := list(islice(rows, LINES)):
        text = StringIO()
        csv.writer(text).writerows([safe(cell) for cell in row] for row in some)
        yield text.getvalue()
