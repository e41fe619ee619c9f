"""Who answered a call for reports and who did not, to be looked through and as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from yupana.interfaces import sending
from yupana.interfaces.desk.doors import AUTHORITY, Visit, door
from yupana.interfaces.interchange.spreadsheets.streamed import streamed_table
from yupana.interfaces.words import label
from yupana.projections.overviews import followup as overview
from yupana.projections.overviews.followup import Apart, How

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.http import FileResponse, HttpResponse, StreamingHttpResponse


@door(*AUTHORITY, methods=("GET", "HEAD"))
def answers(visit: Visit, code: str) -> HttpResponse:
    """List who was asked, all or those who answered in one way."""
    call, how = overview.report_call(visit.actor, code), _how(visit)
    text = visit.request.GET.get("q", "")
    found = overview.answers(call, on=visit.on, how=how, text=text, page=visit.page)
    shown = {
        "call": call,
        "found": found,
        "how": how,
        "apart": list(Apart),
        "q": text,
        "query": visit.query("how", "q"),
    }
    return visit.show("desk/followup/answers.html", shown)


@door(*AUTHORITY, methods=("GET", "HEAD"))
def answers_csv(visit: Visit, code: str) -> StreamingHttpResponse:
    """Give all who were chosen, as CSV, sent as they are read."""
    return sending.table(f"{code}-informes", _table(visit, code))


@door(*AUTHORITY, methods=("GET", "HEAD"))
def answers_xlsx(visit: Visit, code: str) -> FileResponse:
    """Give the same as a workbook."""
    return sending.workbook(f"{code}-informes", streamed_table(_table(visit, code)))


def _how(visit: Visit) -> str:
    asked = visit.request.GET.get("how", "")
    return asked if asked in [*How, *Apart] else ""


def _table(visit: Visit, code: str) -> Iterator[Sequence[str | int]]:
    """Find the call at once, so that one that is not there is told before anything is sent."""
    call, how = overview.report_call(visit.actor, code), _how(visit)
    heads = [_("Code"), _("Entity"), _("Report"), _("Due on"), _("Handed in on"), _("Attempts"), _("Last attempt")]
    named = {each: label(each) for each in How}
    return _lines(overview.every_answer(call, on=visit.on, how=how), heads, named)


def _lines(
    found: Iterator[overview.Answer], heads: Sequence[str], named: dict[How, str]
) -> Iterator[Sequence[str | int]]:
    yield heads
    for each in found:
        body = each.obligation.debtor
        days = (day.isoformat() if day else "" for day in (each.due_on, each.met_on))
        last = each.reached_on.isoformat() if each.reached_on else ""
        yield [body.code, body.name, named[each.how], *days, each.contacts, last]
