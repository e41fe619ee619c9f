"""Any tree as a plan of two levels, and what other programs see of it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.interfaces.interchange.manuscripts import essence, plan
from yupana.domain.instruments.facts import Heading, ItemRole, ItemRow, Manuscript
from yupana.foundation.kernel.report import Note
from yupana.interfaces.interchange.stratml.elements import is_identifier
from yupana.interfaces.interchange.stratml.read import read_manuscript
from yupana.interfaces.interchange.stratml.write import write_manuscript
from yupana.interfaces.interchange.xml import local

AXIS, LINE, OBJECTIVE, TARGET, TEXT = (
    ItemRole.AXIS, ItemRole.LINE, ItemRole.OBJECTIVE, ItemRole.TARGET, ItemRole.TEXT,
)  # fmt: skip
COVER = Heading("NUDO", "Nudo", "plan", "1", "Nudo", "")  # as a reader makes it of the title alone


def of(*rows: ItemRow, **more: Any) -> Manuscript:  # noqa: ANN401 (whatever a test puts there)
    return Manuscript(COVER, rows, more=more)


def row(role: ItemRole, code: str, parent: ItemRow | None = None, **said: Any) -> ItemRow:  # noqa: ANN401 (whatever fields)
    fields = {"text": f"Texto {code}", "parent": parent and (parent.role, parent.code)} | said
    return ItemRow("", role, code, **fields)


def element(name: str) -> dict[str, Any]:
    return {"more": {"stratml": {"element": name}}}


def written(manuscript: Manuscript, folder: Path) -> etree._Element:
    """The root of what was written, without our marks; it was read back as it was before."""
    path = folder / "out.xml"
    write_manuscript(manuscript, path)
    assert (essence(read_manuscript(path)), read_manuscript(path).mended) == (essence(manuscript), ())
    return etree.fromstring(path.read_bytes(), etree.XMLParser(remove_pis=True, remove_blank_text=True))


def outline(above: etree._Element) -> list[Any]:
    """Names of elements, of those with text also the text, with what stands inside."""
    return [[local(each), each.text] if each.text else [local(each), *outline(each)] for each in above]


def core(root: etree._Element) -> list[Any]:
    [found] = [each for each in root if local(each) == "StrategicPlanCore"]
    return outline(found)


def pruned(tree: list[Any]) -> list[Any]:
    """Leave out identifiers and what is empty."""
    return [each if isinstance(each, str) else pruned(each) for each in tree if each and each[0] != "Identifier"]


def test_what_is_at_the_root_is_a_goal_and_all_below_objectives(tmp_path: Path) -> None:
    axis = row(AXIS, "1")
    line = row(LINE, "1.1", axis, body="Explica")
    assert pruned(core(written(of(axis, line, row(TARGET, "1.1.a", line)), tmp_path))) == [
        [
            "Goal", ["Name", "Texto 1"], ["Description"], ["SequenceIndicator", "1"],
            ["Objective", ["Name", "Texto 1.1"], ["Description", "Explica"], ["SequenceIndicator", "1.1"]],
            ["Objective", ["Name", "Texto 1.1.a"], ["Description"], ["SequenceIndicator", "1.1.a"]],
        ],
    ]  # fmt: skip


def test_what_stands_elsewhere_is_told(tmp_path: Path) -> None:
    axis = row(AXIS, "1")
    line = row(LINE, "1.1", axis)
    notes = write_manuscript(of(axis, line, row(TARGET, "1.1.a", line)), tmp_path / "out.xml")
    assert [note.text for note in notes if note.why == "export-stands-elsewhere"] == ["target:1.1.a"]


def test_texts_are_the_further_information_of_what_they_hang_on(tmp_path: Path) -> None:
    axis = row(AXIS, "1")
    rows = (
        row(TEXT, "a", body="Más"),
        row(TEXT, "b"),
        axis,
        row(TEXT, "c", axis),
        row(TEXT, "d", row(TEXT, "c", axis)),
    )
    root = written(of(*rows), tmp_path)
    found = [each.text for each in root.iter("{*}OtherInformation")]
    assert found == ["Texto a\n\nMás\n\nTexto b", "Texto c\n\nTexto d"]


def test_what_hangs_on_a_text_at_the_root_is_a_goal(tmp_path: Path) -> None:
    text = row(TEXT, "a")
    line = row(LINE, "1", text)
    assert [each[0] for each in core(written(of(text, line, row(TARGET, "2", line)), tmp_path))] == ["Goal"]


def test_texts_that_came_from_a_plan_go_where_they_were(tmp_path: Path) -> None:
    organization = row(TEXT, "o", **element("Organization"))
    axis = row(AXIS, "1")
    rows = (
        row(TEXT, "d", **element("Description")), row(TEXT, "x", **element("OtherInformation")), organization,
        row(TEXT, "os", organization, **element("Stakeholder")), row(TEXT, "v", **element("Vision")),
        row(TEXT, "m", **element("Mission")), row(TEXT, "w", **element("Value")), axis,
        row(TEXT, "s", axis, **element("Stakeholder")), row(TEXT, "y", axis, **element("OtherInformation")),
    )  # fmt: skip
    root = written(of(*rows), tmp_path)
    assert pruned(core(root)) == [
        ["Organization", ["Name", "Texto o"], ["Description"], ["Stakeholder", ["Name", "Texto os"], ["Description"]]],
        ["Vision", ["Description", "Texto v"]],
        ["Mission", ["Description", "Texto m"]],
        ["Value", ["Name", "Texto w"], ["Description"]],
        [
            "Goal", ["Name", "Texto 1"], ["Description"], ["SequenceIndicator", "1"],
            ["Stakeholder", ["Name", "Texto s"], ["Description"]], ["OtherInformation", "Texto y"],
        ],
    ]  # fmt: skip
    assert outline(root)[:3] == [["Name", "Nudo"], ["Description", "Texto d"], ["OtherInformation", "Texto x"]]


@pytest.mark.parametrize(
    "name", ["Vision", "Mission", "Description", "OtherInformation", "Stakeholder", "Value", "Raro"]
)
def test_texts_that_cannot_stand_there_stand_with_the_others(name: str, tmp_path: Path) -> None:
    axis = row(AXIS, "1")
    rows = (
        row(TEXT, "a", **element(name)), row(TEXT, "b", **element(name)),
        row(TEXT, "c", text=" ", **element(name)), axis,
        row(TEXT, "d", axis, **element(name)), row(TEXT, "e", row(TEXT, "d", axis), **element(name)),
    )  # fmt: skip
    assert local(written(of(*rows), tmp_path)) == "StrategicPlan"


def test_a_plan_without_goals_gets_one_that_is_not_read_back(tmp_path: Path) -> None:
    assert pruned(core(written(of(row(TEXT, "a")), tmp_path))) == [["Goal", ["Name", "Nudo"], ["Description"]]]
    notes = write_manuscript(of(), tmp_path / "out.xml")
    assert Note("out.xml", "stratml-goal-assumed", "Nudo") in notes


def test_an_assumed_goal_that_somebody_filled_is_read(tmp_path: Path) -> None:
    path = tmp_path / "out.xml"
    write_manuscript(of(), path)
    path.write_text(
        path.read_text("utf-8").replace("<Description/>", "<Description/><OtherInformation>Ya</OtherInformation>")
    )
    assert [each.text for each in read_manuscript(path).rows] == ["Nudo", "Ya"]


def test_every_identifier_is_one_and_stands_once(tmp_path: Path) -> None:
    told, broken = ({"stratml": {"identifier": each}} for each in ("_a", "1 a"))
    rows = (row(AXIS, "1", more=told), row(AXIS, "2", more=told), row(AXIS, "2"), row(LINE, "2", more=broken))
    found = [each.text or "" for each in written(of(*rows), tmp_path).iter("{*}Identifier")]
    assert (found[0], len(set(found)), all(map(is_identifier, found))) == ("_a", 4, True)


def test_administrative_facts_stand_where_others_look_for_them(tmp_path: Path) -> None:
    kept = {"start_date": "2021-01-01", "end_date": "luego", "source": "https://x.example/a?b=1", "name": "Nudo largo"}
    root = written(of(row(AXIS, "1"), stratml=kept), tmp_path)
    assert (outline(root)[0], outline(root)[-1]) == (
        ["Name", "Nudo largo"],
        ["AdministrativeInformation", ["StartDate", "2021-01-01"], ["Source", "https://x.example/a?b=1"]],
    )


@pytest.mark.parametrize("source", ["sin esquema", "https://x.example/%zz", "https://ñ.example", 5, None, ""])
def test_a_source_that_is_no_address_stands_only_in_our_words(source: object, tmp_path: Path) -> None:
    root = written(of(row(AXIS, "1"), stratml={"source": source}), tmp_path)
    assert list(root.iter("{*}Source")) == []


@pytest.mark.parametrize(("kind", "said"), [("Person", "Person"), ("Rey", None), (None, None)])
def test_a_stakeholder_is_of_a_kind_that_the_standard_knows(kind: object, said: object, tmp_path: Path) -> None:
    axis = row(AXIS, "1")
    holder = row(TEXT, "s", axis, more={"stratml": {"element": "Stakeholder", "type": kind}})
    [found] = written(of(axis, holder), tmp_path).iter("{*}Stakeholder")
    assert found.get("StakeholderTypeType") == said


def test_a_mark_stands_for_what_xml_cannot_hold_and_is_told(tmp_path: Path) -> None:
    odd = of(row(AXIS, "1", text="uno\x0bdos", body="\ufffe"))
    assert "uno\ufffddos" in str(core(written(odd, tmp_path)))
    notes = write_manuscript(odd, tmp_path / "out.xml")
    assert [note.text for note in notes if note.why == "export-character-replaced"] == ["axis:1"]


def test_what_others_will_not_understand_is_counted(tmp_path: Path) -> None:
    notes = write_manuscript(plan(), tmp_path / "out.xml")
    told = {note.text for note in notes if note.why == "export-in-own-words"}
    assert {"audience: 1", "stake: 1", "target: 1", "due_on: 1", "lineage: 1", "binds: 1"} <= told


def test_what_has_no_place_in_the_tree_is_told(tmp_path: Path) -> None:
    left = replace(plan(), unplaced=(Note("a.md:3", "markdown-before-items", "Suelto"),))
    assert Note("a.md:3", "export-leaves-out-unplaced", "Suelto") in write_manuscript(left, tmp_path / "out.xml")


def test_a_plan_that_came_in_clean_has_nothing_to_tell(tmp_path: Path) -> None:
    axis = row(AXIS, "1")
    other = row(TEXT, "1.other-information", axis, **element("OtherInformation"))
    clean = of(axis, other, row(OBJECTIVE, "1.1", axis))
    assert [note.why for note in write_manuscript(clean, tmp_path / "out.xml")] == []
    assert b"<?yupana" not in (tmp_path / "out.xml").read_bytes()


def test_text_that_would_end_a_mark_does_not(tmp_path: Path) -> None:
    hostile = '?><Goal/><?yupana {"role": "line"}?>'
    assert len(core(written(of(row(AXIS, "1", legal_basis=hostile, text=hostile)), tmp_path))) == 1


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("1", {"code": "9"}), ("1", {"text": "Otro"}), ("1", {"role": LINE}), ("1.1", {"parent": None}),
        ("1", {"role": TEXT}),
        ("vision", {"text": ""}), ("vision", {"parent": (AXIS, "1")}), ("1.1", {"body": "Ahora"}),
        ("1.1", {"more": {}}),
    ],
)  # fmt: skip
def test_an_edited_plan_comes_back_as_it_was_edited(code: str, said: dict[str, Any], tmp_path: Path) -> None:
    axis = row(AXIS, "1", more={"stratml": {"identifier": "_a"}})
    below = row(OBJECTIVE, "1.1", axis, more={"stratml": {"sequence": "1", "identifier": "_b"}})
    rows = (row(TEXT, "vision", **element("Vision")), axis, below, row(TEXT, "z", below, **element("Stakeholder")))
    changed = of(*[replace(each, **said) if each.code == code else each for each in rows])
    assert local(written(changed, tmp_path)) == "StrategicPlan"
