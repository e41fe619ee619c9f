"""The 14 strategic lines aligned to the 44 goals of the plan of development, by the judgement of these tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.interfaces.cli.conftest import run
from yupana.domain.instruments import public
from yupana.domain.instruments.actions import publish
from yupana.foundation.kernel.actor import OPERATOR
from yupana.projections.overviews.alignment import matrix

pytestmark = pytest.mark.real
TABLE = Path(__file__).parent / "articulacion.csv"
# Counted by hand from the table above: of the goals of each axis, those that a line contributes to.
MET = {"1": (1, 4), "2": (0, 3), "3": (1, 4), "4": (0, 3), "5": (3, 4), "6": (0, 6), "7": (3, 5), "8": (0, 5)}
MET |= {"9": (0, 5), "10": (0, 5)}
TOUCHED = {"1.4", "3.1", "5.2", "5.3", "5.4", "7.1", "7.2", "7.5"}


def test_the_lines_of_the_plan_are_aligned_and_the_gaps_are_those_counted_by_hand(
    db: None, real_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path))
    sources = {"PIGE": real_data / "pige", "PDES": real_data / "pdes" / "pdes_2021_2025_ejes_metas.json"}
    for code, source in sources.items():
        assert run("--lang", "en", "import", "instrument", source, "--code", code).code == 0
        publish(actor=OPERATOR, instrument=code, edition="1", act="Ley 1407", on=date(2021, 11, 9))
    first, again = (run("--lang", "en", "import", "alignment", TABLE, "--json").json for _ in range(2))
    found = matrix(public.edition("PIGE", "1"), public.edition("PDES", "1"))
    assert (
        (first["created"], again["unchanged"]),
        (found.here.share.done, found.here.share.due, found.here.gaps),
        {axis.node.code: (axis.share.done, axis.share.due) for axis in found.there.axes},
        (found.there.share.done, found.there.share.due, len(found.there.gaps)),
        {row.node.code for axis in found.there.axes for row in axis.rows if row.met},
    ) == ((18, 18), (14, 14, ()), MET, (8, 44, 36), TOUCHED)
