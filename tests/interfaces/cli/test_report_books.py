"""Reports by mail or on a USB stick, and exports of the budget system: nothing is written unasked."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.domain.progress.stage import FLOW, asked, planned
from yupana.domain.commitments.facts import Money
from yupana.domain.progress.models import Progress
from yupana.foundation.kernel.quantity import SCALE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cast import Cast
    from tests.interfaces.cli.conftest import Yupana

PLAN = (replace(FLOW, money=(Money(2018, programmed_cents=1_000_00, category="10 0 001"),), budget_cents=1_000_00),)


@pytest.fixture
def period(cast: Cast) -> str:
    call = asked(planned(cast, PLAN))
    return call.period


def filled(yupana: Yupana, period: str, file: Path) -> None:
    assert yupana("export", "report", "A-1", period, file).code == 0
    opened = openpyxl.load_workbook(BytesIO(file.read_bytes()))
    opened.worksheets[0]["H5"] = 20
    opened.save(file)


def test_a_report_goes_out_and_comes_back(yupana: Yupana, cast: Cast, period: str, tmp_path: Path) -> None:
    file = tmp_path / "avance.xlsx"
    filled(yupana, period, file)
    looked = yupana("import", "report", file, "--json")
    cells = [(each["row"], each["field"], each["brought"], each["clashes"]) for each in looked.json["cells"]]
    assert (cells, looked.json["applied"], Progress.objects.count()) == ([(1, "value", "20", False)], False, 0)
    assert yupana("import", "report", file, "--apply", "--by", "inti").code == 0
    assert Progress.objects.get().value == 20 * SCALE
    assert yupana("import", "report", file, "--json").json["cells"] == []


def test_the_budget_system_fills_the_money_in(yupana: Yupana, cast: Cast, period: str, tmp_path: Path) -> None:
    file = tmp_path / "gasto.csv"
    file.write_text('Categoría Programática,Devengado\n10 0 001,"1.234,50"\n1,1\n', encoding="utf-8")
    said = yupana("import", "spending", file, "A-1", period, "--apply", "--by", "inti", "--json")
    notes = [each["why"] for each in said.json["notes"]]
    assert (notes, Progress.objects.get().accrued_cents) == (["budget-no-line"], 1_234_50)
