"""What stands beside a figure: of how much it speaks, how much of it was checked, and why it is ranked nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.utils.translation import override

from tests.projections.overviews.evaluation.frozen import LEVELS, body, reading
from yupana.foundation.kernel.share import Share
from yupana.projections.figures.rules import ADVANCE, ADVANCE_CHECKED, ADVANCE_VERIFIED, COVERAGE, TIMELINESS
from yupana.projections.overviews.evaluation.telling import MANY, STANDS, Telling
from yupana.projections.overviews.explained.selection import Apart
from yupana.projections.overviews.figure import Figure
from yupana.projections.overviews.scores import Checked, Score, Scores

if TYPE_CHECKING:
    from collections.abc import Iterator

FIGURE = Figure(ADVANCE, ("C",), date(2018, 12, 31))
FEW = Share(1, 4)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with override("en"):
        yield


def said(template: str, **context: object) -> str:
    """The words of a part of a page."""
    return " ".join(BeautifulSoup(render_to_string(template, context), "html.parser").get_text(" ").split())


def scored(known: Share, *, enough: bool, checked: Checked | None = None, few: Share | None = None) -> str:
    score = Score(ADVANCE, Share(7, 20), FIGURE, known, enough, checked)
    of = Figure(TIMELINESS, ("B", "C"), date(2018, 12, 31))
    found = Scores(("2018-Q3",), (score,), Share(19, 27), of, ("2018-Q1", "2018-Q3"), floor=Share(7, 10), few_plans=few)
    return said("portal/parts/scores.html", scores=found)


def test_what_is_ranked_nowhere_keeps_its_number_and_says_why() -> None:
    assert [
        part in scored(known, enough=enough, few=few)
        for known, enough, few, part in (
            (Share(2, 3), False, None, "35% declared · speaks of 67% of what is due ranked nowhere: at least 70%"),
            (Share(1, 1), False, FEW, "ranked nowhere: 25% of the plans due were accepted, and 70% are needed"),
            (Share(3, 4), True, None, "35% declared · speaks of 75% of what is due nothing was verified yet"),
        )
    ] == [True, True, True]


def test_reports_in_time_say_which_periods_they_count() -> None:
    assert "19 of 27 obligations met on time, counting all periods from Q1 2018 to Q3 2018" in scored(
        Share(1, 1), enough=True
    )


def test_what_came_in_time_and_is_under_review_is_named_beside_what_was_met_in_time() -> None:
    figure = Figure(TIMELINESS, ("C",), date(2018, 12, 31))
    told = [
        said("portal/parts/timeliness.html", name="In time", share=share, in_review=many, figure=figure)
        for share, many in ((Share(2, 3), 1), (Share(2, 3), 4), (Share(), 1), (Share(), 0))
    ]
    assert told == [
        "In time 67% 2 of 3 obligations met on time; 1 more came in time and is under review",
        "In time 67% 2 of 3 obligations met on time; 4 more came in time and are under review",
        "In time still under review 1 came in time",
        "In time nothing due yet",
    ]


def test_an_evaluation_says_how_much_was_checked_beside_what_was_verified() -> None:
    told = Telling(reading(), LEVELS)
    progress = told.main()[1]
    verified = next(each for each in told.reports if each.measure == f"reports.{ADVANCE_VERIFIED}")
    assert said("portal/evaluations/cell.html", cell=progress, code="X").endswith("60% verified (12% was checked)")
    for part in ("portal/evaluations/score.html", "desk/evaluation/measure.html"):
        assert said(part, cell=verified, code="X") == "Progress, verified 60% (12% was checked)"


def test_of_several_bodies_the_words_are_those_of_several() -> None:
    counts = [{"level": "municipal", "kind": "GAM", "counts": {"silent": many, "no_data": many}} for many in (1, 2)]
    one, many = ([words for _why, words, _many in peer.unranked]
                 for peer in Telling(reading(peers=counts), LEVELS).peers())  # fmt: skip
    assert (one, many) == ([STANDS["silent"], STANDS["no_data"]], [MANY["silent"], STANDS["no_data"]])
    assert (one[0] is STANDS["silent"], many[0] is MANY["silent"]) == (True, True)


def test_who_waits_is_listed_apart_from_who_did_not_respond() -> None:
    waits = body("t:4", "Wara", "municipal", "PT", report="in_review", unranked="in_review")
    told = Telling(reading(entities=[waits, body("t:5", "Ñusta", "municipal", "PT")]), LEVELS)
    assert (
        [each["name"] for each in told.reading.silent()],
        [(code, [each["name"] for each in named]) for code, _words, named in told.pending],
    ) == (["Ñusta"], [("in_review", ["Wara"])])


@dataclass(frozen=True)
class Explained:
    """As much of an explained figure as its page asks for."""

    figure: Figure
    share: Share
    apart: Apart
    axis: str = "level"
    cut: object = None


def test_who_owes_is_counted_in_plans_and_reports_and_who_waits_is_told_apart() -> None:
    apart = Apart(waived=1, passed=0, not_due=33, silent=11, silent_bodies=7, in_review=2, returned=1, in_time=5)
    explained = Explained(Figure(COVERAGE, ("C",), date(2018, 12, 31)), Share(34, 48), apart)
    cut = SimpleNamespace(page=1, pages=1)
    explained = Explained(explained.figure, explained.share, apart, cut=cut)
    whole = said("partials/explained.html", explained=explained, rows=[], told="34 of 48", unknown="Bs 10.00")
    assert whole.partition("Apart ")[2] == (
        "Not handed in: 11 plans or reports (of 7 public bodies) Handed in and under review, not accepted yet: 2 "
        "Handed in in time and under review, and not counted until it is decided: 5 "
        "Handed in and returned to be mended: 1 Not due yet, and not counted: 33 "
        "Exempted by a recorded act, and not counted: 1"
    )


def test_the_sum_of_what_nobody_knows_is_written_as_the_rest() -> None:
    explained = Explained(FIGURE, Share(1, 2, 1_000), Apart(0, 0, 0, 0, 0, 0, 0), cut=SimpleNamespace(page=1, pages=1))
    whole = said("partials/explained.html", explained=explained, rows=[], told="x", unknown="Bs 10.00")
    assert (whole.count("Bs 10.00"), "1,000" in whole) == (2, False)


def test_what_was_checked_is_said_on_pages_of_scores_too() -> None:
    checked = Checked(Share(3, 5), Share(4, 5), Share(3, 8), FIGURE, Figure(ADVANCE_CHECKED, ("C",), FIGURE.as_of))
    assert "verified: 60% , where 80% was declared (38% was checked)" in scored(
        Share(1, 1), enough=True, checked=checked
    )
