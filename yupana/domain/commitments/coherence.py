"""Looking a stored plan through: what its call asks, what other plans have, what was found and how it is explained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.commitments.elsewhere import named
from yupana.domain.commitments.facts import row_ref
from yupana.domain.commitments.models import Activity, Justification
from yupana.domain.commitments.queries import plan_rows, year_one_of
from yupana.domain.commitments.rules.coherence import Asked, Finding, coherence
from yupana.domain.instruments.facts import item_ref
from yupana.domain.instruments.models import Item
from yupana.domain.obligations.rules import plan_type
from yupana.domain.submissions.models import Step
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.period import period_or_none

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from yupana.domain.commitments.facts import PlanRow
    from yupana.domain.obligations.models import Obligation
    from yupana.domain.submissions.models import Submission


@dataclass(frozen=True, slots=True)
class Looked:
    """A version looked through: its rows, its findings, and by (rule, row) why one may stand.

    ``labels`` are the texts of the items that it has to answer, by the names that rows use.
    """

    rows: tuple[PlanRow, ...]
    findings: tuple[Finding, ...]
    explained: Mapping[tuple[str, int], str]
    labels: Mapping[str, str]


def look(version: Submission) -> Looked:
    """Look a version through; its call and its debtor should be at hand."""
    rows, labels = plan_rows(version), _owed(version.obligation)
    told = Justification.objects.filter(submission=version).values_list("rule", "row", "text")
    explained = {(rule, row): text for rule, row, text in told}
    return Looked(tuple(rows), coherence(rows, asked_of(version, rows, labels)), explained, labels)


def asked_of(version: Submission, rows: Sequence[PlanRow], labels: Mapping[str, str]) -> Asked:
    """Say what is asked of a version, as its form asked for it, and what other plans its rows may name."""
    owed, call = version.obligation, version.obligation.call
    kind = plan_type(call.plan_type)
    return Asked(
        kind=kind,
        period=period_or_none(call.period),
        owed=tuple(labels),
        target=version.asks_target,
        responsible=version.asks_responsible,
        budget=version.asks_budget,
        year_one=year_one_of(owed.pk),
        own=row_ref(call.code, owed.debtor.ref, 0).rpartition("#")[0],
        known=frozenset(named({row.waits for row in rows if row.waits}, owed.debtor_id)),
        sources=_sources(owed, kind.derives) if kind.derives else None,
    )


def _owed(owed: Obligation) -> dict[str, str]:
    """The items to answer, in reading order, with what they say."""
    items = Item.objects.filter(scopes=owed.scope_id).order_by("edition_id", "order")
    parts = items.values_list("edition__instrument__code", "edition__code", "role", "code", "text")
    return {
        item_ref(f"{instrument}/{edition}", role, code): f"{code} · {text}"
        for instrument, edition, role, code, text in parts
    }


def _sources(owed: Obligation, derives: str) -> frozenset[str] | None:
    """Activities of the plans of a kind that were accepted last from the same body; None where there is none."""
    accepted = Step.objects.filter(
        after=State.ACCEPTED,
        submission__obligation__debtor=owed.debtor_id,
        submission__obligation__call__plan_type=derives,
    )
    found = accepted.order_by("entry_id").values_list("submission__obligation__call__code", "submission")
    last = {submission: code for code, submission in dict(found).items()}
    if not last:
        return None
    rows = Activity.objects.filter(submission__in=last).values_list("submission", "row")
    return frozenset(row_ref(last[submission], owed.debtor.ref, row) for submission, row in rows)
