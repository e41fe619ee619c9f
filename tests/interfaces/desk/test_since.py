"""Complementary calls on the desk, and what nobody owes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.cast import ITEMS, make_edition
from tests.interfaces.desk.desk import Desk, errors, soup, text
from tests.interfaces.desk.test_calls import second_step, send
from yupana.domain.instruments.facts import NOBODY, ItemRole, ItemRow
from yupana.domain.obligations.models import Call

if TYPE_CHECKING:
    from yupana.domain.instruments.models import Edition

pytestmark = pytest.mark.django_db


def later() -> Edition:
    """Publish a second edition: line 2 is worded differently, and one line more binds nobody."""
    more = ItemRow("t:9", ItemRole.LINE, "9", "Contar lo ajeno", (ItemRole.AXIS, "1"), audience=NOBODY)
    rows = tuple(replace(row, text="Contar con todos") if row.key == "line:2" else row for row in ITEMS)
    return make_edition(edition="2", rows=(*rows, more))


def test_a_call_goes_on_from_an_earlier_edition(desk: Desk) -> None:
    later()
    response = send(desk, editions="PLAN/2", since="PLAN/1")
    send(desk, editions="PLAN/2", since="PLAN/1", reached=second_step(response))
    call = Call.objects.latest("pk")
    owed = {item.code for scope in call.scopes.all() for item in scope.items.all()}
    assert (call.since and call.since.code, owed) == ("1", {"2"})


def test_where_nothing_came_before_there_is_nothing_to_choose(desk: Desk) -> None:
    assert soup(desk.get("amaru", "convocar/")).find("select", {"name": "since"}) is None


def test_a_call_that_would_put_nothing_is_refused_with_why(desk: Desk) -> None:
    make_edition(edition="2", rows=ITEMS)
    fields = {"editions": "PLAN/2", "since": "PLAN/1"}
    response = send(desk, **fields, reached=second_step(send(desk, **fields)))
    assert (errors(response)[0], response.status_code) == ("Nothing that binds says anything else than in PLAN/1.", 422)


def test_a_call_says_what_nobody_owes_and_why(desk: Desk) -> None:
    later()
    send(desk, editions="PLAN/2", reached=second_step(send(desk, editions="PLAN/2")))
    told = text(desk.get("amaru", f"convocatorias/{Call.objects.latest('pk').code}/"))
    assert "What nobody owes 1 item that nobody owes 9 Contar lo ajeno nobody was made responsible" in told


def test_a_call_of_which_everything_is_owed_says_nothing_of_it(desk: Desk) -> None:
    assert "What nobody owes" not in text(desk.get("amaru", f"convocatorias/{desk.call.code}/"))
