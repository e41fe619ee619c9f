"""What stands behind the entries of both rooms, rebuilt from the tables; and what an erasure leaves of it."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from tests.domain.commitments.plans import LATER, ROW, SECOND, Stage, begun, decided, handed_in, said, set_stage
from yupana.domain.commitments import queries as commitments
from yupana.domain.commitments.actions import confirm_year_one, erase_plan, reclassify, submit_plan
from yupana.domain.commitments.models import Activity
from yupana.domain.entities.queries import sealed_contents as of_entities
from yupana.domain.instruments.queries import sealed_contents as of_instruments
from yupana.domain.obligations.queries import sealed_contents as of_obligations
from yupana.domain.people.queries import sealed_contents as of_people
from yupana.domain.submissions import queries as submissions
from yupana.domain.submissions.models import Remark, Submission
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused
from yupana.foundation.kernel.fact import BLACKED_OUT
from yupana.foundation.ledger.actions import seal
from yupana.foundation.ledger.models import Entry
from yupana.foundation.ledger.verify import Verdict, verify

if TYPE_CHECKING:
    from yupana.foundation.ledger.queries import Content

pytestmark = pytest.mark.django_db
CANARY = "canario-5512"


@pytest.fixture
def stage(db: None) -> Stage:
    return set_stage()


def checked() -> Verdict:
    seal()
    rooms = (of_entities, of_people, of_instruments, of_obligations)
    told = [room() for room in (*rooms, submissions.sealed_contents, commitments.sealed_contents)]
    return verify(chain.from_iterable(told))


def whole_story(stage: Stage) -> Submission:
    decided(stage, State.RETURNED, [ROW, SECOND])
    plan = decided(
        stage, State.ACCEPTED, [replace(ROW, notes=CANARY, source={"b": "2", "a": CANARY}), SECOND], on=LATER
    )
    row = Activity.objects.get(submission=plan, row=1)
    for item in ("line:2", None):
        reclassify(actor=stage.cast.amaru, activity=row, item=item, reason="porque sí", on=LATER)
    confirm_year_one(actor=stage.cast.inti, obligation=stage.owed, year=2018, on=LATER)
    return plan


def test_a_whole_story_is_vouched_for(stage: Stage) -> None:
    whole_story(stage)
    verdict = checked()
    assert (verdict.ok, verdict.why, verdict.entries) == (True, "", Entry.objects.count())


def contents(*rooms: list[Content]) -> list[Content]:
    return sorted(chain(*rooms), key=lambda each: each.entry)


def test_every_entry_about_plans_has_its_content(stage: Stage) -> None:
    whole_story(stage)
    told = contents(list(submissions.sealed_contents()), list(commitments.sealed_contents()))
    kinds = [min(set(map(str, content.value)) - {"call", "entity", "version"}) for content in told]  # type: ignore[arg-type] # it is a mapping
    assert kinds == ["header", "after", "header", "after", "item", "item", "year"]


def test_a_draft_stands_behind_nothing(stage: Stage) -> None:
    begun(stage)
    assert contents(list(submissions.sealed_contents()), list(commitments.sealed_contents())) == []


FORGERIES = [
    "UPDATE commitments_activity SET name = 'x' WHERE row = 2",
    "UPDATE commitments_activity SET budget_cents = 1 WHERE row = 1",
    "UPDATE commitments_activity SET item_id = NULL WHERE row = 1",
    "UPDATE commitments_activity SET notes = 'x' WHERE row = 1",
    "UPDATE commitments_activity SET source = '{}' WHERE row = 1",
    "DELETE FROM commitments_activity WHERE row = 2",
    "UPDATE submissions_submission SET received_on = '2018-01-01'",
    "UPDATE submissions_submission SET date_doubt = 'x'",
    "UPDATE submissions_submission SET resolution = 'x'",
    "UPDATE submissions_submission SET asks_target = (1 = 0)",
    "UPDATE submissions_step SET reason = 'x'",
    "UPDATE submissions_step SET met_on = '2018-01-01'",
    "UPDATE submissions_remark SET text = 'x'",
    "DELETE FROM submissions_remark",
    "UPDATE commitments_reclassification SET item_id = (SELECT MIN(id) FROM instruments_item)",
    "UPDATE commitments_reclassification SET reason = 'x'",
    "UPDATE commitments_yearone SET year = 2020",
]


@pytest.mark.parametrize("sql", FORGERIES)
def test_whatever_is_forged_behind_an_entry_is_found(sql: str, unguarded_db: None) -> None:
    whole_story(set_stage())
    with connection.cursor() as cursor:
        cursor.execute(sql)
    verdict = checked()
    assert (verdict.ok, verdict.why) == (False, "content")


def test_the_log_holds_no_word_of_what_was_handed_in(stage: Stage) -> None:
    whole_story(stage)
    assert [entry.pk for entry in Entry.objects.all() if CANARY.encode() in bytes(entry.leaf)] == []


def test_reading_a_hundred_plans_takes_as_many_queries_as_one(stage: Stage, query_budget: object) -> None:
    whole_story(stage)
    with query_budget(21):  # type: ignore[operator] # the fixture of the house
        list(commitments.sealed_contents())
        list(submissions.sealed_contents())


# --- erasing -------------------------------------------------------------------------------------------------------
def shape(plan: Submission) -> list[tuple[object, ...]]:
    """What figures stand on: items, amounts, and whether each text was given."""
    return [
        (
            row.row,
            row.item_id,
            row.medium,
            row.budget_cents,
            bool(row.target),
            bool(row.indicator),
            bool(row.responsible),
        )
        for row in Activity.objects.filter(submission=plan).order_by("row")
    ]


def test_an_erased_plan_reads_erased_and_its_figures_do_not_move(stage: Stage) -> None:
    plan = whole_story(stage)
    before = shape(plan)
    gone = erase_plan(actor=stage.cast.amaru, submission=plan, act="Acto 9/2019", on=LATER)
    verdict = checked()
    assert plan.entry
    plan.entry.refresh_from_db()
    assert (verdict.ok, verdict.erased, shape(gone)) == (True, (plan.entry.position,), before)


def test_no_word_is_left_of_an_erased_plan(stage: Stage) -> None:
    words = {"notes": CANARY, "source": {"a": CANARY}, "result": "", "target": "Cien", "baseline": "", "unit": "granos"}
    plan = handed_in(stage, [replace(ROW, **words)])  # type: ignore[arg-type] # fields by name
    erase_plan(actor=OPERATOR, submission=plan, act="Acto 9/2019", on=LATER)
    texts = ("name", "responsible", "result", "baseline", "target", "unit", "indicator", "starts", "ends", "notes")
    row = Activity.objects.filter(submission=plan).values_list(*texts, "source").get()
    assert row == (*[BLACKED_OUT] * 2, *[""] * 2, *[BLACKED_OUT] * 6, None)


def test_the_numbers_that_progress_is_counted_by_stay(stage: Stage) -> None:
    measured = {"baseline": "1.200,5", "target": "20 %", "unit": "% de hogares"}
    plan = handed_in(stage, [replace(ROW, **measured)])  # type: ignore[arg-type] # fields by name
    erase_plan(actor=OPERATOR, submission=plan, act="Acto 9/2019", on=LATER)
    assert Activity.objects.filter(submission=plan).values(*measured).get() == measured


def test_the_heading_of_an_erased_plan_is_gone_too(stage: Stage) -> None:
    draft = begun(stage)
    heading = {"cites": CANARY, "resolution": CANARY, "notes": CANARY, "source": {"a": CANARY}, "source_digest": "d"}
    Submission.objects.filter(pk=draft.pk).update(**heading)
    plan = submit_plan(actor=stage.cast.inti, submission=draft, received_on=None, on=LATER)
    gone = erase_plan(actor=stage.cast.amaru, submission=plan, act="Acto 9/2019", on=LATER)
    assert (gone.cites, gone.resolution, gone.document_url, gone.notes, gone.source, gone.source_digest) == (
        BLACKED_OUT, BLACKED_OUT, "", BLACKED_OUT, None, "",
    )  # fmt: skip
    assert (gone.received_on, gone.state) == (LATER, "submitted")


def test_what_the_authority_said_about_it_stays(stage: Stage) -> None:
    plan = decided(stage, State.RETURNED)
    erase_plan(actor=stage.cast.amaru, submission=plan, act="Acto 9/2019", on=LATER)
    assert [remark.text for remark in Remark.objects.all()] == ["¿Cuántos?"]


def test_erasing_needs_an_act_and_happens_once(stage: Stage) -> None:
    plan, by = handed_in(stage), stage.cast.amaru
    assert said(Refused, erase_plan, actor=by, submission=plan, act=" ", on=LATER) == ("act-missing", 0)
    erase_plan(actor=by, submission=plan, act="Acto 9/2019", on=LATER)
    assert said(Conflict, erase_plan, actor=by, submission=plan, act="Acto 9/2019", on=LATER) == ("erased-already", 0)


def test_a_draft_is_not_erased(stage: Stage) -> None:
    draft = begun(stage)
    refusal = said(Refused, erase_plan, actor=stage.cast.amaru, submission=draft, act="Acto 9/2019", on=LATER)
    assert refusal == ("not-handed-in", 0)


@pytest.mark.parametrize("name", ["inti", "killa", "executive", "auditor", "expired", "sami"])
def test_only_the_authoritys_planners_erase(stage: Stage, name: str) -> None:
    plan, actor = handed_in(stage), getattr(stage.cast, name)
    refusal = said(Forbidden, erase_plan, actor=actor, submission=plan, act="Acto 9/2019", on=LATER)
    assert refusal == ("not-authority-planner", 0)
