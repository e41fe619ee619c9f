"""Alignment from the command line: in from a table, shown with its gaps, ended with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import cast as house
from tests.domain.instruments.plans import AXIS, LINE, row
from yupana.domain.instruments.models import Alignment, AlignmentEnd
from yupana.foundation.ledger.models import Entry

if TYPE_CHECKING:
    from pathlib import Path

    from tests.interfaces.cli.conftest import Yupana

ROWS = (row(AXIS, "1"), row(LINE, "1", (AXIS, "1")), row(LINE, "2", (AXIS, "1")))
TABLE = "item,kind,other\nPLAN/1#line:1,contribuye,META/1#line:2\nPLAN/1#axis:1,broader,META/1#axis:1\n"


@pytest.fixture
def table(yupana: Yupana, tmp_path: Path) -> Path:
    for code in ("PLAN", "META"):
        house.make_edition(code, "1", rows=ROWS)
    path = tmp_path / "a.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_a_table_is_brought_in_once_and_sealed(yupana: Yupana, table: Path) -> None:
    first = yupana("import", "alignment", table, "--json").json
    before = Entry.objects.count()
    again = yupana("import", "alignment", table)
    assert (
        (first["read"], first["created"]),
        again.out.splitlines()[:2],
        Entry.objects.count(),
        Entry.objects.filter(position=None).count(),
    ) == ((2, 2), ["Alignments. Rows read: 2.", "Records: new 0, changed 0, unchanged 2."], before, 0)


@pytest.mark.parametrize(
    ("line", "said", "code"),
    [
        ("PLAN/1#line:7,,META/1#line:2", "a.csv:4: There is no item PLAN/1#line:7 in a published edition.", 1),
        ("PLAN/1#line:2,,PLAN/1#line:1", "a.csv:4: PLAN/1#line:2 and PLAN/1#line:1 belong to one instrument.", 1),
        ("META/1#axis:1,broader,PLAN/1#axis:1", "a.csv:4: It is stated already that", 3),
        ("nada,,META/1#line:2", "a.csv:4: “nada” names no item.", 1),
        ("PLAN/1#line:2,igual,META/1#line:2", "a.csv:4: “igual” is no kind of alignment.", 1),
    ],
)
def test_a_wrong_row_is_named_and_nothing_comes_in(
    yupana: Yupana, table: Path, line: str, said: str, code: int
) -> None:
    table.write_text(f"{TABLE}{line}\n", encoding="utf-8")
    answer = yupana("import", "alignment", table)
    assert (answer.code, f"yupana: {said}" in answer.err, Alignment.objects.count()) == (code, True, 0)


def test_two_instruments_are_shown_with_their_gaps(yupana: Yupana, table: Path) -> None:
    yupana("import", "alignment", table)
    assert yupana("alignment", "PLAN", "META/1").out.splitlines() == [
        "PLAN/1: 1 of 2 items are aligned.",
        "  axis:1 axis 1: 1/2",
        "    nothing: line:2 line 2",
        "META/1: 1 of 2 items are aligned.",
        "  axis:1 axis 1: 1/2",
        "    nothing: line:1 line 1",
    ]


def test_a_program_reads_the_same(yupana: Yupana, table: Path) -> None:
    yupana("import", "alignment", table)
    assert yupana("alignment", "META", "PLAN", "--json").json == {
        "here": {
            "edition": "META/1",
            "met": 1,
            "items": 2,
            "gaps": ["line:1"],
            "axes": [{"item": "axis:1", "met": 1, "items": 2}],
        },
        "there": {
            "edition": "PLAN/1",
            "met": 1,
            "items": 2,
            "gaps": ["line:2"],
            "axes": [{"item": "axis:1", "met": 1, "items": 2}],
        },
        "pairs": [
            {"item": "line:2", "kind": None, "other": "line:1"},
            {"item": "axis:1", "kind": "narrower", "other": "axis:1"},
        ],
    }


def test_a_draft_is_no_side(yupana: Yupana, table: Path) -> None:
    house.make_edition("DRAFT", "1", rows=ROWS, published=False)
    answers = [yupana("alignment", "PLAN", other) for other in ("DRAFT", "DRAFT/1", "NADA")]
    assert {(answer.code, "There is no edition" in answer.err) for answer in answers} == {(1, True)}


def test_an_alignment_ends_with_its_reason(yupana: Yupana, table: Path) -> None:
    yupana("import", "alignment", table)
    ended = yupana("unalign", "PLAN/1#line:1", "META/1#line:2", "--reason", "was wrong")
    again = yupana("unalign", "PLAN/1#line:1", "META/1#line:2", "--reason", "was wrong")
    other = yupana("unalign", "META/1#axis:1", "PLAN/1#axis:1", "--kind", "narrower", "--reason", "too")
    assert (
        (ended.code, again.code, other.code),
        AlignmentEnd.objects.count(),
        "Nothing of that kind" in again.err,
    ) == (
        (0, 1, 0),
        2,
        True,
    )
