"""Carrying plans over from the desk: looked at, chosen, confirmed, and only once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cast import make_call, make_edition, obligation_of
from tests.interfaces.desk.desk import Desk, errors, links, soup, text, value
from tests.rehearsal import SECOND_DUE, SECOND_OPENS, enact, rehearse, second_call
from yupana.domain.commitments.models import Activity
from yupana.domain.obligations.actions import close_call, open_call, waive
from yupana.domain.obligations.models import Obligation
from yupana.domain.submissions.models import Submission
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.ledger.models import Entry
from yupana.interfaces.desk.updates import carry

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

    from tests.conftest import Budget

pytestmark = pytest.mark.django_db
WHERE = "convocatorias/SEGUNDA/trasladar/"
SPLIT = "part__PLAN/1#line:16"


@pytest.fixture
def desk(db: None) -> Desk:
    """The rehearsed update in force, and the call that puts its second edition."""
    before = rehearse()
    enact()
    second_call()
    first, other = (obligation_of(before.call, each) for each in (before.cast.a, before.cast.b))
    return Desk(before.cast, before.call, first, other)


def look(desk: Desk) -> Response:
    return desk.get("amaru", f"{WHERE}?source={desk.call.code}")


def send(desk: Desk, page: Response, who: str = "amaru", **more: str) -> Response:
    """Confirm what a page shows, with what is said besides."""
    said = {"source": desk.call.code, "seal": value(page, "seal"), "carry": "1", "sure": "on"} | more
    return desk.client(who).post(f"/en/desk/{WHERE}", {key.replace("part__", "part:"): said[key] for key in said})


def again(desk: Desk, **more: str) -> Response:
    """Look once more, with choices."""
    said = {"source": desk.call.code, "look": "1"} | more
    return desk.client("amaru").post(f"/en/desk/{WHERE}", {key.replace("part__", "part:"): said[key] for key in said})


def carried() -> int:
    return Submission.objects.filter(obligation__call__code="SEGUNDA").count()


def counts(page: Response) -> dict[str, str]:
    found = soup(page)
    heads, numbers = (found.select(f"main .facts {each}") for each in ("dt", "dd"))
    return {head.get_text(): number.get_text() for head, number in zip(heads, numbers, strict=True)}


# --- looking -------------------------------------------------------------------------------------------------------
def test_it_is_chosen_from_which_call(desk: Desk) -> None:
    make_edition("OTRO")
    make_call(("OTRO/1",), code="AJENA")
    make_call(("PLAN/2",), code="MISMA", opens_on=SECOND_OPENS, due_on=SECOND_DUE)
    make_call(code="ANUAL", due_on=None, historical=True, plan_type="poa")
    options = [option["value"] for option in soup(desk.get("amaru", WHERE)).select("#source option")]
    assert options == [desk.call.code]


def test_without_another_call_there_is_nothing_to_carry_from(desk: Desk) -> None:
    make_edition("OTRO")
    make_call(("OTRO/1",), code="AJENA")
    page = desk.get("amaru", "convocatorias/AJENA/trasladar/")
    assert ("nothing to carry over from" in text(page), soup(page).select("main form")) == (True, [])


def test_looking_says_what_would_become_of_every_activity_and_writes_nothing(desk: Desk) -> None:
    recorded = Entry.objects.count()
    page = look(desk)
    assert ("2 plans would be carried over" in text(page), counts(page), carried(), Entry.objects.count()) == (
        True,
        {
            "the same item": "7",
            "the item it was merged into": "3",
            "without an item: it was split, and no part was chosen": "2",
            "without an item: it was removed": "2",
            "without an item, as before": "1",
        },
        0,
        recorded,
    )


def test_every_activity_that_loses_its_item_is_named(desk: Desk) -> None:
    told = [" ".join(each.get_text(" ").split()) for each in soup(look(desk)).select("main form .feed li")]
    assert (len(told), told[2]) == (
        4,
        "Municipio de Ábaco , row 7: Actividad 7 PLAN/1, strategic line 4 · without an item: it was removed",
    )


def test_of_many_the_rest_is_counted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carry, "MOST", 1)
    assert "And 3 more." in text(look(desk))


# --- choosing ------------------------------------------------------------------------------------------------------
def test_the_parts_of_a_split_item_are_offered_and_none_is_chosen(desk: Desk) -> None:
    radios = soup(look(desk)).select("fieldset [type=radio]")
    assert [(each["value"], each.has_attr("checked")) for each in radios] == [
        ("PLAN/2#line:51", False),
        ("PLAN/2#line:52", False),
        ("", True),
    ]


def test_looking_again_shows_what_a_choice_changes_and_writes_nothing(desk: Desk) -> None:
    page = again(desk, **{SPLIT: "PLAN/2#line:51"})
    chosen = [each["value"] for each in soup(page).select("fieldset [checked]")]
    assert (page.status_code, counts(page)["the part that was chosen"], chosen, carried()) == (
        200,
        "2",
        ["PLAN/2#line:51"],
        0,
    )


def test_a_part_that_is_none_is_refused(desk: Desk) -> None:
    page = again(desk, **{SPLIT: "PLAN/2#line:1"})
    assert (page.status_code, len(errors(page)), carried()) == (422, 1, 0)


# --- doing ---------------------------------------------------------------------------------------------------------
def test_what_was_looked_at_is_carried_with_its_choices(desk: Desk) -> None:
    choice = {SPLIT: "PLAN/2#line:51"}
    response = send(desk, again(desk, **choice), **choice)
    held = Activity.objects.filter(submission__obligation__call__code="SEGUNDA", item__code="51")
    assert (response.status_code, carried(), held.count()) == (302, 2, 2)


def test_the_result_is_told_and_the_second_time_there_is_nothing_to_do(desk: Desk) -> None:
    client = desk.client("amaru")
    page = client.get(f"/en/desk/{WHERE}", {"source": desk.call.code})
    said = {"source": desk.call.code, "seal": value(page, "seal"), "carry": "1", "sure": "on"}
    result = client.post(f"/en/desk/{WHERE}", said, follow=True)
    told = [each.get_text() for each in soup(result).select(".messages li")]
    assert ([" ".join(each.split()) for each in told], "There is nothing to do" in text(result)) == (
        ["2 plans were carried over with their 15 rows; 4 of them stand without their item."],
        True,
    )
    assert "2 bodies: it has a version there already" in text(result)


@pytest.mark.parametrize("more", [{"seal": "x"}, {SPLIT: "PLAN/2#line:51"}])
def test_what_was_not_looked_at_is_not_carried(desk: Desk, more: dict[str, str]) -> None:
    page = send(desk, look(desk), **more)
    assert (page.status_code, errors(page), carried()) == (
        409,
        ["Nothing was carried over yet. Look at it as it stands now, and confirm."],
        0,
    )


def test_without_the_confirmation_nothing_is_carried(desk: Desk) -> None:
    said = {"source": desk.call.code, "seal": value(look(desk), "seal"), "carry": "1"}
    assert (desk.client("amaru").post(f"/en/desk/{WHERE}", said).status_code, carried()) == (409, 0)


def test_asking_never_writes(desk: Desk) -> None:
    page = look(desk)
    said = {"source": desk.call.code, "seal": value(page, "seal"), "carry": "1", "sure": "on"}
    assert (desk.client("amaru").get(f"/en/desk/{WHERE}", said).status_code, carried()) == (200, 0)


def test_nothing_is_carried_back_or_into_a_closed_call(desk: Desk) -> None:
    back = f"convocatorias/{desk.call.code}/trasladar/?source=SEGUNDA"
    older = desk.get("amaru", back)
    close_call(actor=OPERATOR, call=desk.call, on=desk.call.opens_on)
    closed = desk.get("amaru", back)
    assert (older.status_code, errors(older), closed.status_code, len(errors(closed))) == (
        422,
        ["Edition 1 is older than edition 2: nothing is carried back."],
        422,
        1,
    )


# --- who, and at what cost -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["inti", "wara", "tupak", "rumi"])
def test_only_the_authoritys_planners_carry(desk: Desk, name: str) -> None:
    page = look(desk)
    assert (desk.get(name, WHERE).status_code, send(desk, page, name).status_code, carried()) == (403, 403, 0)


def test_a_call_that_cannot_be_read_is_no_source(desk: Desk) -> None:
    assert desk.get("amaru", f"{WHERE}?source=NADA").status_code == 404


def test_the_page_of_an_open_call_leads_there(desk: Desk) -> None:
    assert f"/en/desk/{WHERE}" in links(desk.get("amaru", "convocatorias/SEGUNDA/"))


def test_neither_a_closed_call_nor_a_complementary_one_does(desk: Desk) -> None:
    close_call(actor=OPERATOR, call=desk.call, on=desk.call.opens_on)
    open_call(
        actor=OPERATOR,
        editions=("PLAN/2",),
        audience="level:municipal",
        opens_on=SECOND_OPENS,
        due_on=SECOND_DUE,
        period="2021",
        code="RESTO",
        since="PLAN/1",
        on=SECOND_OPENS,
    )
    pages = [links(desk.get("amaru", f"convocatorias/{code}/")) for code in (desk.call.code, "RESTO")]
    assert [each for found in pages for each in found if each.endswith("/trasladar/")] == []


@pytest.mark.parametrize("plans", [1, 2])
def test_looking_costs_the_same_whatever_is_carried(desk: Desk, query_budget: type[Budget], plans: int) -> None:
    if plans == 1:
        owed = Obligation.objects.get(call__code="SEGUNDA", debtor=desk.cast.b)
        waive(actor=OPERATOR, obligation=owed, reason="r", act="a", on=SECOND_OPENS)
    client = desk.client("amaru")
    with query_budget(32):
        page = client.get(f"/en/desk/{WHERE}", {"source": desk.call.code})
    assert f"{plans} plan" in text(page)
