from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.instruments.facts import ItemRole, ItemRow
from yupana.interfaces.interchange.trees import MOST_LEVELS, Tree, key

LINE = ItemRole.LINE


def rows(*told: tuple[str, str]) -> list[ItemRow]:
    return [ItemRow("", LINE, code, "Texto", (LINE, parent) if parent else None) for code, parent in told]


def test_rows_hang_on_the_first_of_their_parents_key() -> None:
    tree = Tree(rows(("a", ""), ("b", "a"), ("a", ""), ("c", "b"), ("d", "")))
    assert (tree.above, tree.order()) == ([None, 0, None, 1, None], [0, 1, 3, 2, 4])


def test_a_row_may_stand_before_the_one_it_hangs_on() -> None:
    assert Tree(rows(("b", "a"), ("a", ""))).order() == [1, 0]


def test_who_hangs_on_nobody_stands_at_the_root() -> None:
    tree = Tree(rows(("a", "nadie")))
    assert (tree.above, [row.code for row in tree.moved()]) == ([None], ["a"])


def test_a_circle_is_cut_once() -> None:
    tree = Tree(rows(("a", "c"), ("b", "a"), ("c", "b"), ("d", "c")))
    assert (len(tree.order()), len(tree.moved())) == (4, 1)


def test_a_row_below_itself_stands_at_the_root() -> None:
    assert Tree(rows(("a", "a"))).above == [None]


def test_what_is_too_deep_hangs_on_the_last_level() -> None:
    chain = rows(("0", ""), *((str(each + 1), str(each)) for each in range(MOST_LEVELS + 5)))
    tree = Tree(chain)
    assert ([row.code for row in tree.moved()], tree.above[-5:]) == (
        [str(MOST_LEVELS + each) for each in range(1, 6)], [MOST_LEVELS - 1] * 5,
    )  # fmt: skip


def test_a_row_is_named_by_role_and_code() -> None:
    assert key(replace(rows(("a", ""))[0], role=ItemRole.AXIS)) == (ItemRole.AXIS, "a")


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from(["", *"abcdefg"])), max_size=12))
def test_every_row_comes_once_and_after_the_one_it_hangs_on(told: list[tuple[str, str]]) -> None:
    tree = Tree(rows(*told))
    order = tree.order()
    placed = {at: place for place, at in enumerate(order)}
    below_above = all(above is None or placed[above] < placed[at] for at, above in enumerate(tree.above))
    assert (sorted(order), below_above) == (list(range(len(told))), True)
