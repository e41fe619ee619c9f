"""The radar of duplicate initiatives: activities of different bodies that look alike, and what was said of them.

What is compared is what was handed in, which never changes: the last comparisons are remembered in the process.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from yupana.domain.commitments import likenesses, policy
from yupana.domain.commitments.rules.likeness import WHOLE, Alike, Told, alike, opened
from yupana.domain.commitments.rules.rows import Likeness as Verdict
from yupana.domain.instruments.models import Item
from yupana.domain.obligations.models import Obligation
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.errors import Forbidden
from yupana.foundation.kernel.share import Share
from yupana.foundation.kernel.text import fold
from yupana.foundation.ledger.models import Erasure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yupana.domain.commitments.likenesses import Row
    from yupana.domain.commitments.models import Activity, Likeness
    from yupana.domain.obligations.models import Call
    from yupana.foundation.kernel.actor import Actor

_WORD = re.compile(r"\w+")
REMEMBERED = 2  # comparisons
MOST = 50_000  # rows that a page compares; more take minutes, which the console has


@dataclass(frozen=True, slots=True)
class Pair:
    """Two activities as they are shown. ``share`` is how alike, ``words`` what both say, ``said`` all that was said.

    ``more``: pairs of the same two plans that are less alike. ``settled`` is the last word, None: nobody spoke.
    """

    first: Activity
    second: Activity
    share: Share
    words: tuple[str, ...]
    more: int
    said: tuple[Likeness, ...]

    @property
    def rows(self) -> tuple[Activity, Activity]:
        """Return both."""
        return self.first, self.second

    @property
    def settled(self) -> Likeness | None:
        """Return the last word."""
        return self.said[-1] if self.said else None

    @property
    def speakable(self) -> bool:
        """Whether something can be said of it: not of what was set aside as another kind of plan."""
        states = {row.submission.state for row in self.rows}
        return State.MISFILED.value not in states


@dataclass(frozen=True, slots=True)
class Line:
    """A pair that is not read yet, by the places of its two in the order of all rows, and how many follow it."""

    pair: Alike
    more: int = 0


class Radar:
    """Activities of some calls compared with each other, for the authority alone. ``own``: of one body, too.

    ``everything``: also what was set aside as another kind of plan, whatever was said of it.
    """

    def __init__(self, actor: Actor, calls: Sequence[Call], *, own: bool = False, everything: bool = False) -> None:
        if not policy.can_compare(actor):
            raise Forbidden("role-missing")
        self._calls = tuple(sorted(call.pk for call in calls))
        self._owed = Obligation.objects.filter(call__in=self._calls)
        versions = likenesses.compared(self._owed, misfiled=everything).order_by("pk")
        self._own, self._everything = own, everything
        told = list(versions.values_list("pk", "entry__leaf_hash"))
        self._versions = tuple(pk for pk, _ in told)
        self._seal = sha256(b"".join(bytes(leaf) for _, leaf in told)).digest()

    @cached_property
    def size(self) -> int:
        """How many activities there are to compare; one query."""
        return likenesses.counted(self._versions)

    @cached_property
    def open(self) -> list[Line]:
        """Pairs that nobody spoke about yet, the most alike first; see `rules.likeness.opened`."""
        plans = {at: row.version for at, row in enumerate(self._compared.rows)}
        joined = [pair for pair, said in self._said.items() if said[-1].verdict == Verdict.JOIN]
        unsaid = [pair for pair in self._compared.pairs if (pair.first, pair.second) not in self._said]
        return [Line(each.pair, each.more) for each in opened(unsaid, plans, joined)]

    def between(self, one: int, two: int) -> list[Line]:
        """Every pair of two plans, by their obligations, whether anybody spoke about it or not."""
        rows, wanted = self._compared.rows, {one, two}
        pairs = self._compared.pairs
        return [
            Line(pair) for pair in pairs if {rows[at].place.obligation for at in (pair.first, pair.second)} == wanted
        ]

    def settled(self, verdict: Verdict) -> list[Line]:
        """Pairs of which that was said last, the most alike first; those too that do not look alike any more."""
        found = {(pair.first, pair.second): pair for pair in self._compared.pairs}
        chosen = [pair for pair, said in self._said.items() if said[-1].verdict == verdict]
        lines = [Line(found.get(pair, Alike(*pair, 0, ()))) for pair in chosen]
        return sorted(lines, key=lambda line: (-line.pair.likeness, line.pair.first, line.pair.second))

    def told(self, lines: Sequence[Line]) -> tuple[Pair, ...]:
        """Read some pairs as they are shown; one query."""
        keys = {at: self._compared.rows[at].key for line in lines for at in (line.pair.first, line.pair.second)}
        found = likenesses.shown(keys.values())
        return tuple(
            Pair(
                first=found[keys[line.pair.first]],
                second=found[keys[line.pair.second]],
                share=Share(line.pair.likeness, WHOLE),
                words=_written(line.pair.words, *(found[keys[at]] for at in (line.pair.first, line.pair.second))),
                more=line.more,
                said=tuple(self._said.get((line.pair.first, line.pair.second), ())),
            )
            for line in lines
        )

    @cached_property
    def _compared(self) -> _Compared:
        return _remembered(self._calls, self._versions, self._seal, Erasure.objects.count(), own=self._own)

    @cached_property
    def _said(self) -> dict[tuple[int, int], list[Likeness]]:
        """What was said of pairs that are compared, by the places of their rows, the lower first."""
        if self._everything:
            return {}
        at = {row.place: at for at, row in enumerate(self._compared.rows)}
        told = likenesses.said_within(self._owed)
        return {
            (min(at[one], at[two]), max(at[one], at[two])): said
            for (one, two), said in told.items()
            if one in at and two in at
        }


@dataclass(frozen=True, slots=True)
class _Compared:
    """What was compared, in the order of bodies and rows, so that the same plans make the same pairs; and the pairs."""

    rows: tuple[Row, ...]
    pairs: tuple[Alike, ...]


@lru_cache(maxsize=REMEMBERED)
def _remembered(  # an erasure makes it anew
    calls: tuple[int, ...],
    versions: tuple[int, ...],
    seal: bytes,  # noqa: ARG001 - part of the key: of what was handed in, whatever database it is in
    erased: int,  # noqa: ARG001 - part of the key
    *,
    own: bool,
) -> _Compared:
    """Compare the activities of some versions, or remember what came of it; what they say is not kept."""
    rows = list(likenesses.rows_of(versions))
    told = [Told(at, row.body, row.version, row.name, f"{row.result} {row.indicator}") for at, row in enumerate(rows)]
    asked = Item.objects.filter(edition__calls__in=calls).order_by("pk").values_list("text", flat=True)
    pairs = alike(told, own=own, asked=asked)
    return _Compared(tuple(row._replace(name="", result="", indicator="") for row in rows), tuple(pairs))


def _written(words: Sequence[str], *rows: Activity) -> tuple[str, ...]:
    """Give words back the accents with which the activities write them."""
    said = {
        fold(word): word for row in rows for word in _WORD.findall(f"{row.name} {row.result} {row.indicator}".lower())
    }
    return tuple(said.get(word, word) for word in words)
