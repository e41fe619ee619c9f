"""How far there is to go, and how much of it is gone: one way of measuring for each method.

The method and the direction say which: reached or not, what was avoided in each period, what was added up, or how far
a level is from where it started.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from yupana.domain.progress.rules.kinds import Direction, Method
from yupana.domain.progress.rules.periods import apart, closed, latest, makes_up, within
from yupana.domain.progress.rules.terms import Ratio, Unsaid
from yupana.foundation.kernel.quantity import SCALE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yupana.domain.progress.rules.terms import Promise, Said

NONE = Fraction(0)


@dataclass(frozen=True, slots=True)
class Way:
    """What was reached (``actual``, None: nothing can be said) and how much that is ``gone`` of a way.

    The way is ``final`` long in the end and ``to_date`` up to now; 0 or None: there is none, and ``why`` tells why not
    in the end. ``is_whole`` False: a period that was to be counted is not.
    """

    actual: Fraction | None
    gone: Fraction = NONE
    final: Fraction | None = None
    to_date: Fraction | None = None
    target: Fraction | None = None
    target_to_date: Fraction | None = None
    why: Unsaid = Unsaid.NO_TARGET
    is_whole: bool = True

    def ratio(self, of: Fraction | None) -> Ratio:
        """Measure against the way in the end, or the way up to now."""
        if not self.final:
            return Ratio(unsaid=self.why)
        if not of:
            return Ratio(unsaid=Unsaid.NOT_DUE)
        if self.actual is None:
            return Ratio(unsaid=Unsaid.ZERO_DENOMINATOR)
        return Ratio(unsaid=Unsaid.WRONG_WAY) if of < 0 else Ratio(self.gone, of)


def way_of(promise: Promise, known: Mapping[str, Said], *, rates: bool, period: str) -> Way:
    """Choose how the way is measured: as reached or not, as what was avoided, or from a start to a target."""
    if promise.method is Method.MILESTONE:
        return _milestone(promise, known, period)
    if promise.method is Method.FLOW and not rates:
        return (_avoided if promise.direction == Direction.DOWN else _summed)(promise, known, period)
    actual = _pooled(promise, known) if promise.method is Method.FLOW else _standing(promise, known)
    names, values = tuple(promise.programmed), promise.programmed
    due = closed(names, period)
    target, to_date = (Fraction(values[latest(some)]) if some else None for some in (names, due))
    return _from_start(promise, actual, target, to_date)


def _milestone(promise: Promise, known: Mapping[str, Said], period: str) -> Way:
    """Reached once, it stays reached; half of what was programmed is not reached."""
    values = [each for each in (_value(each, promise) for each in known.values()) if each is not None]
    needed = min((each for each in promise.programmed.values() if each > 0), default=SCALE)
    actual, whole = Fraction(SCALE if any(each >= needed for each in values) else 0), Fraction(SCALE)
    due = closed(tuple(promise.programmed), period)
    target, to_date = (
        whole if any(promise.programmed[name] > 0 for name in some) else None for some in (promise.programmed, due)
    )
    return Way(
        actual if values else None, actual, target, to_date, target, to_date,
        why=Unsaid.TARGET_IS_ZERO if promise.programmed else Unsaid.NO_TARGET,
    )  # fmt: skip


def _summed(promise: Promise, known: Mapping[str, Said], period: str) -> Way:
    """Add up what happened, and what was to happen; a wider period stands for its parts."""
    target = _total(promise.programmed, tuple(promise.programmed))
    to_date = _total(promise.programmed, closed(tuple(promise.programmed), period))
    actual = Fraction(sum(known[name].value or 0 for name in apart(tuple(known))))
    return _from_start(promise, actual, target, to_date)


def _total(values: Mapping[str, int], names: tuple[str, ...]) -> Fraction | None:
    return Fraction(sum(values[name] for name in apart(names))) if names else None


def _avoided(promise: Promise, known: Mapping[str, Said], period: str) -> Way:
    """Measure what was avoided: in each closed period of the programme, less than in a period before it began.

    A part of such a period says nothing yet: that little has happened by March does not mean that little will. Neither
    does a period of which some days are not reported: nothing of it counts as avoided.
    """
    names, programmed, base = tuple(known), promise.programmed, promise.baseline
    roots = apart(tuple(programmed))
    done = set(closed(roots, period))
    due = [name for name in roots if name in done]
    actual = Fraction(sum(known[name].value or 0 for name in apart(names)))
    target, to_date = _total(programmed, roots), _total(programmed, closed(tuple(programmed), period))
    if base is None or not roots:
        why = Unsaid.NO_BASELINE if roots else Unsaid.NO_TARGET
        return Way(actual, target=target, target_to_date=to_date, why=why)
    full = [name for name in due if makes_up(names, name)]
    gone = sum(base - sum(known[part].value or 0 for part in within(names, name)) for name in full)
    final, now = (Fraction(sum(base - programmed[name] for name in some)) for some in (roots, due))
    why = Unsaid.TARGET_IS_BASELINE if final == 0 else Unsaid.WRONG_WAY
    return Way(
        actual, Fraction(gone), max(final, NONE), now if due else None, target, to_date, why, len(full) == len(due)
    )


def _from_start(promise: Promise, actual: Fraction | None, target: Fraction | None, to_date: Fraction | None) -> Way:
    """Measure from the baseline where the method has one, else from 0; ``actual`` None: nothing stands below a rate."""
    if target is None:
        return Way(actual)
    falls, start = _start(promise, target)
    if start is None:
        return Way(actual, target=target, target_to_date=to_date, why=Unsaid.NO_BASELINE)
    sign = -1 if falls else 1
    final, now = sign * (target - start), None if to_date is None else sign * (to_date - start)
    gone = NONE if actual is None else sign * (actual - start)
    why = Unsaid.WRONG_WAY if final else _why_no_way(promise)
    return Way(actual, gone, max(final, NONE), now, target, to_date, why)


def _why_no_way(promise: Promise) -> Unsaid:
    measured = promise.baseline is not None and _has_start(promise)
    return Unsaid.TARGET_IS_BASELINE if measured else Unsaid.TARGET_IS_ZERO


def _has_start(promise: Promise) -> bool:
    """Whether it is measured from its baseline: a level is, and whatever has to fall."""
    return promise.method in (Method.STOCK, Method.REDUCTION) or promise.direction == Direction.DOWN


def _start(promise: Promise, target: Fraction) -> tuple[bool, Fraction | None]:
    """Say whether it has to fall, and from where (None: from an unknown baseline). A direction unsaid is read off."""
    falls = promise.direction == Direction.DOWN or promise.method is Method.REDUCTION
    if not _has_start(promise):
        return falls, NONE
    if promise.baseline is None:
        return falls, None if falls else NONE
    return falls or (not promise.direction and target < promise.baseline), Fraction(promise.baseline)


def has_to_fall(promise: Promise, target: Fraction | None) -> bool:
    """Whether it is measured down from its baseline, so that a value above the target is on its way."""
    if promise.method is Method.MILESTONE or target is None or promise.baseline is None:
        return False
    return _start(promise, target)[0] and promise.method is not Method.FLOW and target < promise.baseline


def _standing(promise: Promise, known: Mapping[str, Said]) -> Fraction | None:
    """Return the level that was said last."""
    return _value(known[latest(tuple(known))], promise) if known else None


def _pooled(promise: Promise, known: Mapping[str, Said]) -> Fraction | None:
    """Add up numerators and denominators before they are divided."""
    counted = [known[name] for name in apart(tuple(known))]
    above, below = sum(each.numerator or 0 for each in counted), sum(each.denominator or 0 for each in counted)
    return _rate(above, below, promise)


def _value(said: Said, promise: Promise) -> Fraction | None:
    return _rate(said.numerator or 0, said.denominator or 0, promise) if said.is_rate else Fraction(said.value or 0)


def _rate(above: int, below: int, promise: Promise) -> Fraction | None:
    return Fraction(above * promise.factor * SCALE, below) if below > 0 else None


def falls(promise: Promise, known: Mapping[str, Said]) -> bool:
    """Whether something that was said, in order, is less than what was said before it."""
    values = [value for value in (_value(each, promise) for each in known.values()) if value is not None]
    return any(after < before for before, after in pairwise(values))
