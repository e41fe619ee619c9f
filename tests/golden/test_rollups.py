"""Golden sums: what becomes of many bodies and items, worked out by hand."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from yupana.foundation.kernel.share import Share
from yupana.projections.figures.rules import weighted

with (Path(__file__).parent / "rollups.csv").open(newline="", encoding="utf-8") as handle:
    ROLLUPS = list(csv.DictReader(handle))


def leaves(text: str) -> tuple[dict[int, Share], dict[int, int]]:
    """Shares and weights of some items, "weight:done/due/unknown" each."""
    told = [each.partition(":") for each in text.split()]
    shares = {at: Share(*map(int, share.split("/"))) for at, (_, _, share) in enumerate(told)}
    return shares, {at: int(weight) for at, (weight, _, _) in enumerate(told)}


@pytest.mark.parametrize("rollup", ROLLUPS, ids=lambda rollup: rollup["case"])
def test_many_are_put_together_as_by_hand(rollup: dict[str, str]) -> None:
    shares, weights = leaves(rollup["leaves"])
    known = {at: Share(share.due, share.due + share.unknown) for at, share in shares.items()}
    ratio = None if rollup["ratio"] == "none" else Fraction(rollup["ratio"])
    assert (weighted(shares, weights), weighted(known, weights)) == (ratio, Fraction(rollup["coverage"]))
