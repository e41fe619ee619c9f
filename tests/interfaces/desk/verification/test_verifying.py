"""The pages of verification: from the list of what to look at first to a corrective action that is closed."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import ACCEPTED_ON, make_person
from tests.domain.progress.stage import accepted, asked, planned
from tests.interfaces.desk.desk import errors, links, text
from yupana.domain.progress import checks
from yupana.domain.progress.actions import answer_corrective, dispute, give_verdict, open_corrective
from yupana.domain.progress.models import Corrective, Dispute, Verdict
from yupana.domain.progress.rules import Said
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.quantity import SCALE

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test.client import _MonkeyPatchedWSGIResponse as Response

    from tests.cast import Cast
    from yupana.domain.submissions.models import Submission

pytestmark = pytest.mark.django_db
HERE = "/en/desk/verificacion/"
OTHER = {"finding": "other", "value": "18", "basis": "Contamos los granos"}


@pytest.fixture
def report(cast: Cast) -> Submission:
    cast.people["nina"], _ = make_person("nina", (Role.REVIEWER, cast.authority))
    return accepted(cast, asked(planned(cast)).obligations.get())


@pytest.fixture
def ask(cast: Cast) -> Callable[..., Response]:
    def answer(who: str, path: str = "", **sent: object) -> Response:
        client = Client()
        client.force_login(cast.people[who])
        address = path if path.startswith("/") else HERE + path
        return client.post(address, sent) if sent else client.get(address)

    return answer


def test_a_value_is_found_in_the_list_verified_and_put_right(
    cast: Cast, report: Submission, ask: Callable[..., Response]
) -> None:
    row = f"{HERE}{report.pk}/filas/1/"
    first = ask("amaru")
    assert (row in links(first), "3 accepted values wait" in text(first), "No evidence (15)" in text(first)) == (
        True,
        True,
        True,
    )
    assert "Nobody verified this value yet." in text(ask("inti", row))
    due_on = timezone.localdate() + timedelta(days=10)
    done = ask("amaru", row, **OTHER, text="Corrija el conteo", due_on=due_on.isoformat(), before="")
    assert (done.status_code, Verdict.objects.get().value) == (302, 18 * SCALE)
    assert [any(row in link for link in links(ask(who, "/en/desk/"))) for who in ("inti", "wara", "killa")] == [
        True,
        True,
        False,
    ]
    action = Corrective.objects.get()
    step = f"correctivos/{action.pk}/"
    assert ask("inti", step, after="answered", text="Corregido", seen=0).status_code == 302
    assert f"{row}#correctivo-{action.pk}" in links(ask("amaru", "/en/desk/"))
    assert [ask("amaru", step, after="closed", text="Bien", seen=seen).status_code for seen in (0, 1)] == [409, 302]
    assert ("Nothing is open." in text(ask("nina", "hallazgos/")), "Corregido" in text(ask("tupak", row))) == (
        True,
        True,
    )


def test_a_dispute_is_answered_by_another_verifier(
    cast: Cast, report: Submission, ask: Callable[..., Response]
) -> None:
    row = f"{report.pk}/filas/1/"
    ask("amaru", row, **OTHER, before="")
    given = Verdict.objects.get()
    assert ask("inti", f"veredictos/{given.pk}/objetar/", text="Había más").status_code == 302
    assert ["Dispute the verdict" in text(ask("inti", row)), "in dispute" in text(ask("amaru", row))] == [False, True]
    answer = f"veredictos/{given.pk}/responder/"
    assert ["Answer the entity" in text(ask(who, row)) for who in ("amaru", "nina", "inti")] == [False, True, False]
    assert "Give the value that holds instead." in errors(ask("nina", answer, upheld="yes", value="", answer="Sí"))
    assert ask("amaru", answer, upheld="no", answer="No").status_code == 403
    assert ask("nina", answer, upheld="yes", value="20", answer="Estaban").status_code == 302
    assert checks.standing(checks.verdicts(cast.inti)).get().value == 20 * SCALE
    assert ["superseded" in text(ask("inti", row)), Dispute.objects.get().upheld] == [True, True]


def test_what_cannot_be_said_is_told_and_nothing_is_recorded(report: Submission, ask: Callable[..., Response]) -> None:
    wrong: list[tuple[dict[str, str], str]] = [
        ({"value": ""}, "Give the value that you found."),
        ({"value": "mucho"}, "Write a number"),
        ({"value": "1 / 2"}, "declared in another form"),
        ({"basis": " "}, "This field is required."),
        ({"text": "Corrija"}, "Say until which day."),
        ({"text": "Corrija", "due_on": "2018-01-01"}, "Give a day after today"),
        ({"finding": "holds", "before": "999999"}, "There is no such verdict."),
    ]
    for changed, sentence in wrong:
        response = ask("amaru", f"{report.pk}/filas/1/", **{**OTHER, **changed})
        assert (response.status_code, sentence in " ".join(errors(response))) == (422, True), changed
    assert not Verdict.objects.exists()


def test_of_two_verifiers_the_second_is_told(report: Submission, ask: Callable[..., Response]) -> None:
    row = f"{report.pk}/filas/1/"
    ask("amaru", row, **OTHER, before="")
    response = ask("nina", row, **OTHER, before="")
    assert (response.status_code, "Somebody else gave another verdict" in text(response)) == (409, True)


def test_the_list_is_given_as_tables(report: Submission, ask: Callable[..., Response]) -> None:
    lines = list(csv.DictReader(StringIO(ask("tupak", "/en/desk/verificacion.csv").getvalue().decode("utf-8-sig"))))
    assert [(each["row"], each["declared"], each["budget, Bs"]) for each in lines] == [
        ("2", "35", "1.000,00"),  # which jumped a quarter of its way without evidence
        ("1", "20", "1.000,00"),
        ("3", "0", "1.000,00"),
    ]
    odd = csv.DictReader(StringIO(ask("tupak", "/en/desk/verificacion.csv?odd=1").getvalue().decode("utf-8-sig")))
    assert [each["row"] for each in odd] == [each["row"] for each in lines if each["what does not fit"]] == ["2"]
    response = ask("tupak", "/en/desk/verificacion.xlsx")
    book = response.getvalue()
    assert b"20" in ZipFile(BytesIO(book)).read("xl/worksheets/sheet1.xml")
    assert [ask("tupak", f"?level={level}").status_code for level in ("central", "x")] == [200, 200]
    assert "Nothing waits for verification here." in text(ask("tupak", "?level=central"))


def test_a_body_sees_what_is_open_about_itself_alone(
    cast: Cast, report: Submission, ask: Callable[..., Response]
) -> None:
    day = timezone.localdate()
    given = give_verdict(
        actor=cast.amaru, submission=report, row=1, said=Said(18 * SCALE), basis="Contamos", on=ACCEPTED_ON
    )
    open_corrective(actor=cast.amaru, verdict=given, text="Corrija", due_on=ACCEPTED_ON + timedelta(5), on=ACCEPTED_ON)
    dispute(actor=cast.inti, verdict=given, text="Había más", on=day)
    pages = {who: text(ask(who, "hallazgos/")) for who in ("inti", "killa", "amaru", "nina")}
    assert {who: ("Corrija" in page, "Había más" in page) for who, page in pages.items()} == {
        "inti": (True, True),
        "killa": (False, False),
        "amaru": (True, True),
        "nina": (True, True),
    }
    assert "Corrija" not in text(ask("nina", "hallazgos/?mine=1"))
    assert ("days late" in pages["inti"], "disputes a verdict" in text(ask("nina", "/en/desk/"))) == (True, True)


def test_a_report_that_was_accepted_leads_to_the_verification_of_its_values(
    report: Submission, ask: Callable[..., Response]
) -> None:
    there = f"{HERE}{report.pk}/filas/2/"
    found = {
        (who, path): there in links(ask(who, f"/en/desk/{path}/{report.pk}/"))
        for who, path in (("inti", "avance/entregas"), ("killa", "avance/entregas"), ("amaru", "revision"))
    }
    assert list(found.values()) == [True, False, True]


def test_what_was_answered_waits_for_the_authority_and_is_not_late(
    cast: Cast, report: Submission, ask: Callable[..., Response]
) -> None:
    today = timezone.localdate()
    was = today - timedelta(days=9)
    given = give_verdict(actor=cast.amaru, submission=report, row=1, said=Said(1), basis="x", on=was)
    due_on = today - timedelta(days=4)
    actions = [open_corrective(actor=cast.amaru, verdict=given, text="Corrija", due_on=due_on, on=was) for _ in "12"]
    late = [text(ask(who, "hallazgos/")).count("4 days late") for who in ("inti", "amaru")]
    for action, day in zip(actions, (today - timedelta(days=6), today), strict=True):
        answer_corrective(actor=cast.inti, corrective=action, text="Hecho", on=day, seen=0)
    told = [text(ask(who, "hallazgos/")) for who in ("inti", "amaru")]
    sentences = (
        *(
            "answered in time; it waits for the authority since 6 days",
            "answered late; it waits for the authority since today",
        ),
        "days late",
    )
    assert (late, [[each in page for each in sentences] for page in told]) == ([2, 2], [[True, True, False]] * 2)
