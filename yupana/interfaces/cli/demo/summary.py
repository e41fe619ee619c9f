"""What there is to see in the demonstration, counted by what the portal itself reads."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yupana.domain.commitments import public as plans
from yupana.domain.entities import public as entities
from yupana.domain.obligations import public as calls
from yupana.domain.obligations.rules import Expects
from yupana.interfaces import words
from yupana.interfaces.cli.demo import publishing, update
from yupana.interfaces.cli.demo.cast import OTHER_REVIEWER, PLANNER
from yupana.projections.figures import public as figures
from yupana.projections.figures.labels import LABELS
from yupana.projections.figures.rules import ADVANCE, ANSWERED, TIMELINESS

if TYPE_CHECKING:
    from yupana.domain.obligations.public import CallCard
    from yupana.foundation.ledger.verify import Verdict

Line = tuple[str, str]


def lines(verdict: Verdict) -> list[Line]:
    """Return what was told and what it adds up to."""
    counts = entities.counts()
    register = _("bodies: %(bodies)d, grouping nodes: %(groups)d") % {
        "bodies": counts.bindable,
        "groups": counts.grouping,
    }
    told = [(_("Register"), register)]
    for card in calls.calls():
        told += of_call(card)
    proof = _("entries: %(entries)d, verified") if verdict.ok else _("entries: %(entries)d, BROKEN")
    return [*told, (_("Record"), proof % {"entries": verdict.entries}), (_("Root"), verdict.root)]


def doors(root: str) -> list[Line]:
    """Return where to look first, below the address of the server."""
    here, put = [publishing.PLAN, publishing.EDITION], [publishing.PLAN, update.NEXT]
    told: tuple[tuple[str, str, list[str]], ...] = (
        (_("The plan as a text"), "portal:text", here),
        (_("What its last update changed"), "portal:changes", here),
        (_("What it contributes to"), "portal:alignment", here),
        (_("The next edition, in consultation"), "portal:consultation", put),
        (_("What it would change"), "portal:proposed", put),
        (_("Its comments at the desk, as %(account)s") % {"account": PLANNER}, "desk:consult", put),
        (_("How far each target is"), "portal:indicators", here),
        (_("The evaluations that were published"), "portal:evaluations", []),
        (_("What to verify first, as %(account)s") % {"account": OTHER_REVIEWER}, "desk:to-verify", []),
    )
    return [(what, f"{root}{reverse(name, args=args)}") for what, name, args in told]


def of_call(card: CallCard) -> list[Line]:
    """Return how one call stands."""
    asks = _("bodies that owe a report: %(debtors)d, until %(due)s")
    if card.expects == Expects.PLAN:
        asks = _("bodies that owe a plan: %(debtors)d, until %(due)s")
    measures = (ANSWERED, TIMELINESS) if card.expects == Expects.PLAN else (ADVANCE, TIMELINESS)
    standings = Counter(row.standing for row in plans.standings(card.id, as_of=timezone.localdate()))
    stand = " · ".join(f"{number} {words.label(standing)}" for standing, number in sorted(standings.items()))
    return [
        (
            card.title,
            asks % {"debtors": card.debtors, "due": card.due_on},
        ),
        ("", stand),
        ("", " · ".join(f"{LABELS[measure]}: {share(measure, card)}" for measure in measures)),
    ]


def share(measure: str, card: CallCard) -> str:
    """Return a measure of one call with its base."""
    as_of = figures.default_as_of(timezone.localdate())
    found = figures.shares(measure=measure, calls=[card.id], as_of=as_of).get(())
    return f"{found.done}/{found.due}" if found else "—"
