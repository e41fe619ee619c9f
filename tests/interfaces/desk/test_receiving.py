"""Files that come in: not read where they are too large, on the disk under a safe name, gone afterwards."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from yupana.foundation.kernel.actor import NOBODY
from yupana.foundation.kernel.errors import Refused
from yupana.interfaces import words
from yupana.interfaces.desk.doors import Visit
from yupana.interfaces.desk.receiving import AROUND, MOST, named, received

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

DAY = date(2018, 4, 2)


def answered(
    take: Callable[[HttpRequest], HttpResponse], length: str | None = None, *, checks: bool = False
) -> HttpResponseBase:
    """Somebody sends a small file and says that it is so long."""
    file = SimpleUploadedFile("acta.pdf", b"%PDF- acta")
    request = RequestFactory(enforce_csrf_checks=checks).post("/x/", {"file": file})
    if length is not None:
        request.META["CONTENT_LENGTH"] = length
    if not checks:
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined] # noqa: SLF001 - as the test client does
    try:
        return received(Visit(request, NOBODY, DAY), take)
    finally:
        request.close()


def noting(asked: list[HttpRequest]) -> Callable[[HttpRequest], HttpResponse]:
    """Take whatever comes, and remember it."""

    def take(request: HttpRequest) -> HttpResponse:
        asked.append(request)
        return HttpResponse()

    return take


@contextmanager
def kept(content: bytes, name: str) -> Iterator[TemporaryUploadedFile]:
    """What a browser sent under whatever name: Django would already cut the folders away."""
    file = TemporaryUploadedFile("x", "x/y", len(content), None)
    file.write(content)
    file.flush()
    file._name = name  # type: ignore[attr-defined] # noqa: SLF001 - said above
    try:
        yield file
    finally:
        file.close()


@pytest.mark.parametrize("length", [str(MOST + AROUND + 1), "99999999999999999999"])
def test_what_says_that_it_is_too_long_is_not_read(length: str) -> None:
    asked: list[HttpRequest] = []
    with pytest.raises(Refused) as told:
        answered(noting(asked), length)
    assert (told.value.code, asked) == ("file-too-large", [])


def test_too_long_is_told_in_a_whole_sentence() -> None:
    with pytest.raises(Refused) as told:
        answered(lambda _request: HttpResponse(), str(MOST + AROUND + 1))
    with translation.override("en"):
        sentence = words.sentence(told.value)
    assert ("15 MB" in sentence, "%(" in sentence, sentence[:1]) == (True, False, sentence[:1].upper())


@pytest.mark.parametrize("length", ["", "0", None, str(MOST + AROUND)])
def test_what_may_be_so_long_is_read(length: str | None) -> None:
    assert answered(lambda _request: HttpResponse(status=201), length).status_code == 201


def test_a_file_goes_to_the_disk_at_once_however_small() -> None:
    found: list[str] = []

    def take(request: HttpRequest) -> HttpResponse:
        found.extend(type(each).__name__ for each in request.FILES.values())
        return HttpResponse()

    answered(take)
    assert found == ["TemporaryUploadedFile"]


def test_without_the_token_of_its_form_nothing_is_taken() -> None:
    asked: list[HttpRequest] = []
    answer = answered(noting(asked), checks=True)
    assert (answer.status_code, asked) == (403, [])


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("avance.xlsx", "avance.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\inti\\avance 2.ods", "avance_2.ods"),
        ("áéí ñ.csv", "áéí_ñ.csv"),
        (".xlsx", "xlsx"),
        ("...", "planilla"),
        ("a\u202exslx.exe", "axslx.exe"),
    ],
)
def test_a_file_is_read_under_a_safe_name_with_its_content(sent: str, name: str) -> None:
    with kept(b"hola", sent) as file, named(file) as path:
        assert (path.name, path.read_bytes()) == (name, b"hola")


def test_nothing_is_left_where_it_was_read_even_after_a_fault() -> None:
    seen: list[Path] = []

    def fail() -> None:
        with kept(b"hola", "x.csv") as file, named(file) as path:
            seen.append(path)
            raise Refused("file-unreadable")

    with pytest.raises(Refused):
        fail()
    assert [(path.exists(), path.is_symlink(), path.parent.exists()) for path in seen] == [(False, False, False)]


@given(st.text(max_size=300))
def test_no_name_leads_out_of_its_folder(sent: str) -> None:
    with kept(b"", sent) as file, named(file) as path:
        assert (path.name, path.is_symlink()) == (Path(path.name).name, True)
