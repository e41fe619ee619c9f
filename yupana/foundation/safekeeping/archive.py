"""The file of a backup: a zip of one NDJSON for each table, the files of the vault, and a manifest of it all.

Its comment is the digest of every byte before it: no damage passes, wherever it is. Both ways go row by row.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import IO, TYPE_CHECKING

from yupana.foundation.kernel.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from typing import Self

# Without files it is as it was before there was a vault, so that an older program reads it.
FORMAT, WITHOUT_FILES, FORMAT_VERSION = "yupana-backup", 1, 2
MANIFEST = "manifest.json"
DIGEST = 64  # hex characters of a SHA-256
BLOCK = 2**20
MOST_MANIFEST, MOST_LINE = 64 * 2**20, 64 * 2**20
# What we write shrinks to a tenth or so. Beyond these it was made to fill a disk.
MOST_RATIO, ALWAYS_FINE = 200, 16 * 2**20


@dataclass(frozen=True, slots=True)
class Table:
    """One table in the file: its columns in the order of each row, and what there must be."""

    name: str
    columns: tuple[str, ...]
    rows: int
    size: int
    sha256: str

    @property
    def member(self) -> str:
        """Its name inside the zip."""
        return f"tables/{self.name}.ndjson"


@dataclass(frozen=True, slots=True)
class File:
    """One file of the vault: its hex SHA-256, which is its name there, and its bytes."""

    digest: str
    size: int

    @property
    def member(self) -> str:
        """Its name inside the zip."""
        return f"vault/{self.digest}"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the file holds, and of which program and which record it is."""

    program: str
    made_at: str
    database: str
    migrations: tuple[str, ...]
    head_size: int
    head_root: str
    tables: tuple[Table, ...]
    files: tuple[File, ...] = ()

    def written(self) -> bytes:
        """Write it as JSON."""
        said = {"format": FORMAT, "version": FORMAT_VERSION, **asdict(self)}
        if not said["files"]:
            said = {**said, "version": WITHOUT_FILES}
            del said["files"]
        return json.dumps(said, indent=1).encode("ascii")


