"""The State of the soak: an authority, many municipalities, people who plan for them, people who review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from tests.cast import MUNICIPALITY, make_call, make_edition, make_entities, make_person
from yupana.domain.entities.actions import import_register
from yupana.domain.entities.facts import EntityRow
from yupana.domain.entities.models import Entity
from yupana.domain.obligations.models import Obligation
from yupana.foundation.kernel.actor import OPERATOR, Role

if TYPE_CHECKING:
    from yupana.domain.people.models import Person

FIRST_YEAR = 2030


@dataclass(frozen=True)
class Planner:
    """Somebody who plans for some entities, and what these owe."""

    person: Person
    owed: tuple[int, ...]


@dataclass(frozen=True)
class Stage:
    """Who acts, on what; ``kept`` are obligations of a planner who never hands in."""

    planners: tuple[Planner, ...]
    reviewers: tuple[Person, ...]
    kept: Planner


def prepare(*, planners: int, entities: int, calls: int) -> Stage:
    """So many planners with so many entities each, and so many calls to all; one planner more, who only drafts."""
    bodies = make_entities()
    numbers = [f"{100 + at}" for at in range((planners + 1) * entities)]
    rows = [
        EntityRow(f"soak.csv:{n}", n, f"S-{n}", f"Municipio {n}", "", type=MUNICIPALITY, bindable=True) for n in numbers
    ]
    today = timezone.localdate()
    import_register(actor=OPERATOR, source="soak", rows=rows, on=today - timedelta(days=2000))
    make_edition()
    for year in range(FIRST_YEAR, FIRST_YEAR + calls):
        make_call(period=str(year), due_on=today + timedelta(days=30))
    theirs = list(Entity.objects.filter(source="soak").order_by("pk"))
    groups = [theirs[at : at + entities] for at in range(0, len(theirs), entities)]
    made = [_planner(f"planner-{at}", group) for at, group in enumerate(groups)]
    reviewers = tuple(make_person(f"reviewer-{at}", (Role.REVIEWER, bodies.authority))[0] for at in range(2))
    return Stage(tuple(made[:-1]), reviewers, made[-1])


def _planner(username: str, entities: list[Entity]) -> Planner:
    person, _ = make_person(username, *((Role.ENTITY_PLANNER, entity) for entity in entities))
    owed = Obligation.objects.filter(debtor__in=entities).order_by("call", "debtor").values_list("pk", flat=True)
    return Planner(person, tuple(owed))
