"""The editor: the tree of a draft, and the form of the item that is open beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from yupana.domain.entities.queries import reached
from yupana.domain.instruments import actions
from yupana.domain.instruments.facts import NOBODY
from yupana.domain.instruments.queries import row_of
from yupana.domain.instruments.rules.fields import values
from yupana.domain.instruments.rules.merging import Seen, mark
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.errors import Conflict, Missing, Refused
from yupana.interfaces import words
from yupana.interfaces.desk.doors import CONFLICT, UNPROCESSABLE, Visit, door, status_of
from yupana.interfaces.desk.editions import asides
from yupana.interfaces.desk.editions.outline import Draft
from yupana.interfaces.desk.forms.items import ItemForm, initial_of

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping

    from yupana.domain.instruments.models import Item
    from yupana.foundation.kernel.canonical import Plain

# Where a refusal is shown: beside the field that it speaks of.
FIELDS = {"item-code-taken": "code", "item-code-unusable": "code", "item-text-missing": "text"}


@door(Role.PLANNER, methods=("GET", "HEAD"))
def edit(visit: Visit, instrument: str, edition: str) -> HttpResponse:
    """Show the tree of a draft, and what is to be done about it."""
    return visit.show("desk/edit.html", {"draft": Draft(visit, instrument, edition)})


@door(Role.PLANNER)
def item(visit: Visit, instrument: str, edition: str, lineage: uuid.UUID) -> HttpResponse:
    """Show one item in its tree, and save what was written about it; to a script it answers in JSON."""
    draft = Draft(visit, instrument, edition, lineage)
    if draft.here is None and not visit.writes:
        raise Missing("item-unknown", item=str(lineage))
    form = form_of(visit, draft.here)
    if not visit.writes:
        return _page(visit, draft, form)
    if not form.is_valid():
        return _again(visit, draft, form, UNPROCESSABLE)
    try:
        saved = actions.change_item(
            actor=visit.actor,
            ref=draft.ref,
            lineage=lineage,
            seen=Seen.read(form.cleaned_data["seen"]),
            said=form.said(),
        )
    except Refused as refused:
        return _refused(visit, draft, form, refused)
    if is_script(visit):
        return JsonResponse(_told(saved, form.said()))
    return visit.done(_("Saved."), "edit-item", instrument, edition, lineage)


def form_of(visit: Visit, held: Item | None) -> ItemForm:
    """Make the form of an item with what is stored of it; an empty one where there is none."""
    stored = values(row_of(held)) if held else {}
    return ItemForm(visit.sent, initial=initial_of(stored, seen_of(held) if held else ""))


def seen_of(held: Item) -> str:
    """Say what is to be seen of an item now, as its form carries it."""
    return str(Seen.of(held.version, values(row_of(held))))


def is_script(visit: Visit) -> bool:
    """Whether a script asks, which reads JSON."""
    return visit.request.headers.get("Accept") == "application/json"


def _told(saved: Item, sent: Mapping[str, Plain]) -> dict[str, object]:
    """Tell a script that it was saved, and which fields another changed, which its page does not show.

    What is to be seen from now on is what its page shows, which is what it sent: else the next thing sent would take
    back what the other wrote.
    """
    held = values(row_of(saved))
    news = [asides.label(name) for name, value in sent.items() if mark(value) != mark(held[name])]
    return {
        "saved": time_format(timezone.localtime(), "TIME_FORMAT"),
        "seen": str(Seen.of(saved.version, sent)),
        "news": ", ".join(news),
        "code": saved.code,
        "words": saved.text,
    }


def shown_beside(visit: Visit, draft: Draft) -> dict[str, object]:
    """Say whom the open item binds, by its own words or those of an item above, and how many that is today."""
    chain = (item for item in (draft.open, *reversed(draft.path)) if item.audience)
    said = next(chain, None)
    if said is None or said.audience == NOBODY:
        return {"bound_by": said, "reach": None}
    found = reached([said.audience], on=visit.on)[said.audience]
    if isinstance(found, Refused):
        return {"bound_by": said, "reach": None, "fault": words.sentence(found)}
    return {"bound_by": said, "reach": len(found)}


def _page(visit: Visit, draft: Draft, form: ItemForm, status: int = 200) -> HttpResponse:
    return visit.show("desk/edit_item.html", {"draft": draft, "form": form, **shown_beside(visit, draft)}, status)


def _again(visit: Visit, draft: Draft, form: ItemForm, status: int) -> HttpResponse:
    """Show the form with what was typed; also of an item that left meanwhile, so that nothing typed is lost."""
    if is_script(visit):
        told = {name: [str(each) for each in errors] for name, errors in form.errors.items()}
        return JsonResponse({"errors": told}, status=status)
    if draft.here is None:
        return visit.show("desk/edit_new.html", {"draft": draft, "form": form}, status)
    return _page(visit, draft, form, status)


def _refused(visit: Visit, draft: Draft, form: ItemForm, refused: Refused) -> HttpResponse:
    """Say what stands in the way; two texts that clash have a page of their own."""
    if isinstance(refused, Missing):
        raise refused
    if isinstance(refused, Conflict) and "aside" in refused.details:
        instrument, _slash, edition = draft.ref.partition("/")
        kept = int(str(refused.details["aside"]))
        if is_script(visit):
            where = reverse("desk:edit-aside", args=[instrument, edition, kept])
            return JsonResponse({"sentence": words.sentence(refused), "where": where}, status=CONFLICT)
        return asides.page(visit, instrument, edition, kept, sentence=words.sentence(refused), status=CONFLICT)
    form.add_error(FIELDS.get(refused.code), words.sentence(refused))
    return _again(visit, draft, form, status_of(refused))
