"""Lists of people as they come: files with headers, cells pasted without."""

from __future__ import annotations

from datetime import date

import pytest

from yupana.domain.people.actions import Faulty
from yupana.domain.people.facts import Invited, Letter
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.errors import Refused
from yupana.interfaces.interchange.invitations import parse_invitations

SISA = ("A-1", "Sisa Quispe", "sisa@a.example", Role.ENTITY_PLANNER, Letter("CITE 7", date(2026, 3, 9)))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("entidad,nombre,correo,rol,carta,fecha\nA-1,Sisa Quispe,sisa@a.example,planificadora,CITE 7,9/3/2026\n", 2),
        ("Rol;Código;Persona;E-mail;CITE;Día\nPLANNER;A-1;Sisa  Quispe;sisa@a.example;CITE 7;2026-03-09", 2),
        ("A-1\tSisa Quispe\tsisa@a.example\tplanificador\tCITE 7\t09.03.2026\n", 1),
        ("\n\nA-1; Sisa Quispe; sisa@a.example; entity_planner; CITE 7; 9-3-2026", 1),
        ("A-1,Sisa Quispe,sisa@a.example,Planner,CITE 7,2026-03-09\n", 1),
    ],
)
def test_a_row_is_read_with_and_without_headers(text: str, line: int) -> None:
    assert parse_invitations(text, "x") == [Invited(f"x:{line}", *SISA)]


def test_what_may_be_left_out_is_empty() -> None:
    assert parse_invitations("A-1;Sisa;;MAE", "x") == [Invited("x:1", "A-1", "Sisa", "", Role.EXECUTIVE, Letter())]


def test_a_role_that_nobody_knows_is_left_to_be_refused_with_its_line() -> None:
    assert parse_invitations("A-1;Sisa;;reina", "x")[0].role == "reina"


@pytest.mark.parametrize("day", ["31/2/2026", "ayer", "2026-13-01", "9/3/26", "0/0/0000"])
def test_a_day_that_is_none_is_named_with_its_line(day: str) -> None:
    with pytest.raises(Faulty) as told:
        parse_invitations(f"A-1;Sisa;;MAE;CITE;2026-03-09\nB-1;Ana;;MAE;CITE;{day}", "x")
    assert [(where, why.code) for where, why in told.value.lines] == [("x:2", "invited-day-unreadable")]


@pytest.mark.parametrize("text", ["nombre,correo\nSisa,x@a.example", 'A-1;"Sisa', "A-1;Sisa;;MAE;;;;más"])
def test_what_is_no_such_list_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        parse_invitations(text, "x")
