"""The drill: saved while others write, restored elsewhere, on both databases and across them; it proves itself."""

from __future__ import annotations

import stat
import threading
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, connections, transaction

from tests.cast import hand_in, make_call, make_edition, make_entities, make_people, make_plan, obligation_of
from tests.stands import VENDORS, WAYS, Stand
from yupana.domain.commitments.actions import erase_plan
from yupana.domain.entities.actions import import_register
from yupana.domain.entities.facts import EntityRow
from yupana.domain.people.models import Person
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.ledger import guards, memory
from yupana.foundation.ledger.models import Entry
from yupana.foundation.ledger.queries import head, unsealed_count
from yupana.foundation.safekeeping.backup import backup, count
from yupana.foundation.safekeeping.restore import restore
from yupana.foundation.safekeeping.tables import kept, rows_of, table_of
from yupana.interfaces.cli.safekeeping import prove
from yupana.projections.followers import tick
from yupana.projections.proof import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cast import Cast

    Make = Callable[[str], Stand]

DAY = date(2018, 7, 2)


def tell() -> Cast:
    """Bring a small State about: an accepted plan, one handed in, one erased, and a fact that waits for its seal."""
    cast = make_people(make_entities())
    make_edition()
    call = make_call()
    make_plan(cast, obligation_of(call, cast.a))
    plan = hand_in(cast.killa, obligation_of(call, cast.b))
    erase_plan(actor=OPERATOR, submission=plan, act="Sentencia 3/2018", on=DAY)
    tick()
    register("9")
    return cast


def register(number: str) -> None:
    """Somebody writes meanwhile."""
    row = EntityRow("more.csv:2", number, f"X-{number}", f"Entidad {number} «ñ»\u2028", bindable=False)
    import_register(actor=OPERATOR, source="more", rows=[row], on=DAY)


def everything() -> dict[str, list[list[object]]]:
    """Every row of every table; the figures say when they last followed, and that is each time now."""
    rows = {table_of(model): list(rows_of(model)) for model in kept(apps)}
    return {**rows, "figures_cursor": [row[:-1] for row in rows["figures_cursor"]]}


@pytest.fixture(scope="module")
def told(stands_of_module: Make) -> dict[str, Stand]:
    """A State on each database, which no test changes."""
    made = {vendor: stands_of_module(vendor).migrated() for vendor in VENDORS}
    for stand in made.values():
        with stand.used():
            tell()
    return made


@pytest.mark.parametrize(("source", "target"), WAYS)
def test_what_is_restored_is_what_was_saved_and_proves_itself(
    source: str, target: str, told: dict[str, Stand], stands: Make, tmp_path: Path
) -> None:
    with told[source].used():
        saved, size, root = everything(), head().size, head().root
        made = backup(tmp_path / "b.zip")
        assert (made.entries, made.root, made.rows) == (size, root, count())
    with stands(target).used():
        restore(tmp_path / "b.zip", prove=prove)
        assert everything() == saved
        verdict = verify()
        assert (verdict.ok, verdict.root, verdict.entries, len(verdict.erased)) == (True, root, size, 1)
        assert (guards.missing(connection), unsealed_count(), memory.recall()) == ([], 1, memory.State(size, root))


@pytest.mark.parametrize("vendor", VENDORS)
def test_life_goes_on_in_what_was_restored(vendor: str, told: dict[str, Stand], stands: Make, tmp_path: Path) -> None:
    with told[vendor].used():
        backup(tmp_path / "b.zip")
        size = head().size
    with stands(vendor).used():
        restore(tmp_path / "b.zip", prove=prove)
        register("10")  # new rows take numbers of their own
        ticked = tick()
        assert (ticked.sealed, verify().ok, head().size, Person.objects.count()) == (2, True, size + 2, 6)
        with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
            Entry.objects.update(leaf=b"forged")


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_writer_at_work_is_neither_hindered_nor_half_saved(vendor: str, stands: Make, tmp_path: Path) -> None:
    """In the middle of the backup another connection writes, seals and commits."""
    stand = stands(vendor).migrated()
    with stand.used():
        tell()
        tick()
        saved, wrote = everything(), list[int]()

        def write() -> None:
            with stand.used():
                register("77")
                wrote.append(tick().sealed)

        def meanwhile(_rows: int) -> None:
            if not wrote:
                writer = threading.Thread(target=write)
                writer.start()
                writer.join()

        backup(tmp_path / "b.zip", meanwhile)
        assert (wrote, everything() == saved) == ([1], False)
    with stands(vendor).used():
        restore(tmp_path / "b.zip", prove=prove)
        assert everything() == saved


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_backup_is_for_its_owner_and_leaves_nothing_beside_it(
    vendor: str, told: dict[str, Stand], tmp_path: Path
) -> None:
    with told[vendor].used():
        ours = connections["default"]
        backup(tmp_path / "b.zip")
        assert connections["default"] is ours
    made = [path.name for path in tmp_path.iterdir() if path.is_file()]
    assert (made, stat.S_IMODE((tmp_path / "b.zip").stat().st_mode)) == (["b.zip"], 0o600)


