"""Files in: counted, idempotent, all or nothing, and honest about what they did."""

from pathlib import Path

import pytest

from tests.interfaces.cli.conftest import ROWS, Yupana
from yupana.domain.entities.models import Entity
from yupana.domain.instruments.models import Edition, Item
from yupana.domain.obligations.models import Call
from yupana.domain.submissions.models import Submission
from yupana.foundation.ledger.models import Entry

KEYS = ["read", "created", "updated", "unchanged", "unplaced", "flagged"]


def test_a_register_is_counted(yupana: Yupana, state: Path) -> None:
    told = yupana("import", "entities", state / "entidades.csv", "--json").json
    assert (list(told), [told[key] for key in KEYS[:4]]) == (KEYS, [4, 4, 0, 0])


def test_every_note_says_where_why_and_what(yupana: Yupana, state: Path) -> None:
    told = yupana("import", "entities", state / "entidades.csv", "--json").json
    assert [(note["where"], note["why"]) for note in told["flagged"]] == [
        ("entidades.csv:4", "code-duplicated"),
        ("entidades.csv:5", "code-duplicated"),
    ]
    assert {key for note in told["flagged"] for key in note} == {"where", "why", "text"}


def test_json_keeps_progress_and_sentences_off_stdout(yupana: Yupana, state: Path) -> None:
    said = yupana("import", "entities", state / "entidades.csv", "--json")
    assert (said.out.count("\n"), "entidades.csv" in said.err, "4/4" in said.err) == (1, True, True)


def test_the_same_register_twice_changes_nothing(yupana: Yupana, state: Path) -> None:
    yupana("import", "entities", state / "entidades.csv")
    before = Entry.objects.count()
    told = yupana("import", "entities", state / "entidades.csv", "--json").json
    assert ([told[key] for key in KEYS[:4]], Entry.objects.count()) == ([4, 0, 0, 4], before)


def test_people_get_a_summary_with_the_state_of_the_record(yupana: Yupana, state: Path) -> None:
    out = yupana("import", "entities", state / "entidades.csv").out
    assert ("Rows read: 4." in out, "new 4," in out, "Record: 4 entries" in out) == (True, True, True)


def test_the_summary_is_spanish_where_nobody_says_otherwise(yupana: Yupana, state: Path) -> None:
    out = yupana("--lang", "es", "import", "entities", state / "entidades.csv").out
    assert "Filas leídas: 4." in out


def test_a_map_names_columns_and_source(yupana: Yupana, tmp_path: Path) -> None:
    table, names = tmp_path / "odd.csv", tmp_path / "odd.toml"
    table.write_text("k;quien;clase_de_ente\n7;Gobierno de Ceibo;Gobierno Autónomo Municipal\n", "utf-8")
    names.write_text('source = "odd"\n[columns]\nsource_id = "k"\nname = "quien"\ntype = "clase_de_ente"\n', "utf-8")
    assert yupana("import", "entities", table, "--map", names).code == 0
    assert Entity.objects.get().ref == "odd:7"


def test_the_source_that_is_told_is_the_source(yupana: Yupana, state: Path) -> None:
    yupana("import", "entities", state / "entidades.csv", "--source", "sauce")
    assert set(Entity.objects.values_list("source", flat=True)) == {"sauce"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"id,denominacion\n1,\xff\xfe\n", "UTF-8"),
        (b"", "names of the columns"),
        (b"a,b\n1,2\n", "source_id"),
        (b'id,denominacion\n1,"open\n', "bad.csv:2"),
        (b"id,denominacion,tipo\n1,A,Ministerio\n1,B,Ministerio\n", "bad.csv:3"),
    ],
)
def test_a_file_that_cannot_be_read_is_rejected_with_its_place(
    content: bytes, said: str, yupana: Yupana, tmp_path: Path
) -> None:
    (tmp_path / "bad.csv").write_bytes(content)
    answer = yupana("import", "entities", tmp_path / "bad.csv", "--json")
    assert (answer.code, answer.out, said in answer.err, Entity.objects.count()) == (1, "", True, 0)


@pytest.mark.parametrize("what", ["entities", "instrument", "commitments"])
def test_a_file_that_is_not_there_is_rejected(what: str, yupana: Yupana, tmp_path: Path) -> None:
    said = yupana("import", what, tmp_path / "nowhere")
    assert (said.code, said.out, "nowhere" in said.err) == (1, "", True)


