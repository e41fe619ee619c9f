"""The review queue: who takes what, and several plans at once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from tests.cast import hand_in, make_person
from tests.interfaces.desk.desk import Desk, row, soup, text
from tests.interfaces.portal.stage import words
from yupana.domain.commitments.actions import look_at
from yupana.domain.submissions.models import Assignment, Step, Submission
from yupana.domain.submissions.rules import Note, State
from yupana.foundation.kernel.actor import Role

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

TODAY = timezone.localdate
WHOLE = {"unit": "granos", "baseline": "0", "starts": "2018", "ends": "2018"}


@pytest.fixture
def two(desk: Desk) -> list[Submission]:
    """Plans of both municipalities that nobody can find fault with."""
    rows = [row(1, **WHOLE), row(2, item="line:2", name="Contar con otros", **WHOLE)]
    day = TODAY() - timedelta(days=4)
    return [
        hand_in(desk.cast.inti, desk.owed, rows, on=day),
        hand_in(desk.cast.killa, desk.others, rows, on=day),
    ]


def together(desk: Desk, picks: list[Submission], who: str = "amaru", **fields: str) -> Response:
    sent: dict[str, Any] = {"pick": [each.pk for each in picks], **fields}
    return desk.client(who).post("/en/desk/revision/varias/", sent, follow=True)


def told(response: Response) -> list[str]:
    return [each.get_text() for each in soup(response).select(".messages li")]


def states() -> list[str]:
    return list(Submission.objects.order_by("pk").values_list("state", flat=True))


def names(desk: Desk, asked: str = "") -> list[str]:
    return [each.get_text() for each in soup(desk.get("amaru", f"revision/{asked}")).select("tbody th a")]


# --- who takes what ------------------------------------------------------------------------------------------------
def test_plans_are_assigned_and_the_queue_can_be_asked_for_ones_own(desk: Desk, two: list[Submission]) -> None:
    mara, _ = make_person("mara", (Role.REVIEWER, desk.cast.authority))
    desk.cast.people["mara"] = mara
    first = together(desk, two[:1], act="assign", reviewer=str(desk.cast.people["amaru"].pk))
    together(desk, two[1:], act="assign", reviewer=str(mara.pk))
    assert (told(first), names(desk, "?whose=mine"), names(desk, "?whose=free")) == (
        ["1 submission was assigned."],
        ["Municipio de Ábaco"],
        [],
    )
    cells = [words(each) for each in soup(desk.get("amaru", "revision/")).select("tbody td:last-child")]
    together(desk, two, act="assign", reviewer="")
    assert (cells, names(desk, "?whose=free")) == (["you", "Mara"], ["Municipio de Ábaco", "Municipio de Ñandú"])


def test_nobody_is_assigned_their_own_entitys_plan(desk: Desk, two: list[Submission]) -> None:
    both, _ = make_person("mara", (Role.REVIEWER, desk.cast.authority), (Role.ENTITY_PLANNER, desk.cast.a))
    said = told(together(desk, two, act="assign", reviewer=str(both.pk)))
    assert (said[0], len(said), Assignment.objects.get().obligation) == ("1 submission was assigned.", 2, desk.others)


def test_the_queue_counts_the_days_here_in_every_version(desk: Desk, two: list[Submission]) -> None:
    from yupana.domain.commitments.actions import return_plan  # noqa: PLC0415 - used here alone

    ago = TODAY() - timedelta(days=1)
    return_plan(actor=desk.cast.amaru, submission=two[0], reason="x", remarks={}, on=ago)
    hand_in(desk.cast.inti, desk.owed, on=ago)
    waits = [words(each) for each in soup(desk.get("amaru", "revision/")).select("tbody td:nth-of-type(4)")]
    assert waits == ["4 days", "1 day 4 days here in all"]


# --- several at once -----------------------------------------------------------------------------------------------
def test_several_are_accepted_once_that_is_confirmed(desk: Desk, two: list[Submission]) -> None:
    asked = together(desk, two, act="accept")
    before = states()
    done = together(desk, two, act="accept", sure="on")
    assert ("2 submissions will be accepted:" in text(asked), before) == (True, [State.SUBMITTED] * 2)
    assert (told(done), states(), Step.objects.count()) == (["2 submissions were accepted."], [State.ACCEPTED] * 2, 2)


def test_what_somebody_found_fault_with_is_looked_at_by_itself(desk: Desk, two: list[Submission]) -> None:
    look_at(actor=desk.cast.amaru, submission=two[0], notes=[Note("row:1", "mend", "x")])
    asked = soup(together(desk, two, act="accept"))
    left = [words(each) for each in asked.select(".todo li")]
    done = together(desk, two, act="accept", sure="on")
    assert left == ["Municipio de Ábaco : something was noted as to be mended"]
    assert (told(done), states()) == (
        ["Municipio de Ábaco: look at it by itself.", "1 submission was accepted."],
        [State.SUBMITTED, State.ACCEPTED],
    )


def test_what_does_not_hold_together_is_not_accepted_unread(desk: Desk) -> None:
    plan = desk.handed_in(row(1, target="", name=""))
    asked = together(desk, [plan], act="accept")
    assert "does not hold together" in text(asked)
    together(desk, [plan], act="accept", sure="on")
    assert states() == [State.SUBMITTED]


def test_several_are_returned_for_one_reason_and_each_with_its_own_notes(desk: Desk, two: list[Submission]) -> None:
    look_at(actor=desk.cast.amaru, submission=two[1], notes=[Note("row:2", "mend", "¿Cuántos?")])
    wordless = together(desk, two, act="return", sure="on", reason=" ")
    before = states()
    together(desk, two, act="return", sure="on", reason="Falta el sello.")
    assert (wordless.status_code, before) == (422, [State.SUBMITTED] * 2)
    assert [(step.reason, [each.text for each in step.remarks.all()]) for step in Step.objects.order_by("pk")] == [
        ("Falta el sello.", []),
        ("Falta el sello.", ["¿Cuántos?"]),
    ]


def test_nobody_decides_about_their_own_entity_among_others(desk: Desk, two: list[Submission]) -> None:
    desk.cast.people["mara"], _ = make_person(
        "mara", (Role.REVIEWER, desk.cast.authority), (Role.ENTITY_PLANNER, desk.cast.a)
    )
    together(desk, two, who="mara", act="return", sure="on", reason="x")
    assert states() == [State.SUBMITTED, State.RETURNED]


@pytest.mark.parametrize("fields", [{}, {"act": "drop"}, {"act": "accept", "pick": "x"}])
def test_nothing_is_done_without_a_choice(desk: Desk, two: list[Submission], fields: dict[str, str]) -> None:
    response = desk.client("amaru").post("/en/desk/revision/varias/", {"pick": str(two[0].pk), **fields}, follow=True)
    assert (told(response), states()) == (
        ["Choose at least one submission, and what to do with it."],
        [State.SUBMITTED] * 2,
    )


def test_what_was_decided_meanwhile_is_told(desk: Desk, two: list[Submission]) -> None:
    together(desk, two[:1], act="accept", sure="on")
    done = together(desk, two, act="return", sure="on", reason="x")
    assert (told(done), states()) == (
        ["Municipio de Ábaco: look at it by itself.", "1 submission was returned."],
        [State.ACCEPTED, State.RETURNED],
    )


def test_an_auditor_chooses_nothing(desk: Desk, two: list[Submission]) -> None:
    assert soup(desk.get("tupak", "revision/")).select("main [name=pick], main [name=act]") == []
    assert together(desk, two, who="tupak", act="accept", sure="on").status_code == 403
