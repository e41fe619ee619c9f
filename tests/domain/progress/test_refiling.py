"""What was found of a report goes on counting when the same is handed in again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.cast import obligation_of
from tests.domain.progress.stage import SAID, accepted, asked, planned
from yupana.domain.progress.actions import answer_dispute, dispute, give_verdict, open_corrective
from yupana.domain.progress.facts import ReportRow
from yupana.domain.progress.histories import histories
from yupana.domain.progress.public.checks import followed
from yupana.domain.progress.rules import Said
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.quantity import SCALE
from yupana.projections.figures.actions import check
from yupana.projections.followers import tick
from yupana.projections.overviews.to_verify import to_verify

if TYPE_CHECKING:
    from tests.cast import Cast
    from yupana.domain.obligations.models import Obligation
    from yupana.domain.progress.models import Verdict

pytestmark = pytest.mark.django_db
FOUND_ON, AGAIN_ON = date(2018, 4, 20), date(2018, 5, 10)
OTHER = (ReportRow(1, value=25 * SCALE), *SAID[1:])


def found(cast: Cast) -> tuple[int, Obligation, Verdict]:
    plans = planned(cast)
    owed = obligation_of(asked(plans), cast.a)
    version = accepted(cast, owed)
    given = give_verdict(actor=cast.auditor, submission=version, row=1, said=Said(0), basis="Nada", on=FOUND_ON)
    return obligation_of(plans, cast.a).pk, owed, given


def checked(plan: int) -> list[Said]:
    return list(histories([plan])[plan].lines[0].checked.values())


@pytest.mark.parametrize(("rows", "holds"), [(SAID, True), (OTHER, False)])
def test_a_verdict_holds_of_a_report_that_says_the_same_again(
    cast: Cast, rows: tuple[ReportRow, ...], holds: bool
) -> None:
    plan, owed, given = found(cast)
    open_corrective(actor=cast.auditor, verdict=given, text="Contar", due_on=AGAIN_ON, on=FOUND_ON)
    accepted(cast, owed, rows, on=AGAIN_ON)
    shown = followed([plan], as_of=date(2018, 7, 1))[plan].rows[1].checks
    assert (checked(plan), [(each.found, [one.text for one in each.findings]) for each in shown]) == (
        ([Said(0)], [(Said(0), ["Contar"])]) if holds else ([], [])
    )


def test_the_verdict_on_what_was_handed_in_last_holds(cast: Cast) -> None:
    plan, owed, given = found(cast)
    again = accepted(cast, owed, on=AGAIN_ON)
    open_corrective(actor=cast.auditor, verdict=given, text="Contar", due_on=date(2018, 5, 30), on=AGAIN_ON)
    last = {"actor": cast.auditor, "submission": again, "row": 1, "said": Said(5), "basis": "Algo"}
    give_verdict(**last, on=date(2018, 6, 1))  # type: ignore[arg-type] # terms by name
    shown = [followed([plan], as_of=day)[plan].rows[1].checks for day in (date(2018, 5, 31), date(2018, 6, 1))]
    assert (checked(plan), [[(each.found, len(each.findings)) for each in one] for one in shown]) == (
        [Said(5)],
        [[(Said(0), 1)], [(Said(5), 1)]],
    )


@pytest.mark.parametrize(("upheld", "left"), [(True, []), (False, [Said(0)])])
def test_a_verdict_that_was_found_wrong_counts_no_more(cast: Cast, upheld: bool, left: list[Said]) -> None:
    plan, owed, given = found(cast)
    against = dispute(actor=cast.inti, verdict=given, text="Sí está", on=FOUND_ON)
    accepted(cast, owed, on=AGAIN_ON)
    assert (to_verify(OPERATOR).total, to_verify(OPERATOR).checked) == (2, 1)
    tick()
    answer_dispute(actor=cast.amaru, dispute=against, upheld=upheld, answer="Visto", on=AGAIN_ON)
    tick()
    before = histories([plan], on=date(2018, 5, 9))[plan].lines[0].checked
    assert (checked(plan), list(before.values()), check()) == (left, [Said(0)], ())
