"""How far an activity is, in words: what its body declared, and beside it what was found of that."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from yupana.domain.progress.public import checks
from yupana.domain.progress.rules import Gap, Unsaid
from yupana.interfaces import gauges
from yupana.interfaces.words import label
from yupana.interfaces.words import period as named

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from yupana.domain.progress.public.checks import Check, Finding, Followed, Partly, Standing
    from yupana.domain.progress.rules import Said


@dataclass(frozen=True, slots=True)
class Put:
    """Something to be put right, with the days that it took (None: it is open)."""

    finding: Finding
    days: int | None


@dataclass(frozen=True, slots=True)
class Looked:
    """One value that was checked, with what has to be put right."""

    check: Check
    period: str
    declared: str
    verified: str
    put_right: tuple[Put, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """What the page says of one activity; ``verified`` is empty where nobody checked its last value.

    ``partly`` tells then what was found of some of what adds up. ``disputed`` speaks of what was found of that last
    value, and ``falls_from`` is where something starts that has to fall; where ``is_unsaid``, ``declared`` says why.
    """

    period: str
    declared: str
    verified: str
    target: str
    disputed: bool
    looked: tuple[Looked, ...]
    partly: str = ""
    falls_from: str = ""
    is_unsaid: bool = False


@dataclass(frozen=True, slots=True)
class Reported:
    """What the page says of a whole plan, and of its rows by number."""

    period: str
    said: int
    checked: int
    rows: Mapping[int, Progress]


def reported(plans: Collection[int], *, as_of: date) -> dict[int, Reported]:
    """Put what was reported of plans into words, by the obligation for the plan."""
    return {key: _plan(found) for key, found in checks.followed(plans, as_of=as_of).items()}


def _plan(found: Followed) -> Reported:
    period = named(found.period)
    return Reported(period, found.said, found.checked, {row: _row(each, period) for row, each in found.rows.items()})


def _row(found: Standing, period: str) -> Progress:
    return Progress(
        period=period,
        declared=_why(found) if found.unsaid else _amount(found, found.declared),
        verified="" if found.verified is None else _amount(found, found.verified),
        target="" if found.is_milestone or found.target is None else _quantity(found.target),
        # Those of a body that this one succeeds stand on its own page.
        disputed=found.verified is not None and next((each.disputed for each in found.checks), False),
        looked=tuple(_looked(found, each) for each in found.checks),
        partly="" if found.partly is None else _partly(found.partly),
        falls_from="" if found.falls_from is None else _quantity(Fraction(found.falls_from)),
        is_unsaid=found.unsaid is not None,
    )


def _why(found: Standing) -> str:
    """Say why nothing is declared: the reason that the report gives, or that it gives none."""
    if found.unsaid is Unsaid.GAP and found.gap in set(Gap):
        return _("without a value, because: %(reason)s") % {"reason": label(Gap(found.gap))}
    return label(found.unsaid) if found.unsaid else ""


def _partly(told: Partly) -> str:
    return _("verified %(found)s (%(periods)s); %(declared)s of %(others)s only declared") % {
        "found": _quantity(Fraction(told.found)),
        "periods": ", ".join(map(named, told.periods)),
        "declared": _quantity(Fraction(told.declared)),
        "others": ", ".join(map(named, told.others)),
    }


def _looked(found: Standing, check: Check) -> Looked:
    declared, verified = (_said(found, each) for each in (check.declared, check.found))
    return Looked(check, named(check.period), declared, verified, tuple(map(_put, check.findings)))


def _said(found: Standing, said: Said) -> str:
    if found.is_milestone and said.value is not None:
        return _("reached") if said.value > 0 else _("not reached yet")
    return gauges.told(said)


def _amount(found: Standing, value: Fraction | None) -> str:
    if value is None:
        return _("not known")
    if found.is_milestone:
        return _("reached") if value else _("not reached yet")
    return _quantity(value)


def _quantity(value: Fraction) -> str:
    return gauges.quantity(Fraction(round(value)))


def _put(finding: Finding) -> Put:
    return Put(finding, (finding.closed_on - finding.opened_on).days if finding.closed_on else None)
