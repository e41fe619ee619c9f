"""A plan's way through the desk: written, returned, mended, accepted, seen by everybody. And every page, accessible."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser import NARROW, WIDE, faults, violations
from tests.cast import (
    PASSWORD,
    ROWS,
    Cast,
    hand_in,
    make_call,
    make_draft,
    make_edition,
    make_entities,
    make_people,
    make_plan,
    obligation_of,
)
from yupana.domain.commitments.actions import reclassify, return_plan, start_plan
from yupana.projections import followers

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser import Visitor
    from yupana.domain.obligations.models import Call, Obligation
    from yupana.domain.submissions.models import Submission


@dataclass
class Stage:
    """The cast, and what stands in each state: returned and drafted again, under review, accepted, not begun."""

    cast: Cast
    call: Call
    mending: Obligation
    fresh: Obligation
    returned: Submission
    waiting: Submission
    accepted: Submission


@pytest.fixture
def stage(transactional_db: None) -> Stage:
    """A desk that another process can see, with something in every state."""
    cast = make_people(make_entities())
    today = timezone.localdate()
    make_edition()
    make_edition("OTRO", published=False)
    call = make_call(due_on=today + timedelta(days=9), audience="level:municipal or level:departmental")
    done = make_call(period="2019")
    mending = obligation_of(call, cast.a)
    rows = [ROWS[0], replace(ROWS[0], row=2, item="", target="", starts="Año 1 primer bimestre", ends="07/08/2027")]
    returned = hand_in(cast.inti, mending, rows, on=today - timedelta(days=5))
    return_plan(actor=cast.amaru, submission=returned, reason="Falta poco.", remarks={2: "Falta la meta."}, on=today)
    start_plan(actor=cast.inti, obligation=mending, on=today)
    waiting = hand_in(cast.killa, obligation_of(call, cast.b), on=today)
    accepted = make_plan(cast, obligation_of(done, cast.a), on=today)
    moved = accepted.activities.get()
    reclassify(actor=cast.amaru, activity=moved, item="line:2", reason="Habla de otros.", on=today)
    followers.tick()
    return Stage(cast, call, mending, obligation_of(call, cast.c), returned, waiting, accepted)


def pages(stage: Stage) -> dict[str, tuple[str, str]]:
    """Every page of the desk, with somebody who sees it full."""
    plan, review = f"plan/{stage.mending.pk}/", f"revision/{stage.waiting.pk}/"
    done = obligation_of(make_call(period="2020"), stage.cast.b)
    return {
        "sign-in": ("", "ingresar/"),
        "no mandate": ("rumi", ""),
        "inbox of a planner": ("inti", ""),
        "inbox of an executive": ("wara", ""),
        "inbox of the authority": ("amaru", ""),
        "password": ("inti", "contrasena/"),
        "plan": ("inti", plan),
        "plan read by the executive": ("wara", plan),
        "plan not begun": ("killa", f"plan/{done.pk}/"),
        "heading": ("inti", f"{plan}datos/"),
        "first year": ("inti", f"{plan}anio-uno/"),
        "row": ("inti", f"{plan}filas/2/"),
        "new row": ("inti", f"{plan}filas/nueva/"),
        "row taken out": ("inti", f"{plan}filas/2/quitar/"),
        "hand in": ("inti", f"{plan}enviar/"),
        "approve": ("wara", f"{plan}aprobar/"),
        "print": ("inti", f"entregas/{stage.accepted.pk}/imprimir/"),
        "version returned": ("inti", f"entregas/{stage.returned.pk}/"),
        "version accepted": ("inti", f"entregas/{stage.accepted.pk}/"),
        "what changed": ("inti", f"entregas/{stage.accepted.pk}/cambios/"),
        "queue": ("amaru", "revision/"),
        "review": ("amaru", review),
        "review of an auditor": ("tupak", review),
        "reclassify": ("amaru", f"{review}filas/1/"),
        "editions": ("amaru", "instrumentos/"),
        "publish": ("amaru", "instrumentos/OTRO/1/"),
        "published": ("amaru", "instrumentos/PLAN/1/"),
        "calls": ("amaru", "convocatorias/"),
        "call": ("amaru", f"convocatorias/{stage.call.code}/"),
        "nobody found": ("amaru", f"convocatorias/{stage.call.code}/?q=nadie"),
        "new call": ("amaru", "convocar/"),
        "extend": ("amaru", f"obligaciones/{stage.fresh.pk}/ampliar/"),
        "waive": ("amaru", f"obligaciones/{stage.fresh.pk}/eximir/"),
        "letter": ("amaru", f"obligaciones/{stage.fresh.pk}/transcribir/"),
    }


def enter(visitor: Visitor, stage: Stage, who: str, path: str, width: int, language: str = "/en") -> Page:
    """Open a page of the desk as somebody."""
    if who:
        visitor.sign_in(stage.cast.people[who])
    return visitor.open(f"{language}/desk/{path}", width=width)


def test_every_page_is_accessible_and_fits_the_screen(visitor: Visitor, stage: Stage) -> None:
    found = {}
    for name, (who, path) in pages(stage).items():
        page = enter(visitor, stage, who, path, NARROW, "")
        found[name] = faults(page)
        page.context.close()
    assert {name: fault for name, fault in found.items() if fault != ([], [])} == {}


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_what_is_refused_is_said_accessibly(visitor: Visitor, stage: Stage, width: int) -> None:
    """A wrong password, another role, an amount nobody can read, two at once, a decision without a reason."""
    found = []
    page = visitor.open("/en/desk/ingresar/", width=width)
    page.fill("#id_username", "inti")
    page.fill("#id_password", "wrong")
    page.click("main button")
    found += violations(page)
    page = enter(visitor, stage, "inti", "revision/", width)
    found += violations(page)
    page = enter(visitor, stage, "inti", "contrasena/", width)
    for field in ("old", "new", "again"):
        page.fill(f"#id_{field}", "wrong")
    page.click("main button")
    found += violations(page)
    page = enter(visitor, stage, "inti", f"plan/{stage.mending.pk}/filas/1/", width)
    page.fill("#id_budget", "mil")
    page.click("main button >> nth=0")
    found += violations(page)
    page.fill("#id_budget", "1")
    other = enter(visitor, stage, "inti", f"plan/{stage.mending.pk}/filas/1/", width)
    other.fill("#id_budget", "7")
    other.click("main button >> nth=0")
    page.click("main button >> nth=0")
    assert page.locator(".errors").inner_text().startswith("Somebody else saved this draft")
    found += violations(page)
    page = enter(visitor, stage, "amaru", f"revision/{stage.waiting.pk}/", width)
    page.check("text=Return: something has to be mended")
    page.click("text=Record the decision")
    found += violations(page)
    visitor.complaints.clear()  # the browser complains about the statuses, which are the right ones here
    assert found == []


def test_what_was_noted_is_counted_while_one_reads(visitor: Visitor, stage: Stage) -> None:
    page = enter(visitor, stage, "amaru", f"revision/{stage.waiting.pk}/", WIDE)
    page.fill("[name=remark-1]", "¿De quiénes?")
    page.wait_for_selector("text=/Noted about 1 of \\d+ rows; 1 to mend\\. Your notes/")


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_plan_goes_all_the_way_without_a_script(visitor: Visitor, transactional_db: None, width: int) -> None:
    cast = make_people(make_entities())
    make_edition()
    make_call(due_on=timezone.localdate() + timedelta(days=9))
    planner = sign_in(visitor, "inti", width)
    write(planner)
    reviewer = sign_in(visitor, "amaru", width)
    send_back(reviewer)
    mend(planner)
    approve(sign_in(visitor, "wara", width))
    accept(reviewer)
    followers.tick()
    seen = visitor.open(f"/en/entidades/{cast.a.source}/{cast.a.source_id}/", width=width)
    assert "Contar los granos de todos" in seen.locator("main").inner_text()
    planner.goto("/en/desk/")
    assert re.search(r"accepted\s+entry \d+", planner.locator("main").inner_text().replace("\t", " "))


def sign_in(visitor: Visitor, name: str, width: int) -> Page:
    """Sign in as people do, by name and password."""
    page = visitor.open("/en/desk/", width=width, scripts=False)
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.click("main button")
    return page


def write(page: Page) -> None:
    page.click("text=Start the plan")
    page.click("text=Add an activity")
    page.select_option("#id_item", label="1 · Contar lo propio")
    page.fill("#id_name", "Contar los granos")
    page.fill("#id_budget", "1.234,56")
    page.fill("#id_starts", "Año 1 primer bimestre")
    page.fill("#id_ends", "1 de julio 2030")
    page.click("main button >> nth=0")
    page.click(".views a:text-is('all')")
    assert "understood as July 1, 2030" in page.locator("#row-1").inner_text()
    page.click("text=Say which year")
    page.fill("#id_year", "2027")
    page.click("text=Confirm the year")
    page.click(".views a:text-is('all')")
    assert "Jan. 1, 2027" in page.locator("#row-1").inner_text()
    hand_over(page)


def hand_over(page: Page) -> None:
    page.click("text=Review and hand in")
    folded = page.locator("summary:has-text('Hand it in without that approval')")
    if folded.count():  # where the entity has an executive
        folded.click()
    page.check("#id_sure")
    page.click("text=Hand in the plan")
    assert "This page is your receipt." in page.locator(".messages").inner_text()


def send_back(page: Page) -> None:
    page.click("text=Open the queue")
    page.click("text=Municipio de Ábaco")
    page.fill("[name=remark-1]", "¿De quiénes?")
    page.check("text=Return: something has to be mended")
    page.click("text=Record the decision")
    assert "The plan of Municipio de Ábaco was returned with 1 remark." in page.locator(".messages").inner_text()


def mend(page: Page) -> None:
    page.goto("/en/desk/")
    assert "¿De quiénes?" in page.locator("main").inner_text()
    page.click("text=Start mending")
    page.click("#row-1 a")
    assert "¿De quiénes?" in page.locator("main").inner_text()
    page.fill("#id_name", "Contar los granos de todos")
    page.click("main button >> nth=0")
    page.click("text=Review and hand in")
    page.click("text=Put it before the executive")


def approve(page: Page) -> None:
    page.click("a:text-is('Read and approve')")
    page.fill("#id_resolution", "RA 12/2026")
    page.fill("#id_resolution_on", timezone.localdate().isoformat())
    page.check("#id_sure")
    page.click("button:has-text('Approve and hand in')")
    assert "approved by the highest executive authority" in page.locator("main").inner_text()


def accept(page: Page) -> None:
    page.goto("/en/desk/revision/")
    page.click("text=Municipio de Ábaco")
    page.check("text=Accept: it is complete and in form")
    page.click("text=Record the decision")
    assert "The plan of Municipio de Ábaco was accepted." in page.locator(".messages").inner_text()


def test_the_whole_desk_works_with_the_keyboard(visitor: Visitor, stage: Stage) -> None:
    """The first stop is the way past the navigation; a row can be opened, changed and saved without a mouse."""
    page = enter(visitor, stage, "inti", f"plan/{stage.mending.pk}/filas/2/", WIDE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.focus("#id_target")
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    expect(page.locator('[name="2.target"]')).to_have_value("12")


def test_a_call_is_opened_in_two_steps(visitor: Visitor, stage: Stage) -> None:
    page = enter(visitor, stage, "amaru", "convocar/", NARROW)
    page.check("text=Plan PLAN, edición 1")
    page.fill("#id_audience", "level:departmental")
    page.fill("#id_due_on", (timezone.localdate() + timedelta(days=30)).isoformat())
    page.fill("#id_period", "2031")
    page.click("text=See whom it reaches")
    assert ("It reaches 1 entity" in page.locator("main").inner_text(), violations(page)) == (True, [])
    page.click("text=Open the call for 1 entity")
    assert "Gobernación del Valle" in page.locator("main").inner_text()


def test_a_letter_is_typed_in(visitor: Visitor, stage: Stage) -> None:
    page = enter(visitor, stage, "amaru", f"obligaciones/{stage.fresh.pk}/transcribir/", NARROW)
    page.click("text=Begin")
    page.fill("#id_received_on", timezone.localdate().isoformat())
    page.fill("#id_cites", "NOTA 1")
    page.click("main button >> nth=0")
    page.click("text=Add an activity")
    page.fill("#id_name", "De la nota")
    page.click("main button >> nth=0")
    hand_over(page)
    assert "typed in by the authority" in page.locator("main").inner_text()


def test_a_draft_of_another_is_not_found(visitor: Visitor, stage: Stage) -> None:
    make_draft(stage.cast.killa, obligation_of(make_call(period="2021"), stage.cast.b))
    page = enter(visitor, stage, "killa", f"plan/{stage.mending.pk}/", WIDE)
    visitor.complaints.clear()  # the browser complains about the 404, which is the right answer
    assert "Contar los granos" not in page.locator("body").inner_text()
