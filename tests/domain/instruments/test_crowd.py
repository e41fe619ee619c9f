"""Many people in one draft at the same moment: every word is kept, and the tree stays a tree."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from tests.domain.instruments.drafts import REF, begun, item, lineage, seen, tree, version
from yupana.domain.instruments.actions import add_item, change_item, step_item
from yupana.domain.instruments.models import Aside, Item
from yupana.domain.instruments.rules.outline import Step
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.errors import Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 6


def together(works: list[Callable[[], object]]) -> list[str]:
    """Do all at once, each with a connection of its own; the codes of what was refused."""
    refused, start = list[str](), threading.Barrier(len(works))

    def run(work: Callable[[], object]) -> None:
        try:
            start.wait(30)
            work()
        except Refused as answer:
            refused.append(answer.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(refused)


def test_of_six_who_write_the_same_one_stands_and_five_are_kept_aside() -> None:
    begun()
    read, where = seen("1.1"), lineage("1.1")

    def write(number: int) -> None:
        change_item(actor=OPERATOR, ref=REF, lineage=where, seen=read, said={"text": f"Text {number}"})

    refused = together([lambda number=number: write(number) for number in range(WRITERS)])  # type: ignore[misc] # mypy gives a lambda with a default no type
    kept = [each.fields["text"] for each in Aside.objects.all()]
    assert (refused, sorted([item("1.1").text, *kept])) == (
        ["item-changed"] * (WRITERS - 1),
        [f"Text {number}" for number in range(WRITERS)],
    )


def test_six_who_write_in_different_fields_are_all_kept() -> None:
    begun()
    read, where = seen("1.1"), lineage("1.1")
    said = {"text": "a", "body": "b", "legal_basis": "c", "due_on": "2027-01-01", "stake": 7, "audience": "all"}

    def write(name: str) -> None:
        change_item(actor=OPERATOR, ref=REF, lineage=where, seen=read, said={name: said[name]})  # type: ignore[dict-item] # values of several types

    refused = together([lambda name=name: write(name) for name in said])  # type: ignore[misc] # the same
    held = item("1.1")
    assert (refused, held.text, held.body, held.legal_basis, str(held.due_on), held.stake, held.audience) == (
        [],
        *said.values(),
    )


def test_those_who_add_and_move_at_once_leave_a_tree() -> None:
    begun()
    at, first, second = version(), lineage("1.1"), lineage("1.2")

    def add(number: int) -> None:
        said = {"role": "line", "code": f"n{number}", "text": "x"}
        add_item(actor=OPERATOR, ref=REF, said=said, behind=first)

    def move(where: object) -> None:
        step_item(actor=OPERATOR, ref=REF, lineage=where, step=Step.DOWN, seen=at)  # type: ignore[arg-type] # an id

    works: list[Callable[[], object]] = [lambda number=number: add(number) for number in range(4)]  # type: ignore[misc] # the same
    refused = together([*works, lambda: move(first), lambda: move(second)])
    assert set(refused) <= {Conflict("tree-changed").code, "item-no-way"}
    assert (
        Item.objects.filter(edition__code="2").count(),
        sorted(tree().replace("(", " ").replace(")", " ").split()),
    ) == (
        8,
        sorted(["1", "1.1", "1.2", "1.2.a", "n0", "n1", "n2", "n3"]),
    )
