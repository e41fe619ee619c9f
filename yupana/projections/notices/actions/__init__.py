"""Filling the outbox, emptying it, and letting people in with a mail."""

from yupana.projections.notices.actions.filling import fill
from yupana.projections.notices.actions.letting_in import hand_over, invite
from yupana.projections.notices.actions.sending import Delivered, bounced, deliver

__all__ = ["Delivered", "bounced", "deliver", "fill", "hand_over", "invite"]
