"""What the editor weighs on a slow link."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import TYPE_CHECKING

from tests.cast import make_edition
from tests.domain.instruments.plans import AXIS, LINE, row
from yupana.domain.instruments.models import Item

if TYPE_CHECKING:
    from tests.interfaces.desk.desk import Desk

STATIC = Path(__file__).parents[4] / "yupana" / "static"
MOST_SCRIPT, MOST_PAGE, MOST_WHOLE = 6_000, 14_000, 40_000  # bytes, compressed
WORDS = "Implementar servicios digitales interoperables para la ciudadanía, parte"


def weight(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def test_its_script_is_small() -> None:
    assert weight((STATIC / "editor.js").read_bytes()) <= MOST_SCRIPT


def test_a_catalogue_of_twelve_hundred_items_weighs_little(desk: Desk) -> None:
    rows = [row(AXIS, str(axis), text=WORDS) for axis in range(1, 6)]
    rows += [
        row(LINE, f"{axis}.{at}", (AXIS, str(axis)), text=f"{WORDS} {at}") for axis in range(1, 6) for at in range(239)
    ]
    make_edition("CAT", rows=rows, published=False)
    where = "instrumentos/CAT/1/editar/"
    item = Item.objects.get(edition__instrument__code="CAT", code="3.7").lineage
    pages = {name: weight(desk.get("amaru", f"{where}{name}").content) for name in ("", f"{item}/", "?all=1")}
    most = {"": MOST_PAGE, f"{item}/": MOST_PAGE, "?all=1": MOST_WHOLE}
    assert {name: size for name, size in pages.items() if size > most[name]} == {}
