"""Evidence, addresses, sheets and risk, each at the very border of what it takes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.instruments.facts import Target, TargetSource
from yupana.domain.instruments.rules.targets import Unread
from yupana.domain.progress.rules import Gap, Method, OverBodies, OverTime
from yupana.domain.progress.rules.addresses import MOST, is_public, read_link
from yupana.domain.progress.rules.evidence import (
    ENDINGS,
    Looked,
    Standing,
    Validity,
    file_name,
    is_due,
    standing,
    validity,
)
from yupana.domain.progress.rules.risk import Stake, Why, at_first_sight, looked_closely
from yupana.domain.progress.rules.sheets import (
    MOST_GAPS,
    MOST_NAME,
    OVER_TIME,
    SheetFields,
    Terms,
    check_sheet,
    drafted,
)
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.quantity import MOST as MOST_NUMBER
from yupana.foundation.kernel.quantity import SCALE

LEAP = date(2020, 2, 29)
days = st.dates(date(2000, 1, 1), date(2040, 1, 1))


# --- evidence ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("until", "on", "found"),
    [
        (LEAP, LEAP, Validity.NEAR),
        (LEAP, date(2020, 3, 1), Validity.EXPIRED),
        (LEAP, date(2020, 2, 14), Validity.NEAR),
        (LEAP, date(2020, 2, 13), Validity.VALID),
        (date(2020, 12, 31), date(2021, 1, 1), Validity.EXPIRED),
        (None, date.max, Validity.LASTING),
        (date.max, date.max, Validity.NEAR),
    ],
)
def test_validity_follows_the_calendar(until: date | None, on: date, found: Validity) -> None:
    assert validity(until, on) == found


@given(days, days, st.integers(0, 400))
def test_what_has_expired_never_comes_back(until: date, on: date, wait: int) -> None:
    later = validity(until, on + timedelta(wait))
    assert validity(until, on) != Validity.EXPIRED or later == Validity.EXPIRED


@given(days, st.none() | days, st.sampled_from(["", "gone"]), st.integers(0, 60))
def test_a_link_is_never_looked_at_twice_in_three_days_nor_left_for_more_than_thirty(
    last: date, until: date | None, refusal: str, wait: int
) -> None:
    due = is_due(Looked(last, "aa", refusal), until, last + timedelta(wait))
    assert not due or wait >= 3
    assert due or wait < 30


@pytest.mark.parametrize(
    ("digests", "found"),
    [
        (["aa", ""], Standing.LOST),
        (["", "aa"], Standing.THERE),
        (["", ""], Standing.LOST),
        (["aa", "", "aa"], Standing.THERE),
        (["aa", "", "bb"], Standing.CHANGED),
        (["aa", "bb", ""], Standing.LOST),
    ],
)
def test_the_last_look_says_whether_it_is_there_and_all_of_them_whether_it_changed(
    digests: list[str], found: Standing
) -> None:
    assert standing([Looked(LEAP, each, "" if each else "gone") for each in digests]) == found


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("", ".pdf"),
        ("acta.", "acta..pdf"),
        (".pdf", ".pdf"),
        ("acta.pdf.exe", "acta.pdf.exe.pdf"),
        ("acta.pdf ", "acta.pdf .pdf"),
    ],
)
def test_the_last_ending_of_a_file_is_that_of_its_bytes(name: str, found: str) -> None:
    assert file_name(name, "application/pdf") == found


@given(st.text(max_size=20), st.sampled_from([*ENDINGS, "application/octet-stream", ""]))
def test_no_file_is_named_as_a_page_and_naming_twice_changes_nothing(name: str, media_type: str) -> None:
    found = file_name(name, media_type)
    assert found.rpartition(".")[2].lower() not in {"html", "htm", "svg", "js", "xml", "xhtml", "exe"}
    assert file_name(found, media_type) == found


# --- addresses -----------------------------------------------------------------------------------------------------
def test_an_address_may_be_as_long_as_it_may() -> None:
    longest = "https://a.example/".ljust(MOST, "x")
    assert len(read_link(longest).path) == MOST - len("https://a.example")
    with pytest.raises(Refused) as refused:
        read_link(f"{longest}x")
    assert (refused.value.code, refused.value.details) == ("link-too-long", {"most": MOST})


@pytest.mark.parametrize(
    ("text", "port"),
    [("http://a.example", 80), ("https://a.example", 443), ("http://a.example:/", 80), ("http://a.example:0/", 0),
     ("https://a.example:80/", 80), ("https://a.example:65535/", 65535)],
)  # fmt: skip
def test_a_port_is_the_one_that_is_named_or_the_usual_one(text: str, port: int) -> None:
    assert read_link(text).port == port


@pytest.mark.parametrize("near", ["9.255.255.255", "11.0.0.0", "126.255.255.255", "128.0.0.0", "172.15.255.255",
                                  "172.32.0.0", "192.167.255.255", "192.169.0.0", "223.255.255.255", "100.63.255.255",
                                  "169.253.255.255", "169.255.0.0", "198.17.255.255", "198.20.0.0"])  # fmt: skip
def test_right_beside_what_is_kept_the_internet_is_open(near: str) -> None:
    assert is_public(near)


@pytest.mark.parametrize("last", ["10.0.0.0", "10.255.255.255", "172.16.0.0", "172.31.255.255", "192.168.255.255",
                                  "127.0.0.0", "100.64.0.0", "224.0.0.0", "255.255.255.255", "198.18.0.0"])  # fmt: skip
def test_the_first_and_the_last_of_what_is_kept_belong_to_it(last: str) -> None:
    assert not is_public(last)


# --- sheets --------------------------------------------------------------------------------------------------------
SHEET = SheetFields("Conectadas")


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"name": "x" * MOST_NAME},
        {"factor": 1},
        {"factor": MOST_NUMBER},
        {"target": MOST_NUMBER, "baseline": -MOST_NUMBER},
        {"target": 0, "baseline": 0},
        {"gaps": (("data", "x" * MOST_NAME),) * MOST_GAPS},
        {"gaps": tuple((kind.value, "") for kind in Gap)},
        {"method": "reduction", "baseline": 0, "direction": "down"},
        {"method": "reduction", "baseline": 0, "direction": ""},
        {"frequency": "month", "source": "count"},
    ],
)
def test_a_sheet_may_say_as_much_as_it_may(changes: dict[str, Any]) -> None:
    told = replace(SHEET, **changes)
    check_sheet(told)
    assert told.plain()["gaps"] == [list(each) for each in told.gaps]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": ""}, "sheet-name"),
        *(({name: "x" * (most + 1)}, "sheet-text-too-long") for name, most in (
            ("name", 300), ("definition", 5_000), ("unit", 120), ("numerator", 300), ("denominator", 300),
            ("audience", 5_000), ("responsible", 300),
        )),
        ({"factor": -1}, "sheet-number"),
        ({"factor": MOST_NUMBER + 1}, "sheet-number"),
        ({"baseline": -MOST_NUMBER - 1}, "sheet-number"),
        *(({name: "x"}, "sheet-choice") for name in (
            "method", "over_time", "over_bodies", "source", "direction", "frequency",
        )),
        *(({name: ""}, "sheet-choice") for name in ("method", "over_time", "over_bodies", "source")),
        ({"method": "reduction", "direction": "down"}, "sheet-reduction"),
        ({"method": "reduction", "baseline": 5, "direction": "up"}, "sheet-reduction"),
        ({"gaps": (("data", "x" * (MOST_NAME + 1)),)}, "sheet-gap"),
        ({"gaps": (("", "x"),)}, "sheet-gap"),
    ],
)  # fmt: skip
def test_one_more_is_too_much(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        check_sheet(replace(SHEET, **changes))
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("target", "baseline", "found"),
    [
        ("0.0001", None, (1, None, Method.STOCK, "")),
        ("20", "40", (20 * SCALE, 40 * SCALE, Method.REDUCTION, "down")),
        ("40", "40", (40 * SCALE, 40 * SCALE, Method.STOCK, "up")),
        ("40", "0", (40 * SCALE, 0, Method.STOCK, "up")),
        ("0", "1", (0, SCALE, Method.REDUCTION, "down")),
        ("-5", "-4", (-5 * SCALE, -4 * SCALE, Method.REDUCTION, "down")),
    ],
)
def test_baseline_and_target_say_which_way_it_goes(
    target: str, baseline: str | None, found: tuple[int, int | None, Method, str]
) -> None:
    known = Target(number=Decimal(target), baseline=None if baseline is None else Decimal(baseline), unit="centros",
                   source=TargetSource.REPORT)  # fmt: skip
    sheet = drafted("Centros", known, LEAP, Terms()).fields
    assert sheet is not None
    check_sheet(sheet)
    assert (sheet.target, sheet.baseline, sheet.method, sheet.direction) == found


@pytest.mark.parametrize(("target", "baseline"), [("0.00001", None), ("1e30", None), ("1", "0.00001"), ("1", "1e30")])
def test_a_number_that_cannot_be_kept_is_not_rounded_into_a_sheet(target: str, baseline: str | None) -> None:
    known = Target(number=Decimal(target), baseline=None if baseline is None else Decimal(baseline), unit="centros",
                   source=TargetSource.REPORT)  # fmt: skip
    found = drafted("Centros", known, LEAP, Terms())
    assert (found.fields, found.reason) == (None, Unread.UNCLEAR_NUMBER)


@pytest.mark.parametrize("method", list(Method))
def test_every_method_has_what_becomes_of_its_values_over_time(method: Method) -> None:
    sums = {Method.FLOW: OverTime.SUM, Method.MILESTONE: OverTime.MOST}
    assert OVER_TIME[method] == sums.get(method, OverTime.LAST)
    check_sheet(replace(SHEET, method=method, over_time=OVER_TIME[method], baseline=1, over_bodies=OverBodies.MOST))


# --- risk ----------------------------------------------------------------------------------------------------------
CALM = Stake(budget=None, plan=None, level=4, checked=True, differed=False, body_differed=False)


@pytest.mark.parametrize(
    ("budget", "points"),
    [(0, 0), (999_999, 0), (1_000_000, 5), (9_999_999, 5), (10_000_000, 10), (99_999_999, 10), (100_000_000, 15),
     (999_999_999, 15), (1_000_000_000, 20), (10**15, 20)],
)  # fmt: skip
def test_more_money_is_more_worth_a_look(budget: int, points: int) -> None:
    assert at_first_sight(replace(CALM, budget=budget)) == ({Why.MONEY: points} if points else {})


@pytest.mark.parametrize(("budget", "plan", "points"), [(1, 4, 5), (1, 5, 0), (2, 4, 10), (3, 7, 5), (4, 7, 10),
                                                        (1, 1, 10), (1, 0, 0), (1, None, 0), (None, 5, 0)])  # fmt: skip
def test_a_quarter_or_half_of_the_plan_counts_from_exactly_there(
    budget: int | None, plan: int | None, points: int
) -> None:
    found = at_first_sight(replace(CALM, budget=budget, plan=plan))
    assert found == ({Why.SHARE: points} if points else {})


def test_nothing_odd_and_nothing_reached_is_nothing_to_look_at() -> None:
    assert (at_first_sight(CALM), looked_closely(None, [])) == ({}, {})
