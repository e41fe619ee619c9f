"""Who may ask for reports, on what terms, and what is refused with nothing written."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from tests.cast import hand_in, make_call, make_edition, make_plan, obligation_of
from tests.domain.progress.stage import PLAN, asked, planned
from yupana.domain.obligations.actions import close_call, waive
from yupana.domain.obligations.models import Call
from yupana.domain.obligations.rules import CallState
from yupana.domain.progress.actions import open_due, open_reports, set_rhythm
from yupana.domain.progress.actions.calling import awaited, owing, standing_rhythms
from yupana.domain.progress.models import Rhythm
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.errors import Conflict, Refused
from yupana.foundation.ledger.actions import seal
from yupana.foundation.ledger.models import Entry
from yupana.projections.proof import verify

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cast import Cast
    from yupana.foundation.kernel.actor import Actor

pytestmark = pytest.mark.django_db
DAY = date(2018, 4, 1)
SINCE = date(2018, 1, 1)


def rhythm(actor: Actor, call: Call, **terms: Any) -> Rhythm:  # noqa: ANN401 - terms by name
    told = {"frequency": "quarter", "since": SINCE, "due_in": 20, "lock_in": None, "on": DAY, **terms}
    return set_rhythm(actor=actor, call=call, **told)


def everybody(cast: Cast) -> dict[str, Actor]:
    """Whoever may try; ``operator`` is the machine's own."""
    return {
        "operator": OPERATOR, "amaru": cast.amaru, "inti": cast.inti, "killa": cast.killa, "wara": cast.executive,
        "tupak": cast.auditor, "rumi": cast.expired, "sami": cast.sami,
    }  # fmt: skip


def refusal(act: Callable[[], object]) -> str:
    """Why an act was refused; empty where it was done."""
    try:
        act()
    except Refused as refused:
        return refused.code
    return ""


def written() -> tuple[int, int, int]:
    return Entry.objects.count(), Rhythm.objects.count(), Call.objects.count()


# --- rhythms -------------------------------------------------------------------------------------------------------
def test_only_planners_of_the_authority_say_how_often_is_reported(cast: Cast) -> None:
    call = planned(cast)
    before = written()
    found = {name: refusal(partial(rhythm, actor, call)) for name, actor in everybody(cast).items()}
    assert found == dict.fromkeys(everybody(cast), "call-planners-only") | {"operator": "", "amaru": ""}
    assert written() == (before[0] + 2, before[1] + 2, before[2])


TERMS: list[tuple[dict[str, Any], str, dict[str, Any]]] = [
    ({"frequency": "daily"}, "frequency-unknown", {"found": "daily", "known": "month, quarter, half, year"}),
    ({"frequency": "Quarter"}, "frequency-unknown", {"found": "Quarter", "known": "month, quarter, half, year"}),
    ({"due_in": 0}, "rhythm-terms", {"most": 365}),
    ({"due_in": -1}, "rhythm-terms", {"most": 365}),
    ({"due_in": 366}, "rhythm-terms", {"most": 365}),
    ({"lock_in": -1}, "rhythm-terms", {"most": 365}),
    ({"lock_in": 366}, "rhythm-terms", {"most": 365}),
    ({"frequency": "", "due_in": 0}, "rhythm-terms", {"most": 365}),
]


def test_a_rhythm_nobody_could_keep_is_refused(cast: Cast) -> None:
    call, found = planned(cast), []
    before = written()
    for terms, _, _ in TERMS:
        with pytest.raises(Refused) as refused:
            rhythm(cast.amaru, call, **terms)
        found.append((refused.value.code, refused.value.details))
    assert found == [(code, details) for _, code, details in TERMS]
    assert written() == before


def test_at_the_borders_a_rhythm_can_be_kept(cast: Cast) -> None:
    call = planned(cast)
    terms = [(1, None), (1, 0), (365, 365), (365, 0)]
    kept = [rhythm(cast.amaru, call, due_in=due_in, lock_in=lock_in) for due_in, lock_in in terms]
    assert [(each.due_in, each.lock_in) for each in kept] == terms


