"""What a verifier and an entity see of a checked value: who finds it, what may be done next, and what is news."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.cast import actor_of, make_person, obligation_of
from tests.domain.progress.stage import accepted, asked, planned, reported
from yupana.domain.progress.actions import (
    accept_report,
    answer_corrective,
    close_corrective,
    dispute,
    give_verdict,
    open_corrective,
    reopen_corrective,
)
from yupana.domain.progress.rules import CorrectiveState, Said
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.errors import Missing
from yupana.foundation.kernel.quantity import SCALE
from yupana.projections.overviews.verification import NEWS, Action, open_findings, row_of, waiting

if TYPE_CHECKING:
    from tests.cast import Cast
    from yupana.domain.progress.models import Verdict
    from yupana.domain.submissions.models import Submission
    from yupana.foundation.kernel.actor import Actor

DAY = date(2018, 5, 2)
WHO = ("amaru", "auditor", "inti", "executive", "killa", "expired", "sami")
ONE = timedelta(days=1)


def finds(cast: Cast, version: Submission, row: int = 1) -> list[str]:
    """Who of the cast finds a row."""
    found = []
    for name in WHO:
        try:
            row_of(getattr(cast, name), version.pk, row, on=DAY)
        except Missing:
            continue
        found.append(name)
    return found


def verdict(cast: Cast, version: Submission, value: int = 18, row: int = 1, **said: object) -> Verdict:
    told = {"actor": cast.auditor, "basis": "Acta", "on": DAY} | said
    return give_verdict(submission=version, row=row, said=Said(value * SCALE), **told)  # type: ignore[arg-type] # terms by name


@pytest.mark.django_db
def test_only_what_was_accepted_is_found_by_the_authority_and_by_whose_it_is(cast: Cast) -> None:
    plan = planned(cast)
    owed = obligation_of(asked(plan), cast.a)
    waits = reported(cast.inti, owed)
    plans = obligation_of(plan, cast.a).submissions.get()
    assert (finds(cast, waits), finds(cast, plans)) == ([], [])
    accept_report(actor=cast.amaru, submission=waits, on=DAY)
    assert finds(cast, waits) == ["amaru", "auditor", "inti", "executive"]


@pytest.mark.django_db
def test_a_row_is_found_by_whom_it_concerns_and_verified_by_who_may(cast: Cast) -> None:
    version = accepted(cast, obligation_of(asked(planned(cast)), cast.a))
    mine = ["amaru", "auditor", "inti", "executive"]
    assert [finds(cast, version, row) for row in (0, 1, 3, 4, 99)] == [[], mine, mine, [], []]
    may = {name: row_of(getattr(cast, name), version.pk, 1, on=DAY).may_verify for name in mine}
    assert may == {"amaru": True, "auditor": True, "inti": False, "executive": False}
    first = row_of(cast.auditor, version.pk, 1, on=DAY)
    assert (first.said, first.holds, first.found, first.is_last, [each.declared for each in first.periods]) == (
        "20", None, (), True, ["20"],
    )  # fmt: skip

    given = verdict(cast, version)
    told = row_of(cast.inti, version.pk, 1, on=DAY)
    assert (told.holds, [(each.said, each.agrees, each.holds, each.may_dispute) for each in told.found]) == (
        given, [("18", False, True, True)],
    )  # fmt: skip
    assert not row_of(cast.auditor, version.pk, 1, on=DAY).found[0].may_dispute
    dispute(actor=cast.inti, verdict=given, text="Había más", on=DAY)
    stands = {name: row_of(getattr(cast, name), version.pk, 1, on=DAY) for name in mine}
    # While it is disputed nobody verifies it anew, and who gave the verdict does not answer for itself.
    assert {name: (one.may_verify, one.found[0].may_answer) for name, one in stands.items()} == {
        "amaru": (False, True), "auditor": (False, False), "inti": (False, False), "executive": (False, False),
    }  # fmt: skip
    assert {name: len(waiting(getattr(cast, name), on=DAY).disputes) for name in WHO} == {
        "amaru": 1, "auditor": 0, "inti": 0, "executive": 0, "killa": 0, "expired": 0, "sami": 0,
    }  # fmt: skip


@pytest.mark.django_db
def test_a_verdict_that_differs_is_news_for_its_entity_for_thirty_days(cast: Cast) -> None:
    version = accepted(cast, obligation_of(asked(planned(cast)), cast.a))
    same, other = verdict(cast, version, 35, row=2), verdict(cast, version)
    assert same.pk != other.pk
    days = [DAY, DAY + NEWS - ONE, DAY + NEWS]
    assert [[each.pk for each in waiting(cast.inti, on=on).verdicts] for on in days] == [[other.pk], [other.pk], []]
    assert {name: len(waiting(getattr(cast, name), on=DAY).verdicts) for name in WHO} == {
        "amaru": 0, "auditor": 0, "inti": 1, "executive": 1, "killa": 0, "expired": 0, "sami": 0,
    }  # fmt: skip
    newer = verdict(cast, version, 20, supersedes=other)  # what was found first was wrong
    assert (waiting(cast.inti, on=DAY).verdicts, newer.supersedes_id) == ((), other.pk)
    told = row_of(cast.inti, version.pk, 1, on=DAY)
    assert [(each.verdict.pk, each.holds, each.agrees, each.may_dispute) for each in told.found] == [
        (newer.pk, True, True, True), (other.pk, False, False, False),
    ]  # fmt: skip


@pytest.mark.django_db
def test_what_is_to_be_put_right_waits_for_the_entity_and_then_for_who_verifies(cast: Cast) -> None:
    version = accepted(cast, obligation_of(asked(planned(cast)), cast.a))
    given = verdict(cast, version)
    asked_for = open_corrective(
        actor=cast.auditor, verdict=given, text="Corrija", due_on=DAY + 10 * ONE, on=DAY
    )  # fmt: skip

    def stands(actor: Actor) -> tuple[bool, bool, bool]:
        [action] = row_of(actor, version.pk, 1, on=DAY).found[0].actions
        return action.may_answer, action.may_close, action.may_reopen

    def waits() -> list[str]:
        return [name for name in WHO if waiting(getattr(cast, name), on=DAY).actions]

    assert (stands(cast.inti), stands(cast.amaru), waits()) == (
        (True, False, False), (False, True, False), ["inti", "executive"],
    )  # fmt: skip
    answer_corrective(actor=cast.inti, corrective=asked_for, text="Corregido", on=DAY, seen=0)
    assert (stands(cast.inti), stands(cast.amaru), waits()) == (
        (False, False, False), (False, True, True), ["amaru", "auditor"],
    )  # fmt: skip
    reopen_corrective(actor=cast.auditor, corrective=asked_for, text="Falta", on=DAY, seen=1)
    assert (stands(cast.inti), waits()) == ((True, False, False), ["inti", "executive"])
    close_corrective(actor=cast.auditor, corrective=asked_for, text="Quedó", on=DAY, seen=2)
    [action] = row_of(cast.inti, version.pk, 1, on=DAY).found[0].actions
    assert (action.state, action.is_open, len(action.steps), waits()) == (CorrectiveState.CLOSED, False, 3, [])
    assert (open_findings(cast.amaru, on=DAY).actions, open_findings(cast.inti, on=DAY).actions) == ((), ())


@pytest.mark.django_db
def test_a_verifier_that_belongs_to_the_entity_verifies_nothing_of_it(cast: Cast) -> None:
    person, _ = make_person("saxra", (Role.REVIEWER, cast.authority), (Role.ENTITY_PLANNER, cast.a))
    version = accepted(cast, obligation_of(asked(planned(cast)), cast.a))
    own = row_of(actor_of(person), version.pk, 1, on=DAY)
    assert (own.may_verify, own.refusal) == (False, "own-entity")


@pytest.mark.parametrize(("days", "late_by"), [(10, 0), (1, 0), (0, 0), (-1, 1), (-365, 365)])
@pytest.mark.parametrize("state", [None, *CorrectiveState])
def test_an_action_is_late_from_the_day_after_its_last_one_on(
    days: int, late_by: int, state: CorrectiveState | None
) -> None:
    action = Action(None, (), state, days)  # type: ignore[arg-type] # of what does not matter
    assert (action.late_by, action.is_open) == (late_by, state is not CorrectiveState.CLOSED)
