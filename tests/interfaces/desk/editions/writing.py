"""A draft on the desk: PLAN/2, begun from what is in force, and its items by their codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.interfaces.desk.desk import soup, value
from yupana.domain.instruments.actions import start_edition
from yupana.domain.instruments.models import Edition, Item
from yupana.domain.instruments.queries import outline_of
from yupana.foundation.kernel.actor import OPERATOR

if TYPE_CHECKING:
    import uuid

    from django.test.client import _MonkeyPatchedWSGIResponse as Response

    from tests.interfaces.desk.desk import Desk

EDIT = "instrumentos/PLAN/2/editar/"
# What the form of an item carries besides who is bound and a target.
FIELDS = ("role", "code", "text", "body", "legal_basis", "due_on", "stake", "transition", "seen")


def begun() -> Edition:
    """The second edition of the plan of the cast."""
    return start_edition(actor=OPERATOR, ref="PLAN/1", code="2", title="Plan 2")


def item(code: str, role: str = "line", edition: str = "2") -> Item:
    return Item.objects.get(edition__code=edition, edition__instrument__code="PLAN", code=code, role=role)


def lineage(code: str, role: str = "line") -> uuid.UUID:
    return item(code, role).lineage


def page_of(code: str, role: str = "line") -> str:
    """The address of an item's page."""
    return f"{EDIT}{lineage(code, role)}/"


def filled(page: Response, **changed: Any) -> dict[str, Any]:  # noqa: ANN401 - fields by name
    """The form of an item as a browser would send it, with some fields changed."""
    held: dict[str, Any] = {name: value(page, name) for name in FIELDS}
    form = soup(page).select_one("form#item")
    assert form
    chosen = form.select_one('[name="whom"][checked]')
    binds = form.select_one('[name="binds"]')
    held |= {"whom": str(chosen["value"]) if chosen else "", "audience": value(page, "audience")}
    held |= {name: value(page, name) for name in ("number", "unit", "target_due_on", "source", "counted", "baseline")}
    if binds is not None and binds.has_attr("checked"):
        held["binds"] = "on"
    return held | changed


def write(desk: Desk, code: str, page: Response | None = None, /, **changed: Any) -> Response:  # noqa: ANN401 - fields by name
    """Amaru opens an item, unless it was opened before, and saves it with some fields changed."""
    where = page_of(code)
    return desk.post("amaru", where, **filled(page or desk.get("amaru", where), **changed))


def tree(edition: str = "2") -> str:
    """The codes of the draft with what is below each in parentheses."""
    held = Edition.objects.get(instrument__code="PLAN", code=edition)
    outline = outline_of(held)
    codes = {pk: f"{role[0]}{code}" for pk, role, code in held.items.values_list("pk", "role", "code")}

    def told(parent: int | None) -> str:
        return " ".join(
            codes[each] + (f"({told(each)})" if outline.family(each) else "") for each in outline.family(parent)
        )

    return told(None)
