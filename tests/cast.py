"""The people and bodies of the tests, and how to bring a call, a plan and its acceptance about.

Amaru plans and reviews at the authority. Inti plans for entity A, Killa for entity B, Wara directs A, Tupak audits, and
Rumi's mandate at A expired. Sami is a citizen without an account. Plain functions make each part through the actions of
the house; the fixtures only call them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from yupana.domain.commitments.facts import PlanHeader, PlanRow
from yupana.domain.entities.facts import EntityRow
from yupana.domain.instruments.facts import Heading, ItemRole, ItemRow, Manuscript
from yupana.domain.submissions.rules import Channel
from yupana.foundation.kernel.actor import NOBODY, OPERATOR, Actor, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yupana.domain.entities.models import Entity
    from yupana.domain.instruments.models import Edition
    from yupana.domain.obligations.models import Call, Obligation
    from yupana.domain.people.models import Mandate, Person
    from yupana.domain.submissions.models import Submission

SOURCE = "cast"
PASSWORD = "la yupana cuenta con granos"
FIRST_DAY = date(2017, 1, 2)  # mandates and the register begin here
EXPIRED_ON = date(2019, 12, 31)  # Rumi's last day
PUBLISHED_ON = date(2018, 1, 15)
OPENS_ON, DUE_ON = date(2018, 2, 1), date(2018, 6, 30)
HANDED_IN_ON, ACCEPTED_ON = date(2018, 5, 10), date(2018, 5, 20)

MUNICIPALITY, DEPARTMENT = "Gobierno Autónomo Municipal", "Gobierno Autónomo Departamental"
# One authority; municipalities A and B and the department C, in a group that names their territory.
REGISTER = (
    EntityRow("cast.csv:2", "1", "G-1", "Administración pública territorial", "APT", bindable=False),
    EntityRow("cast.csv:3", "2", "G-2", "Valle Alto", "VA", parent_id="1", bindable=False),
    EntityRow("cast.csv:4", "3", "100", "Agencia Rectora", "AR", type="Entidad Pública", bindable=True),
    EntityRow("cast.csv:5", "4", "A-1", "Municipio de Ábaco", "MA", "2", type=MUNICIPALITY, bindable=True),
    EntityRow("cast.csv:6", "5", "B-1", "Municipio de Ñandú", "MN", "2", type=MUNICIPALITY, bindable=True),
    EntityRow(
        "cast.csv:7",
        "6",
        "C-1",
        "Gobernación del Valle",
        "GV",
        "2",
        type="Gobierno Autónomo Departamental",
        bindable=True,
    ),
)


@dataclass
class Bodies:
    """The register of the tests."""

    authority: Entity
    a: Entity
    b: Entity
    c: Entity
    group: Entity


@dataclass
class Cast(Bodies):
    """Bodies, and everybody as an actor; the accounts behind them by first name, for `client.force_login`."""

    amaru: Actor
    inti: Actor
    killa: Actor
    executive: Actor
    auditor: Actor
    expired: Actor
    sami: Actor = NOBODY
    people: dict[str, Person] = field(default_factory=dict)
    mandates: dict[str, Mandate] = field(default_factory=dict)


def make_entities() -> Bodies:
    """Register the bodies of the tests."""
    from yupana.domain.entities.actions import import_register  # noqa: PLC0415 - tables exist once the apps are loaded
    from yupana.domain.entities.models import Entity  # noqa: PLC0415 - the same

    import_register(actor=OPERATOR, source=SOURCE, rows=REGISTER, on=FIRST_DAY)
    by_code = {entity.code: entity for entity in Entity.objects.filter(source=SOURCE)}
    return Bodies(by_code["100"], by_code["A-1"], by_code["B-1"], by_code["C-1"], by_code["G-2"])


def make_person(username: str, *held: tuple[Role, Entity], ends_on: date | None = None) -> tuple[Person, list[Mandate]]:
    """Open an account and grant it each role at each body, from the first day on."""
    from yupana.domain.people.actions import create_person, grant  # noqa: PLC0415 - tables exist once the apps are loaded

    person = create_person(actor=OPERATOR, username=username, password=PASSWORD, display_name=username.title())
    mandates = [
        grant(
            actor=OPERATOR, person=person, entity=entity, role=role, starts_on=FIRST_DAY, ends_on=ends_on, on=FIRST_DAY
        )
        for role, entity in held
    ]
    return person, mandates


def make_people(bodies: Bodies) -> Cast:
    """Open everybody's account."""
    roles = {
        "amaru": [(Role.PLANNER, bodies.authority), (Role.REVIEWER, bodies.authority)],
        "inti": [(Role.ENTITY_PLANNER, bodies.a)],
        "killa": [(Role.ENTITY_PLANNER, bodies.b)],
        "wara": [(Role.EXECUTIVE, bodies.a)],
        "tupak": [(Role.AUDITOR, bodies.authority)],
        "rumi": [(Role.ENTITY_PLANNER, bodies.a)],
    }
    people, mandates = {}, {}
    for username, held in roles.items():
        people[username], granted = make_person(username, *held, ends_on=EXPIRED_ON if username == "rumi" else None)
        mandates[username] = granted[0]
    return Cast(
        **vars(bodies),
        amaru=actor_of(people["amaru"]),
        inti=actor_of(people["inti"]),
        killa=actor_of(people["killa"]),
        executive=actor_of(people["wara"]),
        auditor=actor_of(people["tupak"]),
        expired=actor_of(people["rumi"], on=date(2020, 1, 1)),
        people=people,
        mandates=mandates,
    )


