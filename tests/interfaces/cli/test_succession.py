"""Bodies that go on with the work of others, from the console."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cast import make_call, make_edition, make_entities, make_people, make_plan, obligation_of
from yupana.domain.commitments.models import RowTransfer
from yupana.domain.entities.models import Succession

if TYPE_CHECKING:
    from tests.interfaces.cli.conftest import Yupana

pytestmark = pytest.mark.django_db
WORDS = ("--reason", "Fusión", "--act", "Ley 1/2018")


@pytest.fixture(autouse=True)
def world(db: None) -> None:
    cast = make_people(make_entities())
    make_edition()
    call = make_call(audience="all")
    make_plan(cast, obligation_of(call, cast.a))


def test_a_body_succeeds_and_takes_over(yupana: Yupana) -> None:
    recorded = yupana("succeed", "B-1", "A-1", "--from", "2018-06-01", "--act", "Ley 1/2018")
    passed = yupana("call", "transfer", "PLAN-2018", "A-1", "B-1", *WORDS)
    assert (recorded.code, passed.code, Succession.objects.count(), RowTransfer.objects.count()) == (0, 0, 1, 1)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("A-1", "B-1", *WORDS), "Municipio de Ñandú"),
        (("A-1", "B-1", "--row", "uno=C-1", *WORDS), "uno=C-1"),
        (("A-1", "X-9", *WORDS), "X-9"),
    ],
)
def test_what_cannot_pass_is_told(yupana: Yupana, words: tuple[str, ...], said: str) -> None:
    told = yupana("call", "transfer", "PLAN-2018", *words)
    assert (told.code, said in told.err, RowTransfer.objects.count()) == (1, True, 0)
