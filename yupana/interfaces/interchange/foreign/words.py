"""What columns are called in plans of this country, and which field each name speaks of."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING

from yupana.domain.commitments.rules import VALUE
from yupana.domain.commitments.rules.dates import MONTHS, ORDINALS, STRETCHES
from yupana.foundation.kernel.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

BETWEEN = " / "
"""What stands between the name of a group of columns and that of one of them."""
SURE = 0.66  # from which a name is believed
_ALIKE, _LONG, _MORE = 0.86, 6, 2  # how alike two words are of which one is misspelt, and how long
_WHOLE, _REST = 0.6, 0.4  # what it weighs that all of a phrase is there, and that nothing else is

# Of several columns that could be one field, the first phrase that fits wins: finer levels of a plan stand first.
NAMES: dict[str, tuple[str, ...]] = {
    "name": (
        *("actividad tarea", "tarea", "nombre actividad", "actividad", "descripcion actividad", "operacion"),
        *("proyecto", "iniciativa", "codigo poa", "accion corto plazo", "codigo accion corto plazo", "nombre"),
        *("activity", "accion", "descripcion"),
    ),
    "item": ("lineamiento", "linea estrategica", "codigo lineamiento", "lineamiento estrategico", "item", "linea"),
    "derives": ("codigo pei", "accion institucional especifica", "accion mediano plazo", "accion pei", "pei"),
    "medium": ("medio", "tipo medio"),
    "responsible": (
        *("unidad responsable", "area responsable", "unidad organizacional", "area organizacional", "responsable"),
        *("instancia responsable", "unidad solicitante", "instancia", "unidad ejecutora", "area unidad", "unidad"),
        "responsible unit",
    ),
    "person": ("cargo responsable", "responsable cargo", "cargo", "puesto"),
    "result": ("resultado esperado", "producto esperado", "resultado", "objeto meta resultado", "expected result"),
    "indicator": ("indicador proceso poa", "indicador poa", "indicador", "indicador proceso", "indicador producto"),
    "unit": ("unidad medida", "medida", "unit"),
    "accumulation": ("acumulacion", "tipo acumulacion"),
    "direction": ("sentido", "tendencia"),
    "baseline": ("linea base", "baseline"),
    "target": ("meta programada", "meta anual", "meta", "alcance meta", "target"),
    "budget": (
        *("presupuesto programado", "presupuesto gasto", "presupuesto", "presupuesto total", "presupuesto bs"),
        *("costo total", "monto", "importe", "monto total", "total bs", "total", "budget"),
    ),
    "starts": ("fecha inicio", "inicio", "fecha inicial", "desde", "start"),
    "ends": ("fecha conclusion", "fecha fin", "fecha final", "fin", "final", "conclusion", "termino", "hasta", "end"),
    "verification": ("medio verificacion", "medios verificacion", "fuente verificacion", "verificacion", "verificable"),
    "notes": ("observaciones", "comentarios", "justificacion", "notas", "notes"),
    "money:category": ("categoria programatica", "estructura programatica", "cat prog", "programatica", "categoria"),
    "money:source": ("fuente financiamiento", "fuente", "fte", "ff"),
    "money:body": ("organismo financiador", "organismo", "org", "of"),
    "money:object": ("objeto gasto", "partida", "partida presupuestaria", "partida gasto"),
    "money:current": ("presupuesto vigente", "vigente"),
    "money:accrued": ("presupuesto ejecutado", "devengado", "ejecutado"),
    "money:year": ("gestion", "ano"),
}
_PHRASES = {field: [frozenset(phrase.split()) for phrase in phrases] for field, phrases in NAMES.items()}
_KNOWN = frozenset(word for phrases in _PHRASES.values() for phrase in phrases for word in phrase)
_SMALL = frozenset(
    [
        *(
            "a",
            "al",
            "con",
            "de",
            "del",
            "e",
            "el",
            "en",
            "la",
            "las",
            "los",
            "n",
            "no",
            "nro",
            "o",
            "para",
            "por",
            "su",
        ),
        *("the", "u", "y"),
    ]
)
_OF_MONEY = re.compile(
    r"\b(?:presupuest\w*|financier[oa]s?|bs|bolivianos|costos?|montos?|recursos|gastos?|devengado)\b"
)
_YEAR = re.compile(r"(?:(?:ano|gestion|meta|programado|programacion)? ?)((?:19|20)\d\d)")
_WORD = re.compile(r"[^\W_]+")
_QUARTER, _HALF, _MONTH = 3, 6, 1
_WIDTHS = {**STRETCHES, "trim": _QUARTER, "sem": _HALF}
_LETTER = {_QUARTER: "Q", _HALF: "S", _MONTH: "M"}


def words_of(text: str) -> tuple[str, ...]:
    """Take the words of a title that say something; numbers alone say nothing."""
    return tuple(word for word in _all_words(text) if word not in _SMALL and not word.isdecimal())


def knows(title: str) -> bool:
    """Whether a text is surely the title of a column."""
    return bool(fields_of(title)) or bool(period_of(title))


@lru_cache(maxsize=2048)
def fields_of(title: str) -> tuple[tuple[float, str], ...]:
    """Say which fields a title may speak of, with how sure that is, the surest first."""
    words = words_of(title)
    meant = frozenset[str]().union(*map(_meant, words))
    found = []
    for field, phrases in _PHRASES.items():
        scores = [
            _WHOLE + _REST * min(1.0, len(phrase) / len(words)) - rank / 200
            for rank, phrase in enumerate(phrases)
            if phrase <= meant
        ]
        if scores and max(scores) >= SURE:
            found.append((max(scores), field))
    return tuple(sorted(found, reverse=True))


def period_of(title: str) -> str:
    """Say for which period a column holds what is programmed ("value:Q1", "value:2026"); empty where for none."""
    if speaks_of_money(title):
        return ""
    last = fold(title.rpartition(BETWEEN)[2])
    year = _YEAR.fullmatch(last)
    if year:
        return f"{VALUE}{year[1]}"
    words = _all_words(last)
    if len(words) == 1 and words[0] in MONTHS:
        return _period(_MONTH, MONTHS[words[0]])
    width = next((_WIDTHS[word] for word in words if word in _WIDTHS), _short_width(words, title))
    numbers = [nth for word in words if (nth := _nth(word))]
    return _period(width, numbers[0]) if width in _LETTER and len(numbers) == 1 else ""


def periods_of(titles: Sequence[str]) -> list[str]:
    """Say for which period each column holds values: by its name, or by its place in a group of 2, 4 or 12."""
    groups: dict[str, list[int]] = {}
    for at, title in enumerate(titles):
        if BETWEEN in title:
            groups.setdefault(title.rpartition(BETWEEN)[0], []).append(at)
    found = [period_of(title) for title in titles]
    for group, places in groups.items():
        width = 12 // len(places) if 12 % len(places) == 0 else 0
        numbers = [_nth(fold(titles[at].rpartition(BETWEEN)[2])) for at in places]
        if width in _LETTER and numbers == [*range(1, len(places) + 1)] and not speaks_of_money(group):
            for at, number in zip(places, numbers, strict=True):
                found[at] = _period(width, number)
    return found


def speaks_of_money(title: str) -> bool:
    """Whether a title says that amounts stand below it."""
    return _OF_MONEY.search(fold(title)) is not None


def _short_width(words: list[str], title: str) -> int:
    """Read "T1" and, below a group that says so, "I"."""
    if len(words) == 1 and re.fullmatch(r"t[1-4]", words[0]):
        return _QUARTER
    group = fold(title.rpartition(BETWEEN)[0])
    named = (
        width for stem, width in (("trimestr", _QUARTER), ("semestr", _HALF), ("mensual", _MONTH)) if stem in group
    )
    return next(named, 0)


def _nth(word: str) -> int:
    digits = re.fullmatch(r"t?(\d{1,2})(?:ro|er|do|to|mo|vo|no|ra|da|ta)?", word)
    return int(digits[1]) if digits else ORDINALS.get(word, 0)


def _period(width: int, number: int) -> str:
    if not 1 <= number <= 12 // width:
        return ""
    return f"{VALUE}{_LETTER[width]}{number:02d}" if width == _MONTH else f"{VALUE}{_LETTER[width]}{number}"


def _all_words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


@lru_cache(maxsize=65536)
def _meant(word: str) -> frozenset[str]:
    """Return the words of our phrases that a word of a title is, in the plural or misspelt."""
    return frozenset(known for known in _KNOWN if _same(known, word))


def _same(one: str, other: str) -> bool:
    """Whether two words are one, in the plural or misspelt; short words that are alike are other words."""
    if one == other or other in (f"{one}s", f"{one}es"):
        return True
    near = one[0] == other[0] and min(len(one), len(other)) >= _LONG and abs(len(one) - len(other)) <= _MORE
    return near and SequenceMatcher(None, one, other).ratio() >= _ALIKE
