"""What one version of a plan holds, read: rows with their lines, dates as understood, remarks and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.commitments import rules as plans
from yupana.domain.commitments.facts import PlanHeader, PlanRow
from yupana.domain.commitments.models import Activity
from yupana.domain.commitments.queries import item_names, items_of, plan_row, with_parts, year_one_of
from yupana.domain.instruments.facts import item_ref
from yupana.domain.instruments.models import Item
from yupana.foundation.kernel.errors import Missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from yupana.domain.obligations.models import Obligation
    from yupana.domain.submissions.models import Submission

# Fields that a complete row fills, and what the call must ask for before one is missed.
WANTED = {
    "name": "",
    "responsible": "asks_responsible",
    "indicator": "asks_target",
    "target": "asks_target",
    "budget_cents": "asks_budget",
}
DOUBTFUL = frozenset({plans.Kind.AMBIGUOUS, plans.Kind.UNREADABLE})


@dataclass(frozen=True, slots=True)
class Line:
    """One item that the plan has to answer. ``ref`` is how a row names it; ``rows`` answer it."""

    item: Item
    ref: str
    edition: str
    rows: tuple[int, ...] = ()

    def __str__(self) -> str:
        return f"{self.item.code} · {self.item.text}"


@dataclass(frozen=True, slots=True)
class Row:
    """One activity. ``own`` is the line the entity named, ``line`` the one that counts after the reviewer's word.

    ``stored`` is the row as an action takes it. ``gaps`` names the fields that the call asks for and that are still
    empty.
    """

    activity: Activity
    stored: PlanRow
    own: Line | None
    line: Line | None
    starts: plans.Reading
    ends: plans.Reading
    remark: str
    moved_because: str
    gaps: tuple[str, ...]
    backwards: bool

    @property
    def number(self) -> int:
        """Its number in the version."""
        return self.activity.row

    @property
    def doubts(self) -> tuple[tuple[str, str, plans.Kind], ...]:
        """Dates that could not be read, or not in one way only: field, text as it was written, and which of the two."""
        dates = (("starts", self.activity.starts, self.starts), ("ends", self.activity.ends, self.ends))
        return tuple((field, text, reading.kind) for field, text, reading in dates if reading.kind in DOUBTFUL)


@dataclass(frozen=True, slots=True)
class Plan:
    """What one version holds, read."""

    submission: Submission
    rows: tuple[Row, ...]
    lines: tuple[Line, ...]
    year_one: int | None

    @property
    def by_letter(self) -> bool:
        """Whether it came on paper and is being typed in by the authority."""
        return self.submission.transcribed

    @property
    def seen(self) -> str:
        """The moment of its last saving, as a form carries it."""
        return self.submission.saved_at.isoformat()

    @property
    def header(self) -> PlanHeader:
        """Its heading, as an action takes it."""
        held = self.submission
        return PlanHeader(
            channel=held.channel,
            received_on=held.received_on,
            cites=held.cites,
            resolution=held.resolution,
            document_url=held.document_url,
            notes=held.notes,
            resolution_on=held.resolution_on,
            reason=held.reason,
            act=held.act,
            source_ref=held.source_ref,
            source=held.source,
        )

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers of its rows."""
        return frozenset(row.number for row in self.rows)

    @property
    def stored(self) -> list[PlanRow]:
        """Its rows, as an action takes them."""
        return [row.stored for row in self.rows]

    @property
    def has_relative(self) -> bool:
        """Whether any date is written in years of the plan."""
        return any(_relative(row.activity.starts) or _relative(row.activity.ends) for row in self.rows)

    @property
    def unanswered(self) -> tuple[Line, ...]:
        """Lines that no row answers yet."""
        return tuple(line for line in self.lines if not line.rows)

    @property
    def answered(self) -> int:
        """How many lines have a row."""
        return len(self.lines) - len(self.unanswered)

    @property
    def budget(self) -> int:
        """Sum of the budgets that were given, in cents."""
        return sum(row.activity.budget_cents or 0 for row in self.rows)

    @property
    def asks_year(self) -> bool:
        """Whether dates wait for the year that "Año 1" means."""
        return self.has_relative and self.year_one is None

    @property
    def incomplete(self) -> tuple[Row, ...]:
        """Rows that lack a line or something that the call asks for, or whose dates do not say one thing."""
        return tuple(row for row in self.rows if row.gaps or row.own is None or row.backwards or row.doubts)

    @property
    def complete(self) -> bool:
        """Whether there is nothing to hint at."""
        unsaid = self.by_letter and self.submission.received_on is None
        lacks = (self.unanswered, self.incomplete, self.asks_year, unsaid)
        return bool(self.rows and self.submission.resolution) and not any(lacks)

    def row(self, number: int) -> Row:
        """Return the row with that number; Missing if there is none."""
        for row in self.rows:
            if row.number == number:
                return row
        raise Missing("row-unknown", row=number)


def plan_of(obligation: Obligation, held: Submission, remarks: Mapping[int, str]) -> Plan:
    """Read a version. ``remarks`` are the reviewer's words by row."""
    year = year_one_of(obligation.pk)
    activities = with_parts(Activity.objects.filter(submission=held)).order_by("row")
    told = (
        activities.select_related("item__edition__instrument")
        .defer("item__edition__more")
        .prefetch_related("reclassifications__item__edition__instrument")
    )
    rows = tuple(_rows(told, held, year, remarks))
    answered: dict[int, list[int]] = {}
    for row in rows:
        first = {row.line.item.pk} if row.line else set()
        for key in first | {each.item_id for each in row.activity.also.all()}:
            answered.setdefault(key, []).append(row.number)
    items = Item.objects.filter(scopes=obligation.scope_id).select_related("edition__instrument")
    owed = items.defer("edition__more").order_by("edition_id", "order")
    return Plan(held, rows, tuple(_line(item, tuple(answered.get(item.pk, ()))) for item in owed), year)


def _line(item: Item, rows: tuple[int, ...] = ()) -> Line:
    edition = f"{item.edition.instrument.code}/{item.edition.code}"
    return Line(item, item_ref(edition, item.role, item.code), item.edition.title, rows)


def _relative(text: str) -> bool:
    return plans.read_date(text, year_one=None).kind == plans.Kind.RELATIVE


def _rows(
    activities: Iterable[Activity], held: Submission, year: int | None, remarks: Mapping[int, str]
) -> Iterator[Row]:
    told = list(activities)
    names = item_names(items_of(told))
    for activity in told:
        own = _line(activity.item) if activity.item else None
        moved = max(activity.reclassifications.all(), key=lambda one: one.entry_id, default=None)
        line = own if moved is None else _line(moved.item) if moved.item else None
        yield Row(
            activity=activity,
            stored=plan_row(activity, names),
            own=own,
            line=line,
            starts=plans.read_date(activity.starts, year_one=year),
            ends=plans.read_date(activity.ends, year_one=year),
            remark=remarks.get(activity.row, ""),
            moved_because=moved.reason if moved else "",
            gaps=tuple(_gaps(activity, held)),
            backwards=plans.ends_before_start(activity.starts, activity.ends, year_one=year),
        )


def _gaps(activity: Activity, held: Submission) -> Iterator[str]:
    for name, asked in WANTED.items():
        if (not asked or getattr(held, asked)) and getattr(activity, name) in {"", None}:
            yield name
