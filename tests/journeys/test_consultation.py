"""A text's way to the public: put, commented on with a telephone, answered, mended, published with what was signed."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from tests.browser import NARROW, WIDE, too_wide, violations
from tests.cast import ITEMS, Cast, make_call, make_edition, make_entities, make_people
from tests.domain.instruments.hearings import PDF
from yupana.domain.instruments import actions
from yupana.domain.instruments.facts import Verdict
from yupana.domain.instruments.models import Comment, Edition
from yupana.foundation.kernel.actor import NOBODY, OPERATOR
from yupana.projections import followers, proof

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser import Visitor

SAID = "Falta decir quién cuenta los granos."
TOLD = replace(ITEMS[1], body="Cada entidad **cuenta** lo suyo:\n\n- al sembrar\n- al cosechar", legal_basis="DS 3251")
DESK, PORTAL = "/desk/instrumentos/PUESTO/1/", "/planes/PUESTO/1/consulta/"


@pytest.fixture
def cast(transactional_db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Cast:
    """The cast and a draft, where another process can see them."""
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path / "home"))
    made = make_people(make_entities())
    make_edition()
    make_call()
    make_edition("PUESTO", rows=(ITEMS[0], TOLD, *ITEMS[2:]), published=False)
    return made


def say(text: str = SAID, item: str = "line:1") -> Comment:
    return actions.comment(actor=NOBODY, edition="PUESTO/1", item=item, text=text, on=timezone.localdate())


def put() -> None:
    today = timezone.localdate()
    actions.open_consultation(actor=OPERATOR, edition="PUESTO/1", closes_on=today + timedelta(days=9), on=today)


def told_comments() -> Comment:
    """One comment with each verdict, and one that waits."""
    for verdict in Verdict:
        one = say(f"{SAID} {verdict}", "" if verdict == Verdict.ADOPTED else "line:1")
        said = "Se tomó en cuenta.\n\nGracias."
        actions.answer(actor=OPERATOR, comment=one.pk, verdict=verdict, text=said, on=timezone.localdate())
    return say()


def judged(page: Page) -> tuple[list[str], bool]:
    return violations(page), too_wide(page)


@pytest.mark.parametrize(("language", "width"), [("", NARROW), ("/en", WIDE)])
def test_every_page_of_the_citizen_is_accessible(visitor: Visitor, cast: Cast, width: int, language: str) -> None:
    put()
    told_comments()
    found = {
        there: judged(visitor.open(f"{language}{there}", width=width)) for there in ("/", PORTAL, f"{PORTAL}line/1/")
    }
    assert found == {there: ([], False) for there in found}


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_every_page_of_the_desk_is_accessible(visitor: Visitor, cast: Cast, width: int) -> None:
    there = {
        "amaru": [DESK, f"{DESK}consulta/abrir/", "/desk/instrumentos/PLAN/1/abrogar/", "/desk/instrumentos/PLAN/1/"]
    }
    found: dict[str, tuple[list[str], bool]] = {}
    for name, addresses in there.items():
        visitor.sign_in(cast.people[name])
        found |= {address: judged(visitor.open(f"/en{address}", width=width)) for address in addresses}
    put()
    waits = told_comments()
    there = {
        "amaru": [DESK, f"{DESK}consulta/?all=1", f"{DESK}consulta/{waits.pk}/", "/desk/instrumentos/"],
        "inti": ["/desk/consultas/", "/desk/consultas/PUESTO/1/?item=line:1"],
    }
    for name, addresses in there.items():
        visitor.sign_in(cast.people[name])
        found |= {address: judged(visitor.open(f"/en{address}", width=width)) for address in addresses}
    assert found == {address: ([], False) for address in found}


def test_from_the_draft_to_the_act_with_a_citizen_in_between(visitor: Visitor, cast: Cast, tmp_path: Path) -> None:
    visitor.sign_in(cast.people["amaru"])
    desk = visitor.open(f"/en{DESK}")
    desk.get_by_role("link", name="Open a consultation").click()
    desk.get_by_label("Last day for comments").fill((timezone.localdate() + timedelta(days=9)).isoformat())
    desk.get_by_label("I understand").check()
    desk.get_by_role("button", name="Open the consultation").click()

    receipt = _speak(visitor)
    _answer_and_close(desk)
    _mend(desk)
    act = tmp_path / "DS 4000.pdf"
    act.write_bytes(PDF)
    _publish(desk, act)

    followers.tick()
    receipt.reload()
    assert ("adopted" in receipt.inner_text("main"), "It will say so." in receipt.inner_text("main")) == (True, True)
    edition = Edition.objects.get(instrument__code="PUESTO")
    assert (edition.state, edition.items.get(code="2").text, proof.verify().ok) == ("published", "Contar juntos", True)
    citizen = visitor.open("/en/planes/PUESTO/1/", width=NARROW)
    with citizen.expect_download() as taken:
        citizen.get_by_role("link", name="DS_4000.pdf").click()
    content = Path(taken.value.path()).read_bytes()
    assert (content, hashlib.sha256(content).hexdigest() in citizen.inner_text("main"), proof.documents()) == (
        PDF,
        True,
        [],
    )


def _speak(visitor: Visitor) -> Page:
    """A citizen with a telephone, without an account and without scripts, from the first page to the receipt."""
    signed, visitor._cookies = visitor._cookies, {}  # noqa: SLF001 - somebody else, in between
    page = visitor.open("/en/", width=NARROW, scripts=False)
    visitor._cookies = signed  # noqa: SLF001 - back at the desk
    page.get_by_role("link", name="Read it and comment").click()
    page.get_by_role("link", name="1 · Contar lo propio").click()
    page.get_by_label("Your comment").fill(SAID)
    page.get_by_role("button", name="Send the comment").click()
    assert page.locator("h1").inner_text() == "Your comment was received"
    assert page.context.cookies() == []
    return page


def _answer_and_close(desk: Page) -> None:
    desk.reload()
    desk.get_by_role("link", name="Answer strategic line 1").click()
    assert SAID in desk.inner_text("main")
    desk.get_by_label("adopted", exact=True).check()
    desk.get_by_role("textbox", name="Answer").fill("It will say so.")
    desk.get_by_role("button", name="Publish the answer").click()
    desk.get_by_label("I understand").check()
    desk.get_by_role("button", name="Close the consultation").click()


def _mend(desk: Page) -> None:
    """What was said goes into the text: in a new import here, for the editor has journeys of its own."""
    make_edition("PUESTO", rows=(ITEMS[0], TOLD, replace(ITEMS[2], text="Contar juntos"), ITEMS[3]), published=False)
    desk.get_by_role("link", name="Read and publish").click()
    assert "every comment is answered" in desk.inner_text("main")


def _publish(desk: Page, act: Path) -> None:
    desk.get_by_label("Document", exact=True).set_input_files(act)
    desk.get_by_role("button", name="Add the document").click()
    desk.get_by_label("Act that approves it").fill("DS 4000")
    desk.get_by_label("I understand").check()
    desk.get_by_role("button", name="Publish").click()
    assert "is published" in desk.inner_text("body")
