"""A plan as its form shows it: the rows, what they answer, how their dates were read, what the reviewer said.

`sheet` finds the plan of an obligation for the people who write it or hand it in; `version` finds one version that
was handed in, for everybody who may read it. Both are told who asks; absent and forbidden look the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.commitments import policy as commitments
from yupana.domain.commitments.queries import last_row
from yupana.domain.obligations import queries as obligations
from yupana.domain.obligations.rules import Expects
from yupana.domain.submissions import policy
from yupana.domain.submissions import queries as submissions
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.errors import Missing
from yupana.projections.overviews.checklist import to_mend
from yupana.projections.overviews.plan_rows import Plan, plan_of
from yupana.projections.overviews.sent_back import SentBack, sent_back

if TYPE_CHECKING:
    from yupana.domain.instruments.models import Item
    from yupana.domain.obligations.models import Obligation
    from yupana.domain.submissions.models import Step, Submission
    from yupana.foundation.kernel.actor import Actor
    from yupana.projections.overviews.checklist import Point


@dataclass(frozen=True, slots=True)
class Sheet:
    """The plan of one obligation, for those who write it or hand it in.

    ``plan`` is the draft, None while there is none; ``waiting`` the version that is being reviewed; ``accepted`` the
    last accepted one. ``free_row`` is a number that no version has used, and about which no partner was asked.
    ``passed_to`` is the body that owes it now, if it passed to another.
    """

    obligation: Obligation
    plan: Plan | None
    waiting: Submission | None
    accepted: Submission | None
    returned: SentBack | None
    may_write: bool
    may_hand_in: bool
    free_row: int
    passed_to: str = ""

    @property
    def draft(self) -> Plan:
        """The draft; Missing while there is none."""
        if self.plan is None:
            raise Missing("submission-unknown")
        return self.plan


@dataclass(frozen=True, slots=True)
class Version:
    """One version that was handed in.

    ``refusal`` says why the reader may not decide about it, ``move_refusal`` why they may not say that a row answers
    another line: empty where they may. ``to_mend`` are the sections that its decision found wanting.
    """

    obligation: Obligation
    plan: Plan
    steps: tuple[Step, ...]
    others: tuple[Submission, ...]
    refusal: str
    move_refusal: str
    own: bool
    to_mend: tuple[Point, ...] = ()

    def item(self, ref: str) -> Item | None:
        """Return the item that a ref names among the lines, None for an empty one; Missing for any other."""
        found = next((line.item for line in self.plan.lines if line.ref == ref), None)
        if ref and found is None:
            raise Missing("item-unknown", item=ref)
        return found

    @property
    def may_move_rows(self) -> bool:
        """Whether the reader may say that a row answers another line: not of what was sent back."""
        return not self.move_refusal and self.plan.submission.state in {State.SUBMITTED, State.ACCEPTED}

    @property
    def follows(self) -> bool:
        """Whether there is an earlier version to compare it with."""
        return any(each.version < self.plan.submission.version for each in self.others)

    @property
    def undecided(self) -> bool:
        """Whether it waits for a decision."""
        return self.plan.submission.state == State.SUBMITTED


def sheet(actor: Actor, obligation_id: int) -> Sheet:
    """Find the plan of an obligation; Missing unless the actor writes it or hands it in."""
    obligation = obligations.readable_obligation(actor, obligation_id)
    if obligation.call.expects == Expects.PROGRESS:
        raise Missing("obligation-unknown")
    versions = list(submissions.versions_of(actor, obligation_id))
    draft = next((one for one in versions if one.state == State.DRAFT), None)
    own = obligation.debtor_id in actor.entities(*policy.OWN)
    # Others come here only with the draft that they transcribe.
    if not own and (draft is None or not policy.can_write(actor, draft)):
        raise Missing("obligation-unknown")
    returned = sent_back(versions, {})
    return Sheet(
        obligation=obligation,
        plan=plan_of(obligation, draft, {one.row: one.text for one in returned.remarks} if returned else {})
        if draft
        else None,
        waiting=next((one for one in versions if one.state == State.SUBMITTED), None),
        accepted=next((one for one in versions if one.state == State.ACCEPTED), None),
        returned=returned,
        may_write=policy.can_write(actor, draft) if draft else policy.can_start(actor, obligation),
        may_hand_in=draft is not None and policy.can_submit(actor, draft),
        free_row=last_row(obligation_id) + 1,
        passed_to=obligations.passed_to([obligation]).get(obligation.pk, ""),
    )


def version(actor: Actor, submission_id: int) -> Version:
    """Find one version of a plan that was handed in; Missing for a draft, a report, and for whoever may not read it."""
    found = submissions.found(actor, submission_id)
    if found.state == State.DRAFT or found.obligation.call.expects != Expects.PLAN:
        raise Missing("submission-unknown")
    obligation = obligations.readable_obligation(actor, found.obligation_id)
    versions = list(submissions.versions_of(actor, found.obligation_id))
    steps = tuple(step for one in versions if one.pk == found.pk for step in one.steps.all())
    remarks = {remark.row: remark.text for step in steps for remark in step.remarks.all()}
    return Version(
        obligation=obligation,
        plan=plan_of(obligation, found, remarks),
        steps=steps,
        others=tuple(one for one in versions if one.pk != found.pk and one.state != State.DRAFT),
        refusal=policy.review_refusal(actor, found),
        move_refusal=commitments.reclassify_refusal(actor, obligation),
        own=obligation.debtor_id in actor.entities(*policy.OWN),
        to_mend=to_mend(found, steps),
    )
