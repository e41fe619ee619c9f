"""Whatever somebody writes into a column that the record vouches for, verification ends in a verdict that says where.

SQLite stores any value in any column, PostgreSQL only what fits its type; a value that the database itself refuses is
no forgery.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from tests.cast import Cast
from tests.projections.test_proof import story
from yupana.domain.commitments.actions import erase_plan
from yupana.domain.submissions.models import Submission
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.ledger import guards
from yupana.interfaces.cli.database import read_as_it_stands
from yupana.projections.followers import tick
from yupana.projections.proof import verify

__all__ = ["story"]

# By table: the row that is touched, and its columns that an entry vouches for.
SEALED = {
    "ledger_entry": ("MAX", "leaf leaf_hash position"),
    "ledger_salt": ("MAX", "entry_id salt"),
    "ledger_checkpoint": ("MIN", "number size root peaks"),
    "ledger_erasure": ("MAX", "erased_id entry_id act"),
    "entities_entity": (
        "MAX",
        (
            "source source_id code name acronym parent_id tutelage_id level_id kind sector territory bindable"
            " valid_from valid_to path"
        ),
    ),
    "entities_registration": ("MAX", "entity_id version content entry_id"),
    "entities_succession": ("MAX", "predecessor_id successor_id on act entry_id"),
    "people_mandate": ("MIN", "person_id entity_id role starts_on ends_on ended_on entry_id end_entry_id"),
    "instruments_instrument": ("MAX", "code title kind"),
    "instruments_edition": (
        "MAX",
        "instrument_id code title state legal_basis act published_on source_digest entry_id",
    ),
    "instruments_item": ("MAX", "edition_id parent_id role binds code text weight lineage source_ref"),
    "obligations_call": (
        "MAX",
        (
            "code title state audience opens_on due_on period expects asks_target asks_responsible asks_budget"
            " visibility historical remedy_days entry_id closing_entry_id"
        ),
    ),
    "obligations_calledition": ("MAX", "call_id edition_id"),
    "obligations_scope": ("MAX", "call_id digest"),
    "obligations_scopeitem": ("MAX", "scope_id item_id"),
    "obligations_obligation": ("MAX", "call_id debtor_id period subject scope_id due_on level_id territory"),
    "obligations_extension": ("MAX", "obligation_id due_on reason act entry_id"),
    "obligations_waiver": ("MAX", "obligation_id reason act entry_id"),
    "submissions_submission": (
        "MAX",
        (
            "obligation_id version state channel received_on date_doubt cites resolution resolution_state document_url"
            " notes asks_target asks_responsible asks_budget transcribed_by_id transcribed confirmed source_ref source"
            " entry_id"
        ),
    ),
    "submissions_step": (
        "MAX",
        "submission_id before after on by_id reason remedy_until met_on resolution_due_on entry_id",
    ),
    "submissions_remark": ("MAX", "step_id row text"),
    "commitments_activity": (
        "MAX",
        (
            "submission_id row item_id medium name responsible result indicator target budget_cents starts ends notes"
            " source_ref source"
        ),
    ),
    "commitments_reclassification": ("MAX", "activity_id item_id reason entry_id"),
    "commitments_yearone": ("MAX", "obligation_id year entry_id"),
}
# As SQL: another text, bytes, nothing, a text that is no UTF-8, and a number that is too large for any column.
VALUES = {
    "sqlite": ("'zz'", "x'ff00'", "NULL", "CAST(x'ff41' AS TEXT)", "1e30"),
    "postgresql": ("'zz'", "'\\xff00'", "NULL", "-7", "'2999-01-01'", "true"),
}


FORGE = "UPDATE {table} SET {column} = {value} WHERE {key} = {pk}"


class Undone(Exception):  # noqa: N818 (the way out of a transaction)
    """Take a forgery back."""


@contextmanager
def forged(table: str, row: str, column: str, value: str) -> Iterator[bool]:
    """Write a value into a column, and take it back; False where it stands there already or the database refuses."""
    key = "entry_id" if table == "ledger_salt" else "id"
    told = {"table": table, "key": key, "row": row, "column": f'"{column}"', "value": value}
    with suppress(Undone), transaction.atomic(), connection.cursor() as cursor:
        find = "SELECT {row}({key}) FROM {table}"
        cursor.execute(find.format(**told))
        told["pk"] = str(cursor.fetchone()[0])
        shown = "SELECT CAST({column} AS text), CAST({value} AS text) FROM {table} WHERE {key} = {pk}"
        cursor.execute(shown.format(**told))
        before, after = cursor.fetchone()
        differs = before != after
        try:
            with transaction.atomic():
                cursor.execute(FORGE.format(**told))
        except DatabaseError:
            differs = False
        yield differs
        raise Undone


@pytest.fixture
def forgeable(story: Cast) -> Iterator[None]:
    """The whole story, with an erasure; on a database that nothing guards."""
    first = Submission.objects.exclude(entry=None).order_by("pk")[0]
    erase_plan(actor=OPERATOR, submission=first, act="RA 9/2019", on=date(2019, 1, 1))
    tick()
    guards.remove(connection)
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        if sqlite:
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        yield
        if sqlite:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


def believed(table: str, row: str, column: str, value: str) -> bool:
    """Whether a forgery passes, or is found without saying where."""
    with read_as_it_stands(), forged(table, row, column, value) as differs:
        return differs and verify().first_broken is None


@pytest.mark.parametrize("table", SEALED)
def test_whatever_stands_in_a_sealed_column_is_named_by_its_position(forgeable: None, table: str) -> None:
    row, columns = SEALED[table]
    tried = [(column, value) for column in columns.split() for value in VALUES[connection.vendor]]
    assert [each for each in tried if believed(table, row, *each)] == []


def test_the_story_itself_is_whole(forgeable: None) -> None:
    assert (verify().first_broken, len(verify().erased)) == (None, 1)
