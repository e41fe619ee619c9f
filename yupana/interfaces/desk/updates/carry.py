"""Carrying accepted plans over to the call of a later edition: looked at first, then done as it was looked at."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yupana.domain.commitments.actions import carry_over, carry_sources, preview_carry
from yupana.domain.commitments.labels import LEFT_OUT
from yupana.domain.instruments import queries as instruments
from yupana.domain.obligations import queries as obligations
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.errors import Refused
from yupana.interfaces import words
from yupana.interfaces.desk.doors import UNPROCESSABLE, Visit, door, status_of
from yupana.interfaces.tags import item_named, number
from yupana.projections.overviews.followup import plan_call

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.http import HttpResponse

    from yupana.domain.commitments.actions import Carrying
    from yupana.domain.obligations.models import Call

MOST = 200  # rows that are shown one by one; the others are counted


@dataclass(frozen=True, slots=True)
class Named:
    """An item by its name in full, and as its reader sees it."""

    name: str
    called: str
    text: str


@dataclass(frozen=True, slots=True)
class Split:
    """An item that was split, its parts, and the name of the one that was chosen ("" for none)."""

    whole: Named
    parts: tuple[Named, ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class Look:
    """What would be carried with these choices; ``seal`` is another one as soon as anything of it is."""

    found: Carrying
    splits: tuple[Split, ...]
    choices: Mapping[str, str]

    @property
    def seal(self) -> str:
        """Say in a few letters what was looked at."""
        versions = [plan.version.pk for plan in self.found.plans]
        told = (versions, list(self.found.counts.items()), sorted(self.choices.items()))
        return hashlib.sha256(repr(told).encode()).hexdigest()[:16]

    @property
    def lost(self) -> list[tuple[str, int, str, str, str]]:
        """The first rows that would be kept without their item: whose, which, what it says, what it answered, why."""
        return [
            (plan.owed.debtor.name, row.activity.row, row.activity.name, _called(row.was), words.label(row.fate))
            for plan, row in self.found.flagged[:MOST]
        ]

    @property
    def more(self) -> int:
        """How many such rows there are besides."""
        return max(0, len(self.found.flagged) - MOST)

    @property
    def left_out(self) -> list[tuple[str, list[str]]]:
        """Whose plans stay where they are, by why."""
        counted = Counter(each.why for each in self.found.left_out)
        return [(str(LEFT_OUT[why]), [each.name for each in self.found.left_out if each.why == why]) for why in counted]


@door(Role.PLANNER)
def carry(visit: Visit, code: str) -> HttpResponse:
    """Choose from which call, look at what would be carried, and carry exactly that."""
    target = plan_call(visit.actor, code)
    asked = (visit.sent or visit.request.GET).get("source", "")
    shown: dict[str, object] = {"call": target, "sources": _sources(visit, target)}
    if not asked:
        return visit.show("desk/updates/carry.html", shown, UNPROCESSABLE if visit.writes else 200)
    source, status = plan_call(visit.actor, asked), 200
    shown["source"] = source
    try:
        shown["look"] = look = _look(visit, source, target)
        if visit.sent and "carry" in visit.sent:
            if "sure" in visit.sent and visit.sent.get("seal") == look.seal:
                return _carry(visit, source, target, look)
            shown["wrong"], status = _("Nothing was carried over yet. Look at it as it stands now, and confirm."), 409
    except Refused as refused:
        shown["wrong"], status = words.sentence(refused), status_of(refused)
    return visit.show("desk/updates/carry.html", shown, status)


def _sources(visit: Visit, target: Call) -> list[Call]:
    """List the calls of an earlier edition from which the same kind of plan can be carried over."""
    return carry_sources(target, obligations.readable(visit.actor))


def _look(visit: Visit, source: Call, target: Call) -> Look:
    bare = preview_carry(actor=visit.actor, source=source, target=target, choices={})
    said = visit.request.POST
    chosen = {whole: part for whole in bare.open_splits if (part := said.get(f"part:{whole}", ""))}
    found = bare
    if chosen:
        found = preview_carry(actor=visit.actor, source=source, target=target, choices=chosen)
    return Look(found, _splits(visit, bare, chosen), chosen)


def _carry(visit: Visit, source: Call, target: Call, look: Look) -> HttpResponse:
    done = carry_over(actor=visit.actor, source=source, target=target, choices=look.choices, on=visit.on)
    plans = len(done.plans)
    told = {"n": number(plans), "rows": number(sum(done.counts.values())), "lost": number(len(done.flagged))}
    sentence = ngettext(
        "%(n)s plan was carried over with its %(rows)s rows; %(lost)s of them stand without their item.",
        "%(n)s plans were carried over with their %(rows)s rows; %(lost)s of them stand without their item.",
        plans,
    )
    return visit.done(sentence % told, "carry", target.code, source=source.code)


def _splits(visit: Visit, bare: Carrying, chosen: Mapping[str, str]) -> tuple[Split, ...]:
    names = {each for whole, parts in bare.open_splits.items() for each in (whole, *parts)}
    texts = _texts(visit, names)
    return tuple(
        Split(_named(whole, texts), tuple(_named(part, texts) for part in parts), chosen.get(whole, ""))
        for whole, parts in bare.open_splits.items()
    )


def _texts(visit: Visit, names: Iterable[str]) -> dict[str, str]:
    """Say what items say, by their names in full; one query for each edition that they are named by."""
    found: dict[str, str] = {}
    for ref in sorted({name.partition("#")[0] for name in names}):
        items = instruments.items(instruments.readable_edition(visit.actor, ref).pk)
        found |= {f"{ref}#{item.role}:{item.code}": item.text for item in items}
    return found


def _named(name: str, texts: Mapping[str, str]) -> Named:
    return Named(name, _called(name), texts.get(name, ""))


def _called(name: str) -> str:
    """Name an item as people do: "PLAN/1, strategic line 4"."""
    ref, _sign, key = name.partition("#")
    return f"{ref}, {item_named(key)}" if key else name
