"""From the planner to the executive and to the authority: who signs what, and that it is what they read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from tests.cast import ACCEPTED_ON, HANDED_IN_ON, HEADER, make_person, make_plan
from tests.domain.commitments.plans import ROW, SECOND, Stage, begun, handed_in, said, set_stage
from yupana.domain.commitments import actions
from yupana.domain.commitments.coherence import look
from yupana.domain.commitments.facts import Money
from yupana.domain.commitments.queries import content_of
from yupana.domain.commitments.rules import Act, CellEdit, Edit
from yupana.domain.obligations.actions import open_call
from yupana.domain.submissions.actions import attach_document, detach_document
from yupana.domain.submissions.models import Document, Submission
from yupana.domain.submissions.rules import DocumentKind, Resolution, State
from yupana.foundation.kernel.actor import OPERATOR, Role
from yupana.foundation.kernel.errors import Conflict, Forbidden, Missing, Refused
from yupana.foundation.vault import store as vault
from yupana.projections import followers, proof

if TYPE_CHECKING:
    from pathlib import Path

    from yupana.domain.obligations.models import Call
    from yupana.foundation.kernel.actor import Actor
    from yupana.foundation.vault.store import Stored

BACKWARDS = replace(ROW, starts="2018", ends="2017")
ENDS = ("end-before-start", 1)
SIGNED: dict[str, Any] = {"resolution": "RA 12/2018", "resolution_on": HANDED_IN_ON, "on": HANDED_IN_ON}


@pytest.fixture
def stage(db: None) -> Stage:
    return set_stage()


def approve(stage: Stage, draft: Submission, **changes: Any) -> Submission:  # noqa: ANN401 - what is signed, by name
    draft.refresh_from_db()
    told = {"actor": stage.cast.executive, "submission": draft, "seen": draft.saved_at, **SIGNED, **changes}
    return actions.approve_plan(**told)


def ready(stage: Stage, draft: Submission, actor: Actor | None = None) -> Submission:
    return actions.put_before_executive(actor=actor or stage.cast.inti, submission=draft, on=HANDED_IN_ON)


# --- the executive -------------------------------------------------------------------------------------------------
def test_what_the_executive_approves_is_handed_in_under_its_resolution(stage: Stage) -> None:
    plan = approve(stage, ready(stage, begun(stage)))
    assert (plan.state, plan.approved, plan.resolution, plan.resolution_on, plan.resolution_state) == (
        State.SUBMITTED,
        True,
        "RA 12/2018",
        HANDED_IN_ON,
        Resolution.KNOWN,
    )


def test_that_it_was_approved_is_sealed(stage: Stage) -> None:
    approve(stage, begun(stage))
    followers.tick()
    assert proof.verify().ok
    header = content_of(Submission.objects.get(), {})["header"]
    assert isinstance(header, dict)
    assert (header["approved"], header["resolution_on"]) == (True, HANDED_IN_ON)


def test_only_the_executive_of_the_body_approves(stage: Stage) -> None:
    draft = begun(stage)
    for actor in (stage.cast.inti, stage.cast.killa, stage.cast.amaru):
        told = {"actor": actor, "submission": draft, "seen": draft.saved_at, **SIGNED}
        assert said(Forbidden, actions.approve_plan, **told) == ("not-executive", 0)


def test_nothing_is_signed_that_was_not_read(stage: Stage) -> None:
    draft = begun(stage)
    earlier = draft.saved_at - timedelta(seconds=1)
    told = {"actor": stage.cast.executive, "submission": draft, "seen": earlier, **SIGNED}
    assert said(Conflict, actions.approve_plan, **told) == ("draft-changed", 0)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"resolution": "  "}, "resolution-unsaid"),
        ({"resolution": "x" * 301}, "text-too-long"),
        ({"resolution_on": HANDED_IN_ON + timedelta(days=1)}, "resolution-day"),
        ({"resolution_on": date(1989, 12, 31)}, "resolution-day"),
    ],
)
def test_a_resolution_has_a_number_and_a_day(stage: Stage, changes: dict[str, Any], code: str) -> None:
    draft = begun(stage)
    told = {"actor": stage.cast.executive, "submission": draft, "seen": draft.saved_at, **SIGNED, **changes}
    assert said(Refused, actions.approve_plan, **told) == (code, 0)
    draft.refresh_from_db()
    assert (draft.state, draft.approved) == (State.DRAFT, False)


def test_what_is_given_back_says_why_until_it_is_put_there_again(stage: Stage) -> None:
    draft = ready(stage, begun(stage))
    assert (draft.ready_on, draft.ready_by_id) == (HANDED_IN_ON, stage.cast.inti.person)
    draft = actions.give_back(actor=stage.cast.executive, submission=draft, note=" Falta el monto. ")
    assert (draft.ready_on, draft.ready_note, draft.state) == (None, "Falta el monto.", State.DRAFT)
    assert ready(stage, draft).ready_note == ""


def test_what_does_not_wait_is_not_given_back_and_never_without_a_word(stage: Stage) -> None:
    draft = begun(stage)
    told = {"submission": draft, "note": "x"}
    assert said(Conflict, actions.give_back, actor=stage.cast.executive, **told) == ("not-before-executive", 0)
    assert said(Forbidden, actions.give_back, actor=stage.cast.inti, **told) == ("not-executive", 0)
    ready(stage, draft)
    told["note"] = "  "
    assert said(Refused, actions.give_back, actor=stage.cast.executive, **told) == ("reason-missing", 0)


def test_a_body_without_an_executive_is_told_so(stage: Stage) -> None:
    stage = stage._replace(owed=stage.call.obligations.select_related("call", "debtor").get(debtor=stage.cast.b))
    draft = begun(stage, actor=stage.cast.killa)
    told = {"submission": draft, "on": HANDED_IN_ON}
    assert said(Refused, actions.put_before_executive, actor=stage.cast.killa, **told) == ("executive-missing", 0)
    make_person("illa", (Role.EXECUTIVE, stage.cast.b))
    assert ready(stage, draft, stage.cast.killa).ready_on == HANDED_IN_ON


def test_an_empty_plan_is_put_before_nobody(stage: Stage) -> None:
    told = {"submission": begun(stage, ()), "on": HANDED_IN_ON}
    assert said(Refused, actions.put_before_executive, actor=stage.cast.inti, **told) == ("plan-empty", 0)


@pytest.mark.parametrize("change", ["cell", "heading", "reason"])
def test_whatever_its_planner_changes_the_executive_is_asked_anew(stage: Stage, change: str) -> None:
    draft = ready(stage, begun(stage))
    by = {"actor": stage.cast.inti, "submission": draft}
    if change == "cell":
        cell = CellEdit(1, "target", "100", "120")
        actions.edit_rows(**by, edits=[Edit(Act.CHANGE, 1, (cell,))])  # type: ignore[arg-type] # by name
    elif change == "heading":
        actions.save_plan(**by, header=HEADER, rows=[ROW], seen=None)  # type: ignore[arg-type] # by name
    else:
        actions.justify(**by, reasons={("baseline-missing", 1): "Nadie contó antes."})  # type: ignore[arg-type] # by name
    draft.refresh_from_db()
    assert (draft.ready_on, draft.ready_by_id) == (None, None)


def test_its_planner_may_hand_it_in_and_it_says_that_nobody_approved_it(stage: Stage) -> None:
    draft = begun(stage)
    told: dict[str, Any] = {"actor": stage.cast.inti, "submission": draft, "on": HANDED_IN_ON}
    plan = actions.hand_in_plan(**told, resolution="RA 12/2018", resolution_on=HANDED_IN_ON)
    assert (plan.approved, plan.state, plan.resolution_on) == (False, State.SUBMITTED, HANDED_IN_ON)
    assert said(Conflict, actions.hand_in_plan, **told, resolution="", resolution_on=None) == ("submitted-already", 0)


def test_a_resolution_may_be_pending_but_its_day_names_one(stage: Stage) -> None:
    told: dict[str, Any] = {"actor": stage.cast.inti, "submission": begun(stage), "on": HANDED_IN_ON}
    assert said(Refused, actions.hand_in_plan, **told, resolution="", resolution_on=HANDED_IN_ON) == (
        "resolution-unsaid",
        0,
    )
    plan = actions.hand_in_plan(**told, resolution="", resolution_on=None)
    assert (plan.resolution_state, plan.resolution_on) == (Resolution.MISSING, None)


# --- what makes no sense -------------------------------------------------------------------------------------------
def test_what_makes_no_sense_is_mended_or_explained_before_it_is_handed_in(stage: Stage) -> None:
    draft = begun(stage, [BACKWARDS])
    told: dict[str, Any] = {"actor": stage.cast.inti, "submission": draft}
    assert said(Refused, actions.submit_plan, **told, received_on=HANDED_IN_ON, on=HANDED_IN_ON) == (
        "finding-unexplained",
        0,
    )
    actions.justify(**told, reasons={ENDS: "Así lo dice la resolución."})
    plan = actions.submit_plan(**told, received_on=HANDED_IN_ON, on=HANDED_IN_ON)
    header = content_of(plan, {})["header"]
    assert isinstance(header, dict)
    assert header["justifications"] == [[1, "end-before-start", "Así lo dice la resolución."]]


def test_a_letter_is_typed_in_as_it_is(stage: Stage) -> None:
    draft = begun(stage, [BACKWARDS], actor=stage.cast.amaru)
    day = {"received_on": HANDED_IN_ON, "on": HANDED_IN_ON}
    assert actions.submit_plan(actor=stage.cast.amaru, submission=draft, **day).state == State.SUBMITTED


def test_a_reason_for_what_was_mended_meanwhile_is_not_handed_in(stage: Stage) -> None:
    draft = begun(stage, [BACKWARDS])
    told: dict[str, Any] = {"actor": stage.cast.inti, "submission": draft}
    actions.justify(**told, reasons={ENDS: "x", ("guideline-unanswered", 0): "No nos toca."})
    actions.edit_rows(**told, edits=[Edit(Act.CHANGE, 1, (CellEdit(1, "ends", "2017", "2018"),))])
    actions.submit_plan(**told, received_on=HANDED_IN_ON, on=HANDED_IN_ON)
    assert look(draft).explained == {("guideline-unanswered", 0): "No nos toca."}


def test_a_reason_is_taken_back_by_an_empty_one(stage: Stage) -> None:
    told: dict[str, Any] = {"actor": stage.cast.inti, "submission": begun(stage)}
    for text in ("No nos toca.", "Otra razón.", " "):
        actions.justify(**told, reasons={("guideline-unanswered", 0): text})
    assert look(told["submission"]).explained == {}


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        (ENDS, "x", "finding-unknown"),
        (("no-such-rule", 1), "x", "finding-unknown"),
        (("guideline-unanswered", 0), "x" * 2001, "justification-too-long"),
    ],
)
def test_only_what_was_found_is_explained_and_briefly(stage: Stage, key: tuple[str, int], text: str, code: str) -> None:
    told = {"actor": stage.cast.inti, "submission": begun(stage), "reasons": {key: text}}
    assert said(Refused, actions.justify, **told) == (code, 0)


def test_nobody_else_explains_and_nothing_after_handing_in(stage: Stage) -> None:
    plan = handed_in(stage)
    reasons = {("guideline-unanswered", 0): "x"}
    for actor, kind, code in (
        (stage.cast.executive, Forbidden, "not-entity-planner"),
        (stage.cast.inti, Conflict, "submitted-already"),
    ):
        assert said(kind, actions.justify, actor=actor, submission=plan, reasons=reasons) == (code, 0)


# --- what other plans have -----------------------------------------------------------------------------------------
def test_an_activity_waits_for_one_that_was_accepted_and_that_may_be_read(stage: Stage) -> None:
    other = stage.call.obligations.select_related("call", "debtor").get(debtor=stage.cast.b)
    name = f"{stage.call.code}@{stage.cast.b.ref}#1"
    draft = begun(stage, [replace(ROW, waits=name), replace(SECOND, waits="nada@x#9999999999")])

    def waits() -> list[int]:
        return [each.row for each in look(draft).findings if each.rule == "waits-unknown"]

    assert waits() == [1, 2]
    theirs = begun(stage._replace(owed=other), actor=stage.cast.killa)
    actions.submit_plan(actor=stage.cast.killa, submission=theirs, received_on=HANDED_IN_ON, on=HANDED_IN_ON)
    assert waits() == [1, 2]
    actions.accept_plan(actor=stage.cast.amaru, submission=theirs, on=ACCEPTED_ON)
    assert waits() == [2]


def test_an_annual_plan_derives_from_the_strategic_plan_that_was_accepted(stage: Stage) -> None:
    owed = {
        kind: _call(kind, year).obligations.get(debtor=stage.cast.a) for kind, year in (("pei", 2018), ("poa", 2019))
    }
    strategic = f"{owed['pei'].call.code}@{stage.cast.a.ref}#1"
    money = (Money(2018, 5, "12 0001", "41", "111", "25200"),)
    rows = [replace(ROW, derives=strategic, money=money), replace(SECOND, derives="x", money=money)]
    annual = begun(stage._replace(owed=owed["poa"]), rows)

    def told() -> list[tuple[str, int]]:
        return [each.key for each in look(annual).findings if each.key[0].startswith("source-")]

    assert told() == []  # there is nothing yet that it could come from
    make_plan(stage.cast, owed["pei"])
    assert told() == [("source-unknown", 2)]


def _call(kind: str, year: int) -> Call:
    day = date(2018, 2, 1)
    terms: dict[str, Any] = {"editions": ["PLAN/1"], "audience": "code:A-1", "period": str(year), "plan_type": kind}
    return open_call(actor=OPERATOR, opens_on=day, due_on=date(2018, 6, 30), on=day, **terms)


# --- files ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def scan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stored:
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path))
    return vault.put(BytesIO(b"%PDF-1.4 x"), "resolución.pdf", 100)


def test_a_file_is_handed_in_with_the_plan_and_sealed(stage: Stage, scan: Stored) -> None:
    draft = begun(stage)
    for kind in (DocumentKind.PLAN, DocumentKind.RESOLUTION):
        attach_document(actor=stage.cast.inti, submission=draft.pk, stored=scan, kind=kind)
    plan = approve(stage, draft)
    header = content_of(plan, {})["header"]
    assert isinstance(header, dict)
    assert header["documents"] == [["resolution", "resolución.pdf", scan.digest, 10]]
    for change in (attach_document, detach_document):
        more = {"digest": scan.digest} if change is detach_document else {"stored": scan, "kind": DocumentKind.PLAN}
        told = {"actor": stage.cast.inti, "submission": draft.pk, **more}
        assert said(Conflict, change, **told) == ("submitted-already", 0)


def test_only_who_hands_in_chooses_the_files_and_not_too_many(stage: Stage, scan: Stored) -> None:
    draft = begun(stage)
    told: dict[str, Any] = {"submission": draft.pk, "stored": scan, "kind": DocumentKind.PLAN}
    assert said(Forbidden, attach_document, actor=stage.cast.killa, **told) == ("not-entity-planner", 0)
    attach_document(actor=stage.cast.executive, **told)
    detach_document(actor=stage.cast.inti, submission=draft.pk, digest=scan.digest)
    missing = {"actor": stage.cast.inti, "submission": draft.pk, "digest": scan.digest}
    assert said(Missing, detach_document, **missing) == ("file-missing", 0)
    Document.objects.bulk_create(
        [Document(submission=draft, kind="plan", name="x", digest=str(at), size=1) for at in range(10)]
    )
    assert said(Refused, attach_document, actor=stage.cast.inti, **told) == ("documents-too-many", 0)
