"""The short list at the top of the inbox."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.cast import (
    ACCEPTED_ON,
    DUE_ON,
    HANDED_IN_ON,
    Cast,
    hand_in,
    make_call,
    make_draft,
    make_edition,
    make_plan,
    obligation_of,
)
from yupana.domain.instruments import actions as instruments
from yupana.domain.instruments.models import Edition
from yupana.domain.submissions.models import Submission
from yupana.foundation.kernel.actor import OPERATOR
from yupana.projections.notices.live import LONG_DAYS, SHOWN_DAYS, News, Notice, notices

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from yupana.domain.obligations.models import Call

pytestmark = pytest.mark.django_db
ONE = timedelta(days=1)


@pytest.fixture
def call(cast: Cast) -> Call:
    make_edition()
    return make_call()


def test_where_nothing_is_new_nothing_is_said(cast: Cast, call: Call) -> None:
    assert [notices(actor, on=DUE_ON) for actor in (cast.amaru, cast.inti, cast.executive, cast.sami)] == [()] * 4


def test_an_executive_is_told_what_waits_for_approval(cast: Cast, call: Call) -> None:
    owed = obligation_of(call, cast.a)
    draft = make_draft(cast.inti, owed)
    Submission.objects.filter(pk=draft.pk).update(ready_on=HANDED_IN_ON)
    told = (Notice(News.READY, 1, str(owed.pk)),)
    assert [notices(getattr(cast, who), on=DUE_ON) for who in ("executive", "inti", "killa")] == [told, (), ()]


@pytest.mark.parametrize(("days", "shown"), [(0, 1), (SHOWN_DAYS - 1, 1), (SHOWN_DAYS, 0)])
def test_an_acceptance_is_news_for_a_week(cast: Cast, call: Call, days: int, shown: int) -> None:
    plan = make_plan(cast, obligation_of(call, cast.a))
    found = notices(cast.inti, on=ACCEPTED_ON + days * ONE)
    assert found == (Notice(News.ACCEPTED, 1, str(plan.pk)),) * shown
    assert notices(cast.killa, on=ACCEPTED_ON) == ()


def test_a_replaced_edition_is_told_to_who_answers_it_and_to_who_put_it(cast: Cast, call: Call) -> None:
    Edition.objects.filter(code="1").update(state="superseded")
    told = (notices(cast.inti, on=DUE_ON), notices(cast.amaru, on=DUE_ON), notices(cast.auditor, on=DUE_ON))
    assert told == ((Notice(News.REPLACED, 1, "PLAN"),), (Notice(News.PUT_REPLACED, 1, call.code),), ())


@pytest.mark.parametrize(("days", "shown"), [(LONG_DAYS, 1), (LONG_DAYS - 1, 0)])
def test_a_reviewer_is_told_what_waits_long(cast: Cast, call: Call, days: int, shown: int) -> None:
    plan = hand_in(cast.inti, obligation_of(call, cast.a))
    assert notices(cast.amaru, on=HANDED_IN_ON + days * ONE) == (Notice(News.UNREVIEWED, 1, str(plan.pk)),) * shown


def test_who_governs_is_told_what_people_said(cast: Cast, call: Call) -> None:
    make_edition("OTRO", published=False)
    instruments.open_consultation(actor=OPERATOR, edition="OTRO/1", closes_on=DUE_ON, on=HANDED_IN_ON)
    for text in ("Uno", "Otro"):
        instruments.comment(actor=OPERATOR, edition="OTRO/1", item="line:1", text=text, on=HANDED_IN_ON)
    assert notices(cast.amaru, on=HANDED_IN_ON) == (Notice(News.COMMENTS, 2, "OTRO/1"),)
    assert notices(cast.auditor, on=HANDED_IN_ON) == ()


@pytest.mark.parametrize(("who", "most"), [("inti", 3), ("executive", 4), ("amaru", 8), ("auditor", 2), ("sami", 0)])
def test_it_takes_few_questions(
    cast: Cast, call: Call, query_budget: Callable[[int], AbstractContextManager[object]], who: str, most: int
) -> None:
    with query_budget(most):
        notices(getattr(cast, who), on=DUE_ON)
