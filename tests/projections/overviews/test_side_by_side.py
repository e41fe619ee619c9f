"""Two versions of one plan beside each other, and what was promised first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import translation

from tests.cast import ACCEPTED_ON, AMENDED, ROWS, Cast, hand_in, make_call, make_draft, make_edition, make_plan
from tests.cast import obligation_of as owed_by
from yupana.domain.commitments.actions import return_plan
from yupana.domain.commitments.facts import AlsoAnswers, Money, PlanRow, Value
from yupana.domain.commitments.rules import Moved
from yupana.foundation.kernel.errors import Missing
from yupana.projections.overviews.plan_form import version
from yupana.projections.overviews.side_by_side import amendment, changes, reprogrammed, side_by_side

if TYPE_CHECKING:
    from yupana.domain.obligations.models import Obligation
    from yupana.domain.submissions.models import Submission
    from yupana.foundation.kernel.actor import Actor
    from yupana.projections.overviews.side_by_side import SideBySide

ROW = replace(
    ROWS[0], item="PLAN/1#line:1", medium="project", programmed=(Value("2018", 10_0000),), money=(Money(2018, 100_00),)
)
SECOND = replace(ROW, row=2, name="Contar los surcos")
NAMES = {"PLAN/1#line:1": "1 · Contar lo propio", "PLAN/1#line:2": "2 · Contar con otros"}


def told(before: list[PlanRow], after: list[PlanRow]) -> list[Any]:
    return [
        (each.row, each.act.value, [(cell.field, "".join(_marked(cell.pieces))) for cell in each.cells])
        for each in changes(before, after, NAMES)
    ]


def _marked(pieces: Any) -> list[str]:  # noqa: ANN401 - pieces of text
    signs = {"kept": "{}", "removed": "[-{}]", "added": "[+{}]"}
    return [signs[piece.mark].format(piece.text) for piece in pieces]


@pytest.mark.parametrize(
    ("after", "found"),
    [
        ([ROW], []),
        ([replace(ROW, name="Contar los surcos")], [(1, "change", [("name", "Contar los [-granos][+surcos]")])]),
        ([replace(ROW, medium="activity")], [(1, "change", [("medium", "[-project][+activity]")])]),
        (
            [replace(ROW, item="PLAN/1#line:2", also=(AlsoAnswers("PLAN/1#line:1", 3000),))],
            [
                (
                    1,
                    "change",
                    [
                        ("also", "[+1 · Contar lo propio · 30 %]"),
                        ("item", "[-1][+2] · Contar [-lo propio][+con otros]"),
                    ],
                )
            ],
        ),
        (
            [replace(ROW, money=(Money(2018, 50_00),), budget_cents=50_00)],
            [(1, "change", [("money", "2018 · [-100][+50],00")])],
        ),
        ([ROW, SECOND], [(2, "add", [])]),
    ],
)
def test_each_cell_that_changed_is_marked_word_by_word(after: list[PlanRow], found: list[Any]) -> None:
    with translation.override("en"):
        assert told([ROW], after) == found


# --- of versions that were handed in -------------------------------------------------------------------------------
@pytest.fixture
def owed(cast: Cast) -> Obligation:
    make_edition()
    return owed_by(make_call(), cast.a)


def beside(reader: Actor, submission: Submission, against: int | None = None) -> SideBySide | None:
    found = version(reader, submission.pk)
    return side_by_side(found.plan.submission, found.others, against)


def test_a_version_is_read_beside_the_one_before_or_the_one_that_is_chosen(cast: Cast, owed: Obligation) -> None:
    first = make_plan(cast, owed, [ROW, SECOND])
    second = hand_in(cast.inti, owed, [replace(ROW, target="90"), SECOND])
    return_plan(actor=cast.amaru, submission=second, reason="x", remarks={}, on=ACCEPTED_ON)
    third = hand_in(cast.inti, owed, [replace(ROW, target="90"), replace(SECOND, name="Contar más")])
    for against, rows, same, before in ((None, [2], 1, second), (1, [1, 2], 0, first)):
        found = beside(cast.amaru, third, against)
        assert found
        assert (sorted(found.touched), found.same, found.before) == (rows, same, before)
    assert beside(cast.amaru, first) is None


@pytest.mark.parametrize("against", [0, 2, 3])
def test_there_is_nothing_beside_it_that_is_no_earlier_version(cast: Cast, owed: Obligation, against: int) -> None:
    make_plan(cast, owed)
    second = hand_in(cast.inti, owed)
    with pytest.raises(Missing):
        beside(cast.amaru, second, against)


def test_who_may_not_read_the_earlier_one_is_not_told_of_it(cast: Cast, owed: Obligation) -> None:
    first = hand_in(cast.inti, owed)
    return_plan(actor=cast.amaru, submission=first, reason="x", remarks={}, on=ACCEPTED_ON)
    second = make_plan(cast, owed)
    assert (beside(cast.inti, second) is None, beside(cast.killa, second)) == (False, None)


def test_a_draft_is_compared_by_nobody(cast: Cast, owed: Obligation) -> None:
    make_plan(cast, owed)
    with pytest.raises(Missing):
        beside(cast.inti, make_draft(cast.inti, owed))


def test_a_planner_sees_before_handing_in_what_an_amendment_lacks(cast: Cast, owed: Obligation) -> None:
    passed = replace(ROW, programmed=(Value("2018-M1", 1_0000),))
    first = make_plan(cast, owed, [passed])
    draft = make_draft(cast.inti, owed, [ROW])
    found = amendment(draft, ACCEPTED_ON)
    assert found
    told = [(cell.field, cell.before, cell.after) for cell in found.past]
    assert (found.accepted, found.unexplained, told) == (first, False, [("value:2018-M1", "1", "")])
    draft.act = ""
    bare = amendment(draft, ACCEPTED_ON)
    assert bare
    assert (bare.unexplained, amendment(first, ACCEPTED_ON)) == (True, None)


def test_the_public_reads_what_an_amendment_changed_and_what_was_promised_first(
    cast: Cast,
    owed: Obligation,
    query_budget: Any,  # noqa: ANN401 - a fixture of conftest
) -> None:
    make_plan(cast, owed, [ROW])
    with query_budget(1):
        assert reprogrammed([owed.pk]) == {}
    make_plan(cast, owed, [replace(ROW, target="8")])
    make_plan(cast, owed, [replace(ROW, target="8"), SECOND])
    with query_budget(7):
        found = reprogrammed([owed.pk])[owed.pk]
    assert (found.version, found.act, [(each.row, each.act.value) for each in found.rows], found.promises) == (
        3,
        AMENDED.act,
        [(2, "add")],
        {1: (Moved("target", "100", "8", AMENDED.act),)},
    )


def test_of_a_restricted_call_the_public_reads_nothing(cast: Cast) -> None:
    make_edition()
    owed = owed_by(make_call(visibility="restricted"), cast.a)
    for target in ("1", "2"):
        make_plan(cast, owed, [replace(ROW, target=target)])
    assert reprogrammed([owed.pk]) == {}
