"""The public record in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext, ngettext, ngettext_lazy

from yupana.interfaces.tags import number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yupana.projections.overviews.record import Run

# The functions are spelled out in full so that the catalogue finds the messages.
SENTENCES = {
    "entity.registered": ngettext_lazy("A public body was registered", "%(n)s public bodies were registered", "count"),
    "entity.succeeded": ngettext_lazy("A body succeeded another", "%(n)s bodies succeeded others", "count"),
    "mandate.granted": ngettext_lazy("A mandate was given", "%(n)s mandates were given", "count"),
    "mandate.ended": ngettext_lazy("A mandate ended", "%(n)s mandates ended", "count"),
    "edition.published": ngettext_lazy("A plan was published", "%(n)s plans were published", "count"),
    "call.opened": ngettext_lazy("A call was opened", "%(n)s calls were opened", "count"),
    "call.closed": ngettext_lazy("A call was closed", "%(n)s calls were closed", "count"),
    "due.extended": ngettext_lazy("A deadline was extended", "%(n)s deadlines were extended", "count"),
    "obligation.waived": ngettext_lazy("An obligation was lifted", "%(n)s obligations were lifted", "count"),
    "submission.submitted": ngettext_lazy("A plan was handed in", "%(n)s plans were handed in", "count"),
    "submission.returned": ngettext_lazy("A plan was returned with remarks", "%(n)s plans were returned", "count"),
    "submission.accepted": ngettext_lazy("A plan was accepted", "%(n)s plans were accepted", "count"),
    "submission.misfiled": ngettext_lazy(
        "A document belonged elsewhere", "%(n)s documents belonged elsewhere", "count"
    ),
    "row.reclassified": ngettext_lazy("An activity was reclassified", "%(n)s activities were reclassified", "count"),
    "year.confirmed": ngettext_lazy("The first year of a plan was confirmed", "%(n)s first years were confirmed", "count"),
    "content.erased": ngettext_lazy("A content was erased by an act", "%(n)s contents were erased by acts", "count"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A run of entries, with its sentence and where it stands."""

    run: Run
    sentence: str
    place: str


def told(runs: Iterable[Run]) -> list[Told]:
    """Put runs into words; a verb that nobody foresaw is shown as it is."""
    return [Told(run, _sentence(run), _place(run)) for run in runs]


def _sentence(run: Run) -> str:
    words = SENTENCES.get(run.verb)
    return str(words % {"count": run.count, "n": number(run.count)}) if words else run.verb


def _place(run: Run) -> str:
    first, last = number(run.first), number(run.last)
    if run.first == run.last:
        return gettext("entry %(last)s") % {"last": last}
    return ngettext("entries %(first)s to %(last)s", "entries %(first)s to %(last)s", run.count) % {
        "first": first,
        "last": last,
    }
