"""Two texts of one item, written at once: both shown side by side until a person chooses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from yupana.domain.instruments import actions
from yupana.domain.instruments.facts import NOBODY, ItemRole, Target, TargetSource, Transition
from yupana.domain.instruments.queries import row_of
from yupana.domain.instruments.rules.fields import FIELDS, values
from yupana.domain.instruments.rules.marks import words as marked
from yupana.domain.instruments.rules.merging import Seen, mark
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.errors import Conflict, Missing, Refused
from yupana.interfaces import words
from yupana.interfaces.desk.doors import CONFLICT, UNPROCESSABLE, Visit, door, status_of
from yupana.interfaces.desk.editions.outline import Draft
from yupana.interfaces.desk.forms.items import PARTS, ItemForm, initial_of, read_aloud, written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse

    from yupana.domain.instruments.models import Aside, Item
    from yupana.domain.instruments.rules.marks import Piece

TEXTS = ("text", "body", "legal_basis")
THEIRS, MINE, MIXTURE = "theirs", "mine", "mixture"


@dataclass(frozen=True, slots=True)
class Pair:
    """One field in both texts; ``pieces`` marks word by word what is said differently, in texts."""

    label: str
    theirs: str
    mine: str
    pieces: tuple[Piece, ...] = ()


@door(Role.PLANNER)
def aside(visit: Visit, instrument: str, edition: str, number: int) -> HttpResponse:
    """Show what was kept aside beside what stands, and let a person choose."""
    if not visit.writes:
        return page(visit, instrument, edition, number)
    draft, kept, held = _found(visit, instrument, edition, number)
    how: dict[str, Any] = {}
    choice = visit.request.POST.get("choice", "")
    form = _form(visit, kept, held)
    if choice != THEIRS:
        if choice == MIXTURE and not form.is_valid():
            return page(visit, instrument, edition, number, form=form, status=UNPROCESSABLE)
        seen = Seen.read(visit.request.POST.get("seen", ""))
        how = {"seen": seen, "said": form.said() if choice == MIXTURE else kept.fields}
    try:
        actions.settle_aside(actor=visit.actor, ref=draft.ref, aside=number, **how)
    except Conflict as conflict:
        newest = int(str(conflict.details.get("aside", number)))
        told = words.sentence(conflict)
        return page(visit, instrument, edition, newest, sentence=told, status=CONFLICT)
    except Refused as refused:
        if isinstance(refused, Missing):
            raise
        return page(visit, instrument, edition, number, sentence=words.sentence(refused), status=status_of(refused))
    messages.success(visit.request, _("It is settled: the item says what you chose."))
    return visit.go("edit-item", instrument, edition, kept.lineage) if held else visit.go("edit", instrument, edition)


def page(
    visit: Visit,
    instrument: str,
    edition: str,
    number: int,
    *,
    form: ItemForm | None = None,
    sentence: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show both texts of an aside."""
    draft, kept, held = _found(visit, instrument, edition, number)
    now = values(row_of(held)) if held else {}
    shown = {
        "draft": draft,
        "aside": kept,
        "item": held,
        "pairs": [
            _pair(name, now, kept.fields) for name in FIELDS if name in kept.fields and _differs(name, now, kept)
        ],
        "form": form or _form(None, kept, held),
        "sentence": sentence,
        "is_mine": kept.by_id == visit.actor.person,
    }
    return visit.show("desk/edit_aside.html", shown, status)


def _differs(name: str, now: Mapping[str, Any], kept: Aside) -> bool:
    return not now or mark(now[name]) != mark(kept.fields[name])


def _found(visit: Visit, instrument: str, edition: str, number: int) -> tuple[Draft, Aside, Item | None]:
    draft = Draft(visit, instrument, edition)
    kept = next((each for each in draft.asides if each.pk == number), None)
    if kept is None:
        raise Missing("aside-unknown")
    return draft, kept, next((item for item in draft.items if item.lineage == kept.lineage), None)


def _form(visit: Visit | None, kept: Aside, held: Item | None) -> ItemForm:
    """Make the form of a mixture: what was kept aside, over what stands; only the fields it speaks of."""
    now = values(row_of(held)) if held else {}
    seen = str(Seen.of(held.version, now)) if held else ""
    only = [name for name in FIELDS if name in kept.fields]
    return ItemForm(visit.sent if visit else None, initial=initial_of({**now, **kept.fields}, seen), only=only)


def _pair(name: str, now: Mapping[str, Any], fields: Mapping[str, Any]) -> Pair:
    theirs, mine = (_said(name, each.get(name)) for each in (now, fields))
    return Pair(label(name), theirs, mine, marked(theirs, mine) if name in TEXTS and now else ())


def label(name: str) -> str:
    """Say how a field of an item is called on its form."""
    return str(ItemForm.base_fields[PARTS.get(name, (name,))[0]].label)


def _said(name: str, value: Any) -> str:  # noqa: ANN401 - the value of any field
    """Say the value of a field as a person reads it."""
    if name == "target" and value:
        return _target(Target.read(value))
    if value is None or value in ("", {}):
        return _("as the item above says") if name == "audience" else ""
    sayings = {
        "role": lambda: words.label(ItemRole(value)),
        "transition": lambda: words.label(Transition(value)),
        "due_on": lambda: date_format(date.fromisoformat(value), "DATE_FORMAT"),
        "binds": lambda: _("it binds") if value else _("it does not bind"),
        "stake": lambda: f"{written(Decimal(value) / 100)} %",
        "audience": lambda: _("nobody yet") if value == NOBODY else read_aloud(value),
    }
    return sayings.get(name, lambda: str(value))()


def _target(target: Target) -> str:
    source = words.label(TargetSource(target.source)) if target.source else ""
    day = date_format(target.due_on, "DATE_FORMAT") if target.due_on else ""
    began = f"({written(target.baseline)})" if target.baseline is not None else ""
    parts = (written(target.number), target.unit, day, source, read_aloud(target.counted), began)
    return " · ".join(part for part in parts if part)
