"""What is written is read back as it was, in every format that is a table or a tree."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from tests.interfaces.interchange.manuscripts import essence, manuscripts, plan
from yupana.domain.instruments.facts import Manuscript
from yupana.interfaces.interchange.instruments import Format, read_instrument, write_instrument

OWN = [Format.CSV, Format.XLSX, Format.ODS, Format.JSON]


def there_and_back(manuscript: Manuscript, held: Format) -> Manuscript:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"plan.{held}"
        write_instrument(manuscript, held, path)
        return essence(read_instrument(path))


@pytest.mark.parametrize("held", OWN)
def test_a_plan_with_all_that_an_item_can_say_comes_back(held: Format) -> None:
    assert there_and_back(plan(), held) == essence(plan())


@pytest.mark.parametrize("held", OWN)
@settings(deadline=None, max_examples=60)
@given(manuscript=manuscripts())
def test_whatever_is_written_is_read_back(held: Format, manuscript: Manuscript) -> None:
    assert there_and_back(manuscript, held) == essence(manuscript)


@pytest.mark.parametrize("held", OWN)
@pytest.mark.parametrize("text", ["x" * 300_000, "=\r\n" * 50_000, " \x0b" * 40_000, "'" * 131_073])
def test_no_text_is_too_long(held: Format, text: str) -> None:
    row = replace(plan().rows[0], body=text, more={"a": text})
    long = Manuscript(plan().heading, (row, plan().rows[1]), more={"b": [text]})
    assert there_and_back(long, held) == essence(long)
