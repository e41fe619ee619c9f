"""The radar as the authority uses it: look, decide, and find again what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cast import ACCEPTED_ON, hand_in
from tests.interfaces.desk.desk import Desk, row, soup, text
from yupana.domain.commitments.actions import accept_plan
from yupana.domain.commitments.models import Likeness
from yupana.interfaces.desk.oversight import radar as page

if TYPE_CHECKING:
    from pytest_django.fixtures import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
HERE = "convocatorias/PLAN-2018/parecidas/"
BODIES = {"inti": "Municipio de Ñandú", "killa": "Municipio de Ábaco"}
SAME = "Sistema de correspondencia con firma digital"


@pytest.fixture
def alike(desk: Desk) -> Desk:
    """Two plans under review that both hold one and the same activity."""
    desk.handed_in(row(1, name=SAME), row(2, name="Riego de viveros"))
    hand_in(desk.cast.killa, desk.others, [row(1, name="=Mapa de rutas"), row(2, name=SAME)])
    return desk


def told(desk: Desk) -> dict[str, object]:
    form = soup(desk.get("amaru", HERE)).select_one("ul.plan form")
    assert form
    return {str(each["name"]): each.get("value", "") for each in form.select("input")}


def test_a_pair_shows_both_and_why(alike: Desk) -> None:
    shown = text(alike.get("amaru", HERE))
    assert [shown.count(said) for said in (SAME, "Municipio de Ábaco", "Municipio de Ñandú", "firma digital")] == [
        2, 1, 1, 2,
    ]  # fmt: skip
    assert "4 activities were compared" in shown


def test_a_marked_pair_leaves_the_open_ones(alike: Desk) -> None:
    sent = alike.client("amaru").post(f"/en/desk/{HERE}decir/", told(alike) | {"verdict": "join", "note": "Uno solo"})
    assert (sent.status_code, sent["Location"], Likeness.objects.get().verdict) == (302, f"/en/desk/{HERE}", "join")
    pages = [text(alike.get("amaru", f"{HERE}{query}")) for query in ("", "?said=join", "?said=different")]
    assert ["Uno solo" in page for page in pages] == [False, True, False]
    assert "No two activities of different entities look alike." in pages[0]


def test_what_somebody_else_said_meanwhile_is_a_conflict(alike: Desk) -> None:
    form = told(alike)
    address = f"/en/desk/{HERE}decir/"
    alike.client("amaru").post(address, form | {"verdict": "join"})
    late = alike.client("amaru").post(address, form | {"verdict": "different"})
    assert (late.status_code, "Somebody else has just said" in text(late)) == (409, True)
    wrong = alike.client("amaru").post(address, form | {"first": "x"})
    assert wrong.status_code == 422


def test_all_pairs_of_two_plans_and_none_of_an_address_that_means_nothing(alike: Desk) -> None:
    both = f"{alike.owed.pk}-{alike.others.pk}"
    found = [len(soup(alike.get("amaru", f"{HERE}?between={say}")).select("ul.plan > li")) for say in (both, "x-y")]
    assert found == [1, 1]
    assert alike.get("amaru", f"{HERE}?page=2").status_code == 404


def test_the_list_as_a_table_runs_nothing(alike: Desk) -> None:
    body = alike.get("amaru", "convocatorias/PLAN-2018/parecidas.csv").getvalue().decode("utf-8-sig")
    assert body.splitlines()[0].startswith("percent,words,entity_1")
    assert body.count(SAME) == 2


def test_too_many_activities_are_left_to_the_console(alike: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "MOST", 3)
    assert "yupana radar PLAN-2018 --csv" in text(alike.get("amaru", HERE))


def test_the_number_of_questions_does_not_grow(alike: Desk, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = alike.client("amaru")
    client.get(f"/en/desk/{HERE}")
    with django_assert_num_queries(10):
        client.get(f"/en/desk/{HERE}")


def test_both_bodies_are_told_to_join_forces(alike: Desk) -> None:
    for owed in (alike.owed, alike.others):
        accept_plan(actor=alike.cast.amaru, submission=owed.submissions.get(), on=ACCEPTED_ON)
    alike.client("amaru").post(f"/en/desk/{HERE}decir/", told(alike) | {"verdict": "join"})
    assert [f"{SAME} – {name}" in text(alike.get(who, "")) for who, name in BODIES.items()] == [True, True]  # noqa: RUF001 - as it stands there
