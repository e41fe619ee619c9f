"""A State with a planted word in every text column that is not for everybody, and with every stand of a plan.

`tests.columns` says of each text column who may read it; what a migration adds has to be added there.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection, models, transaction
from django.test import Client
from django.utils import timezone

from tests.cast import (
    DUE_ON,
    ITEMS,
    OPENS_ON,
    ROWS,
    Cast,
    actor_of,
    make_call,
    make_edition,
    make_entities,
    make_people,
    make_person,
    obligation_of,
)
from tests.columns import COLUMNS
from tests.verified import verified
from yupana.domain.commitments import actions
from yupana.domain.commitments.actions.likening import liken
from yupana.domain.commitments.actions.mapping import remember_mapping
from yupana.domain.commitments.facts import Money, PlanHeader
from yupana.domain.commitments.likenesses import RowOf
from yupana.domain.commitments.models import Partnership, Unplaced
from yupana.domain.instruments import actions as instruments
from yupana.domain.instruments.facts import Target, Verdict
from yupana.domain.instruments.models import Item
from yupana.domain.obligations.actions import deny, extend, open_call, plead, waive
from yupana.domain.obligations.actions.contacting import note_contact
from yupana.domain.obligations.models import Transfer
from yupana.domain.obligations.rules import ContactHow
from yupana.domain.people.models import Mandate, Person
from yupana.domain.progress.actions import add_link
from yupana.domain.progress.actions.evaluating import draft_evaluation, save_evaluation
from yupana.domain.progress.facts import Terms
from yupana.domain.progress.models import Measured, Support
from yupana.domain.submissions.actions import attach_document
from yupana.domain.submissions.rules import DocumentKind, Note
from yupana.foundation.kernel.actor import OPERATOR, Role
from yupana.foundation.ledger import guards
from yupana.foundation.ledger.models import Entry, Resumption, Salt
from yupana.foundation.vault.store import Stored
from yupana.projections import followers
from yupana.projections.notices.models import Outbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test.client import _MonkeyPatchedWSGIResponse as Response

    from yupana.domain.instruments.facts import ItemRow
    from yupana.domain.obligations.models import Call, Obligation
    from yupana.domain.submissions.models import Submission
    from yupana.foundation.kernel.actor import Actor

TEXTS = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.UUIDField, models.FileField)
RESTRICTED = ("edition", "comment", "call", "plan", "hidden")

OF_THE_ENTITY = frozenset({"planner", "executive"})
OF_THE_AUTHORITY = frozenset({"reviewer", "governor", "auditor"})
PEOPLE = ("planner", "executive", "foreign", "reviewer", "governor", "auditor", "expired")
NAMES = ("inti", "wara", "killa", "qhapaq", "sinchi", "tupak", "rumi")
ROLES = ("anonymous", *PEOPLE)
EVERYBODY = frozenset(ROLES)
# Each stand of a plan that is not for everybody, and who may read it.
STANDS = {
    "draft": OF_THE_ENTITY,
    "letter": OF_THE_ENTITY | {"governor"},
    "submitted": OF_THE_ENTITY | OF_THE_AUTHORITY,
    "returned": OF_THE_ENTITY | OF_THE_AUTHORITY,
    "misfiled": OF_THE_ENTITY | OF_THE_AUTHORITY,
    "noted": OF_THE_AUTHORITY,  # until it is decided
    "ours": OF_THE_AUTHORITY,  # names of those who review, among themselves
    "restricted": OF_THE_ENTITY | OF_THE_AUTHORITY,
    "erased": frozenset[str](),
    "asked": OF_THE_ENTITY | OF_THE_AUTHORITY | {"foreign"},
    "unpublished": frozenset({"governor"}),
    "unread": frozenset({"governor"}),
    "withheld": frozenset({"governor"}),
    "hidden": frozenset[str](),
    "person": frozenset[str](),
    # Who acts for an entity is named to the others who do, and to who lets people in; an address to its person alone.
    "colleague": frozenset({"planner", "executive", "governor"}),
    "contact": frozenset({"governor"}),
    **{f"mail{each}": frozenset({each}) for each in PEOPLE},
}
PLANS = ("draft", "letter", "submitted", "returned", "misfiled", "restricted", "erased", "public")
DIGESTS = {stand: f"{at:02x}" * 32 for at, stand in enumerate(PLANS, 1)}
CANARY = re.compile(r"zq([a-z]+)x([a-z0-9]*)qz", re.IGNORECASE)


def word(stand: str, column: str) -> str:
    """A planted word: it says for whom it is and where it was planted."""
    return f"zq{stand}x{re.sub('[^a-z0-9]', '', column.lower())}qz"


def classified() -> dict[str, str]:
    """Who may read each text column, by "app.Model.column"."""
    told = (line.split() for line in COLUMNS.strip().splitlines())
    return {f"{model}.{column}": kind for kind, model, *columns in told for column in columns}


def columns() -> list[str]:
    """Every column of every table that can hold text."""
    return sorted(
        f"{model._meta.label}.{each.name}"  # noqa: SLF001 - Django's public name for it
        for model in apps.get_models(include_auto_created=True)
        for each in model._meta.concrete_fields  # noqa: SLF001 - the same
        if isinstance(each, TEXTS)
    )


# --- the State -----------------------------------------------------------------------------------------------------
@dataclass
class State:
    """One plan in every stand, everybody's session, and what no answer may hold."""

    cast: Cast
    owed: dict[str, Obligation] = field(default_factory=dict)
    plans: dict[str, Submission] = field(default_factory=dict)
    calls: dict[str, Call] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    secrets: frozenset[str] = frozenset()

    def ask(self, role: str, method: str, address: str, sent: dict[str, str] | None = None) -> Response:
        """Answer to one request; whatever it wrote is undone."""
        cache.clear()  # nobody has failed to sign in before
        client = Client(raise_request_exception=False)
        if role in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        with transaction.atomic():
            response = client.post(address, sent or {}) if method == "POST" else client.generic(method, address)
            transaction.set_rollback(True)
        return response


