from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.domain.instruments.plans import AXIS, ENACTED, LINE, RENUMBERED, SMALL, TARGET, draft, published, row
from yupana.domain.instruments import policy, queries
from yupana.domain.instruments.facts import Heading, ItemRole
from yupana.domain.instruments.models import Edition, Item
from yupana.foundation.kernel.actor import NOBODY, OPERATOR, Actor, Role
from yupana.foundation.kernel.errors import Missing
from yupana.foundation.ledger.actions import seal
from yupana.foundation.ledger.verify import verify

pytestmark = pytest.mark.django_db

PLANNER = Actor(1, frozenset({(Role.PLANNER, 1)}))
ACTORS = [NOBODY, OPERATOR, *(Actor(1, frozenset({(role, 1)})) for role in Role)]
Budget = Callable[[int], AbstractContextManager[object]]


def test_an_edition_is_found_by_its_reference_draft_or_not() -> None:
    draft()
    assert queries.edition("QIPU/1").title == "Knots 1"


@pytest.mark.parametrize("ref", ["QIPU/2", "QIPU", "", "/", "qipu/1", "QIPU/1/"])
def test_what_is_not_named_exactly_is_missing(ref: str) -> None:
    draft()
    with pytest.raises(Missing) as missing:
        queries.edition(ref)
    assert missing.value.code == "edition-unknown"


def test_binding_items_are_the_lines_of_the_editions_asked_for() -> None:
    one = published()
    published("2", RENUMBERED)
    codes = queries.binding_items([one.pk]).values_list("role", "code")
    assert list(codes) == [("line", "1.1"), ("line", "1.2")]


def test_items_come_in_reading_order_with_their_parents(query_budget: Budget) -> None:
    one = published()
    with query_budget(1):
        found = [(item.code, item.parent.code if item.parent else "") for item in queries.items(one.pk)]
    assert found == [("1", ""), ("1.1", "1"), ("1.2", "1"), ("1.2.a", "1.2")]


# --- who reads what ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("actor", ACTORS)
def test_the_rule_for_one_is_the_rule_for_many(actor: Actor) -> None:
    published()
    published("2")
    draft("3")
    one_by_one = {each.pk for each in Edition.objects.all() if policy.can_read(actor, each)}
    assert {each.pk for each in policy.readable_by(actor, Edition.objects.all())} == one_by_one


@pytest.mark.parametrize("actor", ACTORS)
def test_a_draft_is_for_those_who_write_it(actor: Actor) -> None:
    published()
    draft("2")
    writes = actor in (OPERATOR, PLANNER)
    assert {each.code for each in queries.readable(actor)} == ({"1", "2"} if writes else {"1"})


def test_drafts_stand_first_and_then_the_newest() -> None:
    published()
    published("2")
    draft("3")
    assert [each.code for each in queries.readable(PLANNER)] == ["3", "2", "1"]


def test_a_draft_of_others_looks_as_if_it_were_not_there() -> None:
    draft()
    with pytest.raises(Missing) as hidden:
        queries.readable_edition(NOBODY, "QIPU/1")
    with pytest.raises(Missing) as absent:
        queries.readable_edition(NOBODY, "QIPU/2")
    assert (hidden.value.code, queries.readable_edition(PLANNER, "QIPU/1").code) == (absent.value.code, "1")


# --- what stands behind the record ---------------------------------------------------------------------------------
def test_the_content_of_a_publication_says_everything() -> None:
    one = published(rows=RENUMBERED)
    content = queries.content_of(one, follows="")
    items = content.pop("items")
    lineage = {item.code: str(item.lineage) for item in Item.objects.all()}
    assert (content, items) == (
        {
            "instrument": "QIPU",
            "title": "Knots plan",
            "kind": "plan",
            "edition": "1",
            "edition_title": "Knots 1",
            "legal_basis": "",
            "act": "D.S. 1",
            "published_on": ENACTED,
            "follows": "",
            "source_digest": "ab" * 32,
        },
        [
            {
                "role": role, "code": code, "text": text, "parent": parent, "binds": role == "line", "weight": weight,
                "lineage": lineage[code], "source_ref": where,
            }
            for role, code, text, parent, weight, where in [
                ("axis", "1", "Services that people reach", "", 10**9, "plan.csv:2"),
                ("line", "1.1", "One counter", "axis:1", 5 * 10**8, "plan.csv:3"),
                ("line", "1.3", "Open data", "axis:1", 5 * 10**8, "plan.csv:4"),
            ]
        ],
    )  # fmt: skip


