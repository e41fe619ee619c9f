from __future__ import annotations

import csv
import time
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.entities.rules import parse_audience
from yupana.domain.instruments.facts import Heading, ItemRole, ItemRow, Manuscript, Target, TargetSource
from yupana.domain.instruments.labels import MESSAGES
from yupana.domain.instruments.rules.targets import MOST_READ, NOTES, Basis, Reading, Unread, read_target, with_targets
from yupana.foundation.kernel.report import Note

if TYPE_CHECKING:
    from pathlib import Path

DUE = date(2025, 12, 31)
ETA = "level:departmental or level:municipal or level:indigenous or level:regional"


def share(text: str) -> tuple[str, str]:
    """Say what a share was read as, and over whom it is counted."""
    reading = read_target(text)
    assert reading.target
    counted = reading.target.source is TargetSource.COUNT
    assert counted == bool(reading.target.counted) == (reading.basis is Basis.ENTITIES)
    return str(reading.basis), reading.target.counted


def number(text: str) -> str:
    """Say a number and its unit as read, or why not."""
    target = read_target(text).target
    return f"{target.number} {target.unit}".strip() if target else str(read_target(text).reason)


def due(text: str) -> date | None:
    target = read_target(text, default_due=DUE).target
    return target.due_on if target else None


# --- shares ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("80% de entidades públicas publican sus nudos.", "all"),
        ("80 por ciento del total de las instituciones públicas no usan nudos", "all"),
        ("Nudos contados por el 80% de todas las entidades del Estado.", "all"),
        ("80% de las entidades, hasta 2024, cuentan nudos", "all"),
        ("80% de las instituciones públicas del nivel central ya se anudan", "level:central"),
        ("80 % de entidades de nivel municipal ya cuentan nudos", "level:municipal"),
        ("80% de los organismos públicos de los niveles departamental, regional y municipal anudan",
         "level:departmental or level:regional or level:municipal"),
        ("80% de las ETA cuentan nudos", ETA),
        ("80% de las Entidades Territoriales Autónomas cuentan nudos", ETA),
        ("80% de los Gobiernos Autónomos Municipales cuentan nudos", "level:municipal"),
        ("80% de las gobernaciones cuentan nudos", "level:departmental"),
        ("80% de universidades públicas cuentan nudos", "level:university"),
        ("80% of public entities count their knots", "all"),
        ("80 per cent of all the entities count their knots", "all"),
        ("80% of central-level public entities publish knots", "level:central"),
        ("80% of the institutions at the municipal level publish knots", "level:municipal"),
        ("80% of autonomous territorial entities publish knots", ETA),
    ],
)  # fmt: skip
def test_a_share_of_public_entities_is_counted_over_those_that_it_names(text: str, counted: str) -> None:
    assert (share(text), str(parse_audience(counted))) == (("entities", counted), counted)


@pytest.mark.parametrize(
    "text",
    [
        "80% de las entidades que tienen nudos los cuentan",
        "80% de las entidades públicas con más de cien nudos los cuentan",
        "80% de las entidades públicas del sector textil cuentan nudos",
        "80% de las entidades financieras cuentan nudos",
        "80% de las entidades públicas y privadas cuentan nudos",
        "80% de las alcaldías que tejen cuentan nudos",
        "80% of public entities that own knots count them",
        "80% of the entities owning knots count them",
        "80% of entities in the highlands count knots",
    ],
)
def test_a_share_of_entities_under_a_condition_is_counted_over_nobody(text: str) -> None:
    assert share(text) == ("some-entities", "")


@pytest.mark.parametrize(
    "text",
    [
        "80% de los nudos de las entidades públicas están contados",
        "80% nudos contados",
        "80% de las personas cuentan nudos",
        "80% de los funcionarios de entidades del nivel central cuentan nudos",
        "80% of knots are counted by public entities",
        "Nudos al 80%",
    ],
)
def test_a_share_of_anything_else_is_counted_over_nobody(text: str) -> None:
    assert share(text) == ("others", "")


