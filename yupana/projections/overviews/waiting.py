"""How long obligations waited for the entity and for the authority: the same for inbox, review and public page."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.utils import timezone

from yupana.domain.obligations.models import Transfer, Waiver
from yupana.domain.submissions.models import Step, Submission
from yupana.domain.submissions.rules import Channel, Moment, State, Waited, waited
from yupana.foundation.ledger.queries import day_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from yupana.domain.obligations.models import Obligation


def waits(obligations: Iterable[Obligation], *, on: date) -> dict[int, Waited]:
    """Count the calendar days up to ``on`` for each obligation, its call at hand; the same four queries for any number.

    Those of history are left out: what was decided on paper has no trustworthy days. A version whose day of reception
    is not known counts from the day on which it was recorded. One that was carried over, or came of a transfer, was
    never handed in under its obligation: it ends what was waited on the day on which it was brought in, no more.
    """
    held = [one for one in obligations if not one.call.historical and one.call.opens_on <= on]
    keys = [one.pk for one in held]
    moments, settled = _moments(keys), _settled(keys)
    since = {one.pk: day_of(one.entry) if one.entry else one.call.opens_on for one in held}
    return {
        one.pk: waited(since[one.pk], moments.get(one.pk, ()), on=on, settled_on=settled.get(one.pk)) for one in held
    }


def _moments(keys: list[int]) -> dict[int, list[Moment]]:
    """What happened to the versions of each obligation, in the order of the record."""
    found: dict[int, list[tuple[int, Moment]]] = defaultdict(list)
    handed = Submission.objects.filter(obligation__in=keys, entry__isnull=False).exclude(channel=Channel.CARRIED)
    told = ("obligation", "received_on", "entry", "entry__recorded_at")
    for owed, received_on, entry, recorded_at in handed.values_list(*told):
        day = received_on or timezone.localdate(recorded_at)
        found[owed].append((entry or 0, Moment(day, State.SUBMITTED)))
    steps = Step.objects.filter(submission__obligation__in=keys)
    for owed, on, after, entry in steps.values_list("submission__obligation", "on", "after", "entry"):
        found[owed].append((entry, Moment(on, State(after))))
    return {owed: [moment for _, moment in sorted(many, key=lambda pair: pair[0])] for owed, many in found.items()}


def _settled(keys: list[int]) -> dict[int, date]:
    """From which day each obligation is owed no more, for it was lifted or passed to another body."""
    found: dict[int, date] = {}
    for kind in (Waiver, Transfer):
        for each in kind.objects.filter(obligation__in=keys).select_related("entry"):
            day = day_of(each.entry)
            found[each.obligation_id] = min(day, found.get(each.obligation_id, day))
    return found
