"""Two published editions, compared, and their whole texts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests import cast as house
from tests.interfaces.portal.editions import FIRST, lineage, make_editions
from yupana.domain.instruments import public
from yupana.domain.instruments.rules.changes import ChangeKind
from yupana.foundation.kernel.errors import Missing
from yupana.projections.overviews.compare import compared
from yupana.projections.overviews.text import manuscript

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _two_editions(db: None) -> None:
    make_editions()


def test_what_happened_is_told_by_lineage_and_by_key() -> None:
    found = compared(public.edition("DOS", "1"), public.edition("DOS", "2"))
    moved = next(change for change in found.changes if ChangeKind.MOVED in change.kinds)
    assert (
        moved.lineage,
        found.before[moved.lineage] is found.before["line:2"],
        found.after["line:2"].row.parent,
        "line:4" in found.after,
    ) == (lineage("line:2"), True, ("axis", "2"), False)


def test_an_edition_is_like_itself() -> None:
    assert compared(public.edition("DOS", "2"), public.edition("DOS", "2")).changes == ()


def test_two_editions_cost_two_queries_for_their_digests_and_at_first_two_for_their_texts(
    query_budget: Callable[[int], AbstractContextManager[Any]],
) -> None:
    one, two = public.edition("DOS", "1"), public.edition("DOS", "2")
    with query_budget(4):
        compared(one, two)
    with query_budget(2):
        compared(one, two)


def test_a_manuscript_is_the_whole_text() -> None:
    found = manuscript(public.edition("DOS", "1"))
    assert [(row.key, row.body) for row in found.rows] == [(row.key, row.body) for row in FIRST]


def test_a_draft_has_no_text_for_anybody() -> None:
    house.make_edition("DOS", "3", rows=FIRST, published=False)
    draft = replace(public.edition("DOS", "2"), code="3", ref="DOS/3")
    with pytest.raises(Missing):
        manuscript(draft)
