"""What a figure counts, found: its calls, its lines, its bodies; and who is bound but stays outside of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, OuterRef, Q, Subquery

from yupana.domain.entities.models import Entity
from yupana.domain.instruments import public as instruments
from yupana.domain.instruments.models import Item
from yupana.domain.obligations.models import Obligation, Scope
from yupana.domain.obligations.queries import with_due
from yupana.domain.submissions.models import Submission
from yupana.domain.submissions.queries import with_accepted
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.errors import Missing
from yupana.projections.figures.rules import LADDER, PROGRESS
from yupana.projections.overviews.applicability import department
from yupana.projections.overviews.figure import BELOW, NO_LINE, NOWHERE
from yupana.projections.overviews.plan import binding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import QuerySet

    from yupana.projections.overviews.figure import Figure

BY_LINE = (*LADDER, *PROGRESS)


@dataclass(frozen=True, slots=True)
class Line:
    """An item that binds. ``weight`` is 0 for what only holds others that bind."""

    ref: str
    code: str
    text: str
    weight: int


@dataclass(frozen=True, slots=True)
class Apart:
    """How many obligations are not counted, or counted as nothing: at the date, of the same calls and bodies.

    Of ``silent`` nothing was handed in, by so many ``silent_bodies``; what was is ``in_review`` or was ``returned``.
    ``in_time`` are those under review that timeliness leaves out until they are decided.
    """

    waived: int
    passed: int
    not_due: int
    silent: int
    silent_bodies: int
    in_review: int
    returned: int
    in_time: int = 0


@dataclass(frozen=True, slots=True)
class Selection:
    """``calls`` are codes by key; ``lines`` None: the measure counts whole obligations, or whatever was answered."""

    figure: Figure
    calls: Mapping[int, str]
    lines: Mapping[int | None, Line] | None
    territories: frozenset[str] | None
    entity: int | None

    @property
    def items(self) -> list[int | None] | None:
        """Keys of the lines, None for all."""
        return list(self.lines) if self.figure.item and self.lines is not None else None

    def obligations(self) -> QuerySet[Obligation]:
        """Find what the figure's bodies owe under its calls, as far as it concerns its lines."""
        owed = Obligation.objects.filter(call__in=list(self.calls)).exclude(call__entry=None)
        if self.figure.level:
            owed = owed.filter(level=self.figure.level)
        if self.territories is not None:
            owed = owed.filter(territory__in=self.territories)
        if self.entity is not None:
            owed = owed.filter(debtor=self.entity)
        if self.figure.item and self.lines is not None:
            owed = owed.filter(scope__in=Scope.objects.filter(items__in=[key for key in self.lines if key]))
        return owed

    def apart(self) -> Apart:
        """Count those who stay outside; one query."""
        waiting = Submission.objects.filter(obligation=OuterRef("pk"), state__in=(State.SUBMITTED, State.RETURNED))
        owed: QuerySet[Any] = with_due(with_accepted(self.obligations())).annotate(
            waits_as=Subquery(waiting.order_by("-version").values("state")[:1])
        )
        still = Q(is_waived=False, is_transferred=False)
        later = Q(effective_due__gt=self.figure.as_of)
        missing = still & ~later & Q(accepted_id=None)
        silent = missing & Q(waits_as=None)
        found = owed.aggregate(
            waived=Count("pk", filter=Q(is_waived=True)),
            passed=Count("pk", filter=Q(is_waived=False, is_transferred=True)),
            not_due=Count("pk", filter=still & later),
            silent=Count("pk", filter=silent),
            silent_bodies=Count("debtor", filter=silent, distinct=True),
            in_review=Count("pk", filter=missing & Q(waits_as=State.SUBMITTED)),
            returned=Count("pk", filter=missing & Q(waits_as=State.RETURNED)),
        )
        return Apart(**found)


def selection(figure: Figure, calls: Mapping[int, str]) -> Selection:
    """Find what a figure names; Missing for what is not there."""
    return Selection(figure, calls, _lines(figure, calls), _territories(figure, calls), _entity(figure))


def _lines(figure: Figure, calls: Mapping[int, str]) -> Mapping[int | None, Line] | None:
    if figure.measure not in BY_LINE:
        if figure.item:
            raise Missing("item-unknown", item=figure.item)
        return None
    if figure.item == NO_LINE:
        return {None: Line(NO_LINE, "", "", 0)}
    if not figure.item:
        found = Item.objects.filter(edition__calls__in=list(calls), binds=True)
        return {**_told(found), None: Line(NO_LINE, "", "", 0)}
    return _told(Item.objects.filter(pk__in=list(_within(figure.item))))


def _within(name: str) -> Iterable[int]:
    """Keys of the items that an item's name means: itself, or all that binds in it and below."""
    ref, _, key = name.partition("#")
    instrument, _, code = ref.partition("/")
    book = instruments.edition(instrument, code)
    if not key:
        return [node.id for node in binding(instruments.tree(book.id))]
    role, _, number = key.removesuffix(BELOW).partition(":")
    node = instruments.item(book.id, role, number)
    if key.endswith(BELOW):
        return [each.id for each in binding([node])]
    if not node.binds:
        raise Missing("item-unknown", item=name)
    return [node.id]


def _told(items: QuerySet[Item]) -> dict[int | None, Line]:
    """Put lines into reading order; what holds lines that bind weighs nothing itself."""
    parts = ("pk", "edition__instrument__code", "edition__code", "role", "code", "text", "weight")
    rows = list(items.order_by("edition", "order", "pk").distinct().values_list("edition", "order", *parts))
    holding = set(
        Item.objects.filter(parent__in=[row[2] for row in rows], binds=True).order_by().values_list("parent", flat=True)
    )
    return {
        pk: Line(f"{instrument}/{edition}#{role}:{code}", code, text, 0 if pk in holding else weight)
        for _edition, _order, pk, instrument, edition, role, code, text, weight in rows
    }


def _territories(figure: Figure, calls: Mapping[int, str]) -> frozenset[str] | None:
    """List the territories of a department, as far as bodies that owe stand there."""
    if not figure.territory:
        return None
    if figure.territory == NOWHERE:
        return frozenset({""})
    known = Obligation.objects.filter(call__in=list(calls)).order_by().values_list("territory", flat=True).distinct()
    found = frozenset(each for each in known if each and department(each) == figure.territory)
    if not found:
        raise Missing("entity-unknown", ref=figure.territory)
    return found


def _entity(figure: Figure) -> int | None:
    if not figure.entity:
        return None
    source, _, number = figure.entity.partition(":")
    found = Entity.objects.filter(source=source, source_id=number).values_list("pk", flat=True).first()
    if found is None:
        raise Missing("entity-unknown", ref=figure.entity)
    return found
