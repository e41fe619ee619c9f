"""Plans from paper: placed or not, doubted where they must be, all or none, and once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.cast import HANDED_IN_ON, OPENS_ON, make_call
from tests.domain.commitments.plans import LATER, ROW, SECOND, Stage, begun, handed_in, own_reviewer, said, set_stage
from yupana.domain.commitments.actions import erase_plan, import_plans
from yupana.domain.commitments.facts import Plan, PlanHeader, PlanRow
from yupana.domain.commitments.models import Activity, Reclassification, Unplaced
from yupana.domain.commitments.queries import rows_of
from yupana.domain.obligations.actions import close_call
from yupana.domain.submissions.models import Step, Submission
from yupana.foundation.kernel.actor import NOBODY, OPERATOR
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused
from yupana.foundation.kernel.report import Note, Report
from yupana.foundation.ledger.models import Entry
from yupana.foundation.ledger.rules import read_leaf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yupana.domain.obligations.models import Call

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)


@pytest.fixture
def stage(db: None) -> Stage:
    return set_stage(historical=True)


def row(number: int = 1, item: str = "line:1", **more: object) -> PlanRow:
    told = replace(ROW, row=number, item=item, where=f"filas.csv:{number + 1}", source={"n": str(number)})
    return replace(told, **more)  # type: ignore[arg-type] # fields of a row


def plan(debtor: str = "#4", *rows: PlanRow, at: int = 2, **more: object) -> Plan:
    header = {"received_on": HANDED_IN_ON, "resolution": "RA 1/2018", "source_ref": f"planes.csv#{at}"}
    own = {name: more.pop(name) for name in list(more) if name in PlanHeader.__dataclass_fields__}
    told = PlanHeader(**{**header, **own})  # type: ignore[arg-type] # fields of a header
    return Plan(f"planes.csv:{at}", debtor, told, rows or (row(),), **more)  # type: ignore[arg-type] # fields of a plan


def bring(call: Call, *plans: Plan, ticks: list[int] | None = None) -> Report:
    tick = (lambda _: None) if ticks is None else ticks.append
    return import_plans(actor=OPERATOR, call=call, plans=plans, on=ON, tick=tick)


def whys(notes: Sequence[Note]) -> list[tuple[str, str]]:
    return [(note.where, note.why) for note in notes]


def test_a_plan_comes_in_as_handed_in_and_accepted(stage: Stage) -> None:
    ticks: list[int] = []
    report = bring(stage.call, plan("#4", row(1), row(2, "line:2")), ticks=ticks)
    version = Submission.objects.get()
    step = version.steps.get()
    assert report == Report(read=3, created=3)
    assert (version.obligation, version.version, version.state, version.channel) == (
        stage.owed,
        1,
        "accepted",
        "letter",
    )
    assert (version.transcribed, version.confirmed, version.source_ref) == (True, False, "planes.csv#2")
    assert (version.received_on, version.date_doubt, step.met_on, step.on) == (HANDED_IN_ON, "", *[HANDED_IN_ON] * 2)
    assert list(Activity.objects.values_list("row", "item__code", "source", "medium")) == [
        (1, "1", {"n": "1"}, "project"),
        (2, "2", {"n": "2"}, "project"),
    ]
    assert sum(ticks) == 3


def test_history_happened_on_the_day_of_the_reception_and_is_recorded_now(stage: Stage) -> None:
    bring(stage.call, plan())
    leaves = [read_leaf(bytes(entry.leaf)) for entry in Entry.objects.order_by("-pk")[:2]]
    assert [(leaf.verb, leaf.on) for leaf in leaves] == [
        ("submission.accepted", HANDED_IN_ON.isoformat()),
        ("submission.submitted", HANDED_IN_ON.isoformat()),
    ]


def test_where_the_day_is_doubtful_history_happened_when_the_call_opened(stage: Stage) -> None:
    bring(stage.call, plan(received_on=None))
    version = Submission.objects.get()
    assert (version.received_on, version.date_doubt, version.steps.get().on, version.steps.get().met_on) == (
        None, "date-missing", OPENS_ON, None,
    )  # fmt: skip


def test_in_a_call_of_today_the_decision_is_of_today(db: None) -> None:
    stage = set_stage()
    bring(stage.call, plan())
    assert Step.objects.get().on == ON


def test_the_same_import_again_changes_nothing(stage: Stage) -> None:
    plans = (plan(), plan("B-1", at=3))
    bring(stage.call, *plans)
    entries = Entry.objects.count()
    moved = [
        replace(each, where="planes.csv:99", rows=(replace(each.rows[0], where="filas.csv:77"),)) for each in plans
    ]
    assert bring(stage.call, *moved) == Report(read=4, unchanged=4)
    assert (Submission.objects.count(), Activity.objects.count(), Entry.objects.count()) == (2, 2, entries)


@pytest.mark.parametrize(
    "changed",
    [
        plan("#4", row(name="otra cosa")),
        plan("#4", row(), row(2)),
        plan("#4", received_on=date(2018, 5, 11)),
        plan("#4", resolution="RA 2/2018"),
        plan("#4", misfiled="Es otro plan"),
        plan("#5"),
    ],
)
def test_a_plan_that_says_something_else_now_is_a_conflict(stage: Stage, changed: Plan) -> None:
    bring(stage.call, plan())
    terms = {"actor": OPERATOR, "call": stage.call, "plans": [plan("#5", at=9), changed], "on": ON}
    assert said(Conflict, import_plans, **terms) == ("plan-changed", 0)
    assert Submission.objects.count() == 1


def test_new_plans_come_in_beside_known_ones(stage: Stage) -> None:
    bring(stage.call, plan())
    assert bring(stage.call, plan(), plan("#5", at=3)) == Report(read=4, created=2, unchanged=2)


def test_an_erased_plan_is_never_brought_back(stage: Stage) -> None:
    bring(stage.call, plan())
    erase_plan(actor=OPERATOR, submission=Submission.objects.get(), act="Acto 9/2019", on=LATER)
    assert bring(stage.call, plan()) == Report(read=2, unchanged=2)


def test_a_plan_answers_each_call_for_itself(stage: Stage) -> None:
    bring(stage.call, plan())
    other = make_call(period="2019", code="OTRA", historical=True)
    assert bring(other, plan()).created == 2


@pytest.mark.parametrize("ref", ["#4", "cast:4", "A-1"])
def test_an_entity_is_named_by_its_id_its_source_or_its_code(stage: Stage, ref: str) -> None:
    bring(stage.call, plan(ref))
    assert Submission.objects.get().obligation == stage.owed


@pytest.mark.parametrize(
    ("debtor", "why"),
    [
        ("#99", "plan-entity-unknown"),
        ("", "plan-entity-unknown"),
        ("#6", "plan-entity-not-bound"),
        ("C-1", "plan-entity-not-bound"),
        ("cast:2", "plan-entity-not-bound"),
        ("otro:4", "plan-entity-unknown"),
    ],
)
def test_a_plan_without_a_place_is_shown_and_the_others_come_in(stage: Stage, debtor: str, why: str) -> None:
    report = bring(stage.call, plan(debtor), plan("#5", at=3))
    assert report == Report(read=4, created=4, unplaced=(Note("planes.csv:2", why, debtor),))


def test_a_code_of_two_bodies_names_neither(stage: Stage) -> None:
    stage.cast.b.__class__.objects.filter(pk=stage.cast.b.pk).update(code="A-1")
    assert whys(bring(stage.call, plan("A-1")).unplaced) == [("planes.csv:2", "plan-entity-ambiguous")]


def test_rows_of_no_plan_are_shown(stage: Stage) -> None:
    lost = Plan("filas.csv:8", "", PlanHeader(), (row(where="filas.csv:8", name="suelta"),), own_row=False)
    note = Note("filas.csv:8", "row-without-plan", "suelta")
    assert bring(stage.call, lost) == Report(read=1, created=1, unplaced=(note,))


def kept() -> list[tuple[str, str, dict[str, str]]]:
    return list(Unplaced.objects.order_by("where").values_list("where", "why", "source"))


def test_what_has_no_place_is_kept_as_it_stood(stage: Stage) -> None:
    bring(stage.call, plan("#99", row(7), source={"entidad": "99"}))
    assert kept() == [
        ("filas.csv:8", "plan-entity-unknown", {"n": "7"}),
        ("planes.csv:2", "plan-entity-unknown", {"entidad": "99"}),
    ]


def test_what_is_kept_is_kept_once(stage: Stage) -> None:
    first, again = (bring(stage.call, plan("#99", row(7))) for _ in range(2))
    assert (first.created, again.created, again.unchanged, len(kept())) == (2, 0, 2, 2)


def test_what_stands_differently_now_is_kept_as_it_stands_now(stage: Stage) -> None:
    bring(stage.call, plan("#99", row(7)))
    report = bring(stage.call, plan("#99", row(7, source={"n": "siete"})))
    assert (report.created, report.updated, report.unchanged, kept()[0][2]) == (0, 1, 1, {"n": "siete"})


def test_what_finds_its_place_later_is_kept_no_longer(stage: Stage) -> None:
    bring(stage.call, plan("#99", row(7)))
    report = bring(stage.call, plan("#4", row(7)))
    assert (report.created, kept(), Activity.objects.count()) == (2, [], 1)


def test_what_another_file_left_without_a_place_stays(stage: Stage) -> None:
    bring(stage.call, plan("#99", row(7)))
    bring(stage.call, plan("#4", row(1), at=3))
    assert len(kept()) == 2


@pytest.mark.parametrize(
    ("told", "notes"),
    [
        (row(item=""), [("filas.csv:2", "row-without-line")]),
        (row(item="line:77"), [("filas.csv:2", "line-unknown")]),
        (row(reviewed_item="line:77"), [("filas.csv:2", "line-unknown")]),
        (row(medium="milagro"), [("filas.csv:2", "medium-unknown")]),
        (row(starts="Año 3 Quinto Semestre"), [("filas.csv:2", "date-unreadable")]),
        (
            row(starts="07/12/2018", ends="pronto"),
            [("filas.csv:2", "date-ambiguous"), ("filas.csv:2", "date-unreadable")],
        ),
        (row(starts="2020"), [("filas.csv:2", "end-before-start")]),
    ],
)
def test_a_doubtful_row_is_kept_and_flagged(stage: Stage, told: PlanRow, notes: list[tuple[str, str]]) -> None:
    report = bring(stage.call, plan("#4", told))
    kept = Activity.objects.get()
    assert (whys(report.flagged), kept.starts, kept.ends, kept.source) == (notes, told.starts, told.ends, told.source)


@pytest.mark.parametrize(
    ("told", "notes"),
    [
        (plan(resolution=""), ["resolution-missing"]),
        (plan(resolution="No especifica"), ["resolution-missing"]),
        (plan(resolution="En trámite"), []),
        (plan(received_on=None), ["date-missing"]),
        (plan(misfiled="corresponde a otro"), ["belongs-elsewhere"]),
        (replace(plan(), rows=()), ["plan-without-rows"]),
        (plan(flags=(Note("planes.csv:2", "received-unreadable", "ayer"),)), ["received-unreadable"]),
    ],
)
def test_a_doubtful_plan_is_placed_and_flagged_each_time(stage: Stage, told: Plan, notes: list[str]) -> None:
    first, again = bring(stage.call, told), bring(stage.call, told)
    assert [note.why for note in first.flagged] == notes
    assert (first.flagged, again.created, Submission.objects.count()) == (again.flagged, 0, 1)


def test_a_plan_without_a_usable_resolution_is_accepted_all_the_same(stage: Stage) -> None:
    bring(stage.call, plan(resolution="No especifica"))
    version = Submission.objects.get()
    assert (version.state, version.resolution, version.resolution_state) == ("accepted", "No especifica", "missing")


def test_a_plan_of_another_kind_is_turned_away_with_the_note_and_its_rows_are_kept(stage: Stage) -> None:
    bring(stage.call, plan(misfiled="corresponde a su PISLEA"))
    version = Submission.objects.get()
    step = version.steps.get()
    assert (version.state, step.after, step.reason, step.met_on) == (
        "misfiled", "misfiled", "corresponde a su PISLEA", None,
    )  # fmt: skip
    assert version.activities.count() == 1


def test_days_that_contradict_the_letters_are_doubted_and_never_mended(stage: Stage) -> None:
    told = [("#4", date(2018, 5, 2), "CA 10"), ("#5", date(2018, 7, 5), "CA 11")]
    plans = [plan(debtor, at=at, received_on=day, cites=cite) for at, (debtor, day, cite) in enumerate(told, 2)]
    call = make_call(audience="all", period="2019", code="TODAS", historical=True)
    late = plan("#6", at=4, received_on=date(2018, 5, 10), cites="CA 12\nCA 13")
    report = bring(call, *plans, late)
    assert whys(report.flagged) == [("planes.csv:3", "swap-suspected")]
    assert report.flagged[0].text == "2018-07-05 · CA 11"
    doubted = Submission.objects.get(source_ref="planes.csv#3")
    assert (doubted.received_on, doubted.date_doubt, doubted.steps.get().met_on) == (
        date(2018, 7, 5), "swap-suspected", None,
    )  # fmt: skip


def test_the_reviewers_item_stands_beside_the_entitys_own_only_where_it_differs(stage: Stage) -> None:
    rows = (
        row(1, reviewed_item="line:1"),
        row(2, reviewed_item="line:2", reviewed_because="Es con otros"),
        row(3, "", reviewed_item="line:1"),
    )
    bring(stage.call, plan("#4", *rows))
    moved = Reclassification.objects.order_by("pk").values_list("activity__row", "item__code", "reason")
    assert list(moved) == [(2, "2", "Es con otros"), (3, "1", "line:1")]
    answers = [(each.row, each.answered_id == each.item_id) for each in rows_of(OPERATOR, Submission.objects.get().pk)]
    assert answers == [(1, True), (2, False), (3, False)]


def test_several_plans_of_one_entity_become_its_versions(stage: Stage) -> None:
    told = [
        plan(at=2, version="3", received_on=date(2018, 4, 3)),
        plan(at=3, version="1", received_on=date(2018, 4, 9)),
        plan(at=4, version="2", received_on=date(2018, 4, 5)),
        plan("#5", at=5),
    ]
    bring(stage.call, *told)
    versions = Submission.objects.order_by("obligation", "version").values_list("version", "source_ref", "state")
    assert list(versions) == [
        (1, "planes.csv#3", "accepted"),
        (2, "planes.csv#4", "accepted"),
        (3, "planes.csv#2", "accepted"),
        (1, "planes.csv#5", "accepted"),
    ]


def test_without_a_version_the_day_orders_them(stage: Stage) -> None:
    bring(stage.call, plan(at=2, received_on=date(2018, 4, 9)), plan(at=3, received_on=date(2018, 4, 3)))
    versions = Submission.objects.order_by("version").values_list("source_ref", flat=True)
    assert list(versions) == ["planes.csv#3", "planes.csv#2"]


def test_what_the_source_or_the_call_never_asked_for_is_not_asked_for(db: None) -> None:
    stage = set_stage(historical=True, asks_budget=False)
    bring(stage.call, plan(asks_target=False))
    version = Submission.objects.get()
    assert (version.asks_target, version.asks_responsible, version.asks_budget) == (False, True, False)


@pytest.mark.parametrize(
    ("plans", "code"),
    [
        ([plan(), plan("#5", at=2)], "plan-twice"),
        ([plan("#4", row(responsible="x" * 301))], "plan-text-too-long"),
        ([plan(resolution="x" * 301)], "plan-text-too-long"),
    ],
)
def test_what_cannot_be_kept_refuses_the_whole_import(stage: Stage, plans: list[Plan], code: str) -> None:
    assert said(Refused, import_plans, actor=OPERATOR, call=stage.call, plans=plans, on=ON) == (code, 0)
    assert Submission.objects.count() == 0


@pytest.mark.parametrize("make", [begun, handed_in])
def test_an_entity_in_the_middle_of_its_own_version_is_not_overtaken(db: None, make: object) -> None:
    stage = set_stage()
    make(stage)  # type: ignore[operator] # either way to get there
    plans = [plan("#5", at=3), plan()]
    assert said(Conflict, import_plans, actor=OPERATOR, call=stage.call, plans=plans, on=ON) == ("plan-in-hand", 0)
    assert Submission.objects.count() == 1


@pytest.mark.parametrize("name", ["inti", "killa", "executive", "auditor", "expired", "sami"])
def test_only_the_authority_imports(stage: Stage, name: str) -> None:
    actor = getattr(stage.cast, name)
    assert said(Forbidden, import_plans, actor=actor, call=stage.call, plans=[plan()], on=ON) == (
        "not-authority-planner", 0,
    )  # fmt: skip


def test_nobody_imports_their_own_entitys_plan(stage: Stage) -> None:
    terms = {"actor": own_reviewer(stage), "call": stage.call, "plans": [plan()], "on": ON}
    assert said(Forbidden, import_plans, **terms) == ("own-entity", 0)


def test_nothing_is_imported_into_a_closed_call(stage: Stage) -> None:
    close_call(actor=stage.cast.amaru, call=stage.call, on=LATER)
    stage.call.refresh_from_db()
    terms = {"actor": OPERATOR, "call": stage.call, "plans": [plan()], "on": ON}
    assert said(Refused, import_plans, **terms) == ("call-closed", 0)


def test_an_import_of_nothing_is_nothing(stage: Stage) -> None:
    assert (bring(stage.call), NOBODY.operator) == (Report(), False)


def test_a_plan_without_a_reference_is_known_by_its_place(stage: Stage) -> None:
    bring(stage.call, plan(source_ref=""))
    assert (bring(stage.call, plan(source_ref="")).unchanged, Submission.objects.get().source_ref) == (
        2,
        "planes.csv:2",
    )


@pytest.mark.parametrize("many", [1, 5])
def test_many_rows_take_as_many_statements_as_one(stage: Stage, many: int, query_budget: object) -> None:
    told = [plan("#4", *(row(at + 1, reviewed_item="line:2") for at in range(many))), plan("#5", row(), SECOND, at=3)]
    with query_budget(27):  # type: ignore[operator] # the fixture of the house
        bring(stage.call, *told)
