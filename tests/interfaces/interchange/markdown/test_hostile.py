"""Files that somebody made to do harm, or that a machine broke: one sentence with the place, or a clean reading."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from yupana.foundation.kernel.errors import Refused
from yupana.interfaces import words
from yupana.interfaces.interchange.markdown.read import read_manuscript

if TYPE_CHECKING:
    from pathlib import Path

    from yupana.domain.instruments.facts import Manuscript

LONG = 100_000
OWN = "---\nyupana: 1\n---\n\n# x\n\n"


def read(tmp_path: Path, data: bytes) -> Manuscript:
    path = tmp_path / "plan.md"
    path.write_bytes(data)
    return read_manuscript(path)


@pytest.mark.parametrize(
    ("data", "code", "where"),
    [
        (b"# Agua\n\nm\xe1s\n", "markdown-not-utf8", "plan.md:3"),
        ("# Agua\n".encode("utf-16"), "markdown-not-utf8", "plan.md:1"),
        (b"# Agua\nx\0y\n", "markdown-has-nul", "plan.md:2"),
        ("".join(" " * at + "* x\n" for at in range(1000)).encode(), "markdown-too-deep", "plan.md:41"),
        (b"x\n" * 300_001, "markdown-too-large", "plan.md"),
        (b"x" * (16 * 1024 * 1024 + 1), "markdown-too-large", "plan.md"),
    ],
    ids=["latin-1", "utf-16", "nul", "nesting", "lines", "characters"],
)
def test_it_is_refused_with_its_place_in_one_line(tmp_path: Path, data: bytes, code: str, where: str) -> None:
    with pytest.raises(Refused) as caught:
        read(tmp_path, data)
    said = words.sentence(caught.value)
    assert (caught.value.code, caught.value.details["where"], said.count("\n")) == (code, where, 0)


def test_a_folder_that_is_called_like_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "plan" / "README.md").mkdir(parents=True)
    with pytest.raises(Refused) as caught:
        read_manuscript(tmp_path / "plan")
    assert caught.value.code == "markdown-readme-missing"


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        read_manuscript(tmp_path / "plan.md")
    assert caught.value.code == "file-unreadable"


@pytest.mark.parametrize(
    "text",
    [
        "* " * LONG + "x",
        ">" * LONG + "x",
        "#" * LONG + "x",
        "# a" + " " * LONG + "b",
        "# " * LONG,
        "*" * LONG + "x",
        "**" + "a" * LONG,
        "a " * LONG + ": x",
        "[" * LONG,
        "[a](" + "x" * LONG,
        "[a](x " * (LONG // 5),
        "![a](" * (LONG // 5),
        "```\n" * (LONG // 50),
        "&amp;" * LONG,
        "- **" * LONG,
        "\u202e" * LONG,
        "e" + "\u0301" * LONG,
        "<" * LONG,
        "|" * LONG,
        "1" * LONG + ". x",
        "* Lineamiento " + "1." * LONG + ": x",
        "* Normativa\n\t* Actual:\n" * (LONG // 50),
    ],
)
@pytest.mark.parametrize("form", ["", f"{OWN}## Lineamiento 1: x\n", f"{OWN}## "])
def test_it_is_read_in_time_and_kept(tmp_path: Path, text: str, form: str) -> None:
    begun = time.process_time()
    manuscript = read(tmp_path, f"{form}{text}\n".encode())
    assert (len(manuscript.rows) > 0, time.process_time() - begun < 60) == (True, True)
