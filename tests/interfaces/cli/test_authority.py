"""What the authority does from the console."""

from hashlib import sha256
from pathlib import Path

import pytest

from tests.interfaces.cli.conftest import Said, Yupana
from yupana.domain.instruments.models import Edition
from yupana.domain.obligations.models import Call, Extension, Waiver
from yupana.foundation.ledger.queries import unsealed_count

WINDOW = ["--opens", "2020-02-01", "--due", "2020-03-31", "--period", "2020", "--expects", "plan"]
ACT = ["--reason", "Inundación", "--act", "RM 8"]


@pytest.fixture
def published(loaded: Path, yupana: Yupana) -> Said:
    return yupana("publish", "PLAN", "1", "--act", "Ley 1", "--on", "2020-01-01")


@pytest.fixture
def called(published: Said, yupana: Yupana) -> Said:
    return yupana("call", "open", "PLAN/1", "--audience", "all", *WINDOW, "--code", "C-1", "--title", "Una")


def test_publishing_says_what_is_published(published: Said) -> None:
    assert (published.code, published.out) == (0, "PLAN/1 is published.\n")
    assert Edition.objects.get().act == "Ley 1"


def test_publishing_keeps_the_originals_and_says_their_digests(
    loaded: Path, yupana: Yupana, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path / "home"))
    act, annex = tmp_path / "Ley 1.pdf", tmp_path / "anexo.txt"
    act.write_bytes(b"%PDF-1.7")
    annex.write_text("Anexo")
    said = yupana(
        *("publish", "PLAN", "1", "--act", "Ley 1", "--on", "2020-01-01", "--document", act, "--document", annex)
    )
    kept = {each.name: each.digest for each in Edition.objects.get().documents.all()}
    assert (said.code, kept, all(f"{name}: {digest}\n" in said.out for name, digest in kept.items())) == (
        0,
        {each: sha256(path.read_bytes()).hexdigest() for each, path in (("Ley_1.pdf", act), ("anexo.txt", annex))},
        True,
    )


def test_what_is_not_published_keeps_no_original(loaded: Path, yupana: Yupana, tmp_path: Path) -> None:
    act = tmp_path / "a.pdf"
    act.write_bytes(b"%PDF-1.7")
    said = yupana("publish", "PLAN", "1", "--act", " ", "--on", "2020-01-01", "--document", act)
    assert (said.code, said.out, Edition.objects.get().documents.count()) == (1, "", 0)


def test_publishing_twice_is_a_conflict(published: Said, yupana: Yupana) -> None:
    assert yupana("publish", "PLAN", "1", "--act", "Ley 2", "--on", "2020-01-02").code == 3


def test_publishing_what_is_not_there_is_rejected(yupana: Yupana) -> None:
    said = yupana("publish", "NADA", "1", "--act", "Ley 1", "--on", "2020-01-01")
    assert (said.code, "NADA/1" in said.err) == (1, True)


def test_an_empty_act_publishes_nothing(loaded: Path, yupana: Yupana) -> None:
    assert yupana("publish", "PLAN", "1", "--act", " ", "--on", "2020-01-01").code == 1
    assert Edition.objects.get().state == "draft"


def test_opening_says_how_many_owe_an_answer(called: Said) -> None:
    assert (called.code, called.out) == (0, "Call C-1 is open. Bodies that owe an answer: 3.\n")


def test_what_is_done_from_the_console_is_sealed(called: Said) -> None:
    assert unsealed_count() == 0


def test_a_call_takes_the_terms_that_were_told(called: Said) -> None:
    call = Call.objects.get()
    assert [call.audience, str(call.opens_on), str(call.due_on), call.period, call.expects, call.title] == [
        "all", "2020-02-01", "2020-03-31", "2020", "plan", "Una",
    ]  # fmt: skip


def terms() -> list[object]:
    call = Call.objects.get()
    return [call.remedy_days, call.asks_target, call.asks_responsible, call.asks_budget, call.visibility]


def test_a_call_asks_for_everything_in_public_unless_told_otherwise(called: Said) -> None:
    assert terms() == [15, True, True, True, "public"]


def test_a_call_takes_what_the_form_of_the_desk_takes(published: Said, yupana: Yupana) -> None:
    more = ["--remedy-days", "30", "--no-ask", "target", "--no-ask", "budget", "--restricted"]
    said = yupana("call", "open", "PLAN/1", "--audience", "all", *WINDOW, *more)
    assert (said.code, terms()) == (0, [30, False, True, False, "restricted"])


