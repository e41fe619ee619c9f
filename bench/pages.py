"""How long the public pages of a whole State take: 10,000 bodies that owe 300 lines each, half of them with a plan.

    python bench/pages.py [obligations] [items]

Works in a temporary home, or in the empty database of DATABASE_URL. Each time is told beside a plain COUNT of entity x
item in the same run, so that runs on different machines can be compared. Exit 1 when a limit is missed.
"""
# ruff: noqa: T201, INP001 - a script that prints what it measured

import sys
from functools import partial
from http import HTTPStatus
from statistics import median

from home import home

RUNS = 5
PAGE, DOWNLOAD = 2.0, 12.0  # times a plain COUNT of the base
LIMITS = {
    "/": PAGE,
    "/planes/B/1/": PAGE,
    "/planes/B/1/line/7/": PAGE,
    "/planes/B/1/line/7/?answer=yes": PAGE,
    "/planes/B/1/line/7/?answer=no&level=level-1&page=50": PAGE,
    "/planes/B/1/line/7/lista.csv": DOWNLOAD,
    "/planes/B/1/entidades/": PAGE,
    "/planes/B/1/entidades/?standing=silent": PAGE,
    "/planes/B/1/entidades/?standing=on_time&page=100": PAGE,
    "/planes/B/1/entidades/?standing=uncertain": PAGE,
    "/planes/B/1/entidades.csv": DOWNLOAD,
    "/entidades/": PAGE,
    "/entidades/?page=200": PAGE,
    "/entidades.csv": DOWNLOAD,
    "/entidades/b/2/": PAGE,
    "/buscar/?q=body": PAGE,
    "/verificar/": PAGE,
}


def measure(obligations: int = 10_000, items: int = 300) -> int:
    """Fill, open every page, compare with the limits; 1 where one is missed."""
    from django.db import connection  # noqa: PLC0415 - once the program is prepared
    from django.test import Client  # noqa: PLC0415 - the same

    from bench import state  # noqa: PLC0415 - the same

    print(f"filled in {state.timed(lambda: state.fill(obligations, items)):.1f} s")
    state.seal()
    state.rebuild()
    if connection.vendor == "postgresql":  # which does so by itself within a minute
        connection.cursor().execute("ANALYZE")
    plain = min(state.timed(state.count) for _ in range(3))
    print(f"plain COUNT of {obligations * items:,} pairs: {plain * 1000:.0f} ms")
    client = Client(SERVER_NAME="localhost")

    def open_page(there: str) -> None:
        answer = client.get(there)
        if answer.status_code != HTTPStatus.OK or not b"".join(answer):
            sys.exit(f"{there}: {answer.status_code}")

    missed = 0
    for there, limit in LIMITS.items():
        took = median(state.timed(partial(open_page, there)) for _ in range(RUNS))
        missed += took > limit * plain
        print(f"{there:52}{took * 1000:7.0f} ms ={took / plain:6.2f} COUNTs (at most {limit:g})")
    return min(missed, 1)


if __name__ == "__main__":
    with home():
        sys.exit(measure(*map(int, sys.argv[1:])))
