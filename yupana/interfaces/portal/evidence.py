"""Evidence that everybody may read: a file to be kept, never to be shown inside a page of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import FileResponse, Http404
from django.utils.cache import get_conditional_response

from yupana.domain.progress.public.evidence import public_file
from yupana.foundation.kernel.errors import Missing
from yupana.foundation.vault import store as vault
from yupana.interfaces.portal.page import public_page

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


@public_page
def file(request: HttpRequest, piece: int) -> HttpResponseBase:
    """Give one; what is not for everybody and what is not there are the same 404."""
    try:
        found = public_file(piece)
        unchanged = get_conditional_response(request, etag=f'"{found.digest}"')
        if unchanged is not None:  # before the file is opened: nobody would close it
            return unchanged
        opened = vault.open_(found.digest)
    except Missing as error:
        raise Http404 from error
    response = FileResponse(opened, as_attachment=True, filename=found.file_name, content_type=found.media_type)
    response.headers["ETag"] = f'"{found.digest}"'
    return response
