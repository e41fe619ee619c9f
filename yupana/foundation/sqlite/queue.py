"""A queue in which threads and processes wait for one thing, each in the order in which it came.

SQLite has one writer at a time and no queue: who waits asks again and again, and may find others in front for ever.
Here everybody draws a number from a file and locks the byte at that place; whose number has no locked byte before it
is next. The kernel frees the byte of whoever dies, so no crash can stop the queue. Linux only: the locks belong to the
open file and not to the process, which lets threads queue, too.
"""

from __future__ import annotations

import fcntl
import os
import struct
import threading
import time
from typing import TYPE_CHECKING

from django.db import OperationalError

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Final

PATIENCE: Final = 30.0  # seconds
# How soon another process is noticed to be done. Threads of this one are woken.
LOOK_AGAIN: Final = 0.005
OWNER_ONLY: Final = 0o600

_FLOCK = struct.Struct("hhqqi0q")  # struct flock of Linux: type, whence, start, length, process
_NUMBER = struct.Struct("<q")
_GATE = 2**62  # a byte far behind all numbers: whoever holds it draws
_MOST = 2**60
_moved = threading.Condition()


class Busy(OperationalError):  # noqa: N818 (an answer, not a failure)
    """Others wrote for longer than anybody should wait. Nothing was written and nothing lost: try again."""


class Turn:
    """A place in the queue of one file: ``take`` it, do the work, ``give`` it back."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None
        self._number = 0

    @property
    def held(self) -> bool:
        """Whether it is this one's turn."""
        return self._file is not None

    def take(self, patience: float = PATIENCE) -> None:
        """Wait until everybody who came before has gone; Busy when that takes longer than ``patience`` seconds."""
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, OWNER_ONLY)
        try:
            self._number = _draw(file)
            _wait(file, self._number, time.monotonic() + patience)
        except BaseException:
            self._leave(file)
            raise
        self._file = file

    def give(self) -> None:
        """Let the next one in; nothing happens when it was not this one's turn."""
        file, self._file = self._file, None
        if file is not None:
            self._leave(file)

    def _leave(self, file: int) -> None:
        # Said, and not left to the closing: a process started meanwhile may hold a copy of the file.
        _lock(file, fcntl.F_OFD_SETLK, fcntl.F_UNLCK, 0, 0)
        os.close(file)
        with _moved:
            _moved.notify_all()


def _draw(file: int) -> int:
    """Take the next number and lock its byte, so that nobody sees a number without its lock."""
    _lock(file, fcntl.F_OFD_SETLKW, fcntl.F_WRLCK, _GATE, 1)
    try:
        said = os.pread(file, _NUMBER.size, 0)
        last = _NUMBER.unpack(said)[0] if len(said) == _NUMBER.size else 0
        number = last + 1 if 0 <= last < _MOST else 1  # SQLite's own lock stands behind a number that was damaged
        os.pwrite(file, _NUMBER.pack(number), 0)
        _lock(file, fcntl.F_OFD_SETLK, fcntl.F_WRLCK, number, 1)
    finally:
        _lock(file, fcntl.F_OFD_SETLK, fcntl.F_UNLCK, _GATE, 1)
    return number


def _wait(file: int, number: int, deadline: float) -> None:
    while _somebody_before(file, number):
        left = deadline - time.monotonic()
        if left <= 0:
            raise Busy("others are writing")
        with _moved:
            _moved.wait(min(left, LOOK_AGAIN))


def _somebody_before(file: int, number: int) -> bool:
    return number > 1 and _lock(file, fcntl.F_OFD_GETLK, fcntl.F_WRLCK, 1, number - 1) != fcntl.F_UNLCK


def _lock(file: int, command: int, kind: int, start: int, length: int) -> int:
    """Ask the kernel; the kind of lock that it answers with. A length of 0 means everything from there on."""
    answer = fcntl.fcntl(file, command, _FLOCK.pack(kind, os.SEEK_SET, start, length, 0))
    found: int = _FLOCK.unpack(answer)[0]
    return found
