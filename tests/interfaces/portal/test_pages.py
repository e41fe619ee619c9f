"""What every page must be: light, cheap, cached, in two languages, and open to nobody's tricks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings

from tests.interfaces.portal.stage import LONG, State, answer, make_state, page, row, tick, whole, words, zipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from bs4 import BeautifulSoup
    from django.test import Client

PAGES = [
    "/",
    "/planes/PLAN/1/",
    "/planes/PLAN/1/texto/",
    "/planes/PLAN/1/entidades/",
    "/planes/PLAN/1/line/1/",
    "/planes/PLAN/1/axis/1/",
    "/planes/PLAN/1/line/1/historia/",
    "/planes/PLAN/1/articulacion/",
    "/planes/PLAN/1/cambios/",
    "/entidades/",
    "/entidades/cast/2/",
    "/entidades/cast/t0/",
    "/verificar/",
    "/como-se-cuenta/",
    "/buscar/?q=provincia",
]
MOST_HTML, MOST_CSS, MOST_FIRST_VIEW, MOST_REQUESTS = 14_000, 8_000, 25_000, 3
BUDGETS = {
    "/": 20,
    "/planes/PLAN/": 1,
    "/planes/PLAN/1/": 21,
    "/planes/PLAN/1/texto/": 8,
    "/planes/PLAN/1/axis/1/": 10,
    "/planes/PLAN/1/line/1/texto/": 3,
    "/planes/PLAN/1/line/1/historia/": 10,
    "/planes/PLAN/1/articulacion/": 6,
    "/planes/PLAN/1/cambios/": 5,
    "/planes/PLAN/1/descarga/csv/": 5,
    "/planes/PLAN/1/entidades/": 12,
    "/planes/PLAN/1/line/1/": 29,
    "/entidades/": 13,
    "/entidades/cast/2/": 10,
    "/entidades/cast/t0/": 34,
    "/verificar/": 4,
    "/como-se-cuenta/": 2,
    "/buscar/?q=provincia": 7,
    "/entidades.csv": 4,
    "/planes/PLAN/1/entidades.csv": 6,
    "/planes/PLAN/1/lineas.csv": 15,
    "/planes/PLAN/1/line/1/lista.csv": 15,
}


def files(shown: BeautifulSoup) -> list[str]:
    """What a page makes the browser fetch besides itself, and only from this house."""
    tags = shown.select("link[rel=stylesheet], link[rel=icon], script[src], img[src]")
    return [str(tag.get("href") or tag.get("src")) for tag in tags]


@pytest.mark.parametrize("language", ["", "/en"])
def test_every_page_is_light_on_full_lists(client: Client, state: State, language: str) -> None:
    answer(state, "T-30", [row(number, name=LONG.format(number) * 3) for number in range(1, 40)])
    tick()
    weights = {there: zipped(client.get(language + there).content) for there in [*PAGES, "/entidades/cast/t30/"]}
    assert {there: weight for there, weight in weights.items() if weight > MOST_HTML} == {}


def test_the_first_view_is_light_and_asks_for_little(client: Client, state: State) -> None:
    whole = client.get("/")
    parts = files(page(client, "/"))
    sizes = [zipped((settings.PACKAGE / "static" / part.removeprefix("/static/")).read_bytes()) for part in parts]
    assert (zipped(whole.content) + sum(sizes) <= MOST_FIRST_VIEW, 1 + len(parts) <= MOST_REQUESTS) == (True, True)


def test_the_style_sheet_is_light_and_stands_alone() -> None:
    sheet = (settings.PACKAGE / "static" / "yupana.css").read_bytes()
    assert (zipped(sheet) <= MOST_CSS, b"@import" in sheet, b"@font-face" in sheet, b"url(" in sheet) == (
        True,
        False,
        False,
        False,
    )


def test_nothing_is_styled_or_scripted_in_a_page(client: Client, state: State) -> None:
    for there in PAGES:
        shown = page(client, there)
        attributes = {name for tag in shown.find_all(True) for name in tag.attrs}
        assert (
            shown.select("style, script, iframe, img"),
            [name for name in attributes if name == "style" or name.startswith("on")],
            {part.startswith("/static/") for part in files(shown)},
        ) == ([], [], {True}), there


@pytest.mark.parametrize("number", [1, 5])
def test_the_queries_do_not_grow_with_the_rows(
    client: Client, db: None, query_budget: Callable[[int], AbstractContextManager[Any]], number: int
) -> None:
    make_state(towns=number, answering=number)
    for there, budget in BUDGETS.items():
        with query_budget(budget):
            whole(client.get(there))


def test_the_same_page_speaks_both_languages(client: Client, state: State) -> None:
    for there in PAGES:
        spanish, english = page(client, there), page(client, f"/en{there}")
        links = [each.select_one(".who a") for each in (spanish, english)]
        assert (
            [each.html and each.html["lang"] for each in (spanish, english)],
            [link and (link["href"], link["lang"]) for link in links],
        ) == (["es", "en"], [(f"/en{there}", "en"), (there, "es")])


def test_search_machines_learn_the_address_of_a_page_in_both_languages(client: Client, state: State) -> None:
    for there in PAGES:
        head = page(client, f"/en{there}").head
        assert head is not None
        canonical, *alternates = head.select("link[rel=canonical], link[rel=alternate]")
        assert (canonical["href"], [(link["hreflang"], link["href"]) for link in alternates]) == (
            f"http://testserver/en{there.split('?')[0]}",
            [("es", f"http://testserver{there}"), ("en", f"http://testserver/en{there}")],
        )


def test_an_unchanged_page_is_not_sent_again(client: Client, state: State) -> None:
    for there in PAGES:
        first = client.get(there)
        again = client.get(there, headers={"If-None-Match": first.headers["ETag"]})
        assert (first.headers["Cache-Control"], again.status_code, again.content) == ("public, max-age=60", 304, b"")


def test_a_page_is_the_same_for_everybody(client: Client, small: State) -> None:
    """Whoever is signed in sees the same bytes, so that a cache may keep them."""
    before = client.get("/")
    client.force_login(small.people["amaru"])
    after = client.get("/")
    assert (before.content == after.content, "Cookie" in after.headers.get("Vary", "")) == (True, False)


def test_pages_are_only_read(client: Client, small: State) -> None:
    refused = {client.generic(method, there).status_code for there in PAGES for method in ("POST", "PUT", "DELETE")}
    assert refused == {405}


def test_a_date_that_cannot_be_is_refused_in_words(client: Client, small: State) -> None:
    for there in PAGES:
        refused = client.get(there, {"as_of": "mañana"})
        assert (refused.status_code, "2026-06-30" in refused.content.decode()) == (400, True), there


def test_every_page_says_when_its_figures_are_from(client: Client, state: State) -> None:
    for there in PAGES:
        joint = "&" if "?" in there else "?"
        foot = words(page(client, f"/en{there}{joint}as_of=2018-07-15").footer)
        assert foot.startswith(
            "Figures as of July 15, 2018, formula 4 · how they are counted"
            " · up to 111 entries of the public record, root "
        )


def test_an_address_with_nothing_behind_it_helps_to_go_on(client: Client, small: State) -> None:
    shown = page(client, "/en/nada/", status=404)
    assert (words(shown.h1), bool(shown.select("form[role=search]"))) == ("There is nothing at this address", True)


@pytest.mark.parametrize(("template", "title"), [("500.html", "Algo falló"), ("403.html", "Esto no se puede hacer")])
def test_pages_of_errors_need_no_request(template: str, title: str) -> None:
    from django.template.loader import render_to_string  # noqa: PLC0415 - only here

    assert title in render_to_string(template)
