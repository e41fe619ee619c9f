"""Comparisons are remembered, and never beyond the text that was compared."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.domain.instruments import hearings
from tests.domain.instruments.plans import SMALL, draft, published
from yupana.domain.instruments import public
from yupana.domain.instruments.actions import close_consultation, open_consultation
from yupana.foundation.kernel.actor import OPERATOR
from yupana.projections.overviews.compare import REMEMBERED, compared, remembered

if TYPE_CHECKING:
    from yupana.domain.instruments.public import Consulted, EditionCard

pytestmark = pytest.mark.django_db
ITEMS = 'FROM "instruments_item"'


def card(code: str) -> EditionCard:
    return public.edition("QIPU", code)


def read(before: EditionCard, after: EditionCard | Consulted) -> tuple[int, list[str]]:
    """How many queries read items, and the keys of what changed."""
    with CaptureQueriesContext(connection) as asked:
        both = compared(before, after)
    keys = [change.after.row.key for change in both.changes if change.after and change.said]
    return sum(ITEMS in query["sql"] for query in asked.captured_queries), keys


def test_what_was_compared_is_not_read_again() -> None:
    published()
    published("2", rows=(SMALL[0], replace(SMALL[1], text="One counter in every town"), *SMALL[2:]))
    first, again = (read(card("1"), card("2")) for _ in range(2))
    assert (first, again) == ((2, ["line:1.1"]), (0, ["line:1.1"]))


def test_each_direction_is_another_comparison() -> None:
    published()
    published("2", rows=SMALL[:2])
    there, back = read(card("1"), card("2")), read(card("2"), card("1"))
    assert (there[0], back[0], back[1]) == (2, 2, ["line:1.2", "target:1.2.a"])


def test_what_is_put_again_after_it_was_mended_is_read_again() -> None:
    published()
    told = []
    for at, words in enumerate(("Other knots", "Yet other knots")):
        on = hearings.OPENED + timedelta(days=at)
        draft("2", rows=(replace(SMALL[0], text=words), *SMALL[1:]))
        open_consultation(actor=OPERATOR, edition="QIPU/2", closes_on=on, on=on)
        both = compared(card("1"), public.consulted("QIPU", "2"))
        told.append(both.after["axis:1"].row.text)
        close_consultation(actor=OPERATOR, edition="QIPU/2", on=on)
    assert told == ["Other knots", "Yet other knots"]


def test_only_a_few_are_remembered() -> None:
    published()
    for code in range(2, REMEMBERED + 3):
        published(str(code), rows=(replace(SMALL[0], text=f"Knots {code}"), *SMALL[1:]))
        compared(card("1"), card(str(code)))
    assert (remembered.cache_info().currsize, read(card("1"), card("2"))[0]) == (REMEMBERED, 2)
