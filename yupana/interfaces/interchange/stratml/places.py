"""Where each item of a manuscript stands in a plan of the standard, which has two levels and few kinds of text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from yupana.domain.instruments.facts import ItemRole
from yupana.interfaces.interchange.beyond import section
from yupana.interfaces.interchange.stratml import elements as the
from yupana.interfaces.interchange.xml import possible

if TYPE_CHECKING:
    from yupana.domain.instruments.facts import ItemRow
    from yupana.interfaces.interchange.trees import Tree

AT_ROOT = {the.DESCRIPTION: 1, the.VISION: 1, the.MISSION: 1, the.VALUE: 0, the.ORGANIZATION: 0}  # 0: any number
NO_ITEM = -1  # the number of the plan itself
HOLDERS = frozenset({the.ORGANIZATION, the.GOAL, the.OBJECTIVE})


@dataclass(slots=True)
class Place:
    """An element to be written: its item by number, what stands in it, and the items that its texts are made of."""

    name: str
    at: int
    inside: list[Place] = field(default_factory=list)
    texts: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Standing:
    """Where an item came to stand: its own element, where it has one, and those that take what hangs on it."""

    element: Place | None
    goal: Place | None
    texts: Place


def places(tree: Tree) -> Place:
    """Give each item its place: goals at the root, objectives in goals however deep they are, texts where they fit."""
    plan = Place(the.ROOT, NO_ITEM)
    standing: dict[int | None, Standing] = {None: Standing(plan, None, plan)}
    for at in tree.order():
        above = standing[tree.above[at]]
        row = tree.rows[at]
        standing[at] = _text(row, at, above, plan) if row.role is ItemRole.TEXT else _numbered(at, above, plan)
    return plan


def _numbered(at: int, above: Standing, plan: Place) -> Standing:
    if above.goal is None:
        made = Place(the.GOAL, at)
        plan.inside.append(made)
        return Standing(made, made, made)
    made = Place(the.OBJECTIVE, at)
    above.goal.inside.append(made)
    return Standing(made, above.goal, made)


def _text(row: ItemRow, at: int, above: Standing, plan: Place) -> Standing:
    wanted = section(row, "stratml").get("element")
    holder = above.element
    if possible(row.text).strip() and holder is not None and _may_stand(wanted, holder, plan):
        made = Place(str(wanted), at)
        holder.inside.append(made)
        return Standing(made, above.goal, above.texts)
    above.texts.texts.append(at)
    return Standing(None, above.goal, above.texts)


def _may_stand(wanted: object, holder: Place, plan: Place) -> bool:
    if wanted == the.STAKEHOLDER:
        return holder.name in HOLDERS
    if holder is not plan or not isinstance(wanted, str) or wanted not in AT_ROOT:
        return False
    return not AT_ROOT[wanted] or all(each.name != wanted for each in plan.inside)
