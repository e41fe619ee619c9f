"""The first pairs of the radar among all rows that were really handed in are those that docs/radar.md judges."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.domain.commitments.test_real import opened
from yupana.domain.commitments.actions import import_plans
from yupana.foundation.kernel.actor import OPERATOR
from yupana.interfaces.interchange.commitments import read_plans
from yupana.projections.overviews.radar import Radar

if TYPE_CHECKING:
    from yupana.projections.overviews.radar import Pair

pytestmark = [pytest.mark.real, pytest.mark.django_db]
PAGE = Path(__file__).parents[2] / "docs" / "radar.md"
LINE = re.compile(r"\| (\d+) \| (\d+)–(\d+) \| (.+?), (.+?) \| .+? \| (sí|no) \| .+? \|")  # noqa: RUF001 - as it stands there
SAID = re.compile(r"\*\*Precisión: (\d+) de (\d+) \((\d+) %\)\*\*; (\d+) de los primeros 10 y (\d+) de los primeros 20")


def told(number: int, pair: Pair) -> tuple[str, ...]:
    rows = [row.source_ref.partition("#")[2] for row in pair.rows]
    return (str(number), *rows, *(row.submission.obligation.debtor.acronym.strip() for row in pair.rows))


def test_the_page_judges_the_pairs_that_the_program_finds(real_data: Path) -> None:
    call = opened(real_data / "pige")
    import_plans(actor=OPERATOR, call=call, plans=read_plans(real_data / "pige"), on=date(2026, 11, 20))
    radar = Radar(OPERATOR, [call], everything=True)
    judged = LINE.findall(PAGE.read_text(encoding="utf-8"))
    found = [told(at, pair) for at, pair in enumerate(radar.told(radar.open[:30]), 1)]
    assert (radar.size, found) == (861, [line[:5] for line in judged])


def test_the_precision_of_the_page_is_that_of_its_judgements() -> None:
    page = PAGE.read_text(encoding="utf-8")
    same = [line[5] == "sí" for line in LINE.findall(page)]
    told = (sum(same), len(same), round(100 * sum(same) / len(same)), sum(same[:10]), sum(same[:20]))
    assert [told] == [tuple(map(int, said)) for said in SAID.findall(page)]
