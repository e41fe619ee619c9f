"""What every answer carries, static files and errors included: safe headers, and a number under which it is logged."""

from __future__ import annotations

import logging
import re
import secrets
import time
from typing import TYPE_CHECKING

from django.http import Http404

from yupana.foundation.sqlite.queue import Busy
from yupana.interfaces import faults, logs

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse, HttpResponseBase

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'none'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NUMBER = "X-Request-ID"
# What a proxy in front may call a request: nothing that could break a line, or carry a name.
_TOKEN = re.compile(r"[A-Za-z0-9-]{8,64}")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})
log = logging.getLogger("yupana.request")


class SecurityHeaders:
    """Set each header on each response. Outside of all that answer, so that none can answer without them.

    A file to keep is let do nothing at all, should a browser show it nevertheless: it is somebody else's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as the rest of the house does, and add the headers."""
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        if response.headers.get("Content-Disposition", "").startswith("attachment"):
            response.headers["Content-Security-Policy"] = f"{CONTENT_SECURITY_POLICY}; sandbox"
        return response


class RequestLog:
    """Number each request, and write one line about it: what kind of page, how it ended, how long it took."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, give the number back, and say it in the log."""
        given = request.headers.get(NUMBER, "")
        number = given if _TOKEN.fullmatch(given) else secrets.token_hex(8)
        reset = logs.current.set(number)
        began = time.monotonic()
        try:
            response = self.get_response(request)
            response.headers[NUMBER] = number
            self._tell(request, response.status_code, began)
        finally:
            logs.current.reset(reset)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer for a view that could not write because others did."""
        return faults.busy(request) if isinstance(error, Busy) else None

    @staticmethod
    def _tell(request: HttpRequest, status: int, began: float) -> None:
        found = request.resolver_match
        said = {
            "method": request.method if request.method in _METHODS else "OTHER",
            "route": found.view_name if found else "",
            "status": status,
            "ms": round((time.monotonic() - began) * 1000),
        }
        log.log(logging.ERROR if status >= faults.ERROR else logging.INFO, "answered", extra=said)


class PlainAddresses:
    """Leave the zero byte out of what an address asks: nobody types it, and no database looks for it.

    A path with one leads nowhere.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as the rest of the house does."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """Look at an address that leads to a view."""
        if "\0" in request.path_info:
            raise Http404
        if any("\0" in each for _name, values in request.GET.lists() for each in values):
            plain = request.GET.copy()
            for name, values in request.GET.lists():
                plain.setlist(name, [each.replace("\0", "") for each in values])
            request.GET = plain  # type: ignore[assignment] # read by the views as the frozen one is
