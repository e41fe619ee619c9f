"""What one frozen figure is made of: lines that are weighted, or bodies that are added up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from yupana.foundation.kernel.share import Share
from yupana.projections.figures import rules
from yupana.projections.overviews.evaluation.counting import OF_PLANS, OF_REPORTS
from yupana.projections.overviews.evaluation.reading import score_of, share_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from yupana.projections.overviews.evaluation.reading import Reading

MEASURES = tuple(f"{of}.{each}" for of, known in (("plans", OF_PLANS), ("reports", OF_REPORTS)) for each in known)
OF_BODIES = (rules.COVERAGE, rules.TIMELINESS)


@dataclass(frozen=True, slots=True)
class Part:
    """One line, or one body, and its share; ``name`` "" for no line.

    ``weight`` is None where nothing is weighed, 0 of a line that holds others.
    """

    name: str
    text: str
    share: Share
    weight: int | None = None

    @property
    def source(self) -> str:
        """The source of a body."""
        return self.name.partition(":")[0]

    @property
    def source_id(self) -> str:
        """Its number in that source."""
        return self.name.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Broken:
    """A figure with its parts, whose shares add up to ``share``; ``score`` is weighted where they have weights."""

    measure: str
    share: Share
    score: Share | None
    rows: Sequence[Part]
    item: str = ""

    @property
    def is_money(self) -> bool:
        """Whether it counts cents."""
        return self.measure.endswith(rules.EXECUTION)

    @property
    def is_of_bodies(self) -> bool:
        """Whether its parts are bodies."""
        return self.measure.endswith(OF_BODIES)


def broken_down(reading: Reading, measure: str, *, level: str = "", territory: str = "", item: str = "") -> Broken:
    """Break a figure of all, of a level, of a department or of an item down; LookupError where there is none.

    What two of them have in common was never frozen.
    """
    if sum(map(bool, (level, territory, item))) > 1:
        raise LookupError(measure)
    of, _, bare = measure.partition(".")
    group, lines = _group(reading, level, territory, item)
    told = group[of][bare]
    if bare in OF_BODIES:
        rows = [
            Part(each["entity"], each["name"], share_of(each[of].get(bare)))
            for each in reading.entities
            if _stands_in(each, level, territory) and share_of(each[of].get(bare)) != Share()
        ]
    else:
        rows = list(_lines(reading, lines, of, bare))
        rest = share_of(told)
        for row in rows:
            rest -= row.share
        rows += [Part("", "", rest)] * (rest != Share())
    return Broken(measure, share_of(told), score_of(told), rows, item)


def _group(
    reading: Reading, level: str, territory: str, item: str
) -> tuple[Mapping[str, Any], Iterable[Mapping[str, Any]]]:
    """Find what is told of a group, and of each line in it."""
    figures = reading.figures
    for key, name, wanted in (("levels", "level", level), ("departments", "territory", territory)):
        if wanted:
            found = next((each for each in figures[key] if each[name] == wanted), None)
            if found is None:
                raise LookupError(wanted)
            return found, found["lines"]
    binding = [each for each in figures["items"] if each["binds"]]
    if not item:
        return figures["total"], binding
    branch = next((each for each in figures["items"] if each["item"] == item), None)
    if branch is None:
        raise LookupError(item)
    return branch, [each for each in binding if each["item"] in set(branch["lines"])]


def _lines(reading: Reading, lines: Iterable[Mapping[str, Any]], of: str, measure: str) -> Iterable[Part]:
    known = {each["item"]: each for each in reading.figures["items"]}
    for each in lines:
        if measure in each[of]:
            branch = known[each["item"]]
            own = branch["weight"] if len(branch["lines"]) == 1 else 0  # what lies in a line is weighed instead of it
            weight = None if measure == rules.EXECUTION else own
            yield Part(each["item"], branch["text"], share_of(each[of][measure]), weight)


def _stands_in(body: Mapping[str, Any], level: str, territory: str) -> bool:
    return level in ("", body["level"]) and territory in ("", body["department"])
