"""The real register: its counts, its doubts, and that it comes in twice without a change."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from yupana.domain.entities import public
from yupana.domain.entities.actions import import_register
from yupana.domain.entities.models import Entity
from yupana.domain.entities.queries import audience, named, sealed_contents, search
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.ledger.actions import seal
from yupana.foundation.ledger.models import Entry
from yupana.foundation.ledger.verify import verify
from yupana.interfaces.interchange.entities import read_entities

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from yupana.domain.entities.facts import EntityRow
    from yupana.foundation.kernel.report import Report

pytestmark = [pytest.mark.real, pytest.mark.django_db]
DAY = date(2020, 11, 19)


@pytest.fixture(scope="module")
def rows(real_data: Path) -> Sequence[EntityRow]:
    return read_entities(real_data / "pige" / "entidades.csv").rows


@pytest.fixture
def report(db: None, rows: Sequence[EntityRow]) -> Report:
    return import_register(actor=OPERATOR, source="registro", rows=rows, on=DAY)


def test_every_node_is_stored(report: Report) -> None:
    assert ((report.read, report.created, report.updated, report.unchanged), report.unplaced) == ((677, 677, 0, 0), ())


def test_the_doubtful_ones_are_named(report: Report) -> None:
    assert [(note.why, note.text.split()[0]) for note in report.flagged] == [
        ("branch-contradicts-type", "867"),
        ("branch-contradicts-type", "716"),
        ("type-unknown", "SC-34"),
        ("branch-contradicts-type", "SC-40"),
        ("branch-contradicts-type", "SC-45"),
        ("branch-contradicts-type", "SC-52"),
        ("code-duplicated", "SC-54"),
        ("code-duplicated", "SC-54"),
        ("branch-contradicts-type", "SC-56"),
    ]


def test_653_can_be_bound_and_24_are_groups(report: Report) -> None:
    assert public.counts() == public.Counts(
        677,
        653,
        24,
        {"central": 250, "departmental": 16, "indigenous": 3, "municipal": 367, "regional": 2, "university": 15},
    )


def test_a_second_import_changes_nothing_and_takes_few_queries(
    report: Report, rows: Sequence[EntityRow], query_budget: Callable[[int], AbstractContextManager[object]]
) -> None:
    with query_budget(10):
        again = import_register(actor=OPERATOR, source="registro", rows=rows, on=DAY)
    assert ((again.created, again.updated, again.unchanged), again.flagged, Entry.objects.count()) == (
        (0, 0, 677),
        report.flagged,
        677,
    )


def test_the_first_import_takes_far_fewer_queries_than_rows(
    db: None, rows: Sequence[EntityRow], query_budget: Callable[[int], AbstractContextManager[object]]
) -> None:
    with query_budget(60):
        import_register(actor=OPERATOR, source="registro", rows=rows, on=DAY)


def test_the_ledger_vouches_for_every_node(report: Report) -> None:
    seal()
    verdict = verify(sealed_contents())
    assert (verdict.ok, verdict.entries) == (True, 677)


def test_a_command_that_names_the_double_code_lists_both(report: Report) -> None:
    with pytest.raises(Refused) as caught:
        named("SC-54")
    assert [ref for ref, _ in caught.value.details["candidates"]] == ["registro:769", "registro:770"]  # type: ignore[attr-defined] # a list of pairs


@pytest.mark.parametrize(
    ("source_id", "level", "territory"),
    [
        ("8", "central", ""),
        ("749", "departmental", "PT"),
        ("755", "central", ""),
        ("760", "central", ""),
        ("767", "central", ""),
        ("772", "central", ""),
        ("305", "regional", "TJ"),
        ("681", "regional", ""),
        ("669", "central", ""),
    ],
)
def test_level_and_territory_by_hand(report: Report, source_id: str, level: str, territory: str) -> None:
    assert Entity.objects.values_list("level_id", "territory").get(source_id=source_id) == (level, territory)


@pytest.mark.parametrize(
    ("expression", "bodies"),
    [
        ("all", 653),
        ("level:municipal", 367),
        ("nivel:municipal y territorio:LP", 95),
        ('kind:"Gobierno Autónomo Municipal"', 337),
        ("not level:central", 403),
        ("under:G-06", 234),
        ("under:G-11 and level:central", 5),
    ],
)
def test_audiences_over_the_real_register(report: Report, expression: str, bodies: int) -> None:
    assert audience(expression, on=DAY).count() == bodies


def test_names_are_squeezed_and_found_without_accents(report: Report) -> None:
    assert not Entity.objects.filter(name__endswith=" ").exists()
    assert search("ministerio planificacion").count() == 1
