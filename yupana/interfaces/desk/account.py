"""The own account: another password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import update_session_auth_hash
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from yupana.domain.people import actions
from yupana.foundation.kernel.errors import Refused
from yupana.interfaces.desk import throttle
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import Visit, door
from yupana.interfaces.desk.forms.signing import ChangePassword

if TYPE_CHECKING:
    from django.http import HttpResponse

TOO_MANY = 429


@sensitive_post_parameters("old", "new", "again")
@door()
def password(visit: Visit) -> HttpResponse:
    """Change one's own password. This session goes on; every other one ends.

    Guesses of the present password count like failed sign-ins: a session left open gives no more tries.
    """
    form = ChangePassword(visit.sent)
    name = visit.request.user.get_username()
    if visit.writes and throttle.blocked(visit.request, name):
        form.add_error(None, _("Too many attempts. Please wait a quarter of an hour and try again."))
        status = TOO_MANY
    else:
        status = attempt(form, lambda: _change(visit, form, name))
    if status == DONE:
        told = _("Your password was changed. Wherever else you were signed in, you are not any more.")
        return visit.done(told, "inbox")
    return visit.show("desk/password.html", {"form": form}, status)


def _change(visit: Visit, form: ChangePassword, name: str) -> None:
    said = form.cleaned_data
    try:
        person = actions.change_password(actor=visit.actor, old=said["old"], new=said["new"])
    except Refused as refused:
        if refused.code == "password-wrong":
            throttle.failed(visit.request, name)
        raise
    throttle.succeeded(visit.request, name)
    update_session_auth_hash(visit.request, person)
