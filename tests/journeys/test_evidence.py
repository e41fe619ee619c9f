"""An entity brings a file as evidence, from a telephone, and sees what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser import NARROW, faults
from tests.cast import Cast, make_entities, make_people

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser import Visitor


@pytest.fixture
def cast(transactional_db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Cast:
    """Everybody, where another process can see them."""
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path / "home"))
    return make_people(make_entities())


def test_a_file_is_brought_from_a_telephone_and_taken_along(visitor: Visitor, cast: Cast, tmp_path: Path) -> None:
    scan = tmp_path / "acta.html"
    scan.write_bytes(b"%PDF-1.7 <script>alert(1)</script>")
    visitor.sign_in(cast.people["inti"])
    page = visitor.open("/en/desk/respaldos/", width=NARROW)
    page.get_by_label("File").set_input_files(scan)
    page.get_by_label("How much it proves").select_option("3")
    page.get_by_label("Everybody, once the report that cites it is accepted").check()
    page.get_by_role("button", name="Add").click()
    listed = faults(page)
    page.get_by_role("link", name="acta.html").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Download").click()
    assert (listed, faults(page), taken.value.suggested_filename) == (([], []), ([], []), "acta.html.pdf")
    assert taken.value.path().read_bytes() == scan.read_bytes()
