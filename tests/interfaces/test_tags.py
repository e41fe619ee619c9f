"""Numbers as people here write them, and links between languages."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from yupana.foundation.kernel.share import Share
from yupana.interfaces import tags


@pytest.mark.parametrize(
    ("language", "value", "text"),
    [
        ("es", 7, "7"),
        ("es", 1234, "1.234"),
        ("es", 9_876_543, "9.876.543"),
        ("en", 1234, "1,234"),
        ("es", -1234, "-1.234"),
    ],
)
def test_thousands_are_grouped_as_the_reader_writes_them(language: str, value: int, text: str) -> None:
    with translation.override(language):
        assert tags.number(value) == text


@pytest.mark.parametrize(
    ("language", "share", "text"),
    [
        ("es", Share(3, 25), "12\u202f%"),
        ("en", Share(3, 25), "12%"),
        ("es", Share(0, 25), "0\u202f%"),
        ("es", Share(1, 1000), "1\u202f%"),
        ("es", Share(999, 1000), "99\u202f%"),
        ("es", Share(25, 25), "100\u202f%"),
        ("es", Share(0, 0), "\N{EN DASH}"),
        ("es", Share(0, 0, 7), "\N{EN DASH}"),
        ("es", None, "\N{EN DASH}"),
    ],
)
def test_a_percentage_of_nothing_is_a_dash_and_never_zero(language: str, share: Share | None, text: str) -> None:
    with translation.override(language):
        assert tags.percent(share) == text


@pytest.mark.parametrize(("language", "text"), [("es", "Bs\u202f1.234,56"), ("en", "Bs\u202f1,234.56")])
def test_money_is_in_bolivianos(language: str, text: str) -> None:
    with translation.override(language):
        assert tags.bolivianos(123_456) == text


@pytest.mark.parametrize(
    ("language", "weight", "text"),
    [("es", 10**9, "100\u202f%"), ("es", 71_428_571, "7,1\u202f%"), ("en", 71_428_571, "7.1%"), ("es", 0, "0\u202f%")],
)
def test_a_weight_is_a_part_of_the_whole_with_one_decimal(language: str, weight: int, text: str) -> None:
    with translation.override(language):
        assert tags.part_of_plan(weight) == text


def rendered(source: str, path: str) -> str:
    return Template(source).render(Context({"request": RequestFactory().get(path)}))


@pytest.mark.parametrize(
    ("path", "code", "there"),
    [
        ("/", "en", "/en/"),
        ("/en/", "es", "/"),
        ("/entidades/?q=%C3%81baco&page=2", "en", "/en/entidades/?q=%C3%81baco&amp;page=2"),
        ("/en/verificar/", "es", "/verificar/"),
    ],
)
def test_the_other_language_shows_the_same_page(path: str, code: str, there: str) -> None:
    with translation.override("en" if path.startswith("/en/") else "es"):
        assert rendered(f"{{% in_language '{code}' %}}", path) == there


def test_addresses_are_absolute_and_without_query() -> None:
    assert rendered("{% absolute %} {% absolute '/en/' %}", "/entidades/?page=2") == (
        "http://testserver/entidades/ http://testserver/en/"
    )


def test_without_a_request_there_is_no_host_to_name() -> None:
    assert Template("[{% absolute '/x/' %}]").render(Context()) == "[/x/]"


@pytest.mark.parametrize(
    ("address", "followed"),
    [
        ("https://a.example/x", True),
        ("HTTP://a.example", True),
        ("javascript:alert(1)//https://", False),
        ("data:text/html,x", False),
        (" https://a.example", False),
        ("//a.example", False),
        ("■", False),
        ("", False),
    ],
)
def test_only_addresses_of_the_web_are_followed(address: str, followed: bool) -> None:
    assert tags.on_the_web(address) is followed


def link(address: str, words: str) -> str:
    return f'<p><a href="{address}" rel="nofollow noopener">{words}</a></p>\n'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("uno\n\ndos", "<p>uno</p>\n<p>dos</p>\n"),
        ("- uno\n- **dos**", "<ul>\n<li>uno</li>\n<li><strong>dos</strong></li>\n</ul>\n"),
        ("# Uno\n\nDos\n---", "<h4>Uno</h4>\n<h5>Dos</h5>\n"),
        ("###### Hondo", "<h6>Hondo</h6>\n"),
        ("<b onclick=zq()>x</b>", "<p>&lt;b onclick=zq()&gt;x&lt;/b&gt;</p>\n"),
        ("<script>zq()</script>", "<p>&lt;script&gt;zq()&lt;/script&gt;</p>\n"),
        ("[ley](https://a.example/1 'x')", link("https://a.example/1", "ley")),
        ("<mailto:a@b.example>", link("mailto:a@b.example", "mailto:a@b.example")),
        ("[a](#line-4)", link("#line-4", "a")),
        ("[a](javascript:zq())", "<p>[a](javascript:zq())</p>\n"),
        ("[a](/desk/salir/)", "<p>[a](/desk/salir/)</p>\n"),
        ("[a](data:text/html,x)", "<p>[a](data:text/html,x)</p>\n"),
        ('![mapa "1"](http://a.example/m.png)', link("http://a.example/m.png", "mapa &quot;1&quot;")),
        ("![](http://a.example/m.png)", link("http://a.example/m.png", "http://a.example/m.png")),
        ("[![m](http://a.example/m.png)](http://b.example)", link("http://b.example", "m")),
    ],
)
def test_a_text_is_shown_as_markdown_and_stays_harmless(text: str, shown: str) -> None:
    assert tags.markdown(text) == shown


def test_a_wide_table_scrolls_and_carries_no_style() -> None:
    shown = tags.markdown("| a | b |\n|:-:|--:|\n| 1 | 2 |\n")
    assert (shown.startswith('<div class="scroll" tabindex="0"><table>'), shown.endswith("</table>\n</div>\n")) == (
        True,
        True,
    )
    assert ("style" in shown, "<td>2</td>" in shown) == (False, True)


@given(st.text())
def test_whatever_is_written_no_element_comes_out_but_those_of_a_text(text: str) -> None:
    page = BeautifulSoup(tags.markdown(text), "html.parser")
    known = {"p", "em", "strong", "a", "ul", "ol", "li", "code", "pre", "blockquote", "hr", "br", "div", "table"}
    known |= {"thead", "tbody", "tr", "th", "td", "h4", "h5", "h6"}
    assert {each.name for each in page.find_all(True)} <= known
