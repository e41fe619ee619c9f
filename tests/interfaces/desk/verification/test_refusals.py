"""Verifying at its edges: who may say what, in which order, and that a refusal leaves nothing behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import make_person, obligation_of
from tests.domain.progress.stage import QUARTERS, SAID, accepted, asked, planned, reported
from tests.domain.progress.targets import rate
from tests.interfaces.desk.desk import errors, links, soup, text, value
from yupana.domain.progress import checks
from yupana.domain.progress.actions import dispute, give_verdict, open_corrective
from yupana.domain.progress.facts import ReportRow
from yupana.domain.progress.models import Corrective, CorrectiveStep, Dispute, Verdict
from yupana.domain.progress.rules import Said
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.quantity import SCALE
from yupana.foundation.ledger.models import Entry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.test.client import _MonkeyPatchedWSGIResponse as Response

    from tests.cast import Cast
    from yupana.domain.submissions.models import Submission

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
GIVEN_ON = date(2018, 5, 25)
HERE = "/en/desk/verificacion/"
OTHER = {"finding": "other", "value": "18", "basis": "Contamos los granos"}
EVERYBODY = ("amaru", "tupak", "nina", "inti", "wara", "killa", "")


@pytest.fixture
def report(cast: Cast) -> Submission:
    """An accepted report; Nina is a second reviewer."""
    cast.people["nina"], _ = make_person("nina", (Role.REVIEWER, cast.authority))
    return accepted(cast, asked(planned(cast)).obligations.get())


@pytest.fixture
def given(cast: Cast, report: Submission) -> Verdict:
    """Amaru's verdict on the first row."""
    return give_verdict(
        actor=cast.amaru, submission=report, row=1, said=Said(18 * SCALE), basis="Contamos", on=GIVEN_ON
    )


def ask(cast: Cast, who: str, path: str = "", sent: Mapping[str, object] | None = None) -> Response:
    client = Client()
    if who:
        client.force_login(cast.people[who])
    return client.get(HERE + path) if sent is None else client.post(HERE + path, dict(sent))


def lost(page: Response) -> list[str]:
    """What was typed into forms that the page does not show any more."""
    return [each.get_text() for each in soup(page).select("textarea[readonly]")]


def corrective(cast: Cast, given: Verdict) -> Corrective:
    return open_corrective(actor=cast.amaru, verdict=given, text="Corrija", due_on=GIVEN_ON + timedelta(5), on=GIVEN_ON)


def test_only_what_an_accepted_report_says_can_be_looked_at(cast: Cast, report: Submission) -> None:
    rows = {row: ask(cast, "amaru", f"{report.pk}/filas/{row}/").status_code for row in (0, 1, 3, 4, 10**12)}
    assert rows == {0: 404, 1: 200, 3: 200, 4: 404, 10**12: 404}
    plan = obligation_of(report.obligation.call.follows, cast.a).submissions.get()  # type: ignore[arg-type] # it follows one
    later = asked(report.obligation.call.follows, QUARTERS[1]).obligations.get()  # type: ignore[arg-type] # the same
    waiting = reported(cast.inti, later, [replace(each, cause="staff", variation="Faltó gente") for each in SAID])
    assert [ask(cast, "amaru", f"{each.pk}/filas/1/").status_code for each in (plan, waiting)] == [404, 404]
    who = {each: ask(cast, each, f"{report.pk}/filas/1/").status_code for each in EVERYBODY}
    assert who == {"amaru": 200, "tupak": 200, "nina": 200, "inti": 200, "wara": 200, "killa": 404, "": 302}


def test_a_row_without_a_value_cannot_be_verified_and_is_not_listed(cast: Cast) -> None:
    said = [SAID[0], ReportRow(2, gap="data"), SAID[2]]
    version = accepted(cast, asked(planned(cast)).obligations.get(), said)
    found = links(ask(cast, "amaru"))
    listed = [f"{HERE}{version.pk}/filas/{row}/" in found for row in (1, 2, 3)]
    answers = [ask(cast, "amaru", f"{version.pk}/filas/2/", sent).status_code for sent in (None, OTHER)]
    assert (listed, answers) == ([True, False, True], [404, 404])


