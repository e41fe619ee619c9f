"""Evidence at the portal: a file for everybody is taken along and never shown; all else is not there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from tests.cast import make_call, make_edition, make_plan, obligation_of
from tests.domain.progress.stage import PLAN, SAID, accepted, asked, planned
from tests.interfaces.portal.stage import words
from yupana.domain.progress.actions import (
    accept_report,
    add_file,
    add_link,
    erase_evidence,
    save_rows,
    start_report,
    submit_report,
)
from yupana.domain.progress.facts import Terms
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.vault import store as vault

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

    from tests.cast import Cast
    from yupana.domain.obligations.models import Obligation
    from yupana.domain.progress.models import Evidence

pytestmark = pytest.mark.django_db
DAY = date(2018, 4, 2)
ATTACK = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path))


def brought(cast: Cast, visibility: str, content: bytes = b"%PDF-1.7 acta", name: str = "acta.pdf") -> Evidence:
    stored = vault.put(BytesIO(content), name, 1_000)
    return add_file(actor=cast.inti, entity=cast.a, stored=stored, terms=Terms("Acta", visibility, 3), on=DAY).piece


def cite(cast: Cast, owed: Obligation, *pieces: Evidence) -> None:
    """Let A's accepted report cite pieces in its first row."""
    accepted(cast, owed, [replace(SAID[0], evidence=tuple(each.pk for each in pieces)), *SAID[1:]])


def status(client: Client, key: int, **headers: str) -> int:
    found = client.get(f"/respaldos/{key}/", headers=headers)
    b"".join(found)  # to its end, so that its file is closed
    return found.status_code


def test_a_public_file_is_taken_along_by_its_digest(client: Client, cast: Cast) -> None:
    piece = brought(cast, "public")
    cite(cast, asked(planned(cast)).obligations.get(), piece)
    address = f"/respaldos/{piece.pk}/"
    first = client.get(address)
    content = first.getvalue()
    assert (first.status_code, content, first["Content-Type"], first["ETag"]) == (
        200, b"%PDF-1.7 acta", "application/pdf", f'"{piece.digest}"',
    )  # fmt: skip
    assert first["Content-Disposition"].startswith("attachment;")
    known = client.get(address, headers={"If-None-Match": f'"{piece.digest}"'})
    assert (known.status_code, known.content, status(client, piece.pk, **{"If-None-Match": '"otra"'})) == (
        304,
        b"",
        200,
    )
    assert client.post(address).status_code == 405


def test_what_could_run_is_handed_over_and_never_shown(client: Client, cast: Cast) -> None:
    piece = brought(cast, "public", ATTACK, "x.svg")
    cite(cast, asked(planned(cast)).obligations.get(), piece)
    found = client.get(f"/respaldos/{piece.pk}/")
    told = found.getvalue()
    assert (told, found["Content-Disposition"].partition(";")[0], found["X-Content-Type-Options"]) == (
        ATTACK, "attachment", "nosniff",
    )  # fmt: skip
    assert found["Content-Type"] not in ("image/svg+xml", "text/html")


def test_it_is_for_everybody_from_the_acceptance_of_what_cites_it_on(client: Client, cast: Cast) -> None:
    """Called public by its entity is not enough: nobody outside reads what a report says before it is accepted."""
    piece = brought(cast, "public")
    owed = asked(planned(cast)).obligations.get()
    told = [status(client, piece.pk)]
    draft = start_report(actor=cast.inti, obligation=owed, on=owed.call.opens_on)
    rows = [replace(SAID[0], evidence=(piece.pk,)), *SAID[1:]]
    save_rows(actor=cast.inti, submission=draft, rows=rows)
    told.append(status(client, piece.pk))
    version = submit_report(actor=cast.inti, submission=draft, received_on=None, on=owed.call.opens_on)
    told.append(status(client, piece.pk))
    accept_report(actor=cast.amaru, submission=version, on=owed.call.opens_on)
    assert [*told, status(client, piece.pk)] == [404, 404, 404, 200]


def test_what_a_restricted_report_cites_is_for_nobody_outside(client: Client, cast: Cast) -> None:
    make_edition()
    call = make_call(visibility="restricted")
    make_plan(cast, obligation_of(call, cast.a), PLAN)
    piece = brought(cast, "public")
    cite(cast, asked(call).obligations.get(), piece)
    assert status(client, piece.pk) == 404


def test_what_is_not_for_everybody_and_what_never_was_look_the_same(client: Client, cast: Cast) -> None:
    hidden, gone = brought(cast, "restricted"), brought(cast, "public", b"%PDF-1.7 otra")
    lost, shown = brought(cast, "public", b"%PDF-1.7 perdida"), brought(cast, "public", b"%PDF-1.7 queda")
    terms = Terms("Página", "public", 3)
    link = add_link(actor=cast.inti, entity=cast.a, url="https://a.example/x", terms=terms, on=DAY).piece
    cite(cast, asked(planned(cast)).obligations.get(), hidden, gone, lost, shown, link)
    erase_evidence(actor=OPERATOR, evidence=gone.pk, act="RM 1", on=DAY)
    vault.discard(lost.digest)
    keys = [hidden.pk, link.pk, gone.pk, lost.pk, 0, 10**6, 2**63 - 1, 2**63, 10**40]
    pages = [client.get(f"/respaldos/{key}/") for key in keys]
    assert ([page.status_code for page in pages], status(client, shown.pk)) == ([404] * len(keys), 200)
    texts = {words(BeautifulSoup(page.content, "html.parser").select_one("main")) for page in pages}
    assert len(texts) == 1
    # Not even whoever knows the digest learns that it is there.
    assert status(client, hidden.pk, **{"If-None-Match": f'"{hidden.digest}"'}) == 404


def test_a_dossier_names_the_proof_that_is_public_and_no_other(client: Client, cast: Cast) -> None:
    shown, hidden = brought(cast, "public"), brought(cast, "restricted", b"%PDF-1.7 secreta")
    cite(cast, asked(planned(cast)).obligations.get(), shown, hidden)
    page = client.get("/entidades/cast/4/rendicion/PLAN-2018/?as_of=2018-07-31").content.decode()
    assert (f"/respaldos/{shown.pk}/" in page, f"/respaldos/{hidden.pk}/" in page) == (True, False)
