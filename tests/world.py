"""The world in which everybody knocks at every door: one plan of every kind, with planted words in every text."""

from __future__ import annotations

from collections import defaultdict
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import (
    DUE_ON,
    ITEMS,
    OPENS_ON,
    ROWS,
    Cast,
    make_call,
    make_edition,
    make_entities,
    make_people,
    make_person,
    obligation_of,
)
from tests.permissions import PLANS, ROLES, SENT
from tests.permissions_evaluation import DRAFT, OF_ONE
from tests.permissions_evidence import ADDRESSES as OF_PIECES
from tests.permissions_indicators import OF_EDITIONS as OF_INDICATORS
from tests.permissions_reporting import OF_DRAFTS
from tests.verified import verified
from yupana.domain.commitments import actions
from yupana.domain.commitments.facts import PlanHeader
from yupana.domain.instruments import actions as instruments
from yupana.domain.instruments.public import number_of
from yupana.domain.obligations.actions import open_call, plead
from yupana.domain.progress.actions import add_file, open_reports, save_rows, start_report
from yupana.domain.progress.actions.evaluating import draft_evaluation
from yupana.domain.progress.facts import ReportRow, Terms
from yupana.foundation.kernel.actor import OPERATOR, Role
from yupana.foundation.vault import store as vault
from yupana.foundation.vault.store import Stored
from yupana.interfaces.desk.editions import urls as editor
from yupana.interfaces.desk.oversight import urls as oversight
from yupana.interfaces.desk.updates import urls as updates
from yupana.interfaces.portal import urls as portal
from yupana.projections import followers
from yupana.projections.overviews.printed import code_of

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

    from yupana.domain.obligations.models import Call, Obligation
    from yupana.domain.submissions.models import Submission


# Who may read the words that are planted, by where they were planted.
OF_THE_ENTITY = frozenset({"planner", "executive"})
OF_THE_AUTHORITY = frozenset({"reviewer", "governor", "auditor"})
READERS = {
    "draft": OF_THE_ENTITY,
    "submitted": OF_THE_ENTITY | OF_THE_AUTHORITY,
    "returned": OF_THE_ENTITY | OF_THE_AUTHORITY,
    "restricted": OF_THE_ENTITY | OF_THE_AUTHORITY,
    "unpublished": frozenset({"governor"}),
    "account": frozenset({"planner", "executive", "governor"}),  # who acts for an entity is named to the others who do
    "ours": OF_THE_AUTHORITY,  # and who reviews, to their own
}
WORD = "secreto"  # stands beside every planted word, so that a search for it finds what may be found


def canary(where: str) -> str:
    return f"{WORD} CANARY{where}YRANAC"


# --- the world -----------------------------------------------------------------------------------------------------
@dataclass
class World:
    """One plan of every kind, with planted words in every text, and everybody's session."""

    owed: dict[str, Obligation]
    plans: dict[str, Submission]
    sessions: dict[str, str]
    codes: dict[str, str]
    entity: tuple[str, str]

    def address(self, url: str, thing: str) -> str:
        """Where one object is found; lists that can be searched are searched for what was planted."""
        asked = f"?q={WORD}" if url in {"search", "register", "register_csv"} else ""
        if url == "explain":
            asked = f"?m=coverage&c={self.codes[thing]}&as_of=2020-01-01"
        if url in {"healthz", "readyz"}:
            return reverse(url)
        return reverse(f"{'portal' if url in PORTAL else 'desk'}:{url}", args=self._named(url, thing)) + asked

    def _named(self, url: str, thing: str) -> list[Any]:
        if url == "explain":
            return []
        if url in OF_VERSIONS:
            return [self.plans[thing].pk, *ROW[url]]
        if url in {"call", "call-close", "carry", *SILENCE, *OVERSIGHT, *FOLLOWUP, *ANSWERS}:
            return [self.codes[thing], *ROW[url]]
        if thing in EDITIONS:
            return [*EDITIONS[thing], *ROW[url]] if url != "instrument" else [EDITIONS[thing][0]]
        if url in {"entity", "why", "dossier", "verify_plan"}:
            named: dict[str, list[Any]] = {"entity": [*self.entity], "why": [*self.entity, self.codes.get(thing)]}
            named["dossier"] = named["why"]
            return named.get(url) or [self._code(thing)]
        return [*([self.owed[thing].pk] if thing in self.owed else []), *ROW[url]]

    def _code(self, thing: str) -> str:
        entry = self.plans[thing].entry
        return code_of(entry) if entry else "1-0000-0000-0000"

    def ask(self, role: str, method: str, address: str, sent: dict[str, str]) -> Response:
        """Answer to one request; whatever it wrote is undone."""
        cache.clear()  # nobody has failed to sign in before
        client = Client()
        if role in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        reading = connection.execute_wrapper(refuse_writes) if method in {"GET", "HEAD"} else nullcontext()
        with transaction.atomic(), reading:
            response = client.generic(method, address) if method != "POST" else client.post(address, sent)
            transaction.set_rollback(True)
        return response


