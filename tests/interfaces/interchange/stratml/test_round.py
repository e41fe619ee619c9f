"""What is written comes back, any manuscript, and the same bytes each time."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.interfaces.interchange.manuscripts import essence, manuscripts, plan
from yupana.domain.instruments.facts import Manuscript
from yupana.interfaces.interchange.stratml.read import read_manuscript, recognises
from yupana.interfaces.interchange.stratml.write import write_manuscript


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=100)
@given(manuscript=manuscripts())
def test_any_manuscript_comes_back(manuscript: Manuscript, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "any.xml"
    write_manuscript(manuscript, path)
    read = read_manuscript(path)
    assert (essence(read), read.mended) == (essence(manuscript), ())


def test_a_plan_of_ours_comes_back_and_is_recognised(tmp_path: Path) -> None:
    path = tmp_path / "plan.xml"
    write_manuscript(plan(), path)
    assert (recognises(path), essence(read_manuscript(path))) == (True, plan())


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path) -> None:
    written = []
    for name in ("uno.xml", "dos.xml"):
        write_manuscript(plan(), tmp_path / name)
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]
