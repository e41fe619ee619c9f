"""The sections with which free-software plans were really reviewed, as a checklist beside a call."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from tests.cast import DUE_ON, OPENS_ON, PUBLISHED_ON, Cast, hand_in, make_edition, obligation_of
from tests.interfaces.cli.conftest import run
from yupana.domain.commitments.actions import look_at, return_plan
from yupana.domain.instruments.actions import publish
from yupana.domain.obligations.actions import open_call
from yupana.domain.submissions.rules import Note
from yupana.foundation.kernel.actor import OPERATOR
from yupana.projections.overviews.plan_form import version
from yupana.projections.overviews.review import review

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.real, pytest.mark.django_db]
FIRST = {  # by section: how many parts it has with itself, counted by hand
    "1.1.1.": 1, "1.1.2.": 1, "1.1.3.": 1, "1.1.4.": 1, "1.1.5.": 11, "1.1.6.": 14, "1.1.7.": 14, "1.1.8.": 11,
    "1.1.9.": 11, "1.2.1.": 4, "1.2.2.": 1, "1.2.3.": 8,
}  # fmt: skip


def table(source: Path, path: Path) -> Path:
    """Write what was published as a list of sections as a table of items: what lies below is below."""
    with source.open(encoding="utf-8", newline="") as read, path.open("w", encoding="utf-8", newline="") as made:
        rows = [row for row in csv.DictReader(read) if row["codigo"]]
        codes = {row["codigo"] for row in rows}
        write = csv.writer(made)
        write.writerow(["rol", "código", "padre", "texto", "vincula"])
        for row in rows:
            code = row["codigo"]
            above = ".".join(code.split(".")[:-2]) + "."
            write.writerow(["texto", code, f"texto:{above}" if above in codes else "", row["descripcion"], "no"])
    return path


def test_the_real_sections_are_a_checklist_of_78(real_data: Path, tmp_path: Path, cast: Cast) -> None:
    made = table(real_data / "pige" / "pislea_estructura.csv", tmp_path / "lista.csv")
    told = run("import", "instrument", made, "--code", "LISTA", "--edition", "1", "--json")
    assert told.code == 0, told.err
    publish(actor=OPERATOR, instrument="LISTA", edition="1", act="RA 1/2018", on=PUBLISHED_ON)
    make_edition()
    terms = {"audience": "level:municipal", "opens_on": OPENS_ON, "due_on": DUE_ON, "period": "2018"}
    call = open_call(
        actor=OPERATOR,
        editions=["PLAN/1", "LISTA/1"],
        plan_type="pislea",
        on=OPENS_ON,
        **terms,  # type: ignore[arg-type] # the terms of a call
    )
    plan = hand_in(cast.inti, obligation_of(call, cast.a))
    found = review(cast.amaru, plan.pk).checklist
    assert found
    assert (found.done, found.total) == (0, 78)
    assert {each.head.item.code: len(each.points) for each in found.sections} == FIRST
    points = [point for each in found.sections for point in each.points]
    verdicts = [Note(each.subject, ("fine", "mend", "na")[at % 3], f"nota {at}") for at, each in enumerate(points[:45])]
    look_at(actor=cast.amaru, submission=plan, notes=verdicts)
    after = review(cast.amaru, plan.pk).checklist
    assert after
    assert (after.done, len(after.to_mend)) == (45, 15)
    return_plan(actor=cast.amaru, submission=plan, reason="", remarks={}, on=OPENS_ON)
    assert [each.seen.text for each in version(cast.inti, plan.pk).to_mend] == [f"nota {at}" for at in range(1, 45, 3)]
