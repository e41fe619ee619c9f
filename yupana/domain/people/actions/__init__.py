"""Writing accounts and mandates."""

from yupana.domain.people.actions.accounts import change_password, create_person, set_email
from yupana.domain.people.actions.inviting import Faulty, accept_invitation, hand_over, invite
from yupana.domain.people.actions.mandates import end_mandate, grant

__all__ = [
    "Faulty",
    "accept_invitation",
    "change_password",
    "create_person",
    "end_mandate",
    "grant",
    "hand_over",
    "invite",
    "set_email",
]
