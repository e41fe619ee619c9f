"""Who owed what under a call for plans and its call for reports, as the record stood at a position."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db import connection

from yupana.domain.entities.models import Registration
from yupana.domain.obligations.models import Call, Obligation, Transfer, Waiver
from yupana.domain.submissions.models import Step, Submission
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.share import Share
from yupana.projections.figures.queries import parameters, statement
from yupana.projections.figures.rules import COVERAGE

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from django.db.models import Model


class Owes(StrEnum):
    """Where one obligation stands: what counts, what is silent, and what is in no base."""

    ACCEPTED = "accepted"
    SILENT = "silent"  # nothing was handed in
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    NOT_DUE = "not_due"
    WAIVED = "waived"
    PASSED = "passed"
    NOTHING = "nothing"  # nobody asked for it


PENDING: Mapping[str, Owes] = {State.SUBMITTED: Owes.IN_REVIEW, State.RETURNED: Owes.RETURNED}
DUE = (Owes.ACCEPTED, Owes.SILENT, *PENDING.values())


@dataclass(frozen=True, slots=True)
class Body:
    """One debtor of the call for plans. ``report`` is its obligation to report on the period, None where it has none.

    ``name``, ``code``, ``kind`` and ``category`` are those registered last before the position.
    """

    obligation: int
    report: int | None
    entity: int
    ref: str
    name: str
    code: str
    level: str
    kind: str
    category: str
    territory: str


def bodies(call: Call, report: Call | None, position: int) -> list[Body]:
    """List the debtors of a call in the order of their names for ever; a few queries, however many there are."""
    reports = dict(Obligation.objects.filter(call=report).values_list("debtor", "pk")) if report else {}
    owed = call.obligations.select_related("debtor").order_by("debtor__source", "debtor__source_id", "pk")
    registered = _registered(call, position)
    found = []
    for each in owed.iterator(chunk_size=2000):
        content = registered.get(each.debtor_id, {})
        told = {name: str(content.get(name) or "") for name in ("name", "code", "kind", "category")}
        key, ref = each.debtor_id, each.debtor.ref
        found.append(Body(each.pk, reports.get(key), key, ref, level=each.level_id, territory=each.territory, **told))
    return sorted(found, key=lambda body: (body.ref, body.obligation))


def report_calls(call: Call, position: int) -> list[Call]:
    """List the calls for reports that follow a call and were open by a position."""
    return list(Call.objects.filter(follows=call, entry__position__lt=position).order_by("period"))


def _registered(call: Call, position: int) -> Mapping[int, Mapping[str, Any]]:
    """Return what was registered last of every debtor: later rows overwrite earlier ones."""
    rows = Registration.objects.filter(
        entity__in=call.obligations.values("debtor"), entry__position__lt=position
    ).order_by("entry__position")
    return dict(rows.values_list("entity", "content").iterator(chunk_size=2000))


def shares(obligations: Collection[int], position: int, as_of: date) -> dict[int, dict[tuple[str, int | None], Share]]:
    """Count by the one formula, each obligation by itself: of what was due by a day, by measure and item.

    An obligation that was lifted or passed on by then has no key.
    """
    if not obligations:
        return {}
    chosen = f"o.id IN ({','.join(str(int(each)) for each in sorted(obligations))})"
    found: dict[int, dict[tuple[str, int | None], Share]] = {}
    with connection.cursor() as cursor:
        cursor.execute(statement(chosen, "CAST(o.id AS VARCHAR(20))"), parameters(position))
        for measure, _call, item, _level, own, _period, due, done, all_of, unknown in cursor.fetchall():
            told = found.setdefault(int(own), {})
            if _day(due) <= as_of.isoformat():
                told[measure, item] = Share(done, all_of, unknown)
    return found


def lifted(model: type[Model], obligations: Collection[int], position: int) -> set[int]:
    """Name the obligations that a recorded act took out of every base by a position."""
    rows = model._default_manager.filter(obligation__in=obligations, entry__position__lt=position)  # noqa: SLF001 - what a type of any table has
    return set(rows.values_list("obligation", flat=True))


def standings(
    obligations: Collection[int], counted: Mapping[int, Mapping[tuple[str, int | None], Share]], position: int
) -> dict[int, Owes]:
    """Say where each obligation stands, by what the formula counted of it."""
    waived, passed = (lifted(model, obligations, position) for model in (Waiver, Transfer))
    found = {each: _stands(each, counted, waived, passed) for each in obligations}
    return {**found, **_pending([each for each, stands in found.items() if stands is Owes.SILENT], position)}


def _pending(silent: Collection[int], position: int) -> dict[int, Owes]:
    """Say of what was handed in and not accepted by a position how it stood then; what was misfiled is nothing."""
    moved = Step.objects.filter(submission__obligation__in=silent, entry__position__lt=position)
    last = dict(moved.order_by("entry__position").values_list("submission", "after"))
    handed = Submission.objects.filter(obligation__in=silent, entry__position__lt=position).order_by("version")
    states = ((owed, last.get(version, State.SUBMITTED)) for owed, version in handed.values_list("obligation", "pk"))
    return {owed: PENDING[state] for owed, state in states if state in PENDING}


def _stands(
    each: int,
    counted: Mapping[int, Mapping[tuple[str, int | None], Share]],
    waived: Collection[int],
    passed: Collection[int],
) -> Owes:
    if each in waived:
        return Owes.WAIVED
    if each in passed:
        return Owes.PASSED
    if each not in counted:
        return Owes.NOTHING
    handed = counted[each].get((COVERAGE, None))
    if handed is None:
        return Owes.NOT_DUE
    return Owes.ACCEPTED if handed.done else Owes.SILENT


def _day(value: date | str) -> str:
    return value if isinstance(value, str) else value.isoformat()
