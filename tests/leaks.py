"""A reader of every role who goes everywhere: nobody reads what is not for them.

`scan()` builds the State of `planted.py`, sends everybody through every address, link and form, listens to the log
and reads the public record. It returns what each of them read that was not for them: an empty list is right.
"""

from __future__ import annotations

import logging
import zipfile
from collections import Counter, deque
from contextlib import contextmanager
from io import BytesIO, StringIO
from itertools import product
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urljoin
from uuid import uuid4

from bs4 import BeautifulSoup
from django.apps import apps
from django.urls import get_resolver, reverse

from tests.planted import CANARY, EVERYBODY, ROLES, STANDS, built, classified, word
from yupana.domain.commitments.models import Partnership, Upload
from yupana.domain.instruments.models import Aside, Comment, Item
from yupana.domain.instruments.public import number_of
from yupana.domain.obligations.models import Call, Plea
from yupana.domain.progress.models import Corrective, Evaluation, Evidence, Verdict
from yupana.foundation.ledger.models import Entry
from yupana.projections.overviews.printed import code_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.test.client import _MonkeyPatchedWSGIResponse as Response

    from tests.planted import State

ENOUGH = 4  # addresses of one page that differ in what they ask
FOLLOWING = ("planner", "foreign", "reviewer", "governor")
NOT_BY_ASKING = 405  # no GET here
MOST = 3_000  # addresses of one reader; more means that the site has no end


def body(response: Response) -> str:
    """All that an answer says: status line, headers, content."""
    return f"{response.status_code} {response.headers} {response.cookies.output()}\n{readable(content(response))}"


def content(response: Response) -> bytes:
    """Read an answer to its end, where the client closes whatever file it came from."""
    return response.getvalue()


def readable(content: bytes) -> str:
    """Return what a file says; a workbook is unpacked."""
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(BytesIO(content)) as packed:
            content = b"\n".join(packed.read(part) for part in packed.namelist())
    return content.decode(errors="replace")


def leaks(role: str, told: str, secrets: Iterable[str] = (), asked: str = "") -> list[str]:
    """Planted words and secrets in an answer that this reader may not read; what they typed themselves is no leak."""
    found = {match.group(0).lower() for match in CANARY.finditer(told)} - set(_words(asked))
    wrong = [each for each in found if role not in STANDS.get(CANARY.fullmatch(each).group(1), EVERYBODY)]  # type: ignore[union-attr] # found by it
    return sorted(wrong) + ["a secret" for secret in secrets if secret in told]


def _words(text: str) -> Iterator[str]:
    return (match.group(0).lower() for match in CANARY.finditer(text))


def addresses(state: State) -> list[str]:
    """Every named address of the site, with every object that there is, and some that there are not."""
    plans = [plan.pk for plan in state.plans.values()]
    owed = [each.pk for each in state.owed.values()]
    owed += [each.pk for each in state.calls["draft"].obligations.exclude(pk__in=owed)]  # one of another body
    owed += Verdict.objects.values_list("submission__obligation", flat=True).order_by("pk")[:1]  # a report
    known: dict[str, list[object]] = {
        "obligation": [*owed, 10**9],
        "submission": [*plans, *Verdict.objects.values_list("submission", flat=True), 10**9],
        "upload": [*Upload.objects.values_list("pk", flat=True), 10**9],
        "number": [1, 2, *Aside.objects.values_list("pk", flat=True)],
        "lineage": [uuid4(), *Item.objects.filter(edition__state="draft").values_list("lineage", flat=True)[:2]],
        "instrument": ["PLAN", "OTRO", "CONSULTA"],
        "edition": ["1"],
        "digest": ["ab" * 32],
        "verdict": [*Verdict.objects.values_list("pk", flat=True), 10**9],
        "corrective": [*Corrective.objects.values_list("pk", flat=True), 10**9],
        "plea": [*Plea.objects.values_list("pk", flat=True), 10**9],
        "calendar": ["bolivia", "NADA"],
        "comment": [*Comment.objects.values_list("pk", flat=True), 10**9],
        "piece": [*Evidence.objects.values_list("pk", flat=True), 10**9],
        "partnership": [*Partnership.objects.values_list("pk", flat=True), 10**9],
        "person": [10**9],
        "evaluation": ["NADA", *Evaluation.objects.values_list("code", flat=True)],
        "token": ["x-y"],
        "entity": [state.cast.a.pk, 10**9],
        "receipt": [number_of(each.entry) for each in Comment.objects.select_related("entry")],
        "seal": ["1-ab", *(code_of(plan.entry) for plan in state.plans.values() if plan.entry)],
        "role": ["axis", "line", "target"],
        "item": ["1", "2"],
        "form": ["csv", "json", "xlsx"],
        "source": ["cast"],
        "source_id": ["1", "4", "5"],
        "code": [
            "NADA",
            *Evaluation.objects.values_list("code", flat=True),
            *(call.code for call in state.calls.values()),
            *Call.objects.filter(expects="progress").values_list("code", flat=True)[:1],
        ],
    }
    found: list[str] = []
    for name, (names, _) in _named():
        # In the portal a code is an edition's, at the desk a call's.
        choices = [["1"] if each == "code" and "instrument" in names else known[each] for each in names]
        found += [reverse(name, kwargs=dict(zip(names, values, strict=True))) for values in product(*choices)]
    return found


