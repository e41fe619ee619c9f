"""Whether the server lives and can work, said to anybody, in two letters."""

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from yupana.foundation.ledger import guards
from yupana.interfaces import health


def test_that_it_lives_needs_no_database(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content, dict(answer.cookies)) == (200, b"ok\n", {})


@pytest.mark.django_db
def test_it_is_ready_where_all_is_well(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content, dict(answer.cookies)) == (200, b"ok\n", {})


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
@pytest.mark.django_db
def test_no_cache_keeps_it(address: str, client: Client) -> None:
    assert "no-store" in client.get(address).headers["Cache-Control"]


@pytest.mark.django_db
def test_a_missing_guard_makes_it_unready_and_is_not_told(unguarded_db: None, client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"no\n")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("recorded", "name", "found"),
    [("record_unapplied", "0001_cells", health.Tables.OLDER), ("record_applied", "9999_tomorrow", health.Tables.NEWER)],
)
def test_tables_of_another_program_make_it_unready(
    recorded: str, name: str, found: health.Tables, client: Client
) -> None:
    getattr(MigrationRecorder(connection), recorded)("figures", name)
    assert (health.tables(), client.get("/readyz").status_code) == (found, 503)


def test_a_database_that_does_not_answer_makes_it_unready(client: Client) -> None:
    """A test without a database is refused one: as good as none."""

    def refuse(*_: object) -> None:
        raise DatabaseError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guards, "missing", refuse)
        patch.setattr(health, "tables", lambda: health.Tables.FIT)
        assert (client.get("/readyz").status_code, client.get("/healthz").status_code) == (503, 200)


@pytest.mark.parametrize("address", ["/en/healthz", "/en/readyz", "/healthz/"])
@pytest.mark.django_db
def test_they_are_under_no_language(address: str, client: Client) -> None:
    assert client.get(address).status_code == 404
