"""What a draft in consultation would change, as anybody may see it before it binds anybody."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

from tests.domain.instruments import hearings
from tests.domain.instruments.plans import SMALL, draft, enact, published
from yupana.domain.instruments.actions import open_consultation
from yupana.domain.instruments.facts import ItemRole, ItemRow
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from django.test.client import _MonkeyPatchedWSGIResponse as Response

    Budget = Callable[[int], AbstractContextManager[object]]

pytestmark = pytest.mark.django_db
PUT = "/en/planes/QIPU/2/consulta/"
HERE = f"{PUT}cambios/"
NEW = ItemRow("plan.csv:9", ItemRole.LINE, "1.9", "A telephone for all", (ItemRole.AXIS, "1"))
SECOND = (SMALL[0], replace(SMALL[1], text="One counter in every town"), NEW)


def put(rows: tuple[ItemRow, ...] = SECOND) -> None:
    """Publish the small plan, and put its second edition to everybody."""
    published()
    draft("2", rows)
    open_consultation(actor=OPERATOR, edition="QIPU/2", closes_on=hearings.LAST, on=hearings.OPENED)


def get(address: str = HERE) -> Response:
    return Client().get(address)


def main(response: Response) -> Tag:
    [found] = BeautifulSoup(response.content, "html.parser").select("main")
    return found


def told(response: Response) -> list[str]:
    """Name every item that would change."""
    return [squeeze(change.select_one("h3").get_text(" ")) for change in main(response).select("ol.plan > li")]  # type: ignore[union-attr] # every change has one


def test_each_change_is_shown_against_what_is_in_force() -> None:
    put()
    page = get()
    assert told(page) == [
        "1.1 · One counter in every town",
        "1.9 · A telephone for all",
        "1.2 · Open data",
        "1.2.a · Half of the registers published",
    ]
    assert next(ins.get_text() for ins in main(page).select("ol.plan ins")) == " in every town"


def test_each_item_says_its_role() -> None:
    put()
    roles = [change.select_one("p small") for change in main(get()).select("ol.plan > li")]
    assert [role.get_text() for role in roles if role] == [
        "strategic line", "strategic line", "strategic line", "target",
    ]  # fmt: skip


def test_what_is_put_leads_to_where_it_is_commented_on_and_what_leaves_to_where_it_stands() -> None:
    put()
    links = [str(link["href"]) for link in main(get()).select("h3 a")]
    assert links == [
        f"{PUT}line/1.1/", f"{PUT}line/1.9/", "/en/planes/QIPU/1/line/1.2/", "/en/planes/QIPU/1/target/1.2.a/",
    ]  # fmt: skip
    assert [get(link).status_code for link in links] == [200] * 4


def test_the_consultation_leads_to_it() -> None:
    put()
    assert [link["href"] for link in main(get(PUT)).select("p > a") if "cambios" in str(link["href"])] == [HERE]


def test_the_edition_in_force_says_that_the_next_one_is_in_consultation() -> None:
    put()
    [told] = main(get("/en/planes/QIPU/1/")).select("p.todo")
    assert ("Knots 2" in told.text, [link["href"] for link in told.select("a")]) == (True, [PUT])


def test_what_another_plan_consults_on_is_not_said_there() -> None:
    put()
    draft(instrument="OTHER", title="Another")
    enact(instrument="OTHER")
    assert main(get("/en/planes/OTHER/1/")).select("p.todo") == []


def test_one_kind_can_be_chosen() -> None:
    put()
    assert told(get(f"{HERE}?kind=added")) == ["1.9 · A telephone for all"]


def test_of_a_first_edition_there_is_nothing_to_compare() -> None:
    hearings.opened()
    page = get("/en/planes/QIPU/1/consulta/cambios/")
    assert (page.status_code, "It is the first edition" in page.text, told(page)) == (200, True, [])


def test_a_draft_that_is_mended_is_nobodys_yet() -> None:
    put()
    hearings.close(edition="QIPU/2")
    page = get()
    assert (page.status_code, page["Location"]) == (302, PUT)


def test_a_draft_that_was_never_put_is_not_there() -> None:
    published()
    draft("2", SECOND)
    assert get().status_code == 404


def test_a_page_too_far_is_not_there() -> None:
    put()
    assert get(f"{HERE}?page=9").status_code == 404


@pytest.mark.parametrize("more", [1, 5])
def test_the_page_stays_within_its_queries(query_budget: Budget, more: int) -> None:
    rows = [replace(NEW, code=f"1.9{at}", where=f"plan.csv:{at}", text=f"Telephone {at}") for at in range(more)]
    put((*SECOND, *rows))
    with query_budget(8):
        assert get().status_code == 200
