"""Many writers at once, in several processes: `python -m bench.writers [PROCESSES] [THREADS] [TIMES]`.

Prints one line: writes asked for, refused, the longest and the middle wait for one small transaction, writes a second.
On SQLite in a temporary home, unless DATABASE_URL says otherwise.
"""

# ruff: noqa: T201, INP001, S603 - a script that prints what it measured, and starts itself

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from datetime import date
from statistics import median


def work(threads: int, times: int) -> None:
    """Write from so many threads of this process; print each wait in seconds, or `refused`."""
    import django  # noqa: PLC0415 - only the processes that write need it

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yupana.settings")
    django.setup()
    from django.db import DatabaseError, connections, transaction  # noqa: PLC0415 - after the setup

    from yupana.foundation.kernel.fact import Fact  # noqa: PLC0415 - after the setup
    from yupana.foundation.ledger.actions import record  # noqa: PLC0415 - after the setup

    told: list[str] = []

    def write(name: int) -> None:
        for turn in range(times):
            began = time.monotonic()
            try:
                with transaction.atomic():
                    record(Fact("entity.registered", {"entity": f"x:{name}-{turn}"}, date(2020, 1, 1), {}))
                told.append(f"{time.monotonic() - began:.6f}")
            except DatabaseError:
                told.append("refused")
            connections.close_all()  # as at the end of a request

    crew = [threading.Thread(target=write, args=(name,)) for name in range(threads)]
    for each in crew:
        each.start()
    for each in crew:
        each.join()
    print("\n".join(told))


def main(processes: int, threads: int, times: int) -> None:
    """Start the processes, add up what they say."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "YUPANA_HOME": home}
        tick = [sys.executable, "-c", "from yupana.interfaces.cli.main import main; main()", "tick"]
        subprocess.run(tick, env=environment, check=True, stdout=subprocess.DEVNULL)
        command = [sys.executable, "-m", "bench.writers", "work", str(threads), str(times)]
        began = time.monotonic()
        crews = [
            subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(processes)
        ]
        said = [line for crew in crews for line in crew.communicate()[0].split()]
        lasted = time.monotonic() - began
    waits = sorted(float(line) for line in said if line != "refused")
    print(
        f"{processes} processes of {threads} threads: {len(said)} writes, {len(said) - len(waits)} refused,"
        f" longest wait {waits[-1]:.2f} s, middle {median(waits) * 1000:.0f} ms, {len(waits) / lasted:.0f} a second"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["work"]:
        work(int(sys.argv[2]), int(sys.argv[3]))
    else:
        main(*(int(text) for text in (sys.argv[1:] + ["3", "16", "20"][len(sys.argv) - 1 :])))
