"""Links and references that lead nowhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from yupana.domain.instruments.rules.lint.findings import Finding, LintRule
from yupana.domain.instruments.rules.lint.view import texts_of
from yupana.domain.instruments.rules.statements import Statement
from yupana.foundation.kernel.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from yupana.domain.instruments.rules.lint.view import View

# The words by which plans name their own items, folded; data, so that another language only adds its own.
ITEM_WORDS = (
    "ejes?", "lineas?(?: estrategicas?| de accion)?", "objetivos?(?: estrategicos?)?", "lineamientos?", "requisitos?",
    "acciones", "accion", "metas?", "indicador(?:es)?", "axis", "axes", "lines?", "objectives?", "guidelines?",
    "requirements?", "actions?", "targets?", "indicators?",
)  # fmt: skip
ANNEX_WORDS = ("anexos?", "apendices?", "annex(?:es)?", "appendix")
_LINK = re.compile(r"\]\(\s{0,3}<?(?P<found>[^()\s<>]{1,500})")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]{1,20}:|//", re.IGNORECASE)
_NUMBERED = r"(?:n[ro]?[.°º]{0,2} ?)?"
_CODE = r"(?:[a-z]{1,4}-)?\d{1,3}(?:[.-][a-z0-9]{1,4}){0,6}"
_ITEM = re.compile(rf"(?<!\w)(?:{'|'.join(ITEM_WORDS)}) {_NUMBERED}(?P<code>{_CODE})(?![\w%]| %)")
_ANNEX = re.compile(rf"(?<!\w)(?:{'|'.join(ANNEX_WORDS)}) {_NUMBERED}(?P<code>[ivxlc]{{1,6}}|[a-z]|\d{{1,3}})(?!\w)")
_OF_ANOTHER = re.compile(r" (?:de (?:la|los|las)|del?|of the|of) (?=[A-ZÁÉÍÓÚÑ0-9])")  # of a law, of another plan


def dead_links(view: View) -> Iterator[Finding]:
    """A link to a file or an anchor that is not there."""
    there = {_trimmed(ref) for ref in view.known_refs} | {
        f"#{name}" for item in view.text for name in (item.row.code, item.row.key)
    }
    for item in view.text:
        targets = {found["found"]: None for text in texts_of(item) for found in _LINK.finditer(text)}
        for target in targets:
            trimmed = _trimmed(target)
            if not _ELSEWHERE.match(target) and not {trimmed, trimmed.partition("#")[0]} & there:
                yield Finding(LintRule.DEAD_LINK, item.row.key, {"found": target[:120]})


def dead_references(view: View) -> Iterator[Finding]:
    """A word such as "guideline 4.7" or "annex III" for something that no item is called."""
    codes = {fold(item.row.code) for item in view.text}
    titles = [*(item.row.text for item in view.text), *view.known_refs]
    annexes = {found["code"] for title in titles if (found := _ANNEX.match(fold(title[:120])))}
    for item in view.text:
        texts = [Statement.of(text) for text in texts_of(item)]
        dead = [
            *(found for text in texts for found in _dead(_ITEM, text, codes)),
            *(found for text in texts for found in _dead(_ANNEX, text, annexes) if not found[-1].islower()),
        ]
        for said in dict.fromkeys(dead):
            yield Finding(LintRule.DEAD_REFERENCE, item.row.key, {"found": said})


def _dead(pattern: re.Pattern[str], text: Statement, there: Collection[str]) -> Iterator[str]:
    """Yield what is called by a code that is not there; not what belongs to another text, nor a name of itself."""
    for found in pattern.finditer(text.plain):
        named = found.start() == 0 and text.plain[found.end() : found.end() + 1] in (":", ".")
        if found["code"] not in there and not named and not _OF_ANOTHER.match(text.said, found.end()):
            yield text.said[found.start() : found.end()]


def _trimmed(target: str) -> str:
    return re.sub(r"^(?:\.{1,2}/)+", "", target)
