"""Evidence that attacks whoever keeps or opens it: nothing runs, nothing is lost, and it is said what is wrong."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import FakePayload

from tests.interfaces.desk.desk import text
from yupana.domain.progress.models import Evidence
from yupana.foundation.vault import store as vault
from yupana.interfaces.desk.evidence import bringing

if TYPE_CHECKING:
    from pathlib import Path

    from django.test.client import _MonkeyPatchedWSGIResponse as Response

    from tests.cast import Cast

pytestmark = pytest.mark.django_db
PLACE = "/en/desk/respaldos/"
SAID = {"level": "2", "visibility": "public"}
TEXT, ZIP, PDF, UNKNOWN = "text/plain", "application/zip", "application/pdf", "application/octet-stream"


def bomb() -> bytes:
    """A small archive of a large nothing."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(3):
            packed.writestr(f"{number}", b"0" * 2**22)
    return made.getvalue()


SCRIPT = b"<script>alert(document.domain)</script>"
# What is brought under which name, what it is found to be, and under which name it is taken along.
FILES = {
    "svg": ("dibujo.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", TEXT, "dibujo.svg.txt"),
    "html": ("acta.html", b"<!doctype html>" + SCRIPT, TEXT, "acta.html.txt"),
    "html-as-pdf": ("acta.pdf", SCRIPT, TEXT, "acta.pdf.txt"),
    "gif-js": ("a.gif", b"GIF89a/*\x01\x00*/=1;alert(1)//", UNKNOWN, "a.gif.bin"),
    "pdf-html": ("acta.pdf", b"%PDF-1.7\n" + SCRIPT, PDF, "acta.pdf"),
    "zip-html": ("a.html", b"PK\x03\x04" + SCRIPT, ZIP, "a.html.zip"),
    "bomb": ("acta.zip", bomb(), ZIP, "acta.zip"),
    "program": ("acta.exe", b"MZ\x90\x00", UNKNOWN, "acta.exe.bin"),
    "path": ("../../etc/passwd", b"root:x:0", TEXT, "passwd.txt"),
    "windows": ("C:\\a\\b|c?.txt", b"x1", TEXT, "b_c_.txt"),
    "controls": ("a\x1bb\x7f\u2028c.pdf", b"%PDF-2", PDF, "abc.pdf"),
    "backwards": ("acta\u202efdp.exe", b"MZ\x91\x00", UNKNOWN, "actafdp.exe.bin"),
    "dots": ("...", b"x2", TEXT, "document.txt"),
    "long": ("x" * 250 + ".pdf", b"%PDF-3", PDF, "x" * 116 + ".pdf"),
}


@pytest.fixture
def inti(cast: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Client:
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path))
    client = Client()
    client.force_login(cast.people["inti"])
    return client


def bring(client: Client, name: str, content: bytes, kind: str = "text/html") -> Response:
    return client.post(PLACE, {"file": SimpleUploadedFile(name, content, kind), **SAID})


def test_whatever_is_brought_is_kept_as_it_is_and_given_as_a_file_that_no_browser_runs(inti: Client) -> None:
    wrong = []
    for case, (name, content, kind, taken_as) in FILES.items():
        bring(inti, name, content)
        piece = Evidence.objects.order_by("-pk")[0]
        taken = inti.get(f"{PLACE}{piece.pk}/archivo/")
        given = taken.getvalue()
        headers = (taken["Content-Type"], taken["X-Content-Type-Options"], taken["Content-Disposition"])
        safe = taken["Content-Security-Policy"].endswith("; sandbox")
        if (given, headers, safe) != (content, (kind, "nosniff", f'attachment; filename="{taken_as}"'), True):
            wrong.append((case, headers, len(given)))
    assert wrong == []
    assert len(list(vault.held())) == len(FILES)


def test_what_was_brought_is_shown_as_words(inti: Client) -> None:
    name = "<img src=x onerror=alert(1)>"
    inti.post(PLACE, {"url": "https://a.example/'onmouseover='x", "name": name, "note": name, **SAID})
    piece = Evidence.objects.get()
    for address in (PLACE, f"{PLACE}{piece.pk}/"):
        page = inti.get(address)
        assert (name in page.content.decode(), name in text(page)) == (False, True)


def test_an_empty_file_is_not_taken(inti: Client) -> None:
    response = bring(inti, "acta.pdf", b"")
    assert (response.status_code, "The file is empty." in text(response), list(vault.held())) == (422, True, [])


class Endless(FakePayload):
    """What goes on for ever; it tells how much of it was taken."""

    taken = 0

    def __len__(self) -> int:
        return 2 * 2**30

    def read(self, num_bytes: int | None = None) -> bytes:
        Endless.taken += num_bytes or 0
        return b"x" * (num_bytes or 0)


def test_two_gigabytes_are_refused_before_a_byte_of_them_is_read(inti: Client, tmp_path: Path) -> None:
    """Where the length is not told, nothing is read either: a server in front counts for us."""
    form = {"wsgi.input": Endless(), "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    told = inti.generic("POST", PLACE, **form, CONTENT_LENGTH=str(2 * 2**30))  # type: ignore[arg-type] # as WSGI has it
    untold = inti.generic("POST", PLACE, **form, CONTENT_LENGTH="")  # type: ignore[arg-type] # the same
    assert (told.status_code, "larger than 15 MB" in text(told), untold.status_code) == (422, True, 422)
    assert (Endless.taken, [each for each in tmp_path.rglob("*") if each.is_file()]) == (0, [])


def test_one_byte_too_many_is_refused_and_leaves_nothing(
    inti: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(bringing, "MOST", 2**20)
    response = bring(inti, "acta.pdf", b"x" * (2**20 + 1))
    assert ("The file is larger than 1 MB." in text(response), list(vault.held())) == (True, [])
    assert [each for each in (tmp_path / "vault").rglob("*") if each.is_file()] == []


def test_the_same_bytes_under_many_names_are_one_piece(inti: Client) -> None:
    for name in ("a.pdf", "b.html", "c.svg"):
        bring(inti, name, b"%PDF-")
    assert list(Evidence.objects.values_list("name", flat=True)) == ["a.pdf"]
