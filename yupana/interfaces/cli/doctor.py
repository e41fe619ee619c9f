"""Look at the whole house at once, and say what to do."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click
from django.utils.translation import gettext_lazy, gettext_noop

from yupana.interfaces.cli import speak
from yupana.interfaces.cli.checkup import State, findings
from yupana.interfaces.cli.frame import Command, Exit, json_option

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

WORDS: dict[State, StrPromise] = {
    State.OK: gettext_lazy("ok"),
    State.WARNING: gettext_lazy("warning"),
    State.FAILURE: gettext_lazy("failure"),
}


@click.command(
    "doctor",
    cls=Command,
    help=gettext_noop(
        "Look at configuration, disk, database, record and figures, and say what to do; exit 4 on a failure. Changes"
        " nothing."
    ),
)
@json_option
@click.pass_context
def doctor(ctx: click.Context, *, as_json: bool) -> None:
    """Tell every finding, one a line."""
    found = list(findings())
    ok = all(finding.state != State.FAILURE for finding in found)
    if as_json:
        speak.print_json({"ok": ok, "checks": [asdict(finding) for finding in found]})
    else:
        width = max(len(str(word)) for word in WORDS.values())
        for finding in found:
            click.echo(f"{WORDS[finding.state]!s:{width}}  {finding.check:10}  {finding.told}")
    ctx.exit(Exit.DONE if ok else Exit.FAILED)
