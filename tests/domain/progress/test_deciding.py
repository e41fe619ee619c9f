"""What the authority decides about a report: who may, in which order, and what of it stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.cast import Cast, actor_of, make_person, obligation_of
from tests.domain.progress.stage import PLAN, SAID, accepted, asked, planned, reported
from tests.domain.progress.test_asking import everybody, refusal
from yupana.domain.obligations.models import Obligation
from yupana.domain.progress.actions import (
    accept_report,
    look_at_report,
    misfile_report,
    return_report,
    start_report,
)
from yupana.domain.progress.queries import report_rows
from yupana.domain.submissions.models import Look, Remark, Step, Submission
from yupana.domain.submissions.rules import Note
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused
from yupana.foundation.ledger.actions import seal
from yupana.foundation.ledger.models import Entry
from yupana.projections.proof import verify

if TYPE_CHECKING:
    from collections.abc import Callable

    from yupana.foundation.kernel.actor import Actor

pytestmark = pytest.mark.django_db
DAY = date(2018, 4, 10)


@pytest.fixture
def version(cast: Cast) -> Submission:
    """The report of the first quarter, under review."""
    return reported(cast.inti, asked(planned(cast)).obligations.get())


def accept(actor: Actor, version: Submission) -> object:
    return accept_report(actor=actor, submission=version, on=DAY)


def give_back(actor: Actor, version: Submission) -> object:
    return return_report(actor=actor, submission=version, reason="Falta", remarks={}, on=DAY)


def probe(actor: Actor, version: Submission) -> object:
    """Try which rows there are."""
    return return_report(actor=actor, submission=version, reason="", remarks={99: "¿Hay?"}, on=DAY)


def turn_away(actor: Actor, version: Submission) -> object:
    return misfile_report(actor=actor, submission=version, reason="No es", on=DAY)


def note(actor: Actor, version: Submission) -> object:
    return look_at_report(actor=actor, submission=version, notes=[Note("row:1", "fine")])


def state(version: Submission) -> str:
    return Submission.objects.get(pk=version.pk).state


def written() -> tuple[int, ...]:
    return Entry.objects.count(), *(each._default_manager.count() for each in (Step, Look, Remark))  # noqa: SLF001 - what a table of any kind has


@pytest.mark.parametrize("act", [accept, give_back, turn_away, note, probe])
def test_nobody_decides_but_who_reviews_for_the_authority(
    cast: Cast, version: Submission, act: Callable[[Actor, Submission], object]
) -> None:
    others = {name: actor for name, actor in everybody(cast).items() if name != "amaru"}
    both = actor_of(make_person("mayta", (Role.REVIEWER, cast.authority), (Role.EXECUTIVE, cast.a))[0])
    before, found = written(), {}
    for name, actor in (others | {"mayta": both}).items():
        with pytest.raises(Forbidden) as refused:
            act(actor, version)
        found[name] = refused.value.code
    assert found == dict.fromkeys(others, "not-reviewer") | {"mayta": "own-entity"}
    assert (written(), state(version)) == (before, "submitted")


@pytest.mark.parametrize(("act", "after"), [(accept, "accepted"), (give_back, "returned"), (turn_away, "misfiled")])
def test_of_two_decisions_the_first_one_holds(
    cast: Cast, version: Submission, act: Callable[[Actor, Submission], object], after: str
) -> None:
    act(cast.amaru, version)
    before = written()
    for again in (accept, give_back, turn_away, note):
        with pytest.raises(Conflict) as refused:
            again(cast.amaru, version)
        assert refused.value.code == "decided-already"
    seal()
    assert (state(version), written(), verify().ok) == (after, before, True)


@pytest.mark.parametrize("act", [accept, give_back, turn_away, note])
def test_a_draft_is_not_decided_about(cast: Cast, act: Callable[[Actor, Submission], object]) -> None:
    owed = asked(planned(cast)).obligations.get()
    draft = start_report(actor=cast.inti, obligation=owed, on=owed.call.opens_on)
    with pytest.raises(Refused) as refused:
        act(cast.amaru, draft)
    assert (refused.value.code, state(draft)) == ("not-under-review", "draft")


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_nothing_is_given_back_or_turned_away_without_a_word(cast: Cast, version: Submission, reason: str) -> None:
    before = written()
    told = {"actor": cast.amaru, "submission": version, "reason": reason, "on": DAY}
    acts = (partial(return_report, **told, remarks={1: " "}), partial(misfile_report, **told))  # type: ignore[arg-type] # terms by name
    assert [refusal(act) for act in acts] == ["reason-missing", "reason-missing"]
    assert (written(), state(version)) == (before, "submitted")


@pytest.mark.parametrize("row", [0, 4, 99])
def test_a_remark_is_about_a_row_of_the_plan(cast: Cast, version: Submission, row: int) -> None:
    before = written()
    with pytest.raises(Refused) as refused:
        return_report(actor=cast.amaru, submission=version, reason="", remarks={1: "¿Cuánto?", row: "¿Qué?"}, on=DAY)
    with pytest.raises(Refused) as other:
        look_at_report(actor=cast.amaru, submission=version, notes=[Note(f"row:{row}", "fine")])
    assert (refused.value.code, refused.value.details) == ("row-unknown", {"row": row})
    assert (other.value.code, written(), state(version)) == ("part-unknown", before, "submitted")


def test_what_a_report_leaves_unsaid_can_be_remarked_on(cast: Cast) -> None:
    silent = replace(PLAN[2], accumulation="", programmed=())  # promises nothing that can be measured
    owed = asked(planned(cast, [*PLAN[:2], silent])).obligations.get()
    version = reported(cast.inti, owed, SAID[:2])
    step = return_report(actor=cast.amaru, submission=version, reason="", remarks={3: "¿Y esto?"}, on=DAY)
    assert (step.after, {each.row: each.text for each in step.remarks.all()}) == ("returned", {3: "¿Y esto?"})


def test_notes_that_come_with_a_decision_are_its_remarks(cast: Cast, version: Submission) -> None:
    notes = [Note("row:1", "fine"), Note("row:2", "mend", "¿Cuándo?")]
    step = return_report(actor=cast.amaru, submission=version, reason="", remarks={3: "¿Y?"}, notes=notes, on=DAY)
    told = {each.row: each.text for each in step.remarks.all()}
    assert (told, Look.objects.count(), step.looked) == (
        {2: "¿Cuándo?", 3: "¿Y?"}, 0, [["row:1", "fine", ""], ["row:2", "mend", "¿Cuándo?"]],
    )  # fmt: skip


def test_nothing_is_accepted_over_a_remark_that_stands(cast: Cast, version: Submission) -> None:
    look_at_report(actor=cast.amaru, submission=version, notes=[Note("row:1", "mend", "¿Cuánto?")])
    with pytest.raises(Refused) as refused:
        accept(cast.amaru, version)
    assert (refused.value.code, state(version), Look.objects.count()) == ("remarks-open", "submitted", 1)
    clear = [Note("row:1")]
    assert accept_report(actor=cast.amaru, submission=version, notes=clear, on=DAY).after == "accepted"


def test_who_decides_on_what_another_changed_meanwhile_decides_nothing(cast: Cast, version: Submission) -> None:
    look_at_report(actor=cast.amaru, submission=version, notes=[Note("row:1", "mend", "¿Cuánto?")])
    before = written()
    with pytest.raises(Conflict) as refused:
        accept_report(
            actor=cast.amaru, submission=version, notes=[Note("row:2", "fine"), Note("row:1", "fine", seen="")], on=DAY
        )
    assert (refused.value.code, written(), state(version)) == ("look-moved", before, "submitted")


def test_a_report_that_came_back_is_mended_from_what_it_said(cast: Cast, version: Submission) -> None:
    return_report(actor=cast.amaru, submission=version, reason="", remarks={2: "¿Cuándo?"}, on=DAY)
    owed = Obligation.objects.get(pk=version.obligation_id)
    second = start_report(actor=cast.inti, obligation=owed, on=DAY)
    again = start_report(actor=cast.inti, obligation=owed, on=DAY)
    assert (second.version, second.pk == again.pk, report_rows(second)) == (2, True, report_rows(version))


def test_after_a_report_was_accepted_another_version_may_follow(cast: Cast) -> None:
    owed = asked(planned(cast)).obligations.get()
    accepted(cast, owed)
    better = [replace(SAID[0], value=25 * 10_000), *SAID[1:]]
    second = accepted(cast, owed, better, on=date(2018, 4, 12))
    assert (second.version, [each.state for each in owed.submissions.order_by("version")]) == (
        2, ["accepted", "accepted"],
    )  # fmt: skip


def test_while_one_is_under_review_no_other_is_begun(cast: Cast, version: Submission) -> None:
    with pytest.raises(Conflict) as refused:
        start_report(actor=cast.inti, obligation=version.obligation, on=DAY)
    assert refused.value.code == "under-review"


def test_a_plan_is_not_decided_about_as_a_report(cast: Cast) -> None:
    plan = Submission.objects.get(obligation=obligation_of(planned(cast), cast.a))
    before = written()
    for act in (accept, give_back, turn_away):
        with pytest.raises(Refused) as refused:
            act(cast.amaru, plan)
        assert refused.value.code == "call-asks-no-report"
    assert (written(), state(plan)) == (before, "accepted")
