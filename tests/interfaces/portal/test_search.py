"""One box for bodies and for subjects."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import cast as house
from tests.interfaces.portal.stage import State, page, words

if TYPE_CHECKING:
    from django.test import Client


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("abaco", ["Municipio de Ábaco Municipal"]),
        ("contar PROPIO", ["1 · Contar lo propio Plan PLAN, edición 1"]),
        ("valle", ["Gobernación del Valle Departmental"]),
        ("90 respuestas", ["2 · El 90 % de las respuestas llega a tiempo Plan PLAN, edición 1"]),
        ("nada de nada", []),
        ("", []),
    ],
)
def test_bodies_and_lines_are_found_without_accents(client: Client, small: State, typed: str, found: list[str]) -> None:
    shown = page(client, f"/en/buscar/?q={typed}")
    assert [words(line) for line in shown.select(".feed li")] == found


def test_drafts_are_not_found(client: Client, bodies: house.Bodies) -> None:
    house.make_edition(published=False)
    assert page(client, "/en/buscar/?q=contar").select(".feed li") == []


def test_what_was_typed_stays_in_the_box_as_text(client: Client, bodies: house.Bodies) -> None:
    box = page(client, '/buscar/?q="><script>').select_one("#q")
    assert box is not None
    assert box["value"] == '"><script>'


def test_many_bodies_lead_on_to_the_register(client: Client, state: State) -> None:
    link = page(client, "/en/buscar/?q=provincia").select_one("main a[href*='entidades/?q=']")
    assert (words(link), words(page(client, str(link and link["href"])).caption)) == (
        "All 60 in the register",
        "60 in this list",
    )
