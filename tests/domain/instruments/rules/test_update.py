"""A rehearsed update: a plan of forty items, its next edition, and every change found for what it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from yupana.domain.instruments.facts import ItemFact, ItemRole, ItemRow, Origin, OriginKind, item_key
from yupana.domain.instruments.rules import binds
from yupana.domain.instruments.rules.changes import ChangeKind
from yupana.domain.instruments.rules.compare import apply, bare, compare, summary
from yupana.domain.instruments.rules.lineage import Known, ProposalKind, match

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yupana.domain.instruments.rules.lineage import Matching

LINE, GUIDELINE = ItemRole.LINE, ItemRole.GUIDELINE
LINES = {"1": "Knots", "2": "Ropes", "3": "Looms", "4": "Markets"}
SUBJECTS = ("keepers", "weavers", "herders", "traders")
DEEDS = (
    "count every knot of the valley before the first rain",
    "publish what they have learnt about wool on the village square",
    "lend tools to newcomers for no more than nine days",
    "answer whoever asks about prices within a single afternoon",
    "repair broken bridges with reeds cut under a full moon",
    "teach children numbers by means of coloured pebbles",
    "store seeds inside dry towers facing north",
    "mark llamas with ribbons so that owners recognise them",
    "meet assemblies twice yearly to settle quarrels over water",
)


def _plan() -> dict[str, tuple[str, str]]:
    """Say each guideline by its code: the line it belongs to and its text."""
    return {
        f"{line}.{number}": (line, f"The {SUBJECTS[int(line) - 1]} {deed}, as {name.lower()} require: {number}{line}")
        for line, name in LINES.items()
        for number, deed in enumerate(DEEDS, start=1)
    }


def _rows(guidelines: Mapping[str, tuple[str, str]]) -> list[ItemRow]:
    rows = []
    for line, name in LINES.items():
        rows.append(ItemRow(f"plan:{line}", LINE, line, name, None))
        rows += [
            ItemRow(f"plan:{code}", GUIDELINE, code, text, (LINE, line))
            for code, (above, text) in guidelines.items()
            if above == line
        ]
    return rows


BEFORE = _plan()
REWORDED = {"1.1": "wool", "1.2": "clay", "2.1": "wool", "3.1": "clay", "4.1": "wool"}
REMOVED = ("1.9", "2.9", "3.9", "4.9")
MOVED = {"1.3": "2", "2.3": "3", "3.3": "4"}
RENUMBERED = {f"2.{number}": f"2.{number + 30}" for number in (2, 4, 5, 6, 7)} | {
    f"3.{number}": f"3.{number + 30}" for number in (2, 4, 5, 6, 7)
}
ADDED = {
    f"4.{number}": ("4", text)
    for number, text in enumerate(
        (
            "Fishermen dry nets along beaches", "Potters fire jars whenever smoke rises straight", "Miners light lamps",
            "Singers learn forgotten songs by heart", "Scribes copy maps onto bark", "Cooks salt meat for winter",
        ),
        start=20,
    )
}  # fmt: skip
SPLIT = "4.5"
HALVES = {
    "4.51": "The traders repair broken bridges",
    "4.52": "With reeds cut under a full moon, as markets require: 54",
}
MERGED = ("4.7", "4.8")


def _after() -> dict[str, tuple[str, str]]:
    kept = {code: told for code, told in BEFORE.items() if code not in {*REMOVED, SPLIT, *MERGED}}
    kept |= {code: (line, BEFORE[code][1]) for code, line in MOVED.items()}
    kept |= {code: (kept[code][0], f"{kept[code][1]}, with {word}") for code, word in REWORDED.items()}
    renumbered = {RENUMBERED.get(code, code): told for code, told in kept.items()}
    whole = " and ".join(BEFORE[code][1] for code in MERGED)
    return renumbered | ADDED | {code: ("4", text) for code, text in HALVES.items()} | {"4.78": ("4", whole)}


def _facts(rows: list[ItemRow], lineages: Mapping[str, str]) -> list[ItemFact]:
    return [ItemFact(row, binds(row), 0, lineages.get(row.key, f"new-{row.key}"), row.where) for row in rows]


def matched() -> tuple[list[ItemRow], Matching]:
    known = [
        Known(row.role, row.code, row.text, item_key(*row.parent) if row.parent else "", f"was-{row.key}")
        for row in _rows(BEFORE)
    ]
    rows = _rows(_after())
    return rows, match(known, rows)


def test_all_that_stayed_is_surely_known_again_and_splits_and_merges_are_proposed() -> None:
    rows, matching = matched()
    ends = {RENUMBERED.get(code, code): code for code in BEFORE if code not in {*REMOVED, SPLIT, *MERGED}}
    stayed = {f"guideline:{now}": f"was-guideline:{code}" for now, code in ends.items()}
    assert (matching.sure, [(each.kind, each.before, each.after) for each in matching.proposals]) == (
        stayed | {f"line:{line}": f"was-line:{line}" for line in LINES},
        [
            (ProposalKind.SPLIT, (f"was-guideline:{SPLIT}",), tuple(f"guideline:{code}" for code in HALVES)),
            (ProposalKind.MERGE, tuple(f"was-guideline:{code}" for code in MERGED), ("guideline:4.78",)),
        ],
    )
    assert len(rows) == 4 + 36 - 4 - 1 - 2 + 6 + 2 + 1


def test_once_a_person_agreed_every_change_is_found_for_what_it_is() -> None:
    rows, matching = matched()
    origins: dict[str, tuple[Origin, ...]] = {}
    for each in matching.proposals:
        kind = OriginKind.SPLIT if each.kind is ProposalKind.SPLIT else OriginKind.MERGE
        origins |= {key: tuple(Origin(kind, lineage) for lineage in each.before) for key in each.after}
    before = _facts(_rows(BEFORE), {row.key: f"was-{row.key}" for row in _rows(BEFORE)})
    after = _facts([replace(row, origins=origins.get(row.key, ())) for row in rows], matching.sure)
    changes = compare(before, after)
    assert (summary(changes), bare(apply(before, changes))) == (
        {
            ChangeKind.ADDED: 6,
            ChangeKind.REMOVED: 4,
            ChangeKind.REWORDED: 5,
            ChangeKind.RENUMBERED: 10,
            ChangeKind.MOVED: 3,
            ChangeKind.SPLIT: 1,
            ChangeKind.MERGED: 2,
        },
        bare(after),
    )
