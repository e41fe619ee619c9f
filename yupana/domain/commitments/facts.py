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
class PlanRow:
    """One activity. ``item`` is "role:code" (or "INSTRUMENT/EDITION#role:code"), empty where it answers none.

    ``budget_cents`` is Bs cents; ``starts`` and ``ends`` are text as written. ``source`` is the original row of an
    import and ``where`` its place there; ``reviewed_item`` is what a reviewer had put ("" for none), for a reason.
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


def carried_content(item: str, fate: str) -> dict[str, str]:
    """Say of a row that was carried over which item it answered before, and what became of that item."""
    return {"item": item, "fate": fate}


def reclassification_content(subject: Subject, row: int, item: str, reason: str) -> dict[str, Plain]:
    """Content behind a reclassification; ``item`` empty: the row answers none."""
    return {**subject.named(), "row": row, "item": item, "reason": reason}


def year_one_content(call: str, entity: str, year: int) -> dict[str, Plain]:
    """Content behind the confirmation of a plan's first year."""
    return {"call": call, "entity": entity, "year": year}
