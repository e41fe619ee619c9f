"""Sheets, bands and drafts of evaluations: who sets them, what is refused with nothing written, and which one holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from tests.cast import make_call, make_edition
from tests.domain.progress.targets import DAY, MUNICIPAL, TARGETS
from tests.domain.progress.test_checking_bounds import counted, refused
from yupana.domain.obligations.models import Call
from yupana.domain.progress.actions import load_sheets, set_sheet
from yupana.domain.progress.actions.evaluating import (
    discard_evaluation,
    draft_evaluation,
    publish_evaluation,
    save_evaluation,
)
from yupana.domain.progress.actions.scheming import set_scheme
from yupana.domain.progress.evaluations import (
    bands_of,
    readable_evaluation,
    readable_evaluations,
    scheme_of,
    schemes,
)
from yupana.domain.progress.indicators import fields_of, measured_by_sheet, sheet_of, sheets_of
from yupana.domain.progress.models import Evaluation, Scheme
from yupana.domain.progress.public.evaluations import published_evaluation, published_evaluations
from yupana.domain.progress.rules import HOUSE, Band, Bands
from yupana.domain.progress.rules.sheets import SheetFields, Terms
from yupana.domain.progress.rules.words import MOST_WORDS, WORDS
from yupana.foundation.kernel.actor import NOBODY, OPERATOR
from yupana.foundation.kernel.errors import Conflict, Forbidden, Missing, Refused
from yupana.foundation.kernel.quantity import MOST
from yupana.foundation.ledger import queries as ledger
from yupana.foundation.ledger.actions import seal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cast import Cast
    from yupana.foundation.kernel.actor import Actor

pytestmark = pytest.mark.django_db
ONE = timedelta(1)
AS_OF = date(2018, 7, 31)
FIELDS = SheetFields("Graneros", audience="level:municipal")
TWO = Bands(6_000, (Band(0, "bajo"), Band(7_000, "bueno")))


def strangers(cast: Cast) -> list[Actor]:
    return [NOBODY, cast.inti, cast.executive, cast.killa, cast.auditor, cast.expired]


# --- sheets --------------------------------------------------------------------------------------------------------
def test_sheets_are_set_and_loaded_by_planners_of_the_authority_alone(cast: Cast) -> None:
    """Also where there is nothing to make: who may not set sheets is not told which ones there are."""
    edition = make_edition(rows=TARGETS)
    item = measured_by_sheet(edition).get(code="4")
    no = (Forbidden, "call-planners-only")
    empty = replace(FIELDS, name="")
    found = [refused(lambda who=who: set_sheet(actor=who, item=item, fields=empty, on=DAY)) for who in strangers(cast)]  # type: ignore[misc] # mypy guesses no type of the default
    assert found == [no] * 6
    for _ in range(2):
        found = [
            refused(lambda who=who: load_sheets(actor=who, edition=edition, terms=Terms(by="x:"), on=DAY))  # type: ignore[misc] # the same
            for who in strangers(cast)
        ]
        assert found == [no] * 6
        load_sheets(actor=OPERATOR, edition=edition, terms=MUNICIPAL, on=DAY)


def test_a_sheet_that_cannot_be_kept_is_refused_and_nothing_is_written(cast: Cast) -> None:
    item = measured_by_sheet(make_edition(rows=TARGETS)).get(code="4")
    told: dict[str, tuple[dict[str, Any], str]] = {
        "no name": ({"name": " \t"}, "sheet-name"),
        "a long name": ({"name": "x" * 301}, "sheet-text-too-long"),
        "a long definition": ({"definition": "x" * 5_001}, "sheet-text-too-long"),
        "a long unit": ({"unit": "x" * 121}, "sheet-text-too-long"),
        "factor 0": ({"factor": 0}, "sheet-number"),
        "factor beyond": ({"factor": MOST + 1}, "sheet-number"),
        "target beyond": ({"target": MOST + 1}, "sheet-number"),
        "baseline beyond": ({"baseline": -MOST - 1}, "sheet-number"),
        "method": ({"method": ""}, "sheet-choice"),
        "over time": ({"over_time": "sometimes"}, "sheet-choice"),
        "over bodies": ({"over_bodies": ""}, "sheet-choice"),
        "source": ({"source": ""}, "sheet-choice"),
        "frequency": ({"frequency": "week"}, "sheet-choice"),
        "a reduction from nowhere": ({"method": "reduction"}, "sheet-reduction"),
        "a reduction upwards": ({"method": "reduction", "baseline": 1, "direction": "up"}, "sheet-reduction"),
        "an unknown gap": ({"gaps": (("luck", "x"),)}, "sheet-gap"),
        "too many gaps": ({"gaps": (("data", "x"),) * 13}, "sheet-gap"),
        "a gap that would be cut": ({"gaps": (("data", "x" * 301),)}, "sheet-gap"),
        "an audience nobody can read": ({"audience": "level:"}, "audience-unreadable"),
    }
    found = {
        name: refused(lambda more=more: set_sheet(actor=cast.amaru, item=item, fields=replace(FIELDS, **more), on=DAY))  # type: ignore[misc] # mypy guesses no type of the default
        for name, (more, _) in told.items()
    }
    assert {name: code for name, (_, code) in found.items()} == {name: code for name, (_, code) in told.items()}


def test_a_sheet_is_kept_as_it_was_said_to_the_last_character(cast: Cast) -> None:
    item = measured_by_sheet(make_edition(rows=TARGETS)).get(code="4")
    said = replace(
        FIELDS, name="x" * 300, unit="x" * 120, definition="x" * 5_000, factor=MOST, baseline=-MOST, target=MOST,
        gaps=(("data", "x" * 300),) * 12,
    )  # fmt: skip
    sheet = set_sheet(actor=cast.amaru, item=item, fields=said, on=DAY)
    sheet.refresh_from_db()
    assert fields_of(sheet) == said


def test_the_same_sheet_in_other_white_space_writes_nothing(cast: Cast) -> None:
    item = measured_by_sheet(make_edition(rows=TARGETS)).get(code="4")
    first = set_sheet(actor=cast.amaru, item=item, fields=replace(FIELDS, gaps=(("data", "sin padrón"),)), on=DAY)
    before = counted()
    spaced = replace(FIELDS, name=" Graneros\n", audience=" level:municipal ", gaps=(("data", " sin  padrón "),))
    assert (set_sheet(actor=cast.amaru, item=item, fields=spaced, on=DAY), counted()) == (first, before)
    other = set_sheet(actor=cast.amaru, item=item, fields=replace(FIELDS, unit="u"), on=DAY, seen=first.pk)
    back = set_sheet(actor=cast.amaru, item=item, fields=FIELDS, on=DAY, seen=other.pk)
    assert (sheet_of(item), sheets_of(item.edition)) == (back, {item.pk: back})


@pytest.mark.parametrize("seen", [0, 1, 10**9])
def test_whoever_read_another_sheet_overwrites_nothing_not_even_with_the_same(cast: Cast, seen: int) -> None:
    item = measured_by_sheet(make_edition(rows=TARGETS)).get(code="4")
    held = set_sheet(actor=cast.amaru, item=item, fields=FIELDS, on=DAY)
    wrong = seen if seen != held.pk else held.pk + 1
    why = refused(lambda: set_sheet(actor=cast.amaru, item=item, fields=FIELDS, on=DAY, seen=wrong))
    assert why == (Conflict, "sheet-moved")


def test_what_the_authority_says_of_all_sheets_is_in_each_that_is_made(cast: Cast) -> None:
    edition = make_edition(rows=TARGETS)
    terms = Terms(ask=True, by="code:A-1", yes_no=True, due=date(2020, 2, 29))
    made = load_sheets(actor=cast.amaru, edition=edition, terms=terms, on=DAY).made
    assert [(each.item.code, each.method, each.source, each.audience, each.due_on) for each in made] == [
        ("1", "milestone", "report", "code:A-1", date(2020, 2, 29)),
        ("2", "stock", "report", "all", date(2020, 2, 29)),
        ("3", "stock", "report", "code:A-1", date(2020, 2, 29)),
        ("4", "stock", "report", "code:A-1", date(2020, 2, 29)),
    ]


# --- bands ---------------------------------------------------------------------------------------------------------
def test_bands_that_cannot_be_read_are_refused_and_nothing_is_written(cast: Cast) -> None:
    make_edition()
    right: dict[str, Any] = {"actor": cast.amaru, "instrument": "PLAN", "since": DAY, "bands": TWO, "act": "RA 1"}
    told: dict[str, tuple[dict[str, Any], tuple[type[Refused], str]]] = {
        "no act": ({"act": " \n"}, (Refused, "act-missing")),
        "a long act": ({"act": "x" * 301}, (Refused, "scheme-act")),
        "an unknown instrument": ({"instrument": "OTRO"}, (Missing, "instrument-unknown")),
        "no bands": ({"bands": Bands(0, ())}, (Refused, "scheme-bands")),
        "twice the same floor": ({"bands": Bands(0, (Band(0, "a"), Band(0, "b")))}, (Refused, "scheme-bands")),
        "falling": ({"bands": Bands(0, (Band(0, "a"), Band(9, "b"), Band(5, "c")))}, (Refused, "scheme-bands")),
        "above the whole": ({"bands": Bands(0, (Band(0, "a"), Band(10_001, "b")))}, (Refused, "scheme-bands")),
        "eight": ({"bands": Bands(0, tuple(Band(each, "a") for each in range(8)))}, (Refused, "scheme-bands")),
        "without a name": ({"bands": Bands(0, (Band(0, " "),))}, (Refused, "scheme-band-name")),
        "with a long one": ({"bands": Bands(0, (Band(0, "x" * 61),))}, (Refused, "scheme-band-name")),
        "a floor below nothing": ({"bands": replace(TWO, coverage=-1)}, (Refused, "scheme-floor")),
    }
    found = {
        name: refused(lambda more=more: set_scheme(**{**right, **more, "on": DAY}))  # type: ignore[misc] # mypy guesses no type of the default
        for name, (more, _) in told.items()
    }
    unsaid = {**right, "act": "", "on": DAY}
    no = [refused(partial(set_scheme, **{**unsaid, "actor": who})) for who in strangers(cast)]
    assert (found, no) == ({name: why for name, (_, why) in told.items()}, [(Forbidden, "scheme-planners-only")] * 6)


def test_bands_hold_from_their_day_on_and_of_several_the_last_recorded(cast: Cast) -> None:
    """One that was recorded later takes its place also where it begins earlier: it is the authority's last word."""
    make_edition()

    def say(since: date, floor: int, instrument: str = "PLAN") -> Scheme:
        bands = Bands(floor, (Band(0, "x" * 60), Band(10_000, " z ")))
        return set_scheme(actor=OPERATOR, instrument=instrument, since=since, bands=bands, act=" RA 1 ", on=DAY)

    late, early, common = say(DAY, 1), say(DAY - 9 * ONE, 2), say(DAY - 99 * ONE, 0, "")
    found = [scheme_of("PLAN", DAY - days * ONE) for days in (100, 99, 10, 9, 0)]
    assert found == [None, common, common, early, early]
    assert [scheme_of("", DAY), scheme_of("OTRO", DAY), list(schemes())] == [common, common, [common, early, late]]
    assert (bands_of("", DAY), early.act) == (Bands(0, (Band(0, "x" * 60), Band(10_000, "z"))), "RA 1")
    assert bands_of("PLAN", DAY - 100 * ONE) == HOUSE


