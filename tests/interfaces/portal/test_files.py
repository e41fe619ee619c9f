"""A published edition in every format: whole, the same bytes each time, and citable."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import cast as house
from tests.interfaces.portal.editions import FIRST, make_editions
from tests.interfaces.portal.stage import page, tick, whole, words
from yupana.domain.instruments import public
from yupana.domain.instruments.facts import ItemRole, ItemRow
from yupana.foundation.kernel.text import squeeze
from yupana.interfaces.interchange.instruments import Format, read_instrument
from yupana.interfaces.portal.files import ENDINGS, NAMES, TYPES

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

FILE = "/planes/DOS/2/descarga/{}/"


@pytest.fixture
def _two_editions(db: None) -> None:
    make_editions()


def test_every_format_has_its_name_its_ending_and_its_type() -> None:
    assert set(NAMES) == set(ENDINGS) == set(TYPES) == set(Format)


@pytest.mark.usefixtures("_two_editions")
@pytest.mark.parametrize("form", Format)
def test_a_file_is_whole_and_reads_back(client: Client, form: Format, tmp_path: Path) -> None:
    answered = client.get(FILE.format(form))
    name = f"DOS-2{ENDINGS[form]}"
    file = tmp_path / name
    file.write_bytes(whole(answered))
    assert (
        answered.headers["Content-Disposition"],
        answered.headers["Content-Type"],
        sorted(row.code for row in read_instrument(file).rows),
    ) == (
        f'attachment; filename="{name}"',
        TYPES[form],
        sorted(["1", "1", "1", "2", "2", "3", "5", "6", "7"]),
    )


@pytest.mark.usefixtures("_two_editions")
@pytest.mark.parametrize("form", Format)
def test_a_file_is_the_same_whenever_it_is_taken(client: Client, form: Format, monkeypatch: pytest.MonkeyPatch) -> None:
    import time  # noqa: PLC0415 - only here

    first = client.get(FILE.format(form))
    bytes_then = whole(first)
    later = time.time() + 4_000
    monkeypatch.setattr(time, "time", lambda: later)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(later))
    again = client.get(FILE.format(form), headers={"If-None-Match": first.headers["ETag"]})
    assert (whole(client.get(FILE.format(form))) == bytes_then, again.status_code) == (True, 304)


@pytest.mark.usefixtures("_two_editions")
@pytest.mark.parametrize("there", [FILE.format("nada"), "/planes/DOS/3/descarga/csv/", "/planes/DOS/9/descarga/csv/"])
def test_what_is_absent_is_not_there(client: Client, there: str) -> None:
    house.make_edition("DOS", "3", rows=FIRST, published=False)
    page(client, there, status=404)


@pytest.mark.parametrize("form", Format)
def test_a_long_text_fits_into_every_format(client: Client, db: None, form: Format, tmp_path: Path) -> None:
    text = "Una palabra tras otra. " * 4_000
    house.make_edition("DOS", "1", rows=[ItemRow("x", ItemRole.LINE, "1", "Larga", None, body=text)])
    file = tmp_path / f"DOS{ENDINGS[form]}"
    file.write_bytes(whole(client.get(f"/planes/DOS/1/descarga/{form}/")))
    found = [row for row in read_instrument(file).rows if row.role is ItemRole.LINE]
    assert [squeeze(row.body) for row in found] == [squeeze(text)]


@pytest.mark.usefixtures("_two_editions")
def test_an_edition_says_how_to_cite_it(client: Client) -> None:
    tick()
    shown = page(client, "/en/planes/DOS/2/")
    seal = public.seal(public.edition("DOS", "2").id)
    assert words(shown.select_one(".told")) == (
        "Plan DOS, edición 2. DOS/2. Acto 1/2018, Jan. 15, 2018. http://testserver/en/planes/DOS/2/."
        f" SHA-256 {seal.digest}. entry {seal.position} of the public record."
    )


@pytest.mark.usefixtures("_two_editions")
def test_before_it_is_sealed_nothing_is_said_of_the_record(client: Client) -> None:
    shown = page(client, "/en/planes/DOS/2/")
    assert ("public record." in words(shown.select_one(".told")), "not sealed" in words(shown.main)) == (False, True)


@pytest.mark.usefixtures("_two_editions")
def test_every_format_is_linked(client: Client) -> None:
    links = {words(link): link["href"] for link in page(client, "/planes/DOS/2/").select("#take ~ p.acts a")}
    assert links == {name: FILE.format(form) for form, name in NAMES.items()}
