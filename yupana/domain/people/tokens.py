"""The secret in the link with which an invited person chooses a password: used once, and not for ever.

It is made when it is shown or sent and kept nowhere: it follows from the account as it stands. Choosing a password,
another address, or an end to all sessions makes every link from before worthless.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.tokens import PasswordResetTokenGenerator

if TYPE_CHECKING:
    from yupana.domain.people.models import Person


class _Tokens(PasswordResetTokenGenerator):
    """Django's, bound to the account's epoch as well and of no use for anything else."""

    key_salt = "yupana.people.invitation"

    def _make_hash_value(self, user: Person, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.session_epoch}"


_TOKENS = _Tokens()


def made(person: Person) -> str:
    """Make the secret of a person's link."""
    return _TOKENS.make_token(person)


def fits(person: Person, token: str) -> bool:
    """Whether this secret opens the account: it has no password yet, and the link is neither used nor too old."""
    return not person.has_usable_password() and _TOKENS.check_token(person, token)
