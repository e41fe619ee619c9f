"""What calls and obligations say to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yupana.domain.obligations.rules import CallState, ContactHow, Expects, Feast, Standing, Unowed, Visibility, Why

if TYPE_CHECKING:
    from enum import StrEnum

    from django_stubs_ext import StrPromise

MESSAGES: dict[str, StrPromise] = {
    "call-planners-only": _("Only the authority's planners open and close calls, extend deadlines and waive."),
    "call-unknown": _("There is no call %(call)s."),
    "call-without-edition": _("A call puts at least one edition, named CODE/EDITION."),
    "call-edition-twice": _("The same edition is named twice: %(editions)s."),
    "edition-unpublished": _("%(edition)s is still a draft. Publish it first."),
    "edition-not-in-force": _("%(edition)s is no longer in force. Call for the edition that is."),
    "call-code-unusable": _(
        "“%(found)s” cannot be the code of a call: it begins with a letter or a digit, holds only letters, digits and"
        " . _ - ( ) +, and is at most %(most)s characters long."
    ),
    "call-code-taken": _("There is already a call %(call)s. Choose another code."),
    "call-title-length": _("A call needs a title of at most %(most)s characters: “%(title)s”."),
    "call-expects-unknown": _("A call cannot expect “%(found)s”. Known are: %(known)s."),
    "call-visibility-unknown": _("“%(found)s” is no visibility. Known are: %(known)s."),
    "call-plan-type-unknown": _("“%(found)s” is no kind of plan. Known are: %(known)s."),
    "call-calendar-unknown": _("There is no calendar “%(found)s”. Known are: %(known)s."),
    "call-due-twice": _("Say by which day the call is due, or in how many days; not both."),
    "call-follows-nothing": _("A report follows a call for plans that was opened; “%(call)s” is none."),
    "call-plan-follows": _("Only a call for reports follows another one."),
    "call-follows-nobody": _(
        "Nobody has anything to report under %(call)s: no plan was accepted, and no indicator is asked for."
    ),
    "call-follows-already": _("Reports under %(call)s on %(period)s have been asked for already."),
    "call-locks-before-due": _("The call locks on %(locks_on)s, before it is due on %(due_on)s."),
    "call-due-in": _("A call is due between 1 and %(most)s days after it opens, not %(found)s."),
    "call-remedy-days": _("The term to mend what is returned is between 0 and %(most)s days, not %(found)s."),
    "call-due-missing": _("Say by which day the call is due. Only a historical call may leave it unknown."),
    "call-window-backwards": _("The call is due on %(due_on)s, before it opens on %(opens_on)s."),
    "call-before-edition": _(
        "The call would open on %(opens_on)s, before %(edition)s was published (%(published_on)s)."
    ),
    "own-entity": _("Nobody of the authority decides about an entity that they themselves act for. Ask a colleague."),
    "call-period-unreadable": _("“%(found)s” is no period. Write it as 2025, 2021-2025, 2025-S1, 2025-Q3 or 2025-M11."),
    "call-binds-nothing": _("Nothing in %(editions)s binds anybody, so there is nothing to answer."),
    "call-audience-empty": _("No entity that can be bound on %(on)s is among “%(audience)s”."),
    "call-nothing-changed": _("Nothing that binds says anything else than in %(since)s."),
    "call-binds-nobody": _("Nothing that is put binds anybody who is among “%(audience)s” on %(on)s."),
    "call-item-audience": _(
        "%(item)s binds “%(audience)s”, which cannot be found out: it names something that is not in the register."
    ),
    "call-since-other": _(
        "A complementary call puts one edition, later than %(since)s and of the same instrument; %(edition)s is not."
    ),
    "call-since-not-before": _("%(since)s was not published before %(edition)s, so nothing changed since."),
    "editions-unrelated": _("%(before)s and %(after)s are editions of different instruments."),
    "call-moved": _("Somebody else changed the call %(call)s meanwhile, or it is not open. Look at it again."),
    "call-not-open": _("The call %(call)s is not open, so its obligations do not move."),
    "obligation-unknown": _("There is no such obligation."),
    "obligation-transferred": _("What %(entity)s owed in the call %(call)s passed to its successor."),
    "obligation-waived": _("%(entity)s was exempted from the call %(call)s; that stands."),
    "obligation-act-missing": _("Say by which legal act this is decided, in at most %(most)s characters."),
    "contact-empty": _("Say the number of the letter, or note what came of it."),
    "contact-in-future": _("%(on)s is still to come."),
    "contact-cite-too-long": _("The number of the letter must have at most %(most)s characters."),
    "reason-missing": _("Give a reason."),
    "extension-not-later": _("An extension gives a later date than the call did: after %(due_on)s."),
    "calendar-missing": _("Say which calendar. Known are: %(known)s."),
    "department-unknown": _("“%(found)s” is no department of this calendar. Known are: %(known)s."),
    "holiday-name-length": _("Name the day in at most %(most)s characters."),
    "holiday-free-already": _("Nobody works there on %(day)s anyway."),
    "holiday-works-already": _("%(day)s is a working day there anyway."),
    "plea-not-yours": _("Only who plans or signs for the entity asks for more time, or to be waived."),
    "plea-not-later": _("Ask for a day after %(due_on)s."),
    "plea-undecided": _("Something was asked already and is not decided yet. The answer will appear in the inbox."),
    "plea-unknown": _("There is no such request."),
    "plea-decided": _("This request was decided already."),
    "plea-answer-missing": _("Say why it is denied: the entity reads it."),
    "due-before-opening": _("The new date, %(due_on)s, is before the call opened on %(opens_on)s."),
}

CALENDAR_NAMES: dict[str, StrPromise] = {"": _("Every day counts"), "bolivia": _("Working days in Bolivia")}

PLAN_TYPE_NAMES: dict[str, StrPromise] = {
    "": _("Any plan"),
    "pige": _("E-government plan (PIGE)"),
    "pislea": _("Free software and open standards plan (PISLEA)"),
    "pisi": _("Information security plan (PISI)"),
    "pei": _("Strategic plan (PEI)"),
    "poa": _("Annual operational plan (POA)"),
}

LABELS: dict[type[StrEnum], dict[str, StrPromise]] = {
    Feast: {
        Feast.NEW_YEAR: pgettext_lazy("holiday", "New Year"),
        Feast.STATE: pgettext_lazy("holiday", "Day of the Plurinational State"),
        Feast.CARNIVAL: pgettext_lazy("holiday", "Carnival"),
        Feast.GOOD_FRIDAY: pgettext_lazy("holiday", "Good Friday"),
        Feast.LABOUR: pgettext_lazy("holiday", "Labour Day"),
        Feast.CORPUS_CHRISTI: pgettext_lazy("holiday", "Corpus Christi"),
        Feast.ANDEAN_YEAR: pgettext_lazy("holiday", "Andean New Year"),
        Feast.INDEPENDENCE: pgettext_lazy("holiday", "Independence Day"),
        Feast.ALL_SOULS: pgettext_lazy("holiday", "All Souls"),
        Feast.CHRISTMAS: pgettext_lazy("holiday", "Christmas"),
        Feast.DEPARTMENT: pgettext_lazy("holiday", "Day of the department"),
    },
    CallState: {
        CallState.DRAFT: pgettext_lazy("call", "draft"),
        CallState.OPEN: pgettext_lazy("call", "open"),
        CallState.CLOSED: pgettext_lazy("call", "closed"),
    },
    ContactHow: {
        ContactHow.INVITED: pgettext_lazy("contact", "invited"),
        ContactHow.BOUNCED: pgettext_lazy("contact", "mail came back"),
        ContactHow.CALLED: pgettext_lazy("contact", "telephone call"),
        ContactHow.LETTER: pgettext_lazy("contact", "letter (CITE)"),
        ContactHow.VISIT: pgettext_lazy("contact", "visit"),
        ContactHow.MESSAGE: pgettext_lazy("contact", "message"),
    },
    Expects: {
        Expects.PLAN: pgettext_lazy("call expects", "an institutional plan"),
        Expects.PROGRESS: pgettext_lazy("call expects", "a progress report"),
    },
    Visibility: {
        Visibility.PUBLIC: pgettext_lazy("visibility", "public"),
        Visibility.RESTRICTED: pgettext_lazy("visibility", "restricted"),
    },
    Unowed: {
        Unowed.NOBODY: pgettext_lazy("owed by nobody", "nobody was made responsible"),
        Unowed.UNCHANGED: pgettext_lazy("owed by nobody", "it did not change"),
        Unowed.EMPTY: pgettext_lazy("owed by nobody", "nobody who is called is in its audience"),
    },
    Why: {
        Why.CALLED: pgettext_lazy("why it applies", "It binds whoever is called."),
        Why.INSIDE: pgettext_lazy("why it applies", "The entity is among those whom it binds."),
        Why.OUTSIDE: pgettext_lazy("why it applies", "The entity is not among those whom it binds."),
        Why.NOBODY: pgettext_lazy("why it applies", "It binds nobody: no entity was made responsible."),
        Why.UNREADABLE: pgettext_lazy("why it applies", "Whom it binds cannot be found out."),
        Why.UNCHANGED: pgettext_lazy("why it applies", "It did not change, and the call puts only what did."),
        Why.ALREADY: pgettext_lazy("why it applies", "It bound the entity before, and says nothing else now."),
        Why.NOT_CALLED: pgettext_lazy("why it applies", "The entity is not called."),
    },
    Standing: {
        Standing.OPEN: pgettext_lazy("standing", "open"),
        Standing.LATE: pgettext_lazy("standing", "late"),
        Standing.MET: pgettext_lazy("standing", "met"),
        Standing.MET_LATE: pgettext_lazy("standing", "met late"),
        Standing.MET_DATE_UNKNOWN: pgettext_lazy("standing", "met, timeliness unknown"),
        Standing.WAIVED: pgettext_lazy("standing", "waived"),
        Standing.TRANSFERRED: pgettext_lazy("standing", "transferred"),
    },
}
