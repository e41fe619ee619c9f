"""What the rules have to know of a call and of other plans to look at one plan."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from yupana.domain.obligations.rules.plan_types import ANY_PLAN

if TYPE_CHECKING:
    from collections.abc import Collection

    from yupana.domain.obligations.rules.plan_types import PlanType
    from yupana.foundation.kernel.period import Period


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a plan.

    ``period`` None: it says none. ``owed`` are the items to answer, as rows name them. ``own`` is what names of the
    plan's own activities begin with ("CALL@source:id"), ``known`` the activities of others that its rows wait for and
    that there are, ``sources`` those of the accepted plan that its own derive from (None: there is no such plan yet).
    """

    kind: PlanType = ANY_PLAN
    period: Period | None = None
    owed: tuple[str, ...] = ()
    target: bool = True
    responsible: bool = True
    budget: bool = True
    year_one: int | None = None
    own: str = ""
    known: Collection[str] = field(default=frozenset())
    sources: Collection[str] | None = None
