"""Files that come in by a form: to the disk and never into the memory, and only with that form's own token."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.views.decorators.csrf import csrf_protect

from yupana.foundation.kernel.errors import Refused
from yupana.foundation.vault.rules import clean_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from yupana.interfaces.desk.doors import Visit

MOST = 15 * 2**20  # with what is around it no more than the server takes; larger ones come by the console
AROUND = 2**20  # what a form adds to its file


def received(visit: Visit, take: Callable[[HttpRequest], HttpResponse]) -> HttpResponseBase:
    """Read what was sent, and take it. The view is exempt from the token's check outside, which is made here.

    So nobody's file is read at all who did not come through the door.
    """
    if int(visit.request.META.get("CONTENT_LENGTH") or 0) > MOST + AROUND:
        raise Refused("file-too-large", most=MOST // 2**20)
    visit.request.upload_handlers = [TemporaryFileUploadHandler(visit.request)]
    return csrf_protect(take)(visit.request)


@contextmanager
def named(sent: UploadedFile[bytes], otherwise: str = "planilla") -> Iterator[Path]:
    """Give a file that came in under the name that its bringer knows."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / clean_name(sent.name or "", otherwise)
        path.symlink_to(sent.temporary_file_path())  # type: ignore[attr-defined] # what its handler makes lies on the disk
        yield path
