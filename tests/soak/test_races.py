"""Two who do the same at the same moment: one is done, the other is told so in one sentence, and one thing is recorded.

The first one acts and holds his transaction open until the second stands before the lock or has come to an end; so the
race happens in every run, and its outcome does not depend on who was faster.
"""

from __future__ import annotations

import threading
from collections import Counter, deque
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from time import sleep
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone, translation

from tests.cast import (
    Cast,
    hand_in,
    make_call,
    make_draft,
    make_edition,
    make_entities,
    make_people,
    make_person,
    obligation_of,
)
from yupana.domain.obligations.models import Call, Extension, Waiver
from yupana.domain.submissions.models import Step, Submission
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.ledger.models import Entry
from yupana.foundation.ledger.rules import read_leaf
from yupana.interfaces import words
from yupana.interfaces.desk.doors import status_of
from yupana.projections import followers, proof
from yupana.projections.figures.actions import check

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from yupana.domain.obligations.models import Obligation

pytestmark = pytest.mark.django_db(transaction=True)
LONGEST = 10
TODAY = timezone.localdate
DUE = TODAY() + timedelta(days=30)
DONE = 302


class Answer(Protocol):
    """What comes back, from a browser of the tests or from us."""

    @property
    def status_code(self) -> int: ...

    @property
    def content(self) -> bytes: ...


@dataclass
class Told:
    """What somebody was answered: the status, and the sentence where it was refused."""

    status: int = 0
    sentences: tuple[str, ...] = ()


class Race:
    """The first holds what he did open until the second waits for him."""

    def __init__(self, first: Callable[[], Answer], second: Callable[[], Answer]) -> None:
        self.acted, self.ended = threading.Event(), threading.Event()
        self.told = (Told(), Told())
        self.raised: list[BaseException] = []
        runs = [
            threading.Thread(target=self._in_thread, args=(self._first, first)),
            threading.Thread(target=self._in_thread, args=(self._second, second)),
        ]
        for run in runs:
            run.start()
        for run in runs:
            run.join()
        if self.raised:
            raise self.raised[0]

    def _in_thread(self, act: Callable[[Callable[[], Answer]], None], ask: Callable[[], Answer]) -> None:
        try:
            act(ask)
        except BaseException as error:  # noqa: BLE001 - raised again where the test sees it
            self.raised.append(error)
        finally:
            self.acted.set()
            connection.close()

    def _first(self, ask: Callable[[], Answer]) -> None:
        with transaction.atomic():
            _note(self.told[0], ask())
            self.acted.set()
            self._hold()

    def _second(self, ask: Callable[[], Answer]) -> None:
        self.acted.wait(LONGEST)
        try:
            _note(self.told[1], ask())
        finally:
            self.ended.set()

    def _hold(self) -> None:
        """Until the other waits for a lock or is done. On SQLite nobody can be seen waiting: a moment is enough."""
        for _ in range(200):
            if self.ended.wait(0.01) or _somebody_waits():
                return


def _somebody_waits() -> bool:
    if connection.vendor != "postgresql":
        sleep(0.2)
        return True
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return bool(cursor.fetchone()[0])


def _note(told: Told, response: Answer) -> None:
    told.status = response.status_code
    if told.status != DONE:
        page = BeautifulSoup(response.content, "html.parser")
        said = page.select(".errors p, .error") or page.select(".lead")
        told.sentences = tuple(dict.fromkeys(" ".join(each.get_text(" ").split()) for each in said))


@dataclass
class Authority:
    """A desk with two of each: Amaru and Quilla plan and review, Inti and Illa plan for A."""

    cast: Cast
    call: Call
    owed: Obligation

    def ask(self, who: str, path: str, /, **fields: object) -> Callable[[], Answer]:
        """Return what sends a form as somebody, from a browser that is signed in."""
        client = Client()
        client.force_login(self.cast.people[who])
        return lambda: client.post(f"/en/desk/{path}", {key.replace("__", "-"): fields[key] for key in fields})


@pytest.fixture
def desk(transactional_db: None) -> Authority:
    bodies = make_entities()
    cast = make_people(bodies)
    cast.people["quilla"] = make_person("quilla", (Role.PLANNER, bodies.authority), (Role.REVIEWER, bodies.authority))[
        0
    ]
    cast.people["illa"] = make_person("illa", (Role.ENTITY_PLANNER, bodies.a))[0]
    make_edition()
    call = make_call(due_on=DUE)
    return Authority(cast, call, obligation_of(call, bodies.a))


