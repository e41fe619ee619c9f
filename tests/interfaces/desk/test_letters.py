"""Letters that the authority types in for an entity, over HTTP."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from tests.cast import hand_in as cast_hand_in
from tests.interfaces.desk.desk import Desk, links, text, value

TODAY = timezone.localdate
DUE = TODAY() + timedelta(days=60)


def test_a_letter_is_typed_in_on_behalf_of_its_entity(desk: Desk) -> None:
    owed = desk.owed
    first = desk.post("amaru", f"obligaciones/{owed.pk}/transcribir/")
    assert first["Location"] == f"/en/desk/plan/{owed.pk}/datos/"
    form = desk.get("amaru", f"plan/{owed.pk}/datos/")
    fields = {"seen": value(form, "seen"), "received_on": "2018-06-01", "cites": "NOTA 7", "resolution": "RA 1"}
    assert desk.post("amaru", f"plan/{owed.pk}/datos/", **fields).status_code == 302
    form = desk.get("amaru", f"plan/{owed.pk}/filas/nueva/")
    desk.post(
        "amaru", f"plan/{owed.pk}/filas/nueva/", base=value(form, "base"), name="De la nota", item="PLAN/1#line:1"
    )
    assert desk.post("amaru", f"plan/{owed.pk}/enviar/", sure="on").status_code == 302
    kept = owed.submissions.get()
    assert (kept.state, kept.channel, str(kept.received_on), kept.cites, kept.transcribed, kept.confirmed) == (
        "submitted",
        "letter",
        "2018-06-01",
        "NOTA 7",
        True,
        False,
    )
    assert "typed in by the authority" in text(desk.get("inti", f"entregas/{kept.pk}/"))


def test_the_letter_of_who_writes_already_is_refused(desk: Desk) -> None:
    desk.draft()
    response = desk.post("amaru", f"obligaciones/{desk.owed.pk}/transcribir/")
    assert (response.status_code, "already a draft" in text(response)) == (409, True)


def test_what_is_under_review_cannot_be_typed_in(desk: Desk) -> None:
    cast_hand_in(desk.cast.killa, desk.others)
    page = desk.get("amaru", f"convocatorias/{desk.call.code}/")
    assert [link for link in links(page) if link.endswith("transcribir/")] == [
        f"/en/desk/obligaciones/{desk.owed.pk}/transcribir/"
    ]


def test_a_letter_says_first_what_will_happen(desk: Desk) -> None:
    page = desk.get("amaru", f"obligaciones/{desk.owed.pk}/transcribir/")
    assert ("came on paper" in text(page), desk.owed.submissions.count()) == (True, 0)


def test_the_heading_of_a_letter_needs_its_day(desk: Desk) -> None:
    desk.post("amaru", f"obligaciones/{desk.owed.pk}/transcribir/")
    form = desk.get("amaru", f"plan/{desk.owed.pk}/datos/")
    response = desk.post("amaru", f"plan/{desk.owed.pk}/datos/", seen=value(form, "seen"), cites="NOTA 7")
    assert (response.status_code, value(response, "cites")) == (422, "NOTA 7")