# --- numbers --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("7,5% de los nudos", "7.5 %"),
        ("7.5 % of knots", "7.5 %"),
        ("100 por ciento de nudos", "100 %"),
        ("Contar 12 nudos de lana", "12 nudos de lana"),
        ("1.200 nudos contados para cada aldea", "1200 nudos"),
        ("1,200,000 nudos en la costa", "1200000 nudos"),
        ("Cuatro talleres de hilado en la costa", "4 talleres de hilado"),
        ("2 millones de nudos en la costa", "2000000 nudos"),
        ("3 cursos anuales para las aldeas", "3 cursos al año"),
        ("5 courses per year", "5 courses"),
        ("5 courses a year for the villages", "5 courses"),
        ("Five workshops in the villages", "5 workshops"),
        ("5 new looms", "5"),
        ("Nivel 3 de orden", "3"),
        ("12 nudos según la Ley 164 y el D.S. 1793", "12 nudos"),
        ("12 nudos del objetivo 4.7", "12 nudos"),
        ("Nudos contados", "no-number"),
        ("Un registro de nudos", "no-number"),
        ("", "no-number"),
        ("80% de nudos y 20% de hilos", "several-numbers"),
        ("12 nudos y 3 hilos", "several-numbers"),
        ("1.200% de nudos", "unclear-number"),
        ("7.1234 nudos", "unclear-number"),
        ("1.2.3 nudos", "unclear-number"),
        ("9" * (MOST_READ + 1), "too-long"),
    ],
)
def test_a_number_is_read_with_its_unit_or_not_at_all(text: str, read: str) -> None:
    assert number(text).replace(" a year", "") == read


def test_a_share_that_names_other_numbers_is_the_share() -> None:
    assert number("80% de aldeas con más de 50 telares tejen") == "80 %"


@pytest.mark.parametrize(
    ("text", "baseline", "reached"),
    [
        ("Pasar del 20% al 50% de nudos contados", 20, 50),
        ("From 20% to 50% of knots", 20, 50),
        ("Subir de 20 a 50% de nudos", 20, 50),
        ("50% de nudos contados (línea base: 20%)", 20, 50),
        ("Línea de base 20, 50 talleres en la costa", 20, 50),
        ("50% of knots, baseline of 20%", 20, 50),
        ("50% de nudos", None, 50),
    ],
)
def test_where_it_starts_from_is_no_second_number(text: str, baseline: int | None, reached: int) -> None:
    target = read_target(text).target
    assert target
    assert (target.baseline and int(target.baseline), int(target.number or 0)) == (baseline, reached)


# --- days -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("80% de nudos", DUE),
        ("80% de nudos hasta 2023", date(2023, 12, 31)),
        ("Al 2023, 80% de nudos", date(2023, 12, 31)),
        ("Hasta fines de la gestión 2023 80% de nudos", date(2023, 12, 31)),
        ("Hasta 2023 contar 80% de nudos", date(2023, 12, 31)),
        ("Hasta 2023 contar 12 nudos", date(2023, 12, 31)),
        ("Nudos en 2023 aldeas", DUE),
        ("80% de nudos hasta fines de la gestión 2023.", date(2023, 12, 31)),
        ("80% de nudos hasta el 30 de junio de 2023", date(2023, 6, 30)),
        ("80% de nudos antes de 2024", date(2023, 12, 31)),
        ("80% de nudos antes del 2 de enero de 2024", date(2024, 1, 1)),
        ("80% of knots by the end of 2023", date(2023, 12, 31)),
        ("80% of knots by 2023-06-30", date(2023, 6, 30)),
        ("80% de nudos entre 2021 y 2023", date(2023, 12, 31)),
        ("80% de nudos hasta 2023, hilos hasta 2024", None),
        ("80% de nudos hasta el 31 de febrero de 2023", DUE),
        ("80% de los nudos de 2019", DUE),
    ],
)
def test_a_target_is_to_be_reached_when_it_says_or_else_when_its_plan_ends(text: str, on: date | None) -> None:
    assert due(text) == on


def test_a_target_read_says_everything_at_once() -> None:
    assert read_target("Pasar del 5% al 60% de las ETA hasta 2024") == Reading(
        Target(Decimal(60), "%", date(2024, 12, 31), TargetSource.COUNT, ETA, Decimal(5)), Basis.ENTITIES
    )


# --- anything -------------------------------------------------------------------------------------------------------
@given(
    st.lists(st.sampled_from(["80", "%", " ", "de ", "entidades ", "2025", "hasta ", ".", "á", "²", "İ", "\0"])).map(
        "".join
    )
)
def test_whatever_is_said_is_read_or_has_its_reason(text: str) -> None:
    reading = read_target(text, default_due=DUE)
    assert (reading.target is None, reading.basis is None) == (reading.reason is not None,) * 2


