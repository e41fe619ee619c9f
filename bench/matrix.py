"""How long what the authority sees of a whole call takes: 10,000 bodies by 300 guidelines, half of them answered.

    python bench/matrix.py [obligations] [items]

Works in a temporary home, or in the empty database of DATABASE_URL. Each time is told beside a plain COUNT of entity x
item in the same run, so that runs on different machines can be compared; beside it stand the questions that were asked
and the weight of the page. Exit 1 when a limit is missed.
"""
# ruff: noqa: T201, INP001 - a script that prints what it measured

import sys
from functools import partial
from http import HTTPStatus
from statistics import median

from home import home

RUNS = 5
PAGE, WHOLE, DOWNLOAD = 3.0, 15.0, 150.0  # times a plain COUNT of the base: of some rows, of all plans, of all cells
MOST_QUESTIONS, MOST_KILOBYTES = 20, 200  # of one page
CALL = "/desk/convocatorias/B"
LIMITS = {
    "/matriz/": PAGE,
    "/matriz/?page=200&columns=8": PAGE,
    "/matriz/?level=level-1&columns=4": PAGE,
    "/matriz/?q=body+99": PAGE,
    "/matriz/?standing=silent": PAGE,
    "/matriz/?gaps=1&sort=gaps": WHOLE,
    "/matriz/?item=ITEM": PAGE,
    "/lineamientos/": PAGE,
    "/pendientes/?page=2": WHOLE,
    "/dinero/": WHOLE,
    "/matriz.csv": DOWNLOAD,
    "/matriz.xlsx": DOWNLOAD,
}


def measure(obligations: int = 10_000, items: int = 300) -> int:
    """Fill, open every page, compare with the limits; 1 where one is missed."""
    from django.db import connection  # noqa: PLC0415 - once the program is prepared
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - the same

    from bench import state  # noqa: PLC0415 - the same
    from yupana.domain.instruments.models import Item  # noqa: PLC0415 - the same

    print(f"filled in {state.timed(lambda: state.fill(obligations, items)):.1f} s")
    client = authority()
    state.seal()
    state.rebuild()
    if connection.vendor == "postgresql":  # which does so by itself within a minute
        connection.cursor().execute("ANALYZE")
    plain = min(state.timed(state.count) for _ in range(3))
    print(f"plain COUNT of {obligations * items:,} pairs: {plain * 1000:.0f} ms")

    def open_page(there: str) -> int:
        answer = client.get(there)
        weight = sum(map(len, answer)) if answer.status_code == HTTPStatus.OK else 0
        return weight or sys.exit(f"{there}: {answer.status_code}")

    missed = 0
    for path, limit in LIMITS.items():
        there = CALL + path.replace("ITEM", str(Item.objects.earliest("pk").pk))
        with CaptureQueriesContext(connection) as asked:
            weight = open_page(there) / 1000
            questions = len(asked)
        runs = 1 if limit == DOWNLOAD else RUNS
        took = median(state.timed(partial(open_page, there)) for _ in range(runs))
        heavy = limit != DOWNLOAD and (questions > MOST_QUESTIONS or weight > MOST_KILOBYTES)
        missed += heavy or took > limit * plain
        print(
            f"{path:34}{took * 1000:7.0f} ms ={took / plain:7.2f} COUNTs (at most {limit:g});"
            f" {questions} questions, {weight:.0f} kB"
        )
    return min(missed, 1)


def authority() -> "Client":
    """Sign in somebody who acts for the authority."""
    from bench.state import DAY  # noqa: PLC0415 - the same
    from yupana.domain.entities.models import Entity  # noqa: PLC0415 - once the program is prepared
    from yupana.domain.people.actions import create_person, grant  # noqa: PLC0415 - the same
    from yupana.foundation.kernel.actor import OPERATOR, Role  # noqa: PLC0415 - the same

    person = create_person(actor=OPERATOR, username="amaru", password="una palabra larga", display_name="Amaru")  # noqa: S106 - of a home that is gone afterwards
    body = Entity.objects.earliest("pk")
    grant(actor=OPERATOR, person=person, entity=body, role=Role.AUDITOR, starts_on=DAY, ends_on=None, on=DAY)
    client = Client(SERVER_NAME="localhost")
    client.force_login(person)
    return client


if __name__ == "__main__":
    with home():
        from django.test import Client

        sys.exit(measure(*map(int, sys.argv[1:])))
