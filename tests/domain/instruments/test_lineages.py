"""What became of each item of the edition in force, as a person says it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest

from tests.domain.instruments.drafts import REF, begun, change, item, lineage, seen
from tests.domain.instruments.plans import enact
from yupana.domain.instruments.actions import add_item, remove_item, settle_lineage
from yupana.domain.instruments.actions.lineages import Descent
from yupana.domain.instruments.models import Aside
from yupana.domain.instruments.queries import branch, edition
from yupana.foundation.kernel.actor import NOBODY, OPERATOR
from yupana.foundation.kernel.errors import Conflict, Forbidden, Missing, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _draft(db: None) -> None:
    """The second edition lost the line 1.1 and got a line 9."""
    begun()
    held = edition(REF)
    remove_item(actor=OPERATOR, ref=REF, lineage=lineage("1.1"), seen=branch(held, lineage("1.1")).seen)
    add_item(actor=OPERATOR, ref=REF, said={"role": "line", "code": "9", "text": "Nine"})


def settle(code: str, descent: Descent, formers: Sequence[uuid.UUID] = ()) -> uuid.UUID:
    return settle_lineage(actor=OPERATOR, ref=REF, lineage=lineage(code), descent=descent, formers=formers)


def former(*codes: str) -> list[uuid.UUID]:
    return [lineage(code, "1") for code in codes]


def test_an_item_is_said_to_be_the_same() -> None:
    assert (settle("9", Descent.SAME, former("1.1")), lineage("9"), item("9").origins) == (
        lineage("1.1", "1"),
        lineage("1.1", "1"),
        [],
    )


def test_what_somebody_wrote_aside_goes_with_it() -> None:
    read = seen("9")
    change("9", read, text="theirs")
    with pytest.raises(Conflict):
        change("9", read, text="mine")
    settle("9", Descent.SAME, former("1.1"))
    assert Aside.objects.get().lineage == lineage("9")


@pytest.mark.parametrize(("descent", "codes"), [(Descent.SPLIT, ["1.2"]), (Descent.MERGE, ["1.1", "1.2"])])
def test_an_item_is_said_to_come_from_others_and_stays_itself(descent: Descent, codes: list[str]) -> None:
    before = lineage("9")
    settle("9", descent, former(*codes))
    assert (lineage("9"), item("9").origins) == (
        before,
        [[descent.value, str(each)] for each in former(*codes)],
    )


def test_what_is_new_has_nothing_to_do_with_any() -> None:
    settle("1.2", Descent.SPLIT, former("1.1"))
    settle("1.2", Descent.NEW)
    assert (lineage("1.2") in former("1", "1.1", "1.2", "1.2.a"), item("1.2").origins) == (False, [])


def test_what_was_new_stays_what_it_was() -> None:
    before = lineage("9")
    assert settle("9", Descent.NEW) == before


def test_two_items_are_never_the_same_one() -> None:
    with pytest.raises(Conflict) as conflict:
        settle("9", Descent.SAME, former("1.2"))
    assert (conflict.value.code, conflict.value.details) == (
        "lineage-taken",
        {"former": "line:1.2", "item": "line:1.2"},
    )


@pytest.mark.parametrize(
    ("descent", "codes"),
    [
        (Descent.SAME, []), (Descent.SAME, ["1.1", "1"]), (Descent.SPLIT, []), (Descent.SPLIT, ["1", "1.1"]),
        (Descent.MERGE, ["1.1"]), (Descent.MERGE, ["1.1", "1.1"]), (Descent.NEW, ["1.1"]),
    ],
)  # fmt: skip
def test_it_takes_as_many_as_its_kind_says(descent: Descent, codes: list[str]) -> None:
    with pytest.raises(Refused, match="lineage-formers"):
        settle("9", descent, former(*codes))


def test_only_items_of_the_edition_in_force_count() -> None:
    with pytest.raises(Refused, match="lineage-formers"):
        settle("9", Descent.SAME, [uuid.uuid4()])
    with pytest.raises(Missing):
        settle_lineage(actor=OPERATOR, ref=REF, lineage=uuid.uuid4(), descent=Descent.NEW)


def test_only_planners_say_so_and_only_of_drafts() -> None:
    with pytest.raises(Forbidden):
        settle_lineage(actor=NOBODY, ref=REF, lineage=lineage("9"), descent=Descent.NEW)
    with pytest.raises(Conflict, match="edition-not-draft"):
        settle_lineage(actor=OPERATOR, ref="QIPU/1", lineage=lineage("1.1", "1"), descent=Descent.NEW)


def test_what_a_person_said_stands_when_the_draft_is_published() -> None:
    """Line 1.2 is new although the edition before had one of that code, and 9 is what 1.1 was."""
    settle("1.2", Descent.NEW)
    settle("9", Descent.SAME, former("1.1"))
    said = {code: lineage(code) for code in ("1", "1.2", "9")}
    enact("2")
    assert {code: lineage(code) for code in said} == said
