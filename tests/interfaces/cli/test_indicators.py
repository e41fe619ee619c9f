"""Sheets of indicators from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cast import make_edition
from tests.domain.progress.targets import TARGETS
from tests.interfaces.cli.conftest import run
from yupana.domain.progress.models import Sheet

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cast import Bodies

pytestmark = pytest.mark.django_db


def test_it_says_what_was_made_and_what_could_not_be_read(
    bodies: Bodies, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path))
    make_edition(rows=TARGETS)
    said = run("--lang", "en", "indicators", "load", "PLAN/1", "--by", "level:municipal")
    lines = [line.split() for line in said.out.splitlines()]
    assert (said.code, "Sheets made: 3. Kept: 0." in said.out, "Not read: 1" in said.out) == (0, True, True)
    assert ["3", "40", "%", "–", "report", "level:municipal"] in lines  # noqa: RUF001 - a dash: no deadline is said
    assert "[target-no-number]" in said.out
    again = run("--lang", "en", "indicators", "load", "PLAN/1", "--by", "nobody(")
    assert (again.code, Sheet.objects.count()) == (1, 3)
    wrong = run("indicators", "load", "PLAN/2")
    assert wrong.code == 1
