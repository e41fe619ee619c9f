"""The cast itself: what it brings about is what the house brings about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cast import DUE_ON, make_call, make_draft, make_edition, make_plan, obligation_of

if TYPE_CHECKING:
    from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_the_cast_can_bring_an_accepted_plan_about(cast: Cast) -> None:
    make_edition()
    call = make_call()
    plan = make_plan(cast, obligation_of(call, cast.a))
    assert (plan.state, plan.version, call.due_on, call.obligations.count()) == ("accepted", 1, DUE_ON, 2)


def test_the_cast_can_leave_things_unfinished(cast: Cast) -> None:
    edition = make_edition()
    draft = make_draft(cast.killa, obligation_of(make_call(), cast.b))
    assert (draft.state, edition.state, make_edition("OTRO", published=False).state) == ("draft", "published", "draft")