def test_what_is_not_sealed_yet_is_left_out_up_to_a_position(cast: Cast) -> None:
    seal()
    before = ledger.head().size
    scheme = set_scheme(actor=OPERATOR, instrument="", since=DAY, bands=TWO, act="RA 1", on=DAY)
    waiting = scheme_of("", DAY, position=10**9)
    seal()
    assert [waiting, scheme_of("", DAY, position=before), scheme_of("", DAY, position=before + 1)] == [
        *(None, None),
        scheme,
    ]


# --- evaluations ---------------------------------------------------------------------------------------------------
def test_what_is_no_evaluation_is_refused_and_nothing_is_written(cast: Cast) -> None:
    make_edition()
    call = make_call()
    right: dict[str, Any] = {"actor": cast.amaru, "call": call, "period": "2018", "as_of": DAY, "on": DAY}
    told: list[tuple[dict[str, Any], str]] = [
        ({"as_of": DAY + ONE}, "evaluation-future"),
        ({"period": "2017-Q4"}, "report-period-outside"),
        ({"period": "2019-Q1"}, "report-period-outside"),
        ({"period": "x"}, "call-period-unreadable"),
        ({"period": ""}, "call-period-unreadable"),
        ({"call": Call(expects="plan", state="draft", code="X")}, "evaluation-no-plans"),
        ({"call": Call(expects="progress", state="open", code="X")}, "evaluation-no-plans"),
        ({"call": make_call(visibility="restricted", code="R")}, "evaluation-restricted"),
    ]
    found = [refused(lambda more=more: draft_evaluation(**{**right, **more}))[1] for more, _ in told]  # type: ignore[misc] # mypy guesses no type of the default
    no = [refused(lambda who=who: draft_evaluation(**{**right, "actor": who, "period": ""})) for who in strangers(cast)]  # type: ignore[misc] # the same
    assert (found, no) == ([code for _, code in told], [(Forbidden, "evaluation-planners-only")] * 6)


