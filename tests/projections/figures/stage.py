"""A stage for the figures: rows made directly, each with its entry, as the domain's actions leave them.

Two lines and a third that stays outside of most scopes; obligations of three bodies at two levels.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from yupana.domain.commitments.models import Activity, Also, Reclassification
from yupana.domain.entities.models import Entity, GovernmentLevel
from yupana.domain.instruments.models import Edition, Instrument, Item
from yupana.domain.obligations.models import Call, Extension, Obligation, Scope, ScopeItem, Waiver
from yupana.domain.progress.models import Progress, Verdict
from yupana.domain.submissions.models import Step, Submission
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.kernel.share import Share
from yupana.foundation.ledger.actions import record, seal
from yupana.foundation.ledger.models import Entry
from yupana.projections.figures import public
from yupana.projections.figures.actions import follow

DAY = date(2024, 3, 1)
DUE = date(2024, 6, 30)
LATER = date(2024, 9, 30)
EVER = date(2030, 1, 1)
ASKED = {"asks_target": True, "asks_responsible": True, "asks_budget": True}

# One row of a plan: the line that it says it answers, and what it carries.
BARE: dict[str, Any] = {}
TARGET = {"indicator": "avance", "target": "100"}
RESPONSIBLE = {**TARGET, "responsible": "Unidad de Sistemas"}
BUDGET = {**RESPONSIBLE, "budget_cents": 0}


@dataclass
class Stage:
    """Bodies, lines and calls, and what happens to them."""

    items: list[Item] = field(default_factory=list)
    bodies: list[Entity] = field(default_factory=list)

    def __post_init__(self) -> None:
        levels = [
            GovernmentLevel.objects.get_or_create(code=code, defaults={"name_es": code, "name_en": code, "rank": rank})[
                0
            ]
            for rank, code in enumerate(("municipal", "central"))
        ]
        edition = Edition.objects.create(
            instrument=Instrument.objects.create(code="PGE", title="Plan", kind="plan"), code="1", title="Plan"
        )
        self.items = [
            Item.objects.create(edition=edition, role="line", binds=True, code=str(at), text="Línea", order=at)
            for at in range(3)
        ]
        self.bodies = [
            Entity.objects.create(
                source="t",
                source_id=str(at),
                code=f"E-{at}",
                name=f"Ente {at}",
                level=levels[at // 2],
                territory=("LP", "SC", "")[at],
                bindable=True,
                search_key="",
                sort_key="",
            )
            for at in range(3)
        ]

    def call(
        self,
        code: str = "C-1",
        *,
        due_on: date | None = DUE,
        lines: int = 2,
        debtors: int = 3,
        period: str = "2024",
        asks: Mapping[str, bool] = ASKED,
        follows: Call | None = None,
    ) -> Call:
        """Open a call for the first lines to the first bodies: for plans, or for reports on those of another call."""
        with transaction.atomic():
            call = Call.objects.create(
                code=code,
                title=code,
                audience="all",
                opens_on=DAY,
                due_on=due_on,
                historical=due_on is None,
                period=period,
                expects="progress" if follows else "plan",
                follows=follows,
                visibility="public",
                **{**ASKED, **asks},
            )
            scope = Scope.objects.create(call=call, digest=f"{lines}")
            ScopeItem.objects.bulk_create([ScopeItem(scope=scope, item=item) for item in self.items[:lines]])
            Obligation.objects.bulk_create(
                [
                    Obligation(
                        call=call,
                        debtor=body,
                        period=period,
                        scope=scope,
                        due_on=due_on,
                        level=body.level,
                        territory=body.territory,
                    )
                    for body in self.bodies[:debtors]
                ]
            )
            call.entry = record(Fact("call.opened", {"call": code}, DAY, None))
            call.state = "open"
            call.save()
        return call

    def submit(
        self,
        call: Call,
        body: int,
        *rows: tuple[int | None, dict[str, Any]],
        on: date | None = DAY,
        asks: Mapping[str, bool] = ASKED,
    ) -> Submission:
        """Hand in a version with these rows: (which line, or none; what it carries, ``also`` further lines).

        ``on`` None: on a day that is in doubt. A report has rows of the same numbers; what they carry is what they say.
        """
        owed = self.owed(call, body)
        with transaction.atomic():
            version = Submission.objects.filter(obligation=owed).count() + 1
            heading: dict[str, Any] = {
                "version": version,
                "received_on": on or DAY,
                "date_doubt": "" if on else "swap-suspected",
            }
            held = Submission.objects.create(obligation=owed, channel="desk", **heading, **{**ASKED, **asks})
            for at, (line, told) in enumerate(rows, 1):
                said = dict(told)
                if call.expects == "progress":
                    Progress.objects.create(submission=held, row=at, **said)
                    continue
                also = said.pop("also", ())
                item = None if line is None else self.items[line]
                row = Activity.objects.create(submission=held, row=at, item=item, name="x", accumulation="sum", **said)
                Also.objects.bulk_create([Also(activity=row, item=self.items[each]) for each in also])
            entry = self.said("submission.submitted", owed, submission=held.pk)
            Submission.objects.filter(pk=held.pk).update(state="submitted", entry=entry)
            return held

    def accept(self, held: Submission, met_on: date | None = DAY) -> None:
        self._step(held, "accepted", met_on=met_on)

    def turn_back(self, held: Submission, remedy_until: date | None = None) -> None:
        self._step(held, "returned", reason="falta", remedy_until=remedy_until)

    def misfile(self, held: Submission) -> None:
        self._step(held, "misfiled", reason="no corresponde")

    def accepted(
        self,
        call: Call,
        body: int,
        *rows: tuple[int | None, dict[str, Any]],
        met_on: date | None = DAY,
        asks: Mapping[str, bool] = ASKED,
    ) -> Submission:
        """Hand in and accept."""
        held = self.submit(call, body, *rows, asks=asks)
        self.accept(held, met_on)
        return held

    def extend(self, call: Call, body: int, due_on: date) -> None:
        owed = self.owed(call, body)
        with transaction.atomic():
            Extension.objects.create(
                obligation=owed, due_on=due_on, reason="r", act="a", entry=self.said("due.extended", owed)
            )

    def waive(self, call: Call, body: int) -> None:
        owed = self.owed(call, body)
        with transaction.atomic():
            Waiver.objects.create(obligation=owed, reason="r", act="a", entry=self.said("obligation.waived", owed))

    def reclassify(self, held: Submission, row: int, line: int | None) -> None:
        with transaction.atomic():
            Reclassification.objects.create(
                activity=held.activities.get(row=row),
                item=None if line is None else self.items[line],
                reason="r",
                entry=self.said("row.reclassified", held.obligation, row=row),
            )

    def verify(self, held: Submission, row: int, value: int, *, instead_of: Verdict | None) -> Verdict:
        """Find a value of a row of a report."""
        with transaction.atomic():
            return Verdict.objects.create(
                submission=held, row=row, value=value, basis="Visto", on=DAY, supersedes=instead_of,
                entry=self.said("report.verified", held.obligation, row=row),
            )  # fmt: skip

    def owed(self, call: Call, body: int) -> Obligation:
        return call.obligations.get(debtor=self.bodies[body])

    def owed_call(self, code: str) -> Call:
        return Call.objects.get(code=code)

    def said(self, verb: str, owed: Obligation, **codes: int) -> Entry:
        return record(Fact(verb, {"obligation": owed.pk, **codes}, DAY, None))

    def _step(self, held: Submission, after: str, **told: str | date | None) -> None:
        with transaction.atomic():
            entry = self.said(f"submission.{after}", held.obligation, submission=held.pk)
            Step.objects.create(submission=held, before="submitted", after=after, on=DAY, entry=entry, **told)
            Submission.objects.filter(pk=held.pk).update(state=after)


def share(
    measure: str, call: Call, *, as_of: date = EVER, items: Sequence[int] | None = None, level: str = ""
) -> tuple[int, int, int]:
    """Tick, and read done, due and unknown of one measure."""
    seal()
    follow()
    read = public.shares(measure=measure, calls=[call.pk], as_of=as_of, items=items, level=level).get((), Share())
    return read.done, read.due, read.unknown
