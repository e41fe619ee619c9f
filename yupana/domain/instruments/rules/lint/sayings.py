"""What a draft still says and a plan should not: gaps, notes of its editors, actions without a verb."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from yupana.domain.instruments.facts import ItemRole
from yupana.domain.instruments.rules.lint.findings import Finding, LintRule
from yupana.domain.instruments.rules.lint.verbs import without_verb
from yupana.domain.instruments.rules.lint.view import texts_of
from yupana.domain.instruments.rules.statements import Statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yupana.domain.instruments.rules.lint.view import View

MOST_SHOWN = 60  # characters of what gave a fault away
_TO_SAY = r"(?:definir|determinar|confirmar|precisar|establecer)(?:se)?"
_PLACEHOLDER = re.compile(
    rf"\b(?:por|a) {_TO_SAY}(?= ?(?:$|[.,;:)\]*|]))|\bpendientes? de (?:{_TO_SAY}|definicion|confirmacion)\b"
    r"|\bt\.?b\.?[adc]\b|\bto be (?:defined|determined|confirmed|decided|completed)\b|_{4,}+"
)
# Words with which editors speak to each other within brackets.
_ASIDE = (
    r"(?:n(?:ota)?\.? (?:del?|de la) ?e(?:d(?:itor(?:a|es)?)?)?\b|notas? ?:|notas? para\b|ojo\b|explicar\b|revisar\b"
    r"|completar\b|verificar\b|aclarar\b|confirmar\b|ampliar\b|corregir\b|agregar\b|consultar\b|preguntar\b|falta\b"
    r"|editor'?s? note\b|note ?:|check\b|explain\b|verify\b|complete\b)"
)
_NOTES = (
    re.compile(rf"[(\[]{{1,2}}\**{_ASIDE}[^()\[\]]{{0,200}}"),
    re.compile(r"(?:^|[.;:] )(?:ojo|nota|note)\b ?[:!][^.]{0,200}"),
    re.compile(r"\bfalta completar\b[^.]{0,200}"),
    re.compile(r"(?<!anexo )(?<!titulo )(?<!capitulo )(?<!parte )(?<!siglo )(?<!\w)x{3,}+(?!\w)|\?{3,}+"),
)
# Orders to whoever writes on, told by their capitals: "todo" is the Spanish "all", "completar" may be an action.
_ORDER = re.compile(
    r"(?:^|[.;:] |\n)(?:REVISAR|COMPLETAR|VERIFICAR|OJO|PENDIENTE)\b[^.\n]{0,200}"
    r"|\b(?:TODO ?:|FIXME\b)[^.\n]{0,200}|[(\[]TODO\b[^()\[\]\n]{0,200}"
    r"|(?<=\w )Completar (?:con|el|la|los|las)\b[^.\n]{0,200}|\bSugerencia de [A-Z][^.\n]{0,80}"
)
_NAME = re.compile(r"\(([a-z]{4,15})\)\.?$")  # "(javier)" at the end: whom to ask
_NO_NAME = re.compile(r"(?:al|ar|os|as|es|[ai]d[oa]|iv[oa]|ic[oa]|ari[oa]|ble)$")  # so end words that describe


def placeholders(view: View) -> Iterator[Finding]:
    """Something still to be defined."""
    for item in view.text:
        texts = [Statement.of(text) for text in texts_of(item)]
        found = [text.said[one.start() : one.end()] for text in texts for one in _PLACEHOLDER.finditer(text.plain)]
        for said in dict.fromkeys(found):
            yield Finding(LintRule.PLACEHOLDER, item.row.key, {"found": said[:MOST_SHOWN]})


def is_gap(text: str) -> bool:
    """Whether a text only holds the place of something still to be defined."""
    return bool(_PLACEHOLDER.match(Statement.of(text).plain))


def editor_notes(view: View) -> Iterator[Finding]:
    """A word between those who wrote the draft, left in it."""
    for item in view.text:
        found = [note for text in texts_of(item) for note in _notes(text)]
        for said in dict.fromkeys(found):
            yield Finding(LintRule.EDITOR_NOTE, item.row.key, {"found": said[:MOST_SHOWN]})


def _notes(text: str) -> Iterator[str]:
    statement = Statement.of(text)
    for pattern in _NOTES:
        for found in pattern.finditer(statement.plain):
            yield statement.said[found.start() : found.end()].strip(" .;:([")
    yield from (found[0].strip(" .;:([\n") for found in _ORDER.finditer(text))
    name = _NAME.search(statement.said)
    if name and not _NO_NAME.search(name[1]):
        yield name[0]


def empty_texts(view: View) -> Iterator[Finding]:
    """An item that has a place and no words."""
    for item in view.text:
        if item.row.role is not ItemRole.TEXT and not any(map(str.isalnum, item.row.text)):
            yield Finding(LintRule.TEXT_EMPTY, item.row.key)


def verbless_actions(view: View) -> Iterator[Finding]:
    """An action that does not begin with what is to be done."""
    for item in view.text:
        if item.row.role is not ItemRole.ACTION or is_gap(item.row.text):
            continue  # what was never written lacks more than a verb, and was told already
        if word := without_verb(item.row.text):
            yield Finding(LintRule.VERB_MISSING, item.row.key, {"found": word[:MOST_SHOWN]})
