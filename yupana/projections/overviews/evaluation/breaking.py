"""What one frozen figure is made of, by the frozen numbers alone: lines that are weighted, levels, or bodies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from yupana.foundation.kernel.share import Share
from yupana.projections.figures import rules
from yupana.projections.overviews.evaluation.counting import OF_PLANS, OF_REPORTS
from yupana.projections.overviews.evaluation.reading import score_of, share_of
from yupana.projections.overviews.evaluation.sums import basis_points
from yupana.projections.overviews.figure import BELOW, NO_LINE, NOWHERE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from yupana.projections.overviews.evaluation.reading import Reading
    from yupana.projections.overviews.explained.leaves import Leaf

MEASURES = tuple(f"{of}.{each}" for of, known in (("plans", OF_PLANS), ("reports", OF_REPORTS)) for each in known)
OF_BODIES = (rules.COVERAGE, rules.TIMELINESS)
NOTHING = Share()


@dataclass(frozen=True, slots=True)
class Where:
    """Of what a figure speaks; what is left empty is not restricted.

    ``territory`` is a department, ``NOWHERE`` for none. ``item`` is an item by itself, with ``BELOW`` behind it all
    that it holds, ``NO_LINE`` what answers no line. ``period`` is another one than that of the evaluation.
    """

    level: str = ""
    territory: str = ""
    item: str = ""
    entity: str = ""
    period: str = ""

    def query(self) -> dict[str, str]:
        """Say it in an address: only what is said."""
        told = {"n": self.level, "t": self.territory, "i": self.item, "e": self.entity, "p": self.period}
        return {name: value for name, value in told.items() if value}


EVERYWHERE = Where()


@dataclass(frozen=True, slots=True)
class Part:
    """One line, level or body, its share, and the figure that it is itself (None: it opens no further).

    ``weight`` is None where nothing is weighed, 0 of a line that holds others.
    """

    name: str
    text: str
    share: Share
    weight: int | None = None
    where: Where | None = None


@dataclass(frozen=True, slots=True)
class Broken:
    """A figure with its parts, whose shares add up to ``share``; ``score`` is weighted where they have weights.

    ``rows`` are named by ``by``: line, level or body. A figure of one body and one line ends in ``leaf``.
    """

    measure: str
    share: Share
    score: Share | None
    rows: Sequence[Part]
    where: Where = EVERYWHERE
    by: str = "line"
    leaf: Leaf | None = None

    @property
    def is_money(self) -> bool:
        """Whether it counts cents."""
        return self.measure.endswith(rules.EXECUTION)

    @property
    def is_of_bodies(self) -> bool:
        """Whether its parts are bodies."""
        return self.by == "body"

    @property
    def is_weighed(self) -> bool:
        """Whether its parts count by their weights."""
        return self.by == "line" and not self.is_money


@dataclass(frozen=True, slots=True)
class Frozen:
    """The frozen share of a figure and those of the lines in it; ``lines`` None: it is of one line, or of bodies."""

    told: Sequence[int | None]
    lines: Mapping[str, Share] | None

    @property
    def share(self) -> Share:
        """The share as a whole."""
        return share_of(self.told)


def is_of_bodies(measure: str) -> bool:
    """Whether a measure counts whole plans or reports, and not lines."""
    return measure.endswith(OF_BODIES)


def frozen(reading: Reading, measure: str, where: Where = EVERYWHERE) -> Frozen:
    """Find the frozen numbers of all, a level, a department, or a line in one of these; LookupError where none are."""
    of, _, bare = measure.partition(".")
    if (where.level and where.territory) or (is_of_bodies(measure) and where.item):
        raise LookupError(measure)
    group, lines = _group(reading, where, of, bare)
    if not where.item:
        return Frozen(group[of][bare], None if is_of_bodies(measure) else lines)
    if where.item == NO_LINE:
        return _plain(share_of(group[of][bare]) - _sum(lines.values()))
    branch = next((each for each in reading.figures["items"] if each["item"] == where.item.removesuffix(BELOW)), None)
    if branch is None:
        raise LookupError(where.item)
    if where.item.endswith(BELOW) or not branch["binds"]:
        if where.level or where.territory:
            raise LookupError(where.item)
        return Frozen(branch[of][bare], {name: lines[name] for name in branch["lines"] if name in lines})
    if where == Where(item=where.item) and len(branch["lines"]) == 1:
        return Frozen(branch[of][bare], None)
    return _plain(lines[where.item])


def broken_down(reading: Reading, measure: str, where: Where = EVERYWHERE) -> Broken | None:
    """Break a figure down by frozen numbers; None where they end, LookupError where there is no such figure."""
    found = frozen(reading, measure, where)
    if is_of_bodies(measure):
        return _broken(measure, found, _bodies(reading, measure, where), where, "body")
    if found.lines is not None:
        return _broken(measure, found, _lines(reading, measure, where, found), where, "line")
    levels = [] if where.level or where.territory else list(_levels(reading, measure, where))
    return _broken(measure, found, levels, where, "level") if len(levels) > 1 else None


def _broken(measure: str, found: Frozen, rows: Sequence[Part], where: Where, by: str) -> Broken:
    return Broken(measure, found.share, score_of(found.told), rows, where, by)


def _plain(share: Share) -> Frozen:
    """Tell what was not frozen by itself: what is left of what was."""
    if share == NOTHING:
        raise LookupError(share)
    return Frozen([share.done, share.due, share.unknown, basis_points(share.ratio)], None)


def _group(reading: Reading, where: Where, of: str, bare: str) -> tuple[Mapping[str, Any], Mapping[str, Share]]:
    """Find what is told of a group, and what each line has by itself in it."""
    figures = reading.figures
    department = "" if where.territory == NOWHERE else where.territory
    for key, name, wanted, value in (
        ("levels", "level", where.level, where.level),
        ("departments", "territory", where.territory, department),
    ):
        if wanted:
            found = next((each for each in figures[key] if each[name] == value), None)
            if found is None:
                raise LookupError(wanted)
            return found, {each["item"]: share_of(each[of][bare]) for each in found["lines"] if bare in each[of]}
    return figures["total"], _own(figures["items"], of, bare)


def _own(items: Sequence[Mapping[str, Any]], of: str, bare: str) -> dict[str, Share]:
    """Take out of each line what the lines have that it holds; they stand behind it in reading order."""
    told: dict[str, Share] = {}
    for each in reversed(items):
        if each["binds"] and bare in each[of]:
            below = _sum(told.get(name, NOTHING) for name in each["lines"] if name != each["item"])
            told[each["item"]] = share_of(each[of][bare]) - below
    return {each["item"]: told[each["item"]] for each in items if each["item"] in told}


def _lines(reading: Reading, measure: str, where: Where, found: Frozen) -> list[Part]:
    """Tell each line that has something, and beside them what answers no line."""
    lines = {name: share for name, share in (found.lines or {}).items() if share != NOTHING}
    rest = found.share - _sum(lines.values())
    return line_parts(reading, measure, replace(where, item=""), {**lines, NO_LINE: rest})


def line_parts(reading: Reading, measure: str, where: Where, shares: Mapping[str, Share]) -> list[Part]:
    """Put lines into reading order with their weights; what answers none comes last, and weighs nothing."""
    plain = measure.endswith(rules.EXECUTION)
    rows = [
        Part(each["item"], each["text"], shares[each["item"]], None if plain else _weight(each),
             replace(where, item=each["item"]))
        for each in reading.figures["items"] if each["binds"] and each["item"] in shares
    ]  # fmt: skip
    rest = shares.get(NO_LINE, NOTHING)
    return [*rows, *[Part(NO_LINE, "", rest, None, replace(where, item=NO_LINE))] * (rest != NOTHING)]


def _weight(branch: Mapping[str, Any]) -> int:
    """Say how much a line weighs: what lies in it is weighed instead of one that holds others."""
    weight: int = branch["weight"] if len(branch["lines"]) == 1 else 0
    return weight


def _levels(reading: Reading, measure: str, where: Where) -> list[Part]:
    """Tell what one line, or what answers none, has at each level."""
    rows = []
    for each in reading.figures["levels"]:
        at = replace(where, level=each["level"])
        try:
            share = frozen(reading, measure, at).share
        except LookupError:
            continue
        rows.append(Part(each["level"], "", share, None, at))
    return [row for row in rows if row.share != NOTHING]


def _bodies(reading: Reading, measure: str, where: Where) -> list[Part]:
    of, _, bare = measure.partition(".")
    return [
        Part(each["entity"], each["name"], share_of(each[of].get(bare)), None, Where(entity=each["entity"]))
        for each in bodies_in(reading, where)
        if share_of(each[of].get(bare)) != NOTHING
    ]


def bodies_in(reading: Reading, where: Where) -> list[Mapping[str, Any]]:
    """List the bodies of a level or a department, or all, in the order of the file."""
    department = "" if where.territory == NOWHERE else where.territory
    return [
        each for each in reading.entities
        if where.level in ("", each["level"]) and (not where.territory or each["department"] == department)
    ]  # fmt: skip


def _sum(shares: Iterable[Share]) -> Share:
    return sum(shares, NOTHING)
