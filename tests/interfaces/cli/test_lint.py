"""A plan looked through from the console."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.cast import ITEMS, make_edition, make_entities
from tests.domain.instruments.plans import AXIS, LINE, row

if TYPE_CHECKING:
    from tests.interfaces.cli.conftest import Yupana


@pytest.fixture(autouse=True)
def _register(db: None) -> None:
    make_entities()


def test_each_fault_is_told_once_with_its_reason_and_where_it_is(yupana: Yupana) -> None:
    make_edition(rows=[*ITEMS, row(LINE, "9", (AXIS, "1"), text="Por definir")], published=False)
    said = yupana("lint", "PLAN/1")
    assert (said.code, "PLAN/1: " in said.out, said.out.count("[placeholder]"), "- line:9" in said.out) == (
        0,
        True,
        1,
        True,
    )


def test_a_program_is_told_rule_severity_item_and_details(yupana: Yupana) -> None:
    make_edition(rows=[*ITEMS, row(LINE, "9", (AXIS, "1"), text="Por definir")], published=False)
    told = yupana("lint", "PLAN/1", "--json").json
    found = [each for each in told["findings"] if each["rule"] == "placeholder"]
    assert [(each["severity"], each["item"], each["params"]) for each in found] == [
        ("warning", "line:9", {"found": "Por definir"})
    ]
    assert (told["edition"], sum(told["counts"].values())) == ("PLAN/1", len(told["findings"]))


@pytest.mark.parametrize(
    ("audience", "strict", "code"), [("code:A-1", True, 0), ("code:NADA", False, 0), ("code:NADA", True, 1)]
)
def test_only_errors_fail_and_only_when_it_is_strict(yupana: Yupana, audience: str, code: int, *, strict: bool) -> None:
    make_edition(rows=[row(AXIS, "1"), row(LINE, "1", (AXIS, "1"), audience=audience)], published=False)
    said = yupana("lint", "PLAN/1", "--json", *(["--strict"] if strict else []))
    assert (said.code, said.json["counts"]["error"]) == (code, int(audience == "code:NADA"))


def test_a_link_to_a_file_that_the_text_was_read_from_leads_somewhere(yupana: Yupana) -> None:
    body = "[a](parts/t.md), [b](parts/u.md), [c](../t.csv)"
    make_edition(
        rows=[row(AXIS, "1"), replace(row(LINE, "1", (AXIS, "1"), body=body), where="parts/t.md:7")], published=False
    )
    told = yupana("lint", "PLAN/1", "--json").json["findings"]
    assert [each["params"]["found"] for each in told if each["rule"] == "dead-link"] == ["parts/u.md"]


def test_what_is_not_there_is_rejected(yupana: Yupana) -> None:
    said = yupana("lint", "NADA/1")
    assert (said.code, "NADA/1" in said.err) == (1, True)


def test_what_has_errors_is_published_only_when_that_is_said(yupana: Yupana) -> None:
    make_edition(rows=[row(AXIS, "1"), row(LINE, "1", (AXIS, "1"), audience="code:NADA")], published=False)
    act = ("publish", "PLAN", "1", "--act", "DS 1", "--on", "2024-01-02")
    refused, done = yupana(*act), yupana(*act, "--despite-errors")
    assert (refused.code, "errors (1)" in refused.err, done.code) == (1, True, 0)
