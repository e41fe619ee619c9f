"""A planner of the authority writes an evaluation, looks at its figures and publishes it; and sets the bands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from tests.domain.progress.stage import planned
from yupana.domain.progress.evaluations import readable_evaluations
from yupana.domain.progress.models import Scheme
from yupana.foundation.kernel.actor import NOBODY
from yupana.foundation.ledger.actions import seal
from yupana.projections.overviews.evaluation import agrees

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast

pytestmark = pytest.mark.django_db
AT = "/en/desk/evaluaciones/"
ONE = f"{AT}PLAN-2018-2018-Q1/"


def fields(client: Client, address: str) -> dict[str, str]:
    soup = BeautifulSoup(client.get(address).content, "html.parser").select_one("main")
    assert soup is not None
    named = {str(each["name"]): str(each.get("value", "")) or each.get_text() for each in soup.select("[name]")}
    return {name: value.strip("\n") for name, value in named.items()}


def test_an_evaluation_is_begun_written_looked_at_and_published(client: Client, cast: Cast) -> None:
    planned(cast)
    seal()
    client.force_login(cast.people["amaru"])
    begun = client.post(AT, {"call": "PLAN-2018", "period": "2018-Q1", "as_of": "2018-07-31"})
    assert begun["Location"] == ONE
    assert client.post(f"{ONE}publicar/", {"sure": "on"}).status_code == 422  # nothing was said yet
    seen = fields(client, ONE)
    assert client.post(ONE, {**seen, "summary": "Va bien"})["Location"] == ONE
    assert client.post(ONE, {**seen, "summary": "Va mal"}).status_code == 409
    assert fields(client, ONE)["summary"] == "Va bien"
    assert "Lines answered" in client.get(f"{ONE}cifras/").content.decode()
    assert client.post(f"{ONE}publicar/", {"sure": "on"}).status_code == 409  # of words that nobody saw
    assert client.post(f"{ONE}publicar/", {**fields(client, f"{ONE}publicar/"), "sure": "on"})["Location"] == AT
    (held,) = readable_evaluations(NOBODY)
    assert (held.words["summary"], agrees(held), client.get(ONE).status_code) == ("Va bien", True, 404)


def test_a_draft_is_discarded(client: Client, cast: Cast) -> None:
    planned(cast)
    client.force_login(cast.people["amaru"])
    client.post(AT, {"call": "PLAN-2018", "period": "2018-Q1", "as_of": "2018-07-31"})
    assert client.post(f"{ONE}descartar/")["Location"] == AT
    assert client.get(ONE).status_code == 404


def test_bands_are_set_by_an_act(client: Client, cast: Cast) -> None:
    client.force_login(cast.people["amaru"])
    at = "/en/desk/semaforo/"
    sent = {"instrument": "", "since": "2026-01-01", "floor": "60", "act": "RA 1", "bands": "0 bajo\n\n70% bueno"}
    assert client.post(at, {**sent, "bands": "bueno"}).status_code == 422
    assert client.post(at, {**sent, "bands": "10 bueno"}).status_code == 422
    assert client.post(at, sent)["Location"] == at
    (held,) = Scheme.objects.all()
    assert (held.floor_bp, held.bands, client.get(at).status_code) == (6000, [[0, "bajo"], [7000, "bueno"]], 200)
