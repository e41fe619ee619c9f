"""A row of a plan as cells of text, and back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.commitments.facts import AlsoAnswers, Money, PlanRow, Value
from yupana.domain.commitments.rules import CELLS, Accumulation, Direction, Medium, canonical, cells_of, with_cells
from yupana.foundation.kernel.errors import Refused

PERIODS = ("2026", "2026-Q1", "2027-S2", "2027-M11")
# What people type in one line, without the bar that parts the pieces of a budget line.
WORDS = st.text(
    st.characters(exclude_characters="|\x1c\x1d\x1e\x85\u2028\u2029", exclude_categories=["C", "Z"]), max_size=12
)
CODES = st.text("0123456789-", min_size=1, max_size=9)
CENTS = st.none() | st.integers(0, 10**12)
ITEMS = st.builds("QIPU/1#line:{}".format, st.integers(1, 99))


@st.composite
def rows(draw: st.DrawFn) -> PlanRow:
    money = draw(
        st.lists(st.builds(Money, st.integers(1990, 2100), CENTS, CODES, CODES, CODES, CODES, CENTS, CENTS), max_size=3)
    )
    amounts = [each.programmed_cents for each in money if each.programmed_cents is not None]
    return PlanRow(
        row=draw(st.integers(1, 99)),
        item=draw(st.just("") | ITEMS),
        medium=draw(st.sampled_from(["", *Medium])),
        name=draw(WORDS),
        baseline=draw(WORDS),
        accumulation=draw(st.sampled_from(["", *Accumulation])),
        direction=draw(st.sampled_from(["", *Direction])),
        budget_cents=sum(amounts) if amounts else draw(CENTS),
        also=tuple(draw(st.lists(st.builds(AlsoAnswers, ITEMS, st.none() | st.integers(1, 10_000)), max_size=2))),
        programmed=tuple(
            Value(period, draw(st.integers(-(10**9), 10**9)))
            for period in sorted(draw(st.sets(st.sampled_from(PERIODS))))
        ),
        money=tuple(money),
    )


@given(rows())
def test_what_is_written_in_cells_is_read_back(row: PlanRow) -> None:
    assert with_cells(PlanRow(row=row.row), cells_of(row)) == row


@given(rows())
def test_a_row_shows_every_cell_that_people_fill_in(row: PlanRow) -> None:
    assert set(CELLS) <= cells_of(row).keys()


def test_only_what_is_told_changes() -> None:
    row = PlanRow(row=1, name="Contar", target="3", budget_cents=500, programmed=(Value("2026", 10_000),))
    assert with_cells(row, {"target": " 4 "}) == replace(row, target="4")


def test_a_period_without_a_number_is_not_programmed() -> None:
    row = PlanRow(row=1, programmed=(Value("2026", 10_000), Value("2027", 20_000)))
    assert with_cells(row, {"value:2026": " "}).programmed == (Value("2027", 20_000),)


def test_the_budget_is_the_sum_of_what_is_programmed() -> None:
    cells = {"money": "2026 | 1.000,00\n2027 | 10 | 11 | 111 | 25200 | 2.000,50 | | "}
    row = with_cells(PlanRow(row=1, budget_cents=7), cells)
    assert (row.budget_cents, row.money) == (
        300_050,
        (Money(2026, 100_000), Money(2027, 200_050, "10", "11", "111", "25200")),
    )


def test_the_part_of_another_item_is_read_in_hundredths() -> None:
    row = with_cells(PlanRow(row=1), {"also": "line:2 | 12,5 %\n\nline:3"})
    assert row.also == (AlsoAnswers("line:2", 1_250), AlsoAnswers("line:3"))


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("budget", "mucho"),
        ("medium", "milagro"),
        ("accumulation", "median"),
        ("direction", "sideways"),
        ("value:2026", "tres"),
        ("value:ayer", "3"),
        ("also", "line:2 | 0 %"),
        ("also", "line:2 | 100,01 %"),
        ("also", "| 5 %"),
        ("money", "2026"),
        ("money", "26 | 5"),
        ("money", "2026 | a | b"),
        ("money", "٢٠٢٦ | 5"),
        ("money", f"2026 | {61 * '1'} | | | | 5 | |"),
        ("money", f"2026 | | | | {21 * '1'} | 5 | |"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(field: str, text: str) -> None:
    with pytest.raises(Refused) as refused:
        with_cells(PlanRow(row=4), {field: text})
    assert (refused.value.code, refused.value.details) == ("cell-unreadable", {"row": 4, "field": field, "text": text})


def test_a_column_that_no_plan_has_is_told() -> None:
    with pytest.raises(Refused, match="cell-unknown"):
        with_cells(PlanRow(row=1), {"color": "rojo"})


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("budget", "Bs 1234", "1.234,00"),
        ("medium", "Línea de Acción", "line"),
        ("name", " uno\r\ndos\r", "uno\ndos"),
        ("value:2026", "7,50", "7,5"),
        ("value:2026", " ", ""),
        ("also", "line:2|5%", "line:2 | 5 %"),
        ("starts", "mañana", "mañana"),
    ],
)
def test_a_cell_is_written_as_it_will_be_shown(field: str, typed: str, kept: str) -> None:
    assert (canonical(field, typed), canonical(field, kept)) == (kept, kept)


def test_lines_that_end_as_on_other_machines_are_the_same_cell() -> None:
    assert cells_of(PlanRow(row=1, name="uno\r\ndos"))["name"] == cells_of(PlanRow(row=1, name="uno\ndos"))["name"]


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("name", "a\0b", "cell-unreadable"),
        ("name", "\ud800", "cell-unreadable"),
        ("responsible", "x" * 301, "text-too-long"),
        ("also", "line:2\nline:2 | 5 %", "cell-unreadable"),
        ("money", f"2026 | {2**63 // 100}\n2026 | 1,00", "cell-unreadable"),
    ],
)
def test_what_no_column_can_keep_is_refused_before_anything_is_written(field: str, text: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        canonical(field, text, row=2)
