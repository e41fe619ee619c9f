"""What the register says to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from yupana.domain.entities.rules import LEVELS, All, And, Match, Not, Or, level_code

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

    from django_stubs_ext import StrPromise

    from yupana.domain.entities.rules import Audience, Part

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


_FIELDS: dict[str, StrPromise] = {
    "level": _("%(name)s level"),
    "kind": _("kind “%(name)s”"),
    "under": _("what belongs to %(name)s"),
    "territory": pgettext_lazy("bodies", "in %(name)s"),
    "category": _("category %(name)s"),
}
MOST_NAMED = 6  # bodies of an audience that are named one by one


def told(part: Part, *, holds: bool, names: Mapping[Match, str] | None = None) -> str:
    """Say one condition of an audience, and whether it holds for a body, in the reader's language."""
    return str(_HOLDS[holds]) % {"condition": whom(part.tree, names)}


def whom(audience: Audience, names: Mapping[Match, str] | None = None) -> str:
    """Say an audience as people say it; ``names`` are those of bodies and territories, else their codes stand."""
    if isinstance(audience, All):
        return gettext("every public body")
    if isinstance(audience, Match):
        return _named(audience, names or {})
    if isinstance(audience, Not):
        return gettext("all except %(whom)s") % {"whom": _grouped(audience.inner, names)}
    if isinstance(audience, Or):
        return _any_of([_grouped(part, names) for part in audience.parts])
    wanted = [_grouped(part, names) for part in audience.parts if not isinstance(part, Not | All)]
    without = [_grouped(part.inner, names) for part in audience.parts if isinstance(part, Not)]
    said = gettext(" and ").join(wanted) or gettext("every public body")
    return gettext("%(whom)s, except %(others)s") % {"whom": said, "others": _any_of(without)} if without else said


def _named(match: Match, names: Mapping[Match, str]) -> str:
    name = names.get(match, match.value)
    if match.field == "level":
        language = (get_language() or "es").partition("-")[0]
        level = next((each for each in LEVELS if each.code == level_code(match.value)), None)
        name = match.value if level is None else level.name_es if language == "es" else level.name_en
        name = name[:1].lower() + name[1:]
    return str(_FIELDS[match.field]) % {"name": name} if match.field in _FIELDS else name


def _grouped(audience: Audience, names: Mapping[Match, str] | None) -> str:
    said = whom(audience, names)
    return f"({said})" if isinstance(audience, And | Or) else said


def _any_of(said: list[str]) -> str:
    """Put alternatives one after the other; of very many only the first."""
    if len(said) > MOST_NAMED:
        more = len(said) - MOST_NAMED + 1
        return gettext("%(first)s and %(more)s more") % {"first": ", ".join(said[: MOST_NAMED - 1]), "more": more}
    return gettext(" or ").join(filter(None, (", ".join(said[:-1]), said[-1])))
