"""What follow-up does not tell: what was lifted, passed on, closed, answered, replaced or erased meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from tests.cast import obligation_of
from tests.domain.progress.stage import FLOW, SAID, accepted, asked, planned, reported
from tests.verified import verified
from yupana.domain.obligations.actions import close_call, extend, waive
from yupana.domain.progress.actions import (
    accept_report,
    add_link,
    answer_corrective,
    answer_dispute,
    close_corrective,
    erase_evidence,
    give_verdict,
    reopen_corrective,
    start_report,
)
from yupana.domain.progress.facts import Terms
from yupana.domain.progress.rules import Said
from yupana.domain.submissions.models import Submission
from yupana.foundation.kernel.actor import OPERATOR
from yupana.projections.notices import following
from yupana.projections.notices.live import SHOWN_DAYS, News, Notice, notices
from yupana.projections.notices.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from tests.cast import Cast
    from yupana.domain.obligations.models import Call, Obligation
    from yupana.domain.progress.models import Evidence
    from yupana.foundation.kernel.actor import Actor

pytestmark = pytest.mark.django_db
ONE = timedelta(1)
UNTIL = date(2018, 6, 30)
WAITS: dict[str, Any] = {"reason": "x", "act": "RM 1"}


def told(on: date, *rules: Rule) -> list[tuple[Rule, date]]:
    """What a day brings of some rules: the rule and the day that it is about."""
    found = [*following.of_the_day(on), *following.of_events(on)]
    return [(each.reminder.rule, each.about_on) for each in found if each.reminder.rule in rules]


def news(actor: Actor, on: date, *kinds: News) -> list[Notice]:
    return [each for each in notices(actor, on=on) if each.news in kinds]


def due(owed: Obligation) -> date:
    assert owed.due_on
    return owed.due_on


def two_quarters(plan: Call) -> tuple[Obligation, Obligation]:
    first, second = (asked(plan, period).obligations.get() for period in ("2018-Q1", "2018-Q2"))
    return first, second


def test_where_nobody_is_asked_for_reports_one_question_is_enough(
    cast: Cast, query_budget: Callable[[int], AbstractContextManager[object]]
) -> None:
    planned(cast)
    with query_budget(1):
        assert list(following.of_the_day(UNTIL)) == []


# --- silence -------------------------------------------------------------------------------------------------------
def test_a_silence_begins_on_the_day_after_the_second_report_was_due(cast: Cast) -> None:
    _, second = two_quarters(planned(cast))
    days = [due(second) + days * ONE for days in (0, 1)]
    assert [following.silent_now(day) for day in days] == [[], [second.call.code]]
    about = {days: told(due(second) + days * ONE, Rule.SILENT) for days in (2, 3, 6, 7)}
    assert about == {2: [], 3: [(Rule.SILENT, due(second))], 6: [(Rule.SILENT, due(second))], 7: []}


@pytest.mark.parametrize("which", [0, 1])
def test_a_period_that_was_waived_is_no_silence(cast: Cast, which: int) -> None:
    owed = two_quarters(planned(cast))
    waive(actor=OPERATOR, obligation=owed[which], on=owed[which].call.opens_on, **WAITS)
    assert following.silent_now(due(owed[1]) + 3 * ONE) == []


def test_more_time_puts_a_silence_off(cast: Cast) -> None:
    _, second = two_quarters(planned(cast))
    later = due(second) + 30 * ONE
    extend(actor=OPERATOR, obligation=second, due_on=later, on=due(second), **WAITS)
    assert [following.silent_now(day) for day in (due(second) + 3 * ONE, later, later + ONE)] == [
        [], [], [second.call.code]
    ]  # fmt: skip
    assert told(later + 3 * ONE, Rule.SILENT) == [(Rule.SILENT, later)]


def test_a_word_is_a_word_also_before_it_is_accepted_but_not_as_a_draft(cast: Cast) -> None:
    _, second = two_quarters(planned(cast))
    late = due(second) + 3 * ONE
    draft = start_report(actor=cast.inti, obligation=second, on=second.call.opens_on)
    silent = [following.silent_now(late)]
    draft.delete()
    said = [replace(each, cause="staff", variation="Faltó gente") for each in SAID]
    reported(cast.inti, second, said)
    assert [*silent, following.silent_now(late)] == [[second.call.code], []]


def test_a_closed_call_is_not_silent(cast: Cast) -> None:
    _, second = two_quarters(planned(cast))
    close_call(actor=OPERATOR, call=second.call, on=due(second))
    assert following.silent_now(due(second) + 3 * ONE) == []


def test_each_silent_entity_is_counted_and_a_single_call_is_led_to(cast: Cast) -> None:
    plan = planned(cast, bodies=(cast.a, cast.b))
    first = asked(plan)
    second = asked(plan, "2018-Q2")
    day = due(obligation_of(second, cast.a)) + ONE
    assert news(cast.amaru, day, News.SILENT) == [Notice(News.SILENT, 2, call=second.code)]
    overdue = [Notice(News.OVERDUE, 2, call=second.code)]
    assert [news(each, day, News.OVERDUE) for each in (cast.amaru, cast.auditor, cast.inti)] == [overdue, overdue, []]
    assert news(cast.amaru, day - ONE, News.OVERDUE) == [Notice(News.OVERDUE, 2, call=first.code)]
    assert news(cast.inti, day, News.SILENT) == news(cast.auditor, day, News.SILENT) == []


# --- drafts --------------------------------------------------------------------------------------------------------
def lying(cast: Cast, owed: Obligation, **more: object) -> Submission:
    """A draft that nobody touched since the fifth of April."""
    draft = start_report(actor=cast.inti, obligation=owed, on=owed.call.opens_on)
    touched = datetime(2018, 4, 5, 23, 30, tzinfo=timezone.get_default_timezone())
    Submission.objects.filter(pk=draft.pk).update(saved_at=touched, **more)
    return draft


TOUCHED = date(2018, 4, 5)


def test_a_draft_is_told_of_by_the_day_of_here_however_late_it_was_touched(cast: Cast) -> None:
    """Half past eleven at night here is the next day at Greenwich."""
    lying(cast, asked(planned(cast)).obligations.get())
    found = {days: told(TOUCHED + days * ONE, Rule.DRAFT) for days in (6, 7, 10, 11)}
    assert found == {6: [], 7: [(Rule.DRAFT, TOUCHED)], 10: [(Rule.DRAFT, TOUCHED)], 11: []}


def test_a_draft_that_waits_for_the_executive_or_was_lifted_is_not_told_of(cast: Cast) -> None:
    plan = planned(cast, bodies=(cast.a, cast.b))
    call = asked(plan)
    lying(cast, obligation_of(call, cast.a), ready_on=TOUCHED)
    other = obligation_of(call, cast.b)
    start_report(actor=cast.killa, obligation=other, on=call.opens_on)
    Submission.objects.filter(obligation=other).update(
        saved_at=datetime(2018, 4, 5, 12, tzinfo=timezone.get_default_timezone())
    )
    seen = [len(told(TOUCHED + 7 * ONE, Rule.DRAFT))]
    waive(actor=OPERATOR, obligation=other, on=TOUCHED, **WAITS)
    assert [*seen, len(told(TOUCHED + 7 * ONE, Rule.DRAFT))] == [1, 0]


@pytest.mark.parametrize(("lock_in", "many"), [(None, 1), (5, 1), (4, 0)])
def test_a_draft_is_told_of_up_to_the_day_on_which_it_is_taken_last(cast: Cast, lock_in: int | None, many: int) -> None:
    """Due on the seventh of April; the draft is seven days old on the twelfth."""
    call = asked(planned(cast), due_in=6, lock_in=lock_in)
    lying(cast, call.obligations.get())
    assert call.locks_on in {None, date(2018, 4, 12), date(2018, 4, 11)}
    assert len(told(date(2018, 4, 12), Rule.DRAFT)) == many


# --- evidence ------------------------------------------------------------------------------------------------------
def cited(cast: Cast, owed: Obligation, *until: date | None) -> list[Evidence]:
    """An accepted report that cites one piece for each day."""
    pieces = [
        add_link(
            actor=cast.inti, entity=cast.a, url=f"https://a.example/{at}", on=owed.call.opens_on,
            terms=Terms("Acta", "public", 2, valid_until=day),
        ).piece
        for at, day in enumerate(until)
    ]  # fmt: skip
    accepted(cast, owed, [replace(SAID[0], evidence=tuple(each.pk for each in pieces)), *SAID[1:]])
    return pieces


def test_evidence_is_told_of_around_its_last_day_alone(cast: Cast) -> None:
    cited(cast, asked(planned(cast)).obligations.get(), UNTIL)
    found = {days: told(UNTIL + days * ONE, Rule.EXPIRES, Rule.EXPIRED) for days in (-16, -15, -12, -11, 0, 1, 4, 5)}
    before, after = [(Rule.EXPIRES, UNTIL)], [(Rule.EXPIRED, UNTIL)]
    assert found == {-16: [], -15: before, -12: before, -11: [], 0: [], 1: after, 4: after, 5: []}
    shown = [len(news(cast.inti, UNTIL + days * ONE, News.EXPIRES)) for days in (-16, -15, 0, 15, 16)]
    assert shown == [0, 1, 1, 1, 0]


def test_evidence_that_an_act_erased_expires_for_nobody(cast: Cast) -> None:
    """It is no piece any more: what the list leads to would not be there."""
    gone, kept = cited(cast, asked(planned(cast)).obligations.get(), UNTIL, UNTIL)
    both = news(cast.inti, UNTIL, News.EXPIRES)
    erase_evidence(actor=cast.amaru, evidence=gone.pk, act="RA 1", on=UNTIL)
    one = news(cast.inti, UNTIL, News.EXPIRES)
    erase_evidence(actor=cast.amaru, evidence=kept.pk, act="RA 1", on=UNTIL)
    assert [both, one, news(cast.inti, UNTIL, News.EXPIRES)] == [
        [Notice(News.EXPIRES, 2)], [Notice(News.EXPIRES, 1, str(kept.pk))], []
    ]  # fmt: skip
    assert told(UNTIL + ONE, Rule.EXPIRED) == []


def test_what_lasts_what_is_not_cited_and_what_is_not_accepted_does_not_expire(cast: Cast) -> None:
    first, second = two_quarters(planned(cast))
    cited(cast, first, None)
    terms = Terms("Acta", "public", 2, valid_until=UNTIL)
    idle = add_link(actor=cast.inti, entity=cast.a, url="https://a.example", terms=terms, on=first.call.opens_on).piece
    rows = [replace(each, cause="staff", variation="Faltó gente") for each in SAID]
    version = reported(cast.inti, second, [replace(rows[0], evidence=(idle.pk,)), *rows[1:]])
    before = told(UNTIL + ONE, Rule.EXPIRED)
    accept_report(actor=cast.amaru, submission=version, on=second.call.opens_on)
    assert [before, told(UNTIL + ONE, Rule.EXPIRED)] == [[], [(Rule.EXPIRED, UNTIL)]]
    assert news(cast.killa, UNTIL, News.EXPIRES) == []


# --- what was found ------------------------------------------------------------------------------------------------
def test_only_the_verdict_that_holds_is_told(cast: Cast) -> None:
    found = verified(cast, planned(cast, [FLOW]), str)
    day = found.given.on
    before = told(day, Rule.CHECKED)
    later: dict[str, Any] = {
        "submission": found.report,
        "row": 1,
        "said": Said(3),
        "basis": "Vimos",
        "on": day + 9 * ONE,
    }
    give_verdict(actor=cast.amaru, supersedes=found.given, **later)
    assert [before, told(day, Rule.CHECKED), told(day + 9 * ONE, Rule.CHECKED)] == [
        [(Rule.CHECKED, day)], [], [(Rule.CHECKED, day + 9 * ONE)]
    ]  # fmt: skip


def test_a_dispute_is_told_until_it_is_answered(cast: Cast) -> None:
    found = verified(cast, planned(cast, [FLOW]), str)
    raised = found.disputed.dispute
    days = {days: told(raised.on + days * ONE, Rule.DISPUTED) for days in (2, 3, 7, 10, 14)}
    about = [(Rule.DISPUTED, raised.on)]
    answer_dispute(actor=cast.auditor, dispute=raised, upheld=False, answer="No", on=raised.on)
    after = [told(raised.on + days * ONE, Rule.DISPUTED) for days in (3, 10)]
    assert (days, after) == ({2: [], 3: about, 7: [], 10: about, 14: []}, [[], []])


def test_what_is_to_be_put_right_is_told_to_whose_turn_it_is(cast: Cast) -> None:
    """Open or reopened it is the entity's, by its due day; answered it is the authority's; closed it is nobody's."""
    action = verified(cast, planned(cast, [FLOW]), str).action
    late, rules = action.due_on + ONE, (Rule.FIX, Rule.FIX_LATE, Rule.FIXED)
    step: dict[str, Any] = {"corrective": action, "text": "Hecho", "on": late - 5 * ONE}
    seen = [told(late, *rules)]
    assert news(cast.auditor, late, News.FIX_LATE) == [Notice(News.FIX_LATE, 1)]
    answer_corrective(actor=cast.inti, seen=0, **step)
    assert news(cast.auditor, late, News.FIX_LATE) == []
    seen.append(told(late, *rules))
    reopen_corrective(actor=cast.amaru, seen=1, **step)
    seen.append(told(late, *rules))
    close_corrective(actor=cast.amaru, seen=2, **step)
    seen.append(told(late, *rules))
    entity, authority = [(Rule.FIX_LATE, action.due_on)], [(Rule.FIXED, late - 5 * ONE)]
    assert seen == [entity, authority, entity, []]


