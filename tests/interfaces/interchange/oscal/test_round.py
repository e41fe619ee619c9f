"""What is written comes back: any manuscript, and whatever was edited of one that came from a catalogue."""

import pytest
from hypothesis import HealthCheck, given, settings

from tests.interfaces.interchange.manuscripts import essence, manuscripts
from yupana.domain.instruments.facts import Manuscript
from yupana.interfaces.interchange.oscal.read import read_manuscript
from yupana.interfaces.interchange.oscal.write import write_manuscript


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=100)
@given(manuscript=manuscripts())
def test_any_manuscript_comes_back(manuscript: Manuscript, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "any.json"
    write_manuscript(manuscript, path)
    read = read_manuscript(path)
    assert (essence(read), read.mended) == (essence(manuscript), ())
