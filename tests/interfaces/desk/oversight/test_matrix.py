"""The matrix as the authority sees it: signs beside colours, pages both ways, and the whole as a table."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.cast import make_plan
from tests.interfaces.desk.desk import ROW, Desk, soup, text
from yupana.interfaces.interchange.spreadsheets.streamed import streamed_table
from yupana.interfaces.interchange.tables import csv_lines
from yupana.projections.overviews import matrix as overview

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response
    from pytest_django.fixtures import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
CALL = "convocatorias/PLAN-2018"


@pytest.fixture
def answered(desk: Desk) -> Desk:
    """Body A answers its first line wholly; body B nothing."""
    make_plan(desk.cast, desk.owed, [ROW, replace(ROW, row=2, item="")])
    return desk


def signs(response: Response) -> list[list[str]]:
    rows = soup(response).select("div.matrix tbody tr")
    return [[cell.get_text(strip=True) for cell in row.select("th, td")] for row in rows]


def test_every_cell_says_its_rung_in_a_figure(answered: Desk) -> None:
    page = answered.get("tupak", f"{CALL}/matriz/")
    assert signs(page) == [["Municipio de Ábaco", "1/2", "4", "0"], ["Municipio de Ñandú", "0/2", "0", "0"]]
    assert "0 owed, unanswered" in text(page)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?q=ñandú", ["Municipio de Ñandú"]),
        ("?standing=accepted", ["Municipio de Ábaco"]),
        ("?sort=gaps", ["Municipio de Ñandú", "Municipio de Ábaco"]),
        ("?level=central", []),
        ("?item=x&columns=1", ["Municipio de Ábaco", "Municipio de Ñandú"]),
    ],
)
def test_the_address_chooses(answered: Desk, query: str, names: list[str]) -> None:
    assert [row[0] for row in signs(answered.get("amaru", f"{CALL}/matriz/{query}"))] == names


def test_both_pagers_keep_what_was_chosen(answered: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overview, "ENTITIES", 1)
    monkeypatch.setattr(overview, "ITEMS", 1)
    page = soup(answered.get("amaru", f"{CALL}/matriz/?level=municipal&page=2"))
    assert [link["href"] for link in page.select("nav.pager a")] == [
        "?level=municipal&page=1", "?level=municipal&page=2&columns=2",
    ]  # fmt: skip
    assert answered.get("amaru", f"{CALL}/matriz/?columns=3").status_code == 404


def test_the_whole_is_a_table_in_two_formats(answered: Desk) -> None:
    body = answered.get("amaru", f"{CALL}/matriz.csv").getvalue().decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(body)))
    assert [line[0] for line in lines] == ["code", "A-1", "B-1", ""]
    assert [line[-2:] for line in lines[:3]] == [["line:1", "line:2"], ["4", "0"], ["0", "0"]]
    book = openpyxl.load_workbook(io.BytesIO(answered.get("amaru", f"{CALL}/matriz.xlsx").getvalue()))
    sheet = list(book.worksheets[0].iter_rows(values_only=True))
    assert [row[-2:] for row in sheet[:3]] == [("line:1", "line:2"), (4, 0), (0, 0)]


def test_no_cell_is_run_or_breaks_a_file() -> None:
    rows: list[list[str | int]] = [["=1+1", "a\x0b<b>&", 7, ""]]
    assert b"".join(csv_lines([*rows, [None, "'ya"]])).decode("utf-8-sig") == "'=1+1,a\x0b<b>&,7,\r\n,''ya\r\n"
    with streamed_table(rows) as file:
        [row] = openpyxl.load_workbook(file).worksheets[0].iter_rows()
    assert [(cell.value, cell.data_type) for cell in row] == [
        ("=1+1", "s"), ("a_x000B_<b>&", "s"), (7, "n"), (None, "n"),
    ]  # fmt: skip


def test_guidelines_that_fewest_answer_come_first_and_lead_to_who_does_not(answered: Desk) -> None:
    from yupana.projections.followers import tick  # noqa: PLC0415 - figures follow what was recorded here

    tick()
    page = soup(answered.get("amaru", f"{CALL}/lineamientos/"))
    rows = [row.get_text(" ", strip=True) for row in page.select("tbody tr")]
    assert [row.split()[0] for row in rows] == ["2", "1"]
    there = page.select("tbody a:not(.figure)")[1]["href"]
    assert [row[0] for row in signs(answered.client("amaru").get(str(there)))] == ["Municipio de Ñandú"]


def test_entities_that_leave_most_come_first_and_lead_to_their_row(answered: Desk) -> None:
    page = soup(answered.get("amaru", f"{CALL}/pendientes/"))
    links = page.select("tbody a:not(.figure)")
    assert [link.get_text(" ", strip=True).split()[0] for link in links] == ["2", "1"]
    assert [row[0] for row in signs(answered.client("amaru").get(str(links[0]["href"])))] == ["Municipio de Ñandú"]


def test_money_says_its_base_and_adds_up(answered: Desk) -> None:
    shown = text(answered.get("amaru", f"{CALL}/dinero/"))
    assert ("2,000.00 programmed" in shown, "1 of 1 accepted plans say an amount, in 2 of 2 activities." in shown) == (
        True, True,
    )  # fmt: skip
    lines = answered.get("amaru", f"{CALL}/dinero.csv").getvalue().decode("utf-8-sig").splitlines()
    assert lines == [
        "axis,source,year,programmed_bs,current_bs,accrued_bs",
        "1 Un Estado que cuenta,,,1000.00,,",
        ",,,1000.00,,",
    ]
    assert "none says an amount" in text(answered.get("amaru", f"{CALL}/dinero/?level=central"))


@pytest.mark.parametrize(("page", "asked"), [("matriz", 17), ("lineamientos", 11), ("pendientes", 18), ("dinero", 14)])
def test_a_page_asks_so_many_questions_whatever_there_is(
    answered: Desk, django_assert_num_queries: DjangoAssertNumQueries, page: str, asked: int
) -> None:
    make_plan(answered.cast, answered.others, [ROW, replace(ROW, row=2)], actor=answered.cast.killa)
    client = answered.client("amaru")
    with django_assert_num_queries(asked):
        client.get(f"/en/desk/{CALL}/{page}/")
