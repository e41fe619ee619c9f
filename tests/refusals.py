"""What the code refuses, read from its source: each refusal's id, and the details that it gives to its sentence."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

REFUSALS = {"Refused", "Forbidden", "Conflict", "Missing"}


def refusals(sources: Iterable[Path]) -> list[tuple[str, set[str]]]:
    """Find each refusal that is raised by a literal id, also by one of two."""
    return [
        (word.value, {str(keyword.arg) for keyword in call.keywords})
        for source in sources
        for call in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in REFUSALS
        for word in ast.walk(call.args[0])
        if isinstance(word, ast.Constant) and isinstance(word.value, str)
    ]


def placeholders(text: str) -> set[str]:
    """Name what a sentence wants to be told."""
    return set(re.findall(r"%\((\w+)\)s", text))
