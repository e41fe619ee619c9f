"""How two instruments meet: both ways, by branch, and with the gaps on both sides."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests import cast as house
from tests.domain.instruments.plans import AXIS, LINE, TARGET, row
from yupana.domain.instruments import public
from yupana.domain.instruments.actions.aligning import align
from yupana.domain.instruments.facts import AlignmentKind
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.share import Share
from yupana.projections.overviews import alignment

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from yupana.projections.overviews.alignment import Matrix, Pair, Side

pytestmark = pytest.mark.django_db
CONTRIBUTES, BROADER, NARROWER = AlignmentKind
# Three lines in two axes, the second with a target; and goals that bind nobody.
PLAN = (
    row(AXIS, "1"),
    row(LINE, "1", (AXIS, "1")),
    row(LINE, "2", (AXIS, "1")),
    row(TARGET, "2.1", (LINE, "2")),
    row(AXIS, "2"),
    row(LINE, "3", (AXIS, "2")),
)
GOALS = (
    row(AXIS, "1"),
    row(TARGET, "1.1", (AXIS, "1")),
    row(TARGET, "1.2", (AXIS, "1")),
    row(AXIS, "2"),
    row(TARGET, "2.1", (AXIS, "2")),
)


@pytest.fixture(autouse=True)
def _two_plans(db: None) -> None:
    house.make_edition("PLAN", "1", rows=PLAN)
    house.make_edition("META", "1", rows=GOALS)


def state(item: str, other: str, kind: AlignmentKind = CONTRIBUTES) -> None:
    align(actor=OPERATOR, item=f"PLAN/1#{item}", other=f"META/1#{other}", kind=kind, on=date(2022, 2, 1))


def matrix(here: str = "PLAN/1", there: str = "META/1") -> Matrix:
    one, two = (public.edition(*ref.split("/")) for ref in (here, there))
    return alignment.matrix(one, two)


def gaps(side: Side) -> list[str]:
    return [node.key for node in side.gaps]


def told(pairs: tuple[Pair, ...]) -> list[tuple[str, str | None, str]]:
    return [(pair.item.key, pair.kind, pair.other.key) for pair in pairs]


def test_with_nothing_stated_everything_is_a_gap() -> None:
    found = matrix()
    assert (gaps(found.here), gaps(found.there), found.pairs, found.here.share) == (
        ["line:1", "line:2", "line:3"],
        ["target:1.1", "target:1.2", "target:2.1"],
        (),
        Share(0, 3),
    )


def test_both_sides_are_told_by_branch() -> None:
    state("line:1", "target:1.1")
    state("line:1", "target:2.1")
    state("line:3", "target:1.1", BROADER)
    found = matrix()
    assert (
        [(axis.node.key, axis.share) for axis in found.here.axes],
        [(axis.node.key, axis.share) for axis in found.there.axes],
        [told(row.pairs) for axis in found.there.axes for row in axis.rows],
    ) == (
        [("axis:1", Share(1, 2)), ("axis:2", Share(1, 1))],
        [("axis:1", Share(1, 2)), ("axis:2", Share(1, 1))],
        [
            [("target:1.1", None, "line:1"), ("target:1.1", NARROWER, "line:3")],
            [],
            [("target:2.1", None, "line:1")],
        ],
    )


def test_the_other_way_round_it_is_the_same_matrix() -> None:
    state("line:1", "target:1.1")
    state("axis:2", "axis:1", NARROWER)
    one, other = matrix(), matrix("META/1", "PLAN/1")
    assert (one.here, one.there) == (other.there, other.here)


def test_an_item_is_met_by_what_meets_an_item_below_it() -> None:
    state("target:2.1", "target:1.2")
    found = matrix()
    assert (gaps(found.here), gaps(found.there), told(found.here.axes[0].own)) == (
        ["line:1", "line:3"],
        ["target:1.1", "target:2.1"],
        [("target:2.1", CONTRIBUTES, "target:1.2")],
    )


def test_what_meets_a_whole_branch_fills_no_gap_in_it() -> None:
    state("line:1", "axis:1")
    found = matrix()
    assert (gaps(found.there), told(found.there.axes[0].own)) == (
        ["target:1.1", "target:1.2", "target:2.1"],
        [("axis:1", None, "line:1")],
    )


def test_an_older_edition_shows_what_its_items_share() -> None:
    state("line:1", "target:1.1")
    house.make_edition("META", "2", rows=(*GOALS, row(TARGET, "2.2", (AXIS, "2"))))
    old, new = matrix(), matrix("PLAN/1", "META/2")
    assert (gaps(old.there), gaps(new.there)) == (
        ["target:1.2", "target:2.1"],
        ["target:1.2", "target:2.1", "target:2.2"],
    )


def test_partners_are_listed_with_their_links() -> None:
    house.make_edition("OTRO", "1", rows=GOALS)
    state("line:1", "target:1.1")
    state("line:2", "target:1.1")
    align(actor=OPERATOR, item="OTRO/1#axis:1", other="PLAN/1#line:1", kind=CONTRIBUTES, on=date(2022, 2, 1))
    found = alignment.partners(public.edition("PLAN", "1"))
    assert [(card.ref, links) for card, links in found] == [("META/1", 2), ("OTRO/1", 1)]


@pytest.mark.parametrize("number", [1, 20])
def test_a_matrix_costs_the_same_however_large(
    query_budget: Callable[[int], AbstractContextManager[Any]], number: int
) -> None:
    rows = tuple(row(LINE, str(n)) for n in range(number))
    for code in ("UNO", "DOS"):
        house.make_edition(code, "1", rows=rows)
    for n in range(number):
        align(actor=OPERATOR, item=f"UNO/1#line:{n}", other=f"DOS/1#line:{n}", kind=CONTRIBUTES, on=date(2022, 2, 1))
    with query_budget(6):
        assert len(matrix("UNO/1", "DOS/1").pairs) == number
