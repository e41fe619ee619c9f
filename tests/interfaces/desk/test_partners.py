"""Asking another entity to take part, and answering, in the browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tests.cast import make_call, make_draft, make_edition, obligation_of
from yupana.domain.commitments.models import Partnership

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast
    from yupana.domain.obligations.models import Obligation

pytestmark = pytest.mark.django_db


@pytest.fixture
def owed(cast: Cast) -> Obligation:
    make_edition()
    owed = obligation_of(make_call(), cast.a)
    make_draft(cast.inti, owed)
    return owed


def ask(client: Client, cast: Cast, owed: Obligation, entity: str = "B-1") -> int:
    client.force_login(cast.people["inti"])
    told = {"entity": entity, "part": "Prestar las oficinas"}
    return client.post(reverse("desk:partners", args=[owed.pk, 1]), told).status_code


def test_who_was_asked_finds_it_in_the_inbox_and_answers(client: Client, cast: Cast, owed: Obligation) -> None:
    assert ask(client, cast, owed) == 302
    client.force_login(cast.people["killa"])
    page = reverse("desk:partner", args=[Partnership.objects.get().pk])
    before = client.get("/en/desk/").content.decode()
    answered = client.post(page, {"confirmed": "yes", "answer": ""})
    told = client.get(page).content.decode()
    after = client.get(reverse("desk:inbox")).content.decode()
    assert (page in before, answered.status_code, page in after) == (True, 302, False)
    assert ("2 things to do" in before, f'class="btn alt" href="{reverse("desk:inbox")}"' in told) == (True, True)
    assert Partnership.objects.get().confirmed is True


def test_the_owner_sees_the_answer(client: Client, cast: Cast, owed: Obligation) -> None:
    ask(client, cast, owed)
    client.force_login(cast.people["killa"])
    client.post(
        reverse("desk:partner", args=[Partnership.objects.get().pk]), {"confirmed": "no", "answer": "Sin gente"}
    )
    client.force_login(cast.people["inti"])
    assert "Sin gente" in client.get(reverse("desk:partners", args=[owed.pk, 1])).content.decode()


def test_the_owner_is_told_that_the_activity_has_another_name_now(client: Client, cast: Cast, owed: Obligation) -> None:
    ask(client, cast, owed)
    page = f"/en/desk/plan/{owed.pk}/filas/1/participantes/"
    before = client.get(page).content.decode()
    owed.submissions.get().activities.update(name="Otra cosa")
    note = "It was asked about “Contar los granos”"
    assert (note in before, note in client.get(page).content.decode()) == (False, True)


def test_an_entity_that_nobody_knows_is_told_on_the_page(client: Client, cast: Cast, owed: Obligation) -> None:
    assert (ask(client, cast, owed, "nadie"), Partnership.objects.count()) == (422, 0)


def test_an_entity_is_asked_by_its_name_and_of_several_one_is_chosen(
    client: Client, cast: Cast, owed: Obligation
) -> None:
    client.force_login(cast.people["inti"])
    at = f"/en/desk/plan/{owed.pk}/filas/1/participantes/"
    told = {"entity": "municipio", "part": "Prestar las oficinas"}
    several = client.post(at, told)
    page = several.content.decode()
    offered = re.findall(r'name="entity-of-these" value="([^"]+)"', page)
    assert (several.status_code, offered, 'value="municipio"' in page) == (422, ["cast:4", "cast:5"], True)
    assert client.post(at, told | {"entity-of-these": "cast:6"}).status_code == 422
    assert client.post(at, told | {"entity-of-these": "cast:5"}).status_code == 302
    assert Partnership.objects.get().partner == cast.b