def test_a_folder_is_no_register(yupana: Yupana, tmp_path: Path) -> None:
    assert yupana("import", "entities", tmp_path).code == 1


# --- instruments ---------------------------------------------------------------------------------------------------
def test_an_instrument_is_a_draft_until_it_is_published(yupana: Yupana, state: Path) -> None:
    said = yupana("import", "instrument", state)
    assert ("Rows read: 4." in said.out, "yupana publish PLAN 1" in said.out) == (True, True)
    assert Edition.objects.get().state == "draft"


def test_code_edition_and_title_can_be_told(yupana: Yupana, state: Path) -> None:
    yupana("import", "instrument", state, "--code", "PGE", "--edition", "2017", "--title", "El plan")
    assert Edition.objects.values_list("instrument__code", "code", "title").get() == ("PGE", "2017", "El plan")


PLAN = """\
{"codigo": "ACEQUIA", "titulo": "Plan de Acequias", "norma": "Ley 5", "vigente": true,
 "ejes": [{"codigo": "1", "nombre": "Limpias", "metas": [{"codigo": "1.1", "nombre": "Limpiar"}]}]}
"""


def test_a_cover_is_told_by_the_file_and_what_is_said_besides_counts_first(yupana: Yupana, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(PLAN)
    yupana(
        "import", "instrument", tmp_path / "x.json", "--code", "A", "--kind", "lineamientos", "--edition-title", "Uno"
    )
    cover = Edition.objects.values_list(
        "instrument__code", "instrument__title", "instrument__kind", "code", "title", "legal_basis"
    )
    assert cover.get() == ("A", "Plan de Acequias", "lineamientos", "1", "Uno", "Ley 5")


def test_a_word_can_be_told_to_mean_a_role(yupana: Yupana, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(PLAN)
    yupana("import", "instrument", tmp_path / "x.json", "--role", "metas=objetivo")
    assert list(Item.objects.order_by("order").values_list("role", flat=True)) == ["axis", "objective"]


@pytest.mark.parametrize("said", ["metas", "metas=", "=axis", "metas=boss"])
def test_what_says_no_role_is_wrong_usage(said: str, yupana: Yupana, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(PLAN)
    told = yupana("import", "instrument", tmp_path / "x.json", "--role", said)
    assert (told.code, "axis, line, objective" in told.err, Edition.objects.count()) == (2, True, 0)


def test_what_was_not_read_is_told_with_its_place(yupana: Yupana, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(PLAN)
    said = yupana("import", "instrument", tmp_path / "x.json")
    told = yupana("import", "instrument", tmp_path / "x.json", "--json").json["unplaced"]
    assert ("x.json  The field has no name that is known" in said.out, told) == (
        True,
        [{"where": "x.json", "why": "field-not-read", "text": "vigente"}],
    )


def test_ten_notes_are_shown_and_all_where_that_is_asked(yupana: Yupana, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(",".join(["role,code,text", *(f"c{at}" for at in range(15))]) + "\nline,1,Una\n")
    shown = [
        yupana("import", "instrument", tmp_path / "x.csv", *more).out.count("[column-not-read]")
        for more in ([], ["--all"])
    ]
    assert shown == [10, 15]


def test_the_same_instrument_twice_changes_nothing(yupana: Yupana, state: Path) -> None:
    yupana("import", "instrument", state)
    told = yupana("import", "instrument", state, "--json").json
    assert [told[key] for key in KEYS[:4]] == [4, 0, 0, 4]


def test_the_same_instrument_twice_changes_nothing_when_it_is_published(yupana: Yupana, state: Path) -> None:
    yupana("import", "instrument", state)
    yupana("publish", "PLAN", "1", "--act", "Ley 1", "--on", "2020-01-01")
    said = yupana("import", "instrument", state)
    assert (said.code, "unchanged 4." in said.out, "It is a draft" in said.out) == (0, True, False)


def test_a_changed_instrument_over_a_published_edition_is_a_conflict(yupana: Yupana, state: Path) -> None:
    yupana("import", "instrument", state)
    yupana("publish", "PLAN", "1", "--act", "Ley 1", "--on", "2020-01-01")
    (state / "plan_lineas.csv").write_text("id,eje_id,linea\n1,1,Una\n2,1,Otra cosa\n", "utf-8")
    said = yupana("import", "instrument", state, "--json")
    assert (said.code, said.out, "PLAN/1" in said.err) == (3, "", True)


# --- plans ---------------------------------------------------------------------------------------------------------
def test_plans_are_counted_with_their_rows(yupana: Yupana, loaded: Path) -> None:
    told = yupana("import", "commitments", loaded, "--json").json
    assert (list(told), told["read"], told["created"], told["unchanged"]) == (KEYS, 5, 5, 0)


def test_plans_twice_change_nothing_and_find_the_same_call(yupana: Yupana, loaded: Path) -> None:
    yupana("import", "commitments", loaded)
    before = Entry.objects.count()
    told = yupana("import", "commitments", loaded, "--json").json
    assert ([told[key] for key in KEYS[:4]], Call.objects.count(), Entry.objects.count()) == ([5, 0, 0, 5], 1, before)


def test_a_plan_without_a_line_is_kept_and_named(yupana: Yupana, loaded: Path) -> None:
    told = yupana("import", "commitments", loaded, "--json").json
    notes = [(note["where"], note["why"]) for note in told["unplaced"] + told["flagged"]]
    assert ("pige_detalle.csv:4", "row-without-line") in notes


def test_what_is_done_without_a_call_is_said(yupana: Yupana, loaded: Path) -> None:
    out = yupana("import", "commitments", loaded).out
    said = ["PLAN/1 was a draft; it is published now", "PLAN-HISTORICA was opened.", "Bodies: 3.", "--due DATE"]
    assert [sentence for sentence in said if sentence not in out] == []


def test_json_says_it_on_stderr(yupana: Yupana, loaded: Path) -> None:
    said = yupana("import", "commitments", loaded, "--json")
    assert ("PLAN-HISTORICA" in said.err, "PLAN-HISTORICA" in said.out) == (True, False)


def test_plans_can_answer_a_call_that_is_named(yupana: Yupana, loaded: Path) -> None:
    yupana("publish", "PLAN", "1", "--act", "Ley 1", "--on", "2020-01-01")
    window = ["--opens", "2020-02-01", "--due", "2020-03-31", "--period", "2020"]
    assert yupana("call", "open", "PLAN/1", "--audience", "all", *window, "--code", "C-1").code == 0
    assert yupana("import", "commitments", loaded, "--call", "C-1").code == 0
    assert set(Submission.objects.values_list("obligation__call__code", flat=True)) == {"C-1"}


def test_a_call_that_is_not_there_is_rejected_and_nothing_is_published(yupana: Yupana, loaded: Path) -> None:
    said = yupana("import", "commitments", loaded, "--call", "C-9")
    assert (said.code, "C-9" in said.err, Edition.objects.get().state) == (1, True, "draft")


def test_a_deadline_belongs_to_the_historical_call(yupana: Yupana, loaded: Path) -> None:
    assert yupana("import", "commitments", loaded, "--call", "C-1", "--due", "2020-03-31").code == 2


def test_what_cannot_be_read_leaves_no_call_behind(yupana: Yupana, loaded: Path) -> None:
    (loaded / "pige_detalle.csv").write_text(ROWS.replace("pige_id", "whose"), "utf-8")
    said = yupana("import", "commitments", loaded)
    assert (said.code, Call.objects.count(), Edition.objects.get().state) == (1, 0, "draft")


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("entities", ["source_id", "foo, bar", "identificador", "--map TOML", "docs/formats.md"]),
        ("instrument", ["role", "foo, bar", "rol, tipo", "docs/formats.md"]),
        ("commitments", ["id, entity", "foo, bar", "codigo_entidad", "docs/formats.md"]),
    ],
)
def test_columns_that_are_not_recognised_say_what_was_found_what_was_sought_and_what_to_do(
    command: str, told: list[str], yupana: Yupana, tmp_path: Path
) -> None:
    (tmp_path / "foo.csv").write_text("foo,bar\n1,2\n")
    said = yupana("import", command, tmp_path / "foo.csv")
    assert (said.code, [each for each in told if each not in said.err]) == (1, [])
