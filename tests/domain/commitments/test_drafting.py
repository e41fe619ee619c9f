"""A plan in the making: begun, saved, handed in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.cast import (
    ACCEPTED_ON,
    DUE_ON,
    HANDED_IN_ON,
    HEADER,
    OPENS_ON,
    actor_of,
    make_call,
    make_edition,
    make_person,
)
from tests.domain.commitments.plans import (
    LATER,
    ROW,
    SECOND,
    Stage,
    begun,
    handed_in,
    last_leaf,
    said,
    set_stage,
)
from yupana.domain.commitments import actions
from yupana.domain.commitments.facts import PlanHeader
from yupana.domain.commitments.models import Activity
from yupana.domain.obligations.actions import close_call
from yupana.domain.submissions.models import Submission
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.actor import NOBODY, OPERATOR, Actor, Role
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.ledger.actions import record

if TYPE_CHECKING:
    from yupana.domain.commitments.facts import PlanRow

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(db: None) -> Stage:
    return set_stage()


def test_a_draft_is_begun_by_the_entity_for_itself(stage: Stage) -> None:
    draft = actions.start_plan(actor=stage.cast.inti, obligation=stage.owed, on=OPENS_ON)
    assert (draft.version, draft.state, draft.channel, draft.transcribed, draft.confirmed, draft.transcribed_by) == (
        1, "draft", "desk", False, True, None,
    )  # fmt: skip


def test_a_draft_asks_for_what_the_call_asks(db: None) -> None:
    stage = set_stage(asks_budget=False)
    draft = actions.start_plan(actor=stage.cast.inti, obligation=stage.owed, on=OPENS_ON)
    assert (draft.asks_target, draft.asks_responsible, draft.asks_budget) == (True, True, False)


def test_the_authority_transcribes_a_letter_that_the_entity_has_yet_to_confirm(stage: Stage) -> None:
    amaru = stage.cast.amaru
    draft = actions.start_plan(actor=amaru, obligation=stage.owed, on=HANDED_IN_ON)
    header = PlanHeader(received_on=date(2018, 5, 2), cites="CA 7/2018")
    draft = actions.save_plan(actor=amaru, submission=draft, header=header, rows=[ROW], seen=draft.saved_at)
    plan = actions.submit_plan(actor=amaru, submission=draft, received_on=None, on=HANDED_IN_ON)
    assert (plan.channel, plan.transcribed, plan.confirmed, plan.transcribed_by_id) == (
        "letter", True, False, amaru.person,
    )  # fmt: skip
    assert (plan.received_on, plan.date_doubt, plan.cites) == (date(2018, 5, 2), "", "CA 7/2018")


def test_a_letter_may_have_come_by_mail_on_a_day_that_nobody_wrote_down(stage: Stage) -> None:
    amaru = stage.cast.amaru
    colleague = actor_of(make_person("nina", (Role.REVIEWER, stage.cast.authority))[0])
    draft = begun(stage, actor=amaru)
    header = PlanHeader(channel="mail")
    draft = actions.save_plan(actor=amaru, submission=draft, header=header, rows=[ROW], seen=None)
    plan = actions.submit_plan(actor=amaru, submission=draft, received_on=None, on=HANDED_IN_ON)
    step = actions.accept_plan(actor=colleague, submission=plan, on=ACCEPTED_ON)
    assert (plan.channel, plan.received_on, plan.date_doubt, step.met_on) == ("mail", None, "date-missing", None)


def test_the_entity_may_hand_in_what_was_transcribed_for_it_today_and_so_confirms_it(stage: Stage) -> None:
    draft = begun(stage, actor=stage.cast.amaru)
    plan = actions.submit_plan(actor=stage.cast.inti, submission=draft, received_on=LATER, on=LATER)
    assert (plan.transcribed, plan.confirmed, plan.received_on) == (True, True, LATER)


def test_a_draft_at_hand_is_given_again_to_who_may_write_it(stage: Stage) -> None:
    draft = begun(stage)
    again = actions.start_plan(actor=stage.cast.inti, obligation=stage.owed, on=LATER)
    assert (again, Submission.objects.count()) == (draft, 1)


def test_saving_puts_everything_in_place_of_what_was_there(stage: Stage) -> None:
    draft = begun(stage, [ROW, SECOND])
    header = replace(HEADER, resolution="RA 1/2018", notes="nota", document_url="https://a.example/p.pdf", cites="x")
    kept = actions.save_plan(actor=stage.cast.inti, submission=draft, header=header, rows=[SECOND], seen=draft.saved_at)
    assert (kept.resolution, kept.resolution_state, kept.notes, kept.document_url, kept.cites) == (
        "RA 1/2018", "known", "nota", "https://a.example/p.pdf", "x",
    )  # fmt: skip
    rows = list(Activity.objects.filter(submission=draft).values_list("row", "name", "item__code", "starts"))
    assert (rows, kept.received_on, kept.saved_at > draft.saved_at) == (
        [(2, SECOND.name, "2", "Año 1")], None, True,
    )  # fmt: skip


def test_the_means_may_be_said_in_words(stage: Stage) -> None:
    begun(stage, [replace(ROW, medium="Proyecto"), replace(SECOND, medium="")])
    assert list(Activity.objects.order_by("row").values_list("medium", flat=True)) == ["project", ""]


def test_a_row_names_its_item_by_its_long_name_too(stage: Stage) -> None:
    begun(stage, [replace(ROW, item="PLAN/1#line:2"), replace(SECOND, item="")])
    assert list(Activity.objects.order_by("row").values_list("item__code", flat=True)) == ["2", None]


def test_two_editions_with_the_same_codes_have_to_be_named(db: None) -> None:
    stage = set_stage()
    make_edition("OTRO")
    call = make_call(("PLAN/1", "OTRO/1"), period="2019", code="DOS")
    both = stage._replace(call=call, owed=call.obligations.get(debtor=stage.cast.a))
    assert said(Refused, begun, stage=both) == ("plan-item-ambiguous", 0)
    begun(both, [replace(ROW, item="OTRO/1#line:1")])
    assert Activity.objects.get().item.edition.instrument.code == "OTRO"  # type: ignore[union-attr] # it names an item


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([replace(ROW, item="line:9")], "plan-item-unknown"),
        ([replace(ROW, item="target:1")], "plan-item-unknown"),
        ([replace(ROW, medium="milagro")], "plan-medium-unknown"),
        ([replace(ROW, responsible="x" * 301)], "text-too-long"),
        ([ROW, replace(SECOND, starts="x" * 121)], "text-too-long"),
    ],
)
def test_what_cannot_stand_in_a_row_is_refused_and_the_draft_stays(
    stage: Stage, rows: list[PlanRow], code: str
) -> None:
    draft = begun(stage)
    assert said(
        Refused, actions.save_plan, actor=stage.cast.inti, submission=draft, header=HEADER, rows=rows, seen=None
    ) == (code, 0)
    assert Activity.objects.get().name == ROW.name


def test_a_heading_that_is_too_long_is_refused(stage: Stage) -> None:
    draft = begun(stage)
    header = replace(HEADER, resolution="x" * 301)
    with pytest.raises(Refused) as refused:
        actions.save_plan(actor=stage.cast.inti, submission=draft, header=header, rows=[], seen=None)
    assert refused.value.args == ("text-too-long", {"row": 0, "field": "resolution"})


def test_the_second_of_two_who_save_is_told(stage: Stage) -> None:
    draft = begun(stage)
    inti = stage.cast.inti
    actions.save_plan(actor=inti, submission=draft, header=HEADER, rows=[SECOND], seen=draft.saved_at)
    assert said(
        Conflict, actions.save_plan, actor=inti, submission=draft, header=HEADER, rows=[ROW], seen=draft.saved_at
    ) == ("draft-moved", 0)
    assert Activity.objects.get().name == SECOND.name


@pytest.mark.parametrize("name", ["killa", "executive", "auditor", "expired", "sami", "amaru"])
def test_nobody_else_writes_a_draft(stage: Stage, name: str) -> None:
    draft, actor = begun(stage), getattr(stage.cast, name)
    assert said(Forbidden, actions.save_plan, actor=actor, submission=draft, header=HEADER, rows=[], seen=None) == (
        "not-entity-planner",
        0,
    )


@pytest.mark.parametrize("actor", [NOBODY, OPERATOR])
def test_nobody_begins_a_plan_for_others(stage: Stage, actor: Actor) -> None:
    assert said(Forbidden, actions.start_plan, actor=actor, obligation=stage.owed, on=OPENS_ON) == (
        "not-entity-planner",
        0,
    )


def test_who_may_not_write_a_draft_begins_no_second_one(stage: Stage) -> None:
    begun(stage)
    assert said(Conflict, actions.start_plan, actor=stage.cast.amaru, obligation=stage.owed, on=OPENS_ON) == (
        "draft-exists",
        0,
    )


def test_nothing_new_begins_while_a_version_is_under_review(stage: Stage) -> None:
    handed_in(stage)
    assert said(Conflict, actions.start_plan, actor=stage.cast.inti, obligation=stage.owed, on=LATER) == (
        "under-review",
        0,
    )


# --- handing in ----------------------------------------------------------------------------------------------------
def test_handing_in_is_recorded_with_codes_and_without_words(stage: Stage) -> None:
    plan = handed_in(stage)
    assert last_leaf() == (
        "submission.submitted",
        {"call": "PLAN-2018", "entity": "cast:4", "obligation": stage.owed.pk, "submission": plan.pk},
        HANDED_IN_ON.isoformat(),
        1,
    )


def test_the_executive_may_hand_in(stage: Stage) -> None:
    draft = begun(stage)
    plan = actions.submit_plan(actor=stage.cast.executive, submission=draft, received_on=None, on=HANDED_IN_ON)
    assert (plan.state, plan.received_on) == ("submitted", HANDED_IN_ON)


@pytest.mark.parametrize("name", ["killa", "auditor", "expired", "sami", "amaru"])
def test_nobody_else_hands_it_in(stage: Stage, name: str) -> None:
    draft, actor = begun(stage), getattr(stage.cast, name)
    assert said(Forbidden, actions.submit_plan, actor=actor, submission=draft, received_on=None, on=LATER) == (
        "not-entity-planner",
        0,
    )


def test_an_empty_plan_is_not_handed_in(stage: Stage) -> None:
    draft = begun(stage, [])
    assert said(Refused, actions.submit_plan, actor=stage.cast.inti, submission=draft, received_on=None, on=LATER) == (
        "plan-empty",
        0,
    )
    draft.refresh_from_db()
    assert (draft.state, draft.received_on) == ("draft", None)


def test_an_entity_cannot_date_back_what_it_hands_in(stage: Stage) -> None:
    draft = begun(stage)
    assert said(
        Refused, actions.submit_plan, actor=stage.cast.inti, submission=draft, received_on=OPENS_ON, on=LATER
    ) == ("received-another-day", 0)


def test_no_letter_comes_tomorrow(stage: Stage) -> None:
    draft = begun(stage, actor=stage.cast.amaru)
    tomorrow = LATER + timedelta(days=1)
    assert said(
        Refused, actions.submit_plan, actor=stage.cast.amaru, submission=draft, received_on=tomorrow, on=LATER
    ) == ("received-in-future", 0)


def test_a_version_is_handed_in_once(stage: Stage) -> None:
    plan = handed_in(stage)
    assert said(Conflict, actions.submit_plan, actor=stage.cast.inti, submission=plan, received_on=None, on=LATER) == (
        "submitted-already",
        0,
    )
    assert said(
        Conflict, actions.save_plan, actor=stage.cast.inti, submission=plan, header=HEADER, rows=[], seen=None
    ) == ("submitted-already", 0)


def test_what_is_late_is_still_taken(stage: Stage) -> None:
    plan = handed_in(stage, on=DUE_ON + timedelta(days=40))
    step = actions.accept_plan(actor=stage.cast.amaru, submission=plan, on=date(2018, 12, 1))
    assert step.met_on == DUE_ON + timedelta(days=40)


def test_nothing_comes_in_before_a_call_opens(stage: Stage) -> None:
    before = OPENS_ON - timedelta(days=1)
    assert said(Refused, actions.start_plan, actor=stage.cast.inti, obligation=stage.owed, on=before) == (
        "call-not-open-yet",
        0,
    )


def test_history_has_no_first_day(db: None) -> None:
    stage = set_stage(historical=True)
    assert actions.start_plan(actor=stage.cast.inti, obligation=stage.owed, on=date(2018, 1, 1)).version == 1


def test_nothing_comes_in_after_a_call_is_closed(stage: Stage) -> None:
    draft = begun(stage)
    close_call(actor=stage.cast.amaru, call=stage.call, on=LATER)
    assert said(Refused, actions.submit_plan, actor=stage.cast.inti, submission=draft, received_on=None, on=LATER) == (
        "call-closed",
        0,
    )
    other = stage.call.obligations.select_related("call").get(debtor=stage.cast.b)
    assert said(Refused, actions.start_plan, actor=stage.cast.killa, obligation=other, on=LATER) == ("call-closed", 0)


def beside(stage: Stage, version: int, state: State) -> Submission:
    """What somebody else wrote in between, after the action looked and before it wrote."""
    recorded = None if state is State.DRAFT else record(Fact("test.recorded", {}, LATER, {}))
    asks = {"asks_target": True, "asks_responsible": True, "asks_budget": True}
    return Submission.objects.create(
        obligation=stage.owed, version=version, state=state, channel="desk", entry=recorded, **asks
    )


def test_the_database_settles_who_began_first(stage: Stage) -> None:
    beside(stage, 1, State.DRAFT)
    beside(stage, 2, State.ACCEPTED)
    terms = {"actor": stage.cast.amaru, "obligation": stage.owed, "on": LATER}
    assert said(Conflict, actions.start_plan, **terms) == ("draft-exists", 0)


def test_the_database_settles_who_handed_in_first(stage: Stage) -> None:
    draft = begun(stage)
    beside(stage, 2, State.SUBMITTED)
    terms = {"actor": stage.cast.inti, "submission": draft, "received_on": None, "on": LATER}
    assert said(Conflict, actions.submit_plan, **terms) == ("under-review", 0)
