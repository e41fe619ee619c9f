"""Consultations from the console: open, list what was said, answer, erase by an act, close; and repeal an edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yupana.domain.instruments import actions, consultations, queries
from yupana.domain.instruments.facts import Verdict
from yupana.domain.instruments.rules import not_after
from yupana.domain.obligations import queries as obligations
from yupana.domain.obligations.rules import CallState
from yupana.foundation.kernel.actor import OPERATOR
from yupana.interfaces import words
from yupana.interfaces.cli import speak
from yupana.interfaces.cli.frame import Act, Argument, Group, Number, Option, Task, day_option, json_option

if TYPE_CHECKING:
    from datetime import date

    from yupana.domain.instruments.models import Comment

EDITION = "CODE/EDITION"


@click.group("consult", cls=Group, help=gettext_noop("Put a draft to everybody before it is published."))
def consult() -> None:
    """Hold the commands of consultations."""


@consult.command(
    "open", cls=Act, help=gettext_noop("Open a consultation: the draft is public and stands still until it is closed.")
)
@click.argument("edition", metavar=EDITION, cls=Argument)
@day_option("--until", "closes_on", required=True, help=gettext_noop("The last day for comments."))
def open_(edition: str, closes_on: date) -> None:
    """Open, and say what was put."""
    put = actions.open_consultation(actor=OPERATOR, edition=edition, closes_on=closes_on, on=timezone.localdate())
    told = {"edition": edition, "day": closes_on, "digest": put.text}
    click.echo(_("%(edition)s is in consultation until %(day)s. Digest of its text: %(digest)s.") % told)


@consult.command("close", cls=Act, help=gettext_noop("Close a consultation: the draft can be mended."))
@click.argument("edition", metavar=EDITION, cls=Argument)
def close(edition: str) -> None:
    """Close, and say what is left to be answered."""
    actions.close_consultation(actor=OPERATOR, edition=edition, on=timezone.localdate())
    waiting = consultations.unanswered(queries.edition(edition))
    told = {"edition": edition, "number": waiting}
    click.echo(_("The consultation on %(edition)s is closed. Comments that wait for an answer: %(number)d.") % told)


@consult.command("answers", cls=Task, help=gettext_noop("List every comment with its number and its answer, if any."))
@click.argument("edition", metavar=EDITION, cls=Argument)
@json_option
def answers(edition: str, *, as_json: bool) -> None:
    """List them in the order in which they came."""
    found = [_told(each) for each in consultations.comments(OPERATOR, queries.edition(edition))]
    if as_json:
        speak.print_json({"comments": found})
        return
    for each in found:
        verdict = words.label(Verdict(str(each["verdict"]))) if each["verdict"] else _("waits for an answer")
        click.echo(f"{each['number']}  {each['on']}  {each['entity'] or '-'}  {each['item'] or '-'}  [{verdict}]")
        click.echo(f"    {each['text']}".replace("\n", "\n    "))
        if each["answer"]:
            click.echo(f"  > {each['answer']}".replace("\n", "\n  > "))
    click.echo(_("Comments: %(number)d.") % {"number": len(found)})


@consult.command("answer", cls=Act, help=gettext_noop("Answer a comment, once; comment and answer are public then."))
@click.argument("number", type=Number(min=1), cls=Argument)
@click.option(
    "--verdict",
    required=True,
    type=click.Choice([each.value for each in Verdict]),
    cls=Option,
    help=gettext_noop("What became of it. Withheld: its text is not shown."),
)
@click.option("--text", required=True, cls=Option, help=gettext_noop("Why."))
def answer(number: int, verdict: str, text: str) -> None:
    """Answer one."""
    actions.answer(actor=OPERATOR, comment=number, verdict=Verdict(verdict), text=text, on=timezone.localdate())
    click.echo(_("The answer is public."))


@consult.command("erase", cls=Act, help=gettext_noop("Black out what a comment says, by a recorded act."))
@click.argument("number", type=Number(min=1), cls=Argument)
@click.option("--act", required=True, cls=Option, help=gettext_noop("The act that orders it."))
def erase(number: int, act: str) -> None:
    """Erase one."""
    actions.erase_comment(actor=OPERATOR, comment=number, act=act, on=timezone.localdate())
    click.echo(_("Erased. The record keeps the entry and says that its content was removed by this act."))


@click.command("repeal", cls=Act, help=gettext_noop("Put an edition out of force by an act, without another one."))
@click.argument("edition", metavar=EDITION, cls=Argument)
@click.option("--act", required=True, cls=Option, help=gettext_noop("The legal act that repeals it."))
@click.option("--reason", required=True, cls=Option, help=gettext_noop("Why."))
@day_option("--on", required=True, help=gettext_noop("The day of the act, as YYYY-MM-DD."))
def repeal(edition: str, act: str, reason: str, on: date) -> None:
    """Repeal, and name the calls that stay open."""
    day = not_after(on, timezone.localdate())
    ended = actions.repeal(actor=OPERATOR, edition=edition, act=act, reason=reason, on=day)
    click.echo(_("%(edition)s is repealed.") % {"edition": edition})
    for call in obligations.readable(OPERATOR).filter(editions=ended.edition, state=CallState.OPEN):
        click.echo(_("The call %(code)s stays open: what is owed under it stays owed.") % {"code": call.code})


def _told(each: Comment) -> dict[str, str | int]:
    answered = each.answer if hasattr(each, "answer") else None
    return {
        "number": each.pk,
        "on": each.on.isoformat(),
        "entity": each.entity.name if each.entity else "",
        "item": each.item,
        "text": each.text,
        "verdict": answered.verdict if answered else "",
        "answer": answered.text if answered else "",
    }
