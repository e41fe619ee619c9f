"""The real plans on the portal: a long text and a large catalogue, read in light pages, nothing left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cast import PUBLISHED_ON
from tests.interfaces.cli.conftest import run
from tests.interfaces.portal.stage import page, words, zipped
from yupana.domain.instruments import public
from yupana.domain.instruments.actions import publish
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.text import squeeze
from yupana.interfaces.portal import layout

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

    from yupana.domain.instruments.public import EditionCard

pytestmark = pytest.mark.real
MOST = 14_000
CATALOGUE = "NIST_SP-800-53_rev5_LOW-baseline-resolved-profile_catalog-min.json"


def bring(source: Path, code: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> EditionCard:
    monkeypatch.setenv("YUPANA_HOME", str(home))
    assert run("import", "instrument", source, "--code", code, "--edition", "1").code == 0
    publish(actor=OPERATOR, instrument=code, edition="1", act="Acto 1", on=PUBLISHED_ON)
    return public.edition(code, "1")


def read(client: Client, book: EditionCard) -> tuple[list[int], str]:
    """Turn every page of the text; what each weighs, and all that is said."""
    first = f"/planes/{book.ref}/texto/"
    there, weights, told = first, [zipped(client.get(f"/planes/{book.ref}/").content)], []
    while there:
        weights.append(zipped(client.get(there).content))
        shown = page(client, there)
        told.append(words(shown.select_one(".text")))
        after = shown.select_one(".pager a[rel=next]")
        there = f"{first}{after['href']}" if after else ""
    return weights, " ".join(told)


@pytest.mark.parametrize(("name", "code"), [("plan-gobierno-electronico", "PGE")])
def test_a_real_plan_is_read_in_light_pages_and_every_item_stands_in_it(
    client: Client, db: None, real_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: str
) -> None:
    book = bring(real_data / name, code, tmp_path, monkeypatch)
    nodes = [node for node, _ in layout.flat(public.tree(book.id))]
    weights, told = read(client, book)
    missing = [node.key for node in nodes if f"{node.code} · {squeeze(node.text)[:60]}" not in told]
    assert (max(weights) <= MOST, missing, len(nodes) > 300, len(weights) > 5) == (True, [], True, True)


@pytest.mark.parametrize(("name", "code"), [("plan-gobierno-electronico", "PGE"), (f"oscal/{CATALOGUE}", "NIST")])
def test_every_item_of_a_real_plan_has_a_light_page_of_its_own(
    client: Client, db: None, real_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: str
) -> None:
    book = bring(real_data / name, code, tmp_path, monkeypatch)
    nodes = [node for node, _ in layout.flat(public.tree(book.id))]
    longest = sorted(nodes, key=lambda node: -(node.length + len(node.text) + 200 * len(node.children)))[:25]
    weights = {node.key: client.get(f"/planes/{book.ref}/{node.role}/{node.code}/") for node in longest}
    heavy = {
        key: (answered.status_code, zipped(answered.content))
        for key, answered in weights.items()
        if answered.status_code != 200 or zipped(answered.content) > MOST
    }
    assert heavy == {}
