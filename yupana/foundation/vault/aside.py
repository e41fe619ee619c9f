"""Files that wait beside the vault until somebody decides what becomes of them: whoever names one takes it away again.

They are no evidence of anything yet, so a backup does not carry them.
"""

from __future__ import annotations

import hashlib
from typing import IO, TYPE_CHECKING

from yupana.foundation.home import OWNER_ONLY, home
from yupana.foundation.kernel.errors import Missing
from yupana.foundation.vault.rules import DIGEST, clean_name, sniff
from yupana.foundation.vault.store import Stored, beside, copied

if TYPE_CHECKING:
    from collections.abc import Iterable
    from io import BufferedReader
    from pathlib import Path


def place() -> Path:
    """Where they lie. It need not exist yet."""
    return home() / "aside"


def named(path: Path, name: str) -> Stored:
    """Say what a file is, without keeping it."""
    with path.open("rb") as file:
        return Stored(hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size, "", clean_name(name))


def put(stream: IO[bytes], name: str, most: int) -> Stored:
    """Keep a file of at most ``most`` bytes for now. Refused when it is empty or larger."""
    folder = place()
    folder.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
    with beside(folder) as (draft, file):
        digest, size, head = copied(stream, file, most)
        file.flush()
        draft.replace(folder / digest)
    return Stored(digest, size, sniff(head), clean_name(name))


def open_(digest: str) -> BufferedReader:
    """Open a file to be read; Missing where there is none."""
    try:
        return _path(digest).open("rb")
    except FileNotFoundError as error:
        raise Missing("file-missing", digest=digest) from error


def forget(digests: Iterable[str]) -> None:
    """Take files away for good; those that are not there are gone already."""
    for digest in digests:
        _path(digest).unlink(missing_ok=True)


def _path(digest: str) -> Path:
    if not DIGEST.fullmatch(digest):
        raise Missing("file-missing", digest=digest)
    return place() / digest