def actor_of(person: Person, on: date = DUE_ON) -> Actor:
    """Say who an account is on a day."""
    from yupana.domain.people.queries import actor_for  # noqa: PLC0415 - tables exist once the apps are loaded

    return actor_for(person, on=on)


# One axis, two lines that bind, and a target of the first line.
ITEMS = (
    ItemRow("items.csv:2", ItemRole.AXIS, "1", "Un Estado que cuenta", None),
    ItemRow("items.csv:3", ItemRole.LINE, "1", "Contar lo propio", (ItemRole.AXIS, "1")),
    ItemRow("items.csv:4", ItemRole.LINE, "2", "Contar con otros", (ItemRole.AXIS, "1")),
    ItemRow("items.csv:5", ItemRole.TARGET, "1", "Todo contado", (ItemRole.LINE, "1")),
)


def make_edition(
    instrument: str = "PLAN", edition: str = "1", rows: Sequence[ItemRow] = ITEMS, *, published: bool = True
) -> Edition:
    """Draft an edition and, unless told otherwise, publish it."""
    from yupana.domain.instruments.actions import draft_edition, publish  # noqa: PLC0415 - tables exist once the apps are loaded
    from yupana.domain.instruments.models import Edition  # noqa: PLC0415 - the same

    cover = Heading(instrument, f"Plan {instrument}", "plan", edition, f"Plan {instrument}, edición {edition}", "")
    draft_edition(actor=OPERATOR, manuscript=Manuscript(cover, tuple(rows)))
    if published:
        return publish(actor=OPERATOR, instrument=instrument, edition=edition, act="Acto 1/2018", on=PUBLISHED_ON)
    return Edition.objects.get(instrument__code=instrument, code=edition)


def make_call(
    editions: Sequence[str] = ("PLAN/1",),
    audience: str = "level:municipal",
    *,
    opens_on: date = OPENS_ON,
    due_on: date | None = DUE_ON,
    period: str = "2018",
    code: str = "",
    visibility: str = "public",
    historical: bool = False,
    asks_responsible: bool = True,
    asks_budget: bool = True,
    plan_type: str = "",
) -> Call:
    """Open a call to the municipalities (entities A and B)."""
    from yupana.domain.obligations.actions import open_call  # noqa: PLC0415 - tables exist once the apps are loaded

    return open_call(
        actor=OPERATOR,
        editions=editions,
        audience=audience,
        opens_on=opens_on,
        due_on=due_on,
        period=period,
        code=code,
        visibility=visibility,
        historical=historical,
        asks_responsible=asks_responsible,
        asks_budget=asks_budget,
        plan_type=plan_type,
        on=opens_on,
    )


def obligation_of(call: Call, entity: Entity) -> Obligation:
    """Find what a body owes under a call."""
    return call.obligations.get(debtor=entity)


HEADER = PlanHeader(channel=Channel.DESK, received_on=HANDED_IN_ON)
AMENDED = replace(HEADER, reason="Cambió lo que se puede", act="RA 2/2018")  # what follows an accepted version
ROWS = (
    PlanRow(
        row=1,
        item="line:1",
        medium="proyecto",
        name="Contar los granos",
        responsible="Unidad de Sistemas",
        result="Granos contados",
        indicator="Granos",
        target="100",
        budget_cents=1_000_00,
        starts="2018",
        ends="31/12/2019",
    ),
)


def make_draft(actor: Actor, obligation: Obligation, rows: Sequence[PlanRow] = ROWS) -> Submission:
    """Write a plan for an obligation and leave it a draft."""
    from yupana.domain.commitments.actions import save_plan, start_plan  # noqa: PLC0415 - tables exist once the apps are loaded

    submission = start_plan(actor=actor, obligation=obligation, on=HANDED_IN_ON)
    header = AMENDED if obligation.submissions.filter(state="accepted").exists() else HEADER
    save_plan(actor=actor, submission=submission, header=header, rows=rows, seen=submission.saved_at)
    submission.refresh_from_db()
    return submission


def hand_in(
    actor: Actor, obligation: Obligation, rows: Sequence[PlanRow] = ROWS, *, on: date = HANDED_IN_ON
) -> Submission:
    """Write a plan for an obligation and submit it."""
    from yupana.domain.commitments.actions import submit_plan  # noqa: PLC0415 - tables exist once the apps are loaded

    submission = make_draft(actor, obligation, rows)
    submit_plan(actor=actor, submission=submission, received_on=on, on=on)
    submission.refresh_from_db()
    return submission


def make_plan(
    cast: Cast,
    obligation: Obligation,
    rows: Sequence[PlanRow] = ROWS,
    *,
    actor: Actor | None = None,
    on: date = HANDED_IN_ON,
) -> Submission:
    """Hand in a plan (by Inti, unless told otherwise) and let Amaru accept it."""
    from yupana.domain.commitments.actions import accept_plan  # noqa: PLC0415 - tables exist once the apps are loaded

    submission = hand_in(actor or cast.inti, obligation, rows, on=on)
    accept_plan(actor=cast.amaru, submission=submission, on=max(on, ACCEPTED_ON))
    submission.refresh_from_db()
    return submission


@pytest.fixture
def bodies(db: None) -> Bodies:
    return make_entities()


@pytest.fixture
def cast(bodies: Bodies) -> Cast:
    return make_people(bodies)
