"""What every command has around it."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, OperationalError, ProgrammingError
from django.utils.translation import get_language

from tests.interfaces.cli.conftest import Yupana, run
from yupana.foundation.kernel.errors import Conflict, Forbidden, Missing, Refused
from yupana.interfaces.cli import database, frame
from yupana.interfaces.cli.frame import Command, Door, Exit, Option, Rejected
from yupana.interfaces.cli.main import main


def door(failure: Exception | None) -> Door:
    @click.group(cls=Door)
    @frame.lang_option
    def group() -> None:
        pass

    @group.command("act", cls=Command)
    def act() -> None:
        if failure:
            raise failure
        click.echo(get_language())

    return group


def outcome(failure: Exception) -> tuple[int, str, str]:
    from click.testing import CliRunner  # noqa: PLC0415 - only this helper runs a door of its own

    result = CliRunner().invoke(door(failure), ["--lang", "en", "act"])
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize(
    ("failure", "code"),
    [
        (Refused("act-missing"), Exit.REJECTED),
        (Forbidden("register-forbidden"), Exit.REJECTED),
        (Missing("entity-unknown", ref="A-9"), Exit.REJECTED),
        (Conflict("edition-published", edition="P/1"), Exit.CONFLICT),
        (Rejected("no"), Exit.REJECTED),
        (Rejected("no", Exit.CONFLICT), Exit.CONFLICT),
        (database.Unprepared("behind"), Exit.REJECTED),
        (OperationalError("no such host"), Exit.REJECTED),
        (DatabaseError("file is not a database"), Exit.REJECTED),
        (PermissionError(13, "Permission denied", "/home/x"), Exit.REJECTED),
    ],
)
def test_a_refusal_is_one_sentence_on_stderr_and_an_exit_code(failure: Exception, code: Exit) -> None:
    exit_code, out, err = outcome(failure)
    assert (exit_code, out, err.startswith("yupana: "), err.count("\n")) == (code, "", True, 1)


def test_a_reader_that_has_had_enough_is_told_nothing() -> None:
    assert outcome(BrokenPipeError(errno.EPIPE, "Broken pipe")) == (1, "", "")


def test_a_command_whose_output_nobody_reads_ends_without_a_word(tmp_path: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    ended = subprocess.run(
        [sys.executable, "-c", "from yupana.interfaces.cli.main import main; main()", "doctor"],
        env={**os.environ, "YUPANA_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "yupana.settings"},
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        timeout=120,
    )
    os.close(write)
    assert (ended.returncode, ended.stderr) == (1, "")


def test_a_missing_thing_is_named() -> None:
    assert "A-9" in outcome(Missing("entity-unknown", ref="A-9"))[2]


@pytest.mark.parametrize("fault", [ZeroDivisionError(), IntegrityError("unique"), ProgrammingError("no table")])
def test_a_fault_of_the_program_is_not_dressed_up_as_a_refusal(fault: Exception) -> None:
    with pytest.raises(type(fault)):
        door(fault).main(["act"], standalone_mode=False)


@pytest.mark.parametrize(("told", "spoken"), [(["--lang", "en"], "en"), (["--lang", "es"], "es"), ([], "es")])
def test_a_command_runs_in_the_language_that_was_told(told: list[str], spoken: str) -> None:
    from click.testing import CliRunner  # noqa: PLC0415 - the same

    result = CliRunner(env={"LANG": "C", "LC_ALL": "", "LC_MESSAGES": ""}).invoke(door(None), [*told, "act"])
    assert result.stdout.strip() == spoken


def test_the_language_of_a_command_ends_with_it() -> None:
    before = get_language()
    run("--lang", "en", "--help")
    assert get_language() == before


def test_help_is_said_in_the_language_of_the_reader() -> None:
    english, spanish = (run("--lang", spoken, "import", "--help").out for spoken in ("en", "es"))
    assert ("Bring files in." in english, "Bring files in." in spanish) == (True, False)


def test_help_outside_of_a_command_is_as_it_is_written() -> None:
    assert Command("x", help="Bring files in.").help == "Bring files in."


def test_what_has_no_help_has_none_in_any_language() -> None:
    assert (Command("x").help, Option(["--x"]).help) == (None, None)


def test_asking_for_help_makes_no_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path / "home"))
    run("import", "entities", "--help")
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["conjure"],
        ["import", "entities"],
        ["publish", "P", "1", "--act", "x"],
        ["publish", "P", "1", "--act", "x", "--on", "12/07/2018"],
        ["call", "open", "--audience", "all"],
        ["verify", "--loudly"],
        ["--lang", "de", "verify"],
        ["serve", "--port", "70000"],
    ],
)
def test_wrong_usage_exits_with_2_and_makes_no_home(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path / "home"))
    assert (run(*arguments).code, (tmp_path / "home").exists()) == (Exit.USAGE, False)


def test_every_command_and_option_says_what_it_is_for() -> None:
    def silent(command: click.Command, name: str) -> list[str]:
        own = [] if command.help else [name]
        own += [f"{name} {p.opts[0]}" for p in command.params if isinstance(p, Option) and not p.help]
        inner = command.commands.items() if isinstance(command, click.Group) else ()
        return own + [each for part, sub in inner for each in silent(sub, f"{name} {part}")]

    assert silent(main, "yupana") == []


def test_the_languages_offered_are_those_of_the_house() -> None:
    offered = next(each for each in main.params if each.name == "lang")
    assert isinstance(offered.type, click.Choice)
    assert list(offered.type.choices) == [code for code, _ in settings.LANGUAGES]


def test_a_home_that_cannot_be_made_is_a_rejection(yupana: Yupana, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    said = yupana("verify", env={"YUPANA_HOME": str(tmp_path / "file" / "home")})
    assert (said.code, "Traceback" in said.err) == (Exit.REJECTED, False)


def test_the_command_line_takes_its_settings_from_the_environment() -> None:
    assert os.environ["DJANGO_SETTINGS_MODULE"] == "tests.settings"
