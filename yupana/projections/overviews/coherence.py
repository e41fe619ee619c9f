"""What does not hold together in a version, in the reader's words, with the reasons that its writers gave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.commitments.coherence import Looked, look
from yupana.domain.commitments.rules.coherence import Rule, Weight
from yupana.domain.commitments.wording import said

if TYPE_CHECKING:
    from yupana.domain.commitments.rules.coherence import Finding
    from yupana.domain.submissions.models import Submission


@dataclass(frozen=True, slots=True)
class Item:
    """An item that nothing answers: how a row names it, and what it says."""

    ref: str
    text: str


@dataclass(frozen=True, slots=True)
class Told:
    """One finding as it is told. ``key`` names it in forms, ``name`` its activity ("": it concerns the whole plan)."""

    key: str
    finding: Finding
    name: str
    title: str
    mend: str
    items: tuple[Item, ...]
    reason: str

    @property
    def pressing(self) -> bool:
        """Whether it stands in the way of handing in: it makes no sense, and nobody said why."""
        return self.finding.weight is Weight.SENSELESS and not self.reason

    @property
    def anchor(self) -> str:
        """Where on the page of its row it is mended: the field, as forms name it."""
        cell = self.finding.cell
        return f"id_{cell}" if cell.isidentifier() else "main"

    @property
    def of_year_one(self) -> bool:
        """Whether it is mended by saying which year the first one is."""
        return self.finding.rule is Rule.YEAR_ONE_MISSING


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one weight, in the order of rows."""

    weight: Weight
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Coherence:
    """A version looked through."""

    looked: Looked
    told: tuple[Told, ...]

    @property
    def groups(self) -> tuple[Group, ...]:
        """What was found, by weight, the heaviest first."""
        by_weight = ((weight, tuple(each for each in self.told if each.finding.weight is weight)) for weight in Weight)
        return tuple(Group(weight, told) for weight, told in by_weight if told)

    @property
    def pressing(self) -> int:
        """How many findings stand in the way of handing in."""
        return sum(each.pressing for each in self.told)

    @property
    def open(self) -> tuple[Told, ...]:
        """What is neither a mere hint nor explained."""
        return tuple(each for each in self.told if each.finding.weight is not Weight.HINT and not each.reason)

    @property
    def explained(self) -> tuple[Told, ...]:
        """What its writers gave a reason for."""
        return tuple(each for each in self.told if each.reason)


def of(version: Submission) -> Coherence:
    """Look through a version that the reader was given, its call and debtor at hand. A dozen queries at most."""
    looked = look(version)
    names = {row.row: row.name for row in looked.rows}
    return Coherence(looked, tuple(_told(each, looked, names) for each in looked.findings))


def _told(finding: Finding, looked: Looked, names: dict[int, str]) -> Told:
    title, mend = said(finding.rule, dict(finding.told))
    return Told(
        key=f"{finding.rule.value}:{finding.row}",
        finding=finding,
        name=names.get(finding.row, ""),
        title=title,
        mend=mend,
        items=tuple(Item(ref, looked.labels.get(ref, ref)) for ref in finding.items),
        reason=looked.explained.get(finding.key, ""),
    )
