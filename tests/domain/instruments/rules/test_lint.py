from __future__ import annotations

import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from tests.domain.instruments.rules.looking import DUE, found, said
from tests.domain.instruments.rules.texts import fact, texts
from yupana.domain.instruments.facts import NOBODY, ItemFact, ItemRole, Origin, OriginKind, Target, TargetSource
from yupana.domain.instruments.labels import LABELS, LINT
from yupana.domain.instruments.rules.changes import ChangeKind
from yupana.domain.instruments.rules.lint import SEVERITIES, LintRule, Severity, lint
from yupana.domain.instruments.rules.proposals import ProposalKind
from yupana.domain.instruments.rules.shares import Basis
from yupana.domain.instruments.rules.statements import Unread

SOUND = Target(Decimal(50), "%", DUE, TargetSource.COUNT, "all", Decimal(10))
GOOD = (
    fact("axis:1", "Threads for everybody"),
    fact("1.1", "Every body publishes its knots", "axis:1", due_on=DUE, audience="all", weight=1),
    fact("action:1.1.1", "Train those who count", "guideline:1.1"),
    fact("target:1.1.a", "Half of all bodies publish their knots", "guideline:1.1", target=SOUND),
)


def faults(*text: ItemFact, **looking: Any) -> list[tuple[LintRule, str]]:  # noqa: ANN401 (what lint is given besides)
    return [(finding.rule, finding.item) for finding in lint(text, **looking)]


def test_a_sound_plan_has_no_faults() -> None:
    assert faults(*GOOD) == []


# --- who and when ---------------------------------------------------------------------------------------------------
def test_a_plan_that_binds_nobody_is_told_of_as_a_whole() -> None:
    assert faults(fact("axis:1"), fact("axis:2")) == [(LintRule.NOTHING_BINDS, "")]


@pytest.mark.parametrize(
    ("above", "own", "fault"),
    [("", NOBODY, True), (NOBODY, "", True), (NOBODY, "all", False), ("all", "", False), ("", "", False)],
)
def test_whoever_must_do_it_is_named_by_the_item_or_by_what_it_belongs_to(above: str, own: str, *, fault: bool) -> None:
    text = fact("line:1", audience=above, due_on=DUE), fact("1.1", parent="line:1", audience=own)
    assert faults(*text) == ([(LintRule.RESPONSIBLE_MISSING, "guideline:1.1")] if fault else [])


def test_what_only_holds_others_needs_nobody() -> None:
    text = fact("line:1", audience=NOBODY, due_on=DUE), fact("1.1", parent="line:1", audience="all")
    assert faults(*text) == []


def test_what_binds_at_the_top_of_a_deep_tree_only_holds_others_too() -> None:
    text = fact("line:1", audience=NOBODY, due_on=DUE), fact("axis:2", parent="line:1"), fact("3", parent="axis:2")
    assert faults(*text) == [(LintRule.RESPONSIBLE_MISSING, "guideline:3")]


def test_a_duty_without_a_deadline_of_its_own_or_from_above_is_told_of() -> None:
    text = fact("1", due_on=DUE), fact("2"), fact("line:3", due_on=DUE), fact("3.1", parent="line:3")
    assert faults(*text) == [(LintRule.DEADLINE_MISSING, "guideline:2")]


def test_a_text_without_any_deadline_is_told_of_once() -> None:
    assert faults(fact("1", "Knots"), fact("2", "Ropes")) == [(LintRule.DEADLINES_NOWHERE, "")]


@pytest.mark.parametrize(
    ("sizes", "empty"), [({"level:central": 0}, ["level:central"]), ({"level:central": 1}, []), ({}, [])]
)
def test_an_audience_that_holds_no_body_is_told_of(sizes: dict[str, int], empty: list[str]) -> None:
    assert found(LintRule.AUDIENCE_EMPTY, fact("1", audience="level:central"), sizes=sizes) == empty


# --- targets --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("target", "rules"),
    [
        (SOUND, []),
        (None, [LintRule.TARGET_NUMBER, LintRule.TARGET_SOURCE]),
        (Target(source=TargetSource.REPORT), [LintRule.TARGET_NUMBER]),
        (Target(Decimal(5)), [LintRule.TARGET_UNIT, LintRule.TARGET_BASELINE, LintRule.TARGET_SOURCE]),
        (Target(Decimal(5), "looms", baseline=Decimal(0), source=TargetSource.ASK), []),
    ],
)
def test_a_target_can_be_measured(target: Target | None, rules: list[LintRule]) -> None:
    item = fact("target:1", target=target, binding=True, due_on=DUE)
    assert faults(item) == [(rule, "target:1") for rule in rules]


# --- said twice -----------------------------------------------------------------------------------------------------
def test_the_second_of_two_that_say_the_same_names_the_first() -> None:
    text = fact("1", "Count the **knots**"), fact("2", "count the knots."), fact("action:3", "Count the knots")
    assert [(each.item, each.params) for each in lint(text) if each.rule is LintRule.DUPLICATE] == [
        ("guideline:2", {"other": "guideline:1"})
    ]


