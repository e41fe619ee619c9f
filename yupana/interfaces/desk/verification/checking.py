"""One declared value: what was promised, declared and found, and the form for a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from yupana.domain.progress import actions, checks
from yupana.domain.progress.rules import said_of
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import AUTHORITY, CONFLICT, ENTITY, Visit, door
from yupana.interfaces.desk.evidence.showing import lines
from yupana.interfaces.desk.verification.forms import AnswerForm, CorrectiveForm, DisputeForm, StepForm, VerdictForm
from yupana.projections.overviews import verification as overview

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpResponse

    from yupana.projections.overviews.verification import Row

_TYPED = ("value", "basis", "text", "answer")  # the fields of these forms that somebody writes in


@door(*AUTHORITY, *ENTITY)
def check(visit: Visit, submission: int, number: int) -> HttpResponse:
    """Read what was declared and found, and say what you found."""
    row = overview.row_of(visit.actor, submission, number, on=visit.on)
    if not visit.writes:
        return shown(visit, row)
    form = VerdictForm(visit.sent)
    status = attempt(form, lambda: _give(visit, row, form))
    if status == DONE:
        return visit.done(_("The verdict was recorded, and the entity sees it."), "check", submission, number)
    if status == CONFLICT:
        row = overview.row_of(visit.actor, submission, number, on=visit.on)
        # The other's verdict is shown above the form now: what is sent again stands in place of that one.
        form.data = {**dict(form.data.items()), "before": row.holds.pk if row.holds else ""}
    return shown(visit, row, status, verdict=form)


def shown(visit: Visit, row: Row, status: int = 200, *, moved: int = 0, **forms: Form) -> HttpResponse:
    """Show the page; ``forms`` are those sent that are shown again, ``moved`` the action that one was about."""
    before = row.holds.pk if row.holds else None
    told = {
        "verdict": VerdictForm(initial={"before": before}),
        "dispute": DisputeForm(auto_id="dispute_%s"),
        "answer": AnswerForm(auto_id="answer_%s"),
        "corrective": CorrectiveForm(auto_id="corrective_%s"),
        "step": StepForm(auto_id="step_%s"),
        **forms,
    }
    lost = [form for name, form in forms.items() if form.errors and not _has_place(row, name, moved)]
    typed = [form[name] for form in lost for name in _TYPED if name in form.fields and form[name].value()]
    evidence = lines(visit.actor, row.evidence, visit.on)
    context = {"row": row, "evidence": evidence, "moved": moved, "lost": lost, "typed": typed, **told}
    return visit.show("desk/verification/check.html", context, status)


def _has_place(row: Row, name: str, moved: int) -> bool:
    """Whether the page still shows a form: what it was for may be done or gone since it was opened."""
    steps = [each for found in row.found for each in found.actions if each.corrective.pk == moved]
    return {
        "verdict": row.may_verify,
        "dispute": any(found.may_dispute for found in row.found),
        "answer": any(found.may_answer for found in row.found),
        "corrective": any(found.holds for found in row.found) and not row.refusal,
        "step": any(each.may_answer or each.may_close or each.may_reopen for each in steps),
    }[name]


def _give(visit: Visit, row: Row, form: VerdictForm) -> None:
    """Give the verdict and, where something has to be put right, ask for it at once."""
    said = form.cleaned_data
    declared = said_of(row.declared)
    with transaction.atomic():
        given = actions.give_verdict(
            actor=visit.actor,
            submission=row.version,
            row=row.row,
            said=declared if said["finding"] == VerdictForm.HOLDS else said["value"],
            basis=said["basis"],
            on=visit.on,
            supersedes=checks.verdict(visit.actor, said["before"]) if said["before"] else None,
        )
        if said["text"]:
            actions.open_corrective(
                actor=visit.actor, verdict=given, text=said["text"], due_on=said["due_on"], on=visit.on
            )
