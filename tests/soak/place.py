"""A place of its own for one run: a home, a database, and the processes that work there."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = Path(__file__).parent.parent.parent
YUPANA = [sys.executable, "-c", "from yupana.interfaces.cli.main import main; main()"]
PATIENCE = 60


@dataclass
class Place:
    """Where one run happens. ``said`` collects what its processes wrote on their standard error."""

    home: Path
    url: str | None
    said: list[str] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        """What every process here is told."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("YUPANA_", "DATABASE_", "COV_"))}
        told = {
            "YUPANA_HOME": str(self.home),
            "DJANGO_SETTINGS_MODULE": "tests.soak.settings",
            "PYTHONPATH": str(REPOSITORY),
            "LANG": "en_US.UTF-8",
            "LC_ALL": "",
        }
        return kept | told | ({"DATABASE_URL": self.url} if self.url else {})

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the house to its end."""
        return subprocess.run(  # noqa: S603 - our own words
            [*YUPANA, *arguments], cwd=REPOSITORY, env=self.environment, capture_output=True, text=True, check=False
        )

    def start(self, *command: str) -> subprocess.Popen[str]:
        """Start a process, and keep what it says on its standard error."""
        process = subprocess.Popen(  # noqa: S603 - our own words
            command, cwd=REPOSITORY, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        threading.Thread(target=self._listen, args=(process,), daemon=True).start()
        return process

    def module(self, name: str, *arguments: str) -> subprocess.Popen[str]:
        """Start a module of the soak here."""
        return self.start(sys.executable, "-m", f"tests.soak.{name}", *arguments)

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stderr
        self.said.extend(process.stderr)


@dataclass
class Server:
    """`yupana serve`, which is killed and comes back on another free port; clients ask here where it is now."""

    place: Place
    process: subprocess.Popen[str] | None = None
    port: int = 0
    up: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        """Come up, and let the clients in."""
        self.process = self.place.start(*YUPANA, "serve", "--port", "0")
        assert self.process.stdout
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", self.process.stdout.readline())
        if not found:
            raise RuntimeError("the server did not come up:\n" + "".join(self.place.said[-20:]))
        self.port = int(found[1])
        self.up.set()

    def kill(self) -> None:
        """End it as a power cut would: no handler, no flush, no goodbye."""
        self.up.clear()
        if self.process:
            end(self.process)

    def leave(self) -> None:
        """Ask it to stop in order."""
        self.up.clear()
        if self.process:
            self.process.terminate()
            self.process.wait(PATIENCE)


def end(process: subprocess.Popen[str]) -> None:
    """Kill a process and wait until it is gone."""
    process.kill()
    process.wait(PATIENCE)


@contextmanager
def place(url: str | None) -> Iterator[Place]:
    """Prepare a home with an empty database: a file in it, or a new one on that PostgreSQL. Both go afterwards."""
    home = Path(tempfile.mkdtemp(prefix="yupana-soak-"))
    try:
        with _database(url) as own:
            here = Place(home, own)
            made = here.run("migrate")
            if made.returncode:
                raise RuntimeError(made.stderr)
            yield here
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def _database(url: str | None) -> Iterator[str | None]:
    if url is None:
        yield None
        return
    import psycopg  # noqa: PLC0415 - SQLite needs none

    name = f"soak_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}".encode())
    try:
        yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
