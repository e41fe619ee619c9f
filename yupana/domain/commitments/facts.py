"""A plan as it comes in, and the contents behind its entries."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from yupana.domain.submissions.facts import Subject
    from yupana.foundation.kernel.canonical import Plain
    from yupana.foundation.kernel.report import Note


@dataclass(frozen=True, slots=True)
class AlsoAnswers:
    """Another item that a row answers; ``share_bp`` in basis points of the activity, None where nobody said."""

    item: str
    share_bp: int | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """What is programmed for a period ("2026", "2026-Q1"), in ten-thousandths of the activity's unit."""

    period: str
    value: int


@dataclass(frozen=True, slots=True)
class Money:
    """A budget line of one year, amounts in Bs cents (None: not said), codes as the classifiers give them."""

    year: int
    programmed_cents: int | None = None
    category: str = ""
    source: str = ""
    body: str = ""
    object: str = ""
    current_cents: int | None = None
    accrued_cents: int | None = None

    @property
    def is_plain(self) -> bool:
        """Whether it says no more than what is programmed for its year."""
        return self == Money(self.year, self.programmed_cents)


def itemised(money: Sequence[Money]) -> tuple[Money, ...]:
    """Return the lines of a budget where they are to be read one by one; none where the sums of years say it all."""
    return () if all(line.is_plain for line in money) else tuple(money)


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One activity. ``item`` is "role:code" (or "INSTRUMENT/EDITION#role:code"), empty where it answers none.

    ``also`` are further items that it answers. ``person`` is a post, never a name. ``budget_cents`` is Bs cents, the
    sum of ``money`` where that says any. ``programmed`` holds the targets of years and the schedule of shorter periods.
    ``derives`` and ``waits`` are written by `row_ref`. ``starts`` and ``ends`` are text as written. ``source`` is the
    original row of an import and ``where`` its place there; ``reviewed_item`` is what a reviewer had put ("" for none),
    for a reason.
    """

    row: int
    item: str = ""
    medium: str = ""
    name: str = ""
    responsible: str = ""
    result: str = ""
    indicator: str = ""
    target: str = ""
    budget_cents: int | None = None
    starts: str = ""
    ends: str = ""
    notes: str = ""
    person: str = ""
    unit: str = ""
    accumulation: str = ""
    direction: str = ""
    baseline: str = ""
    verification: str = ""
    derives: str = ""
    waits: str = ""
    also: tuple[AlsoAnswers, ...] = ()
    programmed: tuple[Value, ...] = ()
    money: tuple[Money, ...] = ()
    source_ref: str = ""
    source: Mapping[str, str] | None = None
    reviewed_item: str = ""
    reviewed_because: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class PlanHeader:
    """What stands above the rows. ``cites`` are letters' numbers, one a line; ``channel`` empty leaves it as it is."""

    channel: str = ""
    received_on: date | None = None
    cites: str = ""
    resolution: str = ""
    document_url: str = ""
    notes: str = ""
    resolution_on: date | None = None
    reason: str = ""
    act: str = ""
    source_ref: str = ""
    source: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan told by a file: whose ("source:id", "#id" or a code), which version, and what the file says about it.

    ``misfiled`` is a transcriber's note that it is another kind of plan. ``flags`` are what its reader found doubtful.
    ``own_row`` False: no row of the file is the header. A plan without debtor holds rows that name no plan of the file.
    """

    where: str
    debtor: str
    header: PlanHeader
    rows: tuple[PlanRow, ...] = ()
    version: str = ""
    misfiled: str = ""
    asks_target: bool = True
    asks_responsible: bool = True
    asks_budget: bool = True
    flags: tuple[Note, ...] = ()
    own_row: bool = True

    @property
    def read(self) -> int:
        """How many rows of the source it is made of."""
        return len(self.rows) + self.own_row


HEADER = (
    "channel",
    "received_on",
    "date_doubt",
    "cites",
    "resolution",
    "resolution_state",
    "document_url",
    "notes",
    "asks_target",
    "asks_responsible",
    "asks_budget",
    "transcribed",
    "transcribed_by_id",
    "confirmed",
    "source_ref",
    "source",
)
ROW = (
    "row",
    "medium",
    "name",
    "responsible",
    "result",
    "indicator",
    "target",
    "budget_cents",
    "starts",
    "ends",
    "notes",
    "source_ref",
    "source",
)


MORE_HEADER = ("resolution_on", "approved", "reason", "act")
MORE_ROW = ("person", "unit", "accumulation", "direction", "baseline", "verification", "derives", "waits")
"""Columns that are sealed only where they say something, so that what was sealed before them reads as ever."""
MONEY = ("year", "programmed_cents", "category", "source", "body", "object", "current_cents", "accrued_cents")
"""Columns of one budget line."""


def row_ref(call: str, debtor: str, row: int) -> str:
    """Name an activity for as long as there is a record: ``debtor`` is "source:source_id"."""
    return f"{call}@{debtor}#{row}"


def plan_content(
    subject: Subject, header: Mapping[str, Plain], rows: Sequence[Mapping[str, Plain]]
) -> dict[str, Plain]:
    """Content behind handing a plan in: the fields of HEADER, and for each row those of ROW with its item's name."""
    return {**subject.named(), "header": dict(header), "rows": [dict(row) for row in rows]}


def source_content(plan: Plan) -> dict[str, Plain]:
    """All that a file says of a plan, wherever in the file it stands: its digest tells whether it changed."""
    told: dict[str, Plain] = asdict(plan)
    told["rows"] = [{name: value for name, value in asdict(row).items() if name != "where"} for row in plan.rows]
    return {name: value for name, value in told.items() if name not in ("where", "flags", "own_row")}


def transfer_content(told: Mapping[str, Plain], to: str, rows: Sequence[tuple[int, str, str, int]]) -> dict[str, Plain]:
    """Content behind a transfer: the act, to whom, and for each row the call, the body and the row that it is now."""
    return {
        **told,
        "to": to,
        "rows": [[row, row_ref(call, debtor, number)] for row, call, debtor, number in sorted(rows)],
    }


def partner_content(
    call: str, debtor: str, row: int, partner: str, text: str, *, on: date | None, name: str = ""
) -> dict[str, Plain]:
    """Content behind asking a partner, and behind its answer: which activity, by which name, whom, what and when."""
    told: dict[str, Plain] = {"activity": row_ref(call, debtor, row), "partner": partner, "text": text}
    more: dict[str, Plain] = {"name": name, "on": on.isoformat() if on else ""}
    return told | {field: value for field, value in more.items() if value}


def carried_content(item: str, fate: str) -> dict[str, str]:
    """Say of a row that was carried over which item it answered before, and what became of that item."""
    return {"item": item, "fate": fate}


def reclassification_content(subject: Subject, row: int, item: str, reason: str) -> dict[str, Plain]:
    """Content behind a reclassification; ``item`` empty: the row answers none."""
    return {**subject.named(), "row": row, "item": item, "reason": reason}


def likeness_content(first: str, second: str, verdict: str, note: str) -> dict[str, Plain]:
    """Content behind what was said of two activities that look alike, each named by `row_ref`."""
    return {"first": first, "second": second, "verdict": verdict, "note": note}


def year_one_content(call: str, entity: str, year: int) -> dict[str, Plain]:
    """Content behind the confirmation of a plan's first year."""
    return {"call": call, "entity": entity, "year": year}
