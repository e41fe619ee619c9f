"""The national targets as indicators: what their statements say in numbers, and what they leave open."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from tests.cast import make_call
from tests.interfaces.cli.conftest import run
from yupana.domain.instruments.queries import edition
from yupana.domain.people.queries import actor_for, person
from yupana.domain.progress.actions import (
    accept_report,
    load_sheets,
    open_reports,
    save_measured,
    start_report,
    submit_report,
)
from yupana.domain.progress.facts import MeasuredValue
from yupana.domain.progress.indicators import measured_by_sheet, sheets_of
from yupana.domain.progress.queries import sheets_asked
from yupana.domain.progress.rules import OverBodies, SheetSource
from yupana.domain.progress.rules.sheets import Terms
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.quantity import SCALE

pytestmark = [pytest.mark.real, pytest.mark.django_db]
LOAD = ("indicators", "load", "PIGE/2017", "--by", "code:374", "--due", "2025-12-31", "--json")


def test_all_28_national_targets_are_indicators_or_say_why_not_and_can_be_reported(
    real_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path))
    assert run("import", "instrument", real_data / "pige", "--edition", "2017", "--title", "Plan").code == 0
    assert run("publish", "PIGE", "2017", "--act", "Decreto Supremo 3251", "--on", "2017-07-12").code == 0
    said = run(*LOAD)
    told = json.loads(said.out)
    assert (said.code, len(told["made"]), len(told["unread"])) == (0, 22, 6)
    assert {each["reason"] for each in told["unread"]} == {"target-no-number"}
    assert {each["due_on"] for each in told["made"]} == {"2025-12-31"}
    held = edition("PIGE/2017")
    found = {int(sheet.item.code): sheet for sheet in sheets_of(held).values()}
    numbers = {code: (sheet.target or 0) // SCALE for code, sheet in found.items()}
    assert numbers == {
        1: 70, 4: 100, 5: 50, 7: 100, 8: 100, 9: 100, 10: 40, 11: 90, 12: 100, 13: 50, 14: 90, 15: 100, 17: 90,
        18: 2, 21: 40, 22: 100, 23: 50, 24: 100, 25: 30, 26: 100, 27: 60, 28: 50,
    }  # fmt: skip
    assert {code for code, sheet in found.items() if sheet.over_bodies != OverBodies.RATE} == {18}
    assert Counter(sheet.source for sheet in found.values()) == {SheetSource.COUNT: 11, SheetSource.REPORT: 11}
    again = json.loads(run(*LOAD).out)
    assert (again["made"], len(again["kept"]), again["unread"]) == ([], 22, told["unread"])
    rest = load_sheets(actor=OPERATOR, edition=held, terms=Terms(yes_no=True, by="code:374"), on=found[1].due_on)  # type: ignore[arg-type] # given above
    assert (len(rest.made), rest.unread, measured_by_sheet(held).count()) == (6, (), 28)
    told_in_2025(real_data, client)


def told_in_2025(real_data: Path, client: Client) -> None:
    """Ask the agency on the last year, without any plan; it reports a target, and everybody reads it."""
    assert run("import", "entities", real_data / "pige" / "entidades.csv").code == 0
    for name, role, body in (("ana", "entity-planner", "374"), ("rita", "reviewer", "373")):
        assert run("createuser", name, "--role", role, "--entity", body, "--from", "2017-01-02").code == 0
    call = make_call(("PIGE/2017",), audience="level:municipal", period="2018-2019")
    opened = open_reports(actor=OPERATOR, call=call, period="2025", on=date(2026, 1, 2), due_in=15)
    owed = opened.obligations.get()
    ana, rita = (actor_for(person(name), on=opened.opens_on) for name in ("ana", "rita"))
    draft = start_report(actor=ana, obligation=owed, on=opened.opens_on)
    asked = {each.sheet.item.code: each for each in sheets_asked(owed)}
    code, one = next((code, each) for code, each in asked.items() if each.sheet.unit == "%")
    rest = [MeasuredValue(each.name, gap="data") for each in asked.values() if each is not one]
    values = [MeasuredValue(one.name, value=45 * SCALE), *rest]
    save_measured(actor=ana, submission=draft, values=values)
    version = submit_report(actor=ana, submission=draft, received_on=None, on=opened.opens_on)
    accept_report(actor=rita, submission=version, on=opened.opens_on)
    page = client.get(f"/planes/PIGE/2017/indicadores/target/{code}/?as_of=2026-03-01").content.decode()
    told = (owed.debtor.code, len(asked), "45\u202f%" in page, "nadie la reportó" in page)
    assert told == ("374", 17, True, False)
