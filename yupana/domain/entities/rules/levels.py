"""The level of government of a body: what its type says, else the branch of the register on which it hangs.

Never the depth in the tree: registers nest bodies for many reasons. All wording is data, folded, so that another
State only adds its words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.foundation.kernel.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class LevelName:
    """A level of government, in both languages."""

    code: str
    name_es: str
    name_en: str


CENTRAL, DEPARTMENTAL, MUNICIPAL = "central", "departmental", "municipal"
INDIGENOUS, REGIONAL, UNIVERSITY = "indigenous", "regional", "university"
# A branch that holds every kind of local government, and so contradicts the central level only.
TERRITORIAL = "territorial"

LEVELS = (
    LevelName(CENTRAL, "Central", "Central"),
    LevelName(DEPARTMENTAL, "Departamental", "Departmental"),
    LevelName(MUNICIPAL, "Municipal", "Municipal"),
    LevelName(INDIGENOUS, "Indígena originario campesino (AIOC)", "Indigenous (AIOC)"),
    LevelName(REGIONAL, "Regional", "Regional"),
    LevelName(UNIVERSITY, "Universidad", "University"),
)
_OTHER_NAMES = {"aioc": INDIGENOUS, "indigena": INDIGENOUS, "nacional": CENTRAL, "national": CENTRAL}

# Words that begin somewhere in a type's label, the telling ones first: "Entidad descentralizada municipal" is
# municipal before it is decentralised. A regional company is regional although a ministry may hold it.
TYPE_WORDS = (
    ("universidad", UNIVERSITY),
    ("university", UNIVERSITY),
    ("indigena", INDIGENOUS),
    ("indigenous", INDIGENOUS),
    ("regional", REGIONAL),
    ("departament", DEPARTMENTAL),
    ("department", DEPARTMENTAL),
    ("gobernacion", DEPARTMENTAL),
    ("municip", MUNICIPAL),
    ("alcaldia", MUNICIPAL),
    ("entidad publica", CENTRAL),
    ("entidad desconcentrada", CENTRAL),
    ("institucion publica desconcentrada", CENTRAL),
    ("instituciones publicas descentralizadas", CENTRAL),
    ("institucion publica descentralizada", CENTRAL),
    ("entidad descentralizada", CENTRAL),
    ("institucion de seguridad social", CENTRAL),
    ("empresas publicas", CENTRAL),
    ("empresa publica", CENTRAL),
    ("institucion financiera", CENTRAL),
    ("ministerio", CENTRAL),
    ("ministry", CENTRAL),
    ("viceministerio", CENTRAL),
    ("direccion general", CENTRAL),
    ("organo", CENTRAL),
    ("nacional", CENTRAL),
    ("central", CENTRAL),
)
# Words with which the name of a body or of a group begins.
BRANCH_WORDS = (
    ("universidad", UNIVERSITY),
    ("gobierno autonomo departamental", DEPARTMENTAL),
    ("gobierno autonomo municipal", MUNICIPAL),
    ("gobierno autonomo regional", REGIONAL),
    ("gobierno autonomo indigena", INDIGENOUS),
    ("gobierno indigena", INDIGENOUS),
    ("administracion publica territorial", TERRITORIAL),
    ("entidades territoriales", TERRITORIAL),
    ("administracion publica no financiera", CENTRAL),
    ("administracion central", CENTRAL),
    ("ministerio", CENTRAL),
    ("organo", CENTRAL),
)


def level_code(text: str) -> str | None:
    """Find a level by its code or by its name in either language; None for anything else."""
    folded = fold(text)
    for level in LEVELS:
        if folded in (level.code, fold(level.name_es), fold(level.name_en)):
            return level.code
    return _OTHER_NAMES.get(folded)


def level_of_type(label: str) -> str | None:
    """Read the level from a type's label; None where its words do not say it."""
    words = f" {fold(label)}"
    return next((level for word, level in TYPE_WORDS if f" {word}" in words), None)


def branch_of(names: Iterable[str]) -> str | None:
    """Read a level, or TERRITORIAL, from the first telling name; ``names`` go upwards."""
    for name in names:
        folded = fold(name)
        found = next((level for words, level in BRANCH_WORDS if folded.startswith(words)), None)
        if found:
            return found
    return None


def level_of(type_label: str, names: Sequence[str]) -> str | None:
    """Decide the level: the type's, else that of the first telling name upwards; None where neither says it."""
    branch = branch_of(names)
    return level_of_type(type_label) or (branch if branch != TERRITORIAL else None)


def contradicts(level: str, branch: str | None) -> bool:
    """Whether a body of this level hangs on a branch of another. A university may hang anywhere."""
    if branch is None or UNIVERSITY in (level, branch):
        return False
    return level == CENTRAL if branch == TERRITORIAL else level != branch
