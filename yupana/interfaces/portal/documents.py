"""The originals of published editions, as they were brought: to be kept, never to be shown inside a page of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.domain.instruments import public as instruments
from yupana.interfaces import sending
from yupana.interfaces.portal.books import published
from yupana.interfaces.portal.page import public_page

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


@public_page
def document(request: HttpRequest, instrument: str, code: str, digest: str) -> HttpResponseBase:
    """Give one, under its name; a draft's and what is not there are the same 404.

    It is sent as a file to keep, of the kind that its bytes are, and the middleware lets no browser run it.
    """
    found = instruments.original(published(instrument, code).id, digest)
    return sending.unchanging(request, found.digest, found.name, found.media_type)
