"""The workbook of a report comes back as it went, and says of every cell what was done to it."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yupana.domain.progress.rules import Gap, VarianceCause
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.money import format_cents
from yupana.foundation.kernel.quantity import SCALE, format_quantity
from yupana.interfaces.interchange.reports import Book, BookRow, changes, pages, read_report
from yupana.interfaces.interchange.workbooks import KINDS, write_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("_in_english")


@pytest.fixture
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


ROW = BookRow(1, "Contar los granos", "Granos", "granos", 25 * SCALE, 100 * SCALE, "20", {"value": "1.234,5"})
OTHER = BookRow(2, "Bajar la merma", "Merma", "%", None, None, "", {"gap": "data", "done": "=1+1"})
BOOK = Book("INF-1@cast:4", "Municipio A", "Informe", 1, (ROW, OTHER))


def written(folder: Path, book: Book = BOOK, kind: str = "xlsx", change: Callable[[Any], None] | None = None) -> Path:
    data = write_pages(pages(book), kind)
    if change:
        opened = openpyxl.load_workbook(BytesIO(data))
        change(opened)
        packed = BytesIO()
        opened.save(packed)
        data = packed.getvalue()
    file = folder / f"informe.{kind}"
    file.write_bytes(data)
    return file


def put(title: str, row: int, value: object) -> Callable[[Any], None]:
    def change(book: Any) -> None:  # noqa: ANN401 - openpyxl's own
        sheet = book.worksheets[0]
        [head] = [each for each in sheet.iter_rows() if any(cell.value == title for cell in each)]
        [at] = [cell.column for cell in head if cell.value == title]
        sheet.cell(head[0].row + row, at).value = value

    return change


amounts = st.integers(0, 10**12).map(format_cents)
cells = st.fixed_dictionaries(
    {},
    optional={
        "value": st.one_of(st.integers(-(10**12), 10**12).map(format_quantity), st.just("45 / 60")),
        "gap": st.sampled_from([each.value for each in Gap]),
        "accrued": amounts,
        "current": amounts,
        "cause": st.sampled_from([each.value for each in VarianceCause]),
        "done": st.text(st.characters(blacklist_categories=["C", "Z"]), min_size=1, max_size=40),
    },
)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(told=st.lists(cells, min_size=1, max_size=4))
def test_what_is_given_out_comes_back_the_same(kind: str, told: list[dict[str, str]], tmp_path_factory: Any) -> None:  # noqa: ANN401 - pytest's own
    book = replace(BOOK, rows=[replace(ROW, number=at, cells=each) for at, each in enumerate(told, 1)])
    back = read_report(written(tmp_path_factory.mktemp("book"), book, kind))
    assert (back.report, changes(back.base, back.rows, back.base, back.where), back.notes) == (book.report, [], [])


@pytest.mark.parametrize(
    ("title", "value", "field", "brought"),
    [
        ("Value now", 7.25, "value", "7,25"),
        ("Value now", "3 / 4", "value", "3 / 4"),
        ("Value now", 0, "value", "0"),
        ("Value now", None, "value", ""),
        ("Accrued this year in Bs", 1234.5, "accrued", "1.234,50"),
        ("Why it is off plan", "Staff", "cause", "staff"),
        ("What was done", "Se contó", "done", "Se contó"),
    ],
)
def test_a_cell_says_what_it_was_and_where_it_stands(
    title: str, value: object, field: str, brought: str, tmp_path: Path
) -> None:
    back = read_report(written(tmp_path, change=put(title, 1, value)))
    [found] = changes(back.base, back.rows, back.base, back.where)
    assert (found.row, found.field, found.brought, found.where[:7], back.notes) == (1, field, brought, "Report!", [])


@pytest.mark.parametrize(("title", "value"), [("Value now", "mucho"), ("Why it is off plan", "Duendes")])
def test_what_cannot_be_read_stays_as_it_was_and_is_told(title: str, value: str, tmp_path: Path) -> None:
    back = read_report(written(tmp_path, change=put(title, 1, value)))
    assert changes(back.base, back.rows, back.base, back.where) == []
    assert [(why, text) for _, why, text in back.notes] == [("cell-not-read", value)]


def test_who_changed_the_same_meanwhile_is_seen(tmp_path: Path) -> None:
    back = read_report(written(tmp_path, change=put("Value now", 1, 9)))
    [found] = changes(back.base, back.rows, {1: {"value": "8"}}, back.where)
    assert (found.was, found.brought, found.now, found.clashes) == ("1.234,5", "9", "8", True)


def test_a_line_of_nobody_and_a_number_twice_are_told(tmp_path: Path) -> None:
    def twice(book: Any) -> None:  # noqa: ANN401 - openpyxl's own
        sheet = book.worksheets[0]
        last = sheet.max_row
        sheet.cell(last + 1, 1).value, sheet.cell(last + 1, 8).value = 1, 5
        sheet.cell(last + 2, 1).value, sheet.cell(last + 2, 8).value = 77, 5

    back = read_report(written(tmp_path, change=twice))
    assert [why for _, why, _ in back.notes] == ["report-row-twice", "line-without-activity"]


def test_only_our_own_are_read(tmp_path: Path) -> None:
    def forged(book: Any) -> None:  # noqa: ANN401 - openpyxl's own
        book["yupana"].cell(1, 1).value = "x"

    with pytest.raises(Refused) as refused:
        read_report(written(tmp_path, change=forged))
    openpyxl.Workbook().save(tmp_path / "otro.xlsx")
    with pytest.raises(Refused) as other:
        read_report(tmp_path / "otro.xlsx")
    assert (refused.value.code, other.value.code) == ("workbook-seal-broken", "report-book-not-ours")
