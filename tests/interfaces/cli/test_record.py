"""The public record from the console: sealed, counted, proved, erased."""

from datetime import date
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from tests.domain.instruments.hearings import attach
from tests.domain.instruments.plans import draft, enact
from tests.interfaces.cli.conftest import Yupana
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.ledger import guards
from yupana.foundation.ledger.actions import record as record_fact
from yupana.foundation.ledger.models import Entry
from yupana.foundation.ledger.queries import head, unsealed_count
from yupana.foundation.ledger.verify import Verdict
from yupana.interfaces.cli import record
from yupana.projections.figures.rules import FORMULA
from yupana.projections.followers import tick


@pytest.fixture
def told(loaded: Path, yupana: Yupana) -> Path:
    assert yupana("import", "commitments", loaded).code == 0
    return loaded


def test_tick_on_an_empty_home_has_nothing_to_do(yupana: Yupana) -> None:
    assert yupana("tick", "--json").json == {"sealed": 0, "followed": 0}


def test_tick_says_how_far_record_and_figures_are(told: Path, yupana: Yupana) -> None:
    out, size = yupana("tick").out, head().size
    assert (f"Record: {size} entries" in out, f"Figures: up to entry {size} " in out) == (True, True)


def test_imports_leave_nothing_unsealed(told: Path) -> None:
    assert unsealed_count() == 0


def test_a_record_that_holds_is_proved(told: Path, yupana: Yupana) -> None:
    said = yupana("verify", "--json")
    assert (said.code, list(said.json), said.json) == (
        0,
        ["ok", "entries", "root", "first_broken", "documents"],
        {"ok": True, "entries": head().size, "root": head().root, "first_broken": None, "documents": []},
    )


def test_a_document_that_was_changed_is_named_and_the_record_holds(
    told: Path, yupana: Yupana, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path))
    draft()
    kept = attach()
    enact()
    tick()
    assert yupana("verify").code == 0
    path = tmp_path / "vault" / kept.digest[:2] / kept.digest[2:]
    path.chmod(0o600)
    path.write_bytes(b"%PDF-1.7 the ACT")
    said, machine = yupana("verify"), yupana("verify", "--json")
    assert ((said.code, machine.code), "The record holds" in said.out, "QIPU/1" in said.out, machine.json) == (
        (4, 4),
        True,
        True,
        {"ok": False, "entries": head().size, "root": head().root, "first_broken": None, "documents": [kept.digest]},
    )


def test_verify_tells_people_too(told: Path, yupana: Yupana) -> None:
    said = yupana("verify")
    assert ("The record holds" in said.out, head().root in said.out, "Verifying" in said.err) == (True, True, True)


def forge(sql: str, *values: str | int | bytes) -> None:
    """Change what is append-only, as somebody with the whole database could."""
    guards.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
    guards.install(connection)


def test_one_byte_in_an_entry_is_named(told: Path, yupana: Yupana) -> None:
    entry = Entry.objects.get(position=3)
    leaf = bytes(entry.leaf)
    forge("UPDATE ledger_entry SET leaf = %s WHERE id = %s", leaf[:-1] + b"!", entry.pk)
    said = yupana("verify", "--json")
    assert (said.code, said.json["ok"], said.json["first_broken"]) == (4, False, 3)
    assert said.json["entries"] == Entry.objects.count() > 4  # all that were sealed, also behind the broken one


def test_one_letter_in_the_content_behind_an_entry_is_named(told: Path, yupana: Yupana) -> None:
    forge("UPDATE commitments_activity SET name = 'Hecer' WHERE name = 'Hacer'")
    position = Entry.objects.get(submission__source_ref__endswith="11").position
    said = yupana("verify")
    assert (said.code, f"broken at position {position}:" in said.out) == (4, True)


@pytest.mark.parametrize(
    "forged",
    [
        "received_on = '2020-93-02'",
        "received_on = CAST(x'323032ff2d30332d3032' AS TEXT)",
        "cites = CAST(x'41ff31' AS TEXT)",
    ],
)
def test_a_byte_that_no_program_would_write_is_named_too(forged: str, told: Path, yupana: Yupana) -> None:
    sql = f"UPDATE submissions_submission SET {forged} WHERE source_ref LIKE '%%11'"  # noqa: S608 - our own words
    if connection.vendor != "sqlite":
        with pytest.raises(DatabaseError), transaction.atomic():  # PostgreSQL itself refuses such bytes
            forge(r"UPDATE submissions_submission SET cites = E'\xff'")
        return
    forge(sql)
    said, position = yupana("verify", "--json"), Entry.objects.get(submission__source_ref__endswith="11").position
    assert (said.code, said.json["first_broken"]) == (4, position)


def test_a_missing_guard_fails_and_is_named(told: Path, yupana: Yupana) -> None:
    guards.remove(connection)
    said = yupana("verify")
    assert (said.code, "guard_ledger_entry_update" in said.out) == (4, True)


def test_erased_content_reads_as_erased(told: Path, yupana: Yupana) -> None:
    position = Entry.objects.get(submission__obligation__debtor__code="A-1").position
    assert yupana("erase", "PLAN-HISTORICA", "A-1", "--act", "Sentencia 3").code == 0
    said = yupana("verify")
    assert (said.code, f"Erased by a recorded act: {position}." in said.out) == (0, True)


def test_erasing_needs_the_version_that_is_there(told: Path, yupana: Yupana) -> None:
    said = yupana("erase", "PLAN-HISTORICA", "A-1", "--act", "Sentencia 3", "--version", "7")
    assert (said.code, "There are: 1" in said.err) == (1, True)


def test_what_was_erased_is_not_erased_again(told: Path, yupana: Yupana) -> None:
    arguments = ["erase", "PLAN-HISTORICA", "A-1", "--act", "Sentencia 3", "--on", "2020-05-01"]
    assert [yupana(*arguments).code, yupana(*arguments).code] == [0, 3]


def test_figures_are_what_a_fresh_count_gives(told: Path, yupana: Yupana) -> None:
    said = yupana("figures", "check", "--json")
    assert (said.code, said.json) == (0, {"ok": True, "differing": []})


def test_a_figure_that_was_changed_fails_the_check_and_is_mended(told: Path, yupana: Yupana) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE figures_cell SET done = done + 1, due = due + 1")
    codes = [yupana("figures", *command).code for command in (["check", "--json"], ["check"], ["rebuild"], ["check"])]
    assert codes == [4, 4, 0, 0]


def test_rebuilding_says_up_to_where(told: Path, yupana: Yupana) -> None:
    assert yupana("figures", "rebuild", "--json").json == {"position": head().size, "formula": FORMULA}


@pytest.mark.parametrize("why", ["gap", "leaf", "root", "content", "lost", "extra"])
def test_every_way_to_be_broken_has_words(why: str, capsys: pytest.CaptureFixture[str], db: None) -> None:
    record.tell_verdict(Verdict(ok=False, entries=4, root="", first_broken=2, why=why))
    assert len(capsys.readouterr().out) > 20


def test_unsealed_entries_are_mentioned(told: Path, yupana: Yupana) -> None:
    with transaction.atomic():
        seen = record_fact(Fact("entity.registered", {"entity": "x:1"}, date(2020, 1, 1), {}))
    assert (seen.position, "wait for the next tick: 1." in yupana("verify").out) == (None, True)
