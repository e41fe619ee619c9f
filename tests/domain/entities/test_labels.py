"""Every refusal and note of the register, of accounts and of tables has its sentence, in both languages."""

from __future__ import annotations

import ast
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

import pytest
from django.utils.translation import override

import yupana
from yupana.domain.entities.labels import MESSAGES as ENTITIES
from yupana.domain.entities.labels import whom
from yupana.domain.entities.rules import Match, parse_audience
from yupana.domain.people.labels import LABELS
from yupana.domain.people.labels import MESSAGES as PEOPLE
from yupana.foundation.kernel.actor import Role
from yupana.interfaces.interchange.labels import MESSAGES as INTERCHANGE

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(yupana.__file__).parent
ROOMS = {
    "domain/entities": ENTITIES,
    "domain/people": PEOPLE,
    "interfaces/interchange/tables.py": INTERCHANGE,
    "interfaces/interchange/entities.py": INTERCHANGE,
}
REFUSALS = {"Refused", "Forbidden", "Conflict", "Missing"}


def raised(place: Path) -> Iterator[tuple[str, set[str]]]:
    """Return each code that a file or folder refuses with, and the names of the details it gives."""
    for path in [place] if place.is_file() else sorted(place.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in REFUSALS:
                code = node.args[0]
                if isinstance(code, ast.Constant):
                    yield str(code.value), {keyword.arg or "" for keyword in node.keywords}


def placeholders(sentence: str) -> set[str]:
    """Return the names that a sentence asks for, as in %(where)s."""
    return {name for _, name, _, _ in Formatter().parse(sentence.replace("%(", "{").replace(")s", "}")) if name}


CASES = [(room, code, given) for room in ROOMS for code, given in raised(PACKAGE / room)]


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize(("room", "code", "given"), CASES)
def test_every_refusal_has_a_sentence_that_asks_for_no_more_than_it_is_told(
    room: str, code: str, given: set[str], language: str
) -> None:
    with override(language):
        assert placeholders(str(ROOMS[room][code])) - given == set()


def test_there_are_refusals_to_try() -> None:
    assert len(CASES) > 30


@pytest.mark.parametrize(
    "code",
    ["code-duplicated", "branch-contradicts-type", "type-unknown", "level-not-told"],
)
def test_every_note_has_a_sentence_of_its_own(code: str) -> None:
    assert placeholders(str(ENTITIES[code])) == set()


@pytest.mark.parametrize(
    ("code", "details"),
    [
        ("kind-unknown", {"value"}),
        ("territory-unknown", {"value"}),
        ("parent-unknown", {"where", "id", "other"}),
        ("tutelage-unknown", {"where", "id", "other"}),
        ("audience-unreadable", {"position", "found"}),
    ],
)
def test_refusals_whose_code_is_put_together_have_a_sentence(code: str, details: set[str]) -> None:
    assert placeholders(str(ENTITIES[code])) == details


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("all", "every public body"),
        ("level:municipal", "municipal level"),
        ("level:lunar", "lunar level"),
        ('kind:"Empresa" or category:A', "kind “Empresa” or category A"),
        ("code:A-1 or code:B-1 or id:7", "Ábaco, B-1 or 7"),
        ("under:A-1 and territory:LP", "what belongs to Ábaco and in LP"),
        ("all and level:central", "central level"),
        ("all and all", "every public body"),
        ("not level:central", "all except central level"),
        ("level:central and not code:A-1 and not id:7", "central level, except Ábaco or 7"),
        ("level:central and (id:1 or id:2)", "central level and (1 or 2)"),
        ("not (id:1 and id:2)", "all except (1 and 2)"),
        (" or ".join(f"id:{n}" for n in range(9)), "0, 1, 2, 3, 4 and 4 more"),
    ],
)
def test_an_audience_is_said_in_names(expression: str, said: str) -> None:
    with override("en"):
        names = {Match(field, "A-1"): "Ábaco" for field in ("code", "under")}
        assert whom(parse_audience(expression), names) == said


def test_every_role_has_a_label() -> None:
    assert set(LABELS[Role]) == set(Role)
