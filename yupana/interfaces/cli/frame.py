"""What every command has around it: the reader's language, a database that is up to date, an honest exit code."""

from __future__ import annotations

import os
from enum import IntEnum
from typing import IO, TYPE_CHECKING, Any, cast

import click
from django.conf import settings
from django.db import DatabaseError, IntegrityError, ProgrammingError
from django.utils.translation import gettext, gettext_noop

from yupana.foundation.kernel.errors import Conflict, Refused
from yupana.foundation.ledger import memory
from yupana.foundation.sqlite.queue import Busy
from yupana.interfaces import words
from yupana.interfaces.cli import database
from yupana.interfaces.cli.demo import mark
from yupana.interfaces.cli.tongue import language, placeholder, speak, spoken
from yupana.interfaces.interchange.labels import problem
from yupana.projections import followers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime


class Exit(IntEnum):
    """Exit codes. 2, wrong usage, is click's own."""

    DONE = 0
    REJECTED = 1
    USAGE = 2
    CONFLICT = 3
    FAILED = 4


class Rejected(click.ClickException):
    """The command was refused and nothing changed; the sentence says what is wrong and what would be right."""

    def __init__(self, message: str, exit_code: Exit = Exit.REJECTED) -> None:
        super().__init__(message)
        self.exit_code = exit_code  # type: ignore[misc] # click reads it from the instance, too

    def show(self, file: IO[Any] | None = None) -> None:
        """Say it on stderr."""
        click.echo(f"yupana: {self.message}", file=file, err=file is None)


class _Worded:
    """Something with a help text, which is written in English and shown in the reader's language."""

    _help: str | None = None

    @property
    def help(self) -> str | None:
        """The help text, translated while a command runs; the reference in docs/ reads it as it is written."""
        if not self._help or click.get_current_context(silent=True) is None:
            return self._help
        return gettext(self._help)

    @help.setter  # noqa: A003 (click calls it help)
    def help(self, text: str | None) -> None:
        self._help = text


class Argument(click.Argument):
    """An argument that is named in the reader's language."""

    def make_metavar(self, ctx: click.Context) -> str:
        """Name what is to be typed there."""
        return placeholder(super().make_metavar(ctx))


class Option(_Worded, click.Option):
    """An option whose help is translated."""

    def make_metavar(self, ctx: click.Context) -> str:
        """Name what is to be typed there."""
        return placeholder(super().make_metavar(ctx))


class Command(_Worded, click.Command):
    """A command whose help is translated and that needs no database."""

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Name options and arguments."""
        return [placeholder(piece) for piece in super().collect_usage_pieces(ctx)]


class Task(Command):
    """A command that works on the database: it finds the tables up to date."""

    def prepare(self) -> None:
        """Make sure that the database is fit for it."""
        database.ready()

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 (click's own signature)
        """Prepare, then do."""
        self.prepare()
        return super().invoke(ctx)


class Work(Task):
    """A command that brings in something of its caller's own: the home is then no demonstration's any more."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 (click's own signature)
        """Give the mark of a demonstration up, where there is one, and do."""
        with mark.given_up():
            return super().invoke(ctx)


class Act(Work):
    """A command that records something: the record is sealed behind it, and the figures follow."""

    def prepare(self) -> None:
        """Refuse before anything is recorded what could not be sealed afterwards."""
        super().prepare()
        memory.check()

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 (click's own signature)
        """Do, then tick."""
        done = super().invoke(ctx)
        followers.tick()
        return done


class Group(_Worded, click.Group):
    """A group of commands; what is not said otherwise works on the database."""

    command_class = Task
    group_class = type

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Name options and commands."""
        return [placeholder(piece) for piece in super().collect_usage_pieces(ctx)]


class Door(Group):
    """The outermost group: it turns refusals into sentences and exit codes."""

    group_class = Group  # type: ignore[assignment] # click takes a class or `type`; its stub has room for `type` only

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:  # noqa: ANN401 (click's own)
        """Run in the language of the terminal, until ``--lang`` says otherwise."""
        with spoken(language(os.environ)):
            return super().main(args, *rest, **extra)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 (click's own signature)
        """Do what was asked; say a refusal as a sentence, without a traceback."""
        try:
            return super().invoke(ctx)
        except Refused as refused:
            click.echo(f"yupana: {words.sentence(refused)}", err=True)
            ctx.exit(Exit.CONFLICT if isinstance(refused, Conflict) else Exit.REJECTED)
        except database.Unprepared as unprepared:
            raise Rejected(str(unprepared)) from unprepared
        except Busy as error:
            told = gettext("Others were writing for too long. Nothing was changed and nothing lost: try again.")
            raise Rejected(told, Exit.CONFLICT) from error
        except DatabaseError as error:
            if isinstance(error, IntegrityError | ProgrammingError):
                raise  # a fault of the program
            told = gettext("The database does not answer: %(error)s") % {"error": str(error).strip()}
            raise Rejected(told) from error
        except BrokenPipeError:
            raise  # whoever read has had enough, such as `head`: click ends without a word
        except OSError as error:
            raise Rejected(_about_file(error)) from error


def _about_file(error: OSError) -> str:
    told = gettext("%(file)s cannot be used: %(error)s")
    return told % {"file": error.filename or "?", "error": problem(error)}


def speak_in(_ctx: click.Context, _option: click.Parameter, chosen: str | None) -> None:
    """Use the language that ``--lang`` names, from the help text on."""
    if chosen:
        speak(chosen)


lang_option = click.option(
    "--lang",
    cls=Option,
    type=click.Choice([code for code, _name in settings.LANGUAGES]),
    callback=speak_in,
    is_eager=True,
    expose_value=False,
    help=gettext_noop("Language of what is said; otherwise that of the terminal, and Spanish if it is not English."),
)
json_option = click.option(
    "--json", "as_json", cls=Option, is_flag=True, help=gettext_noop("Print only JSON on standard output.")
)


class Day(click.DateTime):
    """A day as it is typed everywhere."""

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:  # noqa: ANN401 (click's own)
        """Read it; say how a day is written where it is none."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            told = gettext("“%(text)s” is no day. Write it as YYYY-MM-DD, such as 2024-07-12.")
            self.fail(told % {"text": value}, param, ctx)


class Number(click.IntRange):
    """A whole number, called so in the reader's language."""

    @property
    def name(self) -> str:  # type: ignore[override] # click has a plain attribute
        """What is expected, as refusals say it."""
        return gettext("whole number")


DAY = Day()


def day(_ctx: click.Context, _option: click.Parameter, moment: Any) -> Any:  # noqa: ANN401 (click's own signature)
    """Turn click's moment into the day it is."""
    return cast("object", moment.date()) if moment is not None else None


def day_option(*names: str, help: str, **more: Any) -> Callable[[Any], Any]:  # noqa: A002, ANN401 (click's own words)
    """Take a day, written YYYY-MM-DD; ``more`` is what click's own options take."""
    return click.option(*names, cls=Option, type=DAY, callback=day, metavar="DATE", help=help, **more)
