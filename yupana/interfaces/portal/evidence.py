"""Evidence that everybody may read: a file to be kept, never to be shown inside a page of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.domain.progress.public.evidence import public_file
from yupana.interfaces import sending
from yupana.interfaces.portal.page import public_page

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


@public_page
def file(request: HttpRequest, piece: int) -> HttpResponseBase:
    """Give one; what is not for everybody and what is not there are the same 404."""
    found = public_file(piece)
    return sending.unchanging(request, found.digest, found.file_name, found.media_type)
