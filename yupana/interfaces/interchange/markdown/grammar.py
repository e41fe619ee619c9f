"""The labels of plans: what "Lineamiento:" or "**Acciones**:" at the beginning of a text makes of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from yupana.domain.instruments.facts import ItemRole
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.text import fold
from yupana.interfaces.interchange.tables import read_map

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

SHIPPED = Path(__file__).with_name("labels.toml")
FIELDS = frozenset({"body", "legal_basis", "responsible", "due_on"})
SHORTEST_MENDED = 6  # letters of a label in which one mistyped letter is mended
MOST_WORDS = 7  # of a label that begins with a known word
MOST_UNKNOWN = 3  # words of what looks like a label that nobody knows

_BOLD = re.compile(
    r"(?P<mark>\*\*|__)(?P<label>[^*_:\n]{1,60}?)\s*(?::\s*(?P=mark)|(?P=mark)\s*:)\s*(?P<rest>.*)", re.DOTALL
)
_PLAIN = re.compile(r"(?P<label>[^:*_\n]{1,60}?)\s*:(?!//)\s*(?P<rest>.*)", re.DOTALL)
_NUMBERED = re.compile(
    r"(?P<label>[^\d:*_\n]{1,60}?)\s+(?P<number>\d+(?:\.\d+)*)\s*[.)\u2013\u2014-]+\s+(?P<rest>.+)", re.DOTALL
)
_BARE = re.compile(r"(?P<mark>\*\*|__|)(?P<label>[^*_:\n]{1,60})(?P=mark)\.?(?P<rest>)")
_NUMBER = re.compile(r"(?P<label>.*?\D)\s+(?:n[.º°o]*\s*)?(?P<number>\d+(?:\.\d+)*)\.?", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d][\w\s./-]*")


@dataclass(frozen=True, slots=True)
class Label:
    """What a label makes: an item of a role, or a field of the item above it."""

    role: ItemRole | None = None
    field: str = ""
    each: bool = False
    keeps: bool = False
    if_norms: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A label found: as it is written, the number that stood in it, what follows it, and how it should be spelt."""

    label: Label
    written: str
    number: str
    rest: str
    mended: str = ""
    longer: bool = False

    @property
    def says_more(self) -> bool:
        """Whether the label says something that neither a role nor a field can keep."""
        return self.longer or bool(self.number)

    @property
    def whole(self) -> str:
        """The label with its number."""
        return f"{self.written} {self.number}".rstrip()


