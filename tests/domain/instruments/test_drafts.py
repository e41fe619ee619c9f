"""Reading drafts: for their writers only, beside what they follow, and looked through."""

from __future__ import annotations

from datetime import date

import pytest

from tests.domain.instruments.drafts import REF, begun, change, lineage
from tests.domain.instruments.plans import draft as import_draft
from tests.domain.instruments.plans import enact, published
from yupana.domain.instruments import queries
from yupana.domain.instruments.models import Document, Edition
from yupana.domain.instruments.policy import can_edit
from yupana.domain.instruments.rules.lint import LintRule
from yupana.foundation.kernel.actor import NOBODY, OPERATOR, Actor, Role
from yupana.foundation.kernel.errors import Conflict, Forbidden, Missing

pytestmark = pytest.mark.django_db
PLANNER = Actor(1, frozenset({(Role.PLANNER, 1)}))
TODAY = date(2026, 1, 1)


def test_a_draft_is_found_by_its_writers_only() -> None:
    begun()
    with pytest.raises(Missing):
        queries.draft(NOBODY, REF)
    assert [queries.draft(actor, REF).code for actor in (PLANNER, OPERATOR)] == ["2", "2"]


def test_what_is_published_is_no_draft_for_anybody() -> None:
    published()
    with pytest.raises(Conflict, match="edition-not-draft"):
        queries.draft(PLANNER, "QIPU/1")
    with pytest.raises(Forbidden):
        queries.draft(NOBODY, "QIPU/1")


def test_who_may_edit_one_may_edit_it_only_while_it_is_a_draft() -> None:
    begun()
    held = {each.code: each for each in Edition.objects.all()}
    found = [(can_edit(actor), can_edit(actor, held["1"]), can_edit(actor, held["2"])) for actor in (PLANNER, NOBODY)]
    assert found == [(True, False, True), (False, False, False)]


def test_a_draft_follows_what_is_in_force_and_an_edition_the_one_before_it() -> None:
    import_draft("0")
    first = Edition.objects.get(code="0")
    assert queries.previous(first) is None
    enact("0")
    published("1")
    import_draft("2")
    follows = {each.code: queries.previous(each) for each in Edition.objects.select_related("instrument")}
    assert {code: each.code if each else "" for code, each in follows.items()} == {"0": "", "1": "0", "2": "1"}


def test_an_audience_without_a_body_is_a_fault_only_on_a_day() -> None:
    begun()
    change("1.1", audience="code:NOBODY-HAS-IT")
    held = queries.edition(REF)
    found = [
        [each.item for each in queries.looked_through(held, on=on) if each.rule is LintRule.AUDIENCE_EMPTY]
        for on in (TODAY, None)
    ]
    assert found == [["line:1.1"], []]


def test_what_is_attached_or_was_read_from_can_be_linked_to() -> None:
    begun()
    change("1.1", body="[a](annex.pdf) [b](plan.csv) [c](gone.pdf)")
    held = queries.edition(REF)
    Document.objects.create(edition=held, name="annex.pdf", digest="ab" * 32, media_type="application/pdf", size=1)
    dead = [each.params["found"] for each in queries.looked_through(held) if each.rule is LintRule.DEAD_LINK]
    assert dead == ["gone.pdf"]


def test_a_branch_has_another_word_as_soon_as_anything_in_it_changes() -> None:
    begun()
    words = [queries.branch(queries.edition(REF), lineage("1")).seen]
    change("1.2.a", text="Otherwise")
    words.append(queries.branch(queries.edition(REF), lineage("1")).seen)
    change("1.2", body="More")
    words.append(queries.branch(queries.edition(REF), lineage("1")).seen)
    assert len(set(words)) == 3
