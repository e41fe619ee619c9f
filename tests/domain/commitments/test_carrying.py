"""Plans carried over from the call of one edition to that of the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from tests.cast import HANDED_IN_ON, make_call, make_edition, make_plan, obligation_of
from tests.rehearsal import SECOND_OPENS, Rehearsal, activity, enact, rehearse, second, second_call
from yupana.domain.commitments import actions
from yupana.domain.commitments.actions import carry_over, preview_carry
from yupana.domain.commitments.facts import AlsoAnswers, Money, Value
from yupana.domain.commitments.models import Activity, Reclassification, YearOne
from yupana.domain.commitments.queries import plan_rows, with_answered
from yupana.domain.obligations.actions import close_call, waive
from yupana.domain.submissions.models import Step, Submission
from yupana.foundation.kernel.actor import NOBODY, OPERATOR, Actor, Role
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused
from yupana.foundation.ledger.actions import seal
from yupana.foundation.ledger.models import Entry
from yupana.projections.proof import verify

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import Budget
    from yupana.domain.obligations.models import Call

pytestmark = pytest.mark.django_db
ON = date(2019, 10, 15)
CHOICE = {"line:16": "line:51"}
ROWS = {
    "A": [
        (1, "line:1", "same"),
        (2, "line:3", "same"),
        (3, "line:50", "merged"),
        (4, "line:50", "merged"),
        (5, "", "split"),
        (6, "", "split"),
        (7, "", "removed"),
        (8, "line:96", "same"),
        (9, "line:5", "same"),
        (10, "", ""),
    ],
    "B": [
        (1, "line:2", "same"),
        (2, "line:50", "merged"),
        (3, "", "removed"),
        (4, "line:10", "same"),
        (5, "line:40", "same"),
    ],
}


@pytest.fixture
def before(db: None) -> Rehearsal:
    return rehearse()


@pytest.fixture
def target(before: Rehearsal) -> Call:
    enact()
    return second_call()


def carry(before: Rehearsal, target: Call, choices: Mapping[str, str] | None = None, **more: object) -> int:
    """Carry over; how many plans."""
    told = {"actor": OPERATOR, "source": before.call, "target": target, "choices": choices or {}, "on": ON, **more}
    return len(carry_over(**told).plans)  # type: ignore[arg-type] # a test may ask for anything


def rows(call: Call, code: str) -> list[tuple[int, str, str]]:
    """Each row of a body's plan under a call: what it answers after review, and what became of its item."""
    held = with_answered(Activity.objects.filter(submission__obligation__call=call)).order_by("row")
    names = {each.pk: f"{each.role}:{each.code}" for edition in call.editions.all() for each in edition.items.all()}
    mine = held.filter(submission__obligation__debtor__code=code)
    return [(row.row, names.get(row.answered_id or 0, ""), (row.carried or {}).get("fate", "")) for row in mine]


# --- what goes where -----------------------------------------------------------------------------------------------
def test_every_row_goes_where_its_item_went_and_none_is_lost(before: Rehearsal, target: Call) -> None:
    carry(before, target)
    assert {"A": rows(target, "A-1"), "B": rows(target, "B-1")} == ROWS


def test_the_answers_to_a_split_item_go_where_the_reviewer_says(before: Rehearsal, target: Call) -> None:
    carry(before, target, CHOICE)
    assert rows(target, "A-1")[4:6] == [(5, "line:51", "chosen"), (6, "line:51", "chosen")]


def test_a_row_says_what_it_answered(before: Rehearsal, target: Call) -> None:
    carry(before, target)
    seventh = Activity.objects.get(
        submission__obligation__call=target, submission__obligation__debtor__code="A-1", row=7
    )
    assert seventh.carried == {"item": "PLAN/1#line:4", "fate": "removed"}


SAID = ("row", "medium", "name", "responsible", "indicator", "target", "budget_cents", "starts")


