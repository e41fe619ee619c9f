"""The public record in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from yupana.interfaces.portal.feed import CODES, SENTENCES, Code, told
from yupana.projections.overviews.record import Event


def event(verb: str = "submission.accepted", count: int = 1) -> Event:
    return Event(verb, date(2018, 5, 20), count, 1203, {}, "00")


@pytest.mark.parametrize(
    ("count", "sentence", "place"),
    [
        (1, "A plan or a report was accepted", "entry 1,203"),
        (1200, "1,200 plans or reports were accepted", "up to entry 1,203"),
    ],
)
def test_entries_of_one_kind_are_one_sentence(count: int, sentence: str, place: str) -> None:
    with translation.override("en"):
        (line,) = told([event(count=count)])
        assert (line.sentence, line.place) == (sentence, place)


def test_a_verb_that_nobody_foresaw_is_shown_as_it_is() -> None:
    assert [line.sentence for line in told([event("moon.landed")])] == ["moon.landed"]


@pytest.mark.parametrize("verb", SENTENCES)
@pytest.mark.parametrize("count", [1, 2])
def test_every_verb_has_its_sentence(verb: str, count: int) -> None:
    with translation.override("en"):
        (line,) = told([event(verb, count)])
    assert (line.sentence[0].isupper() or line.sentence[0].isdigit(), "%" in line.sentence) == (True, False)


@pytest.mark.parametrize(
    ("name", "value", "url"),
    [
        ("entity", "cast:4", "/en/entidades/cast/4/"),
        ("from", "cast:4", "/en/entidades/cast/4/"),
        ("call", "cast:4", ""),
        ("entity", "cast", ""),
        ("obligation", 7, ""),
    ],
)
def test_a_code_that_names_a_body_leads_to_it(name: str, value: str | int, url: str) -> None:
    with translation.override("en"):
        (line,) = told([replace(event(), codes={name: value})])
        assert line.codes == (Code(str(CODES[name]), value, url),)
