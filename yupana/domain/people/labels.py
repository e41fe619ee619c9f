"""What accounts and mandates say to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from yupana.foundation.kernel.actor import Role

if TYPE_CHECKING:
    from enum import StrEnum

    from django_stubs_ext import StrPromise

MESSAGES: dict[str, StrPromise] = {
    "grant-forbidden": _("Only a planner of the authority may open accounts and give or end mandates."),
    "username-unusable": _("“%(username)s” cannot be a user name: use up to %(most)s characters, without spaces."),
    "username-taken": _("The user name “%(username)s” is taken."),
    "password-weak": _("Choose another password. %(problems)s"),
    "password-wrong": _("The present password is not right."),
    "password-same": _("The new password is the present one; choose another."),
    "password-of-nobody": _("Only who has an account can change its password."),
    "display-name-too-long": _("The name must have at most %(most)s characters."),
    "person-unknown": _("There is no account “%(username)s”."),
    "email-unusable": _("“%(email)s” is no address to which mail could be sent."),
    "email-of-another": _("Only who holds the account, or who opens accounts, can change its address."),
    "account-closed": _("The account of this address was closed."),
    "account-acts-elsewhere": _(
        "The account of this address is %(name)s's, who acts elsewhere too. Give another address, or write that name."
    ),
    "letter-unusable": _("Write the letter's number, in at most %(most)s characters, and with it its day."),
    "letter-missing": _("Say number and day of the letter that designates the person."),
    "letter-in-future": _("The letter is of %(on)s, which is still to come."),
    "invitations-empty": _("There is nobody on the list."),
    "invitations-faulty": _("Nobody was invited: %(lines)s lines of the list have to be mended first."),
    "invited-name-missing": _("The person's name is missing."),
    "invited-role-unknown": _("“%(found)s” is no role at an entity. Write planner or executive."),
    "invitation-spent": _("This link does not open anything any more. Ask for a new one."),
    "mandate-backwards": _("The mandate would end on %(ends_on)s, before it starts on %(starts_on)s."),
    "mandate-at-group": _("“%(entity)s” groups others and cannot act; choose an entity."),
    "mandate-held": _("The person holds this role at %(entity)s in these days already."),
    "mandate-ended-already": _("This mandate was ended before."),
}
PASSED_ON = _(
    "%(username)s was the account of %(before)s. It is %(name)s's now: the password and every session of before are "
    "gone, and mail goes to the address of the letter alone."
)
LABELS: dict[type[StrEnum], dict[str, StrPromise]] = {
    Role: {
        Role.PLANNER: _("Planner of the authority"),
        Role.REVIEWER: _("Reviewer"),
        Role.AUDITOR: _("Auditor"),
        Role.ENTITY_PLANNER: _("Planner of the entity"),
        Role.EXECUTIVE: _("Highest executive authority (MAE)"),
    }
}
