"""Whom an edition binds, on the desk: before it is published, item by item, and by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils.translation import override

from tests.cast import FIRST_DAY, make_edition
from tests.interfaces.desk.desk import Desk, links, soup, text
from yupana.domain.entities.actions import import_register
from yupana.domain.entities.facts import EntityRow
from yupana.domain.instruments.facts import NOBODY, ItemRole, ItemRow
from yupana.domain.instruments.models import Edition, Item
from yupana.foundation.kernel.actor import OPERATOR
from yupana.interfaces.desk.updates import binds
from yupana.interfaces.desk.updates.binds import sentence

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

    from tests.conftest import Budget

pytestmark = pytest.mark.django_db
WHERE = "instrumentos/NUEVO/1/obliga/"
FAR = "code:L-1 or code:L-2 or code:P-1 or level:central"


def line(code: str, audience: str = "") -> ItemRow:
    return ItemRow(f"t:{code}", ItemRole.LINE, code, f"Línea {code}", (ItemRole.AXIS, "1"), audience=audience)


PLAN = (
    ItemRow("t:1", ItemRole.AXIS, "1", "Eje", None, audience="territory:VA"),
    line("valley"),
    line("towns", "level:municipal and not code:B-1"),
    line("nobody", NOBODY),
    line("nowhere", "level:university"),
)


@pytest.fixture(autouse=True)
def edition(desk: Desk) -> Edition:
    return make_edition("NUEVO", rows=PLAN, published=False)


def one(code: str) -> str:
    """The page of one item."""
    return f"{WHERE}{Item.objects.get(edition__instrument__code='NUEVO', role='line', code=code).lineage}/"


def rows(page: Response) -> dict[str, list[str]]:
    """The table of items: by the first cell the others."""
    found = {}
    for row in soup(page).select("main table.stack tbody tr"):
        first, *others = (" ".join(cell.get_text(" ").split()) for cell in row.select("th, td"))
        found[first] = others
    return found


def in_departments() -> None:
    """Bodies in two departments, and one of the whole country."""
    import_register(
        actor=OPERATOR,
        source="far",
        rows=(
            EntityRow("f:2", "1", "L-1", "Municipio Uno", level="municipal", territory="LP", bindable=True),
            EntityRow("f:3", "2", "L-2", "Municipio Dos", level="municipal", territory="LP", bindable=True),
            EntityRow("f:4", "3", "P-1", "Municipio Tres", level="municipal", territory="PD", bindable=True),
        ),
        on=FIRST_DAY,
    )


# --- all items -----------------------------------------------------------------------------------------------------
def test_a_draft_says_of_every_item_whom_it_would_bind(desk: Desk) -> None:
    assert rows(desk.get("amaru", WHERE)) == {
        "valley · Línea valley": [
            "in Valle Alto as axis 1 says for all below it",
            "1 departmental body and 2 municipal bodies",
        ],
        "towns · Línea towns": ["municipal level, except Municipio de Ñandú", "1 municipal body"],
        "nobody · Línea nobody": ["nobody", "nobody"],
        "nowhere · Línea nowhere": ["university level", "nobody"],
    }


def test_what_reaches_nobody_stands_first_with_the_way_to_mend_it(desk: Desk) -> None:
    page = desk.get("amaru", WHERE)
    box = soup(page).select_one("section.todo")
    assert box
    assert [" ".join(each.get_text(" ").split()) for each in box.select("h2, li")] == [
        "1 item of which nobody is responsible",
        "nobody · Línea nobody",
        "1 item names an audience in which there is nobody",
        "nowhere · Línea nowhere",
    ]
    lineage = Item.objects.get(edition__instrument__code="NUEVO", code="nobody").lineage
    assert f"/en/desk/instrumentos/NUEVO/1/editar/{lineage}/" in links(page)


def test_it_says_how_many_of_all_are_bound(desk: Desk) -> None:
    assert "That is 3 of the 4 bodies that are called." in text(desk.get("amaru", WHERE))


def test_another_audience_can_be_tried(desk: Desk) -> None:
    found = rows(desk.get("amaru", f"{WHERE}?audience=nivel:municipal"))
    assert found["valley · Línea valley"][1] == "2 municipal bodies"


def test_an_audience_that_nobody_can_read_is_told_at_its_field(desk: Desk) -> None:
    page = desk.get("amaru", f"{WHERE}?audience=level:lunar")
    field = soup(page).select_one("#audience")
    assert field
    assert (page.status_code, field["value"], field["aria-invalid"], rows(page)) == (422, "level:lunar", "true", {})


def test_a_published_edition_says_that_open_calls_stay(desk: Desk) -> None:
    told = text(desk.get("amaru", "instrumentos/PLAN/1/obliga/"))
    assert ("stays as it was" in told, "It binds 1 body of the central level" in told) == (True, True)


def test_without_an_item_that_binds_it_says_what_to_do(desk: Desk) -> None:
    make_edition("VACIO", rows=(PLAN[0],), published=False)
    assert "Say in the editor which do." in text(desk.get("amaru", "instrumentos/VACIO/1/obliga/"))


def test_it_is_reached_from_the_editor_and_from_the_page_that_publishes(desk: Desk) -> None:
    pages = ("instrumentos/NUEVO/1/editar/", "instrumentos/NUEVO/1/", "instrumentos/PLAN/1/")
    found = [any(each.endswith("/obliga/") for each in links(desk.get("amaru", page))) for page in pages]
    assert found == [True, True, True]


# --- the map -------------------------------------------------------------------------------------------------------
def test_bodies_of_departments_are_drawn_and_told_and_the_others_counted_beside_them(desk: Desk) -> None:
    in_departments()
    make_edition("LEJOS", rows=(ItemRow("t:9", ItemRole.LINE, "9", "Lejos", None, audience=FAR),), published=False)
    page = soup(desk.get("amaru", "instrumentos/LEJOS/1/obliga/"))
    drawn = [each.get_text() for each in page.select("svg.tiles text.k")]
    told = {row.th.get_text(): row.td.get_text() for row in page.select(".cols table tr") if row.th and row.td}
    assert (sorted(drawn), told["La Paz"], told["Pando"], told["of the whole country: they stand in none"]) == (
        ["0"] * 7 + ["1", "2"],
        "2",
        "1",
        "1",
    )


def test_where_territories_are_no_departments_the_table_stands_alone(desk: Desk) -> None:
    page = soup(desk.get("amaru", WHERE))
    told = {row.th.get_text(): row.td.get_text() for row in page.select(".cols table tr") if row.th and row.td}
    assert (page.select("svg.tiles"), told) == ([], {"Valle Alto": "3"})


# --- one item ------------------------------------------------------------------------------------------------------
def test_an_item_names_the_bodies_that_it_binds(desk: Desk) -> None:
    page = desk.get("amaru", one("valley"))
    names = [each.get_text(" ") for each in soup(page).select("main table.stack tbody th a")]
    assert (names, "It binds 1 departmental body and 2 municipal bodies." in text(page)) == (
        ["Gobernación del Valle", "Municipio de Ábaco", "Municipio de Ñandú"],
        True,
    )


def test_they_can_be_narrowed_to_a_level(desk: Desk) -> None:
    assert list(rows(desk.get("amaru", f"{one('valley')}?level=departmental"))) == ["Gobernación del Valle C-1"]


def test_they_come_in_pages(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binds, "BODIES", 2)
    page = desk.get("amaru", f"{one('valley')}?page=2")
    assert (list(rows(page)), links(page)[-1]) == (["Municipio de Ñandú B-1"], "?page=1")


@pytest.mark.parametrize("page", ["?page=9", "?page=0"])
def test_a_page_that_is_not_there_is_not_there(desk: Desk, page: str) -> None:
    assert [desk.get("amaru", f"{where}{page}").status_code for where in (WHERE, one("valley"))] == [404, 404]


def test_an_item_that_binds_nobody_offers_to_say_whom(desk: Desk) -> None:
    page = desk.get("amaru", one("nowhere"))
    lineage = one("nowhere").split("/")[-2]
    assert (text(page).count("It binds nobody."), links(page)[-1]) == (
        1,
        f"/en/desk/instrumentos/NUEVO/1/editar/{lineage}/",
    )


def test_what_does_not_bind_has_no_such_page(desk: Desk) -> None:
    axis = Item.objects.get(edition__instrument__code="NUEVO", role="axis")
    assert desk.get("amaru", f"{WHERE}{axis.lineage}/").status_code == 404


@pytest.mark.parametrize("name", ["inti", "wara", "tupak", "rumi"])
def test_only_the_authoritys_planners_look(desk: Desk, name: str) -> None:
    assert [desk.get(name, where).status_code for where in (WHERE, one("valley"))] == [403, 403]


def test_one_entity_asks_why_a_draft_would_bind_it_and_why_not(desk: Desk) -> None:
    page = desk.get("amaru", f"{WHERE}entidad/?entity=nandu&show=no")
    told = [" ".join(row.get_text(" ").split()) for row in soup(page).select("#list tbody tr")]
    assert (
        "1 apply to Municipio de Ñandú." in text(page),
        [row.partition(" · ")[0] for row in told],
        told[0].partition(" all ")[2],
    ) == (
        True,
        ["towns", "nobody", "nowhere"],
        "except Municipio de Ñandú: it does not hold",
    )


# --- words and costs -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("by_level", "said"),
    [
        ({}, ""),
        ({"municipal": 1}, "It binds 1 municipal body."),
        (
            {"": 2, "university": 1, "central": 3},
            "It binds 3 bodies of the central level, 1 university and 2 bodies of no level.",
        ),
        ({"municipal": 1339}, "It binds 1,339 municipal bodies."),
    ],
)
def test_whom_something_binds_is_a_sentence(by_level: dict[str, int], said: str) -> None:
    with override("en"):
        assert sentence(by_level) == said


@pytest.mark.parametrize("more", [0, 4])
def test_the_pages_cost_the_same_with_more_items(desk: Desk, query_budget: type[Budget], more: int) -> None:
    plan = (*PLAN, *(line(f"more{at}", "level:university") for at in range(more)))
    make_edition("LARGO", rows=plan, published=False)
    lineage = Item.objects.get(edition__instrument__code="LARGO", code="valley").lineage
    client = desk.client("amaru")
    for where, most in (("", 25), (f"{lineage}/", 18)):
        with query_budget(most):
            client.get(f"/en/desk/instrumentos/LARGO/1/obliga/{where}")
