"""Whatever is forged in what was checked, measured and published, column by column, `verify` does not pass over it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, transaction

from tests.cast import make_call, make_edition
from tests.domain.progress.stage import FLOW, planned
from tests.domain.progress.targets import DAY, MUNICIPAL, TARGETS
from tests.verified import verified
from yupana.domain.instruments.models import Item
from yupana.domain.progress.actions import give_verdict, load_sheets
from yupana.domain.progress.actions.evaluating import draft_evaluation, publish_evaluation, save_evaluation
from yupana.domain.progress.actions.scheming import set_scheme
from yupana.domain.progress.models import Sheet, Verdict
from yupana.domain.progress.rules import Band, Bands, Said
from yupana.foundation.ledger import guards
from yupana.foundation.ledger import queries as ledger
from yupana.foundation.ledger.actions import seal
from yupana.projections.proof import verify

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cast import Cast

pytestmark = pytest.mark.django_db
OTHER = "\"on\" = '2019-01-01'"
OF_CHECKS = {
    "verdict": [
        *("value = 1", "value = NULL, numerator = 1, denominator = 2", "row = 2", "basis = 'x'", "by_id = NULL"),
        *(OTHER, "supersedes_id = NULL, row = 2"),
    ],
    "dispute": [
        *("text = 'x'", OTHER, "by_id = NULL", "answer = 'x'", "answered_on = '2019-01-01'", "answered_by_id = NULL"),
        "upheld = NOT upheld",
    ],
    "corrective": ["text = 'x'", "due_on = '2030-01-01'", OTHER, "by_id = NULL"],
    "correctivestep": ["text = 'x'", "after = 'closed'", '"order" = 2', OTHER, "by_id = NULL"],
}
OF_SHEETS = [
    *("name = 'x'", "definition = 'x'", "unit = 'x'", "numerator = 'x'", "denominator = 'x'", "factor = 1"),
    *("method = 'capacity'", "direction = 'down'", "baseline = 1", "baseline_year = 2017", "target = target + 1"),
    *("target = NULL", "due_on = '2030-01-01'", "over_time = 'mean'", "over_bodies = 'apart'", "source = 'count'"),
    *("frequency = 'month'", "audience = ''", "responsible = 'x'", 'gaps = \'[["data", "x"]]\'', "item_id = {other}"),
]
OF_EVALUATIONS = {
    "scheme": [
        *("floor_bp = floor_bp + 1", "since = '2019-01-01'", "act = 'x'", "bands = '[[0, \"x\"]]'"),
        "instrument_id = NULL",
    ],
    "evaluation": [
        *("title = 'x'", "period = '2018'", "as_of = '2018-07-30'", "words = '{}'", "position = position - 1"),
        *("formula = '1'", "code = 'x'"),
        f"digest = '{'cd' * 32}'",
    ],
}  # fmt: skip


def unnoticed(statements: list[str]) -> list[str]:
    """Try each forgery, take it back, and name those that verification passes over."""
    passed = []
    for statement in statements:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            if cursor.rowcount != 1 or verify().why != "content":
                passed.append(statement)
            transaction.set_rollback(True)
    return passed


def forgeries(tables: dict[str, list[str]], where: dict[str, int]) -> list[str]:
    return [
        f"UPDATE progress_{table} SET {told} WHERE id = {where[table]}"  # noqa: S608 - our own words
        for table, each in tables.items()
        for told in each
    ]


def test_what_was_checked(cast: Cast) -> None:
    found = verified(cast, planned(cast, [FLOW]), lambda _: "palabra", answered=True)
    last = give_verdict(
        actor=cast.amaru, submission=found.report, row=1, said=Said(3), basis="Otra vez", on=date(2018, 6, 1),
        supersedes=found.given,
    )  # fmt: skip
    seal()
    assert verify().ok
    guards.remove(connection)
    where = {
        "verdict": last.pk,
        "dispute": found.disputed.dispute.pk,
        "corrective": found.action.pk,
        "correctivestep": found.action.steps.get().pk,
    }
    assert unnoticed(forgeries(OF_CHECKS, where)) == []
    assert Verdict.objects.get(pk=last.pk).value == 3


def test_how_an_indicator_is_measured(cast: Cast) -> None:
    edition = make_edition(rows=TARGETS)
    load_sheets(actor=cast.amaru, edition=edition, terms=MUNICIPAL, on=DAY)
    seal()
    assert verify().ok
    guards.remove(connection)
    sheet = Sheet.objects.get(item__code="4")
    other = Item.objects.get(edition=edition, role="target", code="1").pk
    told = [each.format(other=other) for each in OF_SHEETS]
    assert unnoticed(forgeries({"sheet": told}, {"sheet": sheet.pk})) == []


def test_by_which_bands_and_what_was_published(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path))
    call = planned(cast, [FLOW])
    bands = Bands(6_000, (Band(0, "bajo"), Band(7_000, "bueno")))
    scheme = set_scheme(actor=cast.amaru, instrument="PLAN", since=DAY, bands=bands, act="RA 1", on=DAY)
    as_of = date(2018, 7, 31)
    draft = draft_evaluation(actor=cast.amaru, call=call, period="2018-Q1", as_of=as_of, on=as_of)
    draft = save_evaluation(actor=cast.amaru, evaluation=draft, title="Primero", words={"summary": "Va bien"})
    seal()
    told: dict[str, Any] = {"call": call.code, "period": "2018-Q1", "as_of": as_of.isoformat(), "formula": "3"}
    figures = {**told, "position": ledger.head().size}
    held = publish_evaluation(actor=cast.amaru, evaluation=draft, figures=figures, on=as_of)
    seal()
    assert verify().ok
    guards.remove(connection)
    other = make_call(code="OTRA", audience="code:C-1")
    seal()
    more = {**OF_EVALUATIONS, "evaluation": [*OF_EVALUATIONS["evaluation"], f"call_id = {other.pk}"]}
    assert unnoticed(forgeries(more, {"scheme": scheme.pk, "evaluation": held.pk})) == []


def test_what_is_taken_away_or_put_beside_it(cast: Cast) -> None:
    """An entry without its row, and a row that leans on the entry of another one."""
    found = verified(cast, planned(cast, [FLOW]), lambda _: "palabra", answered=True)
    seal()
    assert verify().ok
    guards.remove(connection)
    told = "FROM progress_corrective"
    columns = 'verdict_id, text, due_on, "on", by_id'
    statements = [
        f"DELETE FROM progress_correctivestep WHERE corrective_id = {found.action.pk}",  # noqa: S608 - our own words
        f"DELETE FROM progress_dispute WHERE verdict_id = {found.disputed.pk}",  # noqa: S608 - the same
        f"INSERT INTO progress_corrective ({columns}, entry_id) SELECT {columns}, {found.given.entry_id} {told}",
    ]
    assert unnoticed(statements) == []
