"""People at the desk while the server is being killed: they write, hand in, decide, and note what was acknowledged.

What got no answer is tried again, as people do. Nobody knows whether it was done; only what was answered by the
redirect after a write counts as acknowledged.
"""

from __future__ import annotations

import queue
import random
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.soak.visitor import Gone, Visitor
from yupana.domain.submissions.models import Submission
from yupana.domain.submissions.rules import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.soak.place import Server
    from tests.soak.state import Planner
    from tests.soak.visitor import Answer

RETURNED_OF_TEN = 3
MOST_TRIES = 40
CANARY = "canario-que-nadie-debe-ver"


@dataclass
class Notes:
    """What the server acknowledged, by whoever noted it; a list only grows, so threads may share it."""

    started: list[int] = field(default_factory=list)
    rows: list[tuple[int, str]] = field(default_factory=list)
    submitted: list[int] = field(default_factory=list)
    decided: list[tuple[int, str, str]] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    wrong: list[Answer] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    @property
    def acknowledged(self) -> int:
        """How many writes the server said were done."""
        return len(self.started) + len(self.rows) + len(self.submitted) + len(self.decided)


@dataclass
class Office:
    """What all share: the server, the notes, the plans that wait for a decision, and the ones that came back."""

    server: Server
    seed: int
    notes: Notes = field(default_factory=Notes)
    waiting: queue.Queue[tuple[int, Planner, int]] = field(default_factory=queue.Queue)
    returned: dict[str, queue.Queue[int]] = field(default_factory=dict)
    open: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    stop: threading.Event = field(default_factory=threading.Event)

    def done(self) -> bool:
        """Whether every obligation is settled, or somebody calls it a day."""
        return self.open == 0 or self.stop.is_set()

    def settle(self) -> None:
        """One obligation is."""
        with self.lock:
            self.open -= 1


class Person:
    """Who sits at the desk: asks again what was not answered, and notes what went wrong."""

    def __init__(self, office: Office, username: str, password: str) -> None:
        self.office, self.username = office, username
        self.visitor = Visitor(office.server, wrong=office.notes.wrong)
        self.random = random.Random(f"{office.seed} {username}")  # noqa: S311 - it chooses what to try
        self.again(lambda: self.visitor.sign_in(username, password))

    def again(self, do: Callable[[], object]) -> None:
        """Do it, and once more as often as nobody answered."""
        for _ in range(MOST_TRIES):
            try:
                do()
            except Gone:
                self.office.notes.unanswered.append(self.username)
            else:
                return
        raise RuntimeError(f"{self.username} got no answer {MOST_TRIES} times")


class PlannerAtDesk(Person):
    """Writes one plan after the other, and mends what was returned."""

    def __init__(self, office: Office, planner: Planner, password: str) -> None:
        super().__init__(office, planner.person.username, password)
        self.planner, self.written = planner, 0
        office.returned[self.username] = queue.Queue()

    def work(self) -> None:
        """Hand in everything once; then mend until nothing is open."""
        for owed in self.planner.owed:
            if self.office.done():
                return
            self.hand_in(owed)
        while not self.office.done():
            try:
                self.hand_in(self.office.returned[self.username].get(timeout=0.1))
            except queue.Empty:
                continue

    def hand_in(self, owed: int) -> None:
        """Begin, write a row, hand in; each until the server answers."""
        self.again(lambda: self.draft(owed))
        self.again(lambda: self.submit(owed))

    def draft(self, owed: int, text: str = "") -> None:
        """Begin a draft and write a row into it, which carries a word of its own."""
        notes = self.office.notes
        if self.visitor.post(f"/en/desk/plan/{owed}/empezar/").acknowledged:
            notes.started.append(owed)
        form = self.visitor.get(f"/en/desk/plan/{owed}/filas/nueva/")
        self.written += 1
        word = f"{text}fila-{self.username}-{owed}-{self.written}."
        fields = {"base": form.base, "medium": "project", "name": word, "target": "1"}
        if self.visitor.post(f"/en/desk/plan/{owed}/filas/nueva/", **fields).acknowledged:
            notes.rows.append((owed, word))

    def submit(self, owed: int) -> None:
        """Hand in; what was handed in without an answer is found by looking who waits."""
        answer = self.visitor.post(f"/en/desk/plan/{owed}/enviar/", sure="on")
        if answer.acknowledged:
            submission = int(answer.location.rstrip("/").rsplit("/", 1)[1])
            self.office.notes.submitted.append(submission)
            self.office.waiting.put((submission, self.planner, owed))
            return
        # Done before, without an answer: the server refuses it now, and the queue of the reviewers knows its number.
        self.office.waiting.put((0, self.planner, owed))


class Reviewer(Person):
    """Takes what waits and decides, now and then against it."""

    def work(self) -> None:
        """Decide until nothing is open."""
        while not self.office.done():
            try:
                submission, planner, owed = self.office.waiting.get(timeout=0.1)
            except queue.Empty:
                continue
            submission = submission or under_review(owed)
            if submission:
                self.decide(submission, planner, owed)
            else:
                self.office.returned[planner.person.username].put(owed)

    def decide(self, submission: int, planner: Planner, owed: int) -> None:
        """Return three of ten with a reason, accept the others."""
        back = self.random.randrange(10) < RETURNED_OF_TEN
        reason = f"{CANARY} {self.username} {submission}." if back else ""
        decision = "return" if back else "accept"

        def send() -> None:
            path = f"/en/desk/revision/{submission}/"
            if self.visitor.post(path, decision=decision, reason=reason).acknowledged:
                self.office.notes.decided.append((submission, decision, reason))

        self.again(send)
        if back:
            self.office.returned[planner.person.username].put(owed)
        else:
            self.office.settle()


def under_review(owed: int) -> int:
    """Number of the version of an obligation that waits for a decision; 0 where none does."""
    waiting = Submission.objects.filter(obligation=owed, state=State.SUBMITTED)
    return waiting.values_list("pk", flat=True).first() or 0
