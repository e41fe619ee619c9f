"""A planner takes the plan along, fills it in without internet, and brings it back by keyboard and without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.browser import NARROW, WIDE, too_wide, violations
from tests.cast import Cast, make_call, make_draft, make_edition, make_entities, make_people, obligation_of
from yupana.domain.commitments.actions import edit_rows
from yupana.domain.commitments.models import Activity
from yupana.domain.commitments.rules import Act, CellEdit, Edit

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser import Visitor
    from yupana.domain.obligations.models import Obligation


@pytest.fixture
def owed(transactional_db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> tuple[Cast, Obligation]:
    """Inti's draft, where another process can see it."""
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path / "home"))
    cast = make_people(make_entities())
    make_edition()
    obligation = obligation_of(make_call(), cast.a)
    make_draft(cast.inti, obligation)
    return cast, obligation


def test_what_went_out_comes_back_and_both_texts_are_there_to_choose(
    visitor: Visitor, owed: tuple[Cast, Obligation], tmp_path: Path
) -> None:
    cast, obligation = owed
    visitor.sign_in(cast.people["inti"])
    page = visitor.open(f"/en/desk/plan/{obligation.pk}/", width=NARROW, scripts=False)
    page.get_by_role("link", name="Write it in a spreadsheet").press("Enter")
    told = [too_wide(page)]
    with page.expect_download() as taken:
        page.get_by_role("link", name="Excel (.xlsx)").press("Enter")
    file = tmp_path / "plan.xlsx"
    taken.value.save_as(file)
    book = openpyxl.load_workbook(file)
    book["Plan"]["C5"], book["Plan"]["C6"] = "Del libro", "Nueva"
    book.save(file)
    changed = Edit(Act.CHANGE, 1, (CellEdit(1, "name", "Contar los granos", "De la grilla"),))
    edit_rows(actor=cast.inti, submission=obligation.submissions.get(), edits=[changed])
    page.get_by_label("Workbook").set_input_files(file)
    page.get_by_role("button", name="See what would change").press("Enter")
    told.append(too_wide(page))
    scripted = visitor.open(page.url, width=WIDE)
    faults = [*violations(scripted), *(["wide"] if too_wide(scripted) else [])]
    page.get_by_role("radio", name="Del libro").press("Space")
    page.get_by_role("button", name="Write it into the plan").press("Enter")
    page.get_by_text("Written. Activities added: 1, changed: 1, removed: 0.").wait_for()
    names = list(Activity.objects.order_by("row").values_list("name", flat=True))
    assert (told, faults, names) == ([False, False], [], ["Del libro", "Nueva"])
