"""Holding what the server acknowledged against what stands in the database when all is quiet."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.commitments.models import Activity
from yupana.domain.submissions.models import Step, Submission
from yupana.domain.submissions.rules import State
from yupana.foundation.ledger.models import Entry, Erasure
from yupana.foundation.ledger.rules import read_leaf

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from tests.soak.clients import Notes

AFTER = {"accept": State.ACCEPTED, "return": State.RETURNED}


@dataclass(frozen=True)
class Judgement:
    """What was acknowledged and is not there, what is there twice, and steps that were only half done."""

    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    half: tuple[str, ...]


def judge(notes: Notes) -> Judgement:
    """Read everything once and compare."""
    return Judgement(tuple(_lost(notes)), tuple(_doubled()), tuple(half()))


def _lost(notes: Notes) -> Iterable[str]:
    begun = set(Submission.objects.values_list("obligation_id", flat=True))
    yield from (f"start of {owed}" for owed in set(notes.started) - begun)
    rows = set(Activity.objects.values_list("submission__obligation_id", "name"))
    yield from (f"row {row}" for row in set(notes.rows) - rows)
    handed_in = set(Submission.objects.exclude(state=State.DRAFT).values_list("pk", flat=True))
    yield from (f"submission {each}" for each in set(notes.submitted) - handed_in)
    steps = set(Step.objects.values_list("submission_id", "after", "reason"))
    for submission, decision, reason in notes.decided:
        if (submission, AFTER[decision].value, reason) not in steps:
            yield f"{decision} of {submission}"


def _doubled() -> Iterable[str]:
    yield from _twice("row", Activity.objects.values_list("submission_id", "name"))
    yield from _twice("step", Step.objects.values_list("submission_id", flat=True))
    yield from _twice("position", Entry.objects.exclude(position=None).values_list("position", flat=True))
    for verb in ("submission.submitted", "submission.accepted", "submission.returned"):
        yield from _twice(verb, (code for said, code in _recorded() if said == verb))


def half() -> Iterable[str]:
    """Steps that were only half done: what the record says and what the tables say must be the same."""
    recorded = Counter(verb for verb, _ in _recorded())
    states = Counter(Submission.objects.values_list("state", flat=True))
    steps = Counter(Step.objects.values_list("after", flat=True))
    handed_in = sum(states.values()) - states[State.DRAFT]
    pairs = {
        "submission.submitted": (recorded["submission.submitted"], handed_in),
        "submission.accepted": (recorded["submission.accepted"], steps[State.ACCEPTED]),
        "submission.returned": (recorded["submission.returned"], steps[State.RETURNED]),
        "accepted": (states[State.ACCEPTED], steps[State.ACCEPTED]),
        "returned": (states[State.RETURNED], steps[State.RETURNED]),
    }
    yield from (f"{name}: {said} and {stands}" for name, (said, stands) in pairs.items() if said != stands)
    empty = Submission.objects.exclude(state=State.DRAFT).filter(activities=None).values_list("pk", flat=True)
    yield from (f"submission {each} has no row" for each in empty)
    bare = Entry.objects.filter(salt=None).exclude(pk__in=Erasure.objects.values("erased")).values_list("pk", flat=True)
    yield from (f"entry {each} has no salt" for each in bare)


def _recorded() -> Iterable[tuple[str, object]]:
    for leaf in Entry.objects.values_list("leaf", flat=True).iterator():
        said = read_leaf(bytes(leaf))
        yield said.verb, dict(said.codes).get("submission")


def _twice(what: str, found: Iterable[Hashable]) -> Iterable[str]:
    yield from (f"{what} {each}" for each, times in Counter(found).items() if times > 1)
