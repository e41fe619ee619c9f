"""Backup, restore and the act that lets an older record go on, as an operator uses them."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from tests.interfaces.cli.conftest import ENTITIES, Said, run
from tests.stands import VENDORS, Stand
from tools.docs import commands
from yupana.foundation.ledger import memory
from yupana.foundation.ledger.queries import head
from yupana.interfaces.cli import database
from yupana.interfaces.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Make = Callable[[str], Stand]


def yupana(*arguments: object, typed: str = "") -> Said:
    return run("--lang", "en", *arguments, typed=typed)


def register(stand: Stand, name: str = "Estado del Sauce") -> None:
    """Record and seal something; another name each time is another entry."""
    file = stand.home / "register.csv"
    file.write_text(ENTITIES.replace("Estado del Sauce", name), encoding="utf-8")
    assert yupana("import", "entities", file, "--source", "s").code == 0


@pytest.fixture(params=VENDORS)
def source(request: pytest.FixtureRequest, stands: Make) -> Stand:
    """A small State."""
    stand = stands(request.param).migrated()
    with stand.used():
        register(stand)
    return stand


def test_a_backup_says_what_is_in_it(source: Stand, tmp_path: Path) -> None:
    with source.used():
        said = yupana("backup", tmp_path / "b.zip", "--json")
        told = {"bytes": (tmp_path / "b.zip").stat().st_size, "entries": head().size, "root": head().root}
    assert (said.code, said.json["rows"] > 10, {name: said.json[name] for name in told}) == (0, True, told)


def test_a_backup_and_its_restoring_tell_people_too(source: Stand, stands: Make, tmp_path: Path) -> None:
    with source.used():
        said, root = yupana("backup", tmp_path / "b.zip"), head().root
    with stands(source.vendor).used():
        back = yupana("restore", tmp_path / "b.zip")
    assert (root in said.out, root in back.out, "Backing up" in said.err, "Restoring" in back.err) == (True,) * 4


def test_what_is_restored_verifies_and_goes_on(source: Stand, stands: Make, tmp_path: Path) -> None:
    with source.used():
        assert yupana("backup", tmp_path / "b.zip").code == 0
        root = head().root
    with stands(source.vendor).used() as stand:
        assert yupana("restore", tmp_path / "b.zip", "--json").json["root"] == root
        checks = [yupana("verify").code, yupana("figures", "check").code, yupana("tick").code]
        register(stand, "Estado del Ceibo")
        assert (checks, yupana("verify", "--json").json["ok"]) == ([0, 0, 0], True)


def test_nothing_is_restored_over_a_state(source: Stand, tmp_path: Path) -> None:
    with source.used():
        assert yupana("backup", tmp_path / "b.zip").code == 0
        said, before = yupana("restore", tmp_path / "b.zip"), head()
        assert (said.code, "not empty" in said.err, head()) == (1, True, before)


def test_nothing_is_restored_into_a_home_that_is_served(source: Stand, stands: Make, tmp_path: Path) -> None:
    with source.used():
        assert yupana("backup", tmp_path / "b.zip").code == 0
    with stands(source.vendor).used(), database.serving():
        said = yupana("restore", tmp_path / "b.zip")
        assert (said.code, "yupana serve" in said.err, connection.introspection.table_names()) == (1, True, [])


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_place_that_is_not_there_is_a_rejection(command: str, source: Stand, tmp_path: Path) -> None:
    with source.used():
        said = yupana(command, tmp_path / "nowhere" / "b.zip")
    assert (said.code, "nowhere" in said.err, "Traceback" in said.err) == (1, True, False)


def test_a_damaged_backup_is_a_rejection(stands: Make, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(b"PK\x03\x04 and nothing else")
    with stands(VENDORS[-1]).used() as stand:
        said = yupana("restore", tmp_path / "b.zip")
        assert (said.code, "damaged" in said.err, (stand.home / "yupana.sqlite3").exists()) == (1, True, False)


# --- an older copy ---------------------------------------------------------------------------------------------------
@pytest.fixture
def back(source: Stand, stands: Make, tmp_path: Path) -> Stand:
    """The State after its database was lost: an older backup restored into its home, which remembers more."""
    with source.used():
        assert yupana("backup", tmp_path / "b.zip").code == 0
        register(source, "Estado del Ceibo")
        known = memory.recall()
    assert known
    fresh = stands(source.vendor)
    with fresh.used():
        memory.remember(known)
        said = yupana("restore", tmp_path / "b.zip")
        assert (said.code, "older copy" in said.err) == (0, True)
    return fresh


def test_an_older_copy_is_neither_sealed_on_nor_served(back: Stand) -> None:
    with back.used():
        size = head().size
        (back.home / "more.csv").write_text(ENTITIES)
        acting = ["import", "entities", back.home / "more.csv"]
        found = [yupana("tick"), yupana("serve", "--port", "0"), yupana(*acting)]
        assert ([said.code for said in found], ["older copy" in said.err for said in found]) == ([1, 1, 1], [True] * 3)
        assert (head().size, yupana("verify").code) == (size, 0)


def test_an_act_lets_the_older_copy_go_on(back: Stand) -> None:
    with back.used():
        size, root = head().size, head().root
        said = yupana("resume", "--act", "RM 9/2026", "--on", "2026-03-01")
        assert (said.code, f"entry {size}, root {root}" in said.out) == (0, True)
        register(back, "Estado del Molle")
        assert (yupana("tick").code, yupana("verify").code, yupana("figures", "check").code) == (0, 0, 0)


def test_an_act_needs_its_words(back: Stand) -> None:
    with back.used():
        assert (yupana("resume").code, yupana("resume", "--act", " ").code, yupana("tick").code) == (2, 1, 1)


def test_there_is_nothing_to_resume_in_the_same_copy(source: Stand) -> None:
    with source.used():
        said = yupana("resume", "--act", "RM 9/2026")
    assert (said.code, "nothing to resume" in said.err) == (1, True)


def test_the_same_copy_is_sealed_on(source: Stand, stands: Make, tmp_path: Path) -> None:
    with source.used():
        assert yupana("backup", tmp_path / "b.zip").code == 0
        known = memory.recall()
    assert known
    with stands(source.vendor).used() as fresh:
        memory.remember(known)
        assert yupana("restore", tmp_path / "b.zip").code == 0
        register(fresh, "Estado del Ceibo")
        assert yupana("verify").code == 0


def test_a_fork_is_refused(source: Stand, stands: Make, tmp_path: Path) -> None:
    """Two databases grew from one backup; the one that this home did not seal is put into it."""
    with source.used():
        assert yupana("backup", tmp_path / "b.zip").code == 0
        register(source, "Estado del Ceibo")
        known = memory.recall()
    assert known
    with stands(source.vendor).used() as fork:
        assert yupana("restore", tmp_path / "b.zip").code == 0
        register(fork, "Estado del Molle")
        memory.remember(known, anew=True)
        said = yupana("tick")
        assert (said.code, "another one" in said.err, yupana("resume", "--act", "RM 9/2026").code) == (1, True, 0)
        assert (yupana("tick").code, yupana("verify").code) == (0, 0)


def test_a_file_of_sqlite_that_was_copied_back_is_an_older_copy_too(stands: Make) -> None:
    with stands("sqlite").migrated().used() as stand:
        register(stand)
        connection.close()
        shutil.copy(stand.home / "yupana.sqlite3", stand.home / "copy")
        register(stand, "Estado del Ceibo")
        connection.close()
        shutil.copy(stand.home / "copy", stand.home / "yupana.sqlite3")
        assert yupana("tick").code == 1


# --- a newer database ------------------------------------------------------------------------------------------------
ARGUMENTS = {
    "import": ["no.csv"], "publish": ["P", "1", "--act", "x", "--on", "2020-01-01"],
    "open": ["P/1", "--audience", "all", "--opens", "2020-01-01", "--due", "2020-02-01", "--period", "2020"],
    "extend": ["C", "E", "--due", "2020-02-01", "--reason", "x", "--act", "x"],
    "waive": ["C", "E", "--reason", "x", "--act", "x"], "close": ["C"], "erase": ["C", "E", "--act", "x"],
    "erase-evidence": ["1", "--act", "x"],
    "createuser": ["ana"], "grant": ["ana"], "end": ["ana"], "list": ["ana"],
    "declare": ["--day", "2026-01-23", "--name", "x", "--act", "x"],
    "revoke": ["--day", "2026-01-22", "--name", "x", "--act", "x"],
    "backup": ["b.zip"], "restore": ["b.zip"], "resume": ["--act", "x"], "demo": ["--no-serve"],
    "serve": ["--port", "0"], "alignment": ["P", "Q"], "applies": ["P/1"], "carry": ["C", "D"],
    "answer": ["1", "--verdict", "adopted", "--text", "x"], "answers": ["P/1"],
    "diff": ["P", "1", "2"], "radar": ["C"], "impact": ["P", "1", "2"], "lint": ["P/1"], "instrument": ["P", "no.csv"],
    "load": ["P/1"],
    "repeal": ["P/1", "--act", "x", "--reason", "x", "--on", "2020-01-01"],
    "workbook": ["E", "no.xlsx"],
    "succeed": ["B", "A", "--from", "2020-01-01", "--act", "x"],
    "transfer": ["C", "A", "B", "--act", "x", "--reason", "x"],
    "invite": ["no.csv"], "link": ["ana"], "email": ["ana", "a@a.example"], "bounced": ["a@a.example"],
    "replace": ["E", "--name", "x", "--letter", "x", "--letter-on", "2020-01-01"],
    "rhythm": ["C", "year", "--since", "2020-01-01", "--due-in", "9"],
    "unalign": ["P/1#line:1", "Q/1#line:1", "--reason", "x"],
}  # fmt: skip
OF_PATH = {  # of commands whose name another one has, too
    "consult open": ["P/1", "--until", "2999-01-01"], "consult close": ["P/1"], "consult erase": ["1", "--act", "x"],
    "export report": ["E", "2020", "no.xlsx"],
    "reports open": ["C", "2020", "--due-in", "9"], "reports list": ["C"],
    "evaluation draft": ["C", "2020"], "evaluation publish": ["C-2020"], "evaluation verify": ["C-2020"],
    "evaluation list": [], "scheme list": [],
    "scheme set": ["0=x", "--since", "2020-01-01", "--act", "x"],
    "holiday list": ["2026"], "mail list": [],  # of everybody, unlike that of mandates
}  # fmt: skip


def test_every_command_refuses_a_database_that_a_newer_program_made(stands: Make, tmp_path: Path) -> None:
    (tmp_path / "no.csv").write_text(ENTITIES)
    with stands(VENDORS[-1]).migrated().used():
        MigrationRecorder(connection).record_applied("ledger", "9999_tomorrow")
        found = {}
        for name, command in commands(main, "yupana"):
            if name == "yupana doctor":  # it looks at everything and changes nothing: see below
                continue
            path, *words = name.split()[1:], *ARGUMENTS.get(command.name or "", [])
            if path[0] == "import":
                words = [str(tmp_path / "no.csv")]
            if path[:2] == ["import", "spending"]:
                words = [*words, "E", "2020"]
            words = OF_PATH.get(" ".join(path), words)
            said = yupana(*path, *words)
            # A demonstration has a database of its own and refuses any other before it looks into it.
            found[name] = (said.code, "9999_tomorrow" in said.err or path == ["demo"])
    assert {name: told for name, told in found.items() if told != (1, True)} == {}


def test_a_doctor_names_a_database_that_a_newer_program_made(stands: Make) -> None:
    with stands(VENDORS[-1]).migrated().used():
        MigrationRecorder(connection).record_applied("ledger", "9999_tomorrow")
        said = yupana("doctor")
        assert (said.code, "made by a newer Yupana" in said.out) == (4, True)


def test_the_memory_is_in_the_home_of_the_database(source: Stand) -> None:
    with source.used():
        said = json.loads((source.home / "keys" / "sealed.json").read_text())
        assert said == {"size": head().size, "root": head().root}
