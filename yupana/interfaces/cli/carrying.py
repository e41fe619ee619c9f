"""Telling what was carried over from one call to another, or would be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from yupana.domain.commitments.labels import LEFT_OUT
from yupana.interfaces.words import label

if TYPE_CHECKING:
    from yupana.domain.commitments.actions import Carrying


def tell(found: Carrying, *, dry_run: bool) -> None:
    """Say how many plans and rows, every row that is kept without its item, and who is left out."""
    number = {"number": len(found.plans)}
    click.echo(
        _("Plans that would be carried over: %(number)d") % number
        if dry_run
        else _("Plans carried over: %(number)d") % number
    )
    for fate, rows in found.counts.items():
        click.echo(f"{rows:5}  {label(fate)}")
    for plan, row in found.flagged:
        debtor, where = plan.owed.debtor, pgettext("carried row", "row")
        click.echo(f"  {debtor.ref} {debtor.name}, {where} {row.activity.row}: {row.was}. {label(row.fate)}")
    for whole, parts in found.open_splits.items():
        told = {"item": whole, "parts": ", ".join(parts)}
        click.echo(_("%(item)s was split into %(parts)s. Choose with --choose.") % told)
    for each in found.left_out:
        click.echo(f"  {each.debtor} {each.name}: {LEFT_OUT[each.why]}")


def as_json(found: Carrying) -> dict[str, object]:
    """The same for a program: every row with what it answered and what it answers now (null: nothing)."""
    return {
        "plans": [
            {
                "entity": plan.owed.debtor.ref,
                "version": plan.version.version,
                "rows": [
                    {"row": row.activity.row, "was": row.was or None, "now": row.now or None, "fate": row.fate.value}
                    for row in plan.rows
                ],
            }
            for plan in found.plans
        ],
        "counts": {fate.value: number for fate, number in found.counts.items()},
        "left_out": [{"entity": each.debtor, "why": each.why} for each in found.left_out],
        "open_splits": {whole: list(parts) for whole, parts in found.open_splits.items()},
    }
