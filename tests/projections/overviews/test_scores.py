"""How far it is: declared and verified side by side, with what they speak of; read from the last closed period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.cast import Cast, obligation_of
from tests.domain.progress.stage import PLAN, QUARTERS, SAID, accepted, asked, planned
from yupana.domain.instruments import public as instruments
from yupana.domain.progress.actions import give_verdict
from yupana.domain.progress.rules import Said
from yupana.foundation.kernel.quantity import SCALE
from yupana.foundation.kernel.share import Share
from yupana.projections.figures.rules import ADVANCE, EFFICACY, EXECUTION
from yupana.projections.followers import tick
from yupana.projections.overviews.figure import NO_LINE, Figure
from yupana.projections.overviews.scores import Score, scores

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(2018, 4, 1), date(2018, 12, 31)


def test_scores_speak_of_what_is_known_and_say_how_much_that_is(cast: Cast) -> None:
    plans = planned(cast, PLAN, bodies=(cast.a, cast.b))
    first = asked(plans)
    version = accepted(
        cast,
        obligation_of(first, cast.a),
        [*SAID[:2], replace(SAID[2], current_cents=80_00, accrued_cents=20_00)],
    )
    give_verdict(
        actor=cast.auditor, submission=version, row=1, said=Said(15 * SCALE), basis="Acta", on=date(2018, 6, 1)
    )
    tick()
    book = instruments.edition("PLAN", "1")
    tree = instruments.tree(book.id)
    line = tree[0].children[0]

    def read(**of: object) -> dict[str, Score]:
        found = scores(book, tree, AFTER, **of)  # type: ignore[arg-type] # of what, by name
        return {each.measure: each for each in found.scores} if found else {}

    whole, part, body = read(), read(at=line), read(entity=(cast.a.pk, "cast:4"))
    checked = part[EFFICACY].checked
    assert checked is not None
    assert (
        scores(book, tree, BEFORE),
        (part[ADVANCE].share, part[ADVANCE].known, part[ADVANCE].enough, part[ADVANCE].figure.item),
        (part[EFFICACY].share.ratio, checked.found.ratio, checked.declared.ratio, checked.part),
        (body[ADVANCE].share, body[ADVANCE].known, body[ADVANCE].enough, body[ADVANCE].figure.entity),
        (whole[EXECUTION].share, whole[EXECUTION].known),
        [(each[EXECUTION].beside, each[EXECUTION].of_beside) for each in (whole, body)],
        part[EXECUTION].beside,
        read(entity=(cast.c.pk, "cast:6")),
    ) == (
        None,
        (Share(2_000, 10_000, 10_000), Share(10_000, 20_000), False, "PLAN/1#line:1"),
        (Share(4, 5).ratio, Share(3, 5).ratio, Share(4, 5).ratio, Share(10_000, 20_000)),
        (Share(9, 40), Share(1, 1), True, "cast:4"),
        (Share(100_00, 1_000_00, 3_000_00), Share(1_000_00, 4_000_00)),
        [
            (Share(20_00, 80_00, silent), Figure(EXECUTION, (first.code,), AFTER, item=NO_LINE, entity=name))
            for name, silent in (("", 1_000_00), ("cast:4", 0))
        ],
        Share(),
        {},
    )


def test_the_last_closed_period_is_read(cast: Cast) -> None:
    plans = planned(cast, PLAN)
    said = [replace(each, cause="staff", variation="Faltó gente") for each in SAID]
    for quarter in QUARTERS[:2]:
        accepted(cast, obligation_of(asked(plans, quarter), cast.a), said)
    tick()
    book = instruments.edition("PLAN", "1")
    tree = instruments.tree(book.id)
    found = [scores(book, tree, day) for day in (date(2018, 7, 1), AFTER)]
    assert [each and (each.periods, each.timeliness, each.timely_periods) for each in found] == [
        (("2018-Q1",), Share(1, 1), ("2018-Q1", "2018-Q1")),
        (("2018-Q2",), Share(2, 2), ("2018-Q1", "2018-Q2")),
    ]  # fmt: skip
