"""Erasing by an act: who, what stays, what is refused; and what the tables themselves let nobody change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.cast import make_plan, obligation_of
from tests.domain.progress.stage import FLOW, SAID, accepted, asked, planned
from tests.domain.progress.targets import barns, called, rate, said
from tests.domain.progress.test_checking_bounds import refused
from tests.verified import verified
from yupana.domain.commitments.actions import erase_plan
from yupana.domain.progress.actions import (
    add_link,
    answer_dispute,
    erase_evidence,
    erase_report,
    note_fetch,
    start_report,
)
from yupana.domain.progress.facts import Found, Terms
from yupana.domain.progress.models import Dispute, Evidence, Fetch, Measured, Progress
from yupana.domain.submissions.models import Submission
from yupana.foundation.kernel.actor import NOBODY, OPERATOR
from yupana.foundation.kernel.errors import Conflict, Forbidden, Missing, Refused
from yupana.foundation.kernel.fact import BLACKED_OUT
from yupana.foundation.ledger.actions import erase, seal
from yupana.projections.proof import verify

if TYPE_CHECKING:
    from django.db.models import Model

    from tests.cast import Cast
    from yupana.domain.obligations.models import Call

pytestmark = pytest.mark.django_db
DAY = date(2018, 5, 2)
WORDS = "Nombre de alguien"
ACT: dict[str, Any] = {"act": "RA 1", "on": DAY}


def report(cast: Cast, plans: Call | None = None) -> Submission:
    owed = obligation_of(asked(plans or planned(cast, [FLOW])), cast.a)
    return accepted(cast, owed, [replace(SAID[0], variation=WORDS, done=WORDS)])


def link(cast: Cast, url: str = "https://a.example/acta", **more: Any) -> Evidence:  # noqa: ANN401 - terms by name
    terms = replace(Terms("Acta", "public", 2, note=WORDS), **more)
    return add_link(actor=cast.inti, entity=cast.a, url=url, terms=terms, on=DAY).piece


def changes(row: Model, /, **columns: object) -> bool:
    """Whether the tables let somebody change a row past all actions."""
    try:
        with transaction.atomic():
            many = type(row)._default_manager.filter(pk=row.pk).update(**columns)  # noqa: SLF001 - any table
    except DatabaseError:
        return False
    return bool(many)


def goes(row: Model) -> bool:
    """Whether the tables let somebody take a row away."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {row._meta.db_table} WHERE id = {row.pk}")  # noqa: S608, SLF001 - our own words
    except DatabaseError:
        return False
    return True


# --- by an act -----------------------------------------------------------------------------------------------------
def test_only_planners_of_the_authority_and_the_operator_erase(cast: Cast) -> None:
    version, piece = report(cast), link(cast)
    people = [NOBODY, cast.inti, cast.executive, cast.killa, cast.auditor, cast.expired]
    found = [
        *(refused(lambda who=who: erase_report(actor=who, submission=version, act="", on=DAY)) for who in people),  # type: ignore[misc] # mypy guesses no type of the default
        *(refused(lambda who=who: erase_evidence(actor=who, evidence=piece.pk, act="", on=DAY)) for who in people),  # type: ignore[misc] # the same
    ]
    assert found == [(Forbidden, "not-authority-planner")] * 12


def test_what_cannot_be_erased_is_refused_and_stays(cast: Cast) -> None:
    """A plan is no report, nor the other way round: the header would go, and the rows go on saying what they say."""
    plans = planned(cast, [FLOW])
    version, piece = report(cast, plans), link(cast)
    plan = Submission.objects.get(obligation=obligation_of(plans, cast.a))
    draft = start_report(actor=cast.inti, obligation=version.obligation, on=DAY)
    erase_evidence(actor=OPERATOR, evidence=link(cast, "https://a.example/2").pk, **ACT)
    gone = Evidence.objects.exclude(pk=piece.pk).get()

    def of_report(submission: Submission, act: str = "RA 1") -> tuple[type[Refused], str]:
        return refused(lambda: erase_report(actor=OPERATOR, submission=submission, act=act, on=DAY))

    def of_piece(key: int, act: str = "RA 1") -> tuple[type[Refused], str]:
        return refused(lambda: erase_evidence(actor=OPERATOR, evidence=key, act=act, on=DAY))

    assert [of_report(plan), of_report(draft), of_report(version, " ")] == [
        (Refused, "call-asks-no-report"),
        *((Refused, "not-handed-in"), (Refused, "act-missing")),
    ]
    assert [of_piece(0), of_piece(-1), of_piece(piece.pk, "\t"), of_piece(gone.pk)] == [
        *((Missing, "evidence-missing"), (Missing, "evidence-missing"), (Refused, "act-missing")),
        (Conflict, "erased-already"),
    ]
    assert refused(lambda: erase_plan(actor=OPERATOR, submission=version, **ACT)) == (Refused, "call-asks-no-plan")
    erase_report(actor=cast.amaru, submission=version, **ACT)
    assert of_report(version) == (Conflict, "erased-already")
    assert Submission.objects.get(pk=plan.pk).resolution == plan.resolution


