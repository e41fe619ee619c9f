"""What is open about what was found, and what is said about it: disputes and corrective actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from yupana.domain.progress import actions, checks
from yupana.domain.progress.rules import CorrectiveState
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.errors import Missing
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import AUTHORITY, ENTITY, Visit, door
from yupana.interfaces.desk.verification.checking import shown
from yupana.interfaces.desk.verification.forms import AnswerForm, CorrectiveForm, DisputeForm, StepForm
from yupana.projections.overviews import verification as overview

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpResponse

    from yupana.domain.progress.models import Dispute, Verdict

VERIFIERS = (Role.REVIEWER, Role.AUDITOR)


@door(*AUTHORITY, *ENTITY, methods=("GET", "HEAD"))
def findings(visit: Visit) -> HttpResponse:
    """List what is to be put right and which disputes wait; ?mine=1 of one's own verdicts alone."""
    mine = visit.request.GET.get("mine") == "1"
    found = overview.open_findings(visit.actor, on=visit.on, mine=mine and visit.reviews)
    return visit.show("desk/verification/findings.html", {"found": found, "mine": mine})


@door(*ENTITY, methods=("POST",))
def dispute(visit: Visit, verdict: int) -> HttpResponse:
    """Say, for the entity, why a verdict is wrong."""
    about, form = checks.verdict(visit.actor, verdict), DisputeForm(visit.sent, auto_id="dispute_%s")
    return _answered(
        visit, about, {"dispute": form},
        lambda: actions.dispute(actor=visit.actor, verdict=about, text=form.cleaned_data["text"], on=visit.on),
        _("What you say was recorded. The verdict is shown as disputed until it is answered."),
    )  # fmt: skip


@door(*VERIFIERS, methods=("POST",))
def answer(visit: Visit, verdict: int) -> HttpResponse:
    """Answer what an entity says against a verdict."""
    about, form = checks.verdict(visit.actor, verdict), AnswerForm(visit.sent, auto_id="answer_%s")
    disputed = _disputed(about)

    def do() -> None:
        said = form.cleaned_data
        upheld = said["upheld"] == AnswerForm.YES
        actions.answer_dispute(
            actor=visit.actor, dispute=disputed, upheld=upheld, answer=said["answer"], on=visit.on,
            said=said["value"] if upheld else None,
        )  # fmt: skip

    return _answered(visit, about, {"answer": form}, do, _("The answer was recorded, and the entity sees it."))


@door(*VERIFIERS, methods=("POST",))
def open_action(visit: Visit, verdict: int) -> HttpResponse:
    """Ask the entity to put something right by a day."""
    about, form = checks.verdict(visit.actor, verdict), CorrectiveForm(visit.sent, auto_id="corrective_%s")
    return _answered(
        visit, about, {"corrective": form},
        lambda: actions.open_corrective(actor=visit.actor, verdict=about, on=visit.on, **form.cleaned_data),
        _("The corrective action was opened, and the entity sees it."),
    )  # fmt: skip


@door(*VERIFIERS, *ENTITY, methods=("POST",))
def step(visit: Visit, corrective: int) -> HttpResponse:
    """Say what was put right, close it or reopen it."""
    found, form = checks.corrective(visit.actor, corrective), StepForm(visit.sent, auto_id="step_%s")
    moves = {
        CorrectiveState.ANSWERED: actions.answer_corrective,
        CorrectiveState.CLOSED: actions.close_corrective,
        CorrectiveState.REOPENED: actions.reopen_corrective,
    }

    def do() -> None:
        said = form.cleaned_data
        move = moves[CorrectiveState(said["after"])]
        move(actor=visit.actor, corrective=found, text=said["text"], on=visit.on, seen=said["seen"])

    return _answered(visit, found.verdict, {"step": form}, do, _("It was recorded."), moved=found.pk)


def _answered(
    visit: Visit, about: Verdict, forms: dict[str, Form], do: Callable[[], object], done: str, *, moved: int = 0
) -> HttpResponse:
    [form] = forms.values()
    status = attempt(form, do)
    if status == DONE:
        return visit.done(done, "check", about.submission_id, about.row)
    row = overview.row_of(visit.actor, about.submission_id, about.row, on=visit.on)
    return shown(visit, row, status, moved=moved, **forms)


def _disputed(about: Verdict) -> Dispute:
    found = getattr(about, "dispute", None)
    if found is None:
        raise Missing("verdict-unknown")
    said: Dispute = found
    return said
