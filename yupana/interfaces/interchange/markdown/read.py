"""From Markdown to a manuscript."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from yupana.domain.instruments.facts import Heading, ItemRow, Manuscript
from yupana.domain.instruments.rules import MOST_INSTRUMENT_CODE
from yupana.foundation.kernel.errors import Refused
from yupana.interfaces.interchange.codes import code_like
from yupana.interfaces.interchange.markdown import own
from yupana.interfaces.interchange.markdown.files import ENDINGS, readme_of, text_of
from yupana.interfaces.interchange.markdown.grammar import load
from yupana.interfaces.interchange.markdown.items import audience_of
from yupana.interfaces.interchange.markdown.numbering import codes_for
from yupana.interfaces.interchange.markdown.parts import Draughtsman, lists_parts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from yupana.interfaces.interchange.markdown.files import Files
    from yupana.interfaces.interchange.markdown.grammar import Grammar


def recognises(path: Path) -> bool:
    """Whether a path is a plan in Markdown: one such file, or a folder whose README lists parts."""
    if path.is_file():
        return path.suffix.lower() in ENDINGS
    readme = readme_of(path)
    if readme is None:
        return False
    try:
        text = text_of(readme)
    except Refused:
        return False
    return own.is_own(text) or lists_parts(text)


def read_manuscript(path: Path, grammar: Path | None = None) -> Manuscript:
    """Read the folder or the file at a path; Refused with ``where`` on what cannot be read at all.

    ``grammar`` is a TOML file with labels of one's own. The cover of a draft says a code made from the name of the
    folder or file, and its title.
    """
    readme = readme_of(path) if path.is_dir() else path
    if readme is None:
        raise Refused("markdown-readme-missing", where=path.name)
    labels = load(grammar)
    draughtsman = Draughtsman(readme.parent, labels)
    if own.is_own(text_of(readme)):
        return own.read(readme, draughtsman.files)
    if path.is_dir():
        draughtsman.folder(readme)
    else:
        draughtsman.single(readme)
    name = path.resolve().name if path.is_dir() else path.stem
    return _manuscript(name, draughtsman, labels)


def _manuscript(name: str, draughtsman: Draughtsman, grammar: Grammar) -> Manuscript:
    outline = draughtsman.outline
    codes = codes_for(outline.items, outline.mended)
    rows = tuple(
        ItemRow(
            where=item.where,
            role=item.role,
            code=codes[item],
            text=item.text,
            parent=(item.parent.role, codes[item.parent]) if item.parent else None,
            body=item.body,
            legal_basis=item.legal_basis,
            due_on=item.due_on,
            audience=audience_of(item, grammar),
            more=item.more,
        )
        for item in outline.items
    )
    heading = Heading(code_like(name, MOST_INSTRUMENT_CODE).upper(), outline.title, "", "", "", "")
    order = _order(draughtsman.files)
    mended = sorted(outline.mended, key=lambda note: order(note.where))
    unplaced = sorted(outline.unplaced, key=lambda note: order(note.where))
    return Manuscript(heading, rows, draughtsman.files.digest(), unplaced=tuple(unplaced), mended=tuple(mended))


def _order(files: Files) -> Callable[[str], tuple[int, int]]:
    """Sort places as the files were read, and inside them by line."""
    positions = {name: at for at, name in enumerate(files.read)}

    def key(where: str) -> tuple[int, int]:
        name, _, line = where.rpartition(":")
        return positions.get(name, len(positions)), int(line) if re.fullmatch(r"\d+", line) else 0

    return key
