"""The golden workbook against the whole system: it shows what was worked out by hand, to the last digit."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.golden.sheet import cases, expected
from tests.golden.test_rules import told
from tests.golden.world import World, build, place
from yupana.domain.progress.histories import histories
from yupana.domain.progress.rules import advance
from yupana.foundation.kernel.share import Share
from yupana.foundation.ledger.actions import seal
from yupana.projections.figures import public, rules
from yupana.projections.figures.actions import check, follow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.golden.sheet import Case

EVER = date(2030, 1, 1)
OBLIGED = (rules.COVERAGE, rules.TIMELINESS)


@pytest.mark.django_db
def test_the_system_shows_what_was_worked_out_by_hand() -> None:
    worlds = build([case for case in cases() if case.is_planned])
    seal()
    follow()
    for world in worlds:
        asked = [case for case in world.cases if case.cells != "with the body"]
        assert cells(world, asked) == {case.case: case.shares for case in asked}
        held = [case for case in world.cases if case.amended != "none"]
        by_hand = {case.case: (expected(case.final), expected(case.to_date), case.flags) for case in held}
        assert advances(world, held) == by_hand
    assert check() == ()


def cells(world: World, asked: Sequence[Case]) -> dict[str, dict[str, Share]]:
    """What the system shows of the first item; and of the obligation to report, where a case tells that."""
    found: dict[str, dict[str, Share]] = {case.case: {} for case in asked}
    calls = [call.pk for call in world.reports.values()]
    for measure in (*rules.PROGRESS, *OBLIGED):
        items = None if measure in OBLIGED else [world.items["1"]]
        read = public.shares(measure=measure, calls=calls, as_of=EVER, items=items, by=("call", "territory"))
        for case in asked:
            key = (world.reports[case.asked].pk, place(world.cases, case.body))
            is_asked = measure in case.shares if measure in OBLIGED else key in read
            if is_asked:
                found[case.case][measure] = read.get(key, Share())
    return found


def advances(world: World, held: Sequence[Case]) -> dict[str, tuple[object, object, str]]:
    """How far activities are, as pages read it."""
    keys = {case.case: world.owed(world.call, case.body)[0].pk for case in held}
    read, found = histories(set(keys.values())), {}
    for case in held:
        history = read[keys[case.case]]
        line = next(each for each in history.lines if each.row == int(case.row))
        now = advance(line.promise, line.said, case.asked, expected=history.before(case.asked, line))
        found[case.case] = (told(now.final), told(now.to_date), " ".join(sorted(now.flags)))
    return found
