"""A reader who opens every figure of every page: what it is made of adds up to it, wherever it leads.

One State with plans, reports, a verdict, a waiver and somebody silent; the stranger reads the portal, the auditor the
desk. A percentage that opens nothing has to say so (``data-own``): it is explained beside itself.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.cast import DUE_ON, Cast, make_people, obligation_of
from tests.domain.progress.stage import DONE, FLOW, LEVEL, QUARTERS, SAID, accepted, asked, planned
from tests.interfaces.portal.stage import more_towns
from yupana.domain.commitments.facts import Money
from yupana.domain.obligations.actions import waive
from yupana.domain.progress.actions import give_verdict
from yupana.domain.progress.actions.evaluating import draft_evaluation, publish_evaluation, save_evaluation
from yupana.domain.progress.rules import Said
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.quantity import SCALE
from yupana.foundation.ledger import queries as ledger
from yupana.interfaces import explained
from yupana.projections.followers import tick
from yupana.projections.overviews.evaluation import compute

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bs4 import Tag

    from tests.cast import Bodies
    from yupana.domain.obligations.models import Call

pytestmark = pytest.mark.django_db
PERCENT = re.compile(r"\d\s?%")
# The page of the method speaks of percentages and shows none; the record and the calendar have neither.
ELSEWHERE = ("/static/", "/en/", "//", "/desk/salir", "/verificar/?", "/desk/calendarios", "/como-se-cuenta/")
FILES = re.compile(r"[.](csv|xlsx|ods|json)|/descarga/|/imprimir/")
MOST = 1_500
KNOWN = {*explained.NAMES}
Numbers = tuple[int, int, int]


@dataclass
class Reader:
    """Whoever reads: what was seen, and what was wrong with it."""

    client: Client
    seen: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    opened: Counter[str] = field(default_factory=Counter)

    def read(self, start: Iterable[str], within: str) -> None:
        """Follow every link from there on that stays within a part of the site."""
        waiting: deque[tuple[str, Numbers | None]] = deque((each, None) for each in start)
        while waiting:
            address, told = waiting.popleft()
            if address in self.seen:
                continue
            self.seen.add(address)
            assert len(self.seen) < MOST, address
            page = self._page(address)
            if page is not None:
                waiting.extend(self._look(address, page, told, within))

    def _page(self, address: str) -> BeautifulSoup | None:
        answer = self.client.get(address)
        if answer.status_code != 200 or "text/html" not in answer.headers.get("Content-Type", ""):
            if "explicar" in address:
                self.wrong.append(f"{address}: {answer.status_code}")
            return None
        return BeautifulSoup(answer.content, "html.parser")

    def _look(
        self, address: str, page: BeautifulSoup, told: Numbers | None, within: str
    ) -> Iterator[tuple[str, Numbers | None]]:
        whole = page.select_one("[data-explained]")
        if whole is not None:
            self._add_up(address, page, whole, told)
        figures = [(urljoin(address, str(each["href"])), numbers(each)) for each in page.select("a[data-figure]")]
        for each in page.select("a[data-figure]"):
            self.opened[str(each["data-figure"])] += 1
        parts = [
            (urljoin(address, str(link["href"])), numbers(part))
            for part in page.select("tr[data-part]")
            for link in part.select("a")
        ]
        links = [(urljoin(address, str(each["href"])).partition("#")[0], None) for each in page.select("a[href]")]
        for each in page.select("a.figure, [data-own], title"):
            each.decompose()
        if bare := PERCENT.search(page.get_text(" ")):
            around = page.get_text(" ")[max(bare.start() - 60, 0) : bare.end()]
            self.wrong.append(f"{address}: {' '.join(around.split())} opens nothing")
        yield from ((there, said) for there, said in [*figures, *parts, *links] if follows(there, within))

    def _add_up(self, address: str, page: BeautifulSoup, of: Tag, told: Numbers | None) -> None:
        shown, parts = numbers(of), [(numbers(each), each) for each in page.select("[data-part]")]
        if told is not None and told != shown:
            self.wrong.append(f"{address}: says {shown} where {told} led")
        if of.has_attr("data-weighted"):
            counted = [(Fraction(done, due), int(str(each["data-weight"]))) for (done, due, _), each in parts if due]
            weights = sum(weight for _, weight in counted)
            right = sum(ratio * weight for ratio, weight in counted) / weights if weights else 0
            if shown[1] and right != Fraction(shown[0], shown[1]):
                self.wrong.append(f"{address}: weighs {right}, not {shown}")
        elif tuple(map(sum, zip((0, 0, 0), *(each for each, _ in parts), strict=True))) != shown:
            self.wrong.append(f"{address}: its parts do not add up to {shown}: {[each for each, _ in parts]}")


def numbers(of: Tag) -> Numbers:
    return int(str(of["data-done"])), int(str(of["data-due"])), int(str(of["data-unknown"]))


def follows(there: str, within: str) -> bool:
    return there.startswith(within) and not there.startswith(ELSEWHERE) and not FILES.search(there)


def evaluated(call: Call) -> None:
    """Publish what became of the first quarter: its figures are frozen, and open within it."""
    as_of = date(2018, 7, 31)
    draft = draft_evaluation(actor=OPERATOR, call=call, period=QUARTERS[0], as_of=as_of, on=as_of)
    draft = save_evaluation(actor=OPERATOR, evaluation=draft, title="Primer trimestre", words={"summary": "Va."})
    counted = compute(call, draft.period, as_of, ledger.head().size)
    publish_evaluation(actor=OPERATOR, evaluation=draft, figures=counted, on=as_of)


@pytest.fixture
def cast(bodies: Bodies) -> Cast:
    """Two plans, one silent town and one that owes nothing; two quarters, one of them reported by one body alone."""
    more_towns(2)
    cast = make_people(bodies)
    money = (
        Money(2018, source="11", programmed_cents=60_001, current_cents=60_000, accrued_cents=7),
        Money(2019, source="42", programmed_cents=40_000),
    )
    plan = (replace(FLOW, money=money), LEVEL, replace(DONE, item="line:2"), replace(FLOW, row=4, item="line:1"))
    call = planned(cast, plan, bodies=(cast.a, cast.b))
    waive(
        actor=OPERATOR, obligation=call.obligations.get(debtor__code="T-1"), reason="no corresponde", act="Acto 2",
        on=DUE_ON,
    )  # fmt: skip
    first, second = (asked(call, quarter) for quarter in QUARTERS[:2])
    gap = replace(SAID[0], row=4, value=None, gap="data", current_cents=None, accrued_cents=None)
    said = [replace(each, cause="staff", variation="Faltó gente") for each in (*SAID, gap)]
    accepted(cast, obligation_of(first, cast.a), said)
    accepted(
        cast, obligation_of(first, cast.b), [*said[:3], replace(said[3], gap="", value=30 * SCALE)], actor=cast.killa
    )
    version = accepted(cast, obligation_of(second, cast.a), [replace(said[0], value=10 * SCALE), *said[1:]])
    give_verdict(
        actor=cast.auditor, submission=version, row=2, said=Said(33 * SCALE), basis="Acta", on=date(2018, 8, 1)
    )
    tick()
    evaluated(call)
    return cast


def test_every_figure_of_every_page_opens_and_adds_up(cast: Cast) -> None:
    stranger, auditor = Reader(Client()), Reader(Client())
    auditor.client.force_login(cast.people["tupak"])
    stranger.read(["/"], "/")
    auditor.read(["/desk/"], "/desk/")
    assert (stranger.wrong, auditor.wrong) == ([], [])
    assert (KNOWN - {*stranger.opened}, {*auditor.opened}) == (
        {"money.programmed", "money.current", "money.accrued"},
        {"incorporation.answered", "money.programmed", "money.current", "money.accrued"},
    )
