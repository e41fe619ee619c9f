"""What frozen numbers do not say: bodies behind a line, lines behind a body, and what the record says of both.

It is counted anew as of the frozen position and day, so it adds up to what was frozen. Where the formula has changed
since, nothing is: another formula would give other parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, overload

from yupana.domain.obligations.models import Call
from yupana.domain.obligations.rules import Visibility
from yupana.foundation.kernel.share import Share
from yupana.projections.figures import rules
from yupana.projections.figures.bodies import contributed
from yupana.projections.overviews.evaluation.breaking import (
    EVERYWHERE,
    Broken,
    Part,
    Where,
    bodies_in,
    broken_down,
    frozen,
    is_of_bodies,
    line_parts,
)
from yupana.projections.overviews.evaluation.places import Places
from yupana.projections.overviews.evaluation.reading import score_of, share_of
from yupana.projections.overviews.explained.leaves import leaves
from yupana.projections.overviews.figure import NO_LINE, Figure

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from yupana.projections.overviews.evaluation.reading import Reading

NOTHING = Share()


def opened(reading: Reading, measure: str, where: Where = EVERYWHERE) -> Broken:
    """Say what a frozen figure is made of, one level further down; LookupError where there is no such figure."""
    if where.entity:
        return _of_body(_Counted(reading, measure, where))
    if where.period:
        return _of_period(_Counted(reading, measure, where))
    found = broken_down(reading, measure, where)
    return found or _of_line(_Counted(reading, measure, where))


class _Counted:
    """What is owed under the one call that a figure speaks of, and what it was counted as."""

    def __init__(self, reading: Reading, measure: str, where: Where) -> None:
        if not reading.is_recountable:
            raise LookupError(measure)
        self.reading, self.measure, self.where = reading, measure, where
        self.of, _, self.bare = measure.partition(".")
        code = reading.figures["call"] if self.of == "plans" else reading.report_call(where.period)
        call = Call.objects.filter(code=code, visibility=Visibility.PUBLIC).first()
        if call is None or (where.period and self.of == "plans"):
            raise LookupError(code)
        self.call, self.position = call, int(reading.figures["position"])
        self.as_of = reading.as_of

    @cached_property
    def places(self) -> Places:
        """The lines of the call for plans."""
        return Places(Call.objects.get(code=self.reading.figures["call"]))

    @cached_property
    def item(self) -> int | None:
        """The key of the line; None for what answers no line."""
        if self.where.item in ("", NO_LINE):
            return None
        return next((key for key, name in self.places.names.items() if name == self.where.item), 0)

    def owed(self, names: Collection[str]) -> dict[str, int]:
        """Find what some bodies owe under the call, by their names."""
        rows = self.call.obligations.order_by("-pk").values_list("debtor__source", "debtor__source_id", "pk")
        if len(names) == 1:
            source, _, number = next(iter(names)).partition(":")
            rows = rows.filter(debtor__source=source, debtor__source_id=number)
        found = {f"{source}:{number}": pk for source, number, pk in rows}
        return {name: found[name] for name in names if name in found}

    def shares(self, obligations: Collection[int]) -> dict[int, dict[int | None, Share]]:
        """Count some obligations as of the frozen position and day, by line."""
        found: dict[int, dict[int | None, Share]] = {}
        for owed, item, due_on, share in contributed(self.bare, obligations, self.position):
            if due_on <= self.as_of:
                held = found.setdefault(owed, {})
                held[item] = held.get(item, NOTHING) + share
        return found

    def named(self, shares: Mapping[int | None, Share]) -> dict[str, Share]:
        """Name the lines of shares."""
        names = self.places.names
        return {NO_LINE if key is None else names[key]: share for key, share in shares.items()}


def _of_line(counted: _Counted) -> Broken:
    """Split one line of a group by body."""
    where = counted.where
    told = frozen(counted.reading, counted.measure, where)
    bodies = {each["entity"]: each["name"] for each in bodies_in(counted.reading, where)}
    owed = counted.owed(list(bodies))
    shares = counted.shares(owed.values())
    rows = [
        Part(name, bodies[name], share, None, Where(entity=name, item=where.item))
        for name, key in owed.items()
        if (share := shares.get(key, {}).get(counted.item, NOTHING)) != NOTHING
    ]
    return Broken(counted.measure, told.share, score_of(told.told), rows, where, "body")


def _of_period(counted: _Counted) -> Broken:
    """Split a figure of another period by the bodies that owed the report; those of a page are counted."""
    if counted.where != Where(period=counted.where.period):
        raise LookupError(counted.where)
    told = counted.reading.of_period(counted.where.period)[counted.bare]
    bodies = {each["entity"]: each["name"] for each in counted.reading.entities}
    rows = _Bodies(counted, [(name, bodies[name], key) for name, key in counted.owed(list(bodies)).items()])
    return Broken(counted.measure, share_of(told), score_of(told), rows, counted.where, "body")


class _Bodies(Sequence[Part]):
    """Bodies of which only those are counted that are looked at."""

    def __init__(self, counted: _Counted, owed: Sequence[tuple[str, str, int]]) -> None:
        self._counted, self._owed = counted, owed

    def __len__(self) -> int:
        return len(self._owed)

    @overload
    def __getitem__(self, part: int) -> Part: ...
    @overload
    def __getitem__(self, part: slice) -> list[Part]: ...
    def __getitem__(self, part: int | slice) -> Part | list[Part]:
        if isinstance(part, int):
            return self[part : part + 1 or None][0]
        some, period = self._owed[part], self._counted.where.period
        shares = self._counted.shares([key for *_, key in some])
        return [
            Part(name, text, sum(shares.get(key, {}).values(), NOTHING), None, Where(entity=name, period=period))
            for name, text, key in some
        ]


def _of_body(counted: _Counted) -> Broken:
    """Split what one body has by line; of one line, or of what is not told by line, say what the record says."""
    where = counted.where
    if where.level or where.territory:
        raise LookupError(where)
    key = counted.owed([where.entity]).get(where.entity)
    if key is None or counted.item == 0:
        raise LookupError(where.entity)
    shares = counted.shares([key]).get(key, {})
    if is_of_bodies(counted.measure):
        if where.item:
            raise LookupError(where.item)
        return _leaf(counted, key, sum(shares.values(), NOTHING))
    if where.item:
        return _leaf(counted, key, shares.get(counted.item, NOTHING))
    rows = line_parts(counted.reading, counted.measure, where, counted.named(shares))
    if where.period:
        whole = sum(shares.values(), NOTHING)
        return Broken(counted.measure, whole, _score(counted, shares, whole), rows, where, "line")
    told = next(each for each in counted.reading.entities if each["entity"] == where.entity)
    kept = told[counted.of].get(counted.bare)
    return Broken(counted.measure, share_of(kept), score_of(kept), rows, where, "line")


def _score(counted: _Counted, shares: Mapping[int | None, Share], whole: Share) -> Share | None:
    """Tell the score of one body in a period that was not frozen by itself: each line by its weight."""
    if counted.bare == rules.EXECUTION:
        return whole if whole.due else None
    lines = {item: share for item, share in shares.items() if item is not None}
    ratio = rules.weighted(lines, counted.places.weights)
    return None if ratio is None else Share(ratio.numerator, ratio.denominator)


def _leaf(counted: _Counted, key: int, share: Share) -> Broken:
    """End at one obligation: what was promised, handed in, decided, checked and proved by the frozen position."""
    figure = Figure(counted.bare, (counted.call.code,), counted.as_of)
    found = leaves(figure, [key], counted.item, position=counted.position, inside=False)
    score = share if share.due else None
    part = Part(counted.where.entity, counted.call.title, share)
    return Broken(counted.measure, share, score, [part], counted.where, "obligation", found[key])
