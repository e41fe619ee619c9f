"""Nobody reads what is not for them: not on a page, in a file, in a count, in the log, in the record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse

from tests import leaks
from tests.planted import PLANS, RESTRICTED, ROLES, STANDS, State, built, classified, columns, word
from yupana.foundation.ledger.models import Entry
from yupana.interfaces.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django.plugin import DjangoDbBlocker

pytestmark = pytest.mark.django_db
SENDERS = ("anonymous", "planner", "foreign", "governor", "expired")
NOTHING = "zzqdraftxnamqz"  # as long as a planted word, and planted nowhere


@pytest.fixture(scope="module")
def state(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[State]:
    with django_db_blocker.unblock(), built() as made:
        yield made


# --- what is looked for --------------------------------------------------------------------------------------------
def test_of_every_text_column_it_is_said_who_may_read_it() -> None:
    """A new column fails here until it stands in tests/columns.py."""
    assert sorted(classified()) == columns()


def test_a_word_is_planted_in_every_column_that_is_not_for_everybody(state: State) -> None:
    held = {column for column, words in leaks.planted().items() if words}
    wanted = {column for column, kind in classified().items() if kind in RESTRICTED or column.startswith("people.")}
    assert sorted(wanted - held - {"people.Person.password", "people.Mandate.role"}) == []


@pytest.mark.parametrize("stand", [stand for stand in PLANS if stand not in {"public", "erased"}])
def test_whoever_may_read_a_word_finds_it(state: State, stand: str) -> None:
    """Were it planted where nobody looks, nothing would ever leak."""
    role = "governor" if stand == "letter" else "planner"
    kind = "plan" if stand in {"draft", "letter"} else "version"
    thing = state.owed[stand] if kind == "plan" else state.plans[stand]
    assert word(stand, "name") in leaks.body(state.ask(role, "GET", reverse(f"desk:{kind}", args=[thing.pk])))


def test_what_was_erased_is_nowhere(state: State) -> None:
    texts = {each for words in leaks.planted().values() for each in words}
    assert [each for each in texts if each.startswith("zqerased")] == []


@pytest.mark.parametrize(
    ("role", "told", "found"),
    [
        ("anonymous", word("draft", "name"), [word("draft", "name")]),
        ("anonymous", word("draft", "name").upper(), [word("draft", "name")]),
        ("planner", word("draft", "name"), []),
        ("governor", word("draft", "name"), [word("draft", "name")]),
        ("anonymous", word("public", "name"), []),
        ("auditor", "Set-Cookie: geheim", ["a secret"]),
    ],
)
def test_a_leak_is_named(role: str, told: str, found: list[str]) -> None:
    assert leaks.leaks(role, told, {"geheim"}) == found


def test_what_one_typed_oneself_is_no_leak() -> None:
    assert leaks.leaks("anonymous", word("draft", "name"), asked=f"/?q={word('draft', 'name')}") == []


# --- reading everything --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", ROLES)
def test_nothing_leaks_on_any_page_to_anybody_and_no_cache_keeps_the_desk(state: State, role: str) -> None:
    assert leaks.read(state, role) == ([], [])


def test_nothing_leaks_in_the_public_record(state: State) -> None:
    assert leaks.record() == []


@pytest.mark.parametrize("role", SENDERS)
def test_nothing_leaks_when_forms_are_sent(state: State, role: str) -> None:
    """To every address, about every object, in words that no form takes: refusals say nothing either."""
    said = dict.fromkeys(
        ("name", "item", "reason", "act", "due_on", "decision", "seen", "username", "old", "year"), "?"
    )
    found = []
    with leaks.heard() as log:
        for address in (each for each in leaks.addresses(state) if each.startswith("/desk/")):
            told = leaks.body(state.ask(role, "POST", address, said))
            found += [f"{address}: {leak}" for leak in leaks.leaks(role, told, state.secrets, address)]
    # Restricted calls are named in addresses, which the log may repeat; what somebody typed it may not.
    assert found + leaks.leaks("anonymous", log.getvalue(), state.secrets, word("restricted", "code")) == []


LISTS = (
    "/buscar/?q={}",
    "/entidades/?q={}",
    "/entidades.csv?q={}",
    "/planes/PLAN/1/entidades/?q={}",
    "/planes/PLAN/1/line/1/?q={}",
    "/desk/convocatorias/{code}/?q={}",
    "/desk/revision/?call={}",
)


@pytest.mark.parametrize("address", LISTS)
def test_a_search_for_a_hidden_word_finds_as_much_as_one_for_nothing(state: State, address: str) -> None:
    """Counts, files and digests are the same, whoever asks, unless they may read the word."""
    different = []
    place = address.replace("{code}", state.calls["public"].code)
    for stand in STANDS:
        said = word(stand, "name")
        for role in ("anonymous", "foreign", "auditor"):
            if role not in STANDS[stand]:
                answers = {_answer(state, role, place, each) for each in (said, NOTHING)}
                different += [f"{role} {said}"] if len(answers) != 1 else []
    assert different == []


# What is never twice the same: tokens, numbers, hours; digests and lengths of what holds them.
FRESH = re.compile(
    r"""name="csrfmiddlewaretoken" value="\w+"|csrftoken=[^\n]*"""
    r"""|'(?:ETag|Expires|X-Request-ID|Content-Length)': '[^']*'"""
)


