"""Many audiences at once, and why one body is in them or not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.entities.queries import Explained, audience, explained, reached
from yupana.domain.entities.rules import All, And, Match, Not, Or, Part, holds, matches_of, parse_audience, parts_of
from yupana.foundation.kernel.errors import Refused

if TYPE_CHECKING:
    from tests.cast import Bodies
    from tests.conftest import Budget
    from yupana.domain.entities.rules import Audience

TODAY = date(2018, 2, 1)
EXPRESSIONS = (
    "all",
    "level:municipal",
    "nivel:departamental o code:A-1",
    "territory:VA and not (id:4 or level:departmental)",
    "under:G-2 and not not code:B-1",
    "not all",
    "code:A-1 or code:B-1 or level:central",
)
FAULTY = {"level:none": "audience-level-unknown", "code:Z-9": "entity-unknown", "kind:": "audience-unreadable"}
MATCHES = (Match("level", "municipal"), Match("code", "A-1"), Match("territory", "VA"))
trees: st.SearchStrategy[Audience] = st.recursive(
    st.sampled_from([*MATCHES, All()]),
    lambda inner: st.one_of(
        inner.map(Not),
        st.tuples(inner, inner).map(And),
        st.tuples(inner, inner, inner).map(Or),
    ),
    max_leaves=8,
)


def why(found: dict[str, Explained]) -> dict[str, tuple[bool, str]]:
    return {each: (told.holds, told.fault.code if told.fault else "") for each, told in found.items()}


# --- many at once --------------------------------------------------------------------------------------------------
def test_many_audiences_reach_whom_each_reaches_alone(bodies: Bodies) -> None:
    alone = {each: frozenset(audience(each, on=TODAY).values_list("pk", flat=True)) for each in EXPRESSIONS}
    assert reached(EXPRESSIONS, on=TODAY) == alone


def test_one_that_cannot_be_read_says_why_and_spoils_no_other(bodies: Bodies) -> None:
    found = reached([*FAULTY, "level:departmental"], on=TODAY)
    assert {each: told.code if isinstance(told, Refused) else told for each, told in found.items()} == {
        **FAULTY,
        "level:departmental": {bodies.c.pk},
    }


def test_the_same_audience_is_asked_for_once(bodies: Bodies, query_budget: type[Budget]) -> None:
    with query_budget(3):  # the body named, the level, and who is in it
        reached(["under:G-2 and level:municipal"] * 9, on=TODAY)


# --- why ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_a_body_is_told_to_be_in_exactly_the_audiences_that_reach_it(bodies: Bodies, expression: str) -> None:
    keys: object = reached([expression], on=TODAY)[expression]
    told = {each.pk: explained([expression], body=each.pk)[expression].holds for each in vars(bodies).values()}
    del told[bodies.group.pk]  # a group is never reached, though conditions may hold for it
    assert keys == {key for key, held in told.items() if held}


def test_every_condition_is_told_as_it_is_wanted(bodies: Bodies) -> None:
    told = explained(["level:municipal and not (territory:VA or code:B-1)"], body=bodies.a.pk)
    assert [(str(part), held) for each in told.values() for part, held in each.parts] == [
        ("level:municipal", True),
        ("not territory:VA", False),
        ("not code:B-1", True),
    ]


def test_why_nobody_can_be_reached_is_told(bodies: Bodies) -> None:
    assert why(explained([*FAULTY, "all"], body=bodies.a.pk)) == {
        **{each: (False, code) for each, code in FAULTY.items()},
        "all": (True, ""),
    }


def test_fifty_audiences_are_explained_with_one_question_about_the_body(
    bodies: Bodies, query_budget: type[Budget]
) -> None:
    with query_budget(3):  # names, one level, the body
        explained([f"level:municipal and not code:A-{at}" for at in (1, 1, 1)], body=bodies.a.pk)


# --- conditions ----------------------------------------------------------------------------------------------------
@given(trees)
def test_there_are_as_many_conditions_as_matches(tree: Audience) -> None:
    assert [part.match for part in parts_of(tree)] == list(matches_of(tree))


@given(trees, st.fixed_dictionaries(dict.fromkeys(MATCHES, st.booleans())))
def test_a_body_for_which_every_condition_holds_is_in(tree: Audience, held: dict[Match, bool]) -> None:
    """The conditions are those of the tree with every "not" before one match: more that hold never put it out."""
    told = [held[part.match] != part.negated for part in parts_of(tree)]
    alone = not any(isinstance(each, All) for each in leaves(tree))
    assert holds(tree, held) or not all(told) or not alone
    assert not holds(tree, held) or any(told) or not alone


def leaves(tree: Audience) -> list[Audience]:
    if isinstance(tree, Not):
        return leaves(tree.inner)
    if isinstance(tree, And | Or):
        return [leaf for part in tree.parts for leaf in leaves(part)]
    return [tree]


@pytest.mark.parametrize(
    ("part", "language", "said"),
    [
        (Part(Match("level", "municipal")), "es", "nivel:municipal"),
        (Part(Match("level", "departmental"), negated=True), "es", "no nivel:departamental"),
        (Part(Match("territory", "LP"), negated=True), "en", "not territory:LP"),
    ],
)
def test_a_condition_is_said_in_the_words_of_the_reader(part: Part, language: str, said: str) -> None:
    assert part.spoken(language) == said


def test_a_double_no_is_none() -> None:
    assert [str(part) for part in parts_of(parse_audience("not (not code:A and level:x)"))] == ["code:A", "not level:x"]
