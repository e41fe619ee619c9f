"""The kinds of institutional plans, as data: what each asks for, and how its form shows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Visibility(StrEnum):
    """Who may see what was accepted under a call."""

    PUBLIC = "public"
    RESTRICTED = "restricted"


class Money(StrEnum):
    """How a kind of plan says what it costs."""

    YEARS = "years"  # one amount a year (gestión)
    LINES = "lines"  # lines by programmatic category, source, financing body and object of expenditure


@dataclass(frozen=True, slots=True)
class PlanType:
    """One kind of plan. ``first`` are the six columns of a row that are seen at first sight, by the names of cells.

    ``visibility`` is what a call for it is unless somebody says otherwise. ``derives`` names the kind of plan whose
    activities its own come from. ``checklist``: an edition that the call puts beside asks by sections, which the
    reviewer goes through one by one.
    """

    code: str
    money: Money
    first: tuple[str, ...]
    visibility: Visibility = Visibility.PUBLIC
    derives: str = ""
    checklist: bool = False


_YEARLY = ("item", "name", "responsible", "indicator", "target", "budget")
PLAN_TYPES = {
    each.code: each
    for each in (
        PlanType("pige", Money.YEARS, _YEARLY),
        PlanType("pislea", Money.YEARS, _YEARLY, checklist=True),
        PlanType("pisi", Money.YEARS, _YEARLY, visibility=Visibility.RESTRICTED),
        PlanType("pei", Money.YEARS, ("item", "name", "responsible", "indicator", "baseline", "target")),
        PlanType("poa", Money.LINES, ("derives", "name", "responsible", "target", "starts", "ends"), derives="pei"),
    )
}
ANY_PLAN = PlanType("", Money.YEARS, _YEARLY)


def plan_type(code: str) -> PlanType:
    """Find a kind of plan; a call that names none takes any plan."""
    return PLAN_TYPES.get(code, ANY_PLAN)
