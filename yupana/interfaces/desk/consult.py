"""Consultations as the authority conducts them: open, read what came, answer each, close."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yupana.domain.instruments import actions, consultations, queries
from yupana.domain.instruments.facts import EditionState, Verdict
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.errors import Missing
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import Visit, door
from yupana.interfaces.desk.forms.consulting import AnswerForm, AnswersForm, ConsultForm
from yupana.interfaces.words import label
from yupana.projections.overviews.register import cut

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yupana.domain.instruments.models import Comment, Edition

COMMENTS = 50  # on a page


@door(Role.PLANNER)
def consultation(visit: Visit, instrument: str, edition: str) -> HttpResponse:
    """Show what came and waits, in the order in which it came, all of it where that is asked for; answer several."""
    held = _readable(visit, instrument, edition)
    found = consultations.comments(visit.actor, held)
    waiting = found.filter(answer__isnull=True)
    form = AnswersForm(visit.sent, waiting=waiting.values_list("pk", flat=True) if visit.writes else ())
    status = attempt(form, lambda: _answer_together(visit, form))
    if status == DONE:
        told = ngettext("%(n)d answer is public.", "%(n)d answers are public.", len(form.cleaned_data["comments"]))
        return visit.done(told % {"n": len(form.cleaned_data["comments"])}, "consult", instrument, edition)
    shown = _shown(visit, held, list(found if visit.request.GET.get("all") else waiting))
    return visit.show("desk/consult.html", {**shown, "form": form, "ticked": form["comments"].value() or ()}, status)


def _shown(visit: Visit, held: Edition, comments: list[Comment]) -> dict[str, object]:
    # Whoever sends something from a page that is not there any more finds it again on the first one.
    listed = cut(comments, visit.page, COMMENTS) or (cut(comments, 1, COMMENTS) if visit.writes else None)
    if listed is None:
        raise Missing("edition-unknown", edition=f"{held.instrument.code}/{held.code}")
    return {
        "edition": held,
        "rounds": list(consultations.rounds(held)),
        "waiting": consultations.unanswered(held),
        "cut": listed.told(_told),
        "all": bool(visit.request.GET.get("all")),
        "query": visit.query("all"),
        "tick": bool(visit.request.GET.get("tick")),
        "several": sum(not hasattr(each, "answer") for each in listed.rows) > 1,
    }


def _answer_together(visit: Visit, form: AnswersForm) -> None:
    said = form.cleaned_data
    actions.answer_together(
        actor=visit.actor,
        comments=said["comments"],
        verdict=Verdict(said["verdict"]),
        text=said["text"],
        on=visit.on,
    )


@door(Role.PLANNER)
def open_(visit: Visit, instrument: str, edition: str) -> HttpResponse:
    """Put a draft to everybody."""
    held = _readable(visit, instrument, edition)
    form = ConsultForm(visit.sent)
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
        told = _("The consultation is open. Anybody can read the draft and comment on it.")
        return visit.done(told, "consult", instrument, edition)
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
    form = AnswerForm(visit.sent)
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
        return visit.done(_("The answer is public."), "consult", instrument, edition)
    about = held.items.filter(lineage=found.lineage).first() if found.lineage else None
    shown = {"edition": held, "comment": found, "item": about, "verdict": _told(found)[1], "form": form}
    return visit.show("desk/consult_answer.html", shown, status)


def _told(comment: Comment) -> tuple[Comment, str]:
    """A comment, and what became of it in words."""
    return comment, label(Verdict(comment.answer.verdict)) if hasattr(comment, "answer") else ""


def _readable(visit: Visit, instrument: str, edition: str) -> Edition:
    return queries.readable_edition(visit.actor, f"{instrument}/{edition}")
