"""A frozen evaluation in words: cells that open, bands from the highest on, peers, trend, and who is named when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest
from django.utils import translation

from tests.projections.overviews.evaluation.frozen import HOLDS, LEVELS, ONE, TWO, body, figures, group, reading
from yupana.domain.progress.rules import Odd
from yupana.foundation.kernel.share import Share
from yupana.projections.figures import rules
from yupana.projections.overviews.evaluation.breaking import MEASURES
from yupana.projections.overviews.evaluation.grades import NO_DATA, NO_SCORE
from yupana.projections.overviews.evaluation.population import Owes
from yupana.projections.overviews.evaluation.reading import Reading
from yupana.projections.overviews.evaluation.telling import NAMES, OF_PLANS, OF_REPORTS, STANDS, Telling
from yupana.projections.overviews.figure import NO_LINE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def telling(**changed: Any) -> Telling:  # noqa: ANN401 - as the file has it
    return Telling(reading(**changed), LEVELS)


def through(*scores: int | None) -> Telling:
    """The same measure through many periods."""
    told = [
        {"period": f"2018-M{at}", **group({}, {rules.ADVANCE: [score, 10_000, 0, score]} if score is not None else {})}
        for at, score in enumerate(scores, 1)
    ]
    return telling(trend=told)


def test_every_measure_that_can_be_opened_has_a_name() -> None:
    assert set(MEASURES) == set(NAMES)


@pytest.mark.parametrize("words", [NAMES, STANDS], ids=["measures", "reasons"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_no_two_of_them_are_called_the_same(language: str, words: Mapping[str, object]) -> None:
    with translation.override(language):
        assert len({str(each) for each in words.values()} - {""}) == len(words)


def test_every_way_to_be_in_no_band_has_words() -> None:
    assert set(STANDS) == {*Owes, NO_DATA, NO_SCORE}


@pytest.mark.parametrize(("report", "columns"), [("PLAN-2018-I", OF_REPORTS), ("", OF_PLANS)])
def test_the_columns_speak_of_reports_where_they_were_asked_for(report: str, columns: tuple[str, ...]) -> None:
    told = telling(report=report)
    assert (told.columns, told.heads, told.line_heads) == (
        columns, [NAMES[each] for each in columns], [NAMES[each] for each in columns[1:]],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("report", "by", "name"),
    [("PLAN-2018-I", rules.EFFICACY, "Effectiveness, declared"), ("", rules.ANSWERED, "Lines answered")],
)
def test_it_says_by_what_it_ranks(report: str, by: str, name: str) -> None:
    assert str(telling(report=report, ranked_by=by).ranked_by) == name


def test_bands_run_from_the_highest_on_and_those_of_the_authority_keep_their_names() -> None:
    told = telling()
    assert (told.bands, told.floor) == (
        [
            ("2", "Excelente", Share(9_000, 10_000)),
            ("1", "partial", Share(5_000, 10_000)),
            ("0", "low", Share(0, 10_000)),
        ],
        Share(7_000, 10_000),
    )


def test_the_totals_tell_only_what_was_counted_in_the_order_of_names() -> None:
    told = telling()
    assert ([each.measure for each in told.plans], [each.measure for each in told.reports]) == (
        ["plans.coverage"],
        [f"reports.{each}" for each in (rules.COVERAGE, rules.ADVANCE, rules.ADVANCE_VERIFIED, rules.EXECUTION)],
    )


def test_the_main_figures_keep_a_place_for_what_was_not_counted() -> None:
    cover, progress, efficacy, money = telling().main()
    assert (efficacy.share, efficacy.score, efficacy.query, efficacy.is_partial) == (Share(), None, "", False)
    assert (progress.is_partial, progress.known, cover.is_partial) == (True, Share(5_000, 10_000), False)
    assert ([cover.is_money, money.is_money], [cover.figure, money.figure]) == (
        [False, True], [rules.COVERAGE, rules.EXECUTION],
    )  # fmt: skip


def test_declared_stands_beside_verified_where_something_was_checked() -> None:
    _, progress, efficacy, _ = telling().main()
    assert progress.verified is not None
    assert (progress.verified.score, progress.verified.share, progress.verified.known, efficacy.verified) == (
        Share(6_000, 10_000), Share(6_000, 10_000), Share(1_250, 10_000), None,
    )  # fmt: skip
    assert telling().branches()[1].cells[0].verified is None  # nobody looked at the first line


@pytest.mark.parametrize(
    ("share", "is_partial", "known"),
    [
        ([1, 2, 0, 5_000], False, Share(10_000, 10_000)),
        ([1, 2, 1, 5_000], True, Share(6_667, 10_000)),
        ([0, 0, 3, None], False, Share(0, 10_000)),  # nothing is known: it is not a part
    ],
)
def test_a_cell_says_whether_a_part_is_unknown(share: list[int | None], is_partial: bool, known: Share) -> None:
    cell = telling(total=group({}, {rules.ADVANCE: share})).main()[1]
    assert (cell.is_partial, cell.known) == (is_partial, known)


def test_cells_open_where_they_stand() -> None:
    told = telling()
    rows = {"i": told.branches()[1], "n": told.by_level()[0], "t": told.by_department()[0]}
    at = {"i": 0, "n": 1, "t": 1}
    assert {key: parse_qs(row.cells[at[key]].query) for key, row in rows.items()} == {
        "i": {"m": [f"reports.{rules.ADVANCE}"], "i": [ONE]},
        "n": {"m": [f"reports.{rules.ADVANCE}"], "n": ["municipal"]},
        "t": {"m": [f"reports.{rules.ADVANCE}"], "t": ["PT"]},
    }
    assert parse_qs(told.main()[1].query) == {"m": [f"reports.{rules.ADVANCE}"]}


def test_branches_stand_in_reading_order_without_the_column_of_bodies() -> None:
    rows = telling().branches()
    assert ([row.key for row in rows], {len(row.cells) for row in rows}, rows[0].figures["root"]) == (
        [HOLDS, ONE, TWO, NO_LINE], {len(OF_REPORTS) - 1}, True,
    )  # fmt: skip


def test_what_answers_no_line_has_a_row_only_where_there_is_something_and_the_axes_add_up_with_it() -> None:
    told = telling()
    axis, *_, last = told.branches()
    money = next(at for at, cell in enumerate(last.cells) if cell.is_money)
    assert (last.name, last.cells[money].share, parse_qs(last.cells[money].query)["i"]) == (
        "Without a guideline", Share(20, 50), [NO_LINE],
    )  # fmt: skip
    assert axis.cells[money].share + last.cells[money].share == told.main()[-1].share
    assert [row.key for row in telling(no_line={}).branches()] == [HOLDS, ONE, TWO]


def test_who_stands_in_no_department_comes_last() -> None:
    told = telling()
    assert [(row.key, row.name, [bool(cell.query) for cell in row.cells]) for row in told.by_department()] == [
        ("PT", "Potosí", [True, True, False, True]),
        ("", "without a department", [True, False, False, False]),
    ]
    with translation.override("es"):
        assert told.by_department()[1].name == "sin departamento"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "name"),
    [("PT", "Potosí"), ("05", "Potosí"), ("CBBA", "Cochabamba"), ("ZZ", "ZZ"), ("", "without a department")],
)
def test_a_department_is_named_however_it_was_written(code: str, name: str) -> None:
    assert telling().place_name(code) == name


def test_departments_stand_by_their_names() -> None:
    places = [{"territory": code, **group()} for code in ("", "PT", "LP", "BE")]
    assert [row.name for row in telling(departments=places).by_department()] == [
        "Beni", "La Paz", "Potosí", "without a department",
    ]  # fmt: skip


def test_a_level_that_nobody_named_is_told_by_its_code() -> None:
    told = telling(levels=[{"level": "otro", **group()}, {"level": "central", **group()}])
    assert ([row.name for row in told.by_level()], [each.code for each in told.levels()]) == (
        ["otro", "Central level"], ["central"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("band", "why", "words"),
    [(2, "", "Excelente"), (1, "", "partial"), (0, "", "low"), *((None, why, STANDS[why]) for why in STANDS)],
)
def test_a_body_is_told_with_its_band_or_why_it_has_none(band: int | None, why: str, words: object) -> None:
    row = telling().body(body("t:9:1", "Z", "municipal", "", band=band, unranked=why))
    assert (row.words, row.source, row.source_id, [cell.query for cell in row.cells]) == (
        str(words), "t", "9:1", [""] * 4,
    )  # fmt: skip


def test_bodies_stand_by_band_and_as_the_file_has_them_within() -> None:
    """Nobody is first in a band; the lowest band stands before those in none."""
    bands = {"a": None, "b": 0, "c": 2, "d": 0, "e": None, "f": 2, "g": 1}
    told = telling(entities=[body(name, name, "municipal", "", band=band) for name, band in bands.items()])
    assert [each["entity"] for each in told.ordered()] == ["c", "f", "g", "b", "d", "a", "e"]


def test_peers_count_every_band_and_only_the_reasons_there_are() -> None:
    [peer] = telling().peers()
    assert (peer.name, peer.kind, peer.counts, [(why, many) for why, _, many in peer.unranked]) == (
        "Municipal level", "GAM", (("2", "Excelente", 0), ("1", "partial", 1), ("0", "low", 0)), [("silent", 1)],
    )  # fmt: skip


def test_peers_are_told_apart_by_their_category() -> None:
    peers = [{"level": "municipal", "kind": "GAM", "counts": {}}, {"level": "municipal", "kind": "GAM", "counts": {}}]
    found = telling(peers=[peers[0], peers[1] | {"category": "A y B"}, {"level": "central", "kind": "", "counts": {}}])
    told = [(each.category, each.query, each.is_without) for each in found.peers()]
    assert (found.has_categories, told) == (
        True, [
            ("", "level=municipal&kind=GAM&category=-", True),
            ("A y B", "level=municipal&kind=GAM&category=A+y+B", False),
            ("", "level=central", False),
        ],
    )  # fmt: skip
    rows = found.body(body("t:1", "Ábaco", "municipal", "", category="A")), found.body(body("t:2", "B", "central", ""))
    assert [row.group for row in rows] == ["GAM, category A", "GAM"]


def test_no_peer_is_lost() -> None:
    counts = {"0": 1, "1": 2, "2": 3} | {why: at for at, why in enumerate(STANDS, 1)}
    [peer] = telling(peers=[{"level": "municipal", "kind": "", "counts": counts}]).peers()
    told = sum(many for *_, many in peer.counts) + sum(many for *_, many in peer.unranked)
    assert told == sum(counts.values())


@pytest.mark.parametrize(
    ("scores", "points", "line"),
    [
        ((), None, ""),
        ((5_000,), None, ""),
        ((0, 10_000), ((12, 90), (288, 10)), "12,90 288,10"),
        ((10_000, 0), ((12, 10), (288, 90)), "12,10 288,90"),
        ((0, None, 10_000), ((12, 90), (288, 10)), "12,90 288,10"),
        ((None, 5_000), ((288, 50),), "288,50"),
        ((None, None), (), ""),
        ((15_000, 12_000), ((12, 10), (288, 10)), "12,10 288,10"),  # what is beyond all stays in the picture
        ((2_500, 5_000, 7_500), ((12, 70), (150, 50), (288, 30)), "12,70 150,50 288,30"),
    ],
)
def test_a_trend_needs_two_periods_and_leaves_out_what_is_not_known(
    scores: tuple[int | None, ...], points: tuple[tuple[int, int], ...] | None, line: str
) -> None:
    curves = through(*scores).curves()
    if points is None:
        assert curves == []
        return
    assert (len(curves), curves[1].points, curves[1].line) == (len(OF_REPORTS), points, line)


def test_the_trend_speaks_of_reports_and_opens_while_its_formula_counts() -> None:
    told = through(5_000, 6_000)
    assert ([row.key for row in told.trend()], told.trend_heads()) == (
        ["2018-M1", "2018-M2"], [NAMES[each] for each in OF_REPORTS],
    )  # fmt: skip
    opens = {cell.query for row in told.trend() for cell in row.cells if cell.query}
    assert {parse_qs(each)["p"][0] for each in opens} == {"2018-M1", "2018-M2"}
    older = Telling(Reading({**told.reading.figures, "formula": "1"}), LEVELS)
    assert {cell.query for row in older.trend() for cell in row.cells} == {""}


@pytest.mark.parametrize("many", [2, 12, 24, 36, 277])
def test_a_long_trend_stays_in_its_picture(many: int) -> None:
    points = through(*[5_000] * many).curves()[1].points
    assert (points[0][0], points[-1][0] <= 288, len(set(points))) == (12, True, many)


def test_flags_stand_by_how_many_there_are_of_them() -> None:
    words = [(str(name), many) for _kind, name, many in telling().flags()]
    assert ([many for _, many in words], len({name for name, _ in words})) == ([3, 1], 2)
    assert telling(flags={}).flags() == []


@pytest.mark.parametrize("kind", Odd)
def test_every_flag_has_words(kind: Odd) -> None:
    [(code, name, many)] = telling(flags={kind.value: 4}).flags()
    assert (code, bool(str(name)), str(name) != kind.value, many) == (kind.value, True, True, 4)
    assert telling().body(body("t:4", "D", "central", "", flags={kind.value: 2})).odd == f"{name}: 2"


def test_reading_it_twice_changes_nothing() -> None:
    told = figures()
    read = Telling(Reading(told), LEVELS)
    first = [read.branches(), read.by_level(), read.by_department(), read.ordered(), read.peers(), read.bands]
    assert first == [read.branches(), read.by_level(), read.by_department(), read.ordered(), read.peers(), read.bands]
    assert told == figures()
