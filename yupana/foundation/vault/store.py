"""Putting a file into the vault, opening it, and proving that it is still what it was."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from yupana.foundation.home import OWNER_ONLY, home
from yupana.foundation.kernel.errors import Missing, Refused
from yupana.foundation.vault.rules import DIGEST, HEAD, clean_name, sniff

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from io import BufferedReader

BLOCK = 2**20
READ_ONLY = 0o400


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in the vault: its hex SHA-256, bytes, what it is, and a safe name for it."""

    digest: str
    size: int
    media_type: str
    name: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file is found to be when it is read again: its bytes, and what it is."""

    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as it lies in the vault."""

    digest: str
    size: int


def place() -> Path:
    """Where the vault of this home is. It need not exist yet."""
    return home() / "vault"


def put(stream: IO[bytes], name: str, most: int) -> Stored:
    """Keep a file of at most ``most`` bytes, read block by block; what is there already is not written again.

    Refused when it is empty or larger. It is whole and on the disk when this returns: it is written beside its place
    and linked into it, and a link replaces nothing.
    """
    folder = place()
    folder.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
    with beside(folder) as (draft, file):
        digest, size, head = copied(stream, file, most)
        file.flush()
        os.fsync(file.fileno())
        os.fchmod(file.fileno(), READ_ONLY)
        _link(draft, _path(digest))
    return Stored(digest, size, sniff(head), clean_name(name))


def open_(digest: str) -> BufferedReader:
    """Open a file to be read; Missing where there is none."""
    try:
        return _path(digest).open("rb")
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Missing("file-missing", digest=digest) from error


def size_of(digest: str) -> int | None:
    """How many bytes a file has; None where there is none."""
    try:
        return _path(digest).stat().st_size
    except (FileNotFoundError, NotADirectoryError):
        return None


def held() -> Iterator[Kept]:
    """List every file of the vault in the order of their digests; a draft that a crash left behind is none."""
    for folder in sorted(place().glob("[0-9a-f][0-9a-f]")):
        for path in sorted(folder.iterdir()):
            digest = folder.name + path.name
            if DIGEST.fullmatch(digest) and path.is_file():
                yield Kept(digest, path.stat().st_size)


def look(digest: str) -> Looked | None:
    """Read a file again; None where it is not there, or not what it was."""
    try:
        with open_(digest) as file:
            kind = sniff(file.read(HEAD))
            file.seek(0)
            found = hashlib.file_digest(file, "sha256").hexdigest()
            size = file.tell()
    except (Missing, OSError):
        return None
    return Looked(size, kind) if found == digest else None


def verify(digests: Iterable[str]) -> Iterator[str]:
    """Read each of these files again, and name those that are not there or not what they were."""
    return (digest for digest in digests if look(digest) is None)


def discard(digest: str) -> None:
    """Take back what was put by a work that failed before anybody could name it."""
    _path(digest).unlink(missing_ok=True)


def _path(digest: str) -> Path:
    """Where it lies; anything but a digest would lead elsewhere."""
    if not DIGEST.fullmatch(digest):
        raise Missing("file-missing", digest=digest)
    return place() / digest[:2] / digest[2:]


@contextmanager
def beside(folder: Path) -> Iterator[tuple[Path, IO[bytes]]]:
    """Give a file to be written beside its place; what was not put there is gone afterwards."""
    handle, name = tempfile.mkstemp(dir=folder, prefix=".")  # mkstemp opens with mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            yield Path(name), file
    finally:
        Path(name).unlink(missing_ok=True)


def copied(stream: IO[bytes], file: IO[bytes], most: int) -> tuple[str, int, bytes]:
    """Copy a file block by block; return its digest, its size and its first bytes."""
    digest, size, head = hashlib.sha256(), 0, b""
    while block := stream.read(BLOCK):
        size += len(block)
        if size > most:
            raise Refused("file-too-large", most=most // 2**20)
        head = head if len(head) >= HEAD else (head + block)[:HEAD]
        digest.update(block)
        file.write(block)
    if not size:
        raise Refused("file-empty")
    return digest.hexdigest(), size, head


def _link(draft: Path, path: Path) -> None:
    """Give it its name for good; whoever was faster put the same bytes there."""
    path.parent.mkdir(mode=OWNER_ONLY, exist_ok=True)
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    for folder in (path.parent, path.parent.parent):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
