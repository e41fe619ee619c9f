"""Partners of an activity: asking another entity, and answering for one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from yupana.domain.commitments import actions
from yupana.foundation.kernel.errors import Forbidden
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import Visit, door
from yupana.interfaces.desk.drafts import writable
from yupana.interfaces.desk.forms.partners import AnswerForm, AskForm
from yupana.projections.overviews import partners as overview

if TYPE_CHECKING:
    from django.http import HttpResponse


@door()
def partners(visit: Visit, obligation: int, number: int) -> HttpResponse:
    """Show who was asked to take part in an activity, and ask another one."""
    sheet = writable(visit, obligation)
    row = sheet.draft.row(number)
    form = AskForm(visit.sent)
    status = attempt(
        form,
        lambda: actions.ask_partner(
            actor=visit.actor,
            obligation=sheet.obligation,
            row=number,
            partner=form.cleaned_data["entity"],
            part=form.cleaned_data["part"],
            on=visit.on,
        ),
    )
    if status == DONE:
        told = _("The entity was asked. It finds the question in its inbox.")
        return visit.done(told, "partners", obligation, number)
    asked = overview.of_row(visit.actor, obligation, number)
    return visit.show("desk/partners.html", {"sheet": sheet, "row": row, "asked": asked, "form": form}, status)


@door()
def partner(visit: Visit, partnership: int) -> HttpResponse:
    """Answer, for the entity that was asked, whether it takes part."""
    asked = overview.one(visit.actor, partnership)
    if visit.writes and not asked.answerable and asked.partnership.confirmed is None:
        raise Forbidden("not-entity-planner")
    form = AnswerForm(visit.sent)
    status = attempt(
        form,
        lambda: actions.answer_partner(
            actor=visit.actor,
            partnership=asked.partnership,
            confirmed=form.cleaned_data["confirmed"] == "yes",
            answer=form.cleaned_data["answer"],
            on=visit.on,
        ),
    )
    if status == DONE:
        return visit.done(_("Your answer is recorded."), "partner", partnership)
    return visit.show("desk/partner.html", {"asked": asked, "form": form}, status)
