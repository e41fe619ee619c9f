"""Activities that several bodies carry out: whom their owner asked, and what was answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Max

from yupana.domain.commitments import policy
from yupana.domain.commitments import queries as commitments
from yupana.domain.commitments.models import Activity
from yupana.foundation.kernel.actor import Role

if TYPE_CHECKING:
    from collections.abc import Collection

    from yupana.domain.commitments.models import Partnership
    from yupana.foundation.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Asked:
    """One body that was asked, and the activity as its owner names it now; ``answerable``: by this reader."""

    partnership: Partnership
    activity: str
    answerable: bool


def waiting(actor: Actor) -> tuple[Asked, ...]:
    """What the actor's entities were asked and have not answered yet; two queries."""
    mine = actor.entities(Role.ENTITY_PLANNER, Role.EXECUTIVE)
    return _told(actor, list(commitments.partnerships(actor).filter(partner__in=mine, confirmed=None)))


def of_row(actor: Actor, obligation: int, row: int) -> tuple[Asked, ...]:
    """Whom the owner of one activity asked."""
    return _told(actor, list(commitments.partnerships(actor).filter(obligation=obligation, row=row)))


def one(actor: Actor, pk: int) -> Asked:
    """One that was asked; Missing unless the actor may know of it."""
    return _told(actor, [commitments.partnership(actor, pk)])[0]


def _told(actor: Actor, found: Collection[Partnership]) -> tuple[Asked, ...]:
    owed = {each.obligation_id for each in found}
    rows = Activity.objects.filter(submission__obligation__in=owed).order_by()
    newest = rows.values("submission__obligation", "row").annotate(last=Max("submission__version"))
    versions = {(each["submission__obligation"], each["row"]): each["last"] for each in newest} if owed else {}
    told = rows.values_list("submission__obligation", "row", "submission__version", "name") if owed else ()
    names = {(key, row): name for key, row, version, name in told if versions[key, row] == version}
    return tuple(
        Asked(
            each,
            names.get((each.obligation_id, each.row), ""),
            each.confirmed is None and policy.can_answer_for(actor, each),
        )
        for each in found
    )
