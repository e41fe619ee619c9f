"""Two texts of one item: side by side, until a person has chosen."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import pytest

from tests.interfaces.desk.desk import Desk, errors, soup, text, value
from tests.interfaces.desk.editions.writing import EDIT, begun, filled, item, lineage, page_of, tree, write
from yupana.domain.instruments.models import Aside, Edition

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response


@pytest.fixture(autouse=True)
def _draft(desk: Desk) -> None:
    begun()


def clash(desk: Desk, theirs: str = "Contar lo propio y lo ajeno", **mine: Any) -> str:  # noqa: ANN401 - fields by name
    """Two people write line 1 at once; the address of what was kept aside."""
    page = desk.get("amaru", page_of("1"))
    write(desk, "1", text=theirs)
    write(desk, "1", page, **{"text": "Contar sólo lo propio", **mine})
    return f"{EDIT}apartes/{Aside.objects.latest('pk').pk}/"


def choose(desk: Desk, where: str, choice: str, **said: str) -> Response:
    page = desk.get("amaru", where)
    return desk.post("amaru", where, choice=choice, seen=value(page, "seen"), **said)


@pytest.mark.parametrize(
    ("choice", "said", "stands"),
    [
        ("theirs", {}, "Contar lo propio y lo ajeno"),
        ("mine", {}, "Contar sólo lo propio"),
        ("mixture", {"text": "Contar sólo lo propio y lo ajeno"}, "Contar sólo lo propio y lo ajeno"),
    ],
)
def test_a_person_chooses_what_stands(desk: Desk, choice: str, said: dict[str, str], stands: str) -> None:
    response = choose(desk, clash(desk), choice, **said)
    assert (response["Location"], item("1").text, Aside.objects.count()) == (f"/en/desk/{page_of('1')}", stands, 0)


def test_only_the_fields_that_differ_are_shown_each_as_people_read_it(desk: Desk) -> None:
    where = clash(
        desk, due_on="2027-12-31", stake="12,5", whom="nobody", transition="next_plan", role="guideline",
        number="80", unit="%", source="count", counted="all", target_due_on="2028-01-01", baseline="10",
    )  # fmt: skip
    page = soup(desk.get("amaru", where))
    shown = {
        title.get_text(): [" ".join(card.get_text(" ").split()) for card in block.select(".card p")]
        for title in page.select("main h2")[:-1]
        if (block := title.find_next("div"))
    }
    assert shown == {
        "Statement": ["Contar lo propio y lo ajeno", "Contar sólo lo propio y lo ajeno"],
        "Who is bound": ["as the item above says", "nobody yet"],
        "What it is": ["strategic line", "guideline"],
        "Deadline": ["empty", "Dec. 31, 2027"],
        "Share of the item above, in %": ["empty", "12,5 %"],
        "If it changed: to be followed from": ["at once", "with the next annual plan"],
        "How much": ["empty", "80 · % · Jan. 1, 2028 · counted over all whom it binds · all · (10)"],
    }


def test_a_text_that_was_chosen_over_yet_another_is_kept_too(desk: Desk) -> None:
    where = clash(desk)
    page = desk.get("amaru", where)
    write(desk, "1", text="Ni lo uno ni lo otro")
    response = desk.post("amaru", where, choice="mixture", seen=value(page, "seen"), text="Una mezcla")
    kept = [each.fields["text"] for each in Aside.objects.order_by("pk")]
    assert (response.status_code, item("1").text, kept) == (
        409,
        "Ni lo uno ni lo otro",
        ["Contar sólo lo propio", "Una mezcla"],
    )
    assert value(response, "text") == "Una mezcla"


def test_a_mixture_without_a_statement_is_shown_again(desk: Desk) -> None:
    where = clash(desk)
    response = choose(desk, where, "mixture", text=" ")
    assert (response.status_code, Aside.objects.count(), "An item needs its statement." in errors(response)) == (
        422,
        1,
        True,
    )


def test_what_was_written_by_another_is_said_to_be_theirs(desk: Desk) -> None:
    where = clash(desk)
    Aside.objects.update(by=desk.cast.people["inti"])
    page = text(desk.get("amaru", where))
    assert ("What somebody else wrote" in page, "What you wrote" in page, "Inti" in page) == (True, False, False)


def test_an_item_that_was_removed_meanwhile_can_come_back(desk: Desk) -> None:
    page = desk.get("amaru", page_of("2"))
    where = page_of("2")
    item("2").delete()
    response = desk.post("amaru", where, **{**filled(page), "text": "Trabajado"})
    kept = f"{EDIT}apartes/{Aside.objects.get().pk}/"
    assert (response.status_code, "Trabajado" in text(response), tree()) == (409, True, "a1(l1(t1))")
    response = choose(desk, kept, "mine")
    assert (response["Location"], tree(), item("2").text) == (f"/en/desk/{EDIT}", "a1(l1(t1)) l2", "Trabajado")


def test_what_is_wrong_about_an_item_that_was_removed_is_not_lost_either(desk: Desk) -> None:
    page, where = desk.get("amaru", page_of("2")), page_of("2")
    item("2").delete()
    response = desk.post("amaru", where, **{**filled(page), "text": "Trabajado", "stake": "mucho"})
    assert (response.status_code, value(response, "text"), Aside.objects.count()) == (422, "Trabajado", 0)
    desk.post("amaru", where, **{**filled(page), "text": value(response, "text"), "seen": value(response, "seen")})
    assert Aside.objects.get().fields["text"] == "Trabajado"


def test_what_nobody_wants_any_more_is_let_go(desk: Desk) -> None:
    page, where = desk.get("amaru", page_of("2")), page_of("2")
    item("2").delete()
    desk.post("amaru", where, **{**filled(page), "text": "Trabajado"})
    choose(desk, f"{EDIT}apartes/{Aside.objects.get().pk}/", "theirs")
    assert (Aside.objects.count(), tree()) == (0, "a1(l1(t1))")


def test_a_code_that_was_given_away_meanwhile_is_told(desk: Desk) -> None:
    page, where = desk.get("amaru", page_of("2")), page_of("2")
    item("2").delete()
    desk.post("amaru", where, **{**filled(page), "text": "Trabajado"})
    write(desk, "1", code="2")
    response = choose(desk, f"{EDIT}apartes/{Aside.objects.get().pk}/", "mine")
    assert (response.status_code, "line:2 is there already" in errors(response)[0], Aside.objects.count()) == (
        422,
        True,
        1,
    )


def test_what_was_settled_is_not_found(desk: Desk) -> None:
    where = clash(desk)
    choose(desk, where, "theirs")
    assert (desk.get("amaru", where).status_code, desk.post("amaru", where, choice="mine").status_code) == (404, 404)


def test_what_was_kept_of_another_draft_is_not_found(desk: Desk) -> None:
    other = Edition.objects.create(instrument=Edition.objects.get(code="2").instrument, code="3", title="x")
    kept = Aside.objects.create(edition=other, lineage=uuid.uuid4(), base=1, fields={})
    assert (desk.get("amaru", f"{EDIT}apartes/{kept.pk}/").status_code, lineage("1") == kept.lineage) == (404, False)
