"""The real plan put to the real register."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.domain.instruments.plans import draft, enact
from tests.domain.obligations.calls import TODAY, put
from yupana.domain.entities.actions import import_register
from yupana.domain.obligations.models import Call, Obligation, Scope, ScopeItem
from yupana.foundation.kernel.actor import OPERATOR
from yupana.interfaces.interchange.entities import read_entities
from yupana.interfaces.interchange.instruments import read_instrument

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.real, pytest.mark.django_db]


@pytest.fixture
def call(real_data: Path) -> Call:
    register = read_entities(real_data / "pige" / "entidades.csv")
    import_register(actor=OPERATOR, source=register.source, rows=register.rows, on=TODAY)
    source = read_instrument(real_data / "pige")
    draft(rows=source.rows, instrument=source.heading.instrument)
    enact(instrument="PIGE", act="D.S. 3251", on=date(2017, 7, 12))
    return put(editions=["PIGE/1"], opens_on=date(2018, 1, 1), due_on=None, historical=True, period="2018-2025")


def test_the_real_plan_binds_653_bodies_by_its_fourteen_lines_in_one_scope(call: Call) -> None:
    assert (Obligation.objects.count(), Scope.objects.count(), ScopeItem.objects.count()) == (653, 1, 14)


def test_the_call_is_named_after_the_plan(call: Call) -> None:
    assert (call.code, call.historical, call.due_on) == ("PIGE-2018-2025", True, None)


def test_no_group_of_the_register_owes_anything(call: Call) -> None:
    assert not call.obligations.filter(debtor__bindable=False).exists()
