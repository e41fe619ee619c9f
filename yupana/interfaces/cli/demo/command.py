"""`yupana demo`: tell the story into an empty home, say what there is to see, and serve it."""

from __future__ import annotations

import sys

import click
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yupana.domain.entities import queries as entities
from yupana.foundation.ledger.queries import head
from yupana.interfaces import words
from yupana.interfaces.cli import serve, speak
from yupana.interfaces.cli.demo import place, story, summary
from yupana.interfaces.cli.demo.cast import ACCOUNTS, Cast
from yupana.interfaces.cli.frame import Command, Exit, Option
from yupana.projections import followers, proof


@click.command(
    "demo",
    cls=Command,
    help=gettext_noop("Make a State that does not exist, say what there is to see, and serve it."),
)
@click.option("--no-serve", is_flag=True, cls=Option, help=gettext_noop("Stop after the summary instead of serving."))
@click.option("--host", default="127.0.0.1", show_default=True, cls=Option, help=gettext_noop("Address to listen on."))
@click.option(
    "--port", default=8000, show_default=True, type=serve.PORTS, cls=Option, help=gettext_noop("Port to listen on.")
)
@click.pass_context
def demo(ctx: click.Context, host: str, port: int, *, no_serve: bool) -> None:
    """Tell, prove, show, serve."""
    with place.claimed():
        with speak.progress(_("Telling the story"), story.count()) as done:
            cast = story.tell(timezone.localdate(), done)
        followers.tick()
    with speak.progress(_("Verifying"), head().size) as done:
        verdict = proof.verify(done)
    click.echo(speak.table([_("What"), _("How much")], summary.lines(verdict)))
    click.echo()
    click.echo(speak.table([_("Account"), _("Password"), _("Role"), _("Body")], accounts(cast)))
    click.echo()
    click.echo(speak.table([_("To see"), _("Address")], summary.doors(f"http://{host}:{port}")))
    click.echo()
    if not verdict.ok:
        ctx.exit(Exit.FAILED)
    if no_serve:
        told = _("To see it: %(program)s serve --port %(port)d, and then http://%(host)s:%(port)d/")
        click.echo(told % {"program": sys.argv[0], "host": host, "port": port})
    else:
        serve.run(host, port)


def accounts(cast: Cast) -> list[tuple[str, str, str, str]]:
    """Return what is needed to sign in as each person."""
    return [
        (each.username, cast.passwords[each.username], str(words.label(each.role)), entities.named(each.entity).name)
        for each in ACCOUNTS
    ]
