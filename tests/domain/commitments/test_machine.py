"""Any order of moves by anybody leaves a plan in a state that its steps explain."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.cast import HEADER, OPENS_ON
from tests.domain.commitments.plans import ROW, own_reviewer, set_stage
from yupana.domain.commitments import actions, queries
from yupana.domain.submissions.models import Step, Submission
from yupana.domain.submissions.queries import sealed_contents
from yupana.domain.submissions.rules import MOVES, State
from yupana.foundation.kernel.canonical import content_digest
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.ledger.models import Entry, Salt
from yupana.foundation.ledger.queries import Unreadable
from yupana.foundation.ledger.rules import read_leaf

if TYPE_CHECKING:
    from collections.abc import Callable

    from yupana.foundation.kernel.actor import Actor

# Those who may are asked more often, or hardly anything would happen.
NAMES = st.sampled_from([*["amaru", "inti"] * 4, "executive", "killa", "auditor", "sami", "own reviewer"])
DECIDERS: dict[str, tuple[Callable[..., object], dict[str, object]]] = {
    "return": (actions.return_plan, {"reason": "x", "remarks": {}}),
    "accept": (actions.accept_plan, {}),
    "misfile": (actions.misfile_plan, {"reason": "x"}),
}


class Life(RuleBasedStateMachine):
    """One obligation; every move is tried by everybody at any time, and is done or refused."""

    def __init__(self) -> None:
        super().__init__()
        self.today, self.done = OPENS_ON, 0

    @initialize()
    def set_stage(self) -> None:
        """Each example happens in a savepoint of its own, and leaves nothing behind."""
        self.savepoint = transaction.savepoint()
        self.stage = set_stage()
        self.before = Entry.objects.count()

    def actor(self, name: str) -> Actor:
        actor: Actor = own_reviewer(self.stage) if name == "own reviewer" else getattr(self.stage.cast, name)
        return actor

    def attempt(self, act: Callable[..., object], records: int, **terms: object) -> bool:
        """Whether the move was made; made or not, exactly its entries are recorded."""
        self.today += timedelta(days=1)
        try:
            act(**terms, on=self.today)
        except Refused:
            return False
        self.done += records
        return True

    def last(self) -> Submission | None:
        return Submission.objects.filter(obligation=self.stage.owed).order_by("-version").first()

    @rule(name=NAMES, rows=st.sampled_from([1, 1, 1, 0]))
    def write(self, name: str, rows: int) -> None:
        actor = self.actor(name)
        if not self.attempt(actions.start_plan, 0, actor=actor, obligation=self.stage.owed):
            return
        draft = self.last()
        told = [ROW] * rows
        actions.save_plan(actor=actor, submission=draft, header=HEADER, rows=told, seen=None)  # type: ignore[arg-type] # it is there

    @rule(name=NAMES)
    def submit(self, name: str) -> None:
        plan = self.last()
        if plan is not None:
            self.attempt(actions.submit_plan, 1, actor=self.actor(name), submission=plan, received_on=None)

    @rule(name=NAMES, how=st.sampled_from(sorted(DECIDERS)))
    def decide(self, name: str, how: str) -> None:
        plan = self.last()
        if plan is None:
            return
        decider, said = DECIDERS[how]
        made = self.attempt(decider, 1, actor=self.actor(name), submission=plan, **said)
        assert not made or name == "amaru"

    @invariant()
    def only_what_was_done_is_recorded(self) -> None:
        assert Entry.objects.count() == self.before + self.done

    @invariant()
    def every_state_is_explained_by_a_step(self) -> None:
        for plan in Submission.objects.prefetch_related("steps"):
            moves = [(step.before, step.after) for step in plan.steps.all()]
            waits = plan.state in {State.DRAFT, State.SUBMITTED}
            assert moves == ([] if waits else [(State.SUBMITTED, plan.state)])
            assert waits or State(plan.state) in MOVES[State.SUBMITTED]

    @invariant()
    def at_most_the_last_version_is_open(self) -> None:
        states = list(Submission.objects.order_by("version").values_list("state", flat=True))
        assert not {State.DRAFT, State.SUBMITTED} & set(states[:-1])

    @invariant()
    def the_day_that_counts_is_a_day_of_handing_in(self) -> None:
        days: set[date | None] = set(Submission.objects.values_list("received_on", flat=True))
        assert set(Step.objects.filter(after=State.ACCEPTED).values_list("met_on", flat=True)) <= days

    def teardown(self) -> None:
        if hasattr(self, "savepoint"):
            try:
                self.check_contents()
            finally:
                transaction.savepoint_rollback(self.savepoint)

    def check_contents(self) -> None:
        """Every content is what its entry vouches for."""
        salts = {entry: bytes(salt) for entry, salt in Salt.objects.values_list("entry_id", "salt")}
        told = [*sealed_contents(), *queries.sealed_contents()]
        leaves = {entry.pk: read_leaf(bytes(entry.leaf)) for entry in Entry.objects.all()}
        forged = [
            each
            for each in told
            for leaf, salt in [(leaves[each.entry], salts[each.entry])]
            if isinstance(each.value, Unreadable) or leaf.committed(salt, content_digest(salt, each.value)) != leaf
        ]
        assert forged == []
        assert len(told) == self.done


@pytest.mark.django_db
def test_any_order_of_moves_leaves_a_life_that_its_steps_explain() -> None:
    run_state_machine_as_test(Life, settings=settings(max_examples=20, stateful_step_count=25, deadline=None))