def _named() -> Iterator[tuple[str, tuple[list[str], str]]]:
    """Names of addresses with the names of what they ask for."""
    for space, (_, resolver) in get_resolver().namespace_dict.items():
        for name in resolver.reverse_dict:
            if isinstance(name, str):
                [[_, names], *_] = resolver.reverse_dict.getlist(name)[0][0]
                yield f"{space}:{name}", (names, name)


def links(address: str, page: str) -> Iterator[str]:
    """Where a page leads: its links, and its forms of search with a planted word."""
    soup = BeautifulSoup(page, "html.parser")
    for link in soup.select("a[href], link[href]"):
        yield urljoin(address, str(link["href"])).partition("#")[0]
    for form in soup.select("form"):
        if str(form.get("method", "get")).lower() == "get":
            fields = {str(each["name"]): str(each.get("value", "")) for each in form.select("[name]")}
            target = urljoin(address, str(form.get("action") or address)).partition("?")[0]
            yield f"{target}?{urlencode({**fields, 'q': word('draft', 'name')})}"


def crawl(state: State, role: str, start: Iterable[str]) -> Iterator[tuple[str, Response, str]]:
    """Everything that a reader reaches from there on by asking: address, answer, and all that the answer says.

    The portal is the same for everybody, byte by byte, which has a test of its own: only the stranger follows its
    links. Those who find the most at the desk go through every link of it, the others to every address there is.
    """
    waiting, seen, alike = deque(start), set[str](), Counter[str]()
    while waiting:
        address = waiting.popleft()
        path, asks, _ = address.partition("?")
        if address in seen or (asks and alike[path] >= ENOUGH):
            continue
        seen.add(address)
        alike[path] += 1
        assert len(seen) < MOST, address
        response = state.ask(role, "GET", address)
        told = body(response)
        yield address, response, told
        found = list(links(address, told)) if "text/html" in response.headers.get("Content-Type", "") else []
        found.append(urljoin(address, response.headers.get("Location", address)).partition("#")[0])
        waiting.extend(each for each in found if _worth_following(role, each))


def _worth_following(role: str, address: str) -> bool:
    ours = address.startswith("/") and not address.startswith(("//", "/static/", "/en/", "/desk/ingresar/?"))
    return ours and (role == "anonymous" or (role in FOLLOWING and address.startswith("/desk/")))


@contextmanager
def heard() -> Iterator[StringIO]:
    """What the program writes to its log meanwhile, in the form in which it writes it, and instead of it."""
    said = StringIO()
    known = [logging.getLogger(), *(logging.getLogger(name) for name in list(logging.Logger.manager.loggerDict))]
    outlets = {outlet for each in known for outlet in each.handlers if type(outlet) is logging.StreamHandler}
    before = {outlet: outlet.setStream(said) for outlet in outlets}
    try:
        yield said
    finally:
        for outlet, stream in before.items():
            if stream:
                outlet.setStream(stream)


def planted() -> dict[str, list[str]]:
    """Which planted words stand in each column."""
    found = {}
    for column in classified():
        label, _, name = column.rpartition(".")
        values = apps.get_model(label).objects.values_list(name, flat=True)
        found[column] = sorted({each for value in values for each in _words(str(value))})
    return found


def scan(roles: Iterable[str] = ROLES) -> list[str]:
    """Read everything as everybody; what leaks, with where and to whom."""
    with built() as state:
        return [leak for role in roles for leak in read(state, role)[0]] + record()


def read(state: State, role: str) -> tuple[list[str], list[str]]:
    """Read everything as somebody; what leaks on pages and in the log meanwhile, and what of the desk may be kept."""
    found: list[str] = []
    kept: list[str] = []
    with heard() as log:
        for address, response, told in crawl(state, role, addresses(state)):
            found += [f"{address} to {role}: {leak}" for leak in leaks(role, told, state.secrets, address)]
            fresh = response.status_code == NOT_BY_ASKING or "no-store" in response.headers.get("Cache-Control", "")
            kept += [address] if address.startswith("/desk/") and not fresh else []
    # A call is named in addresses, and the log may repeat an address; it may repeat nothing else.
    asked = word("restricted", "code")
    return found + [f"the log: {leak}" for leak in leaks("anonymous", log.getvalue(), state.secrets, asked)], kept


def record() -> list[str]:
    """What the public record gives away: its leaves are for everybody."""
    leaves = Entry.objects.values_list("leaf", flat=True)
    return [f"the record: {leak}" for leaf in leaves for leak in leaks("anonymous", bytes(leaf).decode("latin-1"))]
