"""An edition laid out to be read: cut into pages of a page's worth between its branches, and as an outline.

What is published stays as it is, and so do its pages: they are counted in characters and depend on nothing else.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from yupana.interfaces.tags import reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import TypeVar

    from yupana.domain.instruments.public import Node, Told

    T = TypeVar("T")

MOST = 24_000  # characters of a page
AROUND = 250  # characters' worth of what stands around each item
LONG = 600  # characters of a statement that is shown as a text of its own, below its beginning
LONG_NORMS = 2_400  # characters of norms that are
ROWS = 100  # of an outline


@dataclass(frozen=True, slots=True)
class Piece:
    """An item on a page, or a part of one that is longer than a page. ``text`` None: all that explains it."""

    node: Node
    depth: int
    first: bool = True
    text: str | None = None
    plain: bool = False


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is not torn apart; ``cost`` in characters, ``opens`` where a branch of the root begins."""

    pieces: tuple[Piece, ...]
    cost: int
    opens: bool


def is_long(node: Node) -> bool:
    """Whether an item has to be read before pages can be laid out."""
    return len(node.text) > LONG or node.length > MOST


def pages(nodes: Iterable[Node], long: Mapping[int, Told]) -> tuple[tuple[Piece, ...], ...]:
    """Lay a tree out in pages: whole branches where they fit; ``long`` tells what long items say, by id."""
    found: list[list[Piece]] = [[]]
    cost = 0
    for node in nodes:
        for unit in _units(node, 0, long):
            if found[-1] and (cost + unit.cost > MOST or (unit.opens and cost > MOST // 2)):
                found.append([])
                cost = 0
            found[-1] += unit.pieces
            cost += unit.cost
    return tuple(tuple(page) for page in found)


def page_number(laid: Sequence[Sequence[Piece]], item: int) -> int:
    """Find the page, counted from 1, on which an item begins."""
    return next(at for at, page in enumerate(laid, 1) if any(piece.node.id == item for piece in page))


def pieces_of(node: Node, depth: int, told: Told | None) -> tuple[Piece, ...]:
    """Cut one item into parts of a page's worth; one part where it fits, whose text is read when it is shown."""
    if not is_long(node) or told is None:
        return (Piece(node, depth),)
    texts = [(True, node.text)] * (len(node.text) > LONG) + [(False, told.body)] * bool(told.body)
    texts += [(True, told.legal_basis)] * (len(told.legal_basis) > LONG_NORMS)
    parts = [(plain, part) for plain, text in texts for part in cut(text, MOST)]
    return tuple(Piece(node, depth, not at, part, plain) for at, (plain, part) in enumerate(parts))


def cut(text: str, most: int) -> list[str]:
    """Cut Markdown between its paragraphs, lists and tables; inside one only where it alone is too long."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # as Markdown counts lines
    starts = sorted({token.map[0] for token in reader().parse(text) if token.map and not token.level})
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    blocks = ["".join(lines[a:b]) for a, b in zip([0, *starts[1:]], [*starts[1:], len(lines)], strict=True)]
    return _packed([part for block in blocks for part in _torn(block, most)], most)


def outline(nodes: Sequence[Node], most: int = ROWS) -> tuple[Node, ...] | None:
    """Leave out the lower floors of a tree that has more items than a reader takes in; None where the first has."""
    deepest = _floors(nodes, most)
    return None if deepest is None else tuple(_down_to(node, deepest) for node in nodes)


def shallow(rows: Sequence[T], depth: Callable[[T], int], most: int) -> Sequence[T]:
    """Leave out the lower floors of a tree that is told as rows; its beginning where the first has too many."""
    counts = Counter(map(depth, rows))
    total = kept = 0
    for floor in sorted(counts):
        total += counts[floor]
        if total > most and kept:
            break
        kept = floor + 1
    return [row for row in rows if depth(row) < kept][:most]


def flat(nodes: Iterable[Node], depth: int = 0) -> Iterator[tuple[Node, int]]:
    """Yield a tree in reading order, each item with how deep it stands."""
    for node in nodes:
        yield node, depth
        yield from flat(node.children, depth + 1)


def _floors(nodes: Sequence[Node], most: int) -> int | None:
    counts = Counter(depth for _, depth in flat(nodes))
    total = 0
    for depth in sorted(counts):
        total += counts[depth]
        if total > most:
            return depth - 1 if depth else None
    return len(counts)


def _down_to(node: Node, floors: int) -> Node:
    return replace(node, children=tuple(_down_to(each, floors - 1) for each in node.children) if floors else ())


def _units(node: Node, depth: int, long: Mapping[int, Told]) -> Iterator[_Unit]:
    branch = [Piece(each, at) for each, at in flat([node], depth)]
    whole = sum(_cost(piece.node) for piece in branch)
    if whole <= MOST and not any(is_long(piece.node) for piece in branch):
        yield _Unit(tuple(branch), whole, not depth)
        return
    for piece in pieces_of(node, depth, long.get(node.id)):
        cost = _cost(node) if piece.text is None else AROUND + len(piece.text)
        yield _Unit((piece,), cost, not depth and piece.first)
    for child in node.children:
        yield from _units(child, depth + 1, long)


def _cost(node: Node) -> int:
    return AROUND + len(node.text) + node.length


def _torn(block: str, most: int) -> Iterator[str]:
    """Yield what fits of a block that is too long, up to a line's end or a space where there is one."""
    while len(block) > most:
        end = max(block.rfind("\n", 1, most), 0) or max(block.rfind(" ", 1, most), 0) or most
        yield block[:end]
        block = block[end:]
    yield block


def _packed(parts: Iterable[str], most: int) -> list[str]:
    packed = [""]
    for part in parts:
        if packed[-1] and len(packed[-1]) + len(part) > most:
            packed.append("")
        packed[-1] += part
    return packed
