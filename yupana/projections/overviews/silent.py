"""Who has handed nothing in under a call, and why: what the authority can do next differs with it.

The database tells the reasons apart, so that a page of a call to ten thousand asks as much as one of a call to ten.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, Exists, OuterRef, Subquery, Value, When
from django.utils import timezone

from yupana.domain.obligations import queries as obligations
from yupana.domain.obligations.models import Contact, Waiver
from yupana.domain.obligations.policy import AUTHORITY
from yupana.domain.obligations.rules import ContactHow
from yupana.domain.people import queries as people
from yupana.domain.submissions.models import Submission
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.errors import Forbidden
from yupana.foundation.kernel.text import words_of
from yupana.projections.overviews.queue import Page, paged

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.db.models import QuerySet

    from yupana.domain.obligations.models import Call, Obligation
    from yupana.foundation.kernel.actor import Actor

UNTOUCHED_DAYS = 14


class Silence(StrEnum):
    """Why nothing was handed in: nobody is named, nobody came, nobody began, or nobody goes on."""

    UNINVITED = "uninvited"
    BOUNCED = "bounced"
    NEVER_CAME = "never_came"
    NOT_BEGUN = "not_begun"
    UNTOUCHED = "untouched"


WRITING = "writing"  # a draft that somebody worked on lately is no silence


@dataclass(frozen=True, slots=True)
class Silent:
    """One entity that is silent. ``contacts`` counts the attempts to reach it, ``reached_on`` is the last one's day."""

    obligation: Obligation
    due_on: date | None
    why: Silence
    contacts: int
    reached_on: date | None


@dataclass(frozen=True, slots=True)
class Silents:
    """A page of those who are silent, and how many there are by reason, whatever is shown."""

    page: Page[Silent]
    counts: tuple[tuple[Silence, int], ...]

    @property
    def total(self) -> int:
        """How many are silent in all."""
        return sum(many for _, many in self.counts)


def silent(actor: Actor, call: Call, *, on: date, why: str = "", text: str = "", page: int = 1) -> Silents:
    """Return who is silent under a call, by name: of one reason and with certain words where they are given."""
    everybody = _silent(actor, call, on)
    counted = dict(everybody.order_by().values_list("why").annotate(many=Count("pk")))
    chosen = everybody.filter(why=why) if why else everybody
    for word in words_of(text):
        chosen = chosen.filter(debtor__search_key__contains=word)
    some = paged(_with_contacts(chosen), page)
    rows = Page(tuple(map(_told, some.rows)), some.total, some.page, some.pages)
    return Silents(rows, tuple((each, counted[each]) for each in Silence if each in counted))


def every_silent(actor: Actor, call: Call, *, on: date) -> Iterator[Silent]:
    """Return everybody who is silent under a call, for a file."""
    return map(_told, _with_contacts(_silent(actor, call, on)).iterator(2000))


def _silent(actor: Actor, call: Call, on: date) -> QuerySet[Any]:
    if not (actor.operator or actor.has(*AUTHORITY)):
        raise Forbidden("call-planners-only")
    versions = Submission.objects.filter(obligation=OuterRef("pk"))
    named = people.in_force(on).filter(entity=OuterRef("debtor"), role__in=people.OF_THE_ENTITY, person__is_active=True)
    mail = Contact.objects.filter(entity=OuterRef("debtor"), how__in=[ContactHow.INVITED, ContactHow.BOUNCED])
    since = timezone.make_aware(datetime.combine(on - timedelta(days=UNTOUCHED_DAYS), time.min))
    reasons = (
        When(draft_of__gte=since, then=Value(WRITING)),
        When(draft_of__isnull=False, then=Value(Silence.UNTOUCHED.value)),
        When(~Exists(named), then=Value(Silence.UNINVITED.value)),
        When(Exists(named.filter(person__last_login__isnull=False)), then=Value(Silence.NOT_BEGUN.value)),
        When(last_mail=ContactHow.BOUNCED.value, then=Value(Silence.BOUNCED.value)),
    )
    owing: QuerySet[Any] = obligations.obligations_of(call)
    owing = owing.exclude(Exists(versions.exclude(state=State.DRAFT)))
    owing = owing.exclude(Exists(Waiver.objects.filter(obligation=OuterRef("pk")))).filter(transfer=None)
    told: QuerySet[Any] = owing.annotate(
        draft_of=Subquery(versions.filter(state=State.DRAFT).values("saved_at")[:1]),
        last_mail=Subquery(mail.order_by("-on", "-pk").values("how")[:1]),
    )
    told = told.annotate(why=Case(*reasons, default=Value(Silence.NEVER_CAME.value)))
    return told.exclude(why=WRITING)


def _with_contacts(owing: QuerySet[Obligation]) -> QuerySet[Obligation]:
    tried = Contact.objects.filter(entity=OuterRef("debtor")).order_by()
    counted = tried.values("entity").annotate(many=Count("pk")).values("many")
    told: QuerySet[Obligation] = owing.annotate(
        contacted=Subquery(counted), reached_on=Subquery(tried.order_by("-on").values("on")[:1])
    )
    return told


def _told(obligation: Obligation) -> Silent:
    told = vars(obligation)
    return Silent(obligation, told["effective_due"], Silence(told["why"]), told["contacted"] or 0, told["reached_on"])
