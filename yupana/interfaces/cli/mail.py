"""The outbox, as whoever runs the machine sees it: what waits, send it, say what came back."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yupana.foundation.kernel.actor import OPERATOR
from yupana.interfaces import words
from yupana.interfaces.cli import speak
from yupana.interfaces.cli.frame import Argument, Group, Number, Option, Rejected, Task, json_option
from yupana.interfaces.mail import compose
from yupana.projections.notices import actions
from yupana.projections.notices.queries import mails
from yupana.projections.notices.rules import Post, Rule

if TYPE_CHECKING:
    from yupana.projections.notices.models import Outbox

SHOWN = 50
UNSET = gettext_noop("No way to send mail is set (YUPANA_EMAIL_URL). What waits is kept: yupana mail list")


@click.group("mail", cls=Group, help=gettext_noop("The mails that tell people what waits for them."))
def mail() -> None:
    """Hold the commands of the outbox."""


@mail.command("list", help=gettext_noop("Count the mails by what became of them, and list those that have not left."))
@json_option
def list_(*, as_json: bool) -> None:
    """Show what waits. Whom it is for is said by user name, what it is about by its rule alone."""
    counted = Counter(mails().values_list("state", flat=True))
    open_ = mails().filter(state__in=(Post.WAITING, Post.FAILED, Post.SENDING)).select_related("person")
    rows = [_row(each) for each in open_.order_by("due_on", "pk")[:SHOWN]]
    if as_json:
        speak.print_json({"counts": dict(counted), "ready": settings.MAIL_LEAVES, "shown": [list(row) for row in rows]})
        return
    for state in Post:
        if counted[state]:
            click.echo(f"{words.label(state)}: {counted[state]}")
    if rows:
        click.echo(speak.table([_("Day"), _("What about"), _("User name"), _("State"), _("Problem")], rows))
    if not settings.MAIL_LEAVES:
        click.echo(_(UNSET))


def _row(each: Outbox) -> tuple[str, ...]:
    about, state = words.label(Rule(each.rule)), words.label(Post(each.state))
    return (str(each.due_on), about, each.person.username, state, each.problem)


@mail.command("send", help=gettext_noop("Send what waits. Run it by a timer; each mail leaves once at most."))
@click.option(
    "--most",
    type=Number(min=1),
    default=500,
    show_default=True,
    cls=Option,
    help=gettext_noop("How many to look at in one run."),
)
@json_option
def send(most: int, *, as_json: bool) -> None:
    """Fill the outbox for today, then send."""
    if not settings.MAIL_LEAVES:
        raise Rejected(_(UNSET))
    today = timezone.localdate()
    actions.fill(on=today)
    told = actions.deliver(compose=compose, now=timezone.now(), on=today, most=most)
    if as_json:
        speak.print_json({"sent": told.sent, "failed": told.failed, "dropped": told.dropped, "left": told.left})
        return
    click.echo(
        _("Sent: %(sent)d. Failed, to be tried again: %(failed)d. Not needed any more: %(dropped)d. Left: %(left)d.")
        % {"sent": told.sent, "failed": told.failed, "dropped": told.dropped, "left": told.left}
    )


@mail.command(
    "bounced",
    cls=Task,
    help=gettext_noop("Say that mail to ADDRESS came back: nothing more is sent there until its person gives another."),
)
@click.argument("address", cls=Argument)
def bounced(address: str) -> None:
    """Note it, for the mails and for the entities."""
    many = actions.bounced(actor=OPERATOR, address=address, on=timezone.localdate())
    click.echo(_("Mails that came back: %(number)d. The entity is listed as not reached.") % {"number": many})
