"""A report filled in elsewhere, and money that a budget system knows: looked at first, written when told so."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import obligation_of
from tests.domain.progress.stage import FLOW, LEVEL, QUARTERS, asked, planned
from tests.domain.progress.targets import BARNS, CITIZENS, QUARTER, barns, called, rate, said
from tests.interfaces.desk.desk import Desk, errors, soup, text
from yupana.domain.commitments.facts import Money
from yupana.domain.commitments.rules import CellEdit
from yupana.domain.progress.actions import edit_report, save_rows, start_report
from yupana.domain.progress.models import Progress
from yupana.domain.progress.queries import measured_values
from yupana.foundation.kernel.quantity import SCALE

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

    from tests.cast import Cast
    from yupana.domain.submissions.models import Submission

pytestmark = pytest.mark.django_db
PLAN = (
    replace(FLOW, budget_cents=1_000_00, money=(Money(2018, programmed_cents=1_000_00, category="10 0 001"),)),
    LEVEL,
)
VALUE, ACCRUED = "H", "J"  # columns of the sheet


@pytest.fixture
def desk(cast: Cast) -> Desk:
    plan = planned(cast, PLAN)
    call = asked(plan)
    return Desk(cast, call, obligation_of(call, cast.a), obligation_of(plan, cast.b))


@pytest.fixture
def draft(desk: Desk) -> Submission:
    return start_report(actor=desk.cast.inti, obligation=desk.owed, on=desk.owed.call.opens_on)


def where(desk: Desk, more: str = "") -> str:
    return f"avance/{desk.owed.pk}/planilla/{more}"


def filled(desk: Desk, **cells: float | str) -> SimpleUploadedFile:
    """Take the workbook along, fill cells of the first row in, and have it back."""
    given = desk.get("inti", where(desk, "avance.xlsx"))
    opened = openpyxl.load_workbook(BytesIO(given.content))
    for column, value in cells.items():
        opened.worksheets[0][f"{column}5"] = value
    packed = BytesIO()
    opened.save(packed)
    return SimpleUploadedFile("avance.xlsx", packed.getvalue())


def bring(desk: Desk, file: SimpleUploadedFile, to: str = "subir/") -> Response:
    return desk.client("inti").post(f"/en/desk/{where(desk, to)}", {"file": file})


def applied(desk: Desk, page: Response, **choices: str) -> Response:
    field = soup(page).select_one("input[name=told]")
    assert field, text(page)
    return desk.client("inti").post(f"/en/desk/{where(desk, 'aplicar/')}", {"told": str(field["value"]), **choices})


def told() -> dict[int, tuple[int | None, int | None, int | None]]:
    return {each.row: (each.value, each.current_cents, each.accrued_cents) for each in Progress.objects.all()}


def test_what_was_filled_in_is_looked_at_and_then_written(desk: Desk, draft: Submission) -> None:
    page = bring(desk, filled(desk, H=20, J=125.5))
    assert ("2 cells." in text(page), told()) == (True, {})
    applied(desk, page)
    assert told() == {1: (20 * SCALE, None, 125_50)}


def test_who_changed_the_same_meanwhile_loses_nothing_unless_the_bringer_says_so(desk: Desk, draft: Submission) -> None:
    book = filled(desk, H=20)
    edits = [CellEdit(1, "value", "", "19")]
    edit_report(actor=desk.cast.inti, submission=draft, edits=edits)
    page = bring(desk, book)
    applied(desk, page)
    kept = told()[1][0]
    applied(desk, page, **{"1.value": "mine"})
    assert (kept, told()[1][0]) == (19 * SCALE, 20 * SCALE)


def test_what_changed_while_one_was_looking_is_shown_again(desk: Desk, draft: Submission) -> None:
    page = bring(desk, filled(desk, H=20))
    edit_report(
        actor=desk.cast.inti, submission=draft, edits=[CellEdit(1, "value", "", "19")]
    )  # fmt: skip
    again = applied(desk, page)
    assert (again.status_code, told()[1][0]) == (409, 19 * SCALE)


def test_indicators_are_asked_for_filled_in_elsewhere_and_shown_before_they_leave(cast: Cast) -> None:
    _edition, plan = called(cast)
    first, second = asked(plan), asked(plan, QUARTERS[1])
    said(cast, cast.inti, obligation_of(first, cast.a), [rate(1, 4)])
    owed = obligation_of(second, cast.a)
    desk = Desk(cast, second, owed, owed)
    draft = start_report(actor=cast.inti, obligation=owed, on=second.opens_on)
    save_rows(actor=cast.inti, submission=draft, rows=QUARTER)
    page = desk.get("inti", f"avance/{owed.pk}/enviar/")
    lacks = [each.get_text(" ", strip=True) for each in soup(page).select(".todo.warn li")]
    assert [each.partition(". ")[2] for each in lacks] == ["give its value, or say why there is none"] * 2
    assert "2 indicators without a value or a reason" in text(page)
    desk.post("inti", f"avance/{owed.pk}/sin-cambios/")
    assert measured_values(draft) == {CITIZENS: rate(1, 4)}  # of the barns nobody ever said how many there were
    opened = openpyxl.load_workbook(BytesIO(desk.get("inti", where(desk, "avance.xlsx")).content))
    sheet = opened.worksheets[1]
    assert [[cell.value for cell in row[:8]] for row in sheet.iter_rows(5, 6)] == [
        [1, "40% de los ciudadanos cuentan sus granos.", "%", 40, None, "1 / 4", "1 / 4", None],
        [2, "Se construyen 12 graneros.", "graneros", 12, None, None, None, None],
    ]
    sheet["G5"], sheet["G6"] = "50", 3
    packed = BytesIO()
    opened.save(packed)
    shown = bring(desk, SimpleUploadedFile("avance.xlsx", packed.getvalue()))
    assert [each.get_text(" ", strip=True) for each in soup(shown).select("tbody th, .todo.warn li b")] == [
        "Indicators!G5", "Se construyen 12 graneros. Indicators!G6",
    ]  # fmt: skip
    applied(desk, shown)
    assert measured_values(draft) == {CITIZENS: rate(1, 4), BARNS: barns(3)}
    before = soup(desk.get("inti", f"avance/{owed.pk}/enviar/"))
    values = [each.get_text(strip=True) for each in before.select("td[data-label=Value]")]
    assert values[-2:] == ["1 / 4", "3 graneros"]
    assert desk.post("inti", f"avance/{owed.pk}/enviar/", sure="on").status_code == 302


def test_the_money_of_the_budget_system_goes_where_its_codes_belong(desk: Desk, draft: Submission) -> None:
    export = "Categoría Programática;Vigente;Devengado\n10 0 001;1.000,00;125,50\n99 9 999;5;5\n"
    page = bring(desk, SimpleUploadedFile("gasto.csv", export.encode()), "ejecucion/")
    assert "No activity of the plan has these codes." in text(page)
    applied(desk, page)
    assert told() == {1: (None, 1_000_00, 125_50)}


def test_a_file_of_something_else_is_refused_in_words(desk: Desk, draft: Submission) -> None:
    wrong = bring(desk, SimpleUploadedFile("x.xlsx", b"hola"))
    nothing = bring(desk, SimpleUploadedFile("gasto.csv", b"a;b\n1;2\n"), "ejecucion/")
    assert (wrong.status_code, nothing.status_code) == (422, 422)
    assert (bool(errors(wrong)), "columns missing" in text(nothing)) == (True, True)


def test_what_was_not_signed_here_is_not_applied(desk: Desk, draft: Submission) -> None:
    answer = desk.client("inti").post(f"/en/desk/{where(desk, 'aplicar/')}", {"told": "x"})
    assert (answer.status_code, told()) == (302, {})
