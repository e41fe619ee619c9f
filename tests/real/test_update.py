"""The real draft of 2015 as a first edition, an edited second one, and what bodies of the real register promised."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from uuid import NAMESPACE_OID, uuid5

import pytest

from yupana.domain.commitments.actions import carry_over, import_plans
from yupana.domain.commitments.facts import Plan, PlanHeader, PlanRow
from yupana.domain.commitments.models import Activity
from yupana.domain.entities.actions import import_register
from yupana.domain.instruments.actions import draft_edition, publish
from yupana.domain.instruments.facts import NOBODY, Heading, ItemRole, ItemRow, Manuscript, Origin, OriginKind
from yupana.domain.instruments.models import Edition
from yupana.domain.instruments.queries import facts
from yupana.domain.instruments.rules.changes import ChangeKind
from yupana.domain.instruments.rules.compare import apply, bare, compare
from yupana.domain.obligations.actions import open_call
from yupana.domain.obligations.queries import unowed
from yupana.foundation.kernel.actor import OPERATOR
from yupana.interfaces.interchange.entities import read_entities
from yupana.interfaces.interchange.instruments import read_instrument
from yupana.projections import followers
from yupana.projections.figures import public as figures
from yupana.projections.figures import rules as measures
from yupana.projections.overviews.applicability import Simulation
from yupana.projections.overviews.duties import Duty
from yupana.projections.overviews.impact import Impact
from yupana.projections.proof import verify

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from yupana.domain.obligations.models import Call

pytestmark = [pytest.mark.real, pytest.mark.django_db]
GUIDELINE = ItemRole.GUIDELINE
ON = date(2018, 1, 1)
NAMED = {
    ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.REWORDED, ChangeKind.MOVED, ChangeKind.RENUMBERED,
    ChangeKind.SPLIT, ChangeKind.MERGED,
}  # fmt: skip


class Edited(NamedTuple):
    """Which guidelines, by code, of those that bind whoever is called, became what."""

    reworded: list[str]
    moved: list[str]
    merged: list[str]
    split: str
    removed: list[str]
    renumbered: list[str]
    stays: str


class Updated(NamedTuple):
    """The two calls, and what was edited."""

    first: Call
    second: Call
    edited: Edited


def first_edition(folder: Path) -> list[ItemRow]:
    """Read the draft; each item has an id from now on."""
    return [replace(row, lineage=lineage(row.key)) for row in read_instrument(folder).rows]


def lineage(key: str) -> str:
    return str(uuid5(NAMESPACE_OID, f"2015 {key}"))


def chosen(rows: Sequence[ItemRow]) -> Edited:
    codes = [row.code for row in rows if row.role is GUIDELINE and row.audience != NOBODY]
    return Edited(codes[:5], codes[5:8], codes[8:10], codes[10], codes[11:15], codes[15:25], codes[25])


def second_edition(rows: Sequence[ItemRow], edited: Edited) -> list[ItemRow]:
    """Edit it: what stood below a merged or split guideline goes with it, what stood below a removed one leaves."""
    place = {row.code: row.parent for row in rows if row.role is GUIDELINE}
    homes = list(dict.fromkeys(place.values()))
    gone = set(edited.removed)
    heir = {**dict.fromkeys(edited.merged, "n-0"), edited.split: "n-1"}
    heir |= {code: f"r-{at}" for at, code in enumerate(edited.renumbered)}
    gone |= {*edited.merged, edited.split}
    kept = [
        _below(row, heir) if row.parent and row.parent[0] is GUIDELINE else _guideline(row, edited, homes, heir)
        for row in rows
        if not (row.role is GUIDELINE and row.code in gone)
        and not (row.parent and row.parent[0] is GUIDELINE and row.parent[1] in edited.removed)
    ]
    home = place[edited.merged[0]]
    merged = tuple(Origin(OriginKind.MERGE, lineage(f"guideline:{code}")) for code in edited.merged)
    split = (Origin(OriginKind.SPLIT, lineage(f"guideline:{edited.split}")),)
    told = [merged, split, split, *[()] * 6]
    new = [
        ItemRow(
            f"new:{at}",
            GUIDELINE,
            f"n-{at}",
            f"Un lineamiento nuevo, el {at}",
            home,
            lineage=lineage(f"n-{at}"),
            origins=origins,
        )
        for at, origins in enumerate(told)
    ]
    return [*kept, *new]


def _below(row: ItemRow, heir: dict[str, str]) -> ItemRow:
    """Say what stands below a guideline that is called otherwise now."""
    code = row.parent[1] if row.parent else ""
    return replace(row, parent=(GUIDELINE, heir.get(code, code)))


def _guideline(
    row: ItemRow, edited: Edited, homes: Sequence[tuple[ItemRole, str] | None], heir: dict[str, str]
) -> ItemRow:
    if row.role is not GUIDELINE:
        return row
    if row.code in edited.reworded:
        return replace(row, text=f"{row.text} y de sus vecinos")
    if row.code in edited.moved:
        return replace(row, parent=next(each for each in homes if each != row.parent))
    return replace(row, code=heir.get(row.code, row.code))


def enact(edition: str, rows: Sequence[ItemRow], on: date) -> Edition:
    cover = Heading("PGE", "Plan de gobierno electrónico", "plan", edition, f"Edición {edition}", "")
    draft_edition(actor=OPERATOR, manuscript=Manuscript(cover, tuple(rows)))
    return publish(actor=OPERATOR, instrument="PGE", edition=edition, act=f"Acto {edition}", on=on)


def put(edition: str, code: str) -> Call:
    return open_call(
        actor=OPERATOR, editions=[f"PGE/{edition}"], audience="all", opens_on=ON, due_on=date(2019, 1, 1),
        period="2018", code=code, historical=True, on=ON,
    )  # fmt: skip


def plan(debtor: str, answers: Sequence[str]) -> Plan:
    rows = tuple(
        PlanRow(row=at + 1, item=f"guideline:{code}", name=f"Actividad {at}", where=f"{debtor}:{at}")
        for at, code in enumerate(answers)
    )
    return Plan(where=debtor, debtor=debtor, header=PlanHeader(received_on=date(2018, 5, 2)), rows=rows)


@pytest.fixture
def updated(real_data: Path) -> Updated:
    register = read_entities(real_data / "pige" / "entidades.csv")
    import_register(actor=OPERATOR, source=register.source, rows=register.rows, on=ON)
    rows = first_edition(real_data / "plan-gobierno-electronico")
    edited = chosen(rows)
    enact("1", rows, ON)
    first = put("1", "UNO")
    one, other = (each.debtor.ref for each in first.obligations.order_by("pk")[:2])
    answered = [edited.reworded[0], edited.moved[0], *edited.merged, edited.split, edited.removed[0], edited.stays]
    plans = [plan(one, answered), plan(other, [edited.merged[1], edited.renumbered[3], edited.removed[1]])]
    import_plans(actor=OPERATOR, call=first, plans=plans, on=ON)
    enact("2", second_edition(rows, edited), date(2018, 6, 1))
    second = put("2", "DOS")
    followers.tick()
    return Updated(first, second, edited)


def test_half_of_the_guidelines_bind_nobody_and_every_list_says_so(updated: Updated) -> None:
    nobody = [each.item.code for each, why in unowed(updated.first) if why == "nobody"]
    totals = Simulation(Edition.objects.get(code="1"), on=ON).totals()
    assert (len(nobody), len(totals.nobody), totals.items, totals.bound, updated.first.obligations.count()) == (
        27, 27, 58, 653, 653,
    )  # fmt: skip


def test_each_change_of_a_guideline_is_found_for_what_it_is(updated: Updated) -> None:
    one, other = (facts(each.pk) for each in Edition.objects.order_by("code"))
    changes = compare(one, other)
    kinds: dict[str, int] = {}
    for change in changes:
        item = change.before or change.after
        if item and item.row.role is GUIDELINE:
            for kind in change.kinds & NAMED:
                kinds[kind.value] = kinds.get(kind.value, 0) + 1
    # Of the merge and the split the items of both sides: 2 into 1, and 1 into 2.
    assert (kinds, bare(apply(one, changes)) == bare(other)) == (
        {"added": 6, "removed": 4, "reworded": 5, "moved": 3, "renumbered": 10, "split": 3, "merged": 3},
        True,
    )


def test_every_body_has_its_list(updated: Updated) -> None:
    one, other = Edition.objects.order_by("code")
    found = Impact(OPERATOR, one, other, as_of=ON)
    bodies = {body.ref: body.counts for body in found.bodies}
    planned = [each.debtor.ref for each in updated.first.obligations.order_by("pk")[:2]]
    silent = next(counts for ref, counts in bodies.items() if ref not in planned)
    # Owed anew: 6 new guidelines, the merged one, both parts of the split one, and the 5 that are worded differently.
    assert (len(bodies), silent, bodies[planned[0]], bodies[planned[1]]) == (
        653,
        {Duty.ANSWER: 14},
        {Duty.DROP: 1, Duty.CHOOSE: 1, Duty.REVIEW: 3, Duty.ANSWER: 10},
        {Duty.DROP: 1, Duty.REVIEW: 1, Duty.ANSWER: 13},
    )


def test_what_was_promised_is_carried_over_and_counts_as_computed_by_hand(updated: Updated) -> None:
    edited, choices = updated.edited, {f"guideline:{updated.edited.split}": "guideline:n-2"}
    carry_over(actor=OPERATOR, source=updated.first, target=updated.second, choices=choices, on=ON)
    followers.tick()
    shares = figures.shares(measure=measures.ANSWERED, calls=[updated.second.pk], as_of=date(2020, 1, 1), by=("item",))
    codes = {each.pk: each.code for each in Edition.objects.get(code="2").items.all()}
    rows = [Activity.objects.filter(submission__obligation__call=each).count() for each in updated[:2]]
    assert ({codes[item]: share.done for (item,), share in shares.items() if share.done}, rows, verify().ok) == (
        {edited.reworded[0]: 1, edited.moved[0]: 1, "n-0": 2, "n-2": 1, edited.stays: 1, "r-3": 1},
        [10, 10],
        True,
    )
