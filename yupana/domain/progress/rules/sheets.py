"""The sheet of an indicator: what it may say, and what the statement of a target says of it already."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from yupana.domain.instruments.facts import TargetSource
from yupana.domain.instruments.rules.targets import PERCENT, Unread, read_target
from yupana.domain.progress.rules.kinds import Direction, Frequency, Gap, Method, OverBodies, OverTime, SheetSource
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.quantity import MOST, SCALE

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from yupana.domain.instruments.facts import Target
    from yupana.foundation.kernel.canonical import Plain

WHOLE = 100 * SCALE  # the factor of what is said in per cent
MOST_NAME, MOST_UNIT, MOST_TEXT, MOST_GAPS = 300, 120, 5_000, 12
_YEARLY = (" al año", " a year")  # how a reading says that so many are to be reached each year
LENGTHS = {
    "name": MOST_NAME,
    "definition": MOST_TEXT,
    "unit": MOST_UNIT,
    "numerator": MOST_NAME,
    "denominator": MOST_NAME,
    "audience": MOST_TEXT,
    "responsible": MOST_NAME,
}
OVER_TIME = {
    Method.FLOW: OverTime.SUM,
    Method.CUMULATIVE: OverTime.LAST,
    Method.STOCK: OverTime.LAST,
    Method.CAPACITY: OverTime.LAST,
    Method.REDUCTION: OverTime.LAST,
    Method.MILESTONE: OverTime.MOST,
}
"""What becomes of one body's values over time where nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class SheetFields:
    """What a sheet says; fields as on ``models.Sheet``, quantities in ten-thousandths, gaps as (kind, text)."""

    name: str
    method: str = Method.STOCK
    definition: str = ""
    unit: str = ""
    numerator: str = ""
    denominator: str = ""
    factor: int = SCALE
    direction: str = ""
    baseline: int | None = None
    baseline_year: int | None = None
    target: int | None = None
    due_on: date | None = None
    over_time: str = OverTime.LAST
    over_bodies: str = OverBodies.SUM
    source: str = SheetSource.REPORT
    frequency: str = ""
    audience: str = ""
    responsible: str = ""
    gaps: tuple[tuple[str, str], ...] = ()

    def plain(self) -> dict[str, Plain]:
        """Say it in plain values, as it is stored and sealed."""
        told: dict[str, Plain] = {each.name: getattr(self, each.name) for each in fields(self)}
        return told | {"gaps": [list(gap) for gap in self.gaps]}


@dataclass(frozen=True, slots=True)
class Terms:
    """What the authority says of sheets that are made from statements alone.

    ``ask``: what is a share of public entities is reported by them, and not counted from their plans. ``by`` is the
    audience that reports all else ("": nobody yet). ``yes_no``: what says no number is reached or not. ``due`` holds
    where nothing says by when.
    """

    ask: bool = False
    by: str = ""
    yes_no: bool = False
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A sheet made from a statement alone, or the reason why none could be."""

    fields: SheetFields | None = None
    reason: Unread | None = None


def drafted(text: str, known: Target | None, due_on: date | None, terms: Terms) -> Draft:
    """Make the sheet of a target from its statement; ``known`` is what the edition already says in numbers."""
    due = due_on or terms.due
    reading = read_target(text, default_due=due)
    target = known if known and known.number is not None else reading.target
    plain = SheetFields(name=_short(text), definition=text[:MOST_TEXT], audience=terms.by, due_on=due)
    if target is None or target.number is None:
        if terms.yes_no and reading.reason in (None, Unread.NO_NUMBER):
            once = replace(plain, over_time=OverTime.MOST, over_bodies=OverBodies.MOST)
            return Draft(replace(once, method=Method.MILESTONE, target=SCALE))
        return Draft(reason=reading.reason or Unread.NO_NUMBER)
    number, baseline = _stored(target.number), _stored(target.baseline)
    if number is None or (target.baseline is not None and baseline is None):
        return Draft(reason=Unread.UNCLEAR_NUMBER)
    return Draft(_of_number(replace(plain, target=number, baseline=baseline), target, terms))


def _of_number(sheet: SheetFields, target: Target, terms: Terms) -> SheetFields:
    falls = sheet.baseline is not None and (sheet.target or 0) < sheet.baseline
    is_share, counted = target.unit == PERCENT, target.source == TargetSource.COUNT
    return replace(
        sheet,
        unit=target.unit,
        factor=WHOLE if is_share else SCALE,
        method=Method.REDUCTION if falls else Method.STOCK,
        direction="" if sheet.baseline is None else Direction.DOWN if falls else Direction.UP,
        due_on=target.due_on or sheet.due_on,
        over_bodies=OverBodies.RATE if is_share else OverBodies.SUM,
        source=SheetSource.COUNT if counted and not terms.ask else SheetSource.REPORT,
        frequency=Frequency.YEAR if target.unit.endswith(_YEARLY) else "",
        audience=target.counted if counted else sheet.audience,
    )


def check_sheet(sheet: SheetFields) -> None:
    """Refuse a sheet that cannot be kept, or by whose words no value could ever be made."""
    if not sheet.name.strip():
        raise Refused("sheet-name")
    for name, most in LENGTHS.items():
        if len(getattr(sheet, name)) > most:
            raise Refused("sheet-text-too-long", most=most)
    if not 0 < sheet.factor <= MOST or any(
        abs(each) > MOST for each in (sheet.baseline, sheet.target) if each is not None
    ):
        raise Refused("sheet-number")
    _check_choices(sheet)
    if sheet.method == Method.REDUCTION and (sheet.baseline is None or sheet.direction == Direction.UP):
        raise Refused("sheet-reduction")
    if len(sheet.gaps) > MOST_GAPS or any(kind not in list(Gap) or len(text) > MOST_NAME for kind, text in sheet.gaps):
        raise Refused("sheet-gap", most=MOST_GAPS)


def _check_choices(sheet: SheetFields) -> None:
    known = {
        "method": Method,
        "over_time": OverTime,
        "over_bodies": OverBodies,
        "source": SheetSource,
        "direction": Direction,
        "frequency": Frequency,
    }
    for name, kind in known.items():
        said = getattr(sheet, name)
        if said not in list(kind) and not (said == "" and name in {"direction", "frequency"}):
            raise Refused("sheet-choice", found=said)


def _stored(number: Decimal | None) -> int | None:
    """Return ten-thousandths; None where there is no number, or more of it than can be kept."""
    if number is None:
        return None
    scaled = number * SCALE
    return int(scaled) if scaled == scaled.to_integral_value() and abs(scaled) <= MOST else None


def _short(text: str) -> str:
    """Name an indicator by its statement: one line, cut where it is too long."""
    line = " ".join(text.split())
    return line if len(line) <= MOST_NAME else f"{line[: MOST_NAME - 1].rstrip()}…"
