"""What an open call froze is kept by the database itself, also against those who speak SQL to it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError

from tests.domain.instruments.forging import execute, refuses
from tests.domain.obligations.calls import DUE, TODAY, opened, owed
from yupana.domain.entities.queries import valid
from yupana.domain.obligations.actions import close_call, extend, waive
from yupana.domain.obligations.models import Call, CallEdition, Extension, Obligation, Scope, ScopeItem, Waiver
from yupana.foundation.kernel.actor import OPERATOR

pytestmark = pytest.mark.django_db

MODELS = (Call, CallEdition, Scope, ScopeItem, Obligation, Extension, Waiver)
TABLES = [model._meta.db_table for model in MODELS]  # noqa: SLF001 - Django's documented way to a model's table
# What each column of an open call might be turned into.
CALL_COLUMNS = {
    "id": "id + 1000",
    "code": "'OTHER'",
    "title": "'Other'",
    "audience": "'level:central'",
    "opens_on": "'2020-01-01'",
    "due_on": "'2030-01-01'",
    "period": "'2030'",
    "expects": "'progress'",
    "asks_target": "NOT asks_target",
    "asks_responsible": "NOT asks_responsible",
    "asks_budget": "NOT asks_budget",
    "visibility": "'restricted'",
    "historical": "NOT historical",
    "remedy_days": "remedy_days + 1",
    "since_id": "(SELECT MIN(id) FROM instruments_edition)",
    "plan_type": "'poa'",
    "calendar": "'bolivia'",
    "follows_id": "id",
    "locks_on": "'2031-01-01'",
    "entry_id": "entry_id + 1",
}
# One row more of each frozen kind, copied from one that stands.
COPIES = {
    "call": (
        "INSERT INTO obligations_call (code, title, state, audience, opens_on, due_on, period, expects, asks_target,"
        " asks_responsible, asks_budget, visibility, historical, remedy_days, entry_id)"
        " SELECT 'new', title, state, audience, opens_on, due_on, period, expects, asks_target, asks_responsible,"
        " asks_budget, visibility, historical, remedy_days, 0 FROM obligations_call"
    ),
    "edition": (
        'INSERT INTO obligations_calledition (call_id, edition_id, "order")'
        " SELECT call_id, edition_id + 1, 1 FROM obligations_calledition"
    ),
    "scope": "INSERT INTO obligations_scope (call_id, digest) SELECT call_id, 'new' FROM obligations_scope",
    "item": (
        "INSERT INTO obligations_scopeitem (scope_id, item_id)"
        " SELECT scope_id, MAX(item_id) + 1 FROM obligations_scopeitem GROUP BY scope_id"
    ),
    "obligation": (
        "INSERT INTO obligations_obligation (call_id, debtor_id, period, subject, scope_id, due_on, level_id,"
        " territory) SELECT call_id, debtor_id, period, 'new', scope_id, due_on, level_id, territory"
        " FROM obligations_obligation"
    ),
}


@pytest.fixture
def call() -> Call:
    call = opened()
    extend(actor=OPERATOR, obligation=owed(call), due_on=date(2024, 9, 1), reason="flood", act="RA 7", on=TODAY)
    waive(actor=OPERATOR, obligation=owed(call), reason="no offices", act="RA 8", on=TODAY)
    return call


@pytest.mark.parametrize(("column", "value"), CALL_COLUMNS.items())
def test_no_term_of_an_open_call_changes(call: Call, column: str, value: str) -> None:
    assert refuses("UPDATE obligations_call SET {column} = {value}", column=column, value=value)


def test_a_deadline_neither_disappears_nor_comes_out_of_nothing(call: Call) -> None:
    gone = refuses("UPDATE obligations_call SET due_on = NULL")
    assert (gone, Call.objects.get().due_on) == (True, DUE)


def test_every_column_of_a_call_but_its_state_and_its_closing_is_tried() -> None:
    columns = {field.column for field in Call._meta.concrete_fields}  # noqa: SLF001 - Django's way to a model's fields
    assert columns - {"state", "closing_entry_id"} == set(CALL_COLUMNS)


def test_an_open_call_is_never_a_draft_again(call: Call) -> None:
    assert refuses("UPDATE obligations_call SET state = 'draft', entry_id = NULL")


def test_a_closed_call_does_not_open_again(call: Call) -> None:
    close_call(actor=OPERATOR, call=call, on=TODAY)
    assert refuses("UPDATE obligations_call SET state = 'open', closing_entry_id = NULL")


@pytest.mark.parametrize("table", TABLES)
def test_nothing_of_an_open_call_is_deleted(call: Call, table: str) -> None:
    assert refuses("DELETE FROM {table}", table=table)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        (model._meta.db_table, field.column)  # noqa: SLF001 - Django's way to a model's table and fields
        for model in MODELS[1:]
        for field in model._meta.concrete_fields  # noqa: SLF001 - the same
    ],
)
def test_no_column_of_what_a_call_froze_is_even_touched(call: Call, table: str, column: str) -> None:
    assert refuses('UPDATE {table} SET "{column}" = "{column}"', table=table, column=column)


@pytest.mark.parametrize("kind", COPIES)
def test_nothing_is_added_to_an_open_call(call: Call, kind: str) -> None:
    assert refuses(COPIES[kind])


def test_a_draft_is_free_until_it_opens() -> None:
    one = opened()
    draft = Call.objects.create(
        code="DRAFT", title="Draft", audience="all", opens_on=one.opens_on, due_on=one.due_on, period="2024",
        expects="plan", asks_target=True, asks_responsible=True, asks_budget=True, visibility="public",
    )  # fmt: skip
    CallEdition.objects.create(call=draft, edition=one.editions.get(), order=0)
    scope = Scope.objects.create(call=draft, digest="a" * 64)
    ScopeItem.objects.create(scope=scope, item=one.scopes.get().items.all()[0])
    body = valid(TODAY)[0]
    Obligation.objects.create(call=draft, debtor=body, period="2024", scope=scope, level_id="municipal")
    Call.objects.filter(pk=draft.pk).update(title="Still a draft")
    assert (draft.obligations.count(), Call.objects.get(pk=draft.pk).title) == (1, "Still a draft")


# --- named constraints ---------------------------------------------------------------------------------------------
IMPOSSIBLE = {
    "call_due_after_opening": "due_on = '2024-03-31'",
    "call_due_unless_historical": "due_on = NULL",
    "call_opened_by_entry": "entry_id = NULL",
    "call_closed_by_entry": "state = 'closed'",
    "call_has_code_and_title": "title = ''",
    "call_expects_known": "expects = 'census'",
    "call_for_progress_follows": "expects = 'progress'",
    "call_visibility_known": "visibility = 'secret'",
}


@pytest.mark.parametrize(("name", "change"), IMPOSSIBLE.items())
def test_the_database_refuses_the_impossible(unguarded_db: None, call: Call, name: str, change: str) -> None:
    with pytest.raises(IntegrityError, match=name):
        execute("UPDATE obligations_call SET {change}", change=change)


@pytest.mark.parametrize(
    ("table", "name"), [("extension", "extension_has_reason_and_act"), ("waiver", "waiver_has_reason_and_act")]
)
@pytest.mark.parametrize("column", ["reason", "act"])
def test_an_act_has_its_reason(unguarded_db: None, call: Call, table: str, name: str, column: str) -> None:
    with pytest.raises(IntegrityError, match=name):
        execute("UPDATE obligations_{table} SET {column} = ''", table=table, column=column)


def test_nobody_owes_the_same_twice(unguarded_db: None, call: Call) -> None:
    with pytest.raises(IntegrityError):
        execute(COPIES["obligation"].replace("'new'", "subject"))
