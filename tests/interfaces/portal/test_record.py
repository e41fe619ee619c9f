"""The public record, how to verify it, and the formulas in words."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from tests.interfaces.portal.stage import State, page, rows, whole, words
from yupana.foundation.ledger.queries import head
from yupana.foundation.ledger.rules import EMPTY_ROOT

if TYPE_CHECKING:
    from django.test import Client


def test_the_head_of_the_record_is_shown_whole(client: Client, small: State) -> None:
    facts = [words(fact) for fact in page(client, "/en/verificar/").select(".facts dd")]
    assert facts[:2] == [str(head().size), head().root]


@pytest.mark.django_db
def test_an_empty_record_has_the_root_of_the_empty_tree(client: Client) -> None:
    shown = page(client, "/en/verificar/")
    assert (words(shown.select_one(".facts code")), bool(shown.select(".empty"))) == (EMPTY_ROOT.hex(), True)


def test_the_last_entry_comes_first_and_leads_to_the_body_it_names(client: Client, state: State) -> None:
    shown = page(client, "/en/verificar/")
    link = shown.select_one("tbody a")
    assert link is not None
    said = rows(shown)[0].split(" Codes")[0]
    assert (said.startswith("110 May 20, 2018 A plan or a report was accepted"), link["href"]) == (
        True,
        "/en/entidades/cast/t11/",
    )


def test_earlier_entries_are_reached_back_to_the_first(client: Client, state: State) -> None:
    seen, there = [], "/en/verificar/"
    while there:
        shown = page(client, there)
        seen += [words(number) for number in shown.select("tbody th")]
        older = shown.select_one("a[rel=next]")
        there = f"/en/verificar/{older['href']}" if older else ""
    assert seen == [str(number) for number in range(head().size - 1, -1, -1)]


def root(leaves: list[bytes]) -> bytes:
    """Count a root as RFC 6962 defines it, and not as the house grows it."""
    if len(leaves) == 1:
        return sha256(b"\0" + leaves[0]).digest()
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\1" + root(leaves[:half]) + root(leaves[half:])).digest()


def test_whoever_has_the_entries_counts_the_root_again(client: Client, small: State) -> None:
    link = page(client, "/en/verificar/").select_one("ol a")
    assert link is not None
    entries = whole(client.get(str(link["href"]))).splitlines()
    older = whole(client.get("/verificar/asientos.jsonl", {"before": 3})).splitlines()
    assert (len(entries), root(entries).hex(), older) == (head().size, head().root, entries[:3])


@pytest.mark.parametrize("before", ["0", "-1", "x", "999999", "²", "1" * 30])
def test_an_entry_that_is_not_there_is_not_there(client: Client, small: State, before: str) -> None:
    assert client.get("/verificar/", {"before": before}).status_code == 404


@pytest.mark.django_db
def test_the_formulas_are_said_in_words(client: Client) -> None:
    assert [words(title) for title in page(client, "/en/como-se-cuenta/").select("h2")] == [
        "Incorporation",
        "Timeliness",
        "Coverage",
        "Progress and effectiveness",
        "How values make up the whole",
        "Declared and verified",
        "Financial execution",
        "What stays out",
        "The day of a figure",
        "Which line an activity answers",
        "Rounding",
    ]
