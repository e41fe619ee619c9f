"""Who may do what: every address, by every method, for everybody, on everything. One table; what is not in it fails.

And nothing leaks: words are planted in every text that is not for everybody, and no answer to the wrong reader holds
one, whatever its status.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone, translation

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
from tests.leaks import readable
from tests.permissions import METHODS, PLANS, ROLES, SENT, TABLE
from yupana.domain.commitments import actions
from yupana.domain.commitments.facts import PlanHeader
from yupana.domain.instruments import actions as instruments
from yupana.domain.instruments.models import Aside
from yupana.domain.instruments.public import number_of
from yupana.domain.obligations.actions import open_call, plead
from yupana.foundation.kernel.actor import OPERATOR, Role
from yupana.foundation.vault.store import Stored
from yupana.interfaces.desk.editions import urls as editor
from yupana.interfaces.desk.oversight import urls as oversight
from yupana.interfaces.desk.updates import urls as updates
from yupana.interfaces.portal import urls as portal
from yupana.projections import followers
from yupana.projections.overviews.printed import code_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test.client import _MonkeyPatchedWSGIResponse as Response
    from pytest_django.plugin import DjangoDbBlocker

    from yupana.domain.obligations.models import Obligation
    from yupana.domain.submissions.models import Submission

pytestmark = pytest.mark.django_db  # each test's own transaction lies inside the world's

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
        if url in {"healthz", "readyz"}:
            return reverse(url)
        return reverse(f"{'portal' if url in PORTAL else 'desk'}:{url}", args=self._named(url, thing)) + asked

    def _named(self, url: str, thing: str) -> list[Any]:
        if url in OF_VERSIONS:
            return [self.plans[thing].pk, *ROW[url]]
        if url in {"call", "call-close", "carry", *SILENCE, *OVERSIGHT}:
            return [self.codes[thing], *ROW[url]]
        if thing in EDITIONS:
            return [*EDITIONS[thing], *ROW[url]] if url != "instrument" else [EDITIONS[thing][0]]
        if url in {"entity", "why", "verify_plan"}:
            named: dict[str, list[Any]] = {"entity": [*self.entity], "why": [*self.entity, self.codes.get(thing)]}
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


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("en"):
        yield build()
        transaction.set_rollback(True)


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
    followers.tick()
    SENT["plan-approve"]["seen"] = plans["draft"].saved_at.isoformat()
    codes = {kind: calls[kind].code for kind in ("public", "restricted")}
    return World(owed, plans, _sessions(cast), codes, (cast.a.source, cast.a.source_id))


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


# --- the table -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Cell:
    """One request and its status."""

    url: str
    thing: str
    method: str
    role: str
    status: int


OBJECTS = {
    **dict.fromkeys((*OF_EDITIONS, *EDITOR, *UPDATES), ("published", "unpublished")),
    **dict.fromkeys(PUT, ("published", "unpublished", "put")),
    **dict.fromkeys(("call", "call-close", "carry", "why", *OVERSIGHT), ("public", "restricted")),
    "entity": ("own",),
    "access": ("own",),
    **dict.fromkeys(SILENCE, ("public", "restricted")),
}
ALONE = {"inbox", "sign-in", "sign-out", "password", "queue", "editions", "edit-begin", "calls", "call-new", "hearings"}
ALONE |= {"email", "handover", "invitation", "invite", "invite-sheet", "access-find"}
ALONE |= {"home", "search", "register", "register_csv", "verify", "method"}
ALONE |= {"healthz", "readyz", "partner", "upload", "upload-drop"}
ALONE |= {"plea", "plea-grant", "plea-deny", "calendar", "queue-together"}
PORTAL = {str(pattern.name) for pattern in portal.urlpatterns}


def objects(url: str) -> tuple[str, ...]:
    return ("-",) if url in ALONE else OBJECTS.get(url, PLANS)


def named(url: str, things: str) -> tuple[str, ...]:
    """The objects that a line of the table speaks of."""
    if things == "*":
        return objects(url)
    return PLANS[1:] if things == "handed-in" else tuple(things.split(","))


def cells() -> list[Cell]:
    found = []
    for line in TABLE.strip().splitlines()[1:]:
        urls, things, methods, *statuses = line.split()
        assert len(statuses) == len(ROLES), line
        for url, method in product(urls.split(","), methods.split(",")):
            for thing in named(url, things):
                found += [
                    Cell(url, thing, method, role, int(status)) for role, status in zip(ROLES, statuses, strict=True)
                ]
    return found


CELLS = cells()
URLS = sorted({cell.url for cell in CELLS})


def addresses(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """The names of every address of the site."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns)
        else:
            yield str(pattern.name or pattern.pattern)


