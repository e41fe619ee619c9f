"""Indicators from their sheets to what entities report of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from tests.cast import make_edition, obligation_of
from tests.domain.progress.stage import asked
from tests.domain.progress.targets import BARNS, DAY, MUNICIPAL, TARGETS, called, rate, said
from yupana.domain.obligations.models import Call
from yupana.domain.progress.actions import load_sheets, save_measured, set_sheet, start_report
from yupana.domain.progress.facts import MeasuredValue
from yupana.domain.progress.indicators import measured_by_sheet, reported, sheet_of, sheets_of
from yupana.domain.progress.models import Sheet
from yupana.domain.progress.rules import Said
from yupana.domain.progress.rules.indicators import value_of
from yupana.domain.progress.rules.sheets import SheetFields, Terms
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused
from yupana.foundation.kernel.quantity import SCALE
from yupana.foundation.kernel.share import Share
from yupana.foundation.ledger import guards
from yupana.foundation.ledger.actions import seal
from yupana.foundation.ledger.models import Entry
from yupana.projections.proof import verify

if TYPE_CHECKING:
    from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_statements_become_sheets_once_and_what_is_not_read_is_named(cast: Cast) -> None:
    edition = make_edition(rows=TARGETS)
    first = load_sheets(actor=cast.amaru, edition=edition, terms=MUNICIPAL, on=DAY)
    assert [each.item.code for each in first.made] == ["2", "3", "4"]
    assert [(item.code, reason.value) for item, reason in first.unread] == [("1", "no-number")]
    found = {each.item.code: (each.target, each.over_bodies, each.source, each.audience) for each in first.made}
    assert found == {
        "2": (50 * SCALE, "rate", "count", "all"),
        "3": (40 * SCALE, "rate", "report", "level:municipal"),
        "4": (12 * SCALE, "sum", "report", "level:municipal"),
    }
    recorded = Entry.objects.count()
    again = load_sheets(actor=cast.amaru, edition=edition, terms=Terms(), on=DAY)
    assert (again.made, len(again.kept), again.unread, Entry.objects.count()) == ((), 3, first.unread, recorded)


def test_a_sheet_is_set_by_the_authority_and_the_last_one_holds(cast: Cast) -> None:
    item = measured_by_sheet(make_edition(rows=TARGETS)).get(code="3")
    fields = SheetFields("Ciudadanos que cuentan", audience="level:municipal", gaps=(("data", "No  hay padrón"),))
    with pytest.raises(Forbidden):
        set_sheet(actor=cast.inti, item=item, fields=fields, on=DAY)
    first = set_sheet(actor=cast.amaru, item=item, fields=fields, on=DAY, seen=0)
    assert set_sheet(actor=cast.amaru, item=item, fields=fields, on=DAY) == first
    with pytest.raises(Conflict, match="sheet-moved"):
        set_sheet(actor=cast.amaru, item=item, fields=replace(fields, unit="personas"), on=DAY, seen=0)
    with pytest.raises(Refused, match="audience"):
        set_sheet(actor=cast.amaru, item=item, fields=replace(fields, audience="level:"), on=DAY)
    last = set_sheet(actor=cast.amaru, item=item, fields=replace(fields, unit="personas"), on=DAY, seen=first.pk)
    assert (sheet_of(item), last.gaps) == (last, [["data", "No hay padrón"]])


@pytest.mark.parametrize(("published", "code"), [(True, "sheet-item"), (False, "sheet-edition-draft")])
def test_what_is_no_target_of_a_published_edition_has_no_sheet(cast: Cast, published: bool, code: str) -> None:
    edition = make_edition(rows=TARGETS, published=published)
    with pytest.raises(Refused) as refused:
        set_sheet(actor=OPERATOR, item=edition.items.get(role="line", code="1"), fields=SheetFields("x"), on=DAY)
    assert refused.value.code == code


def test_what_entities_report_is_read_by_body_and_period_and_the_record_vouches_for_it(cast: Cast) -> None:
    edition, call = called(cast)
    report = obligation_of(asked(call), cast.a)
    draft = start_report(actor=cast.inti, obligation=report, on=date(2018, 4, 2))
    with pytest.raises(Refused, match="indicator-not-asked"):
        save_measured(actor=cast.inti, submission=draft, values=[MeasuredValue("PLAN/1#target:2", value=1)])
    sheets = {each.item.code: each for each in sheets_of(edition).values()}
    due = report.due_on
    assert due
    assert reported(sheets.values(), Call.objects.all(), as_of=due)[sheets["3"].item_id].said == {}
    said(cast, cast.inti, report, [rate(3, 12), MeasuredValue(BARNS, gap="data")])
    found = reported(sheets.values(), Call.objects.all(), as_of=due)
    citizens, built = (found[sheets[code].item_id] for code in ("3", "4"))
    assert citizens.asked == {cast.a.pk: ["2018-Q1"], cast.b.pk: ["2018-Q1"]}
    assert citizens.said == {cast.a.pk: {"2018-Q1": Said(numerator=3 * SCALE, denominator=12 * SCALE)}}
    value = value_of(sheets["3"], citizens.said, citizens.asked, date(2018, 3, 31))
    assert (value.actual, value.way.raw, value.coverage) == (Fraction(25 * SCALE), Fraction(25, 40), Share(1, 2))
    assert value_of(sheets["4"], built.said, built.asked, date(2018, 3, 31)).gaps == {"data": 1}
    assert reported(sheets.values(), Call.objects.all(), as_of=date(2018, 4, 1))[sheets["3"].item_id].asked == {}
    seal()
    assert verify().ok
    guards.remove(connection)
    Sheet.objects.filter(item__code="3").update(target=41 * SCALE)
    assert not verify().ok