def test_evaluations_of_one_period_are_numbered_and_a_free_number_is_taken_again(cast: Cast) -> None:
    make_edition()
    call = make_call(code="X" * 50)
    right: dict[str, Any] = {"actor": cast.amaru, "call": call, "as_of": DAY, "on": DAY}
    first, second, other = (draft_evaluation(**right, period=each) for each in ("2018-Q1", "2018-Q1", "2018-Q2"))
    assert [each.code for each in (first, second, other)] == ["X" * 50, f"{'X' * 50}-v2", f"{'X' * 50}-v3"]
    discard_evaluation(actor=cast.amaru, evaluation=second)
    again = draft_evaluation(**right, period="2018-Q1", title=" " * 400)
    assert (again.code, again.title, set(again.words)) == (second.code, f"{call.title}: 2018-Q1", set(WORDS))


def test_words_are_kept_whole_or_refused(cast: Cast) -> None:
    make_edition()
    draft = draft_evaluation(actor=cast.amaru, call=make_call(), period="2018", as_of=DAY, on=DAY)
    saves: dict[str, Any] = {"actor": cast.amaru, "evaluation": draft, "title": "T"}
    found = [
        refused(lambda more=more: save_evaluation(**{**saves, **more}))[1]  # type: ignore[misc] # mypy guesses no type of the default
        for more in (
            {"words": {"other": ""}},
            {"words": {"summary": "x" * (MOST_WORDS + 1)}},
            {"words": {}, "title": "\t"},
            {"words": {"summary": "x"}, "was": {}},
        )
    ]
    assert found == ["evaluation-part", "evaluation-too-long", "evaluation-title", "evaluation-moved"]
    kept = save_evaluation(**saves, words={"summary": f" {'x' * MOST_WORDS}\r\n"}, was=draft.words)
    assert (len(kept.words["summary"]), kept.words["method"]) == (MOST_WORDS, "")
    # Two who say the same do not disagree.
    assert save_evaluation(**saves, words={"summary": "x" * MOST_WORDS}, was=draft.words).words == kept.words


