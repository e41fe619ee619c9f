"""A report written in a browser: saved by itself, by two people at once, and handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import NARROW, faults
from tests.cast import Cast, make_entities, make_people, make_person, obligation_of
from tests.domain.progress.stage import asked, planned
from yupana.domain.progress.actions import start_report
from yupana.domain.progress.models import Progress
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.quantity import SCALE

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser import Visitor


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """The cast with a second planner of entity A, Quilla."""
    cast = make_people(make_entities())
    cast.people["quilla"], _ = make_person("quilla", (Role.ENTITY_PLANNER, cast.a))
    return cast


def cell(name: str) -> str:
    return f'[name="{name}"]'


def saved(page: Page) -> None:
    expect(page.locator("#state")).to_contain_text("Saved", timeout=10_000)
    expect(page.locator(".waits")).to_have_count(0, timeout=10_000)


def test_a_report_from_its_first_value_to_its_receipt(visitor: Visitor, cast: Cast) -> None:
    call = asked(planned(cast))
    owed = obligation_of(call, cast.a)
    start_report(actor=cast.inti, obligation=owed, on=call.opens_on)
    path = f"/en/desk/avance/{owed.pk}/"
    visitor.sign_in(cast.people["quilla"])
    other = visitor.open(path)
    visitor.sign_in(cast.people["inti"])
    page = visitor.open(path, width=NARROW)
    # What follows from a value is said once it is kept, and what has to be explained is asked then.
    expect(page.locator(cell("1.cause"))).to_be_hidden()
    page.fill(cell("1.value"), "20")
    saved(page)
    expect(page.locator("#how-1")).to_contain_text("80 % of what was due by now")
    expect(page.locator("#lead")).to_contain_text("Next: row 1")
    page.select_option(cell("1.cause"), "staff")
    page.fill(cell("1.variation"), "Faltó gente")
    page.locator(cell("1.variation")).press("Enter")
    page.keyboard.type("dos semanas")
    saved(page)
    expect(page.locator("#lead")).to_contain_text("1 of 3 rows said")
    # What cannot be kept is told at its field; beside it, a change lets it be tried again.
    page.select_option(cell("2.gap"), "data")
    saved(page)
    page.fill(cell("2.value"), "35")
    expect(page.locator("#row-2 .error")).to_contain_text("a reason why there is none", timeout=10_000)
    assert faults(page) == ([], [])
    page.select_option(cell("2.gap"), "")
    saved(page)
    # Somebody else saw none of it; nothing of either is lost.
    other.fill(cell("2.value"), "30")
    other.get_by_role("button", name="Keep mine").click(timeout=10_000)
    saved(other)
    page.select_option(cell("3.value"), "0")
    saved(page)
    assert list(Progress.objects.values_list("row", "value", "variation")) == [
        (1, 20 * SCALE, "Faltó gente\ndos semanas"), (2, 30 * SCALE, ""), (3, 0, ""),
    ]  # fmt: skip
    page.click("#lead .btn")
    assert faults(page) == ([], [])
    page.check("#id_sure")
    page.get_by_role("button", name="Hand in the report").click()
    expect(page.get_by_role("heading", name="Receipt")).to_be_visible()
    assert faults(page) == ([], [])