def test_nobody_else_verifies_and_nothing_is_recorded(cast: Cast, report: Submission) -> None:
    before = Entry.objects.count()
    others = ("inti", "wara", "killa", "")
    answers = {who: ask(cast, who, f"{report.pk}/filas/1/", OTHER).status_code for who in others}
    assert answers == {"inti": 403, "wara": 403, "killa": 404, "": 403}
    assert (Verdict.objects.count(), Entry.objects.count()) == (0, before)


def test_who_acts_for_the_body_does_not_verify_it_though_they_review_others(cast: Cast, report: Submission) -> None:
    cast.people["both"], _ = make_person("both", (Role.REVIEWER, cast.authority), (Role.EXECUTIVE, cast.a))
    row = f"{report.pk}/filas/1/"
    page = ask(cast, "both", row)
    assert ("somebody else verifies it" in text(page), soup(page).select("#veredicto")) == (True, [])
    assert (ask(cast, "both", row, OTHER).status_code, Verdict.objects.count()) == (403, 0)
    assert f"{HERE}{row}" not in links(ask(cast, "both"))


def test_a_rate_is_verified_by_a_rate_alone(cast: Cast, report: Submission) -> None:
    call = asked(report.obligation.call.follows, QUARTERS[1])  # type: ignore[arg-type] # it follows one
    rates = rate(45, 60)
    said = [ReportRow(1, gap="data"), ReportRow(2, numerator=rates.numerator, denominator=rates.denominator,
                                                cause="staff", variation="x"), ReportRow(3, value=0)]  # fmt: skip
    row = f"{accepted(cast, obligation_of(call, cast.a), said).pk}/filas/2/"
    found = {typed: ask(cast, "amaru", row, {**OTHER, "value": typed}).status_code for typed in ("45", "30 / 60")}
    assert (found, [(each.value, each.numerator) for each in Verdict.objects.all()]) == (
        {"45": 422, "30 / 60": 302},
        [(None, 30 * SCALE)],
    )
    assert "30 / 60" in text(ask(cast, "inti", row))


def test_what_holds_is_what_was_declared_whatever_stands_in_the_other_field(cast: Cast, report: Submission) -> None:
    ask(cast, "amaru", f"{report.pk}/filas/1/", {**OTHER, "finding": "holds", "value": "999"})
    assert [each.value for each in Verdict.objects.all()] == [20 * SCALE]


def test_who_was_second_sees_the_first_and_may_then_put_theirs_in_its_place(cast: Cast, report: Submission) -> None:
    row = f"{report.pk}/filas/1/"
    ask(cast, "amaru", row, OTHER)
    clash = ask(cast, "nina", row, {**OTHER, "value": "19", "before": ""})
    assert (clash.status_code, value(clash, "value"), Verdict.objects.count()) == (409, "19", 1)
    again = ask(cast, "nina", row, {**OTHER, "value": "19", "before": value(clash, "before")})
    assert (again.status_code, [each.value for each in checks.standing(Verdict.objects.all())]) == (302, [19 * SCALE])


def test_while_a_dispute_waits_no_other_verdict_is_given(cast: Cast, given: Verdict) -> None:
    dispute(actor=cast.inti, verdict=given, text="Había más", on=GIVEN_ON)
    row = f"{given.submission_id}/filas/1/"
    page = ask(cast, "nina", row)
    refused = ask(cast, "nina", row, {**OTHER, "before": given.pk})
    assert (soup(page).select("#veredicto"), refused.status_code, Verdict.objects.count()) == ([], 422, 1)
    assert lost(refused) == [OTHER["value"], OTHER["basis"]]


def test_a_verdict_is_disputed_once_by_the_body_alone(cast: Cast, given: Verdict) -> None:
    path = f"veredictos/{given.pk}/objetar/"
    others = {who: ask(cast, who, path, {"text": "No"}).status_code for who in ("amaru", "tupak", "killa", "")}
    empty = ask(cast, "wara", path, {"text": " "})
    assert (others, empty.status_code, Dispute.objects.count()) == (
        {"amaru": 403, "tupak": 403, "killa": 404, "": 403},
        422,
        0,
    )
    first, second = (ask(cast, who, path, {"text": "Había más"}) for who in ("wara", "inti"))
    assert (first.status_code, second.status_code, lost(second)) == (302, 409, ["Había más"])
    assert [each.text for each in Dispute.objects.all()] == ["Había más"]


