"""Every refusal has its sentence, every value its label, in both languages."""

from __future__ import annotations

import ast
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import polib
import pytest
from django.utils import translation

from yupana.domain.instruments.rules.targets import NOTES
from yupana.domain.obligations.rules import CallState, Standing
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.errors import Conflict, Missing, Refused
from yupana.interfaces import words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from enum import StrEnum

PACKAGE = Path(words.__file__).parent.parent
RAISED = {"Refused", "Forbidden", "Conflict", "Missing"}
NOTED = {"Note"}
# Where the code of a refusal or of a note is not a text of its own but chosen: what it may be.
CHOSEN = {
    "refusal": {"not-reviewer", "own-entity"},
    "date_doubt": {"date-missing", "swap-suspected", "contradicts-cites"},
}


class Site(NamedTuple):
    """One place where something is refused or noted: its codes, and the details it gives (None: not known here)."""

    where: str
    codes: frozenset[str]
    details: frozenset[str] | None
    note: bool


def sites() -> Iterator[Site]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RAISED | NOTED:
                yield _site(f"{path.relative_to(PACKAGE)}:{node.lineno}", node, note=node.func.id in NOTED)


def _site(where: str, call: ast.Call, *, note: bool) -> Site:
    code = call.args[1 if note else 0] if len(call.args) > note else None
    given = {keyword.arg for keyword in call.keywords}
    details = None if note or None in given else frozenset(filter(None, given))
    return Site(where, frozenset(_codes(code)), details, note)


def _codes(code: ast.expr | None) -> set[str]:
    """Every code that an expression may be; empty where that cannot be read from it."""
    if isinstance(code, ast.Constant) and isinstance(code.value, str):
        return {code.value}
    if isinstance(code, ast.IfExp):
        return _codes(code.body) | _codes(code.orelse)
    return CHOSEN.get(code.id, set()) if isinstance(code, ast.Name) else set()


ALL = list(sites())


def test_there_is_something_to_find() -> None:
    assert len({code for site in ALL for code in site.codes}) > 80


def test_every_refusal_and_every_note_has_its_sentence() -> None:
    assert {site.where: code for site in ALL for code in site.codes if code not in words.MESSAGES} == {}


def test_every_sentence_is_given_what_it_names() -> None:
    lacking = [
        f"{site.where} {code}"
        for site in ALL
        for code in site.codes & words.MESSAGES.keys()
        if site.details is not None
        and not any(words.placeholders(str(text)) <= site.details for text in words.MESSAGES[code])
    ]
    assert lacking == []


def test_a_note_names_nothing_that_it_is_not_given() -> None:
    noted = {code for site in ALL if site.note for code in site.codes}
    assert {code for code in noted if all(words.placeholders(str(text)) for text in words.MESSAGES[code])} == set()


# Where a code is put together or handed on: what it may be.
HANDED_ON = {
    "domain/commitments/actions/carrying.py": {
        *("call-asks-no-plan", "call-closed", "carry-unrelated", "carry-into-complement", "carry-would-publish"),
        *("carry-other-kind", "carry-other-year"),
    },
    "domain/commitments/rules/notes.py": {"date-unreadable", "date-ambiguous"},
    "domain/entities/queries/audiences.py": {"kind-unknown", "territory-unknown"},
    "domain/entities/rules/placing.py": {"parent-unknown", "tutelage-unknown"},
    "domain/instruments/queries.py": set(),  # why a line had no place was said when it came in
    "domain/instruments/rules/consultations.py": {"comment-length", "answer-length", "repeal-reason"},
    "domain/instruments/rules/targets.py": set(NOTES.values()),
    "domain/progress/actions/reporting.py": {"row-unsaid", "cause-missing"},
    "domain/progress/rules/typed.py": {"gap-unknown", "cause-unknown"},
    "interfaces/cli/demo/planning.py": set(),  # a reviewer's note, whose words are a person's
    "interfaces/desk/forms/review.py": set(),  # the same
    "interfaces/interchange/tables.py": {"columns-missing", "columns-not-recognised"},
    "interfaces/interchange/instruments/columns.py": {"item-parent-ambiguous", "item-parent-unnamed"},
}


def test_no_code_hides_from_the_tests_above() -> None:
    hidden = {site.where.rpartition(":")[0] for site in ALL if not site.codes}
    assert hidden - HANDED_ON.keys() == set()


