"""Every hostile file gets one line as an answer, and nothing of it comes in."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from tests.hostile import documents, markup, prose, workbooks
from tests.hostile.files import CASES, GOOD, IMPORTERS, Case, bring, table
from tests.hostile.place import counts, loaded_once
from tests.interfaces.cli.conftest import run
from yupana.foundation.kernel.errors import Refused
from yupana.interfaces import words

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["loaded_once"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_once")]
MOST_TIMES = 10  # a file as bytes, as text, and what Python's reader holds of it
LARGE = 10_000_000


@pytest.mark.parametrize(
    "case", [*CASES, *workbooks.workbooks(), *documents.documents(), *markup.markups(), *prose.prose()], ids=str
)
def test_a_hostile_file_is_refused_in_one_line_and_changes_nothing(case: Case, tmp_path: Path) -> None:
    path, before = case.lay(tmp_path), counts()
    mapping = tmp_path / case.map if case.map else None
    with translation.override("es"), pytest.raises(Refused) as caught:
        bring(case.importer, path, mapping)
    told = str(caught.value.details.get("where", "")).removeprefix(f"{tmp_path}/")
    place = tmp_path.name if case.where == "." else case.where or ("a.csv" if case.path == "a.csv" else str(tmp_path))
    assert (caught.value.code, told) == (case.code, "" if case.code == "source-unusable" else place)
    with translation.override("es"):
        sentence = words.sentence(caught.value)
    said = run("--lang", "es", "import", case.importer, path, *(["--map", mapping] if mapping else []))
    answered = [line for line in said.err.replace("\r", "\n").split("\n") if line and "%|" not in line]  # no progress
    assert (said.code, said.out, answered, "%(" in sentence) == (1, "", [f"yupana: {sentence}"], False)
    assert counts() == before


@pytest.mark.parametrize("importer", IMPORTERS)
def test_a_cell_of_ten_megabytes_costs_a_bounded_multiple(importer: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(table(importer, "x" * LARGE))
    tracemalloc.start()
    try:
        with pytest.raises(Refused):
            bring(importer, tmp_path / "a.csv")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < MOST_TIMES * LARGE


@pytest.mark.parametrize("importer", IMPORTERS)
def test_a_good_file_of_the_same_form_comes_in(importer: str, tmp_path: Path) -> None:
    """The corpus attacks files that would be taken."""
    before = counts()
    (tmp_path / "a.csv").write_bytes(b"\xef\xbb\xbf" + table(importer, GOOD[importer]).replace("\n", "\r\n").encode())
    report = bring(importer, tmp_path / "a.csv")
    assert (report.created > 0, counts() == before) == (True, False)


PEACEFUL = (
    {f"{name}.xlsx": made for name, made in workbooks.PEACEFUL.items()}
    | {f"tree-{name}.json": made.encode() for name, made in documents.PEACEFUL.items()}
    | prose.PEACEFUL
)
PEACEFUL |= {name: made.encode() for name, made in markup.PEACEFUL.items()}


@pytest.mark.parametrize("name", PEACEFUL)
def test_what_only_looks_hostile_comes_in(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(PEACEFUL[name])
    said = run("--lang", "en", "import", "instrument", tmp_path / name, "--json")
    assert (said.code, said.json["created"] > 0, "root:" in said.out + said.err) == (0, True, False)
