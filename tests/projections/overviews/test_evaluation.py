"""An evaluation counted once is counted the same for ever, and its parts add up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from tests.cast import REGISTER, SOURCE, make_plan, obligation_of
from tests.domain.progress.stage import PLAN, SAID, accepted, asked, planned, reported
from yupana.domain.entities.actions import import_register
from yupana.domain.obligations.actions import extend, waive
from yupana.domain.progress.actions.checking import give_verdict
from yupana.domain.progress.actions.scheming import set_scheme
from yupana.domain.progress.rules import Band, Bands, Said
from yupana.domain.submissions.actions import decide
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.canonical import canonical
from yupana.foundation.kernel.quantity import SCALE
from yupana.foundation.kernel.share import Share
from yupana.foundation.ledger import queries as ledger
from yupana.foundation.ledger.actions import seal
from yupana.projections.figures.queries import contributions
from yupana.projections.figures.rules import ADVANCE, ANSWERED, COVERAGE, EXECUTION, added, weighted
from yupana.projections.overviews.evaluation import Reading, compute
from yupana.projections.overviews.evaluation.breaking import MEASURES, OF_BODIES, Where, broken_down
from yupana.projections.overviews.evaluation.opening import opened
from yupana.projections.overviews.evaluation.population import Owes
from yupana.projections.overviews.figure import BELOW, NO_LINE, NOWHERE

if TYPE_CHECKING:
    from tests.cast import Cast
    from yupana.domain.obligations.models import Call

pytestmark = pytest.mark.django_db
AS_OF = date(2018, 7, 31)
LATER = date(2018, 9, 1)


@pytest.fixture
def quarter(cast: Cast) -> Call:
    """Two plans, of which one reported on the first quarter."""
    plan = planned(cast, bodies=[cast.a, cast.b])
    accepted(cast, asked(plan).obligations.get(debtor=cast.a))
    seal()
    return plan


def counted(call: Call, position: int | None = None) -> dict[str, Any]:
    return compute(call, "2018-Q1", AS_OF, ledger.head().size if position is None else position)


def test_it_names_who_did_what_and_ranks_only_what_is_known(cast: Cast, quarter: Call) -> None:
    told = counted(quarter)
    a, b = told["entities"]
    assert (a["entity"], a["report"], a["band"], a["score"], a["known"]) == ("cast:4", Owes.ACCEPTED, 2, 8000, 10_000)
    assert (b["entity"], b["report"], b["band"], b["unranked"]) == ("cast:5", Owes.SILENT, None, "silent")
    assert b["reports"]["advance.declared"] == [0, 0, 30_000, None, 0]
    assert told["peers"][0]["counts"] == {"2": 1, "silent": 1}
    assert (told["trend"][0]["period"], told["flags"]) == ("2018-Q1", {"jump-without-evidence": 1})
    rows = [replace(row, category="A") for row in REGISTER if row.source_id == "5"]
    import_register(actor=OPERATOR, source=SOURCE, rows=rows, on=AS_OF)
    seal()
    assert [(peer.get("category"), peer["counts"]) for peer in counted(quarter)["peers"]] == [
        (None, {"2": 1}),
        ("A", {"silent": 1}),
    ]


def test_its_parts_add_up_to_it_and_to_the_figures(quarter: Call) -> None:
    told = counted(quarter)
    for of in ("plans", "reports"):
        for measure, (*whole, _ratio, _known) in told["total"][of].items():
            for parts in ("entities", "levels", "departments"):
                shares = [each[of].get(measure, [0, 0, 0, None])[:3] for each in told[parts]]
                assert [sum(column) for column in zip(*shares, strict=True)] == whole, (measure, parts)
            for group, lines in [(told, [each for each in told["items"] if each["root"]])] + [
                (each, each["lines"]) for each in (*told["levels"], *told["departments"])
            ]:
                own = group.get("total", group)[of][measure][:3]
                rows = [each[of].get(measure, [0, 0, 0])[:3] for each in (*lines, group["no_line"])]
                assert [sum(column) for column in zip(*rows, strict=True)] == own or measure in OF_BODIES, measure
    owed = [each.pk for call in (quarter, quarter.followed_by.get()) for each in call.obligations.all()]
    cells = contributions(told["position"], owed)
    for of, call in (("plans", quarter), ("reports", quarter.followed_by.get())):
        for measure, (*whole, _ratio, _known) in told["total"][of].items():
            mine = [{key._replace(item=None, due_on=AS_OF): share} for key, share in cells.items()
                    if (key.measure, key.call) == (measure, call.pk)]  # fmt: skip
            (share,) = added(mine).values()
            assert [share.done, share.due, share.unknown] == whole, measure


def test_each_figure_opens_to_parts_that_add_up_to_it(quarter: Call) -> None:
    told = counted(quarter)
    reading = Reading(told)
    where = [Where(), *(Where(level=each["level"]) for each in told["levels"]),
             *(Where(territory=each["territory"] or NOWHERE) for each in told["departments"]),
             *(Where(item=f"{each['item']}{BELOW}") for each in told["items"])]  # fmt: skip
    seen = 0
    for group, measure in product(where, MEASURES):
        try:
            found = broken_down(reading, measure, group)
        except LookupError:  # nothing of it was due
            continue
        assert found is not None
        seen += 1
        assert sum((row.share for row in found.rows[:]), Share()) == found.share, (group, measure)
        weighed = {at: row.weight for at, row in enumerate(found.rows[:]) if row.weight}
        if weighed and found.score:
            ratio = weighted({at: found.rows[:][at].share for at in weighed}, weighed)
            assert ratio is not None
            assert round(ratio * 10_000) == found.score.done, (group, measure)
    assert seen > len(where) * 3


def test_a_frozen_figure_opens_down_to_what_the_record_said_then(cast: Cast, quarter: Call) -> None:
    """From the whole by lines and bodies to activities, each part being the figure that it opens; later is not seen."""
    reading, report = Reading(counted(quarter)), quarter.followed_by.get()
    why = [replace(row, cause="staff", variation="Faltó gente", value=1, accrued_cents=1) for row in SAID[:1]]
    accepted(cast, report.obligations.get(debtor=cast.a), [*why, *SAID[1:]], on=LATER)
    make_plan(cast, obligation_of(quarter, cast.a), [*PLAN, replace(PLAN[2], row=4, name="Otra")], on=LATER)
    seal()
    ends: list[tuple[str, str, bool, list[int]]] = []

    def follow(measure: str, where: Where, share: Share) -> None:
        found = opened(reading, measure, where)
        rows = found.rows[:]
        assert (found.share, sum((row.share for row in rows), Share())) == (share, share), (measure, where)
        if found.leaf:
            ends.append((where.entity, where.item, found.leaf.is_met, [each.row for each in found.leaf.deeds]))
        for row in rows:
            if row.where:
                follow(measure, row.where, row.share)

    whole, own = reading.figures["total"], reading.entities[0]
    follow(f"reports.{EXECUTION}", Where(), Share(*whole["reports"][EXECUTION][:3]))
    follow(f"reports.{COVERAGE}", Where(period="2018-Q1"), Share(*whole["reports"][COVERAGE][:3]))
    follow(f"plans.{ANSWERED}", Where(entity="cast:4"), Share(*own["plans"][ANSWERED][:3]))
    of_a = {"": [[]], "PLAN/1#line:1": [[1], []], "PLAN/1#line:2": [[2], []], NO_LINE: [[3]]}
    assert {item: [rows for who, at, _, rows in ends if (who, at) == ("cast:4", item)] for item in of_a} == of_a
    assert {is_met for who, _, is_met, _ in ends if who == "cast:5"} == {False}
    nowhere = (
        (ADVANCE, Where(entity="cast:99")),
        (ADVANCE, Where(entity="cast:4", item="PLAN/1#line:9")),
        (ADVANCE, Where(entity="cast:4", level="municipal")),
        (ADVANCE, Where(period="2018-Q3")),
        (ADVANCE, Where(period="2018-Q1", level="municipal")),
        (COVERAGE, Where(entity="cast:5", item="PLAN/1#line:1")),
    )
    told = [(Reading(dict(reading.figures)), *each) for each in nowhere]
    older = Reading({**reading.figures, "formula": "1"})
    assert opened(older, f"reports.{ADVANCE}").rows[:] == opened(reading, f"reports.{ADVANCE}").rows[:]
    for each, measure, where in [*told, (older, ADVANCE, Where(entity="cast:4"))]:
        with pytest.raises(LookupError):
            opened(each, f"reports.{measure}", where)


def test_whatever_is_recorded_later_it_is_counted_to_the_same_bytes(cast: Cast, quarter: Call) -> None:
    position, report = ledger.head().size, quarter.followed_by.get()
    frozen = canonical(counted(quarter))
    mine = report.obligations.get(debtor=cast.a)
    checked = mine.submissions.get()
    give_verdict(actor=cast.auditor, submission=checked, row=1, said=Said(value=SCALE), basis="Acta", on=LATER)
    accepted(cast, report.obligations.get(debtor=cast.b), actor=cast.killa, on=LATER)
    why = [replace(row, cause="staff", variation="Faltó gente") for row in SAID]
    accepted(cast, asked(quarter, "2018-Q2").obligations.get(debtor=cast.a), why, on=LATER)
    make_plan(cast, obligation_of(quarter, cast.a), [*PLAN, replace(PLAN[2], row=4, name="Cerrar el viejo")], on=LATER)
    extend(actor=OPERATOR, obligation=mine, due_on=date(2019, 1, 1), reason="r", act="a", on=LATER)
    waive(actor=OPERATOR, obligation=obligation_of(quarter, cast.b), reason="r", act="a", on=LATER)
    renamed = [replace(row, name=f"{row.name} nuevo", category="A") if row.type else row for row in REGISTER]
    import_register(actor=OPERATOR, source=SOURCE, rows=renamed, on=LATER)
    bands = Bands(0, (Band(0, "todo"),))
    set_scheme(actor=OPERATOR, instrument="PLAN", since=date(2018, 1, 1), bands=bands, act="RA 9", on=LATER)
    seal()
    assert canonical(counted(quarter, position)) == frozen
    now = counted(quarter)
    assert (now["scheme"]["act"], now["entities"][0]["name"]) == ("RA 9", "Municipio de Ábaco nuevo")
    assert [now["entities"][1]["plan"], now["entities"][0]["report"]] == [Owes.WAIVED, Owes.NOT_DUE]


def test_before_any_report_was_asked_for_it_speaks_of_plans(cast: Cast) -> None:
    call = planned(cast)
    seal()
    told: dict[str, Any] = compute(call, "2018", AS_OF, ledger.head().size)
    assert (told["report"], told["ranked_by"]) == ("", "incorporation.answered")
    assert [each["unranked"] for each in told["entities"]] == ["", "silent"]
    assert told["total"]["plans"]["coverage"] == [1, 2, 0, 5000, 10_000]


def test_who_handed_in_and_waits_or_has_to_mend_is_not_silent(cast: Cast, quarter: Call) -> None:
    version = reported(cast.killa, quarter.followed_by.get().obligations.get(debtor=cast.b))
    seal()
    handed = ledger.head().size
    decide(actor=cast.amaru, submission=version.pk, after=State.RETURNED, on=LATER, reason="Faltan actas")
    seal()
    found = [counted(quarter, position) for position in (handed, None)]
    assert [
        (told["entities"][1]["report"], told["peers"][0]["counts"], told["entities"][1]["reports"]["advance.declared"])
        for told in found
    ] == [
        (Owes.IN_REVIEW, {"2": 1, "in_review": 1}, [0, 0, 30_000, None, 0]),
        (Owes.RETURNED, {"2": 1, "returned": 1}, [0, 0, 30_000, None, 0]),
    ]
    assert [Reading(told).silent() for told in found] == [[], []]
