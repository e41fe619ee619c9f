"""Whom an edition would bind, and why."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.utils.translation import override

from tests.cast import ITEMS, Bodies, make_call, make_edition
from yupana.domain.entities.labels import told
from yupana.domain.instruments.facts import NOBODY, ItemRole, ItemRow
from yupana.domain.obligations.rules import Why
from yupana.foundation.kernel.errors import Refused
from yupana.projections.overviews.applicability import ItemReach, Simulation, department
from yupana.projections.overviews.why import Reason, Trace, trace, trace_call

if TYPE_CHECKING:
    from tests.conftest import Budget
    from yupana.domain.instruments.models import Edition

pytestmark = pytest.mark.django_db
ON = date(2018, 2, 1)


def line(code: str, audience: str = "", parent: tuple[ItemRole, str] | None = (ItemRole.AXIS, "1")) -> ItemRow:
    return ItemRow(f"t:{code}", ItemRole.LINE, code, f"Línea {code}", parent, audience=audience)


PLAN = (
    ItemRow("t:1", ItemRole.AXIS, "1", "Eje", None, audience="territory:VA"),
    line("called", parent=None),
    line("valley"),
    line("towns", "level:municipal and not code:B-1"),
    line("nobody", NOBODY),
    line("nowhere", "level:university"),
    line("unknown", "code:Z-9"),
)


@pytest.fixture
def edition(bodies: Bodies) -> Edition:
    return make_edition(rows=PLAN, published=False)


def reaches(edition: Edition, audience: str = "all") -> dict[str, ItemReach]:
    return {each.key: each for each in Simulation(edition, on=ON, audience=audience).items}


# --- simulation ----------------------------------------------------------------------------------------------------
def test_a_draft_tells_how_many_bodies_each_item_would_bind(edition: Edition) -> None:
    assert {key: each.bodies for key, each in reaches(edition).items()} == {
        "line:called": 4,
        "line:valley": 3,
        "line:towns": 1,
        "line:nobody": 0,
        "line:nowhere": 0,
        "line:unknown": 0,
    }


def test_they_are_counted_by_level_and_by_department(edition: Edition) -> None:
    told = reaches(edition)["line:called"]
    assert (told.by_level, told.by_department) == (
        {"central": 1, "departmental": 1, "municipal": 2},
        {"": 1, "VA": 3},
    )


def test_a_call_cuts_every_audience(edition: Edition) -> None:
    assert {key: each.bodies for key, each in reaches(edition, audience="level:municipal").items() if each.bodies} == {
        "line:called": 2,
        "line:valley": 2,
        "line:towns": 1,
    }


def test_an_item_tells_whose_audience_holds(edition: Edition) -> None:
    found = reaches(edition)
    assert [(found[key].audience, found[key].said_by) for key in ("line:called", "line:valley", "line:nobody")] == [
        ("", ""),
        ("territory:VA", "axis:1"),
        (NOBODY, "line:nobody"),
    ]


def test_nobody_empty_and_what_cannot_be_found_out_are_told_apart(edition: Edition) -> None:
    found = reaches(edition)
    told = [(found[f"line:{key}"]) for key in ("nobody", "nowhere", "unknown", "towns")]
    assert [(each.nobody, each.empty, each.fault.code if each.fault else "") for each in told] == [
        (True, False, ""),
        (False, True, ""),
        (False, True, "entity-unknown"),
        (False, False, ""),
    ]


def test_all_items_together(edition: Edition) -> None:
    totals = Simulation(edition, audience="not code:B-1", on=ON).totals()
    assert (totals.called, totals.bound, totals.items, totals.nobody, totals.empty) == (
        3,
        3,
        6,
        ("line:nobody",),
        ("line:nowhere", "line:unknown"),
    )


def test_the_bodies_of_one_item_are_listed_by_name(edition: Edition) -> None:
    item = edition.items.get(code="called")
    simulation = Simulation(edition, on=ON)
    assert [[each.name for each in simulation.bodies_of(item, **some)] for some in ({}, {"level": "municipal"})] == [
        ["Agencia Rectora", "Gobernación del Valle", "Municipio de Ábaco", "Municipio de Ñandú"],
        ["Municipio de Ábaco", "Municipio de Ñandú"],
    ]


def test_the_bodies_of_a_department_can_be_chosen(edition: Edition) -> None:
    item = edition.items.get(code="called")
    assert len(Simulation(edition, on=ON).bodies_of(item, territory="VA")) == 3


@pytest.mark.parametrize(("territory", "where"), [("", ""), ("LP", "LP"), ("020101", "02"), ("9", "9")])
def test_a_numbered_territory_stands_in_the_department_of_its_first_digits(territory: str, where: str) -> None:
    assert department(territory) == where


@pytest.mark.parametrize("number", [1, 25])
def test_a_page_of_items_keeps_its_budget(bodies: Bodies, query_budget: type[Budget], number: int) -> None:
    edition = make_edition(rows=(PLAN[0], *(line(str(at), "level:municipal") for at in range(number))))
    with query_budget(6):  # the tree, the keys of the page, the level, the audience, and who is called
        assert len(Simulation(edition, on=ON).items[:25]) == number


# --- why -----------------------------------------------------------------------------------------------------------
def reasons(found: Trace) -> dict[str, Reason]:
    return {each.key.partition(":")[2]: each for each in found.items}


def test_every_item_says_why_it_applies_or_not(edition: Edition, bodies: Bodies) -> None:
    found = trace(edition, bodies.b, on=ON)
    assert {key: (each.applies, each.why) for key, each in reasons(found).items()} == {
        "called": (True, Why.CALLED),
        "valley": (True, Why.INSIDE),
        "towns": (False, Why.OUTSIDE),
        "nobody": (False, Why.NOBODY),
        "nowhere": (False, Why.OUTSIDE),
        "unknown": (False, Why.UNREADABLE),
    }


def test_every_condition_is_said_with_whether_it_holds(edition: Edition, bodies: Bodies) -> None:
    towns = reasons(trace(edition, bodies.b, on=ON))["towns"]
    with override("en"):
        said = [told(part, holds=held) for part, held in towns.parts]
    assert said == ["municipal level: it holds", "all except B-1: it does not hold"]


def test_nothing_applies_to_a_body_that_is_not_called(edition: Edition, bodies: Bodies) -> None:
    found = trace(edition, bodies.c, audience="level:municipal", on=ON)
    assert ({each.why for each in found.items}, found.called, found.applying) == (
        {Why.NOT_CALLED, Why.NOBODY, Why.UNREADABLE},
        False,
        0,
    )


def test_nothing_applies_to_a_group(edition: Edition, bodies: Bodies) -> None:
    found = trace(edition, bodies.group, on=ON)
    assert (found.stands, found.called, found.applying) == (False, False, 0)


@pytest.mark.parametrize("audience", ["all", "level:municipal", "code:A-1 or code:C-1"])
def test_a_trace_and_a_simulation_tell_the_same(edition: Edition, bodies: Bodies, audience: str) -> None:
    found: dict[str, int] = {}
    for each in (bodies.authority, bodies.a, bodies.b, bodies.c):
        for reason in trace(edition, each, audience=audience, on=ON).items:
            found[reason.key] = found.get(reason.key, 0) + reason.applies
    assert found == {key: each.bodies for key, each in reaches(edition, audience=audience).items()}


def test_an_audience_of_the_call_that_cannot_be_read_is_refused(edition: Edition, bodies: Bodies) -> None:
    with pytest.raises(Refused, match="audience-unreadable"):
        trace(edition, bodies.a, audience="level:", on=ON)


def test_a_call_that_was_opened_says_why_it_binds_a_body(bodies: Bodies) -> None:
    make_edition(rows=PLAN[:5])
    call = make_call()
    found = trace_call(call, bodies.b)
    assert {key: (each.applies, each.why) for key, each in reasons(found).items()} == {
        "called": (True, Why.CALLED),
        "valley": (True, Why.INSIDE),
        "towns": (False, Why.OUTSIDE),
        "nobody": (False, Why.NOBODY),
    }


def test_a_call_that_puts_only_what_changed_says_so(bodies: Bodies) -> None:
    from yupana.domain.instruments.actions import publish  # noqa: PLC0415 - only here
    from yupana.domain.obligations.actions import open_call  # noqa: PLC0415 - only here
    from yupana.foundation.kernel.actor import OPERATOR  # noqa: PLC0415 - only here

    make_edition(rows=ITEMS)
    make_edition(edition="2", rows=(*ITEMS, line("3")), published=False)
    publish(actor=OPERATOR, instrument="PLAN", edition="2", act="Acto 2", on=date(2018, 3, 1))
    call = open_call(
        actor=OPERATOR, editions=["PLAN/2"], audience="all", opens_on=date(2018, 4, 1), due_on=date(2018, 6, 1),
        period="2018", since="PLAN/1", on=date(2018, 4, 1),
    )  # fmt: skip
    assert {key: each.why for key, each in reasons(trace_call(call, bodies.a)).items()} == {
        "1": Why.UNCHANGED,
        "2": Why.UNCHANGED,
        "3": Why.CALLED,
    }


def test_a_trace_of_many_items_costs_as_much_as_one_of_few(bodies: Bodies, query_budget: type[Budget]) -> None:
    edition = make_edition(rows=(PLAN[0], *(line(str(at), f"code:A-{at % 2}") for at in range(40))))
    with query_budget(5):  # the tree, the names, the territories, the conditions, and whether it stands
        trace(edition, bodies.a, on=ON)
