"""To whom a happening becomes a letter, about what, and that nobody gets two of one thing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.cast import EXPIRED_ON, HANDED_IN_ON, make_call, make_edition, make_person, obligation_of
from yupana.domain.people.models import Person
from yupana.domain.submissions.models import Assignment
from yupana.foundation.kernel.actor import Role
from yupana.projections.notices.actions.filling import put
from yupana.projections.notices.models import Outbox
from yupana.projections.notices.queries import Letter, letters, mails
from yupana.projections.notices.rules import REMINDERS, Happening, Link, Reminder, Rule, Whom

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from tests.cast import Cast
    from yupana.domain.obligations.models import Obligation

pytestmark = pytest.mark.django_db
TODAY = date(2019, 3, 1)
ALL = (Whom.PLANNERS, Whom.EXECUTIVE, Whom.REVIEWERS, Whom.AUTHORITY)


@pytest.fixture
def owed(cast: Cast) -> Obligation:
    """Everybody has an address; A owes a plan."""
    for name, person in cast.people.items():
        Person.objects.filter(pk=person.pk).update(email=f"{name}@a.example")
    make_edition()
    return obligation_of(make_call(), cast.a)


def happening(
    owed: Obligation, rule: Rule = Rule.DUE, *whom: Whom, link: Link = Link.PLAN, version: int = 9, about: date = TODAY
) -> Happening:
    return Happening(Reminder(rule, 0, whom or ALL), about, owed.pk, owed.debtor_id, version, link)


def told(cast: Cast, *happenings: Happening, today: date = TODAY) -> dict[str, list[str]]:
    """What each of the cast is told: what the link leads to."""
    names = {person.pk: name for name, person in cast.people.items()}
    found: dict[str, list[str]] = {}
    for each in letters(happenings, today):
        found.setdefault(names[each.person], []).append(each.subject)
    return found


@pytest.mark.parametrize(
    ("rule", "link", "entity", "reviewer"),
    [
        (Rule.DUE, Link.PLAN, "plan:{}", "queue"),
        (Rule.DUE, Link.REPORT, "report:{}", "queue"),
        (Rule.DISPUTED, Link.FINDINGS, "findings", "findings"),
        (Rule.FIXED, Link.FINDINGS, "findings", "findings"),
        (Rule.EXPIRES, Link.EVIDENCE, "evidence", "queue"),
    ],
)
def test_each_is_led_to_where_there_is_something_to_do(
    cast: Cast, owed: Obligation, rule: Rule, link: Link, entity: str, reviewer: str
) -> None:
    mine = entity.format(owed.pk)
    assert told(cast, happening(owed, rule, link=link)) == {
        **{name: [mine] for name in ("inti", "rumi", "wara")},
        "amaru": [reviewer, "inbox"],
    }


@pytest.mark.parametrize(
    ("whom", "names"),
    [
        ((Whom.PLANNERS,), {"inti", "rumi"}),
        ((Whom.EXECUTIVE,), {"wara"}),
        ((Whom.REVIEWERS,), {"amaru"}),
        ((Whom.AUTHORITY,), {"amaru"}),
    ],
)
def test_those_are_told_who_hold_the_role_at_the_body_or_at_the_authority(
    cast: Cast, owed: Obligation, whom: tuple[Whom, ...], names: set[str]
) -> None:
    assert set(told(cast, happening(owed, Rule.DUE, *whom))) == names


def test_a_mandate_is_told_to_its_last_day(cast: Cast, owed: Obligation) -> None:
    each = happening(owed, Rule.DUE, Whom.PLANNERS)
    days = [EXPIRED_ON + timedelta(days) for days in (0, 1)]
    assert [set(told(cast, each, today=day)) for day in days] == [{"inti", "rumi"}, {"inti"}]


def test_nobody_is_written_to_without_an_address_or_with_a_closed_account(cast: Cast, owed: Obligation) -> None:
    Person.objects.filter(username="inti").update(email="")
    Person.objects.filter(username="rumi").update(is_active=False)
    assert set(told(cast, happening(owed))) == {"wara", "amaru"}


def test_who_was_given_a_review_is_told_of_it_alone_and_all_where_that_one_cannot_be(
    cast: Cast, owed: Obligation
) -> None:
    other, _ = make_person("nina", (Role.REVIEWER, cast.authority))
    Person.objects.filter(pk=other.pk).update(email="nina@a.example")
    cast.people["nina"] = other
    given = Assignment.objects.create(obligation=owed, reviewer=other, on=HANDED_IN_ON)
    waiting = happening(owed, Rule.UNREVIEWED, Whom.REVIEWERS)
    alone = told(cast, waiting)
    Person.objects.filter(pk=other.pk).update(email="")
    instead = told(cast, waiting)
    given.delete()
    Person.objects.filter(pk=other.pk).update(email="nina@a.example")
    assert (alone, instead, told(cast, waiting)) == (
        {"nina": ["review:9"]},
        {"amaru": ["review:9"]},
        {"amaru": ["queue"], "nina": ["queue"]},
    )


def test_nobody_is_told_twice_about_one_thing_and_the_authority_once_a_day_of_all(cast: Cast, owed: Obligation) -> None:
    other = obligation_of(owed.call, cast.b)
    late = [happening(each, Rule.LATE, Whom.PLANNERS, Whom.AUTHORITY) for each in (owed, owed, other)]
    assert told(cast, *late) == {
        "inti": [f"plan:{owed.pk}"],
        "rumi": [f"plan:{owed.pk}"],
        "killa": [f"plan:{other.pk}"],
        "amaru": ["inbox"],
    }


def test_two_days_are_two_letters_and_each_is_dated_by_its_reminder(cast: Cast, owed: Obligation) -> None:
    days = (date(2020, 2, 28), date(2020, 2, 29))
    fix = next(each for each in REMINDERS if each.rule is Rule.FIX_LATE)
    found = letters(
        [Happening(fix, day, owed.pk, owed.debtor_id, link=Link.FINDINGS) for day in days], date(2020, 3, 1)
    )
    assert [(each.about_on, each.due_on) for each in found] == [
        (date(2020, 2, 28), date(2020, 2, 29)),
        (date(2020, 2, 29), date(2020, 3, 1)),
    ]


def test_where_nothing_happened_nothing_is_asked(query_budget: Callable[[int], AbstractContextManager[object]]) -> None:
    with query_budget(0):
        assert (letters([], TODAY), put([])) == ([], 0)


def test_what_is_there_already_is_not_put_there_again(cast: Cast) -> None:
    person = cast.people["inti"].pk
    first = Letter(person, Rule.DUE, "plan:7", TODAY, TODAY)
    moved = Letter(person, Rule.DUE, "plan:7", TODAY, TODAY + timedelta(1))
    others = [
        Letter(person, Rule.LATE, "plan:7", TODAY, TODAY),
        Letter(person, Rule.DUE, "plan:8", TODAY, TODAY),
        Letter(person, Rule.DUE, "plan:7", TODAY + timedelta(1), TODAY),
        Letter(cast.people["killa"].pk, Rule.DUE, "plan:7", TODAY, TODAY),
    ]
    counts = [put([first]), put([first]), put([moved]), put([first, first, *others]), put(others)]
    assert (counts, mails().count(), Outbox.objects.earliest("pk").about_on) == ([1, 0, 0, 4, 0], 5, TODAY)
