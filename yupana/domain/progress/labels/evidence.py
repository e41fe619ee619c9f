"""What is said about evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yupana.domain.progress.rules.evidence import FetchRefusal, Standing, Validity
from yupana.domain.progress.rules.kinds import EvidenceLevel

if TYPE_CHECKING:
    from enum import StrEnum

    from django_stubs_ext import StrPromise

MESSAGES: dict[str, StrPromise] = {
    "link-unreadable": _("Write a whole address of the web, such as https://www.ejemplo.gob.bo/acta.pdf."),
    "link-too-long": _("The address is longer than %(most)s characters."),
    "link-with-password": _("The address holds a user name or a password: everybody who may read it would have it."),
    "evidence-nothing": _("Choose a file or write an address."),
    "evidence-both": _("Choose a file or write an address, not both: they are two pieces of evidence."),
    "evidence-name-missing": _("Say what it is, in a few words."),
    "evidence-text-too-long": _("A text is longer than %(most)s characters."),
    "evidence-level-unknown": _("Say how much it proves."),
    "evidence-visibility-unknown": _("Say who may read it."),
    "evidence-issued-later": _("It cannot have been issued after today."),
    "evidence-days-backwards": _("It cannot expire before the day on which it was issued."),
    "evidence-erased": _("This was here already and was erased by an act. It is not taken again."),
    "evidence-missing": _("There is no such piece of evidence."),
    "not-for-entity": _("Only who acts for the entity brings evidence for it."),
    "not-a-link": _("Only a link is looked at again."),
}
LABELS: dict[type[StrEnum], dict[str, StrPromise]] = {
    Validity: {
        Validity.LASTING: _("does not expire"),
        Validity.VALID: pgettext_lazy("evidence", "valid"),
        Validity.NEAR: _("about to expire"),
        Validity.EXPIRED: pgettext_lazy("evidence", "expired"),
    },
    Standing: {
        Standing.UNSEEN: _("not looked at yet"),
        Standing.THERE: _("still there, as it was"),
        Standing.CHANGED: _("what was there has changed"),
        Standing.LOST: _("could not be read"),
    },
    FetchRefusal: {
        FetchRefusal.ADDRESS: _("it does not lead to the open internet"),
        FetchRefusal.PORT: _("it leads to a port that is not of the web"),
        FetchRefusal.UNKNOWN: _("its name is not known"),
        FetchRefusal.UNREACHABLE: _("nobody answers there"),
        FetchRefusal.CERTIFICATE: _("its certificate is not valid"),
        FetchRefusal.REDIRECTS: _("it leads on more than three times"),
        FetchRefusal.ASTRAY: _("it leads on to what is no address of the web"),
        FetchRefusal.GONE: _("it is not there any more"),
        FetchRefusal.CLOSED: _("it asks for a password"),
        FetchRefusal.FAILED: _("its server answered with an error"),
        FetchRefusal.TOO_LARGE: _("it is larger than 10 MB"),
        FetchRefusal.TOO_SLOW: _("it takes longer than 10 seconds"),
        FetchRefusal.PACKED: _("it is sent compressed"),
        FetchRefusal.CUT: _("it ended before its end"),
    },
}
LEVELS: dict[EvidenceLevel, StrPromise] = {
    EvidenceLevel.SAID: _("The entity says so itself (a note, a photograph)"),
    EvidenceLevel.INTERNAL: _("A document of the entity"),
    EvidenceLevel.OFFICIAL: _("An official act (a resolution, a contract, a signed record)"),
    EvidenceLevel.OPEN: _("Anybody can check it (a public page, open data)"),
}
"""How much a piece proves, in words."""
