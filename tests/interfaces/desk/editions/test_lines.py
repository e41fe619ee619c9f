"""Lines of the source without a place, on the desk."""

from __future__ import annotations

import pytest

from tests.interfaces.desk.desk import Desk, errors, links, text
from tests.interfaces.desk.editions.writing import EDIT, begun, item
from yupana.domain.instruments.models import Unplaced

WHERE = f"{EDIT}lineas/"


@pytest.fixture(autouse=True)
def lines(desk: Desk) -> list[Unplaced]:
    held = begun()
    return [
        Unplaced.objects.create(edition=held, where=f"plan.md:{at}", why=why, text=said)
        for at, why, said in ((7, "no-place", "Una línea"), (9, "item-text-missing", "Otra <b>línea</b>"))
    ]


def test_each_line_is_shown_with_its_file_and_line(desk: Desk) -> None:
    page = text(desk.get("amaru", WHERE))
    wanted = ("plan.md:7", "Una línea", "plan.md:9", "Otra <b>línea</b>", "2 lines were read and belong to no item")
    assert [each for each in wanted if each not in page] == []


def test_the_editor_leads_to_them(desk: Desk) -> None:
    assert f"/en/desk/{WHERE}" in links(desk.get("amaru", EDIT))


@pytest.mark.parametrize("named", ["line:2", " line:2 ", "2"])
def test_a_line_is_copied_into_an_item_and_leaves_when_it_is_done(
    desk: Desk, lines: list[Unplaced], named: str
) -> None:
    response = desk.post("amaru", WHERE, line=lines[0].pk, item=named, put="1")
    assert (response["Location"], item("2").body, Unplaced.objects.count()) == (
        f"/en/desk/{WHERE}#line-{lines[0].pk}",
        "Una línea",
        2,
    )
    desk.post("amaru", WHERE, line=lines[0].pk, done="1")
    assert [each.where for each in Unplaced.objects.all()] == ["plan.md:9"]


@pytest.mark.parametrize("named", ["", "1", "line:99", "target"])
def test_an_item_that_nobody_can_tell_is_refused(desk: Desk, lines: list[Unplaced], named: str) -> None:
    response = desk.post("amaru", WHERE, line=lines[0].pk, item=named, put="1")
    assert (response.status_code, len(errors(response)), Unplaced.objects.count()) == (422, 1, 2)


def test_a_line_that_somebody_dealt_with_is_told(desk: Desk, lines: list[Unplaced]) -> None:
    lines[0].delete()
    response = desk.post("amaru", WHERE, line=lines[0].pk or 99, done="1")
    assert (response.status_code, Unplaced.objects.count()) == (422, 1)


def test_when_all_have_their_place_the_page_says_so(desk: Desk) -> None:
    Unplaced.objects.all().delete()
    assert "Every line of the source has its place." in text(desk.get("amaru", WHERE))


def test_many_lines_come_page_by_page(desk: Desk) -> None:
    held = Unplaced.objects.first()
    assert held
    Unplaced.objects.bulk_create(
        [Unplaced(edition=held.edition, where=f"b.md:{at}", why="no-place", text="x") for at in range(60)]
    )
    pages = [text(desk.get("amaru", f"{WHERE}{query}")).count(".md:") for query in ("", "?page=2", "?page=99")]
    assert pages == [50, 12, 12]
