"""Plans as entities write them, and everything around them that a test needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.cast import (
    ACCEPTED_ON,
    AMENDED,
    HANDED_IN_ON,
    HEADER,
    ROWS,
    make_call,
    make_edition,
    make_entities,
    make_people,
)
from yupana.domain.commitments import actions
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.actor import Actor, Role
from yupana.foundation.ledger.models import Entry
from yupana.foundation.ledger.rules import read_leaf

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tests.cast import Cast
    from yupana.domain.commitments.facts import PlanRow
    from yupana.domain.obligations.models import Call, Obligation
    from yupana.domain.submissions.models import Submission
    from yupana.foundation.kernel.errors import Refused

LATER = ACCEPTED_ON + timedelta(days=5)
ROW = ROWS[0]
SECOND = replace(ROW, row=2, item="line:2", name="Contar con los vecinos", budget_cents=None, starts="Año 1", ends="")


class Stage(NamedTuple):
    """The cast, an open call, and what body A owes under it."""

    cast: Cast
    call: Call
    owed: Obligation


def set_stage(**terms: object) -> Stage:
    cast = make_people(make_entities())
    make_edition()
    call = make_call(**terms)  # type: ignore[arg-type] # the terms of a call, as they are there
    return Stage(cast, call, call.obligations.select_related("call", "debtor").get(debtor=cast.a))


def begun(stage: Stage, rows: Sequence[PlanRow] = (ROW,), *, actor: Actor | None = None) -> Submission:
    by = actor or stage.cast.inti
    draft = actions.start_plan(actor=by, obligation=stage.owed, on=HANDED_IN_ON)
    header = AMENDED if stage.owed.submissions.filter(state=State.ACCEPTED).exists() else HEADER
    return actions.save_plan(actor=by, submission=draft, header=header, rows=rows, seen=draft.saved_at)


def handed_in(stage: Stage, rows: Sequence[PlanRow] = (ROW,), *, on: date = HANDED_IN_ON) -> Submission:
    return actions.submit_plan(actor=stage.cast.inti, submission=begun(stage, rows), received_on=on, on=on)


def decided(stage: Stage, after: State, rows: Sequence[PlanRow] = (ROW,), *, on: date = HANDED_IN_ON) -> Submission:
    """A version in any state."""
    if after is State.DRAFT:
        return begun(stage, rows)
    plan = handed_in(stage, rows, on=on)
    by = stage.cast.amaru
    if after is State.RETURNED:
        actions.return_plan(
            actor=by, submission=plan, reason="Falta la línea 2", remarks={1: "¿Cuántos?"}, on=ACCEPTED_ON
        )
    elif after is State.MISFILED:
        actions.misfile_plan(actor=by, submission=plan, reason="Es otro plan", on=ACCEPTED_ON)
    elif after is State.ACCEPTED:
        actions.accept_plan(actor=by, submission=plan, on=ACCEPTED_ON)
    plan.refresh_from_db()
    return plan


def own_reviewer(stage: Stage) -> Actor:
    """A reviewer who also plans for body A."""
    held = {(Role.REVIEWER, stage.cast.authority.pk), (Role.PLANNER, stage.cast.authority.pk)}
    return Actor(stage.cast.amaru.person, frozenset(held | {(Role.ENTITY_PLANNER, stage.cast.a.pk)}))


def said(kind: type[Refused], act: Callable[..., object], /, **terms: object) -> tuple[str, int]:
    """Return why it was refused, and how many entries were recorded all the same."""
    before = Entry.objects.count()
    with pytest.raises(kind) as refused:
        act(**terms)
    assert type(refused.value) is kind
    return refused.value.code, Entry.objects.count() - before


def last_leaf() -> tuple[str, Mapping[str, str | int], str, int]:
    leaf = read_leaf(bytes(Entry.objects.order_by("-pk")[0].leaf))
    return leaf.verb, leaf.codes, leaf.on, leaf.version
