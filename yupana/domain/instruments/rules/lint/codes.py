"""Codes that stand for two things, items that say the same, and items that went into another and are still there."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from yupana.domain.instruments.facts import ItemRole, OriginKind
from yupana.domain.instruments.rules.lineage import same_by_code
from yupana.domain.instruments.rules.lint.findings import Finding, LintRule
from yupana.domain.instruments.rules.lint.sayings import is_gap
from yupana.domain.instruments.rules.lint.view import parent_of
from yupana.domain.instruments.rules.wording import Shelf, Wording, likeness
from yupana.foundation.kernel.text import fold

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from yupana.domain.instruments.facts import ItemFact
    from yupana.domain.instruments.rules.lint.view import View

NEARLY = 0.9  # how alike two items are that probably say the same
LEAST_WORDS = 4  # telling ones: shorter texts are often alike
_NUMBER = re.compile(r"\d+")


def shared_codes(view: View) -> Iterator[Finding]:
    """Two items of one role whose codes differ in case or accents only, or two roles with one code side by side."""
    first: dict[Hashable, str] = {}
    for item in view.text:
        code = fold(item.row.code)
        others = [first.setdefault(key, item.row.key) for key in ((item.row.role, code), (None, parent_of(item), code))]
        other = next((each for each in others if each != item.row.key), None)
        if other:
            yield Finding(LintRule.CODE_SHARED, item.row.key, {"other": other})


def reused_codes(view: View) -> Iterator[Finding]:
    """A code that stood for something wholly different in the edition before."""
    had = {item.row.key: item for item in view.before}
    for item in view.text:
        old = had.get(item.row.key)
        if old and not same_by_code(Wording.of(old.row.text), Wording.of(item.row.text)):
            yield Finding(LintRule.CODE_REUSED, item.row.key, {"found": old.row.text[:80]})


def merged_but_standing(view: View) -> Iterator[Finding]:
    """An item that others are said to have gone into, one of which is there as itself."""
    standing = {item.lineage: item.row.key for item in view.text}
    for item in view.text:
        merged = [origin.lineage for origin in item.row.origins if origin.kind is OriginKind.MERGE]
        for lineage in dict.fromkeys(merged):
            if lineage in standing and lineage != item.lineage:
                yield Finding(LintRule.MERGED_BUT_STANDING, item.row.key, {"other": standing[lineage]})


def duplicates(view: View) -> Iterator[Finding]:
    """Items of one role that say the same, or nearly."""
    for role in ItemRole:
        if role is not ItemRole.TEXT:
            yield from _twins([item for item in view.text if item.row.role is role])


def _twins(items: Sequence[ItemFact]) -> Iterator[Finding]:
    first: dict[str, ItemFact] = {}
    for item in items:
        if is_gap(item.row.text):
            continue
        wording = Wording.of(item.row.text)
        other = first.setdefault(wording.plain, item)
        if other is not item and wording.size:
            yield Finding(LintRule.DUPLICATE, item.row.key, {"other": other.row.key})
    apart = list(first.values())
    wordings = [Wording.of(item.row.text) for item in apart]
    shelf = Shelf(wordings)
    for at, wording in enumerate(wordings):
        near = next((each for each in shelf.near(wording) if each < at and _nearly(wordings[each], wording)), None)
        if near is not None:
            yield Finding(LintRule.NEAR_DUPLICATE, apart[at].row.key, {"other": apart[near].row.key})


def _nearly(one: Wording, other: Wording) -> bool:
    """Whether two wordings are nearly the same; stages that only their numbers tell apart are not."""
    if min(one.size, other.size) < LEAST_WORDS or likeness(one, other) < NEARLY:
        return False
    numbers = [Counter(_NUMBER.findall(each.plain)) for each in (one, other)]
    return numbers[0] == numbers[1]
