"""A State whose plans were reported on month by month, and how long its figures take."""
# ruff: noqa: T201, INP001 - a script that prints what it measured

import resource
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet

from bench.state import ACTIVITIES, ASKS, DAY, answer, put, register, timed
from yupana.domain.obligations.models import Call, Obligation
from yupana.domain.progress.actions import open_reports
from yupana.domain.progress.models import Progress
from yupana.domain.submissions.models import Step, Submission
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.kernel.period import parse_period
from yupana.foundation.kernel.quantity import SCALE
from yupana.foundation.ledger.actions import record_many, seal
from yupana.projections.figures import rules
from yupana.projections.figures.actions import check, follow, rebuild
from yupana.projections.figures.models import Cell

MONTHS = [f"2024-M{at}" for at in range(1, 13)]
ITEMS = 60
AT_ONCE = 500
REBUILD_LIMIT = 500.0  # times a plain reading of the rows: every ratio is exact, and that takes its time
FOLLOW_LIMIT = 20.0  # one report, beside its part of the rebuild: the statements cost what the rows do not
MEMORY_LIMIT = 1.5  # of a rebuild beside what filling took


def measure(bodies: int = 500) -> int:
    """Fill, measure, compare with the limits; 1 where one is missed."""
    print(f"filled in {timed(lambda: fill(bodies)):.1f} s, sealed in {timed(seal):.2f} s")
    plain = min(timed(read) for _ in range(3))
    print(f"plain reading of {Progress.objects.count():,} rows of reports: {plain:.2f} s")
    before = memory()
    whole = timed(rebuild)
    grown = memory() / before
    print(f"rebuild: {whole:.2f} s = {whole / plain:.1f} readings (at most {REBUILD_LIMIT}); {cells():,} cells")
    print(f"memory: {memory():.0f} MB = {grown:.2f} times that of filling (at most {MEMORY_LIMIT})")
    one = min(timed(follow) for _ in range(3) if report(list(reports(MONTHS[5])[:1])) and seal())
    part = one / (whole / bodies)
    print(f"follow of one report: {one * 1000:.0f} ms = {part:.1f} bodies of the rebuild (at most {FOLLOW_LIMIT})")
    right = not check()
    print("the cells are what a fresh count gives" if right else "THE CELLS DIFFER")
    fits = whole <= REBUILD_LIMIT * plain and part <= FOLLOW_LIMIT and grown <= MEMORY_LIMIT
    return 0 if right and fits else 1


def memory() -> float:
    """Megabytes that this process held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def read() -> None:
    """Read every row of every report in the plainest way."""
    rows = Progress.objects.order_by().values_list("submission", "row", "value", "current_cents", "accrued_cents")
    for _ in rows.iterator(chunk_size=2000):
        pass


def cells() -> int:
    """Count the cells of progress."""
    return Cell.objects.filter(measure__in=rules.PROGRESS).count()


def fill(bodies: int) -> None:
    """Accept a plan of every body, and a report of nine in ten for each month."""
    with transaction.atomic():
        put(register(bodies, ITEMS))
    owing = list(Obligation.objects.order_by("pk"))
    for at in range(0, len(owing), AT_ONCE):
        answer(owing[at : at + AT_ONCE], MONTHS)
    call = Call.objects.get(code="B")
    for month in MONTHS:
        open_reports(
            actor=OPERATOR, call=call, period=month, on=parse_period(month).last + timedelta(days=1), due_in=20
        )
        owed = list(reports(month))
        for at in range(0, len(owed), AT_ONCE):
            report([each for each in owed[at : at + AT_ONCE] if each.debtor_id % 10])


def reports(month: str) -> QuerySet[Obligation]:
    """Who has to report on a month."""
    return Obligation.objects.filter(call__follows__isnull=False, period=month).order_by("pk")


@transaction.atomic
def report(owed: Sequence[Obligation]) -> int:
    """Hand in and accept another report of each of these obligations."""
    version = 1 + Submission.objects.filter(obligation=owed[0]).count()
    held = Submission.objects.bulk_create(
        Submission(obligation=each, version=version, channel="desk", received_on=DAY, **ASKS) for each in owed
    )
    Progress.objects.bulk_create(
        (
            Progress(submission=one, row=row, value=(60 + (one.pk * 7 + row) % 60 + version) * SCALE,
                     current_cents=120_000, accrued_cents=5_000 * (1 + row % 3))
            for one in held for row in range(1, ACTIVITIES + 1)
        ),
        batch_size=5_000,
    )  # fmt: skip
    said = [Fact("submission.submitted", {"obligation": one.obligation_id}, DAY, None) for one in held]
    for one, entry in zip(held, record_many(said), strict=True):
        one.state, one.entry = "accepted", entry
    Submission.objects.bulk_update(held, ["state", "entry"], batch_size=200)
    said = [Fact("submission.accepted", {"obligation": one.obligation_id}, DAY, None) for one in held]
    Step.objects.bulk_create(
        Step(submission=one, before="submitted", after="accepted", on=DAY, met_on=DAY, entry=entry)
        for one, entry in zip(held, record_many(said), strict=True)
    )
    return len(held)
