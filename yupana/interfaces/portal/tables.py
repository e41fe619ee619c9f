"""Lists as CSV for whoever takes the data along: safe for spreadsheets, sent as they are read."""

from __future__ import annotations

import csv
from io import StringIO
from itertools import chain, islice
from typing import TYPE_CHECKING

from django.http import StreamingHttpResponse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# A spreadsheet takes text that begins so for a formula; whoever reads the file takes exactly one ' away.
RISKY = ("=", "+", "-", "@", "'", "\t", "\r")
LINES = 500  # of a download are sent together


def safe(value: object) -> str:
    """Write a cell so that no spreadsheet takes it for a formula; nothing is an empty cell."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(RISKY) else text


def as_csv(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> StreamingHttpResponse:
    """Send rows as they are read, in UTF-8 with its mark, because the spreadsheets here guess wrongly without it."""
    pieces = chain(["\ufeff"], _written(chain([head], rows)))
    response = StreamingHttpResponse((piece.encode() for piece in pieces), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _written(rows: Iterator[Sequence[object]]) -> Iterator[str]:
    """Write some lines at a time."""
    while some := list(islice(rows, LINES)):
        text = StringIO()
        csv.writer(text).writerows([safe(cell) for cell in row] for row in some)
        yield text.getvalue()
