"""A report's workbook and the budget system's export, at their edges: whose file, of what, and what is left out."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import obligation_of
from tests.domain.progress.stage import FLOW, LEVEL, QUARTERS, SAID, accepted, asked, planned
from tests.interfaces.desk.desk import Desk, errors, soup, text
from yupana.domain.commitments.facts import Money
from yupana.domain.commitments.rules import CellEdit
from yupana.domain.progress.actions import discard_report, edit_report, start_report
from yupana.domain.progress.models import Progress
from yupana.foundation.kernel.quantity import SCALE

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

    from tests.cast import Cast
    from yupana.domain.submissions.models import Submission

pytestmark = pytest.mark.django_db
PLAN = (
    replace(FLOW, budget_cents=1_000_00, money=(Money(2018, programmed_cents=1_000_00, category="10 0 001"),)),
    replace(LEVEL, money=(Money(2018, programmed_cents=5_00, category="20 0 001"),)),
)
HEAD = "Categoría Programática;Vigente;Devengado\n"


@pytest.fixture
def desk(cast: Cast) -> Desk:
    plan = planned(cast, PLAN, bodies=(cast.a, cast.b))
    call = asked(plan)
    return Desk(cast, call, obligation_of(call, cast.a), obligation_of(call, cast.b))


@pytest.fixture
def draft(desk: Desk) -> Submission:
    return start_report(actor=desk.cast.inti, obligation=desk.owed, on=desk.owed.call.opens_on)


def where(desk: Desk, more: str = "") -> str:
    return f"avance/{desk.owed.pk}/planilla/{more}"


def given(desk: Desk, who: str = "inti", at: int = 0) -> bytes:
    return desk.get(who, f"avance/{at or desk.owed.pk}/planilla/avance.xlsx").content


def changed(content: bytes, **cells: float | str | None) -> SimpleUploadedFile:
    """Fill cells in, by their place on the sheet."""
    opened = openpyxl.load_workbook(BytesIO(content))
    for place, said in cells.items():
        opened.worksheets[0][place] = said
    packed = BytesIO()
    opened.save(packed)
    return SimpleUploadedFile("avance.xlsx", packed.getvalue())


def bring(desk: Desk, file: SimpleUploadedFile | None, to: str = "subir/", who: str = "inti") -> Response:
    return desk.client(who).post(f"/en/desk/{where(desk, to)}", {"file": file} if file else {})


def spent(desk: Desk, *lines: str, name: str = "gasto.csv") -> Response:
    return bring(desk, SimpleUploadedFile(name, (HEAD + "\n".join(lines)).encode()), "ejecucion/")


def applied(desk: Desk, page: Response, **choices: str) -> Response:
    field = soup(page).select_one("input[name=told]")
    assert field, text(page)
    return desk.client("inti").post(f"/en/desk/{where(desk, 'aplicar/')}", {"told": str(field["value"]), **choices})


def told() -> dict[int, tuple[int | None, int | None, int | None]]:
    return {each.row: (each.value, each.current_cents, each.accrued_cents) for each in Progress.objects.all()}


def test_a_book_that_nobody_filled_in_changes_nothing(desk: Desk, draft: Submission) -> None:
    page = bring(desk, changed(given(desk)))
    assert ("it says what the report says" in text(page), soup(page).select("input[name=told]")) == (True, [])


def test_the_book_of_another_body_or_period_is_refused_by_its_name(desk: Desk, draft: Submission) -> None:
    second = obligation_of(asked(desk.call.follows, QUARTERS[1]), desk.cast.a)  # type: ignore[arg-type] # it follows one
    books = (given(desk, "killa", desk.others.pk), given(desk, at=second.pk))
    answers = [bring(desk, changed(book, H5=20)) for book in books]
    assert [(each.status_code, len(errors(each)) > 0) for each in answers] == [(422, True)] * 2
    assert ("Ñandú" in text(answers[0]), told()) == (True, {})


def test_what_stands_in_a_cell_that_cannot_be_read_is_named_and_the_rest_is_brought(
    desk: Desk, draft: Submission
) -> None:
    page = bring(desk, changed(given(desk), H5="mucho", H6=30, J5=-5))
    notes = [" ".join(each.get_text(" ").split()) for each in soup(page).select(".todo.warn li")]
    assert (["mucho" in " ".join(notes), "1 cell." in text(page)], told()) == ([True, True], {})
    applied(desk, page)
    assert told() == {2: (30 * SCALE, None, None)}


@pytest.mark.parametrize("to", ["subir/", "ejecucion/"])
def test_no_file_an_empty_one_and_one_of_another_kind_are_told(desk: Desk, draft: Submission, to: str) -> None:
    kinds = {"a.pdf": b"%PDF-", "a": b"x", "a.xlsx": b"PK\x03\x04x", "a.ods": b"PK\x03\x04x", "b.xlsx": b""}
    answers = [bring(desk, None, to), *(bring(desk, SimpleUploadedFile(*kind), to) for kind in kinds.items())]
    assert [(each.status_code, bool(errors(each))) for each in answers] == [(422, True)] * len(answers)
    assert ["Choose a file." in errors(answers[0]), "The file is empty." in errors(answers[-1])] == [True, True]


def test_only_who_writes_brings_it_back_and_whoever_reads_takes_it_along(desk: Desk, draft: Submission) -> None:
    book = given(desk)
    brought = {who: bring(desk, changed(book, H5=20), who=who).status_code for who in ("wara", "killa", "amaru", "")}
    taken = {who: desk.get(who, where(desk, "avance.ods")).status_code for who in ("inti", "wara", "killa", "amaru")}
    assert (brought, taken) == (
        {"wara": 403, "killa": 404, "amaru": 404, "": 403},
        {"inti": 200, "wara": 200, "killa": 404, "amaru": 404},
    )
    assert [desk.get("inti", where(desk, f"avance.{kind}")).status_code for kind in ("csv", "xls", "x")] == [404] * 3


def test_without_a_draft_the_last_version_is_given_and_nothing_is_taken(desk: Desk) -> None:
    empty = given(desk)
    accepted(desk.cast, desk.owed, SAID[:2])
    book = openpyxl.load_workbook(BytesIO(given(desk))).worksheets[0]
    before = told()
    answers = [bring(desk, changed(empty, H5=30)).status_code, spent(desk, "10 0 001;1;1").status_code]
    assert (float(book["H5"].value), answers, told()) == (20.0, [422, 422], before)


def test_what_was_shown_of_one_draft_is_not_written_into_the_next(desk: Desk, draft: Submission) -> None:
    page = bring(desk, changed(given(desk), H5=20))
    discard_report(actor=desk.cast.inti, submission=draft)
    start_report(actor=desk.cast.inti, obligation=desk.owed, on=desk.owed.call.opens_on)
    answer = applied(desk, page)
    assert (answer["Location"], told()) == (f"/en/desk/{where(desk)}", {})


def test_of_what_clashes_only_what_was_chosen_is_written(desk: Desk, draft: Submission) -> None:
    book = changed(given(desk), H5=20, H6=30)
    edits = [CellEdit(row, "value", "", "19") for row in (1, 2)]
    edit_report(actor=desk.cast.inti, submission=draft, edits=edits)
    page = bring(desk, book)
    choices = sorted({str(each["name"]) for each in soup(page).select("input[type=radio]")})
    applied(desk, page, **{"2.value": "mine", "1.value": "theirs"})
    assert (choices, {row: said[0] for row, said in told().items()}) == (
        ["1.value", "2.value"],
        {1: 19 * SCALE, 2: 30 * SCALE},
    )


def test_lines_of_the_same_codes_add_up_and_others_are_listed(desk: Desk, draft: Submission) -> None:
    page = spent(desk, "10 0 001;600,00;100,50", "10 0 001;400,00;25,00", "20 0 001;5,00;0,00", "99 9 999;7,00;7,00")
    listed = " ".join(each.get_text(" ") for each in soup(page).select(".todo.warn li"))
    assert ("No activity of the plan has these codes." in text(page), "99" in listed) == (True, True)
    applied(desk, page)
    assert told() == {1: (None, 1_000_00, 125_50), 2: (None, 5_00, 0)}


def test_an_amount_that_cannot_be_kept_changes_no_amount(desk: Desk, draft: Submission) -> None:
    page = spent(desk, "10 0 001;mucho;100,50", "20 0 001;5,00;-3")
    notes = [" ".join(each.get_text(" ").split()) for each in soup(page).select(".todo.warn li")]
    why = ("An amount of this line cannot be read.", "The lines of this activity add up to less than zero.")
    assert [each.startswith(f"gasto.csv:{line} {why[line - 2]}") for line, each in enumerate(notes, 2)] == [True, True]
    assert (soup(page).select("input[name=told]"), told()) == ([], {})


def test_no_name_in_the_plan_is_a_formula_in_the_book(cast: Cast) -> None:
    plan = planned(cast, [replace(FLOW, name="=1+1", indicator="+Granos")])
    call = asked(plan)
    desk = Desk(cast, call, obligation_of(call, cast.a), obligation_of(call, cast.a))
    sheet = openpyxl.load_workbook(BytesIO(given(desk))).worksheets[0]
    assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
