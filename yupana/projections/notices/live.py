"""What is worth saying at the top of the inbox and stands on no card below it: a short list, found anew each time."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Q

from yupana.domain.instruments.facts import EditionState
from yupana.domain.instruments.models import Comment
from yupana.domain.obligations.models import CallEdition
from yupana.domain.obligations.policy import AUTHORITY
from yupana.domain.obligations.rules import CallState
from yupana.domain.people.queries import OF_THE_ENTITY
from yupana.domain.submissions import queries as submissions
from yupana.domain.submissions.models import Step, Submission
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.actor import Role
from yupana.projections.notices import following
from yupana.projections.notices.rules import REMINDERS, Rule
from yupana.projections.overviews import followup
from yupana.projections.overviews.verification import late_actions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.db.models import QuerySet

    from yupana.foundation.kernel.actor import Actor

SHOWN_DAYS = 7  # how long an acceptance is news
LONG_DAYS = next(each.days for each in REMINDERS if each.rule is Rule.UNREVIEWED)


class News(StrEnum):
    """What a line is about."""

    READY = "ready"
    ACCEPTED = "accepted"
    REPLACED = "replaced"
    COMMENTS = "comments"
    UNREVIEWED = "unreviewed"
    PUT_REPLACED = "put_replaced"
    EXPIRES = "expires"
    SILENT = "silent"
    OFF_PLAN = "off_plan"
    OVERDUE = "overdue"
    FIX_LATE = "fix_late"


@dataclass(frozen=True, slots=True)
class Notice:
    """One line: how many of what. ``key`` names the only one there is, to lead there; "" where there are several.

    ``call`` is the code of the call that all are about, where the line is about one.
    """

    news: News
    many: int
    key: str = ""
    call: str = ""


def notices(actor: Actor, *, on: date) -> tuple[Notice, ...]:
    """Return what there is to say to somebody today; a constant number of queries."""
    told = [_notice(news, keys) for news, keys in _found(actor, on) if keys]
    return (*told, *(_of_reports(on) if actor.has(Role.PLANNER) else ()), *_of_all(actor, on))


def _of_reports(on: date) -> Iterator[Notice]:
    """Tell a line for each call, so that each leads to the very reports that it counts."""
    for code, many in sorted(Counter(following.silent_now(on)).items()):
        yield Notice(News.SILENT, many, call=code)
    explained = following.explained(on - timedelta(days=SHOWN_DAYS), on).order_by("pk")
    found: dict[str, list[str]] = defaultdict(list)
    for code, version in explained.values_list("submission__obligation__call__code", "submission"):
        found[code].append(str(version))
    for code, keys in sorted(found.items()):
        yield replace(_notice(News.OFF_PLAN, keys), call=code)


def _of_all(actor: Actor, on: date) -> Iterator[Notice]:
    """Tell everybody of the authority what is past its day, while it lasts."""
    if not actor.has(*AUTHORITY):
        return
    for code, many in sorted(followup.overdue(on=on).items()):
        yield Notice(News.OVERDUE, many, call=code)
    late = late_actions(actor, on=on)
    if late:
        yield Notice(News.FIX_LATE, len(late))


def _found(actor: Actor, on: date) -> Iterator[tuple[News, list[str]]]:
    signs, own = actor.entities(Role.EXECUTIVE), actor.entities(*OF_THE_ENTITY)
    if signs:
        ready = Submission.objects.filter(
            state=State.DRAFT,
            ready_on__isnull=False,
            obligation__debtor__in=signs,
            obligation__call__state=CallState.OPEN,
        )
        yield News.READY, _keys(ready, "obligation")
    if own:
        lately = Step.objects.filter(after=State.ACCEPTED, on__gt=on - timedelta(days=SHOWN_DAYS), on__lte=on)
        mine = lately.filter(submission__obligation__debtor__in=own, submission__obligation__call__historical=False)
        yield News.ACCEPTED, _keys(mine, "submission")
        yield News.REPLACED, _keys(_replaced(Q(call__obligations__debtor__in=own)), "edition__instrument__code")
        yield News.EXPIRES, _keys(following.expiring(on).filter(entity__in=own), "pk")
    if actor.has(Role.PLANNER):
        yield News.COMMENTS, _comments()
        yield News.PUT_REPLACED, _keys(_replaced(Q()), "call__code")
    if actor.has(Role.REVIEWER):
        long = submissions.under_review(actor).filter(received_on__lte=on - timedelta(days=LONG_DAYS))
        yield News.UNREVIEWED, _keys(long.exclude(obligation__call__historical=True), "pk")


def _replaced(whose: Q) -> QuerySet[CallEdition]:
    """Open calls that put an edition which another one has taken the place of since."""
    put = CallEdition.objects.filter(
        whose, call__state=CallState.OPEN, call__historical=False, edition__state=EditionState.SUPERSEDED
    )
    return put.distinct()


def _comments() -> list[str]:
    """The editions on which comments wait, once for each comment."""
    waiting = Comment.objects.filter(answer__isnull=True).order_by("pk")
    told = waiting.values_list("consultation__edition__instrument__code", "consultation__edition__code")
    return [f"{instrument}/{edition}" for instrument, edition in told]


def _keys(rows: QuerySet[object], name: str) -> list[str]:  # type: ignore[type-var] # any table has a key
    return [str(key) for (key,) in rows.order_by().values_list(name)]


def _notice(news: News, keys: list[str]) -> Notice:
    return Notice(news, len(keys), keys[0] if len(set(keys)) == 1 else "")
