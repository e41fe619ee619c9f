"""One table that says all that an item can say, in either language, and its cover."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from yupana.domain.instruments.facts import (
    NOBODY,
    Heading,
    ItemRole,
    ItemRow,
    Origin,
    OriginKind,
    Target,
    TargetSource,
    Transition,
)
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.report import Note
from yupana.interfaces.interchange.instruments import COLUMNS, read_instrument

if TYPE_CHECKING:
    from pathlib import Path

    from yupana.domain.instruments.facts import Manuscript

SPANISH = """\
rol;código;texto;desarrollo;normativa;plazo;alcance;peso;rige desde;valor de la meta;unidad de la meta;\
fecha de la meta;fuente de la meta;se cuenta sobre;línea base;linaje;orígenes
lineamiento;1;Publicar;Todo lo que sea público;Ley 1178;30/06/2027;level:municipal;12,5 %;fin de gestión;;;;;;;abc;\
división:x fusión:y
meta;2;La mitad;;;;nobody;;próximo POA;50;%;2030-12-31;conteo;all;12,5;;
"""
ENGLISH = """\
role,code,text,body,legal_basis,due_on,audience,stake,transition,target_number,target_unit,target_due_on,\
target_source,target_counted,target_baseline,lineage,origins
guideline,1,Publicar,Todo lo que sea público,Ley 1178,2027-06-30,level:municipal,12.5,end_of_year,,,,,,,abc,\
split:x merge:y
target,2,La mitad,,,,nobody,,next_plan,50 %,,31/12/2030,count,all,12.5,,
"""


def read(folder: Path, text: str) -> Manuscript:
    path = folder / "plan.csv"
    path.write_text(text, encoding="utf-8")
    return read_instrument(path)


def refusal(folder: Path, text: str) -> tuple[str, dict[str, object]]:
    with pytest.raises(Refused) as caught:
        read(folder, text)
    return caught.value.code, dict(caught.value.details)


@pytest.mark.parametrize("text", [SPANISH, ENGLISH], ids=["es", "en"])
def test_all_that_an_item_can_say_is_read_in_either_language(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text).rows == (
        ItemRow(
            "plan.csv:2", ItemRole.GUIDELINE, "1", "Publicar", None, body="Todo lo que sea público",
            legal_basis="Ley 1178", due_on=date(2027, 6, 30), audience="level:municipal", stake=1250,
            transition=Transition.END_OF_YEAR, lineage="abc",
            origins=(Origin(OriginKind.SPLIT, "x"), Origin(OriginKind.MERGE, "y")),
        ),
        ItemRow(
            "plan.csv:3", ItemRole.TARGET, "2", "La mitad", None, audience=NOBODY, transition=Transition.NEXT_PLAN,
            target=Target(Decimal(50), "%", date(2030, 12, 31), TargetSource.COUNT, "all", Decimal("12.5")),
        ),
    )  # fmt: skip


def test_no_two_fields_share_a_header() -> None:
    names = [name for field in COLUMNS.values() for name in field]
    assert len(names) == len(set(names))


COVER = """\
role,code,text,legal_basis,kind,more
instrument,PGD,Plan de Gobierno Digital,,lineamientos,
edition,2024,Versión final,Ley 164,,"{""a"": [1, null]}"
line,1,"  dos
líneas ",,,
"""


def test_the_cover_stands_in_rows_of_its_own(tmp_path: Path) -> None:
    found = read(tmp_path, COVER)
    heading = Heading("PGD", "Plan de Gobierno Digital", "lineamientos", "2024", "Versión final", "Ley 164")
    assert (found.heading, found.more, len(found.rows)) == (heading, {"a": [1, None]}, 1)


def test_a_table_with_its_cover_is_read_to_the_letter_and_any_other_without_needless_blanks(tmp_path: Path) -> None:
    bare = "\n".join(line for line in COVER.split("\n") if not line.startswith(("instrument", "edition")))
    texts = [read(tmp_path, text).rows[0].text for text in (COVER, bare)]
    assert texts == ["  dos\nlíneas ", "dos líneas"]


def test_half_a_cover_is_completed_by_the_name_of_the_file(tmp_path: Path) -> None:
    found = read(tmp_path, "rol,codigo,texto\nedición,7,Borrador\neje,1,Uno\n")
    assert found.heading == Heading("PLAN", "", "", "7", "Borrador", "")


def test_a_second_cover_is_refused(tmp_path: Path) -> None:
    told = refusal(tmp_path, "role,code,text\nedition,1,a\nline,1,x\nedition,2,b\n")
    assert told == ("cover-twice", {"where": "plan.csv:4", "part": "edition"})


def test_a_column_that_is_not_known_is_told_and_its_text_is_not_published(tmp_path: Path) -> None:
    found = read(tmp_path, "role,code,text,Observaciones\nline,1,x,internas\n")
    assert (found.unplaced, found.rows[0].more) == ((Note("plan.csv", "column-not-read", "Observaciones"),), {})


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("plazo", "31/02/2027"),
        ("plazo", "2027"),
        ("plazo", "pronto"),
        ("peso", "mucho"),
        ("peso", "12.345"),
        ("peso", "1e9"),
        ("peso", "٣"),
        ("rige desde", "mañana"),
        ("valor de la meta", "cincuenta"),
        ("valor de la meta", "1.234,56"),
        ("valor de la meta", "1E+9999"),
        ("valor de la meta", "NaN"),
        ("fuente de la meta", "rumor"),
        ("línea base", "-"),
        ("orígenes", "abc"),
        ("orígenes", "de:abc"),
        ("more", "[1]"),
        ("more", "1"),
    ],
)
def test_a_cell_that_is_not_understood_is_refused_with_its_place(tmp_path: Path, header: str, cell: str) -> None:
    code, details = refusal(tmp_path, f'rol;código;texto;{header}\nmeta;1;x;"{cell}"\n')
    assert (code, details["where"], details["text"]) == ("value-unreadable", "plan.csv:2", cell)


def test_json_that_is_none_says_so(tmp_path: Path) -> None:
    code, details = refusal(tmp_path, "role,code,text,more\nline,1,x,{oops\n")
    assert (code, details["where"]) == ("json-malformed", "plan.csv:2")


@pytest.mark.parametrize(("cell", "target"), [("?", Target()), ("", None), ("0", Target(Decimal(0)))])
def test_a_target_that_says_nothing_is_told_from_none(tmp_path: Path, cell: str, target: Target | None) -> None:
    assert read(tmp_path, f"role,code,text,target_number\ntarget,1,x,{cell}\n").rows[0].target == target


def test_tabs_separate_as_well(tmp_path: Path) -> None:
    path = tmp_path / "plan.tsv"
    path.write_text("rol\tcódigo\ttexto\nlínea\t1\tUna, con coma\n", encoding="utf-8")
    assert [row.text for row in read_instrument(path).rows] == ["Una, con coma"]
