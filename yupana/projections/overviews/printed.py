"""A version as it is printed and signed, and the code on the paper by which anybody finds it in the public record."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.commitments import elsewhere
from yupana.domain.commitments.facts import itemised
from yupana.domain.commitments.public import partners_of
from yupana.domain.commitments.queries import content_of, fetch_parts, item_names, items_of
from yupana.domain.obligations.rules import Expects, Visibility
from yupana.domain.submissions import queries as submissions
from yupana.domain.submissions.models import Step, Submission
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.actor import NOBODY
from yupana.foundation.kernel.errors import Missing
from yupana.foundation.kernel.quantity import format_quantity
from yupana.foundation.ledger.proving import Proof, entry_at, prove, prove_place
from yupana.foundation.ledger.rules import RESERVED, read_leaf
from yupana.projections.overviews import coherence
from yupana.projections.overviews.approval import money_by_year

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from yupana.domain.commitments.elsewhere import Elsewhere
    from yupana.domain.commitments.facts import Money, PlanRow
    from yupana.domain.obligations.models import Obligation
    from yupana.domain.submissions.models import Document
    from yupana.foundation.kernel.actor import Actor
    from yupana.foundation.kernel.canonical import Plain
    from yupana.foundation.ledger.models import Entry
    from yupana.foundation.ledger.rules import Leaf
    from yupana.projections.overviews.coherence import Coherence

HANDED_IN = "submission.submitted"
SHOWN, GROUP = 12, 4  # characters of the digest that are printed, and how many stand together
_CODE = re.compile(r"(?P<position>[0-9]{1,18})(?P<digest>[0-9a-f]{12})")
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u2212]+")  # what people and their programs put between the groups


@dataclass(frozen=True, slots=True)
class Row:
    """One activity on paper. ``values`` are periods with their amounts, ``years`` cents by the years of the sheet.

    ``partners`` confirmed; ``derives`` and ``waits`` are what it is part of and comes after, None where it says neither
    or its reader may not know.
    """

    row: PlanRow
    also: tuple[str, ...]
    partners: tuple[str, ...]
    derives: Elsewhere | None
    waits: Elsewhere | None
    values: tuple[tuple[str, str], ...]
    years: tuple[tuple[int, int | None], ...]

    @property
    def lines(self) -> tuple[Money, ...]:
        """The lines of its budget, where they say more than the sums of those years."""
        return itemised(self.row.money)

    @property
    def undated(self) -> int:
        """What its budget says beyond those years."""
        return (self.row.budget_cents or 0) - sum(cents or 0 for _year, cents in self.years)


@dataclass(frozen=True, slots=True)
class _Near:
    """What stands around the activities of an obligation: who takes part, and what the names in them stand for."""

    obligation: int
    partners: Mapping[tuple[int, int, str], Sequence[str]]
    named: Mapping[str, Elsewhere]


@dataclass(frozen=True, slots=True)
class Group:
    """The activities that answer one guideline first; ``line`` is what it says ("": none)."""

    line: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """Everything on the paper. ``code`` is empty until the entry of handing in is sealed."""

    version: Submission
    coherence: Coherence
    groups: tuple[Group, ...]
    years: tuple[tuple[int, int], ...]
    total: int
    documents: tuple[Document, ...]
    accepted_on: date | None
    code: str

    @property
    def undated(self) -> int:
        """What the budgets say beyond the amounts by year, in cents; only where some are said by year."""
        return self.total - sum(cents for _year, cents in self.years) if self.years else 0

    @property
    def by_lines(self) -> tuple[Row, ...]:
        """The activities whose budget is told by lines, in the order of the plan."""
        found = [row for group in self.groups for row in group.rows if row.lines]
        return tuple(sorted(found, key=lambda each: each.row.row))

    @property
    def columns(self) -> int:
        """How many columns the table has."""
        return len(self.years) + bool(self.undated) + 6

    @property
    def obligation(self) -> Obligation:
        """Whose plan it is, and under which call."""
        return self.version.obligation

    @property
    def is_draft(self) -> bool:
        """Whether nobody has handed it in yet."""
        return self.version.state == State.DRAFT

    @property
    def is_public(self) -> bool:
        """Whether anybody may ask for it by its code."""
        return self.obligation.call.visibility == Visibility.PUBLIC


@dataclass(frozen=True, slots=True)
class Found:
    """What a code leads to. ``readable``: the plan was accepted, so that anybody may read it.

    ``version`` is None where the entry is reserved: of those only is told what the record says of each of them.
    """

    version: Submission | None
    position: int
    recorded_at: datetime
    digest: str
    proof: Proof
    readable: bool


def for_reader(actor: Actor, submission: int) -> Printed:
    """Print a version of a plan for somebody who may read it, a draft too; Missing otherwise."""
    version = _plan(actor, submission)
    return _printed(version, version.obligation.debtor_id)


def for_everybody(submission: int) -> Printed:
    """Print a version of a plan that was accepted under a public call; Missing otherwise."""
    return _printed(_plan(NOBODY, submission))


def _plan(actor: Actor, submission: int) -> Submission:
    """Find a version; a report is no plan, and is not printed as one."""
    found = submissions.found(actor, submission)
    if found.obligation.call.expects != Expects.PLAN:
        raise Missing("submission-unknown")
    return found


def document_for_everybody(submission: int, digest: str) -> Document:
    """Find a file of a version that was accepted under a public call; Missing otherwise."""
    return submissions.document_of(NOBODY, submission, digest)


def _printed(version: Submission, reader: int | None = None) -> Printed:
    """Put it on paper; a ``reader`` knows of what is the body's own, everybody else only of what is public."""
    looked = coherence.of(version)
    rows, labels = looked.looked.rows, looked.looked.labels
    years = money_by_year(rows)
    near = _near(version, rows, reader)
    by_line: dict[str, list[Row]] = {name: [] for name in (*labels, "")}
    for row in rows:
        by_line.setdefault(row.item, []).append(_row(row, labels, near, [year for year, _ in years]))
    accepted = Step.objects.filter(submission=version, after=State.ACCEPTED).first()
    return Printed(
        version=version,
        coherence=looked,
        groups=tuple(Group(labels.get(name, name), tuple(found)) for name, found in by_line.items() if found),
        years=years,
        total=sum(row.budget_cents or 0 for row in rows),
        documents=tuple(version.documents.all()),
        accepted_on=accepted.on if accepted else None,
        code=code_of(version.entry) if version.entry else "",
    )


