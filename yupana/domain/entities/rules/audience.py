"""Audiences: a small language over level, kind, branch, code, id, territory and category, read into a plain tree.

    all
    level:municipal and not territory:LP
    (kind:"Empresas Públicas" or under:G-05) and not id:42

``not`` binds before ``and``, ``and`` before ``or``. Spanish words are read as well. Kept is the English; `spoken` says
it to a reader in either language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from yupana.domain.entities.rules.levels import LEVELS, level_code
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_CHARACTERS = 20_000
MOST_MATCHES = 1000
MOST_NESTED = 40

FIELDS = {
    "level": "level",
    "nivel": "level",
    "kind": "kind",
    "tipo": "kind",
    "under": "under",
    "bajo": "under",
    "code": "code",
    "codigo": "code",
    "id": "id",
    "territory": "territory",
    "territorio": "territory",
    "category": "category",
    "categoria": "category",
}
WORDS = {
    "all": "all",
    "todas": "all",
    "todos": "all",
    "and": "and",
    "y": "and",
    "e": "and",
    "or": "or",
    "o": "or",
    "u": "or",
    "not": "not",
    "no": "not",
}
_SPANISH = {
    "all": "todas",
    "and": "y",
    "or": "o",
    "not": "no",
    "level": "nivel",
    "kind": "tipo",
    "under": "bajo",
    "code": "codigo",
    "territory": "territorio",
    "category": "categoria",
    "departmental": "departamental",
    "indigenous": "indigena",
    "university": "universidad",
}
_TOKEN = re.compile(
    r'\s*(?:(?P<mark>[()])|(?P<field>[^\W\d_]+)\s*:\s*(?P<value>"(?:[^"\\]|\\.)*"|[^\s()"]+)|(?P<word>\w++)(?!\s*:))',
    re.DOTALL,
)
_BARE = re.compile(r"[^\s()\"]+")


class AudienceError(Refused):
    """The expression cannot be read: ``position`` counts from 1, ``found`` is what stands there ("" at the end)."""

    def __init__(self, position: int, found: str) -> None:
        super().__init__("audience-unreadable", position=position, found=found)
        self.position = position
        self.found = found


@dataclass(frozen=True, slots=True)
class All:
    """Every body."""

    def __str__(self) -> str:
        return "all"


@dataclass(frozen=True, slots=True)
class Match:
    """Bodies of which one field has a value; ``under`` is the body named and everything below it."""

    field: str
    value: str

    def __str__(self) -> str:
        if _BARE.fullmatch(self.value):
            return f"{self.field}:{self.value}"
        quoted = self.value.replace("\\", "\\\\").replace('"', '\\"')
        return f'{self.field}:"{quoted}"'


@dataclass(frozen=True, slots=True)
class Not:
    """Bodies outside another audience."""

    inner: Audience

    def __str__(self) -> str:
        return f"not {_grouped(self.inner)}"


@dataclass(frozen=True, slots=True)
class And:
    """Bodies in all of two or more audiences."""

    parts: tuple[Audience, ...]

    def __str__(self) -> str:
        return " and ".join(map(_grouped, self.parts))


@dataclass(frozen=True, slots=True)
class Or:
    """Bodies in any of two or more audiences."""

    parts: tuple[Audience, ...]

    def __str__(self) -> str:
        return " or ".join(map(_grouped, self.parts))


Audience: TypeAlias = All | Match | Not | And | Or


def parse_audience(text: str) -> Audience:
    """Read an expression; AudienceError says where it stops making sense, or that it is too long or too deep."""
    if len(text) > MOST_CHARACTERS:
        raise AudienceError(MOST_CHARACTERS + 1, text[MOST_CHARACTERS:][:20])
    tokens = list(_tokens(text))
    if len(tokens) > 2 * MOST_MATCHES + 2 * MOST_NESTED:
        raise AudienceError(tokens[2 * MOST_MATCHES].position, tokens[2 * MOST_MATCHES].found)
    parser = _Parser(tokens, len(text) + 1)
    audience = parser.any_of(0)
    parser.finish()
    return audience


def matches_of(audience: Audience) -> Iterator[Match]:
    """Yield every match in the tree, from left to right."""
    if isinstance(audience, Match):
        yield audience
    elif isinstance(audience, Not):
        yield from matches_of(audience.inner)
    elif isinstance(audience, (And, Or)):
        for part in audience.parts:
            yield from matches_of(part)


def spoken(audience: Audience, language: str) -> str:
    """Write an audience in the words of a reader, "es" or any other for English; read back, it means the same.

    Only the words of the language of audiences change, and the levels: what names a body, kind or territory stays.
    """
    if isinstance(audience, Match):
        level = level_code(audience.value) if audience.field == "level" else None
        value = _word(level, language) if level else audience.value
        return str(Match(_word(audience.field, language), value))
    if isinstance(audience, All):
        return _word("all", language)
    if isinstance(audience, Not):
        return f"{_word('not', language)} {_group(audience.inner, language)}"
    joined = f" {_word('and' if isinstance(audience, And) else 'or', language)} "
    return joined.join(_group(part, language) for part in audience.parts)


def spoken_levels() -> str:
    """Name every level as an audience may, in both languages where they differ."""
    return ", ".join(code if code == _word(code, "es") else f"{_word(code, 'es')} / {code}" for code in _LEVELS)


_LEVELS = tuple(level.code for level in LEVELS)


def _word(word: str, language: str) -> str:
    return _SPANISH.get(word, word) if language == "es" else word


def _group(audience: Audience, language: str) -> str:
    said = spoken(audience, language)
    return f"({said})" if isinstance(audience, (And, Or)) else said


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # "(", ")", "all", "and", "or", "not" or "match"
    position: int
    found: str
    match: Match | None = None


def _tokens(text: str) -> Iterator[_Token]:
    at, end = 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        start = at + len(text[at:]) - len(text[at:].lstrip())
        if not match:
            raise AudienceError(start + 1, text[start : start + 20])
        found = match[0].strip()
        yield _token(match, start + 1, found)
        at = match.end()


def _token(match: re.Match[str], position: int, found: str) -> _Token:
    if match["mark"]:
        return _Token(match["mark"], position, found)
    if match["word"]:
        kind = WORDS.get(fold(match["word"]))
        if kind is None:
            raise AudienceError(position, found)
        return _Token(kind, position, found)
    field, value = FIELDS.get(fold(match["field"])), match["value"]
    if value.startswith('"'):
        value = re.sub(r"\\(.)", r"\1", value[1:-1], flags=re.DOTALL)
    if field is None or not value:
        raise AudienceError(position, found)
    return _Token("match", position, found, Match(field, value))


class _Parser:
    """Recursive descent: or > and > not > match, all, parentheses."""

    def __init__(self, tokens: list[_Token], end: int) -> None:
        self.tokens, self.at, self.end = tokens, 0, end

    def any_of(self, nested: int) -> Audience:
        parts = [self.all_of(nested)]
        while self._take("or"):
            parts.append(self.all_of(nested))
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def all_of(self, nested: int) -> Audience:
        parts = [self.one(nested)]
        while self._take("and"):
            parts.append(self.one(nested))
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def one(self, nested: int) -> Audience:
        token = self._take("not") or self._take("(") or self._take("all") or self._take("match")
        if token is None or nested > MOST_NESTED:
            raise self._error(token)
        if token.kind == "not":
            return Not(self.one(nested + 1))
        if token.kind == "(":
            inner = self.any_of(nested + 1)
            if not self._take(")"):
                raise self._error()
            return inner
        return token.match or All()

    def finish(self) -> None:
        """Refuse what is left over."""
        if self.at < len(self.tokens):
            raise self._error()

    def _take(self, kind: str) -> _Token | None:
        if self.at < len(self.tokens) and self.tokens[self.at].kind == kind:
            self.at += 1
            return self.tokens[self.at - 1]
        return None

    def _error(self, token: _Token | None = None) -> AudienceError:
        if token is None and self.at < len(self.tokens):
            token = self.tokens[self.at]
        return AudienceError(token.position, token.found) if token else AudienceError(self.end, "")


def _grouped(audience: Audience) -> str:
    return f"({audience})" if isinstance(audience, (And, Or)) else str(audience)
