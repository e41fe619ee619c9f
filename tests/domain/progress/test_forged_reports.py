"""Whatever is forged in a report or a rhythm, column by column, is found; and the guards let nobody come that far."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, connection, transaction

from tests.cast import make_call, make_edition, make_plan, obligation_of
from tests.domain.progress.stage import PLAN, asked, reported
from tests.domain.progress.targets import CITIZENS, QUARTER, barns, called, rate
from tests.domain.progress.test_forged_checks import unnoticed
from yupana.domain.progress.actions import (
    add_link,
    return_report,
    save_measured,
    save_rows,
    set_rhythm,
    start_report,
    submit_report,
)
from yupana.domain.progress.facts import MeasuredValue, ReportRow, Terms
from yupana.domain.progress.models import Measured, Progress, Rhythm, Support
from yupana.domain.submissions.models import Submission
from yupana.foundation.ledger import guards
from yupana.foundation.ledger.actions import seal
from yupana.projections.proof import verify

if TYPE_CHECKING:
    from tests.cast import Cast
    from yupana.domain.obligations.models import Call

pytestmark = pytest.mark.django_db
ROW = (
    *("row = 4", "value = value + 1", "value = NULL, gap = 'data'", "current_cents = NULL", "cause = 'money'"),
    *("value = NULL, numerator = 250000, denominator = 10000", "accrued_cents = accrued_cents + 1"),
    *("variation = 'x'", "done = done || ' '", "next_step = ''"),
)
VALUE = ("numerator = numerator + 1", "denominator = denominator + 1", "note = ''",
         "numerator = NULL, denominator = NULL, gap = 'data'")  # fmt: skip
VERSION = ("received_on = '2018-04-02'", "channel = 'letter'", "state = 'accepted'", "notes = 'x'")
RHYTHM = ("frequency = ''", "since = '2018-01-02'", "due_in = 21", "lock_in = NULL")


def handed_in(cast: Cast, call: Call) -> Submission:
    """A report that says something in every column, and cites two pieces of evidence."""
    owed = obligation_of(asked(call), cast.a)
    day = owed.call.opens_on
    one, two = (
        add_link(
            actor=cast.inti, entity=cast.a, url=f"https://a.example/{name}", terms=Terms(name, "public", 2), on=day
        ).piece.pk
        for name in ("acta", "foto")
    )
    draft = start_report(actor=cast.inti, obligation=owed, on=day)
    first = replace(
        QUARTER[0], current_cents=5_00, accrued_cents=3_00, done="Se contó", next_step="Seguir", evidence=(one,)
    )
    save_rows(actor=cast.inti, submission=draft, rows=[first, *QUARTER[1:]])
    save_measured(actor=cast.inti, submission=draft, values=[replace(rate(1, 4), note="Por censo"), barns(2)])
    assert two > one  # a piece that nobody cites
    return submit_report(actor=cast.inti, submission=draft, received_on=None, on=day)


def told(version: Submission, call: Call) -> list[str]:
    """Every forgery, as SQL."""
    row = Progress.objects.get(submission=version, row=1).pk
    value = Measured.objects.get(submission=version, numerator__isnull=False)
    cited = Support.objects.get(submission=version)
    other = cited.evidence_id + 1
    keys = {"progress": row, "measured": value.pk, "support": cited.pk, "rhythm": call.rhythms.get().pk}
    forged = {"progress": ROW, "measured": VALUE, "rhythm": RHYTHM, "support": ("row = 2", f"evidence_id = {other}")}
    return [
        *(f"UPDATE submissions_submission SET {each} WHERE id = {version.pk}" for each in VERSION),  # noqa: S608 - our own words
        *(
            f"UPDATE progress_{table} SET {each} WHERE id = {keys[table]}"  # noqa: S608 - our own words
            for table, some in forged.items()
            for each in some
        ),
        *(f"DELETE FROM progress_{table} WHERE id = {key}" for table, key in keys.items()),  # noqa: S608 - our own words
        f"INSERT INTO progress_support (submission_id, row, evidence_id) VALUES ({version.pk}, 3, {other})",  # noqa: S608 - our own words
    ]


@pytest.fixture
def world(cast: Cast) -> tuple[Submission, Call]:
    _, call = called(cast)
    version = handed_in(cast, call)
    set_rhythm(
        actor=cast.amaru, call=call, frequency="quarter", since=version.obligation.call.opens_on, due_in=20, lock_in=5,
        on=version.obligation.call.opens_on,
    )  # fmt: skip
    return version, call


def test_no_forgery_of_a_report_is_passed_over(world: tuple[Submission, Call]) -> None:
    seal()
    guards.remove(connection)
    assert (unnoticed(told(*world)), verify().first_broken) == ([], None)


def test_the_guards_let_none_of_them_happen(world: tuple[Submission, Call]) -> None:
    happened = []
    for statement in told(*world):
        if "submissions_submission" in statement:  # what may change of a version is told by its own room
            continue
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
        except DatabaseError:
            continue
        happened.append(statement)
    assert happened == []


def test_a_forged_report_is_named_by_its_own_entry(cast: Cast, world: tuple[Submission, Call]) -> None:
    version, _ = world
    return_report(actor=cast.amaru, submission=version, reason="Falta", remarks={}, on=version.obligation.call.opens_on)
    seal()
    guards.remove(connection)
    Progress.objects.filter(submission=version, row=2).update(done="x")
    entry = Submission.objects.select_related("entry").get(pk=version.pk).entry
    assert entry is not None
    assert (verify().why, verify().first_broken) == ("content", entry.position)


def test_a_draft_is_nobodys_record_and_may_change(cast: Cast) -> None:
    _, call = called(cast)
    owed = obligation_of(asked(call), cast.a)
    draft = start_report(actor=cast.inti, obligation=owed, on=owed.call.opens_on)
    save_rows(actor=cast.inti, submission=draft, rows=[ReportRow(1, value=1)])
    save_measured(actor=cast.inti, submission=draft, values=[MeasuredValue(CITIZENS, gap="data")])
    seal()
    for held in (Progress, Measured):
        held._default_manager.filter(submission=draft).delete()  # noqa: SLF001 - what a table of any kind has
    assert (verify().ok, Rhythm.objects.count()) == (True, 0)


def test_of_a_restricted_call_the_public_record_says_nothing_of_a_report(cast: Cast) -> None:
    make_edition()
    leaves = []
    for visibility in ("public", "restricted"):
        call = make_call(code=visibility.upper(), visibility=visibility)
        make_plan(cast, obligation_of(call, cast.a), PLAN)
        entry = reported(cast.inti, asked(call).obligations.get()).entry
        assert entry is not None
        leaves.append(bytes(entry.leaf).decode())
    assert [("submission" in leaf, cast.a.ref in leaf, "Faltó" in leaf) for leaf in leaves] == [
        (True, True, False), (False, False, False),
    ]  # fmt: skip
    seal()
    assert verify().ok