def test_a_draft_is_for_the_authority_and_what_is_published_for_everybody(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path))
    make_edition()
    drafts = [
        draft_evaluation(actor=cast.amaru, call=make_call(code=code), period="2018", as_of=DAY + at * ONE, on=AS_OF)
        for at, code in enumerate("ABC")
    ]
    who: list[Actor] = [cast.amaru, cast.auditor, OPERATOR]
    assert [len(readable_evaluations(each)) for each in [*who, *strangers(cast)[:4]]] == [3, 3, 3, 0, 0, 0, 0]
    assert published_evaluations() == ()
    told: dict[str, Any] = {
        "call": "B",
        "period": "2018",
        "as_of": drafts[1].as_of.isoformat(),
        "formula": "3",
        "position": 0,
    }
    publishes: dict[str, Any] = {"actor": cast.amaru, "evaluation": drafts[1], "on": AS_OF}
    found = [
        refused(lambda more=more: publish_evaluation(**publishes, figures={**told, **more}))[1]  # type: ignore[misc] # mypy guesses no type of the default
        for more in ({"position": "0"}, {"position": None}, {"call": "A"}, {"as_of": "2018-01-01"}, {})
    ]
    assert found == ["evaluation-position"] * 2 + ["evaluation-other-figures"] * 2 + ["evaluation-summary"]
    saved = save_evaluation(actor=cast.amaru, evaluation=drafts[1], title="T", words={"summary": "s"})
    publish_evaluation(**{**publishes, "evaluation": saved}, figures=told)
    assert [each.code for each in published_evaluations()] == [drafts[1].code]
    assert published_evaluation(drafts[1].code).published_on == AS_OF
    moved = [
        refused(lambda: publish_evaluation(**publishes, figures=told)),
        refused(lambda: discard_evaluation(actor=cast.amaru, evaluation=drafts[1])),
    ]
    assert (moved, Evaluation.objects.count()) == ([(Conflict, "evaluation-published")] * 2, 3)


@pytest.mark.parametrize("code", ["", "x" * 500, "a\0b", "%", "A-2018 "])
def test_no_code_finds_what_is_not_there_or_not_published(cast: Cast, code: str) -> None:
    make_edition()
    draft = draft_evaluation(actor=cast.amaru, call=make_call(code="A"), period="2018", as_of=DAY, on=DAY)
    asked = [lambda: readable_evaluation(OPERATOR, code), lambda: published_evaluation(draft.code)]
    assert [refused(each) for each in asked] == [(Missing, "evaluation-unknown")] * 2