def test_every_address_of_the_site_is_in_the_table() -> None:
    assert sorted(set(addresses(get_resolver().url_patterns))) == URLS


def test_every_case_stands_in_the_table_once() -> None:
    told = sorted((cell.url, cell.thing, cell.method, cell.role) for cell in CELLS)
    assert told == sorted((url, *case) for url in URLS for case in product(objects(url), METHODS, ROLES))


@pytest.mark.parametrize("url", URLS)
def test_everybody_is_answered_as_the_table_says(world: World, url: str) -> None:
    wrong = []
    with settled(url):
        for cell in (cell for cell in CELLS if cell.url == url):
            address = world.address(url, cell.thing)
            response = world.ask(cell.role, cell.method, address, SENT.get(url, {}))
            if response.status_code != cell.status:
                wrong.append(f"{cell} was {response.status_code}")
            wrong += [f"{cell} leaks {leak}" for leak in leaks(cell.role, response)]
    assert wrong == []


@contextmanager
def settled(url: str) -> Iterator[None]:
    """Let somebody have chosen between two wordings, where the draft does not move before that."""
    with transaction.atomic():
        if url in {"publish", "consult-open"}:
            Aside.objects.all().delete()
        yield
        transaction.set_rollback(True)


def leaks(role: str, response: Response) -> list[str]:
    """Planted words in an answer, headers included, that this reader may not read."""
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined] # the test client's answers have it
    told = readable(body) + str(dict(response.headers))
    return [where for where, readers in READERS.items() if role not in readers and f"CANARY{where}YRANAC" in told]


@pytest.mark.parametrize("url", URLS)
def test_in_spanish_nothing_leaks_either(world: World, url: str) -> None:
    found = []
    with translation.override("es"):
        for thing, role in product(objects(url), ROLES):
            response = world.ask(role, "GET", world.address(url, thing), {})
            found += [f"{thing} to {role}: {leak}" for leak in leaks(role, response)]
    assert found == []


def test_the_words_are_there_for_whoever_may_read_them(world: World) -> None:
    """Were they not planted, the tests above would find nothing for ever."""
    pages = {
        "draft": ("planner", "plan", "draft"),
        "submitted": ("auditor", "review", "submitted"),
        "returned": ("executive", "version", "returned"),
        "restricted": ("reviewer", "call", "restricted"),
        "unpublished": ("governor", "publish", "unpublished"),
        "public": ("anonymous", "entity", "own"),
    }
    seen = {
        where: f"CANARY{where}YRANAC" in world.ask(role, "GET", world.address(url, thing), {}).content.decode()
        for where, (role, url, thing) in pages.items()
    }
    assert seen == dict.fromkeys(pages, True)


# A comment of a citizen is sent for nobody: it reads no session, so there is nothing that a token would guard.
FOR_NOBODY = {"say"}
UPLOADS = {"plan-file-add", "workbook-add", "foreign"}
SENDING = sorted({cell.url for cell in CELLS if cell.method == "POST" and cell.status != 405} - FOR_NOBODY)


@pytest.mark.parametrize("url", SENDING)
def test_nothing_is_sent_without_the_token_of_a_form(world: World, url: str) -> None:
    answers: set[Any] = set()
    for role, thing in product(("planner", "governor", "reviewer"), objects(url)):
        strict = Client(enforce_csrf_checks=True)
        strict.cookies[settings.SESSION_COOKIE_NAME] = world.sessions[role]
        answers.add(strict.post(world.address(url, thing), SENT.get(url, {})).status_code)
    # Of a file nothing is read, not even its token, before it is known that its sender may bring one here.
    assert answers - ({404} if url in UPLOADS else set()) == {403}