def test_only_what_was_disputed_is_answered_by_somebody_else_and_once(cast: Cast, given: Verdict) -> None:
    path, no = f"veredictos/{given.pk}/responder/", {"upheld": "no", "answer": "Contamos dos veces"}
    assert ask(cast, "nina", path, no).status_code == 404
    dispute(actor=cast.inti, verdict=given, text="Había más", on=GIVEN_ON)
    refused = {who: ask(cast, who, path, no).status_code for who in ("amaru", "inti", "killa", "")}
    assert (refused, Dispute.objects.get().upheld) == ({"amaru": 403, "inti": 403, "killa": 403, "": 403}, None)
    unlike = ask(cast, "nina", path, {"upheld": "yes", "value": "1 / 2", "answer": "Sí"})
    assert (unlike.status_code, Dispute.objects.get().upheld, Verdict.objects.count()) == (422, None, 1)
    first, second = (ask(cast, who, path, no) for who in ("tupak", "nina"))
    assert (first.status_code, second.status_code, lost(second)) == (302, 409, ["Contamos dos veces"])
    assert (Dispute.objects.get().answer, Verdict.objects.count()) == ("Contamos dos veces", 1)


DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1, "last": 3 * 366, "beyond": 3 * 366 + 1}


def test_what_is_to_be_put_right_is_due_after_today_and_within_three_years(cast: Cast, given: Verdict) -> None:
    path = f"veredictos/{given.pk}/corregir/"
    found = {
        name: ask(cast, "tupak", path, {"text": name, "due_on": (TODAY() + timedelta(days)).isoformat()}).status_code
        for name, days in DAYS.items()
    }
    assert found == {"yesterday": 422, "today": 422, "tomorrow": 302, "last": 302, "beyond": 422}
    assert sorted(each.text for each in Corrective.objects.all()) == ["last", "tomorrow"]
    sent = {"text": "x", "due_on": date.max.isoformat()}
    assert {who: ask(cast, who, path, sent).status_code for who in ("inti", "killa", "", "nina")} == {
        "inti": 403, "killa": 403, "": 403, "nina": 422,
    }  # fmt: skip


def test_nothing_new_is_asked_about_a_verdict_that_holds_no_more(cast: Cast, given: Verdict) -> None:
    ask(cast, "nina", f"{given.submission_id}/filas/1/", {**OTHER, "before": given.pk})
    soon = (TODAY() + timedelta(1)).isoformat()
    late = [
        ask(cast, "nina", f"veredictos/{given.pk}/corregir/", {"text": "x", "due_on": soon}).status_code,
        ask(cast, "inti", f"veredictos/{given.pk}/objetar/", {"text": "x"}).status_code,
    ]
    assert (late, Corrective.objects.count(), Dispute.objects.count()) == ([409, 409], 0, 0)


MOVES = (  # who, where to, what they saw, what they are answered
    ("inti", "closed", 0, 403),
    ("amaru", "answered", 0, 403),
    ("killa", "answered", 0, 404),
    ("nina", "reopened", 0, 422),
    ("wara", "answered", 1, 409),
    ("wara", "answered", 0, 302),
    ("inti", "answered", 1, 422),
    ("tupak", "reopened", 0, 409),
    ("tupak", "reopened", 1, 302),
    ("inti", "answered", 2, 302),
    ("nina", "closed", 3, 302),
    ("inti", "answered", 4, 422),
    ("nina", "closed", 4, 422),
    ("amaru", "reopened", 4, 302),
    ("amaru", "closed", 5, 302),
)


def test_a_corrective_action_goes_its_way_step_by_step(cast: Cast, given: Verdict) -> None:
    path = f"correctivos/{corrective(cast, given).pk}/"
    found = [
        ask(cast, who, path, {"after": after, "text": "x", "seen": seen}).status_code
        for who, after, seen, _status in MOVES
    ]
    assert found == [status for *_move, status in MOVES]
    assert [each.after for each in CorrectiveStep.objects.order_by("order")] == [
        "answered", "reopened", "answered", "closed", "reopened", "closed",
    ]  # fmt: skip


