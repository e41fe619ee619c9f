"""The originals of published editions, as they were brought: to be kept, never to be shown inside a page of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import FileResponse, Http404
from django.utils.cache import get_conditional_response

from yupana.domain.instruments import public as instruments
from yupana.foundation.kernel.errors import Missing
from yupana.foundation.vault import store as vault
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
    book = published(instrument, code)
    try:
        found = instruments.original(book.id, digest)
        unchanged = get_conditional_response(request, etag=f'"{found.digest}"')
        if unchanged is not None:  # before the file is opened: nobody would close it
            return unchanged
        file = vault.open_(found.digest)
    except Missing as error:
        raise Http404 from error
    response = FileResponse(file, as_attachment=True, filename=found.name, content_type=found.media_type)
    response.headers["ETag"] = f'"{found.digest}"'
    return response
