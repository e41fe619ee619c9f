"""The cells of a report, one by one: what each shows, what each takes, and who of two writers is heard."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.commitments.rules import CellEdit
from yupana.domain.progress.facts import MeasuredValue, ReportRow
from yupana.domain.progress.rules import Gap, Method, Promise, Said, VarianceCause, advance
from yupana.domain.progress.rules.typed import (
    CELLS,
    INDICATOR_CELLS,
    MOST_TEXT,
    cells_of,
    lacking,
    last_of,
    merged,
    read,
    unchanged,
    value_text,
)
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.quantity import SCALE

NO_CELLS = dict.fromkeys(("value", "gap", "accrued", "current", "cause", "variation", "done", "next_step"), "")
EMPTY_VALUE = {"value": None, "numerator": None, "denominator": None}


def edit(name: str, before: str, after: str) -> CellEdit:
    return CellEdit(1, name, before, after)


# --- what a cell shows ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("value", "above", "below", "text"),
    [
        (None, None, None, ""),
        (0, None, None, "0"),  # nil is shown, nothing is not
        (12_345_000, None, None, "1.234,5"),
        (-1, None, None, "-0,0001"),
        (None, 45 * SCALE, 60 * SCALE, "45 / 60"),
        (None, 0, 0, "0 / 0"),
        (None, 45 * SCALE, None, ""),  # half a rate is none
    ],
)
def test_a_value_is_shown_as_it_is_typed(value: int | None, above: int | None, below: int | None, text: str) -> None:
    assert value_text(value, above, below) == text


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        (ReportRow(7), {}),
        (ReportRow(7, value=0), {"value": "0"}),
        (ReportRow(7, gap="data"), {"gap": "data"}),
        (ReportRow(7, accrued_cents=0, current_cents=1_234_56), {"accrued": "0,00", "current": "1.234,56"}),
        (ReportRow(7, cause="staff", variation="v", done="d", next_step="n"),
         {"cause": "staff", "variation": "v", "done": "d", "next_step": "n"}),
        (ReportRow(7, evidence=(1, 2)), {}),
    ],
)  # fmt: skip
def test_a_row_shows_what_it_says_and_no_more(row: ReportRow, cells: dict[str, str]) -> None:
    assert cells_of(row) == NO_CELLS | cells


def test_an_indicator_shows_three_cells() -> None:
    told = MeasuredValue("PLAN/1#target:1", numerator=SCALE, denominator=4 * SCALE, note="Censo")
    assert cells_of(told) == {"value": "1 / 4", "gap": "", "note": "Censo"}
    assert (set(cells_of(ReportRow(1))), set(cells_of(told))) == (set(CELLS), set(INDICATOR_CELLS))


# --- what a cell takes ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "text", "fields"),
    [
        ("value", "", EMPTY_VALUE),
        ("value", "  ", EMPTY_VALUE),
        ("value", "0", EMPTY_VALUE | {"value": 0}),
        ("value", "1.234", EMPTY_VALUE | {"value": 1_234 * SCALE}),
        ("value", "1,234", EMPTY_VALUE | {"value": 12_340}),  # a comma stands before decimals
        ("value", "-5", EMPTY_VALUE | {"value": -5 * SCALE}),
        ("value", "45/60", EMPTY_VALUE | {"numerator": 45 * SCALE, "denominator": 60 * SCALE}),
        ("value", "0 / 0", EMPTY_VALUE | {"numerator": 0, "denominator": 0}),
        ("accrued", "", {"accrued_cents": None}),
        ("accrued", "0", {"accrued_cents": 0}),
        ("current", "Bs 1.234,5", {"current_cents": 1_234_50}),
        ("gap", "", {"gap": ""}),
        ("gap", " data ", {"gap": "data"}),
        ("cause", "third_party", {"cause": "third_party"}),
        ("done", "x" * MOST_TEXT, {"done": "x" * MOST_TEXT}),
        ("note", " Censo\n", {"note": "Censo"}),
    ],
    ids=range(16),
)
def test_what_is_typed_is_read(name: str, text: str, fields: dict[str, Any]) -> None:
    assert read(name, text, "1") == fields


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        *(
            ("value", each, "report-number")
            for each in ("x", "1;2", "/", "/60", "45/", "1/2/3", "45 %", "1,23456", "٣")
        ),
        *(("accrued", each, "report-amount") for each in ("-1", "1,234", "mil", "1/2", "9" * 30)),
        *(("gap", each, "gap-unknown") for each in ("Data", "none", "0")),
        *(("cause", each, "cause-unknown") for each in ("Staff", "data")),
        *((name, "x" * (MOST_TEXT + 1), "report-text-too-long") for name in (*CELLS, "note")),
    ],
)
def test_what_cannot_be_read_is_refused_and_its_row_named(name: str, text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read(name, text, "7")
    assert (refused.value.code, refused.value.details["row"]) == (code, "7")


@pytest.mark.parametrize("kind", [*Gap, *VarianceCause])
def test_every_choice_that_is_offered_is_taken(kind: Gap | VarianceCause) -> None:
    name = "gap" if isinstance(kind, Gap) else "cause"
    assert read(name, str(kind), "1") == {name: kind.value}


# --- several writers -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("stands", "before", "after", "kept", "now"),
    [
        ("20", "20", "30", "30", None),
        ("20", "", "30", None, "20"),
        ("20", "19", "20", "20", None),  # both want the same
        ("20", "20", "20", "20", None),
        ("", "20", "30", None, ""),  # somebody took it away
        ("", "20", "", "", None),
        ("1.234", "1234", "5", "5", None),  # they saw the same number, written another way
        ("20", "20,0", "5", "5", None),
        ("45 / 60", "45/60", "46/60", "46 / 60", None),
        ("20", "no number", "5", None, "20"),
    ],
)
def test_a_cell_is_written_where_it_stands_as_its_writer_saw_it(
    stands: str, before: str, after: str, kept: str | None, now: str | None
) -> None:
    held = ReportRow(1, **read("value", stands, "1"))
    done = merged(held, [edit("value", before, after)], "1")
    assert (done.kept.get("value"), [each.now for each in done.clashes]) == (kept, [] if now is None else [now])
    assert cells_of(done.said)["value"] == (stands if kept is None else kept)


def test_one_unreadable_cell_keeps_no_other_from_being_written() -> None:
    cells = [edit("value", "", "mucho"), edit("accrued", "", "10"), edit("gap", "", "x"), edit("done", "", "Sí")]
    done = merged(ReportRow(1), cells, "1")
    assert (done.said, set(done.faults), done.clashes) == (
        ReportRow(1, accrued_cents=10_00, done="Sí"), {"value", "gap"}, (),
    )  # fmt: skip


def test_of_a_value_and_a_gap_typed_at_once_neither_is_kept() -> None:
    done = merged(ReportRow(1), [edit("value", "", "0"), edit("gap", "", "data"), edit("done", "", "Sí")], "1")
    assert (done.said, {name: each.code for name, each in done.faults.items()}, dict(done.kept)) == (
        ReportRow(1, done="Sí"), dict.fromkeys(("value", "gap"), "gap-beside-value"), {"done": "Sí"},
    )  # fmt: skip


def test_evidence_is_no_cell_and_stays() -> None:
    held = ReportRow(1, value=5, evidence=(3, 4))
    done = merged(held, [edit("evidence", "", "9"), edit("row", "1", "2"), edit("value", "0,0005", "")], "1")
    assert (done.said, dict(done.kept)) == (ReportRow(1, evidence=(3, 4)), {"value": ""})


texts = st.sampled_from(["", "0", "20", "45 / 60", "mucho", "data", "staff", "10,00", "Se contó"])
edits = st.lists(st.builds(edit, st.sampled_from((*CELLS, "note", "x")), texts, texts), max_size=8)


@given(edits, edits)
def test_whatever_is_typed_a_row_can_be_kept_and_every_edit_is_answered(
    first: list[CellEdit], second: list[CellEdit]
) -> None:
    held = merged(ReportRow(1), first, "1").said
    done = merged(held, second, "1")
    names = {each.field for each in second if each.field in CELLS}
    assert {*done.kept, *done.faults, *(each.edit.field for each in done.clashes)} == names
    assert not (done.said.gap and (done.said.value is not None or done.said.numerator is not None))
    assert (done.said.value is None) or (done.said.numerator is None)


@given(edits)
def test_what_is_unreadable_or_clashes_changes_nothing(cells: list[CellEdit]) -> None:
    held = ReportRow(1, value=7, cause="staff")
    done = merged(held, cells, "1")
    same = [name for name, text in cells_of(held).items() if cells_of(done.said)[name] == text]
    assert set(CELLS) - set(done.kept) <= set(same)


# --- what was said before ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("told", "period", "name"),
    [
        ({}, "2018-Q2", None),
        ({"2018-Q1": Said(gap="data")}, "2018-Q2", None),
        ({"2018-Q2": Said(1)}, "2018-Q2", None),  # what is said of it now is not what was said before
        ({"2018-S1": Said(1)}, "2018-Q2", None),  # nor what reaches into it
        (
            {"2018-Q1": Said(1), "2018-M3": Said(2)},
            "2018-Q2",
            "2018-Q1",
        ),  # of those that end together the widest, as it is counted
        ({"2018-M3": Said(2), "2018-Q1": Said(1)}, "2018-M4", "2018-Q1"),
        ({"2017-M12": Said(0)}, "2018", "2017-M12"),
    ],
)
def test_before_a_period_means_before_its_first_day(told: dict[str, Said], period: str, name: str | None) -> None:
    assert last_of(told, period) == ((name, told[name]) if name else None)


@pytest.mark.parametrize("method", list(Method))
def test_who_says_that_nothing_changed_neither_gains_nor_loses(method: Method) -> None:
    promise = Promise(method, "", 80 * SCALE, {"2018": 40 * SCALE})
    last = Said(50 * SCALE)
    same = unchanged(method, last)
    assert same is not None
    now = [advance(promise, told, name).actual for name, told in (
        ("2018-Q1", {"2018-Q1": last}), ("2018-Q2", {"2018-Q1": last, "2018-Q2": Said(**same)}),
    )]  # fmt: skip
    assert now[0] == now[1]


@pytest.mark.parametrize(
    ("method", "programmed", "code"),
    [(None, {"2018": 5}, ""), (Method.STOCK, {}, ""), (Method.STOCK, {"2018": 5}, "row-unsaid"), (None, {}, "")],
)
def test_only_what_promises_a_number_owes_one(method: Method | None, programmed: dict[str, int], code: str) -> None:
    promise = Promise(method, "", None, programmed)
    assert lacking(promise, None, ReportRow(1), advance(promise, {}, "2018")) == code


@pytest.mark.parametrize(
    ("cause", "variation", "code"),
    [("", "", "cause-missing"), ("staff", "", "cause-missing"), ("", "Faltó", "cause-missing"),
     ("staff", " \n", "cause-missing"), ("staff", "Faltó", "")],
)  # fmt: skip
def test_who_is_off_plan_gives_both_a_cause_and_words(cause: str, variation: str, code: str) -> None:
    promise, said = Promise(Method.FLOW, "up", None, {"2018": 100}), Said(1)
    row = ReportRow(1, value=1, cause=cause, variation=variation)
    assert lacking(promise, said, row, advance(promise, {"2018": said}, "2018")) == code
