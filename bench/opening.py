"""How long opening a call to 10,000 bodies takes, beside the bare INSERT of the same rows.

    python bench/opening.py [bodies] [items]

Works in a temporary home, or in the empty database of DATABASE_URL. Opening finds whom each item binds, freezes who
owes what and seals the terms; the INSERT only writes the rows that stand there afterwards. They run in turns, each in a
transaction of its own, so that whatever else the machine does falls on both. Exit 1 when a limit is missed.
"""
# ruff: noqa: T201, INP001 - a script that prints what it measured

import sys
from statistics import median

from home import home

RUNS = 7
STRIDE = 500  # rows of one statement
LIMIT = 3.0  # times the bare INSERT


def measure(bodies: int = 10_000, items: int = 300) -> int:
    """Open and insert in turns, compare the medians with the limit; 1 where it is missed."""
    from django.db import connection, transaction  # noqa: PLC0415 - once the program is prepared

    from bench import state  # noqa: PLC0415 - the same
    from yupana.domain.obligations.actions import open_call  # noqa: PLC0415 - the same
    from yupana.domain.obligations.models import Call, CallEdition, Obligation, Scope, ScopeItem  # noqa: PLC0415 - the same
    from yupana.foundation.kernel.actor import OPERATOR  # noqa: PLC0415 - the same

    state.register(bodies, items)
    state.seal()

    def open_one(number: int) -> None:
        open_call(
            actor=OPERATOR, editions=["B/1"], audience="all", opens_on=state.DAY, due_on=state.DUE, period="2024",
            code=f"O{number}", on=state.DAY,
        )  # fmt: skip

    def insert(rows: dict[type, list[dict[str, object]]]) -> None:
        """Write rows in as few statements as databases take well."""
        with transaction.atomic(), connection.cursor() as cursor:
            for model, held in rows.items():
                columns = ", ".join(f'"{name}"' for name in held[0])
                one = f"({', '.join(['%s'] * len(held[0]))})"
                for at in range(0, len(held), STRIDE):
                    some = held[at : at + STRIDE]
                    # Table and columns are the program's own.
                    statement = f"INSERT INTO {model._meta.db_table} ({columns}) VALUES {', '.join([one] * len(some))}"  # noqa: S608, SLF001 - see above
                    cursor.execute(statement, [value for row in some for value in row.values()])

    def copied(number: int) -> dict[type, list[dict[str, object]]]:
        """Make the rows of the first call anew, under keys and codes of their own."""
        shift = 10_000_000 * (number + 1)
        call = Call.objects.get(code="O0")
        told = {
            Call: Call.objects.filter(pk=call.pk),
            CallEdition: CallEdition.objects.filter(call=call),
            Scope: Scope.objects.filter(call=call),
            ScopeItem: ScopeItem.objects.filter(scope__call=call),
            Obligation: Obligation.objects.filter(call=call),
        }
        moved = {Call: ("id",), CallEdition: ("id", "call_id"), Scope: ("id", "call_id")}
        moved |= {ScopeItem: ("id", "scope_id"), Obligation: ("id", "call_id", "scope_id")}
        rows = {}
        for model, found in told.items():
            rows[model] = [
                {name: value + shift if name in moved[model] else value for name, value in row.items()}
                for row in found.values()
            ]
        rows[Call][0] |= {"code": f"I{number}", "state": "draft", "entry_id": None}
        return rows

    open_one(0)
    opened, inserted = [], []
    for number in range(1, RUNS + 1):
        rows = copied(number)
        opened.append(state.timed(lambda number=number: open_one(number)))
        inserted.append(state.timed(lambda rows=rows: insert(rows)))
    whole, bare = median(opened), median(inserted)
    number = sum(map(len, rows.values()))
    print(f"bare INSERT of {number:,} rows: {bare * 1000:.0f} ms, opening the call: {whole * 1000:.0f} ms")
    print(f"{whole / bare:.2f} INSERTs (at most {LIMIT:g}); medians of {RUNS} runs in turns")
    return int(whole > LIMIT * bare)


if __name__ == "__main__":
    with home():
        sys.exit(measure(*map(int, sys.argv[1:])))
