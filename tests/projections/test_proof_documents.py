"""The files that plans were handed in with are proved as those of publications are."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from tests.cast import HANDED_IN_ON, Cast, make_call, make_draft, make_edition, obligation_of
from yupana.domain.commitments.actions import submit_plan
from yupana.domain.submissions.actions import attach_document
from yupana.domain.submissions.rules import DocumentKind
from yupana.foundation.vault import store
from yupana.projections import proof

if TYPE_CHECKING:
    from pathlib import Path

    from yupana.domain.submissions.models import Submission


@pytest.fixture
def plan(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Submission:
    """Inti's draft, with the resolution that approves it."""
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path))
    make_edition()
    draft = make_draft(cast.inti, obligation_of(make_call(), cast.a))
    scan = store.put(BytesIO(b"%PDF-1.7 RA 1/2018"), "RA.pdf", 100)
    attach_document(actor=cast.inti, submission=draft.pk, stored=scan, kind=DocumentKind.RESOLUTION)
    return draft


def named() -> list[tuple[str, str]]:
    return [(each.edition, each.name) for each in proof.documents()]


def test_a_file_of_a_plan_that_was_handed_in_is_missed_and_that_of_a_draft_is_not(cast: Cast, plan: Submission) -> None:
    [kept] = store.held()
    in_order = named()
    store.discard(kept.digest)
    of_a_draft = named()
    store.put(BytesIO(b"%PDF-1.7 RA 1/2018"), "RA.pdf", 100)
    submit_plan(actor=cast.inti, submission=plan, received_on=HANDED_IN_ON, on=HANDED_IN_ON)
    handed_in = named()
    store.discard(kept.digest)
    assert (in_order, of_a_draft, handed_in, named()) == ([], [], [], [("PLAN-2018 v1", "RA.pdf")])