def _answer(state: State, role: str, place: str, typed: str) -> str:
    return FRESH.sub("", leaks.body(state.ask(role, "GET", place.replace("{}", typed))).replace(typed, "TYPED"))


@pytest.mark.parametrize("stand", ["draft", "submitted", "restricted", "misfiled"])
def test_absent_and_forbidden_are_the_same_answer(state: State, stand: str) -> None:
    """But for what was asked itself, another entity's planner cannot tell what is there from what is not."""
    for kind, thing in (("version", state.plans[stand]), ("plan", state.owed[stand])):
        there, absent = (reverse(f"desk:{kind}", args=[key]) for key in (thing.pk, 10**9))
        answers = {_answer(state, "foreign", address, address) for address in (there, absent)}
        assert len(answers) == 1


@pytest.mark.parametrize("command", [("verify", "--json"), ("figures", "check", "--json"), ("tick", "--json")])
def test_what_a_command_gives_to_be_published_names_nothing(
    state: State, command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path))
    said = CliRunner().invoke(main, list(command))
    assert (said.stdout[:1], leaks.leaks("anonymous", said.output, state.secrets)) == ("{", [])


# --- methods ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("method", ["DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND"])
@pytest.mark.parametrize("role", ["anonymous", "planner", "governor"])
def test_a_method_that_nobody_needs_does_nothing(state: State, role: str, method: str) -> None:
    before = Entry.objects.count()
    answers = {state.ask(role, method, address).status_code for address in leaks.addresses(state)}
    assert (answers, Entry.objects.count()) == ({405}, before)


# --- caches --------------------------------------------------------------------------------------------------------
def test_the_portal_is_the_same_for_everybody(state: State) -> None:
    """Byte by byte and header by header: a shared cache may give anybody what it kept of anybody."""
    different = []
    for address in leaks.addresses(state):
        if not address.startswith("/desk/"):
            told = {_answer(state, role, address, "\0") for role in ("anonymous", "planner", "governor", "expired")}
            different += [address] if len(told) > 1 else []
    assert different == []


def test_what_may_be_kept_sets_no_cookie(state: State) -> None:
    public = [address for address in leaks.addresses(state) if not address.startswith("/desk/")]
    answers = [(address, Client().get(address)) for address in public]
    shared = [(address, each) for address, each in answers if "public" in each.headers.get("Cache-Control", "")]
    assert (len(shared) > 10, [address for address, each in shared if each.cookies]) == (True, [])
