"""The record told in events."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import cast as house
from yupana.foundation.ledger.queries import Sealed
from yupana.foundation.ledger.rules import Leaf
from yupana.projections.followers import tick
from yupana.projections.overviews import record

LINES = st.lists(st.tuples(st.sampled_from(["call.opened", "entity.registered"]), st.sampled_from([1, 2])))


def sealed(position: int, verb: str, day: int) -> Sealed:
    leaf = Leaf(verb, {"at": position}, f"2018-01-{day:02}", f"digest {position}", 1)
    return Sealed(position, position + 1, leaf, datetime(2018, 1, 31, tzinfo=UTC))


def told(*lines: tuple[str, int]) -> list[record.Event]:
    return record.events(sealed(position, verb, day) for position, (verb, day) in enumerate(lines))


def test_entries_of_one_verb_and_day_are_one_event_told_by_its_last() -> None:
    events = told(("entity.registered", 1), ("call.opened", 1), ("entity.registered", 1), ("entity.registered", 2))
    assert [(event.verb, event.on.day, event.count, event.position, event.digest) for event in events] == [
        ("entity.registered", 2, 1, 3, "digest 3"),
        ("entity.registered", 1, 2, 2, "digest 2"),
        ("call.opened", 1, 1, 1, "digest 1"),
    ]


@given(LINES)
def test_no_entry_is_lost_and_the_newest_comes_first(lines: list[tuple[str, int]]) -> None:
    events = told(*lines)
    positions = [event.position for event in events]
    assert (sum(event.count for event in events), positions) == (len(lines), sorted(positions, reverse=True))


@pytest.mark.django_db
def test_an_empty_record_has_no_events() -> None:
    assert (record.head().size, record.latest(5), record.entries(0, 5)) == (0, (), ())


def test_only_what_is_sealed_is_told(bodies: house.Bodies) -> None:
    before = record.latest(5)
    tick()
    (event,) = record.latest(5)
    assert (before, event.verb, event.on, event.count) == ((), "entity.registered", house.FIRST_DAY, 6)


def test_no_more_events_are_told_than_asked_for(bodies: house.Bodies) -> None:
    house.make_edition()
    house.make_call()
    tick()
    assert [event.verb for event in record.latest(2)] == ["call.opened", "edition.published"]


@pytest.mark.parametrize(
    ("before", "most", "positions"), [(6, 2, [5, 4]), (2, 25, [1, 0]), (0, 25, []), (6, 25, [5, 4, 3, 2, 1, 0])]
)
def test_entries_are_read_backwards(bodies: house.Bodies, before: int, most: int, positions: list[int]) -> None:
    tick()
    assert [event.position for event in record.entries(before, most)] == positions


def test_an_entry_keeps_its_day_codes_and_digest(bodies: house.Bodies) -> None:
    tick()
    (event,) = record.entries(1, 1)
    assert (event.on, dict(event.codes), len(event.digest)) == (date(2017, 1, 2), {"entity": "cast:1"}, 64)
