"""A tick seals and lets everybody follow; run twice at once or stopped anywhere, nothing is doubled or lost."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tests.cast import Cast, make_call, make_edition
from tests.foundation.ledger.test_actions import together
from tests.projections.figures.stage import BARE, LATER, Stage
from yupana.domain.people.models import Person
from yupana.foundation.ledger import queries as ledger
from yupana.foundation.ledger.actions import seal
from yupana.projections.figures.actions import check, follow
from yupana.projections.figures.queries import position
from yupana.projections.followers import Ticked, tick
from yupana.projections.notices.models import Outbox


@pytest.mark.django_db
def test_a_tick_seals_and_follows() -> None:
    stage = Stage()
    stage.accepted(stage.call(), 0, (0, BARE))
    assert (tick(), tick(), check()) == (Ticked(3, 3), Ticked(0, 0), ())


@pytest.mark.django_db
def test_a_tick_puts_into_the_outbox_what_today_brings_once(cast: Cast) -> None:
    Person.objects.filter(username="inti").update(email="inti@a.example")
    make_edition()
    make_call(audience="code:A-1", due_on=timezone.localdate() + timedelta(days=10))
    tick()
    tick()
    assert list(Outbox.objects.values_list("person__username", "rule")) == [("inti", "due")]


@pytest.mark.django_db
def test_a_tick_takes_up_what_another_one_left_sealed() -> None:
    Stage().call()
    seal()
    assert (tick(), check()) == (Ticked(0, 1), ())


@pytest.mark.django_db(transaction=True)
def test_several_tick_at_once_while_others_write() -> None:
    stage, written = Stage(), threading.Event()
    calls = [stage.call(f"C-{number}") for number in range(3)]

    def write(body: int) -> None:
        for call in calls:
            stage.accepted(call, body, (0, BARE))
            stage.extend(call, body, LATER)

    def keep_ticking() -> None:
        while not written.is_set():
            tick()

    def write_all() -> None:
        try:
            assert together(*[lambda body=body: write(body) for body in range(3)]) == []
        finally:
            written.set()

    assert together(write_all, keep_ticking, keep_ticking, keep_ticking) == []
    tick()
    assert (check(), position(), ledger.unsealed_count()) == ((), 3 + 3 * 3 * 3, 0)


@pytest.mark.django_db(transaction=True)
def test_who_finds_another_following_leaves_it_to_that_one() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("on SQLite the second follower waits in line and finds nothing left")
    Stage().call()
    seal()
    held, done, followed = threading.Event(), threading.Event(), list[int]()

    def holder() -> None:

        with transaction.atomic():
            follow()
            held.set()
            done.wait(30)

    def other() -> None:
        held.wait(30)
        followed.append(follow())
        done.set()

    assert (together(holder, other), followed, check()) == ([], [0], ())
