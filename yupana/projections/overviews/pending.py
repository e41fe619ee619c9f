"""What a body handed in and nobody accepted yet: that it was, on which day, where that stands; never what it says."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.obligations.rules import Visibility
from yupana.domain.submissions.models import Step, Submission
from yupana.domain.submissions.rules import Channel, Handed, State, met_on

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date


@dataclass(frozen=True, slots=True)
class Pending:
    """A version that waits for the authority, or that was returned and can still be mended.

    ``on`` is the day that counts (None: it is in doubt). ``returned_on`` None: it is under review.
    """

    on: date | None
    returned_on: date | None = None
    remedy_until: date | None = None

    def is_late(self, due_on: date | None) -> bool:
        """Whether it came after a day; where that is in doubt it is not held against anybody."""
        return self.on is not None and due_on is not None and self.on > due_on


def pending(obligations: Collection[int], *, as_of: date) -> dict[int, Pending]:
    """Find what was handed in under public calls and was not decided by a day, by obligation; two queries."""
    found: dict[int, list[Submission]] = defaultdict(list)
    handed = Submission.objects.filter(
        obligation__in=obligations, obligation__call__visibility=Visibility.PUBLIC, entry__isnull=False
    )
    known = handed.exclude(channel=Channel.CARRIED).exclude(received_on__gt=as_of)
    for each in known.only("obligation", "received_on", "date_doubt").order_by("version"):
        found[each.obligation_id].append(each)
    steps: dict[int, Step] = {}
    decided = Step.objects.filter(submission__in=[each.pk for many in found.values() for each in many], on__lte=as_of)
    for step in decided.only("submission", "after", "on", "remedy_until").order_by("entry_id"):
        steps[step.submission_id] = step
    told = {key: _pending(versions, steps, as_of) for key, versions in found.items()}
    return {key: each for key, each in told.items() if each}


def _pending(versions: Sequence[Submission], steps: dict[int, Step], as_of: date) -> Pending | None:
    last = steps.get(versions[-1].pk)
    chain = [Handed(_day(versions[-1]))]
    for each in reversed(versions[:-1]):
        step = steps.get(each.pk)
        if step is None or step.after != State.RETURNED:
            break
        chain.insert(0, Handed(_day(each), step.remedy_until))
    if last is None:
        return Pending(met_on(chain))
    if last.after != State.RETURNED or last.remedy_until is None or last.remedy_until < as_of:
        return None
    return Pending(met_on(chain), last.on, last.remedy_until)


def _day(version: Submission) -> date | None:
    return None if version.date_doubt else version.received_on
