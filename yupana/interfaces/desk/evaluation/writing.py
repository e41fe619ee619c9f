"""An evaluation from its first word to its publication."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from yupana.domain.entities import public as entities
from yupana.domain.obligations import queries as obligations
from yupana.domain.obligations.rules import CallState, Expects, Visibility
from yupana.domain.progress import evaluations as queries
from yupana.domain.progress.actions.evaluating import (
    discard_evaluation,
    draft_evaluation,
    publish_evaluation,
    save_evaluation,
)
from yupana.domain.progress.rules.words import mark
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.errors import Conflict, Missing
from yupana.foundation.ledger import queries as ledger
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import Visit, door
from yupana.interfaces.desk.forms.evaluation import BeginForm, SureForm, WordsForm
from yupana.interfaces.words import titled
from yupana.projections.figures import public as figures
from yupana.projections.overviews import evaluation as overview
from yupana.projections.overviews import followup
from yupana.projections.overviews.evaluation.telling import Telling

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse

    from yupana.domain.progress.models import Evaluation
    from yupana.foundation.kernel.canonical import Plain


@door(Role.PLANNER)
def index(visit: Visit) -> HttpResponse:
    """List drafts and published ones, and begin another."""
    plans = [
        each
        for each in obligations.readable(visit.actor)
        if (each.expects, each.visibility) == (Expects.PLAN, Visibility.PUBLIC) and each.state != CallState.DRAFT
    ]
    calls = [(each.code, titled(each.title)) for each in plans]
    to_choose, last = followup.to_evaluate(plans, on=visit.on)
    initial = {"as_of": figures.default_as_of(visit.on), "period": last}
    form = BeginForm(visit.sent, calls=calls, periods=to_choose, initial=initial)
    begun: list[Evaluation] = []
    status = attempt(form, lambda: begun.append(_begun(visit, form)))
    if status == DONE:
        return visit.go("evaluation-write", begun[0].code)
    found = queries.readable_evaluations(visit.actor)
    return visit.show("desk/evaluation/index.html", {"form": form, "evaluations": found, "calls": calls}, status)


@door(Role.PLANNER)
def write(visit: Visit, evaluation: str) -> HttpResponse:
    """Write the words of a draft; what is published is shown in public."""
    held = _draft(visit, evaluation)
    initial = {"title": held.title, **held.words, "saved": mark(held.title, held.words)}
    form = WordsForm(visit.sent, initial=initial)
    status = attempt(form, lambda: _saved(visit, held, form))
    if status == DONE:
        return visit.done(_("Saved. Nobody outside the authority sees it yet."), "evaluation-write", held.code)
    return visit.show("desk/evaluation/write.html", {"evaluation": held, "form": form}, status)


@door(Role.PLANNER, methods=("GET", "HEAD"))
def preview(visit: Visit, evaluation: str) -> HttpResponse:
    """Show the figures as they would be frozen now."""
    held = _draft(visit, evaluation)
    reading = overview.Reading(_counted(held))
    shown = {"evaluation": held, "told": Telling(reading, entities.levels()), "silent": reading.silent()}
    return visit.show("desk/evaluation/figures.html", shown)


@door(Role.PLANNER)
def publish(visit: Visit, evaluation: str) -> HttpResponse:
    """Freeze a draft with its figures, for good."""
    held = _draft(visit, evaluation)
    form = SureForm(visit.sent)
    status = attempt(form, lambda: _published(visit, held, form))
    if status == DONE:
        return visit.done(_("Published. Everybody reads it, and it stays as it is."), "evaluating")
    shown = {"evaluation": held, "form": form, "seen": mark(held.title, held.words)}
    return visit.show("desk/evaluation/publish.html", shown, status)


@door(Role.PLANNER)
def discard(visit: Visit, evaluation: str) -> HttpResponse:
    """Take a draft away."""
    held = _draft(visit, evaluation)
    if visit.writes:
        discard_evaluation(actor=visit.actor, evaluation=held)
        return visit.done(_("The draft was discarded."), "evaluating")
    return visit.show("desk/evaluation/discard.html", {"evaluation": held})


def _begun(visit: Visit, form: BeginForm) -> Evaluation:
    said = form.cleaned_data
    call = obligations.readable_call(visit.actor, said["call"])
    return draft_evaluation(
        actor=visit.actor, call=call, period=said["period"].strip(), as_of=said["as_of"], on=visit.on
    )


def _saved(visit: Visit, held: Evaluation, form: WordsForm) -> Evaluation:
    if form.cleaned_data["saved"] != mark(held.title, held.words):
        raise Conflict("evaluation-moved")
    return save_evaluation(
        actor=visit.actor, evaluation=held, title=form.cleaned_data["title"], words=form.words, was=held.words
    )


def _published(visit: Visit, held: Evaluation, form: SureForm) -> Evaluation:
    seen = form.cleaned_data["seen"]
    return publish_evaluation(actor=visit.actor, evaluation=held, figures=_counted(held), on=visit.on, seen=seen)


def _draft(visit: Visit, code: str) -> Evaluation:
    held = queries.readable_evaluation(visit.actor, code)
    if held.digest:
        raise Missing("evaluation-unknown", code=code)
    return held


def _counted(held: Evaluation) -> Mapping[str, Plain]:
    return overview.compute(held.call, held.period, held.as_of, ledger.head().size)
