"""Whether a share is one of public entities, and of which: the audience that "50% of public entities" counts over.

Words are data and stand folded, Spanish beside English. What follows the entities decides: where it is a verb the
share is of all of them; where it is a condition, of some that no audience can name.
"""

from __future__ import annotations

import re
from enum import StrEnum

from yupana.domain.entities.rules.levels import CENTRAL, DEPARTMENTAL, INDIGENOUS, MUNICIPAL, REGIONAL, UNIVERSITY


class Basis(StrEnum):
    """What a target is counted over."""

    ENTITIES = "entities"  # a share of the public entities that an audience names
    SOME_ENTITIES = "some-entities"  # a share of entities that meet a condition which no audience can say
    OTHERS = "others"  # a share of something else: people, cases, requests
    THINGS = "things"  # so many of something


# Bodies that have a name of their own, and their levels.
NAMED_BODIES = {
    "etas?|entidades territoriales autonomas|autonomous territorial entities": (
        DEPARTMENTAL,
        MUNICIPAL,
        INDIGENOUS,
        REGIONAL,
    ),
    "gobiernos autonomos departamentales|gads?|gobernaciones|departmental governments": (DEPARTMENTAL,),
    "gobiernos autonomos municipales|gams?|alcaldias|municipal governments": (MUNICIPAL,),
    "gobiernos autonomos indigenas(?: originarios? campesinos?)?|gaiocs?|indigenous governments": (INDIGENOUS,),
    "gobiernos autonomos regionales|regional governments": (REGIONAL,),
    "universidades publicas|public universities": (UNIVERSITY,),
}
LEVEL_WORDS = {
    "central": CENTRAL,
    "nacional": CENTRAL,
    "departamental": DEPARTMENTAL,
    "departmental": DEPARTMENTAL,
    "municipal": MUNICIPAL,
    "indigena": INDIGENOUS,
    "indigenous": INDIGENOUS,
    "regional": REGIONAL,
}
_LEVEL = f"(?:{'|'.join(LEVEL_WORDS)})"
_LEVELS = rf"{_LEVEL}(?:(?:, | y | e | o | and | or ){_LEVEL})*+"
# " of the ...", between the number and what it is a share of
_OF = re.compile(r" ?(?:(?:del total )?de (?:(?:todas|todos) )?(?:(?:las|los) )?|of (?:all )?(?:the )?)")
_NAMED = re.compile("|".join(f"(?P<named{at}>(?:{words}))" for at, words in enumerate(NAMED_BODIES)))
_SPANISH = re.compile(
    r"(?:entidades|instituciones|organismos)(?: publicas| publicos| estatales)?+"
    rf"(?: del? (?:los )?nivel(?:es)? (?:de gobierno )?(?P<levels>{_LEVELS}))?+"
)
_ENGLISH = re.compile(
    rf"(?:(?P<before>{_LEVEL})[ -]level )?+(?:public )?+(?:entities|bodies|institutions)"
    rf"(?: (?:of|at) the (?P<levels>{_LEVELS}) levels?)?+"
)
_OF_THE_STATE = re.compile(r"(?: del? (?:estado|gobierno)(?: plurinacional)?(?: de bolivia)?| of the state)?+(?!\w)")
_SAID_IN_ENGLISH = re.compile(r"\b(?:entities|bodies|institutions|governments|universities)\b")
# What comes next and is no condition. Spanish verbs of many end in -n, adjectives never do.
_SPANISH_VERB = re.compile(r",? (?:ya |no |se |les? |lo )*+(?!(?:con|en|segun|sin|un)\b)[a-z]+n(?!\w)|[.;]? ?$")
_ENGLISH_CONDITION = re.compile(
    r",? (?:that|which|who|whose|where|when|if|with|without|in|of|at|on|by|under|for|from|to|and|or|[a-z]+ing)(?!\w)"
)


def share_of(rest: str) -> tuple[Basis, str]:
    """Read what a share is of from the folded text behind its number: the basis, and for entities their audience."""
    begin = _OF.match(rest)
    if not begin:
        return Basis.OTHERS, ""
    named = _NAMED.match(rest, begin.end())
    found = named or _SPANISH.match(rest, begin.end()) or _ENGLISH.match(rest, begin.end())
    behind = _OF_THE_STATE.match(rest, found.end()) if found else None
    if not found or not behind:
        return Basis.OTHERS, ""
    if _is_condition(rest[behind.end() :], english=bool(_SAID_IN_ENGLISH.search(found[0]))):
        return Basis.SOME_ENTITIES, ""
    return Basis.ENTITIES, _audience(_named_levels(found) if named else _said_levels(found))


def _is_condition(following: str, *, english: bool) -> bool:
    if english:
        return bool(_ENGLISH_CONDITION.match(following))
    return not _SPANISH_VERB.match(following)


def _named_levels(found: re.Match[str]) -> tuple[str, ...]:
    return tuple(NAMED_BODIES.values())[int((found.lastgroup or "").removeprefix("named"))]


def _said_levels(found: re.Match[str]) -> tuple[str, ...]:
    said = " ".join(text for text in found.groupdict().values() if text)
    return tuple(dict.fromkeys(LEVEL_WORDS[word] for word in re.findall(_LEVEL, said)))


def _audience(levels: tuple[str, ...]) -> str:
    return " or ".join(f"level:{level}" for level in levels) or "all"
