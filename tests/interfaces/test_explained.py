"""The page of a figure: its address is read strictly, its numbers are written as the reader writes them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import BadRequest
from django.http import Http404, QueryDict
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.progress.rules import Advance, Flag, Said, Unsaid
from yupana.domain.progress.rules.advance import Ratio
from yupana.foundation.kernel.quantity import SCALE
from yupana.foundation.kernel.share import Share
from yupana.interfaces import explained, tags
from yupana.interfaces.explained import HOW, MONEY, MOST_CALLS, MOST_TEXT, NAMES, OF_MONEY, figure_of, saying
from yupana.projections.figures import rules
from yupana.projections.figures.labels import FORMULAS, LABELS
from yupana.projections.overviews.explained.deeds import Deed, Told
from yupana.projections.overviews.figure import BELOW, BY_LINE, BY_WEIGHT, Figure

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY = date(2024, 3, 1)
ASKED = "m=coverage&c=A&as_of=2024-02-29"
NOTHING = Advance(Ratio(unsaid=Unsaid.SILENT), Ratio(unsaid=Unsaid.SILENT))


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def asked(query: str, *, call: str = "", today: date | None = TODAY) -> Figure:
    return figure_of(QueryDict(query), today=today, call=call)


def test_every_measure_has_a_name_and_a_formula() -> None:
    assert (set(LABELS), set(FORMULAS)) == ({rules.COVERAGE, rules.TIMELINESS, *rules.LADDER, *rules.PROGRESS},) * 2
    assert set(NAMES) == set(LABELS) | set(MONEY)


@pytest.mark.parametrize("text", [*NAMES.values(), *FORMULAS.values(), OF_MONEY])
def test_names_and_formulas_are_said_in_spanish_too(text: object) -> None:
    english = str(text)
    with translation.override("es"):
        assert str(text) not in ("", english)


@pytest.mark.parametrize(
    ("more", "figure"),
    [
        ("", Figure("coverage", ("A",), date(2024, 2, 29))),
        ("&i=PLAN/1%23line:1", Figure("coverage", ("A",), date(2024, 2, 29), item="PLAN/1#line:1")),
        ("&t=05", Figure("coverage", ("A",), date(2024, 2, 29), territory="05")),
        ("&e=cast:4", Figure("coverage", ("A",), date(2024, 2, 29), entity="cast:4")),
        ("&p=peso", Figure("coverage", ("A",), date(2024, 2, 29), weighted=True)),
        ("&p=linea", Figure("coverage", ("A",), date(2024, 2, 29), by_line=True)),
        ("&x=year:2026", Figure("coverage", ("A",), date(2024, 2, 29), only="year:2026")),
        ("&otro=1", Figure("coverage", ("A",), date(2024, 2, 29))),
        ("&i=a%00b", Figure("coverage", ("A",), date(2024, 2, 29), item="ab")),
        (f"&i={'x' * (MOST_TEXT + 1)}", Figure("coverage", ("A",), date(2024, 2, 29), item="x" * MOST_TEXT)),
    ],
)
def test_an_address_says_which_figure_it_is(more: str, figure: Figure) -> None:
    assert asked(ASKED + more) == figure


@pytest.mark.parametrize(
    ("codes", "calls"),
    [
        ("A", ("A",)),
        ("A,B", ("A", "B")),
        (",A,,B,", ("A", "B")),
        ("A%00", ("A",)),
        (",".join(f"C{at}" for at in range(MOST_CALLS)), tuple(f"C{at}" for at in range(MOST_CALLS))),
    ],
)
def test_calls_are_named_one_after_the_other(codes: str, calls: tuple[str, ...]) -> None:
    assert asked(f"m=coverage&as_of=2024-02-29&c={codes}").calls == calls


@pytest.mark.parametrize(
    "query",
    [
        "",
        "c=A&as_of=2024-02-29",  # no measure
        "m=nada&c=A&as_of=2024-02-29",
        "m=COVERAGE&c=A&as_of=2024-02-29",
        "m=money.programmed&c=A&as_of=2024-02-29",  # money is opened at the desk
        "m=coverage&as_of=2024-02-29",
        "m=coverage&c=&as_of=2024-02-29",
        "m=coverage&c=,,,&as_of=2024-02-29",
        f"m=coverage&as_of=2024-02-29&c={','.join(f'C{at}' for at in range(MOST_CALLS + 1))}",
        "m=coverage&c=A&as_of=2024-02-29&p=nada",
        "m=coverage&c=A&as_of=2024-02-29&p=Peso",
    ],
)
def test_what_is_not_counted_is_not_there(query: str) -> None:
    with pytest.raises(Http404):
        asked(query)


@pytest.mark.parametrize(
    "day",
    ["", "2024", "2024-02-30", "2023-02-29", "20240229", "2024-W09-4", "29/02/2024", "2024-2-29", " 2024-02-29",
     "2024-03-02", "9999-12-31", "2024-02-29T00:00", "hoy"],
)  # fmt: skip
def test_a_day_that_is_none_or_to_come_is_refused(day: str) -> None:
    with pytest.raises(BadRequest):
        asked(f"m=coverage&c=A&as_of={day}")


@pytest.mark.parametrize("day", ["2024-02-29", "2024-03-01", "0001-01-01"])
def test_a_day_that_was_and_today_are_read(day: str) -> None:
    assert asked(f"m=coverage&c=A&as_of={day}").as_of == date.fromisoformat(day)


def test_at_the_desk_the_call_stands_in_the_path_and_the_rest_may_be_left_out() -> None:
    assert asked("", call="A", today=None) == Figure("coverage", ("A",), date.max, inside=True)
    assert asked("c=OTRA&m=money.accrued", call="A", today=None) == Figure(
        "money.accrued", ("A",), date.max, inside=True
    )


figures = st.builds(
    Figure,
    st.sampled_from(list(LABELS)),
    st.lists(st.from_regex(r"[A-Z0-9-]{1,9}", fullmatch=True), min_size=1, max_size=4).map(tuple),
    st.dates(max_value=TODAY),
    item=st.sampled_from(["", "PLAN/1", "PLAN/1#line:1", f"PLAN/1#axis:ñ &{BELOW}", "-"]),
    territory=st.sampled_from(["", "-", "05"]),
    entity=st.sampled_from(["", "cast:4", "otra fuente:ñ&="]),
    only=st.sampled_from(["", "year:2026"]),
)


@given(figures, st.sampled_from(HOW))
def test_what_a_figure_writes_into_its_address_is_read_as_the_same_figure(figure: Figure, how: str) -> None:
    whole = Figure(
        figure.measure, figure.calls, figure.as_of, item=figure.item, territory=figure.territory, entity=figure.entity,
        only=figure.only, weighted=how == BY_WEIGHT, by_line=how == BY_LINE,
    )  # fmt: skip
    there, _, query = tags.explained_at(whole).partition("?")
    assert (there, asked(query)) == ("/en/explicar/", whole)


def test_of_what_is_weighed_and_split_by_line_the_weight_is_said() -> None:
    figure = Figure("coverage", ("A",), TODAY, weighted=True, by_line=True)
    assert figure.query()["p"] == BY_WEIGHT


def test_an_address_says_only_what_is_said() -> None:
    assert Figure("coverage", ("A", "B"), TODAY).query() == {"m": "coverage", "c": "A,B", "as_of": "2024-03-01"}
    assert Figure("coverage", ("A",), TODAY, inside=True).query() == {"m": "coverage", "as_of": "2024-03-01"}


@pytest.mark.parametrize(
    ("measure", "english", "spanish"),
    [
        ("coverage", "1,234 of 5,000", "1.234 de 5.000"),
        (rules.ADVANCE, "1,234 of 5,000", "1.234 de 5.000"),
        (rules.EXECUTION, "Bs\u202f12.34 of Bs\u202f50.00", "Bs\u202f12,34 de Bs\u202f50,00"),
        ("money.programmed", "Bs\u202f12.34", "Bs\u202f12,34"),
        ("money.accrued", "Bs\u202f12.34", "Bs\u202f12,34"),
    ],
)
def test_a_share_is_told_with_its_base_and_money_in_bolivianos(measure: str, english: str, spanish: str) -> None:
    say = saying(measure)
    told = [say(Share(1_234, 5_000))]
    with translation.override("es"):
        told.append(say(Share(1_234, 5_000)))
    assert told == [english, spanish]


def deed(**changed: object) -> Deed:
    """An activity of which nothing is known; say what differs."""
    told: dict[str, object] = {
        "row": 1, "name": "Contar", "points": Fraction(10_000), "ratio": None, "capped": None, "unsaid": Unsaid.SILENT,
        "counts": True, "advance": NOTHING, "baseline": None, "told": (), "proofs": (),
    }  # fmt: skip
    return Deed(**(told | changed))  # type: ignore[arg-type] # fields by name


def done(**changed: object) -> explained.Done:
    return explained._done(deed(**changed), rules.ADVANCE)  # noqa: SLF001 - how one activity is written


@pytest.mark.parametrize(
    ("ratio", "english", "spanish"),
    [
        (Fraction(0), "0\u202f%", "0\u202f%"),
        (Fraction(1), "100\u202f%", "100\u202f%"),
        (Fraction(4, 5), "80\u202f%", "80\u202f%"),
        (Fraction(1, 3), "33.33\u202f%", "33,33\u202f%"),
        (Fraction(2, 3), "66.67\u202f%", "66,67\u202f%"),
        (Fraction(-1, 3), "-33.33\u202f%", "-33,33\u202f%"),
        (Fraction(1, 8), "12.5\u202f%", "12,5\u202f%"),
        (Fraction(25), "2,500\u202f%", "2.500\u202f%"),
        (Fraction(1, 10**6), "0\u202f%", "0\u202f%"),
    ],
)
def test_a_ratio_is_told_as_it_is_below_nothing_and_beyond_all_too(ratio: Fraction, english: str, spanish: str) -> None:
    told = [done(ratio=ratio, unsaid=None).ratio]
    with translation.override("es"):
        told.append(done(ratio=ratio, unsaid=None).ratio)
    assert told == [english, spanish]


@pytest.mark.parametrize("unsaid", Unsaid)
def test_where_there_is_no_ratio_its_reason_is_told(unsaid: Unsaid) -> None:
    english = done(unsaid=unsaid).ratio
    with translation.override("es"):
        spanish = done(unsaid=unsaid).ratio
    assert len({english, spanish, unsaid.value, ""}) == 4


@pytest.mark.parametrize(
    ("changed", "english"),
    [
        ({"capped": Fraction(1, 2)}, "5,000 of 10,000"),
        ({"capped": Fraction(1, 2), "points": Fraction(10_000, 3)}, "1,666.67 of 3,333.33"),
        ({"capped": Fraction(0)}, "0 of 10,000"),
        ({"capped": Fraction(1, 2), "counts": False}, ""),
        ({"capped": None}, ""),
    ],
)
def test_what_an_activity_gives_to_its_line_is_told_where_it_gives_anything(
    changed: dict[str, object], english: str
) -> None:
    assert done(**changed).counted == english


def test_money_gives_no_points() -> None:
    told = deed(capped=Fraction(1, 2), cents=(1, 2, 3))
    assert explained._done(told, rules.EXECUTION).counted == ""  # noqa: SLF001 - how one activity is written


def test_quantities_are_told_where_they_are_known_and_left_out_where_they_are_not() -> None:
    known = Advance(Ratio(), Ratio(), Fraction(1_234_5 * SCALE, 10), Fraction(0), None, frozenset({Flag.FELL}))
    found = done(advance=known, baseline=0)
    assert (found.actual, found.target, found.to_date, found.baseline, len(found.flags)) == ("1,234.5", "0", "", "0", 1)
    assert (done().actual, done().target, done().baseline, done().flags) == ("", "", "", ())


@pytest.mark.parametrize(
    ("said", "english", "spanish"),
    [
        (None, "", ""),
        (Said(), "no value", "sin valor"),
        (Said(gap="data"), "no value", "sin valor"),
        (Said(0), "0", "0"),
        (Said(-15_000), "-1.5", "-1,5"),
        (Said(1_234 * SCALE), "1,234", "1.234"),
        (Said(numerator=45 * SCALE, denominator=60 * SCALE), "45 / 60", "45 / 60"),
        (Said(numerator=0, denominator=1_000 * SCALE), "0 / 1,000", "0 / 1.000"),
        (Said(numerator=1, denominator=0), "0.0001 / 0", "0,0001 / 0"),
    ],
)
def test_what_was_said_of_a_period_is_nothing_a_value_or_that_there_is_none(
    said: Said | None, english: str, spanish: str
) -> None:
    told = (Told("2018-Q1", said, None, 7, None, disputed=False),)
    found = [done(told=told).told]
    with translation.override("es"):
        found.append(done(told=told).told)
    assert [each[0][1] for each in found] == [english, spanish]
    assert (found[0][0][0], found[0][0][2:]) == ("Q1 2018", ("", 7, None, False))


@pytest.mark.parametrize(
    ("measure", "told"),
    [
        (rules.EXECUTION, "Bs\N{NARROW NO-BREAK SPACE}106,000.00"),
        ("money.accrued", "Bs\N{NARROW NO-BREAK SPACE}106,000.00"),
        (rules.EFFICACY, "10,600,000"),
    ],
)
def test_money_that_nobody_knows_is_written_as_money(measure: str, told: str) -> None:
    assert explained.unknown_in(measure)(Share(1, 2, 10_600_000)) == told
