"""Follow-up tells who has something to do, once, and the inbox says the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from tests.cast import obligation_of
from tests.domain.progress.stage import FLOW, SAID, accepted, asked, planned
from tests.domain.progress.targets import QUARTER
from tests.verified import verified
from yupana.domain.people.models import Person
from yupana.domain.progress.actions import add_link, answer_corrective, start_report
from yupana.domain.progress.facts import Terms
from yupana.domain.submissions.models import Submission
from yupana.projections.notices.actions import fill
from yupana.projections.notices.following import is_silent
from yupana.projections.notices.live import News, notices
from yupana.projections.notices.models import Filled, Outbox

if TYPE_CHECKING:
    from tests.cast import Cast
    from tests.verified import Verified
    from yupana.domain.obligations.models import Call

ONE = timedelta(days=1)
Told = set[tuple[str, str, str]]


@pytest.fixture
def plan(cast: Cast) -> Call:
    """Everybody has an address; A's plan was accepted."""
    for name, person in cast.people.items():
        Person.objects.filter(pk=person.pk).update(email=f"{name}@a.example")
    return planned(cast)


def told(on: date) -> Told:
    """What a day adds; and whoever fills it again, from nothing remembered, adds nothing."""
    before = set(Outbox.objects.values_list("pk", flat=True))
    fill(on=on)
    Filled.objects.all().delete()
    assert fill(on=on) == 0
    new = Outbox.objects.exclude(pk__in=before).select_related("person")
    return {(each.person.username, each.rule, each.subject.partition(":")[0]) for each in new}


@pytest.mark.parametrize(
    ("handed", "silent"),
    [([], False), ([False], False), ([False, False], True), ([True, False, False], True), ([False, True], False),
     ([False, False, True], False), ([False, True, False], False)],
)  # fmt: skip
def test_two_periods_in_a_row_without_a_word_are_a_silence(handed: list[bool], silent: bool) -> None:
    assert is_silent(handed) == silent


@pytest.mark.django_db
def test_silence_is_told_to_executive_and_authority_and_reports_are_called_reports(cast: Cast, plan: Call) -> None:
    first, second = asked(plan), asked(plan, "2018-Q2")
    due = [call.obligations.get().due_on for call in (first, second)]
    assert due[0] and due[1]  # noqa: PT018 - mypy has to know it
    assert told(due[0] + ONE) == {("inti", "late", "report"), ("rumi", "late", "report")}
    assert told(due[0] + 3 * ONE) == set()
    silence = {("wara", "silent", "report"), ("amaru", "silent", "inbox")}
    assert {each for each in told(due[1] + 3 * ONE) if each[1] == "silent"} == silence
    assert News.SILENT in {each.news for each in notices(cast.amaru, on=due[1] + ONE)}
    accepted(cast, second.obligations.get(), QUARTER, on=due[1] + 4 * ONE)
    assert News.SILENT not in {each.news for each in notices(cast.amaru, on=due[1] + 9 * ONE)}


@pytest.mark.django_db
def test_what_is_off_plan_is_told_once_it_is_accepted(cast: Cast, plan: Call) -> None:
    day = asked(plan).opens_on
    accepted(cast, obligation_of(plan.followed_by.get(), cast.a), on=day)
    after = {("wara", "off_plan", "report"), ("amaru", "off_plan", "inbox")}
    assert {each for each in told(day + 3 * ONE) if each[1] == "off_plan"} == after
    assert News.OFF_PLAN in {each.news for each in notices(cast.amaru, on=day + 3 * ONE)}
    second = asked(plan, "2018-Q2")
    on_plan = [replace(SAID[0], value=300_000), replace(SAID[1], value=300_000), SAID[2]]
    accepted(cast, second.obligations.get(), on_plan, on=second.opens_on)
    assert {each for each in told(second.opens_on + 3 * ONE) if each[1] == "off_plan"} == set()


@pytest.mark.django_db
def test_a_draft_that_lies_is_told_to_its_writers(cast: Cast, plan: Call) -> None:
    owed = asked(plan).obligations.get()
    draft = start_report(actor=cast.inti, obligation=owed, on=owed.call.opens_on)
    touched = datetime(2018, 4, 3, 12, tzinfo=timezone.get_default_timezone())
    Submission.objects.filter(pk=draft.pk).update(saved_at=touched)
    assert {each for each in told(date(2018, 4, 9)) if each[1] == "draft"} == set()
    assert ("inti", "draft", "report") in told(date(2018, 4, 10))


@pytest.mark.django_db
def test_what_was_found_is_told_to_the_entity_and_what_waits_for_an_answer_to_the_authority(cast: Cast) -> None:
    answer_corrective(actor=cast.inti, corrective=_found(cast).action, text="Hecho", on=date(2018, 5, 20), seen=0)
    days = {
        date(2018, 4, 2): ("inti", "checked", "findings"),
        date(2018, 5, 25): ("amaru", "fixed", "findings"),
        date(2019, 1, 5): ("amaru", "disputed", "findings"),
    }
    assert {day: each in told(day) for day, each in days.items()} == dict.fromkeys(days, True)


@pytest.mark.django_db
def test_what_was_not_put_right_climbs(cast: Cast) -> None:
    _found(cast)
    due = date(2018, 5, 2)
    found = {
        after: {who for who, rule, _ in told(due + after * ONE) if rule.startswith("fix")} for after in (-3, 1, 7, 15)
    }
    entity = {"inti", "rumi"}
    assert found == {-3: entity, 1: entity, 7: {*entity, "wara"}, 15: {*entity, "wara", "amaru"}}


@pytest.mark.django_db
def test_evidence_that_expires_is_told_before_and_after(cast: Cast, plan: Call) -> None:
    owed, until = asked(plan).obligations.get(), date(2018, 6, 30)
    terms = Terms("Acta", "public", 2, valid_until=until)
    piece = add_link(actor=cast.inti, entity=cast.a, url="https://a.example/acta", terms=terms, on=owed.call.opens_on)
    accepted(cast, owed, [replace(SAID[0], evidence=(piece.piece.pk,)), *SAID[1:]])
    found = [{each for each in told(until + after * ONE) if each[1].startswith("expire")} for after in (-15, 1)]
    assert found == [{(who, rule, "evidence") for who in ("inti", "rumi")} for rule in ("expires", "expired")]
    news = [
        News.EXPIRES in {each.news for each in notices(cast.inti, on=until + after * ONE)} for after in (-16, 0, 16)
    ]
    assert news == [False, True, False]


def _found(cast: Cast) -> Verified:
    """Two verified reports on a plan of one row; everybody has an address."""
    for name, person in cast.people.items():
        Person.objects.filter(pk=person.pk).update(email=f"{name}@a.example")
    return verified(cast, planned(cast, [FLOW]), str)
