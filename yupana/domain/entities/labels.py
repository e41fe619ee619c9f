"""What the register says to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from enum import StrEnum

    from django_stubs_ext import StrPromise

    from yupana.domain.entities.rules import Part

MESSAGES: dict[str, StrPromise] = {
    # Refusals
    "register-forbidden": _("Only a planner of the authority may change the register."),
    "source-unusable": _(
        "“%(source)s” cannot name a register: use up to 40 lower-case letters, digits, dots, hyphens and underscores."
    ),
    "id-missing": _("%(where)s: the row has no id."),
    "id-unusable": _("%(where)s: the id “%(id)s” holds a space or a sign that cannot stand in an address."),
    "sign-hidden": _(
        "%(where)s: the field %(field)s holds the invisible sign %(sign)s (a control or direction mark). Take it out."
    ),
    "id-repeated": _("%(where)s: the id %(id)s was already used at %(first)s."),
    "name-missing": _("%(where)s: the row %(id)s has no name."),
    "text-too-long": _("%(where)s: the field %(field)s holds more than %(most)s characters."),
    "validity-backwards": _("%(where)s: entity %(id)s would end before it begins."),
    "level-unknown": _("%(where)s: there is no level of government “%(level)s”."),
    "parent-unknown": _("%(where)s: %(id)s hangs on %(other)s, which is not in the register."),
    "tutelage-unknown": _(
        "%(where)s: %(id)s is under the tutelage of %(other)s, which is not another entity of the register."
    ),
    "parent-cycle": _("%(where)s: these rows hang on each other in a circle: %(chain)s."),
    "tree-too-deep": _("%(where)s: %(id)s hangs below more than %(most)s others."),
    "entity-unknown": _("There is no entity “%(ref)s”."),
    "code-ambiguous": _("The code %(code)s names several entities. Name one by its id: %(candidates)s."),
    "audience-unreadable": _("The audience cannot be read from character %(position)s on: “%(found)s”."),
    "audience-level-unknown": _("There is no level “%(level)s”. The levels are: %(known)s."),
    "kind-unknown": _("No entity is of the kind “%(value)s”."),
    "territory-unknown": _("No entity stands in the territory “%(value)s”."),
    "category-unknown": _("No entity is of the category “%(value)s”."),
    "succession-act-missing": _("Say by which legal act one entity follows the other, in at most %(most)s characters."),
    "succession-to-itself": _("A succession needs entities that end, each once, and another one that follows them."),
    "succession-recorded": _("This succession was recorded before."),
    # Notes of an import
    "level-not-told": _("Neither its type nor its branch tells the level of government, so it cannot be bound."),
    "code-duplicated": _("Several entities have this code; commands name them by their id."),
    "branch-contradicts-type": _("It hangs on a branch of another level of government; the level of its type stands."),
    "type-unknown": _("Its type is not known; the level was taken from its branch."),
}
LABELS: dict[type[StrEnum], dict[str, StrPromise]] = {}  # levels are a table, with names of their own

_HOLDS = {True: _("%(condition)s: it holds"), False: _("%(condition)s: it does not hold")}


def told(part: Part, *, holds: bool) -> str:
    """Say one condition of an audience, and whether it holds for a body, in the reader's language."""
    language = (get_language() or "es").partition("-")[0]
    return str(_HOLDS[holds]) % {"condition": part.spoken(language).replace(":", " ", 1)}