@pytest.mark.parametrize("piece", ["1.", "de ", "2025 ", "80% ", "hasta ", "ley 1 ", "(", "de el la ", "a 2025-12-31 "])
def test_a_hostile_text_is_read_at_once(piece: str) -> None:
    started = time.process_time()
    read_target((piece * MOST_READ)[:MOST_READ])
    assert time.process_time() - started < 60


# --- the national targets -------------------------------------------------------------------------------------------
CENTRAL, EVERY = "level:central", "all"
COUNTED = {
    1: CENTRAL, 5: CENTRAL, 7: CENTRAL, 12: CENTRAL, 13: EVERY, 15: CENTRAL, 23: CENTRAL, 25: ETA, 26: CENTRAL,
    27: CENTRAL, 28: CENTRAL,
}  # fmt: skip
NUMBERS = {
    1: 70, 4: 100, 5: 50, 7: 100, 8: 100, 9: 100, 10: 40, 11: 90, 12: 100, 13: 50, 14: 90, 15: 100, 17: 90, 18: 2,
    21: 40, 22: 100, 23: 50, 24: 100, 25: 30, 26: 100, 27: 60, 28: 50,
}  # fmt: skip
ON_CONDITION = {9, 17}
UNREAD = {2, 3, 6, 16, 19, 20}


@pytest.mark.real
def test_the_national_targets_are_read_as_they_were_by_hand(real_data: Path) -> None:
    with (real_data / "pige" / "pige_metas.csv").open(encoding="utf-8") as file:
        read = {int(row["id"]): read_target(row["meta"], default_due=DUE) for row in csv.DictReader(file)}
    targets = {at: reading.target for at, reading in read.items() if reading.target}
    assert (
        {at: int(target.number or 0) for at, target in targets.items()},
        {at: target.counted for at, target in targets.items() if target.source is TargetSource.COUNT},
        {at for at, reading in read.items() if reading.basis is Basis.SOME_ENTITIES},
        {at for at, reading in read.items() if reading.reason is Unread.NO_NUMBER},
        {at for at, target in targets.items() if target.unit != "%"},
        sorted({str(target.due_on) for target in targets.values()}),
    ) == (NUMBERS, COUNTED, ON_CONDITION, UNREAD, {18}, [str(DUE)])


@pytest.mark.real
def test_fifteen_of_the_national_targets_are_no_shares_of_entities(real_data: Path) -> None:
    with (real_data / "pige" / "pige_metas.csv").open(encoding="utf-8") as file:
        bases = [read_target(row["meta"]).basis for row in csv.DictReader(file)]
    of_entities = [basis for basis in bases if basis in (Basis.ENTITIES, Basis.SOME_ENTITIES)]
    assert (len(bases), len(bases) - len(of_entities)) == (28, 15)


# --- a whole manuscript ----------------------------------------------------------------------------------------------
def stated(*rows: ItemRow) -> Manuscript:
    return Manuscript(Heading("QIPU", "Knots", "plan", "1", "Knots 1", ""), rows)


def aim(code: str, text: str, role: ItemRole = ItemRole.TARGET, target: Target | None = None) -> ItemRow:
    return ItemRow(f"t.csv:{code}", role, code, text, None, target=target)


def test_the_targets_of_a_manuscript_are_read_and_what_is_not_is_noted_with_its_place() -> None:
    due = date(2025, 12, 31)
    read = with_targets(stated(aim("1", "Se cuenta con 40 nudos"), aim("2", "Existen nudos")), default_due=due)
    assert ([row.target for row in read.rows], read.mended) == (
        [Target(number=Decimal(40), unit="nudos", due_on=due), None],
        (Note("t.csv:2", "target-no-number", "Existen nudos"),),
    )


def test_what_a_target_says_already_and_what_is_no_target_is_left_as_it_is() -> None:
    text = stated(aim("1", "40 nudos", target=Target(unit="cuerdas")), aim("2", "40 nudos", ItemRole.ACTION))
    assert with_targets(text) == text


@pytest.mark.parametrize("why", Unread)
def test_each_reason_why_a_target_is_not_read_has_its_note(why: Unread) -> None:
    assert NOTES[why] in MESSAGES
