"""The plan as a workbook at the desk: given out, brought back, looked at before anything counts, applied."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation

from tests.cast import make_draft
from tests.hostile.plans import ATTACKS, Attack
from tests.interfaces.desk.desk import Desk, links, row, soup, text
from yupana.domain.commitments.actions import edit_rows, put_before_executive
from yupana.domain.commitments.models import Activity, Upload
from yupana.domain.commitments.rules import Act, CellEdit, Edit
from yupana.foundation.vault import store
from yupana.interfaces import words
from yupana.interfaces.interchange.workbooks import cells_now

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from django.test.client import _MonkeyPatchedWSGIResponse as Response

    from yupana.domain.submissions.models import Submission

    QueryBudget = Callable[[int], AbstractContextManager[object]]


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path))


def given(desk: Desk, who: str = "inti", form: str = "xlsx") -> bytes:
    return bytes(desk.get(who, f"plan/{desk.owed.pk}/planilla/plan.{form}").content)


def filled(book: bytes, **cells: str | float | None) -> bytes:
    """The workbook with some cells of the sheet Plan written over: ``C5="x"``."""
    opened = openpyxl.load_workbook(BytesIO(book))
    for at, value in cells.items():
        opened["Plan"][at] = value
    saved = BytesIO()
    opened.save(saved)
    return saved.getvalue()


def bring(desk: Desk, book: bytes, who: str = "inti", name: str = "plan.xlsx") -> Response:
    path = f"plan/{desk.owed.pk}/planilla/subir/"
    return desk.post(who, path, file=SimpleUploadedFile(name, book))


def seal_of(page: Response) -> str:
    return str(soup(page).select_one('[name="seen"]')["value"])  # type: ignore[index] # it is there


def names() -> list[tuple[int, str]]:
    return list(Activity.objects.order_by("row").values_list("row", "name"))


def edit(desk: Desk, draft: Submission, *edits: Edit) -> None:
    edit_rows(actor=desk.cast.inti, submission=draft, edits=edits)


def test_it_is_shown_before_anything_is_written_and_then_written(desk: Desk) -> None:
    draft = desk.draft(row(1), row(2, name="Dos"), row(3, name="Tres"))
    book = filled(
        given(desk), C5="Contar otra vez", C8="Nueva", **{f"{each}6": None for each in "BCDEFGHIJKLMNOPQRSTU"}
    )
    answer = bring(desk, book)
    before = names()
    page = desk.client("inti").get(answer["Location"])
    told = text(page)
    assert before == [(1, "Contar los granos"), (2, "Dos"), (3, "Tres")]
    assert [each in told for each in ("added: 1, changed: 1, removed: 1", "Plan!C5", "Contar otra vez")] == [True] * 3
    seen = seal_of(page)
    done = desk.client("inti").post(answer["Location"], {"seen": seen})
    draft.refresh_from_db()
    assert (done.status_code, names(), draft.channel, Upload.objects.count()) == (
        302,
        [(1, "Contar otra vez"), (3, "Tres"), (4, "Nueva")],
        "workbook",
        0,
    )


def test_a_workbook_older_than_the_grid_loses_no_row_and_shows_both_sides(desk: Desk) -> None:
    """Meanwhile somebody changed row 1, took row 2 out, and added a row; the workbook changed 1 and 2 and added one."""
    draft = desk.draft(row(1), row(2, name="Dos"))
    book = filled(given(desk), C5="Del libro", C6="Dos, del libro", C7="Tres, del libro")
    gone = tuple(CellEdit(2, field, before, "") for field, before in cells_now(draft)[2].items())
    edit(
        desk,
        draft,
        Edit(Act.CHANGE, 1, (CellEdit(1, "name", "Contar los granos", "De la grilla"),)),
        Edit(Act.REMOVE, 2, gone),
        Edit(Act.ADD, 3, (CellEdit(3, "name", "", "Tres, de la grilla"),)),
    )
    where = bring(desk, book)["Location"]
    page = desk.client("inti").get(where)
    told = text(page)
    both = ("De la grilla", "Del libro", "Contar los granos", "Somebody took this activity out", "Tres, del libro")
    assert [each for each in both if each not in told] == []
    seen = seal_of(page)
    desk.client("inti").post(where, {"seen": seen, "cell-1-name": "mine", "cell-2-": "mine"})
    assert names() == [(1, "Del libro"), (2, "Dos, del libro"), (3, "Tres, de la grilla"), (4, "Tres, del libro")]


def test_a_workbook_takes_the_plan_back_from_the_executive_and_says_so(desk: Desk) -> None:
    draft = desk.draft(row(1))
    put_before_executive(actor=desk.cast.inti, submission=draft, on=timezone.localdate())
    where = bring(desk, filled(given(desk), C5="Del libro"))["Location"]
    seen = seal_of(desk.client("inti").get(where))
    done = desk.client("inti").post(where, {"seen": seen}, follow=True)
    told = [each.get_text() for each in soup(done).select(".messages li.warning")]
    assert [each.startswith("The plan changed, so it no longer waits for your executive.") for each in told] == [True]


def test_what_was_changed_while_somebody_was_looking_is_shown_again(desk: Desk) -> None:
    draft = desk.draft(row(1), row(2, name="Dos"))
    where = bring(desk, filled(given(desk), C5="Del libro", C6="Dos, del libro"))["Location"]
    seen = seal_of(desk.client("inti").get(where))
    edit(desk, draft, Edit(Act.CHANGE, 1, (CellEdit(1, "name", "Contar los granos", "De la grilla"),)))
    answer = desk.client("inti").post(where, {"seen": seen})
    assert (answer.status_code, names(), "De la grilla" in text(answer), Upload.objects.count()) == (
        409,
        [(1, "De la grilla"), (2, "Dos, del libro")],
        True,
        1,
    )
    desk.client("inti").post(where, {"seen": seal_of(answer)})
    assert (names(), Upload.objects.count()) == ([(1, "De la grilla"), (2, "Dos, del libro")], 0)


def test_a_forged_choice_overwrites_nothing(desk: Desk) -> None:
    draft = desk.draft(row(1))
    where = bring(desk, filled(given(desk), C5="Del libro"))["Location"]
    edit(desk, draft, Edit(Act.CHANGE, 1, (CellEdit(1, "name", "Contar los granos", "De la grilla"),)))
    answer = desk.client("inti").post(where, {"seen": "forged:x", "cell-1-name": "mine", "cell-x": "mine"})
    assert (answer.status_code, names()) == (409, [(1, "De la grilla")])


def test_what_was_brought_waits_without_its_file_and_can_be_put_away(desk: Desk) -> None:
    desk.draft(row(1))
    where = bring(desk, filled(given(desk), C5="x"), name="../Mi plan.xlsx")["Location"]
    kept = Upload.objects.get()
    listed = links(desk.get("inti", f"plan/{desk.owed.pk}/planilla/"))
    held = list(store.held())
    desk.client("inti").post(f"{where}descartar/")
    assert (kept.name, held, where in listed, Upload.objects.count(), names()) == (
        "Mi_plan.xlsx",
        [],
        True,
        0,
        [(1, "Contar los granos")],
    )


def test_the_workbook_of_another_plan_is_refused_and_not_kept(desk: Desk) -> None:
    desk.draft(row(1))
    make_draft(desk.cast.killa, desk.others)
    theirs = desk.get("killa", f"plan/{desk.others.pk}/planilla/plan.xlsx").content
    answer = bring(desk, theirs)
    told = "plan.xlsx: this workbook belongs to another plan: Municipio de Ñandú, PLAN-2018@cast:5."
    assert (answer.status_code, told in text(answer), Upload.objects.count(), list(store.held())) == (422, True, 0, [])


def test_without_a_draft_it_is_given_and_not_taken(desk: Desk) -> None:
    desk.handed_in(row(1))
    page = desk.get("inti", f"plan/{desk.owed.pk}/planilla/")
    answer = bring(desk, given(desk))
    assert ("Begin one first" in text(page), answer.status_code, Upload.objects.count()) == (True, 422, 0)


@pytest.mark.parametrize("who", ["killa", "amaru"])
def test_nobody_else_finds_it(desk: Desk, who: str) -> None:
    desk.draft(row(1))
    where = bring(desk, filled(given(desk), C5="x"))["Location"]
    client = desk.client(who)
    book = client.get(f"/en/desk/plan/{desk.owed.pk}/planilla/plan.xlsx")
    assert [client.get(where).status_code, client.post(where).status_code, book.status_code] == [404, 404, 404]


def test_the_executive_takes_it_along_and_brings_nothing(desk: Desk) -> None:
    desk.draft(row(1))
    answer = bring(desk, given(desk, "wara"), who="wara")
    assert (answer.status_code, Upload.objects.count()) == (403, 0)


def test_the_budget_of_queries_does_not_grow_with_the_rows(desk: Desk, query_budget: QueryBudget) -> None:
    desk.draft(*(row(number) for number in range(1, 6)))
    where = bring(desk, filled(given(desk), **{f"C{at}": "x" for at in range(5, 10)}))["Location"]
    client = desk.client("inti")
    with query_budget(34):
        assert "changed: 5" in text(client.get(where))
    with query_budget(26):
        client.get(f"/en/desk/plan/{desk.owed.pk}/planilla/plan.xlsx")


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_a_hostile_workbook_is_refused_in_one_sentence_or_does_no_harm(desk: Desk, attack: Attack) -> None:
    desk.draft(row(1))
    answer = bring(desk, attack.make(given(desk)))
    page = desk.client("inti").get(answer["Location"]) if answer.status_code == 302 else answer
    kept = (Upload.objects.count(), list(store.held()))
    assert (answer.status_code, kept) == ((422, (0, [])) if attack.code else (302, (1, [])))
    assert (attack.told in text(page), names()) == (True, [(1, "Contar los granos")])
    if attack.code:
        assert _sentence_of(attack.code, attack.told) in text(page)


def test_a_file_that_is_no_workbook_is_told_where_the_next_one_is_chosen(desk: Desk) -> None:
    desk.draft(row(1))
    answer = bring(desk, b"%PDF-1.7 nothing else", name="plan.pdf")
    again = desk.get("inti", f"plan/{desk.owed.pk}/planilla/subir/")
    assert (
        answer.status_code,
        "it is neither .xlsx nor .ods" in text(answer),
        soup(answer).select_one('[name="file"]') is not None,
        again["Location"],
    ) == (422, True, True, f"/en/desk/plan/{desk.owed.pk}/planilla/")


def _sentence_of(code: str, told: str) -> str:
    """The sentence of a refusal from its place on, as far as it is the same for all."""
    with translation.override("en"):
        return str(words.MESSAGES[code][0]).partition(")s")[2].partition("%(")[0].strip(" :“”(") if told else ""
