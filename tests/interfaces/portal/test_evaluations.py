"""A published evaluation as anybody reads it, opens its figures and takes it along."""

from __future__ import annotations

import hashlib
import io
import json
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.domain.progress.stage import accepted, asked, planned
from tests.interfaces.portal.stage import page, words
from yupana.domain.progress.actions.evaluating import draft_evaluation, publish_evaluation, save_evaluation
from yupana.foundation.ledger import queries as ledger
from yupana.foundation.ledger.actions import seal
from yupana.projections.overviews.evaluation import compute

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bs4 import Tag
    from django.test import Client

    from tests.cast import Cast
    from yupana.domain.progress.models import Evaluation

pytestmark = pytest.mark.django_db
AT = "/en/evaluaciones/PLAN-2018-2018-Q1/"


@pytest.fixture
def held(cast: Cast) -> Evaluation:
    """The first quarter of two bodies, of which one reported, published; and a draft of the next."""
    plan = planned(cast, bodies=[cast.a, cast.b])
    accepted(cast, asked(plan).obligations.get(debtor=cast.a))
    seal()
    told = {"call": plan, "as_of": date(2018, 7, 31), "on": date(2018, 8, 1)}
    for period in ("2018-Q1", "2018-Q2"):
        draft = draft_evaluation(actor=cast.amaru, period=period, **told)  # type: ignore[arg-type] # terms by name
        save_evaluation(
            actor=cast.amaru, evaluation=draft, title=f"Evaluación {period}",
            words={"summary": "Va **bien**", "findings": "<script>"},
        )  # fmt: skip
    draft = draft.__class__.objects.get(period="2018-Q1")
    figures = compute(plan, draft.period, draft.as_of, ledger.head().size)
    return publish_evaluation(actor=cast.amaru, evaluation=draft, figures=figures, on=date(2018, 8, 1))


def numbers(marked: Iterable[Tag]) -> list[int]:
    """Add up what marks say."""
    told = [[int(str(each[f"data-{name}"])) for name in ("done", "due", "unknown")] for each in marked]
    return [sum(column) for column in zip(*told, strict=True)]


def test_it_is_read_opened_and_taken_along_and_its_numbers_add_up(client: Client, held: Evaluation) -> None:
    assert [words(each) for each in page(client, "/en/evaluaciones/").select("main li a")] == ["Evaluación Q1 2018"]
    shown = page(client, AT)
    assert (
        words(shown.select_one(".lead"))
        == "Period Q1 2018, as of July 31, 2018. 1 of 2 reports due are in and accepted."
    )
    assert words(shown.select_one("#silent ~ ul")) == "Municipio de Ñandú"
    assert "<script>" in shown.get_text()
    assert shown.select("a[href$='entidades/?flag=jump-without-evidence']")
    for link in shown.select("a.figure")[:12:4]:
        opened = page(client, str(link["href"]))
        assert numbers(opened.select("[data-explained]")) == numbers([link]) == numbers(opened.select("[data-part]"))
    taken = b"".join(client.get(f"{AT}cifras.json"))
    assert (hashlib.sha256(taken).hexdigest(), json.loads(taken)["position"]) == (held.digest, held.position)
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(f"{AT}cifras.xlsx"))))
    assert book.sheetnames == [
        *("Totals", "By axis", "By level", "By department", "By body", "Ranking", "Trend", "No response", "Method")
    ]
    row = [cell.value for cell in book["By body"][2]]
    assert (row[0], row[8:11], row[17]) == ("Municipio de Ábaco", ["good", 0.8, 1], 0.8)


FOUND = {
    "": ["Municipio de Ábaco", "Municipio de Ñandú"],
    "?q=nandu": ["Municipio de Ñandú"],
    "?band=silent": ["Municipio de Ñandú"],
    "?band=2&level=municipal": ["Municipio de Ábaco"],
    "?flag=jump-without-evidence": ["Municipio de Ábaco"],
}
NOWHERE = (
    "/en/evaluaciones/PLAN-2018-2018-Q2/",
    "/en/evaluaciones/PLAN-2018-2018-Q2/cifras.json",
    f"{AT}cifra/",
    f"{AT}cifra/?m=reports.advance.declared&i=nada",
    f"{AT}cifra/?m=reports.execution&n=nada",
    f"{AT}entidades/?band=9",
    f"{AT}entidades/?flag=fell",
)


def test_its_bodies_are_searched_and_drafts_are_not_there(client: Client, held: Evaluation) -> None:
    rows = {chosen: page(client, f"{AT}entidades/{chosen}").select("tbody th") for chosen in FOUND}
    names = {chosen: [words(row.a) for row in rows[chosen]] for chosen in rows}
    assert "A jump without evidence: 1" in words(rows["?flag=jump-without-evidence"][0])
    assert (names, {client.get(address).status_code for address in NOWHERE}) == (FOUND, {404})


def test_a_body_gives_account_of_what_it_promised_did_and_proved(client: Client, held: Evaluation) -> None:
    shown = page(client, "/en/entidades/cast/4/rendicion/PLAN-2018/?as_of=2018-07-31")
    first = shown.select_one(".plan li")
    assert first is not None
    told = dict(zip(map(words, first.select("dt")), map(words, first.select("dd")), strict=True))
    assert [told[name] for name in ("Done, as it says", "Verified", "Why it is off plan", "Money", "Proof")] == [
        *("20 of 100 granos", "nobody has checked it yet", "Faltó gente"),
        *("Bs 100.00 spent of Bs 1,000.00", "none that is public"),
    ]
    spent = "Of Bs 1,000.00 of current budget Bs 100.00 were spent this year. Of 2 activities nothing is said."
    assert spent in words(shown.select_one("main"))
    silent = page(client, "/en/entidades/cast/5/rendicion/PLAN-2018/?as_of=2018-07-31")
    assert "No report on them has been accepted: what was done is not known." in words(silent.select_one("main"))
    money = [words(each) for each in silent.select(".plan dt:-soup-contains('Money') + dd")]
    assert set(money) == {"Bs 1,000.00 promised; what was spent is not said"}
    assert client.get("/en/entidades/cast/6/rendicion/PLAN-2018/").status_code == 404
