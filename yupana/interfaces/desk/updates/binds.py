"""Whom an edition binds, item by item, before it is published and afterwards: counted, on a map, and by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.forms import Form
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext

from yupana.domain.entities import public as entities
from yupana.domain.entities.queries import territory_names
from yupana.domain.entities.rules import levels as level
from yupana.domain.instruments import queries
from yupana.domain.instruments.facts import NOBODY
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.errors import Missing, Refused
from yupana.interfaces import words
from yupana.interfaces.desk.doors import UNPROCESSABLE, Visit, door
from yupana.interfaces.desk.forms.entities import OF_THESE, EntityField
from yupana.interfaces.desk.updates.tiles import places
from yupana.interfaces.desk.why import explained
from yupana.interfaces.tags import number
from yupana.projections.overviews.applicability import EVERYBODY, ItemReach, Simulation
from yupana.projections.overviews.register import cut
from yupana.projections.overviews.why import trace

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping

    from django.http import HttpResponse

    from yupana.domain.entities.public import Named
    from yupana.domain.instruments.models import Edition, Item
    from yupana.projections.overviews.why import Reason

ITEMS, BODIES = 50, 50  # on a page
COUNTED = {
    level.CENTRAL: ngettext_lazy("%(n)s body of the central level", "%(n)s bodies of the central level", "many"),
    level.DEPARTMENTAL: ngettext_lazy("%(n)s departmental body", "%(n)s departmental bodies", "many"),
    level.MUNICIPAL: ngettext_lazy("%(n)s municipal body", "%(n)s municipal bodies", "many"),
    level.INDIGENOUS: ngettext_lazy("%(n)s indigenous government", "%(n)s indigenous governments", "many"),
    level.REGIONAL: ngettext_lazy("%(n)s regional body", "%(n)s regional bodies", "many"),
    level.UNIVERSITY: ngettext_lazy("%(n)s university", "%(n)s universities", "many"),
}
OTHERS = ngettext_lazy("%(n)s body of no level", "%(n)s bodies of no level", "many")


KEPT = ("audience", "entity", f"entity{OF_THESE}")


class OneForm(Form):
    """Which entity to ask about."""

    entity = EntityField(label=gettext_lazy("Entity"))


@dataclass(frozen=True, slots=True)
class Line:
    """A binding item as its reader sees it: whom it names, and whom it binds, counted and in a sentence."""

    item: Item
    bodies: int
    counted: str
    sentence: str
    whom: str
    said_by: str
    wrong: str


@door(Role.PLANNER, methods=("GET", "HEAD"))
def binds(visit: Visit, instrument: str, edition: str) -> HttpResponse:
    """List the binding items with how many bodies each binds; who is bound to nobody comes first."""
    held = queries.readable_edition(visit.actor, f"{instrument}/{edition}")
    asked = visit.request.GET.get("audience", "").strip()
    simulation = Simulation(held, audience=asked or EVERYBODY, on=visit.on)
    shown = {"edition": held, "asked": asked, "query": visit.query("audience")}
    try:
        totals = simulation.totals()
    except Refused as refused:
        return visit.show("desk/updates/binds.html", {**shown, "wrong": words.sentence(refused)}, UNPROCESSABLE)
    page = cut(simulation.items, visit.page, ITEMS)
    if page is None:
        raise Missing("edition-unknown", edition=f"{instrument}/{edition}")
    items = {item.pk: item for item in queries.items(held.pk)}
    named = entities.named_in(each.audience for each in page.rows)
    by_key = {f"{item.role}:{item.code}": item for item in items.values()}
    shown |= {
        "totals": totals,
        "sentence": sentence(totals.by_level),
        "nobody": [by_key[key] for key in totals.nobody],
        "empty": [by_key[key] for key in totals.empty],
        "places": places(totals.by_department, territory_names()),
        "page": page.told(lambda each: _line(each, items[each.item_id], named)),
    }
    return visit.show("desk/updates/binds.html", shown)


@door(Role.PLANNER, methods=("GET", "HEAD"))
def binds_whom(visit: Visit, instrument: str, edition: str, lineage: uuid.UUID) -> HttpResponse:
    """Name the bodies that one item binds, by level and on the map."""
    held = queries.readable_edition(visit.actor, f"{instrument}/{edition}")
    item = _item(held, lineage)
    asked, here = visit.request.GET.get("audience", "").strip(), visit.request.GET.get("level", "")
    simulation = Simulation(held, audience=asked or EVERYBODY, on=visit.on)
    reach = simulation.reach_of(item)
    page = cut(simulation.bodies_of(item, level=here), visit.page, BODIES)
    if page is None:
        raise Missing("item-unknown", item=reach.key)
    shown = {
        "edition": held,
        "line": _line(reach, item, entities.named_in([reach.audience])),
        "level": here,
        "levels": [each for each in entities.levels() if each.code in reach.by_level],
        "places": places(reach.by_department, territory_names()),
        "page": page,
        "asked": asked,
        "query": visit.query("audience", "level"),
    }
    return visit.show("desk/updates/binds_whom.html", shown)


@door(Role.PLANNER, methods=("GET", "HEAD"))
def binds_one(visit: Visit, instrument: str, edition: str) -> HttpResponse:
    """Say of every binding item why it would bind one entity or not, before it is published, too."""
    held = queries.readable_edition(visit.actor, f"{instrument}/{edition}")
    asked = visit.request.GET.get("audience", "").strip() or EVERYBODY
    form = OneForm(visit.request.GET if "entity" in visit.request.GET else None)
    shown: dict[str, object] = {"edition": held, "asked": asked if asked != EVERYBODY else "", "form": form}
    if not form.is_valid():
        return visit.show("desk/updates/binds_one.html", shown, UNPROCESSABLE if form.is_bound else 200)
    body = form.cleaned_data["entity"]

    def page(each: Reason) -> str:
        return reverse("desk:binds-whom", args=[instrument, edition, each.lineage])

    shown |= explained(visit, trace(held, body, audience=asked, on=visit.on), asked, page, *KEPT)
    return visit.show("desk/updates/binds_one.html", shown | {"card": body, "title": held.title})


def _item(held: Edition, lineage: uuid.UUID) -> Item:
    found = queries.items(held.pk).filter(lineage=lineage, binds=True).first()
    if found is None:
        raise Missing("item-unknown", item=str(lineage))
    return found


def _line(each: ItemReach, item: Item, named: Named) -> Line:
    said_by = "" if each.said_by == each.key else each.said_by
    wrong = words.sentence(each.fault) if each.fault else ""
    said, by_level = whom(each.audience, named), each.by_level
    return Line(item, each.bodies, counted(by_level), sentence(by_level), said, said_by, wrong)


def whom(audience: str, named: Named) -> str:
    """Say whom an item names, in the reader's words."""
    if audience == NOBODY:
        return pgettext("whom it binds", "nobody")
    return named.whom(audience) if audience else pgettext("whom it binds", "whoever is called")


def sentence(by_level: Mapping[str, int]) -> str:
    """Say whom something binds: "It binds 9 departmental bodies and 367 municipal bodies"; "" for nobody."""
    told = counted(by_level)
    return told and _("It binds %(bodies)s.") % {"bodies": told}


def counted(by_level: Mapping[str, int]) -> str:
    """Count bodies by their level, in words; "" for nobody."""
    order = [*COUNTED, *sorted(by_level.keys() - COUNTED.keys())]
    told = [_counted(code, by_level[code]) for code in order if by_level.get(code)]
    if len(told) < 2:  # noqa: PLR2004 - nothing to join
        return "".join(told)
    return _("%(some)s and %(last)s") % {"some": ", ".join(told[:-1]), "last": told[-1]}


def _counted(code: str, many: int) -> str:
    return str(COUNTED.get(code, OTHERS) % {"many": many, "n": number(many)})
