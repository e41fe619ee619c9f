"""The editor: the tree of a draft, one item beside it, saved by a form or by a script."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.cast import make_edition
from tests.domain.instruments.plans import AXIS, LINE, row
from tests.interfaces.desk.desk import Desk, errors, links, soup, text, value
from tests.interfaces.desk.editions.writing import EDIT, begun, filled, item, lineage, page_of, tree, write
from yupana.domain.instruments.actions import start_edition
from yupana.domain.instruments.models import Aside, Edition, Item
from yupana.foundation.kernel.actor import OPERATOR

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from django.test.client import _MonkeyPatchedWSGIResponse as Response

JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def _draft(desk: Desk) -> None:
    begun()


def script(desk: Desk, code: str, page: Response | None = None, /, **changed: Any) -> Response:  # noqa: ANN401 - fields by name
    where = page_of(code)
    sent = filled(page or desk.get("amaru", where), **changed)
    return desk.client("amaru").post(f"/en/desk/{where}", sent, headers=JSON)


# --- the tree ------------------------------------------------------------------------------------------------------
def test_the_tree_shows_each_item_with_its_code_its_share_and_where_it_leads(desk: Desk) -> None:
    page = desk.get("amaru", EDIT)
    lines = [" ".join(each.get_text(" ").split()) for each in soup(page).select(".tree li")]
    nested = soup(page).select(".tree > li > ol > li > ol > li a")
    assert (lines[1], [" ".join(each.get_text(" ").split()) for each in nested]) == (
        "1 Contar lo propio strategic line · 50% 1 Todo contado target 2 remarks",
        ["1 Todo contado"],
    )
    assert f"/en/desk/{page_of('2')}" in links(page)


def test_the_open_item_is_marked_and_its_way_stands_above(desk: Desk) -> None:
    page = soup(desk.get("amaru", page_of("1", "target")))
    here = page.select("#outline [aria-current]")
    crumbs = [each.get_text() for each in page.select(".crumb a")]
    assert ([" ".join(each.get_text().split()) for each in here], crumbs) == (
        ["1 Todo contado"],
        ["Instruments", "PLAN/2", "1", "1"],
    )


def test_who_is_bound_stands_in_the_tree(desk: Desk) -> None:
    write(desk, "1", whom="nobody")
    write(desk, "2", whom="said", audience="level:municipal")
    page = text(desk.get("amaru", EDIT))
    assert ("nobody yet" in page, "level:municipal" in page) == (True, True)


def test_an_empty_draft_says_so(desk: Desk) -> None:
    Item.objects.filter(edition__code="2").delete()
    assert "There is no item yet." in text(desk.get("amaru", EDIT))


def test_a_long_draft_shows_the_way_to_the_open_item_and_all_of_it_when_asked(desk: Desk) -> None:
    rows = [row(AXIS, str(at)) for at in (1, 2)]
    rows += [row(LINE, f"{axis}.{at}", (AXIS, str(axis))) for axis in (1, 2) for at in range(200)]
    make_edition("LONG", rows=rows)
    start_edition(actor=OPERATOR, ref="LONG/1", code="2", title="Long")
    where = "instrumentos/LONG/2/editar/"
    here = Item.objects.get(edition__code="2", code="1.7").lineage
    shown = {
        name: len(soup(desk.get("amaru", f"{where}{path}")).select(".tree a"))
        for name, path in (("top", ""), ("open", f"{here}/"), ("whole", "?all=1"))
    }
    assert shown == {"top": 2, "open": 202, "whole": 402}
    assert "axis · 50% · +200" in text(desk.get("amaru", where))


# --- one item ------------------------------------------------------------------------------------------------------
FULL: dict[str, Any] = {
    "role": "guideline",
    "code": "1.10",
    "text": "Contar mejor",
    "body": "Porque **sí**.\n\n- uno",
    "legal_basis": "D.S. 1",
    "due_on": "2027-12-31",
    "binds": "on",
    "whom": "said",
    "audience": "code:A-1 or code:B-1",
    "stake": "12,5",
    "transition": "next_plan",
    "number": "1.200,5",
    "unit": "oficinas",
    "target_due_on": "2028-01-01",
    "source": "count",
    "counted": "level:municipal",
    "baseline": "10",
}


def test_all_that_is_written_is_kept(desk: Desk) -> None:
    where = page_of("1")
    response = write(desk, "1", **FULL)
    assert errors(response) == []
    kept = Item.objects.get(edition__code="2", code="1.10")
    assert (response.status_code, response["Location"]) == (302, f"/en/desk/{where}")
    assert (kept.role, kept.text, kept.body, kept.legal_basis, kept.due_on, kept.binds, kept.audience, kept.stake) == (
        "guideline", "Contar mejor", "Porque **sí**.\n\n- uno", "D.S. 1", date(2027, 12, 31), True,
        "code:A-1 or code:B-1", 1250,
    )  # fmt: skip
    assert (kept.transition, kept.target) == (
        "next_plan",
        {
            "number": "1200.5", "unit": "oficinas", "due_on": "2028-01-01", "source": "count",
            "counted": "level:municipal", "baseline": "10",
        },
    )  # fmt: skip


def test_what_is_kept_is_shown_again_and_sent_again_changes_nothing(desk: Desk) -> None:
    write(desk, "1", **FULL)
    where = f"{EDIT}{Item.objects.get(edition__code='2', code='1.10').lineage}/"
    page = desk.get("amaru", where)
    before = Item.objects.values().get(edition__code="2", code="1.10")
    shown = filled(page)
    desk.post("amaru", where, **shown)
    assert {name: shown[name] for name in FULL} == {**FULL, "number": "1200,5"}
    assert Item.objects.values().get(edition__code="2", code="1.10") == before


@pytest.mark.parametrize(
    ("changed", "field", "told"),
    [
        ({"text": " "}, "text", "An item needs its statement."),
        ({"code": "a b"}, "code", "“a b” cannot be a code"),
        ({"code": "2"}, "code", "line:2 is there already"),
        ({"stake": "101"}, "stake", "Write a share between 0 and 100"),
        ({"stake": "1,234"}, "stake", "Write a share between 0 and 100"),
        ({"stake": "much"}, "stake", "Write a number, with a comma"),
        ({"number": "-"}, "number", "Write a number, with a comma"),
        ({"baseline": "9" * 30}, "baseline", "Write a number, with a comma"),
        ({"whom": "said", "audience": "level"}, "audience", ""),
        ({"counted": "level"}, "counted", ""),
        ({"due_on": "2026-02-30"}, "due_on", "valid date"),
    ],
)
def test_what_cannot_be_is_shown_again_beside_its_field(
    desk: Desk, changed: dict[str, str], field: str, told: str
) -> None:
    response = write(desk, "1", body="Not lost", **changed)
    assert (response.status_code, value(response, "body"), value(response, field).strip()) == (
        422,
        "Not lost",
        changed[field].strip(),
    )
    assert (any(told in each for each in errors(response)), item("1").body) == (True, "")


def test_how_many_it_binds_is_said(desk: Desk) -> None:
    write(desk, "1", whom="said", audience="level:municipal")
    told = [text(desk.get("amaru", page_of(code, role))) for code, role in (("1", "line"), ("1", "target"))]
    assert ["binds 2 bodies today" in each for each in told] == [True, True]
    assert "So says 1." in told[1]


def test_an_audience_without_a_body_says_why(desk: Desk) -> None:
    write(desk, "1", whom="said", audience="code:NADA")
    assert "reaches nobody" in text(desk.get("amaru", page_of("1")))


def test_hostile_text_is_text(desk: Desk) -> None:
    write(desk, "1", text="<script>alert(1)</script>")
    page = desk.get("amaru", page_of("1"))
    assert (b"<script>alert" in page.content, "<script>alert(1)</script>" in text(page)) == (False, True)


@pytest.mark.parametrize(
    "path", [f"{EDIT}{uuid.UUID(int=404)}/", "instrumentos/PLAN/9/editar/", "instrumentos/NADA/1/editar/"]
)
def test_what_is_not_there_is_not_found(desk: Desk, path: str) -> None:
    assert (desk.get("amaru", path).status_code, desk.post("amaru", path, text="x").status_code in {404, 405, 422}) == (
        404,
        True,
    )


def test_a_published_edition_is_not_edited(desk: Desk) -> None:
    response = desk.get("amaru", "instrumentos/PLAN/1/editar/")
    assert (response.status_code, "its text stands still" in text(response)) == (409, True)


@pytest.mark.parametrize("name", ["inti", "wara", "tupak", "rumi"])
def test_only_the_authoritys_planners_come_here(desk: Desk, name: str) -> None:
    assert (desk.get(name, EDIT).status_code, desk.post(name, page_of("1"), text="x").status_code) == (403, 403)


# --- two at once ---------------------------------------------------------------------------------------------------
def test_two_people_in_different_fields_are_both_kept(desk: Desk) -> None:
    first, second = (desk.get("amaru", page_of("1")) for _ in range(2))
    write(desk, "1", first, text="El primero")
    write(desk, "1", second, body="La segunda")
    assert (item("1").text, item("1").body, Aside.objects.count()) == ("El primero", "La segunda", 0)


def test_two_people_in_the_same_field_are_shown_side_by_side(desk: Desk) -> None:
    first, second = (desk.get("amaru", page_of("1")) for _ in range(2))
    write(desk, "1", first, text="Contar lo propio y lo ajeno")
    response = write(desk, "1", second, text="Contar sólo lo propio")
    page = text(response)
    assert (response.status_code, "Both texts are kept" in page, item("1").text) == (
        409,
        True,
        "Contar lo propio y lo ajeno",
    )
    assert ("What you wrote" in page, "Contar lo propio y lo ajeno" in page, value(response, "text")) == (
        True,
        True,
        "Contar sólo lo propio",
    )
    marks = soup(response)
    assert ([each.get_text() for each in marks.select("ins")], bool(marks.select("del"))) == (["sólo "], True)


def test_until_somebody_chooses_everybody_sees_that_there_are_two_texts(desk: Desk) -> None:
    first, second = (desk.get("amaru", page_of("1")) for _ in range(2))
    write(desk, "1", first, text="Uno")
    write(desk, "1", second, text="Dos")
    aside = f"/en/desk/{EDIT}apartes/{Aside.objects.get().pk}/"
    assert [aside in links(desk.get("amaru", path)) for path in (EDIT, page_of("1"), page_of("2"))] == [True] * 3


# --- by a script ---------------------------------------------------------------------------------------------------
def test_a_script_is_told_when_it_was_saved_and_what_is_to_be_seen_now(desk: Desk) -> None:
    response = script(desk, "1", text="Del guion")
    told = response.json()
    again = desk.get("amaru", page_of("1"))
    marks = [set(word.split(".")) for word in (told["seen"], value(again, "seen"))]
    assert (response.status_code, marks[0], told["words"], item("1").text) == (
        200,
        marks[1],
        "Del guion",
        "Del guion",
    )


def test_an_answer_that_was_lost_on_the_way_is_no_conflict_when_it_is_sent_again(desk: Desk) -> None:
    page = desk.get("amaru", page_of("1"))
    answers = [script(desk, "1", page, text="Una vez").status_code for _ in range(2)]
    assert (answers, item("1").version, Aside.objects.count()) == ([200, 200], 2, 0)


def test_a_page_that_stays_open_never_takes_back_what_another_wrote(desk: Desk) -> None:
    """It was told what it had sent, not what was stored: it does not show what the other wrote."""
    page = desk.get("amaru", page_of("1"))
    write(desk, "1", body="De la otra")
    first = script(desk, "1", page, text="Una")
    seen = first.json()["seen"]
    second = script(desk, "1", page, text="Dos", seen=seen)
    assert (second.status_code, item("1").text, item("1").body, first.json()["news"]) == (
        200,
        "Dos",
        "De la otra",
        "Explanation",
    )


def test_a_script_is_told_what_is_wrong(desk: Desk) -> None:
    response = script(desk, "1", text="", stake="x")
    assert (response.status_code, sorted(response.json()["errors"])) == (422, ["stake", "text"])


def test_a_script_is_told_where_both_texts_are(desk: Desk) -> None:
    page = desk.get("amaru", page_of("1"))
    write(desk, "1", text="Otro")
    response = script(desk, "1", page, text="Mío")
    assert (response.status_code, response.json()["where"], Aside.objects.get().fields) == (
        409,
        f"/en/desk/{EDIT}apartes/{Aside.objects.get().pk}/",
        {"text": "Mío"},
    )


# --- how much it costs ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize("many", [1, 1199])
def test_a_catalogue_opens_and_saves_within_its_queries(
    desk: Desk, query_budget: Callable[[int], AbstractContextManager[object]], many: int
) -> None:
    rows = [row(AXIS, "0"), *(row(LINE, str(at), (AXIS, "0"), audience="all") for at in range(1, many + 1))]
    make_edition("CAT", rows=rows)
    start_edition(actor=OPERATOR, ref="CAT/1", code="2", title="Catalogue")
    here = Item.objects.get(edition__instrument__code="CAT", edition__code="2", code="1").lineage
    client, where = desk.client("amaru"), f"/en/desk/instrumentos/CAT/2/editar/{here}/"
    with query_budget(12):
        page = client.get(where)
    sent = filled(page, text="Otro")
    with query_budget(17):
        assert client.post(where, sent, headers=JSON).status_code == 200
    assert (Edition.objects.get(instrument__code="CAT", code="2").items.get(code="1").text, lineage("1") == here) == (
        "Otro",
        False,
    )
    assert tree() == "a1(l1(t1) l2)"