def test_gaps_are_not_said_twice() -> None:
    assert found(LintRule.DUPLICATE, fact("1", "Por definir"), fact("2", "Por definir")) == []


LONG = "Keepers count the knots of every rope in their village at harvest"


@pytest.mark.parametrize(
    ("other", "near"),
    [
        (LONG.replace("knots", "knot"), True),
        (LONG.replace("ropes", "cloths") + " time", True),
        ("Weavers mend the looms", False),
        (LONG.replace("every rope", "rope 2"), False),
    ],
)
def test_what_is_nearly_said_twice_is_told_of_unless_a_number_tells_it_apart(other: str, *, near: bool) -> None:
    text = fact("1", LONG.replace("every rope", "rope 1") if "rope 2" in other else LONG), fact("2", other)
    assert found(LintRule.NEAR_DUPLICATE, *text) == (["guideline:2"] if near else [])


def test_short_titles_may_be_alike() -> None:
    titles = "Interweaving multicoloured threads", "Interweaving multicoloured thread"
    few = [fact(str(at), title) for at, title in enumerate(titles)]
    more = [fact(str(at), f"{title} everywhere") for at, title in enumerate(titles)]
    assert (found(LintRule.NEAR_DUPLICATE, *few), found(LintRule.NEAR_DUPLICATE, *more)) == ([], ["guideline:1"])


# --- references -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("See [knots](knots.md)", ["knots.md"]),
        ("![Loom](../images/loom.png)", ["../images/loom.png"]),
        ("See [there](#line:9)", ["#line:9"]),
        ("See [it](#4.7), [it](#guideline:4.7), [it](./ropes.md), [it](../ropes.md#top), [it](#top)", []),
        ("See [far](https://knots.example/a) or [write](mailto:amaru@knots.example)", []),
        ("[knots](knots.md) and [again](knots.md)", ["knots.md"]),
    ],
)
def test_a_link_leads_to_what_is_there(text: str, dead: list[str]) -> None:
    assert found(LintRule.DEAD_LINK, said(text), fact("4.7"), known_refs=["ropes.md", "#top"]) == dead


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("según el lineamiento 9.9 y el Anexo III", ["lineamiento 9.9", "Anexo III"]),
        ("ver objetivo estratégico N° 8", ["objetivo estratégico N° 8"]),
        ("as guideline 9.9 says; see Annex B.", ["guideline 9.9", "Annex B"]),
        ("requirement ZZ-1.b holds", ["requirement ZZ-1.b"]),
        ("según el lineamiento 4.7 y el anexo II", []),
        ("requirement AC-2 holds", []),
        ("la meta 9.9 del Plan Nacional, anexo V de la Ley", []),
        ("Meta 9: contar nudos", []),
        ("el objetivo 16 de los ODS", []),
        ("llegar a la meta 50%", []),
        ("anexo a la presente", []),
        ("las acciones 2021-2025", []),
    ],
)
def test_a_reference_names_what_is_there(text: str, dead: list[str]) -> None:
    items = fact("4.7"), fact("requirement:AC-2", "Access", due_on=DUE), fact("text:A2", "Anexo II. Nudos")
    assert found(LintRule.DEAD_REFERENCE, said(text), *items) == dead


# --- codes ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        (fact("1.a"), fact("1.A"), True),
        (fact("1.a", parent="axis:1"), fact("1.A", parent="axis:2"), True),
        (fact("9", parent="axis:1"), fact("action:9", "Train", "axis:1"), True),
        (fact("9", parent="axis:1"), fact("action:9", "Train", "axis:2"), False),
        (fact("9"), fact("8"), False),
    ],
)
def test_two_items_that_people_would_confuse_by_their_code_are_told_of(
    one: ItemFact, other: ItemFact, *, shared: bool
) -> None:
    text = fact("axis:1"), fact("axis:2"), one, other
    assert found(LintRule.CODE_SHARED, *text) == ([other.row.key] if shared else [])


def test_a_code_that_stood_for_something_else_is_told_of() -> None:
    before = fact("1", LONG), fact("2", LONG), fact("3", LONG)
    text = fact("1", "Looms stand beside a warm fire so that travellers may rest"), fact("2", LONG + " time"), fact("4")
    assert [(each.item, each.params) for each in lint(text, before=before) if each.rule is LintRule.CODE_REUSED] == [
        ("guideline:1", {"found": LONG})
    ]


def merged(*lineages: str, kind: OriginKind = OriginKind.MERGE) -> ItemFact:
    return fact("9", "One knot for both", lineage="L9", origins=tuple(Origin(kind, each) for each in lineages))


