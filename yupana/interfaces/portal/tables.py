"""Lists as CSV for whoever takes the data along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.interfaces import sending

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.http import StreamingHttpResponse


def as_csv(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> StreamingHttpResponse:
    """Send rows as they are read."""
    return sending.table(name, rows, head)
