"""What a statement says of its indicator, and what no sheet may say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from yupana.domain.instruments.facts import Target, TargetSource
from yupana.domain.instruments.rules.targets import Unread
from yupana.domain.progress.rules.sheets import MOST_GAPS, MOST_NAME, WHOLE, SheetFields, Terms, check_sheet, drafted
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.quantity import MOST, SCALE

SHARE = "70% de entidades públicas del nivel central del Estado se conectan a la red"
SHEET = SheetFields("Conectadas", target=70 * SCALE)
BY = "code:100"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SHARE, (70, "%", WHOLE, "rate", "count", "level:central", "")),
        ("12 plataformas como servicio para entidades", (12, "plataformas", SCALE, "sum", "report", BY, "")),
        ("90% de los incidentes son atendidos", (90, "%", WHOLE, "rate", "report", BY, "")),
        ("Se han desarrollado anualmente 2 programas de capacitación",
         (2, "programas de capacitación al año", SCALE, "sum", "report", BY, "year")),
    ],
)  # fmt: skip
def test_the_statement_says_number_unit_and_who_is_counted(text: str, expected: tuple[object, ...]) -> None:
    sheet = drafted(text, None, None, Terms(by=BY, due=date(2025, 12, 31))).fields
    assert sheet
    check_sheet(sheet)
    assert (sheet.target or 0, sheet.due_on) == (expected[0] * SCALE, date(2025, 12, 31))  # type: ignore[operator] # each row of the table begins with a number
    found = (sheet.unit, sheet.factor, sheet.over_bodies, sheet.source, sheet.audience, sheet.frequency)
    assert found == expected[1:]


def test_entities_are_asked_for_their_share_where_the_authority_wants_it() -> None:
    sheet = drafted(SHARE, None, None, Terms(ask=True, by=BY)).fields
    assert sheet and (sheet.source, sheet.audience) == ("report", "level:central")  # noqa: PT018 - mypy has to know it


def test_a_target_below_its_baseline_falls() -> None:
    known = Target(number=Decimal(20), unit="%", baseline=Decimal(40), source=TargetSource.REPORT)
    sheet = drafted("Bajar el rezago", known, None, Terms()).fields
    assert sheet and (sheet.method, sheet.direction, sheet.baseline) == ("reduction", "down", 40 * SCALE)  # noqa: PT018 - the same


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Existen incentivos estatales para la innovación.", Unread.NO_NUMBER),
        ("Entre el 20% y el 30% de las entidades publican.", Unread.SEVERAL_NUMBERS),
        ("x" * 3_000, Unread.TOO_LONG),
    ],
)
def test_what_says_no_one_number_is_left_with_its_reason(text: str, reason: Unread) -> None:
    assert drafted(text, None, None, Terms()).reason == reason


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " "}, "sheet-name"),
        ({"unit": "u" * 200}, "sheet-text-too-long"),
        ({"factor": 0}, "sheet-number"),
        ({"target": MOST + 1}, "sheet-number"),
        ({"over_time": "never"}, "sheet-choice"),
        ({"method": ""}, "sheet-choice"),
        ({"method": "reduction"}, "sheet-reduction"),
        ({"gaps": (("luck", "x"),)}, "sheet-gap"),
        ({"gaps": (("data", "x"),) * (MOST_GAPS + 1)}, "sheet-gap"),
    ],
)
def test_a_sheet_that_makes_no_value_is_refused(changes: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        check_sheet(replace(SHEET, **changes))  # type: ignore[arg-type] # each row of the table names fields of a sheet
    assert refused.value.code == code


def test_a_long_statement_names_its_indicator_by_its_beginning() -> None:
    sheet = drafted(f"3 redes {'muy ' * 100}grandes", None, None, Terms()).fields
    assert sheet and len(sheet.name) <= MOST_NAME and sheet.name.endswith("…")  # noqa: PT018 - mypy has to know it


def test_what_says_no_number_is_reached_or_not_where_the_authority_says_so() -> None:
    sheet = drafted("Existen incentivos estatales.", None, None, Terms(yes_no=True, by=BY)).fields
    assert sheet and (sheet.method, sheet.target, sheet.over_bodies, sheet.audience) == ("milestone", SCALE, "most", BY)  # noqa: PT018 - mypy has to know it
    assert (
        drafted("Entre el 20% y el 30% de las entidades publican.", None, None, Terms(yes_no=True)).reason
        == Unread.SEVERAL_NUMBERS
    )
