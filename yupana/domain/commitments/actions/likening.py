"""Saying of two activities that look alike whether they are one initiative or two; the last word holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from yupana.domain.commitments.facts import likeness_content, row_ref
from yupana.domain.commitments.likenesses import RowOf, said_of
from yupana.domain.commitments.models import Activity, Likeness
from yupana.domain.commitments.policy import liken_refusal
from yupana.domain.commitments.rules.rows import Likeness as Verdict
from yupana.domain.obligations.models import Obligation
from yupana.domain.obligations.rules import Visibility
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.ledger.actions import record

if TYPE_CHECKING:
    from datetime import date

    from yupana.foundation.kernel.actor import Actor


def liken(
    *,
    actor: Actor,
    first: RowOf,
    second: RowOf,
    verdict: str,
    on: date,
    note: str = "",
    seen: int | None = None,
) -> Likeness:
    """Say that two activities are one initiative to be joined, or two different ones.

    ``seen`` says how often that had been said of them when the actor looked: somebody else did since,
    Conflict("likeness-moved").
    """
    lower, higher = sorted((first, second))
    if lower == higher:
        raise Refused("likeness-of-itself")
    with transaction.atomic():
        owed = {each.pk: each for each in _locked(lower, higher)}
        one, two = owed[lower.obligation], owed[higher.obligation]
        _check(actor, one, two, verdict)
        _check_row(lower)
        _check_row(higher)
        said = said_of(lower, higher)
        if seen is not None and seen != len(said):
            raise Conflict("likeness-moved")
        if said and said[-1].verdict == verdict:
            raise Refused("likeness-unchanged")
        names = [row_ref(each.call.code, each.debtor.ref, place.row) for each, place in ((one, lower), (two, higher))]
        codes: dict[str, str | int] = {
            "call": one.call.code,
            "obligation": one.pk,
            "row": lower.row,
            "other": two.pk,
            "other_row": higher.row,
        }
        reserved = Visibility.RESTRICTED in (one.call.visibility, two.call.visibility)
        content = likeness_content(names[0], names[1], verdict, note.strip())
        entry = record(Fact("likeness.marked", codes, on, content, reserved=reserved))
        return Likeness.objects.create(
            first=one, first_row=lower.row, second=two, second_row=higher.row, verdict=verdict, note=note.strip(),
            entry=entry,
        )  # fmt: skip


def _locked(lower: RowOf, higher: RowOf) -> list[Obligation]:
    """Fetch both, so that nobody else says something of them meanwhile."""
    keys = {lower.obligation, higher.obligation}
    found = list(Obligation.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys).order_by("pk"))
    if len(found) != len(keys):
        raise Refused("obligation-unknown", obligation=(keys - {each.pk for each in found}).pop())
    return list(Obligation.objects.filter(pk__in=keys).select_related("call", "debtor"))


def _check(actor: Actor, one: Obligation, two: Obligation, verdict: str) -> None:
    refusal = liken_refusal(actor, one) or liken_refusal(actor, two)
    if refusal:
        raise Forbidden(refusal)
    if verdict not in {each.value for each in Verdict}:
        raise Refused("likeness-verdict-unknown", text=verdict)


def _check_row(place: RowOf) -> None:
    """Refuse a row that no version holds which was handed in."""
    handed = Activity.objects.filter(submission__obligation=place.obligation, row=place.row)
    if not handed.exclude(submission__state=State.DRAFT).exists():
        raise Refused("row-unknown", row=place.row)
