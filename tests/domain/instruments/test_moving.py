"""Items on the move, with all below them: one step, to a named place, and numbered anew."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest

from tests.domain.instruments.drafts import REF, begun, item, lineage, tree, version
from tests.domain.instruments.plans import AXIS, LINE, SMALL, TARGET, published, row
from yupana.domain.instruments.actions import add_item, move_item, renumber, start_edition, step_item
from yupana.domain.instruments.models import Edition, Item
from yupana.domain.instruments.rules.outline import Step
from yupana.foundation.kernel.actor import NOBODY, OPERATOR
from yupana.foundation.kernel.errors import Conflict, Forbidden, Missing, Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

pytestmark = pytest.mark.django_db
WHOLE = "1(1.1 1.2(1.2.a))"


@pytest.fixture(autouse=True)
def _draft(db: None) -> None:
    begun()


def step(code: str, way: Step, seen: int | None = None) -> int:
    return step_item(actor=OPERATOR, ref=REF, lineage=lineage(code), step=way, seen=version() if seen is None else seen)


def move(code: str, under: str = "", behind: str = "") -> int:
    where = {"under": lineage(under) if under else None, "behind": lineage(behind) if behind else None}
    return move_item(actor=OPERATOR, ref=REF, lineage=lineage(code), seen=version(), **where)


@pytest.mark.parametrize(
    ("code", "way", "after"),
    [
        ("1.2", Step.UP, "1(1.2(1.2.a) 1.1)"),
        ("1.1", Step.DOWN, "1(1.2(1.2.a) 1.1)"),
        ("1.2", Step.IN, "1(1.1(1.2(1.2.a)))"),
        ("1.2", Step.OUT, "1(1.1) 1.2(1.2.a)"),
        ("1.2.a", Step.OUT, "1(1.1 1.2 1.2.a)"),
    ],
)
def test_an_item_goes_one_step_with_all_below_it(code: str, way: Step, after: str) -> None:
    step(code, way)
    assert tree() == after


@pytest.mark.parametrize(
    ("code", "way"), [("1", Step.UP), ("1", Step.DOWN), ("1", Step.IN), ("1", Step.OUT), ("1.1", Step.IN)]
)
def test_where_there_is_no_way_nothing_moves(code: str, way: Step) -> None:
    with pytest.raises(Refused, match="item-no-way"):
        step(code, way)
    assert (tree(), version()) == (WHOLE, 1)


@pytest.mark.parametrize(
    ("code", "where", "after"),
    [
        ("1.1", {}, "1(1.2(1.2.a)) 1.1"),
        ("1.1", {"under": "1.2"}, "1(1.2(1.2.a 1.1))"),
        ("1.1", {"behind": "1.2"}, "1(1.2(1.2.a) 1.1)"),
        ("1.2.a", {"behind": "1.1"}, "1(1.1 1.2.a 1.2)"),
        ("1.2", {"behind": "1"}, "1(1.1) 1.2(1.2.a)"),
        ("1.2", {"behind": "1.1"}, WHOLE),
    ],
)
def test_an_item_goes_to_a_named_place(code: str, where: dict[str, str], after: str) -> None:
    move(code, **where)
    assert tree() == after


@pytest.mark.parametrize("where", [{"under": "1.2"}, {"under": "1.2.a"}, {"behind": "1.2.a"}, {"behind": "1.2"}])
def test_nothing_goes_below_itself(where: dict[str, str]) -> None:
    with pytest.raises(Refused, match="item-below-itself-here"):
        move("1.2", **where)
    assert (tree(), version()) == (WHOLE, 1)


def test_a_place_in_another_edition_is_none() -> None:
    published("3", rows=SMALL)
    other = add_item(
        actor=OPERATOR,
        ref=start_edition(actor=OPERATOR, ref="QIPU/3", code="4", title="x").instrument.code + "/4",
        said={"role": "line", "code": "z", "text": "z"},
    )
    with pytest.raises(Refused, match="item-place-gone"):
        move_item(actor=OPERATOR, ref=REF, lineage=lineage("1.1"), seen=1, under=other.lineage)


def test_what_moves_stays_the_same_item() -> None:
    step("1.2", Step.OUT)
    assert {item(code).lineage == item(code, "1").lineage for code in ("1", "1.1", "1.2", "1.2.a")} == {True}


def test_a_tree_that_changed_since_it_was_seen_is_not_moved_blindly() -> None:
    seen = version()
    step("1.1", Step.DOWN, seen)
    with pytest.raises(Conflict, match="tree-changed"):
        step("1.1", Step.DOWN, seen)
    assert tree() == "1(1.2(1.2.a) 1.1)"


def test_each_move_says_the_version_that_the_next_one_needs() -> None:
    after = step("1.1", Step.DOWN)
    assert (step("1.1", Step.UP, after), tree()) == (version(), WHOLE)


@pytest.mark.parametrize("ref", ["QIPU/1", REF])
def test_only_drafts_and_only_by_planners(ref: str) -> None:
    with pytest.raises(Forbidden):
        step_item(actor=NOBODY, ref=ref, lineage=lineage("1.1"), step=Step.DOWN, seen=1)
    with pytest.raises(Forbidden):
        renumber(actor=NOBODY, ref=ref, under=None, prefix="", seen=1)
    with pytest.raises(Conflict, match="edition-not-draft"):
        step_item(actor=OPERATOR, ref="QIPU/1", lineage=lineage("1.1"), step=Step.DOWN, seen=1)


def test_an_item_that_is_not_there_is_missing() -> None:
    with pytest.raises(Missing):
        step_item(actor=OPERATOR, ref=REF, lineage=uuid.uuid4(), step=Step.UP, seen=1)
    with pytest.raises(Missing):
        renumber(actor=OPERATOR, ref=REF, under=uuid.uuid4(), prefix="", seen=1)


# --- numbered anew -------------------------------------------------------------------------------------------------
def number(under: str, prefix: str) -> int:
    return renumber(actor=OPERATOR, ref=REF, under=lineage(under) if under else None, prefix=prefix, seen=version())


@pytest.mark.parametrize(
    ("under", "prefix", "after"),
    [
        ("1", "A.", "1(A.1 A.2(1.2.a))"),
        ("1", "", "1(1 2(1.2.a))"),
        ("1", "1.", WHOLE),
        ("", "E", "E1(1.1 1.2(1.2.a))"),
        ("1.2", "1.2.", "1(1.1 1.2(1.2.1))"),
        ("1.1", "x", WHOLE),
    ],
)
def test_what_is_below_an_item_is_numbered_in_order(under: str, prefix: str, after: str) -> None:
    number(under, prefix)
    assert tree() == after


def test_codes_change_hands_among_siblings() -> None:
    step("1.2", Step.UP)
    number("1", "1.")
    assert (tree(), item("1.1").lineage) == ("1(1.1(1.2.a) 1.2)", lineage("1.2", "1"))


def test_each_role_counts_on_its_own() -> None:
    for code in ("x", "y"):
        said = {"role": TARGET.value, "code": code, "text": code}
        add_item(actor=OPERATOR, ref=REF, said=said, behind=lineage("1.1"))
    number("1", "1.")
    assert list(Item.objects.filter(edition__code="2", parent__isnull=False).values_list("role", "code")) == [
        ("line", "1.1"),
        ("target", "1.1"),
        ("target", "1.2"),
        ("line", "1.2"),
        ("target", "1.2.a"),
    ]


@pytest.mark.parametrize(
    ("under", "prefix", "code"),
    [
        ("1", "a b", "edition-code-unusable"),
        ("1", "x" * 80, "edition-code-unusable"),
        ("", "#", "edition-code-unusable"),
    ],
)
def test_a_code_that_cannot_be_is_refused(under: str, prefix: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        number(under, prefix)
    assert (tree(), version()) == (WHOLE, 1)


def test_a_code_of_an_item_elsewhere_is_refused() -> None:
    add_item(actor=OPERATOR, ref=REF, said={"role": "line", "code": "B.2", "text": "x"})
    with pytest.raises(Refused, match="item-code-taken"):
        number("1", "B.")
    assert tree() == f"{WHOLE} B.2"


def test_twelve_hundred_items_move_and_are_numbered_in_a_few_statements(
    query_budget: Callable[[int], AbstractContextManager[object]],
) -> None:
    lines = tuple(row(LINE, str(at), (AXIS, "1")) for at in range(1199))
    Edition.objects.filter(code="2").delete()
    published("3", rows=(SMALL[0], *lines))
    start_edition(actor=OPERATOR, ref="QIPU/3", code="2", title="x")
    first, last, above = lineage("0"), lineage("1198"), item_of_role("1", AXIS)
    with query_budget(13):
        move_item(actor=OPERATOR, ref=REF, lineage=first, seen=1, behind=last)
    with query_budget(13):
        renumber(actor=OPERATOR, ref=REF, under=above, prefix="1.", seen=2)
    held = Item.objects.filter(edition__code="2", role=LINE)
    assert (held.get(lineage=first).code, held.earliest("order").code, held.count()) == ("1.1199", "1.1", 1199)


def item_of_role(code: str, role: str) -> uuid.UUID:
    return Item.objects.get(edition__code="2", code=code, role=role).lineage
