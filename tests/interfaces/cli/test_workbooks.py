"""Workbooks by mail or on a USB stick: given out and taken back at the console, where nothing is written unasked."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.cast import ROWS, Cast, make_call, make_draft, make_edition, make_plan, obligation_of
from yupana.domain.commitments import actions
from yupana.domain.commitments.actions import edit_rows
from yupana.domain.commitments.models import Activity, Upload
from yupana.domain.commitments.rules import Act, CellEdit, Edit
from yupana.domain.submissions.models import Submission

if TYPE_CHECKING:
    from pathlib import Path

    from tests.interfaces.cli.conftest import Said, Yupana
    from yupana.domain.obligations.models import Obligation


@pytest.fixture
def owed(cast: Cast) -> Obligation:
    make_edition()
    return obligation_of(make_call(), cast.a)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "plan.xlsx"


def fill(file: Path, **cells: str | float | None) -> None:
    opened = openpyxl.load_workbook(BytesIO(file.read_bytes()))
    for at, value in cells.items():
        opened["Plan"][at] = value
    opened.save(file)


def given(yupana: Yupana, file: Path, **cells: str | float | None) -> Said:
    said = yupana("export", "workbook", "A-1", file, "--json")
    assert said.code == 0, said.err
    fill(file, **cells)
    return said


def names() -> list[str]:
    return list(Activity.objects.order_by("submission", "row").values_list("name", flat=True))


def test_it_says_what_would_change_and_writes_nothing(yupana: Yupana, cast: Cast, owed: Obligation, file: Path) -> None:
    make_draft(cast.inti, owed)
    said = given(yupana, file, C5="Contar bien", C6="Nueva", G5="mucho")
    taken = yupana("import", "workbook", file, "--json")
    assert (said.json, taken.code, taken.json, names()) == (
        {"plan": "PLAN-2018@cast:4", "version": 1, "file": str(file), "rows": 1},
        0,
        {
            "plan": "PLAN-2018@cast:4",
            "version": 1,
            "rows": 2,
            "differences": 2,
            "added": [2],
            "changed": [1],
            "removed": [],
            "conflicts": [],
            "notes": [{"where": "Plan!G5", "why": "cell-not-read", "text": "mucho"}],
            "applied": False,
        },
        ["Contar los granos"],
    )


def test_it_is_written_in_somebodys_name(yupana: Yupana, cast: Cast, owed: Obligation, file: Path) -> None:
    draft = make_draft(cast.inti, owed)
    given(yupana, file, C5="Contar bien")
    said = yupana("import", "workbook", file, "--apply", "--by", "inti")
    again = yupana("import", "workbook", file, "--apply", "--by", "inti", "--json")
    draft.refresh_from_db()
    assert (said.code, "It was written into the draft." in said.out, again.json["differences"], names()) == (
        0,
        True,
        0,
        ["Contar bien"],
    )
    assert (draft.channel, Upload.objects.count()) == ("workbook", 0)


@pytest.mark.parametrize(("by", "code"), [("killa", 1), ("wara", 1), ("nadie", 1)])
def test_who_does_not_write_the_plan_writes_nothing(
    yupana: Yupana, cast: Cast, owed: Obligation, file: Path, by: str, code: int
) -> None:
    make_draft(cast.inti, owed)
    given(yupana, file, C5="x")
    assert (yupana("import", "workbook", file, "--apply", "--by", by).code, names()) == (code, ["Contar los granos"])


@pytest.mark.parametrize(
    ("choice", "code", "name"),
    [([], 3, "De la grilla"), (["--mine"], 0, "Del libro"), (["--theirs"], 0, "De la grilla")],
)
def test_where_both_changed_the_same_somebody_has_to_choose(
    yupana: Yupana, cast: Cast, owed: Obligation, file: Path, choice: list[str], code: int, name: str
) -> None:
    draft = make_draft(cast.inti, owed)
    given(yupana, file, C5="Del libro")
    changed = Edit(Act.CHANGE, 1, (CellEdit(1, "name", "Contar los granos", "De la grilla"),))
    edit_rows(actor=cast.inti, submission=draft, edits=[changed])
    said = yupana("import", "workbook", file, "--apply", "--by", "inti", *choice)
    assert (said.code, "«Del libro» / «De la grilla»" in said.out, names()) == (code, True, [name])


def test_where_somebody_is_faster_at_the_last_moment_nothing_is_written(
    yupana: Yupana, cast: Cast, owed: Obligation, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_draft(cast.inti, owed)
    given(yupana, file, C5="Del libro", D5="Libro")
    bring = actions.bring_upload

    def faster(**told: object) -> Upload:
        Activity.objects.update(name="De la grilla")
        return bring(**told)  # type: ignore[arg-type] # as it was called

    monkeypatch.setattr(actions, "bring_upload", faster)
    said = yupana("import", "workbook", file, "--apply", "--by", "inti", "--mine")
    assert (said.code, "nothing was written" in said.err, Activity.objects.get().result, Upload.objects.count()) == (
        3,
        True,
        "Granos contados",
        0,
    )


def test_an_accepted_plan_is_given_out_and_a_new_version_takes_it_back(
    yupana: Yupana, cast: Cast, owed: Obligation, file: Path
) -> None:
    make_plan(cast, owed)
    given(yupana, file)
    untouched = yupana("import", "workbook", file, "--apply", "--by", "inti", "--json")
    versions = Submission.objects.count()
    fill(file, C5="Contar bien")
    said = yupana("import", "workbook", file, "--apply", "--by", "inti")
    assert (untouched.json["differences"], versions, said.code, names()) == (
        0,
        1,
        0,
        ["Contar los granos", "Contar bien"],
    )


def test_a_plan_that_was_not_begun_is_given_out_empty(yupana: Yupana, owed: Obligation, file: Path) -> None:
    assert given(yupana, file, C5="Primera").json["rows"] == 0
    said = yupana("import", "workbook", file, "--apply", "--by", "inti")
    assert (said.code, names()) == (0, ["Primera"])


def test_of_several_plans_one_has_to_be_named(yupana: Yupana, owed: Obligation, file: Path) -> None:
    make_call(period="2019")
    said = yupana("export", "workbook", "A-1", file)
    named = yupana("export", "workbook", "A-1", file, "--call", "PLAN-2019", "--json")
    assert (said.code, "PLAN-2018; PLAN-2019" in said.err, named.json["plan"]) == (1, True, "PLAN-2019@cast:4")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["export", "workbook", "C-1", "p.xlsx"], 1),
        (["export", "workbook", "A-1", "p.csv"], 2),
        (["export", "workbook", "NADIE", "p.xlsx"], 1),
        (["import", "workbook", "no.xlsx"], 1),
    ],
)
def test_what_is_not_there_is_said(yupana: Yupana, owed: Obligation, words: list[str], code: int) -> None:
    assert yupana(*words).code == code


def test_a_file_is_not_written_over(yupana: Yupana, owed: Obligation, file: Path) -> None:
    given(yupana, file)
    assert [yupana("export", "workbook", "A-1", file, *more).code for more in ([], ["--overwrite"])] == [1, 0]


def test_without_a_name_nothing_is_written(yupana: Yupana, cast: Cast, owed: Obligation, file: Path) -> None:
    make_draft(cast.inti, owed, ROWS)
    given(yupana, file, C5="x")
    assert (yupana("import", "workbook", file, "--apply").code, names()) == (2, ["Contar los granos"])
