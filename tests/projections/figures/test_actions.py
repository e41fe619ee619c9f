"""Following, rebuilding and checking as such: cursor, formula, locks and what a page reads."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from tests.projections.figures.stage import DAY, DUE, EVER, LATER, TARGET, Stage
from yupana.foundation.kernel.share import Share
from yupana.foundation.ledger import queries as ledger
from yupana.foundation.ledger.actions import seal
from yupana.projections.figures import labels, public, rules
from yupana.projections.figures.actions import check, follow, rebuild
from yupana.projections.figures.models import Cell, Cursor
from yupana.projections.figures.queries import contributions, position, standing, statement
from yupana.projections.figures.rules import Key

pytestmark = pytest.mark.django_db


def told() -> Stage:
    """Two calls; the first body answered one line of the first, and was given more time for the second."""
    stage = Stage()
    one, other = stage.call(), stage.call("C-2", due_on=None, period="2025")
    stage.accepted(one, 0, (0, TARGET))
    stage.extend(other, 0, LATER)
    seal()
    return stage


def test_before_anything_is_followed_there_are_no_figures() -> None:
    told()
    assert (standing(), position(), public.state().followed_at) == ({}, 0, None)


def test_following_says_how_many_entries_and_where_it_stands() -> None:
    told()
    followed, state = follow(), public.state()
    assert (followed, state.position, state.head_size, state.formula, state.head_root) == (
        5,
        5,
        5,
        rules.FORMULA,
        ledger.head().root,
    )


def test_following_again_follows_nothing() -> None:
    told()
    follow()
    assert follow() == 0


def test_what_is_not_sealed_is_not_counted() -> None:
    stage = told()
    follow()
    before = standing()
    stage.waive(stage.owed_call("C-1"), 0)
    follow()
    assert (standing() == before, check()) == (True, ())


def test_rebuild_says_up_to_where_and_moves_the_cursor() -> None:
    told()
    assert (rebuild(), position(), check()) == (5, 5, ())


def test_cells_of_another_formula_are_counted_anew() -> None:
    told()
    follow()
    right = standing()
    Cursor.objects.update(formula="0")
    Cell.objects.filter(measure=rules.COVERAGE).update(done=0)
    follow()
    assert (standing() == right, Cursor.objects.get().formula) == (True, rules.FORMULA)


def test_a_check_names_the_cells_that_differ_and_changes_nothing() -> None:
    stage = told()
    follow()
    call = stage.owed_call("C-1")
    Cell.objects.filter(measure=rules.COVERAGE, call=call, territory="LP").update(done=0)
    key = Key(rules.COVERAGE, call.pk, None, "municipal", "LP", "2024", DUE)
    assert (check(), check()) == (((key, Share(0, 1), Share(1, 1)),),) * 2


def test_a_check_finds_cells_that_are_missing_or_made_up() -> None:
    told()
    follow()
    Cell.objects.filter(measure=rules.TIMELINESS, period="2024").delete()
    Cell.objects.filter(measure=rules.COVERAGE, period="2024", territory="SC").update(territory="TJ")
    found = {(key.measure, key.territory, bool(stands.due), bool(due.due)) for key, stands, due in check()}
    assert found == {
        (rules.TIMELINESS, "LP", False, True),
        (rules.TIMELINESS, "SC", False, True),
        (rules.TIMELINESS, "", False, True),
        (rules.COVERAGE, "TJ", True, False),
        (rules.COVERAGE, "SC", False, True),
    }


def test_a_follower_that_is_stopped_leaves_cells_and_cursor_together() -> None:
    told()
    savepoint = transaction.savepoint()
    follow()
    transaction.savepoint_rollback(savepoint)
    assert (standing(), position()) == ({}, 0)
    follow()
    assert check() == ()


def test_no_cell_holds_more_done_than_due() -> None:
    told()
    follow()
    with pytest.raises(IntegrityError, match="cell_done_within_due"), transaction.atomic():
        Cell.objects.filter(measure=rules.COVERAGE).update(done=99)


@pytest.mark.parametrize("measure", [rules.COVERAGE, rules.ANSWERED])
def test_a_cell_stands_once(measure: str) -> None:
    told()
    follow()
    cell = Cell.objects.filter(measure=measure).first()
    assert cell
    cell.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        cell.save(force_insert=True)


# --- reading ---------------------------------------------------------------------------------------------------
def test_shares_are_read_in_any_grouping() -> None:
    stage = told()
    follow()
    calls = [stage.owed_call(code).pk for code in ("C-1", "C-2")]

    def read(*by: str) -> dict[tuple[object, ...], Share]:
        return public.shares(measure=rules.COVERAGE, calls=calls, as_of=EVER, by=by)

    assert (read(), read("level"), read("period", "due_on"), read("call", "territory")[calls[0], "LP"]) == (
        {(): Share(1, 6)},
        {("municipal",): Share(1, 4), ("central",): Share(0, 2)},
        {
            ("2024", DUE): Share(1, 3),
            ("2025", rules.UNDATED): Share(0, 2),
            ("2025", LATER): Share(0, 1),
        },
        Share(1, 1),
    )


def test_shares_are_read_for_some_items_levels_and_territories() -> None:
    stage = told()
    follow()
    call = stage.owed_call("C-1").pk

    def read(items: list[int] | None = None, level: str = "", territory: str = "") -> Share:
        found = public.shares(
            measure=rules.TARGET,
            calls=[call],
            as_of=EVER,
            items=items,
            level=level,
            territories=[territory] if territory else None,
        )
        return found.get((), Share())

    one, other = (item.pk for item in stage.items[:2])
    assert (
        read(items=[one]),
        read(items=[other]),
        read(items=[]),
        read(level="central"),
        read(territory="LP"),
    ) == (
        Share(1, 3),
        Share(0, 3),
        Share(),
        Share(0, 2),
        Share(1, 2),
    )


def test_no_calls_no_figures() -> None:
    assert public.shares(measure=rules.COVERAGE, calls=[], as_of=EVER) == {}


@pytest.mark.parametrize(("as_of", "due"), [(DAY, 2), (DUE, 5), (LATER, 6)])
def test_the_day_of_reading_decides_what_is_due(as_of: date, due: int) -> None:
    stage = told()
    follow()
    calls = [stage.owed_call(code).pk for code in ("C-1", "C-2")]
    assert public.shares(measure=rules.COVERAGE, calls=calls, as_of=as_of)[()].due == due


def test_one_reading_is_one_query(query_budget: Callable[[int], AbstractContextManager[object]]) -> None:
    call = told().owed_call("C-1").pk
    follow()
    with query_budget(1):
        public.shares(measure=rules.ANSWERED, calls=[call], as_of=EVER, by=("item", "level"))


def test_every_measure_has_a_name_and_a_formula_in_words() -> None:
    assert (
        set(labels.LABELS)
        == set(labels.FORMULAS)
        == {
            rules.COVERAGE,
            rules.TIMELINESS,
            *rules.LADDER,
            *rules.PROGRESS,
        }
    )


# --- how it is counted -----------------------------------------------------------------------------------------------
def test_one_obligation_is_counted_by_indexes_not_by_reading_everything() -> None:
    """The plan of the database: no table that grows with the State is read from end to end."""
    stage = told()
    chosen = statement(f"o.id IN ({stage.owed(stage.owed_call('C-1'), 0).pk})")
    values: dict[str, int | str] = {"position": 5, "undated": "0001-01-01"}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # small tables are always read whole otherwise
            cursor.execute(f"EXPLAIN {chosen}", values)
            read_whole = [row[0] for row in cursor.fetchall() if "Seq Scan" in row[0]]
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {chosen}", values)
            aliases = ("o", "c", "opened", "x", "e", "w", "s", "t", "a", "r", "i")
            plan = [str(row[3]) for row in cursor.fetchall()]
            read_whole = [line for line in plan if line.startswith("SCAN ") and line.split()[1] in aliases]
    assert read_whole == []


def test_many_obligations_are_counted_in_several_strides(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = told()
    monkeypatch.setattr("yupana.projections.figures.queries.CHUNK", 2)
    ids = [stage.owed(stage.owed_call(code), body).pk for code in ("C-1", "C-2") for body in range(3)]
    assert contributions(5, ids) == contributions(5, None)
