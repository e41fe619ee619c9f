"""What an instrument says: items as a source gives them, whole manuscripts, and the content behind a publication."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from yupana.foundation.kernel.canonical import Plain
    from yupana.foundation.kernel.report import Note

NOBODY = "nobody"  # the audience of an item that binds and that nobody was made responsible for


class ItemRole(StrEnum):
    """What an item is to its readers."""

    AXIS = "axis"
    LINE = "line"
    OBJECTIVE = "objective"
    GUIDELINE = "guideline"
    REQUIREMENT = "requirement"
    ACTION = "action"
    TARGET = "target"
    INDICATOR = "indicator"
    TEXT = "text"


class EditionState(StrEnum):
    """A draft, put to consultation and back, until an act publishes it; then neither of them ever again."""

    DRAFT = "draft"
    CONSULTATION = "consultation"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    REPEALED = "repealed"


class Transition(StrEnum):
    """From when a changed item is to be followed: at once, with the next annual plan, or when the year ends."""

    NOW = "now"
    NEXT_PLAN = "next_plan"
    END_OF_YEAR = "end_of_year"


class TargetSource(StrEnum):
    """Who says how far a target is: a count over its frozen audience, answers to an ask, or a responsible's report."""

    COUNT = "count"
    ASK = "ask"
    REPORT = "report"


class AlignmentKind(StrEnum):
    """What an item is to an item of another instrument."""

    CONTRIBUTES = "contributes"
    BROADER = "broader"
    NARROWER = "narrower"


class Verdict(StrEnum):
    """What became of a comment: taken up, in part, or not; withheld where its text cannot be shown."""

    ADOPTED = "adopted"
    PARTLY = "partly"
    DECLINED = "declined"
    WITHHELD = "withheld"


class OriginKind(StrEnum):
    """What else than remaining itself an item did since the edition before."""

    SPLIT = "split"
    MERGE = "merge"


@dataclass(frozen=True, slots=True)
class Target:
    """A target read: ``number`` of ``unit`` ("%" for shares) by ``due_on``, from ``baseline``.

    ``counted`` is the audience that a COUNT is made over, silent bodies included. None and "" where it says nothing.
    """

    number: Decimal | None = None
    unit: str = ""
    due_on: date | None = None
    source: TargetSource | None = None
    counted: str = ""
    baseline: Decimal | None = None

    def plain(self) -> dict[str, Plain]:
        """Say it in plain values, numbers as text; what it does not say is left out."""
        told: dict[str, Plain] = {
            "number": None if self.number is None else str(self.number),
            "unit": self.unit,
            "due_on": self.due_on and self.due_on.isoformat(),
            "source": self.source and self.source.value,
            "counted": self.counted,
            "baseline": None if self.baseline is None else str(self.baseline),
        }
        return {name: value for name, value in told.items() if value not in (None, "")}

    @classmethod
    def read(cls, told: Mapping[str, str]) -> Target:
        """Read what `plain` said; ValueError or ArithmeticError on what no target says."""
        number, due_on, source, baseline = (told.get(name) for name in ("number", "due_on", "source", "baseline"))
        return cls(
            number=None if number is None else Decimal(number),
            unit=told.get("unit", ""),
            due_on=date.fromisoformat(due_on) if due_on else None,
            source=TargetSource(source) if source else None,
            counted=told.get("counted", ""),
            baseline=None if baseline is None else Decimal(baseline),
        )


