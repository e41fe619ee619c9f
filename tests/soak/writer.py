"""Some writers of the crowd, each in a thread: hand in and accept plan after plan, and say what was done."""

from __future__ import annotations

import json
import os
import sys
import threading

import django


def main(numbers: list[str]) -> None:
    """Write as these planners."""
    django.setup()
    threads = [threading.Thread(target=write, args=(f"planner-{number}",)) for number in numbers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def write(username: str) -> None:
    """Take what this planner owes, one after the other, from the empty draft to the acceptance."""
    from django.db import connection  # noqa: PLC0415 - tables exist once the apps are loaded
    from django.utils import timezone  # noqa: PLC0415 - the same

    from tests.cast import HEADER, actor_of  # noqa: PLC0415 - the same
    from yupana.domain.commitments import actions  # noqa: PLC0415 - the same
    from yupana.domain.commitments.facts import PlanRow  # noqa: PLC0415 - the same
    from yupana.domain.obligations.models import Obligation  # noqa: PLC0415 - the same
    from yupana.domain.people.models import Person  # noqa: PLC0415 - the same

    today = timezone.localdate()
    planner = actor_of(Person.objects.get(username=username), today)
    reviewer = actor_of(Person.objects.get(username="reviewer-0"), today)
    for owed in Obligation.objects.filter(debtor__in=planner.entities(*(role for role, _ in planner.mandates))):
        draft = actions.start_plan(actor=planner, obligation=owed, on=today)
        row = PlanRow(row=1, item="line:1", medium="proyecto", name=f"fila-{owed.pk}.")
        actions.save_plan(actor=planner, submission=draft, header=HEADER, rows=[row], seen=draft.saved_at)
        actions.submit_plan(actor=planner, submission=draft, received_on=None, on=today)
        actions.accept_plan(actor=reviewer, submission=draft, on=today)
        told = {"owed": owed.pk, "word": row.name, "submission": draft.pk}
        os.write(sys.stdout.fileno(), f"{json.dumps(told)}\n".encode())  # a line at once: print is two writes
    connection.close()


if __name__ == "__main__":
    main(sys.argv[1:])
