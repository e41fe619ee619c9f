"""Names that are safe everywhere, and kinds that only the bytes decide."""

from __future__ import annotations

import unicodedata
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.foundation.vault.rules import HEAD, MOST_NAME, clean_name, sniff


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("plan.pdf", "plan.pdf"),
        ("Decreto Supremo 3251.pdf", "Decreto_Supremo_3251.pdf"),
        ("Resolución Nº 12.pdf", "Resolución_Nº_12.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\papers\\act.pdf", "act.pdf"),
        (".htaccess", "htaccess"),
        ("..", "document"),
        ("", "document"),
        ("a\0b\r\nc.pdf", "abc.pdf"),
        ("fdp.\u202egnp", "fdp.gnp"),
        ('x"; filename=y.pdf', "x_filename=y.pdf"),
        ("n\u0303andu.txt", "ñandu.txt"),
    ],
)
def test_a_name_is_made_safe_and_stays_readable(given: str, safe: str) -> None:
    assert clean_name(given) == safe


def test_a_long_name_keeps_its_ending() -> None:
    name = clean_name(f"{'x' * 500}.pdf")
    assert (len(name), name[-5:]) == (MOST_NAME, "x.pdf")


def test_an_ending_that_is_too_long_is_none() -> None:
    assert clean_name(f"a.{'x' * 500}") == f"a.{'x' * (MOST_NAME - 2)}"


@given(st.text())
def test_no_name_leads_anywhere_or_hides_anything(name: str) -> None:
    safe = clean_name(name)
    bad = [char for char in safe if char in '/\\<>:"|?*%; ' or unicodedata.category(char)[0] in "CZ"]
    assert (bad, 0 < len(safe) <= MOST_NAME, safe[0] in ".-", clean_name(safe)) == ([], True, False, safe)


OOXML = "application/vnd.openxmlformats-officedocument"


def zipped(*names: str, first: bytes = b"") -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        if first:
            archive.writestr("mimetype", first)
        for name in names:
            archive.writestr(name, b"")
    return file.getvalue()


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"<html><script>alert(1)</script>", "text/plain"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'>", "text/plain"),
        ("Artículo único".encode(), "text/plain"),
        (b"\x00\x01\x02", "application/octet-stream"),
        ("Artículo".encode("latin-1"), "application/octet-stream"),
        ("ñ".encode()[:1], "application/octet-stream"),
        ((b"x" * (HEAD - 1)) + "ñ".encode()[:1], "text/plain"),
        (zipped("a.txt"), "application/zip"),
        (zipped("[Content_Types].xml", "word/document.xml"), f"{OOXML}.wordprocessingml.document"),
        (zipped("content.xml", first=b"application/vnd.oasis.opendocument.text"),
         "application/vnd.oasis.opendocument.text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    ],
)  # fmt: skip
def test_what_a_file_is_its_bytes_say(head: bytes, kind: str) -> None:
    assert sniff(head[:HEAD]) == kind


@given(st.binary(max_size=HEAD))
def test_no_bytes_are_ever_a_page_that_a_browser_would_run(head: bytes) -> None:
    assert not any(word in sniff(head) for word in ("html", "xml;", "svg", "javascript"))
