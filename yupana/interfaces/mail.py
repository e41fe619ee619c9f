"""What a mail says: one sentence and one link, in Spanish, and nothing about what the link leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import override

from yupana.domain.people import tokens
from yupana.projections.notices.labels import LATE_OF_OTHERS, SENTENCES, SUBJECT
from yupana.projections.notices.rules import Rule

if TYPE_CHECKING:
    from yupana.domain.people.models import Person
    from yupana.projections.notices.models import Outbox

LANGUAGE = "es"  # of all entities; a reader of another one finds it on the page
HERE = "http://127.0.0.1:8000"
_here = [HERE]


def compose(mail: Outbox) -> tuple[str, str]:
    """Return subject and text of a mail, made for the moment in which it leaves."""
    with override(LANGUAGE):
        rule = Rule(mail.rule)
        said = LATE_OF_OTHERS if rule is Rule.LATE and mail.subject == "inbox" else SENTENCES[rule]
        sentence = str(said) % {"day": date_format(mail.about_on, "DATE_FORMAT")}
        return str(SUBJECT), f"{sentence}\n\n{absolute(_path(mail))}\n"


def invitation(person: Person) -> str:
    """Return the link with which an invited person chooses a password: whoever holds it is let in, once."""
    with override(LANGUAGE):
        return absolute(reverse("desk:invitation", args=[person.pk, tokens.made(person)]))


def absolute(path: str) -> str:
    """Return where a path of this site is found from outside; without a set origin, where this process serves it."""
    return f"{settings.ORIGINS[0] if settings.ORIGINS else _here[0]}{path}"


def served_at(host: str, port: int) -> None:
    """Say where this process listens. All addresses of a machine are written as its own, which it always answers."""
    named = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "::1": "[::1]"}.get(host, host)  # noqa: S104 (compared, not bound)
    _here[0] = f"http://{named}:{port}"


def _path(mail: Outbox) -> str:
    kind, _, key = mail.subject.partition(":")
    if kind == "invitation":
        return reverse("desk:invitation", args=[mail.person_id, tokens.made(mail.person)])
    if kind in {"plan", "review"}:
        return reverse(f"desk:{kind}", args=[int(key)])
    return reverse(f"desk:{'queue' if kind == 'queue' else 'inbox'}")
