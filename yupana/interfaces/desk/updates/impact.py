"""What an update of a plan touches, and what each body has to do and from when: in pages, and as tables."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.instruments import queries
from yupana.domain.instruments.rules.changes import ChangeKind
from yupana.domain.obligations.rules import CallState
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.errors import Missing
from yupana.interfaces import sending
from yupana.interfaces.desk.doors import Visit, door
from yupana.interfaces.words import label
from yupana.projections.overviews.duties import Duty
from yupana.projections.overviews.impact import Impact
from yupana.projections.overviews.register import cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.http import HttpResponse, StreamingHttpResponse

    from yupana.domain.instruments.facts import ItemFact
    from yupana.domain.instruments.models import Edition
    from yupana.domain.instruments.rules.changes import Change
    from yupana.projections.overviews.impact import Touch, TouchedBody

BODIES, CHANGES = 25, 50  # on a page
OF_BODIES = ("entity", "name", "item", "text", "duty", "to_do", "starts_on", "activities")
_COUNTS = ("obligations", "bodies", "activities", "being_written", "targets", "figures")
OF_CHANGES = ("item_before", "item_after", "text", "kinds", "starts_on", "calls", *_COUNTS)


@dataclass(frozen=True, slots=True)
class Line:
    """A change as its reader sees it: how the item is called now, how it was if differently, and what happened."""

    touch: Touch
    item: ItemFact
    was: str
    kinds: str


@dataclass(frozen=True, slots=True)
class Update:
    """An edition beside an earlier one of the same instrument; ``impact`` None where there is none before it."""

    edition: Edition
    before: Edition | None
    earlier: tuple[Edition, ...]
    impact: Impact | None


@door(Role.PLANNER, methods=("GET", "HEAD"))
def impact(visit: Visit, instrument: str, edition: str) -> HttpResponse:
    """Show what changes, which calls keep their edition, and what each body has to do; a page of bodies at a time."""
    update = _update(visit, instrument, edition)
    shown: dict[str, object] = {"update": update, "edition": update.edition, "query": visit.query("from", "duty")}
    if update.impact:
        shown |= _told(visit, update.impact)
    return visit.show("desk/updates/impact.html", shown)


def _told(visit: Visit, found: Impact) -> dict[str, object]:
    """Put an update into words; of the bodies those who have something to do of the kind that is asked for."""
    asked = visit.request.GET.get("duty", "")
    bodies = [(body, body.counts) for body in found.bodies]
    totals = sum((Counter(counts) for _, counts in bodies), Counter[Duty]())
    chosen = [(body, list(counts.items())) for body, counts in bodies if not asked or asked in counts]
    page = cut(chosen, visit.page, BODIES)
    if page is None:
        raise Missing("edition-unknown", edition=asked)
    return {
        "kinds": list(found.kinds.items()),
        "changed": sum(bool(change.said) for change in found.changes),
        "calls": found.calls,
        "stays": any(call.state is CallState.OPEN for call in found.calls),
        "totals": [(each, totals[each]) for each in Duty if totals[each]],
        "duty": asked,
        "page": page,
    }


@door(Role.PLANNER, methods=("GET", "HEAD"))
def impact_changes(visit: Visit, instrument: str, edition: str) -> HttpResponse:
    """List the changes with all that each of them touches."""
    update = _update(visit, instrument, edition)
    touches = [touch for touch in update.impact.touches if touch.change.said] if update.impact else []
    page = cut(touches, visit.page, CHANGES)
    if page is None:
        raise Missing("edition-unknown", edition=f"{instrument}/{edition}")
    shown = {"update": update, "edition": update.edition, "page": page.told(_line), "query": visit.query("from")}
    return visit.show("desk/updates/impact_changes.html", shown)


@door(Role.PLANNER, methods=("GET", "HEAD"))
def impact_csv(visit: Visit, instrument: str, edition: str) -> StreamingHttpResponse:
    """Give what each body has to do as a table: one row for each body and item."""
    update = _update(visit, instrument, edition)
    return _sent(update, "entities", OF_BODIES, _of_bodies(update.impact.bodies if update.impact else ()))


@door(Role.PLANNER, methods=("GET", "HEAD"))
def impact_changes_csv(visit: Visit, instrument: str, edition: str) -> StreamingHttpResponse:
    """Give the changes with what each of them touches as a table."""
    update = _update(visit, instrument, edition)
    return _sent(update, "changes", OF_CHANGES, map(_row, update.impact.touches if update.impact else ()))


def _update(visit: Visit, instrument: str, edition: str) -> Update:
    """Find an edition and the earlier one that was asked for: by default the one that it follows."""
    held = queries.readable_edition(visit.actor, f"{instrument}/{edition}")
    published = queries.readable(visit.actor).filter(instrument=held.instrument, entry__isnull=False)
    earlier = tuple(published.filter(entry__lt=held.entry_id) if held.entry_id else published)
    asked = visit.request.GET.get("from", "")
    before = next((each for each in earlier if not asked or each.code == asked), None)
    if asked and before is None:
        raise Missing("edition-unknown", edition=f"{instrument}/{asked}")
    found = Impact(visit.actor, before, held, as_of=visit.on) if before else None
    return Update(held, before, earlier, found)


def _line(touch: Touch) -> Line:
    item, was = _item(touch.change), touch.change.before
    other = was.row.key if was and was.row.key != item.row.key else ""
    return Line(touch, item, other, ", ".join(label(kind) for kind in ChangeKind if kind in touch.change.said))


def _item(change: Change) -> ItemFact:
    found = change.after or change.before
    if found is None:
        msg = "a change is about an item"
        raise ValueError(msg)
    return found


# --- as tables ---
def _sent(update: Update, name: str, head: tuple[str, ...], rows: Iterable[list[str]]) -> StreamingHttpResponse:
    before = update.before.code if update.before else ""
    return sending.table(f"{update.edition.instrument.code}-{before}-{update.edition.code}-{name}", [head, *rows])


def _of_bodies(bodies: Iterable[TouchedBody]) -> Iterator[list[str]]:
    for body in bodies:
        for task in body.tasks:
            what = [task.key, task.text, task.duty.value, label(task.duty)]
            yield [body.ref, body.name, *what, task.starts_on.isoformat(), str(task.activities)]


def _row(touch: Touch) -> list[str]:
    change = touch.change
    keys = [each.row.key if each else "" for each in (change.before, change.after)]
    kinds = " ".join(kind.value for kind in ChangeKind if kind in change.kinds)
    numbers = (touch.obligations, touch.bodies, touch.activities, touch.in_hand, touch.targets, touch.figures)
    text = _item(change).row.text
    return [*keys, text, kinds, touch.starts_on.isoformat(), " ".join(touch.calls), *map(str, numbers)]
