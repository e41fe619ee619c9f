"""Writing the next edition: by keyboard alone, by two people at once, and without a script."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import NARROW, WIDE, faults, too_wide, violations
from tests.cast import Cast, make_edition, make_entities, make_people, make_person
from yupana.domain.instruments.actions import publish, start_edition
from yupana.domain.instruments.models import Aside, Edition, Item, Unplaced
from yupana.domain.instruments.queries import outline_of
from yupana.foundation.kernel.actor import OPERATOR, Role

if TYPE_CHECKING:
    from playwright.sync_api import Dialog, Page

    from tests.browser import Visitor

EDIT = "/en/desk/instrumentos/PLAN/2/editar/"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """The cast with a second planner of the authority, Sinchi, and the plan in force."""
    cast = make_people(make_entities())
    cast.people["sinchi"], _ = make_person("sinchi", (Role.PLANNER, cast.authority))
    make_edition()
    return cast


def begun() -> None:
    start_edition(actor=OPERATOR, ref="PLAN/1", code="2", title="Plan 2")


def tree() -> str:
    """The codes of the draft with what is below each in parentheses."""
    held = Edition.objects.get(instrument__code="PLAN", code="2")
    outline = outline_of(held)
    codes = dict(held.items.values_list("pk", "code"))

    def told(parent: int | None) -> str:
        return " ".join(
            codes[each] + (f"({told(each)})" if outline.family(each) else "") for each in outline.family(parent)
        )

    return told(None)


def line(code: str) -> Item:
    return Item.objects.get(edition__code="2", role="line", code=code)


def saved(page: Page) -> None:
    expect(page.locator("#state")).to_contain_text("saved at")


def shows(page: Page, *codes: str) -> None:
    """Wait until the tree on the screen has these items in this order."""
    expect(page.locator(".tree a b")).to_have_text(list(codes))


def settled(page: Page) -> None:
    page.wait_for_load_state("networkidle")


def test_a_planner_writes_the_next_edition_with_the_keyboard_alone(visitor: Visitor, cast: Cast) -> None:
    visitor.sign_in(cast.people["amaru"])
    page = visitor.open("/en/desk/instrumentos/")
    page.focus("text=Begin the next edition")
    page.keyboard.press("Enter")
    page.wait_for_url("**/siguiente/")
    page.focus("#id_code")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{EDIT}")
    page.focus(".tree a >> nth=0")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/#id_text")
    # It writes in the item at once, and what is written is saved by itself.
    expect(page.locator("#id_text")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("Contar lo propio cada año")
    saved(page)
    assert line("1").text == "Contar lo propio cada año"
    # Back in the tree: the item moves down, into the one before it, out again.
    page.keyboard.press("Escape")
    page.keyboard.press("Alt+ArrowDown")
    shows(page, "1", "2", "1", "1")
    expect(page.locator(".tree [aria-current]")).to_be_focused()
    page.keyboard.press("Alt+ArrowRight")
    expect(page.locator(".tree > li > ol > li")).to_have_count(1)
    assert tree() == "1(2(1(1)))"
    page.keyboard.press("Alt+ArrowLeft")
    expect(page.locator(".tree > li > ol > li")).to_have_count(2)
    assert tree() == "1(2 1(1))"
    # A new one beside it, and the numbers are right again.
    page.keyboard.press("n")
    page.wait_for_url("**/nuevo/?behind=*")
    expect(page.locator("#id_text")).to_be_focused()
    page.keyboard.type("Contar con la gente")
    page.focus("text=Add it")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r".*/editar/[0-9a-f-]{36}/$"))
    assert tree() == "1(2 1(1) 3)"
    page.focus(".crumb a >> nth=2")
    page.keyboard.press("Enter")
    settled(page)
    page.focus("text=Number what is below it")
    page.keyboard.press("Enter")
    page.wait_for_url("**/numerar/*")
    page.focus("#id_before")
    page.keyboard.press("Enter")
    settled(page)
    assert (tree(), line("1.2").text, line("1.2").lineage) == (
        "1(1.1 1.2(1) 1.3)",
        "Contar lo propio cada año",
        Item.objects.get(edition__code="1", role="line", code="1").lineage,
    )


def test_two_people_write_the_same_item_at_once_and_no_text_is_lost(visitor: Visitor, cast: Cast) -> None:
    begun()
    where = f"{EDIT}{line('1').lineage}/"
    visitor.sign_in(cast.people["amaru"])
    first = visitor.open(where)
    visitor.sign_in(cast.people["sinchi"])
    second = visitor.open(where)
    # In different fields both are kept and nobody is stopped.
    first.fill("#id_body", "Lo escribió Amaru")
    saved(first)
    second.fill("#id_legal_basis", "Lo escribió Sinchi")
    saved(second)
    assert (line("1").body, line("1").legal_basis) == ("Lo escribió Amaru", "Lo escribió Sinchi")
    assert "somebody else also changed: Explanation" in second.locator("#state").inner_text()
    # In the same field the second is told, and both texts stand side by side.
    first.fill("#id_text", "Contar lo propio, dice Amaru")
    saved(first)
    second.fill("#id_text", "Contar lo propio, dice Sinchi")
    second.wait_for_selector("#state a")
    assert (line("1").text, Aside.objects.get().fields) == (
        "Contar lo propio, dice Amaru",
        {"text": "Contar lo propio, dice Sinchi"},
    )
    assert "Both texts are kept" in second.locator("#state").inner_text()
    first.reload()
    assert "Two people wrote the same at once" in first.locator("main").inner_text()
    second.click("#state a")
    second.wait_for_url("**/apartes/*/")
    both = second.locator("main").inner_text()
    assert ("Contar lo propio, dice Amaru" in both, violations(second), too_wide(second)) == (True, [], False)
    second.fill("#id_text", "Contar lo propio, dicen Amaru y Sinchi")
    second.click("text=Let this stand")
    settled(second)
    first.reload()
    assert (first.input_value("#id_text"), Aside.objects.count()) == ("Contar lo propio, dicen Amaru y Sinchi", 0)
    visitor.complaints.clear()  # the browser complains about the 409, which is the right answer


def test_what_could_not_be_sent_stays_and_is_sent_when_the_way_is_free(visitor: Visitor, cast: Cast) -> None:
    begun()
    visitor.sign_in(cast.people["amaru"])
    page = visitor.open(f"{EDIT}{line('1').lineage}/")
    page.context.set_offline(True)
    page.fill("#id_text", "Escrito sin red")
    expect(page.locator("#state")).to_contain_text("it will be tried again")
    page.fill("#id_text", "Escrito sin red, y más")
    warned: list[str] = []

    def stay(dialog: Dialog) -> None:
        warned.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.close(run_before_unload=True)
    page.wait_for_timeout(300)
    assert (warned, line("1").text) == (["beforeunload"], "Contar lo propio")
    page.context.set_offline(False)
    expect(page.locator("#state")).to_contain_text("saved at", timeout=15_000)
    page.wait_for_timeout(3_000)
    assert (line("1").text, Aside.objects.count()) == ("Escrito sin red, y más", 0)
    visitor.complaints.clear()  # the browser complains that there was no network


def test_who_was_signed_out_loses_nothing_and_goes_on_after_signing_in(visitor: Visitor, cast: Cast) -> None:
    begun()
    visitor.sign_in(cast.people["amaru"])
    page = visitor.open(f"{EDIT}{line('1').lineage}/")
    session = [each for each in page.context.cookies() if "session" in str(each["name"])]
    page.context.clear_cookies()
    page.fill("#id_text", "Escrito sin sesión")
    expect(page.locator("#state")).to_contain_text("your session ended")
    assert line("1").text == "Contar lo propio"
    page.context.add_cookies(session)  # type: ignore[arg-type] # a cookie as it came, with all that it said
    expect(page.locator("#state")).to_contain_text("saved at", timeout=30_000)
    assert line("1").text == "Escrito sin sesión"
    visitor.complaints.clear()  # the browser complains about the 403, which is the right answer


def test_what_was_published_meanwhile_is_not_tried_for_ever(visitor: Visitor, cast: Cast) -> None:
    begun()
    visitor.sign_in(cast.people["amaru"])
    page = visitor.open(f"{EDIT}{line('1').lineage}/")
    publish(actor=OPERATOR, instrument="PLAN", edition="2", act="Acto 2", on=date(2019, 1, 1))
    page.fill("#id_text", "Demasiado tarde")
    expect(page.locator("#state")).to_contain_text("not saved yet. PLAN/2 is no draft now: its text stands still.")
    visitor.complaints.clear()  # the browser complains about the 409, which is the right answer


def test_what_is_wrong_is_said_while_it_is_written(visitor: Visitor, cast: Cast) -> None:
    begun()
    visitor.sign_in(cast.people["amaru"])
    page = visitor.open(f"{EDIT}{line('1').lineage}/", width=NARROW)
    page.fill("#id_stake", "mucho")
    page.wait_for_selector(".error")
    assert (page.locator(".error").inner_text(), violations(page)) == (
        "Write a number, with a comma before decimals: 12,5.",
        [],
    )
    page.fill("#id_stake", "12,5")
    saved(page)
    assert (page.locator(".error").count(), line("1").stake) == (0, 1250)
    visitor.complaints.clear()  # the browser complains about the 422, which is the right answer


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_without_a_script_the_same_is_done_by_forms(visitor: Visitor, cast: Cast, width: int) -> None:
    visitor.sign_in(cast.people["amaru"])
    page = visitor.open("/en/desk/instrumentos/", width=width, scripts=False)
    page.click("text=Begin the next edition")
    page.click("text=Begin the draft")
    page.click(".tree a >> nth=1")
    stale = visitor.open(page.url, width=width, scripts=False)
    page.fill("#id_text", "Contar lo propio cada año")
    page.click("main button:has-text('Save')")
    assert "Saved." in page.locator(".messages").inner_text()
    page.click("button[value=down]")
    page.click("text=New item after it")
    page.fill("#id_text", "Contar con la gente")
    page.click("main button >> nth=0")
    assert tree() == "1(2 1(1) 3)"
    page.click("text=Remove")
    page.click("main button >> nth=0")
    assert tree() == "1(2 1(1))"
    page.click("text=Number what is below it")
    page.click("text=Number them")
    assert tree() == "1(1.1 1.2(1))"
    stale.fill("#id_text", "Contar lo ajeno")
    stale.click("main button:has-text('Save')")
    assert "Both texts are kept" in stale.locator(".errors").inner_text()
    stale.click("text=Let mine stand")
    assert (line("1.2").text, Aside.objects.count()) == ("Contar lo ajeno", 0)
    visitor.complaints.clear()  # the browser complains about the 409, which is the right answer


def pages(cast: Cast) -> dict[str, str]:
    """Every page of the editor, full."""
    begun()
    held = Edition.objects.get(code="2")
    here = line("1")
    Unplaced.objects.create(edition=held, where="plan.md:77", why="no-place", text="Una línea que nadie supo ubicar.")
    said = {"text": "Contar todo lo propio", "due_on": "2027-01-01", "audience": "level:municipal"}
    kept = Aside.objects.create(edition=held, lineage=here.lineage, base=1, fields=said, by=cast.people["amaru"])
    item = f"{EDIT}{here.lineage}/"
    return {
        "tree": EDIT,
        "item": item,
        "new": f"{EDIT}nuevo/?behind={here.lineage}",
        "move": f"{item}mover/",
        "remove": f"{item}quitar/",
        "number": f"{EDIT}numerar/",
        "cover": f"{EDIT}portada/",
        "aside": f"{EDIT}apartes/{kept.pk}/",
        "lines": f"{EDIT}lineas/",
        "lineages": f"{EDIT}linajes/",
        "faults": f"{EDIT}avisos/",
        "begin": "/en/desk/instrumentos/nuevo/",
        "start": "/en/desk/instrumentos/PLAN/1/siguiente/",
        "list": "/en/desk/instrumentos/",
    }


def test_every_page_is_accessible_and_fits_the_screen(visitor: Visitor, cast: Cast) -> None:
    visitor.sign_in(cast.people["amaru"])
    found = {}
    for name, path in pages(cast).items():
        page = visitor.open(path.replace("/en", "", 1), width=NARROW)
        found[name] = faults(page)
        page.context.close()
    assert {name: fault for name, fault in found.items() if fault != ([], [])} == {}
