"""Calls on the desk: opened in two steps, read, moved by acts, closed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from tests.cast import SOURCE, make_call, make_edition
from tests.interfaces.desk.checklists import SECTIONS
from tests.interfaces.desk.desk import Desk, errors, links, soup, text, value
from yupana.domain.commitments.actions import accept_plan
from yupana.domain.entities.actions import import_register
from yupana.domain.entities.facts import EntityRow
from yupana.domain.entities.rules import parse_audience
from yupana.domain.obligations.models import Call, Extension, Waiver
from yupana.foundation.kernel.actor import OPERATOR

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

TODAY = timezone.localdate
DUE = TODAY() + timedelta(days=60)


def terms(**changed: Any) -> dict[str, Any]:  # noqa: ANN401 - fields of a form
    given = {
        "editions": "PLAN/1",
        "audience": "level:municipal",
        "opens_on": TODAY().isoformat(),
        "due_on": DUE.isoformat(),
        "period": "2030",
        "remedy_days": "10",
        "asks_budget": "on",
        "title": "",
    }
    return {**given, **changed}


def send(desk: Desk, who: str = "amaru", **changed: Any) -> Response:  # noqa: ANN401 - the same
    return desk.post(who, "convocar/", **terms(**changed))


def second_step(response: Response) -> str:
    button = soup(response).find("button", {"name": "reached"})
    assert button
    return str(button["value"])


# --- opening -------------------------------------------------------------------------------------------------------
def test_the_first_step_says_when_it_would_be_due_and_where_on_another_day(desk: Desk) -> None:
    response = send(desk, opens_on="2030-07-01", due_on="2030-07-16", calendar="bolivia", plan_type="pisi")
    told = ("The last day is July 16, 2030.", "In La Paz: July 17, 2030.", "Only the entity and the authority will see")
    assert [each in text(response) for each in told] == [True, True, True]


def test_the_first_step_says_where_the_reviewers_would_have_no_list_of_sections(desk: Desk) -> None:
    make_edition("LISTA", rows=SECTIONS)
    asked = [("pislea", "PLAN/1"), ("pislea", ["LISTA/1", "PLAN/1"]), ("poa", "PLAN/1")]
    told = [text(send(desk, plan_type=kind, editions=editions)) for kind, editions in asked]
    assert ["no list of sections" in each for each in told] == [True, False, False]
    assert ["It reaches" in each for each in told] == [True, True, True]


def test_a_call_is_opened_by_a_calendar_in_so_many_days_for_a_kind_of_plan(desk: Desk) -> None:
    more = {"opens_on": "2030-07-01", "due_on": "", "due_in": "15", "calendar": "bolivia", "plan_type": "pisi"}
    send(desk, **more, reached=second_step(send(desk, **more)))
    call = Call.objects.latest("pk")
    page = text(desk.get("amaru", f"convocatorias/{call.code}/"))
    assert (call.due_on, call.visibility, [each in page for each in ("Working days in Bolivia", "(PISI)")]) == (
        date(2030, 7, 22),
        "restricted",
        [True, True],
    )


@pytest.mark.parametrize("days", [{"due_on": "", "due_in": ""}, {"due_in": "9"}])
def test_the_last_day_is_said_in_one_way(desk: Desk, days: dict[str, str]) -> None:
    assert list(told_at(send(desk, **days))) == ["due_on"]


def test_the_first_step_opens_nothing_and_says_whom_it_would_reach(desk: Desk) -> None:
    response = send(desk)
    told = ("It reaches 2 entities", "Municipal: 2", "Municipio de Ábaco A-1 Municipio de Ñandú B-1")
    assert ([each in text(response) for each in told], Call.objects.count()) == ([True, True, True], 1)


def test_the_second_step_opens_it(desk: Desk) -> None:
    response = send(desk, reached=second_step(send(desk)))
    call = Call.objects.latest("pk")
    kept = (call.obligations.count(), call.due_on, call.remedy_days, call.asks_budget, call.asks_target)
    assert (response["Location"], kept) == (f"/en/desk/convocatorias/{call.code}/", (2, DUE, 10, True, False))


def test_an_audience_changed_after_the_first_step_is_shown_again(desk: Desk) -> None:
    reached = second_step(send(desk))
    response = send(desk, audience="level:departmental", reached=reached)
    assert ("It reaches 1 entity" in text(response), Call.objects.count()) == (True, 1)


def test_an_audience_of_nobody_cannot_be_opened(desk: Desk) -> None:
    response = send(desk, audience="level:municipal and level:departmental")
    assert ("It reaches 0 entities" in text(response), soup(response).find("button", {"name": "reached"})) == (
        True,
        None,
    )


@pytest.mark.parametrize("audience", ["level:", "planets", "(all", "code:NOPE", "level:lunar", "territory:MOON", '"'])
def test_an_audience_that_cannot_be_read_is_shown_again_with_why(desk: Desk, audience: str) -> None:
    response = send(desk, audience=audience)
    assert (response.status_code, value(response, "audience"), len(errors(response)) > 1) == (422, audience, True)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("editions", "OTRO/1"),
        ("audience", ""),
        ("opens_on", "soon"),
        ("due_on", ""),
        ("due_on", "2000-01-01"),
        ("period", "sometime"),
        ("remedy_days", "0"),
        ("remedy_days", "9999"),
    ],
)
def test_what_cannot_be_is_shown_again(desk: Desk, field: str, typed: str) -> None:
    make_edition("OTRO", published=False)
    response = send(desk, **{field: typed})
    assert (response.status_code, Call.objects.count(), bool(errors(response))) == (422, 1, True)


def told_at(response: Response) -> dict[str, str]:
    """What is told beside each field."""
    marked = soup(response).select("main .error[id]")
    return {str(each["id"]).removeprefix("id_").removesuffix("_error"): each.get_text() for each in marked}


def test_everything_that_is_wrong_is_told_at_once(desk: Desk) -> None:
    response = send(desk, audience="level:lunar", due_on="2000-01-01", period="sometime", editions=[], remedy_days="0")
    assert set(told_at(response)) == {"editions", "audience", "due_on", "period", "remedy_days"}


@pytest.mark.parametrize("opens_on", ["soon", ""])
def test_the_audience_is_looked_at_even_without_a_day(desk: Desk, opens_on: str) -> None:
    assert set(told_at(send(desk, audience="code:NOPE", opens_on=opens_on))) == {"audience", "opens_on"}


@pytest.mark.parametrize("audience", ["level:lunar", "nivel:lunar"])
def test_a_level_that_is_not_there_lists_those_that_are(desk: Desk, audience: str) -> None:
    told = told_at(send(desk, audience=audience))["audience"]
    levels = (
        "central",
        "departamental / departmental",
        "municipal",
        "indigena / indigenous",
        "regional",
        "universidad",
    )
    assert [each in told for each in ("“lunar”", *levels)] == [True] * 7


def test_what_cannot_be_read_is_told_in_the_word_of_its_label(desk: Desk) -> None:
    page = desk.client("amaru").post("/desk/convocar/", terms(audience="planetas"))
    label = soup(page).select_one("label[for=id_audience]")
    assert label
    assert told_at(page)["audience"].startswith(f"Los {label.get_text().lower()} no se entienden")


@pytest.mark.parametrize("word", ["all", "level:", "under:", "code:", "id:", "territory:", "kind:"])
def test_the_hint_names_every_word_that_an_audience_knows(desk: Desk, word: str) -> None:
    hint = soup(desk.get("amaru", "convocar/")).select_one("#id_audience_helptext")
    assert hint
    assert word in hint.get_text()


def test_the_spanish_hint_can_be_typed_as_it_stands(desk: Desk) -> None:
    hint = soup(desk.client("amaru").get("/desk/convocar/")).select_one("#id_audience_helptext")
    assert hint
    examples = hint.get_text().partition(",")[0].replace('tipo:"…"', 'tipo:"x"').split(" · ")
    assert [str(parse_audience(each)).partition(":")[0] for each in examples] == [
        "all",
        "level",
        "under",
        "code",
        "id",
        "territory",
        "kind",
    ]


def test_an_audience_is_kept_in_english_and_shown_in_the_language_of_its_reader(desk: Desk) -> None:
    typed = "nivel:municipal o nivel:departamental"
    first = send(desk, audience=typed)
    send(desk, audience=typed, reached=second_step(first))
    call = Call.objects.latest("pk")
    pages = [desk.client("amaru").get(f"{language}/desk/convocatorias/{call.code}/") for language in ("", "/en")]
    told = ("Nivel municipal o nivel departamental", "Municipal level or departmental level")
    said = [each.lower() in text(page) for each, page in zip(told, pages, strict=True)]
    assert (call.audience, said) == ("level:municipal or level:departmental", [True, True])


def test_the_first_step_says_how_the_audience_was_understood(desk: Desk) -> None:
    page = send(desk, audience="TODOS  Y  nivel:municipal")
    assert "Audience : municipal level" in text(page).replace("Audience:", "Audience :")


@pytest.mark.parametrize("more", [1, 30])
def test_the_first_step_stays_within_its_queries(desk: Desk, query_budget: Any, more: int) -> None:  # noqa: ANN401 - a fixture of conftest
    rows = [
        EntityRow(f"x:{n}", f"9{n}", f"M-{n}", f"Municipio {n}", type="Gobierno Autónomo Municipal", bindable=True)
        for n in range(more)
    ]
    import_register(actor=OPERATOR, source=f"{SOURCE}2", rows=rows, on=TODAY())
    client = desk.client("amaru")
    with query_budget(7):
        assert f"Municipal: {2 + more}" in text(client.post("/en/desk/convocar/", terms()))


def test_a_second_step_without_the_first_is_refused_where_it_would_reach_nobody(desk: Desk) -> None:
    nobody = "level:municipal and level:departmental"
    response = send(desk, audience=nobody, reached=f"{nobody} @ {TODAY()}")
    assert (response.status_code, Call.objects.count()) == (422, 1)
    assert "No entity that can be bound" in errors(response)[0]


def test_a_restricted_call_says_so(desk: Desk) -> None:
    send(desk, visibility="restricted", reached=second_step(send(desk, visibility="restricted")))
    call = Call.objects.latest("pk")
    assert (call.visibility, "restricted" in text(desk.get("amaru", f"convocatorias/{call.code}/"))) == (
        "restricted",
        True,
    )


def test_the_form_begins_with_today_and_everybody(desk: Desk) -> None:
    page = desk.get("amaru", "convocar/")
    assert (value(page, "opens_on"), value(page, "audience")) == (TODAY().isoformat(), "all")


def test_in_spanish_the_form_begins_in_words_that_are_understood(desk: Desk) -> None:
    audience = value(desk.client("amaru").get("/desk/convocar/"), "audience")
    assert "It reaches 4 entities" in text(send(desk, audience=audience))


# --- reading -------------------------------------------------------------------------------------------------------
def cells(response: Response) -> list[list[str]]:
    rows = soup(response).select("tbody tr")
    return [[" ".join(cell.get_text(" ").split()) for cell in each.find_all(["th", "td"])] for each in rows]


def test_the_list_counts_how_debtors_stand(desk: Desk) -> None:
    desk.handed_in()
    assert cells(desk.get("amaru", "convocatorias/")) == [[desk.call.title, "June 30, 2018", "2", "0", "1", "0"]]


def test_a_call_shows_who_owes_what(desk: Desk) -> None:
    desk.handed_in()
    shown = [each[:4] for each in cells(desk.get("tupak", f"convocatorias/{desk.call.code}/"))]
    assert shown == [
        ["Municipio de Ábaco A-1", "June 30, 2018", "late", "version 1 of Municipio de Ábaco under review"],
        ["Municipio de Ñandú B-1", "June 30, 2018", "late", "nothing yet"],
    ]


@pytest.mark.parametrize(("asked", "found"), [("nandu", 1), ("ÁBACO munici", 1), ("b-1", 1), ("", 2), ("zzz", 0)])
def test_a_debtor_is_found_by_any_of_its_words(desk: Desk, asked: str, found: int) -> None:
    assert len(cells(desk.get("amaru", f"convocatorias/{desk.call.code}/?q={asked}"))) == found


def test_a_draft_is_no_business_of_the_authority(desk: Desk) -> None:
    desk.draft()
    page = desk.get("amaru", f"convocatorias/{desk.call.code}/")
    assert cells(page)[0][3] == "nothing yet"


def test_an_auditor_sees_no_acts(desk: Desk) -> None:
    page = desk.get("tupak", f"convocatorias/{desk.call.code}/")
    assert ([link for link in links(page) if "obligaciones" in link], "Close the call" in text(page)) == ([], False)


def test_a_call_that_is_not_there_is_not_found(desk: Desk) -> None:
    assert desk.get("amaru", "convocatorias/NOPE/").status_code == 404


@pytest.mark.parametrize("more", [1, 5])
def test_the_list_stays_within_its_queries(desk: Desk, query_budget: Any, more: int) -> None:  # noqa: ANN401 - a fixture of conftest
    for number in range(more):
        make_call(period=str(2030 + number))
    client = desk.client("amaru")
    with query_budget(6):
        assert client.get("/en/desk/convocatorias/").status_code == 200


@pytest.mark.parametrize("more", [1, 5])
def test_the_page_of_a_call_stays_within_its_queries(desk: Desk, query_budget: Any, more: int) -> None:  # noqa: ANN401 - the same
    rows = [
        EntityRow(f"x:{n}", f"9{n}", f"M-{n}", f"Municipio {n}", type="Gobierno Autónomo Municipal", bindable=True)
        for n in range(more)
    ]
    import_register(actor=OPERATOR, source=f"{SOURCE}2", rows=rows, on=TODAY())
    call = make_call(period="2035")
    client = desk.client("amaru")
    with query_budget(14):
        assert client.get(f"/en/desk/convocatorias/{call.code}/").status_code == 200


# --- acts ----------------------------------------------------------------------------------------------------------
def test_more_time_is_given_by_an_act(desk: Desk) -> None:
    path = f"obligaciones/{desk.owed.pk}/ampliar/"
    response = desk.post("amaru", path, due_on=DUE.isoformat(), reason="Inundación", act="RA 7")
    kept = Extension.objects.values_list("due_on", "reason", "act").get()
    assert (response.status_code, kept) == (302, (DUE, "Inundación", "RA 7"))
    assert "extended" in text(desk.get("amaru", f"convocatorias/{desk.call.code}/"))


def test_an_obligation_is_lifted_by_an_act(desk: Desk) -> None:
    path = f"obligaciones/{desk.owed.pk}/eximir/"
    assert desk.post("amaru", path, reason="Cierra", act="RA 8").status_code == 302
    assert "waived" in text(desk.get("amaru", f"convocatorias/{desk.call.code}/"))


@pytest.mark.parametrize("path", ["ampliar", "eximir"])
@pytest.mark.parametrize("fields", [{"act": ""}, {"reason": " "}, {"due_on": "2017-01-01"}])
def test_an_act_that_lacks_something_is_shown_again(desk: Desk, path: str, fields: dict[str, str]) -> None:
    if path == "eximir" and "due_on" in fields:
        fields = {"act": "", "reason": ""}
    given = {"due_on": DUE.isoformat(), "reason": "Inundación", "act": "RA 7", **fields}
    response = desk.post("amaru", f"obligaciones/{desk.owed.pk}/{path}/", **given)
    assert (response.status_code, Extension.objects.count() + Waiver.objects.count()) == (422, 0)


@pytest.mark.parametrize("due_on", ["2018-06-30", "2018-06-01"])
def test_an_extension_that_is_not_later_is_told_at_its_day(desk: Desk, due_on: str) -> None:
    given = {"due_on": due_on, "reason": "Inundación", "act": "RA 7"}
    response = desk.post("amaru", f"obligaciones/{desk.owed.pk}/ampliar/", **given)
    field = soup(response).select_one("#id_due_on")
    assert field
    told = soup(response).select_one(f"#{field['aria-describedby']}")
    assert (response.status_code, Extension.objects.count(), value(response, "reason")) == (422, 0, "Inundación")
    assert told
    assert told.get_text() == "An extension gives a later date than the call did: after June 30, 2018."


def test_what_is_met_is_neither_extended_nor_waived(desk: Desk) -> None:
    accept_plan(actor=desk.cast.amaru, submission=desk.handed_in(), on=TODAY())
    offered = [link for link in links(desk.get("amaru", f"convocatorias/{desk.call.code}/")) if "obligaciones" in link]
    ours = [link.split("/")[-2] for link in offered if f"/{desk.owed.pk}/" in link]
    theirs = [link.split("/")[-2] for link in offered if f"/{desk.others.pk}/" in link]
    assert (ours, theirs) == (["transferir", "transcribir"], ["ampliar", "eximir", "transferir", "transcribir"])


def test_a_waiver_stands(desk: Desk) -> None:
    path = f"obligaciones/{desk.owed.pk}/eximir/"
    desk.post("amaru", path, reason="Cierra", act="RA 8")
    response = desk.post("amaru", path, reason="Otra vez", act="RA 9")
    assert (response.status_code, Waiver.objects.count()) == (409, 1)


def test_closing_asks_first(desk: Desk) -> None:
    path = f"convocatorias/{desk.call.code}/cerrar/"
    desk.post("amaru", path)
    desk.call.refresh_from_db()
    before = desk.call.state
    desk.post("amaru", path, sure="on")
    desk.call.refresh_from_db()
    assert (before, desk.call.state) == ("open", "closed")


def test_closing_twice_is_a_conflict(desk: Desk) -> None:
    path = f"convocatorias/{desk.call.code}/cerrar/"
    assert [desk.post("amaru", path, sure="on").status_code for _ in range(2)] == [302, 409]


@pytest.mark.parametrize("name", ["inti", "wara", "tupak", "rumi"])
def test_only_planners_of_the_authority_act(desk: Desk, name: str) -> None:
    paths = [f"obligaciones/{desk.owed.pk}/{verb}/" for verb in ("ampliar", "eximir", "transcribir")]
    paths += [f"convocatorias/{desk.call.code}/cerrar/", "convocar/"]
    given = {"due_on": DUE.isoformat(), "reason": "x", "act": "y", "sure": "on"}
    assert [desk.post(name, path, **given).status_code for path in paths] == [403] * 5
    assert Extension.objects.count() + Waiver.objects.count() + (Call.objects.count() - 1) == 0
