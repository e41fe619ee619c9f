"""Departments by name, as filters offer them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.domain.entities.queries import territory_names
from yupana.interfaces.desk.updates.tiles import DEPARTMENTS
from yupana.projections.overviews.applicability import department

if TYPE_CHECKING:
    from collections.abc import Iterable

_NAMES = {known: name for code, (letters, name, *_) in DEPARTMENTS.items() for known in (code, letters)}


def places_of(territories: Iterable[str]) -> list[tuple[str, str]]:
    """Say in which departments some territories lie, each by its code and its name, by name."""
    found = {department(each) for each in territories if each}
    names = _NAMES if found <= _NAMES.keys() else {**territory_names(), **_NAMES}
    return sorted(((code, names.get(code, code)) for code in found), key=lambda place: place[1])
