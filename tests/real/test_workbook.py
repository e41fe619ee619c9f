"""The real plans as workbooks and in the grid: given out and taken back without a difference."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils.translation import override

from tests.cast import make_person
from tests.interfaces.cli.conftest import prepared, run
from yupana.domain.commitments.actions import start_plan
from yupana.domain.commitments.queries import plan_rows
from yupana.domain.commitments.rules import differences
from yupana.domain.submissions.models import Submission
from yupana.foundation.kernel.actor import Actor, Role
from yupana.foundation.ledger.models import Entry
from yupana.interfaces.interchange.workbooks import book_of, cells_now, read_workbook, write_workbook
from yupana.projections.overviews import plan_form
from yupana.projections.overviews.grid import VIEWS, grid

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bs4 import Tag
    from pytest_django import DjangoDbBlocker

pytestmark = pytest.mark.real
TEN = 42  # activities of the first ten plans
TODAY = date(2026, 11, 20)
NAMED = "tbody [name], [name=base]"


@pytest.fixture(scope="module")
def bolivia(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, real_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """Register, plan and the plans that were handed in on paper, loaded once by the commands of the guide."""
    folder, home = real_data / "pige", tmp_path_factory.mktemp("bolivia")
    with prepared(django_db_blocker), pytest.MonkeyPatch.context() as environment:
        environment.setenv("YUPANA_HOME", str(home))
        for arguments in (
            ("import", "entities", folder / "entidades.csv"),
            ("import", "instrument", folder, "--edition", "2017"),
            ("publish", "PIGE", "2017", "--act", "Decreto Supremo 3251", "--on", "2017-07-12"),
            ("import", "commitments", folder),
        ):
            assert run(*arguments).code == 0
        yield home


@pytest.fixture
def home(bolivia: Path, db: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("YUPANA_HOME", str(bolivia))
    return bolivia


@pytest.mark.parametrize(("kind", "plans", "activities"), [("xlsx", 83, 861), ("ods", 10, TEN)])
def test_every_real_plan_comes_back_as_it_was_given_out(kind: str, plans: int, activities: int, home: Path) -> None:
    told, rows, different = 0, 0, []
    for version in Submission.objects.select_related("obligation__call", "obligation__debtor").order_by("pk")[:plans]:
        path = home / f"plan.{kind}"
        with override("es"):
            path.write_bytes(write_workbook(book_of(version.obligation, version), kind))
        brought = read_workbook(path)
        told, rows = told + 1, rows + len(brought.rows)
        different += [*differences(cells_now(version), brought.rows), *brought.notes]
    assert (told, rows, different) == (plans, activities, [])


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_the_commands_give_out_and_take_back_the_largest_plan(kind: str, home: Path, tmp_path: Path) -> None:
    largest = max(Submission.objects.all(), key=lambda version: version.activities.count())
    file, before = tmp_path / f"plan.{kind}", Entry.objects.count()
    given = run("export", "workbook", largest.obligation.debtor.ref, file, "--json")
    taken = run("import", "workbook", file, "--json")
    found = json.loads(taken.out)
    assert (given.code, taken.code, Entry.objects.count()) == (0, 0, before)
    assert {key: found[key] for key in ("rows", "differences", "conflicts", "notes", "applied")} == {
        "rows": largest.activities.count(),
        "differences": 0,
        "conflicts": [],
        "notes": [],
        "applied": False,
    }


# --- the grid ------------------------------------------------------------------------------------------------------
def opened(version: Submission) -> tuple[Actor, Submission]:
    """A new version of a plan, and somebody who writes it."""
    planner = Actor(None, frozenset({(Role.ENTITY_PLANNER, version.obligation.debtor_id)}))
    return planner, start_plan(actor=planner, obligation=version.obligation, on=TODAY)


def test_every_real_plan_opens_in_every_view(home: Path) -> None:
    plans, rows = 0, 0
    for version in Submission.objects.select_related("obligation__call", "obligation__debtor"):
        planner, _draft = opened(version)
        sheet = plan_form.sheet(planner, version.obligation_id)
        shown = {len(grid(sheet, view).base) for view in VIEWS}
        assert shown == {len(sheet.draft.rows)}
        plans, rows = plans + 1, rows + len(sheet.draft.rows)
    assert (plans, rows) == (83, 861)


def test_the_largest_real_plan_is_sent_back_and_nothing_changes(home: Path) -> None:
    largest = max(Submission.objects.all(), key=lambda version: version.activities.count())
    _planner, draft = opened(largest)
    person, _mandates = make_person("planner", (Role.ENTITY_PLANNER, largest.obligation.debtor))
    client = Client()
    client.force_login(person)
    before = plan_rows(draft)
    for view in VIEWS:
        address = f"/desk/plan/{draft.obligation_id}/?cols={view}"
        form = BeautifulSoup(client.get(address).content, "html.parser").select_one("#grid")
        assert form
        sent = {str(each["name"]): said(each) for each in form.select(NAMED)}
        assert client.post(address, sent).status_code == 302
    assert plan_rows(draft) == before


def said(field: Tag) -> str:
    """What a browser would send of a field."""
    if field.name == "textarea":
        return str(field.get_text()).removeprefix("\n").replace("\n", "\r\n")
    if field.name == "select":
        chosen = field.find("option", selected=True)
        return str(chosen["value"]) if chosen else ""
    return str(field.get("value", ""))
