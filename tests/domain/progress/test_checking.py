"""What was declared is checked: verdicts, disputes and corrective actions, and who may do what about them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.cast import actor_of, make_person
from tests.domain.progress.stage import SAID, accepted, asked, planned, reported
from yupana.domain.people.actions import grant
from yupana.domain.progress import checks
from yupana.domain.progress.actions import (
    answer_corrective,
    answer_dispute,
    close_corrective,
    dispute,
    give_verdict,
    open_corrective,
    reopen_corrective,
)
from yupana.domain.progress.histories import histories, plan_of
from yupana.domain.progress.models import Dispute
from yupana.domain.progress.rules import CorrectiveState, Said
from yupana.foundation.kernel.actor import OPERATOR, Role
from yupana.foundation.kernel.errors import Missing, Refused
from yupana.foundation.kernel.quantity import SCALE
from yupana.foundation.ledger.actions import seal
from yupana.foundation.ledger.models import Entry
from yupana.foundation.ledger.rules import read_leaf
from yupana.projections.proof import verify

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cast import Cast
    from yupana.domain.progress.models import Corrective, Verdict
    from yupana.domain.submissions.models import Submission
    from yupana.foundation.kernel.actor import Actor

pytestmark = pytest.mark.django_db
DAY = date(2018, 5, 2)
FOUND = Said(18 * SCALE)


@dataclass
class Checked:
    """An accepted report of the first quarter, who gives verdicts on it and who else may."""

    cast: Cast
    report: Submission
    other: Actor

    def verdict(self, said: Said = FOUND, *, actor: Actor | None = None, before: Verdict | None = None) -> Verdict:
        return give_verdict(
            actor=actor or self.cast.amaru,
            submission=self.report,
            row=1,
            said=said,
            basis="Contamos los granos",
            on=DAY,
            supersedes=before,
        )

    def held(self) -> Said:
        """The verdict that figures read."""
        key = plan_of(self.report.obligation)
        assert key is not None
        return histories([key])[key].lines[0].checked["2018-Q1"]


@pytest.fixture
def checked(cast: Cast) -> Checked:
    person, _ = make_person("nina", (Role.AUDITOR, cast.authority))
    return Checked(cast, accepted(cast, asked(planned(cast)).obligations.get()), actor_of(person, on=DAY))


def refusal(do: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        do()
    return refused.value.code


def test_a_verdict_stands_until_another_one_names_it(checked: Checked) -> None:
    first = checked.verdict()
    assert checked.held() == FOUND
    assert refusal(checked.verdict) == "verdict-moved"
    second = checked.verdict(Said(20 * SCALE), actor=checked.other, before=first)
    assert checked.held() == Said(20 * SCALE)
    assert refusal(lambda: checked.verdict(before=first)) == "verdict-moved"
    assert list(checks.standing(checks.verdicts(checked.cast.inti))) == [second]


def test_who_acted_for_the_entity_when_it_reported_does_not_verify_it_later(checked: Checked) -> None:
    grant(
        actor=OPERATOR, person=checked.cast.people["rumi"], entity=checked.cast.authority, role=Role.REVIEWER,
        starts_on=date(2020, 1, 1), ends_on=None, on=date(2020, 1, 1),
    )  # fmt: skip
    now = actor_of(checked.cast.people["rumi"], date(2020, 1, 2))
    assert (now.has(Role.ENTITY_PLANNER), refusal(lambda: checked.verdict(actor=now))) == (False, "own-entity")


def test_only_verifiers_give_verdicts_and_never_on_their_own_entity(checked: Checked) -> None:
    both, _ = make_person("sisa", (Role.REVIEWER, checked.cast.authority), (Role.ENTITY_PLANNER, checked.cast.a))
    told = [refusal(lambda who=who: checked.verdict(actor=who)) for who in (checked.cast.inti, actor_of(both, on=DAY))]  # type: ignore[misc] # mypy guesses no type of the default
    assert told == ["not-verifier", "own-entity"]


def test_only_what_the_accepted_report_says_is_verified_and_like_for_like(checked: Checked) -> None:
    owed = asked(checked.report.obligation.call.follows, "2018-Q2").obligations.get()  # type: ignore[arg-type] # it follows one
    waiting = reported(checked.cast.inti, owed, [replace(each, cause="staff", variation="Faltó") for each in SAID])

    def give(report: Submission, row: int, said: Said, basis: str = "Vimos") -> str:
        return refusal(
            lambda: give_verdict(actor=checked.cast.amaru, submission=report, row=row, said=said, basis=basis, on=DAY)
        )

    assert [
        give(waiting, 1, FOUND),
        give(checked.report, 9, FOUND),
        give(checked.report, 1, Said(numerator=1, denominator=2)),
        give(checked.report, 1, Said()),
        give(checked.report, 1, Said(2**63)),
        give(checked.report, 1, FOUND, basis=" "),
    ] == ["report-not-accepted", "row-says-nothing", "verdict-unlike", "verdict-unlike", "value-beyond", "check-text"]


def test_an_entity_disputes_once_and_another_verifier_answers(checked: Checked) -> None:
    cast, given = checked.cast, checked.verdict()
    assert refusal(lambda: dispute(actor=cast.killa, verdict=given, text="No", on=DAY)) == "not-entity-planner"
    said = dispute(actor=cast.executive, verdict=given, text="Había más en el depósito", on=DAY)
    assert [
        refusal(lambda: dispute(actor=cast.inti, verdict=given, text="Otra vez", on=DAY)),
        refusal(lambda: checked.verdict(before=given)),
        refusal(lambda: answer_dispute(actor=cast.amaru, dispute=said, upheld=False, answer="No", on=DAY)),
        refusal(lambda: answer_dispute(actor=checked.other, dispute=said, upheld=True, answer="Sí", on=DAY)),
    ] == ["disputed-already", "dispute-unanswered", "own-verdict", "dispute-upheld-without-value"]
    answer_dispute(
        actor=checked.other, dispute=said, upheld=True, answer="Estaban", on=DAY, said=Said(20 * SCALE), basis="Vimos"
    )
    assert checked.held() == Said(20 * SCALE)
    assert (
        refusal(lambda: answer_dispute(actor=checked.other, dispute=said, upheld=False, answer="No", on=DAY))
        == "dispute-answered-already"
    )
    assert refusal(lambda: dispute(actor=cast.inti, verdict=given, text="Ya no vale", on=DAY)) == "verdict-moved"


def test_once_a_later_version_is_accepted_the_older_one_is_judged_no_more(checked: Checked) -> None:
    given = checked.verdict()
    said = dispute(actor=checked.cast.inti, verdict=given, text="Había más", on=DAY)
    accepted(checked.cast, checked.report.obligation, on=DAY)
    assert refusal(lambda: checked.verdict(before=given)) == "report-not-accepted"
    answer_dispute(actor=checked.other, dispute=said, upheld=True, answer="Ya lo dice la otra versión", on=DAY)
    assert (checks.standing(checks.verdicts(checked.other)).get(), Dispute.objects.get().upheld) == (given, True)


def opened(checked: Checked) -> Corrective:
    return open_corrective(
        actor=checked.cast.amaru,
        verdict=checked.verdict(),
        text="Corrija el conteo",
        due_on=DAY + timedelta(30),
        on=DAY,
    )


def test_a_corrective_action_goes_from_hand_to_hand(checked: Checked) -> None:
    cast, action = checked.cast, opened(checked)
    step = {"corrective": action, "text": "Hecho", "on": DAY}
    answer_corrective(actor=cast.inti, seen=0, **step)  # type: ignore[arg-type] # fields by name
    reopen_corrective(actor=cast.amaru, seen=1, **step)  # type: ignore[arg-type] # the same
    answer_corrective(actor=cast.executive, seen=2, **step)  # type: ignore[arg-type] # the same
    close_corrective(actor=checked.other, seen=3, **step)  # type: ignore[arg-type] # the same
    assert checks.state_of(checks.corrective(cast.inti, action.pk)) is CorrectiveState.CLOSED
    assert [
        refusal(lambda: answer_corrective(actor=cast.inti, seen=4, **step)),  # type: ignore[arg-type] # the same
        refusal(lambda: answer_corrective(actor=cast.killa, seen=4, **step)),  # type: ignore[arg-type] # the same
        refusal(lambda: close_corrective(actor=cast.inti, seen=4, **step)),  # type: ignore[arg-type] # the same
        refusal(lambda: reopen_corrective(actor=cast.amaru, seen=3, **step)),  # type: ignore[arg-type] # the same
    ] == ["corrective-state", "not-entity-planner", "not-verifier", "corrective-moved"]


def test_a_corrective_action_has_a_day_to_come_and_a_verdict_that_holds(checked: Checked) -> None:
    first = checked.verdict()
    checked.verdict(before=first)

    def open_by(due_on: date) -> str:
        amaru = checked.cast.amaru
        return refusal(lambda: open_corrective(actor=amaru, verdict=first, text="Corrija", due_on=due_on, on=DAY))

    assert open_by(DAY + timedelta(5)) == "verdict-moved"
    first = checked.verdict(before=checks.standing(checks.verdicts(checked.cast.amaru)).get())
    assert [open_by(DAY), open_by(date(9999, 1, 1))] == ["corrective-day", "corrective-day"]


def test_another_entity_finds_nothing_of_it(checked: Checked) -> None:
    action = opened(checked)
    assert [
        refusal(lambda: checks.verdict(checked.cast.killa, action.verdict_id)),
        refusal(lambda: checks.corrective(checked.cast.killa, action.pk)),
    ] == ["verdict-unknown", "corrective-unknown"]
    with pytest.raises(Missing):
        checks.corrective(checked.cast.sami, action.pk)


def test_the_record_holds_every_step_and_no_word_of_it(checked: Checked) -> None:
    action = opened(checked)
    said = dispute(actor=checked.cast.inti, verdict=action.verdict, text="Había más", on=DAY)
    answer_dispute(actor=checked.other, dispute=said, upheld=False, answer="No estaban", on=DAY)
    answer_corrective(actor=checked.cast.inti, corrective=action, text="Hecho", on=DAY, seen=0)
    close_corrective(actor=checked.other, corrective=action, text="Bien", on=DAY, seen=1)
    seal()
    leaves = [bytes(each.leaf) for each in Entry.objects.order_by("-pk")[:6]]
    assert [read_leaf(leaf).verb for leaf in reversed(leaves)] == [
        "verdict.given",
        "corrective.opened",
        "verdict.disputed",
        "dispute.answered",
        "corrective.answered",
        "corrective.closed",
    ]
    assert (verify().ok, "Había" in str(leaves)) == (True, False)
