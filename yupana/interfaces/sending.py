"""Files that are sent to be kept and never shown inside a page: tables as they are read, and what the vault holds."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from yupana.foundation.vault import store as vault
from yupana.interfaces.interchange.tables import csv_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import IO

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table(name: str, rows: Iterable[Sequence[object]], head: Sequence[object] = ()) -> StreamingHttpResponse:
    """Send rows as CSV while they are read."""
    lines = csv_lines(chain([head], rows) if head else rows)
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=_named(f"{name}.csv"))


def workbook(name: str, file: IO[bytes]) -> FileResponse:
    """Send a workbook that was written into a file."""
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)


def written(name: str, data: bytes, kind: str) -> HttpResponse:
    """Send what was written at once."""
    return HttpResponse(data, content_type=kind, headers=_named(name))


def kept(digest: str, name: str, kind: str) -> FileResponse:
    """Send a file of the vault under its name; Missing where it is not there."""
    return FileResponse(vault.open_(digest), as_attachment=True, filename=name, content_type=kind)


def unchanging(request: HttpRequest, digest: str, name: str, kind: str) -> HttpResponseBase:
    """Send a file of the vault to whoever does not have it yet; Missing where it is not there."""
    mark = f'"{digest}"'
    unchanged = get_conditional_response(request, etag=mark)
    if unchanged is not None:  # before the file is opened: nobody would close it
        return unchanged
    response = kept(digest, name, kind)
    response.headers["ETag"] = mark
    return response


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or ""}
