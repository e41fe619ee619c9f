"""What figures are made of: parts that add up, what stays outside, and where a leaf ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from tests.cast import DUE_ON, Cast, make_call, make_edition, make_plan, obligation_of
from tests.domain.progress.stage import PLAN, SAID, accepted, asked, planned
from yupana.domain.obligations.actions import waive
from yupana.domain.progress.actions import save_rows, start_report, submit_report
from yupana.domain.progress.rules import Said
from yupana.domain.submissions.actions import decide
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.errors import Missing
from yupana.foundation.kernel.share import Share
from yupana.projections.figures import public as figures
from yupana.projections.figures.rules import ADVANCE, ANSWERED, COVERAGE, EFFICACY, TIMELINESS
from yupana.projections.followers import tick
from yupana.projections.overviews import explain as overview
from yupana.projections.overviews.explain import Axis, explain
from yupana.projections.overviews.explained.leaves import leaves
from yupana.projections.overviews.explained.parts import Part, weighted
from yupana.projections.overviews.explained.selection import selection
from yupana.projections.overviews.figure import Figure

if TYPE_CHECKING:
    from yupana.domain.obligations.models import Call

LATER = date(2018, 12, 31)
EVER = 10**9


@pytest.fixture
def call(cast: Cast) -> Call:
    """A answers its first line, B is silent."""
    make_edition()
    call = make_call()
    make_plan(cast, obligation_of(call, cast.a))
    tick()
    return call


def told(figure: Figure, call: Call, page: int = 1) -> tuple[str, Share, list[tuple[str, Share]]]:
    found = explain(figure, {call.pk: call.code}, page)
    assert found is not None
    return found.axis.value, found.share, [(part.name, part.share) for part in found.cut.rows]


@pytest.mark.django_db
def test_a_figure_is_split_further_and_further_down_and_always_adds_up(call: Call) -> None:
    whole = Figure(ANSWERED, (call.code,), LATER)
    own = replace(whole, entity="cast:4")
    assert (told(whole, call), told(own, call), told(replace(own, item="PLAN/1#line:1"), call)) == (
        ("body", Share(1, 4), [("Municipio de Ábaco", Share(1, 2)), ("Municipio de Ñandú", Share(0, 2))]),
        ("line", Share(1, 2), [("1 · Contar lo propio", Share(1, 1)), ("2 · Contar con otros", Share(0, 1))]),
        ("obligation", Share(1, 1), [(call.title, Share(1, 1))]),
    )


@pytest.mark.django_db
def test_a_weighted_figure_is_the_average_of_its_lines(call: Call) -> None:
    figure = Figure(ANSWERED, (call.code,), LATER, item="PLAN/1", weighted=True)
    assert told(figure, call) == (
        "line", Share(1, 4), [("1 · Contar lo propio", Share(1, 2)), ("2 · Contar con otros", Share(0, 2))],
    )  # fmt: skip


@pytest.mark.django_db
def test_what_is_not_on_the_page_is_summed_beside_it(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overview, "PARTS", 1)
    pages = [explain(Figure(COVERAGE, (call.code,), LATER), {call.pk: call.code}, page) for page in (1, 2, 3)]
    assert [each and (each.before, each.after, each.share) for each in pages] == [
        (Share(), Share(0, 1), Share(1, 2)), (Share(1, 1), Share(), Share(1, 2)), None,
    ]  # fmt: skip


@pytest.mark.django_db
def test_who_stays_outside_is_counted_apart(cast: Cast, call: Call) -> None:
    early = explain(Figure(COVERAGE, (call.code,), date(2018, 6, 29)), {call.pk: call.code})
    waive(actor=OPERATOR, obligation=obligation_of(call, cast.b), reason="x", act="y", on=DUE_ON)
    tick()
    found = explain(Figure(COVERAGE, (call.code,), LATER), {call.pk: call.code})
    assert early is not None
    assert found is not None
    assert early.apart is not None
    assert found.apart is not None
    assert (early.share, early.apart.not_due, found.share, found.apart.waived, found.apart.silent) == (
        Share(), 2, Share(1, 1), 1, 0,
    )  # fmt: skip


@pytest.mark.django_db
def test_who_waits_for_a_review_or_was_given_back_is_not_among_those_who_did_not_answer(cast: Cast) -> None:
    first = asked(planned(cast, PLAN, bodies=(cast.a, cast.b)))
    chosen = selection(Figure(COVERAGE, (first.code,), LATER), {first.pk: first.code})
    apart = [chosen.apart()]
    owed, day = obligation_of(first, cast.a), first.opens_on
    draft = start_report(actor=cast.inti, obligation=owed, on=day)
    save_rows(actor=cast.inti, submission=draft, rows=SAID)
    apart.append(chosen.apart())
    version = submit_report(actor=cast.inti, submission=draft, received_on=None, on=day)
    apart.append(chosen.apart())
    tick()
    timely = Figure(TIMELINESS, (first.code,), LATER)
    opened = [explain(each, {first.pk: first.code}) for each in (timely, replace(timely, entity="cast:4"))]
    assert [
        (each.share, each.apart.in_time, each.apart.in_review) for each in opened if each and each.apart
    ] == [(Share(0, 1), 1, 0), (Share(), 1, 0)]  # fmt: skip
    assert figures.timely(calls=[first.pk], as_of=LATER) == (Share(0, 1), 1)
    decide(actor=cast.amaru, submission=version.pk, after=State.RETURNED, on=day, reason="Faltan actas")
    apart.append(chosen.apart())
    assert [(each.silent, each.silent_bodies, each.in_review, each.returned) for each in apart] == [
        (2, 2, 0, 0), (2, 2, 0, 0), (1, 1, 1, 0), (1, 1, 0, 1),
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"item": "PLAN/1#line:9"},
        {"item": "PLAN/1#axis:1"},  # it binds nobody itself: PLAN/1#axis:1+ does
        {"item": "NADA/1"},
        {"item": "PLAN"},
        {"entity": "cast:99"},
        {"entity": "x"},
        {"territory": "LP"},
        {"measure": TIMELINESS, "item": "PLAN/1"},
        {"measure": "money.programmed", "only": "what:ever"},
        {"measure": "money.programmed", "entity": "cast:99"},
    ],
)
def test_what_is_not_there_is_missing(call: Call, wrong: dict[str, str]) -> None:
    with pytest.raises(Missing):
        explain(replace(Figure(ANSWERED, (call.code,), LATER), **wrong), {call.pk: call.code})  # type: ignore[arg-type] # fields by name


@pytest.mark.django_db
def test_a_leaf_of_progress_says_promise_reports_and_where_they_are_sealed(cast: Cast) -> None:
    plans = planned(cast, PLAN)
    first = asked(plans)
    version = accepted(cast, obligation_of(first, cast.a), SAID)
    tick()
    owed = obligation_of(first, cast.a)
    item = owed.scope.items.get(role="line", code="1").pk
    [leaf] = leaves(
        Figure(EFFICACY, (first.code,), LATER), [owed.pk], item, position=EVER, inside=False
    ).values()  # fmt: skip
    [deed] = leaf.deeds
    step = version.steps.get(after="accepted")
    assert (
        (deed.row, deed.points, deed.ratio, deed.advance.actual, deed.advance.target_to_date),
        [(each.period, each.said, each.accepted_at) for each in deed.told],
        [event.what for event in leaf.events],
    ) == (
        (1, Fraction(10_000), Fraction(4, 5), Fraction(200_000), Fraction(250_000)),
        [("2018-Q1", Said(200_000), step.entry.position)],
        ["opened", "submitted", "accepted"],
    )


@pytest.mark.django_db
def test_the_level_and_the_department_that_stand_alone_are_passed_over(cast: Cast) -> None:
    plans = planned(cast, PLAN, bodies=(cast.a, cast.b))
    first = asked(plans)
    accepted(cast, obligation_of(first, cast.a), SAID)
    tick()
    axis, share, parts = told(Figure(ADVANCE, (first.code,), LATER, item="PLAN/1#line:1"), first)
    assert (axis, share, parts) == (
        Axis.BODY.value,
        Share(2_000, 10_000, 10_000),
        [("Municipio de Ábaco", Share(2_000, 10_000)), ("Municipio de Ñandú", Share(0, 0, 10_000))],
    )


def test_lines_of_which_nothing_is_known_leave_the_average_with_their_weight() -> None:
    parts = [Part("a", Share(1, 2), None, 3), Part("b", Share(0, 0, 5), None, 100), Part("c", Share(0, 4), None, 1)]
    assert weighted(parts) == Share(3, 8)
