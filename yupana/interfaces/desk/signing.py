"""Signing in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import authenticate, login, logout
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from yupana.interfaces.desk import throttle
from yupana.interfaces.desk.doors import UNPROCESSABLE
from yupana.interfaces.desk.forms.signing import SignIn

if TYPE_CHECKING:
    from django.http import HttpRequest

TOO_MANY = 429


def own_path(request: HttpRequest, address: str) -> str:
    """Return the address if it is a path of this site, else the inbox: nobody is sent elsewhere by a link to us."""
    host = request.get_host()
    safe = url_has_allowed_host_and_scheme(address, {host}, require_https=request.is_secure())
    return address if safe and address.startswith("/") and address.isprintable() else reverse("desk:inbox")


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the form, or begin a session and go where the person was going."""
    after = own_path(request, request.POST.get("next", request.GET.get("next", "")))
    if request.method != "POST":
        if request.user.is_authenticated:
            return HttpResponseRedirect(after)
        return _form(request, SignIn(), after)
    form = SignIn(request.POST)
    if not form.is_valid():
        return _form(request, form, after, UNPROCESSABLE)
    username, password = form.cleaned_data["username"], form.cleaned_data["password"]
    if throttle.blocked(request, username):
        form.add_error(None, _("Too many attempts. Please wait a quarter of an hour and try again."))
        return _form(request, form, after, TOO_MANY)
    person = authenticate(request, username=username, password=password)
    if person is None:
        throttle.failed(request, username)
        # The same sentence whether the name exists or not.
        form.add_error(None, _("The user name and the password do not match. Please check both and try again."))
        return _form(request, form, after, UNPROCESSABLE)
    throttle.succeeded(request, username)
    login(request, person)
    return HttpResponseRedirect(after)


@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return HttpResponseRedirect(reverse("desk:sign-in"))


def _form(request: HttpRequest, form: SignIn, after: str, status: int = 200) -> HttpResponse:
    return render(request, "desk/sign_in.html", {"form": form, "next": after}, status=status)
