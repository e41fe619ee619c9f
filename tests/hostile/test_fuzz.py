"""Whatever stands in a file, the answer is a report or a sentence, and never a half of it."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hostile.files import HEADERS, IMPORTERS, bring
from tests.hostile.place import counts, loaded_once
from yupana.foundation.kernel.errors import Refused
from yupana.interfaces import words
from yupana.interfaces.interchange.commitments import plain_text

__all__ = ["loaded_once"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_once")]
few = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
CELLS = st.one_of(
    st.sampled_from(["1", "2", "3", "line", "axis", "line:1", "0000-00-00", "2020-02-03", "9" * 5000, "<![x", "&#0;"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)


def answer(importer: str, data: bytes) -> None:
    """Bring it in; whatever came in is undone."""
    before = counts()
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        path = Path(folder) / "a.csv"
        path.write_bytes(data)
        try:
            told = ""
            bring(importer, path)
        except Refused as refused:
            told = words.sentence(refused)
            same = counts() == before
        else:
            same = True
        assert ("%(" in told, same) == (False, True)
        transaction.set_rollback(True)


@pytest.mark.parametrize("importer", IMPORTERS)
@few
@given(data=st.binary(max_size=300))
def test_random_bytes_are_a_report_or_a_sentence(importer: str, data: bytes) -> None:
    answer(importer, data)


@pytest.mark.parametrize("importer", IMPORTERS)
@few
@given(data=st.data())
def test_random_tables_are_a_report_or_a_sentence(importer: str, data: st.DataObject) -> None:
    headers = HEADERS[importer].split(",")
    row = st.lists(CELLS, min_size=len(headers), max_size=len(headers))
    file = io.StringIO()
    csv.writer(file).writerows([headers, *data.draw(st.lists(row, min_size=1, max_size=4))])
    answer(importer, file.getvalue().encode())


def test_a_version_of_more_digits_than_python_reads_is_no_fault() -> None:
    rows = [HEADERS["commitments"], f"1,2,1,Hacer,2020-02-03,10,{'9' * 5000},x"]
    answer("commitments", "\n".join(rows).encode())


@pytest.mark.parametrize("text", ["<![x", "<![foo[bar]>", "a <![ b", "<!", "<!--", "&#99999999;", "&#xd800;"])
def test_markup_that_opens_nothing_is_text(text: str) -> None:
    assert isinstance(plain_text(text), str)
