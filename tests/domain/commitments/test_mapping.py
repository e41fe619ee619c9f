"""What an entity said of a form: its own, replaced when it is said anew, and no part of any plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction

from tests.cast import Cast, make_call, make_draft, make_edition, obligation_of
from yupana.domain.commitments.actions.mapping import remember_mapping
from yupana.domain.commitments.mappings import remembered
from yupana.domain.commitments.models import Mapping
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.ledger.models import Entry

if TYPE_CHECKING:
    from yupana.domain.submissions.models import Submission

FORM, OTHER = "a" * 64, "b" * 64


@pytest.fixture
def draft(cast: Cast) -> Submission:
    make_edition()
    return make_draft(cast.inti, obligation_of(make_call(), cast.a))


def test_what_was_said_last_is_what_is_remembered_and_nothing_of_it_is_recorded(cast: Cast, draft: Submission) -> None:
    entries = Entry.objects.count()
    for field in ("name", "result"):
        remember_mapping(actor=cast.inti, submission=draft, signature=FORM, name="POA", columns={"field": field})
    found = [remembered(cast.inti, draft, signature) for signature in (FORM, OTHER)]
    assert (found, Mapping.objects.count(), Entry.objects.count() - entries) == ([{"field": "result"}, None], 1, 0)


@pytest.mark.parametrize("who", ["killa", "amaru", "executive", "expired"])
def test_nobody_else_says_or_knows_it(cast: Cast, draft: Submission, who: str) -> None:
    remember_mapping(actor=cast.inti, submission=draft, signature=FORM, name="POA", columns={})
    with pytest.raises(Refused) as caught:
        remember_mapping(actor=getattr(cast, who), submission=draft, signature=FORM, name="x", columns={})
    assert (caught.value.code, remembered(getattr(cast, who), draft, FORM)) == ("not-entity-planner", None)


@pytest.mark.parametrize("signature", ["", "a" * 63, "A" * 64, "../" + "a" * 61])
def test_what_names_no_form_is_refused(cast: Cast, draft: Submission, signature: str) -> None:
    with pytest.raises(Refused) as caught:
        remember_mapping(actor=cast.inti, submission=draft, signature=signature, name="POA", columns={})
    assert caught.value.code == "layout-malformed"


def test_the_database_keeps_one_for_each_form(cast: Cast, draft: Submission) -> None:
    saved = remember_mapping(actor=cast.inti, submission=draft, signature=FORM, name="POA", columns={})
    with pytest.raises(IntegrityError), transaction.atomic():
        Mapping.objects.create(entity=saved.entity, signature=FORM, name="x", columns={})
