"""The page of a row with all that a row holds: items, values, money, and what cannot be read of them."""

from __future__ import annotations

import pytest

from tests.cast import make_call, obligation_of
from tests.interfaces.desk.desk import Desk, errors, soup, text, value
from tests.interfaces.desk.test_rows import FILLED, old, send
from yupana.domain.commitments.models import Activity

MORE = {
    "person": "Jefatura de Sistemas",
    "unit": "oficinas",
    "accumulation": "sum",
    "direction": "up",
    "baseline": "2 en 2017",
    "verification": "Actas",
    "waits": "OTRO@x:1#1",
    "notes": "Nota",
    "value:2018": "4",
    "value:2018-Q1": "1,5",
    "also-0-item": "2",
    "also-0-share": "12,5",
    "money-2018": "300",
}


def parts(number: int) -> tuple[object, ...]:
    """What a row holds more than one of."""
    held = Activity.objects.get(row=number)
    return (
        [(each.item.code, each.share_bp) for each in held.also.all()],
        list(held.programmed.values_list("period", "value")),
        list(held.lines.values_list("year", "programmed_cents", "object")),
        held.budget_cents,
    )


def test_the_page_of_a_row_has_all_of_it(desk: Desk) -> None:
    desk.draft()
    send(desk, old(desk), **{**MORE, "budget": "7"})
    page = desk.get("inti", old(desk))
    assert {name: value(page, name) for name in MORE} == {**MORE, "money-2018": "300,00"}
    assert parts(1) == ([("2", 1_250)], [("2018", 40_000), ("2018-Q1", 15_000)], [(2018, 30_000, "")], 30_000)


@pytest.mark.parametrize("kind", ["", "pei", "poa"])
def test_what_a_row_derives_from_is_kept_whatever_the_kind_of_plan(desk: Desk, kind: str) -> None:
    desk.owed = obligation_of(make_call(code="C-2", period="2020", plan_type=kind), desk.cast.a)
    desk.draft()
    send(desk, old(desk), derives="Producto 3.1.2")
    page = desk.get("inti", old(desk))
    shown, hint = value(page, "derives"), "there is nothing to choose from" in text(page)
    send(desk, old(desk), derives=shown, name="Otra cosa")
    assert (shown, hint, *Activity.objects.values_list("derives", "name").get(row=1)) == (
        *("Producto 3.1.2", kind == "poa", "Producto 3.1.2"),
        "Otra cosa",
    )


def test_a_budget_of_lines_by_its_classifiers(desk: Desk) -> None:
    desk.owed = obligation_of(make_call(period="2020", plan_type="poa"), desk.cast.a)
    desk.draft()
    line = dict(
        zip(("year", "category", "source", "body", "object"), ("2020", "10 0 1", "20", "210", "25200"), strict=True)
    )
    send(
        desk,
        old(desk),
        **{f"money-0-{part}": text for part, text in {**line, "programmed": "1.000", "accrued": "5"}.items()},
    )
    page = desk.get("inti", old(desk))
    shown = [value(page, f"money-0-{part}") for part in ("category", "programmed", "current", "accrued")]
    assert (parts(1)[2:], shown) == (([(2020, 100_000, "25200")], 100_000), ["10 0 1", "1.000,00", "", "5,00"])


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("also-0-item", "99", "“99” is not one of the items that this plan has to answer."),
        ("also-0-share", "mucho", "Write a share above 0 and up to 100 %, for example 12,5."),
        ("also-0-share", "120", "Write a share above 0 and up to 100 %, for example 12,5."),
        ("also-1-share", "120", "Say of which line this is the share."),
        ("also-1-item", "2", "The same line stands here twice."),
        ("money-2018", "mil", "Write the amount in bolivianos"),
        ("value:2018", "tres", "Write a number, for example 1.234,5."),
        ("person", "x" * 301, "at most 300"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field(desk: Desk, field: str, typed: str, told: str) -> None:
    desk.draft()
    response = send(desk, old(desk), **{"also-0-item": "2", field: typed})
    assert (response.status_code, value(response, field), parts(1)[0]) == (422, typed, [])
    assert any(told in error for error in errors(response))
    assert "Row 0" not in text(response)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"also-1-item": "2", "also-1-share": "120"}, {"also-1-share"}),
        ({"value:2018-Q1": "x", "value:2018": "1"}, {"value:2018-Q1"}),
        ({"also-2-share": "3"}, {"also-2-item"}),
    ],
)
def test_it_is_told_at_that_very_field_and_not_folded_away(desk: Desk, typed: dict[str, str], told: set[str]) -> None:
    desk.draft()
    page = soup(send(desk, old(desk), **typed))
    at = [str(each["id"]) for each in page.select("section .error[id], details[open] .error[id], details .error[id]")]
    assert {each.removeprefix("id_").removesuffix("_error") for each in at} == told
    assert page.select("details .error") == []


def test_two_who_change_the_money_see_both(desk: Desk) -> None:
    desk.draft()
    page = desk.get("inti", old(desk))
    send(desk, old(desk), **{"money-2018": "300"})
    late = desk.post("inti", old(desk), **{**FILLED, "money-2018": "400", "base": value(page, "base")})
    assert (late.status_code, "stored now 2018 | 300,00" in text(late), value(late, "money-2018")) == (409, True, "400")
    again = desk.post("inti", old(desk), **{**FILLED, "money-2018": "400", "base": value(late, "base")})
    assert (again.status_code, parts(1)[3]) == (302, 40_000)
