"""Who has handed nothing in, and why."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from tests.cast import Cast, hand_in, make_call, make_draft, make_edition, obligation_of
from yupana.domain.obligations.actions import extend, waive
from yupana.domain.obligations.actions.contacting import note_contact
from yupana.domain.obligations.rules import ContactHow
from yupana.domain.people.models import Person
from yupana.domain.submissions.models import Submission
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.errors import Forbidden
from yupana.projections.overviews.labels import LABELS
from yupana.projections.overviews.silent import UNTOUCHED_DAYS, Silence, every_silent, silent

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from yupana.domain.obligations.models import Call

pytestmark = pytest.mark.django_db
TODAY = date(2018, 7, 3)


@pytest.fixture
def call(cast: Cast) -> Call:
    """Open a call to A (Inti plans, Wara directs), B (Killa plans) and C, for which nobody acts."""
    make_edition()
    return make_call(audience="code:A-1 or code:B-1 or code:C-1")


def reasons(cast: Cast, call: Call, **asked: str) -> dict[str, Silence]:
    found = silent(cast.amaru, call, on=TODAY, **asked).page.rows  # type: ignore[arg-type] # words by name
    return {each.obligation.debtor.code: each.why for each in found}


def signed_in(*names: str) -> None:
    Person.objects.filter(username__in=names).update(last_login=timezone.now())


def bounced(cast: Cast, *days: tuple[ContactHow, int]) -> None:
    for how, day in days:
        when = TODAY - timedelta(days=day)
        note_contact(actor=OPERATOR, entity=cast.b, how=how, contacted_on=when, on=when)


def test_each_reason_is_told_apart(cast: Cast, call: Call) -> None:
    signed_in("wara")
    bounced(cast, (ContactHow.INVITED, 9), (ContactHow.BOUNCED, 8))
    assert reasons(cast, call) == {"A-1": Silence.NOT_BEGUN, "B-1": Silence.BOUNCED, "C-1": Silence.UNINVITED}


@pytest.mark.parametrize(
    ("mail", "came", "why"),
    [
        ((), False, Silence.NEVER_CAME),
        (((ContactHow.INVITED, 9),), False, Silence.NEVER_CAME),
        (((ContactHow.BOUNCED, 9), (ContactHow.INVITED, 8)), False, Silence.NEVER_CAME),
        (((ContactHow.INVITED, 8), (ContactHow.BOUNCED, 8)), False, Silence.BOUNCED),
        (((ContactHow.BOUNCED, 8),), True, Silence.NOT_BEGUN),
    ],
)
def test_the_last_mail_counts_until_somebody_came(
    cast: Cast, call: Call, mail: tuple[tuple[ContactHow, int], ...], came: bool, why: Silence
) -> None:
    bounced(cast, *mail)
    if came:
        signed_in("killa")
    assert reasons(cast, call)["B-1"] == why


@pytest.mark.parametrize(("days", "shown"), [(UNTOUCHED_DAYS, False), (UNTOUCHED_DAYS + 1, True)])
def test_a_draft_is_silent_once_nobody_goes_on_with_it(cast: Cast, call: Call, days: int, shown: bool) -> None:
    draft = make_draft(cast.inti, obligation_of(call, cast.a))
    saved = datetime(2018, 7, 3, tzinfo=timezone.get_default_timezone()) - timedelta(days=days) + timedelta(hours=9)
    Submission.objects.filter(pk=draft.pk).update(saved_at=saved)
    assert (reasons(cast, call).get("A-1") is Silence.UNTOUCHED, "A-1" in reasons(cast, call)) == (shown, shown)


def test_who_handed_in_or_owes_nothing_any_more_is_not_silent(cast: Cast, call: Call) -> None:
    hand_in(cast.inti, obligation_of(call, cast.a))
    waive(actor=OPERATOR, obligation=obligation_of(call, cast.b), reason="x", act="RM 1", on=TODAY)
    assert list(reasons(cast, call)) == ["C-1"]


def test_one_reason_or_some_words_are_shown_and_all_are_counted(cast: Cast, call: Call) -> None:
    found = silent(cast.amaru, call, on=TODAY, why="uninvited")
    assert ([each.obligation.debtor.code for each in found.page.rows], found.counts, found.total) == (
        ["C-1"],
        ((Silence.UNINVITED, 1), (Silence.NEVER_CAME, 2)),
        3,
    )
    assert list(reasons(cast, call, text="abaco")) == ["A-1"]


def test_every_line_says_until_when_and_how_often_they_were_reached(cast: Cast, call: Call) -> None:
    bounced(cast, (ContactHow.INVITED, 9), (ContactHow.BOUNCED, 8))
    later = date(2018, 8, 1)
    extend(actor=OPERATOR, obligation=obligation_of(call, cast.b), due_on=later, reason="x", act="RM 1", on=TODAY)
    told = {each.obligation.debtor.code: each for each in every_silent(cast.auditor, call, on=TODAY)}
    assert (told["B-1"].due_on, told["B-1"].contacts, told["B-1"].reached_on) == (later, 2, TODAY - timedelta(days=8))
    assert (told["A-1"].contacts, told["A-1"].reached_on) == (0, None)


@pytest.mark.parametrize("who", ["inti", "executive", "sami"])
def test_only_the_authority_asks(cast: Cast, call: Call, who: str) -> None:
    with pytest.raises(Forbidden):
        silent(getattr(cast, who), call, on=TODAY)


@pytest.mark.parametrize("audience", ["code:A-1", "code:A-1 or code:B-1 or code:C-1"])
def test_one_and_several_take_as_many_questions(
    cast: Cast, query_budget: Callable[[int], AbstractContextManager[object]], audience: str
) -> None:
    make_edition()
    call = make_call(audience=audience)
    with query_budget(3):
        [each.obligation.debtor.name for each in silent(cast.amaru, call, on=TODAY).page.rows]


def test_every_reason_has_its_word() -> None:
    assert set(LABELS[Silence]) == set(Silence)
