"""Bodies that take part in an activity of another: asked by its owner, partners once they have confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from yupana.domain.commitments.models import Activity, Partnership
from yupana.domain.commitments.policy import can_answer_for
from yupana.domain.commitments.queries import partner_answered, partner_asked
from yupana.domain.obligations.models import Obligation
from yupana.domain.obligations.rules import Visibility
from yupana.domain.submissions.policy import is_own_writer
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.ledger.actions import record

if TYPE_CHECKING:
    from datetime import date

    from yupana.domain.entities.models import Entity
    from yupana.foundation.kernel.actor import Actor
    from yupana.foundation.kernel.canonical import Plain
    from yupana.foundation.ledger.models import Entry

LONG = 4000


def ask_partner(*, actor: Actor, obligation: Obligation, row: int, partner: Entity, part: str, on: date) -> Partnership:
    """Ask another body to take part in an activity, saying which part would be its own; once per body.

    The activity stays its owner's and is counted there alone. It is asked by the name that it bears today: one that is
    given to the row later was not agreed to.
    """
    owed = Obligation.objects.select_related("call", "debtor").get(pk=obligation.pk)
    if not is_own_writer(actor, owed):
        raise Forbidden("not-entity-planner")
    part = part.strip()
    if not 0 < len(part) <= LONG:
        raise Refused("partner-part", most=LONG)
    if partner.pk == owed.debtor_id or not partner.bindable:
        raise Refused("partner-unfit", entity=partner.name)
    rows = Activity.objects.filter(submission__obligation=owed, row=row).order_by("-submission__version")
    name = rows.values_list("name", flat=True).first()
    if name is None:
        raise Refused("row-unknown", row=row)
    try:
        with transaction.atomic():
            asked = Partnership(obligation=owed, row=row, activity=name, partner=partner, part=part, asked_on=on)
            asked.entry = _recorded("partner.asked", asked, on, partner_asked(asked))
            asked.save(force_insert=True)
            return asked
    except IntegrityError as error:
        raise Conflict("partner-asked-already", entity=partner.name) from error


def answer_partner(*, actor: Actor, partnership: Partnership, confirmed: bool, answer: str, on: date) -> Partnership:
    """Say, for the body that was asked, that it takes part, or that it does not and why; once."""
    with transaction.atomic():
        told = ("obligation__call", "obligation__debtor", "partner")
        asked = (
            Partnership.objects.select_related(*told)
            .select_for_update(of=("self",), no_key=True)
            .get(pk=partnership.pk)
        )
        if not can_answer_for(actor, asked):
            raise Forbidden("not-entity-planner")
        if asked.confirmed is not None:
            raise Conflict("partner-answered-already")
        answer = answer.strip()
        if len(answer) > LONG or not (answer or confirmed):
            raise Refused("reason-missing" if not answer else "partner-part", most=LONG)
        asked.confirmed, asked.answered_on, asked.answer = confirmed, on, answer
        asked.answer_entry = _recorded("partner.answered", asked, on, partner_answered(asked))
        asked.save(force_update=True)
        return asked


def _recorded(verb: str, asked: Partnership, on: date, content: Plain) -> Entry:
    owed = asked.obligation
    codes: dict[str, str | int] = {
        "call": owed.call.code, "entity": owed.debtor.ref, "obligation": owed.pk, "row": asked.row,
    }  # fmt: skip
    return record(Fact(verb, codes, on, content, reserved=owed.call.visibility == Visibility.RESTRICTED))
