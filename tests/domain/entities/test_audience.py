"""The language of audiences, without a database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.entities.rules import All, And, Audience, AudienceError, Match, Not, Or, matches_of, parse_audience
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
