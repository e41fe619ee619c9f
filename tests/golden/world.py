"""The golden workbook as one world: a body a case, plans and reports brought in by the hundred, acts by the actions."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from tests.cast import make_call, make_edition, make_entities
from tests.golden.sheet import ASKED, PLAN, Case, cents, pairs, quantities, quantity, said
from yupana.domain.commitments.actions import transfer_plan
from yupana.domain.commitments.models import Activity, Also, BudgetLine, Programmed
from yupana.domain.entities.actions import record_succession
from yupana.domain.entities.models import Entity
from yupana.domain.instruments.facts import ItemRole, ItemRow
from yupana.domain.instruments.models import Item
from yupana.domain.obligations.actions import extend, waive
from yupana.domain.progress.actions import open_reports
from yupana.domain.progress.models import Progress, Verdict
from yupana.domain.submissions.models import Step, Submission
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.kernel.period import parse_period
from yupana.foundation.ledger.actions import record_many, seal
from yupana.projections.figures.actions import follow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from yupana.domain.entities.models import GovernmentLevel
    from yupana.domain.obligations.models import Call, Obligation

ITEMS = (
    ItemRow("golden.csv:2", ItemRole.AXIS, "1", "Un Estado que cuenta", None),
    *(ItemRow(f"golden.csv:{at + 2}", ItemRole.LINE, f"{at}", "Contar", (ItemRole.AXIS, "1")) for at in (1, 2, 3)),
)
DUE_IN = 20
LATE = timedelta(days=DUE_IN + 10)
ACT = {"reason": "Consta", "act": "RA 1/2018"}
ASKS = {"asks_target": True, "asks_responsible": True, "asks_budget": True}


@dataclass
class World:
    """Bodies by case, the call for plans, the calls for reports by period."""

    cases: Sequence[Case]
    call: Call
    items: Mapping[str, int]
    reports: dict[str, Call] = field(default_factory=dict)
    versions: Counter[int] = field(default_factory=Counter)
    owing: dict[int, dict[str, list[Obligation]]] = field(default_factory=dict)

    def owed(self, call: Call, body: str, *, silent: int = 0) -> list[Obligation]:
        """What the bodies of a case owe under a call, but for the last ``silent`` of them."""
        if call.pk not in self.owing:
            held = self.owing[call.pk] = defaultdict(list)
            for each in call.obligations.select_related("debtor").order_by("pk"):
                held[each.territory].append(each)
        found = self.owing[call.pk][place(self.cases, body)]
        return found[: len(found) - silent]

    @cached_property
    def rows(self) -> dict[str, list[Case]]:
        """Rows by body: those that are written by the body itself."""
        found: dict[str, list[Case]] = defaultdict(list)
        for case in self.cases:
            if "again" not in case.acts.split():
                found[case.body].append(case)
        return found

    # --- what is handed in -----------------------------------------------------------------------------------------
    def bring(self, owed: Sequence[Obligation], met_on: date) -> list[Submission]:
        """Begin a version of each; it is handed in by `settle`."""
        self.versions.update(each.pk for each in owed)
        return Submission.objects.bulk_create(
            Submission(obligation=each, version=self.versions[each.pk], channel="desk", received_on=met_on, **ASKS)
            for each in owed
        )

    def settle(self, held: Sequence[Submission], after: str, met_on: date) -> None:
        """Hand versions in, and decide about them."""
        facts = [Fact("submission.submitted", {"obligation": each.obligation_id}, met_on, None) for each in held]
        for each, entry in zip(held, record_many(facts), strict=True):
            each.entry, each.state = entry, after
        Submission.objects.bulk_update(held, ["entry", "state"], batch_size=200)
        if after != "submitted":
            facts = [Fact(f"submission.{after}", {"obligation": each.obligation_id}, met_on, None) for each in held]
            Step.objects.bulk_create(
                Step(submission=each, before="submitted", after=after, on=met_on, entry=entry, reason="Consta",
                     met_on=met_on if after == "accepted" else None)
                for each, entry in zip(held, record_many(facts), strict=True)
            )  # fmt: skip

    def plan(self, told: Mapping[str, Sequence[Case]], on: date, *, amended: bool) -> None:
        """Bring the plans of bodies in, and accept them."""
        owed = [(each, rows) for body, rows in told.items() for each in self.owed(self.call, body)]
        held = self.bring([each for each, _ in owed], on)
        pairs_of = [(version, case) for version, (_, rows) in zip(held, owed, strict=True) for case in rows]
        made = Activity.objects.bulk_create(self.activity(version, case) for version, case in pairs_of)
        both = [(activity, case) for activity, (_, case) in zip(made, pairs_of, strict=True)]
        Programmed.objects.bulk_create(
            Programmed(activity=activity, period=period, value=value)
            for activity, case in both
            for period, value in quantities(programme(case, amended=amended)).items()
        )
        Also.objects.bulk_create(
            Also(activity=activity, item_id=self.items[code], share_bp=int(part) if part else None)
            for activity, case in both
            for code, _, part in (each.partition(":") for each in case.also.split())
        )
        BudgetLine.objects.bulk_create(
            BudgetLine(activity=activity, order=at, year=int(year), programmed_cents=cents(text))
            for activity, case in both
            for at, (year, text) in enumerate(pairs(case.budget) if "=" in case.budget else ())
        )
        self.settle(held, "accepted", on)

    def activity(self, version: Submission, case: Case) -> Activity:
        """Write one row of a plan."""
        budget = (
            sum(cents(text) or 0 for _, text in pairs(case.budget)) if "=" in case.budget else cents(case.budget or "-")
        )
        return Activity(
            submission=version, row=int(case.row), item_id=self.items["1"], name=case.case, indicator="Granos",
            target=case.target or "1", unit=case.unit, accumulation=case.accumulation, direction=case.direction,
            baseline=case.baseline, budget_cents=budget,
        )  # fmt: skip

    def report(self, period: str) -> None:
        """Call for a period, and bring in what is said of it, version by version."""
        last = parse_period(period).last
        call = open_reports(actor=OPERATOR, call=self.call, period=period, on=last + timedelta(days=1), due_in=DUE_IN)
        self.reports[period] = call
        for at in range(2):
            for late in (False, True):
                told = {
                    body: rows for body, rows in self.rows.items()
                    if any(len(values(case, "reported", period)) > at for case in rows)
                    and late == any(period in case.acted("late") for case in rows)
                }  # fmt: skip
                self.say(told, period, at, last + (LATE if late else timedelta(days=5)))
        for case in self.cases:
            for after in ("returned", "misfiled", "submitted"):
                for name, text in pairs(" ".join(case.acted(after))):
                    if name == period:
                        held = self.bring(self.owed(call, case.body), last)
                        Progress.objects.bulk_create(progress(each, case, text, None) for each in held)
                        self.settle(held, after, last)

    def say(self, told: Mapping[str, Sequence[Case]], period: str, at: int, met_on: date) -> None:
        """Bring in the reports of one period, and accept them."""
        owed = [
            (each, rows) for body, rows in told.items()
            for each in self.owed(self.reports[period], body, silent=int(rows[0].silent))
        ]  # fmt: skip
        held = self.bring([each for each, _ in owed], met_on)
        Progress.objects.bulk_create(
            progress(version, case, values(case, "reported", period)[at], dict(pairs(case.money)).get(period))
            for version, (_, rows) in zip(held, owed, strict=True)
            for case in rows
            if len(values(case, "reported", period)) > at
        )
        self.settle(held, "accepted", met_on)

    # --- what is done about it -------------------------------------------------------------------------------------
    def merge(self) -> None:
        """Let one body go on with what another one promised."""
        for case in self.cases:
            for heir in case.acted("passes-to"):
                (old,), (new,) = self.owed(self.call, case.body), self.owed(self.call, heir)
                told = {"actor": OPERATOR, "on": date(2018, 4, 20)}
                record_succession(predecessors=[old.debtor], successor=new.debtor, act=ACT["act"], **told)  # type: ignore[arg-type] # a day and an actor
                transfer_plan(obligation=old, to=new, rows={}, **ACT, **told)  # type: ignore[arg-type] # the same

    def amend(self) -> None:
        """Accept other plans in August."""
        told = {body: rows for body, rows in self.rows.items() if any(case.amended for case in rows)}
        self.plan({body: [case for case in rows if case.amended != "none"] for body, rows in told.items()},
                  date(2018, 8, 20), amended=True)  # fmt: skip

    def check(self) -> None:
        """Find what was found, the later verdict in place of the earlier one."""
        for case in self.cases:
            before: dict[str, Verdict] = {}
            for period, text in pairs(case.checked):
                accepted = Submission.objects.filter(obligation__in=self.owed(self.reports[period], case.body))
                (entry,) = record_many([Fact("report.verified", {}, date(2018, 9, 1), None)])
                before[period] = Verdict.objects.create(
                    submission=accepted.get(state="accepted"), row=int(case.row), value=quantity(text), basis="Visto",
                    on=date(2018, 9, 1), supersedes=before.get(period), entry=entry,
                )  # fmt: skip

    def move(self) -> None:
        """Waive and extend."""
        for case in self.cases:
            for what in ("waived", "extended"):
                for period in case.acted(what):
                    (owed,) = self.owed(self.reports[period], case.body)
                    last = parse_period(period).last
                    if what == "waived":
                        waive(actor=OPERATOR, obligation=owed, on=last + LATE, **ACT)
                    else:
                        extend(actor=OPERATOR, obligation=owed, due_on=last + 2 * LATE, on=last + LATE, **ACT)


def build(cases: Sequence[Case]) -> tuple[World, World]:
    """Let all of it happen, in the order of the years: to those who are alone in their case, and to those who are many.

    The many are asked for one period only.
    """
    bodies = make_entities()
    make_edition(rows=ITEMS)
    alone, many = ([case for case in cases if (case.bodies != "1") is crowd] for crowd in (False, True))
    return world(alone, bodies.a.level, ASKED), world(many, bodies.c.level, ASKED[:1])


def world(cases: Sequence[Case], level: GovernmentLevel | None, asked: Sequence[str]) -> World:
    """Let happen what is told of some cases, at one level; figures follow on the way."""
    Entity.objects.bulk_create(
        Entity(source="golden", source_id=f"{case.case}-{each}", code=f"{case.case}-{each}", name=case.case,
               level=level, bindable=True, territory=place(cases, case.case), search_key="x", sort_key="x")
        for case in cases if case.case == case.body for each in range(int(case.bodies))
    )  # fmt: skip
    items = dict(Item.objects.filter(role=ItemRole.LINE).values_list("code", "pk"))
    made = World(cases, make_call(audience=f"level:{level}", period=PLAN), items)
    first = {
        body: [case for case in rows if "moved" not in case.acts.split() and (case.programmed or not case.amended)]
        for body, rows in made.rows.items()
    }
    made.plan(first, date(2018, 3, 1), amended=False)
    for period in asked:
        made.report(period)
        if period == "2018-Q1":
            seal()
            follow()
            made.merge()
        if period == "2018-Q2":
            made.amend()
    made.check()
    made.move()
    return made


def place(cases: Sequence[Case], body: str) -> str:
    """Name the territory where a body is alone with its likes."""
    return f"G{next(at for at, case in enumerate(cases) if case.case == body)}"


def programme(case: Case, *, amended: bool) -> str:
    """What is programmed in the first plan, or in the amended one."""
    return case.amended if amended and case.amended not in ("", "same") else case.programmed


def values(case: Case, column: str, period: str) -> list[str]:
    """What a case says of a period, version by version; of a row that passed on only what its new body says."""
    if "moved" in case.acts.split() and period == ASKED[0]:
        return []
    return [text for name, text in pairs(getattr(case, column)) if name == period]


def progress(version: Submission, case: Case, text: str, money: str | None) -> Progress:
    """Write one row of a report."""
    told = said(text)
    accrued, current = (cents(each) for each in money.split("/")) if money else (None, None)
    return Progress(
        submission=version, row=int(case.row), value=told.value, numerator=told.numerator,
        denominator=told.denominator, gap=told.gap, accrued_cents=accrued, current_cents=current,
    )  # fmt: skip
