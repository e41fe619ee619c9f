"""The whole text of a published edition, as every format writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.domain.instruments import queries as instruments
from yupana.foundation.kernel.actor import NOBODY

if TYPE_CHECKING:
    from yupana.domain.instruments.facts import Manuscript
    from yupana.domain.instruments.public import EditionCard


def manuscript(edition: EditionCard) -> Manuscript:
    """Read a published edition whole."""
    return instruments.manuscript(instruments.readable_edition(NOBODY, edition.ref))
