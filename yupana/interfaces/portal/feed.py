"""The public record in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext, ngettext_lazy, pgettext_lazy

from yupana.interfaces.tags import number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yupana.projections.overviews.record import Event

# The functions are spelled out in full so that the catalogue finds the messages.
SENTENCES = {
    "entity.registered": ngettext_lazy("A public body was registered", "%(n)s public bodies were registered", "count"),
    "entity.succeeded": ngettext_lazy("A body succeeded another", "%(n)s bodies succeeded others", "count"),
    "mandate.granted": ngettext_lazy("A mandate was given", "%(n)s mandates were given", "count"),
    "mandate.ended": ngettext_lazy("A mandate ended", "%(n)s mandates ended", "count"),
    "edition.published": ngettext_lazy("A plan was published", "%(n)s plans were published", "count"),
    "alignment.stated": ngettext_lazy(
        "It was stated what an item of a plan contributes to",
        "It was stated %(n)s times what an item of a plan contributes to",
        "count",
    ),
    "alignment.ended": ngettext_lazy(
        "A link between items of two plans ended", "%(n)s links between items of plans ended", "count"
    ),
    "edition.repealed": ngettext_lazy("A plan was repealed", "%(n)s plans were repealed", "count"),
    "consultation.opened": ngettext_lazy(
        "A draft was put to consultation", "%(n)s drafts were put to consultation", "count"
    ),
    "consultation.closed": ngettext_lazy("A consultation was closed", "%(n)s consultations were closed", "count"),
    "comment.answered": ngettext_lazy("A comment was answered", "%(n)s comments were answered", "count"),
    "call.opened": ngettext_lazy("A call was opened", "%(n)s calls were opened", "count"),
    "rhythm.set": ngettext_lazy(
        "It was set how often plans are reported on", "It was set %(n)s times how often plans are reported on", "count"
    ),
    "call.closed": ngettext_lazy("A call was closed", "%(n)s calls were closed", "count"),
    "due.extended": ngettext_lazy("A deadline was extended", "%(n)s deadlines were extended", "count"),
    "obligation.added": ngettext_lazy(
        "A body whose plan was accepted meanwhile was asked for a report too",
        "%(n)s bodies whose plans were accepted meanwhile were asked for a report too",
        "count",
    ),
    "obligation.transferred": ngettext_lazy(
        "An obligation passed to a successor", "%(n)s obligations passed to successors", "count"
    ),
    "holiday.declared": ngettext_lazy("A holiday was declared", "%(n)s holidays were declared", "count"),
    "holiday.revoked": ngettext_lazy("A holiday was taken back", "%(n)s holidays were taken back", "count"),
    "plea.made": ngettext_lazy("A body asked for more time or an exemption", "%(n)s requests of bodies", "count"),
    "plea.granted": ngettext_lazy("A request of a body was granted", "%(n)s requests were granted", "count"),
    "plea.denied": ngettext_lazy("A request of a body was denied", "%(n)s requests were denied", "count"),
    "partner.asked": ngettext_lazy(
        "A body was asked to take part in an activity", "%(n)s bodies were asked to take part in activities", "count"
    ),
    "partner.answered": ngettext_lazy(
        "A body said whether it takes part in an activity", "%(n)s bodies said whether they take part", "count"
    ),
    "obligation.waived": ngettext_lazy("An obligation was lifted", "%(n)s obligations were lifted", "count"),
    "submission.submitted": ngettext_lazy(
        "A plan or a report was handed in", "%(n)s plans or reports were handed in", "count"
    ),
    "submission.returned": ngettext_lazy(
        "A plan or a report was returned with remarks", "%(n)s plans or reports were returned", "count"
    ),
    "submission.accepted": ngettext_lazy(
        "A plan or a report was accepted", "%(n)s plans or reports were accepted", "count"
    ),
    "submission.misfiled": ngettext_lazy(
        "A document belonged elsewhere", "%(n)s documents belonged elsewhere", "count"
    ),
    "row.reclassified": ngettext_lazy("An activity was reclassified", "%(n)s activities were reclassified", "count"),
    "scheme.set": ngettext_lazy(
        "It was set how scores are read", "It was set %(n)s times how scores are read", "count"
    ),
    "evaluation.published": ngettext_lazy("An evaluation was published", "%(n)s evaluations were published", "count"),
    "verdict.given": ngettext_lazy("A reported value was verified", "%(n)s reported values were verified", "count"),
    "verdict.disputed": ngettext_lazy(
        "A body disputed what was found of it", "%(n)s times bodies disputed what was found of them", "count"
    ),
    "dispute.answered": ngettext_lazy("A dispute was answered", "%(n)s disputes were answered", "count"),
    "corrective.opened": ngettext_lazy(
        "A body was asked to put something right", "%(n)s corrective actions were opened", "count"
    ),
    "corrective.answered": ngettext_lazy(
        "A body said what it put right", "%(n)s corrective actions were answered by bodies", "count"
    ),
    "corrective.closed": ngettext_lazy(
        "A corrective action was closed", "%(n)s corrective actions were closed", "count"
    ),
    "corrective.reopened": ngettext_lazy(
        "A corrective action was reopened", "%(n)s corrective actions were reopened", "count"
    ),
    "sheet.set": ngettext_lazy("An indicator's sheet was set", "%(n)s sheets of indicators were set", "count"),
    "likeness.marked": ngettext_lazy(
        "Two activities that look alike were compared", "%(n)s pairs of activities were compared", "count"
    ),
    "year.confirmed": ngettext_lazy(
        "The first year of a plan was confirmed", "%(n)s first years were confirmed", "count"
    ),
    "evidence.added": ngettext_lazy(
        "A body brought a piece of evidence", "%(n)s pieces of evidence were brought", "count"
    ),
    "evidence.fetched": ngettext_lazy(
        "It was looked at where a piece of evidence leads",
        "It was looked %(n)s times at where pieces of evidence lead",
        "count",
    ),
    "reserved": ngettext_lazy("Something reserved was recorded", "%(n)s reserved facts were recorded", "count"),
    "content.erased": ngettext_lazy("A content was erased by an act", "%(n)s contents were erased by acts", "count"),
    "record.resumed": ngettext_lazy(
        "By an act, the record went on from an earlier state", "%(n)s times the record went on by an act", "count"
    ),
}

# What the codes of an entry name, for those who do not read English.
CODES = {
    "calendar": pgettext_lazy("code", "calendar"),
    "call": pgettext_lazy("code", "call"),
    "day": pgettext_lazy("code", "day"),
    "edition": pgettext_lazy("code", "edition"),
    "entity": pgettext_lazy("code", "body"),
    "evaluation": pgettext_lazy("code", "evaluation"),
    "entry": pgettext_lazy("code", "entry"),
    "from": pgettext_lazy("code", "from"),
    "instrument": pgettext_lazy("code", "instrument"),
    "item": pgettext_lazy("code", "item"),
    "kind": pgettext_lazy("code", "kind"),
    "obligation": pgettext_lazy("code", "obligation"),
    "other": pgettext_lazy("code", "other"),
    "other_row": pgettext_lazy("code", "other row"),
    "role": pgettext_lazy("code", "role"),
    "row": pgettext_lazy("code", "row"),
    "submission": pgettext_lazy("code", "submission"),
    "to": pgettext_lazy("code", "to"),
}
NAMING_BODIES = frozenset({"entity", "from", "to"})


@dataclass(frozen=True, slots=True)
class Code:
    """One code of an entry; ``url`` leads to the body it names, empty where it names none."""

    name: str
    value: str | int
    url: str


@dataclass(frozen=True, slots=True)
class Told:
    """An event of the record, with its sentence, where it stands, and what it is about."""

    event: Event
    sentence: str
    place: str
    codes: tuple[Code, ...]


def told(events: Iterable[Event]) -> list[Told]:
    """Put events into words; a verb that nobody foresaw is shown as it is."""
    return [Told(event, _sentence(event), _place(event), _codes(event)) for event in events]


def _sentence(event: Event) -> str:
    words = SENTENCES.get(event.verb)
    return str(words % {"count": event.count, "n": number(event.count)}) if words else event.verb


def _place(event: Event) -> str:
    words = gettext("entry %(position)s") if event.count == 1 else gettext("up to entry %(position)s")
    return words % {"position": number(event.position)}


def _codes(event: Event) -> tuple[Code, ...]:
    return tuple(Code(str(CODES.get(name, name)), value, _url(name, value)) for name, value in event.codes.items())


def _url(name: str, value: str | int) -> str:
    source, _, source_id = str(value).partition(":")
    return reverse("portal:entity", args=[source, source_id]) if name in NAMING_BODIES and source_id else ""
