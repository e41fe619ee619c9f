"""What the tests of the desk share: clients by first name, and pages read as people read them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.cast import ROWS, Cast, make_call, make_draft, make_edition, obligation_of
from tests.cast import hand_in as cast_hand_in

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

    from yupana.domain.commitments.facts import PlanRow
    from yupana.domain.obligations.models import Call, Obligation
    from yupana.domain.submissions.models import Submission

ROW = ROWS[0]


@dataclass
class Desk:
    """The cast in front of an open call: A's and B's obligations, and a signed-in client for each first name."""

    cast: Cast
    call: Call
    owed: Obligation
    others: Obligation

    def client(self, name: str = "") -> Client:
        """Somebody's browser; a stranger's without a name."""
        client = Client()
        if name:
            client.force_login(self.cast.people[name])
        return client

    def get(self, who: str, path: str) -> Response:
        return self.client(who).get(f"/en/desk/{path}")

    def post(self, who: str, path: str, /, **fields: object) -> Response:
        """Send a form; ``remark__1`` is the field "remark-1"."""
        return self.client(who).post(f"/en/desk/{path}", {key.replace("__", "-"): fields[key] for key in fields})

    def draft(self, *rows: PlanRow) -> Submission:
        """Inti's draft."""
        return make_draft(self.cast.inti, self.owed, rows or ROWS)

    def handed_in(self, *rows: PlanRow) -> Submission:
        """Inti's plan, under review."""
        return cast_hand_in(self.cast.inti, self.owed, rows or ROWS)


def row(number: int, **changes: object) -> PlanRow:
    """A complete row with another number."""
    return replace(ROW, row=number, **changes)  # type: ignore[arg-type] # fields by name


def soup(response: Response) -> BeautifulSoup:
    return BeautifulSoup(response.getvalue(), "html.parser")


def text(response: Response) -> str:
    """What stands in the middle of a page, on one line."""
    main = soup(response).find("main")
    return " ".join(main.get_text(" ").split()) if main else ""


def seen(response: Response) -> str:
    """The moment that a form carries."""
    field = soup(response).find("input", {"name": "seen"})
    assert field
    return str(field["value"])


def errors(response: Response) -> list[str]:
    """What a form complains about, on top and at its fields."""
    found = soup(response).select(".errors p, .error")
    return [" ".join(each.get_text(" ").split()) for each in found]


def value(response: Response, name: str) -> str:
    """What stands in a field of the first form that has it."""
    field = soup(response).select_one(f'[name="{name}"]')
    assert field
    if field.name == "textarea":
        return str(field.get_text()).removeprefix("\n").removeprefix("\r\n")
    if field.name == "select":
        chosen = field.find("option", selected=True)
        return str(chosen["value"]) if chosen else ""
    return str(field.get("value", ""))


def links(response: Response) -> list[str]:
    """Where the middle of a page leads."""
    return [str(link["href"]) for link in soup(response).select("main a[href]")]


@pytest.fixture
def desk(cast: Cast) -> Desk:
    """A desk with one open call to the two municipalities."""
    make_edition()
    call = make_call()
    return Desk(cast, call, obligation_of(call, cast.a), obligation_of(call, cast.b))
