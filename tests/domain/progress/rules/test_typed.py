"""The cells of a report: read as they are written, and put together when several people write."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.commitments.rules import CellEdit
from yupana.domain.progress.facts import MeasuredValue, ReportRow
from yupana.domain.progress.rules import Gap, Method, Promise, Said, VarianceCause, advance
from yupana.domain.progress.rules.typed import cells_of, lacking, last_of, merged, read, unchanged
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.money import MOST_CENTS
from yupana.foundation.kernel.quantity import SCALE

NUMBERS = st.integers(-(10**15), 10**15)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30).map(str.strip)
CENTS = st.none() | st.integers(0, MOST_CENTS)
VALUES: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.just({}),
    st.fixed_dictionaries({"value": NUMBERS}),
    st.fixed_dictionaries({"numerator": NUMBERS, "denominator": st.integers(0, 10**15)}),
    st.fixed_dictionaries({"gap": st.sampled_from(list(Gap)).map(str)}),
)
ROWS = st.builds(
    lambda value, **more: ReportRow(1, **value, **more),
    VALUES,
    current_cents=CENTS,
    accrued_cents=CENTS,
    cause=st.just("") | st.sampled_from(list(VarianceCause)).map(str),
    variation=TEXTS,
    done=TEXTS,
    next_step=TEXTS,
)


def edit(name: str, before: str, after: str) -> CellEdit:
    return CellEdit(1, name, before, after)


@given(ROWS)
def test_cells_are_read_as_they_are_written(row: ReportRow) -> None:
    found: dict[str, Any] = {}
    for name, text in cells_of(row).items():
        found |= read(name, text, "1")
    assert ReportRow(1, **found) == row


@given(ROWS, ROWS)
def test_what_one_typed_over_what_they_saw_stands_or_is_told(seen: ReportRow, wanted: ReportRow) -> None:
    before, after = cells_of(seen), cells_of(wanted)
    edits = [edit(name, before[name], after[name]) for name in before if before[name] != after[name]]
    done = merged(seen, edits, "1")
    assert (done.clashes, {*done.kept, *done.faults}) == ((), {each.field for each in edits})
    assert {name: cells_of(done.said)[name] for name in done.kept} == done.kept


@given(ROWS, ROWS)
def test_the_same_edits_sent_twice_change_nothing_more(seen: ReportRow, wanted: ReportRow) -> None:
    edits = [edit(name, text, cells_of(wanted)[name]) for name, text in cells_of(seen).items()]
    once = merged(seen, edits, "1").said
    assert merged(once, edits, "1").said == once


def test_two_who_write_in_different_cells_both_keep_theirs() -> None:
    once = merged(ReportRow(1), [edit("value", "", "20")], "1").said
    assert merged(once, [edit("done", "", "Se contó")], "1").said == ReportRow(1, value=20 * SCALE, done="Se contó")


def test_two_who_write_in_one_cell_lose_nothing() -> None:
    held = ReportRow(1, value=20 * SCALE)
    done = merged(held, [edit("value", "", "30")], "1")
    assert (done.said, [(each.edit.after, each.now) for each in done.clashes]) == (held, [("30", "20")])


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("value", "mucho", "report-number"),
        ("value", "1/", "report-number"),
        ("value", "1/2/3", "report-number"),
        ("value", "0 / -20", "denominator-negative"),
        ("accrued", "-5", "report-amount"),
        ("gap", "x", "gap-unknown"),
        ("cause", "x", "cause-unknown"),
        ("done", "x" * 5001, "report-text-too-long"),
    ],
)
def test_what_cannot_be_read_is_told_and_the_rest_is_kept(name: str, text: str, code: str) -> None:
    done = merged(ReportRow(1), [edit(name, "", text), edit("next_step", "", "Seguir")], "1")
    assert (done.said, {key: each.code for key, each in done.faults.items()}) == (
        ReportRow(1, next_step="Seguir"), {name: code},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("held", "typed", "stands"),
    [
        (ReportRow(1, value=0), edit("gap", "", "data"), ReportRow(1, value=0)),
        (ReportRow(1, gap="data"), edit("value", "", "0"), ReportRow(1, gap="data")),
    ],
)
def test_a_value_and_the_reason_why_there_is_none_do_not_stand_together(
    held: ReportRow, typed: CellEdit, stands: ReportRow
) -> None:
    done = merged(held, [typed], "1")
    assert (done.said, [each.code for each in done.faults.values()]) == (stands, ["gap-beside-value"])


def test_one_takes_the_place_of_the_other_in_one_go() -> None:
    done = merged(ReportRow(1, gap="data"), [edit("gap", "data", ""), edit("value", "", "0")], "1")
    assert (done.said, done.faults) == (ReportRow(1, value=0), {})


@pytest.mark.parametrize("name", ["accrued", "cause", "row", "evidence"])
def test_an_indicator_has_no_cells_of_a_row(name: str) -> None:
    assert merged(MeasuredValue("A/1#target:1"), [edit(name, "", "1")], "x").kept == {}


SAID = {"2018": Said(9), "2018-Q1": Said(1), "2018-Q2": Said(2), "2018-Q3": Said(gap="data"), "2017": Said(0)}


@pytest.mark.parametrize(
    ("period", "found"),
    [("2018-Q3", "2018-Q2"), ("2018-Q4", "2018-Q2"), ("2018-Q1", "2017"), ("2019-Q1", "2018"), ("2017", None)],
)
def test_the_last_value_is_the_one_of_the_period_that_ended_last_before(period: str, found: str | None) -> None:
    assert last_of(SAID, period) == ((found, SAID[found]) if found else None)


@pytest.mark.parametrize(
    ("method", "last", "value"),
    [
        (Method.FLOW, None, 0),
        (Method.FLOW, Said(5), 0),
        (Method.STOCK, Said(5), 5),
        (Method.REDUCTION, Said(0), 0),
        (Method.MILESTONE, Said(SCALE), SCALE),
    ],
)
def test_no_change_adds_nothing_to_a_sum_and_leaves_a_level(method: Method, last: Said | None, value: int) -> None:
    assert unchanged(method, last) == {"value": value, "numerator": None, "denominator": None}


def test_a_rate_stays_a_rate_where_it_is_a_level() -> None:
    assert unchanged(Method.STOCK, Said(numerator=1, denominator=2)) == {
        "value": None,
        "numerator": 1,
        "denominator": 2,
    }


@pytest.mark.parametrize(
    ("method", "last"), [(None, Said(5)), (Method.STOCK, None), (Method.FLOW, Said(numerator=1, denominator=2))]
)
def test_what_nobody_said_before_is_not_guessed(method: Method | None, last: Said | None) -> None:
    assert unchanged(method, last) is None


@pytest.mark.parametrize(
    ("said", "row", "code"),
    [
        (None, {}, "row-unsaid"),
        (Said(), {"done": "Mucho"}, "row-unsaid"),
        (Said(gap="data"), {"gap": "data"}, ""),
        (Said(90), {"value": 90}, ""),
        (Said(89), {"value": 89}, "cause-missing"),
        (Said(121), {"value": 121}, "cause-missing"),
        (Said(89), {"value": 89, "cause": "staff"}, "cause-missing"),
        (Said(89), {"value": 89, "cause": "staff", "variation": "Faltó gente"}, ""),
    ],
)
def test_what_a_row_lacks_before_it_can_be_handed_in(said: Said | None, row: dict[str, Any], code: str) -> None:
    promise = Promise(Method.FLOW, "up", None, {"2018-Q1": 100})
    now = advance(promise, {"2018-Q1": said} if said else {}, "2018-Q1")
    assert lacking(promise, said, ReportRow(1, **row), now) == code


def test_a_row_that_promises_nothing_lacks_nothing() -> None:
    promise = Promise(None)
    assert lacking(promise, None, ReportRow(1), advance(promise, {}, "2018")) == ""


def test_a_text_is_read_without_the_spaces_around_it() -> None:
    with pytest.raises(Refused):
        read("value", "1 2", "1")
    assert (read("done", " Se contó \n", "1"), read("value", " 45 / 60 ", "1")) == (
        {"done": "Se contó"}, {"value": None, "numerator": 45 * SCALE, "denominator": 60 * SCALE},
    )  # fmt: skip
