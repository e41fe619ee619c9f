"""Files that wait beside the vault: whole, for their owner only, and gone when nobody waits for them."""

from __future__ import annotations

import hashlib
import stat
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from yupana.foundation.kernel.errors import Missing, Refused
from yupana.foundation.vault import aside, store

if TYPE_CHECKING:
    from pathlib import Path

SHEET = b"PK\x03\x04 a sheet"
DIGEST = hashlib.sha256(SHEET).hexdigest()


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path))
    return tmp_path


def names() -> list[str]:
    return sorted(path.name for path in aside.place().iterdir())


def test_it_is_kept_until_it_is_forgotten_and_never_in_the_vault() -> None:
    kept = [aside.put(BytesIO(SHEET), "../poa.xlsx", 100) for _ in range(2)]
    with aside.open_(DIGEST) as file:
        held = file.read()
    mode, during = stat.S_IMODE((aside.place() / DIGEST).stat().st_mode), names()
    aside.forget([DIGEST, DIGEST])
    assert ({(each.digest, each.name) for each in kept}, held, mode, during, names(), list(store.held())) == (
        {(DIGEST, "poa.xlsx")},
        SHEET,
        0o600,
        [DIGEST],
        [],
        [],
    )


@pytest.mark.parametrize(("content", "code"), [(b"", "file-empty"), (SHEET * 9, "file-too-large")])
def test_what_is_empty_or_too_large_leaves_nothing(content: bytes, code: str) -> None:
    with pytest.raises(Refused, match=code):
        aside.put(BytesIO(content), "poa.xlsx", 100)
    assert names() == []


@pytest.mark.parametrize("digest", [DIGEST, "../keys/django", ""])
def test_what_is_not_there_or_no_digest_is_missing(digest: str) -> None:
    with pytest.raises(Missing, match="file-missing"):
        aside.open_(digest)


def test_a_file_is_told_apart_without_being_kept(home: Path) -> None:
    (home / "x").write_bytes(SHEET)
    told = aside.named(home / "x", "../poa.xlsx")
    assert (told.digest, told.size, told.name, aside.place().exists()) == (DIGEST, len(SHEET), "poa.xlsx", False)
