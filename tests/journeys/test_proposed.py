"""A reader of a draft in consultation looks up what it would change, and comments on it from there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from tests.browser import NARROW, WIDE, too_wide, violations
from tests.cast import ITEMS, make_edition, make_entities
from yupana.domain.instruments import actions
from yupana.foundation.kernel.actor import OPERATOR

if TYPE_CHECKING:
    from tests.browser import Visitor

PUT = "/planes/PLAN/2/consulta/"


@pytest.fixture
def _put(transactional_db: None) -> None:
    """An edition in force, and its next one in consultation."""
    make_entities()
    make_edition()
    reworded = replace(ITEMS[1], text=f"{ITEMS[1].text}, en cada barrio")
    make_edition(edition="2", rows=(ITEMS[0], reworded, *ITEMS[2:-1]), published=False)
    today = timezone.localdate()
    actions.open_consultation(actor=OPERATOR, edition="PLAN/2", closes_on=today + timedelta(days=9), on=today)


@pytest.mark.usefixtures("_put")
@pytest.mark.parametrize(("language", "width"), [("", NARROW), ("/en", WIDE)])
def test_what_would_change_is_accessible(visitor: Visitor, width: int, language: str) -> None:
    page = visitor.open(f"{language}{PUT}cambios/", width=width)
    assert (page.locator("ol.plan > li").count() > 1, violations(page), too_wide(page)) == (True, [], False)


@pytest.mark.usefixtures("_put")
def test_a_reader_goes_from_the_plan_in_force_to_a_comment_on_what_would_change(visitor: Visitor) -> None:
    page = visitor.open("/en/planes/PLAN/1/", width=NARROW)
    page.get_by_role("link", name="Read it and comment").click()
    page.get_by_role("link", name="What it would change").click()
    page.locator("ol.plan h3 a").first.click()
    page.get_by_label("Your comment").fill("En cada barrio, sí.")
    page.get_by_role("button", name="Send the comment").click()
    page.wait_for_url("**/recibos/**")
    assert page.locator("main").inner_text().count("strategic line 1") == 1
