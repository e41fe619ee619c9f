"""Rows of a draft: added, changed, taken out, and two people at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from tests.interfaces.desk.desk import Desk, errors, row, soup, text, value
from yupana.domain.commitments.actions import discard_draft
from yupana.domain.commitments.models import Activity
from yupana.domain.commitments.rules import read_date
from yupana.interfaces import words

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

FILLED = {
    "item": "PLAN/1#line:2",
    "medium": "project",
    "name": "Sumar",
    "responsible": "Finanzas",
    "result": "Sumado",
    "indicator": "Sumas",
    "target": "3",
    "budget": "1.234,56",
    "starts": "Año 1 primer bimestre",
    "ends": "1 de julio 2027",
}


def new(desk: Desk) -> str:
    return f"plan/{desk.owed.pk}/filas/nueva/"


def old(desk: Desk, number: int = 1) -> str:
    return f"plan/{desk.owed.pk}/filas/{number}/"


def send(desk: Desk, path: str, /, **changed: str) -> Response:
    page = desk.get("inti", path)
    return desk.post("inti", path, **{**FILLED, "base": value(page, "base"), **changed})


def rows() -> list[tuple[int, str]]:
    return list(Activity.objects.order_by("submission", "row").values_list("row", "name"))


def test_a_row_is_kept_as_it_was_typed(desk: Desk) -> None:
    desk.draft()
    response = send(desk, new(desk))
    kept = Activity.objects.get(row=2)
    told = {name: getattr(kept, name) for name in FILLED if name not in {"item", "budget"}}
    assert response["Location"] == f"/en/desk/plan/{desk.owed.pk}/#row-2"
    assert {**told, "item": f"PLAN/1#line:{kept.item.code if kept.item else ''}", "budget": kept.budget_cents} == {
        **FILLED,
        "budget": 123456,
    }


def test_what_is_kept_is_shown_again_in_the_form(desk: Desk) -> None:
    desk.draft()
    send(desk, new(desk))
    page = desk.get("inti", old(desk, 2))
    assert {name: value(page, name) for name in FILLED} == FILLED


def test_a_name_is_enough_while_it_is_a_draft(desk: Desk) -> None:
    desk.draft()
    response = send(desk, new(desk), **{**dict.fromkeys(FILLED, ""), "name": "Sumar"})
    assert (response.status_code, rows()[-1]) == (302, (2, "Sumar"))


@pytest.mark.parametrize("name", ["", "   ", "\n\t"])
def test_a_row_without_a_name_says_nothing_and_is_not_kept(desk: Desk, name: str) -> None:
    desk.draft()
    response = send(desk, new(desk), name=name)
    field = soup(response).select_one("#id_name")
    assert field
    told = soup(response).select_one(f"#{str(field['aria-describedby']).split()[-1]}")
    assert told
    assert (response.status_code, told.get_text(), rows()) == (
        422,
        "Say at least what will be done.",
        [(1, "Contar los granos")],
    )
    assert value(response, "target") == "3"


def test_an_old_row_without_a_name_stays_until_it_is_opened(desk: Desk) -> None:
    desk.draft(row(1, name=""), row(2))
    send(desk, old(desk, 2), name="otra")
    assert rows() == [(1, ""), (2, "otra")]


# --- dates as they are understood ----------------------------------------------------------------------------------
def readings(page: Response) -> list[str]:
    return [" ".join(each.get_text(" ").split()) for each in soup(page).select("main form .read")]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("07/12/2026", "Start “07/12/2026” could be two days: write the month as a word."),
        ("pronto", "Start “pronto” is not understood. It was kept; write it for example as 03/2027."),
    ],
)
def test_after_saving_an_odd_date_it_is_told(desk: Desk, typed: str, told: str) -> None:
    desk.draft()
    client = desk.client("inti")
    page = client.get(f"/en/desk/{new(desk)}")
    response = client.post(
        f"/en/desk/{new(desk)}", {**FILLED, "base": value(page, "base"), "starts": typed}, follow=True
    )
    said = [(each["class"], each.get_text()) for each in soup(response).select(".messages li")]
    assert said == [(["success"], "Row 2 is saved."), (["warning"], told)]
    assert Activity.objects.get(row=2).starts == typed


def test_dates_that_are_understood_are_not_warned_about(desk: Desk) -> None:
    desk.draft()
    client = desk.client("inti")
    page = client.get(f"/en/desk/{new(desk)}")
    response = client.post(
        f"/en/desk/{new(desk)}",
        {**FILLED, "base": value(page, "base"), "starts": "03/2027", "ends": "dic. 2027"},
        follow=True,
    )
    assert [each.get_text() for each in soup(response).select(".messages li")] == ["Row 2 is saved."]


def test_the_form_of_a_row_shows_how_its_dates_are_understood(desk: Desk) -> None:
    desk.draft(row(1, starts="03/2027", ends="07/12/2027"), row(2, starts="", ends=""))
    shown = [readings(desk.get("inti", old(desk, number))) for number in (1, 2)]
    assert shown == [
        ["understood as March 2027", "could be two days: write the month as a word"],
        [],
    ]


@pytest.mark.parametrize(
    ("written", "said"),
    [("30 de junio de 2026", ""), ("Junio de 2026", ""), ("30/06/2026", "entendido como 30 de junio de 2026")],
)
def test_what_was_written_just_so_is_not_said_again(written: str, said: str) -> None:
    with translation.override("es"):
        assert words.understood(read_date(written, year_one=None), written) == said


def test_what_was_typed_last_is_what_is_understood(desk: Desk) -> None:
    desk.draft()
    response = send(desk, old(desk), budget="mil", starts="1 de julio 2026", ends="nunca")
    assert readings(response) == [
        "understood as July 1, 2026",
        "not understood: write it for example as 1 de julio 2026",
    ]


def test_who_goes_on_is_given_an_empty_form(desk: Desk) -> None:
    desk.draft()
    assert send(desk, new(desk), another="1")["Location"] == f"/en/desk/{new(desk)}"


def test_changing_a_row_leaves_the_others(desk: Desk) -> None:
    desk.draft(row(1, name="uno"), row(2, name="dos"), row(3, name="tres"))
    send(desk, old(desk, 2), name="otra")
    assert rows() == [(1, "uno"), (2, "otra"), (3, "tres")]


def test_what_no_form_shows_stays(desk: Desk) -> None:
    desk.draft(row(1, notes="del transcriptor", source_ref="x:1"))
    send(desk, old(desk))
    kept = Activity.objects.get()
    assert (kept.notes, kept.source_ref) == ("del transcriptor", "x:1")


@pytest.mark.parametrize("budget", ["1,234.56", "mil", "-5", "1.2.3", "99999999999999999999"])
def test_an_amount_that_cannot_be_read_is_shown_again_with_what_would_be_right(desk: Desk, budget: str) -> None:
    desk.draft()
    response = send(desk, new(desk), budget=budget)
    told = (response.status_code, value(response, "budget"), value(response, "name"), len(rows()))
    assert told == (422, budget, "Sumar", 1)
    assert any("1.234,56" in error for error in errors(response))


@pytest.mark.parametrize(("typed", "cents"), [("Bs 1234", 123400), ("1.234,5", 123450), ("0", 0), ("", None)])
def test_an_amount_is_read_as_people_write_it(desk: Desk, typed: str, cents: int | None) -> None:
    desk.draft()
    send(desk, new(desk), budget=typed)
    assert Activity.objects.get(row=2).budget_cents == cents


@pytest.mark.parametrize(
    ("field", "said"), [("item", "PLAN/1#line:99"), ("medium", "magic"), ("item", "OTRO/1#line:1")]
)
def test_a_choice_that_was_not_offered_is_refused(desk: Desk, field: str, said: str) -> None:
    desk.draft()
    assert (send(desk, new(desk), **{field: said}).status_code, len(rows())) == (422, 1)


def test_a_text_that_is_too_long_is_not_cut(desk: Desk) -> None:
    desk.draft()
    response = send(desk, new(desk), responsible="x" * 301)
    assert (response.status_code, len(value(response, "responsible")), len(rows())) == (422, 301, 1)


def test_hostile_text_is_text(desk: Desk) -> None:
    desk.draft()
    send(desk, new(desk), name="<script>alert('x')</script>")
    page = desk.get("inti", f"plan/{desk.owed.pk}/")
    assert (b"<script>alert" in page.content, "<script>alert('x')</script>" in text(page)) == (False, True)


# --- taking out ----------------------------------------------------------------------------------------------------
def test_a_row_is_taken_out_after_asking(desk: Desk) -> None:
    desk.draft(row(1, name="uno"), row(2, name="dos"))
    page = desk.get("inti", f"{old(desk, 1)}quitar/")
    asked = ("uno" in text(page), len(rows()))
    desk.post("inti", f"{old(desk, 1)}quitar/", base=value(page, "base"))
    assert (asked, rows()) == ((True, 2), [(2, "dos")])


def test_its_number_is_never_given_again(desk: Desk) -> None:
    """A remark on row 2 must not come to stand under another activity."""
    back = desk.handed_in(row(1), row(2))
    from yupana.domain.commitments.actions import return_plan  # noqa: PLC0415 - only here

    return_plan(actor=desk.cast.amaru, submission=back, reason="", remarks={2: "no"}, on=back.received_on)  # type: ignore[arg-type] # it was received
    desk.post("inti", f"plan/{desk.owed.pk}/empezar/")
    page = desk.get("inti", f"{old(desk, 2)}quitar/")
    desk.post("inti", f"{old(desk, 2)}quitar/", base=value(page, "base"))
    send(desk, new(desk))
    assert sorted(number for number, _ in rows()) == [1, 1, 2, 3]


def test_taking_out_what_somebody_else_just_changed_is_a_conflict(desk: Desk) -> None:
    desk.draft(row(1), row(2))
    page = desk.get("inti", f"{old(desk, 1)}quitar/")
    send(desk, old(desk, 1), name="theirs")
    response = desk.post("inti", f"{old(desk, 1)}quitar/", base=value(page, "base"))
    assert (response.status_code, len(rows()), "theirs" in text(response)) == (409, 2, True)


# --- two at once ---------------------------------------------------------------------------------------------------
def two_at_once(desk: Desk) -> Response:
    """Answer to the slower of two who changed row 1."""
    desk.draft()
    page = desk.get("inti", old(desk))
    send(desk, old(desk), name="theirs", target="9", medium="")
    return desk.post("inti", old(desk), **{**FILLED, "name": "mine", "base": value(page, "base")})


def test_the_slower_one_sees_both_and_nothing_is_lost(desk: Desk) -> None:
    response = two_at_once(desk)
    assert (response.status_code, value(response, "name"), rows()) == (409, "mine", [(1, "theirs")])
    assert [said in text(response) for said in ("stored now theirs", "stored now 9")] == [True, True]


def test_what_both_wrote_alike_is_not_shown_twice(desk: Desk) -> None:
    assert "stored now 1.234,56" not in text(two_at_once(desk))


def test_a_choice_is_shown_by_its_name(desk: Desk) -> None:
    desk.draft()
    page = desk.get("inti", old(desk))
    send(desk, old(desk), medium="")
    late = desk.post("inti", old(desk), **{**FILLED, "medium": "line", "base": value(page, "base")})
    assert "stored now Not said" in text(late)


def test_what_only_the_other_changed_stands_as_they_wrote_it(desk: Desk) -> None:
    desk.draft()
    page = desk.get("inti", old(desk))
    send(desk, old(desk), unit="oficinas", verification="Actas")
    filled = {name: value(page, name) for name in (*FILLED, "unit", "base")}
    response = desk.post("inti", old(desk), **{**filled, "baseline": "0 en 2025"})
    held = Activity.objects.get()
    assert (response.status_code, held.unit, held.verification, held.baseline) == (
        302,
        "oficinas",
        "Actas",
        "0 en 2025",
    )


def test_who_has_seen_both_may_save(desk: Desk) -> None:
    response = two_at_once(desk)
    again = desk.post("inti", old(desk), **{**FILLED, "name": "both", "base": value(response, "base")})
    assert (again.status_code, rows()) == (302, [(1, "both")])


def test_a_row_taken_out_meanwhile_is_offered_as_a_new_one(desk: Desk) -> None:
    desk.draft(row(1), row(2))
    page = desk.get("inti", old(desk, 2))
    out = desk.get("inti", f"{old(desk, 2)}quitar/")
    desk.post("inti", f"{old(desk, 2)}quitar/", base=value(out, "base"))
    late = desk.post("inti", old(desk, 2), **{**FILLED, "name": "mine", "base": value(page, "base")})
    assert (late.status_code, value(late, "name"), "Nothing is lost" in text(late)) == (409, "mine", True)
    again = desk.post("inti", new(desk), **{**FILLED, "name": "mine", "base": value(late, "base")})
    assert (again.status_code, rows()[-1][1]) == (302, "mine")


def test_a_new_row_stands_beside_somebody_elses_change(desk: Desk) -> None:
    desk.draft()
    page = desk.get("inti", new(desk))
    send(desk, old(desk), name="theirs")
    late = desk.post("inti", new(desk), **{**FILLED, "base": value(page, "base")})
    assert (late.status_code, rows()) == (302, [(1, "theirs"), (2, "Sumar")])


def test_a_row_that_was_sent_twice_is_one(desk: Desk) -> None:
    desk.draft()
    base = value(desk.get("inti", new(desk)), "base")
    for _each in range(2):
        assert desk.post("inti", new(desk), **{**FILLED, "base": base}).status_code == 302
    assert rows()[1:] == [(2, "Sumar")]


@pytest.mark.parametrize("forged", ["", "yesterday", "eyJhIjoxfQ:1:x"])
def test_a_base_that_was_not_given_overwrites_nothing(desk: Desk, forged: str) -> None:
    desk.draft()
    response = desk.post("inti", old(desk), **{**FILLED, "base": forged})
    assert (response.status_code, rows()) == (409, [(1, "Contar los granos")])


def test_a_row_that_was_never_there_is_not_found(desk: Desk) -> None:
    desk.draft()
    assert desk.get("inti", old(desk, 9)).status_code == 404


def test_what_was_typed_into_a_draft_that_is_gone_is_shown_to_be_copied(desk: Desk) -> None:
    """In the form of a row, of a new one, and in the grid."""
    discard_draft(actor=desk.cast.inti, submission=desk.draft(), sure=True)
    sent = ((old(desk), "name"), (new(desk), "name"), (f"plan/{desk.owed.pk}/", "1.name"))
    answers = [desk.post("inti", path, **{name: "Una hora de trabajo"}) for path, name in sent]
    assert [(each.status_code, "Una hora de trabajo" in text(each)) for each in answers] == [(409, True)] * 3


def test_the_executive_cannot_change_a_row(desk: Desk) -> None:
    desk.draft()
    mine = value(desk.get("inti", old(desk)), "base")
    answers = [desk.get("wara", old(desk)), desk.post("wara", old(desk), **{**FILLED, "base": mine})]
    assert ([each.status_code for each in answers], rows()) == ([403, 403], [(1, "Contar los granos")])


# --- after something was refused ------------------------------------------------------------------------------------
def sent_back(page: Response) -> dict[str, str]:
    """What a page of a row would send again as it stands."""
    named = [str(each["name"]) for each in soup(page).select("main form [name]")]
    return {name: value(page, name) for name in named if name not in {"csrfmiddlewaretoken", "another"}}


@pytest.mark.parametrize(("typed", "status", "then", "name"), [("mine", 409, 302, "mine"), ("", 422, 409, "theirs")])
def test_what_others_wrote_meanwhile_outlives_a_page_that_came_back(
    desk: Desk, typed: str, status: int, then: int, name: str
) -> None:
    desk.draft()
    seen = sent_back(desk.get("inti", old(desk)))
    theirs = {"name": "theirs", "target": "999", "unit": "oficinas", "money-2018": "7", "value:2018": "4"}
    desk.post("inti", old(desk), **{**seen, **theirs})
    late = desk.post("inti", old(desk), **{**seen, "name": typed})
    shown = [value(late, name) for name in ("target", "unit", "value:2018")]
    again = desk.post("inti", old(desk), **{**sent_back(late), "name": "mine"})
    held = Activity.objects.get()
    kept = (held.name, held.target, held.unit, held.lines.count(), held.programmed.count())
    assert (late.status_code, shown) == (status, ["999", "oficinas", "4"])
    assert (again.status_code, kept) == (then, (name, "999", "oficinas", 1, 1))


def test_what_was_written_beside_a_clash_may_be_taken_back(desk: Desk) -> None:
    desk.draft()
    seen = sent_back(desk.get("inti", old(desk)))
    desk.post("inti", old(desk), **{**seen, "name": "theirs"})
    late = desk.post("inti", old(desk), **{**seen, "name": "mine", "target": "5"})
    desk.post("inti", old(desk), **{**sent_back(late), "target": seen["target"]})
    held = Activity.objects.get()
    assert (held.name, held.target) == ("mine", seen["target"])
