"""What a frozen figure is made of: its parts add up to it, wherever it is opened."""

from __future__ import annotations

from itertools import product

import pytest

from tests.projections.overviews.evaluation.frozen import HOLDS, ONE, TWO, figures, reading
from yupana.foundation.kernel.share import Share
from yupana.projections.figures import rules
from yupana.projections.overviews.evaluation.breaking import EVERYWHERE, MEASURES, Broken, Part, Where, broken_down
from yupana.projections.overviews.evaluation.population import PENDING, Owes
from yupana.projections.overviews.evaluation.reading import Reading, score_of, share_of
from yupana.projections.overviews.figure import BELOW, NO_LINE

PROGRESS, COVER, MONEY = (f"reports.{each}" for each in (rules.ADVANCE, rules.COVERAGE, rules.EXECUTION))


def of(told: Reading, measure: str, where: Where = EVERYWHERE) -> Broken:
    found = broken_down(told, measure, where)
    assert found is not None
    return found


def test_a_figure_of_progress_is_its_lines_with_their_weights() -> None:
    found = of(reading(), PROGRESS)
    assert (found.share, found.score, list(found.rows), found.is_money, found.is_of_bodies) == (
        Share(13_000, 20_000, 20_000),
        Share(5_250, 10_000),
        [
            Part(ONE, "Contar lo propio", Share(4_000, 10_000, 10_000), 750_000_000, Where(item=ONE)),
            Part(TWO, "Contar con otros", Share(9_000, 10_000, 10_000), 250_000_000, Where(item=TWO)),
        ],
        False,
        False,
    )


def test_money_has_no_weights_and_what_answers_no_line_is_a_part() -> None:
    found = of(reading(), MONEY)
    assert (list(found.rows), found.is_money) == (
        [
            Part(ONE, "Contar lo propio", Share(50, 100), None, Where(item=ONE)),
            Part(NO_LINE, "", Share(20, 50), None, Where(item=NO_LINE)),
        ],
        True,
    )  # fmt: skip


def test_coverage_is_its_bodies_without_those_who_owed_nothing() -> None:
    found = of(reading(), COVER)
    rows = [(row.name, row.text, row.share, row.weight) for row in found.rows]
    assert (rows, found.score, found.is_of_bodies) == (
        [("t:1", "Ábaco", Share(1, 1), None), ("t:2", "Ñandú", Share(0, 1), None)], Share(5_000, 10_000), True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("where", "names"),
    [
        ({"level": "municipal"}, ["t:1", "t:2"]),
        ({"territory": "PT"}, ["t:1"]),
    ],
)
def test_a_group_is_made_of_its_own_bodies(where: dict[str, str], names: list[str]) -> None:
    found = of(reading(), COVER, Where(**where))
    assert ([row.name for row in found.rows], sum((row.share for row in found.rows), Share())) == (names, found.share)


@pytest.mark.parametrize("name", [HOLDS, f"{HOLDS}{BELOW}"])
def test_a_branch_is_made_of_the_lines_in_it(name: str) -> None:
    assert [row.name for row in of(reading(), PROGRESS, Where(item=name)).rows] == [ONE, TWO]


def test_a_line_is_made_of_levels_and_the_numbers_end_where_there_is_one_alone() -> None:
    told = figures()
    told["levels"].append({**told["levels"][0], "level": "central"})
    found = of(Reading(told), PROGRESS, Where(item=ONE))
    assert ([(row.name, row.where) for row in found.rows], found.by) == (
        [(name, Where(level=name, item=ONE)) for name in ("municipal", "central")], "level",
    )  # fmt: skip
    ends = (Where(item=ONE), Where(level="municipal", item=TWO), Where(item=NO_LINE))
    assert [broken_down(reading(), MONEY if at.item == NO_LINE else PROGRESS, at) for at in ends] == [None] * 3


def test_a_line_of_which_nothing_is_told_is_no_part() -> None:
    found = of(reading(), f"reports.{rules.ADVANCE_VERIFIED}")
    assert [row.name for row in found.rows] == [TWO]


@pytest.mark.parametrize("own", [0, 500])
def test_a_line_that_holds_others_stands_beside_them_with_its_own_alone_and_weighs_nothing(own: int) -> None:
    """Counted with all that lies in it, it would count twice."""
    told = figures()
    told["items"][0] |= {"binds": True, "lines": [HOLDS, ONE, TWO]}
    for each in (told["total"], told["items"][0]):
        each["reports"][rules.ADVANCE][0] += own
    rows = of(Reading(told), PROGRESS).rows
    assert {row.name: (row.weight, row.share.done) for row in rows} == {
        **({HOLDS: (0, own)} if own else {}), ONE: (750_000_000, 4_000), TWO: (250_000_000, 9_000),
    }  # fmt: skip
    assert [row.name for row in of(Reading(told), PROGRESS, Where(item=f"{HOLDS}{BELOW}")).rows][-2:] == [ONE, TWO]


