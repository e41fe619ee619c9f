"""The threat model keeps its word: each of its lines names tests, and each of them exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "security.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
LINES = [
    line
    for line in PAGE.read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith(("| ---", "| Tries to", "| Slip"))
]


def defined(path: Path) -> set[str]:
    """The tests that a file defines."""
    tree = ast.parse(path.read_text(encoding="utf-8")) if path.is_file() else ast.Module([], [])
    return {each.name for each in tree.body if isinstance(each, ast.FunctionDef) and each.name.startswith("test_")}


def test_the_page_has_lines() -> None:
    assert len(LINES) > 30


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.split("|")[1].strip()[:60])
def test_a_line_says_what_holds_and_names_tests_that_exist(line: str) -> None:
    _, tried, held, shown, _ = line.split("|")
    named = NAMED.findall(shown)
    assert (bool(tried.strip()), bool(held.strip()), len(named) > 0) == (True, True, True)
    assert [f"{path}::{name}" for path, name in named if name not in defined(ROOT / path)] == []


def test_a_name_that_is_no_test_is_found_out() -> None:
    here = defined(Path(__file__))
    assert ("test_the_page_has_lines" in here, "defined" in here, defined(ROOT / "tests" / "nada.py")) == (
        True,
        False,
        set(),
    )
