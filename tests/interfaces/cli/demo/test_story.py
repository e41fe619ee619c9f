"""The story of the demonstration: everything there is to see is in it, and it is the same each time."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from django.db.models import Count
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests.interfaces.cli.conftest import prepared
from yupana.domain.commitments.models import Activity, Reclassification, YearOne
from yupana.domain.commitments.public import standings
from yupana.domain.entities import public as entities
from yupana.domain.entities.models import Entity
from yupana.domain.instruments import public
from yupana.domain.instruments import queries as instruments
from yupana.domain.instruments.models import Comment, Consultation, Edition, Item
from yupana.domain.instruments.rules.compare import compare
from yupana.domain.instruments.rules.compare import summary as summary_of
from yupana.domain.obligations.models import Call, Extension, Waiver
from yupana.domain.obligations.queries import call
from yupana.domain.people.models import Mandate
from yupana.domain.progress.models import Corrective, Dispute, Verdict
from yupana.domain.submissions.models import Remark, Step, Submission
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.quantity import SCALE
from yupana.foundation.ledger.queries import head
from yupana.foundation.vault import store as vault
from yupana.interfaces.cli.demo import story, summary, tables
from yupana.interfaces.cli.demo.cast import ACCOUNTS, OTHER_REVIEWER, PLANNER, Cast
from yupana.projections import followers, proof
from yupana.projections.figures.actions import check
from yupana.projections.overviews import alignment as overview

DAY, TODAY = date(2024, 12, 31), date(2026, 3, 2)
QUARTERS = 4  # of 2025, of which all was reported by then


@pytest.fixture(scope="module")
def told_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    with prepared(django_db_blocker):
        yield story.tell(TODAY)


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
    roles = Item.objects.filter(edition__code="2024").values_list("role", flat=True)
    assert Counter(roles) == {"axis": 3, "line": 9, "target": 12}


def test_editions_stand_wherever_an_edition_can_stand_but_repealed(cast: Cast) -> None:
    found = Edition.objects.order_by("instrument__code", "code").values_list("instrument__code", "code", "state")
    assert list(found) == [
        ("PDC", "2021", "published"),
        ("PGD", "2020", "superseded"),
        ("PGD", "2024", "published"),
        ("PGD", "2028", "consultation"),
    ]


def changes(before: str, after: str) -> dict[str, int]:
    one, other = (instruments.facts(instruments.edition(f"PGD/{code}").pk) for code in (before, after))
    return {kind.value: number for kind, number in summary_of(compare(one, other)).items()}


def test_the_next_edition_changes_in_every_way_that_an_edition_can(cast: Cast) -> None:
    told = changes("2024", "2028")
    told.pop("shifted")
    assert told == {
        "added": 2, "removed": 1, "reworded": 4, "moved": 2, "retargeted": 1, "split": 1, "merged": 2, "other": 3,
    }  # fmt: skip


def test_the_last_update_is_there_to_be_compared(cast: Cast) -> None:
    told = changes("2020", "2024")
    assert (told["removed"], told["reworded"] > 5, told["added"] > 5) == (2, True, True)


def test_no_target_is_left_without_its_number_but_one(cast: Cast) -> None:
    targets = Item.objects.filter(role="target", edition__code="2024")
    assert [each.code for each in targets if not (each.target or {}).get("number")] == ["6"]


def test_the_consultation_is_open_on_the_day_of_the_telling(cast: Cast) -> None:
    put = Consultation.objects.get()
    assert (put.opens_on < TODAY < put.closes_on, put.closing_entry) == (True, None)


def test_comments_are_answered_each_in_its_way_and_some_wait(cast: Cast) -> None:
    heard = [
        (said.entity.code if said.entity else "", said.answer.verdict if hasattr(said, "answer") else "")
        for said in Comment.objects.order_by("pk")
    ]
    assert heard == [("", "adopted"), ("M-01", "partly"), ("", "declined"), ("", ""), ("C-04", "")]


def test_some_of_either_plan_is_aligned_and_some_is_not(cast: Cast) -> None:
    found = overview.matrix(public.in_force("PGD"), public.in_force("PDC"))
    shares = [(side.share.done, side.share.due) for side in (found.here, found.there)]
    assert (shares, [node.key for node in found.here.gaps]) == ([(7, 9), (5, 8)], ["line:5", "line:6"])


def test_the_plan_was_published_with_its_decree(cast: Cast) -> None:
    [paper] = instruments.edition("PGD/2024").documents.all()
    with vault.open_(paper.digest) as file:
        assert (paper.name, b"DECRETO 7/2024" in file.read()) == ("decreto-7-2024.txt", True)


def test_plans_are_called_for_three_times_and_followed_up_quarter_by_quarter(cast: Cast) -> None:
    calls = Call.objects.filter(state="open").values_list("expects").annotate(Count("pk")).order_by("expects")
    assert (list(calls), Call.objects.exclude(state="open").count()) == ([("plan", 3), ("progress", QUARTERS)], 0)


def test_reports_are_late_silent_mended_and_waiting(cast: Cast) -> None:
    def states(code: str) -> list[str]:
        found = Submission.objects.filter(obligation__debtor__code=code, obligation__call__expects="progress")
        return list(found.order_by("pk").values_list("state", flat=True))

    assert (states("M-06"), states("C-03")[-1], states("M-02")[-2:]) == ([], "submitted", ["returned", "accepted"])
    late = Step.objects.filter(submission__obligation__debtor__code="C-05", submission__obligation__call__follows__gt=0)
    assert all(step.met_on and step.met_on > (step.submission.obligation.due_on or step.met_on) for step in late)


def test_a_report_was_checked_disputed_and_is_being_put_right(cast: Cast) -> None:
    verdicts = Verdict.objects.order_by("entry").values_list("submission__obligation__debtor__code", "value")
    disputed, asked = Dispute.objects.get(), Corrective.objects.get()
    assert list(verdicts) == [("M-01", 30 * SCALE), ("C-04", 72 * SCALE)]
    assert (disputed.upheld, [step.after for step in asked.steps.all()]) == (None, ["answered"])


def test_plans_stand_wherever_a_plan_can_stand(cast: Cast) -> None:
    assert set(Submission.objects.values_list("state", flat=True)) == {
        "draft", "submitted", "returned", "accepted", "misfiled",
    }  # fmt: skip


def test_a_returned_plan_was_mended_and_another_one_waits(cast: Cast) -> None:
    def versions(code: str) -> list[str]:
        found = Submission.objects.filter(obligation__debtor__code=code, obligation__call__code="PLAN-2024")
        return list(found.order_by("version").values_list("state", flat=True))

    assert (versions("M-07"), versions("M-05")) == (["returned", "accepted"], ["returned"])


def test_what_was_mended_in_time_counts_from_its_first_day(cast: Cast) -> None:
    mended = Step.objects.get(submission__obligation__debtor__code="M-07", after="accepted")
    assert mended.met_on == date(2024, 6, 24)


def test_returned_rows_carry_remarks(cast: Cast) -> None:
    of_plans = Remark.objects.filter(step__submission__obligation__call__expects="plan")
    assert set(of_plans.values_list("row", flat=True)) == {2}


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
    plans = {row["plan"] for row in tables.read("planes.csv")}
    assert ({row["plan"] for row in tables.read("actividades.csv")} == plans, len(plans)) == (True, story.count())


def test_the_summary_says_each_call_with_its_base(cast: Cast) -> None:
    followers.tick()
    shown = "\n".join(f"{what} {much}" for what, much in summary.lines(proof.verify()))
    assert ("38" in shown, "Planes institucionales 2024-2028" in shown, str(head().size) in shown) == (True, True, True)


def test_whatever_there_is_to_see_opens(cast: Cast, client: Client) -> None:
    portal = [address for _, address in summary.doors("http://127.0.0.1:8000") if "/desk/" not in address]
    opened = {address: client.get(address.removeprefix("http://127.0.0.1:8000")).status_code for address in portal}
    assert (len(opened), set(opened.values())) == (7, {200})


@pytest.mark.parametrize(("at", "who"), [(0, PLANNER), (1, OTHER_REVIEWER)])
def test_the_desk_opens_for_whom_the_summary_names(at: int, who: str, cast: Cast, client: Client) -> None:
    what, address = [door for door in summary.doors("") if "/desk/" in door[1]][at]
    assert (who in what, client.login(username=who, password=cast.passwords[who])) == (True, True)
    assert client.get(address).status_code == 200
