"""Where a draft begins: an instrument, its next edition, its cover."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from yupana.domain.instruments import actions, queries
from yupana.domain.instruments.facts import Heading
from yupana.foundation.kernel.actor import Role
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import CONFLICT, Visit, door
from yupana.interfaces.desk.editions.outline import Draft
from yupana.interfaces.desk.forms.editions import BeginForm, CoverForm, StartForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yupana.domain.instruments.models import Edition

EMPTY = Heading("", "", "", "", "", "")


@door(Role.PLANNER)
def begin(visit: Visit) -> HttpResponse:
    """Begin an instrument that was never written before."""
    form = BeginForm(visit.sent, initial={"edition": "1", "kind": _("plan")})
    made: list[Edition] = []
    status = attempt(form, lambda: made.append(actions.start_instrument(actor=visit.actor, cover=form.cover(EMPTY))))
    if status == DONE:
        return visit.done(_("The draft has begun. Add its first item."), "edit", made[0].instrument.code, made[0].code)
    return visit.show("desk/edit_begin.html", {"form": form}, status)


@door(Role.PLANNER)
def start(visit: Visit, instrument: str, edition: str) -> HttpResponse:
    """Begin the next edition as a copy of one that was published."""
    held = queries.readable_edition(visit.actor, f"{instrument}/{edition}")
    form = StartForm(visit.sent, initial={"code": _next(edition), "title": held.title})
    status = attempt(
        form,
        lambda: actions.start_edition(
            actor=visit.actor,
            ref=f"{instrument}/{edition}",
            code=form.cleaned_data["code"],
            title=form.cleaned_data["title"],
        ),
    )
    if status == DONE:
        told = _("The draft has begun as a copy. Every item is still the same item.")
        return visit.done(told, "edit", instrument, form.cleaned_data["code"])
    return visit.show("desk/edit_start.html", {"edition": held, "form": form}, status)


@door(Role.PLANNER)
def cover(visit: Visit, instrument: str, edition: str) -> HttpResponse:
    """Change what stands on the cover of a draft."""
    draft = Draft(visit, instrument, edition)
    held = queries.heading_of(draft.held)
    stored = {
        "title": held.title,
        "kind": held.kind,
        "edition_title": held.edition_title,
        "legal_basis": held.legal_basis,
        "seen": actions.cover_mark(held),
    }
    is_settled = queries.in_force(draft.held.instrument) is not None
    form = CoverForm(visit.sent, initial=stored, is_settled=is_settled)
    status = attempt(
        form,
        lambda: actions.change_cover(
            actor=visit.actor, ref=draft.ref, cover=form.cover(held), seen=form.cleaned_data["seen"]
        ),
    )
    if status == DONE:
        return visit.done(_("Saved."), "edit", instrument, edition)
    pairs = [(field, stored[field.name] if status == CONFLICT else None) for field in form.visible_fields()]
    if status == CONFLICT:
        form.data = {**visit.request.POST.dict(), "seen": stored["seen"]}
    return visit.show("desk/edit_cover.html", {"draft": draft, "form": form, "pairs": pairs}, status)


def _next(code: str) -> str:
    """Offer the code after a number; of what is no number, nothing."""
    return str(int(code) + 1) if code.isascii() and code.isdigit() and len(code) < 9 else ""  # noqa: PLR2004 - no edition counts so far
