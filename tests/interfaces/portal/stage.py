"""A small State for the pages: one plan, one call to 60 municipalities and a department, some answers, all sealed."""

from __future__ import annotations

import gzip
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup

from tests import cast as house
from yupana.domain.entities.facts import EntityRow
from yupana.domain.instruments.facts import ItemRole, ItemRow
from yupana.foundation.kernel.actor import OPERATOR, Role
from yupana.foundation.kernel.text import squeeze

if TYPE_CHECKING:
    from datetime import date

    from bs4 import Tag
    from django.http.response import HttpResponseBase
    from django.test import Client

    from yupana.domain.commitments.facts import PlanRow
    from yupana.domain.obligations.models import Call, Obligation

TOWNS = 60
LONG = "Implementar, mantener y documentar el sistema de registro de trámites municipales número {}, con su manual"
# Two axes, three lines and two targets.
ITEMS = (
    *house.ITEMS,
    ItemRow("items.csv:6", ItemRole.AXIS, "2", "Un Estado que responde", None),
    ItemRow("items.csv:7", ItemRole.LINE, "3", "Responder a tiempo", (ItemRole.AXIS, "2")),
    ItemRow("items.csv:8", ItemRole.TARGET, "2", "El 90 % de las\nrespuestas llega a tiempo", (ItemRole.LINE, "3")),
)


@dataclass
class State(house.Cast):
    """The cast, the call, and what each of the bodies owes by its code."""

    call: Call = None  # type: ignore[assignment] # always given; a field after one with a default needs one
    owed: dict[str, Obligation] = None  # type: ignore[assignment] # the same


def row(number: int = 1, item: str = "line:1", **changed: object) -> PlanRow:
    """One activity; say what differs."""
    return replace(house.ROWS[0], row=number, item=item, **changed)  # type: ignore[arg-type] # the fields of a row


def tick() -> None:
    """Seal what was recorded and let the figures follow."""
    from yupana.projections.followers import tick as seal_and_follow  # noqa: PLC0415 - tables exist once the apps are loaded

    seal_and_follow()


def more_towns(number: int = TOWNS, start: int = 0) -> None:
    """Register more municipalities beside those of the cast."""
    from yupana.domain.entities.actions import import_register  # noqa: PLC0415 - tables exist once the apps are loaded

    rows = [
        EntityRow("towns.csv", f"t{n}", f"T-{n}", f"Municipio de la Provincia {n:03}", parent_id="2", level="municipal")
        for n in range(start, start + number)
    ]
    import_register(actor=OPERATOR, source=house.SOURCE, rows=rows, on=house.FIRST_DAY)


def make_state(towns: int = TOWNS, answering: int = 12) -> State:
    """Bring the State about; every answering town promises three activities for line 1 and one for line 3."""
    people = house.make_people(house.make_entities())
    more_towns(towns)
    house.make_edition(rows=ITEMS)
    call = house.make_call(audience="level:municipal or level:departmental")
    owed = {each.debtor.code: each for each in call.obligations.select_related("debtor")}
    state = State(**vars(people), call=call, owed=owed)
    for n in range(answering):
        answer(state, f"T-{n}", [*(row(k, name=LONG.format(k)) for k in (1, 2, 3)), row(4, "line:3")])
    tick()
    return state


def answer(state: State, code: str, rows: list[PlanRow] | None = None, on: date = house.HANDED_IN_ON) -> None:
    """Let a body hand in a plan and have it accepted."""
    owed = state.owed[code]
    person, _ = house.make_person(f"planner-{code.lower()}", (Role.ENTITY_PLANNER, owed.debtor))
    house.make_plan(state, owed, rows or [row()], actor=house.actor_of(person), on=on)


def page(client: Client, address: str, status: int = 200) -> BeautifulSoup:
    """Open a page and read it; the status must be the one expected."""
    answer = client.get(address)
    assert answer.status_code == status, address
    return BeautifulSoup(answer.content, "html.parser")


def words(found: BeautifulSoup | Tag | None) -> str:
    """What a person reads there, with single spaces; a link inside parentheses stands close to them."""
    assert found is not None
    told = squeeze(found.get_text(" ").replace("\u202f", " "))
    return told.replace("( ", "(").replace(" )", ")")


def rows(found: BeautifulSoup | Tag) -> list[str]:
    """The rows of the table below, each as a person reads it."""
    return [words(row) for row in found.select("tbody tr")]


def whole(answer: HttpResponseBase) -> bytes:
    """What was answered, to its end."""
    return b"".join(iter(answer))


def zipped(content: bytes) -> int:
    """What it weighs on its way to the reader."""
    return len(gzip.compress(content, 6))
