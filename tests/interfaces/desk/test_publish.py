"""Editions on the desk: read, and published by their act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.cast import make_edition
from tests.interfaces.desk.desk import Desk, errors, links, soup, text, value
from yupana.domain.instruments.facts import EditionState
from yupana.domain.instruments.models import Edition

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

WHERE = "instrumentos/OTRO/1/"
GIVEN = {"act": "DS 1/2026", "on": "2026-01-15", "sure": "on"}


@pytest.fixture(autouse=True)
def _a_draft(desk: Desk) -> None:
    make_edition("OTRO", published=False)


def publish(desk: Desk, who: str = "amaru", **changed: str) -> Response:
    return desk.post(who, WHERE, **{**GIVEN, **changed})


def state() -> str:
    return Edition.objects.get(instrument__code="OTRO").state


def test_drafts_come_first_and_lead_to_their_page(desk: Desk) -> None:
    page = desk.get("amaru", "instrumentos/")
    titles = [title.get_text() for title in soup(page).select("main h2")]
    assert (titles[0], "/en/desk/instrumentos/OTRO/1/" in links(page)) == ("Plan OTRO, edición 1", True)


def test_the_page_shows_every_item_with_its_role(desk: Desk) -> None:
    page = text(desk.get("amaru", WHERE))
    told = ("A draft of 4 items.", "axis 1 · Un Estado que cuenta", "strategic line 2 · Contar con otros binds")
    assert [each in page for each in told] == [True, True, True]


def test_publishing_needs_act_day_and_a_yes(desk: Desk) -> None:
    response = publish(desk)
    edition = Edition.objects.get(instrument__code="OTRO")
    assert (response["Location"], edition.state, edition.act) == (
        "/en/desk/instrumentos/",
        EditionState.PUBLISHED,
        "DS 1/2026",
    )


@pytest.mark.parametrize("fields", [{"act": " "}, {"on": ""}, {"on": "2026-02-30"}, {"act": "x" * 301}])
def test_what_lacks_something_is_shown_again(desk: Desk, fields: dict[str, str]) -> None:
    response = publish(desk, **fields)
    name, typed = next(iter(fields.items()))
    assert (response.status_code, state(), value(response, name).strip()) == (422, EditionState.DRAFT, typed.strip())


def test_without_the_yes_nothing_is_published(desk: Desk) -> None:
    response = desk.post("amaru", WHERE, act="DS 1", on="2026-01-15")
    assert (response.status_code, "Tick the box to publish." in errors(response), state()) == (422, True, "draft")


def test_publishing_twice_is_a_conflict(desk: Desk) -> None:
    publish(desk)
    response = publish(desk, act="DS 2/2026")
    assert (response.status_code, Edition.objects.get(instrument__code="OTRO").act) == (409, "DS 1/2026")


def test_a_published_edition_offers_no_form(desk: Desk) -> None:
    publish(desk)
    page = desk.get("amaru", WHERE)
    assert (soup(page).select("main form"), "by DS 1/2026" in text(page)) == ([], True)


def test_an_edition_that_is_not_there_is_not_found(desk: Desk) -> None:
    assert desk.get("amaru", "instrumentos/OTRO/9/").status_code == 404


@pytest.mark.parametrize("path", ["instrumentos/", WHERE])
@pytest.mark.parametrize("name", ["inti", "wara", "tupak", "rumi"])
def test_only_the_authoritys_planners_come_here(desk: Desk, name: str, path: str) -> None:
    assert (desk.get(name, path).status_code, publish(desk, name).status_code, state()) == (403, 403, "draft")


@pytest.mark.parametrize("more", [1, 5])
def test_the_list_stays_within_its_queries(desk: Desk, query_budget: Any, more: int) -> None:  # noqa: ANN401 - a fixture of conftest
    for number in range(more):
        make_edition(f"MAS{number}")
    client = desk.client("amaru")
    with query_budget(5):
        assert client.get("/en/desk/instrumentos/").status_code == 200
