"""The indicators of an edition as a citizen reads them."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.domain.progress.targets import story
from yupana.projections.followers import tick

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast

pytestmark = pytest.mark.django_db
LIST = "/en/planes/PLAN/1/indicadores/"


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    text = re.sub(r"<[^>]+>", " ", unescape(response.content.decode()))
    return re.sub(r"\s+", " ", text.replace("\u202f", " "))


def test_values_of_targets_open_to_what_they_are_made_of(cast: Cast, client: Client) -> None:
    story(cast)
    tick()
    with CaptureQueriesContext(connection) as asked:
        page = read(client, LIST)
    assert len(asked) <= 30
    for said in (
        "3 of 4 targets have a value. Of 1 nobody has said yet how it is measured.",
        "50 % Q2 2018 40 % too few entities are known to say 1 of 2",  # 2 of 4: B did not report the second quarter
        "3 graneros Q2 2018 12 graneros too few entities are known to say 1 of 2",
        "100 % in plans 50 % this counts plans; how far it is, only reports can say 2",
    ):
        assert said in page, said
    one = read(client, f"{LIST}target/3/")
    for said in (
        "1 of 2 entities that were asked are known (50%)",
        "1 entity: did not report",
        "Municipio de Ábaco 2 4 50 %",
        "Municipio de Ñandú did not report",
        "All together 2 4 50 %",
        "Q1 2018 70 % 2 of 2 Q2 2018 50 % 1 of 2",
    ):
        assert said in one, said
    first = read(client, f"{LIST}?as_of=2018-04-30")
    assert "70 % Q1 2018 40 % 100% 2 of 2" in first  # 7 of 10, and not the mean of 25 % and 100 %
    assert "There is no money to measure it" in read(client, f"{LIST}target/4/?as_of=2018-04-30")
    assert "nobody has said yet how it is measured" in read(client, f"{LIST}target/1/")
    table = client.get("/planes/PLAN/1/indicadores.csv").getvalue().decode()
    assert "3,40% de los ciudadanos cuentan sus granos.,%,2018-Q2,50,2,4,,40,,1,2," in table
    assert client.get(f"{LIST}line/1/").status_code == 404
