"""JSON from anybody: no name twice, no number that is none, nothing deeper than anybody writes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from yupana.foundation.kernel.errors import Refused
from yupana.interfaces.interchange.tables import read_text

if TYPE_CHECKING:
    from pathlib import Path

MOST_DEPTH = 64


def read_json(path: Path) -> Any:  # noqa: ANN401 (whatever stands there)
    """Read a JSON file of bounded size; Refused with file and line. A fraction is read as its text."""
    return parse_json(read_text(path), path.name)


def parse_json(text: str, where: str) -> Any:  # noqa: ANN401 (whatever stands there)
    """Read JSON text; Refused with ``where``, and the line if there are several."""
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_float=str, parse_constant=_constant)
        _check(value)
    except RecursionError as error:
        raise Refused("json-malformed", where=where, problem=_("it is nested too deeply")) from error
    except json.JSONDecodeError as error:
        place = f"{where}:{error.lineno}" if "\n" in text else where
        raise Refused("json-malformed", where=place, problem=error.msg) from error
    except ValueError as error:  # also a number with more digits than Python reads
        raise Refused("json-malformed", where=where, problem=str(error)) from error
    return value


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(_("“%(name)s” stands twice in one object") % {"name": twice[:80]})
    return found


def _constant(name: str) -> object:
    raise ValueError(_("%(name)s is no number") % {"name": name})


def _check(value: object) -> None:
    """Go through all of it, level by level, so that nothing deep is walked by recursion."""
    level, depth = [value], 0
    while level:
        if depth > MOST_DEPTH:
            raise ValueError(_("it is nested too deeply"))
        below: list[object] = []
        for each in level:
            if isinstance(each, dict):
                below += [*each.keys(), *each.values()]
            elif isinstance(each, list):
                below += each
            elif isinstance(each, str) and ("\0" in each or not _whole(each)):
                raise ValueError(_("a text holds NUL or half a letter"))
        level, depth = below, depth + 1


def _whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
