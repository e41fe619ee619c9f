"""Writing calls: open one for an audience, move or lift what one entity owes, close it."""

from yupana.domain.obligations.actions.calls import close_call, extend, open_call, waive

__all__ = ["close_call", "extend", "open_call", "waive"]
