"""Of which bodies and periods an indicator is read, and what of it everybody may know."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.cast import make_call, make_edition, make_plan, obligation_of
from tests.domain.progress.stage import PLAN, asked
from tests.domain.progress.targets import BARNS, CITIZENS, DAY, MUNICIPAL, QUARTER, TARGETS, barns, called, rate, said
from yupana.domain.instruments.models import Item
from yupana.domain.obligations.actions import extend, waive
from yupana.domain.obligations.models import Call
from yupana.domain.progress.actions import (
    accept_report,
    load_sheets,
    return_report,
    save_measured,
    save_rows,
    set_sheet,
    start_report,
    submit_report,
)
from yupana.domain.progress.facts import MeasuredValue
from yupana.domain.progress.indicators import Reported, fields_of, name_of, reported, sheet_of, sheets_of
from yupana.domain.progress.public.indicators import measured
from yupana.domain.progress.rules import Said
from yupana.domain.progress.rules.sheets import SheetFields
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.quantity import SCALE
from yupana.foundation.ledger.actions import seal
from yupana.projections.figures.actions import check, follow
from yupana.projections.proof import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from tests.cast import Cast
    from yupana.domain.instruments.models import Edition
    from yupana.domain.obligations.models import Obligation
    from yupana.domain.progress.models import Sheet

pytestmark = pytest.mark.django_db
ONE = timedelta(1)
TWO, THREE = Said(2 * SCALE), Said(3 * SCALE)


def sheet(edition: Edition, code: str = "4") -> Sheet:
    found = sheet_of(Item.objects.get(edition=edition, role="target", code=code))
    assert found
    return found


def read(edition: Edition, as_of: date, code: str = "4") -> Reported:
    return reported([sheet(edition, code)], Call.objects.all(), as_of=as_of)[sheet(edition, code).item_id]


def due(owed: Obligation) -> date:
    assert owed.due_on
    return owed.due_on


def test_an_item_is_named_as_reports_name_it(cast: Cast) -> None:
    edition, _ = called(cast)
    assert name_of(sheet(edition).item) == BARNS


def test_a_report_is_asked_for_from_its_due_day_on(cast: Cast) -> None:
    edition, call = called(cast)
    owed = obligation_of(asked(call), cast.a)
    said(cast, cast.inti, owed, [barns(2)])
    told = [read(edition, due(owed) + days * ONE) for days in (-1, 0, 1)]
    both = {cast.a.pk: ["2018-Q1"], cast.b.pk: ["2018-Q1"]}
    assert [each.asked for each in told] == [{}, both, both]
    assert [each.said for each in told] == [{}, *[{cast.a.pk: {"2018-Q1": TWO}}] * 2]


def test_more_time_for_one_body_moves_it_alone(cast: Cast) -> None:
    edition, call = called(cast)
    owed = obligation_of(asked(call), cast.a)
    said(cast, cast.inti, owed, [barns(2)])
    later = due(owed) + 10 * ONE
    extend(actor=OPERATOR, obligation=owed, due_on=later, reason="x", act="RM 1", on=due(owed))
    asked_on = [set(read(edition, day).asked) for day in (due(owed), later - ONE, later)]
    assert asked_on == [{cast.b.pk}, {cast.b.pk}, {cast.a.pk, cast.b.pk}]
    assert (read(edition, later - ONE).said, set(read(edition, later).said)) == ({}, {cast.a.pk})


def test_who_was_waived_was_not_asked_also_where_it_reported(cast: Cast) -> None:
    edition, call = called(cast)
    owed = obligation_of(asked(call), cast.a)
    said(cast, cast.inti, owed, [barns(2)])
    waive(actor=OPERATOR, obligation=owed, reason="x", act="RM 1", on=due(owed))
    told = read(edition, due(owed))
    assert (set(told.asked), told.said) == ({cast.b.pk}, {})


def test_what_is_waited_for_returned_or_a_draft_says_nothing_and_the_last_accepted_version_holds(cast: Cast) -> None:
    edition, call = called(cast)
    owed = obligation_of(asked(call), cast.a)
    day, seen = due(owed), []

    def note() -> None:
        seen.append(dict(read(edition, day).said))

    draft = start_report(actor=cast.inti, obligation=owed, on=owed.call.opens_on)
    save_rows(actor=cast.inti, submission=draft, rows=QUARTER)
    save_measured(actor=cast.inti, submission=draft, values=[barns(2), rate(1, 2)])
    note()
    version = submit_report(actor=cast.inti, submission=draft, received_on=None, on=owed.call.opens_on)
    note()
    return_report(actor=cast.amaru, submission=version, reason="x", remarks={}, on=owed.call.opens_on)
    note()
    assert seen == [{}] * 3
    said(cast, cast.inti, owed, [barns(2), rate(1, 2)])
    note()
    said(cast, cast.inti, owed, [barns(3), rate(1, 2)])
    note()
    assert seen[3:] == [{cast.a.pk: {"2018-Q1": TWO}}, {cast.a.pk: {"2018-Q1": THREE}}]


def test_each_period_is_read_by_itself_and_silence_leaves_nothing(cast: Cast) -> None:
    edition, call = called(cast)
    first, second = asked(call), asked(call, "2018-Q2")
    said(cast, cast.inti, obligation_of(first, cast.a), [barns(2)])
    said(cast, cast.inti, obligation_of(second, cast.a), [barns(3)])
    said(cast, cast.killa, obligation_of(second, cast.b), [MeasuredValue(BARNS, gap="money")])
    told = read(edition, due(obligation_of(second, cast.a)))
    both = ["2018-Q1", "2018-Q2"]
    assert told.asked == {cast.a.pk: both, cast.b.pk: both}
    assert told.said == {
        cast.a.pk: {"2018-Q1": TWO, "2018-Q2": THREE},
        cast.b.pk: {"2018-Q2": Said(gap="money")},
    }


@pytest.mark.parametrize(
    ("change", "asks"),
    [
        ({"audience": "code:A-1"}, "a"),
        ({"audience": "code:B-1"}, "b"),
        ({"audience": "level:departmental"}, ""),
        ({"audience": "all"}, "ab"),
    ],
)
def test_only_the_audience_of_the_sheet_that_holds_is_asked(cast: Cast, change: dict[str, str], asks: str) -> None:
    edition, call = called(cast)
    owed = obligation_of(asked(call), cast.a)
    last = sheet(edition)
    set_sheet(actor=cast.amaru, item=last.item, fields=replace(fields_of(last), **change), on=DAY, seen=last.pk)  # type: ignore[arg-type] # fields by name
    assert set(read(edition, due(owed)).asked) == {{"a": cast.a, "b": cast.b}[each].pk for each in asks}


@pytest.mark.parametrize("change", [{"audience": ""}, {"source": "count"}])
def test_what_nobody_is_to_report_is_not_read_at_all(
    cast: Cast, change: dict[str, str], query_budget: Callable[[int], AbstractContextManager[object]]
) -> None:
    edition, _ = called(cast)
    last = sheet(edition)
    set_sheet(actor=cast.amaru, item=last.item, fields=replace(fields_of(last), **change), on=DAY, seen=last.pk)  # type: ignore[arg-type] # fields by name
    held = [sheet(edition)]
    with query_budget(0):
        assert reported(held, Call.objects.all(), as_of=date.max) == {}
    assert reported([], Call.objects.all(), as_of=date.max) == {}


def test_more_bodies_periods_and_indicators_of_one_audience_take_as_many_questions(
    cast: Cast, query_budget: Callable[[int], AbstractContextManager[object]]
) -> None:
    edition, call = called(cast)
    for quarter in ("2018-Q1", "2018-Q2"):
        opened = asked(call, quarter)
        said(cast, cast.inti, obligation_of(opened, cast.a), [barns(2), rate(1, 4)])
    sheets = list(sheets_of(edition).values())
    with query_budget(6):
        found = reported(sheets, Call.objects.all(), as_of=date(2018, 12, 31))
    assert {len(each.said[cast.a.pk]) for each in found.values()} == {2}


# --- what everybody may know ---------------------------------------------------------------------------------------
def test_under_a_public_call_everybody_reads_what_was_reported_by_body(cast: Cast) -> None:
    edition, call = called(cast)
    owed = obligation_of(asked(call), cast.a)
    said(cast, cast.inti, owed, [barns(2)])
    told = measured(edition.pk, as_of=due(owed))
    assert [(each.item.code, each.sheet is None) for each in told] == [
        ("1", True), ("2", False), ("3", False), ("4", False)
    ]  # fmt: skip
    last = told[-1]
    assert (last.told.said, last.hidden) == ({cast.a.pk: {"2018-Q1": TWO}}, Reported({}, {}))
    above = last.item.above
    assert above
    assert (above.role, above.code, above.above, last.item.binds) == ("line", "1", None, False)
    assert measured(edition.pk, as_of=due(owed) - ONE)[-1].told.asked == {}


def under_a_restricted_call(cast: Cast) -> tuple[Edition, Obligation]:
    edition = make_edition(rows=TARGETS)
    load_sheets(actor=cast.amaru, edition=edition, terms=MUNICIPAL, on=DAY)
    call = make_call(visibility="restricted")
    make_plan(cast, obligation_of(call, cast.a), PLAN)
    make_plan(cast, obligation_of(call, cast.b), PLAN, actor=cast.killa)
    owed = obligation_of(asked(call), cast.a)
    said(cast, cast.inti, owed, [barns(2), rate(1, 4)])
    assert measured(edition.pk, as_of=due(owed))[-1].hidden.said == {}  # the other one may still come
    said(cast, cast.killa, obligation_of(owed.call, cast.b), [barns(7), rate(1, 4)])
    return edition, owed


def test_what_came_under_a_restricted_call_is_kept_apart_from_what_is_told(cast: Cast) -> None:
    edition, owed = under_a_restricted_call(cast)
    accept_again(cast, owed)  # nobody sees by how much the sum would change
    last = measured(edition.pk, as_of=due(owed))[-1]
    assert (last.told.said, last.told.asked) == ({}, {})
    both = {body.pk: ["2018-Q1"] for body in (cast.a, cast.b)}
    told = {cast.a.pk: {"2018-Q1": TWO}, cast.b.pk: {"2018-Q1": Said(7 * SCALE)}}
    assert (last.hidden.said, last.hidden.asked) == (told, both)
    early = make_call(code="OTRA", visibility="restricted")
    make_plan(cast, obligation_of(early, cast.a), PLAN)
    later = obligation_of(asked(early, due_in=90), cast.a)
    said(cast, cast.inti, later, [barns(3)])
    seen = [measured(edition.pk, as_of=day)[-1].hidden.said for day in (due(owed), due(later))]
    assert seen == [{}, told]  # nor of two days under two calls


@pytest.mark.parametrize(("over_bodies", "folds"), [("sum", True), ("most", False), ("apart", False)])
def test_a_restricted_value_is_never_the_highest_nor_stands_by_itself(
    cast: Cast, over_bodies: str, folds: bool
) -> None:
    edition, owed = under_a_restricted_call(cast)
    last = sheet(edition)
    fields = replace(fields_of(last), over_bodies=over_bodies)
    set_sheet(actor=cast.amaru, item=last.item, fields=fields, on=DAY, seen=last.pk)
    found = measured(edition.pk, as_of=due(owed))[-1]
    assert (bool(found.hidden.said), bool(found.hidden.asked), bool(found.told.said)) == (folds, folds, False)


def test_a_body_that_reports_under_a_public_call_too_is_not_counted_twice(cast: Cast) -> None:
    edition, owed = under_a_restricted_call(cast)
    call = make_call(code="OTRA")
    make_plan(cast, obligation_of(call, cast.a), PLAN)
    other = obligation_of(asked(call), cast.a)
    said(cast, cast.inti, other, [barns(3)])
    last = measured(edition.pk, as_of=due(owed))[-1]
    seven = {cast.b.pk: {"2018-Q1": Said(7 * SCALE)}}
    assert (last.told.said, last.hidden.said) == ({cast.a.pk: {"2018-Q1": THREE}}, seven)
    accept_again(cast, owed)
    assert measured(edition.pk, as_of=due(owed))[-1].told.said == {cast.a.pk: {"2018-Q1": THREE}}


def accept_again(cast: Cast, owed: Obligation) -> None:
    """Accept another version under the restricted call."""
    draft = start_report(actor=cast.inti, obligation=owed, on=owed.call.opens_on)
    save_measured(actor=cast.inti, submission=draft, values=[barns(9)])
    version = submit_report(actor=cast.inti, submission=draft, received_on=None, on=owed.call.opens_on)
    accept_report(actor=cast.amaru, submission=version, on=owed.call.opens_on)


def test_who_measures_is_asked_without_a_plan_and_on_until_the_target_is_due(cast: Cast) -> None:
    edition = make_edition(rows=TARGETS)
    for code, audience in (("3", "code:A-1"), ("4", "code:100")):  # the agency was never called for a plan
        item = Item.objects.get(edition=edition, role="target", code=code)
        fields = replace(SheetFields(f"Meta {code}"), audience=audience, due_on=date(2020, 12, 31), frequency="year")
        set_sheet(actor=cast.amaru, item=item, fields=fields, on=DAY)
    call = make_call()
    make_plan(cast, obligation_of(call, cast.b), PLAN, actor=cast.killa)
    owed = {period: asked(call, period).obligations for period in ("2018-Q3", "2018-Q4", "2020")}
    measure = {cast.a.pk, cast.authority.pk}
    assert {period: set(debts.values_list("debtor", flat=True)) for period, debts in owed.items()} == {
        "2018-Q3": {cast.b.pk}, "2018-Q4": {cast.b.pk, *measure}, "2020": measure,
    }  # fmt: skip
    with pytest.raises(Refused, match="report-period-outside"):
        asked(call, "2021")
    mine = owed["2020"].get(debtor=cast.a)
    draft = start_report(actor=cast.inti, obligation=mine, on=mine.call.opens_on)
    hand_in = partial(submit_report, actor=cast.inti, submission=draft, received_on=None, on=mine.call.opens_on)
    with pytest.raises(Refused, match="indicator-unsaid"):
        hand_in()
    save_measured(actor=cast.inti, submission=draft, values=[MeasuredValue(CITIZENS, value=40 * SCALE)])
    accept_report(actor=cast.amaru, submission=hand_in(), on=mine.call.opens_on)
    assert read(edition, due(mine), "3").said == {cast.a.pk: {"2020": Said(40 * SCALE)}}
    seal()
    follow()
    assert (verify().ok, check()) == (True, ())
