"""The workbook that was given out is taken back: what nobody touched is as it was, what somebody did is found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import column_index_from_string

from tests.interfaces.interchange.workbooks.books import LINES, back, book, clear, column, lay, put
from yupana.domain.commitments.facts import PlanRow
from yupana.domain.commitments.rules import Act, differences
from yupana.foundation.kernel.errors import Refused
from yupana.interfaces.interchange.workbooks import read_workbook, rows, write_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from yupana.interfaces.interchange.workbooks import Brought

AMOUNT = "Budget in Bs"
hostile = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40) | st.sampled_from(
    ["=1+1", "+1", "-1", "@SUM(A1)", "'x", "\tx", "a\r\nb", " x ", "_x000B_", "1.234", "00012", "1/2", "\x0b", "\ufffe"]
)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


def changed(brought: Brought) -> list[tuple[Act, int, dict[str, str]]]:
    return [
        (each.act, each.row, {cell.field: cell.after for cell in each.cells})
        for each in differences(brought.base, brought.rows)
    ]


def notes(brought: Brought) -> list[tuple[str, str]]:
    return [(where, why) for where, why, _text in brought.notes]


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_what_nobody_touched_differs_in_nothing(kind: str, tmp_path: Path) -> None:
    brought = read_workbook(lay(tmp_path, write_workbook(book(), kind)))
    told = (brought.plan, brought.entity, brought.version, list(brought.rows), changed(brought), brought.notes)
    assert told == ("C@s:1", "Ábaco", 1, [1, 2, 4], [], ())


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
@settings(max_examples=10)
@given(texts=st.lists(hostile, min_size=4, max_size=4))
def test_no_text_is_changed_by_a_spreadsheet(kind: str, texts: list[str], tmp_path_factory: Any) -> None:  # noqa: ANN401 (pytest's own)
    name, result, target, notes_ = texts
    row = PlanRow(1, item="P/9#line:9", name=name, result=result, target=target, notes=notes_)
    brought = read_workbook(lay(tmp_path_factory.mktemp("w"), write_workbook(book(row), kind)))
    assert (changed(brought), brought.notes) == ([], ())


def test_the_same_plan_makes_the_same_bytes() -> None:
    assert [write_workbook(book(), kind) for kind in ("xlsx", "ods")] == [
        write_workbook(book(), kind) for kind in ("xlsx", "ods")
    ]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"C5": "Contar bien"}, [(Act.CHANGE, 1, {"name": "Contar bien"})]),
        ({"G5": 1234.5}, [(Act.CHANGE, 1, {"budget": "1.234,50"})]),
        ({"G5": "1.234"}, [(Act.CHANGE, 1, {"budget": "1.234,00"})]),
        ({"G5": 3000.5}, []),
        ({"B5": "2"}, [(Act.CHANGE, 1, {"item": "P/1#line:2"})]),
        ({"B5": "2 · Contar con otros"}, [(Act.CHANGE, 1, {"item": "P/1#line:2"})]),
        ({"B5": None}, [(Act.CHANGE, 1, {"item": ""})]),
        ({"H5": "Actividad"}, [(Act.CHANGE, 1, {"medium": "activity"})]),
        ({"F7": 100}, []),
        ({"C8": "Nueva"}, [(Act.ADD, 7, {"name": "Nueva"})]),
        ({"C300": "Sin número"}, [(Act.ADD, 7, {"name": "Sin número"})]),
        ({"U5": 0.125}, [(Act.CHANGE, 1, {"value:2026": "0,125"})]),
        ({"U5": 1.125}, [(Act.CHANGE, 1, {"value:2026": "1,125"})]),
    ],
    ids=str,
)
def test_what_was_filled_in_is_found(cells: dict[str, str | float | None], told: list[object], tmp_path: Path) -> None:
    brought = back(tmp_path, book(), put("Plan", **cells))
    assert (changed(brought), brought.notes) == (told, ())


def test_a_line_that_was_emptied_takes_its_activity_out(tmp_path: Path) -> None:
    assert [each[:2] for each in changed(back(tmp_path, book(), clear(7)))] == [(Act.REMOVE, 4)]


def test_an_activity_that_never_said_anything_is_there_as_long_as_its_line(tmp_path: Path) -> None:
    assert changed(back(tmp_path, book(PlanRow(1), PlanRow(2, name="x")))) == []


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"G5": "mucho"}, [("Plan!G5", "cell-not-read")]),
        ({"G5": 1.005}, [("Plan!G5", "cell-not-read")]),
        ({"G5": -1}, [("Plan!G5", "cell-not-read")]),
        ({"B5": "99"}, [("Plan!B5", "item-not-owed")]),
        ({"H5": "programa"}, [("Plan!H5", "cell-not-read")]),
        ({"D5": "x" * 301}, [("Plan!D5", "cell-not-kept")]),
        ({"A300": 999, "C300": "x"}, [("Plan!A300", "row-number-unknown")]),
        ({"G6": 5}, [("Plan!G6", "sheet-budget-is-sum")]),
        ({"ZZ4": "Mi columna"}, [("Plan!ZZ4", "column-unknown")]),
    ],
    ids=str,
)
def test_what_cannot_be_taken_is_told_with_its_place_and_stays_as_it_was(
    cells: dict[str, str | float | None], told: list[tuple[str, str]], tmp_path: Path
) -> None:
    brought = back(tmp_path, book(), put("Plan", **cells))
    assert (notes(brought), [each for each in changed(brought) if each[0] is not Act.ADD]) == (told, [])


def test_a_column_that_was_deleted_empties_nothing(tmp_path: Path) -> None:
    brought = back(tmp_path, book(), lambda opened: opened["Plan"].delete_cols(7))
    assert (changed(brought), notes(brought)) == ([], [("Plan", "column-gone")])


def test_columns_and_lines_may_be_moved(tmp_path: Path) -> None:
    def fill(opened: openpyxl.Workbook) -> None:
        opened["Plan"].insert_cols(2)
        opened["Plan"].insert_rows(1, 3)

    assert changed(back(tmp_path, book(), fill)) == []


# --- numbers that do not belong ------------------------------------------------------------------------------------
def test_swapped_numbers_are_seen_by_what_their_lines_say(tmp_path: Path) -> None:
    brought = back(tmp_path, book(), put("Plan", A5=4, A7=1))
    why = "row-moved-in-sheet"
    assert (changed(brought), sorted(notes(brought))) == ([], [("Plan!A5", why), ("Plan!A7", why)])


def test_a_line_pasted_between_others_moves_nobody(tmp_path: Path) -> None:
    """The numbers are locked, so that whoever makes room moves the texts to the numbers of others."""

    def fill(opened: openpyxl.Workbook) -> None:
        opened["Plan"].move_range("B6:V7", rows=1)
        opened["Plan"]["C6"] = "En medio"

    brought = back(tmp_path, book(), fill)
    assert changed(brought) == [(Act.ADD, 7, {"name": "En medio"})]


def test_a_copied_number_makes_a_new_activity_of_the_one_that_is_less_like_it(tmp_path: Path) -> None:
    brought = back(tmp_path, book(), put("Plan", A300=1, C300="Otra"))
    assert (changed(brought), notes(brought)) == (
        [(Act.ADD, 7, {"name": "Otra"})],
        [("Plan!A300", "row-number-twice")],
    )


# --- the sheets beside the plan --------------------------------------------------------------------------------------
def test_amounts_by_line_are_read_and_make_the_budget(tmp_path: Path) -> None:
    brought = back(tmp_path, book(), put("Budget", A7=1, C7=2026, D7=10.5, A8=1, C8=2027, D8="1.000", E8="10"))
    assert changed(brought) == [
        (
            Act.CHANGE,
            1,
            {"budget": "1.010,50", "money": "2026 | 10,50\n2027 | 10 |  |  |  | 1.000,00 |  | "},
        )
    ]


def test_a_new_activity_has_amounts_by_its_number(tmp_path: Path) -> None:
    def fill(opened: openpyxl.Workbook) -> None:
        put("Plan", C8="Nueva")(opened)
        put("Budget", A7=7, C7=2026, D7=10)(opened)

    [(act, row, cells)] = changed(back(tmp_path, book(), fill))
    assert (act, row, cells) == (Act.ADD, 7, {"name": "Nueva", "budget": "10,00", "money": "2026 | 10,00"})


@pytest.mark.parametrize(
    ("sheet", "cells", "why"),
    [
        ("Budget", {"A7": 99, "C7": 2026, "D7": 1}, "line-without-activity"),
        ("Budget", {"A7": 1, "C7": "pronto", "D7": 1}, "sheet-line-not-read"),
        ("Budget", {"A7": 1, "C7": 1800, "D7": 1}, "sheet-line-not-read"),
        ("Further answers", {"A7": 1, "C7": "99"}, "sheet-line-not-read"),
        ("Further answers", {"A7": 1, "C7": "2", "D7": 0.25}, "sheet-line-not-read"),
        ("Further answers", {"A7": 1, "C7": "2", "D7": 101}, "sheet-line-not-read"),
        ("Further answers", {"A7": 2, "C7": "1"}, "sheet-line-not-read"),
    ],
    ids=str,
)
def test_a_line_that_cannot_be_read_leaves_its_activity_as_it_was(
    sheet: str, cells: dict[str, str | float | None], why: str, tmp_path: Path
) -> None:
    brought = back(tmp_path, book(), put(sheet, **cells))
    assert (notes(brought)[0], [each[2].get("money", "") for each in changed(brought)]) == ((f"{sheet}!A7", why), [])


def test_further_lines_are_read_with_their_shares(tmp_path: Path) -> None:
    brought = back(tmp_path, book(), put("Further answers", A6=4, C6="2", D6="12,5 %", A7=4, C7="1 · Contar lo propio"))
    assert changed(brought) == [(Act.CHANGE, 4, {"also": "P/1#line:2 | 12,5 %\nP/1#line:1"})]


@pytest.mark.parametrize(
    ("sheet", "gone", "why"),
    [
        ("Budget", "C", "column-gone-sheet"),
        ("Budget", "D", "column-gone-sheet"),
        ("Budget", "F", "column-gone-sheet"),
        ("Budget", "I", "column-gone"),  # of which no line said anything
        ("Further answers", "C", "column-gone-sheet"),
        ("Further answers", "D", "column-gone-sheet"),
    ],
)
def test_a_column_that_was_deleted_from_them_empties_nothing(sheet: str, gone: str, why: str, tmp_path: Path) -> None:
    brought = back(tmp_path, book(), lambda opened: opened[sheet].delete_cols(column_index_from_string(gone)))
    assert (changed(brought), notes(brought)) == ([], [(sheet, why)])


def test_without_the_column_of_lines_no_new_further_line_is_read(tmp_path: Path) -> None:
    def fill(opened: openpyxl.Workbook) -> None:
        opened["Further answers"].delete_cols(3)
        put("Further answers", A5=1, C5=50)(opened)

    brought = back(tmp_path, book(PlanRow(1, name="Contar")), fill)
    told = [("Further answers", "column-gone"), ("Further answers!A5", "sheet-line-not-read")]
    assert (changed(brought), notes(brought)) == ([], told)


def test_amounts_whose_sum_no_column_holds_stay_as_they_were(tmp_path: Path) -> None:
    huge = "600.000.000.000,00"
    brought = back(tmp_path, book(), put("Budget", A7=1, C7=2026, D7=huge, A8=1, C8=2026, D8=huge))
    assert (changed(brought), [why for _where, why in notes(brought)]) == ([], ["cell-not-kept", "cell-not-kept"])


def test_a_workbook_has_no_more_lines_than_a_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "MOST", 2)
    with pytest.raises(Refused) as caught:
        back(tmp_path, book())
    assert (caught.value.code, caught.value.details) == ("workbook-rows-too-many", {"where": "Plan", "most": 2})


def test_without_its_sheet_what_it_said_stays(tmp_path: Path) -> None:
    brought = back(tmp_path, book(), lambda opened: opened.remove(opened["Budget"]))
    assert (changed(brought), notes(brought)) == ([], [("Budget", "workbook-sheet-gone")])


# --- how it is given out ---------------------------------------------------------------------------------------------
def test_it_offers_lists_guards_its_numbers_and_keeps_the_rest_behind(tmp_path: Path) -> None:
    path = lay(tmp_path, write_workbook(book(), "xlsx"))
    opened = openpyxl.load_workbook(path)
    plan = opened["Plan"]
    lists = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in plan.data_validations.dataValidation}
    behind = [letter for letter, each in sorted(plan.column_dimensions.items()) if each.hidden]
    assert lists == {
        "B5": f"'Guidelines'!$A$3:$A${2 + len(LINES)}",
        "H5": '"project,line of action,activity"',
        "L5": '"adds up,last value,yes or no"',
        "M5": '"to rise,to fall"',
    }
    assert (plan.freeze_panes, plan.protection.sheet, plan.protection.password, behind[0], len(behind)) == (
        "B5", True, None, "H", 15,
    )  # fmt: skip
    assert [plan[at].protection.locked for at in ("A5", "A8", "C4", "C5")] == [True, True, True, False]
    assert (opened["yupana"].sheet_state, column(opened, "Plan", AMOUNT)) == ("veryHidden", "G")


def test_text_that_looks_like_a_formula_is_text(tmp_path: Path) -> None:
    opened = openpyxl.load_workbook(lay(tmp_path, write_workbook(book(PlanRow(1, name="=1+1", target="@x")), "xlsx")))
    cells = [opened["Plan"][at] for at in ("C5", "F5")]
    assert [(cell.value, cell.data_type, cell.quotePrefix) for cell in cells] == [
        ("=1+1", "s", True),
        ("@x", "s", True),
    ]


def test_a_text_that_no_cell_holds_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        write_workbook(book(PlanRow(1, name="x" * 40_000)), "xlsx")
    assert caught.value.code == "cell-too-long"
