"""Accounts and mandates, made by whoever runs the machine."""

from __future__ import annotations

import secrets
import sys
from typing import TYPE_CHECKING, TypedDict

import click
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yupana.domain.entities import queries as entities
from yupana.domain.people import actions, queries
from yupana.foundation.kernel.actor import OPERATOR, Role
from yupana.interfaces import words
from yupana.interfaces.cli import speak
from yupana.interfaces.cli.frame import Act, Argument, Group, Option, Rejected, day_option

if TYPE_CHECKING:
    from datetime import date
    from typing import Unpack

    from yupana.domain.people.models import Person

PASSWORD_BYTES = 15  # 20 characters, 120 bits
ROLES = click.Choice([role.value.replace("_", "-") for role in Role])


class Term(TypedDict):
    """For whom, as what and from when to when a person acts."""

    entity: str | None
    role: str | None
    starts_on: date | None
    ends_on: date | None


def new_password() -> str:
    """Return a password that nobody has to invent."""
    return secrets.token_urlsafe(PASSWORD_BYTES)


entity_option = click.option(
    "--entity",
    cls=Option,
    metavar="REF",
    help=gettext_noop("The body: its code, or SOURCE:ID where the code names several."),
)
role_option = click.option("--role", cls=Option, type=ROLES, help=gettext_noop("What the mandate lets the person do."))
from_option = day_option(
    "--from",
    "starts_on",
    help=gettext_noop("First day, as YYYY-MM-DD; otherwise today."),
)
to_option = day_option(
    "--to",
    "ends_on",
    help=gettext_noop("Last day, as YYYY-MM-DD; otherwise until it is ended."),
)


@click.command(
    "createuser",
    cls=Act,
    help=gettext_noop("Make an account and give it a mandate. The random password is shown this once."),
)
@click.argument("username", cls=Argument)
@entity_option
@role_option
@from_option
@to_option
@click.option("--name", default="", cls=Option, help=gettext_noop("The person's name, as shown to others."))
@click.option("--password-stdin", is_flag=True, cls=Option, help=gettext_noop("Read the password from standard input."))
def createuser(username: str, *, name: str, password_stdin: bool, **term: Unpack[Term]) -> None:
    """Make person and mandate together, or neither."""
    if bool(term["entity"]) != bool(term["role"]):
        raise click.UsageError(_("--entity and --role belong together."))
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else new_password()
    with transaction.atomic():
        person = actions.create_person(actor=OPERATOR, username=username, password=password, display_name=name)
        if term["entity"]:
            give(person, term)
    click.echo(_("Account %(username)s made.") % {"username": person.username})
    if not password_stdin:
        click.echo(_("Password, shown only now: %(password)s") % {"password": password})
    if not term["entity"]:
        click.echo(_("Without a mandate it may do nothing: yupana mandate grant"))


def give(person: Person, term: Term) -> None:
    """Grant a mandate as the command line told it."""
    today = timezone.localdate()
    actions.grant(
        actor=OPERATOR,
        person=person,
        entity=entities.named(term["entity"] or ""),
        role=role_of(term["role"] or ""),
        starts_on=term["starts_on"] or today,
        ends_on=term["ends_on"],
        on=today,
    )


def role_of(text: str) -> Role:
    """Read a role as it is typed."""
    return Role(text.replace("-", "_"))


@click.group("mandate", cls=Group, help=gettext_noop("Who acts for whom."))
def mandate() -> None:
    """Hold the commands of mandates."""


@mandate.command("grant", cls=Act, help=gettext_noop("Let a person act for a body in a role."))
@click.argument("username", cls=Argument)
@entity_option
@role_option
@from_option
@to_option
def grant(username: str, **term: Unpack[Term]) -> None:
    """Grant one mandate."""
    if not (term["entity"] and term["role"]):
        raise click.UsageError(_("Say --entity and --role."))
    give(queries.person(username), term)
    click.echo(_("Mandate granted."))


@mandate.command(
    "end", cls=Act, help=gettext_noop("End the mandates of a person for a body, and with them the person's sessions.")
)
@click.argument("username", cls=Argument)
@entity_option
@role_option
@day_option("--on", help=gettext_noop("The day; otherwise today."))
def end(username: str, entity: str | None, role: str | None, on: date | None) -> None:
    """End what is in force and matches."""
    if not entity:
        raise click.UsageError(_("Say --entity."))
    today, body = timezone.localdate(), entities.named(entity)
    person = queries.person(username)
    found = [
        mandate
        for mandate in queries.mandates_of(person, today)
        if mandate.entity_id == body.pk and (role is None or mandate.role == role_of(role))
    ]
    if not found:
        raise Rejected(_("%(username)s has no such mandate in force.") % {"username": username})
    with transaction.atomic():
        for mandate in found:
            actions.end_mandate(actor=OPERATOR, mandate=mandate, on=on or today)
    click.echo(_("Mandates ended: %(number)d.") % {"number": len(found)})


@mandate.command("list", help=gettext_noop("List the mandates in force of a person."))
@click.argument("username", cls=Argument)
def list_(username: str) -> None:
    """Show what a person may do."""
    rows = [
        (words.label(Role(mandate.role)), str(mandate.entity), str(mandate.starts_on), str(mandate.ends_on or "—"))
        for mandate in queries.mandates_of(queries.person(username), timezone.localdate())
    ]
    click.echo(speak.table([_("Role"), _("Body"), _("From"), _("To")], rows))
