"""What carrying plans over from one call to another would bring: every row with its place, and who is left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from yupana.domain.commitments.models import Activity, Reclassification
from yupana.domain.commitments.queries import item_names, with_answered, with_parts
from yupana.domain.commitments.rules import LOST, Fate, Passage, follow, splits
from yupana.domain.instruments.facts import Origin, OriginKind
from yupana.domain.instruments.models import Edition, Item
from yupana.domain.obligations.models import CallEdition, Obligation, Waiver
from yupana.domain.obligations.queries import with_due
from yupana.domain.submissions.models import Step, Submission
from yupana.domain.submissions.queries import with_accepted
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from django.db.models import QuerySet

    from yupana.domain.obligations.models import Call


@dataclass(frozen=True, slots=True)
class CarriedRow:
    """One row and where it goes. ``was`` names the item that it answered, after review, and ``now`` the one it answers.

    ``item`` is what the entity's own word becomes, ``answered`` what its answer counts for (None: nothing); they
    differ where a reviewer had moved the row, for a ``reason``. ``fate`` is that of the answer. ``also`` are the items
    that it goes on to answer beside, each with its share in basis points.
    """

    activity: Activity
    item: int | None
    answered: int | None
    fate: Fate
    was: str
    now: str = ""
    reason: str = ""
    also: tuple[tuple[int, int | None], ...] = ()


@dataclass(frozen=True, slots=True)
class CarriedPlan:
    """The plan that one entity had accepted, the obligation that it would meet, and its rows."""

    step: Step
    owed: Obligation
    rows: tuple[CarriedRow, ...]

    @property
    def version(self) -> Submission:
        """The version that was accepted last."""
        return self.step.submission


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An entity whose plan stays where it is, and why: passed, not-called, waived, has-version or own-entity."""

    debtor: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Carrying:
    """All of it. ``open_splits`` are the items that were split and for which nothing was chosen, with their parts."""

    plans: tuple[CarriedPlan, ...]
    left_out: tuple[LeftOut, ...]
    open_splits: Mapping[str, tuple[str, ...]]

    @property
    def counts(self) -> dict[Fate, int]:
        """How many rows have each fate."""
        found = Counter(row.fate for plan in self.plans for row in plan.rows)
        return {fate: found[fate] for fate in Fate if found[fate]}

    @property
    def flagged(self) -> tuple[tuple[CarriedPlan, CarriedRow], ...]:
        """The rows that would be kept without the item that they answered."""
        return tuple((plan, row) for plan in self.plans for row in plan.rows if row.fate in LOST)


