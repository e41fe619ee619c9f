"""Passing the plan of a body that is no more to the bodies that go on with its work, row by row."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Exists, Max, OuterRef, Q

from yupana.domain.commitments.actions.carrying import KEPT, keep_words
from yupana.domain.commitments.actions.drafting import put_rows
from yupana.domain.commitments.actions.passing import (
    in_years_of,
    passing,
    say_where_from,
    take_papers,
    take_partners,
    take_reasons,
)
from yupana.domain.commitments.facts import transfer_content
from yupana.domain.commitments.models import Activity, RowTransfer
from yupana.domain.commitments.queries import content_of, fetch_parts, item_names, items_of, scope_items
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

    from yupana.domain.commitments.actions.passing import Passing
    from yupana.foundation.kernel.actor import Actor

_ASKED = ("asks_target", "asks_responsible", "asks_budget")


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
    version, accepted as the old ones were. An activity keeps a reviewer's word, its days and its partners; one that
    answers what the successor does not owe is kept without an item. The obligation leaves every base from now on; what
    was counted before stays as it was counted. Reports that are still owed on the plan pass with it, to the successor's
    own report on the same period if it owes one; what was handed in is decided about as ever.

    Refused where no succession from the one body to the other is recorded, while the successor has a version in hand,
    and where nobody can say which year the "Año 1" of an activity is.
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
            transfer = Transfer(obligation=obligation, to=to, reason=reason, act=act)
            return _Work(actor, transfer, rows, on).done()
    except IntegrityError as error:
        raise Conflict("transferred-already") from error


class _Work:
    """One transfer under way."""

    def __init__(self, actor: Actor, transfer: Transfer, rows: Mapping[int, Obligation], on: date) -> None:
        self.actor, self.transfer, self.on = actor, transfer, on
        told = Obligation.objects.select_related("call", "debtor")
        self.source = transfer.obligation = told.get(pk=transfer.obligation_id)
        to = transfer.to = told.get(pk=transfer.to_id)
        self.receivers = {each.pk: each for each in told.filter(pk__in={to.pk, *(each.pk for each in rows.values())})}
        for call in sorted({self.source.call_id, *(each.call_id for each in self.receivers.values())}):
            Call.objects.select_for_update(no_key=True).get(pk=call)
        self._refuse_unfit()
        self.accepted = _accepted(self.source)
        there = self.accepted.activities.order_by("row").values_list("row", flat=True) if self.accepted else ()
        self.ways = {row: self.receivers[rows.get(row, to).pk] for row in there}
        for row in sorted(rows.keys() - self.ways.keys()):
            raise Refused("row-unknown", row=row)

    def _refuse_unfit(self) -> None:
        if any(is_own(self.actor, each) for each in (self.source, *self.receivers.values())):
            raise Forbidden("own-entity")
        if Waiver.objects.filter(obligation=self.source).exists():
            raise Conflict("obligation-waived", call=self.source.call.code, entity=self.source.debtor.name)
        reports = Q(obligation__call__follows=self.source.call_id, obligation__debtor=self.source.debtor_id)
        if Submission.objects.filter(Q(obligation=self.source) | reports, state=State.SUBMITTED).exists():
            raise Conflict("transfer-under-review", entity=self.source.debtor.name)
        for each in self.receivers.values():
            self._refuse_receiver(each)

    def _refuse_receiver(self, each: Obligation) -> None:
        heirs = set(Succession.objects.filter(predecessor=self.source.debtor).values_list("successor", flat=True))
        editions = _editions(self.source.call)
        if each.debtor_id not in heirs:
            raise Refused("transfer-no-succession", entity=self.source.debtor.name, successor=each.debtor.name)
        mine, there = self.source.call, each.call
        is_other = mine.expects != there.expects or (mine.follows_id and mine.period != there.period)
        if is_other or there.state != CallState.OPEN or _editions(there) != editions:
            raise Refused("transfer-other-call", call=each.call.code)
        if self.source.call.visibility == Visibility.RESTRICTED != each.call.visibility:
            raise Refused("transfer-would-publish", call=each.call.code)
        if Submission.objects.filter(obligation=each, state__in=(State.DRAFT, State.SUBMITTED)).exists():
            raise Conflict("transfer-in-hand", entity=each.debtor.name)

    def done(self) -> Transferred:
        """Write it: the successors' new versions first, then the record of what went where."""
        going: dict[int, list[int]] = defaultdict(list)
        for row, receiver in self.ways.items():
            going[receiver.pk].append(row)
        went: dict[int, tuple[Obligation, int]] = {}
        if self.accepted is not None:
            for key, rows in going.items():
                new = self._receive(self.receivers[key], rows, self.accepted)
                went |= {old: (self.receivers[key], row) for old, row in new.items()}
        take_partners(self.source, went, self.on)
        transfer = self._record(self.transfer, went)
        self._pass_reports()
        return Transferred(transfer, went)

    def _pass_reports(self) -> None:
        """Let what is still to be reported on the plan go where the plan went."""
        plan, to = self.source, self.transfer.to
        told = Obligation.objects.exclude(call__entry=None).select_related("call", "debtor")
        told = told.filter(waiver=None, transfer=None)
        handed = Submission.objects.filter(obligation=OuterRef("pk"), state__in=(State.SUBMITTED, State.ACCEPTED))
        owed = told.filter(call__follows=plan.call_id, debtor=plan.debtor_id).exclude(Exists(handed)).order_by("pk")
        theirs = {each.period: each for each in told.filter(call__follows=to.call_id, debtor=to.debtor_id)}
        for each in owed:
            goes = theirs.get(each.period, to)
            self._record(Transfer(obligation=each, to=goes, reason=self.transfer.reason, act=self.transfer.act), {})

    def _receive(self, owed: Obligation, rows: list[int], accepted: Submission) -> dict[int, int]:
        """Give a successor some rows, in a version that is accepted at once; return their new numbers."""
        used = Activity.objects.filter(submission__obligation=owed).aggregate(most=Max("row"))["most"] or 0
        numbers = {row: used + at for at, row in enumerate(rows, 1)}
        items, last = scope_items([owed])[owed.scope_id], _accepted(owed)
        own = passing(last, items) if last else []
        theirs = [each for each in passing(accepted, items) if each.was in numbers]
        new = [
            replace(each, row=replace(each.row, row=numbers[each.was], source_ref=""))
            for each in in_years_of(owed, theirs, self.source, own)
        ]
        made = self._begun(owed, last, accepted)
        if last:
            take_reasons(made, last, {0: 0, **{each.was: each.was for each in own}})
        take_reasons(made, accepted, numbers if last else {0: 0, **numbers})
        take_papers(made, last or accepted)
        self._accept(made, last or accepted, [*own, *new])
        return numbers

    def _begun(self, owed: Obligation, last: Submission | None, accepted: Submission) -> Submission:
        """Begin a version with the heading of its last one, which it amends, or of the plan that passes."""
        version = (Submission.objects.filter(obligation=owed).aggregate(most=Max("version"))["most"] or 0) + 1
        heading = {name: getattr(last or accepted, name) for name in KEPT}
        heading |= {name: getattr(last or accepted, name) and getattr(owed.call, name) for name in _ASKED}
        heading |= {"reason": self.transfer.reason, "act": self.transfer.act} if last else {"reason": "", "act": ""}
        source = f"{self.source.call.code}@{self.source.debtor.ref}"
        return Submission.objects.create(
            obligation=owed, version=version, channel=Channel.CARRIED, source_ref=source, **heading
        )

    def _accept(self, made: Submission, whole: Submission, rows: list[Passing]) -> None:
        """Bring a version in with some rows, met on the day that counted for the one before it."""
        stored = put_rows(made, [each.row for each in rows])
        say_where_from(rows, stored)
        fetch_parts([made])
        names = item_names({*items_of(made.activities.all()), *(each.answered for each in rows)})
        step = Step.objects.filter(submission=whole, after=State.ACCEPTED).get()
        decision = Decision(State.ACCEPTED, self.on, met_on=step.met_on, resolution_due_on=step.resolution_due_on)
        told = Told(made, content_of(made, names), State.ACCEPTED, self.on, self.on, carried=decision)
        bring_in(actor=self.actor, told=[told])
        words = [(activity, each.answered, each.reason) for each, activity in zip(rows, stored, strict=True)]
        keep_words([word for word in words if word[2] and word[0].item_id != word[1]], names, self.on)

    def _record(self, transfer: Transfer, went: Mapping[int, tuple[Obligation, int]]) -> Transfer:
        source = transfer.obligation
        codes: dict[str, str | int] = {
            "call": source.call.code, "entity": source.debtor.ref, "obligation": source.pk,
        }  # fmt: skip
        rows = [(row, owed.call.code, owed.debtor.ref, number) for row, (owed, number) in went.items()]
        content = transfer_content(transfer_act(transfer), f"{transfer.to.call.code}@{transfer.to.debtor.ref}", rows)
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


def _accepted(owed: Obligation) -> Submission | None:
    """Find the version that was accepted last."""
    step = Step.objects.filter(submission__obligation=owed, after=State.ACCEPTED).order_by("-entry_id").first()
    return step.submission if step else None


def _editions(call: Call) -> set[int]:
    return set(CallEdition.objects.filter(call=call).values_list("edition", flat=True))
