"""One declared value beside what was found of it, and all that is open about what was found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import F, OuterRef, Q, Subquery

from yupana.domain.commitments.models import Activity
from yupana.domain.obligations.rules import Expects
from yupana.domain.people import queries as people
from yupana.domain.progress import checks
from yupana.domain.progress.histories import histories, plan_of
from yupana.domain.progress.models import CorrectiveStep, Dispute, Evidence, Progress
from yupana.domain.progress.policy import can_dispute, evidence_readable_by, sees_all, verify_refusal
from yupana.domain.progress.rules import CorrectiveState, advance, moves, order, said_of, waits_for_entity
from yupana.domain.progress.rules.typed import value_text
from yupana.domain.submissions.models import Step
from yupana.domain.submissions.policy import acts_for
from yupana.domain.submissions.queries import all_with_debtors
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.errors import Missing

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from yupana.domain.people.models import Mandate
    from yupana.domain.progress.histories import History, Line
    from yupana.domain.progress.models import Corrective, Verdict
    from yupana.domain.progress.rules import Advance
    from yupana.domain.submissions.models import Submission
    from yupana.foundation.kernel.actor import Actor

NEWS = timedelta(days=30)  # so long a verdict stands in the inbox of whom it concerns


@dataclass(frozen=True, slots=True)
class Told:
    """One period of an activity: what was programmed by its end, declared and found, as people write it ("": none)."""

    period: str
    programmed: str
    declared: str
    gap: str
    found: str
    now: Advance
    proved: bool
    accrued: int | None


@dataclass(frozen=True, slots=True)
class Action:
    """A corrective action, where it stands and who may move it. ``days`` until it is due, negative when it is past.

    ``waits`` counts the days since the entity answered, where the authority is to look at that (None: it is not), and
    ``in_time`` says that it was answered by the day on which it was due.
    """

    corrective: Corrective
    steps: tuple[CorrectiveStep, ...]
    state: CorrectiveState | None
    days: int
    may_answer: bool = False
    may_close: bool = False
    may_reopen: bool = False
    waits: int | None = None
    in_time: bool = False

    @property
    def late_by(self) -> int:
        """How many days ago it was due, where the entity has still to answer."""
        return max(-self.days, 0) if self.waits is None else 0

    @property
    def is_open(self) -> bool:
        """Whether something is left to be put right."""
        return self.state is not CorrectiveState.CLOSED


@dataclass(frozen=True, slots=True)
class Found:
    """One verdict, what the entity said against it, and what has to be put right. ``holds``: nobody superseded it."""

    verdict: Verdict
    said: str
    agrees: bool
    holds: bool
    dispute: Dispute | None
    actions: tuple[Action, ...]
    may_dispute: bool = False
    may_answer: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an accepted report as a verifier, or its own entity, sees it."""

    version: Submission
    row: int
    activity: Activity | None
    declared: Progress
    said: str
    periods: tuple[Told, ...]
    evidence: tuple[Evidence, ...]
    found: tuple[Found, ...]
    refusal: str
    is_last: bool

    @property
    def holds(self) -> Verdict | None:
        """The verdict that holds."""
        return next((each.verdict for each in self.found if each.holds), None)

    @property
    def may_verify(self) -> bool:
        """Whether the reader may give a verdict now."""
        return not self.refusal and self.is_last and not any(_is_waiting(each.dispute) for each in self.found)


def row_of(actor: Actor, submission: int, row: int, *, on: date) -> Row:
    """One row of an accepted report, or Missing: for the authority, and for whose report it is."""
    version = all_with_debtors().filter(pk=submission, state=State.ACCEPTED).first()
    if version is None or version.obligation.call.expects != Expects.PROGRESS:
        raise Missing("submission-unknown")
    if not (sees_all(actor) or acts_for(actor, version.obligation)):
        raise Missing("submission-unknown")
    declared = Progress.objects.filter(submission=version, row=row).first()
    if declared is None or not said_of(declared).is_known:
        raise Missing("row-unknown", row=row)
    plan = plan_of(version.obligation)
    history = histories([plan])[plan] if plan else None
    line = next((each for each in history.lines if each.row == row), None) if history else None
    last = Step.objects.filter(submission__obligation=version.obligation, after=State.ACCEPTED).order_by("-entry_id")
    cited = Evidence.objects.filter(supports__submission=version, supports__row=row)
    return Row(
        version=version,
        row=row,
        activity=Activity.objects.filter(pk=line.activity).first() if line else None,
        declared=declared,
        said=_text(declared),
        periods=_periods(line, history) if line and history else (),
        evidence=tuple(evidence_readable_by(actor, cited).order_by("pk")),
        found=_found(actor, version, row, declared, on),
        refusal=verify_refusal(actor, version),
        is_last=last.values_list("submission", flat=True).first() == version.pk,
    )


