"""Bands by which scores are read, and evaluations: drafted, published, counted anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yupana.domain.obligations import queries as obligations
from yupana.domain.progress import evaluations as queries
from yupana.domain.progress.actions.evaluating import draft_evaluation, publish_evaluation, save_evaluation
from yupana.domain.progress.actions.scheming import set_scheme
from yupana.domain.progress.rules import HOUSE, Band, Bands
from yupana.domain.progress.rules.words import WORDS
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.ledger import queries as ledger
from yupana.foundation.ledger.actions import seal
from yupana.interfaces.cli import speak
from yupana.interfaces.cli.frame import Act, Argument, Group, Number, Option, Rejected, Task, day_option, json_option
from yupana.projections.figures import public as figures
from yupana.projections.figures.rules import FORMULA
from yupana.projections.overviews import evaluation as overview

if TYPE_CHECKING:
    from datetime import date

    from yupana.domain.progress.models import Evaluation

BAND = 100  # basis points of one per cent
MOST_DIGITS = 9  # of a per cent: longer ones are no numbers to Python
PARTS = tuple(
    click.option(f"--{name}", default=None, cls=Option, help=help_text)
    for name, help_text in zip(
        WORDS,
        (
            gettext_noop("What it comes to, in Markdown."),
            gettext_noop("How it was done, in Markdown."),
            gettext_noop("What was found, in Markdown."),
            gettext_noop("What should be done, in Markdown."),
        ),
        strict=True,
    )
)


@click.group("scheme", cls=Group, help=gettext_noop("The bands by which scores are read."))
def scheme() -> None:
    """Hold the commands of schemes."""


@scheme.command("set", cls=Act, help=gettext_noop("Say by an act how scores are read from a day on."))
@click.argument("bands", metavar="FROM=NAME", nargs=-1, required=True, cls=Argument)
@click.option("--instrument", default="", cls=Option, help=gettext_noop("Code of the instrument; otherwise of all."))
@click.option(
    "--floor",
    type=Number(0, 100),
    default=HOUSE.coverage // BAND,
    show_default=True,
    cls=Option,
    help=gettext_noop("Least coverage, in per cent, under which nothing is ranked."),
)
@day_option("--since", required=True, help=gettext_noop("From which day on."))
@click.option("--act", required=True, cls=Option, help=gettext_noop("The act that says so."))
def set_(bands: tuple[str, ...], instrument: str, floor: int, since: date, act: str) -> None:
    """Record a scheme."""
    told = Bands(floor * BAND, tuple(_band(each) for each in bands))
    set_scheme(actor=OPERATOR, instrument=instrument, since=since, bands=told, act=act, on=timezone.localdate())
    click.echo(_("Recorded. What was published stays as it was."))


@scheme.command("list", cls=Task, help=gettext_noop("List every scheme, the last one first."))
@json_option
def schemes(*, as_json: bool) -> None:
    """Show what was set, by whom it holds and from when on."""
    rows = [
        {
            "instrument": each.instrument.code if each.instrument else "",
            "since": each.since.isoformat(),
            "floor": each.floor_bp,
            "bands": each.bands,
            "act": each.act,
        }
        for each in queries.schemes()
    ]
    if as_json:
        speak.print_json({"schemes": rows})
        return
    for row in rows:
        bands = " · ".join(f"{floor // BAND}% {name}" for floor, name in row["bands"])
        click.echo(f"{row['since']}  {row['instrument'] or _('all instruments')}  {bands}  [{row['act']}]")
    if not rows:
        click.echo(_("None was set: those of the house hold."))


@click.group("evaluation", cls=Group, help=gettext_noop("Evaluations of a period: drafted, published, counted anew."))
def evaluation() -> None:
    """Hold the commands of evaluations."""


@evaluation.command("draft", cls=Act, help=gettext_noop("Begin the evaluation of a period of the plans under a call."))
@click.argument("call", cls=Argument)
@click.argument("period", cls=Argument)
@day_option("--as-of", help=gettext_noop("Day up to which it is read; otherwise the end of the last closed month."))
@click.option("--title", default="", cls=Option, help=gettext_noop("Title; otherwise that of the call."))
@PARTS[0]
@PARTS[1]
@PARTS[2]
@PARTS[3]
def draft(call: str, period: str, as_of: date | None, title: str, **words: str | None) -> None:
    """Write the draft, with its words if they are given."""
    today = timezone.localdate()
    held = draft_evaluation(
        actor=OPERATOR, call=obligations.call(call), period=period,
        as_of=as_of or figures.default_as_of(today), on=today, title=title,
    )  # fmt: skip
    told = {name: text for name, text in words.items() if text is not None}
    if told:
        save_evaluation(actor=OPERATOR, evaluation=held, title=held.title, words=told)
    click.echo(_("%(code)s is a draft. To publish it: yupana evaluation publish %(code)s") % {"code": held.code})


@evaluation.command("publish", cls=Act, help=gettext_noop("Freeze a draft with its figures, for good."))
@click.argument("code", cls=Argument)
def publish(code: str) -> None:
    """Seal, count up to there, and freeze."""
    held = queries.readable_evaluation(OPERATOR, code)
    seal()
    counted = overview.compute(held.call, held.period, held.as_of, ledger.head().size)
    done = publish_evaluation(actor=OPERATOR, evaluation=held, figures=counted, on=timezone.localdate())
    told = {"code": done.code, "position": done.position, "digest": done.digest}
    click.echo(_("%(code)s was published, counted up to entry %(position)d. SHA-256 %(digest)s") % told)


@evaluation.command("list", cls=Task, help=gettext_noop("List evaluations, the newest first."))
@json_option
def list_(*, as_json: bool) -> None:
    """Show drafts and published ones."""
    rows = [_row(each) for each in queries.readable_evaluations(OPERATOR)]
    if as_json:
        speak.print_json({"evaluations": rows})
        return
    for row in rows:
        state = row["published_on"] or _("draft")
        click.echo(f"{row['code']}  {row['period']}  {state}  {row['title']}")


@evaluation.command("verify", cls=Task, help=gettext_noop("Count a published evaluation anew and compare every byte."))
@click.argument("code", cls=Argument)
@json_option
def verify(code: str, *, as_json: bool) -> None:
    """Compare what was frozen with what the record gives at its position."""
    held = queries.readable_evaluation(OPERATOR, code)
    if not held.digest:
        raise Rejected(_("%(code)s is a draft: there is nothing to compare.") % {"code": code})
    same = overview.agrees(held)
    if as_json:
        speak.print_json({**_row(held), "same": same})
    if same is None:
        raise Rejected(_other_formula(held))
    if not same:
        raise Rejected(_("%(code)s differs from what the record gives up to entry %(position)d.") % _row(held))
    if not as_json:
        click.echo(_("%(code)s is what the record gives up to entry %(position)d, byte for byte.") % _row(held))


def _other_formula(held: Evaluation) -> str:
    by = {**_row(held), "now": FORMULA, "program": overview.read(held.digest).program}
    told = _("%(code)s was counted by formula %(formula)s; this version counts by %(now)s, so nothing was compared.")
    more = _("Yupana %(program)s can count it again.") if by["program"] else ""
    return f"{told} {more}".strip() % by


def _band(text: str) -> Band:
    floor, _sign, name = text.partition("=")
    if not (floor.isascii() and floor.isdigit() and len(floor) < MOST_DIGITS and name.strip()):
        told = _("“%(text)s” is no band. Write it as FROM=NAME, such as 70=bueno.")
        raise click.UsageError(told % {"text": text})
    return Band(int(floor) * BAND, name)


def _row(each: Evaluation) -> dict[str, object]:
    return {
        "code": each.code,
        "call": each.call.code,
        "title": each.title,
        "period": each.period,
        "as_of": each.as_of.isoformat(),
        "position": each.position,
        "formula": each.formula,
        "digest": each.digest,
        "published_on": each.published_on.isoformat() if each.published_on else None,
    }
