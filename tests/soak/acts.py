"""The acts that are ended half way: each prepared anew, with what tells that it is done and how to do it again."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from tests.cast import HEADER, ROWS, actor_of, make_call
from tests.soak.state import prepare
from yupana.domain.commitments.actions import (
    accept_plan,
    confirm_year_one,
    erase_plan,
    reclassify,
    return_plan,
    save_plan,
    start_plan,
    submit_plan,
)
from yupana.domain.commitments.models import YearOne
from yupana.domain.obligations.actions import close_call, extend, waive
from yupana.domain.obligations.models import Call, Extension, Obligation, Waiver
from yupana.domain.obligations.rules import CallState
from yupana.domain.submissions.models import Submission
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.ledger.actions import seal
from yupana.foundation.ledger.models import Erasure
from yupana.foundation.ledger.queries import head, unsealed_count
from yupana.projections import followers
from yupana.projections.figures import queries as figures
from yupana.projections.figures.actions import check, follow

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from yupana.foundation.kernel.actor import Actor

ENTITIES, CALLS = 24, 12


@dataclass(frozen=True)
class Act:
    """Something that somebody does once. Doing it again is refused where it was done, and does it where it was not."""

    do: Callable[[], object]
    done: Callable[[], bool]
    commits: int = 1

    def again(self) -> None:
        """Try once more, as whoever got no answer does."""
        with suppress(Refused):  # then it was done; `done` tells
            self.do()


def acts() -> dict[str, Callable[[], Act]]:
    """All of them, by name, on a State that has enough for each boundary of each."""
    stage = prepare(planners=1, entities=ENTITIES, calls=CALLS)
    today = timezone.localdate()
    planner, reviewer = actor_of(stage.planners[0].person, today), actor_of(stage.reviewers[0], today)
    return Acts(list(stage.planners[0].owed), planner, reviewer, today).named()


@dataclass
class Acts:
    """Who acts, on what is still untouched."""

    owed: list[int]
    planner: Actor
    reviewer: Actor
    today: date
    year: int = 2100

    def named(self) -> dict[str, Callable[[], Act]]:
        """Return what prepares each act."""
        decisions: dict[str, Callable[[], Act]] = {
            "submit": self.submit,
            "accept": self.accept,
            "return": self.give_back,
            "reclassify": self.reclassify,
            "year one": self.year_one,
            "erase": self.erase,
        }
        planning = {"open call": self.open_call, "extend": self.extend, "waive": self.waive, "close": self.close}
        return decisions | planning | {"seal": self.seal, "follow": self.follow, "tick": self.tick}

    def submit(self) -> Act:
        draft = self._draft()
        return Act(lambda: self._submit(draft), lambda: _state(draft) == State.SUBMITTED)

    def accept(self) -> Act:
        handed = self._handed_in()
        do = lambda: accept_plan(actor=self.reviewer, submission=handed, on=self.today)  # noqa: E731 - one of a row
        return Act(do, lambda: _state(handed) == State.ACCEPTED)

    def give_back(self) -> Act:
        handed = self._handed_in()

        def do() -> None:
            return_plan(actor=self.reviewer, submission=handed, reason="Falta.", remarks={1: "Esto."}, on=self.today)

        return Act(do, lambda: _state(handed) == State.RETURNED)

    def reclassify(self) -> Act:
        row = self._handed_in().activities.get()

        def do() -> None:
            reclassify(actor=self.reviewer, activity=row, item="line:2", reason="Habla de otros.", on=self.today)

        return Act(do, lambda: row.reclassifications.count() == 1)

    def year_one(self) -> Act:
        owed = self._next()
        do = lambda: confirm_year_one(actor=self.planner, obligation=owed, year=2026, on=self.today)  # noqa: E731 - the same
        return Act(do, lambda: YearOne.objects.filter(obligation=owed).count() == 1)

    def erase(self) -> Act:
        handed = self._handed_in()
        do = lambda: erase_plan(actor=OPERATOR, submission=handed, act="RM 1", on=self.today)  # noqa: E731 - the same
        return Act(do, lambda: Erasure.objects.filter(erased=_entry(handed)).count() == 1)

    def open_call(self) -> Act:
        self.year += 1
        code, year = f"FAULT-{self.year}", str(self.year)
        do = lambda: make_call(code=code, period=year, due_on=self.today)  # noqa: E731 - the same
        return Act(do, lambda: Obligation.objects.filter(call__code=code, call__state="open").exists())

    def extend(self) -> Act:
        owed, before, later = self._next(), Extension.objects.count(), self.today + timedelta(days=90)

        def do() -> None:
            if not owed.extensions.exists():  # may be done as often as one likes
                extend(actor=OPERATOR, obligation=owed, due_on=later, reason="Lluvia.", act="RM 2", on=self.today)

        return Act(do, lambda: Extension.objects.count() == before + 1)

    def waive(self) -> Act:
        owed = self._next()
        do = lambda: waive(actor=OPERATOR, obligation=owed, reason="Nuevo.", act="RM 3", on=self.today)  # noqa: E731 - the same
        return Act(do, lambda: Waiver.objects.filter(obligation=owed).count() == 1)

    def close(self) -> Act:
        self.year += 1
        call = make_call(code=f"CLOSE-{self.year}", period=str(self.year), due_on=self.today)
        do = lambda: close_call(actor=OPERATOR, call=call, on=self.today)  # noqa: E731 - the same
        return Act(do, lambda: Call.objects.get(pk=call.pk).state == CallState.CLOSED)

    def seal(self) -> Act:
        self._handed_in()
        return Act(seal, lambda: unsealed_count() == 0)

    def follow(self) -> Act:
        accept_plan(actor=self.reviewer, submission=self._handed_in(), on=self.today)
        seal()
        return Act(follow, _followed)

    def tick(self) -> Act:
        accept_plan(actor=self.reviewer, submission=self._handed_in(), on=self.today)
        return Act(followers.tick, lambda: unsealed_count() == 0 and _followed(), commits=2)

    def _next(self) -> Obligation:
        return Obligation.objects.select_related("call", "debtor").get(pk=self.owed.pop())

    def _draft(self) -> Submission:
        draft = start_plan(actor=self.planner, obligation=self._next(), on=self.today)
        return save_plan(actor=self.planner, submission=draft, header=HEADER, rows=ROWS, seen=draft.saved_at)

    def _submit(self, draft: Submission) -> Submission:
        return submit_plan(actor=self.planner, submission=draft, received_on=None, on=self.today)

    def _handed_in(self) -> Submission:
        return self._submit(self._draft())


def _state(submission: Submission) -> str:
    return Submission.objects.values_list("state", flat=True).get(pk=submission.pk)


def _entry(submission: Submission) -> int | None:
    return Submission.objects.values_list("entry", flat=True).get(pk=submission.pk)


def _followed() -> bool:
    """Whether the cells stand at the head, and are what a fresh count gives."""
    return figures.position() == head().size and check() == ()
