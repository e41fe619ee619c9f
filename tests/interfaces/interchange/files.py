"""Files made for one test, and how reading them is refused."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from yupana.domain.instruments.facts import Manuscript
from yupana.foundation.kernel.errors import Refused


def saved(folder: Path, what: object, name: str = "doc.json") -> Path:
    """Save bytes and text as they are, anything else as JSON."""
    path = folder / name
    if isinstance(what, bytes):
        path.write_bytes(what)
    else:
        path.write_text(what if isinstance(what, str) else json.dumps(what), encoding="utf-8")
    return path


def loaded(path: Path) -> Any:  # noqa: ANN401 (whatever the file holds)
    return json.loads(path.read_text("utf-8"))


def refusal(read: Callable[[Path], Manuscript], path: Path) -> tuple[str, object]:
    """Say how a reader refuses a file: why, and where."""
    with pytest.raises(Refused) as refused:
        read(path)
    return refused.value.code, refused.value.details["where"]


def whys(manuscript: Manuscript) -> list[tuple[str, str]]:
    """Say what was mended, each with its place: file:line, or the path inside a JSON."""
    return [(note.where.partition("#")[2] or note.where, note.why) for note in manuscript.mended]
