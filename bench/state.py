"""A State of one call, and how long its figures take."""
# ruff: noqa: T201, INP001 - a script that prints what it measured

import time
from collections.abc import Callable, Sequence
from datetime import date

from django.db import transaction

from yupana.domain.commitments.models import Activity, Programmed
from yupana.domain.entities.models import Entity, GovernmentLevel
from yupana.domain.instruments.models import Edition, Instrument, Item
from yupana.domain.obligations.models import Call, CallEdition, Obligation, Scope, ScopeItem
from yupana.domain.submissions.models import Step, Submission
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.kernel.quantity import SCALE
from yupana.foundation.ledger.actions import record, record_many, seal
from yupana.projections.figures import public, rules
from yupana.projections.figures.actions import check, follow, rebuild
from yupana.projections.figures.models import Cell

DAY, DUE = date(2024, 3, 1), date(2024, 6, 30)
ASKS = {"asks_target": True, "asks_responsible": True, "asks_budget": True}
ACTIVITIES = 30  # in each plan
REBUILD_LIMIT, FOLLOW_LIMIT = 20.0, 0.5  # times a plain COUNT of the base


def measure(obligations: int = 10_000, items: int = 300) -> int:
    """Fill, measure, compare with the limits; 1 where one is missed."""
    print(f"filled in {timed(lambda: fill(obligations, items)):.1f} s, sealed in {timed(seal):.2f} s")
    plain = min(timed(count) for _ in range(3))
    print(f"plain COUNT of {obligations * items:,} pairs: {plain:.2f} s")
    whole = min(timed(rebuild) for _ in range(2))
    print(
        f"rebuild: {whole:.2f} s = {whole / plain:.1f} COUNTs (at most {REBUILD_LIMIT}); {Cell.objects.count()} cells"
    )
    one = min(timed(follow) for _ in range(3) if answer(list(Obligation.objects.order_by("pk")[1:2])))
    print(f"follow of one plan: {one * 1000:.0f} ms = {one / plain:.3f} COUNTs (at most {FOLLOW_LIMIT})")
    print(f"read of a plan: {timed(read) * 1000:.0f} ms")
    right = not check()
    print("the cells are what a fresh count gives" if right else "THE CELLS DIFFER")
    return 0 if right and whole <= REBUILD_LIMIT * plain and one <= FOLLOW_LIMIT * plain else 1


def timed(work: Callable[[], object]) -> float:
    """Seconds that some work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def count() -> None:
    """Count the base, entity x item, in the plainest way."""
    Obligation.objects.filter(scope__items__isnull=False).count()


def read() -> None:
    """Read what the page of a plan reads."""
    calls = list(Call.objects.values_list("pk", flat=True))
    public.shares(measure=rules.ANSWERED, calls=calls, as_of=DUE, by=("item", "level"))


def fill(obligations: int, items: int) -> None:
    """Put a call of all items to bodies at three levels in nine territories, and accept a plan of every other."""
    with transaction.atomic():
        put(register(obligations, items))
    answer(list(Obligation.objects.order_by("pk")[::2]))


def register(bodies: int, items: int) -> Edition:
    """Write down bodies, and publish an edition of items that bind them all."""
    with transaction.atomic():
        levels = [GovernmentLevel(code=f"level-{at}", name_es="x", name_en="x", rank=at) for at in range(3)]
        GovernmentLevel.objects.bulk_create(levels)
        instrument = Instrument.objects.create(code="B", title="B", kind="plan")
        edition = Edition.objects.create(instrument=instrument, code="1", title="B")
        Item.objects.bulk_create(
            Item(edition=edition, role="line", binds=True, code=f"{at}", text="x", order=at) for at in range(items)
        )
        Entity.objects.bulk_create(
            Entity(
                source="b",
                source_id=f"{at}",
                code=f"{at}" if at % 2 else "",
                name=f"Body {at}",
                search_key=f"body {at}",
                sort_key=f"body {at:06}",
                level=levels[at % 3],
                territory=f"T{at % 9}",
                bindable=True,
            )
            for at in range(bodies)
        )
        entry = record(Fact("edition.published", {"instrument": "B", "edition": "1"}, DAY, None))
        Edition.objects.update(state="published", published_on=DAY, act="x", entry=entry)
    return edition


def put(edition: Edition) -> None:
    """Open the call."""
    call = Call.objects.create(
        code="B", title="B", audience="all", opens_on=DAY, due_on=DUE, period="2024", expects="plan",
        visibility="public", **ASKS,
    )  # fmt: skip
    CallEdition.objects.create(call=call, edition=edition, order=0)
    scope = Scope.objects.create(call=call)
    ScopeItem.objects.bulk_create(ScopeItem(scope=scope, item=item) for item in Item.objects.all())
    Obligation.objects.bulk_create(
        Obligation(
            call=call, debtor=body, period="2024", scope=scope, due_on=DUE, level=body.level, territory=body.territory
        )
        for body in Entity.objects.select_related("level")
    )
    Call.objects.update(state="open", entry=record(Fact("call.opened", {"call": "B"}, DAY, None)))


@transaction.atomic
def answer(owed: Sequence[Obligation], months: Sequence[str] = ()) -> int:
    """Hand in and accept another plan for each of these obligations; seal it where it is one.

    With ``months`` each activity promises 100 in each of them, and has a budget.
    """
    promised = {"accumulation": "sum", "direction": "up", "budget_cents": 120_000} if months else {}
    version = 1 + Submission.objects.filter(obligation=owed[0]).count()
    lines = list(Item.objects.values_list("pk", flat=True))
    held = Submission.objects.bulk_create(
        Submission(obligation=each, version=version, channel="desk", received_on=DAY, **ASKS) for each in owed
    )
    made = Activity.objects.bulk_create(
        Activity(
            submission=one, row=row, item_id=lines[(one.pk * 7 + row * 11) % len(lines)], indicator="i", target="t",
            **promised,
        )
        for one in held
        for row in range(1, ACTIVITIES + 1)
    )  # fmt: skip
    Programmed.objects.bulk_create(
        (Programmed(activity=each, period=month, value=100 * SCALE) for each in made for month in months),
        batch_size=5_000,
    )
    said = [Fact("submission.submitted", {"obligation": one.obligation_id}, DAY, None) for one in held]
    for one, entry in zip(held, record_many(said), strict=True):
        one.state, one.entry = "accepted", entry
    Submission.objects.bulk_update(held, ["state", "entry"], batch_size=200)
    said = [Fact("submission.accepted", {"obligation": one.obligation_id}, DAY, None) for one in held]
    Step.objects.bulk_create(
        Step(submission=one, before="submitted", after="accepted", on=DAY, met_on=DAY, entry=entry)
        for one, entry in zip(held, record_many(said), strict=True)
    )
    return seal() if len(held) == 1 else len(held)
