"""What instruments say to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yupana.domain.instruments.facts import EditionState, ItemRole

if TYPE_CHECKING:
    from enum import StrEnum

    from django_stubs_ext import StrPromise

MESSAGES: dict[str, StrPromise] = {
    "edition-planners-only": _("Only the authority's planners draft and publish instruments."),
    "edition-unknown": _("There is no edition %(edition)s."),
    "edition-published": _(
        "%(edition)s is published and does not change. Import what is different as a new edition of the instrument."
    ),
    "edition-empty": _("There is not a single item: an edition needs at least one."),
    "edition-code-unusable": _(
        "“%(found)s” cannot be a code: it begins with a letter or a digit, holds only letters, digits and . _ - ( ) +,"
        " and is at most %(most)s characters long."
    ),
    "edition-title-length": _("A title is needed, of at most %(most)s characters: “%(title)s”."),
    "edition-kind-length": _("Say what kind of instrument it is, in at most %(most)s characters: “%(kind)s”."),
    "edition-act-missing": _("Say by which legal act %(edition)s is published, in at most %(most)s characters."),
    "edition-act-in-future": _("The day of the act, %(on)s, has not come yet."),
    "edition-before-previous": _(
        "%(edition)s would be published on %(on)s, before the edition that is in force (%(previous)s)."
    ),
    "instrument-published": _(
        "%(instrument)s was published as “%(title)s” (%(kind)s); title and kind of an instrument stay. A new edition"
        " may have a title of its own."
    ),
    "item-unknown": _("There is no item %(item)s in this edition."),
    "item-code-unusable": _(
        "%(where)s: the code of %(item)s must begin with a letter or a digit, hold only letters, digits and"
        " . _ - ( ) +, and be at most %(most)s characters long."
    ),
    "item-text-missing": _("%(where)s: %(item)s has no readable text."),
    "item-twice": _("%(where)s: %(item)s stands already at %(first)s. Each item of a role needs its own code."),
    "item-parent-unknown": _("%(where)s: %(item)s belongs to %(parent)s, which is not in the table."),
    "item-below-itself": _("%(where)s: following the parents of %(item)s leads back to itself."),
    "item-axis-differs": _("%(where)s: %(item)s names %(axis)s, but its line %(parent)s belongs to another."),
    "item-parent-unnamed": _("%(where)s: no row of the table has the code %(parent)s."),
    "item-parent-ambiguous": _("%(where)s: several rows have the code %(parent)s: write one of %(candidates)s."),
    "instrument-files-missing": _("%(where)s: the folder holds no table of lines, a file such as plan_lineas.csv."),
    "instrument-files-ambiguous": _("%(where)s: %(first)s and %(second)s hold the same role. Name one file."),
    "instrument-files-mixed": _("%(where)s: the tables belong to several instruments (%(found)s)."),
}

LABELS: dict[type[StrEnum], dict[str, StrPromise]] = {
    ItemRole: {
        ItemRole.AXIS: pgettext_lazy("item role", "axis"),
        ItemRole.LINE: pgettext_lazy("item role", "strategic line"),
        ItemRole.OBJECTIVE: pgettext_lazy("item role", "objective"),
        ItemRole.GUIDELINE: pgettext_lazy("item role", "guideline"),
        ItemRole.REQUIREMENT: pgettext_lazy("item role", "requirement"),
        ItemRole.ACTION: pgettext_lazy("item role", "planned action"),
        ItemRole.TARGET: pgettext_lazy("item role", "target"),
        ItemRole.INDICATOR: pgettext_lazy("item role", "indicator"),
        ItemRole.TEXT: pgettext_lazy("item role", "text"),
    },
    EditionState: {
        EditionState.DRAFT: pgettext_lazy("edition", "draft"),
        EditionState.PUBLISHED: pgettext_lazy("edition", "in force"),
        EditionState.SUPERSEDED: pgettext_lazy("edition", "superseded"),
        EditionState.REPEALED: pgettext_lazy("edition", "repealed"),
    },
}