class Ways:
    """How items of the editions of one call go over into those of another."""

    def __init__(self, source: Call, target: Call, choices: Mapping[str, str]) -> None:
        self._from, self._to = _put(source), _put(target)
        self._passages = {
            owner: _passages(self._from[owner], self._to[owner]) for owner in self._from.keys() & self._to.keys()
        }
        if not self._passages:
            raise Refused("carry-unrelated", source=source.code, target=target.code)
        lineages = Item.objects.filter(edition__in=[*self._from.values(), *self._to.values()])
        told = lineages.values_list("pk", "lineage", "edition__instrument")
        self._items = {pk: (str(lineage), owner) for pk, lineage, owner in told}
        self.choices = self._chosen(choices)

    @property
    def lead_on(self) -> bool:
        """Whether any edition is followed by a later one; from one call to another about the same none is."""
        return any(self._passages.values())

    def follow(self, item: int, owed: Mapping[str, int]) -> tuple[int | None, Fate]:
        """Say which of the items owed an item of the source is now, and how that came."""
        lineage, owner = self._items[item]
        passages = self._passages.get(owner)
        if passages is None:
            return None, Fate.NOT_OWED
        now, fate = follow(lineage, passages, self.choices)
        if not now:
            return None, fate
        found = owed.get(now)
        return found, fate if found is not None else Fate.NOT_OWED

    def open_splits(self) -> dict[str, tuple[str, ...]]:
        """Name the items that were split, and that nobody chose a part of, with their parts."""
        parts = self._splits()
        waiting = {each: into for each, into in parts.items() if each not in self.choices}
        names = self._names({each for whole, into in waiting.items() for each in (whole, *into)})
        return {names[whole]: tuple(names[each] for each in into) for whole, into in waiting.items()}

    def _splits(self) -> dict[str, tuple[str, ...]]:
        return splits(passage for passages in self._passages.values() for passage in passages)

    def _chosen(self, choices: Mapping[str, str]) -> dict[str, str]:
        """Read choices by name ("role:code" or in full) as lineages; each names a split item and one of its parts."""
        parts = self._splits()
        names = self._names({each for whole, into in parts.items() for each in (whole, *into)})
        found = {}
        for told, into in choices.items():
            whole = [each for each in parts if told in _ways_to_say(names[each])]
            if len(whole) != 1:
                raise Refused("carry-not-split", item=told)
            part = [each for each in parts[whole[0]] if into in _ways_to_say(names[each])]
            if len(part) != 1:
                raise Refused("carry-no-part", item=told, part=into, parts=", ".join(names[e] for e in parts[whole[0]]))
            found[whole[0]] = part[0]
        return found

    def _names(self, lineages: Iterable[str]) -> dict[str, str]:
        """Name items by lineage as the newest of the editions in question does."""
        owners = [edition.instrument_id for edition in self._to.values()]
        found = Item.objects.filter(
            lineage__in=list(lineages), edition__instrument__in=owners, edition__entry__isnull=False
        )
        keys = dict(found.order_by("edition__entry").values_list("lineage", "pk"))
        names = item_names(set(keys.values()))
        return {str(lineage): names[pk] for lineage, pk in keys.items()}


def carrying(source: Call, target: Call, choices: Mapping[str, str], *, own: Collection[int] = ()) -> Carrying:
    """Say what would be carried over, and what would become of each row; writes nothing.

    What the bodies in ``own`` had accepted stays where it is: nobody decides about the work of their own entity.
    The number of queries does not depend on how many entities, rows or items there are.
    """
    ways = Ways(source, target, choices)
    if not ways.lead_on:
        raise Refused("carry-same-edition", source=source.code, target=target.code)
    owed = with_due(Obligation.objects.filter(call=target)).select_related("call", "debtor", "scope", "transfer")
    by_debtor = {each.debtor_id: each for each in owed}
    busy = set(Submission.objects.filter(obligation__call=target).values_list("obligation", flat=True))
    waived = set(Waiver.objects.filter(obligation__call=target).values_list("obligation", flat=True))
    going, left_out = [], []
    for step in _accepted(source):
        here = by_debtor.get(step.submission.obligation.debtor_id)
        gone = hasattr(step.submission.obligation, "transfer")  # its rows stand in the heir's plan, and go from there
        why = "passed" if gone else _left_out(here, busy, waived, own)
        if here is None or why:
            debtor = step.submission.obligation.debtor
            left_out.append(LeftOut(debtor.ref, debtor.name, why))
        else:
            going.append((step, here))
    return Carrying(_plans(source, going, ways), tuple(left_out), ways.open_splits())


def _left_out(here: Obligation | None, busy: set[int], waived: set[int], own: Collection[int]) -> str:
    if here is None:
        return "not-called"
    if hasattr(here, "transfer"):
        return "passed"
    if here.pk in busy:
        return "has-version"
    if here.pk in waived:
        return "waived"
    return "own-entity" if here.debtor_id in own else ""


def _last_accepted(source: Call) -> QuerySet[Any]:
    """Select the keys of the versions that hold under a call: of each entity the one that was accepted last."""
    owed: QuerySet[Any] = with_accepted(Obligation.objects.filter(call=source))
    return owed.filter(accepted_id__isnull=False).order_by().values("accepted_id")


