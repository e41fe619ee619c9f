"""What a mail says: of each thing one sentence and one link, in Spanish, and nothing about what is behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import ngettext, override

from yupana.domain.people import tokens
from yupana.projections.notices.labels import OF_OTHERS, OF_REPORTS, SENTENCES, SUBJECT
from yupana.projections.notices.rules import Link, Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yupana.domain.people.models import Person
    from yupana.projections.notices.models import Outbox

LISTS = {"queue", "evidence", "findings"}
LANGUAGE = "es"  # of all entities; a reader of another one finds it on the page
HERE = "http://127.0.0.1:8000"
_here = [HERE]


def compose(mails: Sequence[Outbox]) -> tuple[str, str]:
    """Return subject and text of one mail about all of these, made for the moment in which it leaves."""
    with override(LANGUAGE):
        told = dict.fromkeys(f"{_sentence(mail)}\n\n{absolute(_path(mail))}\n" for mail in mails)
        many = ngettext("Yupana: %(n)d thing waits for you", "Yupana: %(n)d things wait for you", len(told))
        return many % {"n": len(told)} if len(told) > 1 else str(SUBJECT), "\n".join(told)


def _sentence(mail: Outbox) -> str:
    rule, kind = Rule(mail.rule), mail.subject.partition(":")[0]
    said = OF_OTHERS if kind == "inbox" else OF_REPORTS if kind == Link.REPORT else SENTENCES
    return str(said.get(rule, SENTENCES[rule])) % {"day": date_format(mail.about_on, "DATE_FORMAT")}


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
    if kind in {"plan", "report", "review"}:
        return reverse(f"desk:{kind}", args=[int(key)])
    return reverse(f"desk:{kind if kind in LISTS else 'inbox'}")