@contextmanager
def built() -> Iterator[State]:
    """A State that is gone afterwards."""
    with transaction.atomic():
        yield build()
        transaction.set_rollback(True)


def build() -> State:
    """Bring every stand about through the actions of the house, then plant what no form reaches."""
    state = State(make_people(make_entities()))
    cast = state.cast
    for name, role in (("qhapaq", Role.REVIEWER), ("sinchi", Role.PLANNER)):
        cast.people[name], _ = make_person(name, (role, cast.authority))
    make_edition()
    make_edition("OTRO", published=False, rows=[_secret(item) for item in ITEMS])
    for number, stand in enumerate(PLANS):
        state.calls[stand] = _restricted() if stand == "restricted" else make_call(period=str(2018 + number))
        state.owed[stand] = obligation_of(state.calls[stand], cast.a)
        state.plans[stand] = _plan(state, stand)
    _evaluation(state)
    verified(cast, state.calls["restricted"], partial(word, "restricted"), answered=True)
    _acts(state)
    note_contact(
        actor=cast.amaru, entity=cast.a, how=ContactHow.LETTER, contacted_on=DUE_ON, on=DUE_ON,
        cite=word("contact", "cite"), note=word("contact", "note"),
    )  # fmt: skip
    _consultation()
    followers.tick()
    guards.remove(connection)  # a planted word is a forgery: the guards are back with the rollback
    _plant(state)
    for reader, name in zip(PEOPLE, NAMES, strict=True):
        client = Client()
        client.force_login(cast.people[name])
        state.sessions[reader] = client.cookies[settings.SESSION_COOKIE_NAME].value
    state.secrets = frozenset(_secrets())
    return state


def _evaluation(state: State) -> None:
    """A draft that the authority alone reads."""
    call, title = state.calls["public"], word("ours", "evaluationtitle")
    told: dict[str, Any] = {"period": call.period, "as_of": DUE_ON, "on": timezone.localdate()}
    draft = draft_evaluation(actor=OPERATOR, call=call, title=title, **told)
    save_evaluation(actor=OPERATOR, evaluation=draft, title=title, words={"summary": word("ours", "evaluationwords")})


def _secret(item: ItemRow) -> ItemRow:
    """A word in whatever an item can say."""
    texts = {name: word("unpublished", name) for name in ("text", "body")}
    return replace(
        item,
        **texts,  # type: ignore[arg-type] # texts by name
        legal_basis=word("unpublished", "norm"),
        audience=f'kind:"{word("unpublished", "audience")}"',
        target=Target(unit=word("unpublished", "unit")),
        more={"raw": word("unpublished", "more")},
    )


def _restricted() -> Call:
    return open_call(
        actor=OPERATOR,
        editions=["PLAN/1"],
        audience="code:A-1",
        opens_on=OPENS_ON,
        due_on=DUE_ON,
        period="2040",
        code=word("restricted", "code"),
        title=word("restricted", "title"),
        visibility="restricted",
        on=OPENS_ON,
    )


