"""An instrument out: in every format, whole or not at all, and never over something that is there."""

import json
from pathlib import Path

import pytest

from tests.interfaces.cli.conftest import Yupana
from yupana.domain.instruments.models import Edition, Item, Unplaced
from yupana.interfaces.interchange.instruments import Format, read_instrument
from yupana.interfaces.interchange.instruments.formats import WRITERS

NAMES = {
    Format.CSV: "x.csv", Format.XLSX: "x.xlsx", Format.ODS: "x.ods", Format.JSON: "x.json", Format.MARKDOWN: "x.md",
    Format.OSCAL: "o.json", Format.STRATML: "x.xml",
}  # fmt: skip


@pytest.fixture
def drafted(yupana: Yupana, state: Path) -> Path:
    """A folder in which the small plan was just imported."""
    assert yupana("import", "instrument", state, "--title", "El plan", "--legal-basis", "Ley 1").code == 0
    return state


def texts(path: Path) -> list[tuple[str, str]]:
    return [(row.code, row.text) for row in read_instrument(path).rows]


@pytest.mark.parametrize("held", WRITERS)
def test_every_format_is_written_and_read_back(held: Format, yupana: Yupana, drafted: Path, tmp_path: Path) -> None:
    target = tmp_path / NAMES[held]
    said = yupana("export", "instrument", "PLAN", target, "--format", held)
    stored = list(Item.objects.order_by("order").values_list("code", "text"))
    assert (said.code, texts(target)) == (0, stored)


@pytest.mark.parametrize("held", WRITERS)
def test_what_was_written_changes_nothing_when_it_comes_in_again(
    held: Format, yupana: Yupana, drafted: Path, tmp_path: Path
) -> None:
    target = tmp_path / NAMES[held]
    yupana("export", "instrument", "PLAN", target, "--format", held)
    told = yupana("import", "instrument", target, "--json").json
    assert [told[key] for key in ("read", "created", "updated", "unchanged")] == [4, 0, 0, 4]


@pytest.mark.parametrize("held", WRITERS)
def test_lines_without_a_place_are_left_out_told_and_still_there_when_the_file_comes_in_again(
    held: Format, yupana: Yupana, drafted: Path, tmp_path: Path
) -> None:
    target = tmp_path / NAMES[held]
    lines = [Unplaced(edition=Edition.objects.get(), where=f"a.md:{at}", why="x", text="Suelto") for at in (3, 4)]
    Unplaced.objects.bulk_create(lines)
    unsaid = yupana("export", "instrument", "PLAN", target, "--format", held, "--json").json["unsaid"]
    each = {"why": "export-leaves-out-unplaced", "text": "Suelto"}
    one_by_one = [{"where": "a.md:3", **each}, {"where": "a.md:4", **each}]
    at_once = [{"where": target.name, "why": "export-leaves-out-lines", "text": "2"}]
    again = yupana("import", "instrument", target, "--json").json
    left_out = [note for note in unsaid if note["why"].startswith("export-leaves-out")]
    assert left_out == (one_by_one if held in (Format.STRATML, Format.OSCAL) else at_once)
    assert (again["unchanged"], again["updated"], Unplaced.objects.count()) == (4, 0, 2)


def test_people_are_told_how_many_lines_are_left_out(yupana: Yupana, drafted: Path, tmp_path: Path) -> None:
    Unplaced.objects.create(edition=Edition.objects.get(), where="a.md:3", why="x", text="Suelto")
    out = yupana("export", "instrument", "PLAN", tmp_path / "x.csv").out
    assert (
        "x.csv  So many lines have no place in the tree and are not in the file. «1» [export-leaves-out-lines]" in out
    )


def test_the_format_is_told_by_the_name_of_the_file(yupana: Yupana, drafted: Path, tmp_path: Path) -> None:
    yupana("export", "instrument", "PLAN", tmp_path / "x.json")
    assert json.loads((tmp_path / "x.json").read_text())["title"] == "El plan"


def test_a_name_that_tells_no_format_needs_one(yupana: Yupana, drafted: Path, tmp_path: Path) -> None:
    said = yupana("export", "instrument", "PLAN", tmp_path / "x.doc")
    assert (said.code, "--format stratml|oscal|" in said.err, (tmp_path / "x.doc").exists()) == (2, True, False)


def test_people_are_told_what_was_written_where(yupana: Yupana, drafted: Path, tmp_path: Path) -> None:
    out = yupana("export", "instrument", "PLAN", tmp_path / "x.csv").out
    assert out == f"PLAN/1 was written to {tmp_path / 'x.csv'}. Items: 4.\n"


def test_a_program_is_told_the_same(yupana: Yupana, drafted: Path, tmp_path: Path) -> None:
    told = yupana("export", "instrument", "PLAN", tmp_path / "x.csv", "--json").json
    assert told == {"edition": "PLAN/1", "format": "csv", "file": str(tmp_path / "x.csv"), "items": 4, "unsaid": []}


def test_what_is_there_is_not_written_over_unless_that_is_said(yupana: Yupana, drafted: Path, tmp_path: Path) -> None:
    target = tmp_path / "x.csv"
    target.write_text("mine")
    refused = yupana("export", "instrument", "PLAN", target)
    kept = target.read_text()
    told = yupana("export", "instrument", "PLAN", target, "--overwrite")
    assert (refused.code, "--overwrite" in refused.err, kept, told.code, len(texts(target))) == (1, True, "mine", 0, 4)


def test_a_folder_with_files_is_never_written_over(yupana: Yupana, drafted: Path, tmp_path: Path) -> None:
    before = sorted(path.name for path in drafted.iterdir())
    said = yupana("export", "instrument", "PLAN", drafted, "--format", "markdown", "--overwrite")
    assert (said.code, sorted(path.name for path in drafted.iterdir())) == (1, before)


def test_nothing_is_left_beside_what_could_not_be_written(yupana: Yupana, drafted: Path, tmp_path: Path) -> None:
    before = set(tmp_path.iterdir())
    said = yupana("export", "instrument", "PLAN", tmp_path / f"{'x' * 300}.csv")
    assert (said.code, said.out, set(tmp_path.iterdir())) == (1, "", before)


def test_a_folder_that_is_not_there_is_told(yupana: Yupana, drafted: Path, tmp_path: Path) -> None:
    said = yupana("export", "instrument", "PLAN", tmp_path / "no" / "x.csv")
    assert (said.code, said.out, str(tmp_path / "no") in said.err) == (1, "", True)


@pytest.mark.parametrize(("chosen", "code"), [(["PLAN", "--edition", "9"], 1), (["NONE"], 1)])
def test_an_edition_that_is_not_there_is_told(
    chosen: list[str], code: int, yupana: Yupana, drafted: Path, tmp_path: Path
) -> None:
    said = yupana("export", "instrument", *chosen, tmp_path / "x.csv")
    assert (said.code, "There is no edition" in said.err) == (code, True)


def test_the_edition_in_force_comes_before_a_draft(yupana: Yupana, drafted: Path, tmp_path: Path) -> None:
    yupana("publish", "PLAN", "1", "--act", "Ley 1", "--on", "2020-01-01")
    yupana("import", "instrument", drafted, "--edition", "2", "--title", "El plan")
    in_force = yupana("export", "instrument", "PLAN", tmp_path / "a.csv", "--json").json["edition"]
    named = yupana("export", "instrument", "PLAN", tmp_path / "b.csv", "--edition", "2", "--json").json["edition"]
    assert (in_force, named) == ("PLAN/1", "PLAN/2")