@pytest.mark.parametrize(
    ("item", "others"),
    [
        (merged("L1"), ["guideline:1"]),
        (merged("L1", "L2", "L1"), ["guideline:1", "guideline:2"]),
        (merged("L9", "L7"), []),  # it goes on itself, and the other one is gone
        (merged("L1", kind=OriginKind.SPLIT), []),  # whatever was split may go on
        (merged(), []),
    ],
)
def test_an_item_that_went_into_another_and_is_still_there_is_told_of(item: ItemFact, others: list[str]) -> None:
    text = fact("1", "Looms stand by the fire"), fact("2", "Travellers may rest"), item
    told = [(each.item, each.params, each.severity) for each in lint(text) if each.rule is LintRule.MERGED_BUT_STANDING]
    assert told == [("guideline:9", {"other": other}, Severity.WARNING) for other in others]


# --- shares ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("stakes", "rules"),
    [
        ((None, None), []),
        ((4_000, 6_000), []),
        ((4_000, 5_000), [LintRule.STAKES_SUM]),
        ((6_000, 6_000), [LintRule.STAKES_SUM]),
        ((4_000, None), [LintRule.STAKES_PARTIAL]),
        ((10_000, None), [LintRule.STAKES_SUM]),
    ],
)
def test_shares_side_by_side_are_said_for_all_and_make_the_whole(
    stakes: tuple[int | None, ...], rules: list[LintRule]
) -> None:
    family = [fact(f"1.{at}", parent="axis:1", stake=stake, weight=1, due_on=DUE) for at, stake in enumerate(stakes)]
    weightless = fact("action:1.9", "Train the weavers", "axis:1")
    assert faults(fact("axis:1"), *family, weightless) == [(rule, "axis:1") for rule in rules]


def test_who_says_no_share_is_told() -> None:
    family = [fact(str(at), stake=stake, weight=1, due_on=DUE) for at, stake in enumerate((10, None, 20))]
    assert [finding.params for finding in lint(family)] == [{"other": "guideline:1"}]


def test_a_sum_of_shares_is_told_in_percent() -> None:
    family = [fact(str(at), stake=2_525, weight=1, due_on=DUE) for at in range(3)]
    assert found(LintRule.STAKES_SUM, *family) == ["75.75 %"]


# --- all rules ------------------------------------------------------------------------------------------------------
def test_findings_of_the_whole_come_first_and_then_item_by_item() -> None:
    text = fact("1", "Por definir", audience=NOBODY), fact("action:2", "The knots TBD")
    assert faults(*text) == [
        (LintRule.DEADLINES_NOWHERE, ""),
        (LintRule.RESPONSIBLE_MISSING, "guideline:1"),
        (LintRule.PLACEHOLDER, "guideline:1"),
        (LintRule.PLACEHOLDER, "action:2"),
        (LintRule.VERB_MISSING, "action:2"),
    ]


def test_a_finding_weighs_as_its_rule() -> None:
    finding = lint([fact("1", "—", due_on=DUE)])[0]
    assert (finding.rule, finding.severity, set(SEVERITIES)) == (LintRule.TEXT_EMPTY, Severity.ERROR, set(LintRule))


def test_every_rule_is_told_and_explained_and_everything_else_has_its_word() -> None:
    told = [set(LABELS[kind]) == set(kind) for kind in (ChangeKind, ProposalKind, Basis, Unread, Severity)]
    assert (set(LINT), all(title != why for title, why in LINT.values()), told) == (set(LintRule), True, [True] * 5)


def test_every_rule_is_seen_to_work_here() -> None:
    files = sorted(Path(__file__).parent.glob("test_lint*.py"))
    tests = "".join(file.read_text(encoding="utf-8").partition("# --- all rules")[0] for file in files)
    assert [rule.name for rule in LintRule if f"LintRule.{rule.name}" not in tests] == []


@given(texts(), texts())
def test_any_text_is_looked_through_and_every_finding_has_its_item(
    text: tuple[ItemFact, ...], before: tuple[ItemFact, ...]
) -> None:
    keys = {"", *(item.row.key for item in text)}
    assert {finding.item for finding in lint(text, before=before)} <= keys


@pytest.mark.parametrize(
    "piece",
    [
        "](",
        "(nota ",
        "[[*",
        "por ",
        "n. de e",
        "a) ",
        "1.",
        "anexo ",
        "linea 1.1-",
        "x",
        "?",
        "_",
        "a ",
        "](../../",
        "REVISAR ",
    ],
)
def test_a_hostile_text_is_looked_through_at_once(piece: str) -> None:
    text = piece * (30_000 // len(piece))
    items = [fact(f"{role.value}:1", text, body=text) for role in (ItemRole.ACTION, ItemRole.GUIDELINE)]
    started = time.process_time()
    lint(items, before=items)
    assert time.process_time() - started < 60


def test_twelve_hundred_items_are_looked_through_within_seconds() -> None:
    words = LONG.split()
    text = [fact(str(at), " ".join(f"{word}{at * step % 97}" for step, word in enumerate(words))) for at in range(1200)]
    started = time.process_time()
    lint(text, before=text)
    assert time.process_time() - started < 60
