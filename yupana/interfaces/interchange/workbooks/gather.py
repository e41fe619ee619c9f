"""A plan as a workbook holds it, from the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max

from yupana.domain.commitments.models import Activity
from yupana.domain.commitments.queries import plan_rows
from yupana.domain.commitments.rules import cells_of
from yupana.domain.instruments.facts import item_ref
from yupana.domain.instruments.models import Item
from yupana.domain.obligations.models import Obligation
from yupana.domain.obligations.rules import Expects, Money, plan_type
from yupana.domain.submissions.models import Submission
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.errors import Missing, Refused
from yupana.foundation.kernel.period import parse_period
from yupana.interfaces.interchange.workbooks.book import Book, Line, said

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from yupana.domain.entities.models import Entity

MOST_YEARS = 10  # a column each; what lies beyond is written in the grid


def book_of(obligation: Obligation, version: Submission | None) -> Book:
    """Gather a version of a plan, or one that was not begun; whoever calls has asked whether it may be read."""
    items = Item.objects.filter(scopes=obligation.scope_id).select_related("edition__instrument")
    used = Activity.objects.filter(submission__obligation=obligation).aggregate(most=Max("row"))["most"]
    kind, years = plan_type(obligation.call.plan_type), _years(obligation.call.period)
    return Book(
        plan=plan_name(obligation),
        entity=obligation.debtor.name,
        title=obligation.call.title,
        version=version.version if version else 0,
        rows=plan_rows(version) if version else (),
        lines=[
            Line(
                item_ref(f"{item.edition.instrument.code}/{item.edition.code}", item.role, item.code),
                item.code,
                item.text,
            )
            for item in items.defer("edition__more").order_by("edition_id", "order")
        ],
        kind=kind,
        periods=_periods(years, quarters=kind.money is Money.LINES),
        years=years,
        free=(used or 0) + 1,
    )


def plan_name(obligation: Obligation) -> str:
    """Name a plan for as long as there is a record."""
    return f"{obligation.call.code}@{obligation.debtor.ref}"


def _years(period: str) -> tuple[int, ...]:
    try:
        span = parse_period(period)
    except ValueError:
        return ()
    return tuple(range(span.first.year, span.last.year + 1))[:MOST_YEARS]


def _periods(years: tuple[int, ...], *, quarters: bool) -> tuple[str, ...]:
    """Return the periods for which something may be programmed: years, and quarters of a plan of one year."""
    told = [str(year) for year in years]
    if quarters or len(years) == 1:
        told += [f"{year}-Q{quarter}" for year in years for quarter in range(1, 5)]
    return tuple(told)


def newest(obligation: Obligation) -> Submission | None:
    """Find the version that is given out, and with which what comes back is compared: the draft, else the last one."""
    versions = Submission.objects.filter(obligation=obligation).select_related("obligation__call", "obligation__debtor")
    return versions.order_by("-version").first()


def cells_now(version: Submission | None) -> dict[int, dict[str, str]]:
    """Return the cells of a version as they are now, by row; what says nothing is left out."""
    return {row.row: said(cells_of(row)) for row in plan_rows(version)} if version else {}


def plan_named(plan: str) -> Obligation:
    """Find the plan that a workbook names; Missing if it is not here."""
    call, _at, debtor = plan.rpartition("@")
    source, _colon, key = debtor.partition(":")
    found = _plans().filter(call__code=call, debtor__source=source, debtor__source_id=key).first()
    if found is None:
        raise Missing("obligation-unknown", obligation=plan)
    return found


def plan_owed(entity: Entity, call: str = "") -> Obligation:
    """Find the plan that an entity owes: of the call that is named, else the only one, else the only one in the making.

    Missing if it owes none; Refused, with the calls, if it owes several.
    """
    owed = _plans().filter(debtor=entity)
    found = list(owed.filter(call__code=call) if call else owed.order_by("pk"))
    if len(found) > 1:
        begun = set(
            Submission.objects.filter(obligation__in=found, state=State.DRAFT).values_list("obligation", flat=True)
        )
        found = [each for each in found if each.pk in begun] if len(begun) == 1 else found
    if not found:
        raise Missing("plan-not-owed", entity=entity.name)
    if len(found) > 1:
        raise Refused("plan-several", entity=entity.name, calls=[each.call.code for each in found])
    return found[0]


def _plans() -> QuerySet[Obligation]:
    owed = Obligation.objects.select_related("call", "debtor").exclude(call__entry=None)
    return owed.filter(call__expects=Expects.PLAN)