def test_a_call_counts_working_days_by_a_calendar_and_says_when_it_is_due(published: Said, yupana: Yupana) -> None:
    window = ["--opens", "2020-02-01", "--due-in", "12", "--period", "2020", "--calendar", "bolivia"]
    said = yupana("call", "open", "PLAN/1", "--audience", "all", *window, "--plan-type", "pisi")
    call = Call.objects.get()
    told = [call.calendar, call.plan_type, call.visibility, str(call.due_on), "2020-02-18 for 3 of them" in said.out]
    assert told == ["bolivia", "pisi", "restricted", "2020-02-18", True]


@pytest.mark.parametrize(
    ("more", "visibility"),
    [([], "public"), (["--plan-type", "pisi", "--public"], "public"), (["--restricted"], "restricted")],
)
def test_who_sees_it_can_be_said(more: list[str], visibility: str, published: Said, yupana: Yupana) -> None:
    yupana("call", "open", "PLAN/1", "--audience", "all", *WINDOW, *more)
    assert Call.objects.get().visibility == visibility


def test_a_due_day_is_said_once(published: Said, yupana: Yupana) -> None:
    said = yupana("call", "open", "PLAN/1", "--audience", "all", *WINDOW, "--due-in", "9")
    assert (said.code, Call.objects.count()) == (1, 0)


@pytest.mark.parametrize("wrong", [["--remedy-days", "366"], ["--remedy-days", "-1"], ["--no-ask", "indicator"]])
def test_terms_that_there_are_not_are_wrong_usage(wrong: list[str], published: Said, yupana: Yupana) -> None:
    assert yupana("call", "open", "PLAN/1", "--audience", "all", *WINDOW, *wrong).code == 2


def test_a_call_may_leave_its_code_to_the_house(published: Said, yupana: Yupana) -> None:
    yupana("call", "open", "PLAN/1", "--audience", "level:central", *WINDOW)
    assert Call.objects.values_list("code", flat=True).get().startswith("PLAN")


@pytest.mark.parametrize(
    ("audience", "said"),
    [("level:lunar", "lunar"), ("all or", "character"), ("code:A-2", "registro:3"), ("code:Z-9", "Z-9")],
)
def test_an_audience_that_names_nobody_opens_nothing(audience: str, said: str, published: Said, yupana: Yupana) -> None:
    answer = yupana("call", "open", "PLAN/1", "--audience", audience, *WINDOW)
    assert (answer.code, said in answer.err, Call.objects.count()) == (1, True, 0)


def test_a_draft_cannot_be_called_for(loaded: Path, yupana: Yupana) -> None:
    assert yupana("call", "open", "PLAN/1", "--audience", "all", *WINDOW).code == 1


def test_a_period_that_is_none_is_rejected(published: Said, yupana: Yupana) -> None:
    said = yupana("call", "open", "PLAN/1", "--audience", "all", *WINDOW[:4], "--period", "pronto")
    assert (said.code, Call.objects.count()) == (1, 0)


def test_more_time_is_given_by_an_act(called: Said, yupana: Yupana) -> None:
    assert yupana("call", "extend", "C-1", "A-1", "--due", "2020-05-31", *ACT).code == 0
    assert Extension.objects.values_list("obligation__debtor__code", "act").get() == ("A-1", "RM 8")


def test_a_body_is_freed_by_an_act(called: Said, yupana: Yupana) -> None:
    assert yupana("call", "waive", "C-1", "registro:3", *ACT).code == 0
    assert Waiver.objects.values_list("obligation__debtor__source_id", "reason").get() == ("3", "Inundación")


def test_a_code_of_two_bodies_names_both(called: Said, yupana: Yupana) -> None:
    said = yupana("call", "waive", "C-1", "A-2", *ACT)
    assert (said.code, "registro:3" in said.err, "registro:4" in said.err) == (1, True, True)


def test_who_owes_nothing_is_named(called: Said, yupana: Yupana) -> None:
    said = yupana("call", "waive", "C-1", "G-1", *ACT)
    assert (said.code, "Estado del Sauce" in said.err) == (1, True)


def test_a_call_is_closed_once(called: Said, yupana: Yupana) -> None:
    assert [yupana("call", "close", "C-1").code, yupana("call", "close", "C-1").code] == [0, 3]
