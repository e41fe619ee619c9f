"""XML as people and attackers make it: a tree with a list of mendings, or one line with the place."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from yupana.foundation.kernel.errors import Refused
from yupana.interfaces.interchange import tables
from yupana.interfaces.interchange.stratml.elements import words as the_words
from yupana.interfaces.interchange.xml import MOST_DEPTH, MOST_MENDED, head, local, parse, place, possible


def written(folder: Path, what: str | bytes) -> Path:
    path = folder / "plan.xml"
    path.write_bytes(what if isinstance(what, bytes) else what.encode())
    return path


def said(path: Path) -> str:
    return "".join(str(each) for each in parse(path).root.itertext())


def refusal(path: Path) -> tuple[str, object]:
    with pytest.raises(Refused) as refused:
        parse(path)
    return refused.value.code, refused.value.details["where"]


# --- read as it is -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "data",
    [
        "<a>ñandú</a>".encode(),
        b"\xef\xbb\xbf" + "<a>ñandú</a>".encode(),
        '<?xml version="1.0" encoding="UTF-8"?><a>ñandú</a>'.encode(),
        '<?xml version="1.0" encoding="ISO-8859-1"?><a>ñandú</a>'.encode("latin-1"),
        "<?xml version='1.0' encoding='windows-1252' standalone='yes'?>\n<a>ñandú</a>".encode("cp1252"),
        '<?xml version="1.0" encoding="UTF-16"?><a>ñandú</a>'.encode("utf-16"),
        '<?xml version="1.0" encoding="UTF-16"?><a>ñandú</a>'.encode(),
        b"<?xml version='1.0'?>\r\n<!-- & < -->\r\n<a><![CDATA[\xc3\xb1and\xc3\xba]]></a>",
    ],
)
def test_text_is_read_in_the_encoding_that_it_is_in(data: bytes, tmp_path: Path) -> None:
    path = written(tmp_path, data)
    assert (said(path), parse(path).mended) == ("ñandú", ())


def test_an_element_knows_its_line(tmp_path: Path) -> None:
    parsed = parse(written(tmp_path, '<?xml version="1.0"\n encoding="utf-8"?>\n<a>\n<x:b xmlns:x="u"/>\n</a>'))
    [inner] = parsed.root
    assert (place(parsed.name, parsed.root), place(parsed.name, inner), local(inner)) == (
        "plan.xml:3",
        "plan.xml:4",
        "b",
    )


def test_instructions_and_comments_have_no_name(tmp_path: Path) -> None:
    assert [local(each) for each in parse(written(tmp_path, "<a><?yo hola?><b/></a>")).root] == ["", "b"]


def test_right_to_left_marks_and_markup_are_text_like_any_other(tmp_path: Path) -> None:
    path = written(tmp_path, "<a>\u202eabc &lt;script&gt;</a>")
    assert (said(path), parse(path).mended) == ("\u202eabc <script>", ())


# --- mended --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("xml", "text", "where"),
    [
        ("<a>\nPan & vino</a>", "\nPan & vino", ["plan.xml:2"]),
        ("<a>x&y;</a>", "x&y;", ["plan.xml:1"]),
        ("<a>AT&T &amp; &#38; &#x26;</a>", "AT&T & & &", ["plan.xml:1"]),
        ("<a>Gesti&oacute;n&nbsp;\n&euro;</a>", "Gestión\xa0\n€", ["plan.xml:1", "plan.xml:1", "plan.xml:2"]),
        ("<a>1 < 2 <= 3 <4</a>", "1 < 2 <= 3 <4", ["plan.xml:1"] * 3),
        ("<a>\x01uno\x0b & dos</a>", "\ufffduno\ufffd & dos", ["plan.xml:1"] * 3),
        ("<a><![CDATA[a & b]]> & c</a>", "a & b & c", ["plan.xml:1"]),
        ("<a><!-- x & y --> & c<?yo & ?></a>", " & c", ["plan.xml:1"]),
        ("<a><![CDATA[<!-- ]]> & c<!-- <?yo --></a>", "<!--  & c", ["plan.xml:1"]),
    ],
)
def test_what_people_forget_to_escape_is_escaped_and_listed(
    xml: str, text: str, where: list[str], tmp_path: Path
) -> None:
    parsed = parse(written(tmp_path, xml))
    words = the_words(parsed.root)
    assert (words, sorted(note.where for note in parsed.mended)) == (text, where)
    assert {note.why for note in parsed.mended} == {"xml-literal-mended"}


def test_what_is_around_a_mended_character_is_shown(tmp_path: Path) -> None:
    [note] = parse(written(tmp_path, "<a>\n  Pan & vino\n</a>")).mended
    assert note.text == "Pan & vino"


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("<a><b>uno</c></a>", "uno"),
        ("<a><b>uno", "uno"),
        ("<x:a>uno</x:a>", "uno"),
        ("<a q='1' q='2'>uno</a>", "uno"),
        ("<a>uno&#0;</a>", "uno"),
        ("<a>uno</a><a>dos</a>", "uno"),
    ],
)
def test_broken_markup_is_read_as_far_as_it_makes_sense(xml: str, text: str, tmp_path: Path) -> None:
    path = written(tmp_path, xml)
    mended = parse(path).mended
    assert (said(path), {note.why for note in mended}, mended[0].where) == (text, {"xml-mended"}, "plan.xml:1")


# --- refused -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("xml", "answer"),
    [
        ("", ("xml-malformed", "plan.xml:1")),
        (" \n ", ("xml-malformed", "plan.xml:1")),
        ("hola", ("xml-malformed", "plan.xml:1")),
        ("<a>\n\0</a>", ("text-has-nul", "plan.xml:2")),
        (b"<a>\n\xff</a>", ("xml-encoding-wrong", "plan.xml:2")),
        (b"<?xml version='1.0' encoding='utf-7'?><a/>", ("xml-encoding-unknown", "plan.xml:1")),
        (b"<?xml version='1.0' encoding='no-such'?><a/>", ("xml-encoding-unknown", "plan.xml:1")),
        ("<a/>".encode("utf-32"), ("text-has-nul", "plan.xml:1")),
        ('<!DOCTYPE a [\n<!ENTITY x "y">]>\n<a>&x;</a>', ("xml-entities", "plan.xml:2")),
        ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>', ("xml-entities", "plan.xml:1")),
        ('<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1/x">%x;]><a/>', ("xml-entities", "plan.xml:1")),
        ("<a>" * (MOST_DEPTH + 1) + "</a>" * (MOST_DEPTH + 1), ("xml-malformed", "plan.xml:1")),
        ("<a>" * 200_000, ("xml-malformed", "plan.xml:1")),
        ("<a>" + "&" * (MOST_MENDED + 1) + "</a>", ("xml-malformed", "plan.xml:1")),
    ],
)
def test_the_unreadable_and_the_hostile_are_refused_with_their_place(
    xml: str | bytes, answer: tuple[str, str], tmp_path: Path
) -> None:
    assert refusal(written(tmp_path, xml)) == answer


def test_a_tree_without_end_is_refused_where_it_is_too_deep(tmp_path: Path) -> None:
    code, where = refusal(written(tmp_path, "<a>\n" * 2000 + "</a>" * 2000))
    assert (code, 250 < int(str(where).removeprefix("plan.xml:")) < 260) == ("xml-malformed", True)


def test_a_tree_of_the_greatest_depth_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, "<a>" * MOST_DEPTH + "uno" + "</a>" * MOST_DEPTH)
    assert (said(path), parse(path).mended) == ("uno", ())


def test_a_bomb_of_entities_is_refused_at_once(tmp_path: Path) -> None:
    lines = ['<!ENTITY a0 "ja">', *(f'<!ENTITY a{each + 1} "{f"&a{each};" * 10}">' for each in range(12))]
    path = written(tmp_path, f"<!DOCTYPE a [{''.join(lines)}]><a>&a12;</a>")
    start = time.process_time()
    assert refusal(path) == ("xml-entities", "plan.xml:1")
    assert time.process_time() - start < 60


def test_nothing_of_another_file_comes_in(tmp_path: Path) -> None:
    (tmp_path / "secret.dtd").write_text('<!ENTITY x "secreto">', encoding="utf-8")
    path = written(tmp_path, '<!DOCTYPE a SYSTEM "secret.dtd">\n<a>uno &x; dos</a>')
    parsed = parse(path)
    assert "secreto" not in etree.tostring(parsed.root, encoding="unicode")
    assert [(note.why, note.text) for note in parsed.mended] == [("xml-doctype-ignored", "secret.dtd")]


def test_open_comments_without_end_are_no_burden(tmp_path: Path) -> None:
    path = written(tmp_path, "<a>" + "<!-- " * 200_000)
    start = time.process_time()
    assert [note.why for note in parse(path).mended][:1] == ["xml-mended"]
    assert time.process_time() - start < 60


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_BYTES", 10)
    assert refusal(written(tmp_path, "<a>0123456789</a>")) == ("file-too-large", "plan.xml")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "no.xml") == ("file-unreadable", str(tmp_path / "no.xml"))


@given(data=st.binary(max_size=60) | st.text("<>&;!-[]?ax\"'=/ \n\0é", max_size=60).map(str.encode))
def test_whatever_a_file_holds_it_is_read_or_refused(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "any.xml"
    path.write_bytes(data)
    try:
        parsed = parse(path)
    except Refused as refused:
        assert str(refused.details["where"]).startswith("any.xml:")  # noqa: PT017 (either answer is right)
    else:
        assert (len(parsed.digest), "\0" in etree.tostring(parsed.root, encoding="unicode")) == (64, False)


# --- helpers -------------------------------------------------------------------------------------------------------
def test_the_head_of_a_file_is_text_whatever_it_holds(tmp_path: Path) -> None:
    wide = written(tmp_path, "<a>ñ".encode("utf-16"))
    assert (head(wide), head(tmp_path / "no.xml"), head(tmp_path)) == ("<a>ñ", "", "")
    assert head(written(tmp_path, b"<a>\xff")) == "<a>\ufffd"


@given(st.text(st.characters()))
def test_possible_text_can_stand_in_xml_and_nothing_else_is_changed(text: str) -> None:
    element = etree.Element("a")
    element.text = possible(text)
    kept = all(now in (was, "\ufffd") for was, now in zip(text, possible(text), strict=True))
    assert (kept, possible(possible(text))) == (True, possible(text))
