"""Tables of the demonstration."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from yupana.interfaces.cli.demo.publishing import DATA

if TYPE_CHECKING:
    from collections.abc import Iterator


def read(name: str) -> Iterator[dict[str, str]]:
    """Read a table row by row."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
