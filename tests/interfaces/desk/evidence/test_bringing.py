"""Bringing evidence at the desk, seeing what it shows, and taking it along."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.domain.progress.stage import SAID, accepted, asked, planned
from tests.interfaces.desk.desk import Desk, errors, text
from yupana.domain.entities.models import Entity
from yupana.domain.people.actions import grant
from yupana.domain.progress.actions import note_fetch, save_rows, start_report
from yupana.domain.progress.facts import Found
from yupana.domain.progress.models import Evidence
from yupana.foundation.kernel.actor import OPERATOR, Role

if TYPE_CHECKING:
    from pathlib import Path

    from django.test.client import _MonkeyPatchedWSGIResponse as Response
    from pytest_django.fixtures import DjangoAssertNumQueries

    from tests.cast import Cast

PLACE = "respaldos/"
SAID_OF_IT = {"level": "3", "visibility": "public"}


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def bare(cast: Cast) -> Desk:
    """A desk before any call."""
    return Desk(cast, None, None, None)  # type: ignore[arg-type] # nothing is owed yet


def bring(desk: Desk, content: bytes = b"%PDF- acta", name: str = "acta.pdf", **said: str) -> Response:
    file = SimpleUploadedFile(name, content)
    return desk.post("inti", PLACE, file=file, **(SAID_OF_IT | said))


def after(desk: Desk, response: Response) -> str:
    """What stands on the page to which an answer leads."""
    return text(desk.client("inti").get(response["Location"]))


def test_a_file_is_brought_listed_seen_and_taken_along(bare: Desk) -> None:
    empty = text(bare.get("inti", PLACE))
    response = bring(bare, name="../Acta 1.pdf", issued_on="2018-03-01", valid_until="2018-04-10", note="Firmada.")
    piece = Evidence.objects.get()
    page = text(bare.get("inti", f"{PLACE}{piece.pk}/"))
    taken = bare.get("inti", f"{PLACE}{piece.pk}/archivo/")
    content = taken.getvalue()
    assert ("Nothing yet" in empty, (piece.name, piece.media_type, piece.size)) == (
        True,
        ("Acta_1.pdf", "application/pdf", 10),
    )
    listed = after(bare, response)
    told = ("An official act", "April 10, 2018", "expired", "no row yet", "public")
    assert [words for words in told if words not in listed] == []
    assert [words for words in ("March 1, 2018", "Firmada.", piece.digest, "No row") if words not in page] == []
    assert (content, taken["Content-Disposition"], taken["Content-Type"]) == (
        b"%PDF- acta",
        'attachment; filename="Acta_1.pdf"',
        "application/pdf",
    )


def test_the_same_again_leads_to_the_piece_that_is_there(bare: Desk) -> None:
    bring(bare, said="x")
    again = bring(bare, name="otra.pdf")
    piece = Evidence.objects.get()
    client = bare.client("inti")
    page = client.post(f"/en/desk/{PLACE}", {"url": "https://a.example/x", "name": "Página", **SAID_OF_IT})
    link = client.post(f"/en/desk/{PLACE}", {"url": "https://a.example/x", **SAID_OF_IT}, follow=True)
    assert (again["Location"], page.status_code, Evidence.objects.count()) == (f"/en/desk/{PLACE}{piece.pk}/", 302, 2)
    told = " ".join(link.content.decode().split())
    assert "It was here already, as “Página”. What was said of it first still holds: An official act" in told
    said = {"level": "1", "visibility": "restricted", "valid_until": "2099-12-31"}
    client.post(f"/en/desk/{PLACE}", {"url": "https://a.example/y", "name": "y", **said})
    row = client.post(f"/en/desk/{PLACE}?for=7-3", {"url": "https://a.example/y", **SAID_OF_IT})
    [message] = [str(each) for each in get_messages(row.wsgi_request)][-1:]
    assert (row["Location"], message.partition(": ")[2]) == (
        "/en/desk/avance/7/filas/3/respaldos/",
        "The entity says so itself (a note, a photograph); restricted; valid until Dec. 31, 2099.",
    )


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, ["Choose a file or write an address."]),
        ({"url": "ftp://a.example"}, ["Write a whole address of the web"]),
        ({"url": "https://inti:clave@a.example"}, ["The address holds a user name or a password"]),
        ({"url": "https://a.example", "level": ""}, ["Almost.", "This field is required."]),
        ({"url": "https://a.example", "issued_on": "2018-03-02", "valid_until": "2018-03-01"}, ["It cannot expire"]),
        ({"url": "https://a.example", "issued_on": "2999-01-01"}, ["It cannot have been issued after today."]),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(bare: Desk, sent: dict[str, str], told: list[str]) -> None:
    response = bare.post("inti", PLACE, **{**SAID_OF_IT, "note": "Se queda.", **sent})
    found = errors(response)
    assert (response.status_code, len(found), "Se queda." in response.content.decode()) == (422, len(told), True)
    assert [one.startswith(start) for one, start in zip(found, told, strict=True)] == [True] * len(told)


def test_a_file_and_a_link_are_two_pieces(bare: Desk) -> None:
    assert errors(bring(bare, url="https://a.example"))[0].startswith("Choose a file or write an address, not both")


def test_who_came_from_a_row_goes_back_to_it(bare: Desk) -> None:
    sent = {"url": "https://a.example", **SAID_OF_IT}
    client = bare.client("inti")
    places = [client.post(f"/en/desk/{PLACE}?for={each}", sent | {"url": f"https://a.example/{each}"})["Location"]
              for each in ("7-3", "x", "7-3-1")]  # fmt: skip
    mine = f"/en/desk/{PLACE}?entity={bare.cast.a.pk}"
    assert places == ["/en/desk/avance/7/filas/3/respaldos/", mine, mine]


def test_who_acts_for_several_says_for_which(bare: Desk) -> None:
    other, day = bare.cast.b, timezone.localdate()
    grant(
        actor=OPERATOR, person=bare.cast.people["inti"], entity=other, role=Role.EXECUTIVE, starts_on=day, ends_on=None,
        on=day,
    )  # fmt: skip
    client = bare.client("inti")
    for number, asked_for in enumerate((other.pk, bare.cast.a.pk, bare.cast.c.pk, "x")):
        client.post(
            f"/en/desk/{PLACE}?entity={asked_for}", {"url": f"https://a.example/{number}", **SAID_OF_IT}
        )  # fmt: skip
    first = Entity.objects.filter(pk__in=(other.pk, bare.cast.a.pk)).order_by("sort_key")[0].pk
    told = list(Evidence.objects.order_by("pk").values_list("entity", flat=True))
    assert told == [other.pk, bare.cast.a.pk, first, first]


def test_a_long_list_asks_the_database_no_more_often_than_a_short_one(
    bare: Desk, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        bare.post("inti", PLACE, url=f"https://a.example/{number}", **SAID_OF_IT)
        client = bare.client("inti")
        with django_assert_max_num_queries(9):
            client.get(f"/en/desk/{PLACE}")


def test_a_piece_tells_what_it_shows_and_what_was_found_there(bare: Desk) -> None:
    owed = asked(planned(bare.cast)).obligations.get()
    bare.post("inti", PLACE, url="https://a.example/acta", name="Acta", **SAID_OF_IT)
    piece = Evidence.objects.get()
    before = text(bare.get("inti", f"{PLACE}{piece.pk}/"))
    version = accepted(bare.cast, owed, [replace(SAID[0], evidence=(piece.pk,)), *SAID[1:]])
    save_rows(
        actor=bare.cast.inti,
        submission=start_report(actor=bare.cast.inti, obligation=owed, on=owed.call.opens_on),
        rows=[replace(SAID[1], evidence=(piece.pk,))],
    )
    for found in (Found("ab" * 32, 4, "text/plain"), Found(refusal="too-slow"), Found("cd" * 32, 5, "text/plain")):
        note_fetch(piece=piece, found=found, on=owed.call.opens_on)
    pages = {who: text(bare.get(who, f"{PLACE}{piece.pk}/")) for who in ("inti", "amaru", "killa")}
    assert ("It was not looked at yet." in before, "What was there has changed" in pages["killa"]) == (True, True)
    assert {who: page.count("Row") for who, page in pages.items()} == {"inti": 3, "amaru": 1, "killa": 1}
    assert "it takes longer than 10 seconds" in pages["amaru"]
    row = next(each for each in piece.supports.all() if each.submission_id == version.pk).row
    verified = text(bare.get("amaru", f"verificacion/{version.pk}/filas/{row}/"))
    assert [each in verified for each in ("An official act", "Valid until", "What was there has changed")] == [True] * 3
    taken = [bare.client(who).get(f"/en/respaldos/{piece.pk}/").status_code for who in ("", "killa")]
    assert (taken, version.state) == ([404, 404], "accepted")  # a link has no file


def test_a_public_file_is_for_everybody_once_its_report_is_accepted(bare: Desk) -> None:
    owed = asked(planned(bare.cast)).obligations.get()
    for content, who in ((b"publico", "public"), (b"reservado", "restricted")):
        bring(bare, content, name=f"{who}.txt", visibility=who)
    pieces = list(Evidence.objects.order_by("pk"))
    stranger = bare.client()
    before = [stranger.get(f"/respaldos/{each.pk}/").status_code for each in pieces]
    accepted(bare.cast, owed, [replace(SAID[0], evidence=tuple(each.pk for each in pieces)), *SAID[1:]])
    answers = [stranger.get(f"/respaldos/{each.pk}/") for each in pieces]
    again = stranger.get(f"/respaldos/{pieces[0].pk}/", headers={"If-None-Match": answers[0]["ETag"]})
    told = answers[0]
    content = told.getvalue()
    assert (before, [each.status_code for each in answers], again.status_code) == ([404, 404], [200, 404], 304)
    assert (content, told["Content-Disposition"], told["Content-Security-Policy"].endswith("; sandbox")) == (
        b"publico",
        'attachment; filename="public.txt"',
        True,
    )