@pytest.mark.parametrize(
    "where",
    [
        {"level": "nada"},
        {"level": "central"},  # nobody of it was counted
        {"territory": "LP"},
        {"item": "PLAN/1#line:9"},
        {"item": "PLAN/2#line:1"},
        {"level": "municipal", "territory": "PT"},  # frozen figures tell no two at once
        {"level": "municipal", "item": HOLDS},
        {"territory": "PT", "item": f"{ONE}{BELOW}"},
        {"item": NO_LINE},  # of progress everything answers a line
    ],
)
def test_what_was_not_frozen_is_not_there(where: dict[str, str]) -> None:
    with pytest.raises(LookupError):
        of(reading(), PROGRESS, Where(**where))


@pytest.mark.parametrize(
    "measure",
    ["", ".", "reports", "reports.", "reports.nada", "nada.coverage", f"plans.{rules.ADVANCE}", "total.plans"],
)
def test_what_is_not_counted_is_not_there(measure: str) -> None:
    with pytest.raises(LookupError):
        of(reading(), measure)


def test_bodies_are_not_told_by_item() -> None:
    with pytest.raises(LookupError):
        of(reading(), COVER, Where(item=ONE))


WHERE: tuple[dict[str, str], ...] = (
    {},
    {"level": "municipal"},
    {"territory": "PT"},
    {"item": HOLDS},
)


@pytest.mark.parametrize(("where", "measure"), list(product(WHERE, MEASURES)))
def test_the_parts_of_each_figure_add_up_to_it(where: dict[str, str], measure: str) -> None:
    try:
        found = of(reading(), measure, Where(**where))
    except LookupError:  # nothing of it was due, or it is not told by line
        return
    assert sum((row.share for row in found.rows), Share()) == found.share


@pytest.mark.parametrize(
    ("told", "share", "score"),
    [
        (None, Share(), None),
        ([], Share(), None),
        ([1, 2, 3, None], Share(1, 2, 3), None),
        ([0, 2, 0, 0], Share(0, 2), Share(0, 10_000)),
        ([3, 2, 0, 15_000], Share(3, 2), Share(15_000, 10_000)),
        ([0, 0, 7, None], Share(0, 0, 7), None),
    ],
)
def test_four_numbers_are_a_share_and_its_ratio(
    told: list[int | None] | None, share: Share, score: Share | None
) -> None:
    assert (share_of(told), score_of(told)) == (share, score)


@pytest.mark.parametrize(
    ("changed", "stands", "names"),
    [
        ({}, Owes.SILENT, ["t:2"]),
        ({}, Owes.ACCEPTED, ["t:1"]),
        ({}, Owes.NOTHING, ["t:3"]),
        ({}, Owes.WAIVED, []),
        # Where no report was asked for yet, plans speak.
        ({"report": ""}, Owes.ACCEPTED, ["t:1", "t:2"]),
        ({"report": ""}, Owes.NOT_DUE, ["t:3"]),
        ({"report": ""}, Owes.SILENT, []),
    ],
)
def test_bodies_are_found_by_where_they_stand(changed: dict[str, str], stands: Owes, names: list[str]) -> None:
    assert [each["entity"] for each in reading(**changed).standing(stands)] == names


def test_silent_is_whoever_owed_a_plan_or_a_report_and_gave_none() -> None:
    told = figures()
    for plan, report in (("silent", "nothing"), ("accepted", "silent"), ("waived", "passed"), ("silent", "silent"),
                         ("in_review", "silent"), ("accepted", "in_review"), ("accepted", "returned")):  # fmt: skip
        told["entities"].append({**told["entities"][0], "entity": f"{plan}/{report}", "plan": plan, "report": report})
    assert [each["entity"] for each in Reading(told).silent()] == [
        "t:2", "silent/nothing", "accepted/silent", "silent/silent",
    ]  # fmt: skip
    pending = {each: [body["entity"] for body in Reading(told).pending(each)] for each in PENDING.values()}
    assert pending == {
        Owes.IN_REVIEW: ["in_review/silent", "accepted/in_review"], Owes.RETURNED: ["accepted/returned"],
    }  # fmt: skip