def test_a_step_that_says_nothing_or_leads_nowhere_is_none(cast: Cast, given: Verdict) -> None:
    path = f"correctivos/{corrective(cast, given).pk}/"
    fine = {"after": "answered", "text": "x", "seen": "0"}
    sent = [{"text": " "}, {"after": "open"}, {"after": ""}, {"seen": "-1"}, {"seen": "x"}, {"seen": ""}]
    answers = [ask(cast, "inti", path, fine | changed).status_code for changed in sent]
    assert (answers, CorrectiveStep.objects.count()) == ([422] * 6, 0)


def test_what_is_wrong_with_one_step_is_told_beside_that_one_alone(cast: Cast, given: Verdict) -> None:
    first, second = corrective(cast, given), corrective(cast, given)
    page = ask(cast, "inti", f"correctivos/{second.pk}/", {"after": "answered", "text": "Hecho", "seen": "7"})
    told = {
        each.pk: (len(soup(page).select(f"#correctivo-{each.pk} .errors")), value_of(page, each))
        for each in (first, second)
    }
    assert (page.status_code, told) == (409, {first.pk: (0, ""), second.pk: (1, "Hecho")})


def value_of(page: Response, action: Corrective) -> str:
    """What stands in the field of one action's next step."""
    field = soup(page).select_one(f"#step_{action.pk}")
    assert field
    return field.get_text().strip()


def test_addresses_of_nothing_lead_nowhere(cast: Cast, given: Verdict) -> None:
    ways = ("veredictos/{}/objetar/", "veredictos/{}/responder/", "veredictos/{}/corregir/", "correctivos/{}/")
    sent = {"text": "x", "answer": "x", "upheld": "no", "after": "closed", "seen": "0", "due_on": "2030-01-01"}
    who = {"veredictos/{}/objetar/": "inti"}
    found = {
        (way, key): ask(cast, who.get(way, "nina"), way.format(key), sent).status_code
        for way in ways
        for key in (0, given.pk + 999, 10**12, 10**25)
    }
    assert set(found.values()) == {404}


def test_a_verdict_that_is_named_but_not_there_is_told_and_nothing_is_given(cast: Cast, report: Submission) -> None:
    row = f"{report.pk}/filas/1/"
    found = [ask(cast, "nina", row, {**OTHER, "before": before}) for before in ("999999", "-1", "9" * 25)]
    assert [(each.status_code, errors(each)[1:] or errors(each)) for each in found] == [
        (422, ["There is no such verdict."])
    ] * 3
    assert Verdict.objects.count() == 0


def test_only_the_version_that_was_accepted_last_is_verified(cast: Cast, given: Verdict) -> None:
    old, owed = given.submission, given.submission.obligation
    new = accepted(cast, owed, on=TODAY())
    page = ask(cast, "nina", f"{old.pk}/filas/1/")
    sent = [ask(cast, "nina", f"{each.pk}/filas/1/", {**OTHER, "before": given.pk if each == old else ""}).status_code
            for each in (old, new)]  # fmt: skip
    assert ("A later version" in text(page), soup(page).select("#veredicto"), sent) == (True, [], [422, 302])


def test_pages_beyond_the_last_and_calls_that_are_none_are_not_there(cast: Cast, report: Submission) -> None:
    code, plan = report.obligation.call.code, report.obligation.call.follows
    assert plan
    asks = (
        "",
        "?page=1",
        "?page=2",
        "?page=0",
        f"?call={code}",
        f"?call={plan.code}",
        "?call=x",
        "?level=municipal",
        "?odd=1",
    )
    found = {query: ask(cast, "tupak", query).status_code for query in asks}
    assert found == {
        "": 200, "?page=1": 200, "?page=2": 404, "?page=0": 404, f"?call={code}": 200, f"?call={plan.code}": 404,
        "?call=x": 404, "?level=municipal": 200, "?odd=1": 200,
    }  # fmt: skip
