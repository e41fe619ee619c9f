"""The fields of an item as plain values, there and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.instruments.facts import ItemRole, ItemRow, Target, TargetSource, Transition
from yupana.domain.instruments.rules.fields import FIELDS, revised, values
from yupana.foundation.kernel.errors import Refused

EMPTY = ItemRow("p.csv:2", ItemRole.TEXT, "1", "x", None)
FULL = replace(
    EMPTY,
    role=ItemRole.TARGET,
    code="1.a",
    text="El 80 %",
    body="Porque sí.\n\nY más.",
    legal_basis="DS 1",
    due_on=date(2027, 12, 31),
    audience="all",
    binds=True,
    stake=2500,
    transition=Transition.NEXT_PLAN,
    target=Target(Decimal("80.5"), "%", date(2027, 12, 31), TargetSource.COUNT, "all", Decimal(10)),
)


@pytest.mark.parametrize("row", [EMPTY, FULL])
def test_what_an_item_says_can_be_written_back(row: ItemRow) -> None:
    assert revised(EMPTY, values(row)) == replace(row, binds=bool(row.binds))


def test_every_field_has_a_value() -> None:
    assert sorted(values(FULL)) == sorted(FIELDS)


@given(text=st.text())
def test_line_ends_are_written_in_one_way(text: str) -> None:
    kept = revised(EMPTY, {"body": text}).body
    assert ("\r" in kept, kept) == (False, kept.strip())


@pytest.mark.parametrize(
    "said",
    [
        {"role": "magic"}, {"due_on": "2026-02-30"}, {"stake": "much"}, {"transition": "soon"}, {"more": {}},
        {"target": {"number": "many"}}, {"target": {"due_on": "nunca"}}, {"target": "all"}, {"lineage": "x"},
    ],
)  # fmt: skip
def test_a_value_that_is_none_is_refused(said: dict[str, object]) -> None:
    with pytest.raises(Refused) as refused:
        revised(EMPTY, said)  # type: ignore[arg-type] # what a program could send
    assert (refused.value.code, refused.value.details) == ("item-value-unusable", {"field": next(iter(said))})
