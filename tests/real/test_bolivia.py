"""The real documents, from the files to the pages: what comes in, what is doubted, what is shown."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model, QuerySet
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests.interfaces.cli.conftest import prepared, run
from tests.real import guide
from yupana.domain.commitments.models import Activity
from yupana.domain.entities import public as entities
from yupana.domain.entities.models import Entity
from yupana.domain.instruments.models import Edition, Item
from yupana.domain.obligations.models import Call, Obligation
from yupana.domain.submissions.models import Submission
from yupana.foundation.ledger import guards
from yupana.foundation.ledger.models import Entry
from yupana.foundation.ledger.queries import head

pytestmark = pytest.mark.real
Report = dict[str, Any]
Reports = dict[str, Any]
PLAN = "/planes/PIGE/2017"
NOT_ASKED = ["incorporation.target", "incorporation.responsible", "incorporation.budget"]
FILES = ("entities", "instrument", "commitments")


def told(*arguments: object) -> Report:
    said = run(*arguments, "--json")
    assert said.code == 0, said.err
    found: Report = json.loads(said.out)
    return found


@pytest.fixture(scope="module")
def bolivia(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    real_data: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Reports]:
    """Load everything once, by the commands of the guide, and keep what each import said, first and again."""
    folder = real_data / "pige"
    register = ("import", "entities", folder / "entidades.csv")
    plan = ("import", "instrument", folder, "--edition", "2017", "--title", "Plan de Gobierno Electrónico")
    with prepared(django_db_blocker), pytest.MonkeyPatch.context() as environment:
        environment.setenv("YUPANA_HOME", str(tmp_path_factory.mktemp("bolivia")))
        reports = {"entities": told(*register), "instrument": told(*plan)}
        assert run("publish", "PIGE", "2017", "--act", "Decreto Supremo 3251", "--on", "2017-07-12").code == 0
        reports["commitments"] = told("import", "commitments", folder)
        before = Entry.objects.count()
        again = [told(*register), told(*plan), told("import", "commitments", folder)]
        yield {**reports, "again": again, "recorded again": Entry.objects.count() - before}


@pytest.fixture
def loaded(bolivia: Reports, db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reports:
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path))
    return bolivia


def counts(report: Report) -> list[Any]:
    return [report[key] for key in ("read", "created", "updated", "unchanged")]


# --- what comes in -------------------------------------------------------------------------------------------------
def test_the_register_comes_in_whole(loaded: Reports) -> None:
    found = entities.counts()
    assert (counts(loaded["entities"]), found.nodes, found.bindable, found.grouping) == ([677, 677, 0, 0], 677, 653, 24)


def test_two_bodies_of_one_code_are_both_there_and_flagged(loaded: Reports) -> None:
    flagged = [note["text"] for note in loaded["entities"]["flagged"] if note["why"] == "code-duplicated"]
    assert (Entity.objects.filter(code="SC-54").count(), [text[:5] for text in flagged]) == (2, ["SC-54", "SC-54"])


def test_a_command_that_names_their_code_lists_both(loaded: Reports) -> None:
    said = run("createuser", "ana", "--entity", "SC-54", "--role", "executive")
    refs = [f"{each.source}:{each.source_id}" for each in Entity.objects.filter(code="SC-54")]
    assert (said.code, [ref for ref in refs if ref not in said.err]) == (1, [])


def test_the_plan_comes_in_with_its_axes_lines_and_targets(loaded: Reports) -> None:
    roles = Counter(Item.objects.values_list("role", flat=True))
    assert (counts(loaded["instrument"]), roles) == ([45, 45, 0, 0], {"axis": 3, "line": 14, "target": 28})


def test_the_plan_is_published_and_put_to_every_body(loaded: Reports) -> None:
    assert (Edition.objects.get().state, Call.objects.get().historical, Obligation.objects.count()) == (
        "published", True, 653,
    )  # fmt: skip


def test_all_plans_and_activities_come_in(loaded: Reports) -> None:
    assert (counts(loaded["commitments"]), Submission.objects.count(), Activity.objects.count()) == (
        [944, 944, 0, 0], 83, 861,
    )  # fmt: skip


def test_nothing_is_without_a_place(loaded: Reports) -> None:
    assert [loaded[what]["unplaced"] for what in FILES] == [[], [], []]


def test_the_same_files_again_change_nothing(loaded: Reports) -> None:
    assert ([counts(each) for each in loaded["again"]], loaded["recorded again"]) == (
        [[677, 0, 0, 677], [45, 0, 0, 45], [944, 0, 0, 944]], 0,
    )  # fmt: skip


def test_every_doubt_is_one_that_the_guide_tells(loaded: Reports) -> None:
    flagged = Counter(note["why"] for what in FILES for note in loaded[what]["flagged"])
    assert flagged == guide.notes()


def test_every_doubt_says_where(loaded: Reports) -> None:
    places = [note["where"] for what in FILES for note in loaded[what]["flagged"]]
    assert [
        place for place in places if not re.fullmatch(r"(entidades|pige_metas|piges|pige_detalle)\.csv:\d+", place)
    ] == []


def test_what_belongs_elsewhere_is_kept_and_turned_away(loaded: Reports) -> None:
    assert Counter(Submission.objects.values_list("state", flat=True)) == {"accepted": 57, "misfiled": 26}


def test_the_line_of_the_review_and_the_remarks_are_kept_beside_the_original(loaded: Reports) -> None:
    reviewed = [row for row in Activity.objects.values_list("source", flat=True) if row and row.get("linea_rev_id")]
    assert (len(reviewed), Activity.objects.exclude(notes="").count()) == (40, 598)


def test_what_was_never_asked_is_unknown_and_not_unmet(loaded: Reports) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT measure, SUM(unknown) FROM figures_cell GROUP BY measure")
        unknown = dict(cursor.fetchall())
    assert [unknown[measure] for measure in NOT_ASKED] == [653 * 14] * 3
    assert unknown["timeliness"] == 653


# --- what is shown -------------------------------------------------------------------------------------------------
def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def rows(client: Client, line: str, query: str) -> int:
    """Return how many rows the portal's list says that it has."""
    found = re.search(r"<caption>\s*([\d.]+)", client.get(f"{PLAN}/line/{line}/?{query}").content.decode())
    assert found
    return int(found[1].replace(".", ""))