@dataclass(frozen=True, slots=True)
class Origin:
    """An item of an earlier edition, by its lineage, that this one was split from, or that was merged into it."""

    kind: OriginKind
    lineage: str


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item as a source gives it. ``where`` is file:line; ``binds`` None: as its role usually does.

    ``text`` is the statement itself and ``body`` what explains it, in Markdown; ``legal_basis`` its norms.
    ``audience`` is who must follow it: "" as the item above (at the root: whoever is called), `NOBODY`, or an
    expression. ``stake`` is its share of the item above in basis points, None where the binding leaves decide.
    ``lineage`` is the id that it had in an earlier edition, "" where the source does not say. ``more`` keeps what a
    format says beyond these fields.
    """

    where: str
    role: ItemRole
    code: str
    text: str
    parent: tuple[ItemRole, str] | None
    binds: bool | None = None
    body: str = ""
    legal_basis: str = ""
    due_on: date | None = None
    audience: str = ""
    stake: int | None = None
    transition: Transition = Transition.NOW
    target: Target | None = None
    lineage: str = ""
    origins: tuple[Origin, ...] = ()
    more: Mapping[str, Plain] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """How the item is named inside its edition: "role:code"."""
        return item_key(self.role, self.code)


@dataclass(frozen=True, slots=True)
class AlignmentRow:
    """What a table says an item is to another; both by name (INSTRUMENT/EDITION#role:code), ``where`` is file:line."""

    where: str
    item: str
    kind: AlignmentKind
    other: str


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands on the cover of an edition."""

    instrument: str
    title: str
    kind: str
    edition: str
    edition_title: str
    legal_basis: str

    @property
    def ref(self) -> str:
        """How people name the edition: CODE/EDITION."""
        return f"{self.instrument}/{self.edition}"


@dataclass(frozen=True, slots=True)
class Manuscript:
    """An instrument as a file says it, whatever the format: cover, items in reading order, and what was doubtful.

    ``digest`` is the hex SHA-256 of what was read. ``more`` keeps what the format says about the whole beyond the
    cover. ``unplaced`` are the lines that have no place in the tree, ``mended`` what was read though it was wrong.
    """

    heading: Heading
    rows: tuple[ItemRow, ...]
    digest: str = ""
    more: Mapping[str, Plain] = field(default_factory=dict)
    unplaced: tuple[Note, ...] = ()
    mended: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """An original document that an edition was published with: its file's name and hex SHA-256."""

    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class ItemFact:
    """One item as it was published: the row, and what was settled about it."""

    row: ItemRow
    binds: bool
    weight: int
    lineage: str
    source_ref: str


def item_key(role: str, code: str) -> str:
    """Name an item inside its edition: "role:code"."""
    return f"{role}:{code}"


def item_ref(edition: str, role: str, code: str) -> str:
    """Name an item for ever: "INSTRUMENT/EDITION#role:code"."""
    return f"{edition}#{item_key(role, code)}"


def edition_content(  # noqa: PLR0913 (all that a publication vouches for)
    heading: Heading,
    *,
    act: str,
    published_on: date,
    follows: str,
    source_digest: str,
    items: Iterable[ItemFact],
    papers: Iterable[Paper] = (),
    more: Mapping[str, Plain] | None = None,
) -> dict[str, Plain]:
    """Say all that edition.published vouches for. ``follows`` is the code of the edition in force before."""
    enacted: dict[str, Plain] = {
        "act": act,
        "published_on": published_on,
        "follows": follows,
        "source_digest": source_digest,
    }
    kept = [{"name": paper.name, "digest": paper.digest} for paper in papers]
    return text_content(heading, items, more) | enacted | ({"papers": kept} if kept else {})


def text_content(
    heading: Heading, items: Iterable[ItemFact], more: Mapping[str, Plain] | None = None
) -> dict[str, Plain]:
    """Say the text itself, cover and items, whether an act has published it or not."""
    content: dict[str, Plain] = {
        "instrument": heading.instrument,
        "title": heading.title,
        "kind": heading.kind,
        "edition": heading.edition,
        "edition_title": heading.edition_title,
        "legal_basis": heading.legal_basis,
        "items": [_item_content(item) for item in items],
    }
    return content | ({"more": more} if more else {})


def _item_content(item: ItemFact) -> dict[str, Plain]:
    row = item.row
    content: dict[str, Plain] = {
        "role": row.role,
        "code": row.code,
        "text": row.text,
        "parent": item_key(*row.parent) if row.parent else "",
        "binds": item.binds,
        "weight": item.weight,
        "lineage": item.lineage,
        "source_ref": item.source_ref,
    }
    # What an item does not say is left out, so that what was sealed before it could be said reads as ever.
    said: dict[str, Plain] = {
        "body": row.body,
        "legal_basis": row.legal_basis,
        "due_on": row.due_on,
        "audience": row.audience,
        "stake": row.stake,
        "transition": "" if row.transition is Transition.NOW else row.transition,
        "target": row.target.plain() if row.target else None,
        "origins": [[origin.kind, origin.lineage] for origin in row.origins],
        "more": row.more,
    }
    return content | {name: value for name, value in said.items() if value not in ("", None, [], {})}