@pytest.fixture(autouse=True)
def _the_record_holds_afterwards(desk: Authority) -> Iterator[None]:
    yield
    followers.tick()
    assert (proof.verify().why, check()) == ("", ())


def recorded() -> Counter[str]:
    """How often each verb was recorded."""
    return Counter(read_leaf(bytes(leaf)).verb for leaf in Entry.objects.values_list("leaf", flat=True))


def handed_in(desk: Authority) -> Submission:
    return hand_in(desk.cast.inti, desk.owed, on=TODAY())


# --- plans ---------------------------------------------------------------------------------------------------------
DECIDED = "Somebody else has already decided about this version. Look at it again."
HANDED_IN = "This version was handed in already and does not change any more."
BEGUN = "There is already a draft of the next version. Go on with that one."
MOVED = "Somebody else has just said what row 1 answers. Look at it again."


@pytest.mark.parametrize("second", ["accept", "return"])
def test_two_reviewers_decide_one_version_once(desk: Authority, second: str) -> None:
    path = f"revision/{handed_in(desk).pk}/"
    first, then = desk.ask("amaru", path, decision="accept"), desk.ask("quilla", path, decision=second, reason="No.")
    race = Race(first, then)
    assert (race.told, Step.objects.count()) == ((Told(DONE), Told(409, (DECIDED,))), 1)


def test_two_people_hand_the_same_draft_in_once(desk: Authority) -> None:
    make_draft(desk.cast.inti, desk.owed)
    path = f"plan/{desk.owed.pk}/enviar/"
    race = Race(desk.ask("inti", path, sure="on"), desk.ask("illa", path, sure="on"))
    assert (race.told, recorded()["submission.submitted"]) == ((Told(DONE), Told(409, (HANDED_IN,))), 1)


def test_two_people_begin_one_draft(desk: Authority) -> None:
    path = f"plan/{desk.owed.pk}/empezar/"
    race = Race(desk.ask("inti", path), desk.ask("illa", path))
    assert (race.told, Submission.objects.count()) == ((Told(DONE), Told(409, (BEGUN,))), 1)


@pytest.mark.parametrize("item", ["PLAN/1#line:2", ""])
def test_two_reviewers_move_one_row(desk: Authority, item: str) -> None:
    path = f"revision/{handed_in(desk).pk}/filas/1/"
    first = desk.ask("amaru", path, item="PLAN/1#line:2", reason="Habla de otros.")
    race = Race(first, desk.ask("quilla", path, item=item, reason="No habla de nada."))
    assert (race.told, recorded()["row.reclassified"]) == ((Told(DONE), Told(409, (MOVED,))), 1)


def test_a_row_is_not_moved_in_a_version_that_is_given_back_meanwhile(desk: Authority) -> None:
    path = f"revision/{handed_in(desk).pk}/"
    first = desk.ask("amaru", path, decision="return", reason="Falta.")
    race = Race(first, desk.ask("quilla", f"{path}filas/1/", item="PLAN/1#line:2", reason="Habla de otros."))
    assert (race.told[0], race.told[1].status, recorded()["row.reclassified"]) == (Told(DONE), 422, 0)


# --- calls, editions, obligations ----------------------------------------------------------------------------------
def told_by(do: Callable[[], object]) -> Callable[[], Answer]:
    """What an action of the command line answers, as a page would say it."""

    def ask() -> HttpResponse:
        try:
            do()
        except Refused as refused:
            with translation.override("en"):
                said = f'<p class="lead">{words.sentence(refused)}</p>'
            return HttpResponse(said, status=status_of(refused))
        return HttpResponse(status=DONE)

    return ask


def test_two_planners_open_calls_of_one_code_once(desk: Authority) -> None:
    ask = told_by(lambda: make_call(code="UNO", period="2031"))
    race = Race(ask, ask)
    taken = "There is already a call UNO. Choose another code."
    assert (race.told, Call.objects.filter(code="UNO").count()) == ((Told(DONE), Told(409, (taken,))), 1)


