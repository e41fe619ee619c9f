"""What an update touches, on the desk: the rehearsed one, whose list is written by hand beside `rehearsal.py`."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from tests import rehearsal
from tests.cast import obligation_of
from tests.interfaces.desk.desk import Desk, links, soup, text
from tests.rehearsal import enact, rehearse, second
from yupana.domain.entities.actions import import_register
from yupana.domain.entities.facts import EntityRow
from yupana.foundation.kernel.actor import OPERATOR
from yupana.interfaces.desk.updates import impact
from yupana.projections import followers

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

    from tests.conftest import Budget

pytestmark = pytest.mark.django_db
WHERE = "instrumentos/PLAN/2/impacto/"
CHANGES = f"{WHERE}cambios/"


@pytest.fixture
def desk(db: None) -> Desk:
    """The rehearsed update, its second edition a draft."""
    before = rehearse()
    followers.tick()
    rehearsal.draft("2", second())
    first, other = (obligation_of(before.call, each) for each in (before.cast.a, before.cast.b))
    return Desk(before.cast, before.call, first, other)


def told(page: Response, where: str) -> list[str]:
    """Some parts of a page, each on one line."""
    return [" ".join(each.get_text(" ").split()) for each in soup(page).select(where)]


def table(page: Response) -> list[dict[str, str]]:
    """What is sent to be taken along."""
    return list(csv.DictReader(io.StringIO(page.getvalue().decode("utf-8-sig"), newline="")))


# --- all of it -----------------------------------------------------------------------------------------------------
def test_a_draft_says_what_changes_by_kind(desk: Desk) -> None:
    page = desk.get("amaru", WHERE)
    assert told(page, "main .tag")[:6] == [
        "new: 6",
        "gone: 4",
        "worded differently: 5",
        "numbered differently: 10",
        "moved: 3",
        "split: 1",
    ]


def test_calls_that_keep_their_edition_are_named(desk: Desk) -> None:
    page = desk.get("amaru", WHERE)
    assert ("An open call keeps its edition" in text(page), told(page, "main > .feed > li")) == (
        True,
        [f"{desk.call.title} open 3 bodies owe an answer"],
    )


def test_what_all_have_to_do_is_counted(desk: Desk) -> None:
    page = soup(desk.get("amaru", WHERE))
    numbers = [each.get_text() for each in page.select("main .facts dd")]
    assert (numbers, [each.get_text() for each in page.select("main .facts dt")][:2]) == (
        ["2", "1", "6", "35"],
        ["its activities answer nothing any more", "choose which part each activity answers"],
    )


def test_each_body_has_its_list_the_most_pressing_first(desk: Desk) -> None:
    cards = soup(desk.get("amaru", WHERE)).select("section.card")
    names = [str(card.h3.contents[0]).strip() for card in cards if card.h3]
    mine = cards[1].select("li")
    assert (names, len(mine), " ".join(mine[1].get_text(" ").split())[:40], "2 activities" in mine[1].get_text()) == (
        ["Gobernación del Valle", "Municipio de Ábaco", "Municipio de Ñandú"],
        15,
        "choose which part each activity answers ",
        True,
    )


def test_the_bodies_can_be_narrowed_to_what_they_have_to_do(desk: Desk) -> None:
    page = desk.get("amaru", f"{WHERE}?from=1&duty=choose")
    names = [str(card.h3.contents[0]).strip() for card in soup(page).select("section.card") if card.h3]
    assert (names, told(page, "#bodies"), told(page, "main .facts dd")) == (
        ["Municipio de Ábaco"],
        ["1 body · Show all"],
        ["2", "1", "6", "35"],
    )


def test_bodies_come_in_pages(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(impact, "BODIES", 2)
    page = desk.get("amaru", f"{WHERE}?from=1&page=2")
    assert (len(soup(page).select("section.card")), links(page)[-1]) == (1, "?from=1&page=1")


def test_what_is_published_is_compared_with_any_before_it(desk: Desk) -> None:
    enact()
    rehearsal.draft("3", second())
    same, other = (text(desk.get("amaru", f"instrumentos/PLAN/3/impacto/{asked}")) for asked in ("", "?from=1"))
    assert ("From edition 2 to 3 0 items change." in same, "From edition 1 to 3 " in other) == (True, True)


@pytest.mark.parametrize("asked", ["?from=2", "?from=9", "?page=9"])
def test_what_does_not_come_before_is_not_there(desk: Desk, asked: str) -> None:
    assert desk.get("amaru", f"{WHERE}{asked}").status_code == 404


def test_the_first_edition_touches_nothing(desk: Desk) -> None:
    page = "instrumentos/PLAN/1/impacto/"
    answers = {more: desk.get("amaru", f"{page}{more}") for more in ("", "cambios/", "entidades.csv")}
    assert (
        "nothing rests on one yet" in text(answers[""]),
        "Nothing changes." in text(answers["cambios/"]),
        table(answers["entidades.csv"]),
    ) == (True, True, [])


def test_without_a_call_nobody_has_anything_to_do(desk: Desk) -> None:
    enact()
    rehearsal.draft("3", rehearsal.first())
    assert "No call put it" in text(desk.get("amaru", "instrumentos/PLAN/3/impacto/"))


# --- each change ---------------------------------------------------------------------------------------------------
def test_each_change_says_what_it_touches(desk: Desk) -> None:
    rows = soup(desk.get("amaru", CHANGES)).select("main tbody tr")
    found = {
        " ".join(row.small.get_text().split()): [" ".join(cell.get_text(" ").split()) for cell in row.select("td")]
        for row in rows
        if row.small
    }
    one = found["strategic line 6 → strategic line 96"]
    assert (one[0], one[2:], found["strategic line 16"][2:]) == (
        "numbered differently",
        ["3", "1", "0", "0", "8"],
        ["3", "2", "0", "0", "8"],
    )


def test_what_only_follows_is_left_out_of_the_pages(desk: Desk) -> None:
    shown = told(desk.get("amaru", CHANGES), "main tbody td[data-label='Change']")
    assert [each for each in shown if "because of what changed around it" in each] == []


def test_changes_come_in_pages(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(impact, "CHANGES", 3)
    page = desk.get("amaru", f"{CHANGES}?page=2")
    assert (len(soup(page).select("main tbody tr")), links(page)[-2:]) == (3, ["?page=1", "?page=3"])


# --- to take along -------------------------------------------------------------------------------------------------
def test_the_list_of_every_body_is_a_table(desk: Desk) -> None:
    page = desk.get("amaru", f"{WHERE}entidades.csv")
    rows = table(page)
    split = next(row for row in rows if row["duty"] == "choose")
    assert (len(rows), split["entity"], split["item"], split["activities"], page["Content-Disposition"]) == (
        44,
        "cast:4",
        "line:16",
        "2",
        'attachment; filename="PLAN-1-2-entities.csv"',
    )


def test_what_each_change_touches_is_a_table(desk: Desk) -> None:
    rows = {row["item_before"]: row for row in table(desk.get("amaru", f"{WHERE}cambios.csv"))}
    sixth = rows["line:6"]
    assert (sixth["item_after"], sixth["kinds"], sixth["calls"], sixth["obligations"], sixth["figures"]) == (
        "line:96",
        "renumbered",
        desk.call.code,
        "3",
        "8",
    )


def test_a_name_that_a_spreadsheet_would_run_is_only_text(desk: Desk) -> None:
    row = EntityRow("cast.csv:5", "4", "A-1", "=1+1", "MA", "2", level="municipal", bindable=True)
    import_register(actor=OPERATOR, source="cast", rows=(row,), on=rehearsal.ENACTED)
    assert "'=1+1" in {each["name"] for each in table(desk.get("amaru", f"{WHERE}entidades.csv"))}


# --- who, and at what cost -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["inti", "wara", "tupak", "rumi"])
def test_only_the_authoritys_planners_look(desk: Desk, name: str) -> None:
    asked = (WHERE, CHANGES, f"{WHERE}entidades.csv", f"{WHERE}cambios.csv")
    assert {desk.get(name, where).status_code for where in asked} == {403}


def test_it_is_reached_from_the_editor_and_from_the_page_that_publishes(desk: Desk) -> None:
    pages = ("instrumentos/PLAN/2/editar/", "instrumentos/PLAN/2/", "instrumentos/PLAN/1/")
    assert [any(each.endswith("/impacto/") for each in links(desk.get("amaru", page))) for page in pages] == [True] * 3


@pytest.mark.parametrize("bodies", [1, 5])
@pytest.mark.parametrize(("where", "most"), [(WHERE, 22), (CHANGES, 17)])
def test_the_pages_cost_the_same_with_more_bodies(
    desk: Desk, query_budget: type[Budget], monkeypatch: pytest.MonkeyPatch, bodies: int, where: str, most: int
) -> None:
    monkeypatch.setattr(impact, "BODIES", bodies)
    client = desk.client("amaru")
    with query_budget(most):
        client.get(f"/en/desk/{where}")