def test_all_that_a_row_says_goes_along(before: Rehearsal, target: Call) -> None:
    carry(before, target)
    told = []
    for call in (before.call, target):
        held = Activity.objects.filter(submission__obligation__call=call)
        told.append(list(held.order_by("submission__obligation__debtor", "row").values_list(*SAID)))
    assert (told[1], len(told[1])) == (told[0], 15)


def test_what_a_row_holds_more_than_one_of_goes_where_its_items_went(before: Rehearsal, target: Call) -> None:
    whole = activity(
        1, "40", also=(AlsoAnswers("line:14", 2_500), AlsoAnswers("line:20")), programmed=(Value("2018", 30_000),),
        money=(Money(2018, 700),), person="Jefatura",
    )  # fmt: skip
    make_plan(before.cast, before.of_a.obligation, (whole,), on=date(2018, 6, 1))
    carry(before, target)
    version = Submission.objects.get(obligation__call=target, obligation__debtor__code="A-1")
    (row,) = plan_rows(version)
    names = [each.item.partition("#")[2] for each in row.also]
    assert (names, row.programmed, row.money, row.person) == (
        ["line:50", "line:20"], whole.programmed, whole.money, "Jefatura",
    )  # fmt: skip


def test_a_reviewers_word_stays_beside_the_entitys_own(before: Rehearsal, target: Call) -> None:
    carry(before, target)
    moved = Reclassification.objects.select_related("activity__item", "item").get(
        activity__submission__obligation__call=target
    )
    assert (moved.activity.row, moved.activity.item and moved.activity.item.code, moved.item and moved.item.code) == (
        4,
        "9",
        "10",
    )


def test_the_days_are_those_of_the_original(before: Rehearsal, target: Call) -> None:
    carry(before, target)
    steps = Step.objects.filter(submission__obligation__call=target).order_by("submission__obligation__debtor__code")
    assert [(each.met_on, each.submission.received_on, each.on) for each in steps.select_related("submission")] == [
        (HANDED_IN_ON, HANDED_IN_ON, ON),
        (date(2018, 5, 12), date(2018, 5, 12), ON),
    ]


def test_it_is_said_where_a_version_came_from(before: Rehearsal, target: Call) -> None:
    carry(before, target)
    held = Submission.objects.filter(obligation__call=target).values_list("channel", "source_ref", "version", "state")
    assert set(held) == {("carried", f"{before.call.code}#1", 1, "accepted")}


def test_what_the_first_year_is_goes_along(before: Rehearsal, target: Call) -> None:
    carry(before, target)
    assert list(YearOne.objects.filter(obligation__call=target).values_list("obligation__debtor__code", "year")) == [
        ("A-1", 2018)
    ]


def test_the_plan_that_was_accepted_last_is_carried(before: Rehearsal, target: Call) -> None:
    make_plan(before.cast, before.of_a.obligation, (activity(1, "40"),), on=date(2018, 6, 1))
    carry(before, target)
    assert rows(target, "A-1") == [(1, "line:40", "same")]


def test_what_a_body_does_not_owe_any_more_is_kept_without_an_item(before: Rehearsal) -> None:
    enact(tuple(replace(row, audience="level:departmental") if row.code == "5" else row for row in second()))
    call = second_call()
    carry(before, call)
    assert rows(call, "A-1")[8] == (9, "", "not-owed")


# --- one step ------------------------------------------------------------------------------------------------------
def test_carrying_again_changes_nothing(before: Rehearsal, target: Call) -> None:
    first = carry(before, target)
    recorded = Entry.objects.count()
    assert (first, carry(before, target), Entry.objects.count()) == (2, 0, recorded)


def test_the_original_stays_as_it_was(before: Rehearsal, target: Call) -> None:
    held = list(Activity.objects.filter(submission__obligation__call=before.call).order_by("pk").values())
    carry(before, target)
    assert list(Activity.objects.filter(submission__obligation__call=before.call).order_by("pk").values()) == held


def test_the_record_holds_what_was_carried(before: Rehearsal, target: Call) -> None:
    carry(before, target, CHOICE)
    seal()
    assert verify().ok


