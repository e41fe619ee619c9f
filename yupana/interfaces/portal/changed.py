"""One change of an item in words: what it was and what it is, marked word by word."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yupana.domain.instruments.facts import item_key
from yupana.domain.instruments.public import Node, Told
from yupana.domain.instruments.rules.changes import ChangeKind
from yupana.domain.instruments.rules.marks import Mark, Piece, words
from yupana.interfaces.portal import said
from yupana.interfaces.words import label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from yupana.domain.instruments.facts import ItemFact
    from yupana.domain.instruments.rules.changes import Change

AROUND = 90  # characters that are shown beside a change
MOST = 4_000  # characters of one text in a list of changes
TITLE = 160
TEXTS = {
    "text": gettext_lazy("Statement"),
    "body": gettext_lazy("Explanation"),
    "legal_basis": gettext_lazy("Norms"),
}


@dataclass(frozen=True, slots=True)
class Wording:
    """One text before and after as marked pieces; ``cut`` where the rest is left out."""

    name: str
    pieces: tuple[Piece, ...]
    cut: bool


@dataclass(frozen=True, slots=True)
class Value:
    """Something said in a word or two, before and after; "" where it was not said."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Relative:
    """An item that this was split from or merged into: in which edition ("before", "after"), and what it is called."""

    words: str
    side: str
    node: Node


@dataclass(frozen=True, slots=True)
class Changed:
    """A change as it is shown; ``before`` or ``after`` None where the item was not there."""

    kinds: tuple[str, ...]
    before: Node | None
    after: Node | None
    title: str
    wordings: tuple[Wording, ...]
    values: tuple[Value, ...]
    relatives: tuple[Relative, ...]

    @property
    def node(self) -> Node:
        """The item as it is now, else as it was."""
        node = self.after or self.before
        if node is None:
            msg = "a change is about an item"
            raise ValueError(msg)
        return node


def told(change: Change, before: Mapping[str, ItemFact], after: Mapping[str, ItemFact]) -> Changed:
    """Put a change into words; each text is given by lineage and by key, for what stands around it."""
    old, new = change.before, change.after
    shown = new or old
    return Changed(
        kinds=tuple(label(kind) for kind in ChangeKind if kind in change.kinds),
        before=_node(old) if old else None,
        after=_node(new) if new else None,
        title=Truncator(shown.row.text).chars(TITLE) if shown else "",
        wordings=tuple(wordings(old, new)),
        values=tuple(_values(change, before, after)),
        relatives=tuple(_relatives(change, before, after)),
    )


def wordings(old: ItemFact | None, new: ItemFact | None) -> Iterator[Wording]:
    """Mark each text that was changed; of an item that came or left its statement alone."""
    for field in TEXTS:
        one, two = (getattr(item.row, field) if item else "" for item in (old, new))
        is_whole = old is None or new is None
        if one != two and (not is_whole or field == "text"):
            yield wording(field, words(one, two))


def wording(field: str, pieces: Sequence[Piece], around: int = AROUND, most: int = MOST) -> Wording:
    """Shorten a marked text to what a reader of a list takes in."""
    shown = tuple(shortened(pieces, around))
    kept = tuple(first(shown, most))
    return Wording(str(TEXTS[field]), kept, sum(map(_length, kept)) < sum(map(_length, shown)))


def shortened(pieces: Sequence[Piece], around: int) -> Iterator[Piece]:
    """Leave out the middle of what was kept, but for what stands beside a change."""
    for at, piece in enumerate(pieces):
        head = piece.text[:around] if at else ""
        tail = piece.text[-around:] if at + 1 < len(pieces) else ""
        is_long = piece.mark is Mark.KEPT and len(piece.text) > len(head) + len(tail) + around
        yield replace(piece, text=f"{head} […] {tail}".strip("\n")) if is_long else piece


def first(pieces: Iterable[Piece], most: int) -> Iterator[Piece]:
    """Yield pieces up to so many characters."""
    for piece in pieces:
        if most <= 0:
            return
        yield replace(piece, text=piece.text[:most])
        most -= len(piece.text)


def cost(change: Change) -> int:
    """Tell how many characters a change takes at most where it is shown."""
    pairs = [[getattr(item.row, field) if item else "" for item in (change.before, change.after)] for field in TEXTS]
    return sum(min(MOST, len(one) + len(two)) for one, two in pairs if one != two)


def _length(piece: Piece) -> int:
    return len(piece.text)


def _values(change: Change, before: Mapping[str, ItemFact], after: Mapping[str, ItemFact]) -> Iterator[Value]:
    old, new = change.before, change.after
    if old is None or new is None:
        return
    pairs = [(_("Number"), _called(old), _called(new))]
    if ChangeKind.MOVED in change.kinds:
        pairs.append((_("Stands below"), _above(old, before), _above(new, after)))
    one, two = (dict(said.facts(_node(item), _told(item))) for item in (old, new))
    pairs += [(name, one.get(name, ""), two.get(name, "")) for name in {**one, **two}]
    for name, was, now in pairs:
        if was != now:
            yield Value(name, was, now)


def _relatives(change: Change, before: Mapping[str, ItemFact], after: Mapping[str, ItemFact]) -> Iterator[Relative]:
    for origin in change.origins:
        said_so = _("split from") if origin.kind.value == "split" else _("took in")
        yield Relative(said_so, "before", _node(before[origin.lineage]))
    for heir in change.heirs:
        yield Relative(_("goes on in"), "after", _node(after[heir]))


def _called(item: ItemFact) -> str:
    return f"{label(item.row.role)} {item.row.code}"


def _above(item: ItemFact, text: Mapping[str, ItemFact]) -> str:
    if item.row.parent is None:
        return _("nothing: it stands first")
    found = text[item_key(*item.row.parent)]
    return f"{found.row.code} · {Truncator(found.row.text).chars(80)}"


def _node(item: ItemFact) -> Node:
    row = item.row
    return Node(0, row.role, row.code, row.text, item.weight, item.binds, lineage=item.lineage)


def _told(item: ItemFact) -> Told:
    row = item.row
    return Told(row.body, row.legal_basis, row.due_on, row.audience, row.stake, row.transition, row.target, ())
