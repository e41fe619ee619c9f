"""The server: it says where it is, ticks behind the pages, and leaves in order."""

import errno
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction

from tests.interfaces.cli.test_database import REPOSITORY, command
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.ledger.actions import record
from yupana.foundation.ledger.queries import unsealed_count
from yupana.interfaces.cli import serve
from yupana.projections import followers


@contextmanager
def served(home: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Serve a home in a process of its own, on a free port."""
    keep = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    process = subprocess.Popen(
        [sys.executable, "-c", "from yupana.interfaces.cli.main import main; main()", "serve", "--port", "0"],
        cwd=REPOSITORY,
        env={**keep, "YUPANA_HOME": str(home), "LANG": "en_US.UTF-8", "LC_ALL": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout
        found = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
        assert found, process.stderr.read() if process.stderr else ""
        yield process, found[0]
    finally:
        process.kill()
        process.communicate(timeout=30)


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_it_answers_and_leaves_in_order(told: signal.Signals, tmp_path: Path) -> None:
    with served(tmp_path / "home") as (process, address):
        with urllib.request.urlopen(address, timeout=30) as page:  # noqa: S310 - our own address
            assert page.status == 200
        process.send_signal(told)
        assert (process.wait(timeout=30), process.stdout and process.stdout.read()) == (0, "Stopped.\n")


def test_more_than_any_form_holds_is_refused_before_it_arrives(tmp_path: Path) -> None:
    with served(tmp_path / "home") as (_, address):
        line = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
        line.putrequest("POST", "/desk/ingresar/")
        line.putheader("Content-Length", str(serve.MOST_BODY + 1))
        line.endheaders()
        status = line.getresponse().status
        line.close()
    assert (status, serve.MOST_BODY > settings.DATA_UPLOAD_MAX_MEMORY_SIZE) == (413, True)


def test_a_demonstration_that_is_being_served_is_not_made_anew(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "DEMO").touch()
    with served(tmp_path / "home"):
        said = command(tmp_path / "home", "demo", "--no-serve")
    assert (said.returncode, "being served" in said.stderr) == (1, True)


def test_a_taken_port_is_a_rejection_that_names_another(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = command(tmp_path / "home", "serve", "--port", str(taken.getsockname()[1]))
    assert (said.returncode, "--port 8001" in said.stderr, "Traceback" in said.stderr) == (1, True, False)


@pytest.mark.django_db(transaction=True)
def test_the_thread_behind_the_pages_seals_what_was_recorded() -> None:
    with transaction.atomic():
        record(Fact("entity.registered", {"entity": "x:1"}, date(2020, 1, 1), {}))
    stop = threading.Event()
    ticking = threading.Thread(target=serve.keep_ticking, args=(stop, 0.01))
    ticking.start()
    deadline = time.monotonic() + 20
    while unsealed_count() and time.monotonic() < deadline:
        time.sleep(0.02)
    stop.set()
    ticking.join()
    assert unsealed_count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_tick_that_fails_is_tried_again_for_whatever_reason_it_failed(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with transaction.atomic():
        record(Fact("entity.registered", {"entity": "x:1"}, date(2020, 1, 1), {}))
    stop = threading.Event()
    failed: list[int] = []

    def fail_once() -> None:
        if failed:
            stop.set()
        failed.append(1)
        raise DatabaseError if len(failed) > 1 else OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(followers, "tick", fail_once)
    serve.keep_ticking(stop, 0.01)
    assert (len(failed), caplog.text.count("it will be tried again")) == (2, 2)
