"""Files of a report against what others wrote meanwhile, and everything that is refused on the way: nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.cast import make_entities, make_people
from tests.domain.progress.stage import FLOW, asked, planned
from tests.interfaces.cli.conftest import prepared
from yupana.domain.commitments.facts import Money
from yupana.domain.progress.actions import save_rows, start_report
from yupana.domain.progress.facts import ReportRow
from yupana.domain.progress.models import Progress
from yupana.domain.submissions.models import Submission
from yupana.foundation.kernel.errors import Missing
from yupana.foundation.kernel.quantity import SCALE
from yupana.interfaces.cli.frame import Exit
from yupana.interfaces.interchange.reports import report_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pytest_django import DjangoDbBlocker

    from tests.cast import Cast
    from tests.interfaces.cli.conftest import Yupana
    from yupana.domain.obligations.models import Call

PERIOD = "2018-Q1"
PLAN = (replace(FLOW, money=(Money(2018, programmed_cents=1_000_00, category="10 0 001"),), budget_cents=1_000_00),)
VALUE, GAP, DONE = "H", "I", "N"  # columns of the sheet
APPLY = ("--apply", "--by", "inti")


@dataclass
class World:
    """A owes a report on the first quarter."""

    cast: Cast
    call: Call

    def written(self, **said: object) -> Submission:
        """What Inti writes at the desk."""
        owed = self.call.obligations.select_related("call", "debtor").get()
        draft = start_report(actor=self.cast.inti, obligation=owed, on=owed.call.opens_on)
        save_rows(actor=self.cast.inti, submission=draft, rows=[ReportRow(1, **said)])  # type: ignore[arg-type] # as its fields are named
        return draft


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with prepared(django_db_blocker):
        cast = make_people(make_entities())
        yield World(cast, asked(planned(cast, PLAN)))


@pytest.fixture
def world(built: World, db: None) -> World:
    return built


def given_out(yupana: Yupana, file: Path, cells: Mapping[str, str | int]) -> Path:
    """Take the workbook and fill cells of its first activity in, by column."""
    assert yupana("export", "report", "A-1", PERIOD, file).code == 0
    opened = openpyxl.load_workbook(BytesIO(file.read_bytes()))
    for column, value in cells.items():
        opened.worksheets[0][f"{column}5"] = value
    opened.save(file)
    return file


def stands() -> list[tuple[int | None, str]]:
    return [(each.value, each.done) for each in Progress.objects.order_by("row")]


# --- somebody was faster -------------------------------------------------------------------------------------------
def test_where_somebody_wrote_another_thing_it_is_shown_and_nothing_is_written(
    world: World, yupana: Yupana, tmp_path: Path
) -> None:
    file = given_out(yupana, tmp_path / "a.xlsx", {VALUE: 20, DONE: "Se contó"})
    world.written(value=9 * SCALE)
    said = yupana("import", "report", file, *APPLY)
    assert (said.code, stands(), "! 1" in said.out) == (Exit.CONFLICT, [(9 * SCALE, "")], True)


@pytest.mark.parametrize(("chosen", "value"), [("--mine", 20), ("--theirs", 9)])
def test_who_chooses_gets_what_was_chosen_and_what_nobody_disputes(
    world: World, yupana: Yupana, tmp_path: Path, chosen: str, value: int
) -> None:
    file = given_out(yupana, tmp_path / "a.xlsx", {VALUE: 20, DONE: "Se contó"})
    world.written(value=9 * SCALE)
    said = yupana("import", "report", file, *APPLY, chosen)
    assert (said.code, stands()) == (0, [(value * SCALE, "Se contó")])


def test_who_wrote_the_same_is_in_nobodys_way(world: World, yupana: Yupana, tmp_path: Path) -> None:
    file = given_out(yupana, tmp_path / "a.xlsx", {VALUE: 20})
    world.written(value=20 * SCALE)
    assert yupana("import", "report", file, "--json").json["cells"] == []


def test_what_others_wrote_in_other_cells_stays(world: World, yupana: Yupana, tmp_path: Path) -> None:
    file = given_out(yupana, tmp_path / "a.xlsx", {VALUE: 20})
    world.written(done="Algo")
    assert (yupana("import", "report", file, *APPLY).code, stands()) == (0, [(20 * SCALE, "Algo")])


def test_written_twice_it_is_as_written_once(world: World, yupana: Yupana, tmp_path: Path) -> None:
    file = given_out(yupana, tmp_path / "a.xlsx", {VALUE: 20})
    codes = [yupana("import", "report", file, *APPLY).code for _ in range(2)]
    assert (codes, stands(), Submission.objects.filter(obligation__call=world.call).count()) == (
        [0, 0],
        [(20 * SCALE, "")],
        1,
    )


# --- what does not go together -------------------------------------------------------------------------------------
def test_a_value_beside_a_reason_for_none_is_told_as_that(world: World, yupana: Yupana, tmp_path: Path) -> None:
    """And not as somebody else's change, which would be there however often one tries."""
    file = given_out(yupana, tmp_path / "a.xlsx", {VALUE: 20, GAP: "There are no data"})
    said = yupana("import", "report", file, *APPLY)
    assert (said.code, stands(), "reason why there is none" in said.err) == (Exit.REJECTED, [], True)


