"""People who come and go, at the desk: the own address, lists, links, letters, what is taken over, who is silent."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.interfaces.desk.desk import Desk, errors, links, soup, text, value
from yupana.domain.obligations.contacts import readable_contacts
from yupana.domain.people import tokens
from yupana.domain.people.models import Mandate, Person
from yupana.foundation.kernel.actor import OPERATOR
from yupana.interfaces.desk import throttle
from yupana.projections.notices.models import Outbox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from yupana.foundation.ledger.models import Entry

NEW = "otra frase que nadie adivina"
ROWS = "A-1; Sisa Quispe; sisa@abaco.example; planner; CITE 7/2018; 9/2/2018\nB-1; Lloque; ; executive"
LETTER = {"role": "entity_planner", "name": "Sisa", "email": "sisa@abaco.example", "letter": "CITE 9", "sure": "on"}


@pytest.fixture(autouse=True)
def _nobody_guessed_before() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def invited(desk: Desk) -> str:
    """The path of the link of somebody who was just invited."""
    desk.post("amaru", "invitar/", rows=ROWS)
    sisa = Person.objects.get(username="sisa@abaco.example")
    return f"/en/desk/invitacion/{sisa.pk}/{tokens.made(sisa)}/"


def test_one_says_where_ones_own_notices_go(desk: Desk) -> None:
    client = desk.client("inti")
    client.post("/en/desk/correo/", {"email": "inti@abaco.example"})
    assert value(client.get("/en/desk/correo/"), "email") == "inti@abaco.example"
    refused = client.post("/en/desk/correo/", {"email": "x@"})
    assert (refused.status_code, len(errors(refused)) > 0) == (422, True)


def test_every_page_of_the_desk_leads_to_the_own_address(desk: Desk) -> None:
    foot = soup(desk.get("inti", "")).select("footer a")
    assert "/en/desk/correo/" in [link["href"] for link in foot]


# --- inviting ------------------------------------------------------------------------------------------------------
def test_who_is_pasted_is_invited_and_has_a_slip_with_a_link(desk: Desk) -> None:
    response = desk.post("amaru", "invitar/", rows=ROWS)
    assert (response.status_code, response["Location"]) == (302, "/en/desk/invitar/hoja/")
    slips = [" ".join(card.get_text(" ").split()) for card in soup(desk.get("amaru", "invitar/hoja/")).select(".card")]
    assert [("Lloque" in slip, "Municipio de Ñandú" in slip, "/invitacion/" in slip) for slip in slips] == [
        (True, True, True),
        (False, False, True),
    ]
    assert list(Outbox.objects.values_list("person__username", flat=True)) == ["sisa@abaco.example"]


def test_of_a_list_with_faults_every_line_is_named_and_nobody_invited(desk: Desk) -> None:
    before = Person.objects.count()
    response = desk.post("amaru", "invitar/", rows=ROWS.replace("executive", "queen").replace("A-1", "Z-9"))
    listed = [" ".join(item.get_text(" ").split()[:2]) for item in soup(response).select(".errors li")]
    assert (response.status_code, listed, Person.objects.count()) == (422, ["line 1", "line 2"], before)
    assert "Lloque" in value(response, "rows")


@pytest.mark.parametrize("rows", ["", " \n", "nombre,correo\nSisa,x", 'A-1;"Sisa'])
def test_what_is_no_list_is_refused(desk: Desk, rows: str) -> None:
    assert desk.post("amaru", "invitar/", rows=rows).status_code == 422


# --- the link ------------------------------------------------------------------------------------------------------
def test_a_link_lets_its_person_choose_a_password_and_begin(desk: Desk) -> None:
    path, client = invited(desk), Client()
    assert "sisa@abaco.example" in text(client.get(path))
    response = client.post(path, {"new": NEW, "again": NEW})
    assert (response.status_code, response["Location"]) == (302, "/en/desk/traspaso/")
    assert "What you take over" in text(client.get("/en/desk/traspaso/"))
    assert Client().login(username="sisa@abaco.example", password=NEW)


def test_a_link_works_once(desk: Desk) -> None:
    path = invited(desk)
    Client().post(path, {"new": NEW, "again": NEW})
    again = Client().post(path, {"new": "y otra mas que nadie sabe", "again": "y otra mas que nadie sabe"})
    assert (again.status_code, Client().login(username="sisa@abaco.example", password=NEW)) == (404, True)


@pytest.mark.parametrize(
    ("new", "again"), [("corta", "corta"), (NEW, "otra"), ("", ""), ("contraseña1234\0", "contraseña1234\0")]
)
def test_what_is_no_password_leaves_the_link_as_it_was(desk: Desk, new: str, again: str) -> None:
    path = invited(desk)
    refused = Client().post(path, {"new": new, "again": again})
    assert (refused.status_code, Client().get(path).status_code) == (422, 200)
    assert NEW.encode() not in refused.content


def test_whoever_was_signed_in_is_not_any_more(desk: Desk) -> None:
    path, client = invited(desk), desk.client("killa")
    client.post(path, {"new": NEW, "again": NEW})
    assert client.session["_auth_user_id"] == str(Person.objects.get(username="sisa@abaco.example").pk)


def test_who_guesses_links_is_stopped(desk: Desk) -> None:
    path, client = invited(desk), Client()
    guesses = [client.get(f"/en/desk/invitacion/{number}/x-y/").status_code for number in range(throttle.MOST_FOR_NAME)]
    assert (set(guesses), client.get(path).status_code) == ({404}, 429)


# --- letters -------------------------------------------------------------------------------------------------------
def test_an_entity_is_found_and_its_people_are_named(desk: Desk) -> None:
    found = desk.get("amaru", "acceso/?q=abaco")
    place = f"/en/desk/acceso/{desk.cast.a.pk}/"
    assert place in links(found)
    page = text(desk.get("amaru", place.removeprefix("/en/desk/")))
    assert ("Inti" in page, "Wara" in page, "Killa" in page) == (True, True, False)


def test_a_letter_changes_who_acts(desk: Desk) -> None:
    letter = LETTER | {"letter_on": timezone.localdate().isoformat()}
    response = desk.post("amaru", f"acceso/{desk.cast.a.pk}/", **letter)
    assert (response.status_code, response["Location"]) == (302, "/en/desk/invitar/hoja/")
    assert Mandate.objects.get(pk=desk.cast.mandates["inti"].pk).ended_on == timezone.localdate()


def test_it_is_said_whose_account_was_taken_over(desk: Desk) -> None:
    Person.objects.filter(username="inti").update(username="sisa@abaco.example")
    letter = LETTER | {"letter_on": timezone.localdate().isoformat()}
    response = desk.client("amaru").post(f"/en/desk/acceso/{desk.cast.a.pk}/", letter, follow=True)
    told = [(" ".join(each["class"]), each.get_text()) for each in soup(response).select(".messages li")]
    assert told[-1][0] == "warning"
    assert told[-1][1].startswith("sisa@abaco.example was the account of Inti. It is Sisa's now")


@pytest.mark.parametrize("left", ["name", "letter", "letter_on", "sure"])
def test_what_a_letter_must_say_is_asked_for(desk: Desk, left: str) -> None:
    letter = LETTER | {"letter_on": timezone.localdate().isoformat()}
    response = desk.post("amaru", f"acceso/{desk.cast.a.pk}/", **{key: letter[key] for key in letter if key != left})
    assert (response.status_code, Mandate.objects.filter(ended_on=None).count()) == (422, 7)


@pytest.mark.parametrize("key", [10**9, 2**64])
def test_an_entity_that_is_not_there_is_missing(desk: Desk, key: int) -> None:
    assert desk.get("amaru", f"acceso/{key}/").status_code == 404


# --- taking over ---------------------------------------------------------------------------------------------------
def test_who_begins_finds_what_is_owed_begun_and_who_else_is_there(desk: Desk) -> None:
    desk.draft()
    page = desk.get("wara", "traspaso/")
    told = text(page)
    assert (desk.call.title in told, "1 activity written" in told, "Inti" in told, "Killa" in told) == (
        True,
        True,
        True,
        False,
    )
    assert f"/en/desk/plan/{desk.owed.pk}/" in links(page)


@pytest.mark.parametrize(("days", "shown"), [(30, True), (31, False)])
def test_the_inbox_leads_there_for_the_first_days(desk: Desk, days: int, shown: bool) -> None:
    person, began = Person.objects.create(username="nueva"), timezone.localdate() - timedelta(days=days)
    old = desk.cast.mandates["inti"]
    Mandate.objects.create(
        person=person, entity=old.entity, role=old.role, starts_on=began, entry=new_entry(old)
    )  # fmt: skip
    client = Client()
    client.force_login(person)
    assert ("/en/desk/traspaso/" in links(client.get("/en/desk/"))) == shown


def new_entry(mandate: Mandate) -> Entry:
    from yupana.domain.people.facts import mandate_codes  # noqa: PLC0415 - only here
    from yupana.foundation.kernel.fact import Fact  # noqa: PLC0415 - the same
    from yupana.foundation.ledger.actions import record  # noqa: PLC0415 - the same

    return record(Fact("mandate.granted", mandate_codes(mandate.entity.ref, mandate.role), mandate.starts_on, {}))


# --- who is silent -------------------------------------------------------------------------------------------------
def test_who_is_silent_is_listed_with_why_and_what_to_do(desk: Desk) -> None:
    page = desk.get("amaru", f"convocatorias/{desk.call.code}/silencio/")
    assert ("2 entities have handed nothing in" in text(page), "invited, nobody signed in yet" in text(page)) == (
        True,
        True,
    )
    assert f"/en/desk/convocatorias/{desk.call.code}/silencio/{desk.cast.a.pk}/" in links(page)
    assert f"/en/desk/convocatorias/{desk.call.code}/silencio/" in links(
        desk.get("amaru", f"convocatorias/{desk.call.code}/")
    )


def test_the_list_is_a_table_too(desk: Desk) -> None:
    told = desk.get("tupak", f"convocatorias/{desk.call.code}/silencio/entidades.csv").getvalue().decode("utf-8-sig")
    assert told.splitlines() == [
        "Code,Entity,Why,Due on,Attempts,Last attempt",
        'A-1,Municipio de Ábaco,"invited, nobody signed in yet",2018-06-30,0,',
        'B-1,Municipio de Ñandú,"invited, nobody signed in yet",2018-06-30,0,',
    ]


def test_an_attempt_is_noted_and_shown(desk: Desk) -> None:
    place, day = f"convocatorias/{desk.call.code}/silencio/{desk.cast.a.pk}/", timezone.localdate()
    said = {"how": "called", "contacted_on": day.isoformat(), "cite": "", "note": "Vuelven a llamar"}
    assert desk.post("amaru", place, **said).status_code == 302
    assert "Vuelven a llamar" in text(desk.get("amaru", place))
    refused = desk.post("amaru", place, **said | {"note": ""})
    assert (refused.status_code, readable_contacts(OPERATOR, desk.cast.a.pk).count()) == (422, 1)


@pytest.mark.parametrize("why", ["uninvited", "never_came", "nonsense"])
def test_one_reason_can_be_chosen(desk: Desk, why: str) -> None:
    page = desk.get("amaru", f"convocatorias/{desk.call.code}/silencio/?why={why}&q=abaco")
    assert (len(soup(page).select("tbody tr")), page.status_code) == (0 if why == "uninvited" else 1, 200)


@pytest.mark.parametrize(
    ("who", "path", "most"),
    [
        ("amaru", "convocatorias/{code}/silencio/", 9),
        ("amaru", "convocatorias/{code}/silencio/{entity}/", 7),
        ("amaru", "acceso/{entity}/", 6),
        ("amaru", "invitar/hoja/", 7),
        ("inti", "traspaso/", 17),
    ],
)
def test_pages_keep_to_their_budgets(
    desk: Desk, query_budget: Callable[[int], AbstractContextManager[object]], who: str, path: str, most: int
) -> None:
    desk.post("amaru", "invitar/", rows=ROWS)
    desk.draft()
    client, place = desk.client(who), path.format(code=desk.call.code, entity=desk.cast.a.pk)
    with query_budget(most):
        assert client.get(f"/en/desk/{place}").status_code == 200
