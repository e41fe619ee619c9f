"""Whole texts of an instrument, as Hypothesis draws them: trees with everything that an item can say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from yupana.domain.instruments.facts import (
    NOBODY,
    ItemFact,
    ItemRole,
    ItemRow,
    Origin,
    OriginKind,
    Target,
    TargetSource,
    Transition,
)
from yupana.domain.instruments.rules import BINDING_ROLES

if TYPE_CHECKING:
    from collections.abc import Sequence

LINEAGES = [f"L{number}" for number in range(9)]  # few, so that two texts share some

LETTERS = st.text("ab ñÁ.\n", max_size=6)
TARGETS = st.none() | st.builds(
    Target,
    number=st.none() | st.just(Decimal("7.5")),
    unit=st.sampled_from(["", "%"]),
    due_on=st.none() | st.just(date(2025, 12, 31)),
    source=st.none() | st.sampled_from(TargetSource),
    counted=st.sampled_from(["", "all"]),
    baseline=st.none() | st.just(Decimal(3)),
)
ROWS = st.builds(
    ItemRow,
    where=st.sampled_from(["a.csv:1", "b.csv:2"]),
    role=st.sampled_from([ItemRole.LINE, ItemRole.ACTION]),
    code=st.just("?"),
    text=LETTERS,
    parent=st.none(),
    binds=st.none() | st.booleans(),
    body=LETTERS,
    legal_basis=LETTERS,
    due_on=st.none() | st.dates(date(2024, 1, 1), date(2024, 1, 3)),
    audience=st.sampled_from(["", NOBODY, "all"]),
    stake=st.none() | st.sampled_from([0, 5_000]),
    transition=st.sampled_from(Transition),
    target=TARGETS,
    lineage=st.sampled_from(["", "x"]),
    origins=st.lists(st.builds(Origin, st.sampled_from(OriginKind), st.sampled_from(LINEAGES)), max_size=2).map(tuple),
    more=st.dictionaries(st.sampled_from("mn"), st.integers(0, 1), max_size=1),
)


@st.composite
def texts(draw: st.DrawFn) -> tuple[ItemFact, ...]:
    """Draw an arranged text: each item below an earlier one or at the root, in reading order."""
    lineages = draw(st.lists(st.sampled_from(LINEAGES), unique=True, max_size=len(LINEAGES)))
    codes = draw(st.permutations("123456789"))
    above = [draw(st.none() | st.integers(0, at - 1)) if at else None for at in range(len(lineages))]
    rows = [replace(draw(ROWS), code=code) for code in codes[: len(lineages)]]
    binding = draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows)))
    weights = draw(st.lists(st.integers(0, 2), min_size=len(rows), max_size=len(rows)))
    facts = [
        ItemFact(
            replace(row, parent=None if up is None else (rows[up].role, rows[up].code)), binds, weight, lineage, "s"
        )
        for row, up, binds, weight, lineage in zip(rows, above, binding, weights, lineages, strict=True)
    ]
    return tuple(in_reading_order(facts))


def in_reading_order(facts: Sequence[ItemFact]) -> list[ItemFact]:
    """Put each item right before those below it."""

    def below(key: tuple[ItemRole, str] | None) -> list[ItemFact]:
        return [
            each for item in facts if item.row.parent == key for each in (item, *below((item.row.role, item.row.code)))
        ]

    return below(None)


def fact(code: str, text: str = "", parent: str = "", lineage: str = "", **more: object) -> ItemFact:
    """Say an item by what matters: "guideline:1" is the default role's, and its lineage is its code's."""
    role, plain = _key(code)
    said: dict[str, Any] = {"binding": role in BINDING_ROLES, "weight": 0, **more}
    binds, weight = said.pop("binding"), said.pop("weight")
    row = ItemRow(f"t.csv:{plain}", role, plain, text or f"Text {plain}", _key(parent) if parent else None, **said)
    return ItemFact(row, binds, weight, lineage or f"L{plain}", row.where)


def _key(said: str) -> tuple[ItemRole, str]:
    role, _, code = said.rpartition(":")
    return ItemRole(role or "guideline"), code
