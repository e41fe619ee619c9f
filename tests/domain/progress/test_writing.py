"""A report as it is written: what no row may say, who was faster, who may write, and what is left behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.cast import HEADER, ROWS, actor_of, make_draft, make_person, obligation_of
from tests.domain.progress.stage import FLOW, SAID, asked, planned, reported
from tests.domain.progress.targets import BARNS, CITIZENS, QUARTER, barns, called, rate
from tests.domain.progress.test_asking import everybody, refusal
from yupana.domain.commitments.actions import edit_rows, save_plan, submit_plan
from yupana.domain.commitments.rules import Act, CellEdit, Edit
from yupana.domain.obligations.models import Obligation
from yupana.domain.progress.actions import (
    add_link,
    cite,
    discard_report,
    edit_report,
    return_report,
    save_measured,
    save_rows,
    say_no_change,
    start_report,
    submit_report,
)
from yupana.domain.progress.facts import MeasuredValue, ReportRow, Terms
from yupana.domain.progress.models import Evidence, Measured, Progress, Support
from yupana.domain.progress.queries import measured_values, report_rows
from yupana.domain.progress.rules.typed import MOST_TEXT
from yupana.domain.submissions.models import Submission
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.errors import Conflict, Refused
from yupana.foundation.kernel.money import MOST_CENTS
from yupana.foundation.kernel.quantity import MOST, SCALE
from yupana.foundation.ledger.models import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.cast import Cast
    from yupana.domain.entities.models import Entity
    from yupana.foundation.kernel.actor import Actor

pytestmark = pytest.mark.django_db
DAY = date(2018, 4, 1)
ITEM = "PLAN/1#target:"


@pytest.fixture
def draft(cast: Cast) -> Submission:
    """A report of the first quarter that nobody wrote in yet."""
    return begun(cast.inti, asked(planned(cast)).obligations.get())


def begun(actor: Actor, owed: Obligation) -> Submission:
    return start_report(actor=actor, obligation=owed, on=owed.call.opens_on)


def link(actor: Actor, entity: Entity, name: str = "acta") -> int:
    terms = Terms(name, "public", 1)
    return add_link(actor=actor, entity=entity, url=f"https://a.example/{name}", terms=terms, on=DAY).piece.pk


def save(actor: Actor, draft: Submission, *rows: ReportRow) -> str:
    return refusal(partial(save_rows, actor=actor, submission=draft, rows=rows))


def left(draft: Submission) -> tuple[int, ...]:
    held = (Progress, Support, Measured)
    return tuple(each._default_manager.filter(submission=draft.pk).count() for each in held)  # noqa: SLF001 - what a table of any kind has


# --- rows ----------------------------------------------------------------------------------------------------------
WRONG = [
    (ReportRow(0, value=1), "row-unknown"),
    (ReportRow(4, value=1), "row-unknown"),
    (ReportRow(-1, value=1), "row-unknown"),
    (ReportRow(1, value=1, numerator=1, denominator=2), "value-or-rate"),
    (ReportRow(1, value=0, denominator=2), "value-or-rate"),
    (ReportRow(1, numerator=1), "value-or-rate"),
    (ReportRow(1, denominator=1), "value-or-rate"),
    (ReportRow(1, numerator=0, denominator=-1), "denominator-negative"),
    (ReportRow(1, value=0, gap="data"), "gap-beside-value"),
    (ReportRow(1, numerator=0, denominator=0, gap="data"), "gap-beside-value"),
    (ReportRow(1, gap="luck"), "gap-unknown"),
    (ReportRow(1, value=MOST + 1), "value-beyond"),
    (ReportRow(1, value=-MOST - 1), "value-beyond"),
    (ReportRow(1, numerator=1, denominator=MOST + 1), "value-beyond"),
    (ReportRow(1, cause="luck"), "cause-unknown"),
    (ReportRow(1, variation="x" * (MOST_TEXT + 1)), "report-text-too-long"),
    (ReportRow(1, done="x" * (MOST_TEXT + 1)), "report-text-too-long"),
    (ReportRow(1, next_step="x" * (MOST_TEXT + 1)), "report-text-too-long"),
    (ReportRow(1, evidence=(999_999,)), "evidence-unknown"),
    (ReportRow(1, current_cents=-1), "report-money"),
    (ReportRow(1, accrued_cents=-1), "report-money"),
    (ReportRow(1, current_cents=MOST_CENTS + 1), "report-money"),
    (ReportRow(1, accrued_cents=MOST_CENTS + 1), "report-money"),
]


def test_what_no_row_may_say_is_refused_and_the_rows_beside_it_with_it(cast: Cast, draft: Submission) -> None:
    found = [save(cast.inti, draft, ReportRow(2, value=5), row) for row, _ in WRONG]
    assert (found, left(draft)) == ([code for _, code in WRONG], (0, 0, 0))


RIGHT = [
    ReportRow(1, value=MOST),
    ReportRow(1, value=-MOST),
    ReportRow(1, value=0),
    ReportRow(1, numerator=0, denominator=0),
    ReportRow(1, numerator=-MOST, denominator=MOST),
    ReportRow(1, current_cents=0, accrued_cents=MOST_CENTS),
    ReportRow(1, variation="x" * MOST_TEXT, done="ñ" * MOST_TEXT, next_step="x" * MOST_TEXT),
    ReportRow(1, gap="money", cause="other"),
]


def test_what_a_row_may_just_say_is_kept_as_it_is(cast: Cast, draft: Submission) -> None:
    found = []
    for row in RIGHT:
        save_rows(actor=cast.inti, submission=draft, rows=[row])
        found += report_rows(draft)
    assert found == RIGHT


def test_rows_take_the_place_of_those_of_their_number_and_the_others_stay(cast: Cast, draft: Submission) -> None:
    save(cast.inti, draft, *SAID)
    save(cast.inti, draft, ReportRow(2, done="Se midió"), ReportRow(3))
    assert report_rows(draft) == [SAID[0], ReportRow(2, done="Se midió")]


def test_a_row_cites_a_piece_once_and_in_the_order_in_which_it_was_ticked(cast: Cast, draft: Submission) -> None:
    one, two = link(cast.inti, cast.a), link(cast.inti, cast.a, "foto")
    save(cast.inti, draft, ReportRow(1, evidence=(two, one, two)), ReportRow(2, value=5, evidence=(one,)))
    assert report_rows(draft) == [ReportRow(1, evidence=(two, one)), ReportRow(2, value=5, evidence=(one,))]


def test_evidence_of_another_entity_proves_nothing_here(cast: Cast, draft: Submission) -> None:
    mine, theirs = link(cast.inti, cast.a), link(cast.killa, cast.b)
    assert save(cast.inti, draft, ReportRow(1, evidence=(mine, theirs))) == "evidence-unknown"
    told = partial(cite, actor=cast.inti, submission=draft, row=1, seen=[], pieces=[theirs])
    assert (refusal(told), left(draft)) == ("evidence-unknown", (0, 0, 0))


# --- several at once -----------------------------------------------------------------------------------------------
HELD, MINE, OTHER = ReportRow(1, value=5), ReportRow(1, value=7), ReportRow(1, value=9)


@pytest.mark.parametrize(
    ("stands", "seen", "put", "after"),
    [
        (None, None, MINE, MINE),
        (HELD, HELD, MINE, MINE),
        (HELD, None, MINE, None),  # there was nothing when they looked
        (HELD, OTHER, MINE, None),
        (HELD, None, HELD, HELD),  # another one said the very same
        (HELD, HELD, ReportRow(1), ReportRow(1)),
        (HELD, OTHER, ReportRow(1), None),
        (None, HELD, MINE, None),  # somebody took it away
        (None, HELD, ReportRow(1), ReportRow(1)),
        (replace(HELD, done="x"), HELD, replace(HELD, next_step="y"), None),
    ],
)
def test_a_row_that_another_one_changed_meanwhile_is_left_to_them(
    cast: Cast, draft: Submission, stands: ReportRow | None, seen: ReportRow | None, put: ReportRow,
    after: ReportRow | None,
) -> None:  # fmt: skip
    save(cast.inti, draft, *([stands] if stands else []))
    was = {1: seen} if seen else {}
    told = partial(save_rows, actor=cast.inti, submission=draft, rows=[ReportRow(2, value=1), put], was=was)
    assert refusal(told) == ("report-row-moved" if after is None else "")
    kept = [
        each for each in ([after, ReportRow(2, value=1)] if after else [stands]) if each not in (None, ReportRow(1))
    ]
    assert report_rows(draft) == kept


def test_who_changed_it_is_told_which_row(cast: Cast, draft: Submission) -> None:
    save(cast.inti, draft, HELD)
    with pytest.raises(Conflict) as refused:
        save_rows(actor=cast.inti, submission=draft, rows=[MINE], was={})
    assert (refused.value.code, refused.value.details) == ("report-row-moved", {"row": 1})


def test_without_what_they_saw_the_last_one_holds(cast: Cast, draft: Submission) -> None:
    assert [save(cast.inti, draft, row) for row in (HELD, MINE)] == ["", ""]
    assert report_rows(draft) == [MINE]


# --- who may write -------------------------------------------------------------------------------------------------
def test_only_who_plans_for_the_entity_writes_its_report(cast: Cast, draft: Submission) -> None:
    piece = link(cast.inti, cast.a)
    tries = {
        "save": lambda actor: save_rows(actor=actor, submission=draft, rows=[ReportRow(1, value=9)]),
        "measure": lambda actor: save_measured(actor=actor, submission=draft, values=[]),
        "edit": lambda actor: edit_report(actor=actor, submission=draft, edits=[CellEdit(1, "value", "", "9")]),
        "cite": lambda actor: cite(actor=actor, submission=draft, row=1, seen=[], pieces=[piece]),
        "same": lambda actor: say_no_change(actor=actor, submission=draft),
        "discard": lambda actor: discard_report(actor=actor, submission=draft),
    }
    strangers = {name: actor for name, actor in everybody(cast).items() if name != "inti"}
    found = {refusal(partial(act, actor)) for act in tries.values() for actor in strangers.values()}
    assert (found, left(draft)) == ({"not-entity-planner"}, (0, 0, 0))
    assert [refusal(partial(act, cast.inti)) for act in tries.values()] == [""] * len(tries)


def test_who_may_begin_a_report(cast: Cast) -> None:
    owed = asked(planned(cast)).obligations.get()
    found = {}
    for name, actor in everybody(cast).items():
        found[name] = refusal(partial(begun, actor, owed))
        Submission.objects.filter(obligation=owed).delete()
    assert found == dict.fromkeys(found, "not-entity-planner") | {"inti": "", "amaru": ""}


def test_who_transcribes_a_letter_keeps_its_draft_from_other_planners(cast: Cast) -> None:
    owed = asked(planned(cast)).obligations.get()
    letter = begun(cast.amaru, owed)
    other = actor_of(make_person("mayta", (Role.PLANNER, cast.authority))[0])
    assert (letter.transcribed, letter.confirmed, begun(cast.amaru, owed).pk) == (True, False, letter.pk)
    assert refusal(partial(begun, other, owed)) == "draft-exists"
    assert save(other, letter, *SAID) == "not-entity-planner"
    assert begun(cast.inti, owed).pk == letter.pk


def test_who_signs_for_the_entity_hands_in_what_others_wrote(cast: Cast, draft: Submission) -> None:
    save(cast.inti, draft, *SAID)
    hand = partial(submit_report, submission=draft, received_on=None, on=DAY)
    strangers = [actor for name, actor in everybody(cast).items() if name not in {"inti", "wara"}]
    assert {refusal(partial(hand, actor=actor)) for actor in strangers} == {"not-entity-planner"}
    assert hand(actor=cast.executive).state == "submitted"


# --- when ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "code"),
    [(date(2018, 3, 31), "call-not-open-yet"), (DAY, ""), (date(2018, 4, 21), ""), (date(2018, 4, 26), ""),
     (date(2018, 4, 27), "call-locked")],
)  # fmt: skip
def test_a_report_is_taken_from_its_first_day_to_its_lock(cast: Cast, day: date, code: str) -> None:
    owed = asked(planned(cast), lock_in=5).obligations.get()
    assert refusal(partial(start_report, actor=cast.inti, obligation=owed, on=day)) == code


def test_what_is_late_is_taken_where_nothing_locks(cast: Cast) -> None:
    owed = asked(planned(cast)).obligations.get()
    assert reported(cast.inti, owed, on=date(2030, 1, 1)).received_on == date(2030, 1, 1)


@pytest.mark.parametrize("received", [date(2018, 3, 31), date(2018, 4, 2)])
def test_who_reports_for_the_own_entity_hands_in_today(cast: Cast, draft: Submission, received: date) -> None:
    save(cast.inti, draft, *SAID)
    before = Entry.objects.count()
    told = partial(submit_report, actor=cast.inti, submission=draft, received_on=received, on=DAY)
    assert (refusal(told), Entry.objects.count() - before) == ("received-another-day", 0)


# --- handing in ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("rows", "code", "details"),
    [
        ((), "row-unsaid", {"row": 1}),
        (SAID[1:], "row-unsaid", {"row": 1}),
        (SAID[:2], "row-unsaid", {"row": 3}),
        ((replace(SAID[0], cause=""), *SAID[1:]), "cause-missing", {"row": 1}),
        ((replace(SAID[0], variation=" \n"), *SAID[1:]), "cause-missing", {"row": 1}),
        ((ReportRow(1, value=31 * SCALE), *SAID[1:]), "cause-missing", {"row": 1}),
    ],
)
def test_an_incomplete_report_stays_a_draft(
    cast: Cast, draft: Submission, rows: Sequence[ReportRow], code: str, details: dict[str, int]
) -> None:
    save(cast.inti, draft, *rows)
    before = Entry.objects.count()
    with pytest.raises(Refused) as refused:
        submit_report(actor=cast.inti, submission=draft, received_on=None, on=DAY)
    state = Submission.objects.get(pk=draft.pk).state
    assert (refused.value.code, refused.value.details, state, Entry.objects.count()) == (code, details, "draft", before)


@pytest.mark.parametrize("value", [225_000, 250_000, 300_000])
def test_from_90_to_120_per_cent_of_what_was_due_nobody_owes_a_reason(
    cast: Cast, draft: Submission, value: int
) -> None:
    save(cast.inti, draft, ReportRow(1, value=value), *SAID[1:])
    assert submit_report(actor=cast.inti, submission=draft, received_on=None, on=DAY).state == "submitted"


def test_a_report_that_says_why_there_is_no_value_is_whole(cast: Cast, draft: Submission) -> None:
    save(cast.inti, draft, *(ReportRow(row, gap="data") for row in (1, 2, 3)))
    assert submit_report(actor=cast.inti, submission=draft, received_on=None, on=DAY).state == "submitted"


def test_a_report_on_a_plan_that_promises_no_number_still_says_something(cast: Cast) -> None:
    words = replace(FLOW, accumulation="", programmed=(), direction="")
    draft = begun(cast.inti, asked(planned(cast, [words])).obligations.get())
    hand = partial(submit_report, actor=cast.inti, submission=draft, received_on=None, on=DAY)
    assert refusal(hand) == "report-empty"
    save(cast.inti, draft, ReportRow(1, done="Se contó"))
    Progress.objects.filter(submission=draft).update(numerator=0, denominator=-1)  # as a draft of before could say it
    assert refusal(hand) == "denominator-negative"
    Progress.objects.filter(submission=draft).update(numerator=None, denominator=None)
    assert refusal(hand) == ""


def test_once_handed_in_nothing_is_changed_or_thrown_away(cast: Cast) -> None:
    version = reported(cast.inti, asked(planned(cast)).obligations.get(), on=DAY)
    before = Entry.objects.count()
    tries = (
        partial(save_rows, rows=[ReportRow(1, value=9)]), partial(save_measured, values=[]),
        partial(cite, row=1, seen=[], pieces=[]), say_no_change, discard_report,
        partial(submit_report, received_on=None, on=DAY),
    )  # fmt: skip
    assert {refusal(partial(act, actor=cast.inti, submission=version)) for act in tries} == {"submitted-already"}
    assert (report_rows(version), Entry.objects.count()) == ([*SAID], before)


# --- plans and reports ---------------------------------------------------------------------------------------------
def test_a_plan_is_not_written_as_a_report_and_a_report_not_handed_in_as_a_plan(cast: Cast, draft: Submission) -> None:
    owed = obligation_of(draft.obligation.call.follows, cast.a)  # type: ignore[arg-type] # it follows one
    plan = make_draft(cast.inti, owed)
    told: dict[str, Callable[[], object]] = {
        "start": partial(start_report, actor=cast.inti, obligation=owed, on=DAY),
        "save": partial(save_rows, actor=cast.inti, submission=plan, rows=[ReportRow(1, value=1)]),
        "submit": partial(submit_report, actor=cast.inti, submission=plan, received_on=None, on=date(2018, 5, 10)),
        "rows": partial(save_plan, actor=cast.inti, submission=draft, header=HEADER, rows=ROWS, seen=None),
        "cells": partial(edit_rows, actor=cast.inti, submission=draft, edits=[Edit(Act.ADD, 1)]),
        "plan": partial(submit_plan, actor=cast.inti, submission=draft, received_on=None, on=DAY),
    }
    assert {name: refusal(act) for name, act in told.items()} == {
        "start": "call-asks-no-report",
        "save": "row-unknown",
        "submit": "report-without-plan",
        **dict.fromkeys(("rows", "cells", "plan"), "call-asks-no-plan"),
    }
    assert {each.state for each in Submission.objects.filter(pk__in=[plan.pk, draft.pk])} == {"draft"}


# --- thrown away ---------------------------------------------------------------------------------------------------
def test_a_draft_is_thrown_away_with_its_rows_and_evidence_stays(cast: Cast, draft: Submission) -> None:
    piece = link(cast.inti, cast.a)
    save(cast.inti, draft, replace(SAID[0], evidence=(piece,)))
    before = Entry.objects.count()
    discard_report(actor=cast.inti, submission=draft)
    gone = not Submission.objects.filter(pk=draft.pk).exists()
    assert (gone, left(draft), Evidence.objects.filter(pk=piece).exists(), Entry.objects.count()) == (
        True, (0, 0, 0), True, before,
    )  # fmt: skip


# --- indicators ----------------------------------------------------------------------------------------------------
def test_indicators_are_kept_taken_away_asked_for_and_carried_into_the_next_version(cast: Cast) -> None:
    _, call = called(cast)
    owed = obligation_of(asked(call), cast.a)
    draft = begun(cast.inti, owed)
    said = [rate(1, 4), replace(barns(2), note=" Dos \n")]
    save_measured(actor=cast.inti, submission=draft, values=said)
    save_measured(actor=cast.inti, submission=draft, values=[MeasuredValue(CITIZENS)])
    kept = measured_values(draft)
    save_rows(actor=cast.inti, submission=draft, rows=QUARTER)
    hand_in = partial(submit_report, actor=cast.inti, submission=draft, received_on=None, on=DAY)
    assert (refusal(hand_in), kept) == ("indicator-unsaid", {BARNS: replace(barns(2), note="Dos")})
    gap = MeasuredValue(CITIZENS, gap="data")
    save_measured(actor=cast.inti, submission=draft, values=[gap])
    return_report(actor=cast.amaru, submission=hand_in(), reason="Falta", remarks={}, on=DAY)
    again = begun(cast.inti, Obligation.objects.get(pk=owed.pk))
    assert measured_values(again) == kept | {CITIZENS: gap}


VALUES = [
    (MeasuredValue(f"{ITEM}1", value=1), "indicator-not-asked"),  # it has no number: no sheet was made of it
    (MeasuredValue(f"{ITEM}2", value=1), "indicator-not-asked"),  # it is counted and not reported
    (MeasuredValue(f"{ITEM}99", value=1), "indicator-not-asked"),
    (MeasuredValue("", value=1), "indicator-not-asked"),
    (MeasuredValue(CITIZENS, value=40), "indicator-bare"),  # of several bodies 40 % cannot be put together
    (MeasuredValue(BARNS, value=1, numerator=1, denominator=1), "value-or-rate"),
    (MeasuredValue(BARNS, numerator=1), "value-or-rate"),
    (MeasuredValue(BARNS, numerator=0, denominator=-1), "denominator-negative"),
    (MeasuredValue(BARNS, value=0, gap="data"), "gap-beside-value"),
    (MeasuredValue(BARNS, gap="luck"), "gap-unknown"),
    (MeasuredValue(BARNS, value=MOST + 1), "value-beyond"),
    (MeasuredValue(BARNS, value=1, note="x" * (MOST_TEXT + 1)), "report-text-too-long"),
]


def test_what_no_indicator_may_say_is_refused_and_those_beside_it_with_it(cast: Cast) -> None:
    _, call = called(cast)
    draft = begun(cast.inti, obligation_of(asked(call), cast.a))
    save = partial(save_measured, actor=cast.inti, submission=draft)
    found = [refusal(partial(save, values=[rate(1, 4), value])) for value, _ in VALUES]
    assert (found, measured_values(draft)) == ([code for _, code in VALUES], {})
    save(values=[MeasuredValue(BARNS, note=" \n"), MeasuredValue(CITIZENS, note="x" * MOST_TEXT)])
    assert list(measured_values(draft)) == [CITIZENS]  # a note of white space says nothing
