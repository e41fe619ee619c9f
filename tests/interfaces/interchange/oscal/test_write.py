"""Any tree as a catalogue that others can read, and what they are told that it leaves out."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.interfaces.interchange.files import loaded, saved
from tests.interfaces.interchange.manuscripts import essence, plan
from yupana.domain.instruments.facts import Heading, ItemRole, ItemRow, Manuscript
from yupana.foundation.kernel.report import Note
from yupana.interfaces.interchange.oscal.build import MOST_TITLE
from yupana.interfaces.interchange.oscal.grammar import is_token, is_uuid
from yupana.interfaces.interchange.oscal.marks import OURS, apart
from yupana.interfaces.interchange.oscal.read import read_manuscript
from yupana.interfaces.interchange.oscal.write import SOME_MOMENT, write_manuscript
from yupana.interfaces.interchange.trees import MOST_LEVELS

AXIS, LINE, TARGET, TEXT = ItemRole.AXIS, ItemRole.LINE, ItemRole.TARGET, ItemRole.TEXT
COVER = Heading("NUDO", "Nudo", "plan", "1", "Nudo", "")


def of(*rows: ItemRow, **more: Any) -> Manuscript:  # noqa: ANN401 (whatever a test puts there)
    return Manuscript(COVER, rows, more=more)


def row(role: ItemRole, code: str, parent: ItemRow | None = None, **said: Any) -> ItemRow:  # noqa: ANN401 (whatever fields)
    fields = {"text": "Texto", "parent": parent and (parent.role, parent.code)} | said
    return ItemRow("", role, code, **fields)


def written(manuscript: Manuscript, folder: Path) -> dict[str, Any]:
    write_manuscript(manuscript, folder / "out.json")
    body: dict[str, Any] = loaded(folder / "out.json")["catalog"]
    return body


def outline(things: list[dict[str, Any]]) -> list[Any]:
    """Ids with what stands below them, by kind."""
    return [
        [thing.get("id"), {name: outline(thing[name]) for name in ("parts", "groups", "controls") if name in thing}]
        for thing in things
    ]


def test_axes_are_groups_lines_are_controls_and_targets_are_parts(tmp_path: Path) -> None:
    axis = row(AXIS, "E1")
    line = row(LINE, "L1", axis)
    body = written(of(axis, line, row(TARGET, "M1", line), row(TEXT, "N1", axis)), tmp_path)
    assert outline(body["groups"]) == [
        ["E1", {"parts": [["N1", {}]], "controls": [["L1", {"parts": [["M1", {}]]}]]}],
    ]


def test_codes_that_are_no_tokens_keep_their_code_beside_a_readable_id(tmp_path: Path) -> None:
    axis, line = row(AXIS, "1"), row(LINE, "1")
    body = written(of(axis, replace(line, parent=(AXIS, "1"))), tmp_path)
    [group] = body["groups"]
    [control] = group["controls"]
    assert (group["id"], control["id"], apart(control["props"])[0]["code"]) == ("axis-1", "line-1", "1")


@pytest.mark.parametrize("code", ["1", "a b", "{x}", "", "á/é", "²", "1+1", "x" * 100, "-"])
def test_every_id_is_a_token_and_nobody_elses(code: str, tmp_path: Path) -> None:
    body = written(of(*[row(role, code) for role in (AXIS, LINE, AXIS, LINE, TEXT)]), tmp_path)
    ids = [thing["id"] for member in ("groups", "controls") for thing in body[member]]
    assert (len(set(ids)), all(map(is_token, ids))) == (5, True)


def test_a_group_holds_groups_or_controls_so_a_group_among_controls_becomes_one(tmp_path: Path) -> None:
    axis = row(AXIS, "a")
    inner = row(AXIS, "b", axis)
    manuscript = of(axis, inner, row(LINE, "c", axis), row(AXIS, "d", inner))
    body = written(manuscript, tmp_path)
    assert outline(body["groups"]) == [["a", {"controls": [["b", {"controls": [["d", {}]]}], ["c", {}]]}]]
    assert essence(read_manuscript(tmp_path / "out.json")) == manuscript


def test_below_a_text_everything_is_a_part(tmp_path: Path) -> None:
    axis, text = row(AXIS, "a"), row(TEXT, "t", row(AXIS, "a"))
    body = written(of(axis, text, row(LINE, "l", text), row(AXIS, "x", text)), tmp_path)
    assert outline(body["groups"]) == [["a", {"parts": [["t", {"parts": [["l", {}], ["x", {}]]}]]}]]


def test_a_text_at_the_root_is_a_group(tmp_path: Path) -> None:
    assert outline(written(of(row(TEXT, "t")), tmp_path)["groups"]) == [["t", {}]]


def test_text_and_body_are_read_by_others_too(tmp_path: Path) -> None:
    axis = row(AXIS, "a", body="Explica **todo**.")
    body = written(of(axis, row(TEXT, "t", axis, body="Más"), row(TEXT, "u", axis)), tmp_path)
    explained, titled, plain = body["groups"][0]["parts"]
    assert explained == {"name": "body", "ns": OURS, "prose": "Explica **todo**."}
    assert (titled["title"], titled["prose"]) == ("Texto", "Más")
    assert (plain["prose"], plain["name"], "title" in plain) == ("Texto", "text", False)


@pytest.mark.parametrize(
    ("text", "title"), [("uno\ndos", "uno dos"), (" ", " "), ("", "a"), ("\n", "a"), ("x" * 400, "x" * 400)]
)
def test_a_title_is_one_line(text: str, title: str, tmp_path: Path) -> None:
    assert written(of(row(AXIS, "a", text=text)), tmp_path)["groups"][0]["title"] == title


def test_a_title_of_many_lines_is_cut_and_the_text_is_kept(tmp_path: Path) -> None:
    long = of(row(AXIS, "a", text="línea\n" * 100))
    assert len(written(long, tmp_path)["groups"][0]["title"]) == MOST_TITLE
    assert essence(read_manuscript(tmp_path / "out.json")) == long


def test_a_tree_without_end_is_hung_on_the_last_level_and_comes_back(tmp_path: Path) -> None:
    rows = [row(LINE, "l0")]
    for each in range(1, 200):
        rows.append(row(LINE, f"l{each}", rows[-1]))
    notes = write_manuscript(of(*rows), tmp_path / "out.json")
    assert essence(read_manuscript(tmp_path / "out.json")) == of(*rows)
    assert sum(note.why == "export-stands-elsewhere" for note in notes) == 199 - MOST_LEVELS


def test_the_same_manuscript_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("uno.json", "dos.json"):
        write_manuscript(plan(), tmp_path / name)
    assert (tmp_path / "uno.json").read_bytes() == (tmp_path / "dos.json").read_bytes()


def test_the_document_has_an_id_of_its_own(tmp_path: Path) -> None:
    one, other = written(of(), tmp_path), written(replace(of(), heading=replace(COVER, edition="2")), tmp_path)
    assert (is_uuid(one["uuid"]), one["uuid"] == other["uuid"]) == (True, False)


def test_what_the_schema_demands_and_nobody_knows_is_assumed_and_told(tmp_path: Path) -> None:
    notes = write_manuscript(of(), tmp_path / "out.json")
    metadata = loaded(tmp_path / "out.json")["catalog"]["metadata"]
    assert metadata["last-modified"] == SOME_MOMENT
    assert Note("out.json", "oscal-moment-assumed", SOME_MOMENT) in notes


def test_what_others_will_not_understand_is_counted(tmp_path: Path) -> None:
    notes = write_manuscript(plan(), tmp_path / "out.json")
    told = {note.text for note in notes if note.why == "export-in-own-words"}
    assert {"audience: 1", "stake: 1", "target: 1", "due_on: 1", "lineage: 1", "binds: 1"} <= told


def test_what_has_no_place_in_the_tree_is_told(tmp_path: Path) -> None:
    left = replace(plan(), unplaced=(Note("a.md:3", "markdown-before-items", "Suelto"),))
    assert Note("a.md:3", "export-leaves-out-unplaced", "Suelto") in write_manuscript(left, tmp_path / "out.json")


def test_a_plan_that_goes_nowhere_else_tells_nothing_of_moving(tmp_path: Path) -> None:
    notes = write_manuscript(plan(), tmp_path / "out.json")
    assert [note for note in notes if note.why == "export-stands-elsewhere"] == []


def test_half_characters_are_written_as_escapes(tmp_path: Path) -> None:
    write_manuscript(of(row(AXIS, "a", text="\ud800")), tmp_path / "out.json")
    assert b"\\ud800" in (tmp_path / "out.json").read_bytes()


# --- what came from a catalogue and was edited here ----------------------------------------------------------------
SOURCE = {
    "catalog": {
        "uuid": "74c8ba1e-5cd4-4ad1-bbfd-d888e2f6c724",
        "metadata": {
            "title": "Normas", "last-modified": "2024-02-13T17:43:40.74643Z", "version": "1", "oscal-version": "1.1.2",
        },
        "groups": [{
            "id": "g", "title": "Grupo", "controls": [
                {"id": "c", "title": "Control", "params": [{"id": "p"}], "parts": [{"name": "statement"}]},
                {"id": "d", "title": "Otro"},
            ],
        }],
        "back-matter": {"resources": [{"uuid": "84cbf061-eb87-4ec1-8112-1f529232e907"}]},
    }
}  # fmt: skip


@pytest.fixture
def source(tmp_path: Path) -> Manuscript:
    return read_manuscript(saved(tmp_path, SOURCE))


def edited(source: Manuscript, which: str, **said: Any) -> Manuscript:  # noqa: ANN401 (whatever fields)
    rows = tuple(replace(each, **said) if each.code == which else each for each in source.rows)
    return replace(source, rows=rows)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("c", {"code": "c9"}),
        ("c", {"text": "Otro título"}),
        ("c", {"parent": None}),
        ("c", {"parent": (ItemRole.REQUIREMENT, "d")}),
        ("c", {"role": ItemRole.GUIDELINE}),
        ("c", {"role": TEXT}),
        ("c", {"more": {}}),
        ("c.statement", {"text": "Ahora dice algo"}),
        ("c.statement", {"code": "enunciado"}),
        ("c.statement", {"parent": None}),
        ("g", {"role": LINE, "body": "Explica"}),
    ],
)
def test_an_edited_catalogue_comes_back_as_it_was_edited(
    code: str, said: dict[str, Any], source: Manuscript, tmp_path: Path
) -> None:
    changed = edited(source, code, **said)
    write_manuscript(changed, tmp_path / "out.json")
    assert essence(read_manuscript(tmp_path / "out.json")) == essence(changed)


def test_a_new_number_is_the_new_id(source: Manuscript, tmp_path: Path) -> None:
    rows = edited(source, "c", code="c9").rows
    moved = tuple(replace(each, parent=(each.parent[0], "c9")) if each.parent and each.parent[1] == "c" else each
                  for each in rows)  # fmt: skip
    body = written(replace(source, rows=moved), tmp_path)
    assert [each["id"] for each in body["groups"][0]["controls"]] == ["c9", "d"]


def test_a_catalogue_that_nobody_touched_goes_out_as_it_came(source: Manuscript, tmp_path: Path) -> None:
    assert write_manuscript(source, tmp_path / "out.json") == ()
    assert loaded(tmp_path / "out.json") == SOURCE
