"""Coming in by an invitation: the one page of the desk that a stranger may open, with a link that works once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import login, logout
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from yupana.domain.people import actions, queries
from yupana.foundation.kernel.errors import Missing
from yupana.interfaces.desk import throttle
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.forms.signing import NewPassword

if TYPE_CHECKING:
    from django.http import HttpRequest

TOO_MANY, GONE = 429, 404
GUESSES = "invitation"  # all links of one address are counted together: who guesses tries many


@never_cache
@sensitive_post_parameters("new", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, person: int, token: str) -> HttpResponse:
    """Let an invited person choose a password and begin."""
    if throttle.blocked(request, GUESSES):
        return _shown(request, {"blocked": True}, TOO_MANY)
    try:
        invited = queries.invited(person, token)
        form, status = NewPassword(request.POST if request.method == "POST" else None), 200
        if request.method == "POST":
            status = attempt(form, lambda: _accept(request, form, person, token))
    except Missing:
        throttle.failed(request, GUESSES)
        return _shown(request, {"spent": True}, GONE)
    if status == DONE:
        return HttpResponseRedirect(reverse("desk:handover"))
    return _shown(request, {"form": form, "invited": invited}, status)


def _accept(request: HttpRequest, form: NewPassword, person: int, token: str) -> None:
    accepted = actions.accept_invitation(person=person, token=token, new=form.cleaned_data["new"])
    logout(request)  # whoever was signed in here was somebody else
    login(request, accepted)


def _shown(request: HttpRequest, context: dict[str, object], status: int) -> HttpResponse:
    title = _("Choose your password") if "form" in context else _("This link does not open anything any more")
    return render(request, "desk/people/invitation.html", {"title": title, **context}, status=status)
