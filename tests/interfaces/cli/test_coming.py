"""People who come and go, and their mail, from the console."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from tests.cast import DUE_ON, Cast, make_call, make_edition
from yupana.domain.people.models import Mandate, Person
from yupana.projections.notices.models import Outbox

if TYPE_CHECKING:
    from pathlib import Path

    from tests.interfaces.cli.conftest import Yupana

LIST = """\
entidad,nombre,correo,rol,carta,fecha
A-1,Sisa Quispe,sisa@abaco.example,planificadora,CITE 7/2018,9/2/2018
B-1,Lloque,,MAE,CITE 8/2018,2018-02-10
"""


@pytest.fixture
def people(tmp_path: Path) -> Path:
    file = tmp_path / "gente.csv"
    file.write_text(LIST, encoding="utf-8")
    return file


def test_a_list_is_invited_and_everybody_has_a_link(cast: Cast, yupana: Yupana, people: Path) -> None:
    said = yupana("people", "invite", people, "--json")
    assert (said.code, said.json["read"], said.json["mandates"]) == (0, 2, 2)
    assert sorted(said.json["links"]) == ["lloque", "sisa@abaco.example"]
    assert list(Outbox.objects.values_list("person__username", "rule")) == [("sisa@abaco.example", "invited")]


def test_a_faulty_list_invites_nobody_and_names_every_line(cast: Cast, yupana: Yupana, people: Path) -> None:
    people.write_text(LIST.replace("MAE", "reina").replace("A-1", "Z-9"), encoding="utf-8")
    said = yupana("people", "invite", people)
    assert (said.code, "gente.csv:2" in said.err, "gente.csv:3" in said.err) == (1, True, True)
    assert Person.objects.filter(username="lloque").count() == 0


def test_a_letter_replaces_who_acted(cast: Cast, yupana: Yupana) -> None:
    said = yupana("people", "replace", "A-1", "--name", "Sisa", "--email", "sisa@abaco.example", "--role", "executive",
                  "--letter", "CITE 9", "--letter-on", "2018-02-09", "--json")  # fmt: skip
    assert (said.code, list(said.json["links"])) == (0, ["sisa@abaco.example"])
    assert Mandate.objects.get(pk=cast.mandates["wara"].pk).ended_on is not None


def test_a_link_is_shown_again_until_a_password_is_chosen(cast: Cast, yupana: Yupana, people: Path) -> None:
    yupana("people", "invite", people)
    said = yupana("people", "link", "lloque")
    assert (said.code, "/desk/invitacion/" in said.out) == (0, True)
    assert yupana("people", "link", "inti").code == 1


def test_an_address_is_set_and_taken_away(cast: Cast, yupana: Yupana) -> None:
    said = [yupana("people", "email", "inti", each).code for each in ("inti@abaco.example", "x@", "")]
    assert (said, Person.objects.get(username="inti").email) == ([0, 1, 0], "")


# --- mail ----------------------------------------------------------------------------------------------------------
@pytest.fixture
def reminded(cast: Cast) -> Cast:
    """A mail that waits."""
    Outbox.objects.create(person=cast.people["inti"], rule="due", subject="plan:1", due_on=DUE_ON, about_on=DUE_ON)
    make_edition()
    make_call()
    return cast


def test_without_a_way_to_send_nothing_is_sent_and_what_waits_is_listed(reminded: Cast, yupana: Yupana) -> None:
    sent, listed = yupana("mail", "send"), yupana("mail", "list")
    assert (sent.code, "YUPANA_EMAIL_URL" in sent.err) == (1, True)
    assert ["waiting: 1" in listed.out, "due soon" in listed.out, "YUPANA_EMAIL_URL" in listed.out] == [True] * 3


def test_what_can_be_sent_is_and_what_is_too_old_is_dropped(
    reminded: Cast, yupana: Yupana, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "MAIL_LEAVES", True)
    told = {"sent": 0, "failed": 0, "dropped": 1, "left": 0}
    assert (yupana("mail", "send", "--json").json, yupana("mail", "list", "--json").json["counts"]) == (
        told,
        {"dropped": 1},
    )


def test_what_comes_back_is_noted(reminded: Cast, yupana: Yupana) -> None:
    Outbox.objects.update(state="sent", address="inti@abaco.example")
    said = [yupana("mail", "bounced", "inti@abaco.example").code for _ in range(2)]
    assert (said, Outbox.objects.get().state) == ([0, 1], "bounced")
