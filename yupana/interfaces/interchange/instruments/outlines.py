"""A list of numbered lines without headers: ``EJE 1<TAB>text``, and below it ``1.1<TAB>text``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from yupana.domain.instruments.facts import ItemRow, Manuscript
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.report import Note
from yupana.foundation.kernel.text import squeeze
from yupana.interfaces.interchange.instruments.words import ROLES, cover_of
from yupana.interfaces.interchange.tables import header_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yupana.domain.instruments.facts import ItemRole
    from yupana.interfaces.interchange.instruments.words import Key

_LINE = re.compile(r"(?:(?P<word>[^\W\d][^\t\d]*?) )?(?P<code>\d+(?:\.\d+)*)\.?\t(?P<text>.*\S.*)")


def recognises(text: str) -> bool:
    """Whether the first line is a number, a tab and a text."""
    return _LINE.fullmatch(text.partition("\n")[0].rstrip("\r")) is not None


def read_outline(text: str, name: str, stem: str, digest: str, roles: Mapping[str, ItemRole]) -> Manuscript:
    """Read numbered lines; ``roles`` says what a word, or the number of a level, means. Other lines are told.

    Refused with file and line where the role of an item, or the item above it, cannot be known.
    """
    words = {**ROLES, **{header_key(word): role for word, role in roles.items()}}
    rows: list[ItemRow] = []
    notes: list[Note] = []
    read: dict[str, Key] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        found, where = _LINE.fullmatch(line.rstrip("\r")), f"{name}:{number}"
        if found is None:
            notes += [Note(where, "line-not-read", squeeze(line))] if line.strip() else []
            continue
        code = found["code"]
        level = str(code.count(".") + 1)
        role = words.get(header_key(found["word"] or level))
        if role is None:
            raise Refused("outline-role-unsaid", where=where, code=squeeze(line.partition("\t")[0]), level=level)
        rows.append(ItemRow(where, role, code, squeeze(found["text"]), _above(code, read, where)))
        read[code] = (role, code)
    return Manuscript(cover_of(stem), tuple(rows), digest, unplaced=tuple(notes))


def _above(code: str, read: Mapping[str, Key], where: str) -> Key | None:
    above = code.rpartition(".")[0]
    if above and above not in read:
        raise Refused("outline-parent-missing", where=where, code=code, parent=above)
    return read.get(above)
