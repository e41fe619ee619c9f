"""What is said about evaluations and the bands by which scores are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from enum import StrEnum

    from django_stubs_ext import StrPromise

MESSAGES: dict[str, StrPromise] = {
    "scheme-planners-only": _("Only planners of the authority say how scores are read."),
    "scheme-floor": _("The least coverage is a part of the whole, from 0 to 100%%."),
    "scheme-bands": _("Give 1 to %(most)s bands: the first begins at 0, each next one higher, none above 100%%."),
    "scheme-band-name": _("Each band has a name of at most %(most)s characters."),
    "scheme-act": _("A text is longer than %(most)s characters."),
    "instrument-unknown": _("There is no instrument %(instrument)s."),
    "evaluation-planners-only": _("Only planners of the authority write evaluations."),
    "evaluation-unknown": _("There is no evaluation %(code)s."),
    "evaluation-no-plans": _("The call %(call)s asks for no plans, or is not open yet."),
    "evaluation-restricted": _("The call %(call)s is restricted: its evaluation cannot be public."),
    "evaluation-future": _("An evaluation speaks of a day that has passed."),
    "evaluation-title": _("Give the evaluation a title."),
    "evaluation-summary": _("Write the summary before you publish."),
    "evaluation-part": _("“%(found)s” is no part of an evaluation. Known are: %(known)s."),
    "evaluation-too-long": _("The part “%(part)s” is longer than %(most)s characters."),
    "evaluation-moved": _(
        "Somebody else changed this draft in the meantime. Nothing was overwritten: look at it anew."
    ),
    "evaluation-published": _("This evaluation was published or taken away in the meantime."),
    "evaluation-position": _("Figures can only be counted up to what is sealed."),
    "evaluation-other-figures": _("These figures are of another call, period or day."),
}
LABELS: dict[type[StrEnum], dict[str, StrPromise]] = {}
BANDS: dict[str, StrPromise] = {
    "low": pgettext_lazy("band", "low"),
    "partial": pgettext_lazy("band", "partial"),
    "good": pgettext_lazy("band", "good"),
    "full": pgettext_lazy("band", "full"),
}
"""The bands of the house; those that the authority sets are shown as it named them."""
