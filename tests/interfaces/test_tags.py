"""Numbers as people here write them, and links between languages."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

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