# --- who may -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["killa", "wara", "tupak", "nadie"])
def test_who_does_not_write_for_the_entity_writes_nothing(
    world: World, yupana: Yupana, tmp_path: Path, who: str
) -> None:
    file = given_out(yupana, tmp_path / "a.xlsx", {VALUE: 20})
    said = yupana("import", "report", file, "--apply", "--by", who)
    assert (said.code, stands(), Submission.objects.filter(obligation__call=world.call).exists()) == (
        Exit.REJECTED,
        [],
        False,
    )


def test_nobody_writes_without_a_name(world: World, yupana: Yupana, tmp_path: Path) -> None:
    file = given_out(yupana, tmp_path / "a.xlsx", {VALUE: 20})
    assert (yupana("import", "report", file, "--apply").code, stands()) == (Exit.USAGE, [])


# --- what is refused -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("entity", "period", "more", "code"),
    [
        ("A-1", "2018-Q2", (), Exit.REJECTED),
        ("B-1", PERIOD, (), Exit.REJECTED),
        ("Z-9", PERIOD, (), Exit.REJECTED),
        ("A-1", "nunca", (), Exit.REJECTED),
        ("A-1", PERIOD, ("--call", "OTRO-2018"), Exit.REJECTED),
        ("A-1", PERIOD, ("--call", "PLAN-2018"), Exit.DONE),
    ],
)
def test_only_a_report_that_is_owed_is_given_out(
    world: World, yupana: Yupana, tmp_path: Path, entity: str, period: str, more: tuple[str, ...], code: Exit
) -> None:
    said = yupana("export", "report", entity, period, tmp_path / "a.xlsx", *more)
    assert (said.code, (tmp_path / "a.xlsx").exists()) == (code, code == Exit.DONE)


@pytest.mark.parametrize("name", ["a.csv", "a.xls", "a"])
def test_it_is_written_in_formats_that_come_back(world: World, yupana: Yupana, tmp_path: Path, name: str) -> None:
    assert (yupana("export", "report", "A-1", PERIOD, tmp_path / name).code, list(tmp_path.glob("a*"))) == (2, [])


def test_a_file_that_is_there_is_kept_unless_one_says_otherwise(world: World, yupana: Yupana, tmp_path: Path) -> None:
    file = tmp_path / "a.ods"
    file.write_bytes(b"mi trabajo")
    first, kept = yupana("export", "report", "A-1", PERIOD, file), file.read_bytes()
    second = yupana("export", "report", "A-1", PERIOD, file, "--overwrite")
    assert (first.code != 0, kept, second.code, file.read_bytes()[:2]) == (True, b"mi trabajo", 0, b"PK")


@pytest.mark.parametrize(
    "name", ["", "@", "PLAN-2018", "PLAN-2018@cast:4", "X@cast:4", "PLAN-2018-2018-Q1@cast:5", "@cast:4", "a@b@c:d"]
)
def test_a_workbook_of_a_report_that_is_not_here_belongs_to_nothing(world: World, name: str) -> None:
    with pytest.raises(Missing) as missing:
        report_named(name)
    assert missing.value.code == "obligation-unknown"


def test_a_report_is_found_by_the_name_that_its_workbook_holds(world: World) -> None:
    assert report_named(f"{world.call.code}@cast:4").debtor == world.cast.a


# --- money ---------------------------------------------------------------------------------------------------------
def test_money_of_the_budget_system_takes_the_place_of_what_was_typed(
    world: World, yupana: Yupana, tmp_path: Path
) -> None:
    """It was asked for on purpose; what else the row says stays."""
    world.written(value=5 * SCALE, accrued_cents=1_00)
    (tmp_path / "g.csv").write_text("Cat. Prg.;Devengado\n10 0 001;250,75\n", encoding="utf-8")
    looked = yupana("import", "spending", tmp_path / "g.csv", "A-1", PERIOD, "--json").json
    [cell] = looked["cells"]
    done = yupana("import", "spending", tmp_path / "g.csv", "A-1", PERIOD, *APPLY)
    row = Progress.objects.get()
    assert (cell["now"], cell["brought"], done.code, row.accrued_cents, row.value) == (
        "1,00", "250,75", 0, 250_75, 5 * SCALE,
    )  # fmt: skip


def test_an_export_of_other_lines_writes_nothing_and_names_each(world: World, yupana: Yupana, tmp_path: Path) -> None:
    (tmp_path / "g.csv").write_text("Gestión;Cat. Prg.;Devengado\n2017;10 0 001;1\n2018;9;1\n", encoding="utf-8")
    said = yupana("import", "spending", tmp_path / "g.csv", "A-1", PERIOD, *APPLY, "--json").json
    assert ([each["why"] for each in said["notes"]], said["cells"], stands()) == (
        ["budget-other-year", "budget-no-line"],
        [],
        [],
    )
