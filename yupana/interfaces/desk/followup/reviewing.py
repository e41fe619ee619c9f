"""A report under review: read beside what was promised, decided about, its rows noted about one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yupana.domain.progress import actions
from yupana.interfaces import words
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import CONFLICT
from yupana.interfaces.desk.forms.review import ACCEPT, MISFILE, DecisionForm
from yupana.interfaces.desk.noting import noting
from yupana.interfaces.desk.reporting.cards import Card, Told, cards, indicator_cards
from yupana.projections.overviews.report_review import EVIDENCE, ReportReview, report_review

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse

    from yupana.interfaces.desk.doors import Visit
    from yupana.interfaces.desk.noting import Noting


class ReportForm(DecisionForm):
    """One decision about a report; it has no resolution to wait for."""

    resolution_due_on = None  # type: ignore[assignment] # takes the field of plans away


@dataclass(frozen=True, slots=True)
class Shown:
    """One row with its note, as a card; and what it said otherwise before, by the name of the cell."""

    noting: Noting
    card: Card
    changed: tuple[tuple[str, Any], ...]


def review_report(visit: Visit, submission: int) -> HttpResponse:
    """Show a report, and take a decision about it."""
    page = report_review(visit.actor, submission)
    form = ReportForm(visit.sent, parts=page.rows)
    status = attempt(form, lambda: _decide(visit, page, form))
    if status == DONE:
        return visit.done(_decided(page, form), "queue")
    if status == CONFLICT:
        page = report_review(visit.actor, submission)
    return show_report(visit, page, form, status)


def show_report(visit: Visit, page: ReportReview, form: DecisionForm, status: int) -> HttpResponse:
    """Show a report with its notes as a form holds them."""
    report = page.version.report
    by_number = {card.number: card for card in cards(report, Told())}
    shown = {
        "page": page,
        "version": page.version,
        "form": form,
        "anew": [_shown(each, by_number) for each in noting(form, page.anew, status)],
        "same": [_shown(each, by_number) for each in noting(form, page.same, status)],
        "indicators": indicator_cards(report, Told()),
    }
    return visit.show("desk/followup/review.html", shown, status)


def _shown(noted: Noting, by_number: Mapping[int, Card]) -> Shown:
    card = by_number[int(noted.part.key)]
    labels = {name: cell.label for name, cell in card.cells.items()} | {EVIDENCE: _("Evidence")}
    changed: tuple[Any, ...] = noted.part.changed  # type: ignore[attr-defined] # the parts of a report have it
    return Shown(noted, card, tuple((labels[each.name], each.pieces) for each in changed))


def _decide(visit: Visit, page: ReportReview, form: ReportForm) -> None:
    said = form.cleaned_data
    common: dict[str, Any] = {"actor": visit.actor, "submission": page.submission, "on": visit.on}
    if said["decision"] == ACCEPT:
        actions.accept_report(notes=form.notes(), **common)
    elif said["decision"] == MISFILE:
        actions.misfile_report(reason=said["reason"], **common)
    else:
        actions.return_report(reason=said["reason"], remarks={}, notes=form.notes(), **common)


def _decided(page: ReportReview, form: ReportForm) -> str:
    """Say what was decided, about whose report."""
    owed, remarks = page.version.obligation, len(form.remarks())
    told = {"entity": owed.debtor.name, "period": words.period(owed.period), "remarks": remarks}
    decision = form.cleaned_data["decision"]
    if decision == ACCEPT:
        return _("The report of %(entity)s on %(period)s was accepted.") % told
    if decision == MISFILE:
        return _("The report of %(entity)s was sent back: it does not belong to this call.") % told
    if not remarks:
        return _("The report of %(entity)s on %(period)s was returned.") % told
    return (
        ngettext(
            "The report of %(entity)s on %(period)s was returned with %(remarks)s remark.",
            "The report of %(entity)s on %(period)s was returned with %(remarks)s remarks.",
            remarks,
        )
        % told
    )
