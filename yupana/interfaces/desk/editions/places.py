"""Adding items to a draft, moving them, numbering them anew, removing them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yupana.domain.instruments import actions, queries
from yupana.domain.instruments.facts import ItemRole
from yupana.domain.instruments.rules.outline import Step
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.errors import Missing
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import UNPROCESSABLE, Visit, door
from yupana.interfaces.desk.editions.outline import Draft
from yupana.interfaces.desk.forms.editions import NumberForm, PlaceForm, RemoveForm, StepForm
from yupana.interfaces.desk.forms.items import ItemForm

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpResponse

    from yupana.domain.instruments.models import Item

REMOVED_SHOWN = 20


@door(Role.PLANNER)
def add(visit: Visit, instrument: str, edition: str) -> HttpResponse:
    """Write a new item: right behind the one that the address names, or as the last below it."""
    under, behind = _named(visit, "under"), _named(visit, "behind")
    draft = Draft(visit, instrument, edition, behind or under)
    form = ItemForm(visit.sent, initial=_blank(draft, beside=behind is not None))
    form.fields["text"].widget.attrs["autofocus"] = True
    del form.fields["binds"]  # a new item binds or not as its role usually does; its own page changes that
    made: list[Item] = []
    status = attempt(
        form,
        lambda: made.append(
            actions.add_item(actor=visit.actor, ref=draft.ref, said=form.said(), under=under, behind=behind)
        ),
    )
    if status == DONE:
        messages.success(visit.request, _("%(code)s is there now.") % {"code": made[0].code})
        if "another" in visit.request.POST:
            return visit.go("edit-add", instrument, edition, behind=made[0].lineage)
        return visit.go("edit-item", instrument, edition, made[0].lineage)
    shown = {"draft": draft, "form": form, "under": under, "behind": behind}
    return visit.show("desk/edit_new.html", shown, status)


def _blank(draft: Draft, *, beside: bool) -> dict[str, Any]:
    """Offer what is likely for a new item: the role and the next code of its neighbours."""
    near = draft.here if beside else None
    above = (draft.path[-1] if draft.path else None) if beside else draft.here
    siblings = draft.families.get(above.pk if above else None, [])
    model = near or (siblings[-1] if siblings else None)
    role = ItemRole(model.role) if model else ItemRole.GUIDELINE
    return {
        "role": role,
        "code": draft.free_code(above, near),
        "whom": "above",
    }


@door(Role.PLANNER)
def move(visit: Visit, instrument: str, edition: str, lineage: UUID) -> HttpResponse:
    """Move an item: one step, or to a place that is chosen from the tree."""
    draft = Draft(visit, instrument, edition, lineage)
    choices = list(draft.places()) if draft.here else []
    tree = {"tree": draft.held.version}
    steps = visit.writes and "step" in visit.request.POST
    form: Form = StepForm(visit.sent) if steps else PlaceForm(visit.sent, choices=choices, initial=tree)
    status = attempt(form, _move(visit, draft, lineage, form))
    if status == DONE:
        return visit.go("edit-item", instrument, edition, lineage)
    if draft.here is None:
        raise Missing("item-unknown", item="")
    return visit.show("desk/edit_move.html", {"draft": draft, "form": form, "steps": steps}, status)


def _move(visit: Visit, draft: Draft, lineage: UUID, form: Form) -> Callable[[], object]:
    how: dict[str, Any] = {"actor": visit.actor, "ref": draft.ref, "lineage": lineage}

    def step() -> object:
        said = form.cleaned_data
        return actions.step_item(step=Step(said["step"]), seen=said["tree"], **how)

    def place() -> object:
        said = form.cleaned_data
        return actions.move_item(seen=said["tree"], **{said["how"]: said["place"]}, **how)

    return step if isinstance(form, StepForm) else place


@door(Role.PLANNER)
def number(visit: Visit, instrument: str, edition: str) -> HttpResponse:
    """Number what is right below an item, or at the root, 1, 2, 3 behind a prefix."""
    under = _named(visit, "under")
    draft = Draft(visit, instrument, edition, under)
    if under and draft.here is None:
        raise Missing("item-unknown", item="")
    family = draft.families.get(draft.here.pk if draft.here else None, [])
    prefix = f"{draft.here.code}." if draft.here else ""
    form = NumberForm(visit.sent, initial={"before": prefix, "tree": draft.held.version})
    status = attempt(
        form,
        lambda: actions.renumber(
            actor=visit.actor,
            ref=draft.ref,
            under=under,
            prefix=form.cleaned_data["before"],
            seen=form.cleaned_data["tree"],
        ),
    )
    if status == DONE:
        told = ngettext("%(n)s item has its number.", "%(n)s items have their numbers.", len(family))
        messages.success(visit.request, told % {"n": len(family)})
        return visit.go("edit-item", instrument, edition, under) if under else visit.go("edit", instrument, edition)
    return visit.show("desk/edit_number.html", {"draft": draft, "form": form, "family": family}, status)


@door(Role.PLANNER)
def remove(visit: Visit, instrument: str, edition: str, lineage: UUID) -> HttpResponse:
    """Remove an item with all below it, after saying how many they are."""
    draft = Draft(visit, instrument, edition, lineage)
    branch = queries.branch(draft.held, lineage)
    form = RemoveForm(visit.sent, initial={"seen": branch.seen})
    seen = form.data.get("seen", "")
    status = attempt(form, lambda: actions.remove_item(actor=visit.actor, ref=draft.ref, lineage=lineage, seen=seen))
    if status == DONE:
        told = ngettext("%(n)s item was removed.", "%(n)s items were removed.", branch.count)
        messages.success(visit.request, told % {"n": branch.count})
        above = draft.path[-1].lineage if draft.path else None
        return visit.go("edit-item", instrument, edition, above) if above else visit.go("edit", instrument, edition)
    if form.is_bound and status != UNPROCESSABLE:
        form.data = {"seen": branch.seen}  # who looks again has seen what is there now
    shown = {"draft": draft, "branch": branch, "first": branch.items[:REMOVED_SHOWN], "form": form}
    return visit.show("desk/edit_remove.html", shown, status)


def _named(visit: Visit, name: str) -> UUID | None:
    """Read which item an address or a form names."""
    text = visit.request.POST.get(name) or visit.request.GET.get(name) or ""
    try:
        return UUID(text) if text else None
    except ValueError as unreadable:
        raise Missing("item-unknown", item=text[:40]) from unreadable