def _plan(state: State, stand: str) -> Submission:
    """One version in that stand, with its word in every text that a form or an import can fill."""
    cast, on, owed = state.cast, timezone.localdate(), state.owed[stand]
    texts = ["name", "responsible", "result", "indicator", "target", "starts", "ends", "notes"]
    texts += ["person", "unit", "baseline", "verification", "derives", "waits"]
    codes: dict[str, Any] = dict.fromkeys(("category", "source", "body", "object"), "1")
    if stand != "erased":  # codes, like items and amounts, outlive an erasure
        codes = {part: word(stand, part[:3]) for part in codes}
    money = replace(Money(2018, 5), **codes)
    rows = [replace(ROWS[0], **{text: word(stand, text) for text in texts}, money=(money,))]  # type: ignore[arg-type] # texts by name
    header = PlanHeader(
        cites=word(stand, "cites"),
        resolution=word(stand, "resolution"),
        document_url=f"https://a.example/{word(stand, 'url')}",
        notes=word(stand, "headernotes"),
        reason=word(stand, "amendmentreason"),
        act=word(stand, "amendmentact"),
    )
    writer = _governor(state) if stand == "letter" else cast.inti
    plan = actions.start_plan(actor=writer, obligation=owed, on=on)
    actions.save_plan(actor=writer, submission=plan, header=header, rows=rows, seen=None)
    actions.justify(actor=writer, submission=plan, reasons={("guideline-unanswered", 0): word(stand, "why")})
    scan = Stored(DIGESTS[stand], 1, "application/pdf", f"{word(stand, 'filename')}.pdf")
    attach_document(actor=writer, submission=plan.pk, stored=scan, kind=DocumentKind.RESOLUTION)
    _prove(state, stand, plan)
    if stand == "draft":
        actions.put_before_executive(actor=writer, submission=plan, on=on)
        actions.give_back(actor=cast.executive, submission=plan, note=word(stand, "readynote"))
        told = {"kind": "own", "base": {}, "rows": {"9": {"name": word(stand, "brought")}}}
        actions.bring_upload(actor=writer, submission=plan, stored=scan, told=told)
        form = {"columns": [{"title": word(stand, "column"), "field": "name"}]}
        remember_mapping(actor=writer, submission=plan, signature="ab" * 32, name=word(stand, "form"), columns=form)
    if stand not in {"draft", "letter"}:
        actions.submit_plan(actor=writer, submission=plan, received_on=on, on=on)
        _decide(cast, stand, plan)
    plan.refresh_from_db()
    return plan


def _prove(state: State, stand: str, plan: Submission) -> None:
    """A piece of evidence that a version cites, for who reads the version even where that is public."""
    said = "restricted" if stand == "public" else stand
    terms = Terms(word(said, "piece"), "restricted", 1, note=word(said, "piecenote"))
    if stand != "erased":  # an act erases a piece by itself
        url = f"https://a.example/{word(said, 'pieceurl')}/{stand}"
        brought = add_link(actor=state.cast.inti, entity=state.cast.a, url=url, terms=terms, on=timezone.localdate())
        Support.objects.create(submission=plan, row=1, evidence=brought.piece)
        target = Item.objects.filter(edition__instrument__code="PLAN", role="target")[0]
        Measured.objects.create(submission=plan, item=target, note=word(said, "measured"))


def _decide(cast: Cast, stand: str, plan: Submission) -> None:
    on, said = timezone.localdate(), word(stand, "reason")
    if stand in {"public", "restricted"}:
        actions.reclassify(actor=cast.amaru, activity=plan.activities.get(), item="", reason=said, on=on)
        actions.accept_plan(actor=cast.amaru, submission=plan, on=on, resolution_due_on=on + timedelta(days=9))
    elif stand == "returned":
        remarks = {1: word(stand, "remark")}
        notes = [Note("row:1", "mend", word(stand, "looked"))]
        actions.return_plan(actor=cast.amaru, submission=plan, reason=said, remarks=remarks, on=on, notes=notes)
    elif stand == "submitted":
        notes = [Note("row:1", "mend", word("noted", "text"))]
        actions.look_at(actor=cast.amaru, submission=plan, notes=notes)
    elif stand == "misfiled":
        actions.misfile_plan(actor=cast.amaru, submission=plan, reason=said, on=on)
    elif stand == "erased":
        actions.erase_plan(actor=cast.amaru, submission=plan, act=word("hidden", "act"), on=on)


def _governor(state: State) -> Actor:
    return actor_of(state.cast.people["sinchi"], on=timezone.localdate())


