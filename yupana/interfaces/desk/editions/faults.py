"""The whole draft looked through: each kind of fault with its reason, and the items that have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.domain.instruments import queries
from yupana.domain.instruments.rules.lint import Severity
from yupana.foundation.kernel.actor import Role
from yupana.interfaces import words
from yupana.interfaces.desk.doors import Visit, door
from yupana.interfaces.desk.editions.findings import Told
from yupana.interfaces.desk.editions.outline import Draft

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yupana.domain.instruments.models import Item
    from yupana.domain.instruments.rules.lint import Finding, LintRule

ORDER = tuple(Severity)


@door(Role.PLANNER, methods=("GET", "HEAD"))
def faults(visit: Visit, instrument: str, edition: str) -> HttpResponse:
    """Look the whole draft through, and list what is to be looked at, the gravest first."""
    draft = Draft(visit, instrument, edition)
    found = queries.looked_through(draft.held, draft.items, on=visit.on)
    items = {f"{item.role}:{item.code}": item for item in draft.items}
    counts = [(words.label(each), sum(one.severity is each for one in found)) for each in Severity]
    shown = {"draft": draft, "counts": counts, "groups": _groups(found, items), "total": len(found)}
    return visit.show("desk/edit_faults.html", shown)


def _groups(found: tuple[Finding, ...], items: dict[str, Item]) -> list[tuple[Told, list[tuple[Told, Item | None]]]]:
    rules: dict[LintRule, list[Finding]] = {}
    for finding in sorted(found, key=lambda each: ORDER.index(each.severity)):
        rules.setdefault(finding.rule, []).append(finding)
    return [(Told.of(group[0]), [(Told.of(each), items.get(each.item)) for each in group]) for group in rules.values()]