def test_no_rhythm_is_set_for_a_draft_or_for_a_call_for_reports(cast: Cast) -> None:
    call = planned(cast)
    report = asked(call)
    call.state = CallState.DRAFT
    for each in (report, call):
        with pytest.raises(Refused) as refused:
            rhythm(cast.amaru, each)
        assert (refused.value.code, refused.value.details) == ("call-follows-nothing", {"call": each.code})


def test_plans_of_a_closed_call_are_still_reported_on(cast: Cast) -> None:
    call = planned(cast)
    close_call(actor=OPERATOR, call=call, on=DAY)
    rhythm(cast.amaru, Call.objects.get(pk=call.pk))
    assert [each.period for each in open_due(on=DAY)] == ["2018-Q1"]


def test_of_each_call_the_rhythm_recorded_last_stands_whatever_day_it_names(cast: Cast) -> None:
    call, other = planned(cast), make_call(code="OTRA")
    for frequency, since in (("month", date(2018, 6, 1)), ("half", date(2018, 1, 1))):
        rhythm(cast.amaru, call, frequency=frequency, since=since)
    rhythm(cast.amaru, other, frequency="year")
    rhythm(cast.amaru, other, frequency="")
    assert [(each.call_id, each.frequency) for each in standing_rhythms()] == [(call.pk, "half")]


def test_what_a_rhythm_still_asks_for_is_named_before_anybody_is_asked(cast: Cast) -> None:
    call = planned(cast)
    asked(call, "2018-M2")
    told = rhythm(cast.amaru, call, frequency="month", since=date(2018, 1, 31))
    assert [awaited(told, on=on) for on in (date(2018, 1, 31), date(2018, 3, 1), DAY)] == [
        [], ["2018-M1"], ["2018-M1", "2018-M3"],
    ]  # fmt: skip


def test_under_a_restricted_call_the_public_record_holds_a_commitment_alone(cast: Cast) -> None:
    make_edition()
    calls = [make_call(code=f"C{visibility}", visibility=visibility) for visibility in ("public", "restricted")]
    leaves = [bytes(rhythm(cast.amaru, call).entry.leaf).decode() for call in calls]
    assert [("rhythm" in leaf, call.code in leaf) for leaf, call in zip(leaves, calls, strict=True)] == [
        (True, True), (False, False),
    ]  # fmt: skip
    seal()
    assert verify().ok


# --- one period ----------------------------------------------------------------------------------------------------
def test_only_planners_of_the_authority_ask_for_a_report(cast: Cast) -> None:
    call, found = planned(cast), {}
    for at, (name, actor) in enumerate(everybody(cast).items(), 1):
        found[name] = refusal(partial(open_reports, actor=actor, call=call, period=f"2018-M{at}", on=DAY, due_in=20))
    assert found == dict.fromkeys(everybody(cast), "call-planners-only") | {"operator": "", "amaru": ""}
    assert call.followed_by.count() == 2


def test_a_period_that_is_none_or_lies_outside_of_the_plan_is_refused(cast: Cast) -> None:
    call = planned(cast)
    before, found = written(), {}
    for period in ("", "2018-Q0", "2018-Q5", "2018-M13", "abril", "2017", "2019-Q1", "2018-2019", "2017-2018"):
        with pytest.raises(Refused) as refused:
            asked_for(call, period)
        found[period] = refused.value.code
    none, outside = "call-period-unreadable", "report-period-outside"
    assert found == {
        **dict.fromkeys(("", "2018-Q0", "2018-Q5", "2018-M13", "abril"), none),
        **dict.fromkeys(("2017", "2019-Q1", "2018-2019", "2017-2018"), outside),
    }
    assert written() == before


def asked_for(call: Call, period: str) -> Call:
    return open_reports(actor=OPERATOR, call=call, period=period, on=DAY, due_in=20)


def test_the_whole_plan_is_a_part_of_itself(cast: Cast) -> None:
    assert asked_for(planned(cast), "2018").opens_on == date(2019, 1, 1)


