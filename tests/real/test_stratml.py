"""Real plans in StratML: the valid one goes out valid, the broken ones come in with a list of what was mended."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from tests.interfaces.interchange.manuscripts import essence, manuscripts, plan
from yupana.domain.instruments.facts import ItemRole, Manuscript
from yupana.domain.instruments.rules import arranged, check_heading
from yupana.interfaces.interchange.instruments import read_instrument
from yupana.interfaces.interchange.stratml.read import read_manuscript, recognises
from yupana.interfaces.interchange.stratml.write import write_manuscript

pytestmark = pytest.mark.real
PLANS = ("pige", "plan-gobierno-electronico", "pei-agetic")
VALID = "jlind0__PMOAI.xml"
MENDED = {
    "dheyn__part2_template_PerformancePlan.xml": {
        "stratml-root-of-part-2": 1, "stratml-namespace": 1, "stratml-name-missing": 4,
        "stratml-identifier-unusable": 10, "stratml-date-unreadable": 3,
    },
    "rumela4__demo_stratml.xml": {"stratml-namespace": 1, "stratml-container": 5},
    "vionta__stratml-template-performance.xml": {
        "stratml-root-of-part-2": 1, "stratml-namespace": 1, "stratml-name-missing": 1,
        "stratml-identifier-unusable": 9,
    },
}  # fmt: skip
BROKEN = tuple(MENDED)
_SCHEMAS: dict[Path, etree.XMLSchema] = {}


def faults(path: Path, real_data: Path) -> list[str]:
    """What the official schema finds wrong with a file."""
    xsd = real_data / "stratml" / "xsd" / "StrategicPlanISOVersion20140401.xsd"
    schema = _SCHEMAS.setdefault(xsd, etree.XMLSchema(etree.parse(str(xsd)))) if xsd not in _SCHEMAS else _SCHEMAS[xsd]
    schema.validate(etree.parse(str(path)))
    log: Any = schema.error_log  # the stubs do not know that it is a list
    return [f"{error.line}: {error.message}" for error in log]


@pytest.fixture(scope="module")
def docs(real_data: Path) -> Path:
    return real_data / "stratml" / "docs"


def test_the_valid_plan_is_read_whole_and_nothing_had_to_be_mended(docs: Path) -> None:
    read = read_manuscript(docs / VALID)
    assert (Counter(row.role for row in read.rows), read.mended, [note.why for note in read.unplaced]) == (
        {ItemRole.AXIS: 1, ItemRole.OBJECTIVE: 5, ItemRole.TEXT: 32},
        (),
        ["stratml-submitter-left-out"],
    )


@pytest.mark.parametrize("name", [VALID, *BROKEN])
def test_each_plan_goes_out_valid_and_comes_back(name: str, docs: Path, real_data: Path, tmp_path: Path) -> None:
    read = read_manuscript(docs / name)
    write_manuscript(read, tmp_path / name)
    again = read_manuscript(tmp_path / name)
    assert faults(tmp_path / name, real_data) == []
    assert (essence(again).rows, again.heading, again.more) == (essence(read).rows, read.heading, read.more)
    assert (again.mended, again.unplaced) == ((), ())


@pytest.mark.parametrize("name", [VALID, *BROKEN])
def test_each_plan_is_one_that_an_edition_takes(name: str, docs: Path) -> None:
    read = read_manuscript(docs / name)
    check_heading(read.heading)
    assert (recognises(docs / name), arranged(read.rows)) == (True, list(read.rows))


@pytest.mark.parametrize(("name", "mended"), MENDED.items())
def test_a_template_comes_in_with_a_list_of_what_was_mended(name: str, mended: dict[str, int], docs: Path) -> None:
    assert Counter(note.why for note in read_manuscript(docs / name).mended) == mended


def test_an_indicator_of_part_2_says_all_its_figures(docs: Path) -> None:
    found = [row for row in read_manuscript(docs / BROKEN[1]).rows if row.role is ItemRole.INDICATOR]
    assert [(row.text, row.body.count("\n") + 1, row.parent) for row in found] == [
        ("Residential Solar Capacity (%)", 15, (ItemRole.OBJECTIVE, "1.1")),
        ("On-Time Graduation (%)", 12, (ItemRole.OBJECTIVE, "2.1")),
    ]


def test_plans_of_tables_and_of_markdown_become_valid_plans_and_come_back(real_data: Path, tmp_path: Path) -> None:
    for each in [plan(), *(read_instrument(real_data / name) for name in PLANS)]:
        path = tmp_path / f"{each.heading.instrument}.xml"
        told = [note.why for note in write_manuscript(each, path)]
        assert (faults(path, real_data), told.count("export-leaves-out-unplaced")) == ([], len(each.unplaced))
        assert essence(read_manuscript(path)) == essence(replace(each, unplaced=()))


@settings(suppress_health_check=list(HealthCheck), max_examples=100)
@given(manuscript=manuscripts())
def test_any_manuscript_is_written_as_the_schema_demands(
    manuscript: Manuscript, real_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.xml"
    write_manuscript(manuscript, path)
    assert faults(path, real_data) == []
