"""The last sealed state, remembered in the home and not in the database.

Whoever puts an older copy of the database back, or another one, finds the record shorter than remembered or grown
otherwise; nothing is sealed on top of it then, until an act says so. The file is replaced after the seal is committed:
after a crash between the two it remembers less than there is, never more.
"""

from __future__ import annotations

import fcntl
import json
import os
import tempfile
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from yupana.foundation import home
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.ledger.models import Checkpoint

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "sealed.json"


@dataclass(frozen=True, slots=True)
class State:
    """A record as it was sealed: its size, and its root in hex."""

    size: int
    root: str


def place() -> Path:
    """Return the file of the memory. It need not exist yet."""
    return home.home() / "keys" / NAME


def recall() -> State | None:
    """Return what is remembered; None where nothing was ever sealed from this home."""
    try:
        said = json.loads(place().read_text(encoding="ascii"))
        return State(int(said["size"]), str(said["root"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Refused("memory-unreadable", file=str(place())) from error


def check() -> None:
    """Refuse a record that is shorter than what is remembered, or that did not grow from it. Two small queries."""
    known = recall()  # first: what is remembered is committed, so whatever is read after it must show it
    if known is None:
        return
    size = Checkpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0
    if size < known.size:
        raise Refused("record-older-than-remembered", size=size, remembered=known.size)
    root = Checkpoint.objects.filter(size=known.size).values_list("root", flat=True).first()
    if root is None or bytes(root).hex() != known.root:
        raise Refused("record-differs", size=size, remembered=known.size)


def remember(state: State, *, anew: bool = False) -> None:
    """Remember a state that is committed; unless ``anew``, only one that is larger than what is remembered."""
    home.prepare()
    with _alone():
        known = None if anew else recall()
        if known is None or known.size < state.size:
            _replace(place(), json.dumps(asdict(state)) + "\n")


def forget() -> None:
    """Remember nothing: for a home that is made anew, together with its database."""
    place().unlink(missing_ok=True)


@contextmanager
def _alone() -> Iterator[None]:
    """One at a time, so that of two who sealed the larger is remembered."""
    handle = os.open(place().parent, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
        os.fsync(handle)  # the new name is on the disk, too
    finally:
        os.close(handle)


def _replace(path: Path, text: str) -> None:
    handle, draft = tempfile.mkstemp(dir=path.parent)  # mkstemp opens with mode 0600
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    finally:
        Path(draft).unlink(missing_ok=True)
