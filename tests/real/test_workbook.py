"""The real plans as workbooks: given out and taken back without a difference, by the function and by the commands."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.utils.translation import override

from tests.interfaces.cli.conftest import prepared, run
from yupana.domain.commitments.rules import differences
from yupana.domain.submissions.models import Submission
from yupana.foundation.ledger.models import Entry
from yupana.interfaces.interchange.workbooks import book_of, cells_now, read_workbook, write_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django import DjangoDbBlocker

pytestmark = pytest.mark.real
TEN = 42  # activities of the first ten plans


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
