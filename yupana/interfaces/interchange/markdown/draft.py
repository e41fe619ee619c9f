"""Items made of the blocks of a draft: sections of its headings, and what its labels say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.domain.commitments.rules import Kind as DateKind
from yupana.domain.commitments.rules import read_date
from yupana.domain.instruments.facts import ItemRole
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.report import Note
from yupana.foundation.kernel.text import fold, squeeze
from yupana.interfaces.interchange.markdown.blocks import written
from yupana.interfaces.interchange.markdown.items import HELD_BY_ITEMS, Draft
from yupana.interfaces.interchange.markdown.lines import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from yupana.interfaces.interchange.markdown.blocks import Node
    from yupana.interfaces.interchange.markdown.grammar import Grammar, Hit

MOST_ITEMS = 100_000
_BESIDE = 0.5  # an objective covers what follows it in its section, deeper headings too


class Outline:
    """Reads the blocks of one text after another; items come in the order in which a reader meets them."""

    def __init__(self, grammar: Grammar) -> None:
        self.items: list[Draft] = []
        self.unplaced: list[Note] = []
        self.mended: list[Note] = []
        self.title = ""
        self.include: Callable[[Node, Draft | None], Draft | None] = lambda _node, _above: None
        self._grammar = grammar
        self._sections: list[tuple[float, Draft]] = []
        self._item: Draft | None = None  # which the next field label fills
        self._list: ItemRole | None = None  # what the bullets below a heading are
        self._unknown: set[str] = set()

    def take(self, nodes: Iterable[Node], top: Draft | None = None) -> None:
        """Read blocks below an item, or at the top."""
        before = self._sections, self._item, self._list
        self._sections, self._item, self._list = [(0, top)] if top else [], None, None
        for node in nodes:
            if node.kind is Kind.HEADING:
                self._heading(node)
            else:
                self._block(node, self._above())
        self._sections, self._item, self._list = before

    def add(self, role: ItemRole, node: Node, text: str, parent: Draft | None, number: str = "") -> Draft:
        """Add an item; Refused where there are more than any plan has."""
        if len(self.items) >= MOST_ITEMS:
            raise Refused("markdown-too-many-items", where=node.where, most=MOST_ITEMS)
        if parent is not None:
            parent.full = True
        self.items.append(Draft(role, node.where, squeeze(text), parent, number))
        return self.items[-1]

    def _above(self) -> Draft | None:
        return self._sections[-1][1] if self._sections else None

    # --- headings ---------------------------------------------------------------------------------------------------
    def _heading(self, node: Node) -> None:
        self._item, self._list = None, self._grammar.list_role(node.text)
        if not squeeze(node.text):
            self.unplaced.append(Note(node.where, "markdown-label-empty", "#" * node.level))
            return
        while self._sections and self._sections[-1][0] >= node.level:
            self._sections.pop()
        hit = self._grammar.find(node.text)
        if hit and hit.label.role and hit.rest:
            self._item = self._made(hit, hit.label.role, node, hit.rest)
        self._sections.append((node.level, self._item or self.add(ItemRole.TEXT, node, node.text, self._above())))

    # --- paragraphs and bullets ---------------------------------------------------------------------------------------
    def _block(self, node: Node, parent: Draft | None) -> None:
        hit = self._grammar.find(node.text) if node.kind in (Kind.PROSE, Kind.BULLET) else None
        if hit and hit.label.role:
            self._labelled(node, hit, hit.label.role)
        elif hit and self._item is not None:
            self._field(self._item, node, hit)
        elif node.is_bullet and self._list is not None:
            self._element(node, self._list, parent)
        elif node.is_bullet and self._included(node, parent):
            return
        elif node.is_bullet and self._item not in (None, self._above()) and not node.loose:
            self.mended.append(Note(node.where, "markdown-bullet-stray", node.text))
            self._list_into(self._item, [node])
        else:
            self._prose(node)

    def _included(self, node: Node, parent: Draft | None) -> bool:
        """Read the part that a bullet links to, and the parts listed below it."""
        part = self.include(node, parent)
        if part is None:
            return False
        self._list_into(part, [child for child in node.children if not self._included(child, part)])
        return True

    def _prose(self, node: Node) -> None:
        """Place running text: it explains its section, or stands by itself once the section holds items."""
        if self._item is not self._above():
            self._item = None
        if not squeeze(node.text):
            self._empty(node)
            for child in node.children:
                self._prose(child)
            return
        self._tell_unknown([node] if node.is_bullet else node.children)
        text, above = "\n".join(written([node])), self._above()
        last = self.items[-1] if self.items else None
        if above is not None and not above.full:
            above.say(text, loose=node.loose)
        elif last is not None and last.prose and last.parent is above:
            last.say(text, loose=node.loose)
        elif node.kind is Kind.RULE:
            self.unplaced.append(Note(node.where, "markdown-rule", node.text))
        else:
            item = self.add(ItemRole.TEXT, node, node.text, above)
            item.prose = True
            if node.children:
                item.say("\n".join(written(node.children)))

    # --- labels -------------------------------------------------------------------------------------------------------
    def _labelled(self, node: Node, hit: Hit, role: ItemRole) -> None:
        """Make the item or the items that a label announces."""
        if not node.is_bullet and node.children:
            self.mended.append(Note(node.where, "markdown-bullet-missing", node.text))
        if role is ItemRole.OBJECTIVE and self._sections and self._sections[-1][0] % 1:
            self._sections.pop()
        above = self._item if role in HELD_BY_ITEMS and self._item else self._above()
        if hit.label.each:
            self._each(node, hit, role, above)
            return
        item = self._item = self._made(hit, role, node, hit.rest)
        if role is ItemRole.OBJECTIVE:
            self._sections.append(((self._sections[-1][0] if self._sections else 0) + _BESIDE, item))
        self._children(item, node.children)
        self._check_text(item, hit)

    def _made(self, hit: Hit, role: ItemRole, node: Node, text: str) -> Draft:
        self._tell_mended(node, hit)
        return self._labelled_item(hit, role, node, text, self._above())

    def _labelled_item(self, hit: Hit, role: ItemRole, node: Node, text: str, above: Draft | None) -> Draft:
        """Add an item whose label may say more than its role."""
        item = self.add(role, node, text, above, hit.number)
        if hit.longer:
            item.more["label"] = hit.written
        return item

    def _each(self, node: Node, hit: Hit, role: ItemRole, above: Draft | None) -> None:
        self._tell_mended(node, hit)
        if hit.rest:
            self._labelled_item(hit, role, node, hit.rest, above)
        before = len(self.items)
        for child in node.children:
            self._element(child, role, above)
        if not hit.rest and hit.says_more and len(self.items) > before:
            self.items[before].more["label"] = hit.whole
        if not hit.rest and not node.children:
            self._empty(node)

    def _element(self, node: Node, role: ItemRole, above: Draft | None) -> None:
        """Make an item of one element of a list, and what is below it explains it or fills its fields."""
        hit = self._grammar.find(node.text)
        if hit and hit.label.field and above is not None and above.role is not ItemRole.TEXT:
            self._field(above, node, hit)
            return
        if not squeeze(node.text):
            self._empty(node)
            for child in node.children:
                self._element(child, role, above)
            return
        self._children(self.add(role, node, node.text, above), node.children)

    def _children(self, item: Draft, nodes: Iterable[Node]) -> None:
        """Read what is indented below an item: its fields, its own items, and whatever else explains it."""
        for node in nodes:
            hit = self._grammar.find(node.text)
            if hit and hit.label.role:
                self._below(item, node, hit, hit.label.role)
            elif hit:
                self._field(item, node, hit)
            elif not item.text:
                self.mended.append(Note(node.where, "markdown-text-below", node.text))
                item.text, item.gathers = squeeze(node.text), True
                self._children(item, node.children)
            elif item.gathers and not node.children:
                item.text += f"\n{squeeze(node.text)}"
            else:
                self._list_into(item, [node])

    def _below(self, item: Draft, node: Node, hit: Hit, role: ItemRole) -> None:
        if hit.label.each:
            self._each(node, hit, role, item)
            return
        self._tell_mended(node, hit)
        below = self._labelled_item(hit, role, node, hit.rest, item)
        self._children(below, node.children)
        self._check_text(below, hit)

    def _check_text(self, item: Draft, hit: Hit) -> None:
        if not item.text:
            item.text = hit.written
            item.more.pop("label", None)
            self.mended.append(Note(item.where, "markdown-text-missing", hit.written))

    # --- fields -------------------------------------------------------------------------------------------------------
    def _field(self, item: Draft, node: Node, hit: Hit) -> None:
        """Fill a field of an item; labels below it belong to the item too."""
        self._tell_mended(node, hit)
        label = hit.label
        if label.field == "legal_basis":
            self._norms(item, node, hit)
            return
        plain = [child for child in node.children if not self._grammar.find(child.text)]
        rest = [child for child in node.children if child not in plain]
        if not hit.rest and not node.children:
            self._empty(node)
        elif label.field == "body" or plain:
            self._describe(item, hit, plain)
        elif hit.rest:
            self._fill(item, node, hit)
        self._children(item, rest)

    def _describe(self, item: Draft, hit: Hit, plain: list[Node]) -> None:
        silent = hit.label.field == "body" and not hit.says_more
        said = hit.rest if silent else f"{hit.whole}: {hit.rest}".strip()
        self._tell_unknown(plain)
        text = "\n".join([*([said] if said else []), *written(plain)])
        if text:
            item.say(text)

    def _fill(self, item: Draft, node: Node, hit: Hit) -> None:
        if hit.label.field == "responsible":
            said = f"{hit.whole}: {hit.rest}" if hit.says_more else hit.rest
            held = item.more.get("responsible")
            item.more["responsible"] = f"{held}; {said}" if held else said
            return
        read = read_date(hit.rest, year_one=None)
        if read.kind is DateKind.DAY and item.due_on is None and not hit.says_more:
            item.due_on = read.first
            return
        self.mended.append(Note(node.where, "markdown-deadline-unreadable", hit.rest))
        item.say(f"{hit.whole}: {hit.rest}")

    def _norms(self, item: Draft, node: Node, hit: Hit) -> None:
        """Add norms; a label that says nothing itself is left out, and so is what says nothing below it."""
        kept = [child for child in node.children if not self._says_nothing(child)]
        if not hit.rest and not kept:
            self._empty(node)
            return
        head = f"{hit.whole}: {hit.rest}".rstrip() if hit.label.keeps or hit.says_more else hit.rest
        text = "\n".join([*([head] if head else []), *written(kept)])
        if hit.label.if_norms and not self._grammar.says_norms(text.partition(":")[2]):
            item.say(text)
        else:
            item.bases.append(text)

    def _says_nothing(self, node: Node) -> bool:
        """Whether a bullet is a label without anything behind it; it is listed as such."""
        node.children = [child for child in node.children if not self._says_nothing(child)]
        hit = self._grammar.find(node.text)
        nothing = not node.children and (not squeeze(node.text) or bool(hit and not hit.rest and hit.label.field))
        if nothing:
            self._empty(node)
        return nothing

    # --- notes --------------------------------------------------------------------------------------------------------
    def _list_into(self, item: Draft | None, nodes: list[Node]) -> None:
        self._tell_unknown(nodes)
        if item is not None and nodes:
            item.say("\n".join(written(nodes)), loose=False)

    def _empty(self, node: Node) -> None:
        self.unplaced.append(Note(node.where, "markdown-label-empty", node.text or node.mark))

    def _tell_mended(self, node: Node, hit: Hit) -> None:
        if hit.mended:
            self.mended.append(Note(node.where, "markdown-label-misspelt", f"{hit.written} → {hit.mended}"))

    def _tell_unknown(self, nodes: Iterable[Node]) -> None:
        """List what looks like a label that the grammar does not know, each once."""
        waiting = list(nodes)[::-1]
        while waiting:
            node = waiting.pop()
            waiting += node.children[::-1]
            label = "" if self._grammar.find(node.text) else self._grammar.looks_labelled(node.text)
            if node.is_bullet and label and fold(label) not in self._unknown:
                self._unknown.add(fold(label))
                self.mended.append(Note(node.where, "markdown-label-unknown", label))
