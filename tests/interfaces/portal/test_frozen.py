"""A published evaluation and a dossier from outside: strict addresses, both languages, and only what was frozen."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.cast import make_call, make_edition, make_plan, obligation_of
from tests.domain.progress.stage import PLAN, accepted, asked, planned
from tests.interfaces.portal.stage import page, words
from yupana.domain.progress.actions.evaluating import draft_evaluation, publish_evaluation, save_evaluation
from yupana.foundation.ledger import queries as ledger
from yupana.projections.followers import tick
from yupana.projections.overviews.evaluation import compute

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast
    from yupana.domain.obligations.models import Call
    from yupana.domain.progress.models import Evaluation

pytestmark = pytest.mark.django_db
AT = "/en/evaluaciones/PLAN-2018-2018-Q1/"
DOSSIER = "/en/entidades/cast/4/rendicion/PLAN-2018/"


def published(cast: Cast, plan: Call) -> Evaluation:
    """Freeze the first quarter."""
    day = date(2018, 7, 31)
    draft = draft_evaluation(actor=cast.amaru, call=plan, period="2018-Q1", as_of=day, on=date(2018, 8, 1))
    draft = save_evaluation(actor=cast.amaru, evaluation=draft, title="Evaluación", words={"summary": "Bien"})
    draft.refresh_from_db()
    figures = compute(plan, "2018-Q1", day, ledger.head().size)
    return publish_evaluation(actor=cast.amaru, evaluation=draft, figures=figures, on=date(2018, 8, 1))


@pytest.fixture
def plan(cast: Cast) -> Call:
    """A reported on the first quarter, B did not."""
    call = planned(cast, bodies=(cast.a, cast.b))
    accepted(cast, obligation_of(asked(call), cast.a))
    tick()
    return call


def test_addresses_are_read_strictly_and_nothing_breaks(client: Client, cast: Cast, plan: Call) -> None:
    published(cast, plan)
    of = "m=reports.advance.declared"
    expected = {
        "": 200,
        "entidades/": 200,
        "entidades/?page=2": 404,
        "entidades/?page=0": 404,
        "entidades/?level=nada": 404,
        "entidades/?level=central": 404,
        "entidades/?kind=nada": 200,  # whatever is written there: nobody is of that kind
        "entidades/?q=%00": 200,
        "cifra/?m=reports.coverage": 200,
        "cifra/?m=reports.coverage&page=2": 404,
        "cifra/?m=": 404,
        "cifra/?m=reports": 404,
        "cifra/?m=advance.declared": 404,
        f"cifra/?{of}": 200,
        f"cifra/?{of}&n=municipal": 200,
        f"cifra/?{of}&n=central": 404,
        f"cifra/?{of}&t=02": 404,
        f"cifra/?{of}&i=PLAN/1%23line:1": 200,
        f"cifra/?{of}&i=PLAN/1%23line:9": 404,
        f"cifra/?{of}&i=PLAN/1%23line:1&n=municipal": 200,
        f"cifra/?{of}&i=-": 200,
        f"cifra/?{of}&i=%23%2B": 404,
        f"cifra/?{of}&e=cast:4&i=PLAN/1%23line:1": 200,
        f"cifra/?{of}&e=cast:4&i=-&p=2018-Q1": 200,
        f"cifra/?{of}&e=cast:4&page=2": 404,
        f"cifra/?{of}&e=cast:99": 404,
        f"cifra/?{of}&e=cast%00:4": 200,
        "cifra/?m=&e=cast:4": 404,
        "cifra/?m=reports.coverage&e=cast:4": 200,
        f"cifra/?{of}&p=2018-Q1": 200,
        f"cifra/?{of}&p=2018-Q9": 404,
        "cifra/?m=reports.coverage&i=PLAN/1%23line:1": 404,
        f"cifra/?{of}&as_of=2999-01-01": 400,
        "cifras.json": 200,
        "cifras.xlsx": 200,
        "cifras.csv": 404,
    }
    found = {}
    for query in expected:
        answer = client.get(AT + query)
        found[query] = answer.status_code
        b"".join(answer)  # to its end, so that its file is closed
    assert found == expected
    assert {client.post(AT + each).status_code for each in ("", "entidades/", "cifra/", "cifras.json")} == {405}
    frozen = client.get(f"{AT}cifras.json")
    b"".join(frozen)
    again = client.get(f"{AT}cifras.json", headers={"If-None-Match": frozen["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_it_stands_as_it_was_frozen_whatever_is_accepted_later(client: Client, cast: Cast, plan: Call) -> None:
    published(cast, plan)
    tick()
    before = [b"".join(client.get(f"{AT}cifras.json")), words(page(client, AT).select_one("main"))]
    report = plan.followed_by.get()
    accepted(cast, obligation_of(report, cast.b), actor=cast.killa, on=date(2018, 9, 1))
    tick()
    assert [b"".join(client.get(f"{AT}cifras.json")), words(page(client, AT).select_one("main"))] == before
    spanish = words(page(client, AT.removeprefix("/en")).select_one(".lead"))
    assert spanish.startswith(("Periodo T1 2018", "Período T1 2018"))


def test_a_dossier_is_of_what_was_reported_by_its_day(client: Client, cast: Cast, plan: Call) -> None:
    """The report came on the second of April: on the day before, nothing was known of what was done."""
    days = ["2018-02-01", "2018-04-01", "2018-04-02", "2018-07-31"]
    told = [words(page(client, f"{DOSSIER}?as_of={day}").select_one("main")) for day in days]
    assert ["Bs 100.00" in each for each in told] == [False, False, True, True]
    spanish = words(page(client, f"{DOSSIER.removeprefix('/en')}?as_of=2018-07-31").select_one("main"))
    assert ("Bs 100,00" in spanish, "Bs 100.00" in spanish) == (True, False)
    nowhere = [
        "/en/entidades/cast/99/rendicion/PLAN-2018/", "/en/entidades/nada/4/rendicion/PLAN-2018/",
        "/en/entidades/cast/4/rendicion/NADA/", f"/en/entidades/cast/4/rendicion/{plan.followed_by.get().code}/",
    ]  # fmt: skip
    assert [client.get(each).status_code for each in nowhere] == [404] * 4
    assert [client.get(f"{DOSSIER}?as_of={day}").status_code for day in ("2999-01-01", "x", "2018-02-30")] == [400] * 3


def test_nothing_of_a_restricted_plan_is_in_any_dossier(client: Client, cast: Cast) -> None:
    make_edition()
    call = make_call(visibility="restricted")
    make_plan(cast, obligation_of(call, cast.a), PLAN)
    accepted(cast, asked(call).obligations.get())
    tick()
    assert client.get(f"{DOSSIER}?as_of=2018-07-31").status_code == 404