class Writer:
    """Writes the file, table by table; the manifest comes last, when everything is counted."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def table(self, name: str, columns: tuple[str, ...], rows: Iterable[list[object]]) -> Table:
        """Write one table and say what was written."""
        count, size, digest = 0, 0, hashlib.sha256()
        with self._zip.open(Table(name, columns, 0, 0, "").member, "w", force_zip64=True) as member:
            for row in rows:
                line = json.dumps(row, allow_nan=False, separators=(",", ":")).encode("ascii") + b"\n"
                member.write(line)
                digest.update(line)
                count, size = count + 1, size + len(line)
        return Table(name, columns, count, size, digest.hexdigest())

    def file(self, digest: str, stream: IO[bytes]) -> File:
        """Write one file of the vault as it is: what people bring is mostly compressed already."""
        size = 0
        with self._zip.open(zipfile.ZipInfo(File(digest, 0).member), "w", force_zip64=True) as member:
            while block := stream.read(BLOCK):
                member.write(block)
                size += len(block)
        return File(digest, size)

    def close(self, manifest: Manifest) -> None:
        """Write the manifest, and the digest of it all."""
        self._zip.writestr(MANIFEST, manifest.written())
        self._zip.comment = bytes(DIGEST)
        self._zip.close()
        end = self._file.seek(-DIGEST, io.SEEK_END)
        digest = _digest(self._file, end)
        self._file.seek(end)
        self._file.write(digest)


class Reader:
    """Reads a file that is whole."""

    def __init__(self, file: IO[bytes], manifest: Manifest, archive: zipfile.ZipFile) -> None:
        self._file, self.manifest, self._zip = file, manifest, archive

    def rows(self, table: Table) -> Iterator[list[object]]:
        """Give the rows of a table, as they were written."""
        for line in self._lines(table):
            row = json.loads(line)
            if not isinstance(row, list) or len(row) != len(table.columns):
                raise Refused("backup-damaged", what=table.member)
            yield row

    def check(self, tick: Callable[[int], None]) -> None:
        """Hold tables and files against what the manifest says; ``tick`` is told how many more rows or files fit."""
        for table in self.manifest.tables:
            digest, rows = hashlib.sha256(), 0
            for line in self._lines(table):
                digest.update(line)
                rows += 1
            if (rows, digest.hexdigest()) != (table.rows, table.sha256):
                raise Refused("backup-damaged", what=table.member)
            tick(rows)
        for file in self.manifest.files:
            with self.stream(file) as stream:
                if hashlib.file_digest(stream, "sha256").hexdigest() != file.digest:  # type: ignore[arg-type] # a zip's member is raw enough
                    raise Refused("backup-damaged", what=file.member)
            tick(1)

    @contextmanager
    def stream(self, file: File) -> Iterator[IO[bytes]]:
        """Open a file of the vault."""
        try:
            with self._zip.open(file.member) as member:
                yield member
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as error:
            raise Refused("backup-damaged", what=file.member) from error

    def _lines(self, table: Table) -> Iterator[bytes]:
        left = table.size
        try:
            with self._zip.open(table.member) as member, io.BufferedReader(member) as lines:  # type: ignore[type-var] # a zip's member is raw enough
                while line := lines.readline(min(left, MOST_LINE) + 1):
                    left -= len(line)
                    if left < 0 or not line.endswith(b"\n"):
                        raise Refused("backup-damaged", what=table.member)
                    yield line
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as error:
            raise Refused("backup-damaged", what=table.member) from error


@contextmanager
def opened(path: Path) -> Iterator[Reader]:
    """Open a backup; refuse what is none, what is damaged, and what a newer program wrote."""
    with path.open("rb") as file:
        if file.read(2) != b"PK":
            raise Refused("backup-unknown", file=path.name)
        end = file.seek(0, io.SEEK_END) - DIGEST
        if end <= 0 or _digest(file, end) != file.read(DIGEST):
            raise Refused("backup-damaged", what=path.name)
        try:
            with zipfile.ZipFile(file) as archive:
                manifest = _manifest(archive)
                _expect(archive, manifest, end)
                yield Reader(file, manifest, archive)
        except zipfile.BadZipFile as error:
            raise Refused("backup-damaged", what=path.name) from error


def _digest(file: IO[bytes], end: int) -> bytes:
    """Digest of the bytes up to there, as it is written; the file stands there afterwards."""
    file.seek(0)
    digest, left = hashlib.sha256(), end
    while left and (block := file.read(min(BLOCK, left))):
        digest.update(block)
        left -= len(block)
    return digest.hexdigest().encode("ascii")


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    try:
        with archive.open(MANIFEST) as member:
            said = json.loads(member.read(MOST_MANIFEST))
        if said.pop("format") != FORMAT:
            raise Refused("backup-unknown", file=MANIFEST)
        if said.pop("version") > FORMAT_VERSION:
            raise Refused("backup-newer", made_by=said["program"])
        tables = tuple(Table(**{**table, "columns": tuple(table["columns"])}) for table in said.pop("tables"))
        files = tuple(File(**file) for file in said.pop("files", ()))
        return Manifest(**{**said, "migrations": tuple(said["migrations"]), "tables": tables, "files": files})
    except (KeyError, TypeError, ValueError, AttributeError, zlib.error, NotImplementedError) as error:
        raise Refused("backup-damaged", what=MANIFEST) from error


def _expect(archive: zipfile.ZipFile, manifest: Manifest, size: int) -> None:
    """Refuse anything else than the members that the manifest names, at the sizes that it says."""
    found = {info.filename: info.file_size for info in archive.infolist() if info.filename != MANIFEST}
    due = {table.member: table.size for table in manifest.tables} | {file.member: file.size for file in manifest.files}
    wrong = sorted(set(found.items()) ^ set(due.items()))
    if wrong or len(archive.infolist()) != len(due) + 1:
        raise Refused("backup-damaged", what=wrong[0][0] if wrong else MANIFEST)
    if sum(due.values()) > max(ALWAYS_FINE, MOST_RATIO * size):
        raise Refused("backup-inflates", size=sum(due.values()))
