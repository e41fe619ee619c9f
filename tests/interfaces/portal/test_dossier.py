"""What a body shows to its citizens of one plan: as it stood on a day, and nothing held against it that waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from tests.cast import make_call, make_edition, make_plan, obligation_of
from tests.domain.progress.stage import PLAN, SAID, accepted, asked, planned, reported
from yupana.domain.obligations.models import Call
from yupana.domain.progress.actions import answer_corrective, dispute, give_verdict, open_corrective, return_report
from yupana.domain.progress.rules import Said
from yupana.foundation.kernel.quantity import SCALE
from yupana.projections.followers import tick

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast

pytestmark = pytest.mark.django_db
DAY = date(2018, 5, 2)
MORE = [replace(each, cause="staff", variation="Faltó gente") for each in SAID]


def text(client: Client, cast: Cast, day: str, page: str | None = None) -> str:
    there = f"rendicion/{Call.objects.order_by('pk')[0].code}/" if page is None else page
    found = client.get(f"/en/entidades/cast/{cast.a.source_id}/{there}?as_of={day}")
    return " ".join(BeautifulSoup(found.content, "html.parser").select_one("main").get_text(" ").split())  # type: ignore[union-attr] # every page has one


def test_what_waits_for_the_authority_is_not_called_late(client: Client, cast: Cast) -> None:
    owed = obligation_of(asked(planned(cast)), cast.a)  # due on April 21, handed in on the 5th, returned on the 25th
    version = reported(cast.inti, owed, on=date(2018, 4, 5))
    due = "Q1 2018 April 21, 2018"
    assert f"Report: {due} not yet open" in text(client, cast, "2018-04-02")
    assert f"Report: {due} April 5, 2018 handed in on April 5, 2018, under review" in text(client, cast, "2018-05-01")
    assert f"{due} handed in on April 5, 2018, under review" in text(client, cast, "2018-05-01", "")
    step = return_report(actor=cast.amaru, submission=version, reason="Falta", remarks={}, on=DAY)
    assert step.remedy_until is not None
    back = f"April 5, 2018 returned on May 2, 2018, to be mended by {step.remedy_until:%B} "
    assert f"Report: {due} {back}" in text(client, cast, "2018-05-02")
    assert f"Report: {due} not yet late" in text(client, cast, "2018-08-01")
    assert "Q2 2018" not in text(client, cast, "2018-05-02")


def test_nothing_is_told_of_what_waits_under_a_restricted_call(client: Client, cast: Cast) -> None:
    make_edition()
    call = make_call(visibility="restricted")
    make_plan(cast, obligation_of(call, cast.a), PLAN)
    reported(cast.inti, obligation_of(asked(call), cast.a))
    assert "under review" not in text(client, cast, "2018-05-01", "")


def test_it_is_told_as_of_a_day_with_what_was_found_and_answered(client: Client, cast: Cast) -> None:
    plans = planned(cast)
    report = accepted(cast, obligation_of(asked(plans), cast.a))
    given = give_verdict(actor=cast.amaru, submission=report, row=1, said=Said(18 * SCALE), basis="Contamos", on=DAY)
    action = open_corrective(actor=cast.amaru, verdict=given, text="Corrija", due_on=date(2018, 6, 1), on=DAY)
    dispute(actor=cast.inti, verdict=given, text="No", on=DAY)
    answer_corrective(actor=cast.inti, corrective=action, text="Hecho", on=date(2018, 5, 9), seen=0)
    accepted(cast, obligation_of(asked(plans, "2018-Q2"), cast.a), MORE)
    tick()
    early, checked, answered, late = (
        text(client, cast, day) for day in ("2018-03-31", "2018-05-03", "2018-05-10", "2018-07-20")
    )
    assert "No report on them has been accepted" in early
    assert "35 ; from 40 it has to fall to 20" in checked
    assert "Verified 18 in dispute Q1 2018: declared 20, verified 18 on May 2, 2018. in dispute Contamos" in checked
    assert ("Corrija open, until June 1, 2018" in checked, "Q2 2018" in checked) == (True, False)
    assert "Corrija answered on May 9, 2018, the authority has to look at it" in answered
    assert "verified 18 (Q1 2018); 20 of Q2 2018 only declared" in late
    assert "Q1 2018: declared 20, verified 18" in late
