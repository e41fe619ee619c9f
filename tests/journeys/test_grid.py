"""A plan written in its grid: by keys and blocks, by two people at once, over a bad line, and without a script."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import NARROW, WIDE, too_wide, violations
from tests.cast import (
    ROWS,
    Cast,
    make_call,
    make_draft,
    make_edition,
    make_entities,
    make_people,
    make_person,
    obligation_of,
)
from yupana.domain.commitments.models import Activity
from yupana.foundation.kernel.actor import Role

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from tests.browser import Visitor


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """The cast with a second planner of entity A, Quilla, in front of an open call."""
    cast = make_people(make_entities())
    cast.people["quilla"], _ = make_person("quilla", (Role.ENTITY_PLANNER, cast.a))
    make_edition()
    return cast


def begun(cast: Cast, *rows: object) -> str:
    """A draft of entity A; returns where it is written."""
    owed = obligation_of(make_call(), cast.a)
    make_draft(cast.inti, owed, rows or ROWS)  # type: ignore[arg-type] # rows of a plan
    return f"/en/desk/plan/{owed.pk}/"


def kept(*fields: str) -> list[tuple[object, ...]]:
    return list(Activity.objects.order_by("row").values_list("row", *fields))


def saved(page: Page) -> None:
    expect(page.locator("#state")).to_contain_text("Saved", timeout=10_000)
    expect(page.locator(".waits")).to_have_count(0, timeout=10_000)


def cell(name: str) -> str:
    return f'[name="{name}"]'


def paste(page: Page, name: str, block: str) -> None:
    """Put a block of a sheet into a cell, as Ctrl+V does."""
    page.focus(cell(name))
    page.evaluate(
        """(block) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", block);
            const told = { clipboardData, bubbles: true, cancelable: true };
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", told));
        }""",
        block,
    )


def test_a_plan_is_written_with_the_keyboard_alone(visitor: Visitor, cast: Cast) -> None:
    visitor.sign_in(cast.people["inti"])
    page = visitor.open(begun(cast))
    page.locator(cell("1.item")).select_text()  # as after coming by Tab
    page.keyboard.press("ArrowDown")
    expect(page.locator(cell("2.item"))).to_be_focused()
    for text in ("2", "Sumar con los vecinos", "Finanzas", "Sumas", "3", "1234"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    saved(page)
    assert kept("item__code", "name", "responsible", "target", "budget_cents")[1] == (
        *(2, "2", "Sumar con los vecinos", "Finanzas", "3", 123_400),
    )
    # What was written is shown as it is kept; below, nothing is left to answer.
    expect(page.locator(cell("2.budget"))).to_have_value("1.234,00")
    expect(page.locator("#lines .tag.good")).to_have_count(2, timeout=10_000)
    # Enter goes down a column, and over a cell that is only passed, typing writes anew.
    page.focus(cell("1.target"))
    page.keyboard.press("Enter")
    expect(page.locator(cell("2.target"))).to_be_focused()
    page.keyboard.type("4")
    page.keyboard.press("Control+s")
    saved(page)
    page.reload()
    assert page.input_value(cell("2.target")) == "4"


def test_a_block_of_a_sheet_fills_cells_and_adds_rows(visitor: Visitor, cast: Cast) -> None:
    visitor.sign_in(cast.people["inti"])
    page = visitor.open(begun(cast))
    paste(page, "1.name", 'Uno\tUnidad A\n"Dos\nlíneas"\tUnidad B\n=1+1\tUnidad C\nCuatro\t\n')
    saved(page)
    told = [(1, "Uno", "Unidad A"), (2, "Dos\nlíneas", "Unidad B"), (3, "=1+1", "Unidad C"), (4, "Cuatro", "")]
    assert kept("name", "responsible") == told
    # A second block is taken back with one key.
    paste(page, "1.name", "mal\tmal\nmal\tmal")
    page.keyboard.press("Control+z")
    saved(page)
    assert kept("name", "responsible") == told
    # A whole sheet comes in at once, over rows that are not there yet.
    paste(page, "5.name", "\n".join(f"Fila {number}\tUnidad" for number in range(5, 405)))
    saved(page)
    assert kept("name", "responsible")[4:] == [(number, f"Fila {number}", "Unidad") for number in range(5, 405)]


def test_two_people_write_one_plan_at_once_and_both_see_what_happened(visitor: Visitor, cast: Cast) -> None:
    where = begun(cast, ROWS[0], replace(ROWS[0], row=2))
    visitor.sign_in(cast.people["inti"])
    first = visitor.open(where)
    visitor.sign_in(cast.people["quilla"])
    second = visitor.open(where, width=NARROW)
    # In different cells nobody is stopped.
    first.fill(cell("1.name"), "Lo escribió Inti")
    saved(first)
    second.fill(cell("1.target"), "9")
    saved(second)
    assert kept("name", "target")[0] == (1, "Lo escribió Inti", "9")
    # In the same cell the second sees both and chooses.
    second.fill(cell("1.name"), "Lo escribió Quilla")
    expect(second.locator("#state")).to_contain_text("Somebody else changed the same")
    assert "Lo escribió Inti" in second.locator("#row-1 .msg").inner_text()
    assert (violations(second), too_wide(second), kept("name")[0]) == ([], False, (1, "Lo escribió Inti"))
    second.click("text=Keep mine")
    saved(second)
    assert kept("name")[0] == (1, "Lo escribió Quilla")
    # One takes the row out that the other is writing in.
    first.goto(f"{where}filas/2/quitar/")
    first.click("text=Take it out")
    second.fill(cell("2.target"), "77")
    expect(second.locator("#row-2 .msg")).to_contain_text("Somebody took this row out.")
    assert kept("target") == [(1, "9")]
    second.click("text=Put it back")
    saved(second)
    assert kept("name", "target")[1] == (2, "Contar los granos", "77")


def test_a_line_that_is_cut_in_the_middle_of_a_save_loses_nothing(visitor: Visitor, cast: Cast) -> None:
    visitor.sign_in(cast.people["inti"])
    page = visitor.open(begun(cast))
    # The answer is lost on the way although what was sent arrived.
    page.route("**/celdas/", lambda route: (route.fetch(), route.abort())[1])
    page.fill(cell("2.name"), "Escrito sin respuesta")
    expect(page.locator("#state")).to_contain_text("No connection")
    page.fill(cell("2.target"), "5")
    page.fill(cell("1.budget"), "mil")
    expect(page.locator(".waits")).to_have_count(3)
    page.unroute("**/celdas/")
    page.context.set_offline(True)
    page.context.set_offline(False)
    expect(page.locator("#row-1 .error")).to_contain_text("cannot be read", timeout=15_000)
    expect(page.locator(".waits")).to_have_count(1)
    assert kept("name", "target") == [(1, "Contar los granos", "100"), (2, "Escrito sin respuesta", "5")]
    # Without any line it waits in this browser, over a reload, until there is one.
    page.route("**/celdas/", lambda route: route.abort())
    page.fill(cell("1.budget"), "2000")
    page.fill(cell("3.name"), "Escrito sin red")
    expect(page.locator("#state")).to_contain_text("No connection")
    page.reload()
    assert (page.input_value(cell("1.budget")), page.input_value(cell("3.name"))) == ("2000", "Escrito sin red")
    page.unroute("**/celdas/")
    page.reload()
    saved(page)
    assert kept("name", "budget_cents")[::2] == [(1, "Contar los granos", 200_000), (3, "Escrito sin red", None)]
    visitor.complaints.clear()  # the browser complains that there was no network


def test_two_tabs_lose_nothing_of_each_other(visitor: Visitor, cast: Cast) -> None:
    where = begun(cast)
    visitor.sign_in(cast.people["inti"])
    first = visitor.open(where)
    second = first.context.new_page()
    second.goto(first.url)
    first.route("**/celdas/", lambda route: route.abort())
    first.fill(cell("1.name"), "Escrito sin red")
    first.fill(cell("2.name"), "Fila nueva sin red")
    expect(first.locator("#state")).to_contain_text("No connection")
    first.fill(cell("2.target"), "22")
    first.fill(cell("3.name"), "Otra sin red")
    second.fill(cell("1.responsible"), "Desde otra pestaña")
    second.fill(cell("2.name"), "Fila de otra pestaña")
    saved(second)
    first.close()
    third = second.context.new_page()
    third.goto(second.url)
    expect(third.locator("#grid th a")).to_have_count(4, timeout=15_000)
    saved(third)
    assert kept("name", "responsible", "target") == [
        (1, "Escrito sin red", "Desde otra pestaña", "100"),
        (2, "Fila de otra pestaña", "", ""),
        (3, "Fila nueva sin red", "", "22"),
        (5, "Otra sin red", "", ""),
    ]
    assert third.evaluate("localStorage.length") == 0
    visitor.complaints.clear()  # the browser complains that there was no network


def test_two_people_add_rows_at_once_and_each_keeps_their_own(visitor: Visitor, cast: Cast) -> None:
    where = begun(cast)
    visitor.sign_in(cast.people["inti"])
    first = visitor.open(where)
    visitor.sign_in(cast.people["quilla"])
    second = visitor.open(where)
    paste(first, "2.name", "Inti dos\tA\nInti tres\tB")
    saved(first)
    paste(second, "2.name", "Quilla dos\tC\nQuilla tres\tD")
    expect(second.locator("#grid th a")).to_have_count(3, timeout=10_000)
    second.fill(cell("4.target"), "44")
    second.fill(cell("5.target"), "55")
    saved(second)
    assert kept("name", "responsible", "target")[1:] == [
        (2, "Inti dos", "A", ""),
        (3, "Inti tres", "B", ""),
        (4, "Quilla dos", "C", "44"),
        (5, "Quilla tres", "D", "55"),
    ]
    # Numbers that go up one after the other, and past a row that is still being written, mix nothing.
    held: list[Route] = []
    first.route("**/celdas/", lambda route: held.append(route), times=1)  # noqa: PLW0108 (a builtin takes no attribute, which Playwright sets)
    paste(first, "4.name", "Inti cuatro\tE\nInti cinco\tF\nInti seis\tG")
    expect(first.locator("#state")).to_contain_text("saving")
    first.fill(cell("7.name"), "Inti siete")
    first.fill(cell("5.target"), "cinco")
    held[0].continue_()
    saved(first)
    assert kept("name", "responsible", "target")[5:] == [
        (6, "Inti cuatro", "E", ""),
        (7, "Inti cinco", "F", "cinco"),
        (8, "Inti seis", "G", ""),
        (10, "Inti siete", "", ""),
    ]
    shown = [[first.input_value(cell(f"{number}.{name}")) for name in ("name", "target")] for number in (6, 7, 8, 10)]
    assert shown == [["Inti cuatro", ""], ["Inti cinco", "cinco"], ["Inti seis", ""], ["Inti siete", ""]]


def test_a_paste_says_what_no_cell_takes(visitor: Visitor, cast: Cast) -> None:
    visitor.sign_in(cast.people["inti"])
    page = visitor.open(f"{begun(cast)}?cols=all", width=NARROW)
    paste(page, "1.medium", "Consultoría rara\tContar todo")
    expect(page.locator("#state")).to_contain_text("Saved", timeout=10_000)
    expect(page.locator(cell("1.name"))).not_to_have_class("waits", timeout=10_000)
    expect(page.locator("#state")).to_contain_text("Left out, for no cell takes it (1): Row 1 “Consultoría rara”")
    expect(page.locator("#row-1 .error")).to_contain_text("Consultoría rara")
    assert (violations(page), too_wide(page)) == ([], False)
    page.goto(page.url.partition("?")[0])
    paste(page, "1.target", "5\t1000\tPROYECTO\t\tOTRO")
    saved(page)
    expect(page.locator("#state")).to_contain_text("(2): Row 1 “PROYECTO”, Row 1 “OTRO”")
    assert kept("medium", "name", "target", "budget_cents") == [(1, "project", "Contar todo", "5", 100_000)]


def test_without_a_script_the_same_page_is_a_form(visitor: Visitor, cast: Cast) -> None:
    where = begun(cast)
    visitor.sign_in(cast.people["inti"])
    page = visitor.open(where, width=NARROW, scripts=False)
    stale = visitor.open(where, width=NARROW, scripts=False)
    page.fill(cell("1.name"), "Contar cada grano")
    page.fill(cell("2.name"), "Sumar")
    page.click("#grid button")
    assert "Saved." in page.locator(".messages").inner_text()
    stale.fill(cell("1.name"), "Contar")
    stale.click("#grid button")
    assert "stored now" in stale.locator("#row-1").inner_text()
    stale.click("#grid button")
    assert kept("name") == [(1, "Contar"), (2, "Sumar")]
    visitor.complaints.clear()  # the browser complains about the 409, which is the right answer


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_every_view_is_accessible_and_fits_the_screen(visitor: Visitor, cast: Cast, width: int) -> None:
    where = begun(cast)
    visitor.sign_in(cast.people["inti"])
    found = {}
    for view in ("", "?cols=all", "?cols=periods", "filas/1/"):
        page = visitor.open(where + view, width=width)
        found[view] = (violations(page), too_wide(page))
    assert {view: fault for view, fault in found.items() if fault != ([], False)} == {}
