"""An evaluation as a workbook: exact numbers, texts that stay texts, unknown that is empty, sheets that open."""

from __future__ import annotations

import zipfile
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.projections.overviews.evaluation.frozen import LEVELS, reading
from yupana.domain.progress.public.evaluations import EvaluationCard
from yupana.interfaces.interchange.evaluations import sheets
from yupana.interfaces.interchange.spreadsheets import read_xlsx
from yupana.interfaces.interchange.spreadsheets.streamed import Money, Percent, streamed
from yupana.projections.overviews.evaluation.telling import STANDS, Telling

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from yupana.interfaces.interchange.spreadsheets.streamed import Cell

CARD = EvaluationCard(
    code="PLAN-2018-2018-Q1", title="=Evaluación", call="PLAN-2018", call_title="Plan", period="2018-Q1",
    as_of=date(2018, 7, 31), words={"summary": "Va **bien**.\n- sí", "findings": ""}, position=1234, formula="f1",
    digest="ab" * 32, published_on=date(2018, 8, 2),
)  # fmt: skip
LANGUAGES = ("en", "es")
KEPT_OUT = set("[]:*?/\\'")  # of the name of a sheet


def written(*rows: Sequence[Cell]) -> list[str]:
    """The cells of the second row of a sheet, as they stand in the file."""
    with streamed([("Hoja", rows)]) as file, zipfile.ZipFile(file) as archive:
        tree = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    return [etree.tostring(each[0]).decode() if len(each) else "" for each in tree.findall(".//{*}row")[1]]


def opened(*rows: Sequence[Cell]) -> list[list[Any]]:
    """The same, as a spreadsheet opens them."""
    with streamed([("Hoja", rows)]) as file:
        sheet = openpyxl.load_workbook(file).worksheets[0]
        return [[cell.value for cell in row] for row in sheet.iter_rows()]


def told(language: str = "en", **changed: Any) -> dict[str, list[list[Cell]]]:  # noqa: ANN401 - as the file has it
    """Every sheet with its rows, in one language."""
    with override(language):
        made = sheets(CARD, Telling(reading(**changed), LEVELS))
        return {title: [list(row) for row in rows] for title, rows in made}


# --- cells ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (Percent(0), "0.0000"),
        (Percent(1), "0.0001"),
        (Percent(5_250), "0.5250"),
        (Percent(9_999), "0.9999"),
        (Percent(10_000), "1.0000"),
        (Percent(123_456), "12.3456"),
        (Percent(-1), "-0.0001"),
        (Percent(-10_001), "-1.0001"),
        (Money(0), "0.00"),
        (Money(1), "0.01"),
        (Money(10), "0.10"),
        (Money(100), "1.00"),
        (Money(-5), "-0.05"),
        (Money(92_233_720_368_547_758_07), "92233720368547758.07"),
        (0, "0"),
        (-3, "-3"),
        (10**15, "1000000000000000"),
    ],
)
def test_a_number_is_written_to_its_last_digit(cell: Cell, text: str) -> None:
    [found] = written(["x"], [cell])
    assert etree.fromstring(found).text == text


@given(st.integers(-(10**18), 10**18))
def test_no_digit_of_an_amount_is_lost(cents: int) -> None:
    [found] = written(["x"], [Money(cents)])
    assert Decimal(etree.fromstring(found).text or "") * 100 == cents


@given(st.integers(-(10**9), 10**9))
def test_no_digit_of_a_part_is_lost(points: int) -> None:
    [found] = written(["x"], [Percent(points)])
    assert Decimal(etree.fromstring(found).text or "") * 10_000 == points


def test_what_is_not_known_is_empty_and_nothing_is_zero() -> None:
    assert opened(["a", "b", "c", "d", "e"], [None, "", 0, Percent(0), Money(0)])[1] == [None, None, 0, 0, 0]


def test_parts_and_amounts_are_shown_as_such() -> None:
    with streamed([("Hoja", [["a", "b", "c"], [Percent(5_250), Money(123_456), 7]])]) as file:
        row = openpyxl.load_workbook(file).worksheets[0][2]
    assert [cell.number_format for cell in row] == ["0.00%", "#,##0.00", "General"]


def test_the_first_row_is_bold_and_stays_in_sight() -> None:
    with streamed([("Hoja", [["a"], ["b"]])]) as file:
        sheet = openpyxl.load_workbook(file).worksheets[0]
    assert (sheet["A1"].font.b, sheet["A2"].font.b, sheet.freeze_panes) == (True, False, "A2")


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+1", "-1", "@x", "'x", '=HYPERLINK("http://x")', "12", "1,5", "2018-01-01", "TRUE", "#REF!"),
        *("<b>&amp;</b>", "]]>", "a\nb", " x ", "ñandú ☂ 𝄞", "\u202eabc"),
    ],
)
def test_a_text_stays_a_text_whatever_it_looks_like(text: str) -> None:
    with streamed([("Hoja", [["x"], [text]])]) as file:
        cell = openpyxl.load_workbook(file).worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == (text, "s")