def refuse_writes(execute: Any, sql: str, *rest: Any) -> Any:  # noqa: ANN401 - as Django calls it
    """Reading writes nothing, for whoever reads never waits for those who write."""
    assert not sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")), sql
    return execute(sql, *rest)


EDITOR = {str(pattern.name) for pattern in editor.urlpatterns} - {"edit-begin"}
OVERSIGHT = {str(pattern.name) for pattern in oversight.urlpatterns}
UPDATES = {str(pattern.name) for pattern in updates.urlpatterns} - {"carry"}
FOLLOWUP, ANSWERS = ("followup", "followup-ask", "followup-rhythm"), ("answers", "answers-csv", "answers-xlsx")
ROW: dict[str, list[Any]] = defaultdict(list)
SILENCE = ("silent", "silent-csv", "contact")
ROW |= {
    "invitation": [1, "x-y"],
    "row": [1],
    "row-remove": [1],
    "reclassify": [1],
    "item": ["line", "1"],
    "item_csv": ["line", "1"],
}
ROW |= {"text_of": ["line", "1"], "history": ["line", "1"], "download": ["csv"]}
EDITIONS = {"published": ("PLAN", "1"), "unpublished": ("OTRO", "1"), "put": ("PUESTO", "1")}
PUT: tuple[str, ...] = (
    "document-add",
    "original",
    "document-remove",
    "consult",
    "consult-open",
    "consult-close",
    "consult-answer",
)
PUT += ("repeal", "speak", "document", "consultation", "proposed", "say", "receipt", "put_item")
ROW |= {url: ["0" * 64] for url in ("original", "document-remove", "document")} | {"put_item": ["line", "1"]}
OF_VERSIONS = {"version", "version-print", "version-file", "printed", "plan_document", "review", "reclassify"}
OF_VERSIONS |= {"review-notes", "review-list", "version-changes"}
ROW |= {url: ["0" * 64] for url in ("version-file", "plan_document", "plan-file-remove")}
ROW["workbook-file"] = ["xlsx"]
ROW["foreign-columns"] = [1]  # what nobody has brought
OF_EDITIONS: tuple[str, ...] = (
    "alignment",
    "alignment_csv",
    "changes",
    "changes_csv",
    "changes_json",
    "download",
    "history",
)
OF_EDITIONS += ("publish", "instrument", "edition", "text", "debtors", "debtors_csv", "item", "item_csv", "text_of")
OF_EDITIONS += ("branches_csv", *OF_INDICATORS)
ROW |= {url: ["target", "1"] for url in ("sheet", "indicator")}
ROW |= {url: [DRAFT] for url in OF_ONE}


PORTAL = {str(pattern.name) for pattern in portal.urlpatterns}


def build() -> World:
    cast = make_people(make_entities())
    for name, role in (("qhapaq", Role.REVIEWER), ("sinchi", Role.PLANNER)):
        cast.people[name], _ = make_person(name, (role, cast.authority))
    for name, person in cast.people.items():
        person.display_name = canary("ours" if name in {"amaru", "qhapaq"} else "account")
        person.save()
    make_edition()
    other = make_edition("OTRO", rows=[replace(item, text=canary("unpublished")) for item in ITEMS], published=False)
    line = other.items.get(role="line", code="1").lineage
    kept = other.asides.create(lineage=line, base=1, fields={"text": canary("unpublished")})
    ROW["binds-whom"] = [line]
    ROW.update({"edit-item": [line], "edit-move": [line], "edit-remove": [line], "edit-aside": [kept.pk]})
    _put_to_consultation(cast)
    calls = {kind: make_call(period=str(2018 + number)) for number, kind in enumerate(PLANS[:-1])}
    calls["restricted"] = open_call(
        actor=OPERATOR,
        editions=["PLAN/1"],
        audience="code:A-1",
        opens_on=OPENS_ON,
        due_on=DUE_ON,
        period="2030",
        title=canary("restricted"),
        visibility="restricted",
        on=OPENS_ON,
    )
    owed = {kind: obligation_of(call, cast.a) for kind, call in calls.items()}
    ROW["access"] = ROW["contact"] = [cast.a.pk]
    plans = {kind: _plan(cast, kind, owed[kind]) for kind in PLANS}
    asked = actions.ask_partner(
        actor=cast.inti, obligation=owed["public"], row=1, partner=cast.b, part="Ayudar", on=timezone.localdate()
    )
    ROW.update({"partner": [asked.pk], "partners": [1]})
    brought = actions.bring_upload(
        actor=cast.inti,
        submission=plans["draft"],
        stored=Stored("0" * 64, 1, "application/zip", "plan.xlsx"),
        told={"kind": "own", "base": {}, "rows": {"9": {"name": canary("draft")}}, "notes": []},
    )
    ROW.update({"upload": [brought.pk], "upload-drop": [brought.pk]})
    plea = plead(
        actor=cast.inti,
        obligation=owed["restricted"],
        until=timezone.localdate() + timedelta(days=400),
        reason=canary("restricted"),
        on=timezone.localdate(),
    )
    ROW.update({url: [plea.pk] for url in ("plea", "plea-grant", "plea-deny")} | {"calendar": ["bolivia"]})
    _bring(cast)
    followers.tick()
    SENT["plan-approve"]["seen"] = plans["draft"].saved_at.isoformat()
    told: dict[str, Any] = {"period": "2021", "as_of": date(2021, 12, 31), "on": date(2022, 1, 1)}
    draft_evaluation(actor=OPERATOR, call=calls["public"], title=canary("ours"), **told)
    codes = {kind: calls[kind].code for kind in ("public", "restricted")}
    report = open_reports(
        actor=OPERATOR, call=calls["restricted"], period="2030-Q1", on=timezone.localdate(), due_in=20
    )  # fmt: skip
    codes["report"] = report.code
    _report(cast, calls["public"])
    _verify(cast, calls["restricted"])
    return World(owed, plans, _sessions(cast), codes, (cast.a.source, cast.a.source_id))


