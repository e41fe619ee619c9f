"""End a process at every boundary of every act, look at what is left, and do it again.

Each act runs in a child that ends without a word (as SIGKILL would end it) right before a commit, right after it, or
before one statement; the next child gets one boundary further, until the act comes to its end. What was committed must
stand, nothing else may, and a second try must bring the same end.

Run inside a place (see `soak.py`), on the database of the settings. A process of its own, because it forks.
"""

from __future__ import annotations

import os
import time
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection, connections

from tests.soak.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.soak.acts import Act
    from tests.soak.place import Place

THROUGH, BEFORE_COMMIT, AFTER_COMMIT, AT_STATEMENT, FAILED = range(10, 15)
STATEMENTS = {"full": True, "short": False}
MOST = 200  # boundaries of one act
TRIES, PAUSE = 100, 0.02


@dataclass
class Bomb:
    """Ends this process at the boundary of that number."""

    left: int
    statements: bool

    def boundary(self, kind: int) -> None:
        """Pass one boundary, or end here."""
        if self.left == 0:
            os._exit(kind)
        self.left -= 1

    def plant(self) -> None:
        """Watch the connection of this process: its commits and, where asked, each of its statements."""
        commit = connection._commit  # type: ignore[attr-defined] # noqa: SLF001 - where Django commits, there is no other place

        def committing() -> None:
            self.boundary(BEFORE_COMMIT)
            commit()
            self.boundary(AFTER_COMMIT)

        connection._commit = committing  # type: ignore[attr-defined] # noqa: SLF001 - the same place
        if self.statements:
            connection.execute_wrappers.append(self._executing)

    def _executing(self, execute: Callable[..., Any], *statement: Any) -> Any:  # noqa: ANN401 - as Django hands it on
        self.boundary(AT_STATEMENT)
        return execute(*statement)


def run(place: Place, size: str, seed: int) -> Outcome:
    """Take every act through all its boundaries."""
    from tests.soak.acts import acts  # noqa: PLC0415 - tables exist once the apps are loaded
    from tests.soak.clients import Notes  # noqa: PLC0415 - the same

    outcome, notes = Outcome(), Notes()
    for named, prepare in acts().items():
        for number in range(MOST):
            act = prepare()
            kind = _ended(act, Bomb(number, STATEMENTS[size]))
            outcome.broken += [f"{named} at {number}: {fault}" for fault in _faults(act, kind)]
            if kind in (THROUGH, FAILED):
                break
            outcome.kills += 1
    outcome.settle(place, notes)
    return outcome


def _ended(act: Act, bomb: Bomb) -> int:
    """Do it in a child, which ends in one way or another."""
    connections.close_all()
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        bomb.plant()
        act.do()
        connections.close_all()
        os._exit(THROUGH)
    except BaseException:  # noqa: BLE001 - a child must never come back into the loop of its parent
        traceback.print_exc()
    os._exit(FAILED)


def _faults(act: Act, kind: int) -> Iterator[str]:
    """What is wrong where the child left it, and after a second try."""
    from tests.soak.judge import half  # noqa: PLC0415 - tables exist once the apps are loaded

    if kind == FAILED:
        yield "the act failed by itself"
    _wait_for_its_locks()
    if kind in (THROUGH, AFTER_COMMIT) and act.commits == 1 and not act.done():
        yield "committed, and not there"
    if kind == BEFORE_COMMIT and act.commits == 1 and act.done():
        yield "not committed, and there"
    yield from half()
    act.again()
    if not act.done():
        yield "the second try did not heal it"
    yield from half()


def _wait_for_its_locks() -> None:
    """PostgreSQL ends the work of a dead client as soon as it notices; until then its locks stand."""
    if connection.vendor != "postgresql":
        return
    others = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )
    for _ in range(TRIES):
        with connection.cursor() as cursor:
            cursor.execute(others)
            if cursor.fetchone()[0] == 0:
                return
        time.sleep(PAUSE)
    raise RuntimeError("a dead client is still at work")
