"""The official schemas as a judge: what they find wrong with a document, path by path."""

import functools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator, ValidationError
from jsonschema.validators import extend

from tests.interfaces.interchange.manuscripts import pattern_letters


@functools.cache
def _spelled(pattern: str) -> re.Pattern[str]:
    letters = pattern_letters()
    for name in "LN":
        pattern = pattern.replace(f"(\\p{{{name}}}", f"([{letters[name]}]").replace(
            f"|\\p{{{name}}}", f"|[{letters[name]}]"
        )
    # "$" is the very end, and "." no break of any kind, as in the language of the schemas
    body = pattern.removeprefix("^").removesuffix("$").replace("(.*", "([^\\n\\r\\u2028\\u2029]*")
    return re.compile(rf"\A(?:{body})\Z")


def _pattern(_judge: object, pattern: str, value: object, _schema: object) -> Iterator[ValidationError]:
    if isinstance(value, str) and not _spelled(pattern).search(value):
        yield ValidationError(f"{value!r} is not {pattern}")


@functools.cache
def judge(path: Path) -> Draft7Validator:
    judges: Any = extend  # the stubs leave it untyped
    made: Draft7Validator = judges(Draft7Validator, {"pattern": _pattern})(json.loads(path.read_text("utf-8")))
    return made


def faults(judge: Draft7Validator, document: object) -> list[str]:
    return [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}" for error in judge.iter_errors(document)
    ]
