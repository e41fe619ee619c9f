"""The matrix of a call: each cell is what the figures count, whatever is chosen and in whatever order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import ACCEPTED_ON, DUE_ON, ROWS, Cast, hand_in, make_call, make_edition, make_plan, obligation_of
from yupana.domain.commitments.actions import reclassify
from yupana.domain.commitments.facts import AlsoAnswers
from yupana.domain.obligations.actions import waive
from yupana.foundation.kernel.errors import Forbidden
from yupana.foundation.kernel.share import Share
from yupana.projections.followers import tick
from yupana.projections.overviews.matrix import Choice, Column, Matrix, Row, Rung

if TYPE_CHECKING:
    from yupana.domain.commitments.facts import PlanRow
    from yupana.domain.obligations.models import Call

pytestmark = pytest.mark.django_db
BARE = replace(ROWS[0], indicator="", target="", responsible="", budget_cents=None)


class Told(NamedTuple):
    """The first page, read."""

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]


@pytest.fixture
def call(cast: Cast) -> Call:
    make_edition()
    return make_call()


def told(cast: Cast, call: Call, **choice: object) -> Told:
    sheet = Matrix(cast.auditor, call, Choice(**choice), on=DUE_ON).sheet(1, 1)  # type: ignore[arg-type] # choices by name
    assert sheet
    return Told(sheet.rows.rows, sheet.columns.rows)


def cells(cast: Cast, call: Call, **choice: object) -> dict[str, tuple[int, ...]]:
    return {row.obligation.debtor.code: row.cells for row in told(cast, call, **choice).rows}


@pytest.mark.parametrize(
    ("row", "rung"),
    [
        (BARE, Rung.ANSWERED),
        (replace(BARE, indicator="i", target="1"), Rung.TARGET),
        (replace(BARE, indicator="i", target="1", responsible="x"), Rung.RESPONSIBLE),
        (replace(BARE, responsible="x", budget_cents=5), Rung.ANSWERED),
        (ROWS[0], Rung.BUDGET),
    ],
)
def test_a_cell_is_the_highest_rung_that_one_activity_reaches(cast: Cast, call: Call, row: PlanRow, rung: Rung) -> None:
    make_plan(cast, obligation_of(call, cast.a), [BARE, replace(row, row=2)])
    assert cells(cast, call) == {"A-1": (rung, 0), "B-1": (0, 0)}


def test_an_activity_answers_all_its_items_and_a_reviewer_moves_the_first(cast: Cast, call: Call) -> None:
    plan = make_plan(cast, obligation_of(call, cast.a), [replace(ROWS[0], also=(AlsoAnswers("line:2"),))])
    assert cells(cast, call)["A-1"] == (4, 4)
    reclassify(actor=cast.amaru, activity=plan.activities.get(), item=None, reason="ninguna", on=ACCEPTED_ON)
    assert cells(cast, call)["A-1"] == (0, 4)


def test_columns_add_up_to_what_the_figures_say(cast: Cast, call: Call) -> None:
    make_plan(cast, obligation_of(call, cast.a), [BARE, replace(BARE, row=2, item="")])
    hand_in(cast.killa, obligation_of(call, cast.b))
    tick()
    found = told(cast, call)
    assert [column.share for column in found.columns] == [Share(1, 2), Share(0, 2)]
    assert [sum(row.cells[at] > 0 for row in found.rows) for at in (0, 1)] == [1, 0]
    assert [row.share for row in found.rows] == [Share(1, 2), Share(0, 2)]
    assert [column.share.due for column in told(cast, call, level="central").columns] == [0, 0]


def test_what_was_lifted_counts_nowhere(cast: Cast, call: Call) -> None:
    owed = obligation_of(call, cast.b)
    waive(actor=cast.amaru, obligation=owed, reason="exenta", act="RA 1", on=ACCEPTED_ON)
    [row] = told(cast, call, standing="waived").rows
    assert (row.cells, row.share, list(cells(cast, call, gaps=True))) == (
        (Rung.LIFTED, Rung.LIFTED), Share(), ["A-1"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("choice", "codes"),
    [
        ({}, ["A-1", "B-1"]),
        ({"most_gaps": True}, ["B-1", "A-1"]),
        ({"gaps": True}, ["B-1"]),
        ({"text": "ñandu MUNICIPIO"}, ["B-1"]),
        ({"text": "nadie"}, []),
        ({"level": "municipal"}, ["A-1", "B-1"]),
        ({"level": "central"}, []),
        ({"standing": "accepted"}, ["A-1"]),
        ({"standing": "silent"}, ["B-1"]),
        ({"standing": "nonsense"}, ["A-1", "B-1"]),
        ({"department": "99"}, []),
    ],
)
def test_entities_are_chosen_and_ordered(cast: Cast, call: Call, choice: dict[str, object], codes: list[str]) -> None:
    make_plan(cast, obligation_of(call, cast.a), [BARE, replace(BARE, row=2, item="line:2")])
    assert list(cells(cast, call, **choice)) == codes


def test_who_leaves_one_item(cast: Cast, call: Call) -> None:
    make_plan(cast, obligation_of(call, cast.a), [BARE])
    one, two = Matrix(cast.amaru, call, on=DUE_ON).items
    assert [list(cells(cast, call, item=item)) for item in (one, two, 10**8)] == [["B-1"], ["A-1", "B-1"], []]


def test_a_page_asks_as_much_for_one_plan_as_for_two(cast: Cast, call: Call) -> None:
    asked = []
    for actor, body in ((cast.inti, cast.a), (cast.killa, cast.b)):
        make_plan(cast, obligation_of(call, body), [ROWS[0], replace(ROWS[0], row=2)], actor=actor)
        with CaptureQueriesContext(connection) as queries:
            told(cast, call)
        asked.append(len(queries))
    assert asked == [9, 9]


def test_there_is_no_page_beyond_the_last(cast: Cast, call: Call) -> None:
    matrix = Matrix(cast.amaru, call, on=DUE_ON)
    assert [matrix.sheet(*pages) for pages in ((2, 1), (1, 2), (0, 1))] == [None, None, None]


def test_all_rows_are_those_of_the_pages(cast: Cast, call: Call) -> None:
    make_plan(cast, obligation_of(call, cast.a))
    matrix = Matrix(cast.amaru, call, on=DUE_ON)
    assert [row.cells for row in matrix.every()] == [row.cells for row in told(cast, call).rows]
    assert [head.key for head in matrix.heads()] == ["line:1", "line:2"]


@pytest.mark.parametrize("name", ["inti", "executive", "sami", "expired"])
def test_only_the_authority_looks(cast: Cast, call: Call, name: str) -> None:
    with pytest.raises(Forbidden):
        Matrix(getattr(cast, name), call, on=DUE_ON)
