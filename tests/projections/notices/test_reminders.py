"""The reminders of follow-up, rule by rule: on which day, to whom, in which words of both languages."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from yupana.interfaces.mail import compose
from yupana.projections.notices.following import is_silent
from yupana.projections.notices.labels import LABELS, MESSAGES, OF_OTHERS, OF_REPORTS, SENTENCES, SUBJECT
from yupana.projections.notices.models import Outbox
from yupana.projections.notices.queries import link_of
from yupana.projections.notices.rules import (
    FIRST_PAUSE,
    GRACE_DAYS,
    MOST_TRIES,
    REMINDERS,
    SILENT_PERIODS,
    STALE_DAYS,
    Link,
    Post,
    Rule,
    Whom,
    anchors,
    is_stale,
    pause,
    reminder,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

DAY = date(2026, 6, 30)
ONE = timedelta(1)
P, E, R, A = Whom.PLANNERS, Whom.EXECUTIVE, Whom.REVIEWERS, Whom.AUTHORITY
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
RULES = [rule for rule in Rule if rule is not Rule.INVITED]


# --- the days ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("rule", "after", "whom"),
    [
        (Rule.DRAFT, 6, ()), (Rule.DRAFT, 7, (P,)), (Rule.DRAFT, 10, (P,)), (Rule.DRAFT, 11, ()),
        (Rule.SILENT, 2, ()), (Rule.SILENT, 3, (E, A)), (Rule.SILENT, 6, (E, A)), (Rule.SILENT, 7, ()),
        (Rule.OFF_PLAN, -1, ()), (Rule.OFF_PLAN, 0, (E, A)), (Rule.OFF_PLAN, 3, (E, A)), (Rule.OFF_PLAN, 4, ()),
        (Rule.EXPIRES, -16, ()), (Rule.EXPIRES, -15, (P,)), (Rule.EXPIRES, -12, (P,)), (Rule.EXPIRES, -11, ()),
        (Rule.EXPIRES, 0, ()), (Rule.EXPIRED, 0, ()), (Rule.EXPIRED, 1, (P,)), (Rule.EXPIRED, 5, ()),
        (Rule.CHECKED, 0, (P,)), (Rule.CHECKED, 4, ()),
        (Rule.DISPUTED, 2, ()), (Rule.DISPUTED, 3, (R,)), (Rule.DISPUTED, 7, ()), (Rule.DISPUTED, 10, (R, A)),
        (Rule.FIX, -4, ()), (Rule.FIX, -3, (P,)), (Rule.FIX, 0, (P,)), (Rule.FIX, 1, ()),
        (Rule.FIX_LATE, 0, ()), (Rule.FIX_LATE, 1, (P,)), (Rule.FIX_LATE, 4, (P,)), (Rule.FIX_LATE, 5, ()),
        (Rule.FIX_LATE, 7, (P, E)), (Rule.FIX_LATE, 15, (P, E, A)), (Rule.FIX_LATE, 19, ()),
        (Rule.FIXED, 4, ()), (Rule.FIXED, 5, (R,)), (Rule.FIXED, 8, (R,)), (Rule.FIXED, 9, ()),
        (Rule.INVITED, 0, ()),
    ],
)  # fmt: skip
def test_who_is_told_so_many_days_after_a_day(rule: Rule, after: int, whom: tuple[Whom, ...]) -> None:
    found = reminder(rule, DAY, DAY + after * ONE)
    assert (found.whom if found else ()) == whom


@pytest.mark.parametrize(
    ("rule", "about", "today"),
    [
        (Rule.DUE, date(2028, 2, 29), date(2028, 1, 30)),
        (Rule.DUE, date(2028, 3, 1), date(2028, 2, 29)),
        (Rule.LATE, date(2028, 2, 29), date(2028, 3, 1)),
        (Rule.FIX_LATE, date(2025, 12, 31), date(2026, 1, 1)),
        (Rule.EXPIRES, date(2028, 3, 15), date(2028, 2, 29)),
        (Rule.EXPIRES, date(2027, 3, 15), date(2027, 2, 28)),
        (Rule.SILENT, date(2025, 12, 31), date(2026, 1, 3)),
    ],
)
def test_days_are_counted_across_leap_days_and_years(rule: Rule, about: date, today: date) -> None:
    before, on_it = reminder(rule, about, today - (GRACE_DAYS + 1) * ONE), reminder(rule, about, today)
    assert (before != on_it, on_it is not None, about in anchors(rule, today)) == (True, True, True)


@given(st.sampled_from(RULES), days)
def test_what_is_told_of_a_rule_goes_to_nobody_twice_nor_leaves_anybody_out_later(rule: Rule, about: date) -> None:
    """Of a rule that climbs, who was told once is told each time after."""
    told = [each.whom for each in sorted(REMINDERS, key=lambda each: each.days) if each.rule is rule]
    assert all(set(first) <= set(then) for first, then in pairwise(told))
    assert all(len(set(each)) == len(each) for each in told)
    assert anchors(rule, about) == sorted(set(anchors(rule, about)))


@given(days, days)
def test_what_was_to_be_told_before_a_day_is_not_told_after_it(about: date, today: date) -> None:
    told = [
        found for rule in (Rule.DUE, Rule.FIX, Rule.EXPIRES, Rule.REMEDY) if (found := reminder(rule, about, today))
    ]
    assert not told or today <= about


@given(st.integers(1, MOST_TRIES - 1))
def test_each_try_waits_twice_as_long_as_the_one_before(tries: int) -> None:
    assert pause(tries + 1) == 2 * pause(tries)


def test_the_first_try_that_failed_waits_the_first_pause_and_all_of_them_end_before_it_is_stale() -> None:
    waits = sum((pause(each) for each in range(1, MOST_TRIES)), timedelta())
    assert (pause(0), pause(1), waits < STALE_DAYS * ONE) == (FIRST_PAUSE, FIRST_PAUSE, True)


@given(days, st.integers(-400, 400))
def test_nothing_is_stale_within_its_days_and_everything_after(made: date, later: int) -> None:
    assert is_stale(made, made + later * ONE) == (later > STALE_DAYS)


@given(st.lists(st.booleans(), max_size=8))
def test_only_the_last_periods_make_a_silence(handed: list[bool]) -> None:
    ends_silent = "".join("x" if each else "." for each in handed).endswith("." * SILENT_PERIODS)
    assert is_silent(handed) == ends_silent


@pytest.mark.parametrize(("expects", "link"), [("progress", Link.REPORT), ("plan", Link.PLAN), ("answers", Link.PLAN)])
def test_people_are_led_to_what_they_owe(expects: str, link: Link) -> None:
    assert link_of(expects) == link


# --- the words -----------------------------------------------------------------------------------------------------
SAID: list[tuple[str, Mapping[Rule, object]]] = [("all", SENTENCES), ("reports", OF_REPORTS), ("others", OF_OTHERS)]
EVERY = [(name, rule, told) for name, known in SAID for rule, told in known.items()]


@pytest.mark.parametrize(("name", "rule", "told"), EVERY, ids=[f"{name}-{rule}" for name, rule, _ in EVERY])
def test_each_sentence_is_one_sentence_with_its_day_in_spanish_and_in_english(
    name: str, rule: Rule, told: object
) -> None:
    found = {}
    for language in ("es", "en"):
        with translation.override(language):
            found[language] = str(told)
    days_named = {language: re.findall(r"%\(\w+\)s", text) for language, text in found.items()}
    assert found["es"] != found["en"]
    assert days_named == {"es": ["%(day)s"], "en": ["%(day)s"]}
    assert {text.strip()[-1] for text in found.values()} <= {".", ":"}


@pytest.mark.parametrize("kind", [Rule, Post])
def test_each_state_has_a_word_of_its_own_in_spanish(kind: type[Rule | Post]) -> None:
    words = []
    for language in ("es", "en"):
        with translation.override(language):
            words.append({str(each) for each in LABELS[kind].values()})
    assert ([len(each) for each in words], words[0] & words[1]) == ([len(kind)] * 2, set())


def test_the_refusal_names_the_address_in_both_languages() -> None:
    told = []
    for language in ("es", "en"):
        with translation.override(language):
            told.append(str(MESSAGES["mail-unknown"]) % {"address": "a@b.example"})
    assert (len(set(told)), all("a@b.example" in each for each in told)) == (2, True)


def mail(rule: Rule, subject: str, about: date = date(2028, 2, 29)) -> Outbox:
    return Outbox(rule=rule, subject=subject, about_on=about, due_on=about)


@pytest.mark.parametrize(
    ("rule", "subject", "path", "word"),
    [
        (Rule.DUE, "plan:7", "/desk/plan/7/", "plan"),
        (Rule.DUE, "report:7", "/7/", "informe"),
        (Rule.ACCEPTED, "report:7", "/7/", "informe"),
        (Rule.SILENT, "report:7", "/7/", "su entidad"),
        (Rule.SILENT, "inbox", "/desk/", "entidades"),
        (Rule.LATE, "inbox", "/desk/", "informes"),
        (Rule.OFF_PLAN, "inbox", "/desk/", "informes"),
        (Rule.EXPIRED, "evidence", "/desk/", "entidad"),
        (Rule.FIX, "findings", "/desk/", "entidad"),
        (Rule.FIX_LATE, "inbox", "/desk/", "29 de febrero de 2028"),
        (Rule.UNREVIEWED, "queue", "/desk/", "29 de febrero de 2028"),
        (Rule.UNREVIEWED, "review:9", "/9/", "29 de febrero de 2028"),
    ],
)
def test_a_mail_says_one_sentence_in_spanish_and_where_to_go(rule: Rule, subject: str, path: str, word: str) -> None:
    title, text = compose([mail(rule, subject)])
    sentence, empty, link = text.strip().split("\n")
    assert (title, empty, word in sentence.lower(), path in link) == ("Yupana: algo espera por usted", "", True, True)
    with translation.override("en"):
        assert str(SUBJECT) == "Yupana: something waits for you"


def test_several_things_are_one_mail_each_said_once() -> None:
    title, text = compose([mail(Rule.FIX, "findings"), mail(Rule.FIX, "findings"), mail(Rule.DUE, "plan:7")])
    assert (text.count("http"), "2" in title) == (2, True)