class Grammar:
    """All labels that a reader knows, in every language at once; the first table that knows a word decides."""

    def __init__(self, tables: Iterable[Mapping[str, Any]], name: str) -> None:
        self._labels: dict[str, Label] = {}
        self._spelt: dict[str, str] = {}
        self._lists: dict[str, ItemRole] = {}
        self._subjects: list[str] = []
        self._norms: list[str] = []
        self._axes: list[str] = []
        for table in tables:
            self._add(table, name)
        norms = "|".join(re.escape(word) for word in self._norms)
        self._norm = re.compile(rf"(?<!\w)(?:{norms})(?!\w)") if norms else None

    def find(self, text: str) -> Hit | None:
        """Find the label with which a text begins, or that it is; None where it has none that is known."""
        for form in (_BOLD, _PLAIN, _NUMBERED, _BARE):
            found = form.fullmatch(text)
            hit = self._hit(found, colon=form in (_BOLD, _PLAIN)) if found else None
            if hit is not None:
                return hit
        return None

    def looks_labelled(self, text: str) -> str:
        """Return what stands before the colon where it is short enough to be meant for a label; "" otherwise."""
        found = _BOLD.fullmatch(text) or _PLAIN.fullmatch(text)
        label = found["label"].strip() if found else ""
        return label if len(label.split()) <= MOST_UNKNOWN and _WORDS.fullmatch(label) else ""

    def list_role(self, heading: str) -> ItemRole | None:
        """Which items the list under a heading holds; None where it is just a list."""
        key = fold(heading).rstrip(":")
        return next((role for word, role in self._lists.items() if _covers(word, key)), None)

    def binds_nobody(self, text: str) -> bool:
        """Whether a guideline speaks of the State itself, so that no body is made responsible by it."""
        return any(re.match(rf"{re.escape(subject)}\b", fold(text)) for subject in self._subjects)

    def says_norms(self, text: str) -> bool:
        """Whether a text speaks of norms."""
        return bool(self._norm and self._norm.search(fold(text)))

    def announces_axes(self, title: str) -> bool:
        """Whether what lies directly below a part of this title are axes."""
        return any(axes in fold(title) for axes in self._axes)

    def _hit(self, found: re.Match[str], *, colon: bool) -> Hit | None:
        written, number = found["label"].strip(), found.groupdict().get("number") or ""
        numbered = _NUMBER.fullmatch(written)
        plain = numbered["label"].strip() if numbered else written
        key = fold(plain)
        label = self._labels.get(key)
        right = "" if label or not colon else self._respelt(key)
        longer = not (label or right) and colon and len(key.split()) <= MOST_WORDS
        label = label or self._labels.get(right) or (self._longer(key) if longer else None)
        if label is None:
            return None
        number = number or (numbered["number"] if numbered else "")
        return Hit(label, plain, number, found["rest"].strip(), self._spelt.get(right, ""), longer)

    def _respelt(self, key: str) -> str:
        """Find the one known label that is a mistyped letter away."""
        if len(key) < SHORTEST_MENDED:
            return ""
        near = {word for word in self._labels if OSA.distance(key, word, score_cutoff=1) <= 1}
        return near.pop() if len(near) == 1 else ""

    def _longer(self, key: str) -> Label | None:
        return next(
            (label for word, label in self._labels.items() if word.endswith("...") and _covers(word, key)), None
        )

    def _add(self, table: Mapping[str, Any], name: str) -> None:
        for entry in _entries(table, "labels", name):
            label = _label(entry, name)
            for word in _words(entry, "words", name):
                self._labels.setdefault(fold(word), label)
                self._spelt.setdefault(fold(word), word)
        for entry in _entries(table, "lists", name):
            role = _role(entry, name)
            for word in _words(entry, "words", name):
                self._lists.setdefault(fold(word), role)
        self._subjects += map(fold, _words(table, "nobody", name))
        self._norms += map(fold, _words(table, "norms", name))
        self._axes += map(fold, _words(table, "axes", name))


def load(path: Path | None = None) -> Grammar:
    """Load the shipped labels, with those of a file of one's own before them, or only that file if it says so."""
    if path is None:
        return _shipped()
    told = read_map(path)
    alone = told.pop("replaces", False) is True
    return Grammar([*_tables(told, path.name), *([] if alone else _tables(read_map(SHIPPED), SHIPPED.name))], path.name)


@cache
def _shipped() -> Grammar:
    return Grammar(_tables(read_map(SHIPPED), SHIPPED.name), SHIPPED.name)


def _covers(word: str, key: str) -> bool:
    """Whether a word of the grammar covers a folded text; folding writes "…" as three points."""
    return key.startswith(word[:-3]) if word.endswith("...") else key == word


def _tables(told: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    for language, table in told.items():
        if not isinstance(table, dict):
            raise Refused("grammar-malformed", where=name, field=language)
        yield table


def _entries(table: Mapping[str, Any], field: str, name: str) -> list[dict[str, Any]]:
    entries = table.get(field, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise Refused("grammar-malformed", where=name, field=field)
    return entries


def _words(entry: Mapping[str, Any], field: str, name: str) -> list[str]:
    words = entry.get(field, [])
    if not isinstance(words, list) or not all(isinstance(word, str) and fold(word) for word in words):
        raise Refused("grammar-malformed", where=name, field=field)
    return words


def _role(entry: Mapping[str, Any], name: str) -> ItemRole:
    try:
        return ItemRole(str(entry.get("role")))
    except ValueError as error:
        raise Refused("grammar-malformed", where=name, field="role") from error


def _label(entry: Mapping[str, Any], name: str) -> Label:
    if "role" in entry:
        return Label(role=_role(entry, name), each=entry.get("each") is True)
    if entry.get("field") not in FIELDS:
        raise Refused("grammar-malformed", where=name, field="field")
    return Label(field=entry["field"], keeps=entry.get("keeps") is True, if_norms=entry.get("if_norms") is True)
