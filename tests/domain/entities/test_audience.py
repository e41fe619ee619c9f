"""The language of audiences, without a database."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from yupana.domain.entities.rules import (
    LEVELS,
    All,
    And,
    Audience,
    AudienceError,
    Match,
    Not,
    Or,
    level_code,
    matches_of,
    parse_audience,
    spoken,
    spoken_levels,
)
from yupana.domain.entities.rules.audience import FIELDS, MOST_CHARACTERS, MOST_MATCHES, MOST_NESTED

A, B, C = Match("level", "municipal"), Match("code", "AB-1"), Match("kind", "Empresas Públicas")


@pytest.mark.parametrize(
    ("text", "audience"),
    [
        ("all", All()),
        (" ALL ", All()),
        ("level:municipal", A),
        ("level : municipal", A),
        ("code:AB-1", B),
        ('kind:"Empresas Públicas"', C),
        (r'kind:"so \"called\" \\"', Match("kind", r'so "called" \\'.replace(r"\\", "\\"))),
        ("id:12", Match("id", "12")),
        ("id:registro:12", Match("id", "registro:12")),
        ("under:G-05", Match("under", "G-05")),
        ("territory:LP", Match("territory", "LP")),
        ("not level:municipal", Not(A)),
        ("not not all", Not(Not(All()))),
        ("level:municipal and code:AB-1 or all", Or((And((A, B)), All()))),
        ("level:municipal or code:AB-1 and not all", Or((A, And((B, Not(All())))))),
        ("(level:municipal or code:AB-1) and all", And((Or((A, B)), All()))),
        ("level:municipal and(code:AB-1)", And((A, B))),
        ("((all))", All()),
        ("nivel:municipal y no código:AB-1", And((A, Not(B)))),
        ("todas o bajo:G-05", Or((All(), Match("under", "G-05")))),
        ("TIPO:x u TERRITORIO:y", Or((Match("kind", "x"), Match("territory", "y")))),
        ("level:and and all", And((Match("level", "and"), All()))),
    ],
)
def test_an_expression_is_read(text: str, audience: Audience) -> None:
    assert parse_audience(text) == audience


@pytest.mark.parametrize(
    ("text", "position", "found"),
    [
        ("", 1, ""),
        ("   ", 4, ""),
        ("level:", 1, "level:"),
        ("level:municipal and", 20, ""),
        ("level:municipal code:x", 17, "code:x"),
        ("and all", 1, "and"),
        ("(all", 5, ""),
        ("all)", 4, ")"),
        ("()", 2, ")"),
        ("everybody", 1, "everybody"),
        ("category:", 1, "category:"),
        ("all and colour:red", 9, "colour:red"),
        ('kind:""', 1, 'kind:""'),
        ('all or kind:"x', 8, 'kind:"x'),
        ("all & all", 5, "& all"),
        ("not", 4, ""),
    ],
)
def test_what_makes_no_sense_is_pointed_at(text: str, position: int, found: str) -> None:
    with pytest.raises(AudienceError) as caught:
        parse_audience(text)
    assert (caught.value.position, caught.value.found) == (position, found)


def test_an_error_is_a_refusal_that_can_be_put_into_words() -> None:
    with pytest.raises(AudienceError) as caught:
        parse_audience("nobody")
    assert (caught.value.code, caught.value.details) == ("audience-unreadable", {"position": 1, "found": "nobody"})


@pytest.mark.parametrize(
    "text",
    [
        "(" * (MOST_NESTED + 2) + "all" + ")" * (MOST_NESTED + 2),
        "not " * (MOST_NESTED + 2) + "all",
        "x" * (MOST_CHARACTERS + 1),
        " or ".join(["id:1"] * (MOST_MATCHES + 100)),
        "(" * 5000,
    ],
    ids=["nested", "not not", "long", "many", "parentheses"],
)
def test_an_expression_that_would_exhaust_the_machine_is_refused(text: str) -> None:
    with pytest.raises(AudienceError):
        parse_audience(text)


def test_a_thousand_bodies_may_be_named() -> None:
    assert len(list(matches_of(parse_audience(" or ".join(f"id:{at}" for at in range(MOST_MATCHES)))))) == MOST_MATCHES


def test_the_tests_of_an_audience_come_from_left_to_right() -> None:
    assert list(matches_of(And((Not(A), Or((B, All(), C)))))) == [A, B, C]


VALUES = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), min_size=1, max_size=12)
TESTS = st.builds(Match, st.sampled_from(sorted(set(FIELDS.values()))), VALUES)
AUDIENCES = st.recursive(
    st.just(All()) | TESTS,
    lambda inner: (
        st.builds(Not, inner)
        | st.lists(inner, min_size=2, max_size=4)
        .map(tuple)
        .flatmap(lambda parts: st.sampled_from([And(parts), Or(parts)]))
    ),
    max_leaves=12,
)


@given(AUDIENCES)
def test_what_is_written_is_read_back(audience: Audience) -> None:
    assert parse_audience(str(audience)) == audience


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_with_a_place_inside_it(text: str) -> None:
    try:
        position = len(str(parse_audience(text)))
    except AudienceError as error:
        position = error.position
    assert 1 <= position <= 2 * len(text) + 1


# --- said to a reader ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "spanish", "english"),
    [
        ("all", "todas", "all"),
        ("TODOS", "todas", "all"),
        ("level:municipal", "nivel:municipal", "level:municipal"),
        ("nivel:Departamental", "nivel:departamental", "level:departmental"),
        (
            "level:aioc or nivel:universidad",
            "nivel:indigena o nivel:universidad",
            "level:indigenous or level:university",
        ),
        ("level:lunar", "nivel:lunar", "level:lunar"),
        ("code:all and kind:university", "codigo:all y tipo:university", "code:all and kind:university"),
        ('tipo:"Empresas Públicas"', 'tipo:"Empresas Públicas"', 'kind:"Empresas Públicas"'),
        ("no (id:1 o bajo:G-5)", "no (id:1 o bajo:G-5)", "not (id:1 or under:G-5)"),
        ("(all or id:1) and territory:LP", "(todas o id:1) y territorio:LP", "(all or id:1) and territory:LP"),
    ],
)
def test_an_audience_is_said_in_the_words_of_its_reader(text: str, spanish: str, english: str) -> None:
    tree = parse_audience(text)
    assert (spoken(tree, "es"), spoken(tree, "en")) == (spanish, english)


@given(AUDIENCES, st.sampled_from(["es", "en"]), st.sampled_from(["es", "en"]))
def test_what_is_said_in_one_language_is_read_and_said_in_the_other(audience: Audience, one: str, other: str) -> None:
    assert spoken(parse_audience(spoken(audience, one)), other) == spoken(audience, other)


@given(AUDIENCES, st.sampled_from(["es", "en"]))
def test_what_is_said_means_the_same_but_for_the_spelling_of_levels(audience: Audience, language: str) -> None:
    meant = [Match(each.field, _level(each)) for each in matches_of(audience)]
    assert [Match(each.field, _level(each)) for each in matches_of(parse_audience(spoken(audience, language)))] == meant


@given(AUDIENCES)
def test_where_no_level_is_named_it_is_read_back_whole(audience: Audience) -> None:
    assume(all(match.field != "level" for match in matches_of(audience)))
    assert parse_audience(spoken(audience, "es")) == parse_audience(spoken(audience, "en")) == audience


@pytest.mark.parametrize("code", [level.code for level in LEVELS])
def test_every_level_is_offered_and_understood_in_both_languages(code: str) -> None:
    said = [spoken(Match("level", code), language).partition(":")[2] for language in ("es", "en")]
    assert [level_code(each) for each in said] == [code, code]
    assert all(each in spoken_levels() for each in said)


def _level(match: Match) -> str:
    return level_code(match.value) or match.value if match.field == "level" else match.value
