from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest

from tests.domain.instruments.plans import ENACTED, SMALL, draft, published
from yupana.domain.instruments import public
from yupana.domain.instruments.facts import EditionState
from yupana.domain.instruments.models import Edition
from yupana.domain.instruments.public import EditionCard, Node
from yupana.domain.instruments.rules import WHOLE
from yupana.foundation.kernel.errors import Missing

pytestmark = pytest.mark.django_db

Budget = Callable[[int], AbstractContextManager[object]]


def shape(nodes: tuple[Node, ...]) -> list[object]:
    return [(node.key, node.weight, node.binds, shape(node.children)) for node in nodes]


def test_a_published_edition_is_shown_with_its_act() -> None:
    one = published()
    assert public.edition("QIPU", "1") == EditionCard(
        id=one.pk,
        instrument="QIPU",
        code="1",
        ref="QIPU/1",
        title="Knots 1",
        instrument_title="Knots plan",
        kind="plan",
        state=EditionState.PUBLISHED,
        published_on=ENACTED,
        act="D.S. 1",
        legal_basis="",
    )


def test_editions_are_listed_newest_first_with_what_became_of_them() -> None:
    published()
    published("2", on=date(2025, 1, 1))
    draft("3")
    assert [(card.ref, card.state) for card in public.editions()] == [
        ("QIPU/2", EditionState.PUBLISHED),
        ("QIPU/1", EditionState.SUPERSEDED),
    ]


def test_nothing_of_a_draft_is_shown() -> None:
    draft(edition_title="Canary", rows=(*SMALL,))
    hidden = Edition.objects.get().pk
    for look in (lambda: public.edition("QIPU", "1"), lambda: public.item(hidden, "line", "1.1")):
        with pytest.raises(Missing):
            look()
    assert (public.editions(), public.tree(hidden)) == ((), ())


def test_a_tree_is_read_as_it_was_published() -> None:
    one = published()
    assert shape(public.tree(one.pk)) == [
        (
            "axis:1",
            WHOLE,
            False,
            [
                ("line:1.1", WHOLE // 2, True, []),
                ("line:1.2", WHOLE // 2, True, [("target:1.2.a", 0, False, [])]),
            ],
        )
    ]


@pytest.mark.parametrize(
    ("role", "code", "above", "below"),
    [
        ("axis", "1", [], ["line:1.1", "line:1.2"]),
        ("line", "1.2", ["axis:1"], ["target:1.2.a"]),
        ("target", "1.2.a", ["axis:1", "line:1.2"], []),
    ],
)
def test_an_item_stands_between_those_above_and_those_below(
    role: str, code: str, above: list[str], below: list[str]
) -> None:
    one = published()
    found = public.item(one.pk, role, code)
    assert (found.key, [node.key for node in found.ancestors], [node.key for node in found.children]) == (
        f"{role}:{code}",
        above,
        below,
    )


def test_an_ancestor_is_shown_without_the_rest_of_its_tree() -> None:
    one = published()
    assert [(node.children, node.ancestors) for node in public.item(one.pk, "target", "1.2.a").ancestors] == [
        ((), ())
    ] * 2


@pytest.mark.parametrize(("role", "code"), [("line", "9"), ("axis", "1.1"), ("", "")])
def test_an_item_that_is_not_there_is_missing(role: str, code: str) -> None:
    one = published()
    with pytest.raises(Missing) as missing:
        public.item(one.pk, role, code)
    assert missing.value.code == "item-unknown"


@pytest.mark.parametrize("number", [1, 5])
def test_one_edition_or_five_cost_one_query(number: int, query_budget: Budget) -> None:
    for at in range(number):
        published(str(at))
    with query_budget(1):
        assert len(public.editions()) == number


def test_a_tree_costs_one_query(query_budget: Budget) -> None:
    one = published()
    with query_budget(1):
        public.item(one.pk, "target", "1.2.a")
