"""From a manuscript to our own form of Markdown: a folder with a README and its parts, or one file."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language

from yupana.domain.instruments.facts import NOBODY, Transition
from yupana.domain.instruments.rules import BINDING_ROLES
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.text import fold, squeeze
from yupana.interfaces.interchange.codes import clipped, title_code
from yupana.interfaces.interchange.labels import problem
from yupana.interfaces.interchange.markdown import form
from yupana.interfaces.interchange.markdown.files import ENDINGS, README
from yupana.interfaces.interchange.markdown.own import Stack, is_own, part_names
from yupana.interfaces.interchange.tables import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from yupana.domain.instruments.facts import ItemRole, ItemRow, Manuscript
    from yupana.foundation.kernel.report import Note

MOST_LINK = 80
MOST_SLUG = 40


def write_manuscript(manuscript: Manuscript, target: Path, language: str | None = None) -> tuple[Note, ...]:
    """Write a manuscript into a folder, or into one file where the target ends in ``.md``.

    Returns notes on what the form cannot say; it can say everything, so there are none. ``language`` is that of the
    labels. A folder that holds an earlier export is written anew; any other that is not empty is refused.
    """
    words = form.words().get(language or _spoken()) or form.words()[form.FIRST_LANGUAGE]
    pen = _Pen(words, _binds_said(manuscript))
    try:
        if target.suffix.lower() in ENDINGS:
            text = "\n".join([*_cover(manuscript), *pen.items(manuscript.rows, 2)])
            target.write_bytes(f"{text.rstrip()}\n".encode())
        else:
            _write_folder(manuscript, target, pen)
    except OSError as error:
        raise Refused("markdown-unwritable", where=str(target), problem=problem(error)) from error
    return ()


def _spoken() -> str:
    return (get_language() or "").partition("-")[0]


def _write_folder(manuscript: Manuscript, target: Path, pen: _Pen) -> None:
    _clear(target)
    folder = target / pen.words["folder"]
    folder.mkdir(parents=True, exist_ok=True)
    parts = list(_parts(manuscript.rows))
    digits = max(2, len(str(len(parts))))
    index = []
    for number, rows in enumerate(parts, start=1):
        slug = title_code(rows[0].text, MOST_SLUG).lower()
        path = folder / (f"{number:0{digits}}-{slug}.md" if slug else f"{number:0{digits}}.md")
        path.write_bytes(("\n".join(pen.items(rows, 1)).rstrip() + "\n").encode())
        index.append(f"* [{_link(rows[0])}]({folder.name}/{path.name})")
    (target / README).write_bytes("\n".join([*_cover(manuscript), *index, ""]).encode())


def _clear(target: Path) -> None:
    """Make room in a folder: an earlier export goes, anything else stays and is refused."""
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return
    readme = target / README
    text = read_text(readme) if readme.is_file() else ""
    if not is_own(text):
        raise Refused("markdown-target-occupied", where=str(target))
    for name in part_names(text):
        part = target / name
        if part.resolve().is_relative_to(target.resolve()) and part.is_file() and part.suffix.lower() in ENDINGS:
            part.unlink()


def _parts(rows: Sequence[ItemRow]) -> Iterator[list[ItemRow]]:
    """Divide rows into files: one for each root that holds others; roots without any share one."""
    part: list[ItemRow] = []
    for at, row in enumerate(rows):
        holds = at + 1 < len(rows) and rows[at + 1].parent is not None
        if row.parent is None and part and (holds or part[-1].parent is not None):
            yield part
            part = []
        part.append(row)
    if part:
        yield part


def _link(row: ItemRow) -> str:
    """Say on one line what a part is about, without what would end the link."""
    said = row.text if squeeze(row.text) else row.code
    return clipped(said.replace("[", "(").replace("]", ")"), MOST_LINK) or "-"


def _cover(manuscript: Manuscript) -> Iterator[str]:
    yield form.FENCE
    yield f"{form.MARK}: 1"
    for name, value in asdict(manuscript.heading).items():
        yield f"{name}: {_json(value)}"
    if _binds_said(manuscript):
        yield f"{form.BINDS}: {_json(form.AS_ROLES_DO)}"
    if manuscript.more:
        yield f"more: {_json(manuscript.more)}"
    yield from (form.FENCE, "", f"# {form.in_line(manuscript.heading.title)}", "")


def _binds_said(manuscript: Manuscript) -> bool:
    """Whether every item says whether it binds, as stored ones do: then only the unusual is written."""
    return bool(manuscript.rows) and all(row.binds is not None for row in manuscript.rows)


@dataclass(frozen=True, slots=True)
class _Pen:
    """Writes items in the words of one language."""

    words: dict[str, Any]
    binds_said: bool

    def items(self, rows: Sequence[ItemRow], top: int) -> Iterator[str]:
        """Write items one after another, roots as headings of level ``top``."""
        stack = Stack()
        for row in rows:
            level = min(form.DEEPEST, stack.level_below(row.parent, top))
            above = stack.above(level)
            stack.push(level, (row.role, row.code))
            yield from self._item(row, level, says_parent=above != row.parent)

    def _item(self, row: ItemRow, level: int, *, says_parent: bool) -> Iterator[str]:
        shown = form.CODE.fullmatch(row.code) is not None
        code = f" {row.code}" if shown else ""
        yield f"{'#' * level} {self.words['roles'][row.role]}{code}: {form.in_line(row.text)}".rstrip()
        yield ""
        told = {} if shown else {"code": row.code}
        told |= {"parent": self._parent(*row.parent)} if says_parent and row.parent else {}
        told |= self._fields(row)
        for name, value in told.items():
            yield from self._field(name, value)
        if told:
            yield ""
        if row.body:
            yield from (form.guarded(line) for line in form.in_block(row.body).split("\n"))
            yield ""

    def _field(self, name: str, value: str) -> Iterator[str]:
        label = f"- **{self.words['fields'][name]}:**"
        safe = form.in_block(value)
        if "\n" not in safe and not safe.startswith(("- ", "* ")):
            yield f"{label} {safe}".rstrip()
            return
        yield label
        yield from (f"{form.MARGIN}{line}" if line else "" for line in safe.split("\n"))

    def _fields(self, row: ItemRow) -> dict[str, str]:
        """Say what an item says beyond its usual values."""
        told: dict[str, str | None] = {
            "binds": self._binds(row),
            "legal_basis": row.legal_basis or None,
            "due_on": row.due_on.isoformat() if row.due_on else None,
            "audience": self._audience(row.audience),
            "stake": None if row.stake is None else f"{Decimal(row.stake).scaleb(-2)} %",
            "transition": None if row.transition is Transition.NOW else self.words["values"][row.transition],
            "target": self._target(row),
            "lineage": row.lineage or None,
            "origins": "\n".join(
                f"- {self.words['values'][origin.kind]}: {form.in_line(origin.lineage)}" for origin in row.origins
            )
            or None,
            "more": _json(row.more) if row.more else None,
        }
        return {name: value for name, value in told.items() if value is not None}

    def _binds(self, row: ItemRow) -> str | None:
        usual = self.binds_said and row.binds == (row.role in BINDING_ROLES)
        if row.binds is None or usual:
            return None
        said: str = self.words["values"]["yes" if row.binds else "no"]
        return said

    def _parent(self, role: ItemRole, code: str) -> str:
        return f"{self.words['roles'][role]} {form.in_line(code)}"

    def _audience(self, audience: str) -> str | None:
        if audience == NOBODY:
            said: str = self.words["values"]["nobody"]
            return said
        misread = audience.startswith("\\") or fold(audience) in form.meanings("values")
        return (f"\\{audience}" if misread else audience) or None

    def _target(self, row: ItemRow) -> str | None:
        if row.target is None:
            return None
        told = row.target.plain() | ({"source": self.words["values"][row.target.source]} if row.target.source else {})
        return "\n".join(f"- {self.words['values'][name]}: {form.in_line(str(said))}" for name, said in told.items())


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=_as_plain)


def _as_plain(value: Any) -> object:  # noqa: ANN401 (whatever plain values hold besides those of JSON)
    return dict(value) if hasattr(value, "keys") else value.isoformat() if hasattr(value, "isoformat") else list(value)
