"""On the page of a public body each activity shows what was declared and, beside it, what was found."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from tests.cast import make_call, make_edition, make_plan, obligation_of
from tests.domain.progress.stage import FLOW, PLAN, accepted, asked, planned
from yupana.domain.progress.actions import close_corrective, dispute, give_verdict, open_corrective
from yupana.domain.progress.facts import ReportRow
from yupana.domain.progress.rules import Said
from yupana.foundation.kernel.quantity import SCALE
from yupana.projections.followers import tick

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast
    from yupana.domain.obligations.models import Obligation

pytestmark = pytest.mark.django_db
DAY = date(2018, 5, 2)
BASIS, WRONG, NOTE, DISPUTED = "Contamos los granos", "Corrija el conteo", "Quedó corregido", "Había más"


def verified(cast: Cast, owed: Obligation) -> None:
    """Let the first activity of a report be found to be less, with one thing put right and one open."""
    report = accepted(cast, owed)
    given = give_verdict(actor=cast.amaru, submission=report, row=1, said=Said(18 * SCALE), basis=BASIS, on=DAY)
    told = {"actor": cast.amaru, "verdict": given, "due_on": date(2018, 6, 1), "on": DAY}
    open_corrective(text="Guarde las actas", **told)  # type: ignore[arg-type] # fields by name
    action = open_corrective(text=WRONG, **told)  # type: ignore[arg-type] # the same
    close_corrective(actor=cast.amaru, corrective=action, text=NOTE, on=date(2018, 5, 12), seen=0)
    dispute(actor=cast.inti, verdict=given, text=DISPUTED, on=DAY)
    tick()


def page(client: Client, cast: Cast, query: str = "") -> tuple[str, list[str]]:
    """What the page says of all, and of each activity's progress."""
    soup = BeautifulSoup(client.get(f"/en/entidades/cast/{cast.a.source_id}/{query}").content, "html.parser")
    rows = [" ".join(each.get_text(" ").split()) for each in soup.select(".plan > li")]
    return " ".join(soup.get_text(" ").split()), rows


def test_declared_and_verified_stand_side_by_side_with_what_is_to_be_put_right(client: Client, cast: Cast) -> None:
    verified(cast, asked(planned(cast)).obligations.get())
    whole, rows = page(client, cast)
    assert "Reported by Q1 2018: 3 activities say a value. 1 of them was verified." in whole
    assert "By Q1 2018 declared: 20 of 100 granos verified: 18 in dispute" in rows[0]
    assert f"Q1 2018: declared 20, verified 18 on May 2, 2018. in dispute {BASIS}" in rows[0]
    assert "to be put right Guarde las actas (open since May 2, 2018, due on June 1, 2018)" in rows[0]
    assert f"put right {WRONG} (closed on May 12, 2018, after 10 days)" in rows[0]
    assert "declared: 35 ; from 40 it has to fall to 20 verified: nobody checked it yet" in rows[1]
    assert "declared: not reached yet verified: nobody checked it yet" in rows[2]
    # What a body says against a verdict is between it and the authority until it is answered; persons are never named.
    assert [word for word in (DISPUTED, NOTE, "Amaru", "Inti") if word in whole] == []
    assert "declared" not in page(client, cast, "?as_of=2018-03-30")[0]


def test_nothing_is_said_of_reports_under_a_restricted_call(client: Client, cast: Cast) -> None:
    make_edition()
    call = make_call(visibility="restricted")
    make_plan(cast, obligation_of(call, cast.a), PLAN)
    verified(cast, asked(call).obligations.get())
    whole, _ = page(client, cast)
    assert [word for word in (BASIS, WRONG, "declared", "Reported") if word in whole] == []


def test_of_what_has_no_value_the_reason_and_the_target_stand_apart(client: Client, cast: Cast) -> None:
    owed = asked(planned(cast, [FLOW])).obligations.get()
    accepted(cast, owed, [ReportRow(1, gap="capacity")])
    tick()
    _, [row] = page(client, cast)
    assert "declared: without a value, because: There is nobody to measure it · target: 100 granos verified" in row