def test_a_backup_never_replaces_a_file(told: dict[str, Stand], tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_text("older")
    with told[VENDORS[-1]].used(), pytest.raises(Refused) as refused:
        backup(tmp_path / "b.zip")
    assert (refused.value.code, (tmp_path / "b.zip").read_text()) == ("backup-exists", "older")


def test_a_backup_that_fails_leaves_nothing(told: dict[str, Stand], tmp_path: Path) -> None:
    def stop(_rows: int) -> None:
        raise KeyboardInterrupt

    with told[VENDORS[-1]].used(), pytest.raises(KeyboardInterrupt):
        backup(tmp_path / "b.zip", stop)
    assert [path for path in tmp_path.iterdir() if path.is_file()] == []


def test_progress_counts_every_row_once_to_save_and_twice_to_restore(
    told: dict[str, Stand], stands: Make, tmp_path: Path
) -> None:
    saved, restored = list[int](), list[int]()
    with told["sqlite"].used():
        backup(tmp_path / "b.zip", saved.append)
        rows = count()
    with stands("sqlite").used():
        restore(tmp_path / "b.zip", prove=prove, tick=restored.append)
    assert (sum(saved), sum(restored)) == (rows, 2 * rows)


def test_neither_sessions_nor_keys_are_in_it(told: dict[str, Stand], stands: Make, tmp_path: Path) -> None:
    import zipfile  # noqa: PLC0415 - only here

    with told["sqlite"].used():
        backup(tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        names = " ".join(archive.namelist())
    assert ("tables/people_person.ndjson" in names, "session" in names, "key" in names) == (True, False, False)


# --- all or nothing --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("vendor", VENDORS)
def test_what_holds_anything_is_not_restored_over(vendor: str, told: dict[str, Stand], tmp_path: Path) -> None:
    with told[vendor].used():
        backup(tmp_path / "b.zip")
        before = everything()
        with pytest.raises(Refused) as refused:
            restore(tmp_path / "b.zip", prove=prove)
        assert (refused.value.code, everything() == before) == ("restore-not-empty", True)


@pytest.mark.parametrize("vendor", VENDORS)
def test_tables_without_a_row_are_an_empty_database(
    vendor: str, told: dict[str, Stand], stands: Make, tmp_path: Path
) -> None:
    with told[vendor].used():
        backup(tmp_path / "b.zip")
    with stands(vendor).migrated().used():
        restore(tmp_path / "b.zip", prove=prove)
        assert verify().ok


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_table_of_somebody_else_is_left_alone(
    vendor: str, told: dict[str, Stand], stands: Make, tmp_path: Path
) -> None:
    with told[vendor].used():
        backup(tmp_path / "b.zip")
    with stands(vendor).used():
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE strange (x integer)")
        with pytest.raises(Refused) as refused:
            restore(tmp_path / "b.zip", prove=prove)
        assert (refused.value.code, connection.introspection.table_names()) == ("restore-not-empty", ["strange"])


@pytest.mark.parametrize("vendor", VENDORS)
def test_what_does_not_prove_itself_leaves_nothing_behind(
    vendor: str, told: dict[str, Stand], stands: Make, tmp_path: Path
) -> None:
    def refuse() -> None:
        assert Entry.objects.exists()
        raise Refused("restore-unproved", why="content 3")

    with told[vendor].used():
        backup(tmp_path / "b.zip")
    with stands(vendor).used() as stand:
        with pytest.raises(Refused):
            restore(tmp_path / "b.zip", prove=refuse)
        assert [path.name for path in stand.home.iterdir() if path.stat().st_size] == []
        assert connection.introspection.table_names() == []


def test_the_log_of_a_database_that_is_gone_is_not_read_into_the_new_one(
    told: dict[str, Stand], stands: Make, tmp_path: Path
) -> None:
    with told["sqlite"].used():
        backup(tmp_path / "b.zip")
    with stands("sqlite").used() as stand:
        (stand.home / "yupana.sqlite3-wal").write_bytes(b"left over")
        with pytest.raises(Refused) as refused:
            restore(tmp_path / "b.zip", prove=prove)
        assert refused.value.code == "restore-not-empty"


@pytest.mark.parametrize("vendor", VENDORS)
@pytest.mark.parametrize(
    ("forgery", "why"),
    [
        ("UPDATE entities_entity SET name = 'Otra' WHERE code = 'A-1'", "figures"),
        ("UPDATE commitments_activity SET name = 'Otro'", "content"),
        ("UPDATE figures_cell SET due = due + 1", "figures"),
    ],
)
def test_a_forged_database_is_saved_and_not_restored(
    vendor: str, forgery: str, why: str, stands: Make, tmp_path: Path
) -> None:
    with stands(vendor).migrated().used():
        tell()
        guards.remove(connection)
        with connection.cursor() as cursor:
            cursor.execute(forgery)
        backup(tmp_path / "b.zip")
    with stands(vendor).used():
        with pytest.raises(Refused) as refused:
            restore(tmp_path / "b.zip", prove=prove)
        assert (refused.value.code, connection.introspection.table_names()) == ("restore-unproved", [])
