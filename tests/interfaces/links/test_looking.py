"""Looking at links: only where the operator wants it, each in its turn, and a fault stops nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from django.utils import timezone

from tests.interfaces.links.server import OK, Server
from tests.interfaces.links.test_fetcher import gate
from yupana.domain.progress.actions import add_link
from yupana.domain.progress.evidence import pieces_of, shown
from yupana.domain.progress.facts import Terms
from yupana.foundation.ledger.actions import seal
from yupana.interfaces.cli.record import tick
from yupana.interfaces.links.fetcher import PUBLIC
from yupana.interfaces.links.looking import look
from yupana.projections.proof import verify

if TYPE_CHECKING:
    from pytest_django import Settings

    from tests.cast import Cast
    from yupana.foundation.kernel.actor import Actor

pytestmark = pytest.mark.django_db


def told(actor: Actor, entity: int) -> list[list[tuple[int | None, str]]]:
    """What was found of each piece, first to last."""
    pieces = list(pieces_of(actor, entity).order_by("pk"))
    found = shown(actor, pieces, on=timezone.localdate())
    return [[(each.size, each.refusal) for each in piece.looks] for piece in found]


def test_links_are_looked_at_in_turn_where_the_operator_wants_it(cast: Cast, settings: Settings) -> None:
    server, day = Server({"/acta": [OK + b"Content-Length: 4\r\n\r\nacta"]}), timezone.localdate()
    for path in ("/acta", "/otra", "/tercera"):
        terms = Terms("Acta", "restricted", 3)
        add_link(actor=cast.inti, entity=cast.a, url=server.url(path), terms=terms, on=day)
    assert (look(on=day, gate=gate()), server.asked) == (0, [])
    settings.FETCH_LINKS = True
    broken = replace(PUBLIC, is_usual=lambda _target: 1 // 0 > 0)
    assert [look(on=day, most=2, gate=gate()), look(on=day, gate=broken), look(on=day, gate=gate())] == [2, 1, 0]
    server.close()
    assert told(cast.inti, cast.a.pk) == [[(4, "")], [(None, "gone")], [(None, "failed")]]
    seal()
    assert verify().ok


def test_a_tick_looks_and_says_so(cast: Cast, settings: Settings) -> None:
    settings.FETCH_LINKS = True
    terms = Terms("Acta", "public", 1)
    add_link(actor=cast.inti, entity=cast.a, url="http://127.0.0.1/", terms=terms, on=timezone.localdate())
    said = json.loads(CliRunner().invoke(tick, ["--json"]).stdout)
    assert (said["links"], told(cast.inti, cast.a.pk)) == (1, [[(None, "address")]])
