"""No value in any form of the desk brings about a fault; what is refused changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import test_permissions
from tests.hostile.place import counts
from tests.permissions import SENT
from tests.test_permissions import world
from tests.world import PORTAL, World

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["world"]
pytestmark = pytest.mark.django_db
ANSWERS = {302, 404, 409, 422}
TOO_MUCH = 400  # more than any plan holds
ROW = dict.fromkeys(("item", "medium", "responsible", "result", "indicator", "target", "budget", "starts", "ends"), "")
MORE = dict.fromkeys(("also-0-item", "also-0-share", "money-0-year", "money-2018", "value:2018", "waits"), "")
HEADER = dict.fromkeys(("seen", "cites", "resolution", "document_url", "notes"), "")
# Who sends each form, about what, and every field that it has.
FORMS: dict[str, tuple[str, str, dict[str, str]]] = {
    "sign-in": ("anonymous", "-", {**SENT["sign-in"], "next": ""}),
    "password": ("planner", "-", SENT["password"]),
    "plan": ("planner", "draft", {"base": "", "1.name": "x", "9.item": "x"}),
    "plan-cells": ("planner", "draft", SENT["plan-cells"]),
    "plan-discard": ("planner", "draft", SENT["plan-discard"]),
    "plan-copy": ("planner", "draft", {"source": ""}),
    "plan-start": ("planner", "draft", {"x": ""}),
    "plan-header": ("planner", "draft", HEADER),
    "plan-year": ("planner", "draft", SENT["plan-year"]),
    "workbook-add": ("planner", "draft", {"name": "x"}),
    "upload": ("planner", "-", {"seen": "", "cell-9-": "mine", "cell-9-name": "mine"}),
    "upload-drop": ("planner", "-", {"x": ""}),
    "plan-submit": ("planner", "draft", {**SENT["plan-submit"], "resolution": "", "resolution_on": ""}),
    "plan-justify": ("planner", "draft", SENT["plan-justify"]),
    "plan-ready": ("planner", "draft", SENT["plan-ready"]),
    "plan-approve": ("executive", "draft", {**SENT["plan-approve"], "seen": ""}),
    "plan-give-back": ("executive", "draft", SENT["plan-give-back"]),
    "plan-file-add": ("planner", "draft", {**SENT["plan-file-add"], "name": "x"}),
    "plan-file-remove": ("planner", "draft", {"x": ""}),
    "row-add": ("planner", "draft", {**ROW, **MORE, "base": "", "name": "x", "another": ""}),
    "row": ("planner", "draft", {**ROW, "base": "", "name": "x"}),
    "row-remove": ("planner", "draft", {"base": ""}),
    "review": (
        "reviewer",
        "submitted",
        {"decision": "return", "reason": "x", "look-1": "mend", "remark-1": "x", "was-1": "", "resolution_due_on": ""},
    ),
    "review-notes": ("reviewer", "submitted", {**SENT["review-notes"], "part": "1"}),
    "queue-together": ("reviewer", "-", {"act": "assign", "pick": "1", "reviewer": "", "sure": "", "reason": "x"}),
    "reclassify": ("governor", "submitted", SENT["reclassify"]),
    "publish": ("governor", "unpublished", SENT["publish"]),
    "edit-begin": ("governor", "-", {**SENT["edit-begin"], "legal_basis": ""}),
    "edit-start": ("governor", "published", SENT["edit-start"]),
    "edit-cover": ("governor", "unpublished", {**SENT["edit-cover"], "legal_basis": "", "seen": ""}),
    "edit-add": ("governor", "unpublished", {**SENT["edit-add"], "under": "", "behind": ""}),
    "edit-number": ("governor", "unpublished", {**SENT["edit-number"], "under": ""}),
    "edit-lines": ("governor", "unpublished", SENT["edit-lines"]),
    "edit-lineages": ("governor", "unpublished", {"item": "", "descent": "new", "formers": ""}),
    "edit-item": (
        "governor",
        "unpublished",
        {
            **SENT["edit-item"],
            "body": "",
            "legal_basis": "",
            "due_on": "",
            "binding": "",
            "audience": "",
            "stake": "",
            "transition": "now",
            "number": "",
            "unit": "",
            "by": "",
            "source": "",
            "counted": "",
            "baseline": "",
            "seen": "",
        },
    ),
    "edit-move": ("governor", "unpublished", {**SENT["edit-move"], "place": ""}),
    "edit-remove": ("governor", "unpublished", {"sure": "on", "seen": ""}),
    "edit-aside": ("governor", "unpublished", {**SENT["edit-aside"], "text": ""}),
    "consult-open": ("governor", "unpublished", SENT["consult-open"]),
    "consult-close": ("governor", "put", SENT["consult-close"]),
    "consult-answer": ("governor", "put", SENT["consult-answer"]),
    "consult": ("governor", "put", {**SENT["consult-answer"], "comments": "1"}),
    "speak": ("planner", "put", {**SENT["speak"], "entity": "1", "item": "line:1"}),
    "repeal": ("governor", "published", SENT["repeal"]),
    "email": ("planner", "-", SENT["email"]),
    "invitation": ("anonymous", "-", {"new": "x", "again": "x"}),
    "invite": ("governor", "-", SENT["invite"]),
    "access": ("governor", "own", SENT["access"]),
    "contact": ("governor", "public", SENT["contact"]),
    "document-add": ("governor", "unpublished", {"name": "x"}),
    "document-remove": ("governor", "unpublished", {"sure": "on"}),
    "call-new": (
        "governor",
        "-",
        {
            **SENT["call-new"],
            **dict.fromkeys(("title", "due_in", "plan_type", "calendar", "visibility"), ""),
            "reached": "all @ 2026-01-01",
        },
    ),
    "liken": ("reviewer", "public", SENT["liken"]),
    "carry": ("governor", "public", {"source": "x", "seal": "", "carry": "1", "sure": "on"}),
    "call-close": ("governor", "public", SENT["call-close"]),
    "extend": ("governor", "draft", SENT["extend"]),
    "waive": ("governor", "draft", SENT["waive"]),
    "plead": ("planner", "draft", SENT["plead"]),
    "plea-grant": ("governor", "-", SENT["plea-grant"]),
    "plea-deny": ("governor", "-", SENT["plea-deny"]),
    "calendar": ("governor", "-", SENT["calendar"]),
    "foreign": ("planner", "draft", {"file": "x"}),
    "partners": ("planner", "draft", SENT["partners"]),
    "evidence": ("planner", "-", {**SENT["evidence"], "file": "x", "issued_on": "", "valid_until": "", "note": ""}),
    "partner": ("foreign", "-", {**SENT["partner"], "answer": ""}),
    "transfer": ("governor", "draft", SENT["transfer"]),
    "succession": ("governor", "draft", SENT["succession"]),
    "report": ("planner", "-", SENT["report"]),
    "report-start": ("planner", "-", SENT["report-start"]),
    "report-cells": ("planner", "-", SENT["report-cells"]),
    "report-book-add": ("planner", "-", {"x": ""}),
    "report-spending": ("planner", "-", {"x": ""}),
    "report-book-apply": ("planner", "-", SENT["report-book-apply"]),
    "report-same": ("planner", "-", SENT["report-same"]),
    "report-evidence": ("planner", "-", {"seen": "", "pieces": "7"}),
    "report-submit": ("planner", "-", SENT["report-submit"]),
    "report-discard": ("planner", "-", SENT["report-discard"]),
    "evaluating": ("governor", "-", SENT["evaluating"]),
    "evaluation-write": ("governor", "-", {**SENT["evaluation-write"], "findings": "", "saved": ""}),
    "evaluation-publish": ("governor", "-", SENT["evaluation-publish"]),
    "evaluation-discard": ("governor", "-", {"x": ""}),
    "bands": ("governor", "-", SENT["bands"]),
    "sheets": ("governor", "published", {**SENT["sheets"], "due": "", "ask": "on", "yes_no": "on"}),
    "sheet": (
        "governor",
        "published",
        {
            **SENT["sheet"],
            **dict.fromkeys(("target", "due_on", "baseline", "baseline_year", "factor", "audience", "gap_data"), ""),
            **dict.fromkeys(("unit", "direction", "method", "over_time", "frequency", "numerator", "definition"), ""),
        },
    ),
    "check": ("reviewer", "-", {**SENT["check"], **dict.fromkeys(("value", "text", "due_on", "before"), "")}),
    "verdict-dispute": ("planner", "-", SENT["verdict-dispute"]),
    "verdict-answer": ("reviewer", "-", {**SENT["verdict-answer"], "value": ""}),
    "corrective-open": ("reviewer", "-", SENT["corrective-open"]),
    "corrective-step": ("reviewer", "-", SENT["corrective-step"]),
    "followup-ask": (
        "governor",
        "restricted",
        {**SENT["followup-ask"], **dict.fromkeys(("opens_on", "due_on", "lock_in"), "")},
    ),
    "followup-rhythm": ("governor", "restricted", {**SENT["followup-rhythm"], "lock_in": ""}),
    "letter": ("governor", "returned", {**HEADER, "received_on": "2018-03-01"}),
}
KEPT = {("edit-item", 409)}  # what clashes with the work of another is refused, and kept aside
VALUES = {
    "nul": "\0",
    "long": "x" * 1_000_000,
    "bidi": "\u202e\u2066x\u200f",
    "apart": "\ufffe\U0010ffff\u0301" * 9,
    "digits": "9" * 5000,
    "64-bits": str(2**63),
    "negative": "-1",
    "nan": "NaN",
    "year-0": "0000-00-00",
    "year-1": "0001-01-01",
    "year-9999": "9999-12-31",
    "no-day": "2026-02-31",
    "moment": "0001-01-01T00:00:00+23:59",
    "late": "9999-12-31T23:59:59-23:59",
    "deep": "(" * 900 + "all",
    "address": "https://[::1",
}


def said(form: str, kind: str) -> Iterator[list[tuple[str, str]]]:
    """The form with that value in one of its fields by turns, and twice in each."""
    good, value, turn = FORMS[form][2], VALUES[kind], list(VALUES).index(kind)
    for field in (list(good)[turn % len(good)],):
        yield [(name, value if name == field else told) for name, told in good.items()]
    yield [(name, told) for name in good for told in (value, value)]


def send(world: World, form: str, fields: list[tuple[str, str]]) -> tuple[int, bool]:
    """Answer with the status and whether nothing changed that should not; whatever was written is undone."""
    role, thing, _ = FORMS[form]
    cache.clear()
    client = Client(raise_request_exception=False)
    if role in world.sessions:
        client.cookies["sessionid"] = world.sessions[role]
    data: dict[str, list[str]] = {}
    for name, value in fields:
        data.setdefault(name, []).append(value)
    with transaction.atomic():
        with CaptureQueriesContext(connection) as asked:
            response = client.post(world.address(form, thing), data)
        written = [each["sql"] for each in asked if each["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
        changed = bool(written) and counts() != BEFORE
        transaction.set_rollback(True)
    return response.status_code, not changed or (form, response.status_code) in KEPT


BEFORE: dict[str, int] = {}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("value", VALUES)
def test_no_value_brings_about_a_fault_and_what_is_refused_changes_nothing(world: World, form: str, value: str) -> None:
    BEFORE.update(counts())
    told = [send(world, form, fields) for fields in said(form, value)]
    allowed = ANSWERS | {200} | ({TOO_MUCH} if value == "long" else set())
    wrong = [(status, same) for status, same in told if status not in allowed or (status != 302 and not same)]
    assert wrong == []


@pytest.mark.parametrize("form", FORMS)
def test_missing_and_unknown_fields_are_no_fault(world: World, form: str) -> None:
    BEFORE.update(counts())
    good = FORMS[form][2]
    sent = [[(name, told) for name, told in good.items() if name != left] for left in good]
    told = [send(world, form, fields) for fields in [*sent, [], [("unknown", "x")]]]
    assert [each for each in told if each[0] not in ANSWERS | {200} or (each[0] != 302 and not each[1])] == []


# Nothing is typed into the first; the world has no upload and no checklist for the others: their own tests attack them.
ELSEWHERE = {"sign-out", "foreign-columns", "review-list"}


def test_every_form_of_the_desk_is_attacked() -> None:
    posts = {cell.url for cell in test_permissions.cells() if cell.method == "POST" and cell.status in ANSWERS}
    assert {form for form in posts if form not in PORTAL} - {*FORMS, *ELSEWHERE} == set()
