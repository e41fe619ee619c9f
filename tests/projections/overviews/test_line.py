"""The rows behind a number: exactly as many as the figures count, whatever happened."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from tests import cast as house
from tests.projections.figures.stage import LATER
from tests.projections.figures.test_following import DAYS, EARLY, LATE, Interleaving, few
from yupana.domain.obligations.actions import extend, waive
from yupana.domain.obligations.models import Obligation
from yupana.domain.obligations.rules import Expects, Standing
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.share import Share
from yupana.foundation.ledger.actions import seal
from yupana.projections.figures import public as figures
from yupana.projections.figures import rules
from yupana.projections.figures.actions import follow
from yupana.projections.followers import tick
from yupana.projections.overviews.line import ACCEPTED, STANDINGS, Debtor, answering, counted, debtors

if TYPE_CHECKING:
    from yupana.domain.obligations.models import Call
    from yupana.foundation.kernel.rows import Rows

DAY = date(2018, 7, 15)
# What the words of a list stand for, by the rules of standing.
MEANT = {
    "accepted": ACCEPTED,
    "silent": {Standing.OPEN, Standing.LATE},
    "on_time": {Standing.MET},
    "late": {Standing.MET_LATE},
    "uncertain": {Standing.MET_DATE_UNKNOWN},
    "waived": {Standing.WAIVED},
}


def line_of(call: Call, code: str = "1") -> int:
    return call.scopes.get().items.get(role="line", code=code).pk


def codes(rows: Rows[Debtor]) -> list[str]:
    return [row.row.code for row in rows]


class Listed(Interleaving):
    """Whatever moves a figure, in any order: at any date the lists hold what the figures count."""

    @rule(day=st.sampled_from((date(2024, 1, 1), *DAYS)), level=st.sampled_from(("", "municipal", "central")))
    def compare(self, day: date, level: str) -> None:
        seal()
        follow()
        calls = sorted({owed.call.pk for owed in self.owed})
        plans = sorted({owed.call.pk for owed in self.owed if owed.call.expects == Expects.PLAN})  # as pages list lines
        self.compare_lines(plans, day, level)
        self.compare_standings(calls, day, level)

    def teardown(self) -> None:
        try:
            self.compare(LATER, "")
        finally:
            super().teardown()

    def compare_lines(self, calls: list[int], day: date, level: str) -> None:
        for item in (item.pk for item in self.stage.items):
            share = shared(rules.ANSWERED, calls, day, level, [item])
            who = {word: answering(calls, item, day, level=level, answer=word) for word in ("", "yes", "no")}
            rows = list(who[""])
            assert [len(who[word]) for word in ("", "yes", "no")] == [share.due, share.done, share.missing]
            assert [bool(row.activities) for row in rows] == [True] * share.done + [False] * share.missing
            assert rows == [*who["yes"], *who["no"]]
            assert level or counted(calls, item, day) == share

    def compare_standings(self, calls: list[int], day: date, level: str) -> None:
        lists = {word: list(debtors(calls, day, level=level, standing=word)) for word in ("", *STANDINGS)}
        handed, timely = (shared(measure, calls, day, level) for measure in (rules.COVERAGE, rules.TIMELINESS))
        undated = sum(row.row.due_on is None for row in lists["silent"])
        number = {word: len(rows) for word, rows in lists.items()}
        assert (number["accepted"], number["silent"], number[""]) == (handed.done, handed.missing, handed.due)
        hangs, may_hang, in_doubt = self.in_review(calls, day, level)
        assert (number["on_time"], hangs + may_hang) == (timely.done, figures.in_review(handed, timely))
        assert number["uncertain"] + undated == timely.unknown - in_doubt + may_hang
        assert number["late"] + number["silent"] - undated == timely.missing + in_doubt + hangs
        assert {word for word, kinds in MEANT.items() if {row.row.standing for row in lists[word]} - kinds} == set()

    def in_review(self, calls: list[int], day: date, level: str) -> tuple[int, int, int]:
        """Count what hangs on a review, and of that what was uncertain before; and what is in doubt only by a review.

        The lists say how things stand without it.
        """
        body = self.stage.bodies
        waits = [
            (owed.timeliness(), any(version.met_on is None for version in owed.accepted))
            for owed in self.owed
            if owed.review and owed.due_on and owed.due_on <= day and not owed.waived and owed.call.pk in calls
            and level in ("", body[owed.body].level_id)
        ]  # fmt: skip
        return (
            sum(share is None and not doubt for share, doubt in waits),
            sum(share is None and doubt for share, doubt in waits),
            sum(share == Share(0, 0, 1) and not doubt for share, doubt in waits),
        )


def shared(measure: str, calls: list[int], day: date, level: str, items: list[int] | None = None) -> Share:
    return figures.shares(measure=measure, calls=calls, as_of=day, items=items, level=level).get((), Share())


@pytest.mark.django_db
def test_lists_hold_what_the_figures_count_whatever_happened() -> None:
    run_state_machine_as_test(Listed, settings=settings(max_examples=few(15), stateful_step_count=20))


@pytest.mark.django_db
def test_lists_hold_what_the_figures_count_of_everything_that_can_happen() -> None:
    """What chance may miss: two versions, rows moved to a line, from it and to none, old paper, more time, a waiver."""
    what = Listed()
    what.begin()
    what.submit(0, [(0, 4), (2, 1)], 4)
    what.accept(0, EARLY)
    what.submit(0, [(1, 4)], 4)
    what.accept(0, LATE)
    what.submit(1, [(0, 1), (None, 2), (1, 3)], 4)
    for row, line in ((0, 1), (1, 0), (2, None)):
        what.reclassify(1, 0, row, line)
    what.accept(1, None)
    what.extend(2, LATER)
    what.open_call(None, 3, 4, 3)
    what.submit(3, [(2, 4), (2, 1)], 4)
    what.accept(3, EARLY)
    what.waive(4)
    what.open_call(EARLY, 1, 4, 2)
    what.submit(6, [(0, 4)], 4)
    what.accept(6, LATE)
    for met_on in (LATE, None):
        what.submit(7, [(0, 4)], 4)
        what.accept(7, met_on)
    for day in (date(2024, 1, 1), *DAYS):
        for level in ("", "municipal", "central"):
            what.compare(day, level)
    what.teardown()


def test_a_list_holds_who_answers_and_who_does_not(cast: house.Cast) -> None:
    house.make_edition()
    call = house.make_call()
    house.make_plan(cast, house.obligation_of(call, cast.a))
    rows = answering([call.pk], line_of(call), DAY)
    assert [(row.row.code, [act.name for act in row.activities]) for row in rows] == [
        ("A-1", ["Contar los granos"]),
        ("B-1", []),
    ]


def test_who_answers_comes_first_then_names_decide(cast: house.Cast) -> None:
    house.make_edition()
    call = house.make_call(audience="all")
    house.make_plan(cast, house.obligation_of(call, cast.b), actor=cast.killa)
    assert (codes(answering([call.pk], line_of(call), DAY)), codes(debtors([call.pk], DAY))) == (
        ["B-1", "100", "C-1", "A-1"],
        ["100", "C-1", "A-1", "B-1"],
    )


def test_what_one_body_owes_to_several_calls_stands_together_the_newest_first(cast: house.Cast) -> None:
    house.make_edition()
    calls = [house.make_call(code=code, opens_on=date(2018, month, 1)).pk for code, month in (("UNO", 2), ("DOS", 3))]
    assert [(row.row.code, row.row.call) for row in debtors(calls, DAY)] == [
        ("A-1", "DOS"), ("A-1", "UNO"), ("B-1", "DOS"), ("B-1", "UNO"),
    ]  # fmt: skip


def test_an_answer_to_one_call_is_none_to_another(cast: house.Cast) -> None:
    house.make_edition()
    first, second = house.make_call(code="UNO"), house.make_call(code="DOS")
    house.make_plan(cast, house.obligation_of(first, cast.a))
    rows = answering([first.pk, second.pk], line_of(first), DAY, answer="yes")
    assert [(row.row.code, row.row.call) for row in rows] == [("A-1", "UNO")]


def test_a_restricted_call_is_in_no_list(cast: house.Cast) -> None:
    house.make_edition()
    call = house.make_call(visibility="restricted")
    house.make_plan(cast, house.obligation_of(call, cast.a))
    item = line_of(call)
    assert (len(debtors([call.pk], DAY)), len(answering([call.pk], item, DAY)), counted([call.pk], item, DAY)) == (
        0, 0, Share(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("days", "found"),
    [(-1, []), (0, ["A-1"]), (15, ["A-1"]), (92, ["A-1", "B-1"])],
)
def test_what_is_due_later_stays_out_and_who_is_waived_too(cast: house.Cast, days: int, found: list[str]) -> None:
    house.make_edition()
    call = house.make_call(audience="level:municipal or level:departmental")
    later = date(2018, 9, 30)
    extend(actor=OPERATOR, obligation=house.obligation_of(call, cast.b), due_on=later, reason="x", act="1", on=DAY)
    waive(actor=OPERATOR, obligation=house.obligation_of(call, cast.c), reason="x", act="2", on=DAY)
    tick()
    day = house.DUE_ON + timedelta(days=days)
    assert (codes(debtors([call.pk], day)), codes(debtors([call.pk], day, standing="waived"))) == (found, ["C-1"])


def test_pages_hold_every_row_once_also_of_bodies_with_one_name(cast: house.Cast) -> None:
    house.make_edition()
    call = house.make_call(audience="all")
    type(cast.a).objects.update(sort_key="same", name="Same")
    rows = answering([call.pk], line_of(call), DAY)
    pages = [row.row.obligation_id for at in range(4) for row in rows[at : at + 1]]
    assert pages == list(Obligation.objects.order_by("debtor").values_list("pk", flat=True))
