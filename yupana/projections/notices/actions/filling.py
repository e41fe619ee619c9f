"""Filling the outbox: what a day brings once a day, what somebody did as it happens; never the same twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from yupana.domain.people.models import Person
from yupana.projections.notices import queries
from yupana.projections.notices.models import Filled, Outbox

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from yupana.projections.notices.queries import Letter

BATCH = 500
NAME = "outbox"


def fill(*, on: date) -> int:
    """Put into the outbox what is to be told on a day; return how many mails were new.

    It may run as often as one likes and twice at once: a mail that is there already stays the one it is. Where nobody
    gave an address there is nothing to do.
    """
    if not Person.objects.filter(is_active=True).exclude(email="").exists():
        return 0
    with transaction.atomic():
        found = list(queries.of_events(on))
        if not Filled.objects.filter(name=NAME, on__gte=on).exists():
            found += queries.of_the_day(on)
            Filled.objects.update_or_create(name=NAME, defaults={"on": on})
        return put(queries.letters(found, on))


def put(letters: Iterable[Letter]) -> int:
    """Put mails into the outbox that are not there yet; return how many those were."""
    wanted = {(one.person, one.rule.value, one.subject, one.due_on): one for one in letters}
    if not wanted:
        return 0
    days = {one.due_on for one in wanted.values()}
    there = set(Outbox.objects.filter(due_on__in=days).values_list("person", "rule", "subject", "due_on"))
    new = [one for key, one in wanted.items() if key not in there]
    rows = [
        Outbox(person_id=one.person, rule=one.rule.value, subject=one.subject, due_on=one.due_on, about_on=one.about_on)
        for one in new
    ]
    Outbox.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    return len(rows)
