"""What the authority told a body to carry out together with another one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from yupana.domain.commitments.likenesses import RowOf
from yupana.domain.commitments.models import Activity, Likeness
from yupana.domain.commitments.rules.rows import Likeness as Verdict
from yupana.domain.obligations.rules import Visibility
from yupana.domain.submissions.policy import OWN
from yupana.domain.submissions.rules import State

if TYPE_CHECKING:
    from collections.abc import Collection

    from yupana.foundation.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Joint:
    """An activity of one's own body, and that of another with which it is one initiative."""

    mine: Activity
    other: Activity


def joint(actor: Actor) -> tuple[Joint, ...]:
    """List what the bodies for which the actor plans or signs should carry out with others; two queries.

    Of the other body only what everybody may read: an accepted plan of a public call.
    """
    own = actor.entities(*OWN)
    said: dict[tuple[RowOf, RowOf], str] = {}
    about = Likeness.objects.filter(Q(first__debtor__in=own) | Q(second__debtor__in=own)).order_by("entry")
    for first, row, second, other, verdict in about.values_list(
        "first", "first_row", "second", "second_row", "verdict"
    ):
        said[RowOf(first, row), RowOf(second, other)] = verdict
    pairs = [pair for pair, verdict in said.items() if verdict == Verdict.JOIN]
    rows = _handed({place for pair in pairs for place in pair}) if pairs else {}
    told = [(rows[one], rows[two]) for one, two in pairs if one in rows and two in rows]
    both = [pair for one, two in told for pair in ((one, two), (two, one))]
    return tuple(Joint(mine, other) for mine, other in both if _is_of(mine, own) and _is_shown(other))


def _handed(places: Collection[RowOf]) -> dict[RowOf, Activity]:
    """The rows at some places, as they were handed in last; accepted ones before others."""
    rows = Activity.objects.filter(submission__obligation__in={place.obligation for place in places})
    rows = rows.exclude(submission__state=State.DRAFT).select_related("submission__obligation__debtor")
    found: dict[RowOf, Activity] = {}
    for row in rows.select_related("submission__obligation__call").order_by("submission__version"):
        place = RowOf(row.submission.obligation_id, row.row)
        held = found.get(place)
        if place in places and (held is None or held.submission.state != State.ACCEPTED or _is_accepted(row)):
            found[place] = row
    return found


def _is_accepted(row: Activity) -> bool:
    return row.submission.state == State.ACCEPTED


def _is_of(row: Activity, bodies: Collection[int]) -> bool:
    return row.submission.obligation.debtor_id in bodies


def _is_shown(row: Activity) -> bool:
    return _is_accepted(row) and row.submission.obligation.call.visibility == Visibility.PUBLIC
