"""One's own address for notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from yupana.domain.people import actions, queries
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import Visit, door
from yupana.interfaces.desk.forms.people import EmailForm

if TYPE_CHECKING:
    from django.http import HttpResponse


@door()
def email(visit: Visit) -> HttpResponse:
    """Show or change where one's own notices go."""
    form = EmailForm(visit.sent, initial={"email": queries.email_of(visit.actor)})
    status = attempt(form, lambda: _keep(visit, form))
    if status == DONE:
        return visit.done(_("Your address was saved."), "inbox")
    return visit.show("desk/people/email.html", {"form": form}, status)


def _keep(visit: Visit, form: EmailForm) -> None:
    actions.set_email(actor=visit.actor, person=visit.actor.person or 0, email=form.cleaned_data["email"])