def test_of_an_erased_report_the_numbers_stay_and_what_was_empty_stays_empty(cast: Cast) -> None:
    _, call = called(cast)
    owed = obligation_of(asked(call), cast.a)
    said(cast, cast.inti, owed, [replace(barns(2), note=WORDS), rate(1, 4)])
    version = owed.submissions.get()
    numbers = ("row", "value", "numerator", "denominator", "gap", "cause", "accrued_cents", "current_cents")
    values = ("item", "value", "numerator", "denominator", "gap")
    before = [list(Progress.objects.values_list(*numbers)), list(Measured.objects.values_list(*values))]
    seal()
    erase_report(actor=cast.amaru, submission=version, **ACT)
    seal()
    after = [list(Progress.objects.values_list(*numbers)), list(Measured.objects.values_list(*values))]
    assert (after, verify().ok, len(verify().erased)) == (before, True, 1)
    assert set(Progress.objects.values_list("variation", "done", "next_step")) == {(BLACKED_OUT, "", ""), ("", "", "")}
    assert set(Measured.objects.values_list("note", flat=True)) == {BLACKED_OUT, ""}


def test_of_an_erased_link_days_and_digests_stay_and_its_address_may_be_brought_anew(cast: Cast) -> None:
    piece = link(cast, valid_until=date(2018, 6, 30))
    looks = [Found("ab" * 32, 3, "text/plain"), Found(refusal="gone")]
    for each in looks:
        note_fetch(piece=piece, found=each, on=DAY)
    kept = ("entity", "kind", "digest", "valid_until", "visibility", "level", "on", "by")
    before = [Evidence.objects.values_list(*kept).get(), list(Fetch.objects.values_list("digest", "refusal", "on"))]
    seal()
    told = erase_evidence(actor=cast.amaru, evidence=piece.pk, **ACT)
    after = [Evidence.objects.values_list(*kept).get(), list(Fetch.objects.values_list("digest", "refusal", "on"))]
    assert (before, (told.name, told.url, told.note)) == (after, (BLACKED_OUT,) * 3)
    again = link(cast)
    erase_evidence(actor=cast.amaru, evidence=again.pk, **ACT)
    seal()
    assert (again == piece, verify().ok, len(verify().erased)) == (False, True, 4)


def test_a_note_that_was_never_written_is_not_blacked_out(cast: Cast) -> None:
    told = erase_evidence(actor=cast.amaru, evidence=link(cast, note="").pk, **ACT)
    assert (told.name, told.note) == (BLACKED_OUT, "")


# --- past all actions ----------------------------------------------------------------------------------------------
def test_of_what_was_handed_in_nothing_moves_and_of_a_draft_everything(cast: Cast) -> None:
    version = report(cast)
    draft = start_report(actor=cast.inti, obligation=version.obligation, on=DAY)
    row, free = (Progress.objects.get(submission=each) for each in (version, draft))
    columns: dict[str, Any] = {"value": 1, "variation": "x", "done": BLACKED_OUT, "cause": "money", "row": 9}
    assert [changes(row, **{name: value}) for name, value in columns.items()] == [False] * 5
    assert [changes(free, **{name: value}) for name, value in columns.items()] == [True] * 5
    # Neither into a report that was handed in, nor out of it.
    assert [changes(free, submission=version), changes(row, submission=draft)] == [False, False]
    assert [goes(row), goes(free)] == [False, True]


