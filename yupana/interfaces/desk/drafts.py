"""Saving a draft that several people may have open, so that nothing anybody typed is lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.contrib import messages
from django.utils.translation import gettext_lazy as _

from yupana.domain.commitments import actions
from yupana.foundation.kernel.errors import Forbidden
from yupana.interfaces.desk.doors import CONFLICT
from yupana.projections.overviews import plan_form

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.forms import BoundField, Form

    from yupana.domain.commitments.facts import PlanHeader
    from yupana.domain.commitments.rules import Reading
    from yupana.domain.submissions.models import Submission
    from yupana.interfaces.desk.doors import Visit
    from yupana.projections.overviews.plan_form import Sheet
    from yupana.projections.overviews.plan_rows import Plan

NEVER = datetime.min.replace(tzinfo=UTC)
TAKEN_BACK = _("The plan changed, so it no longer waits for your executive. Put it there again when it is finished.")


def moment(text: str) -> datetime:
    """Read the moment that a form carries; what is no moment never matches, so that nothing is overwritten by it."""
    try:
        read = datetime.fromisoformat(text)
        return read.astimezone(UTC) if read.tzinfo else NEVER
    except (ValueError, OverflowError):  # a moment that in UTC lies before year 1 or after 9999 is none
        return NEVER


def writable(visit: Visit, obligation: int) -> Sheet:
    """Find the draft of a plan for who writes it."""
    sheet = plan_form.sheet(visit.actor, obligation)
    if not sheet.may_write:
        raise Forbidden("not-entity-planner")
    return sheet


def tell_taken_back(visit: Visit, draft: Submission) -> None:
    """Say to who changed a draft that it no longer waits for the executive; ``draft`` is as it was before."""
    if draft.ready_on is not None:
        messages.warning(visit.request, str(TAKEN_BACK))


def save(visit: Visit, draft: Plan, seen: str, header: PlanHeader) -> None:
    """Save a draft with another heading; refused as a conflict if it was saved after it was ``seen``."""
    actions.save_plan(
        actor=visit.actor, submission=draft.submission, header=header, rows=None, seen=moment(seen), on=visit.on
    )
    tell_taken_back(visit, draft.submission)


@dataclass(frozen=True, slots=True)
class Pair:
    """A field as it was typed, what is stored now where that is something else, and how it is understood if a date."""

    field: BoundField
    stored: str | None
    reading: Reading | None = None


def beside(form: Form, stored: Mapping[str, str], status: int) -> list[Pair]:
    """Pair each field with what is stored now. Only after a conflict is there anything beside it."""
    return [Pair(field, _other(field, stored) if status == CONFLICT else None) for field in form.visible_fields()]


def _other(field: BoundField, stored: Mapping[str, str]) -> str | None:
    now = stored.get(field.name, "")
    typed = "" if field.value() is None else str(field.value())
    if typed.strip() == now.strip():
        return None
    choices = dict(getattr(field.field, "choices", ()))
    return str(choices.get(now, now))


def refresh(form: Form, seen: str) -> None:
    """Let the form be sent again over what is stored now, which its reader has then seen."""
    form.data = {**{name: form.data.get(name) for name in form.fields}, "seen": seen}
