"""Passing the plan of a body that is no more to the bodies that go on with its work, row by row."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Max

from yupana.domain.commitments.actions.drafting import put_rows
from yupana.domain.commitments.facts import transfer_content
from yupana.domain.commitments.models import Activity, RowTransfer
from yupana.domain.commitments.queries import content_of, fetch_parts, item_names, items_of, plan_rows, scope_items
from yupana.domain.entities.models import Succession
from yupana.domain.obligations.models import Call, CallEdition, Obligation, Transfer, Waiver
from yupana.domain.obligations.policy import can_call, is_own
from yupana.domain.obligations.queries import transfer_act
from yupana.domain.obligations.rules import MOST_TITLE, CallState, Visibility
from yupana.domain.submissions.actions import Told, bring_in
from yupana.domain.submissions.facts import Decision
from yupana.domain.submissions.models import Step, Submission
from yupana.domain.submissions.rules import Channel, State
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.kernel.text import squeeze
from yupana.foundation.ledger.actions import record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from yupana.domain.commitments.facts import PlanRow
    from yupana.foundation.kernel.actor import Actor

_CARRIED = ("resolution", "resolution_state", "resolution_on", "document_url")


@dataclass(frozen=True, slots=True)
class Transferred:
    """What passed: the obligation's record, and for each row of its plan the obligation and the row that it is now."""

    transfer: Transfer
    rows: Mapping[int, tuple[Obligation, int]]


def transfer_plan(
    *,
    actor: Actor,
    obligation: Obligation,
    to: Obligation,
    rows: Mapping[int, Obligation],
    reason: str,
    act: str,
    on: date,
) -> Transferred:
    """Pass an obligation, and the activities of its accepted plan, to what the successors owe under the same editions.

    ``rows`` says which activity goes to another successor than ``to``. Each successor's accepted plan goes on as a new
    version, accepted as the old ones were. An activity that answers what the successor does not owe is kept without an
    item. The obligation leaves every base from now on; what was counted before stays as it was counted. Refused where
    no succession from the one body to the other is recorded, and while the successor has a version in hand.
    """
    if not can_call(actor):
        raise Forbidden("call-planners-only")
    reason, act = reason.strip(), squeeze(act)
    if not reason:
        raise Refused("reason-missing")
    if not 0 < len(act) <= MOST_TITLE:
        raise Refused("obligation-act-missing", most=MOST_TITLE)
    try:
        with transaction.atomic():
            work = _Work(actor, obligation, to, rows, on)
            return work.done(reason, act)
    except IntegrityError as error:
        raise Conflict("transferred-already") from error