def _accepted(source: Call) -> list[Step]:
    """The acceptance that holds for each entity of a call, by name."""
    steps = Step.objects.filter(submission__in=_last_accepted(source), after=State.ACCEPTED)
    of = [f"submission__obligation__{name}" for name in ("debtor", "call", "transfer")]
    told = steps.select_related(*of)
    return list(told.order_by("submission__obligation__debtor__sort_key", "pk"))


def _plans(source: Call, going: Sequence[tuple[Step, Obligation]], ways: Ways) -> tuple[CarriedPlan, ...]:
    held = with_answered(Activity.objects.filter(submission__in=_last_accepted(source)))
    rows: dict[int, list[Any]] = {}
    for row in with_parts(held).order_by("submission", "row"):
        rows.setdefault(row.submission_id, []).append(row)
    moved = Reclassification.objects.filter(activity__submission__in=_last_accepted(source)).order_by("entry")
    reasons = dict(moved.values_list("activity", "reason"))
    items = owed_items({owed.scope_id for _, owed in going})
    named = {row.answered_id for some in rows.values() for row in some}
    names = item_names(named | {key for keys in items.values() for key in keys.values()})
    return tuple(
        CarriedPlan(
            step,
            owed,
            tuple(_row(row, ways, items[owed.scope_id], names, reasons) for row in rows.get(step.submission_id, ())),
        )
        for step, owed in going
    )


def _row(
    row: Any,  # noqa: ANN401 (an activity with what was annotated to it)
    ways: Ways,
    owed: Mapping[str, int],
    names: Mapping[int, str],
    reasons: Mapping[int, str],
) -> CarriedRow:
    own = ways.follow(row.item_id, owed)[0] if row.item_id else None
    answered, fate = ways.follow(row.answered_id, owed) if row.answered_id else (None, Fate.NONE)
    was, now = names.get(row.answered_id or 0, ""), names.get(answered or 0, "")
    also = {ways.follow(each.item_id, owed)[0]: each.share_bp for each in row.also.all()}
    beside = tuple((item, share) for item, share in also.items() if item is not None and item != own)
    return CarriedRow(row, own, answered, fate, was, now, reasons.get(row.pk, ""), beside)


def owed_items(scopes: set[int]) -> dict[int, dict[str, int]]:
    """By scope: the key of each of its items by lineage."""
    found: dict[int, dict[str, int]] = {scope: {} for scope in scopes}
    for scope, lineage, pk in Item.objects.filter(scopes__in=scopes).values_list("scopes", "lineage", "pk"):
        found[scope][str(lineage)] = pk
    return found


def _put(call: Call) -> dict[int, Edition]:
    """The edition of each instrument that a call puts."""
    put = CallEdition.objects.filter(call=call).select_related("edition__instrument", "edition__entry")
    return {each.edition.instrument_id: each.edition for each in put}


def _passages(before: Edition, after: Edition) -> list[Passage]:
    """Read what each edition after one, up to another, did with the items of the one before it."""
    between = Edition.objects.filter(
        instrument=before.instrument_id, entry__gte=before.entry_id, entry__lte=after.entry_id
    ).order_by("entry")
    order = list(between.values_list("pk", flat=True))
    if not order:
        raise Refused("carry-backwards", source=str(before.code), target=str(after.code))
    texts: dict[int, dict[str, list[Origin]]] = {pk: {} for pk in order}
    for edition, lineage, origins in Item.objects.filter(edition__in=order).values_list(
        "edition", "lineage", "origins"
    ):
        texts[edition][str(lineage)] = [Origin(OriginKind(kind), whole) for kind, whole in origins]
    return [Passage.between(texts[one], texts[next_]) for one, next_ in pairwise(order)]


def _ways_to_say(name: str) -> tuple[str, str]:
    return name, name.partition("#")[2]
