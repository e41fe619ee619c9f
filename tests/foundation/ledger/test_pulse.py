"""A quick look sees what waits, what is newest, and an end that does not hold."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from yupana.foundation.kernel.fact import Fact
from yupana.foundation.ledger.actions import record, seal
from yupana.foundation.ledger.models import Checkpoint, Entry
from yupana.foundation.ledger.pulse import pulse

pytestmark = pytest.mark.django_db
LATER = datetime(2999, 1, 1, tzinfo=UTC)


def note(times: int = 1) -> None:
    with transaction.atomic():
        for _ in range(times):
            record(Fact("entity.registered", {"entity": "x:1"}, date(2020, 1, 1), {}))


def test_an_empty_record_is_whole() -> None:
    found = pulse()
    assert (found.waiting, found.waiting_since, found.latest, found.size, found.whole) == (0, None, None, 0, True)


def test_what_waits_is_counted_from_the_first_on() -> None:
    note(3)
    found = pulse()
    first = Entry.objects.order_by("pk")[0]
    assert (found.waiting, found.waiting_since, found.size, found.whole) == (3, first.recorded_at, 0, True)


def test_what_is_sealed_waits_no_more() -> None:
    note(3)
    seal()
    found = pulse()
    assert (found.waiting, found.waiting_since, found.size, found.whole) == (0, None, 3, True)


@pytest.mark.parametrize(
    "moved",
    [
        lambda: Entry.objects.update(recorded_at=LATER),
        lambda: Checkpoint.objects.update(sealed_at=LATER),
    ],
)
def test_the_latest_moment_is_that_of_an_entry_or_of_a_seal(unguarded_db: None, moved: Callable[[], int]) -> None:
    note()
    seal()
    moved()
    assert pulse().latest == LATER


@pytest.mark.parametrize(
    "forged",
    [
        lambda: Checkpoint.objects.update(root=bytes(32)),
        lambda: Checkpoint.objects.update(peaks=bytes(32)),
        lambda: Checkpoint.objects.update(peaks=b"short"),
        lambda: Checkpoint.objects.update(size=2),
        lambda: Entry.objects.filter(position=2).update(position=9),
        lambda: Checkpoint.objects.all().delete(),
        lambda: Entry.objects.update(position=None),
    ],
)
def test_an_end_that_was_changed_is_not_whole(unguarded_db: None, forged: Callable[[], object]) -> None:
    note(3)
    seal()
    forged()
    assert not pulse().whole


def test_it_asks_little_however_long_the_record(query_budget: Callable[[int], object]) -> None:
    note(20)
    seal()
    note(20)
    with query_budget(5):  # type: ignore[attr-defined] # it is a context manager
        pulse()
