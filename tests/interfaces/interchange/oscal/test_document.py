"""The JSON itself, good and bad."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.interfaces.interchange.files import refusal, saved
from yupana.foundation.kernel.canonical import canonical
from yupana.foundation.kernel.errors import Refused
from yupana.interfaces.interchange import tables
from yupana.interfaces.interchange.oscal.document import read_document, recognises
from yupana.interfaces.interchange.oscal.read import read_manuscript

EMPTY: dict[str, Any] = {"catalog": {}}


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ('{"catalog": {', True),
        ('\ufeff\n {\n "profile" : {}}', True),
        ('{"$schema": "https://x", "catalog": {', True),
        ('{"catalog": []}', False),
        ('{"title": "catalog"}', False),
        ("id,catalog", False),
        ("", False),
    ],
)
def test_a_file_is_recognised_by_how_it_begins(text: str, known: bool, tmp_path: Path) -> None:
    assert recognises(saved(tmp_path, text)) == known


def test_what_is_no_file_is_not_recognised(tmp_path: Path) -> None:
    assert (recognises(tmp_path), recognises(tmp_path / "no.json")) == (False, False)


@pytest.mark.parametrize(
    ("what", "answer"),
    [
        ("", ("json-malformed", "doc.json:1")),
        ('{"catalog":\n{]', ("json-malformed", "doc.json:2")),
        ('{"catalog": {"a": ' + "9" * 5000 + "}}", ("json-malformed", "doc.json")),
        (b'{"catalog":\n"\xff"}', ("json-not-utf8", "doc.json:2")),
        ('{"catalog":\n{\0}}', ("text-has-nul", "doc.json:2")),
        ("[" * 1_000_000, ("json-too-deep", "doc.json")),
        ('{"catalog": ' + "[" * 100 + "]" * 100 + "}", ("json-too-deep", "doc.json")),
        ("[]", ("oscal-neither", "doc.json")),
        ("5", ("oscal-neither", "doc.json")),
        ({"catalog": [], "profile": "x"}, ("oscal-neither", "doc.json")),
        ({"component-definition": {}}, ("oscal-neither", "doc.json")),
    ],
)
def test_the_unreadable_is_refused_with_its_place(what: object, answer: tuple[str, str], tmp_path: Path) -> None:
    assert refusal(read_manuscript, saved(tmp_path, what)) == answer


def test_the_fault_is_named(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read_document(saved(tmp_path, '{"catalog": nada}'))
    assert refused.value.details["problem"] == "Expecting value"


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_BYTES", 10)
    assert refusal(read_manuscript, saved(tmp_path, EMPTY)) == ("file-too-large", "doc.json")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_json_is_read_in_the_encodings_of_unicode(encoding: str, tmp_path: Path) -> None:
    path = saved(tmp_path, '{"catalog": {"uuid": "ñ"}}'.encode(encoding))
    assert read_document(path).body == {"uuid": "ñ"}


def test_numbers_with_a_point_become_text_and_are_listed(tmp_path: Path) -> None:
    document = read_document(saved(tmp_path, '{"catalog": {"a": 1.50, "b": NaN, "c": -Infinity, "d": 7}}'))
    assert document.body == {"a": "1.50", "b": "NaN", "c": "-Infinity", "d": 7}
    assert [(note.why, note.text) for note in document.mended] == [
        ("json-number-kept-as-text", "1.50"),
        ("json-number-kept-as-text", "NaN"),
        ("json-number-kept-as-text", "-Infinity"),
    ]


def test_of_a_name_that_stands_twice_the_last_counts_and_the_others_are_listed(tmp_path: Path) -> None:
    document = read_document(saved(tmp_path, '{"catalog": {"uuid": "a", "x": 1, "uuid": "b", "uuid": "c"}}'))
    assert document.body == {"uuid": "c", "x": 1}
    assert [(note.why, note.text) for note in document.mended] == [
        ("json-name-repeated", 'uuid: "a"'),
        ("json-name-repeated", 'uuid: "b"'),
    ]


def test_a_mark_stands_for_what_no_database_keeps(tmp_path: Path) -> None:
    document = read_document(saved(tmp_path, '{"catalog": {"a\\u0000": ["b\\ud800c", {"d": "\\ud83d\\ude00"}]}}'))
    assert document.body == {"a\ufffd": ["b\ufffdc", {"d": "😀"}]}
    assert [note.why for note in document.mended] == ["text-unkeepable"] * 2


def test_what_stands_beside_the_document_is_kept(tmp_path: Path) -> None:
    document = read_document(saved(tmp_path, {"$schema": "x", "catalog": {}, "y": 1}))
    assert (document.kind, document.beside) == ("catalog", {"$schema": "x", "y": 1})


@given(
    tree=st.recursive(
        st.none() | st.text(max_size=3) | st.integers() | st.floats(),
        lambda inner: st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "title", "groups", "controls", "parts", "params", "props", "ns", "name", "value", "metadata",
                 "imports", "include-controls", "with-ids", "uuid", "prose", "href"]
            ),
            inner,
            max_size=4,
        ),
        max_leaves=15,
    ),
    kind=st.sampled_from(["catalog", "profile"]),
)  # fmt: skip
def test_whatever_a_document_holds_it_is_read_or_refused(
    tree: object, kind: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = saved(tmp_path_factory.getbasetemp(), {kind: tree}, "any.json")
    try:
        read = read_manuscript(path)
    except Refused as refused:
        assert refused.code == "oscal-neither"  # noqa: PT017 (either answer is right)
    else:
        assert canonical([dict(read.more), [[row.code, row.text, dict(row.more)] for row in read.rows]])
