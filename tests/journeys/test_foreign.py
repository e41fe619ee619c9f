"""A planner brings their own POA: a real form, its columns explained on a page, its rows in the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser import NARROW, WIDE, too_wide, violations
from tests.cast import Cast, make_call, make_draft, make_edition, make_entities, make_people, obligation_of
from yupana.domain.commitments.models import Activity

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser import Visitor
    from yupana.domain.obligations.models import Obligation

FILE = "xlsx/POA2024_formulario4.xlsx"


@pytest.fixture
def owed(transactional_db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> tuple[Cast, Obligation]:
    """Inti's empty draft, where another process can see it."""
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path / "home"))
    cast = make_people(make_entities())
    make_edition()
    obligation = obligation_of(make_call(), cast.a)
    make_draft(cast.inti, obligation, [])
    return cast, obligation


@pytest.mark.real
def test_a_real_form_finds_its_way_into_the_plan(
    visitor: Visitor, owed: tuple[Cast, Obligation], real_data: Path
) -> None:
    cast, obligation = owed
    visitor.sign_in(cast.people["inti"])
    page = visitor.open(f"/en/desk/plan/{obligation.pk}/", width=NARROW)
    page.get_by_role("link", name="Bring a workbook of your own").click()
    page.get_by_label("Workbook").set_input_files(real_data / FILE)
    page.get_by_role("button", name="Bring it").click()
    narrow, faults = too_wide(page), violations(page)
    page.set_viewport_size({"width": WIDE, "height": 800})
    wide = too_wide(page)
    page.get_by_role("button", name="See what would change").click()
    page.get_by_role("button", name="Write it into the plan").click()
    held = Activity.objects.filter(submission__obligation=obligation)
    assert (narrow, wide, faults, held.count()) == (False, False, [], 19)
