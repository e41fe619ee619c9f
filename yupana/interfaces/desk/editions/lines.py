"""Lines of the source that have no place in the tree: read, copied into an item, done with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from yupana.domain.instruments import actions, queries
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.errors import Missing
from yupana.interfaces import words
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import Visit, door
from yupana.interfaces.desk.editions.outline import Draft
from yupana.interfaces.desk.forms.editions import LineForm

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from yupana.domain.instruments.models import Unplaced

AT_ONCE = 50


@door(Role.PLANNER)
def lines(visit: Visit, instrument: str, edition: str) -> HttpResponse:
    """List the lines without a place, and put them where their reader says."""
    draft = Draft(visit, instrument, edition)
    form = LineForm(visit.sent)
    status = attempt(form, lambda: _deal(visit, draft, form))
    if status == DONE:
        response = visit.go("edit-lines", instrument, edition, **({"page": visit.page} if visit.page > 1 else {}))
        if "done" not in visit.request.POST:
            response["Location"] += f"#line-{form.cleaned_data['line']}"
        return response
    page = Paginator(queries.unplaced(draft.held), AT_ONCE).get_page(visit.page)
    told = [(line, _why(line)) for line in page]
    shown = {"draft": draft, "form": form, "page": page, "told": told, "query": ""}
    return visit.show("desk/edit_lines.html", shown, status)


def _deal(visit: Visit, draft: Draft, form: LineForm) -> None:
    line = form.cleaned_data["line"]
    if "done" in visit.request.POST:
        actions.drop_line(actor=visit.actor, ref=draft.ref, line=line)
        messages.success(visit.request, _("Done: the line left the list."))
        return
    where = lineage_of(draft, form.cleaned_data["item"])
    item = actions.place_line(actor=visit.actor, ref=draft.ref, line=line, lineage=where)
    told = _("Copied to the end of %(code)s. The line stays here until you say that it is done.")
    messages.success(visit.request, told % {"code": item.code})


def lineage_of(draft: Draft, key: str) -> UUID:
    """Find the item that somebody typed, as "role:code" or by a code that only one item has."""
    key = key.strip()
    found = [item for item in draft.items if key in (f"{item.role}:{item.code}", item.code)]
    if len(found) != 1:
        raise Missing("item-unknown", item=key)
    return found[0].lineage


def _why(line: Unplaced) -> str:
    try:
        return words.why(line.why)
    except KeyError:  # said by an older reader, whose words are gone
        return ""
