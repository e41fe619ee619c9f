"""An edition with four targets, their sheets, and what two municipalities report of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.cast import ITEMS, make_call, make_edition, make_plan, obligation_of
from tests.domain.progress.stage import PLAN, asked
from yupana.domain.instruments.facts import ItemRole, ItemRow
from yupana.domain.progress.actions import (
    accept_report,
    load_sheets,
    save_measured,
    save_rows,
    start_report,
    submit_report,
)
from yupana.domain.progress.facts import MeasuredValue, ReportRow
from yupana.domain.progress.queries import sheets_asked
from yupana.domain.progress.rules.sheets import Terms
from yupana.foundation.kernel.quantity import SCALE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.cast import Cast
    from yupana.domain.instruments.models import Edition
    from yupana.domain.obligations.models import Call, Obligation
    from yupana.foundation.kernel.actor import Actor

DAY = date(2018, 2, 1)
LINE = (ItemRole.LINE, "1")
TARGETS = (
    *ITEMS,
    ItemRow("items.csv:6", ItemRole.TARGET, "2", "50% de las entidades públicas cuentan sus granos.", LINE),
    ItemRow("items.csv:7", ItemRole.TARGET, "3", "40% de los ciudadanos cuentan sus granos.", LINE),
    ItemRow("items.csv:8", ItemRole.TARGET, "4", "Se construyen 12 graneros.", LINE),
)
MUNICIPAL = Terms(by="level:municipal")
CITIZENS, BARNS = "PLAN/1#target:3", "PLAN/1#target:4"
QUARTER = (
    ReportRow(1, value=25 * SCALE, cause="staff", variation="Faltó gente"),
    ReportRow(2, value=30 * SCALE, cause="staff", variation="Faltó gente"),
    ReportRow(3, value=SCALE),
)


def rate(above: int, below: int) -> MeasuredValue:
    return MeasuredValue(CITIZENS, numerator=above * SCALE, denominator=below * SCALE)


def barns(number: int) -> MeasuredValue:
    return MeasuredValue(BARNS, value=number * SCALE)


def called(cast: Cast) -> tuple[Edition, Call]:
    """Set the sheets, and let the plans of both municipalities be accepted."""
    edition = make_edition(rows=TARGETS)
    load_sheets(actor=cast.amaru, edition=edition, terms=MUNICIPAL, on=DAY)
    call = make_call()
    for body, actor in ((cast.a, cast.inti), (cast.b, cast.killa)):
        make_plan(cast, obligation_of(call, body), PLAN, actor=actor)
    return edition, call


def said(cast: Cast, actor: Actor, owed: Obligation, values: Sequence[MeasuredValue]) -> None:
    """Report rows and indicators, without data for those that are left out, and let it be accepted."""
    named = {each.item for each in values}
    rest = [MeasuredValue(each.name, gap="data") for each in sheets_asked(owed) if each.name not in named]
    day = owed.call.opens_on
    draft = start_report(actor=actor, obligation=owed, on=day)
    save_rows(actor=actor, submission=draft, rows=QUARTER)
    save_measured(actor=actor, submission=draft, values=[*values, *rest])
    version = submit_report(actor=actor, submission=draft, received_on=None, on=day)
    accept_report(actor=cast.amaru, submission=version, on=day)


def story(cast: Cast) -> Edition:
    """Ask for two quarters: A reports both, B the first alone."""
    edition, call = called(cast)
    first, second = asked(call), asked(call, "2018-Q2")
    said(cast, cast.inti, obligation_of(first, cast.a), [rate(1, 4), barns(2)])
    said(cast, cast.killa, obligation_of(first, cast.b), [rate(6, 6), MeasuredValue(BARNS, gap="money")])
    said(cast, cast.inti, obligation_of(second, cast.a), [rate(2, 4), barns(3)])
    return edition
