"""Evaluations and bands at the desk, at their edges: what is refused is told, and a draft is nobody else's."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import DUE_ON, OPENS_ON, make_call, make_edition
from tests.domain.progress.stage import asked, planned
from tests.interfaces.desk.desk import errors, soup, text, value
from yupana.domain.obligations.actions import open_call
from yupana.domain.obligations.rules import MOST_TITLE
from yupana.domain.progress.evaluations import bands_of
from yupana.domain.progress.models import Evaluation, Scheme
from yupana.domain.progress.rules import HOUSE
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.ledger.actions import seal
from yupana.foundation.ledger.models import Entry

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

    from tests.cast import Cast

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
AT, BANDS = "evaluaciones/", "semaforo/"
BEGIN = {"call": "PLAN-2018", "period": "2018-Q1", "as_of": "2018-07-31"}
ONE = f"{AT}PLAN-2018-2018-Q1/"
SCHEME = {"instrument": "", "since": "2026-01-01", "floor": "60", "act": "RA 1", "bands": "0 bajo\n70 bueno"}
OTHERS = ("tupak", "inti", "wara", "killa", "rumi")


def get(cast: Cast, path: str, who: str = "amaru") -> Response:
    client = Client()
    client.force_login(cast.people[who])
    return client.get(f"/en/desk/{path}")


def post(cast: Cast, path: str, who: str = "amaru", /, **sent: str) -> Response:
    client = Client()
    client.force_login(cast.people[who])
    return client.post(f"/en/desk/{path}", sent)


@pytest.fixture
def draft(cast: Cast) -> Evaluation:
    planned(cast)
    post(cast, AT, **BEGIN)
    return Evaluation.objects.get()


def test_what_cannot_be_evaluated_is_told_and_no_draft_begins(cast: Cast) -> None:
    report = asked(planned(cast))
    make_call(code="RES", visibility="restricted")
    tomorrow = (TODAY() + timedelta(1)).isoformat()
    wrong = {
        "period": {"period": "2019-Q1"},
        "no period": {"period": "2018-Q5"},
        "empty": {"period": " "},
        "future": {"as_of": tomorrow},
        "restricted": {"call": "RES"},
        "report": {"call": report.code},
        "unknown": {"call": "NADA"},
        "day": {"as_of": "2018-02-29"},
    }
    answers = {name: post(cast, AT, **{**BEGIN, **changed}) for name, changed in wrong.items()}
    assert {name for name, each in answers.items() if (each.status_code, bool(errors(each))) != (422, True)} == set()
    assert Evaluation.objects.count() == 0
    offered = [str(each["value"]) for each in soup(get(cast, AT)).select("select[name=call] option")]
    assert [each for each in offered if each] == ["PLAN-2018"]
    offered = [str(each["value"]) for each in soup(get(cast, AT)).select("select[name=period] option")]
    chosen = [each["value"] for each in soup(get(cast, AT)).select("select[name=period] option[selected]")]
    assert (offered, chosen) == (
        ["2018", "2018-S2", "2018-Q4", "2018-Q3", "2018-S1", "2018-Q2", "2018-Q1"],
        ["2018-Q1"],
    )


def test_today_is_a_day_that_can_be_evaluated_and_each_draft_of_a_period_has_its_own_code(cast: Cast) -> None:
    planned(cast)
    asks: tuple[dict[str, str], ...] = (
        {"as_of": TODAY().isoformat()},
        {},
        {},
        {},
        {"period": "2018"},
    )
    begun = [post(cast, AT, **{**BEGIN, **changed})["Location"].split("/")[-2] for changed in asks]
    assert begun == [
        "PLAN-2018-2018-Q1", "PLAN-2018-2018-Q1-v2", "PLAN-2018-2018-Q1-v3", "PLAN-2018-2018-Q1-v4", "PLAN-2018-2018",
    ]  # fmt: skip


def test_the_longest_title_of_a_call_leaves_room_for_the_period(cast: Cast) -> None:
    """What is longer than its column fails on one database and is never saved again on the other."""
    make_edition()
    open_call(
        actor=OPERATOR, editions=["PLAN/1"], audience="level:municipal", opens_on=OPENS_ON, due_on=DUE_ON,
        period="2018", title="x" * MOST_TITLE, on=OPENS_ON,
    )  # fmt: skip
    post(cast, AT, **BEGIN)
    held = Evaluation.objects.get()
    assert (len(held.title), held.title[-9:]) == (MOST_TITLE, ": 2018-Q1")
    page = get(cast, ONE)
    kept = post(cast, ONE, title=value(page, "title"), summary="Va bien", saved=value(page, "saved"))
    assert kept.status_code == 302


def test_without_a_public_call_there_is_nothing_to_begin(cast: Cast) -> None:
    page = get(cast, AT)
    assert ("There is no public call" in text(page), soup(page).select("main form[method=post]")) == (True, [])


def test_a_draft_is_there_for_the_authority_s_planners_alone(cast: Cast, draft: Evaluation) -> None:
    before = Entry.objects.count()
    paths = (AT, ONE, f"{ONE}cifras/", f"{ONE}publicar/", f"{ONE}descartar/", BANDS)
    found = {(who, path): get(cast, path, who).status_code for who in OTHERS for path in paths}
    sent = {
        who: [post(cast, path, who, **SCHEME, **BEGIN, sure="on").status_code for path in paths if "cifras" not in path]
        for who in OTHERS
    }
    assert (set(found.values()), {each for told in sent.values() for each in told}) == ({403}, {403})
    public = [Client().get(f"/en/evaluaciones/{draft.code}/{path}").status_code for path in ("", "datos.json")]
    assert (public, Entry.objects.count(), Scheme.objects.count()) == ([404, 404], before, 0)
    assert Evaluation.objects.get().saved_at == draft.saved_at


def test_words_are_kept_and_a_draft_without_a_title_is_not(cast: Cast, draft: Evaluation) -> None:
    page = get(cast, ONE)
    sent = {"title": " Primer trimestre ", "summary": "Va bien\r\n\r\n- uno", "saved": value(page, "saved")}
    assert post(cast, ONE, **sent).status_code == 302
    untitled = post(cast, ONE, **{**sent, "title": " ", "summary": "Otra cosa"})
    held = Evaluation.objects.get()
    assert (untitled.status_code, value(untitled, "summary"), held.title) == (422, "Otra cosa", "Primer trimestre")
    assert {name: said for name, said in held.words.items() if said} == {"summary": held.words["summary"]}
    assert held.words["summary"].split() == ["Va", "bien", "-", "uno"]


def test_who_saves_second_loses_nothing_and_overwrites_nothing(cast: Cast, draft: Evaluation) -> None:
    saved = value(get(cast, ONE), "saved")
    post(cast, ONE, title="x", summary="Va bien", saved=saved)
    clash = post(cast, ONE, title="x", summary="Va mal", saved=saved)
    again = post(cast, ONE, title="x", summary="Va mal", saved=value(clash, "saved"))
    forged = post(cast, ONE, title="x", summary="Va mal", saved="")
    assert ([each.status_code for each in (clash, again, forged)], value(clash, "summary")) == ([409] * 3, "Va mal")
    assert Evaluation.objects.get().words["summary"] == "Va bien"


def test_nothing_is_published_unsure_or_without_a_summary(cast: Cast, draft: Evaluation) -> None:
    seal()
    before = Entry.objects.count()
    unsure = post(cast, f"{ONE}publicar/")
    wordless = post(cast, f"{ONE}publicar/", sure="on")
    assert [(each.status_code, errors(each)[-1]) for each in (unsure, wordless)] == [
        (422, "Tick the box to publish."),
        (422, "Write the summary before you publish."),
    ]
    assert (Evaluation.objects.get().entry, Entry.objects.count()) == (None, before)


def test_what_is_published_is_no_draft_any_more(cast: Cast, draft: Evaluation, tmp_path: object,
                                                monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path))
    post(cast, ONE, title="x", summary="Va bien", saved=value(get(cast, ONE), "saved"))
    seal()
    seen = value(get(cast, f"{ONE}publicar/"), "seen")
    post(cast, ONE, title="Otro título", summary="Va bien", saved=value(get(cast, ONE), "saved"))
    clash = post(cast, f"{ONE}publicar/", sure="on", seen=seen)
    assert (clash.status_code, "Otro título" in text(clash)) == (409, True)
    assert post(cast, f"{ONE}publicar/", sure="on", seen=value(clash, "seen")).status_code == 302
    paths = (ONE, f"{ONE}cifras/", f"{ONE}publicar/", f"{ONE}descartar/")
    assert [get(cast, path).status_code for path in paths] == [404] * 4
    sent = [
        post(cast, path, title="y", summary="Otra", sure="on").status_code for path in paths if "cifras" not in path
    ]
    assert (sent, Evaluation.objects.get().words["summary"]) == ([404] * 3, "Va bien")
    told = soup(get(cast, AT)).select_one("main .feed li")
    assert told
    assert ("published" in told.get_text(), f"/en/evaluaciones/{draft.code}/" in str(told)) == (True, True)


def test_an_evaluation_that_is_not_there_is_not_found_whatever_it_is_called(cast: Cast) -> None:
    names = ("NADA", "x" * 300, "%00", "..", "ñ")
    assert {get(cast, f"{AT}{name}/").status_code for name in names} == {404}


def test_bands_hold_from_their_day_on_and_those_of_one_instrument_before_all(cast: Cast) -> None:
    make_edition()
    day = TODAY()
    post(cast, BANDS, **{**SCHEME, "since": day.isoformat()})
    post(cast, BANDS, **{**SCHEME, "instrument": "PLAN", "since": day.isoformat(), "bands": "0 x", "act": "RA 2"})
    found = [[each.name for each in bands_of(name, on).bands]
             for name, on in (("", day), ("PLAN", day), ("PLAN", day - timedelta(1)))]  # fmt: skip
    assert found == [["bajo", "bueno"], ["x"], [each.name for each in HOUSE.bands]]
    listed = [" ".join(each.get_text(" ").split()) for each in soup(get(cast, BANDS)).select("main .feed li")]
    assert [each.split(" ")[0] for each in listed] == ["PLAN", "All", "Where"]
    assert ["RA 2" in listed[0], "RA 1" in listed[1]] == [True, True]


def test_bands_that_no_score_could_be_read_by_are_refused(cast: Cast) -> None:
    before = Entry.objects.count()
    wrong = (
        "10 bajo", "0 bajo\n0 otro", "0 bajo\n70 bueno\n60 medio", "0 bajo\n101 todo", f"0 {'x' * 61}",
        "\n".join(f"{at} b{at}" for at in range(8)),
    )  # fmt: skip
    answers = [post(cast, BANDS, **{**SCHEME, "bands": each}) for each in wrong]
    assert [(each.status_code, bool(errors(each))) for each in answers] == [(422, True)] * len(wrong)
    assert [value(each, "bands").split() for each in answers] == [each.split() for each in wrong]
    assert (Scheme.objects.count(), Entry.objects.count()) == (0, before)
    fine = ("0 b", "0 bajo\n100 todo", f"0 {'x' * 60}", "\n".join(f"{at} b{at}" for at in range(7)))
    assert [post(cast, BANDS, **{**SCHEME, "bands": each}).status_code for each in fine] == [302] * 4


def test_the_same_bands_are_shown_in_the_reader_s_words_or_as_they_were_named(cast: Cast) -> None:
    post(cast, BANDS, **{**SCHEME, "bands": "0 low\n50 casi"})
    with_house = text(get(cast, BANDS))
    assert ("casi" in with_house, "Where no act says anything" in with_house) == (True, True)
