"""What is to be looked at in a draft: beside each item, and all of it on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cast import make_edition
from tests.domain.instruments.plans import AXIS, LINE, row
from tests.interfaces.desk.desk import Desk, links, soup, text
from tests.interfaces.desk.editions.writing import EDIT, begun, page_of, write
from yupana.domain.instruments.models import Item

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

WHERE = f"{EDIT}avisos/"


@pytest.fixture(autouse=True)
def _draft(desk: Desk) -> None:
    begun()


def titles(desk: Desk) -> list[str]:
    return [" ".join(each.get_text(" ").split()) for each in soup(desk.get("amaru", WHERE)).select("main h2")]


def test_each_kind_of_fault_is_told_with_its_reason_and_its_items(desk: Desk) -> None:
    write(desk, "2", text="Por definir", whom="said", audience="code:NADA")
    page = desk.get("amaru", WHERE)
    section = next(each for each in soup(page).select("section") if "Still to be defined" in each.get_text())
    assert (titles(desk)[0], [each.get_text() for each in section.select("li q")]) == (
        "It binds nobody error 1",
        ["Por definir"],
    )
    assert f"/en/desk/{page_of('2')}" in links(page)


def test_an_item_says_what_is_to_be_looked_at_in_it(desk: Desk) -> None:
    write(desk, "2", text="Por definir")
    here, other = (text(desk.get("amaru", page_of(code))) for code in ("2", "1"))
    assert ["Still to be defined “" in each or "Still to be defined Por definir" in each for each in (here, other)] == [
        True,
        False,
    ]


def test_the_tree_counts_what_is_to_be_looked_at(desk: Desk) -> None:
    write(desk, "2", text="Por definir")
    line = soup(desk.get("amaru", EDIT)).select(f'.tree a[href$="{page_of("2")}"]')[0].find_parent("li")
    assert line
    assert "remark" in line.get_text()


def test_what_was_mended_is_gone(desk: Desk) -> None:
    write(desk, "2", text="Por definir")
    before = len(titles(desk))
    write(desk, "2", text="Publicar los registros")
    assert (len(titles(desk)) < before, "Still to be defined" in " ".join(titles(desk))) == (True, False)


@pytest.mark.parametrize("many", [1, 400])
def test_the_page_stays_within_its_queries(
    desk: Desk, query_budget: Callable[[int], AbstractContextManager[object]], many: int
) -> None:
    rows = [row(AXIS, "0"), *(row(LINE, str(at), (AXIS, "0"), audience="all") for at in range(1, many + 1))]
    make_edition("CAT", rows=rows, published=False)
    client = desk.client("amaru")
    with query_budget(13):
        assert client.get("/en/desk/instrumentos/CAT/1/editar/avisos/").status_code == 200


def test_a_long_draft_shows_its_remarks_once_it_was_looked_through(desk: Desk) -> None:
    rows = [row(AXIS, "0"), *(row(LINE, str(at), (AXIS, "0"), text="Por definir") for at in range(1, 400))]
    make_edition("CAT", rows=rows, published=False)
    where = "instrumentos/CAT/1/editar/"
    item = f"{where}{Item.objects.get(edition__instrument__code='CAT', code='7').lineage}/"
    told = ["Still to be defined" in text(desk.get("amaru", path)) for path in (item, where, item)]
    assert told == [False, False, True]