@pytest.mark.parametrize("change", [{"carried": None}, {"carried": {"item": "PLAN/1#line:9", "fate": "removed"}}])
def test_what_became_of_a_row_cannot_be_forged(
    before: Rehearsal, target: Call, unguarded_db: None, change: dict[str, object]
) -> None:
    carry(before, target)
    seal()
    Activity.objects.filter(submission__obligation__call=target, row=7).update(**change)
    assert not verify().ok


def test_looking_first_tells_the_same_and_writes_nothing(before: Rehearsal, target: Call) -> None:
    recorded = Entry.objects.count()
    seen = preview_carry(actor=OPERATOR, source=before.call, target=target, choices=CHOICE)
    assert (
        {fate.value: number for fate, number in seen.counts.items()},
        [(plan.owed.debtor.code, row.activity.row, row.was) for plan, row in seen.flagged],
        Entry.objects.count() - recorded,
    ) == (
        {"same": 7, "merged": 3, "chosen": 2, "removed": 2, "none": 1},
        [("A-1", 7, "PLAN/1#line:4"), ("B-1", 3, "PLAN/1#line:24")],
        0,
    )


def test_what_was_split_and_not_chosen_is_named(before: Rehearsal, target: Call) -> None:
    seen = preview_carry(actor=OPERATOR, source=before.call, target=target, choices={})
    assert seen.open_splits == {"PLAN/1#line:16": ("PLAN/2#line:51", "PLAN/2#line:52")}


def test_who_writes_is_silent_was_waived_or_is_not_called_keeps_what_it_has(before: Rehearsal) -> None:
    enact()
    call = second_call()
    actions.start_plan(actor=before.cast.inti, obligation=obligation_of(call, before.cast.a), on=ON)
    waive(actor=OPERATOR, obligation=obligation_of(call, before.cast.b), reason="r", act="a", on=ON)
    seen = carry_over(actor=OPERATOR, source=before.call, target=call, choices={}, on=ON)
    assert ([each.why for each in seen.left_out], len(seen.plans)) == (["has-version", "waived"], 0)


def test_who_is_not_called_is_named(before: Rehearsal) -> None:
    enact()
    call = make_call(("PLAN/2",), "code:B-1", opens_on=SECOND_OPENS, due_on=date(2020, 1, 1), period="2020", code="X")
    seen = carry_over(actor=OPERATOR, source=before.call, target=call, choices={}, on=ON)
    assert [(each.name, each.why) for each in seen.left_out] == [("Municipio de Ábaco", "not-called")]


def test_an_entity_goes_on_from_what_was_carried(before: Rehearsal, target: Call) -> None:
    carry(before, target)
    draft = actions.start_plan(actor=before.cast.inti, obligation=obligation_of(target, before.cast.a), on=ON)
    assert (draft.version, draft.activities.count(), draft.channel) == (2, 10, "desk")


@pytest.mark.parametrize("extra", [0, 6])
def test_queries_do_not_grow_with_rows(before: Rehearsal, target: Call, query_budget: type[Budget], extra: int) -> None:
    more = tuple(activity(at + 1, str(at + 1)) for at in range(extra))
    if more:
        make_plan(before.cast, obligation_of(before.call, before.cast.a), more, on=date(2018, 6, 1))
    with query_budget(45):
        carry(before, target)


# --- refusals ------------------------------------------------------------------------------------------------------
def test_who_may_not_import_may_not_carry(before: Rehearsal, target: Call) -> None:
    for actor in (NOBODY, before.cast.inti, before.cast.auditor):
        with pytest.raises(Forbidden, match="not-authority-planner"):
            carry(before, target, actor=actor)


