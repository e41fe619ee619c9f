"""Which item each row of a new draft continues: what is sure, what a source says, what a person said."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.domain.instruments.drafts import REF, begun, lineage
from tests.domain.instruments.plans import AXIS, LINE, SMALL, draft, published, row
from yupana.domain.instruments.actions import settle_lineage
from yupana.domain.instruments.actions.lineages import Descent
from yupana.domain.instruments.models import Item
from yupana.foundation.kernel.actor import OPERATOR

if TYPE_CHECKING:
    from yupana.domain.instruments.facts import ItemRow

pytestmark = pytest.mark.django_db
OTHER = row(LINE, "1.1", (AXIS, "1"), text="Registers of cattle, kept by communities")


def same(*codes: str) -> list[bool]:
    """Whether the items of those codes are the same in both editions."""
    return [lineage(code) == lineage(code, "1") for code in codes]


def again(*rows: ItemRow) -> None:
    draft("2", rows)


def test_what_only_shares_a_code_is_another_item() -> None:
    published()
    again(SMALL[0], OTHER, *SMALL[2:])
    assert same("1", "1.1", "1.2", "1.2.a") == [True, False, True, True]


def test_what_changed_its_number_is_the_same_item() -> None:
    published()
    again(SMALL[0], replace(SMALL[1], code="7"), *SMALL[2:])
    assert (lineage("7"), same("1", "1.2")) == (lineage("1.1", "1"), [True, True])


def test_what_a_person_said_stands_when_the_file_comes_again() -> None:
    published()
    again(SMALL[0], OTHER, *SMALL[2:])
    settle_lineage(actor=OPERATOR, ref=REF, lineage=lineage("1.1"), descent=Descent.SAME, formers=[lineage("1.1", "1")])
    draft("2", (SMALL[0], replace(OTHER, body="More"), *SMALL[2:]), over_edits=True)
    assert same("1.1") == [True]


def test_a_draft_that_comes_again_keeps_the_identity_of_what_is_new_in_it() -> None:
    published()
    again(*SMALL, row(LINE, "9", (AXIS, "1")))
    before = lineage("9")
    again(*SMALL, row(LINE, "8", (AXIS, "1"), text="line 9"))
    assert lineage("8") == before


def test_what_the_source_says_itself_counts() -> None:
    named = uuid.uuid4()
    draft("1", (replace(SMALL[0], lineage=str(named)), *SMALL[1:]))
    assert lineage("1", "1") == named


@pytest.mark.parametrize("said", ["not an id", "{}", "0" * 31, "\0"])
def test_an_id_that_is_none_is_not_kept(said: str) -> None:
    draft("1", (replace(SMALL[0], lineage=said), *SMALL[1:]))
    assert Item.objects.count() == len(SMALL)


def test_an_id_that_two_items_claim_is_given_once() -> None:
    named = str(uuid.uuid4())
    draft("1", tuple(replace(each, lineage=named) for each in SMALL))
    assert Item.objects.filter(lineage=named).count() == 1


def test_a_copy_that_comes_back_from_a_file_is_the_same_items() -> None:
    begun()
    again(*SMALL)
    assert same("1", "1.1", "1.2", "1.2.a") == [True] * 4
