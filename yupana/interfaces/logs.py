"""What the server writes about itself: one JSON object a line, and in it nothing about people.

No address, name, path with numbers, query or typed text. What other people's code says about a request may quote any
of them, so of their messages only the name of the logger, the status and the traceback are kept; and of an error its
kind and where it happened, never its message, which quotes values.
"""

from __future__ import annotations

import json
import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# The request that this thread is answering; empty outside of requests.
current: ContextVar[str] = ContextVar("current", default="")
OURS = "yupana"
SAID = ("method", "route", "status", "ms")


class Lines(logging.Formatter):
    """Write a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Say when, how grave, who says so, during which request, and what."""
        moment = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, object] = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "request": getattr(record, "request_id", "") or current.get(),
        }
        if record.name.partition(".")[0] == OURS:
            line["message"] = record.getMessage()
        for name in SAID:
            if hasattr(record, name):
                line[name] = getattr(record, name)
        if "status" not in line and hasattr(record, "status_code"):
            line["status"] = record.status_code
        if record.exc_info and record.exc_info[1]:
            line["errors"] = [_told(error) for error in _chain(record.exc_info[1])]
        return json.dumps(line, ensure_ascii=False)


class NotTwice(logging.Filter):
    """Leave out what Django says about an answer: the line of the request says it already, unless there is an error."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether to keep it."""
        return record.name != "django.request" or bool(record.exc_info)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Give the error and what caused it, last first."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _told(error: BaseException) -> dict[str, object]:
    frames = traceback.extract_tb(error.__traceback__)
    kind = type(error)
    return {
        "kind": f"{kind.__module__}.{kind.__qualname__}",
        "trace": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
