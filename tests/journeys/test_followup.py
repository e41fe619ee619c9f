"""A report's way: late, with evidence, returned by row, mended, accepted, found to be less, put right; in public."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser import NARROW, WIDE, faults
from tests.cast import make_entities, make_people
from tests.domain.progress.stage import SAID, asked, planned
from yupana.domain.progress.actions import add_link, save_rows, start_report, submit_report
from yupana.domain.progress.facts import Terms
from yupana.foundation.kernel.quantity import SCALE
from yupana.projections import followers

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser import Visitor
    from tests.cast import Cast
    from yupana.domain.obligations.models import Obligation
    from yupana.domain.submissions.models import Submission

PEOPLE = ("inti", "wara", "killa", "amaru", "tupak", "")  # of A twice, of B, reviewer, auditor, anybody
TODAY = timezone.localdate
BASIS, WRONG, DONE = "Contamos 18 granos", "Corrija el conteo", "Ya cuadra"


@dataclass
class Way:
    """The cast and what body A owes; who reads a word on which page."""

    cast: Cast
    owed: Obligation
    visitor: Visitor

    def enter(self, who: str, path: str, width: int) -> Page:
        self.visitor.sign_in(self.cast.people[who])
        return self.visitor.open(f"/en/desk/{path}", width=width)

    def readers(self, path: str, word: str) -> list[str]:
        """Who of all finds a word at an address of the desk."""
        found = []
        for who in PEOPLE:
            client = Client()
            if who:
                client.force_login(self.cast.people[who])
            found += [who] if word in client.get(f"/en/desk/{path}").content.decode() else []
        return found

    def public(self) -> str:
        """What anybody reads on the page of A."""
        followers.tick()
        today = {"as_of": timezone.localdate().isoformat()}
        return Client().get(f"/en/entidades/cast/{self.cast.a.source_id}/", today).content.decode()


@pytest.fixture
def way(transactional_db: None, visitor: Visitor) -> Way:
    cast = make_people(make_entities())
    return Way(cast, asked(planned(cast)).obligations.select_related("call", "debtor").get(), visitor)


def written(way: Way, value: int) -> Submission:
    """What Inti writes, with a piece of evidence; long after it was due."""
    terms = Terms("Acta de conteo", "public", 3)
    brought = add_link(actor=way.cast.inti, entity=way.cast.a, url="https://a.example/acta", terms=terms, on=TODAY())
    draft = start_report(actor=way.cast.inti, obligation=way.owed, on=TODAY())
    rows = [replace(SAID[0], value=value * SCALE, evidence=(brought.piece.pk,)), *SAID[1:]]
    save_rows(actor=way.cast.inti, submission=draft, rows=rows)
    return draft


def hand_in_late(way: Way) -> Submission:
    draft = written(way, 19)
    page = way.enter("inti", f"avance/{way.owed.pk}/enviar/", NARROW)
    page.check("#id_sure")
    page.click("text=Hand in the report")
    expect(page.locator("main")).to_contain_text("Receipt")
    assert way.readers(f"revision/{draft.pk}/", "Faltó gente") == ["amaru", "tupak"]
    return draft


def give_back(way: Way, report: Submission) -> None:
    page = way.enter("amaru", f"revision/{report.pk}/", WIDE)
    expect(page.locator("main .tag.late").first).to_have_text("late")
    page.check("[name=look-1][value=mend]")
    page.fill("#remark-1", "¿Son 19 o 20?")
    page.check("text=Return: something has to be mended")
    page.click("text=Record the decision")
    expect(page.locator(".messages")).to_contain_text("returned")
    assert way.readers("", "¿Son 19 o 20?") == ["inti", "wara"]


def mend_and_accept(way: Way) -> Submission:
    mended = written(way, 20)
    submit_report(actor=way.cast.inti, submission=mended, received_on=None, on=TODAY())
    assert "declared:" not in way.public()
    page = way.enter("amaru", f"revision/{mended.pk}/", NARROW)
    page.check("[name=decision][value=accept]")
    page.click("text=Record the decision")
    expect(page.locator(".messages")).to_contain_text("accepted")
    assert "declared: <strong>20</strong> of 100 granos" in way.public()
    return mended


def disagree(way: Way, report: Submission) -> None:
    page = way.enter("tupak", "verificacion/", NARROW)
    assert faults(page) == ([], [])
    page.click("text=Contar los granos")
    page.check("text=Another value holds")
    page.fill("#id_value", "18")
    page.fill("#id_basis", BASIS)
    page.fill("#id_text", WRONG)
    page.fill("#id_due_on", (TODAY() + timedelta(days=10)).isoformat())
    assert faults(page) == ([], [])
    page.click("text=Record the verdict")
    expect(page.locator("main")).to_contain_text("Verified: 18")
    assert way.readers(f"verificacion/{report.pk}/filas/1/", BASIS) == ["inti", "wara", "amaru", "tupak"]
    assert way.readers("", WRONG) == ["inti", "wara"]
    assert (BASIS in way.public(), WRONG in way.public()) == (True, True)


def put_right(way: Way) -> None:
    page = way.enter("inti", "", NARROW)
    page.click("a:text-is('Read and answer')")
    assert faults(page) == ([], [])
    page.fill("textarea[name=text] >> nth=0", DONE)
    page.click("text=Say that it is done")
    expect(page.locator("main")).to_contain_text(DONE)
    assert way.readers("", "says that it put something right") == ["amaru", "tupak"]
    page = way.enter("tupak", "verificacion/hallazgos/", WIDE)
    assert faults(page) == ([], [])
    page.click("main .feed a")
    page.fill("textarea[name=text] >> nth=0", "Conforme")
    page.click("text=Close it")
    expect(page.locator("main")).to_contain_text("Conforme")
    assert way.readers("verificacion/hallazgos/", WRONG) == []


def test_a_report_is_mended_verified_and_put_right_and_everybody_sees_their_part(way: Way) -> None:
    give_back(way, hand_in_late(way))
    disagree(way, mend_and_accept(way))
    put_right(way)
    told = " ".join(way.public().split())
    assert "verified: <strong>18</strong>" in told
    assert f'<span class="tag good">put right</span> {WRONG}' in told
    assert [word for word in ("Conforme", DONE, "Tupak", "Inti") if word in told] == []
    page = way.visitor.open(f"/en/entidades/cast/{way.cast.a.source_id}/", width=NARROW)
    assert faults(page) == ([], [])
