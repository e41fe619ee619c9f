"""The lists as CSV, from the same place and with the same filters as the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from yupana.domain.entities import public as entities
from yupana.domain.obligations.rules import Standing
from yupana.interfaces import sending
from yupana.interfaces.portal.asked import asked
from yupana.interfaces.portal.books import item_of, published, putting
from yupana.interfaces.portal.entities import register_choice
from yupana.interfaces.portal.page import public_page
from yupana.interfaces.portal.plan import choice_of, chosen
from yupana.interfaces.words import label
from yupana.projections.overviews import line as lines
from yupana.projections.overviews import plan as plans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from django.http import HttpRequest, StreamingHttpResponse

    from yupana.projections.overviews.line import Debtor


@public_page
def register(request: HttpRequest) -> StreamingHttpResponse:
    """Give the register, or the part of it that was looked for."""
    found = entities.listing(**register_choice(request))
    head = [_("source"), _("number"), _("code"), _("name"), _("acronym"), _("level"), _("territory"), _("belongs to")]
    head.append(pgettext("column of a file", "category"))
    rows = (
        [*(card.source, card.source_id, card.code, card.name, card.acronym, card.level, card.territory),
         card.parent_name, card.category]
        for card in found
    )  # fmt: skip
    return sending.table("entidades", rows, head)


@public_page
def debtors(request: HttpRequest, instrument: str, code: str) -> StreamingHttpResponse:
    """Give who owes a plan, and where each stands at the date."""
    when = asked(request)
    put, words = putting(published(instrument, code)), _standings()
    choice = choice_of(request, put)
    rows = lines.debtors(chosen(put, choice), when.as_of, level=choice["level"], standing=choice["standing"])
    told = ([*_told(row, words), when.as_of] for row in rows)
    return sending.table(f"{instrument}-{code}", told, [*_who(), _("as of")])


@public_page
def branches(request: HttpRequest, instrument: str, code: str) -> StreamingHttpResponse:
    """Give the axes and lines of a plan, each with the answers that are due and given at the date."""
    when = asked(request)
    plan = plans.plan(published(instrument, code), when.as_of)
    head = [_("kind"), _("code"), _("text"), _("answers given"), _("answers due"), _("as of")]
    rows = [
        [each.node.role, each.node.code, each.node.text, each.share.done, each.share.due, when.as_of]
        for each in plan.branches
    ]
    return sending.table(f"{instrument}-{code}-lineas", rows, head)


@public_page
def item(request: HttpRequest, instrument: str, code: str, role: str, item: str) -> StreamingHttpResponse:
    """Give who owes an answer to a line, one row for each activity; who has none keeps a row without."""
    when = asked(request)
    book = published(instrument, code)
    line, put = item_of(book, role, item).id, putting(book)
    choice = choice_of(request, put)
    rows = lines.answering(chosen(put, choice), line, when.as_of, level=choice["level"], answer=choice["answer"])
    head, told = [*_who(), *_what(), _("as of")], _activities(rows, _standings(), when.as_of)
    return sending.table(f"{instrument}-{code}-{role}-{item}", told, head)


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
