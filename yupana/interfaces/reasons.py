"""Why items bind a body or do not, in words, for portal and desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from yupana.domain.entities import public as entities
from yupana.domain.instruments.facts import NOBODY
from yupana.interfaces.tags import item_page
from yupana.interfaces.words import label

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from yupana.domain.entities.public import Named
    from yupana.domain.entities.rules import Part
    from yupana.projections.overviews.why import Reason, Trace

Address = Callable[["Reason"], str]
ANY, YES, NO = "", "yes", "no"


@dataclass(frozen=True, slots=True)
class Because:
    """One item, whether it applies, and why, in words. ``where`` is the address of its page."""

    where: str
    code: str
    text: str
    applies: bool
    words: str
    audience: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom the call itself reaches, and which of its conditions hold for the body."""

    whom: str
    parts: tuple[str, ...]


def chosen(found: Trace, show: str) -> list[Reason]:
    """List the items that apply, those that do not, or all."""
    return [each for each in found.items if show == ANY or each.applies == (show == YES)]


def told(
    audience: str, found: Trace, shown: Sequence[Reason], address: Address
) -> tuple[Whom, Callable[[Reason], Because]]:
    """Say why the call reaches a body or does not, and give what says it of each item shown; a few queries for all."""
    named = entities.named_in([audience, *(each.audience for each in shown)])
    whole = Whom(_whom(audience, named), _parts(found.parts, named))

    def because(each: Reason) -> Because:
        code, words = each.key.partition(":")[2], label(each.why)
        said = (each.applies, words, _whom(each.audience, named), _parts(each.parts, named))
        return Because(address(each), code, each.text, *said)

    return whole, because


def public_page(each: Reason) -> str:
    """Give the address of the public page of an item; that of a draft is not there."""
    return item_page(each.name)


def _parts(parts: Iterable[tuple[Part, bool]], named: Named) -> tuple[str, ...]:
    return tuple(named.part(part, holds=holds) for part, holds in parts)


def _whom(expression: str, named: Named) -> str:
    """Say whom an audience binds; "" for whoever is called, and for nobody."""
    return "" if expression in ("", NOBODY) else _("It binds: %(whom)s.") % {"whom": named.whom(expression)}
