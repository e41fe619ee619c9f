"""The plans that were really handed in on paper, digested whole; the counts were made by hand from the files."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest

from yupana.domain.commitments.actions import import_plans
from yupana.domain.commitments.models import Activity, Reclassification
from yupana.domain.commitments.public import standings
from yupana.domain.commitments.rules import Kind, read_date
from yupana.domain.entities.actions import import_register
from yupana.domain.instruments.actions import draft_edition, publish
from yupana.domain.instruments.facts import Heading, Manuscript
from yupana.domain.obligations.actions import open_call
from yupana.domain.submissions.models import Step, Submission
from yupana.foundation.kernel.actor import OPERATOR
from yupana.interfaces.interchange.commitments import read_plans
from yupana.interfaces.interchange.entities import read_entities
from yupana.interfaces.interchange.instruments import read_instrument

if TYPE_CHECKING:
    from pathlib import Path

    from yupana.domain.obligations.models import Call
    from yupana.foundation.kernel.report import Report

pytestmark = [pytest.mark.real, pytest.mark.django_db]
ON = date(2026, 11, 20)


def opened(folder: Path) -> Call:
    register = read_entities(folder / "entidades.csv")
    import_register(actor=OPERATOR, source=register.source, rows=register.rows, on=ON)
    rows = read_instrument(folder).rows
    cover = Heading("PIGE", "PIGE", "plan", "1", "PIGE", "")
    draft_edition(actor=OPERATOR, manuscript=Manuscript(cover, rows))
    publish(actor=OPERATOR, instrument="PIGE", edition="1", act="DS", on=date(2017, 7, 12))
    first = date(2018, 1, 1)
    terms = {"audience": "all", "opens_on": first, "due_on": None, "period": "2018", "historical": True}
    return open_call(actor=OPERATOR, editions=["PIGE/1"], on=ON, **terms)  # type: ignore[arg-type] # the terms of a call


def counted(report: Report) -> tuple[int, int, int, int]:
    return report.read, report.created, report.updated, report.unchanged


def test_the_real_plans_come_in_whole_and_once(real_data: Path) -> None:
    call = opened(real_data / "pige")
    first, again = (
        import_plans(actor=OPERATOR, call=call, plans=read_plans(real_data / "pige"), on=ON) for _ in range(2)
    )
    assert (counted(first), counted(again)) == ((944, 944, 0, 0), (944, 0, 0, 944))
    assert (first.unplaced, first.flagged == again.flagged) == ((), True)
    assert Counter(note.why for note in first.flagged) == {
        "row-without-line": 81,
        "swap-suspected": 36,
        "resolution-missing": 27,
        "belongs-elsewhere": 26,
        "contradicts-cites": 7,
        "plan-without-rows": 7,
        "date-unreadable": 3,
        "date-missing": 1,
    }
    assert Counter(Submission.objects.values_list("state", flat=True)) == {"accepted": 57, "misfiled": 26}
    assert (Activity.objects.count(), Activity.objects.filter(item=None).count()) == (861, 81)
    assert (Reclassification.objects.count(), Step.objects.filter(after="accepted", met_on=None).count()) == (0, 26)
    cards = standings(call.pk, as_of=ON)
    assert Counter(card.standing.value for card in cards) == {"met_date_unknown": 57, "open": 596}


SWAPPED = {  # rows of 2018 whose letters were numbered in July: ids of the file
    "2018-12-07": "3 7 12 13 19 20 26 32 45 51 56 62 66 67 74 75 77 78 83 86 87 88 89 104 108 109 114 125",
    "2018-11-07": "15 17 46 71 73 116",
    "2018-04-07": "107",
    "2018-06-07": "140",
}
CONTRADICTED = "4 10 48 59 97 99 121"


def test_the_days_that_the_letters_contradict_are_those_found_by_hand(real_data: Path) -> None:
    import_plans(actor=OPERATOR, call=opened(real_data / "pige"), plans=read_plans(real_data / "pige"), on=ON)
    told = Submission.objects.exclude(date_doubt="")
    found = {(each.date_doubt, f"{each.received_on}", each.source["id"]) for each in told if each.source}
    swapped = {("swap-suspected", day, key) for day, keys in SWAPPED.items() for key in keys.split()}
    assert {each for each in found if each[0] == "swap-suspected"} == swapped
    assert {key for doubt, _, key in found if doubt == "contradicts-cites"} == set(CONTRADICTED.split())
    assert {each for each in found if each[0] == "date-missing"} == {("date-missing", "None", "128")}


def test_every_real_date_is_read_but_one_that_cannot_be(real_data: Path) -> None:
    texts = {text for plan in read_plans(real_data / "pige") for row in plan.rows for text in (row.starts, row.ends)}
    kinds = {text: read_date(text, year_one=None).kind for text in texts}
    assert [text for text, kind in kinds.items() if kind is Kind.UNREADABLE] == ["Año 3 Quinto Semestre"]
    assert Counter(kinds.values()) == {"day": 56, "month": 17, "year": 10, "relative": 17, "empty": 1, "unreadable": 1}
