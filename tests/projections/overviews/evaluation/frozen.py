"""A frozen evaluation written by hand: two lines and the one that holds them, three bodies, two levels."""

from __future__ import annotations

from typing import Any

from yupana.domain.entities.public import LevelCard
from yupana.projections.figures import rules
from yupana.projections.overviews.evaluation.reading import Reading

LEVELS = (LevelCard("central", "Central level", 1), LevelCard("municipal", "Municipal level", 2))
HOLDS, ONE, TWO = "PLAN/1#objective:1", "PLAN/1#line:1", "PLAN/1#line:2"
Told = dict[str, list[int | None]]


def group(plans: Told | None = None, reports: Told | None = None) -> dict[str, Told]:
    return {"plans": known(plans or {}), "reports": known(reports or {})}


def known(told: Told) -> Told:
    """Add to each share which part of what is due it speaks of, where it does not say it itself."""
    return {
        measure: each
        if len(each) > 4
        else [*each, round(10_000 * (each[1] or 0) / max(1, (each[1] or 0) + (each[2] or 0)))]
        for measure, each in told.items()
    }


def body(ref: str, name: str, level: str, department: str, **told: Any) -> dict[str, Any]:  # noqa: ANN401 - as the file has it
    """One body; say what differs from silence."""
    for of in ("plans", "reports"):
        told[of] = known(told.get(of, {}))
    return {
        "entity": ref, "name": name, "code": ref.upper(), "level": level, "kind": "GAM", "territory": department,
        "department": department, "plan": "accepted", "report": "silent", "plans": {}, "reports": {}, "band": None,
        "unranked": "silent", "score": None, "known": None, "checked": [0, 0], "flags": {},
    } | told  # fmt: skip


def figures(**changed: Any) -> dict[str, Any]:  # noqa: ANN401 - the same
    """The first quarter: A (in Potosí) answers both lines, B nothing; C of the central level owes nothing yet."""
    cover, progress, money = rules.COVERAGE, rules.ADVANCE, rules.EXECUTION
    one: Told = {progress: [4_000, 10_000, 10_000, 4_000], money: [50, 100, 0, 5_000]}
    checked: list[int | None] = [6_000, 10_000, 0, 6_000, 5_000]
    two: Told = {progress: [9_000, 10_000, 10_000, 9_000], rules.ADVANCE_VERIFIED: checked}
    whole: Told = {
        cover: [1, 2, 0, 5_000],
        progress: [13_000, 20_000, 20_000, 5_250],
        rules.ADVANCE_VERIFIED: [6_000, 10_000, 0, 6_000, 1_250],
        money: [70, 150, 0, 4_667],
    }
    lines = [{"item": ONE, **group({}, one)}, {"item": TWO, **group({}, two)}]
    items: list[tuple[str, str, int, bool, list[str], Told]] = [
        (
            HOLDS,
            "Contar",
            10**9,
            True,
            [ONE, TWO],
            {progress: [13_000, 20_000, 20_000, 5_250], money: [50, 100, 0, 5_000]},
        ),
        (ONE, "Contar lo propio", 750_000_000, False, [ONE], one),
        (TWO, "Contar con otros", 250_000_000, False, [TWO], two),
    ]
    return {
        "call": "PLAN-2018", "formula": rules.FORMULA, "as_of": "2018-07-31", "position": 9,
        "report": "PLAN-2018-I", "period": "2018-Q1", "ranked_by": rules.EFFICACY,
        "scheme": {"floor": 7_000, "bands": [[0, "low"], [5_000, "partial"], [9_000, "Excelente"]], "act": ""},
        "total": group({cover: [2, 2, 0, 10_000]}, whole),
        "items": [
            {"item": name, "text": text, "weight": weight, "root": root, "binds": name != HOLDS, "lines": below,
             **group({}, told)}
            for name, text, weight, root, below, told in items
        ],
        "levels": [{"level": "municipal", **group({cover: [2, 2, 0, 10_000]}, whole), "lines": lines}],
        "departments": [
            {"territory": "", **group({cover: [1, 1, 0, 10_000]}, {cover: [0, 1, 0, 0]}), "lines": []},
            {"territory": "PT", **group({cover: [1, 1, 0, 10_000]}, {**whole, cover: [1, 1, 0, 10_000]}),
             "lines": lines},
        ],
        "peers": [{"level": "municipal", "kind": "GAM", "counts": {"1": 1, "silent": 1}}],
        "trend": [{"period": "2018-Q1", "call": "PLAN-2018-I", **group({}, whole)}],
        "no_line": group({}, {money: [20, 50, 0, 4_000]}),
        "flags": {"fell": 1, "over-execution": 3},
        "entities": [
            body("t:1", "Ábaco", "municipal", "PT", report="accepted", band=1, unranked="", score=5_250,
                 plans={cover: [1, 1, 0, 10_000]}, reports={**whole, cover: [1, 1, 0, 10_000]},
                 flags={"fell": 1, "over-execution": 3}),
            body("t:2", "Ñandú", "municipal", "", plans={cover: [1, 1, 0, 10_000]}, reports={cover: [0, 1, 0, 0]}),
            body("t:3", "Ministerio", "central", "PT", plan="not_due", report="nothing", unranked="not_due"),
        ],
    } | changed  # fmt: skip


def reading(**changed: Any) -> Reading:  # noqa: ANN401 - the same
    return Reading(figures(**changed))