def test_what_was_answered_twice_waits_since_the_last_answer(cast: Cast) -> None:
    action = verified(cast, planned(cast, [FLOW]), str).action
    first, second = date(2018, 5, 10), date(2018, 5, 14)
    answer_corrective(actor=cast.inti, corrective=action, text="Hecho", on=first, seen=0)
    reopen_corrective(actor=cast.amaru, corrective=action, text="No", on=first, seen=1)
    answer_corrective(actor=cast.inti, corrective=action, text="Ahora sí", on=second, seen=2)
    found = {day: told(day + 5 * ONE, Rule.FIXED) for day in (first, second)}
    assert found == {first: [], second: [(Rule.FIXED, second)]}


# --- off plan ------------------------------------------------------------------------------------------------------
def test_what_is_off_plan_is_news_for_so_many_days_and_for_planners_of_the_authority(cast: Cast) -> None:
    owed = asked(planned(cast)).obligations.get()
    version = accepted(cast, owed)
    day = owed.call.opens_on + 2 * ONE
    shown = [news(cast.amaru, day + days * ONE, News.OFF_PLAN) for days in (-1, 0, SHOWN_DAYS - 1, SHOWN_DAYS)]
    there = [Notice(News.OFF_PLAN, 1, str(version.pk), owed.call.code)]
    assert shown == [[], there, there, []]
    assert [told(day + days * ONE, Rule.OFF_PLAN) for days in (-1, 0, 3, 4)] == [
        [], [(Rule.OFF_PLAN, day)], [(Rule.OFF_PLAN, day)], []
    ]  # fmt: skip
    assert [news(each, day, News.OFF_PLAN) for each in (cast.inti, cast.auditor, cast.sami)] == [[], [], []]
    close_call(actor=OPERATOR, call=owed.call, on=day)
    assert (told(day, Rule.OFF_PLAN), news(cast.amaru, day, News.OFF_PLAN)) == ([], [])