def test_a_plan_of_ones_own_entity_stays_where_it_is_and_the_others_are_carried(
    before: Rehearsal, target: Call
) -> None:
    own = Actor(None, frozenset({(Role.PLANNER, before.cast.authority.pk), (Role.ENTITY_PLANNER, before.cast.a.pk)}))
    seen = carry_over(actor=own, source=before.call, target=target, choices={}, on=ON)
    assert ([(each.debtor, each.why) for each in seen.left_out], [plan.owed.debtor.code for plan in seen.plans]) == (
        [(before.cast.a.ref, "own-entity")],
        ["B-1"],
    )


@pytest.mark.parametrize(
    ("choices", "why"),
    [
        ({"line:1": "line:51"}, "carry-not-split"),
        ({"line:16": "line:1"}, "carry-no-part"),
        ({"line:99": "line:51"}, "carry-not-split"),
    ],
)
def test_a_choice_names_a_split_item_and_one_of_its_parts(
    before: Rehearsal, target: Call, choices: dict[str, str], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        carry(before, target, choices)


def test_choices_may_be_told_in_full(before: Rehearsal, target: Call) -> None:
    carry(before, target, {"PLAN/1#line:16": "PLAN/2#line:52"})
    assert rows(target, "A-1")[4] == (5, "line:52", "chosen")


def test_a_closed_call_takes_nothing(before: Rehearsal, target: Call) -> None:
    close_call(actor=OPERATOR, call=target, on=ON)
    target.refresh_from_db()
    with pytest.raises(Refused, match="call-closed"):
        carry(before, target)


def test_nothing_is_carried_back_nor_to_what_is_no_later_edition_or_another_kind_of_plan(
    before: Rehearsal, target: Call
) -> None:
    make_edition("OTRO")
    other = make_call(("OTRO/1",), "all", code="OTRA")
    again = make_call(("PLAN/2",), code="MISMA", opens_on=SECOND_OPENS, due_on=None, historical=True)
    annual = make_call(("PLAN/2",), code="POA", opens_on=SECOND_OPENS, due_on=None, historical=True, plan_type="poa")
    late = Rehearsal(before.cast, target, before.of_a, before.of_b)
    told = []
    ways = ((late, before.call), (before, other), (before, before.call), (late, again), (before, annual))
    for source, into in ways:
        with pytest.raises(Refused) as refused:
            carry(source, into)
        told.append(refused.value.code)
    assert told == ["carry-backwards", "carry-unrelated", "carry-unrelated", "carry-same-edition", "carry-other-kind"]


def test_nothing_is_carried_into_what_only_asks_for_what_changed(before: Rehearsal) -> None:
    enact()
    with pytest.raises(Refused, match="carry-into-complement"):
        carry(before, second_call(since="PLAN/1"))


def test_what_is_restricted_is_not_published_by_being_carried(before: Rehearsal) -> None:
    restricted = make_call(audience="level:municipal", code="R", visibility="restricted")
    make_plan(before.cast, obligation_of(restricted, before.cast.a), (activity(1, "5"),))
    enact()
    call = second_call()
    with pytest.raises(Refused, match="carry-would-publish"):
        carry(Rehearsal(before.cast, restricted, before.of_a, before.of_b), call)
    hidden = make_call(("PLAN/2",), "all", opens_on=SECOND_OPENS, due_on=None, historical=True, visibility="restricted")
    assert carry(Rehearsal(before.cast, restricted, before.of_a, before.of_b), hidden) == 1


def test_a_version_begun_meanwhile_is_a_conflict(before: Rehearsal, target: Call) -> None:
    """Somebody begins to write just before the versions that are carried over are stored."""
    owed = obligation_of(target, before.cast.a)
    begun: list[Submission] = []

    def first(execute: Any, sql: str, *rest: Any) -> Any:  # noqa: ANN401 (Django's own signature)
        if not begun and sql.startswith('INSERT INTO "submissions_submission"'):
            begun.append(Submission(obligation=owed))
            actions.start_plan(actor=before.cast.inti, obligation=owed, on=ON)
        return execute(sql, *rest)

    with connection.execute_wrapper(first), pytest.raises(Conflict, match="draft-exists"):
        carry(before, target)
