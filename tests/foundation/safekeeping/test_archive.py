"""The file itself: whatever is not what we wrote is refused in one sentence, before any database is touched."""

from __future__ import annotations

import hashlib
import json
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yupana.foundation.kernel.errors import Refused
from yupana.foundation.safekeeping import archive
from yupana.foundation.safekeeping.archive import DIGEST, MANIFEST, Manifest, Table, Writer, opened
from yupana.interfaces import words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ROWS: list[list[object]] = [[1, "uno «ñ» \ud800\u2028\n"], [2, None], [3, True]]


def bare(*tables: Table, **more: Any) -> Manifest:  # noqa: ANN401 - any column of the manifest
    told: dict[str, Any] = {"program": "0.1.0", "made_at": "2026-01-01", "database": "sqlite", "migrations": ("a.1",)}
    return Manifest(**{**told, "head_size": 0, "head_root": "", "tables": tables, **more})


def written() -> bytes:
    file = BytesIO()
    with Writer(file) as writer:
        writer.close(bare(writer.table("a", ("id", "x"), ROWS), writer.table("b", ("id",), [])))
    return file.getvalue()


WHOLE = written()


def read(path: Path) -> list[list[list[object]]]:
    with opened(path) as backup:
        backup.check(lambda _: None)
        return [list(backup.rows(table)) for table in backup.manifest.tables]


def refusal(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    with pytest.raises(Refused) as refused:
        read(path)
    assert "%" not in words.sentence(refused.value)
    return refused.value.code


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("archive") / "b.zip"


def test_what_was_written_is_read(place: Path) -> None:
    place.write_bytes(WHOLE)
    assert read(place) == [ROWS, []]


def test_it_is_a_zip_that_any_program_opens(place: Path) -> None:
    place.write_bytes(WHOLE)
    with zipfile.ZipFile(place) as found:
        manifest = json.loads(found.read(MANIFEST))
        assert (found.testzip(), manifest["format"], manifest["version"]) == (None, "yupana-backup", 1)


@given(at=st.integers(0, len(WHOLE) - 1), bit=st.integers(0, 7))
@settings(max_examples=300)
def test_one_changed_bit_anywhere_is_found(place: Path, at: int, bit: int) -> None:
    data = bytearray(WHOLE)
    data[at] ^= 1 << bit
    assert refusal(place, bytes(data)) == ("backup-unknown" if at < 2 else "backup-damaged")


@given(left=st.integers(0, len(WHOLE) - 1))
def test_a_file_that_was_cut_is_found(place: Path, left: int) -> None:
    assert refusal(place, WHOLE[:left]) == ("backup-unknown" if left < 2 else "backup-damaged")


@given(more=st.binary(min_size=1, max_size=80))
def test_a_file_that_grew_is_found(place: Path, more: bytes) -> None:
    assert refusal(place, WHOLE + more) == "backup-damaged"


@pytest.mark.parametrize("data", [b"", b"id,name\n1,x\n", b"SQLite format 3\0" * 9])
def test_what_is_no_backup_is_called_so(data: bytes, place: Path) -> None:
    assert refusal(place, data) == "backup-unknown"


# --- made by somebody who knows the format: the digest of the whole file fits -----------------------------------------
def forged(change: Callable[[dict[str, Any], dict[str, bytes]], None]) -> bytes:
    """Write the file anew after changing manifest and members."""
    with zipfile.ZipFile(BytesIO(WHOLE)) as whole:
        members = {name: whole.read(name) for name in whole.namelist()}
    manifest = json.loads(members.pop(MANIFEST))
    change(manifest, members)
    return packed([*members.items(), (MANIFEST, json.dumps(manifest).encode())])


def packed(members: list[tuple[str, bytes]]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive_:
        for name, data in members:
            archive_.writestr(name, data)
        archive_.comment = bytes(DIGEST)
    head = file.getvalue()[:-DIGEST]
    return head + hashlib.sha256(head).hexdigest().encode()


A, B = "tables/a.ndjson", "tables/b.ndjson"


def row_changed(_: dict[str, Any], members: dict[str, bytes]) -> None:
    members[A] = members[A].replace(b"[2,", b"[4,")


def row_gone(_: dict[str, Any], members: dict[str, bytes]) -> None:
    members[A] = members[A].split(b"\n", 1)[1]


def member_gone(_: dict[str, Any], members: dict[str, bytes]) -> None:
    del members[B]


def member_more(_: dict[str, Any], members: dict[str, bytes]) -> None:
    members["../evil"] = b"x"


def table_not_told(manifest: dict[str, Any], _: dict[str, bytes]) -> None:
    manifest["tables"].pop()


def manifest_without_head(manifest: dict[str, Any], _: dict[str, bytes]) -> None:
    del manifest["head_root"]


def manifest_of_nonsense(manifest: dict[str, Any], _: dict[str, bytes]) -> None:
    manifest["tables"] = 3


@pytest.mark.parametrize(
    "change",
    [row_changed, row_gone, member_gone, member_more, table_not_told, manifest_without_head, manifest_of_nonsense],
)
def test_members_and_manifest_vouch_for_each_other(
    change: Callable[[dict[str, Any], dict[str, bytes]], None], place: Path
) -> None:
    assert refusal(place, forged(change)) == "backup-damaged"


def fitting(lines: bytes, rows: int) -> Callable[[dict[str, Any], dict[str, bytes]], None]:
    """Replace table a and let the manifest say so."""

    def change(manifest: dict[str, Any], members: dict[str, bytes]) -> None:
        members[A] = lines
        manifest["tables"][0] |= {"rows": rows, "size": len(lines), "sha256": hashlib.sha256(lines).hexdigest()}

    return change


@pytest.mark.parametrize("lines", [b"[1]\n", b"{}\n", b"[1,2,3]\n", b"[1,2]"])
def test_a_row_of_another_shape_is_refused(lines: bytes, place: Path) -> None:
    assert refusal(place, forged(fitting(lines, 1))) == "backup-damaged"


def test_a_bomb_is_refused_before_it_is_read(place: Path) -> None:
    lines = b'[1,"%s"]\n' % (b"0" * (archive.ALWAYS_FINE + 1))
    assert refusal(place, forged(fitting(lines, 1))) == "backup-inflates"


def test_a_bomb_that_lies_about_its_size_is_refused(place: Path) -> None:
    def change(manifest: dict[str, Any], members: dict[str, bytes]) -> None:
        members[A] = b"0" * (archive.ALWAYS_FINE + 1)

    assert refusal(place, forged(change)) == "backup-damaged"


def test_a_member_twice_is_refused(place: Path) -> None:
    with zipfile.ZipFile(BytesIO(WHOLE)) as whole:
        members = [(name, whole.read(name)) for name in whole.namelist()]
    with pytest.warns(UserWarning, match="Duplicate"):
        data = packed([*members, members[0]])
    assert refusal(place, data) == "backup-damaged"


@pytest.mark.parametrize(("said", "code"), [("version", "backup-newer"), ("format", "backup-unknown")])
def test_another_format_is_refused(said: str, code: str, place: Path) -> None:
    def change(manifest: dict[str, Any], _: dict[str, bytes]) -> None:
        manifest[said] = 3 if said == "version" else "other"

    assert refusal(place, forged(change)) == code
