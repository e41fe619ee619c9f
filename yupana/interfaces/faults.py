"""The pages for what is no fault of the reader's: an error of ours, and a database that is being written to."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.cache import add_never_cache_headers

from yupana.foundation.sqlite.queue import Busy
from yupana.interfaces import logs

if TYPE_CHECKING:
    from django.http import HttpRequest

ERROR, UNAVAILABLE = 500, 503
SECONDS = 5  # after which trying again makes sense
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 (the name of a field)
SECRET = "password"  # noqa: S105 (a part of the names of fields)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that it is our fault, and under which number the log tells more. That page does not ask the database."""
    if isinstance(sys.exc_info()[1], Busy):  # outside of the view: in the saving of a session
        return busy(request)
    page = loader.get_template("500.html").render({"request_id": logs.current.get()})
    response = HttpResponse(page, status=ERROR)
    add_never_cache_headers(response)
    return response


def busy(request: HttpRequest) -> HttpResponse:
    """Say that others are writing, that nothing was lost, and keep what was typed in a form that can be sent again."""
    again = [(name, value) for name, values in request.POST.lists() for value in values if name != TOKEN]
    # A password is not written into a page, and a file cannot be.
    secret = hasattr(request, "sensitive_post_parameters") or any(SECRET in name for name, _ in again)
    told = {
        "request_id": logs.current.get(),
        "again": again,
        "resend": request.method == "POST" and not request.FILES and not secret,
    }
    response = render(request, "503.html", told, status=UNAVAILABLE)
    response.headers["Retry-After"] = str(SECONDS)
    add_never_cache_headers(response)
    return response
