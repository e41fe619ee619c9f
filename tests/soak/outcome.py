"""What a scenario counted: one line of the table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.soak.clients import Notes
    from tests.soak.place import Place

LOCKED = (
    *("database is locked", "database table is locked", "deadlock detected", "could not serialize"),
    *("others are writing", "does not queue holds the database", "the database is being made"),
)
COLUMNS = ("kills", "acknowledged", "lost", "doubled", "leaked", "locked", "broken")


@dataclass
class Outcome:
    """How much was tried, and everything that happened and must not. Each list names what it is about."""

    kills: int = 0
    acknowledged: int = 0
    unanswered: int = 0
    entries: int = 0
    pages: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    leaked: list[str] = field(default_factory=list)
    locked: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        """All of them, each with its column."""
        named = ("lost", "doubled", "leaked", "locked", "broken")
        return [f"{column}: {fault}" for column in named for fault in getattr(self, column)]

    def row(self) -> list[int]:
        """The numbers of the table."""
        held = [getattr(self, column) for column in COLUMNS]
        return [value if isinstance(value, int) else len(value) for value in held]

    def settle(self, place: Place, notes: Notes) -> None:
        """All is quiet: seal, follow, verify, and hold what was acknowledged against what is there."""
        from tests.soak.judge import judge  # noqa: PLC0415 - tables exist once the apps are loaded
        from yupana.projections import followers, proof  # noqa: PLC0415 - the same
        from yupana.projections.figures.actions import check  # noqa: PLC0415 - the same

        followers.tick()
        verdict = proof.verify()
        self.entries = verdict.entries
        if not verdict.ok:
            self.broken.append(f"verify: {verdict.why} at {verdict.first_broken}")
        self.broken += [f"figures: {cell}" for cell in check()]
        judgement = judge(notes)
        self.acknowledged, self.unanswered = notes.acknowledged, len(notes.unanswered)
        self.lost, self.doubled = list(judgement.lost), list(judgement.doubled)
        self.broken += [*judgement.half, *notes.failed, *(f"answered {each.status}" for each in notes.wrong)]
        self.locked = [line.strip() for line in place.said if any(words in line for words in LOCKED)]
