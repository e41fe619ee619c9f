"""Writing instruments: drafting from a manuscript, and publishing by a legal act."""

from yupana.domain.instruments.actions.drafting import draft_edition
from yupana.domain.instruments.actions.publishing import publish

__all__ = ["draft_edition", "publish"]
