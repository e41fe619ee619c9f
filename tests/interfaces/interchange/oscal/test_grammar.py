r"""What may stand where, as the schema says it: each member once with something good and something bad."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.interfaces.interchange.oscal.grammar import (
    CATALOG,
    LINK,
    METADATA,
    PARAM,
    PART,
    PROFILE,
    PROP,
    fits,
    fitting,
    is_line,
    is_moment,
    is_string,
    is_token,
    is_uuid,
)

UUID = "74c8ba1e-5cd4-4ad1-bbfd-d888e2f6c724"


@pytest.mark.parametrize(
    ("text", "good"),
    [("ac-1", True), ("_x", True), ("ñandú.2", True), ("a²", True), ("1a", False), ("-a", False), ("", False),
     ("a b", False), ("a\u0301", False), (5, False), (None, False)],
)  # fmt: skip
def test_tokens(text: object, good: bool) -> None:
    assert is_token(text) == good


@pytest.mark.parametrize(
    ("text", "line", "string"),
    [("a", True, True), (" a", True, False), ("a\ufeff", True, False), ("a b", True, True), ("a\nb", False, False),
     ("a\n", False, False), ("a\u2028b", False, False), ("", False, False), (" ", True, False), (5, False, False)],
)  # fmt: skip
def test_lines_and_strings(text: object, line: bool, string: bool) -> None:
    assert (is_line(text), is_string(text)) == (line, string)


@pytest.mark.parametrize(
    ("text", "good"),
    [("2024-02-13T17:43:40.74643Z", True), ("2024-02-29T00:00:00-04:00", True), ("2023-02-29T00:00:00Z", False),
     ("2000-02-29T23:59:59+05:45", True), ("1970-01-01T00:00:00Z", True), ("2024-02-13", False),
     ("2024-13-01T00:00:00Z", False), ("2024-04-31T00:00:00Z", False), ("2024-01-01T24:00:00Z", False),
     ("2024-01-01T00:00:00", False), ("2024-01-01T00:00:00-04:15", False), (5, False)],
)  # fmt: skip
def test_moments(text: object, good: bool) -> None:
    assert is_moment(text) == good


@pytest.mark.parametrize(
    ("text", "good"),
    [(UUID, True), (UUID.upper(), True), (UUID.replace("-4", "-1"), False), (UUID[:-1], False), (UUID + "\n", False)],
)
def test_ids_of_documents(text: str, good: bool) -> None:
    assert is_uuid(text) == good


@pytest.mark.parametrize(
    ("spec", "good", "bad"),
    [
        (PROP, {"name": "a", "value": "b", "ns": "urn:x:y", "remarks": ""}, {"name": "a"}),
        (PROP, {"name": "a", "value": "b"}, {"name": "a", "value": "b", "otro": "c"}),
        (LINK, {"href": "#a", "rel": "related"}, {"href": "a b"}),
        (PARAM, {"id": "p", "select": {"how-many": "one", "choice": ["a"]}}, {"select": {"how-many": "some"}}),
        (PARAM, {"id": "p", "values": ["a"]}, {"values": ["a"], "select": {}}),
        (PARAM, {"constraints": [{"tests": [{"expression": "x"}]}]}, {"constraints": []}),
        (CATALOG, {"back-matter": {"resources": [{"uuid": UUID}]}}, {"back-matter": {"resources": [{}]}}),
        (PROFILE, {"merge": {"flat": {}}}, {"merge": {}}),
        (PROFILE, {"merge": {"as-is": False}}, {"merge": {"as-is": "no"}}),
        (PROFILE, {"merge": {"custom": {"groups": [{"title": "a", "groups": [{"title": "b"}]}]}}},
         {"merge": {"custom": {"groups": [{"id": "a"}]}}}),
        (PROFILE, {"modify": {"alters": [{"control-id": "a", "adds": [{"position": "after"}]}]}},
         {"modify": {"alters": [{"adds": [{"position": "after"}]}]}}),
        (METADATA, {"parties": [{"uuid": UUID, "type": "person", "email-addresses": ["a@b"]}]},
         {"parties": [{"uuid": UUID, "type": "person", "email-addresses": ["ab"]}]}),
        (METADATA, {"actions": [{"uuid": UUID, "type": "a", "system": "urn:x"}]}, {"actions": [{"uuid": UUID}]}),
    ],
)  # fmt: skip
def test_objects(spec: Any, good: dict[str, Any], bad: dict[str, Any]) -> None:  # noqa: ANN401 (any specification)
    assert (fits(spec, good), fits(spec, bad)) == (True, False)


def test_what_fits_is_taken_and_the_rest_left() -> None:
    assert fitting(PART, {"class": "a", "links": [], "ns": 5, "otro": 1, "prose": ""}) == {"class": "a", "prose": ""}


@given(value=st.recursive(st.none() | st.text(max_size=3) | st.floats(), lambda inner: st.lists(inner) | (
    st.dictionaries(st.sampled_from(["name", "value", "href", "uuid", "parts", "merge", "params", "props"]), inner)
), max_leaves=8))  # fmt: skip
def test_any_value_gets_an_answer(value: object) -> None:
    assert {fits(spec, value) for spec in (PROP, LINK, METADATA, PARAM, PART, PROFILE, [PROP])} <= {True, False}
