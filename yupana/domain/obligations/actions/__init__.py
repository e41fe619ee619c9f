"""Writing calls: open and close them, move or lift what one entity owes, hear what it asks for, declare holidays."""

from yupana.domain.obligations.actions.calendars import declare_holiday
from yupana.domain.obligations.actions.calls import close_call, due_days, open_call
from yupana.domain.obligations.actions.following import ask_also, open_following
from yupana.domain.obligations.actions.moving import extend, waive
from yupana.domain.obligations.actions.pleading import deny, grant, plead

__all__ = [
    "ask_also",
    "close_call",
    "declare_holiday",
    "deny",
    "due_days",
    "extend",
    "grant",
    "open_call",
    "open_following",
    "plead",
    "waive",
]