@dataclass(frozen=True, slots=True)
class Open:
    """What is open: actions to be put right, disputes to be answered, and verdicts that a body may want to read."""

    actions: tuple[Action, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    verdicts: tuple[Verdict, ...] = ()


def open_findings(actor: Actor, *, on: date, mine: bool = False) -> Open:
    """All that is open for the authority (``mine``: about the actor's own verdicts); of a body its own."""
    actions = _open_actions(actor)
    disputes = _open_disputes(actor)
    if mine:
        actions, disputes = actions.filter(verdict__by=actor.person), disputes.filter(verdict__by=actor.person)
    held = people.ever_held(actor)
    return Open(
        actions=tuple(_action(actor, each, on, held) for each in actions.order_by("due_on", "pk")),
        disputes=tuple(disputes.order_by("on", "pk")),
    )


def waiting(actor: Actor, *, on: date) -> Open:
    """Say what waits for the actor: for a body what it is to put right and what was found of it that differs.

    For who verifies: what bodies say to have put right, and disputes about verdicts of others. Three queries or four.
    """
    told = open_findings(actor, on=on)
    ours = tuple(each for each in told.actions if each.may_answer)
    theirs = tuple(
        each for each in told.actions if each.state is CorrectiveState.ANSWERED and each.may_close
    )  # fmt: skip
    held = people.ever_held(actor)
    disputes = tuple(each for each in told.disputes if _may_answer(actor, each.verdict, held))
    return Open(ours + theirs, disputes, tuple(_news(actor, on)))


def late_actions(actor: Actor, *, on: date) -> list[str]:
    """Name the open corrective actions whose day is past while the entity has not answered, by their keys."""
    found: QuerySet[Any] = _open_actions(actor).filter(due_on__lt=on)
    late = found.filter(Q(last=None) | Q(last=CorrectiveState.REOPENED))
    return [str(key) for key in late.order_by("due_on", "pk").values_list("pk", flat=True)]


def _news(actor: Actor, on: date) -> QuerySet[Verdict]:
    """Verdicts of late on the actor's own bodies that differ from what was declared and that nobody disputed."""
    declared = Progress.objects.filter(submission=OuterRef("submission"), row=OuterRef("row"))
    names = ("value", "numerator", "denominator")
    found = checks.standing(checks.verdicts(actor)).filter(
        submission__obligation__debtor__in=checks.own(actor), on__gt=on - NEWS, dispute=None
    )
    found = found.annotate(**{f"declared_{name}": Subquery(declared.values(name)[:1]) for name in names})
    same = Q(value=F("declared_value")) | Q(numerator=F("declared_numerator"), denominator=F("declared_denominator"))
    return found.exclude(pk__in=found.filter(same).values("pk")).order_by("-pk")


def _open_actions(actor: Actor) -> QuerySet[Corrective]:
    last = CorrectiveStep.objects.filter(corrective=OuterRef("pk")).order_by("-order").values("after")[:1]
    return checks.correctives(actor).annotate(last=Subquery(last)).filter(
        Q(last=None) | Q(last__in=[CorrectiveState.ANSWERED, CorrectiveState.REOPENED])
    )  # fmt: skip


def _open_disputes(actor: Actor) -> QuerySet[Dispute]:
    about = ("verdict__submission__obligation__call", "verdict__submission__obligation__debtor")
    return Dispute.objects.filter(upheld=None, verdict__in=checks.verdicts(actor).values("pk")).select_related(*about)


def _periods(line: Line, history: History) -> tuple[Told, ...]:
    told = []
    for period in order({*line.said, *(each.period for each in history.reports)}):
        said, found = line.said.get(period), line.checked.get(period)
        now = advance(line.promise, line.said, period, expected=history.before(period, line))
        due = line.promise.programmed.get(period)
        told.append(
            Told(
                period=period,
                programmed="" if due is None else value_text(due, None, None),
                declared=value_text(said.value, said.numerator, said.denominator) if said else "",
                gap=said.gap if said else "",
                found=value_text(found.value, found.numerator, found.denominator) if found else "",
                now=now,
                proved=period in line.proved,
                accrued=line.spent[period].accrued if period in line.spent else None,
            )
        )
    return tuple(told)


def _found(actor: Actor, version: Submission, row: int, declared: Progress, on: date) -> tuple[Found, ...]:
    """All verdicts on a row, the newest first, with what became of each."""
    given = checks.all_verdicts().filter(submission=version, row=row).select_related("dispute", "superseded_by")
    actions: dict[int, list[Action]] = {}
    held = people.ever_held(actor)
    for asked in checks.all_correctives().filter(verdict__in=given.values("pk")).order_by("pk"):
        actions.setdefault(asked.verdict_id, []).append(_action(actor, asked, on, held))
    speaks = can_dispute(actor, version.obligation)
    told: list[Found] = []
    for each in given.order_by("-pk"):
        holds, dispute = not hasattr(each, "superseded_by"), getattr(each, "dispute", None)
        waits = holds and _is_waiting(dispute)
        told.append(
            Found(
                verdict=each,
                said=_text(each),
                agrees=said_of(each) == said_of(declared),
                holds=holds,
                dispute=dispute,
                actions=tuple(actions.get(each.pk, ())),
                may_dispute=speaks and holds and dispute is None,
                may_answer=waits and _may_answer(actor, each, held),
            )
        )
    return tuple(told)


def _action(actor: Actor, found: Corrective, on: date, held: QuerySet[Mandate]) -> Action:
    obligation, state = found.verdict.submission.obligation, checks.state_of(found)
    verifies = not verify_refusal(actor, found.verdict.submission, held)
    steps = tuple(sorted(found.steps.all(), key=lambda step: step.order))
    answered = steps[-1].on if state is CorrectiveState.ANSWERED else None
    return Action(
        corrective=found,
        steps=steps,
        state=state,
        days=(found.due_on - on).days,
        may_answer=waits_for_entity(state) and can_dispute(actor, obligation),
        may_close=CorrectiveState.CLOSED in moves(state) and verifies,
        may_reopen=CorrectiveState.REOPENED in moves(state) and verifies,
        waits=(on - answered).days if answered else None,
        in_time=answered is not None and answered <= found.due_on,
    )


def _may_answer(actor: Actor, about: Verdict, held: QuerySet[Mandate]) -> bool:
    own = about.by_id is not None and about.by_id == actor.person
    return not own and not verify_refusal(actor, about.submission, held)


def _is_waiting(dispute: Dispute | None) -> bool:
    return dispute is not None and dispute.upheld is None


def _text(said: Progress | Verdict) -> str:
    return value_text(said.value, said.numerator, said.denominator)
