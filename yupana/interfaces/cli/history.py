"""The call that old paper answers: found again, or opened after the fact, and always said aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from yupana.domain.instruments import actions as instruments
from yupana.domain.instruments import queries as editions
from yupana.domain.instruments.facts import EditionState
from yupana.domain.obligations import actions, queries
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.errors import Missing, Refused
from yupana.interfaces.cli.frame import Exit, Rejected
from yupana.interfaces.interchange.instruments import read_instrument

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from yupana.domain.commitments.facts import Plan
    from yupana.domain.obligations.models import Call

ENDING = "HISTORICA"
# Stored with the edition, so it is said once in the language of the State and not in that of a terminal.
ACT = gettext_noop("Published before Yupana was used; its act is not cited in the files")


def call_for(
    path: Path, plans: Sequence[Plan], due_on: date | None, audience: str, *, say: Callable[[str], None]
) -> Call:
    """Return the historical call of an instrument; opens it, and publishes its edition, where that was not done yet.

    The window comes from the plans: it opens on the first day on which one was received, and has no deadline unless
    somebody vouches for one.
    """
    code = instrument_of(path)
    try:
        found = queries.call(f"{code}-{ENDING}")
    except Missing:
        return _open(_edition(code, plans, say), plans, due_on, audience, say)
    if due_on not in (None, found.due_on):
        told = _("Call %(call)s is open already, with another deadline (%(due)s). Leave --due out.")
        raise Rejected(told % {"call": found.code, "due": found.due_on or _("unknown")}, Exit.CONFLICT)
    say(_("They answer the historical call %(call)s, which was open already.") % {"call": found.code})
    return found


def instrument_of(path: Path) -> str:
    """Tell which instrument a folder of plans belongs to: the one whose tables lie beside them, else the only one."""
    known = {edition.instrument.code for edition in editions.readable(OPERATOR)}
    if path.is_dir():
        try:
            beside = read_instrument(path).heading.instrument
        except Refused:
            beside = ""  # plans alone, without their instrument
        if beside in known:
            return beside
    if len(known) == 1:
        return known.pop()
    if not known:
        raise Rejected(_("There is no instrument yet. First: yupana import instrument PATH"))
    told = _("There are several instruments (%(codes)s). Open a call for one of them and name it with --call.")
    raise Rejected(told % {"codes": ", ".join(sorted(known))})


def _edition(code: str, plans: Sequence[Plan], say: Callable[[str], None]) -> str:
    """Return the edition in force, publishing the draft where there is none."""
    held = [edition for edition in editions.readable(OPERATOR) if edition.instrument.code == code]
    published = [edition for edition in held if edition.state == EditionState.PUBLISHED]
    if published:
        return f"{code}/{published[0].code}"
    draft, first = held[0].code, _days(plans)[0]
    with override(settings.LANGUAGE_CODE):
        act = _(ACT)
    instruments.publish(actor=OPERATOR, instrument=code, edition=draft, act=act, on=first)
    say(_("Edition %(edition)s was a draft; it is published now. Act: «%(act)s».") % {
        "edition": f"{code}/{draft}", "act": act,
    })  # fmt: skip
    return f"{code}/{draft}"


def _open(edition: str, plans: Sequence[Plan], due_on: date | None, audience: str, say: Callable[[str], None]) -> Call:
    first, last = _days(plans)
    period = f"{first.year}" if first.year == last.year else f"{first.year}-{last.year}"
    opened = actions.open_call(
        actor=OPERATOR,
        editions=[edition],
        audience=audience,
        opens_on=first,
        due_on=due_on,
        period=period,
        code=f"{edition.partition('/')[0]}-{ENDING}",
        # What the paper form never asked for is unknown for everybody, also for those who never answered.
        asks_target=any(plan.asks_target for plan in plans),
        asks_responsible=any(plan.asks_responsible for plan in plans),
        asks_budget=any(plan.asks_budget for plan in plans),
        historical=True,
        on=timezone.localdate(),
    )
    debtors = queries.obligations_of(opened).count()
    say(_("Historical call %(call)s was opened. From: %(first)s. Period: %(period)s. Bodies: %(debtors)d.") % {
        "call": opened.code, "debtors": debtors, "first": first, "period": period,
    })  # fmt: skip
    if due_on is None:
        say(
            _("Its deadline is unknown, and so is who was in time. Whoever knows it says it before loading: --due DATE")
        )
    return opened


def _days(plans: Sequence[Plan]) -> tuple[date, date]:
    """Return the first and the last day on which a plan was received; today where no day is told."""
    told = [plan.header.received_on for plan in plans if plan.header.received_on]
    return (min(told), max(told)) if told else (timezone.localdate(), timezone.localdate())
