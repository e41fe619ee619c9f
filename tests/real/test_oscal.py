"""A real catalogue, a profile of it and a sample: all that they say comes in and goes out again."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.interfaces.interchange.manuscripts import essence, manuscripts, plan
from tests.interfaces.interchange.oscal.schema import faults as found_by
from tests.interfaces.interchange.oscal.schema import judge
from yupana.domain.instruments.facts import ItemRole, Manuscript
from yupana.domain.instruments.rules import arranged, check_heading
from yupana.interfaces.interchange.instruments import read_instrument
from yupana.interfaces.interchange.oscal.read import read_manuscript, recognises
from yupana.interfaces.interchange.oscal.write import write_manuscript

pytestmark = pytest.mark.real
PLANS = ("pige", "plan-gobierno-electronico", "pei-agetic")
LOW = "NIST_SP-800-53_rev5_LOW-baseline-resolved-profile_catalog-min.json"
PROFILE = "NIST_SP-800-53_rev5_LOW-baseline_profile.json"
FILES = {LOW: "catalog", "basic-catalog.json": "catalog", PROFILE: "profile"}


@pytest.fixture(scope="module")
def folder(real_data: Path) -> Path:
    return real_data / "oscal"


def faults(written: Path, folder: Path) -> list[str]:
    """What the official schema finds wrong with a file that we wrote."""
    document = json.loads(written.read_text("utf-8"))
    kind = "profile" if "profile" in document else "catalog"
    return found_by(judge(folder / f"oscal_{kind}_schema.json"), document)


@pytest.fixture(scope="module")
def low(folder: Path) -> Manuscript:
    return read_manuscript(folder / LOW)


def test_the_catalogue_has_its_groups_controls_and_parts(low: Manuscript) -> None:
    assert Counter(row.role for row in low.rows) == {
        ItemRole.AXIS: 18, ItemRole.REQUIREMENT: 149, ItemRole.TEXT: 3058,
    }  # fmt: skip


def test_eighteen_controls_stand_below_eleven_others(low: Manuscript) -> None:
    above = [row.parent for row in low.rows if row.role is ItemRole.REQUIREMENT and row.parent]
    controls = [parent for parent in above if parent[0] is ItemRole.REQUIREMENT]
    assert (len(above), len(controls), len(set(controls))) == (149, 18, 11)


def test_a_control_keeps_its_parameters_and_its_guidance(low: Manuscript) -> None:
    [control] = [row for row in low.rows if row.key == "requirement:ac-1"]
    guidance = next(row for row in low.rows if row.code == "ac-1_gdn")
    kept = control.more["oscal"]
    assert isinstance(kept, dict)
    assert (len(kept["params"]), guidance.parent, guidance.text[:21]) == (
        9, (ItemRole.REQUIREMENT, "ac-1"), "Access control policy",
    )  # fmt: skip


def test_the_tree_is_one_that_an_edition_takes(low: Manuscript) -> None:
    check_heading(low.heading)
    assert arranged(low.rows) == list(low.rows)


@pytest.mark.parametrize("name", FILES)
def test_what_comes_in_goes_out_as_it_was(name: str, folder: Path, tmp_path: Path) -> None:
    read = read_manuscript(folder / name)
    notes = write_manuscript(read, tmp_path / "out.json")
    written = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert (recognises(folder / name), read.mended, read.unplaced, notes) == (True, (), (), ())
    assert written == json.loads((folder / name).read_text("utf-8"))
    assert essence(read_manuscript(tmp_path / "out.json")) == essence(read)
    assert (next(iter(written)), faults(tmp_path / "out.json", folder)) == (FILES[name], [])


def test_every_reference_of_the_profile_is_a_control_of_the_catalogue(folder: Path, low: Manuscript) -> None:
    referred = {row.key for row in read_manuscript(folder / PROFILE).rows}
    assert (len(referred), referred - {row.key for row in low.rows}) == (149, set())


def test_plans_of_tables_and_of_markdown_become_valid_catalogues_and_come_back(
    real_data: Path, folder: Path, tmp_path: Path
) -> None:
    for each in [plan(), *(read_instrument(real_data / name) for name in PLANS)]:
        path = tmp_path / f"{each.heading.instrument}.json"
        told = [note.why for note in write_manuscript(each, path)]
        assert (faults(path, folder), told.count("export-leaves-out-unplaced")) == ([], len(each.unplaced))
        assert essence(read_manuscript(path)) == essence(replace(each, unplaced=()))


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(manuscript=manuscripts())
def test_any_manuscript_is_written_as_the_schemas_demand(
    manuscript: Manuscript, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.json"
    write_manuscript(manuscript, path)
    assert faults(path, folder) == []
    assert essence(read_manuscript(path)) == essence(manuscript)
