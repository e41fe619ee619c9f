"""The card of an activity and of an indicator: which cells it has, what it asks for, and when it asks for reasons."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.progress.facts import MeasuredValue, ReportRow
from yupana.domain.progress.models import Sheet
from yupana.domain.progress.queries import INDICATORS, Asked
from yupana.domain.progress.rules import Gap, Method, Promise, Said, VarianceCause, advance
from yupana.foundation.kernel.quantity import SCALE
from yupana.interfaces.desk.reporting.cards import Card, Told, base_of, cards, indicator_cards
from yupana.projections.overviews.report import Indicator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yupana.projections.overviews.report import Report

QUARTER = {"2018-Q1": 25 * SCALE}
FLOW = Promise(Method.FLOW, "up", None, QUARTER)
LEVEL = Promise(Method.STOCK, "up", 0, QUARTER)
RATE = Promise(Method.STOCK, "up", 0, QUARTER, 100)
DONE = Promise(Method.MILESTONE, "", None, {"2018-Q1": SCALE})
NOTHING = Promise(None)
CELLS = ["value", "gap", "accrued", "current", "cause", "variation", "done", "next_step"]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def of(
    said: ReportRow, promise: Promise = FLOW, *, off_plan: bool = False, name: str = "Contar", indicator: str = ""
) -> Any:  # noqa: ANN401 - stands for a row of the overview
    """What a card needs of a row, without a database."""
    told = {"2018-Q1": Said(said.value, said.numerator, said.denominator, said.gap)}
    activity = SimpleNamespace(name=name, indicator=indicator, unit="granos", target="100")
    line = SimpleNamespace(promise=promise)
    return SimpleNamespace(
        number=said.row, said=said, line=line, activity=activity, off_plan=off_plan, last=None, spent=None,
        now=advance(promise, told, "2018-Q1"),
    )  # fmt: skip


def asked(item: int, said: MeasuredValue, *, parts: bool = False, **sheet: Any) -> Indicator:  # noqa: ANN401 - columns of a sheet
    """What a card needs of an indicator."""
    held = Sheet(**{"item_id": item, "name": "Cobertura", "unit": "%", **sheet})
    return Indicator(Asked("x", held, parts), said, None)


def report(*rows: Any, indicators: tuple[Any, ...] = (), period: str = "2018-Q1") -> Report:  # noqa: ANN401 - as above
    owed = SimpleNamespace(obligation=SimpleNamespace(period=period))
    return cast("Report", SimpleNamespace(rows=rows, indicators=indicators, submission=owed))


def card(said: ReportRow, promise: Promise = FLOW, told: Told | None = None, **more: Any) -> Card:  # noqa: ANN401 - fields of a row
    [found] = cards(report(of(said, promise, **more)), told or Told())
    return found


@pytest.mark.parametrize(
    ("promise", "label", "hint"),
    [
        (FLOW, "Done in Q1 2018 alone", "granos"),
        (LEVEL, "At the end of Q1 2018", "granos"),
        (RATE, "At the end of Q1 2018", "In per cent, or as a part of the whole: 45/60."),
        (DONE, "Is it done?", ""),
        (
            NOTHING,
            "At the end of Q1 2018",
            "The plan does not say how its values add up: a number is welcome, words are enough.",
        ),
    ],
)
def test_what_is_asked_depends_on_how_values_add_up(promise: Promise, label: str, hint: str) -> None:
    found = card(ReportRow(1), promise)
    assert (found.cells["value"].label, found.hint) == (label, hint)


@pytest.mark.parametrize("promise", [FLOW, LEVEL, RATE, DONE, NOTHING])
def test_every_card_has_every_cell_by_a_name_and_an_id_of_its_own(promise: Promise) -> None:
    cells = card(ReportRow(7), promise).cells
    assert list(cells) == CELLS
    assert [each.name for each in cells.values()] == [f"7.{name}" for name in CELLS]
    assert [each.id for each in cells.values()] == [f"c-7-{name}" for name in CELLS]


@pytest.mark.parametrize(
    ("said", "name", "text"),
    [
        (ReportRow(1), "value", ""),
        (ReportRow(1, value=0), "value", "0"),
        (ReportRow(1, value=12345 * SCALE // 10), "value", "1.234,5"),
        (ReportRow(1, value=-SCALE), "value", "-1"),
        (ReportRow(1, numerator=45 * SCALE, denominator=60 * SCALE), "value", "45 / 60"),
        (ReportRow(1, numerator=0, denominator=0), "value", "0 / 0"),
        (ReportRow(1, gap="data"), "gap", "data"),
        (ReportRow(1, accrued_cents=0), "accrued", "0,00"),
        (ReportRow(1), "accrued", ""),
        (ReportRow(1, current_cents=123_456), "current", "1.234,56"),
        (ReportRow(1, cause="staff"), "cause", "staff"),
        (ReportRow(1, next_step="Seguir"), "next_step", "Seguir"),
    ],
)
def test_nothing_and_zero_are_not_the_same_in_a_cell(said: ReportRow, name: str, text: str) -> None:
    assert card(said).cells[name].text == text


def test_reasons_are_chosen_from_a_list_that_begins_with_none() -> None:
    cells = card(ReportRow(1)).cells
    assert [value for value, _label in cells["gap"].options] == ["", *Gap]
    assert [value for value, _label in cells["cause"].options] == ["", *VarianceCause]
    assert [name for name, each in cells.items() if each.options] == ["gap", "cause"]


def test_only_a_milestone_is_answered_with_yes_or_not_yet() -> None:
    options = {promise.method: card(ReportRow(1), promise).cells["value"].options for promise in (FLOW, LEVEL, DONE)}
    assert options == {
        Method.FLOW: (),
        Method.STOCK: (),
        Method.MILESTONE: (("", "Not said"), ("1", "yes"), ("0", "not yet")),
    }


@pytest.mark.parametrize(
    ("said", "off_plan", "told", "explains"),
    [
        (ReportRow(1), False, Told(), False),
        (ReportRow(1), True, Told(), True),
        (ReportRow(1, cause="staff"), False, Told(), True),
        (ReportRow(1, variation="Faltó gente"), False, Told(), True),
        (ReportRow(1, done="Se contó", next_step="Seguir"), False, Told(), False),
        (ReportRow(1), False, Told(typed={(1, "cause"): "x"}), True),
        (ReportRow(1), False, Told(faults={(1, "variation"): "Muy largo."}), True),
        (ReportRow(1, cause="staff"), False, Told(typed={(1, "cause"): ""}, now={(1, "cause"): "staff"}), True),
        (ReportRow(1), False, Told(typed={(1, "cause"): ""}, now={(1, "cause"): ""}), True),
        (ReportRow(1), False, Told(typed={(2, "cause"): "staff"}), False),
        (ReportRow(1), False, Told(typed={(1, "value"): "x"}, faults={(1, "value"): "No."}), False),
    ],
)
def test_reasons_are_asked_for_where_it_is_off_plan_or_where_some_stand(
    said: ReportRow,
    off_plan: bool,
    told: Told,
    explains: bool,
) -> None:
    assert card(said, told=told, off_plan=off_plan).explains == explains


def test_what_could_not_be_kept_stands_in_its_cell_beside_what_stands_there_now() -> None:
    told = Told({(1, "value"): "30", (1, "done"): ""}, {(1, "value"): "20"}, {(1, "done"): "No."})
    cells = card(ReportRow(1, value=20 * SCALE, done="Se contó"), told=told).cells
    assert {name: (each.text, each.now, each.fault) for name, each in cells.items() if name in {"value", "done"}} == {
        "value": ("30", "20", ""),
        "done": ("", None, "No."),
    }
    assert cells["accrued"].now is None


@pytest.mark.parametrize(
    ("name", "indicator", "shown"), [("Contar", "Granos", "Contar"), ("", "Granos", "Granos"), ("", "", "")]
)
def test_an_activity_without_a_name_is_called_by_its_indicator(name: str, indicator: str, shown: str) -> None:
    assert card(ReportRow(1), name=name, indicator=indicator).name == shown


def test_cards_stand_in_the_order_of_the_plan() -> None:
    held = report(*(of(ReportRow(number)) for number in (3, 1, 2)))
    assert [each.number for each in cards(held, Told())] == [3, 1, 2]


@pytest.mark.parametrize(
    ("sheet", "hint"),
    [
        ({}, "In per cent, or as a part of the whole: 45/60."),
        ({"unit": "graneros"}, "graneros"),
        ({"numerator": "Conectadas", "denominator": "Todas"}, "Conectadas / Todas, for example 45/60"),
        ({"numerator": "Conectadas", "unit": ""}, ""),
        ({"parts": True}, "The part and the whole, for example 45/60."),
    ],
)
def test_an_indicator_says_what_stands_above_and_below(sheet: dict[str, Any], hint: str) -> None:
    [found] = indicator_cards(report(indicators=(asked(5, MeasuredValue("x"), **sheet),)), Told())
    assert (found.hint, list(found.cells), found.how, found.explains) == (hint, ["value", "gap", "note"], [], False)


def test_an_indicator_says_what_is_to_be_reached_by_when_and_a_milestone_is_chosen() -> None:
    aim: dict[str, Any] = {"target": 70 * SCALE, "due_on": date(2025, 12, 31)}
    rate, done = (asked(5, MeasuredValue("x", value=value), **more) for value, more in (
        (None, aim), (SCALE, {"method": "milestone", "target": SCALE})))  # fmt: skip
    told = indicator_cards(report(indicators=(rate, done)), Told())
    assert [(each.facts[0], each.worded, bool(each.cells["value"].options)) for each in told] == [
        (("Target", "70\u202f%, by Dec. 31, 2025"), "", False), (("Target", "reached"), "yes", True),
    ]  # fmt: skip


def test_an_indicator_is_told_apart_from_every_row() -> None:
    held = report(of(ReportRow(5, value=SCALE)), indicators=(asked(5, MeasuredValue("x", value=2 * SCALE)),))
    told = Told({(INDICATORS + 5, "value"): "mucho"}, {}, {(INDICATORS + 5, "value"): "No."})
    shown = [*cards(held, told), *indicator_cards(held, told)]
    assert [(each.cells["value"].text, each.cells["value"].fault) for each in shown] == [("1", ""), ("mucho", "No.")]
    assert {number: cells["value"] for number, cells in base_of(held).items()} == {5: "1", INDICATORS + 5: "2"}


TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)


@given(
    st.builds(
        ReportRow,
        row=st.just(1),
        value=st.none() | st.integers(-(10**15), 10**15),
        accrued_cents=st.none() | st.integers(0, 10**15),
        cause=st.sampled_from(["", *VarianceCause]),
        done=TEXTS,
    )
)
def test_a_card_shows_what_its_form_takes_for_having_been_seen(said: ReportRow) -> None:
    """Else a form that nobody touched would come back as a change."""
    held = report(of(said))
    [found] = cards(held, Told())
    assert base_of(held) == {1: {name: cell.text for name, cell in found.cells.items()}}
