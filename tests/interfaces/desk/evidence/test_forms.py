"""The form by which evidence is brought, and a piece in the reader's words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from yupana.domain.progress.evidence import Shown
from yupana.domain.progress.facts import Terms
from yupana.domain.progress.models import Evidence, Fetch
from yupana.domain.progress.rules import EvidenceLevel
from yupana.domain.progress.rules.addresses import MOST as MOST_ADDRESS
from yupana.domain.progress.rules.evidence import MOST_NAME, MOST_NOTE, FetchRefusal, Standing, Validity
from yupana.foundation.kernel.actor import NOBODY
from yupana.foundation.vault import rules as vault
from yupana.interfaces.desk.evidence import showing
from yupana.interfaces.desk.evidence.forms import PieceForm
from yupana.interfaces.desk.evidence.showing import KINDS, lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.forms import Form

URL = "https://a.example/acta"
LINK = {"url": URL, "level": "3", "visibility": "public"}
REQUIRED = "This field is required."
EITHER, BOTH = "Choose a file or write an address.", "Choose a file or write an address, not both"


def sent(content: bytes | None) -> MultiValueDict[str, Any]:
    return MultiValueDict({} if content is None else {"file": [SimpleUploadedFile("acta.pdf", content)]})


def form(content: bytes | None = None, /, **changed: str) -> PieceForm:
    return PieceForm({**LINK, **changed}, sent(content))  # type: ignore[arg-type] # a mapping does


def wrong(held: Form) -> dict[str, list[str]]:
    with translation.override("en"):
        return {name: [str(each).split(":")[0] for each in told] for name, told in held.errors.items()}


@pytest.mark.parametrize(
    ("content", "url", "told"),
    [
        (None, URL, {}),
        (b"%PDF- acta", "", {}),
        (None, "", {"__all__": [EITHER]}),
        (None, "   ", {"__all__": [EITHER]}),
        (b"%PDF- acta", URL, {"__all__": [BOTH]}),
        (b"", "", {"file": ["The file is empty."]}),
        (b"", URL, {"file": ["The file is empty."]}),
    ],
)
def test_one_of_the_two_is_brought(content: bytes | None, url: str, told: Mapping[str, list[str]]) -> None:
    assert wrong(form(content, url=url)) == told


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"level": "0"}, ["level"]),
        ({"level": "1"}, []),
        ({"level": "4"}, []),
        ({"level": "5"}, ["level"]),
        ({"level": "x"}, ["level"]),
        ({"visibility": "reserved"}, ["visibility"]),
        ({"visibility": "restricted"}, []),
        ({"visibility": ""}, ["visibility"]),
        ({"issued_on": "2018-02-29"}, ["issued_on"]),
        ({"issued_on": "2020-02-29", "valid_until": "2020-02-29"}, []),
        ({"valid_until": "mañana"}, ["valid_until"]),
        ({"name": "x" * MOST_NAME}, []),
        ({"name": "x" * (MOST_NAME + 1)}, ["name"]),
        ({"note": "x" * MOST_NOTE}, []),
        ({"note": "x" * (MOST_NOTE + 1)}, ["note"]),
        ({"url": "https://a.example/".ljust(MOST_ADDRESS, "x")}, []),
        ({"name": "a\0b"}, ["name"]),
    ],
)
def test_every_field_has_its_bounds(changed: dict[str, str], named: list[str]) -> None:
    assert list(wrong(form(**changed))) == named


def test_an_address_that_is_too_long_is_told_once() -> None:
    told = wrong(form(url="https://a.example/".ljust(MOST_ADDRESS + 1, "x")))
    assert {name: len(each) for name, each in told.items()} == {"url": 1}


@pytest.mark.parametrize(
    ("changed", "otherwise", "terms"),
    [
        ({"name": " Acta "}, URL, Terms("Acta", "public", 3)),
        ({}, URL, Terms(URL, "public", 3)),
        ({"name": "  "}, "x" * 500, Terms("x" * MOST_NAME, "public", 3)),
        (
            {"visibility": "restricted", "level": "1", "issued_on": "2018-01-01", "valid_until": "2020-02-29"},
            "Acta",
            Terms("Acta", "restricted", 1, date(2018, 1, 1), date(2020, 2, 29)),
        ),
        ({"note": " Firmada. "}, "Acta", Terms("Acta", "public", 3, note="Firmada.")),
    ],
)
def test_what_has_no_name_is_called_as_it_came(changed: dict[str, str], otherwise: str, terms: Terms) -> None:
    held = form(**changed)
    assert (wrong(held), held.terms(otherwise)) == ({}, terms)


def test_how_much_it_proves_is_chosen_and_never_taken_for_granted() -> None:
    with translation.override("en"):
        field: Any = PieceForm().fields["level"]
        assert [value for value, _label in field.choices] == ["", *EvidenceLevel]
        assert list(wrong(form(level=""))) == ["level"]


@pytest.mark.parametrize(
    "head", [b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"PK\x03\x04", b"hola"]
)
def test_every_kind_that_is_known_by_its_first_bytes_has_a_name(head: bytes) -> None:
    assert KINDS[vault.sniff(head)].isupper()


@pytest.mark.parametrize("refusal", list(FetchRefusal))
def test_every_look_that_found_nothing_says_why(refusal: FetchRefusal, monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest stands first, whatever the database gave first."""
    piece = Evidence(kind="link", url=URL, level=4, visibility="public")
    looks = (Fetch(digest="ab"), Fetch(refusal=refusal.value))
    told = Shown(piece, (), looks, Validity.LASTING, Standing.LOST)
    monkeypatch.setattr(showing, "shown", lambda *_args, **_more: [told])
    with translation.override("en"):
        [line] = lines(NOBODY, [piece], date(2018, 1, 1))
        first, second = line.looks
    assert (first[0], bool(first[1]), second) == (looks[1], True, (looks[0], ""))
