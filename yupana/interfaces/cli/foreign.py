"""A workbook that was not given out here, read at the console for the plan of an entity."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from yupana.domain.commitments import mappings
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.period import period_or_none
from yupana.foundation.kernel.text import fold
from yupana.interfaces.interchange import foreign, workbooks
from yupana.interfaces.interchange.tables import read_text

if TYPE_CHECKING:
    from pathlib import Path

    from yupana.domain.obligations.models import Obligation
    from yupana.interfaces.interchange.foreign import Layout, Proposal
    from yupana.interfaces.interchange.workbooks import Brought


@dataclass(frozen=True, slots=True)
class Read:
    """What a form says, by which layout it was read, and which form it is."""

    brought: Brought
    layout: Layout
    proposal: Proposal


def read(file: Path, obligation: Obligation, mapping: Path | None) -> Read:
    """Read a form for a plan: as the mapping says, else as its entity once said of it, else as it seems to be."""
    sheets = foreign.load(file)
    proposal = foreign.propose(file, sheets=sheets)
    layout = _layout(obligation, proposal, mapping)
    version = workbooks.newest(obligation)
    book = workbooks.book_of(obligation, version)
    items: dict[str, set[str]] = {}
    for line in book.lines:
        for name in (line.ref, line.ref.rpartition("#")[2], line.code, line.text):
            items.setdefault(fold(name), set()).add(line.ref)
    refs = {name: next(iter(found)) for name, found in items.items() if len(found) == 1}
    told = foreign.read(file, layout, items=refs, sheets=sheets, period=period_or_none(obligation.call.period))
    told = foreign.align(told, workbooks.cells_now(version), free=book.free)
    return Read(_brought(told, book.plan, book.entity, book.version), layout, proposal)


def _layout(obligation: Obligation, proposal: Proposal, mapping: Path | None) -> Layout:
    if mapping is not None:
        try:
            return foreign.Layout.from_plain(json.loads(read_text(mapping)))
        except (ValueError, RecursionError) as error:
            raise Refused("layout-malformed") from error
    known = mappings.said_of(obligation.debtor_id, proposal.signature)
    if known is None:
        return proposal.layout
    layout = foreign.Layout.from_plain(known)
    return replace(layout, sheet=proposal.sheet, year=proposal.year or layout.year)


def _brought(told: dict[str, Any], plan: str, entity: str, version: int) -> Brought:
    base, rows, where = ({int(row): cells for row, cells in told[name].items()} for name in ("base", "rows", "where"))
    notes = tuple((place, why, text) for place, why, text in told["notes"])
    return workbooks.Brought(plan, entity, version, base, rows, where, notes, kind="foreign")
