"""The register as anybody may read it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.utils.translation import override

from tests.cast import FIRST_DAY, REGISTER, SOURCE, Bodies
from yupana.domain.entities import public
from yupana.domain.entities.actions import import_register
from yupana.domain.entities.facts import EntityRow
from yupana.domain.entities.public import Counts, EntityCard
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.errors import Missing

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

pytestmark = pytest.mark.django_db


def names(**asked: str) -> list[str]:
    return [card.name for card in public.listing(**asked)]


def test_a_card_shows_a_body_and_what_is_around_it(bodies: Bodies) -> None:
    with override("es"):
        assert public.card(SOURCE, "4") == EntityCard(
            id=bodies.a.pk,
            ref="cast/4",
            source="cast",
            source_id="4",
            code="A-1",
            name="Municipio de Ábaco",
            acronym="MA",
            level="municipal",
            level_name="Municipal",
            kind="Gobierno Autónomo Municipal",
            sector="",
            territory="VA",
            category="",
            parent_name="Valle Alto",
            parent_ref="cast/2",
            tutelage_name="",
            tutelage_ref="",
            bindable=True,
            valid_from=None,
            valid_to=None,
            duplicated_code=False,
        )


def test_a_root_has_no_parent_and_a_group_no_level(bodies: Bodies) -> None:
    card = public.card(SOURCE, "1")
    assert (card.parent_name, card.parent_ref, card.level, card.level_name, card.bindable) == ("", "", "", "", False)


@pytest.mark.parametrize(("language", "name"), [("es", "Departamental"), ("en", "Departmental")])
def test_levels_are_said_in_the_readers_language(bodies: Bodies, language: str, name: str) -> None:
    with override(language):
        assert (public.card(SOURCE, "6").level_name, public.levels()[1].name) == (name, name)


def test_levels_come_in_their_order(bodies: Bodies) -> None:
    assert [level.rank for level in public.levels()] == [0, 1, 2, 3, 4, 5]


def test_tutelage_is_shown(bodies: Bodies) -> None:
    extra = EntityRow("f:1", "7", "E-1", "Empresa", parent_id="4", type="Empresa Municipal", bindable=True)
    import_register(actor=OPERATOR, source=SOURCE, rows=[extra], on=FIRST_DAY)
    card = public.card(SOURCE, "7")
    assert (card.tutelage_name, card.tutelage_ref) == ("Municipio de Ábaco", "cast/4")


def test_a_code_used_twice_shows_on_both_cards() -> None:
    rows = [replace(row, code="A-1") if row.source_id == "5" else row for row in REGISTER]
    import_register(actor=OPERATOR, source=SOURCE, rows=rows, on=FIRST_DAY)
    assert [card.duplicated_code for card in public.listing()] == [False, False, True, True]


@pytest.mark.parametrize(("source", "source_id"), [("cast", "99"), ("other", "4"), ("", "")])
def test_a_body_that_is_not_there_is_missing(bodies: Bodies, source: str, source_id: str) -> None:
    with pytest.raises(Missing):
        public.card(source, source_id)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Agencia Rectora", "Gobernación del Valle", "Municipio de Ábaco", "Municipio de Ñandú"]),
        ({"q": "abaco"}, ["Municipio de Ábaco"]),
        ({"level": "departmental"}, ["Gobernación del Valle"]),
        ({"level": "nonsense"}, []),
        ({"territory": "VA", "q": "municipio"}, ["Municipio de Ábaco", "Municipio de Ñandú"]),
        ({"q": "Valle Alto"}, []),
    ],
)
def test_the_listing_holds_bodies_and_never_groups(bodies: Bodies, asked: dict[str, str], found: list[str]) -> None:
    assert names(**asked) == found


@pytest.mark.parametrize(
    ("part", "found"),
    [
        (slice(1), ["Agencia Rectora"]),
        (slice(1, 3), ["Gobernación del Valle", "Municipio de Ábaco"]),
        (slice(4, 9), []),
    ],
)
def test_a_part_of_the_listing_holds_its_rows_in_order(bodies: Bodies, part: slice, found: list[str]) -> None:
    assert [card.name for card in public.listing()[part]] == found


def test_bodies_without_a_code_have_no_code_in_common() -> None:
    import_register(actor=OPERATOR, source=SOURCE, rows=[replace(row, code="") for row in REGISTER], on=FIRST_DAY)
    assert [card.duplicated_code for card in public.listing()] == [False] * 4


def test_an_empty_register_lists_nobody() -> None:
    assert (len(public.listing()), list(public.listing())) == (0, [])


def test_children_hang_directly_below(bodies: Bodies) -> None:
    assert ([card.name for card in public.children(bodies.group.pk)], public.children(bodies.a.pk)) == (
        ["Gobernación del Valle", "Municipio de Ábaco", "Municipio de Ñandú"],
        (),
    )


def test_breadcrumbs_lead_from_the_root_to_the_parent(bodies: Bodies) -> None:
    crumbs = [card.name for card in public.breadcrumbs(bodies.a.pk)]
    assert (crumbs, public.breadcrumbs(bodies.authority.pk), public.breadcrumbs(0)) == (
        ["Administración pública territorial", "Valle Alto"],
        (),
        (),
    )


def test_groups_are_counted_apart(bodies: Bodies) -> None:
    assert public.counts() == Counts(6, 4, 2, {"central": 1, "departmental": 1, "municipal": 2})


def test_territories_are_those_of_bodies(bodies: Bodies) -> None:
    assert public.territories() == ("VA",)


def test_categories_are_those_of_bodies(bodies: Bodies) -> None:
    said = {"2": "group", "4": "B", "5": "á", "6": "B"}
    rows = [replace(row, category=said.get(row.source_id)) for row in REGISTER]
    import_register(actor=OPERATOR, source=SOURCE, rows=rows, on=FIRST_DAY)
    assert (public.categories(), names(category="B")) == (("á", "B"), ["Gobernación del Valle", "Municipio de Ábaco"])


def test_an_empty_register_is_counted() -> None:
    assert public.counts() == Counts(0, 0, 0, {})


@pytest.mark.parametrize("size", [1, 4])
def test_a_part_of_the_listing_takes_two_queries_however_long(
    bodies: Bodies, query_budget: Callable[[int], AbstractContextManager[object]], size: int
) -> None:
    with query_budget(2):
        assert len(public.listing()[:size]) == size


def test_the_rest_takes_one_query_or_two(
    bodies: Bodies, query_budget: Callable[[int], AbstractContextManager[object]]
) -> None:
    with query_budget(5):
        public.card(SOURCE, "4")
        public.children(bodies.group.pk)
        public.breadcrumbs(bodies.a.pk)
        public.counts()
