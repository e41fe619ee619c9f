"""People who come and go, as whoever runs the machine handles them: lists of the invited, letters, links, addresses."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import click
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yupana.domain.entities import queries as entities
from yupana.domain.people import actions, queries
from yupana.domain.people.facts import Invited, Letter
from yupana.foundation.kernel.actor import OPERATOR, Role
from yupana.interfaces import words
from yupana.interfaces.cli import speak
from yupana.interfaces.cli.frame import Act, Argument, Group, Option, Rejected, Work, day_option, json_option
from yupana.interfaces.interchange.invitations import read_invitations
from yupana.interfaces.mail import invitation
from yupana.projections.notices import actions as notices

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from typing import Unpack

    from yupana.domain.people.actions.inviting import Admitted

FILE = click.Path(path_type=Path)
OF_AN_ENTITY = click.Choice(["entity-planner", "executive"])


class Named(TypedDict):
    """Who acts from now on, and by which letter."""

    name: str
    email: str
    role: str
    letter: str
    letter_on: date | None


@click.group("people", cls=Group, help=gettext_noop("People who come and go: invitations, letters, links, addresses."))
def people() -> None:
    """Hold the commands."""


@people.command(
    "invite",
    cls=Act,
    help=gettext_noop(
        "Invite everybody on a CSV list: entity, name, e-mail, role, letter, day of the letter. All of them, or nobody."
    ),
)
@click.argument("file", type=FILE, cls=Argument)
@json_option
def invite(file: Path, *, as_json: bool) -> None:
    """Invite, and show the links of those who have no address."""
    try:
        told = notices.invite(actor=OPERATOR, rows=read_invitations(file), on=timezone.localdate())
    except actions.Faulty as faulty:
        for where, why in faulty.lines:
            click.echo(f"  {where}  {words.sentence(why)}", err=True)
        raise
    _tell(told, as_json=as_json)


@people.command(
    "replace",
    cls=Act,
    help=gettext_noop("Let another person act for a body in a role, by a designation letter; all before lose access."),
)
@click.argument("entity", cls=Argument)
@click.option("--name", required=True, cls=Option, help=gettext_noop("Name of the new person."))
@click.option("--email", default="", cls=Option, help=gettext_noop("Their address, which is the user name."))
@click.option("--role", type=OF_AN_ENTITY, default="entity-planner", show_default=True, cls=Option,
              help=gettext_noop("What the mandate lets the person do."))  # fmt: skip
@click.option("--letter", required=True, cls=Option, help=gettext_noop("Number of the designation letter."))
@day_option("--letter-on", required=True, help=gettext_noop("Day of the letter, as YYYY-MM-DD."))
@json_option
def replace(entity: str, *, as_json: bool, **said: Unpack[Named]) -> None:
    """Hand over, and show the link."""
    body, role = entities.named(entity), said["role"].replace("-", "_")
    row = Invited("", body.ref, said["name"], said["email"], role, Letter(said["letter"], said["letter_on"]))
    _tell([notices.hand_over(actor=OPERATOR, entity=body, row=row, on=timezone.localdate())], as_json=as_json)


@people.command("link", help=gettext_noop("Show the link with which an invited person chooses a password."))
@click.argument("username", cls=Argument)
def link(username: str) -> None:
    """Show it: whoever holds it is let in, once."""
    person = queries.person(username)
    if person.has_usable_password():
        raise Rejected(_("%(username)s has chosen a password already.") % {"username": person.username})
    click.echo(invitation(person))


@people.command("email", cls=Work, help=gettext_noop("Say where a person's notices go; without ADDRESS, nowhere."))
@click.argument("username", cls=Argument)
@click.argument("address", cls=Argument, default="")
def email(username: str, address: str) -> None:
    """Keep it."""
    kept = actions.set_email(actor=OPERATOR, person=queries.person(username).pk, email=address)
    click.echo(_("Notices go to %(email)s.") % {"email": kept} if kept else _("No notices are sent."))


def _tell(told: Sequence[Admitted], *, as_json: bool) -> None:
    new = sum(each.new for each in told)
    links = {each.person.username: invitation(each.person) for each in told if each.link}
    before = {each.person.username: each.before for each in told if each.before}
    if as_json:
        speak.print_json({"read": len(told), "mandates": new, "links": links, "taken_over": before})
        return
    for each in told:
        if each.before:
            click.echo(words.passed_on(each))
    click.echo(_("Mandates given: %(new)d. Links made: %(links)d.") % {"new": new, "links": len(links)})
    rows = [
        (each.person.username, words.label(Role(each.role)), each.entity.name, links.get(each.person.username, "—"))
        for each in told[: speak.SHOWN]
    ]
    click.echo(speak.table([_("User name"), _("Role"), _("Body"), _("Link")], rows))
