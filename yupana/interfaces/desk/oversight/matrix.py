"""The matrix of a call: its entities by its guidelines, a page both ways; and the whole as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from yupana.domain.entities import public as entities
from yupana.domain.obligations.rules import Standing
from yupana.foundation.kernel.errors import Missing
from yupana.interfaces import sending
from yupana.interfaces.desk.doors import AUTHORITY, Visit, door
from yupana.interfaces.desk.oversight.places import places_of
from yupana.interfaces.interchange.spreadsheets.streamed import streamed_table
from yupana.interfaces.words import label
from yupana.projections.overviews.followup import plan_call
from yupana.projections.overviews.line import STANDINGS
from yupana.projections.overviews.matrix import Choice, Matrix, Rung

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.http import FileResponse, HttpResponse, StreamingHttpResponse

    from yupana.domain.obligations.models import Call
    from yupana.projections.overviews.matrix import Row

CHOSEN = ("level", "department", "q", "standing", "item", "gaps", "sort")
SIGNS = {Rung.LIFTED: "–", Rung.NOT_OWED: ""}  # noqa: RUF001 - a dash: nothing to count


@door(*AUTHORITY, methods=("GET", "HEAD"))
def matrix(visit: Visit, code: str) -> HttpResponse:
    """Show one page of the matrix."""
    call, found = asked(visit, code)
    sheet = found.sheet(visit.page, number(visit, "columns") or 1)
    if sheet is None:
        raise Missing("call-unknown", call=code)
    shown = {
        "call": call,
        "sheet": sheet,
        "rows": [(row, [(cell.value, SIGNS.get(cell, cell.value)) for cell in row.cells]) for row in sheet.rows.rows],
        "legend": legend(),
        **choices(visit, found),
        "by_column": visit.query(*CHOSEN, "page"),
        "query": visit.query(*CHOSEN, "columns"),
        "chosen": visit.query(*CHOSEN),
    }
    return visit.show("desk/oversight/matrix.html", shown)


@door(*AUTHORITY, methods=("GET", "HEAD"))
def matrix_csv(visit: Visit, code: str) -> StreamingHttpResponse:
    """Give all rows and columns that were chosen, as CSV, sent as they are read."""
    _call, found = asked(visit, code)
    return sending.table(f"{code}-matriz", _table(found))


@door(*AUTHORITY, methods=("GET", "HEAD"))
def matrix_xlsx(visit: Visit, code: str) -> FileResponse:
    """Give the same as a workbook."""
    _call, found = asked(visit, code)
    return sending.workbook(f"{code}-matriz", streamed_table(_table(found)))


def asked(visit: Visit, code: str, *, most_gaps: bool = False) -> tuple[Call, Matrix]:
    """Find the call, and the matrix of what was chosen in the address; ``most_gaps``: ordered so whatever it says."""
    said = visit.request.GET.get
    choice = Choice(
        level=said("level", ""),
        department=said("department", ""),
        text=said("q", ""),
        standing=said("standing", ""),
        item=number(visit, "item"),
        gaps=said("gaps") == "1",
        most_gaps=most_gaps or said("sort") == "gaps",
    )
    call = plan_call(visit.actor, code)
    return call, Matrix(visit.actor, call, choice, on=visit.on)


def number(visit: Visit, name: str) -> int | None:
    """Read a number of the address; None where it says none."""
    text = visit.request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None  # noqa: PLR2004 - no list is so long


def choices(visit: Visit, found: Matrix) -> dict[str, object]:
    """What a form of filters offers, and what is chosen in it."""
    return {
        "levels": entities.levels(),
        "departments": places_of(found.territories),
        "standings": [(each, standing_words()[each]) for each in STANDINGS],
        "asked": {name: visit.request.GET.get(name, "") for name in CHOSEN},
    }


def standing_words() -> dict[str, str]:
    """Name the choices of standing."""
    return {
        "accepted": _("with an accepted plan"),
        "silent": _("without an accepted plan"),
        "on_time": _("on time"),
        "late": pgettext("standing", "late"),
        "uncertain": _("timeliness unknown"),
        "waived": pgettext("standing", "waived"),
    }


def legend() -> list[tuple[int, str, str]]:
    """Say what each sign means: its class, the sign, the words."""
    said = {
        Rung.NOT_OWED: _("not owed"),
        Rung.LIFTED: _("lifted"),
        Rung.SILENT: _("owed, unanswered"),
        Rung.ANSWERED: _("answered"),
        Rung.TARGET: _("with indicator and target"),
        Rung.RESPONSIBLE: _("with somebody responsible"),
        Rung.BUDGET: _("with budget"),
    }
    return [(rung.value, SIGNS.get(rung, str(rung.value)), words) for rung, words in said.items()]


def _table(found: Matrix) -> Iterator[Sequence[str | int]]:
    """Every row, with titles above and totals below them; words in the language of the request, which may end."""
    heads = found.heads()
    words = {standing: str(label(standing)) for standing in Standing}
    who = [_("code"), _("name"), _("level"), _("territory"), _("standing"), _("answered"), _("owed")]
    total = _("Answered in the whole call")
    yield [*who, *(head.key for head in heads)]
    for row in found.every():
        yield [*_who(row, words), *(SIGNS.get(cell, cell.value) for cell in row.cells)]
    yield ["", total, *[""] * (len(who) - 2), *(head.share.done for head in heads)]


def _who(row: Row, words: dict[Standing, str]) -> list[str | int]:
    owed = row.obligation
    said = [owed.debtor.code, owed.debtor.name, owed.level_id, owed.territory, words[row.stands.standing]]
    return [*said, row.share.done, row.share.due]
