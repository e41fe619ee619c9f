"""A draft changed cell by cell, by several people and over a bad line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.cast import HANDED_IN_ON
from tests.domain.commitments.plans import ROW, Stage, begun, decided, handed_in, set_stage
from yupana.domain.commitments import actions
from yupana.domain.commitments.facts import AlsoAnswers, Money, PlanRow, Value
from yupana.domain.commitments.models import Activity, Justification
from yupana.domain.commitments.queries import plan_rows
from yupana.domain.commitments.rules import Act, CellEdit, Edit, cells_of, differences
from yupana.domain.submissions.models import Submission
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused

if TYPE_CHECKING:
    from tests.conftest import Budget

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(db: None) -> Stage:
    return set_stage()


def change(stage: Stage, draft: Submission, *edits: Edit) -> actions.Edited:
    return actions.edit_rows(actor=stage.cast.inti, submission=draft, edits=edits)


def cell(field: str, before: str, after: str, row: int = 1) -> Edit:
    return Edit(Act.CHANGE, row, (CellEdit(row, field, before, after),))


def added(row: int, **cells: str) -> Edit:
    return Edit(Act.ADD, row, tuple(CellEdit(row, field, "", text) for field, text in cells.items()))


def named(draft: Submission) -> dict[int, str]:
    return {row.row: row.name for row in plan_rows(draft)}


def test_a_row_keeps_all_that_it_holds(stage: Stage) -> None:
    draft = begun(stage, [])
    whole = PlanRow(
        row=1,
        item="PLAN/1#line:1",
        name="Contar",
        person="Jefatura de Sistemas",
        accumulation="sum",
        also=(AlsoAnswers("PLAN/1#line:2", 2_500),),
        programmed=(Value("2018", 30_000), Value("2018-Q1", 10_000)),
        money=(Money(2018, 100_000), Money(2019, 5_000, "10", "11", "111", "25200", 6_000, 0)),
        budget_cents=105_000,
    )
    change(stage, draft, *differences({}, {1: cells_of(whole)}))
    assert plan_rows(draft) == [whole]


def test_two_people_change_two_cells_of_one_row(stage: Stage) -> None:
    draft = begun(stage)
    first = change(stage, draft, cell("name", ROW.name, "Contar mejor"))
    second = change(stage, draft, cell("target", ROW.target, "9"))
    row = Activity.objects.get(submission=draft)
    assert (row.name, row.target, first.clashes, second.clashes) == ("Contar mejor", "9", (), ())


def test_of_two_people_in_one_cell_the_second_is_told_and_nothing_is_overwritten(stage: Stage) -> None:
    draft = begun(stage)
    change(stage, draft, cell("name", ROW.name, "Contar mejor"))
    late = change(stage, draft, cell("name", ROW.name, "Contar más"), cell("target", ROW.target, "9"))
    row = Activity.objects.get(submission=draft)
    assert [(each.edit.after, each.now) for each in late.clashes] == [("Contar más", "Contar mejor")]
    assert (row.name, row.target) == ("Contar mejor", "9")


def test_what_was_sent_twice_is_written_once(stage: Stage) -> None:
    draft = begun(stage)
    edits = (cell("name", ROW.name, "Contar mejor"), added(5, name="Nueva"))
    change(stage, draft, *edits)
    again = change(stage, draft, *edits)
    assert (again.added, again.changed, again.clashes, named(draft)) == ((), (), (), {1: "Contar mejor", 5: "Nueva"})


def test_two_people_add_a_row_under_one_number_and_both_are_kept(stage: Stage) -> None:
    draft = begun(stage)
    change(stage, draft, added(2, name="De Inti"))
    late = change(stage, draft, added(2, name="De otra"))
    again = change(stage, draft, added(2, name="De otra"))
    assert (late.numbers, again.numbers, again.added) == ({2: 3}, {2: 3}, ())
    assert named(draft) == {1: ROW.name, 2: "De Inti", 3: "De otra"}


def test_what_was_sent_is_known_again_when_somebody_went_on_with_it(stage: Stage) -> None:
    draft = begun(stage)
    new = added(2, name="Nueva", budget="50,00", money="2018 | 1.000,00")
    change(stage, draft, new)
    change(stage, draft, cell("target", "", "5", row=2))
    again = change(stage, draft, new)
    assert (again.added, again.numbers, named(draft)) == ((), {}, {1: ROW.name, 2: "Nueva"})


def gone(stage: Stage, draft: Submission) -> None:
    change(stage, draft, *differences({1: cells_of(plan_rows(draft)[0])}, {}))


def test_a_number_of_which_others_spoke_never_goes_to_other_words(stage: Stage) -> None:
    draft = begun(stage)
    asked: dict[str, Any] = {"row": 1, "partner": stage.cast.b, "part": "La mitad", "on": HANDED_IN_ON}
    actions.ask_partner(actor=stage.cast.inti, obligation=stage.owed, **asked)
    gone(stage, draft)
    other, again = (change(stage, draft, added(1, name="Otra cosa")) for _ in range(2))
    assert (other.numbers, again.numbers, again.added, named(draft)) == ({1: 2}, {1: 2}, (), {2: "Otra cosa"})


def test_a_row_that_is_put_back_with_its_name_has_its_number_again(stage: Stage) -> None:
    decided(stage, State.RETURNED)
    draft = begun(stage)
    gone(stage, draft)
    assert (change(stage, draft, added(1, name=ROW.name)).numbers, named(draft)) == ({}, {1: ROW.name})


def test_no_row_is_numbered_far_beyond_the_others(stage: Stage) -> None:
    draft = begun(stage)
    with pytest.raises(Refused, match="row-number-far"):
        change(stage, draft, added(1_000_000, name="Lejos"))
    assert change(stage, draft, added(0, name="Cerca")).added == (2,)


def test_a_row_that_somebody_else_goes_on_with_is_not_taken_out(stage: Stage) -> None:
    draft = begun(stage)
    seen = cells_of(plan_rows(draft)[0])
    change(stage, draft, cell("name", ROW.name, "Contar mejor"))
    late = change(stage, draft, *differences({1: seen}, {}))
    assert (late.removed, len(late.clashes), named(draft)) == ((), 1, {1: "Contar mejor"})


def test_what_is_typed_into_a_row_that_is_gone_is_given_back(stage: Stage) -> None:
    draft = begun(stage)
    Justification.objects.create(submission=draft, rule="no-budget", row=1, text="Sin costo")
    change(stage, draft, *differences({1: cells_of(plan_rows(draft)[0])}, {}))
    late = change(stage, draft, cell("name", ROW.name, "Contar mejor"))
    assert [(each.edit.after, each.now) for each in late.clashes] == [("Contar mejor", None)]
    assert (named(draft), Justification.objects.count()) == ({}, 0)


def test_one_cell_that_cannot_be_read_leaves_everything_as_it_was(stage: Stage) -> None:
    draft = begun(stage)
    with pytest.raises(Refused, match="cell-unreadable"):
        change(stage, draft, cell("name", ROW.name, "Otra"), cell("value:2018", "", "tres"))
    assert named(draft) == {1: ROW.name}


@pytest.mark.parametrize("field", ["item", "also"])
def test_an_item_that_the_plan_does_not_owe_is_refused(stage: Stage, field: str) -> None:
    draft = begun(stage, [])
    with pytest.raises(Refused, match="plan-item-unknown"):
        change(stage, draft, added(1, name="Contar", **{field: "line:99"}))


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("also", "line:2\nPLAN/1#line:2"),
        ("also", "line:2\nline:2 | 30 %"),
        ("money", "2018 | 50.000.000.000.000.000,00\n2019 | 50.000.000.000.000.000,00"),
    ],
    ids=["two names of one line", "one line twice", "a sum that no column holds"],
)
def test_lines_that_cannot_stand_together_are_refused(stage: Stage, field: str, text: str) -> None:
    draft = begun(stage)
    with pytest.raises(Refused) as caught:
        change(stage, draft, cell(field, cells_of(plan_rows(draft)[0])[field], text))
    assert (caught.value.code, caught.value.details["field"]) == ("cell-unreadable", field)


def test_a_change_takes_a_draft_back_from_the_executive(stage: Stage) -> None:
    draft = begun(stage)
    Submission.objects.filter(pk=draft.pk).update(ready_on="2018-05-01", ready_by=stage.cast.people["inti"])
    change(stage, draft, cell("name", ROW.name, ROW.name))
    untouched = Submission.objects.get(pk=draft.pk).ready_on
    change(stage, draft, cell("name", ROW.name, "Otra"))
    assert (untouched is None, Submission.objects.get(pk=draft.pk).ready_on) == (False, None)


def test_only_who_writes_the_draft_changes_it(stage: Stage) -> None:
    draft = begun(stage)
    with pytest.raises(Forbidden):
        actions.edit_rows(actor=stage.cast.killa, submission=draft, edits=[added(2, name="Ajena")])


def test_what_was_handed_in_does_not_change(stage: Stage) -> None:
    version = handed_in(stage)
    with pytest.raises(Conflict, match="submitted-already"):
        change(stage, version, cell("name", ROW.name, "Otra"))


@pytest.mark.parametrize("many", [1, 60])
def test_many_rows_take_as_many_statements_as_one(stage: Stage, query_budget: type[Budget], many: int) -> None:
    draft = begun(stage, [])
    rows = {at: {"name": f"Fila {at}", "value:2018": "1", "money": "2018 | 5"} for at in range(1, many + 1)}
    with query_budget(17):
        change(stage, draft, *differences({}, rows))
    assert len(named(draft)) == many


@pytest.mark.parametrize("period", ["2017", "2019-Q1", "2018-2020"])
def test_nothing_is_programmed_beyond_the_years_of_the_plan(stage: Stage, period: str) -> None:
    draft = begun(stage, [ROW])
    for edit in (cell(f"value:{period}", "", "1"), added(2, name="Otra", **{f"value:{period}": "1"})):
        with pytest.raises(Refused, match="period-outside"):
            change(stage, draft, edit)
    assert [row.programmed for row in plan_rows(draft)] == [ROW.programmed]