@pytest.mark.parametrize("where", sorted(HANDED_ON))
def test_what_is_handed_on_has_its_sentence(where: str) -> None:
    assert HANDED_ON[where] - words.MESSAGES.keys() == set()


def test_every_sentence_is_one() -> None:
    shapeless = [
        code
        for code, texts in words.MESSAGES.items()
        for text in texts
        if not re.fullmatch(r"(?s)[^a-z].*([.?!)»”]|%\(\w+\)s)", str(text))
    ]
    assert shapeless == []


def test_every_code_is_kebab_case() -> None:
    assert [code for code in words.MESSAGES if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)] == []


# --- both languages ------------------------------------------------------------------------------------------------
def spanish() -> dict[str, str]:
    """The Spanish there is, whether it was gathered already or is still in the parts."""
    found = {}
    for path in (PACKAGE / "locale" / "es").rglob("*.po"):
        for entry in polib.pofile(str(path)):
            if entry.msgstr:
                found[entry.msgid] = entry.msgstr
    return found


@pytest.mark.parametrize("code", sorted(words.MESSAGES))
def test_every_sentence_has_its_spanish_with_the_same_names(code: str) -> None:
    known = spanish()
    with translation.override("en"):
        said = [str(text) for text in words.MESSAGES[code]]
    differs = [text for text in said if words.placeholders(text) != words.placeholders(known.get(text, "%(no)s"))]
    assert differs == []


# --- saying --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("refused", "said"),
    [
        (Missing("entity-unknown", ref="X-9"), "X-9"),
        (Conflict("edition-published", edition="A/1"), "A/1 is published and does not change."),
        (Refused("call-not-open-yet", call="C", opens_on=date(2026, 7, 1)), "The call C opens on July 1, 2026."),
        (Refused("code-ambiguous", code="SC-54", candidates=[("a:1", "Uno"), ("a:2", "Dos")]), "a:1 Uno; a:2 Dos"),
    ],
)
def test_a_refusal_is_said_with_its_details(refused: Refused, said: str) -> None:
    with translation.override("en"):
        assert said in words.sentence(refused)


@pytest.mark.parametrize(
    ("details", "begins"),
    [({"where": "x.csv:2", "field": "name", "most": 300}, "x.csv:2"), ({"row": 3, "field": "name"}, "Row 3")],
)
def test_of_two_rooms_with_one_code_the_one_that_was_meant_speaks(details: dict[str, object], begins: str) -> None:
    with translation.override("en"):
        assert words.sentence(Refused("text-too-long", **details)).startswith(begins)


def test_a_value_in_a_sentence_is_said_by_its_label() -> None:
    with translation.override("en"):
        said = words.sentence(Refused("call-expects-unknown", found=CallState.OPEN, known="plan"))
    assert "“open”" in said


def test_what_nobody_can_say_is_a_fault() -> None:
    with pytest.raises(KeyError):
        words.sentence(Refused("nobody-says-this"))


def test_a_note_is_said() -> None:
    with translation.override("en"):
        assert words.why("end-before-start") == "It ends before it starts."


@pytest.mark.parametrize(("value", "said"), [(State.RETURNED, "returned with remarks"), (Standing.LATE, "late")])
def test_a_value_has_its_label(value: StrEnum, said: str) -> None:
    with translation.override("en"):
        assert words.label(value) == said


def test_equal_values_of_two_kinds_keep_their_own_labels() -> None:
    """ "open" is a state of a call and a standing of an obligation, and Spanish tells them apart."""
    assert words.LABELS[CallState] is not words.LABELS[Standing]


@pytest.mark.parametrize("kind", sorted(words.LABELS, key=str))
def test_every_value_of_a_labelled_kind_has_a_label(kind: type[StrEnum]) -> None:
    assert [value for value in kind if not words.label(value)] == []


def test_every_role_is_labelled() -> None:
    assert Role in words.LABELS


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Planes 2026 · 2026-Q1", "Planes 2026 · Q1 2026"),
        ("Planes: 2026-S2, 2026-M3", "Planes: Half 2 of 2026, March 2026"),
        ("POA-2026-2026-Q1", "POA-2026-2026-Q1"),
        ("2026-Q5, 2026-M13, 2026-Q1b", "2026-Q5, 2026-M13, 2026-Q1b"),
        ("2024-2029", "2024-2029"),
    ],
)
def test_a_title_names_periods_as_people_do(title: str, said: str) -> None:
    with translation.override("en"):
        assert words.titled(title) == said
