"""What is published is kept by the database itself, also against those who speak SQL to it."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from tests.domain.instruments.forging import execute, refuses
from tests.domain.instruments.plans import RENUMBERED, draft, published
from yupana.domain.instruments.models import Edition, Instrument, Item

pytestmark = pytest.mark.django_db

ITEM_COPY = (
    'INSERT INTO instruments_item (edition_id, parent_id, role, binds, code, text, weight, lineage, "order",'
    " source_ref) SELECT edition_id, parent_id, role, binds, 'new', text, weight, lineage, 99, source_ref"
    " FROM instruments_item"
)
EDITION_COPY = (
    "INSERT INTO instruments_edition (instrument_id, code, title, state, legal_basis, act, published_on, source_digest,"
    " entry_id) SELECT instrument_id, 'new', title, state, legal_basis, act, published_on, source_digest, 0"
    " FROM instruments_edition"
)
# What each column of a published edition might be turned into.
EDITION_COLUMNS = {
    "id": "id + 1000",
    "instrument_id": "instrument_id + 1",
    "code": "'9'",
    "title": "'Other'",
    "legal_basis": "'Law 1'",
    "act": "'D.S. 2'",
    "published_on": "'2020-01-01'",
    "source_digest": "''",
    "more": "'[1]'",
    "version": "version + 1",
    "edited": "NOT edited",
    "entry_id": "entry_id + 1",
}


@pytest.mark.parametrize(("column", "value"), EDITION_COLUMNS.items())
def test_no_column_of_a_published_edition_changes(column: str, value: str) -> None:
    published()
    assert refuses("UPDATE instruments_edition SET {column} = {value}", column=column, value=value)


def test_every_column_of_an_edition_but_its_state_is_tried() -> None:
    columns = {field.column for field in Edition._meta.concrete_fields}  # noqa: SLF001 - Django's way to a model's fields
    assert columns - {"state"} == set(EDITION_COLUMNS)


@pytest.mark.parametrize("column", [field.column for field in Item._meta.concrete_fields])  # noqa: SLF001 - the same
def test_no_column_of_a_published_item_is_even_touched(column: str) -> None:
    published()
    assert refuses('UPDATE instruments_item SET "{column}" = "{column}"', column=column)


@pytest.mark.parametrize("table", ["instruments_item", "instruments_edition"])
def test_nothing_published_is_deleted(table: str) -> None:
    published()
    assert refuses("DELETE FROM {table}", table=table)


def test_a_published_edition_takes_no_item_more() -> None:
    published()
    assert refuses(ITEM_COPY)


def test_no_edition_is_born_published() -> None:
    published()
    assert refuses(EDITION_COPY)


def test_no_item_moves_into_a_published_edition() -> None:
    target = published()
    draft("2", RENUMBERED)
    assert refuses(
        "UPDATE instruments_item SET edition_id = {pk}, code = 'x', \"order\" = 99 WHERE edition_id <> {pk}",
        pk=target.pk,
    )


@pytest.mark.parametrize("state", ["superseded", "repealed"])
def test_what_was_published_moves_on_and_never_back(state: str) -> None:
    published()
    execute("UPDATE instruments_edition SET state = '{state}'", state=state)
    back = [refuses("UPDATE instruments_edition SET state = '{to}'", to=to) for to in ("draft", "published")]
    assert (Edition.objects.get().state, back) == (state, [True, True])


@pytest.mark.parametrize(("column", "value"), [("code", "'X'"), ("title", "'X'"), ("kind", "'X'"), ("id", "id + 1")])
def test_an_instrument_is_not_renamed_after_its_first_publication(column: str, value: str) -> None:
    published()
    assert refuses("UPDATE instruments_instrument SET {column} = {value}", column=column, value=value)


def test_every_column_of_an_instrument_is_tried() -> None:
    assert {field.column for field in Instrument._meta.concrete_fields} == {"id", "code", "title", "kind"}  # noqa: SLF001 - the same


def test_a_draft_beside_what_is_published_is_free() -> None:
    one = published()
    draft("2")
    Item.objects.filter(edition__code="2").update(text="Other")
    Edition.objects.filter(code="2").update(title="Other")
    Edition.objects.filter(code="2").delete()
    assert list(Edition.objects.values_list("pk", flat=True)) == [one.pk]


# --- named constraints ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("sql", "name"),
    [
        ("UPDATE instruments_instrument SET title = ''", "instrument_has_code_and_title"),
        ("UPDATE instruments_edition SET state = 'odd', act = 'a', published_on = '2024-01-01'", "edition_"),
        ("UPDATE instruments_edition SET state = 'published'", "edition_published_by_act"),
        ("UPDATE instruments_edition SET act = 'D.S. 1'", "edition_published_by_act"),
        ("UPDATE instruments_item SET role = 'odd'", "item_role_known"),
        ("UPDATE instruments_item SET text = ''", "item_has_code_and_text"),
        ("UPDATE instruments_item SET weight = 1000000001", "item_weight_within_whole"),
        ("UPDATE instruments_item SET parent_id = id", "item_not_own_parent"),
    ],
)
def test_the_database_refuses_the_impossible(sql: str, name: str) -> None:
    draft()
    with pytest.raises(IntegrityError, match=name):
        execute(sql)


@pytest.mark.parametrize("column", ["code", '"order"', "lineage"])
def test_no_two_items_of_an_edition_share_what_names_them(column: str) -> None:
    draft()
    with pytest.raises(IntegrityError):
        execute(
            "UPDATE instruments_item SET {column} = (SELECT {column} FROM instruments_item WHERE code = '1.1')"
            " WHERE role = 'line'",
            column=column,
        )
