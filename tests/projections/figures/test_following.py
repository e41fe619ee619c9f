"""Whatever happens, in whatever order, and whenever somebody ticks: the cells are what a count from zero gives.

The count itself is held against an oracle: the measures as a person would explain them, over plain Python values.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from tests.projections.figures.stage import BARE, BUDGET, DUE, LATER, RESPONSIBLE, TARGET, Stage
from yupana.domain.obligations.models import Call
from yupana.domain.progress.models import Verdict
from yupana.domain.submissions.models import Submission
from yupana.foundation.kernel.quantity import SCALE
from yupana.foundation.kernel.share import Share
from yupana.foundation.ledger import queries as ledger
from yupana.foundation.ledger.actions import seal
from yupana.projections.figures import public, rules
from yupana.projections.figures.actions import check, follow, rebuild
from yupana.projections.figures.queries import contributions, standing
from yupana.projections.figures.rules import Key

EARLY, LATE = date(2024, 6, 1), date(2024, 8, 1)
DAYS = (EARLY, DUE, LATE, LATER)
MEASURES = (rules.COVERAGE, rules.TIMELINESS, *rules.LADDER)
RUNGS = (BARE, TARGET, RESPONSIBLE, BUDGET)
QUARTERS = ("2024-Q1", "2024-Q2")
SAID: tuple[dict[str, Any], ...] = (
    {"gap": "data"},
    {"value": 20 * SCALE, "current_cents": 1_000, "accrued_cents": 1_200},
    {"value": 30 * SCALE, "current_cents": 1_000},
    {"value": 90 * SCALE},
)  # what a row of a report says, instead of a rung

lines = st.none() | st.integers(0, 2)
rows = st.lists(st.tuples(lines, st.integers(1, 4)), max_size=3)
days = st.none() | st.sampled_from(DAYS)
choice = st.integers(0, 100)


@dataclass
class Version:
    """One version as people remember it."""

    held: Submission
    rows: list[tuple[int | None, int]]
    asked: int
    came_on: date | None = None
    met_on: date | None = None
    mend_by: date | None = None


@dataclass
class Owed:
    """What one body owes under one call, and how it went."""

    call: Call
    body: int
    due_on: date | None
    lines: int
    asked: int
    waived: bool = False
    review: Version | None = None
    accepted: list[Version] = field(default_factory=list)
    verdicts: dict[tuple[int, int], Verdict] = field(default_factory=dict)
    decided: list[Version] = field(default_factory=list)

    def told(self) -> Iterator[tuple[str, int | None, Share]]:
        """Each measure of it, as one would explain it."""
        if self.waived:
            return
        yield rules.COVERAGE, None, Share(1 if self.accepted else 0, 1)
        timely = self.timeliness()
        if timely:
            yield rules.TIMELINESS, None, timely
        last = self.accepted[-1] if self.accepted else None
        asked = last.asked if last else self.asked
        for line in range(self.lines):
            best = max([rung for at, rung in last.rows if at == line], default=0) if last else 0
            for rung, measure in enumerate(rules.LADDER, 1):
                yield measure, line, Share(int(best >= rung), 1) if rung <= asked else Share(0, 0, 1)

    def timeliness(self) -> Share | None:
        if self.due_on is None:
            return Share(0, 0, 1)
        days = [version.met_on for version in self.accepted]
        if any(day and day <= self.due_on for day in days):
            return Share(1, 1)
        if self.review:
            days.append(self.first_day(self.review))
            if days[-1] and days[-1] <= self.due_on:
                return None  # it hangs on the review
        return Share(0, 0, 1) if None in days else Share(0, 1)

    def first_day(self, version: Version) -> date | None:
        """Day that counts for a version that follows on those that were turned away before it."""
        day = version.came_on
        for older in reversed(self.decided):
            if day is None or older.mend_by is None or day > older.mend_by:
                break
            day = older.came_on
        return day


def asks(rung: int) -> dict[str, bool]:
    """What a form asks for that goes up to this rung."""
    return {"asks_target": rung >= 2, "asks_responsible": rung >= 3, "asks_budget": rung >= 4}


def few(examples: int) -> int:
    """Fewer of them on a server: all run in one transaction, and each leaves dead rows that the next one reads over."""
    return examples if connection.vendor == "sqlite" else examples // 4


class Interleaving(RuleBasedStateMachine):
    """Everything that moves a figure, at random, and ticks in between."""

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.stage = Stage()
        self.owed: list[Owed] = []
        self.calls = self.reports = 0
        self.remembered: dict[int, dict[Key, Share]] = {}
        self.followed: dict[int, dict[Key, Share]] = {}

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.savepoint)

    @initialize()
    def begin(self) -> None:
        self.open_call(days=DUE, lines=2, asked=4, debtors=3)
        self.submit(0, [(0, 2), (1, 3), (0, 4)], 4)
        self.accept(0, DUE)
        self.open_reports(DUE)

    @precondition(lambda self: self.calls < 3)
    @rule(days=days, lines=st.integers(1, 3), asked=st.integers(1, 4), debtors=st.integers(1, 3))
    def open_call(self, days: date | None, lines: int, asked: int, debtors: int) -> None:
        self.calls += 1
        call = self.stage.call(f"C-{self.calls}", due_on=days, lines=lines, debtors=debtors, asks=asks(asked))
        self.owed += [Owed(call, body, days, lines, asked) for body in range(debtors)]

    @precondition(lambda self: self.reports < len(QUARTERS))
    @rule(days=days)
    def open_reports(self, days: date | None) -> None:
        """Ask the first two bodies how far the plans of the first call are, quarter by quarter."""
        plan = self.owed[0]
        call = self.stage.call(
            f"R-{self.reports}", due_on=days, lines=2, debtors=2, period=QUARTERS[self.reports], follows=plan.call
        )
        self.owed += [Owed(call, body, days, lines=0, asked=4) for body in range(2)]
        self.reports += 1

    @rule(which=choice, rows=rows)
    def report(self, which: int, rows: list[tuple[int | None, int]]) -> None:
        """Hand in and accept at once: a report, where any was asked for."""
        asked = [each for each in self.owed if each.call.expects == "progress" and each.review is None]
        if asked:
            at = self.owed.index(asked[which % len(asked)])
            self.submit(at, rows, 4)
            self.accept(at, DUE)

    @rule(which=choice, row=st.integers(1, 3), value=st.integers(0, 120))
    def verify(self, which: int, row: int, value: int) -> None:
        owed = self.some(which)
        if owed.call.expects == "progress" and owed.accepted:
            held = owed.accepted[-1].held
            before = owed.verdicts.get((held.pk, row))
            verdict = self.stage.verify(held, row, value * SCALE, instead_of=before)
            owed.verdicts[held.pk, row] = verdict

    def some(self, which: int) -> Owed:
        return self.owed[which % len(self.owed)]

    @rule(which=choice, rows=rows, asked=st.integers(1, 4), on=days)
    def submit(self, which: int, rows: list[tuple[int | None, int]], asked: int, on: date | None = DUE) -> None:
        owed = self.some(which)
        if owed.review is None:
            said = SAID if owed.call.expects == "progress" else RUNGS
            told: list[tuple[int | None, dict[str, Any]]] = [(line, said[rung - 1]) for line, rung in rows]
            held = self.stage.submit(owed.call, owed.body, *told, on=on, asks=asks(asked))
            owed.review = Version(held, rows.copy(), asked, on)

    @rule(which=choice, met_on=days)
    def accept(self, which: int, met_on: date | None) -> None:
        owed = self.some(which)
        if owed.review:
            self.stage.accept(owed.review.held, met_on)
            owed.review.met_on = met_on
            owed.accepted.append(owed.review)
            self.decided(owed)

    @rule(which=choice, misfiled=st.booleans(), mend_by=days)
    def turn_away(self, which: int, misfiled: bool, mend_by: date | None) -> None:
        owed = self.some(which)
        if owed.review and misfiled:
            self.stage.misfile(owed.review.held)
        elif owed.review:
            self.stage.turn_back(owed.review.held, mend_by)
            owed.review.mend_by = mend_by
        self.decided(owed)

    @rule(which=choice, rows=rows, first=days, mend_by=days, then=days)
    def mend(
        self,
        which: int,
        rows: list[tuple[int | None, int]],
        first: date | None,
        mend_by: date | None,
        then: date | None,
    ) -> None:
        """Hand in, get it back, and hand in again: the first day counts where that was soon enough."""
        self.submit(which, rows, 4, first)
        self.turn_away(which, False, mend_by)
        self.submit(which, rows, 4, then)

    def decided(self, owed: Owed) -> None:
        if owed.review:
            owed.decided.append(owed.review)
        owed.review = None

    @rule(which=choice, version=choice, row=choice, line=lines)
    def reclassify(self, which: int, version: int, row: int, line: int | None) -> None:
        owed = self.some(which)
        versions = [each for each in (*owed.decided, owed.review) if each and each.rows]
        if versions and owed.call.expects == "plan":
            chosen = versions[version % len(versions)]
            at = row % len(chosen.rows)
            self.stage.reclassify(chosen.held, at + 1, line)
            chosen.rows[at] = (line, chosen.rows[at][1])

    @rule(which=choice, due_on=st.sampled_from(DAYS))
    def extend(self, which: int, due_on: date) -> None:
        owed = self.some(which)
        self.stage.extend(owed.call, owed.body, due_on)
        owed.due_on = due_on

    @rule(which=choice)
    def waive(self, which: int) -> None:
        owed = self.some(which)
        if not owed.waived:
            self.stage.waive(owed.call, owed.body)
            owed.waived = True

    @rule()
    def only_seal(self) -> None:
        """A tick that was stopped between sealing and following."""
        seal()
        self.remembered[ledger.head().size] = self.oracle()

    @rule()
    def tick(self) -> None:
        self.only_seal()
        follow()
        assert obliged(standing()) == self.oracle()
        assert check() == ()
        self.followed[ledger.head().size] = standing()

    @rule()
    def read(self) -> None:
        """Read the cells at several days: what has no deadline is always in."""
        self.tick()
        for day in (date(2024, 1, 1), *DAYS):
            read = {measure: self.shares(measure, day) for measure in MEASURES}
            assert read == {measure: self.oracle_at(measure, day) for measure in MEASURES}

    @rule(at=choice)
    def count_anew(self, at: int) -> None:
        """Rebuild gives the same cells, and so does counting as of a position that was the head at some time."""
        self.tick()
        before = standing()
        rebuild()
        assert standing() == before
        position = list(self.remembered)[at % len(self.remembered)]
        counted = contributions(position, None)
        assert obliged(counted) == self.remembered[position]
        assert counted == self.followed.get(position, counted)

    def shares(self, measure: str, day: date) -> Share:
        calls = [owed.call.pk for owed in self.owed]
        by = ("level", "call")
        return sum(public.shares(measure=measure, calls=calls, as_of=day, by=by).values(), Share())

    def oracle(self) -> dict[Key, Share]:
        cells: dict[Key, Share] = {}
        for owed in self.owed:
            body, due_on = self.stage.bodies[owed.body], owed.due_on or rules.UNDATED
            for measure, line, share in owed.told():
                item = None if line is None else self.stage.items[line].pk
                key = Key(measure, owed.call.pk, item, body.level_id or "", body.territory, owed.call.period, due_on)
                cells[key] = cells.get(key, Share()) + share
        return cells

    def oracle_at(self, measure: str, day: date) -> Share:
        cells = self.oracle().items()
        return sum((share for key, share in cells if key.measure == measure and key.due_on <= day), Share())


def obliged(cells: dict[Key, Share]) -> dict[Key, Share]:
    """Leave out how far activities are: that is held against what was worked out by hand (tests/golden)."""
    return {key: share for key, share in cells.items() if key.measure in MEASURES}


@pytest.mark.django_db
def test_follow_equals_rebuild_equals_the_oracle_at_every_position() -> None:
    run_state_machine_as_test(Interleaving, settings=settings(stateful_step_count=20, max_examples=few(30)))


@pytest.mark.django_db
def test_contributions_of_parts_add_up_to_the_whole() -> None:
    stage = Stage()
    call = stage.call()
    stage.accepted(call, 0, (0, BUDGET))
    stage.extend(call, 1, LATER)
    seal()
    ids = [stage.owed(call, body).pk for body in range(3)]
    parts = [contributions(None, [each]) for each in reversed(ids)]
    assert rules.added(parts) == contributions(None, None) == contributions(None, ids)


@pytest.mark.django_db
def test_scores_do_not_move_when_somebody_unrelated_reports() -> None:
    stage = Stage()
    one, other = stage.call(), stage.call("C-2")
    reports = stage.call("R-1", period=QUARTERS[0], follows=one)
    for body in (0, 1):
        stage.accepted(one, body, (0, BUDGET), (1, TARGET))
    stage.accepted(reports, 0, (None, SAID[1]), (None, SAID[2]))
    seal()
    follow()

    def unrelated() -> dict[Key, Share]:
        moving = {(other.pk, "SC"), (reports.pk, "SC")}
        return {key: share for key, share in standing().items() if (key.call, key.territory) not in moving}

    before = unrelated()
    stage.accepted(other, 1, (0, BUDGET), (1, BARE))
    stage.verify(stage.accepted(reports, 1, (None, SAID[3])), 1, 5 * SCALE, instead_of=None)
    seal()
    follow()
    assert (unrelated() == before, {rules.ADVANCE, rules.EXECUTION} <= {key.measure for key in before}) == (True, True)


@pytest.mark.django_db
def test_no_cell_is_kept_that_counts_nothing() -> None:
    stage = Stage()
    call = stage.call(debtors=1)
    seal()
    follow()
    stage.extend(call, 0, LATER)
    seal()
    follow()
    assert Counter(key.due_on for key in standing()) == {LATER: 2 + 4 * 2}
