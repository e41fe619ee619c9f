"""Files in the vault: under their digest, once, whole, read-only, and proved."""

from __future__ import annotations

import hashlib
import os
import stat
import threading
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from yupana.foundation.kernel.errors import Missing, Refused
from yupana.foundation.vault import store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PDF = b"%PDF-1.7 an act"
DIGEST = hashlib.sha256(PDF).hexdigest()
MOST = 2**20


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def put(content: bytes = PDF, name: str = "act.pdf", most: int = MOST) -> store.Stored:
    return store.put(BytesIO(content), name, most)


def files(home: Path) -> list[str]:
    return sorted(str(path.relative_to(home)) for path in home.rglob("*") if path.is_file())


def test_a_file_lies_under_its_digest_and_says_what_it_is(home: Path) -> None:
    assert (put(name="../Act 1.pdf"), files(home)) == (
        store.Stored(DIGEST, len(PDF), "application/pdf", "Act_1.pdf"),
        [f"vault/{DIGEST[:2]}/{DIGEST[2:]}"],
    )


def test_what_is_opened_is_what_was_put() -> None:
    put()
    with store.open_(DIGEST) as file:
        assert file.read() == PDF


def test_only_its_owner_reads_it_and_nobody_writes(home: Path) -> None:
    put()
    path = home / "vault" / DIGEST[:2] / DIGEST[2:]
    modes = [stat.S_IMODE(each.stat().st_mode) for each in (path, path.parent, path.parent.parent)]
    assert modes == [0o400, 0o700, 0o700]


def test_the_same_bytes_under_two_names_are_one_file(home: Path) -> None:
    before = put()
    path = home / "vault" / DIGEST[:2] / DIGEST[2:]
    written = path.stat().st_ino, path.stat().st_mtime_ns
    again = put(name="other.pdf")
    assert (before.digest, (path.stat().st_ino, path.stat().st_mtime_ns), len(files(home))) == (
        again.digest,
        written,
        1,
    )


def test_what_stands_there_is_never_overwritten(home: Path) -> None:
    put()
    path = home / "vault" / DIGEST[:2] / DIGEST[2:]
    path.chmod(0o600)
    path.write_bytes(b"forged")
    put()
    assert (path.read_bytes(), list(store.verify([DIGEST]))) == (b"forged", [DIGEST])


def test_two_at_once_put_one_file(home: Path) -> None:
    big = os.urandom(3 * 2**20)
    workers = [threading.Thread(target=put, args=(big, "a", 2**23)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert (len(files(home)), list(store.verify([hashlib.sha256(big).hexdigest()]))) == (1, [])


@pytest.mark.parametrize(("content", "most", "why"), [(b"", MOST, "file-empty"), (b"x" * 11, 10, "file-too-large")])
def test_what_is_empty_or_too_large_leaves_nothing_behind(home: Path, content: bytes, most: int, why: str) -> None:
    with pytest.raises(Refused, match=why):
        put(content, most=most)
    assert files(home) == []


def test_a_file_of_exactly_the_most_is_kept() -> None:
    assert put(b"x" * 10, most=10).size == 10


def test_a_stream_is_read_no_further_than_the_most() -> None:
    class Endless(BytesIO):
        given = 0

        def read(self, size: int | None = -1, /) -> bytes:
            self.given += 1
            return b"x" * (size or 0)

    endless = Endless()
    with pytest.raises(Refused):
        store.put(endless, "a", 3 * 2**20)
    assert endless.given == 4


def test_a_stream_that_breaks_leaves_nothing_behind(home: Path) -> None:
    class Broken(BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError(f"gone before {size}")

    with pytest.raises(OSError, match="gone"):
        store.put(Broken(), "a", MOST)
    assert files(home) == []


@pytest.mark.parametrize("digest", ["0" * 64, "", "../../etc/passwd", "A" * 64, "0" * 63, "/etc/passwd"])
def test_what_is_not_there_or_no_digest_is_missing(digest: str) -> None:
    with pytest.raises(Missing):
        store.open_(digest)


@pytest.mark.parametrize("harm", ["change", "cut", "remove", "folder"])
def test_verification_names_what_is_not_what_it_was(home: Path, harm: str) -> None:
    kept = put(b"other").digest
    put()
    path = home / "vault" / DIGEST[:2] / DIGEST[2:]
    path.chmod(0o600)
    if harm == "change":
        path.write_bytes(PDF[:-1] + b"!")
    elif harm == "cut":
        path.write_bytes(PDF[:-1])
    else:
        path.unlink()
    if harm == "folder":
        path.mkdir()
    assert list(store.verify([kept, DIGEST])) == [DIGEST]


def test_the_list_of_files_holds_no_leftover(home: Path) -> None:
    put()
    put(b"other")
    for leftover in (home / "vault" / ".tmp123", home / "vault" / "ab" / "short", home / "vault" / "note"):
        leftover.parent.mkdir(exist_ok=True)
        leftover.write_text("x")
    due = sorted([(DIGEST, len(PDF)), (hashlib.sha256(b"other").hexdigest(), 5)])
    assert [(kept.digest, kept.size) for kept in store.held()] == due


def test_without_a_vault_there_is_nothing_in_it(home: Path) -> None:
    assert (list(store.held()), store.size_of(DIGEST), home.exists()) == ([], None, False)


@pytest.mark.parametrize("content", [b"%PDF-1.7 act", b"words\n" * 2**18, b"\x00" * 5000])
def test_what_is_found_on_reading_again_is_what_was_said_when_it_was_put(content: bytes) -> None:
    stored = store.put(BytesIO(content), "act", 2**22)
    assert store.look(stored.digest) == store.Looked(stored.size, stored.media_type)


@pytest.mark.parametrize("sizes", [[1], [2**20], [2**20 + 1], [4095, 4096]])
def test_the_size_is_what_was_put(sizes: Sequence[int]) -> None:
    assert [store.size_of(put(b"x" * size, most=2**22).digest) for size in sizes] == sizes


def test_what_was_put_by_a_work_that_failed_can_be_taken_back(home: Path) -> None:
    store.discard(put().digest)
    store.discard(DIGEST)
    assert files(home) == []
