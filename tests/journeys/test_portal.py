"""A citizen on the portal, with a telephone and at a desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser import NARROW, WIDE, faults, too_wide, violations
from tests.cast import PUBLISHED_ON
from tests.interfaces.portal.editions import make_editions
from tests.interfaces.portal.stage import make_state
from yupana.domain.instruments.actions.aligning import import_alignments
from yupana.domain.instruments.facts import AlignmentKind, AlignmentRow
from yupana.foundation.kernel.actor import OPERATOR

if TYPE_CHECKING:
    from tests.browser import Visitor
    from tests.interfaces.portal.stage import State

PAGES = {
    "home": "/",
    "edition": "/planes/PLAN/1/",
    "text": "/planes/DOS/1/texto/",
    "changes": "/planes/DOS/2/cambios/",
    "superseded": "/planes/DOS/1/line/1/",
    "history": "/planes/DOS/2/line/1/historia/",
    "alignment": "/planes/DOS/1/articulacion/?side=there",
    "indicators": "/planes/PLAN/1/indicadores/",
    "branch": "/planes/PLAN/1/axis/1/",
    "item": "/planes/PLAN/1/line/1/",
    "debtors": "/planes/PLAN/1/entidades/?standing=silent",
    "register": "/entidades/",
    "group": "/entidades/cast/2/",
    "body": "/entidades/cast/t0/",
    "why": "/entidades/cast/t0/por-que/PLAN-2018/",
    "verify": "/verificar/",
    "method": "/como-se-cuenta/",
    "search": "/buscar/?q=provincia",
}


@pytest.fixture
def shown(transactional_db: None) -> State:
    """A State that another process can see."""
    made = make_state(towns=8, answering=3)
    make_editions()
    stated = [AlignmentRow("x:1", f"DOS/2#line:{n}", AlignmentKind.CONTRIBUTES, "PLAN/1#line:2") for n in (1, 2, 5)]
    import_alignments(actor=OPERATOR, rows=stated, on=PUBLISHED_ON)
    return made


@pytest.mark.parametrize("language", ["", "/en"])
def test_every_page_is_accessible_and_fits_the_screen(visitor: Visitor, shown: State, language: str) -> None:
    found = {}
    for name, there in PAGES.items():
        page = visitor.open(language + there, width=NARROW)
        found[name] = faults(page)
    assert found == {name: ([], []) for name in PAGES}


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_with_nothing_loaded_yet_the_pages_are_accessible_too(visitor: Visitor, width: int) -> None:
    found = {there: violations(visitor.open(there, width=width)) for there in ("/", "/entidades/", "/verificar/")}
    assert found == {"/": [], "/entidades/": [], "/verificar/": []}


@pytest.mark.parametrize(("there", "title"), [("/nada/", "There is nothing"), ("/?as_of=nada", "The address was not")])
def test_what_cannot_be_shown_is_said_accessibly(visitor: Visitor, shown: State, there: str, title: str) -> None:
    page = visitor.open(f"/en{there}", width=NARROW)
    found = (page.locator("h1").inner_text().startswith(title), violations(page), too_wide(page))
    visitor.complaints.clear()  # the browser complains about the status, which is the right one here
    assert found == (True, [], False)


def test_the_first_step_of_the_keyboard_skips_to_the_content(visitor: Visitor, shown: State) -> None:
    page = visitor.open("/en/")
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    assert (focused, page.evaluate("document.activeElement.id")) == ("Skip to the content", "main")


def test_without_scripts_a_citizen_finds_what_her_town_promised(visitor: Visitor, shown: State) -> None:
    page = visitor.open("/en/", width=NARROW, scripts=False)
    page.get_by_label("Look for your municipality").fill("provincia 001")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Municipio de la Provincia 001").click()
    page.get_by_role("link", name="1 · Contar lo propio").first.click()
    page.get_by_role("link", name="of 11").click()
    assert (page.locator("tbody tr").count(), page.locator("caption").inner_text()) == (3, "3 rows")


def test_another_date_and_another_language_keep_the_page(visitor: Visitor, shown: State) -> None:
    page = visitor.open("/")
    page.get_by_label("Cifras al").fill("2018-06-01")
    page.get_by_role("button", name="Mostrar").click()
    page.get_by_role("link", name="English").click()
    assert (page.url.rpartition("/")[2], page.locator(".lead").inner_text().partition(";")[0]) == (
        "?plan=PLAN%2F1&as_of=2018-06-01",
        "The plan has been put to the public bodies",
    )
