"""What follow-up has to tell: silence, drafts that lie, what is off plan, evidence that expires, findings that wait."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q

from yupana.domain.obligations.models import Call, Obligation
from yupana.domain.obligations.queries import with_due
from yupana.domain.obligations.rules import CallState, Expects
from yupana.domain.progress.histories import History, histories
from yupana.domain.progress.models import Corrective, Dispute, Evidence, Progress, Verdict
from yupana.domain.progress.rules import CorrectiveState, advance, is_off_plan
from yupana.domain.submissions.models import Step, Submission
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.period import parse_period
from yupana.projections.notices.rules import REMINDERS, SILENT_PERIODS, Happening, Link, Rule, anchors, reminder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from django.db.models import QuerySet

LOOKED_AT = SILENT_PERIODS + 2  # periods: the last ones may not be due yet
DAYS = {each.rule: each.days for each in REMINDERS}
_OF_VERDICT = "submission__obligation"
_REPORTING = {"call__expects": Expects.PROGRESS, "call__state": CallState.OPEN, "call__historical": False}
_LIVING = {f"obligation__{name}": value for name, value in _REPORTING.items()}


def expiring(today: date) -> QuerySet[Evidence]:
    """Select evidence of accepted reports that is about to expire, or did not long ago."""
    soon, gone = today - timedelta(days=DAYS[Rule.EXPIRES]), today - timedelta(days=-DAYS[Rule.EXPIRES])
    return _cited().filter(valid_until__range=(gone, soon)).distinct()


def silent_now(today: date) -> list[str]:
    """Name, once for each silent entity, the call for the last report that it owes."""
    return [newest["call__code"] for newest in _silent(_by_plan(_owed_reports(today)).values())]


def explained(since: date, on: date) -> QuerySet[Step]:
    """Select acceptances of reports that say why an activity is off plan, of the last days."""
    told = Progress.objects.filter(submission=OuterRef("submission")).exclude(cause="")
    living = {f"submission__{name}": value for name, value in _LIVING.items()}
    return Step.objects.filter(Exists(told), **living, after=State.ACCEPTED, on__gt=since, on__lte=on)


def of_the_day(today: date) -> Iterator[Happening]:
    """Find what a day brings by itself; nothing where nobody is asked for reports."""
    if not Obligation.objects.filter(**_REPORTING).exists():
        return
    yield from _drafts(today)
    yield from _silences(today)
    yield from _off_plan(today)
    yield from _evidence(today)
    yield from _correctives(today)
    open_ = Dispute.objects.filter(upheld=None, on__in=anchors(Rule.DISPUTED, today))
    yield from _of_verdicts(Rule.DISPUTED, open_, "on", "verdict__", today)


def of_events(today: date) -> Iterator[Happening]:
    """Find what somebody did lately: what was found of what an entity reported."""
    given = Verdict.objects.filter(superseded_by=None, on__in=anchors(Rule.CHECKED, today))
    yield from _of_verdicts(Rule.CHECKED, given, "on", "", today)


def _silences(today: date) -> Iterator[Happening]:
    """Find who let so many periods in a row pass without a word."""
    for newest in _silent(_by_plan(_owed_reports(today)).values()):
        about = newest["effective_due"]
        said = reminder(Rule.SILENT, about, today)
        if said:
            yield Happening(said, about, newest["pk"], newest["debtor"], link=Link.REPORT)


def _silent(plans: Iterable[list[dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    """Choose of each plan the last report that was due, where it and those before it never came."""
    for owed in plans:
        in_order = sorted(owed, key=lambda each: parse_period(each["period"]).last)
        if is_silent([each["handed"] for each in in_order]):
            yield in_order[-1]


def _by_plan(owed: Iterable[dict[str, Any]]) -> dict[tuple[int, int], list[dict[str, Any]]]:
    found: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    for each in owed:
        found[each["call__follows"], each["debtor"]].append(each)
    return found


def is_silent(handed: list[bool]) -> bool:
    """Whether the last periods, in order, all passed without a word."""
    return len(handed) >= SILENT_PERIODS and not any(handed[-SILENT_PERIODS:])


def _owed_reports(today: date) -> list[dict[str, Any]]:
    """Select the reports of the last periods whose day has come, with whether anything was ever handed in of each."""
    handed = Submission.objects.filter(obligation=OuterRef("pk")).exclude(state=State.DRAFT)
    owed: QuerySet[Any] = with_due(Obligation.objects.filter(call__in=_last_calls(today)))
    owed = owed.filter(effective_due__lt=today, is_waived=False, is_transferred=False)
    told = owed.annotate(handed=Exists(handed)).order_by("pk")
    return list(told.values("pk", "debtor", "call__follows", "call__code", "period", "effective_due", "handed"))


def _last_calls(today: date) -> list[int]:
    """Select the calls for reports on the last periods of each call for plans; some of them may not be due yet."""
    living = {name.removeprefix("call__"): value for name, value in _REPORTING.items()}
    found: dict[int | None, list[tuple[date, int]]] = defaultdict(list)
    for pk, follows, period in Call.objects.filter(**living, opens_on__lte=today).values_list(
        "pk", "follows", "period"
    ):
        found[follows].append((parse_period(period).last, pk))
    return [pk for calls in found.values() for _, pk in sorted(calls)[-LOOKED_AT:]]


def _drafts(today: date) -> Iterator[Happening]:
    """Find drafts of reports that nobody touched, while they are still taken."""
    days = anchors(Rule.DRAFT, today)
    taken = Q(obligation__call__locks_on=None) | Q(obligation__call__locks_on__gte=today)
    lying = Submission.objects.filter(taken, **_LIVING, state=State.DRAFT, ready_on=None, saved_at__date__in=days)
    lying = lying.filter(obligation__waiver=None, obligation__transfer=None)
    for saved, obligation, debtor in lying.values_list("saved_at__date", "obligation", "obligation__debtor"):
        said = reminder(Rule.DRAFT, saved, today)
        if said:
            yield Happening(said, saved, obligation, debtor, link=Link.REPORT)


def _off_plan(today: date) -> Iterator[Happening]:
    """Find accepted reports of which an activity is off plan; only where a cause is given can there be one."""
    days = anchors(Rule.OFF_PLAN, today)
    rows = explained(days[0] - timedelta(days=1), days[-1]).select_related("submission__obligation__call")
    owed = [(step.on, step.submission_id, step.submission.obligation) for step in rows.order_by("pk")]
    plans = _plans(each for _, _, each in owed)
    read = histories(set(plans.values()))
    for day, version, each in owed:
        said = reminder(Rule.OFF_PLAN, day, today)
        key = plans.get((each.call.follows_id, each.debtor_id))
        if said and key is not None and _is_off(read[key], each.period):
            yield Happening(said, day, each.pk, each.debtor_id, version, Link.REPORT)


def _plans(reports: Iterable[Obligation]) -> dict[tuple[int | None, int], int]:
    """Find the obligations for the plans that reports follow, by call and debtor."""
    wanted = {(each.call.follows_id, each.debtor_id) for each in reports}
    held = Obligation.objects.filter(call__in={call for call, _ in wanted}, debtor__in={body for _, body in wanted})
    return {(call, debtor): pk for pk, call, debtor in held.values_list("pk", "call", "debtor")}


def _is_off(history: History, period: str) -> bool:
    expected = history.before(period)
    return any(is_off_plan(advance(line.promise, line.said, period, expected=expected)) for line in history.lines)


def _evidence(today: date) -> Iterator[Happening]:
    """Find evidence that stops proving anything, of accepted reports."""
    for rule in (Rule.EXPIRES, Rule.EXPIRED):
        ending = _cited().filter(valid_until__in=anchors(rule, today)).order_by("valid_until", "entity").distinct()
        for day, entity in ending.values_list("valid_until", "entity"):
            said = reminder(rule, day, today) if day else None
            if said and day:
                yield Happening(said, day, 0, entity, link=Link.EVIDENCE)


def _cited() -> QuerySet[Evidence]:
    cited = {f"supports__submission__{name}": value for name, value in _LIVING.items()}
    return Evidence.objects.filter(**cited, supports__submission__state=State.ACCEPTED, entry__erasure=None)


def _correctives(today: date) -> Iterator[Happening]:
    """Find what has to be put right soon, or should have been, and what was put right and waits to be looked at."""
    late = {rule: anchors(rule, today) for rule in (Rule.FIX, Rule.FIX_LATE)}
    found = Corrective.objects.filter(
        Q(due_on__in=[day for days in late.values() for day in days])
        | Q(steps__after=CorrectiveState.ANSWERED, steps__on__in=anchors(Rule.FIXED, today))
    )
    rows = found.distinct().select_related("verdict__submission__obligation").prefetch_related("steps").order_by("pk")
    for each in rows:
        owed, last = (
            each.verdict.submission.obligation,
            max(each.steps.all(), key=lambda step: step.order, default=None),
        )
        answered = last is not None and last.after == CorrectiveState.ANSWERED
        if last is not None and last.after == CorrectiveState.CLOSED:
            continue
        about = last.on if last and answered else each.due_on
        rule = Rule.FIXED if answered else Rule.FIX if today <= each.due_on else Rule.FIX_LATE
        said = reminder(rule, about, today)
        if said:
            yield Happening(said, about, owed.pk, owed.debtor_id, link=Link.FINDINGS)


def _of_verdicts(rule: Rule, rows: QuerySet[Any], day: str, path: str, today: date) -> Iterator[Happening]:
    told = rows.order_by("pk").values_list(day, f"{path}{_OF_VERDICT}", f"{path}{_OF_VERDICT}__debtor")
    for about, obligation, debtor in told:
        said = reminder(rule, about, today)
        if said:
            yield Happening(said, about, obligation, debtor, link=Link.FINDINGS)
