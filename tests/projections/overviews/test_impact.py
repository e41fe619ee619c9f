"""What the rehearsed update touches, against a list that was written by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests import rehearsal
from tests.cast import ITEMS, make_call, make_draft, make_edition, obligation_of
from tests.rehearsal import ENACTED, Rehearsal, activity, enact, rehearse, second
from yupana.domain.instruments.models import Edition
from yupana.domain.obligations.actions import close_call, waive
from yupana.domain.obligations.rules import CallState
from yupana.foundation.kernel.actor import NOBODY, OPERATOR
from yupana.foundation.kernel.errors import Refused
from yupana.projections import followers
from yupana.projections.overviews.duties import Duty
from yupana.projections.overviews.impact import Impact, Touch

if TYPE_CHECKING:
    from tests.conftest import Budget
    from yupana.domain.instruments.facts import ItemRow
    from yupana.foundation.kernel.actor import Actor

pytestmark = pytest.mark.django_db
TODAY = date(2019, 9, 30)
NEXT_YEAR, YEAR_END = date(2020, 1, 1), date(2019, 12, 31)

# By line or target: rows of accepted plans, targets, first day. Each of the lines is owed by three bodies and counted
# by eight cells: four measures, of the municipalities and of the department.
TOUCHED = {
    "1": (1, 1, NEXT_YEAR), "2": (1, 0, YEAR_END), "11": (0, 0, ENACTED), "21": (0, 0, ENACTED), "31": (0, 0, ENACTED),
    "3": (1, 0, ENACTED), "13": (0, 0, ENACTED), "23": (0, 0, ENACTED),
    "14": (2, 0, NEXT_YEAR), "15": (1, 0, NEXT_YEAR), "16": (2, 0, ENACTED),
    "4": (1, 0, ENACTED), "17": (0, 0, ENACTED), "24": (1, 0, ENACTED), "32": (0, 0, ENACTED),
    "6": (1, 0, ENACTED), "7": (0, 0, ENACTED), "8": (0, 0, ENACTED), "25": (0, 0, ENACTED), "26": (0, 0, ENACTED),
    "27": (0, 0, ENACTED), "34": (0, 0, ENACTED), "35": (0, 0, ENACTED), "36": (0, 0, ENACTED), "37": (0, 0, ENACTED),
    "71": (1, 1, ENACTED), "72": (0, 1, ENACTED),
}  # fmt: skip
NEW = {"50": NEXT_YEAR, **dict.fromkeys(("51", "52", "61", "62", "63", "64"), ENACTED)}
TASKS = {
    "Municipio de Ábaco": {
        "drop": {"4": 1},
        "choose": {"16": 2},
        "review": {"1": 1, "5": 1, "14": 1, "15": 1},
        "answer": dict.fromkeys(("2", "11", "21", "31", "33", "61", "62", "63", "64"), 0),
    },
    "Municipio de Ñandú": {
        "drop": {"24": 1},
        "review": {"2": 1, "14": 1},
        "answer": dict.fromkeys(("1", "11", "21", "31", "5", "33", "51", "52", "61", "62", "63", "64"), 0),
    },
    "Gobernación del Valle": {
        "answer": dict.fromkeys(
            ("1", "2", "11", "21", "31", "5", "33", "50", "51", "52", "61", "62", "63", "64"), 0
        ),
    },
}  # fmt: skip


@pytest.fixture
def before(db: None) -> Rehearsal:
    made = rehearse()
    followers.tick()
    return made


def impact(actor: Actor = OPERATOR, *, edition: str = "2") -> Impact:
    first, later = (Edition.objects.get(instrument__code="PLAN", code=code) for code in ("1", edition))
    return Impact(actor, first, later, as_of=TODAY)


def touches(found: Impact) -> dict[str, Touch]:
    """By the code that an item had first."""
    facts = ((touch, touch.change.before or touch.change.after) for touch in found.touches)
    return {fact.row.code: touch for touch, fact in facts if fact}


def tasks(found: Impact) -> dict[str, dict[str, dict[str, int]]]:
    told: dict[str, dict[str, dict[str, int]]] = {}
    for body in found.bodies:
        of_body = told.setdefault(body.name, {})
        for task in body.tasks:
            of_body.setdefault(task.duty.value, {})[task.key.partition(":")[2]] = task.activities
    return told


# --- the rehearsed update ------------------------------------------------------------------------------------------
def test_everything_that_a_change_touches_is_counted(before: Rehearsal) -> None:
    enact()
    assert {
        code: (each.activities, each.targets, each.starts_on, each.obligations, each.bodies, each.figures, each.calls)
        for code, each in touches(impact()).items()
        if code not in NEW
    } == {code: (*told, 3, 3, 8, (before.call.code,)) for code, told in TOUCHED.items()}


def test_what_is_new_touches_nothing_yet_and_says_from_when_it_holds(before: Rehearsal) -> None:
    enact()
    found = touches(impact())
    assert {
        code: (found[code].starts_on, found[code].obligations + found[code].activities + found[code].figures)
        for code in NEW
    } == {code: (day, 0) for code, day in NEW.items()}


def test_every_body_has_its_list_of_what_to_do(before: Rehearsal) -> None:
    enact()
    assert tasks(impact()) == TASKS


def test_all_tasks_together(before: Rehearsal) -> None:
    enact()
    assert impact().totals() == {Duty.DROP: 2, Duty.CHOOSE: 1, Duty.REVIEW: 6, Duty.ANSWER: 35}


def test_the_first_day_of_each_body_is_that_of_its_first_task(before: Rehearsal) -> None:
    enact()
    assert {body.first_on for body in impact().bodies} == {ENACTED}


def test_the_kinds_of_change_are_counted(before: Rehearsal) -> None:
    enact()
    told = {kind.value: number for kind, number in impact().kinds.items()}
    del told["other"]  # the transitions that changed items name
    assert told == {
        "added": 6, "removed": 4, "reworded": 5, "renumbered": 10, "moved": 3, "split": 1, "merged": 2,
    }  # fmt: skip


def test_a_draft_has_its_impact_too_from_the_day_of_asking(before: Rehearsal) -> None:
    rehearsal.draft("2", second())
    found = impact()
    assert (tasks(found), touches(found)["11"].starts_on) == (TASKS, TODAY)


def test_the_calls_that_put_the_edition_are_named(before: Rehearsal) -> None:
    enact()
    other = make_call(("PLAN/1",), "code:A-1", historical=True, code="VIEJA", due_on=None)
    close_call(actor=OPERATOR, call=other, on=TODAY)
    assert [(each.code, each.state, each.obligations) for each in impact().calls] == [
        ("VIEJA", CallState.CLOSED, 1),
        (before.call.code, CallState.OPEN, 3),
    ]


def test_a_body_that_owes_an_item_in_two_calls_is_one_body(before: Rehearsal) -> None:
    make_call(("PLAN/1",), "code:A-1", code="OTRA")
    enact()
    found = touches(impact())["11"]
    assert (found.obligations, found.bodies) == (4, 3)


def test_what_was_waived_is_not_touched(before: Rehearsal) -> None:
    waive(actor=OPERATOR, obligation=obligation_of(before.call, before.cast.a), reason="r", act="a", on=TODAY)
    enact()
    found = impact()
    assert (touches(found)["16"].activities, touches(found)["16"].bodies, "Municipio de Ábaco" in tasks(found)) == (
        0,
        2,
        False,
    )


# --- what is written just now --------------------------------------------------------------------------------------
def test_rows_of_a_draft_are_counted_for_the_authority_and_for_who_writes_them(before: Rehearsal) -> None:
    make_draft(before.cast.inti, obligation_of(before.call, before.cast.a), (activity(1, "11"), activity(2, "11")))
    enact()
    seen = [touches(impact(actor))["11"] for actor in (OPERATOR, before.cast.inti, before.cast.killa, NOBODY)]
    assert ([each.in_hand for each in seen], {each.activities for each in seen}) == ([2, 2, 0, 0], {0})


def test_a_restricted_call_is_there_for_those_who_may_read_it(before: Rehearsal) -> None:
    make_call(("PLAN/1",), "code:B-1", code="OCULTA", visibility="restricted")
    enact()
    assert [len(impact(actor).calls) for actor in (OPERATOR, before.cast.killa, before.cast.inti, NOBODY)] == [
        2,
        2,
        1,
        1,
    ]


# --- other changes -------------------------------------------------------------------------------------------------
def edited(line: str, **more: object) -> tuple[ItemRow, ...]:
    return tuple(
        replace(row, **more) if row.code == line and row.role.value == "line" else row  # type: ignore[arg-type] # a row's fields
        for row in rehearsal.first()
    )


@pytest.mark.parametrize(
    ("more", "duties"),
    [
        ({"code": "99"}, {}),
        ({"due_on": date(2020, 6, 30)}, dict(zip(TASKS, ("reanswer", "answer", "answer"), strict=True))),
        ({"audience": "level:departmental"}, {"Municipio de Ábaco": "drop"}),
        ({"audience": "level:municipal or level:departmental"}, {}),
        ({"binds": False}, {"Municipio de Ábaco": "drop"}),
        ({"parent": (rehearsal.AXIS, "3")}, {}),
    ],
)  # fmt: skip
def test_other_changes_ask_for_other_things(before: Rehearsal, more: dict[str, object], duties: dict[str, str]) -> None:
    """Of line 3, which only A answers."""
    rehearsal.draft("2", edited("3", **more))
    assert {name: next(iter(told)) for name, told in tasks(impact()).items() if told} == duties


def test_an_audience_that_is_inherited_reaches_the_bodies_below_it(before: Rehearsal) -> None:
    rows = tuple(replace(row, audience="not code:A-1") if row.key == "axis:1" else row for row in rehearsal.first())
    rehearsal.draft("2", rows)
    assert tasks(impact()) == {
        "Municipio de Ábaco": {"drop": dict.fromkeys(("1", "3", "4", "5", "6"), 1)},
        "Municipio de Ñandú": {},
        "Gobernación del Valle": {},
    }


def test_an_audience_above_touches_what_inherits_it(before: Rehearsal) -> None:
    rows = tuple(replace(row, audience="not code:A-1") if row.key == "axis:1" else row for row in rehearsal.first())
    rehearsal.draft("2", rows)
    (touch,) = impact().touches
    assert (touch.obligations, touch.bodies, touch.activities, touch.targets, touch.figures) == (3, 3, 7, 0, 80)


def test_nothing_changes_from_an_edition_to_itself(before: Rehearsal) -> None:
    found = impact(edition="1")
    assert (found.changes, found.totals(), len(found.bodies)) == ((), {}, 3)


def test_editions_of_two_instruments_are_not_compared(before: Rehearsal) -> None:
    other = make_edition("OTRO", rows=ITEMS)
    with pytest.raises(Refused, match="editions-unrelated"):
        Impact(OPERATOR, Edition.objects.get(instrument__code="PLAN"), other, as_of=TODAY)


# --- budgets -------------------------------------------------------------------------------------------------------
def test_the_list_and_a_page_of_bodies_keep_their_budget(before: Rehearsal, query_budget: type[Budget]) -> None:
    enact()
    with query_budget(21):
        found = impact()
        assert (len(found.touches), len(found.calls), len(found.bodies[:50])) == (34, 1, 3)