def _acts(state: State) -> None:
    """More time for the restricted plan, and a second restricted obligation that is lifted."""
    reason, act, on = word("restricted", "reason"), word("restricted", "act"), timezone.localdate()
    owed = state.owed["restricted"]
    later = DUE_ON + timedelta(days=5)
    plea = plead(actor=state.cast.inti, obligation=owed, until=on + timedelta(days=5), reason=reason, on=on)
    deny(actor=state.cast.amaru, plea=plea.pk, answer=word("restricted", "answer"), on=on)
    extend(actor=state.cast.amaru, obligation=owed, due_on=later, reason=reason, act=act, on=on)
    waive(actor=state.cast.amaru, obligation=owed, reason=reason, act=act, on=on)
    ask: dict[str, Any] = {"row": 1, "partner": state.cast.b, "part": word("asked", "part"), "on": on}
    asked = actions.ask_partner(actor=state.cast.inti, obligation=state.owed["public"], **ask)
    answer: dict[str, Any] = {"confirmed": True, "answer": word("asked", "answer"), "on": on}
    actions.answer_partner(actor=state.cast.killa, partnership=asked, **answer)
    alike = [RowOf(state.owed[stand].pk, 1) for stand in ("submitted", "public")]
    liken(
        actor=state.cast.amaru, first=alike[0], second=alike[1], verdict="join", note=word("noted", "likeness"), on=on
    )


def _consultation() -> None:
    """A draft in consultation: a comment that nobody read yet, one that is withheld, one that is public."""
    make_edition("CONSULTA", published=False)
    told: dict[str, Any] = {"actor": OPERATOR, "on": timezone.localdate()}
    instruments.open_consultation(edition="CONSULTA/1", closes_on=timezone.localdate() + timedelta(days=9), **told)
    for stand in ("unread", "withheld", "answered"):
        heard = instruments.comment(edition="CONSULTA/1", item="line:1", text=word(stand, "comment"), **told)
        if stand != "unread":
            verdict = Verdict.WITHHELD if stand == "withheld" else Verdict.ADOPTED
            instruments.answer(comment=heard.pk, verdict=verdict, text="Porque sí.", **told)


def _plant(state: State) -> None:
    """Put a word where actions put none of their own: raw rows, digests, names of people, an unpublished title."""
    Unplaced.objects.create(call=state.calls["public"], where="a.csv:2", why="no-place", source={})
    Outbox.objects.create(person=state.cast.people["inti"], rule="due", due_on=DUE_ON, about_on=DUE_ON)
    Mandate.objects.update(letter=word("colleague", "letter"))
    Resumption.objects.create(entry=Entry.objects.earliest("pk"), act="RM 1")
    passed = {"obligation": state.owed["restricted"], "to": state.owed["public"], "entry": Entry.objects.earliest("pk")}
    Transfer.objects.create(reason=word("restricted", "passing"), act=word("restricted", "passingact"), **passed)
    Partnership.objects.update(activity=word("asked", "activity"))  # as if the row had had another name then
    everywhere: dict[str, dict[str, Any]] = {}
    for column, kind in classified().items():
        label, _, name = column.rpartition(".")
        if kind == "hidden":
            said = word("hidden", name)
            held = apps.get_model(label)._meta.get_field(name)  # noqa: SLF001 - Django's public name for it
            everywhere.setdefault(label, {})[name] = {"raw": said} if isinstance(held, models.JSONField) else said
    for label, values in everywhere.items():
        apps.get_model(label).objects.update(**values)
    draft = apps.get_model("instruments.Edition").objects.get(instrument__code="OTRO")
    draft.title, draft.legal_basis = word("unpublished", "title"), word("unpublished", "basis")
    draft.more = {"raw": word("unpublished", "rest")}
    draft.unplaced.create(where=word("unpublished", "where"), why="no-place", text=word("unpublished", "line"))
    draft.asides.create(lineage=uuid4(), base=1, fields={"text": word("unpublished", "aside")})
    draft.documents.create(name=word("unpublished", "document"), digest="ab" * 32, media_type="application/pdf", size=1)
    draft.save()
    draft.instrument.title = word("unpublished", "instrument")
    draft.instrument.save()
    for person in state.cast.people.values():
        Person.objects.filter(pk=person.pk).update(
            username=word("person", f"username{person.pk}"), display_name=word("colleague", "displayname")
        )
    for name in ("amaru", "qhapaq"):
        Person.objects.filter(pk=state.cast.people[name].pk).update(display_name=word("ours", "displayname"))
    for reader, name in zip(PEOPLE, NAMES, strict=True):
        mail = f"{word(f'mail{reader}', 'email')}@a.example"
        Person.objects.filter(pk=state.cast.people[name].pk).update(email=mail)


def _secrets() -> Iterator[str]:
    """What opens something: no answer may hold it in any spelling."""
    yield str(settings.SECRET_KEY)
    yield from Person.objects.values_list("password", flat=True)
    for key, data in Session.objects.values_list("session_key", "session_data"):
        yield from (key, data)
    for salt in Salt.objects.values_list("salt", flat=True):
        yield bytes(salt).hex()
