"""Adding, moving, numbering and removing items on the desk, by forms alone."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest

from tests.interfaces.desk.desk import Desk, errors, links, soup, text, value
from tests.interfaces.desk.editions.writing import EDIT, begun, item, lineage, page_of, tree, write
from yupana.domain.instruments.actions import step_item
from yupana.domain.instruments.models import Edition, Item
from yupana.domain.instruments.rules.outline import Step
from yupana.foundation.kernel.actor import OPERATOR

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

WHOLE = "a1(l1(t1) l2)"


@pytest.fixture(autouse=True)
def _draft(desk: Desk) -> None:
    begun()


def version() -> str:
    return str(Edition.objects.get(instrument__code="PLAN", code="2").version)


# --- adding --------------------------------------------------------------------------------------------------------
NEW = {"role": "line", "code": "3", "text": "Contar de nuevo", "whom": "above"}


@pytest.mark.parametrize(("role", "binds"), [("axis", False), ("line", True), ("target", False), ("requirement", True)])
def test_a_new_item_binds_as_its_role_usually_does(desk: Desk, role: str, *, binds: bool) -> None:
    desk.post("amaru", f"{EDIT}nuevo/", **{**NEW, "role": role, "code": "99"})
    assert Item.objects.get(edition__code="2", code="99").binds == binds


@pytest.mark.parametrize(
    ("named", "after", "offered"),
    [
        ("behind", "a1(l1(t1) l3 l2)", ("line", "3")),
        ("under", "a1(l1(t1 l3) l2)", ("target", "2")),
        ("", "a1(l1(t1) l2) l3", ("axis", "2")),
    ],
)
def test_a_new_item_is_offered_a_code_and_comes_where_it_was_asked_for(
    desk: Desk, named: str, after: str, offered: tuple[str, str]
) -> None:
    asked = {named: str(lineage("1"))} if named else {}
    query = "&".join(f"{name}={said}" for name, said in asked.items())
    page = desk.get("amaru", f"{EDIT}nuevo/?{query}")
    response = desk.post("amaru", f"{EDIT}nuevo/", **NEW, **asked)
    assert ((value(page, "role"), value(page, "code")), tree()) == (offered, after)
    assert response["Location"] == f"/en/desk/{page_of('3')}"


def test_who_goes_on_writes_the_next_one_right_behind(desk: Desk) -> None:
    response = desk.post("amaru", f"{EDIT}nuevo/", **NEW, behind=lineage("1"), another="1")
    assert response["Location"] == f"/en/desk/{EDIT}nuevo/?behind={lineage('3')}"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"text": ""}, "An item needs its statement."),
        ({"code": "2"}, "line:2 is there already"),
        ({"behind": str(uuid.UUID(int=404))}, "The place you chose is not there any more."),
    ],
)
def test_what_cannot_be_added_is_shown_again(desk: Desk, changed: dict[str, str], told: str) -> None:
    response = desk.post("amaru", f"{EDIT}nuevo/", **{**NEW, "body": "Not lost", **changed})
    assert (response.status_code, value(response, "body"), tree()) == (422, "Not lost", WHOLE)
    assert any(told in each for each in errors(response))


@pytest.mark.parametrize("query", ["behind=x", "under=../1", f"behind={'9' * 36}"])
def test_an_address_that_names_no_item_is_not_found(desk: Desk, query: str) -> None:
    assert desk.get("amaru", f"{EDIT}nuevo/?{query}").status_code == 404


def test_codes_count_on_from_their_neighbours(desk: Desk) -> None:
    write(desk, "2", code="2.9")
    offered = [
        value(desk.get("amaru", f"{EDIT}nuevo/?{where}"), "code")
        for where in (f"behind={lineage('2.9')}", f"under={lineage('2.9')}", f"under={lineage('1', 'target')}")
    ]
    assert offered == ["2.10", "2.9.1", "1.1"]


# --- moving --------------------------------------------------------------------------------------------------------
def step(desk: Desk, code: str, way: str, seen: str = "") -> Response:
    return desk.post("amaru", f"{page_of(code)}mover/", step=way, tree=seen or version())


@pytest.mark.parametrize(
    ("code", "way", "after"),
    [
        ("2", "up", "a1(l2 l1(t1))"),
        ("1", "down", "a1(l2 l1(t1))"),
        ("2", "in", "a1(l1(t1 l2))"),
        ("1", "out", "a1(l2) l1(t1)"),
    ],
)
def test_an_item_goes_one_step(desk: Desk, code: str, way: str, after: str) -> None:
    response = step(desk, code, way)
    assert (response["Location"], tree()) == (f"/en/desk/{page_of(code)}", after)


def test_where_there_is_no_way_the_page_says_so(desk: Desk) -> None:
    response = step(desk, "1", "up")
    assert (response.status_code, errors(response)) == (422, ["It cannot go further that way."])
    assert f"/en/desk/{page_of('1')}" in links(response)


def test_a_tree_that_another_changed_is_looked_at_again(desk: Desk) -> None:
    seen = version()
    step_item(actor=OPERATOR, ref="PLAN/2", lineage=lineage("1"), step=Step.DOWN, seen=int(seen))
    response = step(desk, "2", "down", seen)
    assert (response.status_code, "Somebody else changed the tree" in errors(response)[0], tree()) == (
        409,
        True,
        "a1(l2 l1(t1))",
    )


@pytest.mark.parametrize(("how", "after"), [("behind", "a1(l1(t1)) l2"), ("under", WHOLE)])
def test_an_item_goes_to_a_place_that_is_chosen(desk: Desk, how: str, after: str) -> None:
    where = f"{page_of('2')}mover/"
    page = desk.get("amaru", where)
    choices = [str(each["value"]) for each in soup(page).select("select[name=place] option")]
    desk.post("amaru", where, tree=value(page, "tree"), how=how, place=lineage("1", "axis"))
    assert (tree(), choices) == (
        after,
        [str(lineage(code, role)) for code, role in (("1", "axis"), ("1", "line"), ("1", "target"))],
    )


@pytest.mark.parametrize("place", ["", "x", str(uuid.UUID(int=404))])
def test_a_place_that_was_not_offered_is_refused(desk: Desk, place: str) -> None:
    response = desk.post("amaru", f"{page_of('2')}mover/", tree=version(), how="behind", place=place)
    assert (response.status_code, tree()) == (422, WHOLE)


def test_an_item_is_not_offered_a_place_below_itself(desk: Desk) -> None:
    page = desk.get("amaru", f"{page_of('1', 'axis')}mover/")
    assert soup(page).select("select[name=place] option") == []


# --- numbering -----------------------------------------------------------------------------------------------------
def test_what_is_below_an_item_is_numbered(desk: Desk) -> None:
    where = f"{EDIT}numerar/?under={lineage('1', 'axis')}"
    page = desk.get("amaru", where)
    step(desk, "2", "up")
    response = desk.post("amaru", where, tree=version(), before="1.")
    assert (value(page, "before"), "2 items get new codes" in text(page), tree()) == (
        "1.",
        True,
        "a1(l1.1 l1.2(t1))",
    )
    assert response["Location"] == f"/en/desk/{page_of('1', 'axis')}"


def test_the_first_level_is_numbered(desk: Desk) -> None:
    response = desk.post("amaru", f"{EDIT}numerar/", tree=version(), before="E")
    assert (response["Location"], tree()) == (f"/en/desk/{EDIT}", "aE1(l1(t1) l2)")


@pytest.mark.parametrize(
    ("sent", "status"), [({"before": "a b"}, 422), ({"tree": "99"}, 409), ({"tree": "x"}, 422), ({"tree": "-1"}, 422)]
)
def test_numbers_that_cannot_be_given_are_refused(desk: Desk, sent: dict[str, str], status: int) -> None:
    response = desk.post("amaru", f"{EDIT}numerar/", **{"tree": version(), "before": "", **sent})
    assert (response.status_code, tree()) == (status, WHOLE)


# --- removing ------------------------------------------------------------------------------------------------------
def test_before_it_is_removed_it_is_said_how_many_leave(desk: Desk) -> None:
    where = f"{page_of('1')}quitar/"
    page = desk.get("amaru", where)
    response = desk.post("amaru", where, seen=value(page, "seen"))
    assert ("2 items leave this draft" in text(page), "Todo contado" in text(page)) == (True, True)
    assert (response["Location"], tree()) == (f"/en/desk/{page_of('1', 'axis')}", "a1(l2)")


def test_what_another_wrote_meanwhile_is_shown_before_it_is_removed(desk: Desk) -> None:
    where = f"{page_of('1')}quitar/"
    page = desk.get("amaru", where)
    write(desk, "1", text="Mucho trabajo")
    response = desk.post("amaru", where, seen=value(page, "seen"))
    assert (response.status_code, "Mucho trabajo" in text(response), tree()) == (409, True, WHOLE)
    desk.post("amaru", where, seen=value(response, "seen"))
    assert tree() == "a1(l2)"


def test_the_last_of_the_first_level_leads_back_to_the_tree(desk: Desk) -> None:
    where = f"{page_of('1', 'axis')}quitar/"
    response = desk.post("amaru", where, seen=value(desk.get("amaru", where), "seen"))
    assert (response["Location"], Item.objects.filter(edition__code="2").count()) == (f"/en/desk/{EDIT}", 0)


def test_what_was_removed_is_not_found(desk: Desk) -> None:
    where = page_of("2")
    item("2").delete()
    assert [desk.get("amaru", f"{where}{path}").status_code for path in ("", "mover/", "quitar/")] == [404] * 3