@pytest.mark.parametrize(("line", "level"), guide.cells())
def test_a_cell_of_the_guide_is_what_the_portal_shows(line: str, level: str, loaded: Reports, client: Client) -> None:
    shown = rows(client, line, f"level={level}&answer=yes"), rows(client, line, f"level={level}")
    assert shown == guide.cells()[line, level]


def test_the_home_page_shows_coverage_over_all_bodies(loaded: Reports, client: Client) -> None:
    assert re.search(r"\b57 de 653\b", page(client, "/"))


def test_a_line_shows_who_answers_it_of_all_bodies(loaded: Reports, client: Client) -> None:
    assert re.search(r"\b40 de 653\b", page(client, f"{PLAN}/line/1/"))


def test_a_body_shows_its_activities(loaded: Reports, client: Client) -> None:
    activity = Activity.objects.filter(submission__state="accepted", item__isnull=False).exclude(name="")[0]
    debtor = activity.submission.obligation.debtor
    assert (
        activity.name[:30].split("\n")[0]
        in client.get(f"/entidades/{debtor.source}/{debtor.source_id}/").content.decode()
    )


# --- what is proved ------------------------------------------------------------------------------------------------
def test_the_record_holds(loaded: Reports) -> None:
    assert told("verify") == {
        "ok": True, "entries": head().size, "root": head().root, "first_broken": None, "documents": [],
    }  # fmt: skip


def test_the_figures_are_what_a_fresh_count_gives(loaded: Reports) -> None:
    assert told("figures", "check") == {"ok": True, "differing": []}


def forge(sql: str, *values: str | int | bytes) -> None:
    guards.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
    guards.install(connection)


@pytest.mark.parametrize("position", [0, 400, 800])
def test_one_byte_in_an_entry_is_found_at_its_position(position: int, loaded: Reports) -> None:
    entry = Entry.objects.get(position=position)
    leaf = bytearray(entry.leaf)
    leaf[10] ^= 1
    forge("UPDATE ledger_entry SET leaf = %s WHERE id = %s", bytes(leaf), entry.pk)
    said = run("verify", "--json")
    assert (said.code, said.json["ok"], said.json["first_broken"]) == (4, False, position)


@pytest.mark.parametrize(
    ("model", "column", "entry"),
    [
        (Activity, "name", "submission__entry"),
        (Submission, "cites", "entry"),
        (Entity, "name", "registrations__entry"),
        (Item, "text", "edition__entry"),
    ],
)
def test_one_letter_in_what_stands_behind_an_entry_is_found(
    model: type[Model], column: str, entry: str, loaded: Reports
) -> None:
    rows: QuerySet[Model] = QuerySet(model).exclude(**{f"{entry}__position": None}).order_by("-pk")
    key, position = rows.values_list("pk", f"{entry}__position")[0]
    table = model._meta.db_table  # noqa: SLF001 - Django's documented way to a model's table
    forge(f"UPDATE {table} SET {column} = {column} || 'x' WHERE id = %s", key)  # noqa: S608 - our own words
    said = run("verify", "--json")
    assert (said.code, said.json["first_broken"]) == (4, position)