@pytest.mark.parametrize("text", ["a\x0bb", "\x1f", "\ufffe", "_x000B_"])
def test_letters_that_a_workbook_cannot_hold_are_written_out_and_come_back(text: str, tmp_path: Path) -> None:
    with streamed([("Hoja", [["x"], [text]])]) as file:
        (tmp_path / "x.xlsx").write_bytes(file.read())
    [sheet] = read_xlsx(tmp_path / "x.xlsx")
    assert sheet.rows == [(1, ["x"]), (2, [text])]


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=60).filter(str.strip))
def test_every_text_is_read_back_as_it_was(text: str) -> None:
    with streamed([("Hoja", [["x"], [text]])]) as file:
        assert openpyxl.load_workbook(file).worksheets[0]["A2"].value == text


def test_a_sheet_without_rows_opens() -> None:
    with streamed([("Una", []), ("Otra", [["x"]])]) as file:
        book = openpyxl.load_workbook(file)
    assert [(sheet.title, sheet.max_row, sheet["A1"].value) for sheet in book] == [("Una", 1, None), ("Otra", 1, "x")]


@pytest.mark.parametrize("name", ['<&>"', "x" * 31])
def test_the_name_of_a_sheet_is_kept(name: str) -> None:
    with streamed([(name, [["x"]])]) as file:
        assert openpyxl.load_workbook(file).sheetnames == [name]


def test_a_large_one_is_written_without_being_held(tmp_path: Path) -> None:
    """It goes on into a file once it is larger than what is kept in memory."""
    rows = ([f"{at * 7_919:x}" * 40] for at in range(20_000))
    with streamed([("Hoja", rows)]) as file, zipfile.ZipFile(file) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
        assert (size > 2**21, archive.testzip()) == (True, None)


# --- sheets --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_spreadsheet_takes_the_names_of_the_sheets(language: str) -> None:
    """At most 31 letters, none of which is kept out, and no two alike without regard to case."""
    names = list(told(language))
    assert [each for each in names if not 0 < len(each) <= 31 or KEPT_OUT & set(each)] == []
    assert [each for each, times in Counter(map(str.casefold, names)).items() if times > 1] == []


