"""What became of each item, on the desk: proposed, and said by a person."""

from __future__ import annotations

import pytest

from tests.cast import make_edition
from tests.interfaces.desk.desk import Desk, errors, soup, text
from tests.interfaces.desk.editions.writing import EDIT, begun, item, lineage
from yupana.domain.instruments.actions import add_item
from yupana.foundation.kernel.actor import OPERATOR

WHERE = f"{EDIT}linajes/"


@pytest.fixture(autouse=True)
def _draft(desk: Desk) -> None:
    """Line 2 left, and two lines came: one is worded as it was, the other is something else."""
    begun()
    said = item("2").text
    item("2").delete()
    for code, words in (("7", said), ("8", "Vender quipus a turistas en la feria")):
        add_item(actor=OPERATOR, ref="PLAN/2", said={"role": "line", "code": code, "text": words})


def test_what_left_and_what_came_stand_side_by_side(desk: Desk) -> None:
    page = soup(desk.get("amaru", WHERE))
    left, came = (section.select("li b") for section in page.select("section"))
    assert ([each.get_text() for each in left], [each.get_text() for each in came]) == (["line:2"], ["7", "8"])


def test_what_is_alike_is_proposed_and_nothing_is_decided(desk: Desk) -> None:
    offered = [" ".join(each.get_text(" ").split()) for each in soup(desk.get("amaru", WHERE)).select("main > ul li")]
    assert offered == [
        "7 · Contar con otros 2 · Contar con otros 100% alike It is the same It was split from it",
    ]
    assert lineage("7") != item("2", edition="1").lineage


def test_a_proposal_is_taken_up_by_one_form(desk: Desk) -> None:
    form = soup(desk.get("amaru", WHERE)).select("main > ul form")[0]
    sent = {str(each["name"]): str(each["value"]) for each in form.select("input[value]")}
    response = desk.post("amaru", WHERE, **{**sent, "descent": "same"})
    assert (response["Location"], lineage("7")) == (f"/en/desk/{WHERE}", item("2", edition="1").lineage)
    assert soup(desk.get("amaru", WHERE)).select("main > ul") == []


@pytest.mark.parametrize(
    ("descent", "formers", "origins"),
    [
        ("split", "line:2", [["split", "line:2"]]),
        ("merge", "line:1, line:2", [["merge", "line:1"], ["merge", "line:2"]]),
    ],
)
def test_a_person_says_where_an_item_comes_from(
    desk: Desk, descent: str, formers: str, origins: list[list[str]]
) -> None:
    desk.post("amaru", WHERE, lineage=lineage("8"), descent=descent, formers=formers)
    page = text(desk.get("amaru", WHERE))
    told = {"split": "was split from", "merge": "was merged from"}[descent]
    assert item("8").origins == [
        [kind, str(item(former.partition(":")[2], edition="1").lineage)] for kind, former in origins
    ]
    assert [f"{told} {former}" in page for _, former in origins] == [True] * len(origins)


def test_what_was_said_to_be_new_is_new(desk: Desk) -> None:
    desk.post("amaru", WHERE, lineage=lineage("7"), descent="same", formers="line:2")
    desk.post("amaru", WHERE, lineage=lineage("7"), descent="new")
    assert lineage("7") != item("2", edition="1").lineage


@pytest.mark.parametrize(
    ("sent", "status", "told"),
    [
        ({"descent": "same", "formers": "line:99"}, 422, "There is no item line:99"),
        ({"descent": "same", "formers": ""}, 422, "Choose one item"),
        ({"descent": "merge", "formers": "line:1"}, 422, "Choose one item"),
        ({"descent": "same", "formers": "line:1"}, 409, "Two items cannot be the same one."),
        ({"descent": "magic", "formers": "line:1"}, 422, "Almost."),
        ({"descent": "same", "formers": "line:1", "lineage": "x"}, 422, "Almost."),
    ],
)
def test_what_cannot_be_so_is_told(desk: Desk, sent: dict[str, str], status: int, told: str) -> None:
    response = desk.post("amaru", WHERE, **{"lineage": str(lineage("8")), **sent})
    assert (response.status_code, told in errors(response)[0], item("8").origins) == (status, True, [])


def test_the_first_edition_of_an_instrument_is_all_new(desk: Desk) -> None:
    make_edition("OTRO", published=False)
    assert "all of it is new" in text(desk.get("amaru", "instrumentos/OTRO/1/editar/linajes/"))
