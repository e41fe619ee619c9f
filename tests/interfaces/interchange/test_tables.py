"""Tables as people save them."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yupana.foundation.kernel.errors import Refused
from yupana.interfaces.interchange import tables
from yupana.interfaces.interchange.tables import GUARDED, read_map, read_table, recognise, unescape, write_table

if TYPE_CHECKING:
    from pathlib import Path


def written(folder: Path, content: str | bytes, name: str = "t.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def refused(path: Path) -> tuple[str, object]:
    with pytest.raises(Refused) as caught:
        read_table(path)
    return caught.value.code, caught.value.details["where"]


@pytest.mark.parametrize(
    "content",
    [
        "id,name\n1,Ábaco\n",
        "id;name\n1;Ábaco\n",
        "id\tname\n1\tÁbaco\n",
        "\ufeffid,name\r\n1,Ábaco\r\n",
        'id,"name"\n\n1,Ábaco',
        "id,name\r1,Ábaco",
    ],
    ids=["comma", "semicolon", "tab", "bom and windows", "no last line end", "old mac"],
)
def test_the_same_table_is_read_however_it_was_saved(tmp_path: Path, content: str) -> None:
    table = read_table(written(tmp_path, content))
    assert (table.headers, [row.cells for row in table.rows]) == (("id", "name"), [{"id": "1", "name": "Ábaco"}])


def test_a_record_says_the_line_on_which_it_starts(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, 'id,text\n1,"one\ntwo\r\nthree"\n\n2,four\n'))
    assert [(row.line, row.where, row.cells["text"]) for row in table.rows] == [
        (2, "t.csv:2", "one\ntwo\r\nthree"),
        (6, "t.csv:6", "four"),
    ]


def test_headers_may_span_lines(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, '"id of\nthe body",name\n1,x\n'))
    assert (table.headers, table.rows[0].line) == (("id of the body", "name"), 3)


def test_a_comma_inside_a_header_does_not_make_it_the_separator(tmp_path: Path) -> None:
    assert read_table(written(tmp_path, '"code, old";"name";x\n1;2;3\n')).headers == ("code, old", "name", "x")


def test_cells_missing_at_the_end_are_empty(tmp_path: Path) -> None:
    assert read_table(written(tmp_path, "a,b,c\n1\n")).rows[0].cells == {"a": "1", "b": "", "c": ""}


def test_cells_keep_their_spaces(tmp_path: Path) -> None:
    assert list(read_table(written(tmp_path, "a,b\n x ,y\n")).column("a")) == [" x "]


def test_empty_rows_and_empty_columns_without_a_name_are_nothing(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, "a,b,,\n1,2,,\n,,,\n  ,\n3,4,,\n"))
    assert (table.headers, [row.line for row in table.rows]) == (("a", "b"), [2, 5])


def test_a_table_may_hold_no_row(tmp_path: Path) -> None:
    assert read_table(written(tmp_path, "a,b\n")).rows == ()


@pytest.mark.parametrize(
    ("content", "code", "where"),
    [
        (b"id,name\n1,x\n2,Espa\xf1a\n", "file-not-utf8", "t.csv:3"),
        (b"id,name\n1,a\0b\n", "file-has-nul", "t.csv:2"),
        (b"", "headers-missing", "t.csv:1"),
        (b" , \n1,2\n", "headers-missing", "t.csv:1"),
        (b"a,b, a \n1,2,3\n", "header-repeated", "t.csv:1"),
        (b'a,b\n1,2\n"3,4\n5,6\n', "table-malformed", "t.csv:3"),
        (b'a,b\n1,"2"x\n', "table-malformed", "t.csv:2"),
        (b"a,b\n1,2\n3,4,lost\n", "cell-without-header", "t.csv:3"),
        (b"a,,b\n1,lost,2\n", "cell-without-header", "t.csv:2"),
    ],
)
def test_what_cannot_be_read_is_refused_with_file_and_line(
    tmp_path: Path, content: bytes, code: str, where: str
) -> None:
    assert refused(written(tmp_path, content)) == (code, where)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "absent.csv") == ("file-unreadable", str(tmp_path / "absent.csv"))


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path)[0] == "file-unreadable"


def test_a_file_beyond_all_measure_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_BYTES", 10)
    assert refused(written(tmp_path, "a,b\n1,2\n3,4\n")) == ("file-too-large", "t.csv")


def test_a_cell_beyond_all_measure_is_refused(tmp_path: Path) -> None:
    assert refused(written(tmp_path, f"a,b\n1,2\n3,{'x' * 140_000}\n")) == ("table-malformed", "t.csv:3")


TEXT = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=30)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(TEXT, TEXT).filter(lambda row: any(map(str.strip, row))), max_size=8),
    separator=st.sampled_from(",;"),
)
def test_what_a_spreadsheet_writes_is_read_as_it_was(
    tmp_path: Path, rows: list[tuple[str, str]], separator: str
) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator, quoting=csv.QUOTE_ALL).writerows([("a", "b"), *rows])
    table = read_table(written(tmp_path, file.getvalue()))
    assert [(row.cells["a"], row.cells["b"]) for row in table.rows] == rows


# --- cells that a spreadsheet would run ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("'=SUM(A1)", "=SUM(A1)"),
        ("''tis", "'tis"),
        ("''", "'"),
        ("'+591", "+591"),
        ("'-5", "-5"),
        ("'@x", "@x"),
        ("'\tx", "\tx"),
        ("'hola'", "'hola'"),
        ("'", "'"),
        ("", ""),
        ("=1", "=1"),
    ],
)
def test_the_apostrophe_before_a_formula_is_taken_away(text: str, plain: str) -> None:
    assert unescape(text) == plain


@pytest.mark.parametrize("sign", GUARDED)
def test_what_a_spreadsheet_would_run_is_guarded_when_it_is_written(sign: str) -> None:
    cells = next(csv.reader(io.StringIO(write_table([[f"{sign}1"]]).decode(), newline="")))
    assert cells == [f"'{sign}1"]


@given(records=st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1), min_size=1))
def test_no_cell_that_is_written_begins_like_a_formula_and_each_is_read_as_it_was(records: list[list[str]]) -> None:
    text = write_table(records).decode()
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert (
        [[unescape(cell) for cell in row] or [""] for row in rows],
        [cell for row in rows for cell in row if cell[:1] in set(GUARDED) - {"'"}],
    ) == (records, [])


def test_a_cell_that_nobody_would_read_is_not_written() -> None:
    with pytest.raises(Refused) as caught:
        write_table([["a"], ["x" * tables.MOST_CELL]])
    assert (caught.value.code, caught.value.details["line"]) == ("cell-too-long", 2)


# --- columns -------------------------------------------------------------------------------------------------------
SYNONYMS = {"name": ("name", "denominación", "nombre"), "code": ("code", "código"), "note": ("note",)}


def test_columns_are_recognised_by_their_synonyms_however_they_are_spelled(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, "CODIGO,Denominacion,otra\n1,2,3\n"))
    assert recognise(table, SYNONYMS) == {"name": "Denominacion", "code": "CODIGO"}


def test_of_two_synonyms_the_first_one_listed_wins(tmp_path: Path) -> None:
    assert recognise(read_table(written(tmp_path, "nombre,name\n1,2\n")), SYNONYMS) == {"name": "name"}


def test_a_column_that_was_named_is_taken_and_not_taken_twice(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, "name,rótulo\n1,2\n"))
    assert recognise(table, SYNONYMS, {"name": "rótulo", "note": "name"}) == {"name": "rótulo", "note": "name"}


@pytest.mark.parametrize(
    ("given_columns", "code"), [({"name": "absent"}, "column-missing"), ({"nmae": "name"}, "field-unknown")]
)
def test_a_slip_in_a_map_is_refused(tmp_path: Path, given_columns: dict[str, str], code: str) -> None:
    table = read_table(written(tmp_path, "name\n1\n"))
    with pytest.raises(Refused) as caught:
        recognise(table, SYNONYMS, given_columns)
    assert (caught.value.code, caught.value.details["where"]) == (code, "t.csv")


def test_a_map_is_toml(tmp_path: Path) -> None:
    assert read_map(written(tmp_path, '[columns]\nname = "x"\n', "m.toml")) == {"columns": {"name": "x"}}


def test_a_map_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="map-unreadable"):
        read_map(written(tmp_path, "name: x", "m.toml"))
