"""What does not hold together in a plan is found in its row and its cell, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.commitments.facts import AlsoAnswers, Money, PlanRow, Value
from yupana.domain.commitments.rules.coherence import Asked, Finding, Rule, Weight, coherence, unexplained
from yupana.domain.commitments.rules.coherence.sums import reached
from yupana.domain.obligations.rules import plan_type
from yupana.foundation.kernel.period import parse_period
from yupana.foundation.kernel.quantity import SCALE

OWN = "PEI-2024@cast:4"
WHOLE = PlanRow(
    row=1,
    item="line:1",
    name="Contar los granos",
    responsible="Unidad de Sistemas",
    indicator="Granos contados",
    unit="granos",
    accumulation="sum",
    direction="up",
    baseline="0",
    target="100",
    budget_cents=1_000_00,
    money=(Money(2024, 400_00), Money(2025, 600_00)),
    programmed=(Value("2024", 40 * SCALE), Value("2025", 60 * SCALE)),
    starts="marzo 2024",
    ends="31/12/2025",
)
ASKED = Asked(period=parse_period("2024-2025"), owed=("line:1",), own=OWN)
POA = replace(ASKED, kind=plan_type("poa"), sources=frozenset({"PEI@cast:4#7"}))
LINES = (Money(2024, 1_000_00, "12 0001", "41", "111", "25200"),)


def values(**said: int) -> tuple[Value, ...]:
    """Values by period, ``y2024_Q1=3`` for "2024-Q1"."""
    return tuple(Value(name[1:].replace("_", "-"), amount * SCALE) for name, amount in said.items())


def found(row: PlanRow, asked: Asked = ASKED) -> list[tuple[str, int, str]]:
    return [(each.rule.value, each.row, each.cell) for each in coherence([row], asked)]


@pytest.mark.parametrize("asked", [ASKED, Asked()])
def test_a_plan_that_holds_together_has_no_findings(asked: Asked) -> None:
    assert coherence([WHOLE], asked) == ()


# One change to a row that holds together, the call that asks for it, and all that is found.
CASES: list[tuple[dict[str, Any], Asked, list[tuple[str, int, str]]]] = [
    ({"item": ""}, ASKED, [("guideline-unanswered", 0, ""), ("item-missing", 1, "item")]),
    ({"item": "", "also": (AlsoAnswers("line:1"),)}, ASKED, []),
    ({"item": ""}, replace(ASKED, owed=()), []),
    ({"name": ""}, ASKED, [("name-missing", 1, "name")]),
    ({"responsible": ""}, ASKED, [("responsible-missing", 1, "responsible")]),
    ({"responsible": "", "person": "Director"}, ASKED, []),
    ({"responsible": ""}, replace(ASKED, responsible=False), []),
    ({"indicator": ""}, ASKED, [("indicator-missing", 1, "indicator")]),
    ({"target": ""}, ASKED, []),  # its years say it
    ({"target": "", "programmed": ()}, ASKED, [("target-missing", 1, "target")]),
    ({"target": "", "programmed": ()}, replace(ASKED, target=False), []),
    ({"budget_cents": None, "money": ()}, ASKED, [("budget-missing", 1, "budget")]),
    ({"budget_cents": None, "money": ()}, replace(ASKED, budget=False), []),
    ({"unit": ""}, ASKED, [("unit-missing", 1, "unit")]),
    ({"baseline": ""}, ASKED, [("baseline-missing", 1, "baseline")]),
    ({"starts": "Año 1", "ends": ""}, ASKED, [("year-one-missing", 0, "")]),
    ({"starts": "Año 1", "ends": ""}, replace(ASKED, year_one=2024), []),
    ({"ends": "enero 2024"}, ASKED, [("end-before-start", 1, "ends")]),
    ({"starts": "07/12/2025"}, ASKED, [("date-doubtful", 1, "starts")]),
    ({"ends": "pronto"}, ASKED, [("date-doubtful", 1, "ends")]),
    ({"ends": "2026"}, ASKED, [("date-outside", 1, "ends")]),
    ({"ends": "2026"}, replace(ASKED, period=None), []),
    ({"starts": "2023"}, ASKED, [("date-outside", 1, "starts")]),
    ({"programmed": values(y2024=40, y2025=60, y2026=0)}, ASKED, [("date-outside", 1, "value:2026")]),
    ({"money": (Money(2031, 1_000_00),)}, ASKED, [("date-outside", 1, "money")]),
    ({"also": (AlsoAnswers("line:2", 9_999),)}, ASKED, []),
    ({"also": (AlsoAnswers("line:2", 10_000),)}, ASKED, [("shares-over", 1, "also")]),
    ({"also": (AlsoAnswers("line:2", 6_000), AlsoAnswers("line:3", 5_000))}, ASKED, [("shares-over", 1, "also")]),
    ({"target": "120 %", "programmed": ()}, ASKED, [("percent-over", 1, "target")]),
    ({"target": "100%", "programmed": ()}, ASKED, []),
    ({"unit": "Porcentaje", "target": "101", "programmed": ()}, ASKED, [("percent-over", 1, "target")]),
    ({"unit": "% de trámites", "programmed": values(y2024=60, y2025=60)}, ASKED, [("percent-over", 1, "target")]),
    (
        {"unit": "%", "target": "60 %", "accumulation": "last", "programmed": values(y2024=50, y2025=60)},
        ASKED,
        [],
    ),
    ({"programmed": values(y2024=40, y2025=59)}, ASKED, [("target-sum", 1, "target")]),
    ({"programmed": values(y2024=40, y2025=61)}, ASKED, []),  # more than was aimed at is no fault
    ({"direction": "down", "accumulation": "last", "programmed": values(y2024=200, y2025=100)}, ASKED, []),
    (
        {"direction": "down", "accumulation": "last", "programmed": values(y2024=200, y2025=120)},
        ASKED,
        [("target-sum", 1, "target")],
    ),
    ({"target": "todo", "programmed": values(y2024=1)}, ASKED, []),
    ({"programmed": values(y2024=100, y2024_Q1=40, y2024_Q4=60)}, ASKED, []),
    ({"programmed": values(y2024=100, y2024_Q1=40, y2024_Q4=50)}, ASKED, [("schedule-sum", 1, "value:2024")]),
    ({"programmed": values(y2024=100, y2024_S1=50, y2024_S2=50, y2024_Q1=50)}, ASKED, []),
    (
        {"programmed": values(y2024=100, y2024_S1=50, y2024_S2=50, y2024_Q1=9)},
        ASKED,
        [("schedule-sum", 1, "value:2024-S1")],
    ),
    ({"accumulation": "last", "programmed": values(y2024=100, y2024_Q4=100, y2024_Q1=3)}, ASKED, []),
    ({"accumulation": "yes_no", "target": "1", "programmed": values(y2024=1, y2024_M02=1, y2024_M11=0)}, ASKED, []),
    ({"budget_cents": 999_99}, ASKED, [("money-sum", 1, "money")]),
    ({"money": (Money(2024, 1_000_00, current_cents=5, accrued_cents=6),)}, ASKED, [("overspent", 1, "money")]),
    ({"derives": "PEI@cast:4#7", "money": LINES}, POA, []),
    ({"derives": "PEI@cast:4#8", "money": LINES}, POA, [("source-unknown", 1, "derives")]),
    ({"money": LINES}, POA, [("source-missing", 1, "derives")]),
    ({"money": LINES}, replace(POA, sources=None), []),
    ({"derives": "PEI@cast:4#7"}, POA, [("category-missing", 1, "money")]),
    ({"waits": "OTRA@cast:9#1"}, ASKED, [("waits-unknown", 1, "waits")]),
    ({"waits": "OTRA@cast:9#1"}, replace(ASKED, known=frozenset({"OTRA@cast:9#1"})), []),
    ({"waits": f"{OWN}#1"}, ASKED, [("waits-for-itself", 1, "waits")]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "asked", "expected"), CASES)
def test_one_fault_is_one_finding(change: dict[str, Any], asked: Asked, expected: list[tuple[str, int, str]]) -> None:
    assert found(replace(WHOLE, **change), asked) == expected


def test_every_rule_is_tried() -> None:
    tried = {rule for _, _, expected in CASES for rule, _, _ in expected}
    assert {rule.value for rule in Rule} - tried == {"duplicate"}  # which takes two rows


def test_items_that_nobody_answers_are_explained_together() -> None:
    asked = replace(ASKED, owed=("line:1", "line:2", "line:3"))
    assert coherence([WHOLE], asked) == (Finding(Rule.UNANSWERED, told={"count": "2"}, items=("line:2", "line:3")),)


def test_what_is_said_twice_is_found_in_the_later_row() -> None:
    again = replace(WHOLE, row=4, name="  contar los GRANOS")
    other = replace(WHOLE, row=5, item="")
    assert coherence([WHOLE, again, other], replace(ASKED, owed=())) == (
        Finding(Rule.DUPLICATE, 4, "name", {"row": "1"}),
    )


def test_two_that_wait_for_each_other_make_no_sense_and_a_third_only_waits() -> None:
    rows = [replace(WHOLE, row=row, name=str(row), waits=f"{OWN}#{other}") for row, other in ((1, 2), (2, 1), (3, 1))]
    told = [(each.rule, each.row) for each in coherence(rows, ASKED)]
    assert told == [(Rule.WAITS_FOR_ITSELF, 1), (Rule.WAITS_FOR_ITSELF, 2)]


def test_only_what_makes_no_sense_has_to_be_explained() -> None:
    rows = [replace(WHOLE, ends="2020", responsible=""), replace(WHOLE, row=2, name="Otra", ends="2020")]
    findings = coherence(rows, replace(ASKED, period=None))
    assert {each.rule.value: each.weight for each in findings} == {
        "end-before-start": Weight.SENSELESS,
        "responsible-missing": Weight.DOUBTFUL,
    }
    assert [each.key for each in unexplained(findings, {("end-before-start", 1)})] == [("end-before-start", 2)]


amounts = st.lists(st.integers(0, 2**40), min_size=1, max_size=12)


@given(amounts)
def test_a_schedule_made_from_its_months_adds_up(months: list[int]) -> None:
    parts = tuple(Value(f"2024-M{number:02}", amount) for number, amount in enumerate(months, 1))
    for accumulation in ("sum", "last", "yes_no", ""):
        row = PlanRow(1, accumulation=accumulation, programmed=(Value("2024", reached(parts, accumulation)), *parts))
        assert [each.rule for each in coherence([row], Asked()) if each.rule is Rule.SCHEDULE_SUM] == []


@given(amounts, st.integers(1, 2**40))
def test_what_is_one_too_many_does_not(months: list[int], more: int) -> None:
    parts = tuple(Value(f"2024-M{number:02}", amount) for number, amount in enumerate(months, 1))
    row = PlanRow(1, accumulation="sum", programmed=(Value("2024", sum(months) + more), *parts))
    assert [each.cell for each in coherence([row], Asked()) if each.rule is Rule.SCHEDULE_SUM] == ["value:2024"]


texts = st.sampled_from(["", "x", "100 %", "Año 1", "2024", "31/02/2024", "-5", "1.000,5", f"{OWN}#1", "\u202e"])
periods = st.sampled_from(["2024", "2024-2028", "2024-S2", "2024-Q3", "2024-M08", "2025"])


ROWS = st.builds(
    PlanRow,
    row=st.integers(1, 3),
    **dict.fromkeys(("item", "name", "unit", "target", "starts", "ends", "waits", "derives", "baseline"), texts),
    accumulation=st.sampled_from(["", "sum", "last", "yes_no"]),
    direction=st.sampled_from(["", "up", "down"]),
    budget_cents=st.none() | st.integers(0, 10**12),
    also=st.tuples() | st.tuples(st.builds(AlsoAnswers, texts, st.none() | st.integers(1, 10_000))),
    programmed=st.lists(st.builds(Value, periods, st.integers(-(2**62), 2**62)), max_size=5).map(tuple),
    money=st.lists(st.builds(Money, st.integers(1990, 2100), st.none() | st.integers(0, 9**9)), max_size=3).map(tuple),
)


@given(st.lists(ROWS, max_size=4, unique_by=lambda row: row.row))
def test_whatever_a_plan_says_each_rule_finds_one_fault_a_row_and_never_stumbles(rows: list[PlanRow]) -> None:
    keys = [each.key for each in coherence(rows, POA)]
    assert len(keys) == len(set(keys))
