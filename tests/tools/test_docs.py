"""The tool that keeps the documentation true."""

from pathlib import Path

import click
import pytest

from tools.docs import REFERENCE, broken_links, commands, main, reference, settings

SETTINGS = '''"""Settings.

YUPANA_HOME    the folder of all state
YUPANA_ORIGIN  the public address, such as
               https://yupana.example.org
"""

YUPANA = 1
'''


@click.group()
def program() -> None:
    """Count."""


@program.command()
@click.option("--json", is_flag=True, help="Only JSON.")
def verify(*, json: bool) -> None:
    """Recompute the tree."""


@program.group(name="import")
def import_() -> None:
    """Read files."""


@import_.command()
@click.argument("path")
def entities(path: str) -> None:
    """Read the register."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "yupana").mkdir()
    (tmp_path / "yupana" / "settings.py").write_text(SETTINGS)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "guide.md").write_text("# Guide\n")
    return tmp_path


def test_every_command_that_does_something_is_named_as_it_is_typed() -> None:
    assert [name for name, _ in commands(program, "yupana")] == ["yupana import entities", "yupana verify"]


def test_a_setting_is_told_with_all_its_lines() -> None:
    assert settings(SETTINGS) == (
        "- `YUPANA_HOME`: the folder of all state\n"
        "- `YUPANA_ORIGIN`: the public address, such as https://yupana.example.org\n"
    )


@pytest.mark.parametrize(
    "told",
    [
        "## yupana import entities",
        "Usage: yupana verify [OPTIONS]",
        "Only JSON.",
        "Read the register.",
        "`YUPANA_HOME`",
    ],
)
def test_the_reference_tells_commands_options_and_settings(told: str) -> None:
    assert told in reference(program, SETTINGS)


def test_no_line_of_the_reference_ends_in_blanks() -> None:
    assert [line for line in reference(program, SETTINGS).splitlines() if line != line.rstrip()] == []


@pytest.mark.parametrize(
    ("link", "broken"),
    [
        ("docs/guide.md", []),
        ("docs/guide.md#top", []),
        ("#here", []),
        ("https://example.org/x", []),
        ("mailto:a@example.org", []),
        ("docs/gone.md", ["README.md: docs/gone.md"]),
        ("gone.md#top", ["README.md: gone.md#top"]),
    ],
)
def test_a_link_must_lead_somewhere(link: str, broken: list[str], root: Path) -> None:
    (root / "README.md").write_text(f"See [that]({link}).")
    assert broken_links(root) == broken


def test_links_in_a_guide_start_from_its_folder(root: Path) -> None:
    (root / "docs" / "other.md").write_text("[a](guide.md) [b](docs/guide.md)")
    assert broken_links(root) == ["docs/other.md: docs/guide.md"]


def test_what_was_written_is_true(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (main(["write"], program, root), main(["check"], program, root)) == (0, 0)
    assert capsys.readouterr().out == "The documentation is true.\n" * 2


@pytest.mark.parametrize("stale", [None, "# Reference\n"])
def test_a_reference_that_is_stale_or_absent_fails(
    stale: str | None,
    root: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if stale:
        (root / REFERENCE).write_text(stale)
    assert (main(["check"], program, root), capsys.readouterr().out) == (
        1,
        "docs/reference.md is not what the program says: make docs\n1 to mend\n",
    )


def test_a_broken_link_fails_even_when_the_reference_is_true(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "README.md").write_text("[x](gone.md)")
    assert (main(["write"], program, root), capsys.readouterr().out) == (
        1,
        "broken link in README.md: gone.md\n1 to mend\n",
    )
