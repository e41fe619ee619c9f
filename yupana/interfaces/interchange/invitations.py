"""Lists of people to be invited, as files or as cells that somebody pasted from a spreadsheet."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from yupana.domain.people.actions import Faulty
from yupana.domain.people.facts import Invited, Letter
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.text import fold, squeeze
from yupana.interfaces.interchange.tables import parse_table, read_text, required, unescape

if TYPE_CHECKING:
    from pathlib import Path

    from yupana.interfaces.interchange.tables import Record

COLUMNS = {
    "entity": ("entidad", "entity", "código", "code", "cod"),
    "name": ("nombre", "name", "persona", "person"),
    "email": ("correo", "email", "e-mail", "correo electrónico", "mail"),
    "role": ("rol", "role", "función"),
    "letter": ("carta", "letter", "cite", "designación"),
    "letter_on": ("fecha", "fecha de la carta", "date", "letter date", "día"),
}
NEEDED = ("entity", "name", "role")
ROLES = {
    "planificador": Role.ENTITY_PLANNER,
    "planificadora": Role.ENTITY_PLANNER,
    "planificador de la entidad": Role.ENTITY_PLANNER,
    "planner": Role.ENTITY_PLANNER,
    "entity planner": Role.ENTITY_PLANNER,
    "entity-planner": Role.ENTITY_PLANNER,
    "mae": Role.EXECUTIVE,
    "ejecutivo": Role.EXECUTIVE,
    "ejecutiva": Role.EXECUTIVE,
    "alcalde": Role.EXECUTIVE,
    "alcaldesa": Role.EXECUTIVE,
    "executive": Role.EXECUTIVE,
}
_LOCAL_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)


def read_invitations(path: Path) -> list[Invited]:
    """Read a CSV file with headers. Refused with the place of all that cannot be read."""
    return parse_invitations(read_text(path), path.name)


def parse_invitations(text: str, name: str) -> list[Invited]:
    """Read a list; without headers its columns stand in the order of ``COLUMNS``. ``name`` begins every place."""
    first = text.lstrip().partition("\n")[0]
    headed = any(re.search(rf"\b{fold(word)}\b", fold(first)) for word in COLUMNS["name"])
    if not headed:
        separator = next((each for each in ("\t", ";") if each in first), ",")
        text = f"{separator.join(names[0] for names in COLUMNS.values())}\n{text.lstrip()}"
    table = parse_table(text, name)
    found = required(table, COLUMNS, *NEEDED)
    rows, faults = list[Invited](), list[tuple[str, Refused]]()
    for record in table.rows:
        where = f"{name}:{record.line - (not headed)}"
        try:
            rows.append(_row(record, found, where))
        except Refused as refused:
            faults.append((where, refused))
    if faults:
        raise Faulty(faults)
    return rows


def _row(record: Record, found: dict[str, str], where: str) -> Invited:
    said = {field: squeeze(unescape(record.cells[header])) for field, header in found.items()}
    role = said["role"]
    return Invited(
        where=where,
        entity=said["entity"],
        name=said["name"],
        email=said.get("email", ""),
        role=ROLES.get(fold(role), role),
        letter=Letter(said.get("letter", ""), _day(said.get("letter_on", ""))),
    )


def _day(text: str) -> date | None:
    """Read a day as it is written here, 9/3/2026, or in figures alone, 2026-03-09."""
    if not text:
        return None
    local = _LOCAL_DAY.fullmatch(text)
    try:
        if local:
            return date(int(local[3]), int(local[2]), int(local[1]))
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused("invited-day-unreadable", found=text[:40]) from error