def test_a_draft_has_no_content() -> None:
    draft()
    with pytest.raises(ValueError, match="published"):
        queries.content_of(Edition.objects.get(), follows="")


def test_a_cover_reads_back() -> None:
    draft(legal_basis="Law 1")
    assert queries.heading_of(Edition.objects.get()) == Heading("QIPU", "Knots plan", "plan", "1", "Knots 1", "Law 1")


def chain_of_editions() -> None:
    """Publish three editions that supersede each other, and one of another instrument between them."""
    published()
    draft("1", instrument="ABACUS")
    published("2", RENUMBERED, on=date(2025, 1, 1))
    draft("a", instrument="ABACUS", edition_title="A")
    published("3", on=date(2026, 1, 1))


def test_the_record_vouches_for_every_publication() -> None:
    chain_of_editions()
    seal()
    verdict = verify(queries.sealed_contents())
    assert (verdict.ok, verdict.entries) == (True, 3)


def test_what_follows_what_is_part_of_the_record() -> None:
    chain_of_editions()
    contents = [content.value for content in queries.sealed_contents()]
    assert [content["follows"] for content in contents if isinstance(content, dict)] == ["", "1", "2"]


FORGERIES = [
    "UPDATE instruments_item SET text = 'Open datA' WHERE code = '1.3'",
    "UPDATE instruments_item SET weight = weight + 1 WHERE code = '1.3'",
    "UPDATE instruments_item SET parent_id = NULL WHERE code = '1.3'",
    "UPDATE instruments_item SET code = '1.4' WHERE code = '1.3'",
    "UPDATE instruments_item SET role = 'guideline' WHERE code = '1.3'",
    "UPDATE instruments_item SET source_ref = '' WHERE code = '1.3'",
    "DELETE FROM instruments_item WHERE code = '1.3'",
    "UPDATE instruments_edition SET act = 'D.S. 2' WHERE code = '2'",
    "UPDATE instruments_edition SET title = 'Knots' WHERE code = '2'",
    "UPDATE instruments_edition SET legal_basis = 'Law 1' WHERE code = '2'",
    "UPDATE instruments_edition SET published_on = '2024-12-31' WHERE code = '2'",
]


@pytest.mark.parametrize("forgery", FORGERIES)
def test_one_change_behind_an_entry_is_named_by_its_position(unguarded_db: None, forgery: str) -> None:
    chain_of_editions()
    seal()
    with connection.cursor() as cursor:
        cursor.execute(forgery)
    verdict = verify(queries.sealed_contents())
    assert (verdict.first_broken, verdict.why) == (1, "content")


def test_the_record_is_read_in_few_queries(query_budget: Budget) -> None:
    chain_of_editions()
    with query_budget(5):
        assert len(list(queries.sealed_contents())) == 3


def test_what_an_edition_says_of_itself_is_not_read_with_each_of_its_items() -> None:
    held = published()
    with CaptureQueriesContext(connection) as asked:
        found = queries.facts(held.pk)
    [query] = asked.captured_queries
    read = [each for each in ('"instruments_edition"."more"', 'T3."body"', 'T3."more"') if each in query["sql"]]
    assert (read, [item.row.parent for item in found][:2]) == ([], [None, (ItemRole.AXIS, "1")])


def test_a_manuscript_says_what_binds_only_where_the_role_does_not() -> None:
    line = (LINE, "1.2")
    said = (row(LINE, "8", line, binds=True), row(LINE, "9", line, binds=False), row(TARGET, "7", line, binds=True))
    draft(rows=(*SMALL, *said))
    told = {each.key: each.binds for each in queries.manuscript(queries.edition("QIPU/1")).rows}
    usual = {f"{AXIS}:1": None, f"{LINE}:1.1": None, f"{LINE}:1.2": None, f"{TARGET}:1.2.a": None}
    assert told == usual | {f"{LINE}:8": None, f"{LINE}:9": False, f"{TARGET}:7": True}
