"""Moving versions through their lives. Who owns the payload calls these, and says what was handed in."""

from yupana.domain.submissions.actions.assigning import assign
from yupana.domain.submissions.actions.documents import attach_document, detach_document
from yupana.domain.submissions.actions.history import Told, bring_in
from yupana.domain.submissions.actions.life import decide, hand_in, open_draft, refuse_reception
from yupana.domain.submissions.actions.lifting import grant, waive
from yupana.domain.submissions.actions.looking import look

__all__ = [
    "Told",
    "assign",
    "attach_document",
    "bring_in",
    "decide",
    "detach_document",
    "grant",
    "hand_in",
    "look",
    "open_draft",
    "refuse_reception",
    "waive",
]