def _bring(cast: Cast) -> None:
    """A piece of evidence that no report cites."""
    stored, on = vault.put(BytesIO(canary("draft").encode()), "acta.txt", 99), timezone.localdate()
    terms = Terms(canary("draft"), "public", 1, note=canary("draft"))
    piece = add_file(actor=cast.inti, entity=cast.a, stored=stored, terms=terms, on=on).piece
    ROW.update({url: [piece.pk] for url in OF_PIECES})


def _report(cast: Cast, plans: Call) -> None:
    """A draft of a report, with its word in every text."""
    on, said = timezone.localdate(), canary("draft")
    call = open_reports(actor=OPERATOR, call=plans, period=f"{plans.period}-Q1", on=on, due_in=20)
    draft = start_report(actor=cast.inti, obligation=obligation_of(call, cast.a), on=on)
    texts = dict.fromkeys(("variation", "done", "next_step"), said)
    save_rows(actor=cast.inti, submission=draft, rows=[ReportRow(1, value=0, cause="staff", **texts)])  # type: ignore[arg-type] # texts by name
    ROW.update(
        {url: [draft.obligation_id] for url in OF_DRAFTS}
        | {"report-evidence": [draft.obligation_id, 1], "report-book-file": [draft.obligation_id, "xlsx"]}
    )


def _verify(cast: Cast, plans: Call) -> None:
    """Two verified reports under a restricted call: one with something to be put right, one in dispute."""
    made = verified(cast, plans, lambda _: canary("restricted"))
    ROW["check"], ROW["report-version"] = [made.report.pk, 1], [made.report.pk]
    ROW.update({url: [made.given.pk] for url in ("verdict-dispute", "corrective-open")})
    ROW.update({"verdict-answer": [made.disputed.pk], "corrective-step": [made.action.pk]})
    SENT["check"]["before"] = str(made.given.pk)


def _put_to_consultation(cast: Cast) -> None:
    """An edition with a comment that nobody has read: what the text says is for everybody, what they said is not."""
    make_edition("PUESTO", published=False)
    today = timezone.localdate()
    instruments.open_consultation(actor=OPERATOR, edition="PUESTO/1", closes_on=today + timedelta(days=9), on=today)
    heard = instruments.comment(
        actor=OPERATOR, edition="PUESTO/1", item="line:1", text=canary("unpublished"), on=today
    )  # fmt: skip
    ROW["consult-answer"], ROW["receipt"] = [heard.pk], [number_of(heard.entry)]
    SENT["speak"]["entity"] = str(cast.a.pk)


def _plan(cast: Cast, kind: str, owed: Obligation) -> Submission:
    """A plan of one kind, with its word in every text that a form or an import can fill."""
    on = timezone.localdate()
    said = canary(kind)
    texts = dict.fromkeys(("name", "responsible", "result", "indicator", "target", "starts", "ends", "notes"), said)
    rows = [replace(ROWS[0], **texts, source={"raw": said})]  # type: ignore[arg-type] # texts by name
    header = PlanHeader(
        cites=said, resolution=said, document_url=f"https://a.example/{kind}CANARY{kind}YRANAC", notes=said
    )
    draft = actions.start_plan(actor=cast.inti, obligation=owed, on=on)
    actions.save_plan(actor=cast.inti, submission=draft, header=header, rows=rows, seen=None)
    if kind != "draft":
        actions.submit_plan(actor=cast.inti, submission=draft, received_on=on, on=on)
    if kind in {"public", "restricted"}:
        actions.accept_plan(actor=cast.amaru, submission=draft, on=on, resolution_due_on=on + timedelta(days=9))
        moved = draft.activities.get()
        actions.reclassify(actor=cast.amaru, activity=moved, item="", reason=said, on=on)
        actions.reclassify(actor=cast.amaru, activity=moved, item="line:1", reason=said, on=on)
    if kind == "returned":
        actions.return_plan(actor=cast.amaru, submission=draft, reason=said, remarks={1: said}, on=on)
    draft.refresh_from_db()
    return draft


def _sessions(cast: Cast) -> dict[str, str]:
    people = dict(zip(ROLES[1:], ("inti", "wara", "killa", "qhapaq", "sinchi", "tupak", "rumi"), strict=True))
    sessions = {}
    for role, name in people.items():
        client = Client()
        client.force_login(cast.people[name])
        sessions[role] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return sessions
