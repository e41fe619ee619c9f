"""The people of the demonstration, each with a random password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from yupana.domain.entities import queries as entities
from yupana.domain.people import actions, queries
from yupana.foundation.kernel.actor import OPERATOR, Role
from yupana.interfaces.cli.people import new_password

if TYPE_CHECKING:
    from yupana.domain.people.models import Person
    from yupana.foundation.kernel.actor import Actor

SINCE = date(2024, 1, 2)


@dataclass(frozen=True, slots=True)
class Account:
    """One person: user name, name, the body's code and the role there."""

    username: str
    name: str
    entity: str
    role: Role


ACCOUNTS = (
    Account("lucia", "Lucía Rocha", "C-01", Role.PLANNER),
    Account("mateo", "Mateo Vidal", "C-01", Role.REVIEWER),
    # Nobody decides about their own body's work, so the agency's own plan has a planner of its own and a reader
    # from elsewhere.
    Account("clara", "Clara Montes", "C-01", Role.ENTITY_PLANNER),
    Account("dario", "Darío Luna", "C-02", Role.REVIEWER),
    Account("vera", "Vera Salas", "C-02", Role.AUDITOR),
    Account("rosa", "Rosa Paredes", "C-04", Role.ENTITY_PLANNER),
    Account("elena", "Elena Ruiz", "C-04", Role.EXECUTIVE),
    Account("ines", "Inés Flores", "M-01", Role.ENTITY_PLANNER),
    Account("tomas", "Tomás Vega", "M-05", Role.ENTITY_PLANNER),
)
PLANNER, REVIEWER, OTHER_REVIEWER = "lucia", "mateo", "dario"


@dataclass(frozen=True, slots=True)
class Cast:
    """Who acts, by user name, with their passwords, which are nowhere else."""

    people: dict[str, Person]
    passwords: dict[str, str]

    def actor(self, username: str, on: date) -> Actor:
        """Return what a person may do on a day."""
        return queries.actor_for(self.people[username], on=on)

    def writer(self, entity: str) -> str:
        """Return who writes a body's plan: its own planner, else the authority's, who copies its letter."""
        own = (each.username for each in ACCOUNTS if each.entity == entity and each.role == Role.ENTITY_PLANNER)
        return next(own, PLANNER)

    def reviewer(self, entity: str) -> str:
        """Return a reviewer who comes from another body."""
        return OTHER_REVIEWER if any(a.entity == entity for a in ACCOUNTS if a.username == REVIEWER) else REVIEWER


def hire() -> Cast:
    """Make all accounts and mandates."""
    people, passwords = {}, {account.username: new_password() for account in ACCOUNTS}
    for each in ACCOUNTS:
        person = actions.create_person(
            actor=OPERATOR, username=each.username, password=passwords[each.username], display_name=each.name
        )
        entity = entities.named(each.entity)
        actions.grant(actor=OPERATOR, person=person, entity=entity, role=each.role, starts_on=SINCE, on=SINCE)
        people[each.username] = person
    return Cast(people, passwords)
