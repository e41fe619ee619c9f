"""A plan looked through: what is wrong with its text, rule by rule."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yupana.domain.instruments import queries
from yupana.domain.instruments.labels import LINT
from yupana.domain.instruments.rules.lint import SEVERITIES, Severity
from yupana.interfaces.cli import speak
from yupana.interfaces.cli.frame import Argument, Exit, Option, Task, json_option
from yupana.interfaces.words import label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yupana.domain.instruments.rules.lint import Finding


@click.command(
    "lint",
    cls=Task,
    help=gettext_noop("Look the text of an edition through for what should be mended, each with its reason."),
)
@click.argument("edition", metavar="CODE/EDITION", cls=Argument)
@click.option("--strict", is_flag=True, cls=Option, help=gettext_noop("End with exit code 1 where there is an error."))
@json_option
@click.pass_context
def lint(context: click.Context, edition: str, *, strict: bool, as_json: bool) -> None:
    """Look through, tell, and end as asked."""
    found = queries.looked_through(queries.edition(edition), on=timezone.localdate())
    counts = {severity: sum(each.severity is severity for each in found) for severity in Severity}
    if as_json:
        told = {"counts": {each.value: number for each, number in counts.items()}, "findings": list(_json(found))}
        speak.print_json({"edition": edition, **told})
    else:
        _tell(edition, found, counts)
    if strict and counts[Severity.ERROR]:
        context.exit(Exit.REJECTED)


def _json(found: Iterable[Finding]) -> Iterable[dict[str, object]]:
    for each in found:
        title, why = LINT[each.rule]
        yield {
            "rule": each.rule.value,
            "severity": each.severity.value,
            "item": each.item,
            "params": dict(each.params),
            "title": str(title),
            "why": str(why),
        }


def _tell(edition: str, found: tuple[Finding, ...], counts: dict[Severity, int]) -> None:
    """Tell each rule once with its reason, and below it where it was broken."""
    click.echo(_("%(edition)s: %(number)d remarks.") % {"edition": edition, "number": len(found)})
    click.echo(" · ".join(f"{label(severity)} {number}" for severity, number in counts.items()))
    rules = Counter(each.rule for each in found)
    for rule in sorted(rules, key=lambda one: tuple(Severity).index(SEVERITIES[one])):
        title, why = LINT[rule]
        click.echo(f"\n{label(SEVERITIES[rule])}: {title} ({rules[rule]}) [{rule.value}]\n  {why}")
        for each in (one for one in found if one.rule is rule):
            said = " ".join(str(value) for value in each.params.values())
            click.echo(f"  - {each.item or edition}" + (f"  «{said}»" if said else ""))
