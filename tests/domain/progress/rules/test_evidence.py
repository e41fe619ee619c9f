"""How long a piece proves something, and when its link is looked at again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from yupana.domain.progress.rules.evidence import Looked, Standing, Validity, file_name, is_due, standing, validity

DAY = date(2026, 3, 31)
ONE, OTHER, LOST = Looked(DAY, "aa"), Looked(DAY, "bb"), Looked(DAY, "", "gone")


@pytest.mark.parametrize(
    ("days", "found"),
    [(None, Validity.LASTING), (-1, Validity.EXPIRED), (0, Validity.NEAR), (15, Validity.NEAR), (16, Validity.VALID)],
)
def test_a_piece_is_valid_to_the_end_of_its_last_day(days: int | None, found: Validity) -> None:
    assert validity(None if days is None else DAY + timedelta(days), DAY) == found


@pytest.mark.parametrize(
    ("last", "until", "waits"),
    [(None, None, 0), (ONE, None, 30), (LOST, None, 3), (ONE, DAY + timedelta(20), 7), (LOST, DAY + timedelta(3), 3)],
)
def test_a_link_is_looked_at_again_when_its_time_has_come(last: Looked | None, until: date | None, waits: int) -> None:
    assert next(day for day in range(99) if is_due(last, until, DAY + timedelta(day))) == waits


@pytest.mark.parametrize(
    ("looks", "found"),
    [
        ([], Standing.UNSEEN),
        ([ONE], Standing.THERE),
        ([ONE, LOST, ONE], Standing.THERE),
        ([ONE, LOST], Standing.LOST),
        ([ONE, LOST, OTHER], Standing.CHANGED),
        ([ONE, OTHER, ONE], Standing.CHANGED),
    ],
)
def test_what_the_looks_tell_of_a_link(looks: list[Looked], found: Standing) -> None:
    assert standing(looks) == found


@pytest.mark.parametrize(
    ("name", "media_type", "found"),
    [
        ("Acta", "application/pdf", "Acta.pdf"),
        ("acta.PDF", "application/pdf", "acta.PDF"),
        ("foto.jpeg", "image/jpeg", "foto.jpeg"),
        ("datos.csv", "text/plain", "datos.csv"),
        ("pagina.html", "text/plain", "pagina.html.txt"),
        ("dibujo.svg", "text/plain", "dibujo.svg.txt"),
        ("acta.pdf", "application/zip", "acta.pdf.zip"),
        ("virus.exe", "application/octet-stream", "virus.exe.bin"),
        ("video.mp4", "application/octet-stream", "video.mp4"),
    ],
)
def test_a_file_is_named_by_what_it_is(name: str, media_type: str, found: str) -> None:
    assert file_name(name, media_type) == found
