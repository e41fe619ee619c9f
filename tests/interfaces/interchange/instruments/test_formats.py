"""The file tells its format itself, whatever it is called where its bytes say more than its name."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.interfaces.interchange.manuscripts import plan
from yupana.foundation.kernel.errors import Refused
from yupana.interfaces.interchange.instruments import ENDINGS, Format, read_instrument, write_instrument
from yupana.interfaces.interchange.instruments.formats import READERS, WRITERS, format_of

if TYPE_CHECKING:
    from pathlib import Path


def test_every_format_is_written_and_all_but_oscal_have_a_reader_of_their_own() -> None:
    """OSCAL is JSON: the one reader tells them apart."""
    assert (set(WRITERS), set(READERS)) == (set(Format), set(Format) - {Format.OSCAL})


@pytest.mark.parametrize("held", [Format.CSV, Format.XLSX, Format.ODS, Format.JSON, Format.OSCAL, Format.STRATML])
def test_a_name_without_an_ending_is_enough(held: Format, tmp_path: Path) -> None:
    write_instrument(plan(), held, tmp_path / "x")
    assert len(read_instrument(tmp_path / "x").rows) == len(plan().rows)


@pytest.mark.parametrize(("held", "name"), [(Format.XLSX, "x.csv"), (Format.ODS, "x.xlsx"), (Format.XLSX, "x.ods")])
def test_bytes_count_more_than_the_name(held: Format, name: str, tmp_path: Path) -> None:
    write_instrument(plan(), held, tmp_path / name)
    assert len(read_instrument(tmp_path / name).rows) == len(plan().rows)


@pytest.mark.parametrize("ending", [ending for ending, held in ENDINGS.items() if held not in ("xlsx", "ods")])
def test_a_text_that_begins_like_nothing_is_told_by_its_ending(ending: str, tmp_path: Path) -> None:
    assert format_of(tmp_path / f"x{ending}", b"x") is ENDINGS[ending]


@pytest.mark.parametrize(
    "head",
    [b"", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", b"\xd0\xcf\x11\xe0", b"one line of text", b"a,b\0c"],
    ids=["empty", "pdf", "png", "old office", "prose", "nul"],
)
def test_what_is_none_is_told_so(head: bytes, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(head)
    with pytest.raises(Refused) as caught:
        read_instrument(tmp_path / "x")
    told = caught.value.details
    assert (caught.value.code, told["where"], "StratML" in str(told["readable"])) == ("format-unknown", "x", True)


def test_another_archive_is_none(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert format_of_bytes(tmp_path, packed.getvalue()) is None


def format_of_bytes(folder: Path, data: bytes) -> Format | None:
    (folder / "x.xlsx").write_bytes(data)
    return format_of(folder / "x.xlsx", data)


def test_a_folder_with_one_document_is_that_document(tmp_path: Path) -> None:
    write_instrument(plan(), Format.MARKDOWN, tmp_path / "plan.md")
    assert read_instrument(tmp_path).heading == plan().heading


def test_a_folder_with_two_documents_and_no_list_of_them_is_none(tmp_path: Path) -> None:
    for name in ("uno.md", "dos.md"):
        (tmp_path / name).write_text("# Plan\n")
    with pytest.raises(Refused) as caught:
        read_instrument(tmp_path)
    assert caught.value.code == "instrument-files-missing"


def test_tables_in_a_folder_come_before_its_documents(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# Tablas\n\n- [Partes](partes/1.md)\n")
    (tmp_path / "p_lineas.csv").write_text("id,linea\n1,Una\n")
    assert [row.text for row in read_instrument(tmp_path).rows] == ["Una"]
