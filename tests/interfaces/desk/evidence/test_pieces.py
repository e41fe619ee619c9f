"""A piece of evidence at the desk, at its edges: who may read it, what its file is given as, and whose it becomes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.domain.progress.stage import SAID, asked, planned, reported
from tests.interfaces.desk.desk import Desk, errors, links, soup, text
from yupana.domain.progress.actions import save_rows, start_report
from yupana.domain.progress.actions.erasing import erase_evidence
from yupana.domain.progress.facts import ReportRow
from yupana.domain.progress.models import Evidence
from yupana.foundation.ledger.models import Entry

if TYPE_CHECKING:
    from pathlib import Path

    from django.test.client import _MonkeyPatchedWSGIResponse as Response

    from tests.cast import Cast

TODAY = timezone.localdate
TERMS = {"level": "3", "visibility": "restricted"}
EVERYBODY = ("inti", "wara", "killa", "amaru", "tupak", "")


@pytest.fixture
def bare(cast: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Desk:
    """A desk before any call, with a vault of its own."""
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path))
    return Desk(cast, None, None, None)  # type: ignore[arg-type] # nothing is owed yet


def bring(
    desk: Desk, content: bytes = b"%PDF- acta", name: str = "acta.pdf", who: str = "inti", **said: str
) -> Response:
    return desk.post(who, "respaldos/", file=SimpleUploadedFile(name, content), **(TERMS | said))


def statuses(desk: Desk, path: str) -> dict[str, int]:
    """What everybody is answered; a file is read to its end, which closes it."""
    found = {}
    for who in EVERYBODY:
        response = desk.get(who, path)
        found[who] = response.status_code
        if response.streaming:
            response.getvalue()
    return found


def test_a_restricted_piece_is_its_body_s_until_a_report_that_cites_it_is_handed_in(bare: Desk) -> None:
    owed = asked(planned(bare.cast)).obligations.get()
    bring(bare)
    piece = Evidence.objects.get()
    ways = (f"respaldos/{piece.pk}/", f"respaldos/{piece.pk}/archivo/")
    before = [statuses(bare, way) for way in ways]
    draft = start_report(actor=bare.cast.inti, obligation=owed, on=owed.call.opens_on)
    save_rows(actor=bare.cast.inti, submission=draft, rows=[ReportRow(1, done="x", evidence=(piece.pk,))])
    cited = [statuses(bare, way) for way in ways]
    assert before == [{"inti": 200, "wara": 200, "killa": 404, "amaru": 404, "tupak": 404, "": 302}] * 2
    assert cited == before


def test_the_authority_reads_what_a_report_that_was_handed_in_cites(bare: Desk) -> None:
    owed = asked(planned(bare.cast)).obligations.get()
    bring(bare)
    piece = Evidence.objects.get()
    rows = [ReportRow(1, value=SAID[0].value, cause="staff", variation="x", evidence=(piece.pk,)), *SAID[1:]]
    reported(bare.cast.inti, owed, rows)
    told = {"inti": 200, "wara": 200, "killa": 404, "amaru": 200, "tupak": 200, "": 302}
    assert [statuses(bare, f"respaldos/{piece.pk}/{more}") for more in ("", "archivo/")] == [told] * 2


def test_who_acts_for_no_body_brings_nothing(bare: Desk) -> None:
    before = Entry.objects.count()
    answers = {who: bring(bare, who=who).status_code for who in ("amaru", "tupak", "rumi", "")}
    assert (answers, Evidence.objects.count(), Entry.objects.count()) == (
        {"amaru": 403, "tupak": 403, "rumi": 403, "": 403},
        0,
        before,
    )


def test_a_piece_never_becomes_another_body_s_by_its_address(bare: Desk) -> None:
    client = bare.client("inti")
    sent = {"url": "https://a.example/1", **TERMS}
    client.post(f"/en/desk/respaldos/?entity={bare.cast.b.pk}", sent)
    assert [each.entity_id for each in Evidence.objects.all()] == [bare.cast.a.pk]


def test_the_same_file_of_another_body_is_another_piece_of_the_same_bytes(bare: Desk) -> None:
    for who in ("inti", "killa", "wara"):
        bring(bare, who=who)
    found = list(Evidence.objects.order_by("pk").values_list("entity", "digest"))
    assert ([entity for entity, _digest in found], len({digest for _entity, digest in found})) == (
        [bare.cast.a.pk, bare.cast.b.pk],
        1,
    )


@pytest.mark.parametrize(
    ("content", "name", "kind", "given"),
    [
        (b"%PDF- x", "acta.pdf", "application/pdf", "acta.pdf"),
        (b"%PDF- x", "acta.html", "application/pdf", "acta.html.pdf"),
        (b"<script>alert(1)</script>", "acta.html", "text/plain", "acta.html.txt"),
        (b"<svg onload='x'/>", "mapa.svg", "text/plain", "mapa.svg.txt"),
        (b"\x00\x01\x02", "datos.bin", "application/octet-stream", "datos.bin"),
    ],
)
def test_a_file_is_given_as_what_its_first_bytes_are(
    bare: Desk, content: bytes, name: str, kind: str, given: str
) -> None:
    bring(bare, content, name)
    response = bare.get("inti", f"respaldos/{Evidence.objects.get().pk}/archivo/")
    assert response.getvalue() == content
    assert (response["Content-Type"], response["Content-Disposition"]) == (kind, f'attachment; filename="{given}"')
    assert (response["X-Content-Type-Options"], "sandbox" in response["Content-Security-Policy"]) == ("nosniff", True)


def test_what_an_act_erased_is_given_to_nobody_and_not_taken_again(bare: Desk) -> None:
    bring(bare)
    piece = Evidence.objects.get()
    erase_evidence(actor=bare.cast.amaru, evidence=piece.pk, act="RA 1", on=TODAY())
    assert [statuses(bare, f"respaldos/{piece.pk}/{more}")["inti"] for more in ("", "archivo/")] == [404, 404]
    again = bring(bare, name="otra.pdf")
    assert (again.status_code, len(errors(again)), Evidence.objects.count()) == (422, 1, 1)
    assert f"/en/desk/respaldos/{piece.pk}/" not in links(bare.get("inti", "respaldos/"))


def test_a_piece_proves_until_its_last_day_and_not_after(bare: Desk) -> None:
    ends = {"ayer": -1, "hoy": 0, "mañana": 1, "año": 400}
    for name, days in ends.items():
        url, until = f"https://a.example/{days}", (TODAY() + timedelta(days)).isoformat()
        bare.post("inti", "respaldos/", url=url, name=name, valid_until=until, **TERMS)
    bare.post("inti", "respaldos/", url="https://a.example/x", name="siempre", **TERMS)
    page = {each.name: text(bare.get("inti", f"respaldos/{each.pk}/")) for each in Evidence.objects.all()}
    words = ("expired", "about to expire", "does not expire")
    assert {name: [each in told for each in words] for name, told in page.items()} == {
        "ayer": [True, False, False],
        "hoy": [False, True, False],
        "mañana": [False, True, False],
        "año": [False, False, False],
        "siempre": [False, False, True],
    }


def test_addresses_of_no_piece_lead_nowhere(bare: Desk) -> None:
    keys = (0, 1, 10**12, 2**63 - 1, 2**63, 10**40)
    ways = [f"respaldos/{key}/{more}" for key in keys for more in ("", "archivo/")]
    assert {bare.get("inti", way).status_code for way in ways} == {404}
    pages = {page: bare.get("inti", f"respaldos/?page={page}").status_code for page in ("0", "1", "2", "x", "9" * 12)}
    assert set(pages.values()) == {200}


def test_a_link_that_could_run_something_is_none(bare: Desk) -> None:
    urls = ("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//a.example/x", "https://", "https://a b")
    answers = [bare.post("inti", "respaldos/", url=url, **TERMS) for url in urls]
    assert ([each.status_code for each in answers], Evidence.objects.count()) == ([422] * len(urls), 0)
    assert [soup(each).select("a[href^='javascript'], a[href^='data']") for each in answers] == [[]] * len(urls)
