"""A draft as its writers see it: the tree in one list, each item with its weight and what is to be looked at."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.utils.functional import cached_property
from django.utils.text import Truncator

from yupana.domain.instruments import queries
from yupana.domain.instruments.facts import NOBODY, ItemRole
from yupana.foundation.kernel.errors import Missing
from yupana.interfaces import words
from yupana.interfaces.desk.editions.findings import Told
from yupana.interfaces.desk.forms.items import read_aloud

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterator, Sequence

    from yupana.domain.instruments.models import Edition, Item
    from yupana.domain.instruments.rules.lint import Finding
    from yupana.interfaces.desk.doors import Visit

MOST_SHOWN = 300  # items; of a longer draft only the branches on the way to the open item are shown
REMEMBERED = 3600  # seconds
WORDS = 60  # characters of a statement that the tree shows


@dataclass(frozen=True, slots=True)
class Line:
    """One item in the tree. ``hidden`` counts what is below it and not shown, ``closes`` the lists that end here."""

    lineage: uuid.UUID
    role: str
    code: str
    words: str
    weight: int
    audience: str
    is_nobody: bool
    is_open: bool
    asides: int
    faults: int
    hidden: int = 0
    opens: bool = False
    closes: tuple[int, ...] = ()


_READ = ("parent_id", "lineage", "role", "code", "text", "body", "legal_basis", "due_on", "audience", "binds", "stake")


def _digest(items: Sequence[Item]) -> str:
    """Tell one text from another by all that it is looked through for."""
    said = [(*(getattr(item, name) for name in _READ), item.target) for item in items]
    return hashlib.sha256(repr(said).encode()).hexdigest()


class Draft:
    """A draft with its items, read once for a page. ``here`` is the open item."""

    def __init__(self, visit: Visit, instrument: str, edition: str, here: uuid.UUID | None = None) -> None:
        self.ref = f"{instrument}/{edition}"
        self.held: Edition = queries.draft(visit.actor, self.ref)
        self.items: list[Item] = list(queries.items(self.held.pk))
        self.asides = list(queries.asides(self.held))
        self.lines = queries.unplaced(self.held).count()
        self.whole = "all" in visit.request.GET
        self.here = next((item for item in self.items if item.lineage == here), None) if here else None

    @property
    def open(self) -> Item:
        """The open item; Missing if there is none."""
        if self.here is None:
            raise Missing("item-unknown", item="")
        return self.here

    @cached_property
    def by_key(self) -> dict[int, Item]:
        """Items by their key."""
        return {item.pk: item for item in self.items}

    @cached_property
    def families(self) -> dict[int | None, list[Item]]:
        """Items by the one above them, in order."""
        found: dict[int | None, list[Item]] = {}
        for item in self.items:
            found.setdefault(item.parent_id, []).append(item)
        return found

    @cached_property
    def weights(self) -> dict[int, int]:
        """What each item would weigh if this were published now."""
        return dict(zip(self.by_key, queries.weights_of(self.items), strict=True))

    @cached_property
    def path(self) -> tuple[Item, ...]:
        """What is above the open item, from the root."""
        found: list[Item] = []
        above = self.here.parent_id if self.here else None
        while above is not None:
            found.append(self.by_key[above])
            above = self.by_key[above].parent_id
        return tuple(reversed(found))

    @property
    def is_folded(self) -> bool:
        """Whether only the branches on the way to the open item are shown."""
        return len(self.items) > MOST_SHOWN and not self.whole

    @cached_property
    def outline(self) -> tuple[Line, ...]:
        """The tree in reading order, with where its lists begin and end."""
        asides = Counter(each.lineage for each in self.asides)
        open_ = {item.pk for item in (*self.path, self.here) if item}
        below = self._below() if self.is_folded else {}
        shown = [item for item in self.items if not self.is_folded or item.parent_id is None or item.parent_id in open_]
        depths = self._depths()
        found = []
        for at, item in enumerate(shown):
            depth = depths[item.pk]
            after = depths[shown[at + 1].pk] if at + 1 < len(shown) else 0
            is_folded = self.is_folded and item.pk not in open_
            found.append(
                Line(
                    lineage=item.lineage,
                    role=words.label(ItemRole(item.role)),
                    code=item.code,
                    words=Truncator(item.text).chars(WORDS),
                    weight=self.weights[item.pk],
                    audience="" if item.audience == NOBODY else read_aloud(item.audience),
                    is_nobody=item.audience == NOBODY,
                    is_open=item is self.here,
                    asides=asides[item.lineage],
                    faults=self.faults[f"{item.role}:{item.code}"],
                    hidden=below.get(item.pk, 0) if is_folded else 0,
                    opens=after > depth,
                    closes=tuple(range(max(0, depth - after))),
                )
            )
        return tuple(found)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What is to be looked at, remembered while the text stays. A long draft is looked through only as a whole."""
        text = f"lint-{self.held.pk}-{_digest(self.items)}"
        known: tuple[Finding, ...] | None = cache.get(text)
        if known is None and (len(self.items) <= MOST_SHOWN or self.here is None):
            known = queries.looked_through(self.held, self.items)
            cache.set(text, known, REMEMBERED)
        return known or ()

    @cached_property
    def faults(self) -> Counter[str]:
        """How many findings each item has, by "role:code"."""
        return Counter(finding.item for finding in self.findings)

    @property
    def here_found(self) -> list[Told]:
        """What is to be looked at in the open item."""
        key = f"{self.open.role}:{self.open.code}"
        return [Told.of(finding) for finding in self.findings if finding.item == key]

    def _depths(self) -> dict[int, int]:
        found: dict[int, int] = {}
        for item in self.items:
            found[item.pk] = 0 if item.parent_id is None else found[item.parent_id] + 1
        return found

    def _below(self) -> dict[int, int]:
        found: dict[int, int] = {}
        for item in reversed(self.items):
            if item.parent_id is not None:
                found[item.parent_id] = found.get(item.parent_id, 0) + 1 + found.get(item.pk, 0)
        return found

    def places(self) -> Iterator[tuple[str, str]]:
        """Each item outside of the open branch, as a choice of where it may go."""
        depths, inside = self._depths(), self._branch()
        for item in self.items:
            if item.pk not in inside:
                indent = "\N{NO-BREAK SPACE}" * 3 * depths[item.pk]
                yield str(item.lineage), f"{indent}{item.code} · {Truncator(item.text).chars(WORDS)}"

    def _branch(self) -> set[int]:
        inside = {self.open.pk}
        for item in self.items:
            if item.parent_id in inside:
                inside.add(item.pk)
        return inside

    def free_code(self, above: Item | None, near: Item | None) -> str:
        """Offer a code that no item has: the next one of its neighbours, or the first below the item above."""
        model = near or next(reversed(self.families.get(above.pk if above else None, [])), None)
        taken = {item.code for item in self.items if model is None or item.role == model.role}
        stem = model.code.rstrip("0123456789") if model else f"{above.code}." if above else ""
        digits = model.code[len(stem) :] if model else ""
        number = int(digits) + 1 if digits.isascii() and digits.isdigit() and len(digits) < 9 else 1  # noqa: PLR2004 - no code counts so far
        if model and not digits:
            stem = f"{above.code}." if above else ""
        while f"{stem}{number}" in taken:
            number += 1
        return f"{stem}{number}"