class _Work:
    """One transfer under way."""

    def __init__(
        self, actor: Actor, obligation: Obligation, to: Obligation, rows: Mapping[int, Obligation], on: date
    ) -> None:
        self.actor, self.on = actor, on
        told = Obligation.objects.select_related("call", "debtor")
        self.source = told.get(pk=obligation.pk)
        self.to = told.get(pk=to.pk)
        self.receivers = {each.pk: each for each in told.filter(pk__in={to.pk, *(each.pk for each in rows.values())})}
        for call in sorted({self.source.call_id, *(each.call_id for each in self.receivers.values())}):
            Call.objects.select_for_update(no_key=True).get(pk=call)
        self._refuse_unfit()
        self.accepted = _accepted(self.source)
        self.rows = plan_rows(self.accepted) if self.accepted else []
        self.ways = {row.row: self.receivers[rows.get(row.row, to).pk] for row in self.rows}
        for row in sorted(rows.keys() - self.ways.keys()):
            raise Refused("row-unknown", row=row)

    def _refuse_unfit(self) -> None:
        if any(is_own(self.actor, each) for each in (self.source, *self.receivers.values())):
            raise Forbidden("own-entity")
        if Waiver.objects.filter(obligation=self.source).exists():
            raise Conflict("obligation-waived", call=self.source.call.code, entity=self.source.debtor.name)
        if Submission.objects.filter(obligation=self.source, state=State.SUBMITTED).exists():
            raise Conflict("transfer-under-review", entity=self.source.debtor.name)
        for each in self.receivers.values():
            self._refuse_receiver(each)

    def _refuse_receiver(self, each: Obligation) -> None:
        heirs = set(Succession.objects.filter(predecessor=self.source.debtor).values_list("successor", flat=True))
        editions = _editions(self.source.call)
        if each.debtor_id not in heirs:
            raise Refused("transfer-no-succession", entity=self.source.debtor.name, successor=each.debtor.name)
        if each.call.state != CallState.OPEN or _editions(each.call) != editions:
            raise Refused("transfer-other-call", call=each.call.code)
        if self.source.call.visibility == Visibility.RESTRICTED != each.call.visibility:
            raise Refused("transfer-would-publish", call=each.call.code)
        if Submission.objects.filter(obligation=each, state__in=(State.DRAFT, State.SUBMITTED)).exists():
            raise Conflict("transfer-in-hand", entity=each.debtor.name)

    def done(self, reason: str, act: str) -> Transferred:
        """Write it: the successors' new versions first, then the record of what went where."""
        passing: dict[int, list[PlanRow]] = defaultdict(list)
        for row in self.rows:
            passing[self.ways[row.row].pk].append(row)
        went = {
            old: (self.receivers[key], new)
            for key, rows in passing.items()
            for old, new in self._receive(self.receivers[key], rows).items()
        }
        return Transferred(self._record(went, reason, act), went)

    def _receive(self, owed: Obligation, rows: list[PlanRow]) -> dict[int, int]:
        """Give a successor some rows, in a version that is accepted at once; return their new numbers."""
        used = Activity.objects.filter(submission__obligation=owed).aggregate(most=Max("row"))["most"] or 0
        numbers = {row.row: used + at for at, row in enumerate(rows, 1)}
        items = scope_items([owed])[owed.scope_id]
        new = [_fitted(replace(row, row=numbers[row.row], source_ref=""), items) for row in rows]
        last = _accepted(owed)
        version = (Submission.objects.filter(obligation=owed).aggregate(most=Max("version"))["most"] or 0) + 1
        self._accept(owed, version, last, [*(plan_rows(last) if last else []), *new])
        return numbers

    def _accept(self, owed: Obligation, version: int, last: Submission | None, rows: list[PlanRow]) -> None:
        """Bring a version in that says what the last one said, and the new rows; met on the day that counted."""
        whole = last or self.accepted
        carried = {field: getattr(whole, field) for field in _CARRIED} if whole else {}
        made = Submission.objects.create(
            obligation=owed, version=version, channel=Channel.CARRIED, received_on=whole.received_on if whole else None,
            date_doubt=whole.date_doubt if whole else "", asks_target=owed.call.asks_target,
            asks_responsible=owed.call.asks_responsible, asks_budget=owed.call.asks_budget,
            source_ref=f"{self.source.call.code}@{self.source.debtor.ref}", **carried,
        )  # fmt: skip
        put_rows(made, rows)
        fetch_parts([made])
        content = content_of(made, item_names(items_of(made.activities.all())))
        step = Step.objects.filter(submission=whole, after=State.ACCEPTED).first()
        decision = Decision(State.ACCEPTED, self.on, met_on=step.met_on if step else None)
        bring_in(actor=self.actor, told=[Told(made, content, State.ACCEPTED, self.on, self.on, carried=decision)])

    def _record(self, went: Mapping[int, tuple[Obligation, int]], reason: str, act: str) -> Transfer:
        source = self.source
        codes: dict[str, str | int] = {
            "call": source.call.code, "entity": source.debtor.ref, "obligation": source.pk,
        }  # fmt: skip
        transfer = Transfer(obligation=source, to=self.to, reason=reason, act=act)
        rows = [(row, owed.call.code, owed.debtor.ref, number) for row, (owed, number) in went.items()]
        content = transfer_content(transfer_act(transfer), f"{self.to.call.code}@{self.to.debtor.ref}", rows)
        reserved = source.call.visibility == Visibility.RESTRICTED
        transfer.entry = record(Fact("obligation.transferred", codes, self.on, content, reserved=reserved))
        transfer.save(force_insert=True)
        RowTransfer.objects.bulk_create(
            [
                RowTransfer(obligation=source, row=row, to=owed, to_row=number, entry=transfer.entry)
                for row, (owed, number) in went.items()
            ]
        )
        return transfer


def _fitted(row: PlanRow, items: Mapping[str, list[int]]) -> PlanRow:
    """Leave of what a row answers only what its new owner owes."""
    owed = [each for each in (row.item, *(also.item for also in row.also)) if len(items.get(each, ())) == 1]
    first = row.item if row.item in owed else next(iter(owed), "")
    return replace(row, item=first, also=tuple(each for each in row.also if each.item in owed and each.item != first))


def _accepted(owed: Obligation) -> Submission | None:
    """Find the version that was accepted last."""
    step = Step.objects.filter(submission__obligation=owed, after=State.ACCEPTED).order_by("-entry_id").first()
    return step.submission if step else None


def _editions(call: Call) -> set[int]:
    return set(CallEdition.objects.filter(call=call).values_list("edition", flat=True))