def test_an_erasure_opens_the_texts_to_black_and_to_nothing_else(cast: Cast) -> None:
    version, piece = report(cast), link(cast)
    row = Progress.objects.get(submission=version)
    before = [changes(row, variation=BLACKED_OUT), changes(piece, name=BLACKED_OUT)]
    assert version.entry
    erase(entry=version.entry, **ACT)
    erase(entry=piece.entry, **ACT)
    wrong = [
        changes(row, variation="Otra cosa"), changes(row, variation=""), changes(row, next_step=BLACKED_OUT),
        changes(row, value=1), changes(row, cause="money"), changes(row, variation=BLACKED_OUT, value=1), goes(row),
        changes(piece, name="Otra"), changes(piece, level=4), changes(piece, visibility="restricted"),
        changes(piece, url=BLACKED_OUT, valid_until=DAY), goes(piece),
    ]  # fmt: skip
    right = [changes(row, variation=BLACKED_OUT, done=BLACKED_OUT), changes(piece, name=BLACKED_OUT, note=BLACKED_OUT)]
    assert (before, wrong, right) == ([False] * 2, [False] * 12, [True] * 2)


def test_a_dispute_is_answered_once_and_its_words_are_nobodys_to_change(cast: Cast) -> None:
    found = verified(cast, planned(cast, [FLOW]), lambda _: WORDS)
    raised = found.disputed.dispute
    answer = {"upheld": False, "answer": "No", "answered_on": DAY, "answer_entry": found.given.entry_id}
    assert [changes(raised, text="x"), changes(raised, **answer, text="x"), changes(raised, **answer, on=DAY)] == [
        False
    ] * 3
    answer_dispute(actor=cast.auditor, dispute=raised, upheld=False, answer="No", on=DAY)
    held = Dispute.objects.get()
    taken_back = {"upheld": None, "answer": "", "answered_on": None, "answered_by": None, "answer_entry": None}
    assert [changes(held, upheld=True), changes(held, answer="Sí"), changes(held, **taken_back), goes(held)] == [
        False
    ] * 4


def test_what_is_recorded_at_once_stays(cast: Cast) -> None:
    found = verified(cast, planned(cast, [FLOW]), lambda _: WORDS, answered=True)
    looked = note_fetch(piece=link(cast), found=Found(refusal="gone"), on=DAY)
    step = found.action.steps.get()
    tries: list[tuple[Model, dict[str, object]]] = [
        (found.given, {"value": 1}),
        (found.given, {"basis": BLACKED_OUT}),
        (found.action, {"due_on": date(2030, 1, 1)}),
        (found.action, {"text": "x"}),
        (step, {"after": "closed"}),
        (step, {"text": "x"}),
        (looked, {"refusal": "failed"}),
    ]
    assert [changes(row, **told) for row, told in tries] == [False] * len(tries)
    assert [goes(each) for each in (found.given, found.action, step, looked)] == [False] * 4


def test_evidence_is_cited_by_drafts_alone(cast: Cast) -> None:
    """Neither may a piece be put behind what was handed in, nor be taken from it."""
    plans = planned(cast, [FLOW], bodies=(cast.a, cast.b))
    piece = link(cast)
    owed = obligation_of(asked(plans), cast.a)
    version = accepted(cast, owed, [replace(SAID[0], evidence=(piece.pk,))])
    support = version.supports.get()
    columns = "submission_id, row, evidence_id"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO progress_support ({columns}) VALUES ({version.pk}, 2, {piece.pk})")  # noqa: S608 - our own words
    assert [changes(support, row=2), goes(support), version.supports.count()] == [False, False, 1]


def test_a_plan_that_was_accepted_again_leaves_its_reports_erasable(cast: Cast) -> None:
    plans = planned(cast, [FLOW])
    version = report(cast, plans)
    make_plan(cast, obligation_of(plans, cast.a), [FLOW], on=DAY)
    told = erase_report(actor=OPERATOR, submission=version, **ACT)
    assert (told.pk, Progress.objects.get(submission=version).variation) == (version.pk, BLACKED_OUT)