@pytest.mark.parametrize(("one", "other"), [("2018-M1", "2018-M01"), ("2018-M01", "2018-M1"), ("2018", "2018-2018")])
def test_the_same_days_are_asked_for_once_whatever_they_are_called(cast: Cast, one: str, other: str) -> None:
    call = planned(cast)
    asked_for(call, one)
    with pytest.raises(Conflict) as refused:
        asked_for(call, other)
    assert (refused.value.code, call.followed_by.count()) == ("call-follows-already", 1)
    told = rhythm(cast.amaru, call, frequency="year" if one == "2018" else "month")
    assert one not in awaited(told, on=date(2019, 1, 2))


def test_a_period_that_holds_another_is_asked_for_beside_it(cast: Cast) -> None:
    call = planned(cast)
    opened = [asked_for(call, period) for period in ("2018-Q1", "2018-M3", "2018-S1")]
    assert [(each.period, each.opens_on) for each in opened] == [
        ("2018-Q1", DAY), ("2018-M3", DAY), ("2018-S1", date(2018, 7, 1)),
    ]  # fmt: skip


@pytest.mark.parametrize(("lock_in", "locks_on"), [(None, None), (0, date(2018, 4, 21)), (1, date(2018, 4, 22))])
def test_a_lock_falls_so_many_days_after_the_due_day(cast: Cast, lock_in: int | None, locks_on: date | None) -> None:
    call = asked(planned(cast), lock_in=lock_in)
    assert (call.due_on, call.locks_on) == (date(2018, 4, 21), locks_on)


def test_a_report_is_asked_for_as_its_plan_was(cast: Cast) -> None:
    make_edition()
    call = make_call(visibility="restricted", asks_budget=False, plan_type="poa")
    make_plan(cast, obligation_of(call, cast.a), PLAN)
    told = asked(call)
    names = ("visibility", "audience", "asks_target", "asks_budget", "plan_type", "calendar", "remedy_days")
    assert {name: getattr(told, name) for name in names} == {name: getattr(call, name) for name in names}
    assert (told.follows_id, told.expects, told.historical, told.period) == (call.pk, "progress", False, "2018-Q1")


# --- who owes one --------------------------------------------------------------------------------------------------
def test_who_handed_in_and_was_not_accepted_owes_no_report(cast: Cast) -> None:
    make_edition()
    call = make_call()
    hand_in(cast.inti, obligation_of(call, cast.a), PLAN)
    with pytest.raises(Refused) as refused:
        asked_for(call, "2018-Q1")
    assert (owing(call), refused.value.code, refused.value.details) == (
        [], "call-follows-nobody", {"call": call.code},
    )  # fmt: skip


def test_who_was_waived_is_asked_no_more_and_what_was_asked_stays(cast: Cast) -> None:
    call = planned(cast, bodies=(cast.a, cast.b))
    first = asked(call)
    waive(actor=OPERATOR, obligation=obligation_of(call, cast.b), reason="x", act="RM 1", on=DAY)
    second = asked(call, "2018-Q2")
    assert [[each.debtor for each in told.obligations.order_by("pk")] for told in (first, second)] == [
        [cast.a, cast.b], [cast.a],
    ]  # fmt: skip


def test_whose_plan_is_accepted_later_owes_what_is_asked_from_then_on(cast: Cast) -> None:
    call = planned(cast)
    first = asked(call)
    make_plan(cast, obligation_of(call, cast.b), PLAN, actor=cast.killa)
    assert [told.obligations.count() for told in (first, asked(call, "2018-Q2"))] == [1, 2]


def test_nothing_hangs_on_how_many_are_asked(cast: Cast, django_assert_max_num_queries: Any) -> None:  # noqa: ANN401 - a fixture of pytest-django
    one = planned(cast)
    with django_assert_max_num_queries(60) as alone:
        asked(one)
    make_plan(cast, obligation_of(one, cast.b), PLAN, actor=cast.killa)
    with django_assert_max_num_queries(len(alone)):
        asked(one, "2018-Q2")
