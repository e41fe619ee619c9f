"""The files of a draft: the README gives their order, each becomes an item, and every link is looked after."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from yupana.domain.instruments.facts import ItemRole
from yupana.domain.instruments.rules import MOST_TITLE
from yupana.foundation.kernel.report import Note
from yupana.foundation.kernel.text import fold, squeeze
from yupana.interfaces.interchange.codes import clipped
from yupana.interfaces.interchange.markdown.blocks import blocks_of
from yupana.interfaces.interchange.markdown.draft import Outline
from yupana.interfaces.interchange.markdown.files import ENDINGS, Files, is_file
from yupana.interfaces.interchange.markdown.lines import Kind

if TYPE_CHECKING:
    from pathlib import Path

    from yupana.interfaces.interchange.markdown.blocks import Node
    from yupana.interfaces.interchange.markdown.grammar import Grammar
    from yupana.interfaces.interchange.markdown.items import Draft

ALIKE = 0.5  # of the words of the shorter of two titles, from where they mean the same part

_LINK = re.compile(r"(!?)\[[^\[\]]*\]\(<?([^()\s<>]++)>?+[^()]*+\)")
_PART = re.compile(r"\[([^\]\n]+)\]\(<?([^()<>\n]+?\.(?:md|markdown))>?(?:\s+\"[^\"\n]*\")?\)", re.IGNORECASE)
_MARK = re.compile(r"\s*(?:[*+-]|\d{1,9}[.)])\s+")
_WORD = re.compile(r"\w+")


class Draughtsman:
    """Reads a draft, part by part, into one outline."""

    def __init__(self, root: Path, grammar: Grammar) -> None:
        self.files = Files(root)
        self.outline = Outline(grammar)
        self._grammar = grammar

    def folder(self, readme: Path) -> None:
        """Read a folder in the order of its README, whose first heading is the title of the whole."""
        nodes = self._nodes(readme, is_index=True)
        if nodes and nodes[0].kind is Kind.HEADING and len(nodes[0].text) <= MOST_TITLE:
            self.outline.title = squeeze(nodes.pop(0).text)
        index = self.files.name(readme)
        self.outline.include = lambda node, above: self._part(node, above) if _file(node) == index else None
        self.outline.take(nodes)
        self._tell_unlisted(readme.parent)

    def single(self, path: Path) -> None:
        """Read one file; its first heading is the title of the whole, and an item."""
        nodes = self._nodes(path)
        first = next((node for node in nodes if node.kind is Kind.HEADING), None)
        self.outline.title = clipped(first.text, MOST_TITLE) if first else ""
        self.outline.take(nodes)

    def _nodes(self, path: Path, *, is_index: bool = False) -> list[Node]:
        text, name = self.files.text(path), self.files.name(path)
        for number, line in enumerate(text.splitlines(), start=1):
            for image, target in () if is_index and _lists_part(line) else _LINK.findall(line):
                self._look_after(f"{name}:{number}", target, path, image=bool(image))
        return blocks_of(text, name, self._is_label, self.outline.mended)

    def _is_label(self, text: str) -> bool:
        hit = self._grammar.find(text)
        return hit is not None and not hit.mended and not hit.longer

    def _part(self, node: Node, above: Draft | None) -> Draft | None:
        """Make an item of a bullet that is a link to a part, and read that part below it."""
        found = _PART.fullmatch(node.text.strip())
        if found is None:
            return None
        axis = above is not None and self._grammar.announces_axes(above.text)
        title = found[1] if squeeze(found[1]) else found[2]
        part = self.outline.add(ItemRole.AXIS if axis else ItemRole.TEXT, node, title, above)
        path = self.files.inside(self.files.root, unquote(found[2]))
        if path is None:
            self._mend(Note(node.where, "markdown-part-outside", found[2]))
        elif not is_file(path):
            self._mend(Note(node.where, "markdown-part-missing", found[2]))
        elif self.files.name(path) in self.files.read:
            self._mend(Note(node.where, "markdown-part-twice", found[2]))
        else:
            nodes = self._nodes(path)
            self.outline.take(self._untitled(part, nodes), part)
        return part

    def _untitled(self, part: Draft, nodes: list[Node]) -> list[Node]:
        """Take away the heading of a part that says again how the README calls it; its wording is kept."""
        if not nodes or nodes[0].kind is not Kind.HEADING or not _alike(part.text, nodes[0].text):
            return nodes
        if not _says(part.text, nodes[0].text):
            part.more["heading"] = squeeze(nodes[0].text)
            self._mend(Note(nodes[0].where, "markdown-title-differs", nodes[0].text))
        return nodes[1:]

    def _look_after(self, where: str, target: str, path: Path, *, image: bool) -> None:
        """List a link that leads nowhere; addresses on the net are left to those who click on them."""
        way = unquote(target.partition("#")[0])
        if not way or re.match(r"[a-z][a-z0-9+.-]*:|//", way, re.IGNORECASE):
            return
        found = self.files.inside(path.parent, way)
        if found is None:
            self._mend(Note(where, "markdown-link-outside", target))
        elif not _exists(found):
            from_root = self.files.inside(self.files.root, way)
            if image:
                self._mend(Note(where, "markdown-image-missing", target))
            elif from_root is not None and _exists(from_root):
                self._mend(Note(where, "markdown-link-from-root", target))
            else:
                self._mend(Note(where, "markdown-link-dead", target))

    def _tell_unlisted(self, root: Path) -> None:
        """List the files beside the parts that the README does not name."""
        folders = {(self.files.root / name).parent for name in self.files.read} | {root.resolve()}
        for folder in sorted(folders):
            for path in sorted(folder.iterdir()):
                if path.suffix.lower() in ENDINGS and path.is_file() and self.files.inside(folder, path.name):
                    name = self.files.name(path)
                    if name not in self.files.read:
                        self.outline.unplaced.append(Note(name, "markdown-part-unlisted", path.stem))

    def _mend(self, note: Note) -> None:
        self.outline.mended.append(note)


def lists_parts(text: str) -> bool:
    """Whether a README lists parts."""
    return any(map(_lists_part, text.splitlines()))


def _lists_part(line: str) -> bool:
    return _PART.fullmatch(_MARK.sub("", line, count=1).strip()) is not None


def _file(node: Node) -> str:
    return node.where.rpartition(":")[0]


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def _says(title: str, heading: str) -> bool:
    """Whether a title says every word of a heading, in its order."""
    return f" {' '.join(_words(heading))} " in f" {' '.join(_words(title))} "


def _alike(one: str, other: str) -> bool:
    words, others = set(_words(one)), set(_words(other))
    return bool(words & others) and len(words & others) >= ALIKE * min(len(words), len(others))
