"""What anybody may read: the accepted plan and nothing else, with where everybody stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.cast import ACCEPTED_ON, DUE_ON, HANDED_IN_ON, make_call, make_draft, make_plan
from tests.domain.commitments.plans import LATER, ROW, SECOND, Stage, decided, handed_in, set_stage
from yupana.domain.commitments.actions import accept_plan, confirm_year_one, import_plans, reclassify
from yupana.domain.commitments.elsewhere import named
from yupana.domain.commitments.facts import Plan, PlanHeader, PlanRow, row_ref
from yupana.domain.commitments.models import Activity
from yupana.domain.commitments.public import activities_for, plan_of, plans_of, standing_cards, standings
from yupana.domain.commitments.rules import Kind
from yupana.domain.obligations.actions import extend, waive
from yupana.domain.obligations.models import Call
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.actor import OPERATOR
from yupana.projections.overviews.grid import names_of
from yupana.projections.overviews.plan_form import sheet

if TYPE_CHECKING:
    from yupana.domain.obligations.models import Obligation

pytestmark = pytest.mark.django_db
CANARY = "canario-3141"
NOTED = replace(ROW, name=CANARY)
AFTER = DUE_ON + timedelta(days=1)


@pytest.fixture
def stage(db: None) -> Stage:
    return set_stage()


def item(stage: Stage, code: str) -> int:
    return stage.owed.scope.items.get(role="line", code=code).pk


def test_an_accepted_plan_is_shown_with_its_rows(stage: Stage) -> None:
    plan = decided(stage, State.ACCEPTED, [ROW, SECOND])
    card = plan_of(stage.owed.pk)
    assert card is not None
    header, (first, second) = card.header, card.activities
    assert (card.obligation_id, header.submission_id, header.version, header.channel, header.resolution_state) == (
        stage.owed.pk, plan.pk, 1, "desk", "missing",
    )  # fmt: skip
    assert (header.received_on, header.met_on, header.accepted_on, header.date_doubt, header.transcribed) == (
        HANDED_IN_ON, HANDED_IN_ON, ACCEPTED_ON, "", False,
    )  # fmt: skip
    assert (first.row, first.item_id, first.item_code, first.own_item_code) == (1, item(stage, "1"), "1", "1")
    assert (first.name, first.medium, first.budget_cents) == (ROW.name, "project", 1_000_00)
    assert (first.starts, first.starts_reading.first, first.ends_reading.last) == (
        "2018",
        date(2018, 1, 1),
        date(2019, 12, 31),
    )
    assert (second.item_code, second.budget_cents, second.starts_reading.kind, second.ends_reading.kind) == (
        "2", None, Kind.RELATIVE, Kind.EMPTY,
    )  # fmt: skip


def test_an_activity_comes_after_one_of_another_plan_that_is_public(unguarded_db: None, stage: Stage) -> None:
    owed = {each.debtor_id: each for each in stage.call.obligations.select_related("call", "debtor")}
    make_plan(stage.cast, owed[stage.cast.b.pk], [replace(ROW, name="La red")], actor=stage.cast.killa)
    ref = row_ref(stage.call.code, stage.cast.b.ref, 1)
    decided(stage, State.ACCEPTED, [replace(ROW, waits=ref), replace(SECOND, waits="nada@x:1#1")])
    first, second = plan_of(stage.owed.pk).activities  # type: ignore[union-attr] # it was accepted
    make_draft(stage.cast.inti, stage.owed, [replace(ROW, waits=ref)])
    known = names_of(sheet(stage.cast.inti, stage.owed.pk))["waits"]
    short = f"{stage.cast.b.code}#1"
    assert (first.waits and (first.waits.name, first.waits.short), second.waits) == (("La red", short), None)
    assert (known.full(short), known.short(ref), known.full("M-99#1")) == (ref, short, "M-99#1")
    Call.objects.update(visibility="restricted")
    assert (set(named({ref})), set(named({ref}, stage.cast.b.pk))) == (set(), {ref})


def test_relative_dates_are_read_once_the_first_year_is_known(stage: Stage) -> None:
    decided(stage, State.ACCEPTED, [SECOND])
    confirm_year_one(actor=stage.cast.inti, obligation=stage.owed, year=2019, on=LATER)
    card = plan_of(stage.owed.pk)
    assert card
    assert card.activities[0].starts_reading.first == date(2019, 1, 1)


def test_the_reviewers_item_stands_before_the_entitys_own(stage: Stage) -> None:
    plan = decided(stage, State.ACCEPTED)
    row = Activity.objects.get(submission=plan)
    reclassify(actor=stage.cast.amaru, activity=row, item="line:2", reason="x", on=LATER)
    card = plan_of(stage.owed.pk)
    assert card
    assert (card.activities[0].item_code, card.activities[0].own_item_code) == ("2", "1")
    reclassify(actor=stage.cast.amaru, activity=row, item=None, reason="x", on=LATER)
    card = plan_of(stage.owed.pk)
    assert card
    assert (card.activities[0].item_id, card.activities[0].item_code, card.activities[0].own_item_code) == (
        None,
        "",
        "1",
    )


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.RETURNED, State.MISFILED])
def test_nothing_is_shown_before_it_is_accepted(stage: Stage, state: State) -> None:
    decided(stage, state, [NOTED])
    everything = (
        plan_of(stage.owed.pk), activities_for([stage.owed.pk], item(stage, "1")), list(standings(stage.call.pk)),
    )  # fmt: skip
    assert CANARY not in repr(everything)
    assert everything[:2] == (None, {})


def test_the_last_accepted_plan_stands_while_the_next_is_in_the_making(stage: Stage) -> None:
    decided(stage, State.ACCEPTED)
    decided(stage, State.RETURNED, [NOTED], on=LATER)
    card = plan_of(stage.owed.pk)
    assert card
    assert (card.header.version, [row.name for row in card.activities]) == (1, [ROW.name])


def test_a_later_acceptance_takes_its_place(stage: Stage) -> None:
    decided(stage, State.ACCEPTED)
    decided(stage, State.ACCEPTED, [SECOND], on=LATER)
    card = plan_of(stage.owed.pk)
    assert card
    assert (card.header.version, [row.name for row in card.activities]) == (2, [SECOND.name])
    assert activities_for([stage.owed.pk], item(stage, "1")) == {}


def test_nothing_of_a_restricted_call_is_shown(db: None) -> None:
    stage = set_stage(visibility="restricted")
    decided(stage, State.ACCEPTED, [NOTED])
    owed = [stage.owed.pk]
    assert (
        plan_of(stage.owed.pk), activities_for(owed, item(stage, "1")), len(standings(stage.call.pk)),
        standing_cards(owed),
    ) == (None, {}, 0, [])  # fmt: skip


def test_activities_are_found_by_what_they_answer_after_review(stage: Stage) -> None:
    plan = decided(stage, State.ACCEPTED, [ROW, SECOND])
    rows = Activity.objects.filter(submission=plan).order_by("row")
    reclassify(actor=stage.cast.amaru, activity=rows[0], item="line:2", reason="x", on=LATER)
    found = {code: activities_for([stage.owed.pk], item(stage, code)) for code in ("1", "2")}
    numbers = {code: {key: [row.row for row in told] for key, told in some.items()} for code, some in found.items()}
    assert numbers == {"1": {}, "2": {stage.owed.pk: [1, 2]}}


# --- standings -----------------------------------------------------------------------------------------------------
def stood(call: Call, as_of: date | None = None) -> dict[str, tuple[str, date | None, date | None]]:
    return {card.code: (card.standing, card.due_on, card.met_on) for card in standings(call.pk, as_of=as_of)}


def test_everybody_bound_stands_somewhere(stage: Stage) -> None:
    decided(stage, State.ACCEPTED)
    assert stood(stage.call, as_of=DUE_ON) == {
        "A-1": ("met", DUE_ON, HANDED_IN_ON),
        "B-1": ("open", DUE_ON, None),
    }
    assert stood(stage.call, as_of=AFTER)["B-1"] == ("late", DUE_ON, None)
    assert stood(stage.call)["B-1"] == ("open", DUE_ON, None)


def test_a_card_names_the_body(stage: Stage) -> None:
    body = stage.cast.b
    (card,) = standing_cards([stage.call.obligations.get(debtor=body).pk])
    assert (card.call_id, card.call) == (stage.call.pk, stage.call.code)
    assert (card.entity_id, card.source, card.source_id, card.code, card.name, card.acronym, card.level) == (
        body.pk, "cast", "5", "B-1", "Municipio de Ñandú", "MN", "municipal",
    )  # fmt: skip


def test_what_came_late_is_met_late_until_the_date_is_moved(stage: Stage) -> None:
    plan = handed_in(stage, on=AFTER)
    accept_plan(actor=stage.cast.amaru, submission=plan, on=AFTER)
    late = stood(stage.call)["A-1"]
    extend(actor=stage.cast.amaru, obligation=stage.owed, due_on=AFTER, reason="x", act="RM 1", on=AFTER)
    assert (late, stood(stage.call)["A-1"]) == (("met_late", DUE_ON, AFTER), ("met", AFTER, AFTER))


def test_what_is_waived_is_waived(stage: Stage) -> None:
    waive(actor=stage.cast.amaru, obligation=stage.owed, reason="x", act="RM 1", on=AFTER)
    assert stood(stage.call, as_of=AFTER)["A-1"][0] == "waived"


def paper(at: int, received: date | None) -> Plan:
    header = PlanHeader(received_on=received, source_ref=f"p.csv#{at}")
    return Plan(f"p.csv:{at}", "#4", header, (PlanRow(1, "line:1", name="a", where=f"f.csv:{at}"),), version=str(at))


@pytest.mark.parametrize(
    ("days", "standing", "met"),
    [
        ([None], "met_date_unknown", None),
        ([HANDED_IN_ON, None], "met", HANDED_IN_ON),
        ([AFTER, None], "met_date_unknown", None),
        ([AFTER, HANDED_IN_ON], "met", HANDED_IN_ON),
        ([HANDED_IN_ON, AFTER], "met", HANDED_IN_ON),
    ],
)
def test_a_later_version_never_makes_late_what_was_met_before(
    stage: Stage, days: list[date | None], standing: str, met: date | None
) -> None:
    import_plans(actor=OPERATOR, call=stage.call, plans=[paper(at, day) for at, day in enumerate(days, 1)], on=AFTER)
    assert stood(stage.call)["A-1"] == (standing, DUE_ON, met)


def test_without_a_deadline_nobody_is_late_and_nobody_in_time(db: None) -> None:
    stage = set_stage(historical=True, due_on=None)
    decided(stage, State.ACCEPTED)
    assert stood(stage.call, as_of=AFTER) == {
        "A-1": ("met_date_unknown", None, HANDED_IN_ON),
        "B-1": ("open", None, None),
    }


# --- queries -------------------------------------------------------------------------------------------------------
def many(number: int) -> tuple[Stage, list[Obligation]]:
    """So many plans of so many rows each."""
    stage = set_stage()
    calls = [make_call(audience="all", period=str(2019 + at), code=f"C{at}") for at in range(number)]
    for call in calls:
        rows = tuple(PlanRow(at + 1, "line:1", name="a", where="f.csv:1") for at in range(number))
        import_plans(actor=OPERATOR, call=call, plans=[Plan("p.csv:1", "#4", PlanHeader(), rows)], on=AFTER)
    return stage, [call.obligations.get(debtor=stage.cast.a) for call in calls]


@pytest.mark.parametrize("number", [1, 5])
def test_many_plans_take_as_many_queries_as_one(db: None, number: int, query_budget: object) -> None:
    stage, owed = many(number)
    keys, line = [each.pk for each in owed], item(stage, "1")
    with query_budget(8):  # type: ignore[operator] # the fixture of the house
        cards = plans_of(keys)
    with query_budget(8):  # type: ignore[operator] # the same
        found = activities_for(keys, line)
    with query_budget(1):  # type: ignore[operator] # the same
        rows = standing_cards(keys)
    with query_budget(2):  # type: ignore[operator] # the same
        some = standings(owed[0].call_id)[:4]
    assert [len(card.activities) for card in cards.values()] == [number] * number
    assert [len(told) for told in found.values()] == [number] * number
    assert ([row.obligation_id for row in rows], len(some)) == (keys, 4)
