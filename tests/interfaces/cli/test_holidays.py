"""The calendar of working days at the console."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from yupana.domain.obligations.models import Holiday
from yupana.foundation.ledger.queries import unsealed_count

if TYPE_CHECKING:
    from tests.interfaces.cli.conftest import Yupana

pytestmark = pytest.mark.django_db
MOVED = ["--name", "Fundación", "--act", "DS 5521"]


def test_an_act_declares_a_day_and_the_year_shows_it(yupana: Yupana) -> None:
    said = yupana("holiday", "declare", "--day", "2026-01-23", *MOVED, "--department", "LP")
    shown = yupana("holiday", "list", "2026").out
    assert (said.code, unsealed_count(), "2026-01-23  Fundación  [La Paz · DS 5521]" in shown) == (0, 0, True)


def test_an_act_takes_a_day_back_and_scripts_read_it(yupana: Yupana) -> None:
    yupana("holiday", "revoke", "--day", "2026-01-22", *MOVED)
    told = json.loads(yupana("holiday", "list", "2026", "--json").out)
    assert (told["calendar"], told["year"], told["days"][:2]) == (
        "bolivia",
        2026,
        [
            {"day": "2026-01-01", "name": "New Year", "works": False, "where": "", "act": ""},
            {"day": "2026-01-22", "name": "Fundación", "works": True, "where": "", "act": "DS 5521"},
        ],
    )


@pytest.mark.parametrize(
    ("verb", "more"),
    [
        ("declare", ["--day", "2026-01-22"]),
        ("revoke", ["--day", "2026-01-23"]),
        ("declare", ["--day", "2026-01-23", "--department", "ATLANTIS"]),
    ],
)
def test_what_would_change_nothing_is_refused(verb: str, more: list[str], yupana: Yupana) -> None:
    said = yupana("holiday", verb, *more, *MOVED)
    assert (said.code, bool(said.err), Holiday.objects.count()) == (1, True, 0)


@pytest.mark.parametrize("year", ["1989", "3000", "next"])
def test_a_year_that_no_calendar_has_is_wrong_usage(year: str, yupana: Yupana) -> None:
    assert yupana("holiday", "list", year).code == 2


def test_without_a_year_it_is_this_one(yupana: Yupana) -> None:
    assert f"{timezone.localdate().year}-12-25  Christmas" in yupana("holiday", "list").out
