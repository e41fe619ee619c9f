"""The story of the demonstration: everything there is to see is in it, and it is the same each time."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from pytest_django import DjangoDbBlocker

from tests.interfaces.cli.conftest import prepared
from yupana.domain.commitments.models import Activity, Reclassification, YearOne
from yupana.domain.commitments.public import standings
from yupana.domain.entities import public as entities
from yupana.domain.entities.models import Entity
from yupana.domain.instruments.models import Item
from yupana.domain.obligations.models import Call, Extension, Waiver
from yupana.domain.obligations.queries import call
from yupana.domain.people.models import Mandate
from yupana.domain.submissions.models import Remark, Step, Submission
from yupana.foundation.kernel.actor import Role
from yupana.foundation.ledger.queries import head
from yupana.interfaces.cli.demo import story, summary
from yupana.interfaces.cli.demo.cast import ACCOUNTS, Cast
from yupana.projections import followers, proof
from yupana.projections.figures.actions import check

DAY = date(2024, 12, 31)


@pytest.fixture(scope="module")
def told_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    with prepared(django_db_blocker):
        yield story.tell()


@pytest.fixture
def cast(told_once: Cast, db: None) -> Cast:
    return told_once


def test_the_state_has_about_forty_bodies_on_three_levels(cast: Cast) -> None:
    counts = entities.counts()
    assert (counts.nodes, counts.bindable, counts.grouping, sorted(counts.by_level)) == (
        44, 38, 6, ["central", "departmental", "municipal"],
    )  # fmt: skip


def test_one_code_was_mistaken(cast: Cast) -> None:
    codes = Counter(Entity.objects.values_list("code", flat=True))
    assert [code for code, times in codes.items() if times > 1] == ["M-12"]


def test_the_plan_has_three_axes_nine_lines_and_targets(cast: Cast) -> None:
    assert Counter(Item.objects.values_list("role", flat=True)) == {"axis": 3, "line": 9, "target": 12}


def test_there_are_two_calls_and_both_are_open(cast: Cast) -> None:
    assert sorted(Call.objects.values_list("code", "state")) == [("AJUSTE-2028", "open"), ("PLAN-2024", "open")]


def test_plans_stand_wherever_a_plan_can_stand(cast: Cast) -> None:
    assert set(Submission.objects.values_list("state", flat=True)) == {
        "draft", "submitted", "returned", "accepted", "misfiled",
    }  # fmt: skip


def test_a_returned_plan_was_mended_and_another_one_waits(cast: Cast) -> None:
    def versions(code: str) -> list[str]:
        found = Submission.objects.filter(obligation__debtor__code=code).order_by("version")
        return list(found.values_list("state", flat=True))

    assert (versions("M-07"), versions("M-05")) == (["returned", "accepted"], ["returned"])


def test_what_was_mended_in_time_counts_from_its_first_day(cast: Cast) -> None:
    mended = Step.objects.get(submission__obligation__debtor__code="M-07", after="accepted")
    assert mended.met_on == date(2024, 6, 24)


def test_returned_rows_carry_remarks(cast: Cast) -> None:
    assert set(Remark.objects.values_list("row", flat=True)) == {2}


def test_obligations_stand_wherever_an_obligation_can_stand(cast: Cast) -> None:
    found = Counter(row.standing.value for row in standings(call("PLAN-2024").pk, as_of=DAY))
    assert found == {"met": 23, "met_late": 1, "met_date_unknown": 1, "late": 12, "waived": 1}


def test_one_body_got_more_time_and_one_was_freed(cast: Cast) -> None:
    assert Extension.objects.values_list("obligation__debtor__code", flat=True).get() == "D-02"
    assert Waiver.objects.values_list("obligation__debtor__code", flat=True).get() == "M-11"


def test_one_row_was_put_under_another_line(cast: Cast) -> None:
    moved = Reclassification.objects.get()
    assert (moved.activity.item and moved.activity.item.code, moved.item and moved.item.code) == ("7", "8")


def test_relative_dates_are_there_with_and_without_their_first_year(cast: Cast) -> None:
    relative = Activity.objects.filter(starts__startswith="Año 1").values_list(
        "submission__obligation__debtor__code", flat=True
    )
    assert set(relative) == {"M-06", "M-17"}
    assert YearOne.objects.values_list("obligation__debtor__code", "year").get() == ("M-06", 2025)


def test_every_role_has_somebody(cast: Cast) -> None:
    assert set(Mandate.objects.values_list("role", flat=True)) == {role.value for role in Role}


def test_every_account_opens_with_the_password_that_is_shown(cast: Cast) -> None:
    opened = {name: person.check_password(cast.passwords[name]) for name, person in cast.people.items()}
    assert opened == {account.username: True for account in ACCOUNTS}


def test_nobody_decided_about_their_own_body(cast: Cast) -> None:
    own = [
        step.pk
        for step in Step.objects.exclude(by=None).select_related("submission__obligation")
        if Mandate.objects.filter(person=step.by, entity=step.submission.obligation.debtor_id).exists()
    ]
    assert own == []


def test_the_record_is_verified_and_the_figures_hold(cast: Cast) -> None:
    followers.tick()
    verdict = proof.verify()
    assert (verdict.ok, verdict.entries, check()) == (True, head().size, ())


def test_every_plan_of_the_table_has_rows() -> None:
    plans = {row["plan"] for row in story.read("planes.csv")}
    assert ({row["plan"] for row in story.read("actividades.csv")} == plans, len(plans)) == (True, story.count())


def test_the_summary_says_each_call_with_its_base(cast: Cast) -> None:
    followers.tick()
    shown = "\n".join(f"{what} {much}" for what, much in summary.lines(proof.verify()))
    assert ("38" in shown, "Planes institucionales 2024-2028" in shown, str(head().size) in shown) == (True, True, True)