def _near(version: Submission, rows: Sequence[PlanRow], reader: int | None) -> _Near:
    names = {name for row in rows for name in (row.derives, row.waits) if name}
    return _Near(version.obligation_id, partners_of([version.obligation_id]), elsewhere.named(names, reader))


def _row(row: PlanRow, labels: Mapping[str, str], near: _Near, years: Sequence[int]) -> Row:
    return Row(
        row=row,
        also=tuple(labels.get(each.item, each.item) for each in row.also),
        partners=tuple(near.partners.get((near.obligation, row.row, row.name), ())),
        derives=near.named.get(row.derives),
        waits=near.named.get(row.waits),
        values=_values(row),
        years=_money(row, years),
    )


def _values(row: PlanRow) -> tuple[tuple[str, str], ...]:
    return tuple((each.period, format_quantity(each.value)) for each in row.programmed)


def _money(row: PlanRow, years: Sequence[int]) -> tuple[tuple[int, int | None], ...]:
    sums: Counter[int] = Counter()
    for line in row.money:
        sums[line.year] += line.programmed_cents or 0
    return tuple((year, sums.get(year)) for year in years)


def code_of(entry: Entry) -> str:
    """Write the code of a sealed entry: its position and the head of its digest, "1234-ab12-cd34-ef56"; else empty."""
    if entry.position is None:
        return ""
    head = read_leaf(bytes(entry.leaf)).content[:SHOWN]
    return _printed_code(str(entry.position), head)


def _printed_code(position: str, head: str) -> str:
    return "-".join([position, *(head[at : at + GROUP] for at in range(0, SHOWN, GROUP))])


def typed_code(text: str) -> str:
    """Write a code as it is printed, however it was typed: capitals, spaces, any dashes, or the address on the paper.

    What cannot be a code stays as it is.
    """
    typed = _BETWEEN.sub("", re.split(r"[/=]", text.strip().rstrip("/"))[-1]).lower()
    told = _CODE.fullmatch(typed)
    return _printed_code(told["position"], told["digest"]) if told else text


def by_code(text: str) -> Found:
    """Find what a code on paper was printed for; Missing for any other text.

    Every reserved entry is found alike, a plan or not, so that no code tells which of them are plans.
    """
    told = _CODE.fullmatch(typed_code(text).replace("-", ""))
    entry = entry_at(int(told["position"])) if told else None
    leaf = _leaf(entry, told["digest"]) if told and entry else None
    if leaf is None or entry is None or entry.position is None:
        raise Missing("submission-unknown")
    if leaf.verb == RESERVED:
        return Found(None, entry.position, entry.recorded_at, leaf.content, prove_place(entry), readable=False)
    version = _behind(entry) if leaf.verb == HANDED_IN else None
    if version is None:
        raise Missing("submission-unknown")
    return Found(
        version=version,
        position=entry.position,
        recorded_at=entry.recorded_at,
        digest=leaf.content,
        proof=prove(entry, lambda: _content(version)),
        readable=version.state == State.ACCEPTED,
    )


def _leaf(entry: Entry, digest: str) -> Leaf | None:
    """Read an entry; None where its digest begins otherwise."""
    try:
        leaf = read_leaf(bytes(entry.leaf))
    except ValueError:
        return None
    return leaf if leaf.content.startswith(digest) else None


def _behind(entry: Entry) -> Submission | None:
    plans = submissions.all_with_debtors().filter(obligation__call__expects=Expects.PLAN)
    public = plans.filter(obligation__call__visibility=Visibility.PUBLIC)
    return public.filter(entry=entry).first()


def _content(version: Submission) -> Plain:
    fetch_parts([version])
    return content_of(version, item_names(items_of(version.activities.all())))
