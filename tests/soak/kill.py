"""Kill the server and the ticker again and again while people work at the desk, and count afterwards.

Run inside a place (see `soak.py`), on the database of the settings.
"""

from __future__ import annotations

import random
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.soak.outcome import Outcome
from tests.soak.place import Server, end

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.soak.clients import Office, PlannerAtDesk, Reviewer
    from tests.soak.place import Place
    from tests.soak.state import Stage

SHORTEST, LONGEST = 0.2, 2.5  # seconds between two kills
TICKERS = 0.4  # the share of the kills that is for the ticker
FEWEST_PAGES = 15


@dataclass(frozen=True)
class Size:
    """How much is tried. ``seconds`` bounds it all the same: what is not done by then was not tried."""

    planners: int
    entities: int
    calls: int
    kills: int
    seconds: float
    pages: int


SIZES = {
    "full": Size(planners=8, entities=5, calls=6, kills=40, seconds=60, pages=200),
    "short": Size(planners=3, entities=2, calls=2, kills=3, seconds=8, pages=20),
}


def run(place: Place, size: str, seed: int) -> Outcome:
    """Prepare, work under fire, let it get quiet, judge."""
    from tests.soak.state import prepare  # noqa: PLC0415 - tables exist once the apps are loaded

    sized = SIZES[size]
    stage = prepare(planners=sized.planners, entities=sized.entities, calls=sized.calls)
    server, outcome = Server(place), Outcome()
    server.start()
    office, people = _people(server, stage, seed)
    threads = [threading.Thread(target=_working, args=(office, each.work), daemon=True) for each in people]
    for thread in threads:
        thread.start()
    outcome.kills = _fire(place, office, sized, random.Random(seed))  # noqa: S311 - it chooses moments
    for thread in threads:
        thread.join(timeout=60)
    _read_as_the_public_does(place, office, outcome, sized.pages)
    outcome.settle(place, office.notes)
    return outcome


def _people(server: Server, stage: Stage, seed: int) -> tuple[Office, list[PlannerAtDesk | Reviewer]]:
    """Sign everybody in; somebody writes what never leaves the desk."""
    from tests.cast import PASSWORD  # noqa: PLC0415 - tables exist once the apps are loaded
    from tests.soak.clients import CANARY, Office, PlannerAtDesk, Reviewer  # noqa: PLC0415 - the same

    office = Office(server, seed, open=sum(len(planner.owed) for planner in stage.planners))
    keeper = PlannerAtDesk(office, stage.kept, PASSWORD)
    for owed in stage.kept.owed:
        keeper.draft(owed, f"{CANARY} ")
    planners = [PlannerAtDesk(office, planner, PASSWORD) for planner in stage.planners]
    reviewers = [Reviewer(office, person.username, PASSWORD) for person in stage.reviewers]
    return office, [*planners, *reviewers]


def _working(office: Office, work: Callable[[], None]) -> None:
    """Work in a thread of its own; what breaks there must be told."""
    try:
        work()
    except Exception as error:  # noqa: BLE001 - whatever it is, the run has failed
        office.notes.failed.append(repr(error))
        office.stop.set()


def _fire(place: Place, office: Office, size: Size, chance: random.Random) -> int:
    """Kill the server or the ticker at random moments, until all is settled or the time is used up."""
    kills, until = 0, time.monotonic() + size.seconds
    ticker = place.module("ticker", "tick")
    while not office.done() and time.monotonic() < until:
        time.sleep(chance.uniform(SHORTEST, LONGEST))
        if kills < size.kills:
            if chance.random() < TICKERS:
                end(ticker)
                ticker = place.module("ticker", "tick")
            else:
                office.server.kill()
                office.server.start()
            kills += 1
    office.stop.set()
    end(ticker)
    return kills


def _read_as_the_public_does(place: Place, office: Office, outcome: Outcome, most: int) -> None:
    """After one more kill and start, no page and no log may hold what never left the desk."""
    from tests.soak.clients import CANARY  # noqa: PLC0415 - tables exist once the apps are loaded
    from tests.soak.leaks import scan  # noqa: PLC0415 - the same

    office.server.kill()
    office.server.start()
    outcome.kills += 1
    outcome.pages, outcome.leaked = scan(office.server, (CANARY,), most)
    if outcome.pages < FEWEST_PAGES:
        outcome.broken.append(f"only {outcome.pages} pages could be read")
    office.server.leave()
    outcome.leaked += [line.strip() for line in place.said if CANARY in line]
