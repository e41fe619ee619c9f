"""Deciding about a report at its edges: every decision with what it needs, by whom, once, and nothing half done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.domain.progress.stage import SAID, asked, planned, reported
from tests.interfaces.desk.desk import Desk, errors, soup, text, value
from yupana.domain.progress.actions import accept_report, save_rows, start_report
from yupana.domain.progress.actions.erasing import erase_evidence
from yupana.domain.progress.actions.proving import add_link
from yupana.domain.progress.facts import Terms
from yupana.domain.submissions.models import Look, Remark, Step, Submission
from yupana.foundation.ledger.models import Entry

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

    from tests.cast import Cast

ON = date(2018, 4, 2)


@pytest.fixture
def handed(cast: Cast) -> tuple[Desk, Submission]:
    """A desk in front of one report under review."""
    call = asked(planned(cast))
    owed = call.obligations.get()
    return Desk(cast, call, owed, owed), reported(cast.inti, owed)


def decide(desk: Desk, version: Submission, who: str = "amaru", /, **sent: str) -> Response:
    return desk.post(who, f"revision/{version.pk}/", **sent)


REFUSED: tuple[dict[str, str], ...] = (
    {},
    {"decision": ""},
    {"decision": "burn"},
    {"decision": "return"},
    {"decision": "return", "reason": "  "},
    {"decision": "return", "look__1": "fine"},
    {"decision": "return", "look__1": "mend", "remark__1": " "},
    {"decision": "return", "reason": "x" * 4_001},
    {"decision": "misfile"},
    {"decision": "misfile", "reason": " "},
    {"decision": "accept", "look__1": "mend", "remark__1": "¿Y esto?"},
    {"decision": "accept", "remark__2": "¿Y esto?"},
    {"decision": "accept", "look__1": "later"},
    {"decision": "return", "remark__1": "x" * 4_001},
)


def test_a_decision_that_lacks_what_it_needs_is_none(handed: tuple[Desk, Submission]) -> None:
    desk, version = handed
    before = (Entry.objects.count(), Step.objects.count())
    answers = [(sent, decide(desk, version, **sent)) for sent in REFUSED]
    assert [sent for sent, each in answers if (each.status_code, bool(errors(each))) != (422, True)] == []
    version.refresh_from_db()
    assert (version.state, Entry.objects.count(), Step.objects.count()) == ("submitted", *before)
    assert (Look.objects.count(), Remark.objects.count()) == (0, 0)


def test_what_was_typed_stays_where_the_decision_was_refused(handed: tuple[Desk, Submission]) -> None:
    desk, version = handed
    page = decide(desk, version, decision="accept", reason="Casi", look__2="mend", remark__2="¿Y esto?")
    assert (value(page, "reason"), value(page, "remark-2"), value(page, "remark-1")) == ("Casi", "¿Y esto?", "")
    chosen = [str(each["value"]) for each in soup(page).select("[name=decision][checked]")]
    assert (page.status_code, chosen) == (422, ["accept"])


@pytest.mark.parametrize(
    ("sent", "state", "remarks"),
    [
        ({"decision": "accept"}, "accepted", []),
        ({"decision": "accept", "look__1": "fine"}, "accepted", []),
        ({"decision": "accept", "reason": "No se guarda"}, "accepted", []),
        ({"decision": "return", "reason": "Mire"}, "returned", []),
        ({"decision": "return", "remark__3": "¿Y esto?"}, "returned", [(3, "¿Y esto?")]),
        ({"decision": "return", "reason": "Mire", "look__2": "mend", "remark__2": " ¿Y? "}, "returned", [(2, "¿Y?")]),
        ({"decision": "misfile", "reason": "Es de otro"}, "misfiled", []),
    ],
)
def test_every_decision_is_taken_once_with_what_was_remarked(
    handed: tuple[Desk, Submission], sent: dict[str, str], state: str, remarks: list[tuple[int, str]]
) -> None:
    desk, version = handed
    first = decide(desk, version, **sent)
    version.refresh_from_db()
    assert (first["Location"], version.state) == ("/en/desk/revision/", state)
    assert list(Remark.objects.values_list("row", "text")) == remarks
    second = decide(desk, version, **sent)
    assert (second.status_code in {404, 409, 422}, Step.objects.filter(submission=version).count()) == (True, 1)


def test_nobody_else_decides(handed: tuple[Desk, Submission]) -> None:
    desk, version = handed
    answers = {who: decide(desk, version, who, decision="accept").status_code for who in ("tupak", "inti", "wara", "")}
    version.refresh_from_db()
    assert (answers, version.state) == ({"tupak": 403, "inti": 403, "wara": 403, "": 403}, "submitted")


def test_a_draft_is_not_reviewed_and_what_was_decided_is_read_only(handed: tuple[Desk, Submission]) -> None:
    desk, version = handed
    accept_report(actor=desk.cast.amaru, submission=version, on=ON)
    draft = start_report(actor=desk.cast.inti, obligation=desk.owed, on=ON)
    save_rows(actor=desk.cast.inti, submission=draft, rows=SAID)
    found = {name: desk.get("amaru", f"revision/{each.pk}/") for name, each in (("old", version), ("draft", draft))}
    assert found["draft"].status_code == 404
    assert soup(found["old"]).select("[name=decision]") == []
    assert decide(desk, draft, decision="accept").status_code == 404


def test_a_note_is_kept_for_the_next_reader_and_only_where_nobody_was_faster(
    handed: tuple[Desk, Submission],
) -> None:
    desk, version = handed
    here = f"revision/{version.pk}/notas/"
    assert desk.post("amaru", here, look__1="mend", remark__1="¿Cuántos?", was__1="", part="1").status_code < 400
    assert [(each.verdict, each.text) for each in Look.objects.all()] == [("mend", "¿Cuántos?")]
    stale = desk.post("amaru", here, look__1="fine", remark__1="", was__1="", part="1")
    assert (stale.status_code, Look.objects.latest("pk").text) == (409, "¿Cuántos?")
    assert "¿Cuántos?" in str(soup(desk.get("amaru", f"revision/{version.pk}/")).select_one("#row-1"))


def test_evidence_that_an_act_erased_was_cited_all_the_same(cast: Cast) -> None:
    owed = asked(planned(cast)).obligations.get()
    terms = Terms("Acta con nombres", "restricted", 3)
    piece = add_link(actor=cast.inti, entity=cast.a, url="https://a.example/x", terms=terms, on=ON).piece
    version = reported(cast.inti, owed, [replace(SAID[0], evidence=(piece.pk,)), *SAID[1:]])
    desk = Desk(cast, owed.call, owed, owed)
    before = text(desk.get("amaru", f"revision/{version.pk}/"))
    erase_evidence(actor=cast.amaru, evidence=piece.pk, act="RA 1", on=ON)
    after = text(desk.get("amaru", f"revision/{version.pk}/"))
    told = ("Acta con nombres", "1 piece in all", "No evidence is cited.")
    assert [[each.count(words) for words in told] for each in (before, after)] == [[1, 0, 2], [0, 1, 2]]


def test_money_that_nobody_told_is_shown_as_unsaid_and_never_as_zero(handed: tuple[Desk, Submission]) -> None:
    desk, version = handed
    page = soup(desk.get("amaru", f"revision/{version.pk}/"))
    rows = [" ".join(each.get_text(" ").split()) for each in page.select("#row-1, #row-2")]
    assert [("Accrued since 1 January, in Bs 100,00" in each, "Accrued" in each) for each in rows] == [
        (True, True),
        (False, False),
    ]
