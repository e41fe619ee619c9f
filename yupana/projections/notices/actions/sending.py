"""Emptying the outbox: each mail leaves once at most, what fails is tried again later, what is too old is dropped."""

from __future__ import annotations

from dataclasses import dataclass
from smtplib import SMTPException
from typing import TYPE_CHECKING

from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F, Q

from yupana.domain.obligations.actions.contacting import note_many
from yupana.domain.obligations.rules import ContactHow
from yupana.domain.people.models import Person
from yupana.domain.people.policy import check_grant
from yupana.domain.people.queries import in_force
from yupana.foundation.kernel.errors import Missing
from yupana.projections.notices import journal
from yupana.projections.notices.models import Outbox
from yupana.projections.notices.rules import MOST_TRIES, Post, Rule, is_stale, pause

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date, datetime

    from django.core.mail.backends.base import BaseEmailBackend
    from django.db.models import QuerySet

    from yupana.foundation.kernel.actor import Actor

    Compose = Callable[[Sequence[Outbox]], tuple[str, str]]

MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of the mails that were looked at; ``left`` wait for a later try."""

    sent: int
    failed: int
    dropped: int
    left: int


def deliver(*, compose: Compose, now: datetime, on: date, most: int = MOST_AT_ONCE) -> Delivered:
    """Send what waits: to each person one mail of all that there is to tell them, and an invitation by itself.

    ``compose`` says subject and text of a mail. Two at once share the work. What is told is claimed before it is sent,
    and written down beside the database once it left: whatever happens it does not leave twice.
    """
    known, told = journal.sent(), {Post.SENT: 0, Post.FAILED: 0, Post.DROPPED: 0, Post.WAITING: 0}
    rejected = set(Outbox.objects.filter(state=Post.BOUNCED).values_list("address", flat=True))
    with get_connection() as backend:
        for mails in _together(_waiting(now)[:most]):
            useless = {mail.pk: why for mail in mails if (why := _useless(mail, on, rejected))}
            for mail in (mail for mail in mails if mail.pk in useless):
                told[_moved(mail, Post.DROPPED, problem=useless[mail.pk])] += 1
            claimed = [mail for mail in mails if mail.pk not in useless and _claimed(mail, now)]
            for after in _send(claimed, compose, known, backend):
                told[after] += 1
    left = told[Post.WAITING] + _waiting(now).count()
    return Delivered(told[Post.SENT], told[Post.FAILED], told[Post.DROPPED], left)


def bounced(*, actor: Actor, address: str, on: date) -> int:
    """Note that mail to an address came back: nothing more is sent to it until its person gives another one.

    Returns how many mails it was; Missing where none was ever sent there. The entities of its people are noted as not
    reached.
    """
    check_grant(actor)
    with transaction.atomic():
        gone = Outbox.objects.filter(address__iexact=address.strip(), state__in=(Post.SENT, Post.SENDING))
        people = set(gone.values_list("person", flat=True))
        many = gone.update(state=Post.BOUNCED)
        if not many:
            raise Missing("mail-unknown", address=address.strip()[:254])
        held = in_force(on).filter(person__in=Person.objects.filter(pk__in=people))
        note_many(actor=actor, entities=held.values_list("entity", flat=True), how=ContactHow.BOUNCED, on=on)
        return many


def _waiting(now: datetime) -> QuerySet[Outbox]:
    due = Q(state=Post.WAITING)
    for tries in range(1, MOST_TRIES):
        due |= Q(state=Post.FAILED, tries=tries, tried_at__lte=now - pause(tries))
    return Outbox.objects.filter(due).select_related("person").order_by("pk")


def _useless(mail: Outbox, on: date, rejected: set[str]) -> str:
    """Why a mail is not sent any more; empty where it is."""
    person = mail.person
    if is_stale(mail.due_on, on):
        return "stale"
    if not person.email or not person.is_active or not in_force(on).filter(person=person).exists():
        return "nobody"
    if mail.rule == Rule.INVITED and person.has_usable_password():
        return "done"
    return "bounced" if person.email.casefold() in {each.casefold() for each in rejected} else ""


def _claimed(mail: Outbox, now: datetime) -> bool:
    """Take a mail, so that nobody else sends it."""
    mine = Outbox.objects.filter(pk=mail.pk, state=mail.state, tries=mail.tries)
    mail.address = mail.person.email
    return bool(mine.update(state=Post.SENDING, tries=F("tries") + 1, tried_at=now, address=mail.address, problem=""))


def _together(mails: Iterable[Outbox]) -> list[list[Outbox]]:
    """Put together what goes to one person; an invitation is for nobody but who opens it, and stays alone."""
    found: dict[tuple[int, int], list[Outbox]] = {}
    for mail in mails:
        found.setdefault((mail.person_id, mail.pk if mail.rule == Rule.INVITED else 0), []).append(mail)
    return list(found.values())


def _send(mails: Sequence[Outbox], compose: Compose, known: set[str], backend: BaseEmailBackend) -> list[Post]:
    """Send one mail about all of it; what left before the database forgot it is not told again."""
    digests = {mail.pk: journal.mark(mail) for mail in mails}
    new = [mail for mail in mails if digests[mail.pk] not in known]
    done = [_moved(mail, Post.SENT) for mail in mails if digests[mail.pk] in known]
    if not new:
        return done
    subject, text = compose(new)
    try:
        EmailMessage(subject, text, to=[new[0].address], connection=backend).send()
    except (OSError, SMTPException) as error:
        return done + [_moved(mail, Post.FAILED, problem=type(error).__name__) for mail in new]
    journal.write(*(digests[mail.pk] for mail in new))
    known.update(digests[mail.pk] for mail in new)
    return done + [_moved(mail, Post.SENT) for mail in new]


def _moved(mail: Outbox, after: Post, problem: str = "") -> Post:
    Outbox.objects.filter(pk=mail.pk).update(state=after.value, problem=problem)
    return after
