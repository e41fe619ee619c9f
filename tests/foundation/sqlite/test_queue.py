"""In a queue everybody comes in turn, threads and processes alike, and nobody dead stands in it."""

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from yupana.foundation.sqlite.queue import Busy, Turn

HOLD = """
import sys
from pathlib import Path
from yupana.foundation.sqlite.queue import Turn
turn = Turn(Path(sys.argv[1]))
turn.take()
print("in", flush=True)
sys.stdin.read()
turn.give()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "the-queue"


@contextmanager
def another_process(path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process whose turn it is until it is told, or killed."""
    process = subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
    )
    try:
        assert process.stdout
        assert process.stdout.readline() == "in\n"
        yield process
    finally:
        process.kill()
        process.communicate(timeout=30)


def drawn(path: Path) -> int:
    """How many have drawn a number."""
    return int.from_bytes(path.read_bytes()[:8], "little")


def come(path: Path, name: int, order: list[int]) -> threading.Thread:
    """Let one more come, and wait until it stands in the queue."""
    before = drawn(path)

    def wait() -> None:
        turn = Turn(path)
        turn.take()
        order.append(name)
        turn.give()

    thread = threading.Thread(target=wait)
    thread.start()
    while drawn(path) == before:
        threading.Event().wait(0.001)
    return thread


def test_threads_come_in_the_order_in_which_they_came(path: Path) -> None:
    first, order = Turn(path), list[int]()
    first.take()
    crew = [come(path, name, order) for name in range(16)]
    first.give()
    for thread in crew:
        thread.join(30)
    assert order == list(range(16))


def test_they_wait_for_another_process_and_then_come_in_order(path: Path) -> None:
    order = list[int]()
    with another_process(path) as process:
        crew = [come(path, name, order) for name in range(4)]
        before = list(order)
        process.communicate("", timeout=30)
        for thread in crew:
            thread.join(30)
    assert (before, order) == ([], [0, 1, 2, 3])


def test_who_is_killed_is_no_longer_in_the_way(path: Path) -> None:
    with another_process(path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=30)
        turn = Turn(path)
        turn.take()
        assert turn.held


def test_who_has_waited_long_enough_is_told_so(path: Path) -> None:
    first, second = Turn(path), Turn(path)
    first.take()
    with pytest.raises(Busy):
        second.take(patience=0)
    assert (first.held, second.held) == (True, False)


def test_who_gave_up_leaves_the_queue(path: Path) -> None:
    first, second, third = Turn(path), Turn(path), Turn(path)
    first.take()
    with pytest.raises(Busy):
        second.take(patience=0)
    first.give()
    third.take(patience=0)
    assert third.held


def test_a_turn_is_given_back_once(path: Path) -> None:
    turn, next_one = Turn(path), Turn(path)
    turn.take()
    turn.give()
    next_one.take(patience=0)
    turn.give()
    assert (turn.held, next_one.held) == (False, True)


@pytest.mark.parametrize("written", [b"", b"abc", b"\xff" * 8, b"\xff" * 7 + b"\x7f"])
def test_a_damaged_number_stops_nobody(written: bytes, path: Path) -> None:
    path.write_bytes(written)
    first, second = Turn(path), Turn(path)
    first.take(patience=0)
    with pytest.raises(Busy):
        second.take(patience=0)
    assert first.held


def test_the_queue_is_for_its_owner_only(path: Path) -> None:
    Turn(path).take()
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_queue_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Turn(tmp_path / "absent" / "queue").take()
