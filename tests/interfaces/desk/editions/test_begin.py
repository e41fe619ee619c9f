"""Where drafts begin on the desk: an instrument, its next edition, its cover."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cast import make_edition
from tests.interfaces.desk.desk import Desk, errors, links, text, value
from tests.interfaces.desk.editions.writing import EDIT, begun, tree
from yupana.domain.instruments.models import Edition
from yupana.domain.instruments.queries import edition, heading_of

COVER = {
    "instrument": "PEI",
    "title": "Plan estratégico",
    "kind": "plan",
    "edition": "1",
    "edition_title": "El primero",
}


def test_the_list_leads_to_what_can_be_written(desk: Desk) -> None:
    begun()
    found = links(desk.get("amaru", "instrumentos/"))
    wanted = ("/en/desk/instrumentos/nuevo/", f"/en/desk/{EDIT}", "/en/desk/instrumentos/PLAN/1/siguiente/")
    assert [each in found for each in wanted] == [True] * 3


def test_the_next_edition_begins_as_a_copy(desk: Desk) -> None:
    where = "instrumentos/PLAN/1/siguiente/"
    page = desk.get("amaru", where)
    response = desk.post("amaru", where, code="2", title="Plan 2")
    assert (value(page, "code"), value(page, "title"), response["Location"]) == (
        "2",
        "Plan PLAN, edición 1",
        f"/en/desk/{EDIT}",
    )
    assert tree() == tree("1")


@pytest.mark.parametrize(("code", "status"), [("1", 409), ("a b", 422), ("", 422), ("x" * 21, 422)])
def test_a_code_that_cannot_be_is_shown_again(desk: Desk, code: str, status: int) -> None:
    response = desk.post("amaru", "instrumentos/PLAN/1/siguiente/", code=code, title="Plan 2")
    assert (response.status_code, value(response, "title"), Edition.objects.count()) == (status, "Plan 2", 1)


def test_an_instrument_begins_empty(desk: Desk) -> None:
    response = desk.post("amaru", "instrumentos/nuevo/", **COVER)
    held = edition("PEI/1")
    assert (response["Location"], heading_of(held).title, held.items.count()) == (
        "/en/desk/instrumentos/PEI/1/editar/",
        "Plan estratégico",
        0,
    )


def test_an_instrument_that_is_there_is_told(desk: Desk) -> None:
    response = desk.post("amaru", "instrumentos/nuevo/", **{**COVER, "instrument": "PLAN"})
    assert (response.status_code, "begin its next edition instead" in errors(response)[0]) == (409, True)


# --- the cover -----------------------------------------------------------------------------------------------------
def cover(desk: Desk, where: str, **changed: Any) -> Any:  # noqa: ANN401 - fields by name, a response
    page = desk.get("amaru", where)
    names = ("title", "kind", "edition_title", "legal_basis", "seen")
    held = {name: value(page, name) for name in names if f'name="{name}"' in page.content.decode()}
    return desk.post("amaru", where, **{**held, **changed})


def test_the_cover_of_a_draft_that_follows_another_has_its_own_title_and_basis(desk: Desk) -> None:
    begun()
    where = f"{EDIT}portada/"
    response = cover(desk, where, edition_title="Otro", legal_basis="D.S. 1\r\nD.S. 2", title="Ajeno")
    held = heading_of(edition("PLAN/2"))
    assert (response["Location"], held.edition_title, held.legal_basis, held.title) == (
        f"/en/desk/{EDIT}",
        "Otro",
        "D.S. 1\nD.S. 2",
        "Plan PLAN",
    )


def test_before_anything_is_published_title_and_kind_can_be_changed(desk: Desk) -> None:
    make_edition("OTRO", published=False)
    cover(desk, "instrumentos/OTRO/1/editar/portada/", title="Nuevo", kind="guía")
    held = heading_of(edition("OTRO/1"))
    assert (held.title, held.kind) == ("Nuevo", "guía")


def test_two_covers_at_once_lose_nothing(desk: Desk) -> None:
    begun()
    where = f"{EDIT}portada/"
    seen = value(desk.get("amaru", where), "seen")
    cover(desk, where, legal_basis="Suya")
    response = cover(desk, where, legal_basis="Mía", seen=seen)
    assert (response.status_code, value(response, "legal_basis"), "stored now Suya" in text(response)) == (
        409,
        "Mía",
        True,
    )
    again = desk.post("amaru", where, edition_title="x", legal_basis="Ambas", seen=value(response, "seen"))
    assert (again.status_code, edition("PLAN/2").legal_basis) == (302, "Ambas")