def test_names_and_heads_are_in_the_language_of_who_asks() -> None:
    english, spanish = told("en"), told("es")
    heads = [(one[0][0], other[0][0]) for one, other in zip(english.values(), spanish.values(), strict=True)]
    assert ([each for each in english if each in spanish], [one for one, other in heads[:-1] if one == other]) == (
        [],
        [],
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("changed", [{}, {"report": ""}, {"entities": [], "items": [], "peers": [], "trend": []}])
def test_every_row_has_a_cell_for_every_head(language: str, changed: dict[str, Any]) -> None:
    """But for the method, which has no columns of its own."""
    tables = list(told(language, **changed).items())[:-1]
    assert [name for name, rows in tables if {len(row) for row in rows} != {len(rows[0])}] == []


def test_no_column_of_figures_is_without_the_part_that_it_speaks_of() -> None:
    heads = [str(each) for each in told()["By axis"][0][1:]]
    assert heads == [
        "Progress, declared", "Progress, declared (known)", "Progress, verified", "Progress, verified (part checked)",
        "Effectiveness, declared", "Effectiveness, declared (known)",
        "Effectiveness, verified", "Effectiveness, verified (part checked)", "Budget spent", "Budget spent (known)",
        "Budget spent (accrued, Bs)", "Budget spent (current budget, Bs)", "Budget spent (not known, Bs)",
    ]  # fmt: skip


def test_the_money_of_axes_levels_and_departments_adds_up_to_the_total_to_the_cent() -> None:
    """Also what answers no guideline has its row."""
    whole = {row[0]: row[2:5] for row in told()["Totals"][1:]}["Budget spent"]
    rows = {sheet: told()[sheet][1:] for sheet in ("By axis", "By level", "By department")}
    axes = [row for row in rows["By axis"] if row[0] in ("Contar", "Without a guideline")]
    for found in (axes, rows["By level"], rows["By department"]):
        sums = [sum(cell.cents for cell in column if isinstance(cell, Money)) for column in zip(*found, strict=True)]
        assert [Money(cents) for cents in sums[-3:]] == whole


@pytest.mark.parametrize(
    ("sheet", "row", "verified"),
    [
        ("By axis", "Contar lo propio", [None, None]),
        ("By axis", "Contar con otros", [Percent(6_000), Percent(5_000)]),
        ("By level", "Municipal level", [Percent(6_000), Percent(1_250)]),
        ("By department", "Potosí", [Percent(6_000), Percent(1_250)]),
        ("By body", "Ábaco", [Percent(6_000), Percent(1_250)]),
        ("Trend", "2018-Q1", [Percent(6_000), Percent(1_250)]),
    ],
)
def test_what_was_verified_stands_in_every_table_beside_the_part_that_was_checked(
    sheet: str, row: str, verified: list[Percent | None]
) -> None:
    head, *rows = told()[sheet]
    at = head.index("Progress, verified")
    assert [each[at : at + 2] for each in rows if each[0] == row] == [verified]


def test_a_line_says_its_score_and_how_much_of_it_is_known() -> None:
    rows = {row[0]: row[1:3] for row in told()["By axis"][1:]}
    assert rows["Contar lo propio"] == [Percent(4_000), Percent(5_000)]


def test_money_is_in_bolivianos_and_everything_else_in_its_own() -> None:
    rows = {row[0]: row[2:5] for row in told()["Totals"][1:]}
    assert (rows["Budget spent"], rows["Reports in and accepted"]) == ([Money(70), Money(150), Money(0)], [1, 2, 0])


def test_every_body_is_in_it_once_and_says_why_it_is_in_no_band() -> None:
    found = told()["By body"]
    at = {head: number for number, head in reversed(list(enumerate(found[0])))}
    rows = {row[0]: row for row in found[1:]}
    said = {
        name: [
            rows[name][at[head]]
            for head in ("Identifier", "Report", "Band", "Score", "Known", "What does not fit together")
        ]
        for name in rows
    }
    odd = "More spent than budgeted: 3; A running total fell: 1"
    assert said == {
        "Ábaco": ["t:1", "accepted", "partial", Percent(5_250), None, odd],
        "Ñandú": ["t:2", "did not respond", "did not respond", None, None, ""],
        "Ministerio": ["t:3", "not asked for", "not due yet", None, None, ""],
    }


def test_who_did_not_respond_is_named_and_nobody_else() -> None:
    assert [row[0] for row in told()["No response"][1:]] == ["Ñandú"]


def test_a_ranking_counts_everybody_of_a_kind_once() -> None:
    head, row = told()["Ranking"]
    counted = [each for each in row[2:] if isinstance(each, int)]
    assert (len(head), sum(counted), len(counted)) == (2 + 3 + len(STANDS), 2, len(head) - 2)


def test_categories_have_a_column_where_there_are_any() -> None:
    peer = {"level": "municipal", "kind": "GAM", "counts": {"1": 1}}
    found = told(peers=[peer, peer | {"category": "A"}])
    assert [row[:3] for row in found["Ranking"]] == [
        ["Level", "Kind", "Category"],
        ["Municipal level", "GAM", "without a category"], ["Municipal level", "GAM", "A"],
    ]  # fmt: skip
    assert (found["By body"][0][6], found["By body"][1][6]) == ("Category", "without a category")


def test_it_says_how_it_can_be_counted_again() -> None:
    rows = told()["Method"]
    said = {str(row[0]): row[1] for row in rows if isinstance(row[0], str)}
    assert (rows[0], said["Counted up to entry"], said["SHA-256"], said["As of"], said["To count it again"]) == (
        ["=Evaluación", ""],
        1234,
        "ab" * 32,
        "2018-07-31",
        "yupana evaluation verify PLAN-2018-2018-Q1",
    )


def test_the_bands_and_the_floor_are_those_of_its_scheme() -> None:
    rows = told(scheme={"floor": 6_000, "bands": [[0, "Bajo"], [7_050, "Alto"]], "act": ""})["Method"]
    bands = [row[1:] for row in rows if row[0] == "Band from"]
    floor = [row[1] for row in rows if row[0] == "Least that has to be known"]
    assert (bands, floor) == ([["Alto", Percent(7_050)], ["Bajo", Percent(0)]], [Percent(6_000)])


def test_words_that_nobody_wrote_are_empty_and_what_was_written_stays_as_it_is() -> None:
    said = {row[0]: row[1] for row in told()["Method"] if isinstance(row[0], str)}
    assert [said[each] for each in ("Summary", "Findings", "Recommendations")] == ["Va **bien**.\n- sí", "", ""]


def test_the_whole_opens_as_a_workbook() -> None:
    with override("es"), streamed(sheets(CARD, Telling(reading(), LEVELS))) as file:
        book = openpyxl.load_workbook(file)
    assert [sheet.max_row > 1 for sheet in book] == [True] * 9
