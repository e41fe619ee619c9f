"""One activity in words: as it was written, and as it was understood."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from yupana.domain.commitments.public import ActivityCard
from yupana.domain.commitments.rules import Kind, Reading, read_date
from yupana.domain.instruments.facts import EditionState, ItemRole
from yupana.domain.instruments.public import EditionCard, Node
from yupana.interfaces.portal.activity import Line, shown, understood
from yupana.projections.overviews.entity import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

BOOK = EditionCard(
    id=1,
    instrument="PLAN",
    code="1",
    ref="PLAN/1",
    title="Plan",
    instrument_title="Plan",
    kind="plan",
    state=EditionState.PUBLISHED,
    published_on=date(2018, 1, 15),
    act="Acto",
    legal_basis="",
)
PLACES = {
    7: Place(Node(7, ItemRole.LINE, "1", "Contar", 10, binds=True), BOOK),
    8: Place(Node(8, ItemRole.LINE, "2", "Sumar", 10, binds=True), BOOK),
}
CARD = ActivityCard(
    row=1,
    item_id=7,
    item_code="1",
    own_item_id=7,
    own_item_code="1",
    name="Contar los granos",
    medium="project",
    responsible="Sistemas",
    result="",
    indicator="Granos",
    target="100",
    budget_cents=123_456,
    starts="2018",
    ends="",
    year_one=None,
    notes="",
)
SAME, OTHER = Line("/en/planes/PLAN/1/line/1/", "1 · Contar"), Line("/en/planes/PLAN/1/line/2/", "2 · Sumar")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def test_only_what_was_written_is_shown() -> None:
    act = shown(CARD, PLACES)
    assert (act.medium, act.facts, act.dates) == (
        "project",
        (("Responsible", "Sistemas"), ("Indicator", "Granos"), ("Target", "100"), ("Budget", "Bs\u202f1,234.56")),
        (("Starts", "2018", ""),),
    )


def test_a_budget_of_nothing_is_a_budget() -> None:
    assert dict(shown(replace(CARD, budget_cents=0), PLACES).facts)["Budget"] == "Bs\u202f0.00"


def test_a_budget_that_was_not_given_is_left_out() -> None:
    assert "Budget" not in dict(shown(replace(CARD, budget_cents=None), PLACES).facts)


@pytest.mark.parametrize(
    ("own", "counted", "moved", "own_line", "line"),
    [(7, 7, False, SAME, SAME), (7, 8, True, SAME, OTHER), (None, 8, True, None, OTHER), (7, None, True, SAME, None)],
)
def test_what_the_body_wrote_stays_beside_what_counts(
    own: int | None, counted: int | None, moved: bool, own_line: Line | None, line: Line | None
) -> None:
    act = shown(replace(CARD, own_item_id=own, item_id=counted), PLACES)
    assert (act.moved, act.own, act.line) == (moved, own_line, line)


@pytest.mark.parametrize(
    ("text", "year_one", "words"),
    [
        ("1 de julio 2020", None, "understood as July 1, 2020"),
        ("2018", None, ""),
        ("marzo 2019", None, "understood as March 2019"),
        ("Año 1 Primer Bimestre", 2019, "understood as Jan. 1, 2019 to Feb. 28, 2019"),
        ("Año 1 Primer Bimestre", None, "counts from the plan's first year, which is still to be confirmed"),
        ("07/12/2018", None, "day and month could be swapped, so it was left as it is written"),
        ("cuando se pueda", None, "could not be understood as a date"),
        ("", None, ""),
    ],
)
def test_a_date_is_shown_as_it_was_understood(text: str, year_one: int | None, words: str) -> None:
    assert understood(read_date(text, year_one=year_one)) == words


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_reading_without_days_has_words(kind: Kind) -> None:
    assert isinstance(understood(Reading(kind)), str)
