"""The call that old paper answers."""

from datetime import date
from pathlib import Path

import pytest

from tests.interfaces.cli.conftest import AXES, LINES, Yupana
from yupana.domain.commitments.facts import Plan, PlanHeader
from yupana.domain.instruments.models import Edition
from yupana.domain.obligations.models import Call, Obligation
from yupana.interfaces.cli import history
from yupana.interfaces.cli.frame import Rejected


def plan(received: date | None) -> Plan:
    return Plan(where="piges.csv:2", debtor="2", header=PlanHeader(received_on=received))


def opened(path: Path, *received: date | None, due_on: date | None = None, audience: str = "all") -> Call:
    said: list[str] = []
    return history.call_for(path, [plan(each) for each in received], due_on, audience, say=said.append)


def test_the_window_opens_with_the_first_plan_and_has_no_deadline(loaded: Path) -> None:
    call = opened(loaded, date(2020, 4, 1), None, date(2019, 3, 2))
    assert (call.opens_on, call.due_on, call.period, call.historical) == (date(2019, 3, 2), None, "2019-2020", True)


def test_the_deadline_that_somebody_vouches_for_is_the_deadline(loaded: Path) -> None:
    call = opened(loaded, date(2020, 4, 1), due_on=date(2020, 6, 30))
    assert (call.due_on, call.period) == (date(2020, 6, 30), "2020")


def test_plans_without_any_day_open_today(loaded: Path) -> None:
    from django.utils import timezone  # noqa: PLC0415 - only this test looks at the clock

    assert opened(loaded, None).opens_on == timezone.localdate()


def test_every_body_that_can_be_bound_is_called(loaded: Path) -> None:
    opened(loaded, date(2020, 4, 1))
    assert Obligation.objects.count() == 3


def test_an_audience_can_be_told(loaded: Path) -> None:
    opened(loaded, date(2020, 4, 1), audience="level:municipal")
    assert Obligation.objects.count() == 2


def test_the_draft_is_published_by_an_act_that_says_what_it_is(loaded: Path) -> None:
    opened(loaded, date(2020, 4, 1))
    edition = Edition.objects.get()
    assert (edition.state, edition.published_on, "Yupana" in edition.act) == ("published", date(2020, 4, 1), True)


def test_an_edition_that_was_published_by_its_own_act_keeps_it(loaded: Path, yupana: Yupana) -> None:
    yupana("publish", "PLAN", "1", "--act", "Ley 1", "--on", "2019-01-01")
    opened(loaded, date(2020, 4, 1))
    assert Edition.objects.get().act == "Ley 1"


def test_a_later_draft_is_not_published_by_old_paper(loaded: Path, yupana: Yupana) -> None:
    yupana("publish", "PLAN", "1", "--act", "Ley 1", "--on", "2019-01-01")
    yupana("import", "instrument", loaded, "--title", "El plan", "--edition", "2")
    opened(loaded, date(2020, 4, 1))
    assert dict(Edition.objects.values_list("code", "state")) == {"1": "published", "2": "draft"}


def test_the_call_is_found_again(loaded: Path) -> None:
    assert opened(loaded, date(2020, 4, 1)) == opened(loaded, date(2020, 4, 1))


def test_the_call_is_found_again_with_the_same_deadline(loaded: Path) -> None:
    first = opened(loaded, date(2020, 4, 1), due_on=date(2020, 6, 30))
    assert first == opened(loaded, date(2020, 4, 1), due_on=date(2020, 6, 30))


@pytest.mark.parametrize("before", [None, date(2020, 6, 30)])
def test_another_deadline_for_an_open_call_is_a_conflict(before: date | None, loaded: Path) -> None:
    opened(loaded, date(2020, 4, 1), due_on=before)
    with pytest.raises(Rejected) as refused:
        opened(loaded, date(2020, 4, 1), due_on=date(2021, 1, 1))
    assert refused.value.exit_code == 3


def test_without_an_instrument_nothing_can_be_answered(yupana: Yupana, state: Path) -> None:
    yupana("import", "entities", state / "entidades.csv")
    said = yupana("import", "commitments", state)
    assert (said.code, "yupana import instrument" in said.err) == (1, True)


@pytest.fixture
def two(loaded: Path, yupana: Yupana) -> Path:
    other = loaded.parent / "other"
    other.mkdir()
    (other / "otro_ejes.csv").write_text(AXES, "utf-8")
    (other / "otro_lineas.csv").write_text(LINES, "utf-8")
    assert yupana("import", "instrument", other).code == 0
    return loaded


def test_of_two_instruments_the_one_beside_the_plans_is_meant(two: Path) -> None:
    assert (history.instrument_of(two), history.instrument_of(two.parent / "other")) == ("PLAN", "OTRO")


def test_plans_that_could_answer_either_are_refused(two: Path) -> None:
    with pytest.raises(Rejected, match="OTRO, PLAN"):
        history.instrument_of(two / "piges.csv")


def test_an_instrument_under_another_code_is_found_when_it_is_the_only_one(yupana: Yupana, state: Path) -> None:
    yupana("import", "instrument", state, "--code", "PGE")
    assert history.instrument_of(state) == "PGE"
