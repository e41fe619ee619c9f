"""Headings, paragraphs and bullets of a text, each bullet below the one that it is indented under."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.report import Note
from yupana.interfaces.interchange.markdown.lines import TAB, Kind, lines_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from yupana.interfaces.interchange.markdown.lines import Line

MOST_DEPTH = 40  # bullets below bullets; no plan is nested deeper, and whatever reads it walks that deep
WIDEST_STEP = 6  # columns from a bullet to the one below it: a tab, or as wide as a number


@dataclass(slots=True, eq=False)
class Node:
    """A heading, a paragraph, a bullet or code, with the bullets below it. ``loose``: a blank line stands before it."""

    kind: Kind
    where: str
    level: int
    mark: str
    lines: list[str]
    loose: bool
    children: list[Node] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What it says, line by line as it was written."""
        return "\n".join(self.lines)

    @property
    def is_bullet(self) -> bool:
        """Whether it is an element of a list."""
        return self.kind is Kind.BULLET


def blocks_of(text: str, name: str, is_label: Callable[[str], bool], mended: list[Note]) -> list[Node]:
    """Read the blocks of a text; Refused where bullets are nested deeper than anybody reads.

    ``is_label`` tells a text that begins with a label, which begins a block even in the middle of a paragraph.
    """
    page = _Page(is_label, mended)
    for line in lines_of(text, name, is_label, mended):
        page.take(line)
    return page.blocks


def written(nodes: Iterable[Node], depth: int = 0) -> Iterator[str]:
    """Write nodes as Markdown again, a line each, bullets indented by four."""
    margin = " " * TAB * depth
    for node in nodes:
        first, *rest = node.lines
        lead = f"{node.mark} " if node.mark else ""
        yield (margin + lead + first).rstrip()
        yield from ((margin + " " * len(lead) + line).rstrip() for line in rest)
        yield from written(node.children, depth + bool(node.mark))


class _Page:
    """Hangs each line where it belongs."""

    def __init__(self, is_label: Callable[[str], bool], mended: list[Note]) -> None:
        self.blocks: list[Node] = []
        self._is_label = is_label
        self._mended = mended
        self._open: list[Node] = []  # the bullets that the next one may hang on, outermost first
        self._last: Node | None = None  # what an unmarked line goes on with
        self._loose = True

    def take(self, line: Line) -> None:
        """Hang one line."""
        match line.kind:
            case Kind.BLANK:
                self._loose = True
                return
            case Kind.HEADING:
                self._root(line)
                self._last, self._open = None, []
            case Kind.BULLET:
                self._bullet(line)
            case Kind.CODE:
                self._code(line)
            case Kind.UNDERLINE | Kind.RULE:
                self._underline(line)
            case _:
                self._prose(line)
        self._loose = False

    def _root(self, line: Line) -> Node:
        node = Node(line.kind, line.where, line.level, line.mark, [line.text], self._loose)
        self.blocks.append(node)
        return node

    def _bullet(self, line: Line) -> None:
        while self._open and self._open[-1].level >= line.level:
            self._open.pop()
        above = self._open[-1] if self._open else None
        step = line.level - above.level if above else line.level
        if step > (WIDEST_STEP if above else TAB - 1):
            self._mended.append(Note(line.where, "markdown-indent-jump", line.text))
        if len(self._open) >= MOST_DEPTH:
            raise Refused("markdown-too-deep", where=line.where, most=MOST_DEPTH)
        node = Node(line.kind, line.where, line.level, line.mark, [line.text], self._loose)
        (above.children if above else self.blocks).append(node)
        self._open.append(node)
        self._last = node

    def _code(self, line: Line) -> None:
        last = self._last
        if last is not None and last.kind is Kind.CODE:
            last.lines.append(line.text)
            return
        self._last, self._open = self._root(line), []

    def _underline(self, line: Line) -> None:
        """Make a heading of the paragraph above a line of ``===`` or ``---``; below anything else it is a rule."""
        last = self._last if line.kind is Kind.UNDERLINE else None
        if last is not None and last.kind is Kind.PROSE and not self._loose and len(last.lines) == 1:
            last.kind, last.level = Kind.HEADING, line.level
            self._last, self._open = None, []
        else:
            self._root(line).kind = Kind.RULE
            self._last, self._open = None, []

    def _prose(self, line: Line) -> None:
        last = self._last
        labelled = self._is_label(line.text)
        if last is not None and last.kind in (Kind.PROSE, Kind.BULLET) and not self._loose and not labelled:
            last.lines.append(line.text)
            return
        inside = [node for node in self._open if node.level < line.level]
        if inside and not labelled and inside[-1].is_bullet:
            inside[-1].lines += ["", line.text]
            self._open, self._last = inside, inside[-1]
            return
        self._last = self._root(line)
        self._open = [self._last] if labelled else []
