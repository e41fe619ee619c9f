"""The radar from the console: for people, for programs and for spreadsheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cast import hand_in, make_call, make_edition, make_entities, make_people, obligation_of
from tests.interfaces.desk.desk import row

if TYPE_CHECKING:
    from tests.interfaces.cli.conftest import Yupana

SAME = "Sistema de correspondencia con firma digital"


@pytest.fixture(autouse=True)
def _plans(db: None) -> None:
    cast = make_people(make_entities())
    make_edition()
    call = make_call()
    hand_in(cast.inti, obligation_of(call, cast.a), [row(1, name=SAME), row(2, name="Riego de viveros")])
    hand_in(cast.killa, obligation_of(call, cast.b), [row(1, name="Mapa de rutas"), row(2, name=f"={SAME}")])


def test_people_read_who_says_what_and_which_words(yupana: Yupana) -> None:
    said = yupana("radar", "PLAN-2018")
    first, _head, *_rule, pair = said.out.splitlines()
    assert (said.code, first, "correspondencia" in pair) == (
        0, "Activities compared: 4. Pairs to look at: 1.", True,
    )  # fmt: skip


def test_programs_read_every_cell(yupana: Yupana) -> None:
    told = yupana("radar", "PLAN-2018", "--json").json
    [pair] = told["pairs"]
    assert (told["compared"], told["open"], pair["entity_1"], pair["row_1"], pair["entity_2"], pair["row_2"]) == (
        4, 1, "cast:4", 1, "cast:5", 2,
    )  # fmt: skip


def test_spreadsheets_run_nothing(yupana: Yupana) -> None:
    head, line = yupana("radar", "PLAN-2018", "--csv").out.splitlines()
    assert (head.startswith("likeness,words,more,call_1"), f"'={SAME}" in line) == (True, True)


def test_a_call_that_is_not_there_is_refused(yupana: Yupana) -> None:
    assert yupana("radar", "NADA").code == 1