def test_two_planners_publish_one_edition_once(desk: Authority) -> None:
    make_edition("OTRO", published=False)
    said = {"act": "DS 1", "on": TODAY().isoformat(), "sure": "on"}
    race = Race(*(desk.ask(who, "instrumentos/OTRO/1/", **said) for who in ("amaru", "quilla")))
    published = "OTRO/1 is published and does not change. Import what is different as a new edition of the instrument."
    assert (race.told[0], race.told[1].status, recorded()["edition.published"]) == (Told(DONE), 409, 2)
    assert race.told[1].sentences == (published,)


def acts(desk: Authority) -> dict[str, Callable[[], Answer]]:
    """What two planners do to one obligation."""
    said = {"reason": "Lluvia.", "act": "RM 1"}
    path, later = f"obligaciones/{desk.owed.pk}", (TODAY() + timedelta(days=40)).isoformat()
    return {
        "extend": desk.ask("amaru", f"{path}/ampliar/", due_on=later, **said),
        "waive": desk.ask("quilla", f"{path}/eximir/", **said),
        "close": desk.ask("quilla", f"convocatorias/{desk.call.code}/cerrar/", sure="on"),
    }


WAIVED = "Municipio de Ábaco was exempted from the call PLAN-2018; that stands."
CLOSED = "The call PLAN-2018 is not open, so its obligations do not move."
CHANGED = "Somebody else changed the call PLAN-2018 meanwhile, or it is not open. Look at it again."


@pytest.mark.parametrize(
    ("first", "second", "told", "left"),
    [
        ("extend", "waive", Told(DONE), (1, 1)),
        ("waive", "extend", Told(409, (WAIVED,)), (0, 1)),
        ("waive", "waive", Told(409, (WAIVED,)), (0, 1)),
        ("close", "extend", Told(409, (CLOSED,)), (0, 0)),
        ("close", "close", Told(409, (CHANGED,)), (0, 0)),
    ],
)
def test_two_acts_about_one_obligation_follow_each_other(
    desk: Authority, first: str, second: str, told: Told, left: tuple[int, int]
) -> None:
    race = Race(acts(desk)[first], acts(desk)[second])
    assert (race.told, (Extension.objects.count(), Waiver.objects.count())) == ((Told(DONE), told), left)


# --- midnight in La Paz --------------------------------------------------------------------------------------------
LA_PAZ = ZoneInfo("America/La_Paz")


def clock(monkeypatch: pytest.MonkeyPatch, *moments: datetime) -> None:
    """Let it be these moments, one after the other, and then the last one."""
    due = deque(moments)
    monkeypatch.setattr(timezone, "now", lambda: due.popleft() if len(due) > 1 else due[0])


@pytest.mark.parametrize(
    ("moment", "late"), [(time(23, 59, 59, 999999), False), (time(0, 0), True)], ids=["last", "first"]
)
def test_a_deadline_ends_at_midnight_in_la_paz(
    desk: Authority, monkeypatch: pytest.MonkeyPatch, moment: time, late: bool
) -> None:
    make_draft(desk.cast.inti, desk.owed)
    day = DUE + timedelta(days=int(late))
    clock(monkeypatch, datetime.combine(day, moment, LA_PAZ).astimezone(UTC))
    desk.ask("inti", f"plan/{desk.owed.pk}/enviar/", sure="on")()
    version = Submission.objects.get()
    desk.ask("amaru", f"revision/{version.pk}/", decision="accept")()
    met = Step.objects.get().met_on
    assert (version.received_on, met, met is not None and met > DUE) == (day, day, late)


def test_a_request_that_meets_midnight_happens_on_one_day(desk: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the clock says after the door was passed: the day in the table is the day in the record."""
    make_draft(desk.cast.inti, desk.owed)
    midnight = datetime.combine(DUE + timedelta(days=1), time(0, 0), LA_PAZ).astimezone(UTC)
    clock(monkeypatch, midnight)
    ask = desk.ask("inti", f"plan/{desk.owed.pk}/enviar/", sure="on")
    for passed in range(12):  # the moment at which it becomes another day, at every look at the clock
        clock(monkeypatch, *[midnight - timedelta(microseconds=1)] * passed, midnight)
        with transaction.atomic():
            response = ask()
            version = Submission.objects.get()
            leaf = read_leaf(bytes(Entry.objects.latest("pk").leaf))
            assert (response.status_code, str(version.received_on)) == (DONE, leaf.on)
            transaction.set_rollback(True)
