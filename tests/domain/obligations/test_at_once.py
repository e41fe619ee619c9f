"""Several who open a call or erase at the same moment: each gets one clear answer, on both databases."""

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection

from tests.domain.obligations.calls import opened, put
from yupana.domain.obligations.models import Call
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.ledger.actions import erase
from yupana.foundation.ledger.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)
CROWD = 4


def together(act: Callable[[], object]) -> list[str]:
    """Let a crowd do the same at once; return the refusals, sorted, with nothing for each who was not refused."""
    told: list[str] = []
    start = threading.Barrier(CROWD)

    def one() -> None:
        start.wait(timeout=30)
        try:
            act()
            told.append("")
        except Refused as refused:
            told.append(refused.code)
        finally:
            connection.close()

    crowd = [threading.Thread(target=one) for _ in range(CROWD)]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join(timeout=60)
    return sorted(told)


def test_calls_that_are_told_no_code_each_get_the_next_one() -> None:
    opened()
    assert together(put) == [""] * CROWD
    assert set(Call.objects.values_list("code", flat=True)) == {
        "QIPU-2024", *(f"QIPU-2024.{number}" for number in range(2, CROWD + 2)),
    }  # fmt: skip


def test_a_code_that_was_told_is_given_once() -> None:
    opened()
    assert together(lambda: put(code="TOLD")) == ["", *["call-code-taken"] * (CROWD - 1)]


def test_one_entry_is_erased_once() -> None:
    entry = Entry.objects.get(pk=opened().entry_id or 0)
    told = together(lambda: erase(entry=entry, act="RM 1/2024", on=date(2024, 5, 6)))
    assert told == ["", *["erased-already"] * (CROWD - 1)]
