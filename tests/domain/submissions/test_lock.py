"""Until when a report is taken: the lock of all, more time for one, the term of what was given back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.cast import make_entities, make_people
from tests.domain.progress.stage import SAID, accepted, asked, planned, reported
from tests.interfaces.cli.conftest import prepared
from yupana.domain.obligations.actions import close_call, extend
from yupana.domain.progress.actions import (
    accept_report,
    discard_report,
    misfile_report,
    return_report,
    save_rows,
    start_report,
    submit_report,
)
from yupana.domain.submissions.models import Submission
from yupana.domain.submissions.queries import last_day
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.ledger.models import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker

    from tests.cast import Cast
    from yupana.domain.obligations.models import Call, Obligation

OPENS, DUE, LOCKS = date(2018, 4, 1), date(2018, 4, 21), date(2018, 4, 26)
DAY = timedelta(days=1)
TERM = timedelta(days=15)  # to mend what was given back


@dataclass
class World:
    """A and B owe a report on the first quarter, which nobody takes after the lock."""

    cast: Cast
    call: Call

    @property
    def ours(self) -> Obligation:
        return self.call.obligations.select_related("call", "debtor").get(debtor=self.cast.a)

    @property
    def theirs(self) -> Obligation:
        return self.call.obligations.select_related("call", "debtor").get(debtor=self.cast.b)

    def draft(self, on: date = DUE) -> Submission:
        """Write all that is asked and hand nothing in."""
        made = start_report(actor=self.cast.inti, obligation=self.ours, on=on)
        save_rows(actor=self.cast.inti, submission=made, rows=SAID)
        return made

    def given_back(self, on: date) -> Submission:
        """Hand in on the due day, and let Amaru give it back on a day."""
        version = reported(self.cast.inti, self.ours, on=DUE)
        return_report(actor=self.cast.amaru, submission=version, reason="Falta", remarks={}, on=on)
        return version

    def extended(self, due_on: date) -> None:
        extend(actor=OPERATOR, obligation=self.ours, due_on=due_on, reason="Sin luz", act="RM 2", on=DUE)


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with prepared(django_db_blocker):
        cast = make_people(make_entities())
        yield World(cast, asked(planned(cast, bodies=(cast.a, cast.b)), lock_in=5))


@pytest.fixture
def world(built: World, db: None) -> World:
    return built


def why(world: World, on: date) -> str:
    """Why a report that was begun in time is not taken on a day; empty: it is."""
    draft, before = world.draft(), Entry.objects.count()
    try:
        submit_report(actor=world.cast.inti, submission=draft, received_on=None, on=on)
    except Refused as refused:
        draft.refresh_from_db()
        assert (draft.state, Entry.objects.count()) == ("draft", before)
        return refused.code
    return ""


def start_refused(world: World, on: date) -> str:
    """Why no report is begun on a day."""
    try:
        start_report(actor=world.cast.inti, obligation=world.ours, on=on)
    except Refused as refused:
        assert not Submission.objects.filter(obligation=world.ours).exclude(state="returned").exists()
        return refused.code
    return ""


# --- the lock of all -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("on", "code"),
    [
        (OPENS - DAY, "call-not-open-yet"),
        (OPENS, ""),
        (DUE, ""),
        (DUE + DAY, ""),
        (LOCKS, ""),
        (LOCKS + DAY, "call-locked"),
        (date(2030, 1, 1), "call-locked"),
    ],
)
def test_a_report_is_begun_from_the_first_day_to_the_last(world: World, on: date, code: str) -> None:
    assert start_refused(world, on) == code


@pytest.mark.parametrize(("on", "code"), [(DUE, ""), (DUE + DAY, ""), (LOCKS, ""), (LOCKS + DAY, "call-locked")])
def test_what_was_begun_in_time_is_handed_in_until_the_last_day_and_no_longer(
    world: World, on: date, code: str
) -> None:
    assert why(world, on) == code


def test_a_refusal_says_which_day_was_the_last(world: World) -> None:
    world.extended(LOCKS + 3 * DAY)
    with pytest.raises(Refused) as refused:
        start_report(actor=world.cast.inti, obligation=world.ours, on=LOCKS + 4 * DAY)
    assert (refused.value.details["locks_on"], refused.value.details["call"]) == (LOCKS + 3 * DAY, world.call.code)


@pytest.mark.parametrize(
    ("received_on", "code"),
    [
        (OPENS - DAY, "received-before-opening"),
        (OPENS, ""),
        (LOCKS, ""),
        (LOCKS + DAY, "call-locked"),
        (LOCKS + 40 * DAY, "call-locked"),
        (LOCKS + 41 * DAY, "received-in-future"),
        (None, "letter-undated"),
    ],
)
def test_of_a_letter_the_day_counts_on_which_it_came(world: World, received_on: date | None, code: str) -> None:
    typed_on, told = LOCKS + 40 * DAY, ""
    draft = start_report(actor=world.cast.amaru, obligation=world.ours, on=typed_on)
    save_rows(actor=world.cast.amaru, submission=draft, rows=SAID)
    try:
        submit_report(actor=world.cast.amaru, submission=draft, received_on=received_on, on=typed_on)
    except Refused as refused:
        told = refused.code
    draft.refresh_from_db()
    assert (told, draft.state, draft.received_on) == (code, *(("draft", None) if code else ("submitted", received_on)))


def test_a_letter_that_nobody_dates_is_taken_until_the_lock(world: World) -> None:
    draft = start_report(actor=world.cast.amaru, obligation=world.ours, on=LOCKS)
    save_rows(actor=world.cast.amaru, submission=draft, rows=SAID)
    submit_report(actor=world.cast.amaru, submission=draft, received_on=None, on=LOCKS)
    draft.refresh_from_db()
    assert (draft.state, draft.date_doubt) == ("submitted", "date-missing")


def test_who_speaks_for_the_entity_cannot_hand_in_late_what_was_begun_as_a_letter(world: World) -> None:
    draft = start_report(actor=world.cast.amaru, obligation=world.ours, on=LOCKS + DAY)
    save_rows(actor=world.cast.amaru, submission=draft, rows=SAID)
    with pytest.raises(Refused) as refused:
        submit_report(actor=world.cast.inti, submission=draft, received_on=None, on=LOCKS + DAY)
    assert refused.value.code == "call-locked"


def test_a_draft_may_still_be_thrown_away_after_the_lock(world: World) -> None:
    draft = world.draft()
    assert why(world, LOCKS + DAY) == "call-locked"
    discard_report(actor=world.cast.inti, submission=draft)
    assert not Submission.objects.filter(obligation=world.ours).exists()


def test_where_a_call_never_locks_a_report_is_taken_however_late(world: World) -> None:
    call = asked(world.call.follows, "2018-Q2")  # type: ignore[arg-type] # a call for reports follows one
    owed = call.obligations.get(debtor=world.cast.a)
    explained = [replace(each, cause="staff", variation="Faltó gente") for each in SAID]
    assert reported(world.cast.inti, owed, explained, on=date(2030, 1, 1)).state == "submitted"


def test_a_call_that_is_closed_says_so_whatever_its_lock(world: World) -> None:
    close_call(actor=OPERATOR, call=world.call, on=DUE)
    found = [start_refused(world, on) for on in (OPENS - DAY, DUE, LOCKS + DAY)]
    world.call.refresh_from_db()
    assert found == ["call-closed"] * 3


@pytest.mark.parametrize("state", ["accepted", "misfiled", "returned"])
def test_what_was_handed_in_is_decided_about_after_the_lock(world: World, state: str) -> None:
    version, actor, on = reported(world.cast.inti, world.ours, on=LOCKS), world.cast.amaru, LOCKS + 30 * DAY
    if state == "accepted":
        accept_report(actor=actor, submission=version, on=on)
    elif state == "misfiled":
        misfile_report(actor=actor, submission=version, reason="No es", on=on)
    else:
        return_report(actor=actor, submission=version, reason="Falta", remarks={}, on=on)
    version.refresh_from_db()
    assert version.state == state


# --- more time for one ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("due_on", "last"),
    [
        (DUE + DAY, LOCKS),
        (LOCKS - DAY, LOCKS),
        (LOCKS, LOCKS),
        (LOCKS + DAY, LOCKS + DAY),
        (date(2018, 12, 31), date(2018, 12, 31)),
    ],
)
def test_more_time_moves_the_lock_only_where_it_is_later(world: World, due_on: date, last: date) -> None:
    world.extended(due_on)
    found = (last_day(world.ours, LOCKS), last_day(world.theirs, LOCKS), why(world, last))
    assert found == (last, LOCKS, "")


def test_the_day_after_more_time_nothing_is_taken(world: World) -> None:
    world.extended(LOCKS + 2 * DAY)
    assert why(world, LOCKS + 3 * DAY) == "call-locked"


def test_the_last_of_several_terms_holds(world: World) -> None:
    world.extended(LOCKS + 9 * DAY)
    world.extended(LOCKS + 2 * DAY)
    assert last_day(world.ours, LOCKS) == LOCKS + 2 * DAY


# --- what was given back -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("on", [DUE, LOCKS, LOCKS + 30 * DAY])
def test_what_was_given_back_is_taken_as_long_as_it_may_be_mended(world: World, on: date) -> None:
    world.given_back(on)
    last = max(on + TERM, LOCKS)
    assert (last_day(world.ours, LOCKS), last_day(world.theirs, LOCKS), why(world, last)) == (last, LOCKS, "")


def test_after_the_term_to_mend_nothing_is_taken(world: World) -> None:
    world.given_back(LOCKS)
    world.draft(LOCKS + DAY)
    assert why(world, LOCKS + TERM + DAY) == "call-locked"


def test_a_term_to_mend_that_ends_before_the_lock_takes_no_day_away(world: World) -> None:
    world.given_back(DUE - 19 * DAY)
    assert last_day(world.ours, LOCKS) == LOCKS


def test_what_is_given_back_again_may_be_mended_again(world: World) -> None:
    world.given_back(LOCKS)
    again = reported(world.cast.inti, world.ours, on=LOCKS + TERM)
    return_report(actor=world.cast.amaru, submission=again, reason="Otra vez", remarks={}, on=LOCKS + TERM)
    assert last_day(world.ours, LOCKS) == LOCKS + TERM + TERM


def test_what_was_accepted_is_not_reported_anew_after_the_lock(world: World) -> None:
    accepted(world.cast, world.ours, on=DUE)
    with pytest.raises(Refused) as refused:
        start_report(actor=world.cast.inti, obligation=world.ours, on=LOCKS + DAY)
    assert (refused.value.code, start_report(actor=world.cast.inti, obligation=world.ours, on=LOCKS).version) == (
        "call-locked",
        2,
    )
