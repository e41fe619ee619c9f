"""The parts of a figure, seen by level, department, body, line or obligation; each opens further."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from yupana.domain.entities import public as entities
from yupana.foundation.kernel.share import Share
from yupana.projections.figures import public as figures
from yupana.projections.overviews.applicability import department
from yupana.projections.overviews.figure import NO_LINE, NOWHERE
from yupana.projections.overviews.register import names_of_departments

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from yupana.projections.overviews.explained.selection import Selection
    from yupana.projections.overviews.figure import Figure

K = TypeVar("K")
NOTHING = Share()


@dataclass(frozen=True, slots=True)
class Part:
    """One part: what it is called ("": it has no name), its share, and the figure that it is itself.

    ``weight`` is how much it counts where lines are weighed; ``obligation`` the one obligation that it is.
    """

    name: str
    share: Share
    figure: Figure | None
    weight: int = 0
    obligation: int | None = None


def by_level(chosen: Selection) -> list[Part]:
    """Split by level of government, in the order of levels."""
    told = _cells(chosen, "level")
    names = {each.code: each.name for each in entities.levels()}
    return [
        Part(names[code], told[code], replace(chosen.figure, level=code)) for code in names if code in told
    ]  # in the order in which they are listed everywhere


def by_department(chosen: Selection) -> list[Part]:
    """Split by department; those who stand in none come last."""
    told = added((department(place), share) for place, share in _cells(chosen, "territory").items())
    names = names_of_departments()
    order = sorted(told, key=lambda code: (code == "", names.get(code, code)))
    return [
        Part(names.get(code, code), told[code], replace(chosen.figure, territory=code or NOWHERE)) for code in order
    ]


def by_body(chosen: Selection) -> list[Part]:
    """Split by public body, by name."""
    owed = {
        pk: told
        for pk, *told in chosen.obligations()
        .order_by("debtor__sort_key", "debtor_id")
        .values_list("pk", "debtor__name", "debtor__source", "debtor__source_id")
    }
    counted = _of_bodies(chosen, owed)
    parts: dict[str, Part] = {}
    for pk, (name, source, number) in owed.items():
        if pk in counted:
            key = f"{source}:{number}"
            before = parts[key].share if key in parts else NOTHING
            share = before + sum(counted[pk].values(), NOTHING)
            parts[key] = Part(name, share, replace(chosen.figure, entity=key))
    return list(parts.values())


def by_line(chosen: Selection) -> list[Part]:
    """Split by line, in reading order."""
    if chosen.entity is None:
        told = _cells(chosen, "item")
    else:
        counted = _of_bodies(chosen, chosen.obligations().values_list("pk", flat=True))
        told = added(pair for shares in counted.values() for pair in shares.items())
    return [
        Part(
            f"{line.code} · {line.text}" if line.ref != NO_LINE else "",
            told[key],
            replace(chosen.figure, item=line.ref, weighted=False, by_line=False),
            line.weight,
        )
        for key, line in (chosen.lines or {}).items()
        if key in told
    ]


def by_obligation(chosen: Selection) -> list[Part]:
    """List single obligations: what they count is said by what was recorded of them."""
    owed = dict(chosen.obligations().order_by("-call__opens_on", "pk").values_list("pk", "call__title"))
    counted = _of_bodies(chosen, owed)
    return [
        Part(owed[pk], sum(counted[pk].values(), NOTHING), None, obligation=pk) for pk in owed if pk in counted
    ]  # the newest first


def weighted(parts: Iterable[Part]) -> Share:
    """Average lines by their weights, as the figures do."""
    numbered = dict(enumerate(parts))
    shares = {at: part.share for at, part in numbered.items()}
    ratio = figures.weighted(shares, {at: part.weight for at, part in numbered.items()})
    return NOTHING if ratio is None else Share(ratio.numerator, ratio.denominator)


def added(pairs: Iterable[tuple[K, Share]]) -> dict[K, Share]:
    """Add up what stands under the same key."""
    sums: dict[K, Share] = {}
    for key, share in pairs:
        sums[key] = sums.get(key, NOTHING) + share
    return sums


def _cells(chosen: Selection, by: str) -> dict[Any, Share]:
    found = figures.shares(
        measure=chosen.figure.measure,
        calls=list(chosen.calls),
        as_of=chosen.figure.as_of,
        by=(by,),
        items=chosen.items,
        level=chosen.figure.level,
        territories=chosen.territories,
    )
    return {key: share for (key,), share in found.items()}


def _of_bodies(chosen: Selection, owed: Iterable[int]) -> Mapping[int, Mapping[int | None, Share]]:
    return figures.of_bodies(
        measure=chosen.figure.measure,
        obligations=list(owed),
        as_of=chosen.figure.as_of,
        items=chosen.items,
    )
