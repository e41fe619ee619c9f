"""The rehearsed update from the console: compared, simulated, its impact listed, its plans carried over."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from tests import rehearsal
from tests.rehearsal import enact, rehearse, second, second_call
from yupana.domain.commitments.models import Activity
from yupana.domain.instruments.facts import NOBODY, ItemRole, ItemRow, Target, TargetSource
from yupana.domain.submissions.models import Submission
from yupana.foundation.ledger.queries import unsealed_count
from yupana.interfaces.cli.compare import target_told
from yupana.projections import followers

if TYPE_CHECKING:
    from tests.interfaces.cli.conftest import Yupana

pytestmark = pytest.mark.django_db
A, B = "Municipio de Ábaco", "Municipio de Ñandú"
OPEN = ["--opens", "2019-10-01", "--due", "2019-12-20", "--period", "2020"]


@pytest.fixture
def update(db: None) -> None:
    rehearse()
    followers.tick()
    enact()


# --- diff ----------------------------------------------------------------------------------------------------------
def test_a_diff_counts_and_tells_every_change(update: None, yupana: Yupana) -> None:
    said = yupana("diff", "PLAN", "1", "2")
    lines = said.out.splitlines()
    assert (said.code, lines[0], [line.strip() for line in lines[1:5]]) == (
        0,
        "PLAN/1 → PLAN/2",
        ["6  new", "4  gone", "5  worded differently", "10  numbered differently"],
    )


@pytest.mark.parametrize(
    ("target", "told"),
    [
        (None, ""),
        (Target(), ""),
        (Target(number=Decimal("1E+1"), unit="%"), "10 %"),
        (Target(number=Decimal("2.50"), due_on=date(2030, 6, 1)), "2.50 · June 1, 2030"),
        (
            Target(Decimal(100), "%", None, TargetSource.COUNT, "level:municipal", Decimal(0)),
            "100 % · from 0 % · counted over all whom it binds · level:municipal",
        ),
    ],
)
def test_a_target_is_told_in_a_line(target: Target | None, told: str) -> None:
    with translation.override("en"):
        assert target_told(target) == told


@pytest.mark.parametrize(
    "told",
    [
        "line:11  worded differently\n    Publicar las ventanillas",
        "cada [-año-]{+mes+} con sus vecinos",
        "line:6 → line:96  numbered differently\n",
        "line:3  moved\n    below: axis:1 → axis:2",
        "line:50  merged\n    ← line:14\n    ← line:15\n",
        "line:16  split\n    → line:51\n    → line:52\n",
        "transition: at once → with the next annual plan",
        "line:4  gone\n    [-Proteger los registros",
        "line:61  new\n    {+Escuchar a los vecinos",
    ],
)
def test_a_change_is_told_in_words(update: None, yupana: Yupana, told: str) -> None:
    assert told in yupana("diff", "PLAN", "1", "2").out


def test_a_diff_for_programs_holds_everything(update: None, yupana: Yupana) -> None:
    told = yupana("diff", "PLAN", "1", "2", "--json").json
    changed = {(each["before"] or each["after"])["item"]: each for each in told["changes"]}
    assert (
        told["counts"]["reworded"],
        changed["line:50"]["origins"][0] | {"lineage": ""},
        changed["line:16"]["heirs"][1]["item"],
        changed["line:11"]["words"]["text"][1:3],
        changed["line:1"]["after"]["transition"],
    ) == (
        5,
        {"kind": "merge", "lineage": "", "item": "line:14"},
        "line:52",
        [["removed", "año"], ["added", "mes"]],
        "next_plan",
    )


def test_an_edition_does_not_differ_from_itself(update: None, yupana: Yupana) -> None:
    assert yupana("diff", "PLAN", "1", "1").out == "PLAN/1 → PLAN/1\nBoth say the same.\n"


@pytest.mark.parametrize("command", ["diff", "impact"])
def test_an_edition_that_is_not_there_is_rejected(update: None, yupana: Yupana, command: str) -> None:
    said = yupana(command, "PLAN", "1", "9")
    assert (said.code, said.err) == (1, "yupana: There is no edition PLAN/9.\n")


# --- impact --------------------------------------------------------------------------------------------------------
def test_an_impact_is_told_by_call_change_and_body(update: None, yupana: Yupana) -> None:
    said = yupana("impact", "PLAN", "1", "2").out
    told = [line for line in said.splitlines() if line.startswith(("Call", "line:14 ", "cast:4", "    1  choose"))]
    assert [" ".join(line.split()) for line in told] == [
        "Call PLAN-2018 (open). Bodies that owe an answer: 3.",
        "line:14 merged 2020-01-01 3 2 0 0 8",
        f"cast:4 {A}",
        "1 choose which part each activity answers: line:16",
    ]


def test_an_impact_for_programs_holds_every_task(update: None, yupana: Yupana) -> None:
    told = yupana("impact", "PLAN", "1", "2", "--json").json
    bodies = {each["name"]: each for each in told["bodies"]}
    assert (told["calls"], bodies[A]["counts"], bodies[A]["tasks"][0]) == (
        [{"call": "PLAN-2018", "title": "Plan PLAN, edición 1 · 2018", "state": "open", "obligations": 3}],
        {"drop": 1, "choose": 1, "review": 4, "answer": 9},
        {"item": "line:4", "duty": "drop", "starts_on": "2019-09-02", "activities": 1},
    )


def test_a_draft_holds_from_the_day_that_is_told(db: None, yupana: Yupana) -> None:
    rehearse()
    rehearsal.draft("2", second())
    told = yupana("impact", "PLAN", "1", "2", "--on", "2021-03-01", "--json").json
    assert {each["starts_on"] for each in told["changes"]} == {"2021-03-01", "2021-12-31", "2022-01-01"}


# --- applies -------------------------------------------------------------------------------------------------------
def named(code: str, audience: str) -> ItemRow:
    return ItemRow(f"t:{code}", ItemRole.LINE, code, f"Línea {code}", (ItemRole.AXIS, "1"), audience=audience)


@pytest.fixture
def drafted(db: None) -> None:
    rehearse()
    rows = (*rehearsal.first()[:5], named("91", "level:municipal"), named("92", NOBODY), named("93", "code:Z-9"))
    rehearsal.draft("3", rows)


def test_a_draft_tells_whom_it_would_bind(drafted: None, yupana: Yupana) -> None:
    said = yupana("applies", "PLAN/3", "--on", "2019-01-01").out
    assert [" ".join(line.split()) for line in said.splitlines()[2:]] == [
        "line:1 4 central 1, departmental 1, municipal 2 whoever is called",
        "line:91 2 municipal 2 level:municipal",
        "line:92 0 nobody",
        "line:93 0 There is no entity “Z-9”.",
        "",
        "Items that bind: 4. Bodies bound: 4 of 4.",
        "Nobody is responsible for: line:92",
        "Nobody is in the audience of: line:93",
    ]


def test_a_simulation_for_programs(drafted: None, yupana: Yupana) -> None:
    told = yupana("applies", "PLAN/3", "--audience", "level:municipal", "--on", "2019-01-01", "--json").json
    assert (told["called"], told["nobody"], told["items"][1], told["items"][3]["fault"]) == (
        2,
        ["line:92"],
        {
            "item": "line:91", "audience": "level:municipal", "said_by": "line:91", "bodies": 2,
            "by_level": {"municipal": 2}, "by_department": {"VA": 2}, "fault": None,
        },
        "entity-unknown",
    )  # fmt: skip


def test_a_body_is_told_why_and_why_not(drafted: None, yupana: Yupana) -> None:
    said = yupana("applies", "PLAN/3", "--entity", "C-1", "--on", "2019-01-01").out
    assert said.splitlines()[:6] == [
        "Gobernación del Valle: 1 of 4 items apply.",
        "",
        "line:1  applies. It binds whoever is called.",
        "",
        "line:91  does not apply. The entity is not among those whom it binds.",
        "    municipal level: it does not hold",
    ]


def test_a_trace_for_programs(drafted: None, yupana: Yupana) -> None:
    told = yupana("applies", "PLAN/3", "--entity", "A-1", "--on", "2019-01-01", "--json").json
    assert (told["applying"], told["items"][1]["why"], told["items"][1]["parts"]) == (
        2,
        "inside",
        [{"part": "level:municipal", "holds": True}],
    )


# --- calls ---------------------------------------------------------------------------------------------------------
def test_a_complementary_call_says_what_nobody_owes(update: None, yupana: Yupana) -> None:
    said = yupana("call", "open", "PLAN/2", "--audience", "all", *OPEN, "--since", "PLAN/1", "--code", "DOS")
    put = {*rehearsal.REWORDED, "5", "33", "50", "51", "52", *rehearsal.ADDED}
    every = [row.code for row in second() if row.role is ItemRole.LINE]
    first, left = said.out.splitlines()
    assert (first, left.partition(": ")[0], left.partition(": ")[2].count("line:")) == (
        "Call DOS is open. Bodies that owe an answer: 4.",
        "Owed by nobody (it did not change)",
        len(every) - len(put),
    )


def test_plans_are_carried_over(update: None, yupana: Yupana) -> None:
    second_call()
    said = yupana("call", "carry", "PLAN-2018", "SEGUNDA", "--choose", "line:16=line:51")
    assert (said.code, said.out.splitlines(), unsealed_count()) == (
        0,
        [
            "Plans carried over: 2",
            "    7  the same item",
            "    3  the item it was merged into",
            "    2  the part that was chosen",
            "    2  without an item: it was removed",
            "    1  without an item, as before",
            f"  cast:4 {A}, row 7: PLAN/1#line:4. without an item: it was removed",
            f"  cast:5 {B}, row 3: PLAN/1#line:24. without an item: it was removed",
        ],
        0,
    )


def test_a_dry_run_changes_nothing_and_names_what_waits_for_a_choice(update: None, yupana: Yupana) -> None:
    second_call()
    said = yupana("call", "carry", "PLAN-2018", "SEGUNDA", "--dry-run")
    assert (
        "PLAN/1#line:16 was split into PLAN/2#line:51, PLAN/2#line:52. Choose with --choose." in said.out,
        Submission.objects.filter(channel="carried").count(),
    ) == (True, 0)


def test_carrying_for_programs_tells_every_row(update: None, yupana: Yupana) -> None:
    second_call()
    told = yupana("call", "carry", "PLAN-2018", "SEGUNDA", "--json").json
    assert (told["dry_run"], told["plans"][0]["rows"][2], told["open_splits"]) == (
        False,
        {"row": 3, "was": "PLAN/1#line:14", "now": "PLAN/2#line:50", "fate": "merged"},
        {"PLAN/1#line:16": ["PLAN/2#line:51", "PLAN/2#line:52"]},
    )


def test_carrying_again_says_who_has_a_version(update: None, yupana: Yupana) -> None:
    second_call()
    yupana("call", "carry", "PLAN-2018", "SEGUNDA")
    said = yupana("call", "carry", "PLAN-2018", "SEGUNDA").out
    assert said.splitlines()[0] == "Plans carried over: 0"
    assert f"  cast:4 {A}: it has a version there already" in said


@pytest.mark.parametrize("choice", ["line:16", "=line:51", "line:16="])
def test_a_choice_that_is_none_is_rejected(update: None, yupana: Yupana, choice: str) -> None:
    second_call()
    said = yupana("call", "carry", "PLAN-2018", "SEGUNDA", "--choose", choice)
    assert (said.code, "Write it as ITEM=ITEM" in said.err, Activity.objects.exclude(carried=None).count()) == (
        1,
        True,
        0,
    )
