"""Originals on the desk: added, downloaded, removed; large ones are refused before they are read."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import make_edition
from tests.interfaces.desk.desk import Desk, soup, text
from yupana.domain.instruments.models import Document
from yupana.foundation.vault import store
from yupana.interfaces.cli.serve import MOST_BODY
from yupana.interfaces.desk import receiving

if TYPE_CHECKING:
    from pathlib import Path

    from django.test.client import _MonkeyPatchedWSGIResponse as Response
    from pytest_django import Settings

WHERE = "instrumentos/OTRO/1/"
PDF = b"%PDF-1.7 el acto"


@pytest.fixture(autouse=True)
def home(desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path))
    make_edition("OTRO", published=False)
    return tmp_path


def add(desk: Desk, who: str = "amaru", content: bytes = PDF, name: str = "acto.pdf") -> Response:
    return desk.post(who, f"{WHERE}documentos/", file=SimpleUploadedFile(name, content))


def told(response: Response, client: Client) -> str:
    return " ".join(client.get(response["Location"]).content.decode().split())


def test_a_document_is_kept_and_named(desk: Desk) -> None:
    add(desk, name="../Acto 1.pdf")
    kept = Document.objects.get()
    page = text(desk.get("amaru", WHERE))
    assert (kept.name, kept.media_type, store.size_of(kept.digest), "Acto_1.pdf" in page, kept.digest in page) == (
        "Acto_1.pdf",
        "application/pdf",
        len(PDF),
        True,
        True,
    )


def test_it_is_downloaded_as_a_file(desk: Desk) -> None:
    add(desk)
    response = desk.get("amaru", f"{WHERE}documentos/{Document.objects.get().digest}/")
    content = response.getvalue()
    for close in response._resource_closers:  # type: ignore[attr-defined] # noqa: SLF001 - close() itself ends the request
        close()
    assert (content, response["Content-Disposition"], response["Content-Security-Policy"].endswith("; sandbox")) == (
        PDF,
        'attachment; filename="acto.pdf"',
        True,
    )


def test_it_is_removed_while_it_is_a_draft(desk: Desk) -> None:
    add(desk)
    desk.post("amaru", f"{WHERE}documentos/{Document.objects.get().digest}/quitar/")
    assert Document.objects.count() == 0


def test_it_goes_to_the_disk_and_not_into_the_memory(desk: Desk, settings: Settings, tmp_path: Path) -> None:
    """Where there is no place on the disk for what arrives, there is none in the memory either."""
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "nowhere")
    with pytest.raises(FileNotFoundError, match="nowhere"):
        add(desk)
    assert Document.objects.count() == 0


@pytest.mark.parametrize("content", [b"", None])
def test_without_a_file_or_with_an_empty_one_nothing_is_kept(desk: Desk, content: bytes | None) -> None:
    response = desk.post("amaru", f"{WHERE}documentos/") if content is None else add(desk, content=content)
    assert (response.status_code, Document.objects.count()) == (302, 0)


def test_what_is_too_large_is_refused_before_it_is_read(desk: Desk) -> None:
    class Untouched(BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise AssertionError(f"{size} bytes were read")

    response = desk.client("amaru").generic(
        "POST",
        f"/en/desk/{WHERE}documentos/",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(receiving.MOST + receiving.AROUND + 1),
        **{"wsgi.input": Untouched()},  # type: ignore[arg-type] # whatever WSGI names
    )
    assert (response.status_code, "larger than 15 MB" in text(response)) == (422, True)


def test_the_server_takes_what_the_form_promises() -> None:
    assert receiving.MOST + receiving.AROUND <= MOST_BODY


def test_a_form_of_another_site_adds_nothing(desk: Desk) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(desk.cast.people["amaru"])
    response = client.post(f"/en/desk/{WHERE}documentos/", {"file": SimpleUploadedFile("a.pdf", PDF)})
    assert (response.status_code, Document.objects.count()) == (403, 0)


@pytest.mark.parametrize("name", ["inti", "wara", "tupak", "rumi", ""])
def test_only_the_authoritys_planners_add_see_and_remove(desk: Desk, name: str) -> None:
    add(desk)
    there = f"{WHERE}documentos/{Document.objects.get().digest}/"
    responses = (add(desk, name, b"%PDF-2"), desk.post(name, f"{there}quitar/"), desk.get(name, there))
    statuses = [response.status_code for response in responses]
    assert (statuses, Document.objects.count()) == ([403, 403, 403 if name else 302], 1)


def test_after_publication_there_is_no_form_and_nothing_changes(desk: Desk) -> None:
    add(desk)
    desk.post("amaru", WHERE, act="DS 1", on="2026-01-15", sure="on")
    page = desk.get("amaru", WHERE)
    digest = Document.objects.get().digest
    statuses = [
        add(desk, content=b"x").status_code,
        desk.post("amaru", f"{WHERE}documentos/{digest}/quitar/").status_code,
    ]
    assert (soup(page).select("main form"), "acto.pdf" in text(page), statuses) == ([], True, [409, 409])


def test_what_is_not_there_is_not_found(desk: Desk) -> None:
    statuses = [desk.get("amaru", f"{WHERE}documentos/{digest}/").status_code for digest in ("0" * 64, "x")]
    assert statuses == [404, 404]
