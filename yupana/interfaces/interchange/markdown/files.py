"""The files of a plan: each read once, all of them bounded, none of them outside its folder."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from yupana.foundation.kernel.errors import Refused
from yupana.interfaces.interchange.tables import read_text

if TYPE_CHECKING:
    from pathlib import Path

README = "README.md"
ENDINGS = (".md", ".markdown")
MOST_PARTS = 2_000
MOST_LINES = 300_000
MOST_CHARACTERS = 16 * 1024 * 1024


class Files:
    """Reads the files below one folder, each once, and adds up what they hold."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.read: dict[str, str] = {}
        self._characters = self._lines = 0

    def text(self, path: Path) -> str:
        """Read a file; Refused where it is no text, or where all together are larger than one may be."""
        text = text_of(path)
        self._characters += len(text)
        self._lines += text.count("\n") + text.count("\r")
        if self._characters > MOST_CHARACTERS or self._lines > MOST_LINES or len(self.read) >= MOST_PARTS:
            raise Refused("markdown-too-large", where=self.name(path), lines=MOST_LINES, parts=MOST_PARTS)
        self.read[self.name(path)] = hashlib.sha256(text.encode()).hexdigest()
        return text

    def name(self, path: Path) -> str:
        """Name a file by its way from the folder."""
        return path.resolve().relative_to(self.root).as_posix()

    def inside(self, start: Path, target: str) -> Path | None:
        """Follow a link from a folder; None where it leads out."""
        try:
            path = (start / target).resolve()
        except (OSError, ValueError, RuntimeError):  # a name that is too long, or links that run in a circle
            return None
        return path if path.is_relative_to(self.root) else None

    def digest(self) -> str:
        """Digest of all that was read, each file under its name."""
        whole = "".join(f"{name}\0{digest}\n" for name, digest in sorted(self.read.items()))
        return hashlib.sha256(whole.encode()).hexdigest()


def readme_of(folder: Path) -> Path | None:
    """Find the README of a folder, however its name is written; None where there is none."""
    try:
        found = sorted(path for path in folder.iterdir() if path.name.lower() == README.lower() and is_file(path))
    except OSError:
        return None
    return found[0] if found else None


def text_of(path: Path) -> str:
    """Read one file; Refused, in words for texts, where it is none."""
    try:
        return read_text(path)
    except Refused as refused:
        if refused.code == "file-not-utf8":
            raise Refused("markdown-not-utf8", **refused.details) from refused
        if refused.code == "file-has-nul":
            raise Refused("markdown-has-nul", **refused.details) from refused
        raise


def is_file(path: Path) -> bool:
    """Whether there is an ordinary file; a name that no file can have has none."""
    try:
        return path.is_file()
    except OSError:
        return False
