"""The public record: seal it, count by it, prove it, erase by a recorded act."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from yupana.domain.commitments.actions import erase_plan
from yupana.domain.obligations.rules import Expects
from yupana.domain.progress.actions import erase_evidence, erase_report
from yupana.domain.submissions import queries as submissions
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.ledger import queries as ledger
from yupana.interfaces.cli import database, speak
from yupana.interfaces.cli.authority import obligation
from yupana.interfaces.cli.frame import (
    Act,
    Argument,
    Command,
    Exit,
    Group,
    Number,
    Option,
    Rejected,
    Task,
    day_option,
    json_option,
)
from yupana.interfaces.links import looking
from yupana.projections import followers, proof
from yupana.projections.figures import actions as figure_actions
from yupana.projections.figures import public as figure_state

if TYPE_CHECKING:
    from datetime import date

    from django_stubs_ext import StrPromise

    from yupana.foundation.ledger.verify import Verdict

WHY: dict[str, StrPromise] = {
    "gap": gettext_lazy("another entry should stand there"),
    "leaf": gettext_lazy("the entry itself was changed"),
    "root": gettext_lazy("the entries from here on do not make up the tree that was sealed"),
    "content": gettext_lazy("the content behind the entry is not what was sealed"),
    "lost": gettext_lazy("sealed entries or a checkpoint are gone"),
    "extra": gettext_lazy("an entry stands there that nobody sealed"),
}


@click.command("tick", cls=Task, help=gettext_noop("Seal what was recorded and bring the figures up to it."))
@json_option
def tick(*, as_json: bool) -> None:
    """Look at links where that is wanted, then seal and follow."""
    looked = looking.look(on=timezone.localdate())
    ticked = followers.tick()
    if as_json:
        told = {"sealed": ticked.sealed, "followed": ticked.followed}
        speak.print_json(told | ({"links": looked} if looked else {}))
        return
    if looked:
        click.echo(_("Links looked at: %(number)d.") % {"number": looked})
    click.echo(_("Entries sealed: %(number)d.") % {"number": ticked.sealed})
    tell_state()


def tell_state() -> None:
    """Say how far the record is sealed and the figures follow."""
    state = figure_state.state()
    click.echo(_("Record: %(size)d entries, root %(root)s.") % {"size": state.head_size, "root": state.head_root})
    click.echo(_("Figures: up to entry %(position)d of the record.") % {"position": state.position})


@click.group("figures", cls=Group, help=gettext_noop("The figures that follow the record."))
def figures() -> None:
    """Hold the commands of the figures."""


@figures.command("rebuild", help=gettext_noop("Count all figures anew, from zero."))
@json_option
def rebuild(*, as_json: bool) -> None:
    """Rebuild, and say up to where."""
    with speak.progress(_("Counting"), 1) as done:
        figure_actions.rebuild()
        done(1)
    state = figure_state.state()
    if as_json:
        speak.print_json({"position": state.position, "formula": state.formula})
        return
    tell_state()


@figures.command(
    "check", help=gettext_noop("Count all figures anew beside the ones that stand; exit 4 where they differ.")
)
@json_option
@click.pass_context
def check(ctx: click.Context, *, as_json: bool) -> None:
    """Compare, and fail on a difference."""
    with speak.progress(_("Counting"), 1) as done:
        differing = figure_actions.check()
        done(1)
    if as_json:
        speak.print_json({"ok": not differing, "differing": [str(cell) for cell in differing]})
    elif differing:
        click.echo(_("Figures that differ from a fresh count: %(number)d") % {"number": len(differing)})
        for cell in differing[: speak.SHOWN]:
            click.echo(f"  {cell}")
        click.echo(_("`yupana figures rebuild` counts them anew."))
    else:
        click.echo(_("The figures are what a fresh count gives."))
    ctx.exit(Exit.FAILED if differing else Exit.DONE)


@click.command(
    "verify",
    cls=Task,
    help=gettext_noop(
        "Recompute the record, what stands behind each entry and the documents of each edition; exit 4 at the first"
        " position that is broken."
    ),
)
@json_option
@click.pass_context
def verify(ctx: click.Context, *, as_json: bool) -> None:
    """Prove the record, or name where it is broken."""
    with speak.progress(_("Verifying"), ledger.sealed_count()) as done, database.read_as_it_stands():
        verdict, altered = proof.verify(done), proof.documents()
    ok = verdict.ok and not altered
    if as_json:
        # All that was sealed, however far it could be checked.
        entries = max(verdict.entries, ledger.sealed_count())
        told = {"entries": entries, "root": verdict.root, "first_broken": verdict.first_broken}
        speak.print_json({"ok": ok, **told, "documents": [each.digest for each in altered]})
    else:
        tell_verdict(verdict)
        for each in altered:
            click.echo(
                _("A document of %(edition)s is gone or was changed: %(name)s (%(digest)s).")
                % {"edition": each.edition, "name": each.name, "digest": each.digest}
            )
    ctx.exit(Exit.DONE if ok else Exit.FAILED)


def tell_verdict(verdict: Verdict) -> None:
    """Say what the verification found."""
    if verdict.ok:
        click.echo(
            _("The record holds: %(entries)d entries, root %(root)s.")
            % {"entries": verdict.entries, "root": verdict.root}
        )
    elif verdict.first_broken is not None:
        told = {"position": verdict.first_broken, "why": WHY[verdict.why]}
        click.echo(_("The record is broken at position %(position)d: %(why)s.") % told)
    if verdict.missing_guards:
        named = ", ".join(verdict.missing_guards)
        click.echo(
            _("The database lacks guards that keep the record from being rewritten: %(named)s.") % {"named": named}
        )
    if verdict.erased:
        positions = ", ".join(map(str, verdict.erased))
        click.echo(_("Erased by a recorded act: %(positions)s.") % {"positions": positions})
    waiting = ledger.unsealed_count()
    if waiting:
        click.echo(_("Entries that wait for the next tick: %(number)d.") % {"number": waiting})


@click.command(
    "erase",
    cls=Act,
    help=gettext_noop("Black out what a body handed in, by a recorded act. The entry stays and reads as erased."),
)
@click.argument("call", cls=Argument)
@click.argument("entity", cls=Argument)
@click.option("--act", required=True, cls=Option, help=gettext_noop("The act that orders it."))
@click.option(
    "--version",
    type=Number(min=1),
    metavar="NUMBER",
    cls=Option,
    help=gettext_noop("Which version; otherwise the only one there is."),
)
@day_option("--on", help=gettext_noop("The day; otherwise today."))
def erase(call: str, entity: str, act: str, version: int | None, on: date | None) -> None:
    """Erase one version."""
    versions = submissions.versions_of(OPERATOR, obligation(call, entity).pk)
    found = [each for each in versions if version in (None, each.version)]
    if len(found) != 1:
        there = ", ".join(str(each.version) for each in versions) or "—"
        raise Rejected(_("Say which version with --version. There are: %(versions)s.") % {"versions": there})
    erasing = erase_report if found[0].obligation.call.expects == Expects.PROGRESS else erase_plan
    erasing(actor=OPERATOR, submission=found[0], act=act, on=on or timezone.localdate())
    click.echo(_("Erased. The record keeps the entry and says that its content was removed by this act."))


@click.command(
    "erase-evidence",
    cls=Act,
    help=gettext_noop("Black out a piece of evidence, by a recorded act. Nobody gets its file any more."),
)
@click.argument("number", type=Number(min=1), cls=Argument)
@click.option("--act", required=True, cls=Option, help=gettext_noop("The act that orders it."))
@day_option("--on", help=gettext_noop("The day; otherwise today."))
def erase_piece(number: int, act: str, on: date | None) -> None:
    """Erase the piece whose page has that number in its address."""
    erase_evidence(actor=OPERATOR, evidence=number, act=act, on=on or timezone.localdate())
    click.echo(_("Erased. The record keeps the entry and says that its content was removed by this act."))


@click.command("migrate", cls=Command, help=gettext_noop("Bring the tables of the database up to this program."))
def migrate() -> None:
    """Upgrade on request; on SQLite every command does it by itself."""
    done = database.upgrade()
    click.echo(_("The database is up to date now.") if done else _("The database was up to date."))
