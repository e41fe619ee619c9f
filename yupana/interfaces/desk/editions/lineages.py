"""What became of each item of the edition in force: proposed by likeness, said by a person, never decided alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from yupana.domain.instruments import actions, queries
from yupana.domain.instruments.actions.lineages import Descent
from yupana.domain.instruments.facts import ItemRole
from yupana.domain.instruments.queries import row_of
from yupana.domain.instruments.rules.lineage import Known, Proposal, ProposalKind, match
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.errors import Refused
from yupana.interfaces import words
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import Visit, door
from yupana.interfaces.desk.editions.outline import Draft
from yupana.interfaces.desk.forms.editions import DescentForm

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from django.http import HttpResponse

    from yupana.domain.instruments.models import Edition, Item


@dataclass(frozen=True, slots=True)
class Offer:
    """A proposal as its reader sees it: items before and after, and the forms that would make it so."""

    kind: str
    befores: tuple[Item, ...]
    afters: tuple[Item, ...]
    percent: int
    formers: str


@dataclass(frozen=True, slots=True)
class Comer:
    """An item that the edition in force did not have, with where somebody said that it comes from."""

    item: Item
    role: str
    origins: tuple[tuple[str, str], ...]


class Lineages:
    """The draft beside the edition in force."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.base: Edition | None = queries.in_force(draft.held.instrument)
        self.before: list[Item] = list(queries.items(self.base.pk)) if self.base else []

    @cached_property
    def old(self) -> dict[str, Item]:
        """Items of the edition in force by lineage."""
        return {str(item.lineage): item for item in self.before}

    @cached_property
    def new(self) -> dict[str, Item]:
        """Items of the draft by "role:code"."""
        return {key(item): item for item in self.draft.items}

    @cached_property
    def left(self) -> list[Item]:
        """Items that the draft has no more and that no item of it comes from."""
        there = {str(item.lineage) for item in self.draft.items}
        there |= {lineage for item in self.draft.items for _kind, lineage in item.origins}
        return [item for lineage, item in self.old.items() if lineage not in there]

    @cached_property
    def came(self) -> list[Comer]:
        """Items that the edition in force did not have, or that come from several of its items."""
        return [
            Comer(item, words.label(ItemRole(item.role)), tuple(self._origins(item)))
            for item in self.draft.items
            if str(item.lineage) not in self.old or item.origins
        ]

    @cached_property
    def offers(self) -> list[Offer]:
        """What may be so, the likeliest first; nothing that was said already."""
        known = [
            Known(row.role, row.code, row.text, ":".join(row.parent) if row.parent else "", row.lineage)
            for row in map(row_of, self.before)
        ]
        found = match(known, [row_of(item) for item in self.draft.items])
        sure = [
            Proposal(ProposalKind.SAME, (lineage,), (after,), 1.0)
            for after, lineage in found.sure.items()
            if str(self.new[after].lineage) != lineage
        ]
        said = {key(item) for item in self.draft.items if item.origins}
        open_ = [each for each in (*sure, *found.proposals) if not said & set(each.after)]
        return [self._offer(each) for each in sorted(open_, key=lambda each: -each.likeness)]

    def named(self, names: list[str]) -> list[UUID]:
        """Find items of the edition in force as somebody typed them: "role:code"."""
        known = {key(item): item.lineage for item in self.before}
        unknown = [name for name in names if name not in known]
        if unknown:
            raise Refused("item-unknown", item=unknown[0])
        return [known[name] for name in names]

    def _offer(self, proposal: Proposal) -> Offer:
        befores = tuple(self.old[lineage] for lineage in proposal.before)
        afters = tuple(self.new[each] for each in proposal.after)
        return Offer(proposal.kind.value, befores, afters, int(proposal.likeness * 100), " ".join(map(key, befores)))

    def _origins(self, item: Item) -> Iterator[tuple[str, str]]:
        for kind, lineage in item.origins:
            former = self.old.get(lineage)
            yield str(dict(DescentForm.base_fields["descent"].choices)[kind]), key(former) if former else lineage  # type: ignore[attr-defined] # a ChoiceField has choices


@door(Role.PLANNER)
def lineages(visit: Visit, instrument: str, edition: str) -> HttpResponse:
    """Show what left, what came and what may be the same; write what a person says of one item."""
    page = Lineages(Draft(visit, instrument, edition))
    form = DescentForm(visit.sent)
    status = attempt(form, lambda: _say(visit, page, form))
    if status == DONE:
        return visit.done(_("It is written down."), "edit-lineages", instrument, edition)
    return visit.show("desk/edit_lineages.html", {"page": page, "draft": page.draft, "form": form}, status)


def _say(visit: Visit, page: Lineages, form: DescentForm) -> None:
    said = form.cleaned_data
    descent = Descent(said["descent"])
    formers = [] if descent is Descent.NEW else page.named(said["formers"])
    actions.settle_lineage(
        actor=visit.actor, ref=page.draft.ref, lineage=said["lineage"], descent=descent, formers=formers
    )


def key(item: Item) -> str:
    """Name an item inside its edition."""
    return f"{item.role}:{item.code}"
