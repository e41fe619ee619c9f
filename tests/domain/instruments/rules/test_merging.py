"""What two people wrote about one item: both kept where they can be, told apart where not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.instruments.rules.merging import Merge, Seen, merge

if TYPE_CHECKING:
    from yupana.foundation.kernel.canonical import Plain

READ: dict[str, Plain] = {"text": "uno", "body": "largo", "due_on": None, "binds": True, "target": {"number": "1"}}
SEEN = Seen.of(3, READ)
TEXTS = st.dictionaries(st.sampled_from(sorted(READ)), st.text(max_size=5), min_size=5)


@pytest.mark.parametrize(
    ("held", "sent", "merged"),
    [
        ({}, {}, Merge({}, ())),
        ({}, READ, Merge({}, ())),
        ({}, {"text": "dos"}, Merge({"text": "dos"}, ())),
        ({"body": "otro"}, {**READ, "text": "dos"}, Merge({"text": "dos"}, ())),
        ({"text": "tres"}, READ, Merge({}, ())),
        ({"text": "dos"}, {**READ, "text": "dos"}, Merge({}, ())),
        ({"text": "tres"}, {**READ, "text": "dos"}, Merge({"text": "dos"}, ("text",))),
        ({"text": "tres"}, {**READ, "text": "dos", "body": "b"}, Merge({"text": "dos", "body": "b"}, ("text",))),
        ({"target": None}, {"target": {"number": "2"}}, Merge({"target": {"number": "2"}}, ("target",))),
        ({"binds": False}, {"due_on": "2026-01-01"}, Merge({"due_on": "2026-01-01"}, ())),
    ],
)
def test_a_field_clashes_only_where_both_changed_it_in_different_ways(
    held: dict[str, Any], sent: dict[str, Any], merged: Merge
) -> None:
    assert merge(SEEN.marks, READ | held, sent) == merged


@pytest.mark.parametrize("sent", ["uno\r\ndos", " uno\ndos\n", "uno\rdos"])
def test_what_browsers_do_to_lines_is_no_change(sent: str) -> None:
    assert merge(Seen.of(1, {"body": "uno\ndos"}).marks, {"body": "tres"}, {"body": sent}) == Merge({}, ())


def test_who_has_seen_nothing_overwrites_nothing() -> None:
    assert merge({}, READ, {"text": "dos", "binds": True}) == Merge({"text": "dos"}, ("text",))


@given(version=st.integers(0, 10**8), values=TEXTS)
def test_what_was_seen_is_read_back(version: int, values: dict[str, str]) -> None:
    seen = Seen.of(version, values)
    assert Seen.read(str(seen)) == seen


@pytest.mark.parametrize("text", ["", "x", "-1", "99999999999999", "²", "..", "1.text", "1.=.-"])
def test_a_word_that_says_nothing_was_not_seen(text: str) -> None:
    seen = Seen.read(text)
    assert merge(seen.marks, READ, {"text": "dos"}).clashing == ("text",)


@given(read=TEXTS, theirs=TEXTS, mine=TEXTS)
def test_nothing_that_anybody_changed_is_dropped(
    read: dict[str, str], theirs: dict[str, str], mine: dict[str, str]
) -> None:
    """After a merge without a clash each field is what somebody made of it, or what it was."""
    seen = Seen.of(1, read)
    merged = merge(seen.marks, theirs, mine)
    if merged.clashing:
        return
    after = {**theirs, **merged.changed}
    same = Seen.of(1, after).marks
    assert all(
        same[name] == Seen.of(1, mine if Seen.of(1, mine).marks[name] != seen.marks[name] else theirs).marks[name]
        for name in read
    )
