"""A form that is brought again changes the rows that it brought before."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.commitments.rules import Act, differences
from yupana.interfaces.interchange.foreign import align


def told(*rows: dict[str, str]) -> dict[str, Any]:
    """What was read from a form."""
    numbered = {str(at): row for at, row in enumerate(rows, start=1)}
    return {"rows": numbered, "where": {at: {"": f"Hoja!A{at}"} for at in numbered}, "notes": []}


def edits(laid: dict[str, Any]) -> list[tuple[str, int, dict[str, str]]]:
    base, rows = ({int(at): cells for at, cells in laid[name].items()} for name in ("base", "rows"))
    found = differences(base, rows)
    return [(edit.act.value, edit.row, {cell.field: cell.after for cell in edit.cells}) for edit in found]


def test_into_an_empty_draft_every_row_is_new() -> None:
    laid = align(told({"name": "Regar"}, {"name": "Medir"}), {}, free=4)
    assert edits(laid) == [("add", 4, {"name": "Regar"}), ("add", 5, {"name": "Medir"})]


def test_a_row_that_is_there_changes_where_the_form_says_something_else() -> None:
    stored = {7: {"name": "Regar", "responsible": "Obras", "budget": "1,00", "target": "3"}}
    laid = align(told({"name": "REGAR", "responsible": "obras", "budget": "2,00"}), stored, free=8)
    assert edits(laid) == [("change", 7, {"budget": "2,00", "name": "REGAR", "responsible": "obras"})]


def test_rows_of_the_same_name_are_told_apart_by_who_answers_for_them() -> None:
    stored = {1: {"name": "Regar", "responsible": "Norte"}, 2: {"name": "Regar", "responsible": "Sur"}}
    rows = ({"name": "Regar", "responsible": "Sur", "budget": "5,00"}, {"name": "Regar", "responsible": "Este"})
    assert edits(align(told(*rows), stored, free=3)) == [
        ("change", 2, {"budget": "5,00"}),
        ("add", 3, {"name": "Regar", "responsible": "Este"}),
    ]


def test_a_row_whose_unit_changed_is_found_by_its_name_alone_where_there_is_one() -> None:
    laid = align(told({"name": "Regar", "responsible": "Sur"}), {1: {"name": "Regar", "responsible": "Norte"}}, free=2)
    assert edits(laid) == [("change", 1, {"responsible": "Sur"})]


def test_notes_behind_the_same_titles_are_replaced_and_those_of_a_person_stay() -> None:
    stored = {1: {"name": "Regar", "notes": "Ojo con el canal\nCódigo: 1"}}
    laid = align(told({"name": "Regar", "notes": "Código: 2"}), stored, free=2)
    assert laid["rows"]["1"]["notes"] == "Ojo con el canal\nCódigo: 2"


def test_where_each_row_stood_goes_with_it() -> None:
    laid = align(told({"name": "Nuevo"}, {"name": "Regar"}), {5: {"name": "Regar"}}, free=9)
    assert laid["where"] == {"9": {"": "Hoja!A1"}, "5": {"": "Hoja!A2"}}


TEXTS = st.sampled_from(["", "Regar", "Medir", "Norte"])
ROWS = st.lists(st.fixed_dictionaries({"name": TEXTS, "responsible": TEXTS}), max_size=6)


@given(ROWS, ROWS)
def test_nothing_is_taken_out_and_each_row_of_the_form_has_one_place(
    brought: list[dict[str, str]], there: list[dict[str, str]]
) -> None:
    stored = dict(enumerate(there, start=1))
    laid = align(told(*brought), stored, free=len(there) + 1)
    removed = [act for act, _row, _cells in edits(laid) if act == Act.REMOVE]
    assert (len(laid["rows"]), removed) == (len(brought), [])


@given(ROWS)
def test_the_same_form_brought_twice_changes_nothing(rows: list[dict[str, str]]) -> None:
    first = align(told(*rows), {}, free=1)
    stored = {int(at): cells for at, cells in first["rows"].items()}
    again = align(told(*rows), stored, free=len(rows) + 1)
    added = [cells for act, _row, cells in edits(again) if act == Act.ADD and cells.get("name")]
    assert added == []
