"""Finding bodies: by name, by reference, by audience."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import FIRST_DAY, REGISTER, SOURCE, Bodies
from yupana.domain.entities.actions import import_register
from yupana.domain.entities.facts import EntityRow
from yupana.domain.entities.models import Entity
from yupana.domain.entities.queries import alike, audience, named, row_of, rows_of, search, valid
from yupana.domain.entities.queries.naming import called
from yupana.domain.entities.rules import AudienceError
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.errors import Missing, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

pytestmark = pytest.mark.django_db
DAY = date(2018, 3, 1)


def register(rows: Sequence[EntityRow], source: str = SOURCE) -> None:
    import_register(actor=OPERATOR, source=source, rows=rows, on=FIRST_DAY)


def ids(expression: str, on: date = DAY) -> list[str]:
    return sorted(audience(expression, on=on).values_list("source_id", flat=True))


# --- search --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Abaco", ["4"]),
        ("ábaco", ["4"]),
        ("ÁBACO", ["4"]),
        ("nandu", ["5"]),
        ("ÑANDÚ", ["5"]),
        ("municipio", ["4", "5"]),
        ("abaco municipio", ["4"]),
        ("a-1", ["4"]),
        ("ma", ["4"]),
        ("  gobernacion   VALLE ", ["6"]),
        ("abaco nandu", []),
        ("100%", []),
        ("_", []),
        ("", ["1", "2", "3", "4", "5", "6"]),
    ],
)
def test_search_finds_every_word_without_accents_or_case(bodies: Bodies, text: str, found: list[str]) -> None:
    assert sorted(search(text).values_list("source_id", flat=True)) == found


def test_search_sorts_as_spanish_does() -> None:
    names = ["Zorro", "Ñandú", "nube", "Ábaco", "oso", "abad"]
    register([EntityRow(f"f:{at}", str(at), f"C{at}", name, level="central") for at, name in enumerate(names, 1)])
    assert [entity.name for entity in search("")] == ["Ábaco", "abad", "nube", "Ñandú", "oso", "Zorro"]


# --- named ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A-1", ["4"]),
        ("cast:4", ["4"]),
        (" ma ", ["4"]),
        ("municipio de ABACO", ["4"]),
        ("nandu", ["5"]),
        ("valle", ["6"]),
        ("municipio", ["4", "5"]),
        ("Valle Alto", []),
        ("G-2", ["2"]),
        ("nadie", []),
        ("  ", []),
    ],
)
def test_who_is_meant_is_found_by_code_then_acronym_or_name_then_words(
    bodies: Bodies, text: str, found: list[str]
) -> None:
    assert [each.source_id for each in alike(text)] == found


@pytest.mark.parametrize("ref", ["A-1", " A-1 ", "cast:4", "#4"])
def test_a_body_is_named_by_its_code_or_its_id(bodies: Bodies, ref: str) -> None:
    assert named(ref) == bodies.a


def test_a_list_may_name_bodies_by_their_whole_names(bodies: Bodies) -> None:
    found = called(["A-1", "municipio de ñandú", "AR", "Municipio", "Valle Alto", ""])
    assert {ref: [each.source_id for each in rows] for ref, rows in found.items()} == {
        "A-1": ["4"],
        "municipio de ñandú": ["5"],
        "AR": ["3"],
        "Municipio": [],
        "Valle Alto": [],
        "": [],
    }


def test_a_group_can_be_named_too(bodies: Bodies) -> None:
    assert named("G-2") == bodies.group


@pytest.mark.parametrize("ref", ["Z-9", "cast:99", "#99", "other:4", "", "Municipio de Ábaco", "#"])
def test_what_names_nobody_is_missing(bodies: Bodies, ref: str) -> None:
    with pytest.raises(Missing, match="entity-unknown"):
        named(ref)


def test_a_code_used_twice_lists_the_candidates() -> None:
    register([replace(row, code="A-1") if row.source_id == "5" else row for row in REGISTER])
    with pytest.raises(Refused) as caught:
        named("A-1")
    assert (caught.value.code, caught.value.details) == (
        "code-ambiguous",
        {"code": "A-1", "candidates": [("cast:4", "Municipio de Ábaco"), ("cast:5", "Municipio de Ñandú")]},
    )


def test_an_id_used_in_two_sources_lists_the_candidates(bodies: Bodies) -> None:
    register(REGISTER, source="other")
    with pytest.raises(Refused) as caught:
        named("#4")
    assert caught.value.details["candidates"] == [("cast:4", "Municipio de Ábaco"), ("other:4", "Municipio de Ábaco")]


# --- audiences -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("all", ["3", "4", "5", "6"]),
        ("level:municipal", ["4", "5"]),
        ("nivel:Departamental", ["6"]),
        ('kind:"gobierno autonomo municipal"', ["4", "5"]),
        ("under:G-1", ["4", "5", "6"]),
        ("under:#2", ["4", "5", "6"]),
        ("under:A-1", ["4"]),
        ("territory:va", ["4", "5", "6"]),
        ("code:A-1", ["4"]),
        ("id:5", ["5"]),
        ("id:cast:5", ["5"]),
        ("not level:municipal", ["3", "6"]),
        ("level:municipal and not code:A-1", ["5"]),
        ("code:A-1 or id:6 or level:central", ["3", "4", "6"]),
        ("not (code:A-1 or id:5)", ["3", "6"]),
        ("not all", []),
        ("all and not under:G-1", ["3"]),
        ("code:G-2", []),
        ("level:university", []),
    ],
)
def test_an_audience_selects_bodies_and_never_groups(bodies: Bodies, expression: str, found: list[str]) -> None:
    assert ids(expression) == found


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("level:galactic", "audience-level-unknown"),
        ("kind:museum", "kind-unknown"),
        ("territory:ZZ", "territory-unknown"),
        ("category:ZZ", "category-unknown"),
        ("not territory:ZZ", "territory-unknown"),
        ("code:ZZ", "entity-unknown"),
        ("under:ZZ", "entity-unknown"),
        ("everybody", "audience-unreadable"),
    ],
)
def test_a_slip_in_an_audience_is_refused_and_not_read_as_nobody(bodies: Bodies, expression: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        audience(expression, on=DAY)
    assert caught.value.code == code


def test_an_unreadable_audience_says_where(bodies: Bodies) -> None:
    with pytest.raises(AudienceError) as caught:
        audience("all and", on=DAY)
    assert caught.value.position == 8


def test_a_code_used_twice_cannot_be_an_audience() -> None:
    register([replace(row, code="A-1") if row.source_id == "5" else row for row in REGISTER])
    with pytest.raises(Refused, match="code-ambiguous"):
        audience("all and not code:A-1", on=DAY)


def test_many_named_bodies_take_few_queries(
    bodies: Bodies, query_budget: Callable[[int], AbstractContextManager[object]]
) -> None:
    expression = " or ".join(["code:A-1", "id:5", "code:C-1"] * 300)
    with query_budget(2):
        assert ids(expression) == ["4", "5", "6"]


@pytest.mark.parametrize(
    ("on", "found"),
    [
        (date(2017, 12, 31), []),
        (date(2018, 1, 1), ["4"]),
        (date(2018, 6, 30), ["4"]),
        (date(2018, 7, 1), []),
    ],
)
def test_a_body_is_in_audiences_from_its_first_day_to_its_last(on: date, found: list[str]) -> None:
    register([replace(REGISTER[3], parent_id="", valid_from=date(2018, 1, 1), valid_to=date(2018, 6, 30))])
    assert (ids("all", on=on), sorted(valid(on).values_list("source_id", flat=True))) == (found, found)


SIMPLE = st.sampled_from(["level:municipal", "under:G-1", "code:A-1", "id:3", "territory:VA", "all", "not all"])


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SIMPLE, SIMPLE)
def test_audiences_obey_de_morgan(bodies: Bodies, first: str, second: str) -> None:
    assert ids(f"not (({first}) and ({second}))") == ids(f"not ({first}) or not ({second})")
    assert ids(f"not (({first}) or ({second}))") == ids(f"not ({first}) and not ({second})")


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SIMPLE, SIMPLE)
def test_and_is_intersection_or_is_union_not_is_the_rest(bodies: Bodies, first: str, second: str) -> None:
    left, right = set(ids(first)), set(ids(second))
    assert set(ids(f"({first}) and ({second})")) == left & right
    assert set(ids(f"({first}) or ({second})")) == left | right
    assert set(ids(f"not ({first})")) == {"3", "4", "5", "6"} - left


# --- rows ----------------------------------------------------------------------------------------------------------
def test_stored_bodies_are_said_as_rows_alike_one_by_one_and_together(bodies: Bodies) -> None:
    stored = list(Entity.objects.all())
    assert rows_of(stored) == {entity.source_id: row_of(entity) for entity in stored}
