"""Finding what an address names: a published edition, an item of it, the public calls that put it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.domain.instruments import public as instruments
from yupana.domain.obligations import public as obligations
from yupana.domain.obligations.rules import Expects

if TYPE_CHECKING:
    from yupana.domain.instruments.public import Consulted, EditionCard, Node
    from yupana.domain.obligations.public import CallCard


def published(instrument: str, code: str) -> EditionCard:
    """Find a published edition."""
    return instruments.edition(instrument, code)


def put_to_all(instrument: str, code: str) -> Consulted:
    """Find an edition that is or was in consultation."""
    return instruments.consulted(instrument, code)


def putting(book: EditionCard) -> tuple[CallCard, ...]:
    """Find the public calls that put an edition to be answered with a plan."""
    return obligations.calls(book.id, expects=Expects.PLAN)


def item_of(book: EditionCard, role: str, code: str) -> Node:
    """Find an item of an edition."""
    return instruments.item(book.id, role, code)


def latest(instrument: str) -> EditionCard:
    """Find the edition of an instrument that was published last."""
    return instruments.in_force(instrument)


def editions_of(instrument: str) -> list[EditionCard]:
    """List every published edition of an instrument, the newest first."""
    return [each for each in instruments.editions() if each.instrument == instrument]
