"""What a body is told to carry out with another: the last word alone, and only what everybody may read of the other."""

from __future__ import annotations

import pytest

from tests.cast import ACCEPTED_ON, Cast, hand_in, make_call, make_edition, make_plan, obligation_of
from yupana.domain.commitments.actions.likening import liken
from yupana.domain.commitments.likenesses import RowOf
from yupana.projections.overviews.joint import joint

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("words", "accepted", "visibility", "of_a", "of_b"),
    [
        (["join"], True, "public", ["Municipio de Ñandú"], ["Municipio de Ábaco"]),
        (["different", "join"], True, "public", ["Municipio de Ñandú"], ["Municipio de Ábaco"]),
        (["join", "different"], True, "public", [], []),
        (["join"], False, "public", [], ["Municipio de Ábaco"]),
        (["join"], True, "restricted", [], []),
    ],
)
def test_each_reads_who_plans_the_same(
    cast: Cast,
    words: list[str],
    accepted: bool,
    visibility: str,
    of_a: list[str],
    of_b: list[str],
) -> None:
    make_edition()
    call = make_call(visibility=visibility)
    one, two = obligation_of(call, cast.a), obligation_of(call, cast.b)
    make_plan(cast, one)
    make_plan(cast, two, actor=cast.killa) if accepted else hand_in(cast.killa, two)
    for word in words:
        liken(actor=cast.amaru, first=RowOf(one.pk, 1), second=RowOf(two.pk, 1), verdict=word, on=ACCEPTED_ON)
    told = [[each.other.submission.obligation.debtor.name for each in joint(who)] for who in (cast.inti, cast.killa)]
    assert told == [of_a, of_b]
    assert joint(cast.amaru) == ()
