"""The lists as CSV, from the same place and with the same filters as the page."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext as _

from yupana.domain.entities import public as entities
from yupana.domain.obligations import public as obligations
from yupana.interfaces.portal.asked import asked
from yupana.interfaces.portal.entities import register_choice
from yupana.interfaces.portal.page import public_page
from yupana.interfaces.portal.plan import choice_of, item_of, published
from yupana.interfaces.words import label
from yupana.projections.overviews import line as lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from django.http import HttpRequest

    from yupana.projections.overviews.line import Debtor

# A spreadsheet takes text that begins so for a formula; whoever reads the file takes exactly one ' away.
RISKY = ("=", "+", "-", "@", "'", "\t", "\r")
EVERYTHING = 100_000


@public_page
def register(request: HttpRequest) -> HttpResponse:
    """Give the register, or the part of it that was looked for."""
    choice = register_choice(request)
    found = entities.listing(q=choice["q"], level=choice["level"], territory=choice["territory"], size=EVERYTHING)
    head = [_("source"), _("number"), _("code"), _("name"), _("acronym"), _("level"), _("territory"), _("belongs to")]
    rows = (
        [card.source, card.source_id, card.code, card.name, card.acronym, card.level, card.territory, card.parent_name]
        for card in found.rows
    )
    return _csv("entidades", head, rows)


@public_page
def debtors(request: HttpRequest, instrument: str, code: str) -> HttpResponse:
    """Give who owes a plan, and where each stands at the date."""
    when = asked(request)
    choice = choice_of(request)
    rows = lines.debtors(obligations.calls(published(instrument, code).id), when.as_of)
    kept = lines.kept(rows, level=choice["level"], standing=choice["standing"])
    return _csv(f"{instrument}-{code}", [*_who(), _("as of")], ([*_told(row), when.as_of] for row in kept))


@public_page
def item(request: HttpRequest, instrument: str, code: str, role: str, item: str) -> HttpResponse:
    """Give who owes an answer to a line, one row for each activity; who has none keeps a row without."""
    when = asked(request)
    choice = choice_of(request)
    book = published(instrument, code)
    rows = lines.answering(obligations.calls(book.id), item_of(book, role, item).id, when.as_of)
    return _csv(
        f"{instrument}-{code}-{role}-{item}",
        [*_who(), *_what(), _("as of")],
        _activities(lines.kept(rows, level=choice["level"], answer=choice["answer"]), when.as_of),
    )


def safe(value: object) -> str:
    """Write a cell so that no spreadsheet takes it for a formula; nothing is an empty cell."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(RISKY) else text


def _who() -> list[str]:
    return [_("call"), _("source"), _("number"), _("code"), _("name"), _("level"), _("due"), _("standing"), _("met")]


def _what() -> list[str]:
    return [_("activity"), _("responsible"), _("indicator"), _("target"), _("budget, Bs"), _("starts"), _("ends")]


def _told(debtor: Debtor) -> list[object]:
    row = debtor.row
    return [
        debtor.call.code,
        row.source,
        row.source_id,
        row.code,
        row.name,
        row.level,
        row.due_on,
        label(row.standing),
        row.met_on,
    ]


def _activities(rows: Iterable[Debtor], as_of: date) -> Iterator[list[object]]:
    for debtor in rows:
        who = _told(debtor)
        for act in debtor.activities:
            cents = act.budget_cents
            money = None if cents is None else f"{cents // 100}.{cents % 100:02d}"
            yield [*who, act.name, act.responsible, act.indicator, act.target, money, act.starts, act.ends, as_of]
        if not debtor.activities:
            yield [*who, *[None] * 7, as_of]


def _csv(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """UTF-8 with its mark, because the spreadsheets here guess wrongly without it."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow([safe(cell) for cell in head])
    writer.writerows([safe(cell) for cell in row] for row in rows)
    response = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
