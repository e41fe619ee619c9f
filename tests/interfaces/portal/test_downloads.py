"""The lists as CSV, from the same place, safe for spreadsheets."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from tests.interfaces.portal.stage import State, answer, page, row, tick, whole, words

if TYPE_CHECKING:
    from django.test import Client


def table(client: Client, there: str) -> list[list[str]]:
    """Read a download as a spreadsheet does."""
    answered = client.get(there)
    assert (answered.status_code, answered.headers["Content-Type"]) == (200, "text/csv; charset=utf-8")
    return list(csv.reader(StringIO(whole(answered).decode("utf-8-sig"))))


def test_the_register_is_downloaded_with_its_filters(client: Client, state: State) -> None:
    head, *lines = table(client, "/en/entidades.csv?q=abaco")
    assert [dict(zip(head, line, strict=True)) for line in lines] == [
        {
            "source": "cast",
            "number": "4",
            "code": "A-1",
            "name": "Municipio de Ábaco",
            "acronym": "MA",
            "level": "municipal",
            "territory": "VA",
            "belongs to": "Valle Alto",
            "category": "",
        }
    ]


@pytest.mark.parametrize("chosen", ["", "answer=no", "level=departmental", "as_of=2018-06-29"])
def test_the_rows_of_a_line_are_those_of_its_page(client: Client, state: State, chosen: str) -> None:
    head, *lines = table(client, f"/en/planes/PLAN/1/line/1/lista.csv?{chosen}")
    bodies = {line[head.index("number")] for line in lines}
    assert words(page(client, f"/en/planes/PLAN/1/line/1/?{chosen}").caption).split(" ")[0] == str(len(bodies))


def test_a_download_is_sent_while_it_is_read_and_keeps_its_language(client: Client, small: State) -> None:
    sent = client.get("/en/planes/PLAN/1/entidades.csv")
    with translation.override("es"):  # as the next request of the same worker does
        text = whole(sent).decode()
    assert (sent.streaming, sent.headers["Cache-Control"], text.count("late"), text.count("tard")) == (
        True,
        "public, max-age=60",
        3,
        0,
    )


def test_a_line_is_downloaded_with_one_row_for_each_activity(client: Client, small: State) -> None:
    answer(small, "A-1", [row(name="=HYPERLINK(1)"), row(2, budget_cents=None)])
    tick()
    head, *lines = table(client, "/en/planes/PLAN/1/line/1/lista.csv?answer=yes&as_of=2018-07-15")
    shown = [tuple(line[head.index(name)] for name in ("name", "activity", "budget, Bs", "as of")) for line in lines]
    assert shown == [
        ("Municipio de Ábaco", "'=HYPERLINK(1)", "1000.00", "2018-07-15"),
        ("Municipio de Ábaco", "Contar los granos", "", "2018-07-15"),
    ]


def test_the_lines_are_downloaded_with_their_answers(client: Client, small: State) -> None:
    answer(small, "A-1")
    tick()
    lines = table(client, "/en/planes/PLAN/1/lineas.csv?as_of=2018-07-15")[1:]
    assert [line[:2] + line[3:] for line in lines if line[0] == "line"] == [
        ["line", "1", "1", "3", "2018-07-15"],
        ["line", "2", "0", "3", "2018-07-15"],
        ["line", "3", "0", "3", "2018-07-15"],
    ]


def test_who_owes_is_downloaded_with_its_standing(client: Client, small: State) -> None:
    answer(small, "A-1")
    head, *lines = table(client, "/en/planes/PLAN/1/entidades.csv?standing=accepted")
    (line,) = lines
    assert {name: line[head.index(name)] for name in ("code", "due", "standing", "met")} == {
        "code": "A-1",
        "due": "2018-06-30",
        "standing": "met",
        "met": "2018-05-10",
    }
