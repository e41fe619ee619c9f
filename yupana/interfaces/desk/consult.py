"""Consultations as the authority conducts them: open, read what came, answer each, close."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.utils.translation import gettext as _

from yupana.domain.instruments import actions, consultations, queries
from yupana.domain.instruments.facts import EditionState, Verdict
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.errors import Missing
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import Visit, door
from yupana.interfaces.desk.forms.consulting import AnswerForm, ConsultForm
from yupana.interfaces.words import label
from yupana.projections.overviews.register import cut

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yupana.domain.instruments.models import Comment, Edition

COMMENTS = 50  # on a page


@door(Role.PLANNER, methods=("GET", "HEAD"))
def consultation(visit: Visit, instrument: str, edition: str) -> HttpResponse:
    """Show what came and waits for an answer, in the order in which it came; all of it where that is asked for."""
    held = _readable(visit, instrument, edition)
    found = consultations.comments(visit.actor, held)
    is_all = bool(visit.request.GET.get("all"))
    listed = cut(list(found if is_all else found.filter(answer__isnull=True)), visit.page, COMMENTS)
    if listed is None:
        raise Missing("edition-unknown")
    context = {
        "edition": held,
        "rounds": list(consultations.rounds(held)),
        "waiting": consultations.unanswered(held),
        "cut": listed.told(_told),
        "all": is_all,
        "query": visit.query("all"),
    }
    return visit.show("desk/consult.html", context)


@door(Role.PLANNER)
def open_(visit: Visit, instrument: str, edition: str) -> HttpResponse:
    """Put a draft to everybody."""
    held = _readable(visit, instrument, edition)
    form, status = ConsultForm(visit.sent), 200
    if visit.writes:
        status = attempt(
            form,
            lambda: actions.open_consultation(
                actor=visit.actor,
                edition=f"{instrument}/{edition}",
                closes_on=form.cleaned_data["closes_on"],
                on=visit.on,
            ),
        )
    if status == DONE:
        messages.success(visit.request, _("The consultation is open. Anybody can read the draft and comment on it."))
        return visit.go("consult", instrument, edition)
    shown = {"edition": held, "form": form, "ready": held.state == EditionState.DRAFT}
    return visit.show("desk/consult_open.html", shown, status)


@door(Role.PLANNER, methods=("POST",))
def close(visit: Visit, instrument: str, edition: str) -> HttpResponse:
    """Close a consultation, once that was confirmed."""
    _readable(visit, instrument, edition)
    if "sure" in visit.request.POST:
        actions.close_consultation(actor=visit.actor, edition=f"{instrument}/{edition}", on=visit.on)
        messages.success(visit.request, _("The consultation is closed. The draft can be mended now."))
    return visit.go("consult", instrument, edition)


@door(Role.PLANNER)
def answer(visit: Visit, instrument: str, edition: str, comment: int) -> HttpResponse:
    """Read one comment and answer it, once."""
    held = _readable(visit, instrument, edition)
    found = consultations.readable_comment(visit.actor, held, comment)
    form, status = AnswerForm(visit.sent), 200
    if visit.writes:
        status = attempt(
            form,
            lambda: actions.answer(
                actor=visit.actor,
                comment=found.pk,
                verdict=Verdict(form.cleaned_data["verdict"]),
                text=form.cleaned_data["text"],
                on=visit.on,
            ),
        )
    if status == DONE:
        messages.success(visit.request, _("The answer is public."))
        return visit.go("consult", instrument, edition)
    about = held.items.filter(lineage=found.lineage).first() if found.lineage else None
    shown = {"edition": held, "comment": found, "item": about, "verdict": _told(found)[1], "form": form}
    return visit.show("desk/consult_answer.html", shown, status)


def _told(comment: Comment) -> tuple[Comment, str]:
    """A comment, and what became of it in words."""
    return comment, label(Verdict(comment.answer.verdict)) if hasattr(comment, "answer") else ""


def _readable(visit: Visit, instrument: str, edition: str) -> Edition:
    return queries.readable_edition(visit.actor, f"{instrument}/{edition}")
