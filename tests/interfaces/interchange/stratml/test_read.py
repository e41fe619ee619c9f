"""Plans as the standard has them and as people write them."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.interfaces.interchange.files import refusal, saved, whys
from yupana.domain.instruments.facts import Heading, Manuscript
from yupana.domain.instruments.rules import arranged
from yupana.foundation.kernel.canonical import canonical
from yupana.foundation.kernel.errors import Refused
from yupana.interfaces.interchange.stratml.elements import NAMESPACE, PART_2
from yupana.interfaces.interchange.stratml.read import read_manuscript, recognises


def plan(inside: str, before: str = "", after: str = "") -> str:
    return (
        f'<StrategicPlan xmlns="{NAMESPACE}"><Name>Plan del Nudo</Name>{before}'
        f"<StrategicPlanCore>{inside}</StrategicPlanCore>{after}</StrategicPlan>"
    )


def read(folder: Path, xml: str) -> Manuscript:
    return read_manuscript(saved(folder, xml, "plan.xml"))


def told(found: Manuscript) -> list[tuple[str, str, str, str]]:
    return [(row.key, row.text, row.body, ":".join(row.parent) if row.parent else "") for row in found.rows]


# --- recognised, refused -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "known"),
    [
        (f'<StrategicPlan xmlns="{NAMESPACE}">', True),
        ('<?xml version="1.0"?>\n<!-- hola -->\n<s:StrategicPlan>', True),
        ("<PerformancePlanOrReport Type='x'>", True),
        ("<StrategicPlanner/>", False),
        ("<plan/>", False),
        ("StrategicPlan", False),
        ("", False),
    ],
)
def test_a_file_is_recognised_by_its_root(text: str, known: bool, tmp_path: Path) -> None:
    assert recognises(saved(tmp_path, text, "plan.xml")) == known


@pytest.mark.parametrize(
    ("xml", "answer"),
    [
        ("<plan/>", ("stratml-root", "plan.xml:1")),
        ("\n<html><StrategicPlan/></html>", ("stratml-root", "plan.xml:2")),
        ("", ("xml-malformed", "plan.xml:1")),
        ('<!DOCTYPE StrategicPlan [<!ENTITY x "y">]>\n<StrategicPlan/>', ("xml-entities", "plan.xml:1")),
    ],
)
def test_what_is_no_plan_is_refused_with_its_place(xml: str, answer: tuple[str, str], tmp_path: Path) -> None:
    assert refusal(read_manuscript, saved(tmp_path, xml, "plan.xml")) == answer


# --- as the standard has it ----------------------------------------------------------------------------------------
def test_goals_and_objectives_are_numbered_as_they_say(tmp_path: Path) -> None:
    goal = "<Name>{0}</Name><Description>D{0}</Description><SequenceIndicator>{1}</SequenceIndicator>"
    found = read(
        tmp_path,
        plan(
            f"<Goal>{goal.format('A', 'I')}<Objective>{goal.format('B', '1')}</Objective>"
            f"<Objective>{goal.format('C', 'I.2')}</Objective></Goal><Goal>{goal.format('D', 'II')}</Goal>"
        ),
    )
    assert told(found) == [
        ("axis:I", "A", "DA", ""),
        ("objective:I.1", "B", "DB", "axis:I"),
        ("objective:I.2", "C", "DC", "axis:I"),
        ("axis:II", "D", "DD", ""),
    ]
    assert [row.more for row in found.rows] == [{}, {"stratml": {"sequence": "1"}}, {}, {}]


def test_what_has_no_number_gets_the_first_that_is_free(tmp_path: Path) -> None:
    named = "<Name>{0}</Name><Description/>"
    numbered = named + "<SequenceIndicator>{1}</SequenceIndicator>"
    found = read(
        tmp_path,
        plan(
            f"<Goal>{named.format('A')}<Objective>{named.format('a')}</Objective>"
            f"<Objective>{numbered.format('b', '1')}</Objective>"
            f"<Objective>{numbered.format('c', '1')}</Objective></Goal>"
            f"<Goal>{numbered.format('B', '1')}</Goal><Goal>{numbered.format('C', '¿?')}</Goal>"
        ),
    )
    assert [(row.key, row.text) for row in found.rows] == [
        ("axis:2", "A"), ("objective:2.2", "a"), ("objective:2.1", "b"), ("objective:2.3", "c"), ("axis:1", "B"),
        ("axis:3", "C"),
    ]  # fmt: skip


def test_everything_that_holds_text_is_an_item(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        plan(
            "<Organization><Name>Agencia</Name><Acronym>AG</Acronym><Identifier>_o</Identifier><Description>D</Description>"
            "<Stakeholder><Name>Gente</Name></Stakeholder></Organization>"
            "<Vision><Description>V</Description><Identifier>_v</Identifier></Vision>"
            "<Mission><Description>M</Description></Mission>"
            "<Value><Name>Uno</Name><Description>U</Description></Value><Value><Name>Dos</Name></Value>"
            '<Goal><Name>G</Name><Description/><Stakeholder StakeholderTypeType="Person"><Name>S</Name></Stakeholder>'
            "<OtherInformation>Y\n  más</OtherInformation></Goal>",
            before="<Description>Todo</Description><OtherInformation>Nota</OtherInformation>",
        ),
    )
    assert told(found) == [
        ("text:description", "Todo", "", ""),
        ("text:other-information", "Nota", "", ""),
        ("text:organization-1", "Agencia", "D", ""),
        ("text:organization-1.stakeholder-1", "Gente", "", "text:organization-1"),
        ("text:vision", "V", "", ""),
        ("text:mission", "M", "", ""),
        ("text:value-1", "Uno", "U", ""),
        ("text:value-2", "Dos", "", ""),
        ("axis:1", "G", "", ""),
        ("text:1.stakeholder-1", "S", "", "axis:1"),
        ("text:1.other-information", "Y\nmás", "", "axis:1"),
    ]
    more: dict[str, Any] = {row.code: row.more.get("stratml") for row in found.rows}
    assert (more["organization-1"], more["vision"], more["1.stakeholder-1"]) == (
        {"element": "Organization", "identifier": "_o", "acronym": "AG"},
        {"element": "Vision", "identifier": "_v"},
        {"element": "Stakeholder", "type": "Person"},
    )


def test_empty_elements_say_nothing(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        plan(
            "<Organization><Name/><Stakeholder><Name/></Stakeholder></Organization><Vision><Description/></Vision>"
            "<Value><Name/></Value><Goal><Name>G</Name><Description/><Stakeholder><Name/></Stakeholder>"
            "<OtherInformation/></Goal>",
            before="<Description/>",
        ),
    )
    assert (told(found), found.mended, found.unplaced) == ([("axis:1", "G", "", "")], (), ())


def test_the_cover_is_the_name_and_the_year(tmp_path: Path) -> None:
    administrative = (
        "<AdministrativeInformation><StartDate>2021-01-01</StartDate><EndDate>2025-12-31</EndDate>"
        "<PublicationDate>2020-11-20</PublicationDate><Source>https://x.example/a</Source></AdministrativeInformation>"
    )
    found = read(tmp_path, plan("<Goal><Name>G</Name><Description/></Goal>", after=administrative))
    assert found.heading == Heading("PLAN-DEL-NUDO", "Plan del Nudo", "plan", "2020", "Plan del Nudo", "")
    assert found.more == {
        "stratml": {
            "start_date": "2021-01-01", "end_date": "2025-12-31", "publication_date": "2020-11-20",
            "source": "https://x.example/a",
        }
    }  # fmt: skip


def test_who_submitted_a_plan_is_not_kept(tmp_path: Path) -> None:
    person = "<Submitter><GivenName>Sami</GivenName><EmailAddress>sami@x.example</EmailAddress></Submitter>"
    xml = plan(
        "<Goal><Name>G</Name><Description/></Goal>",
        after=f"<AdministrativeInformation>{person}</AdministrativeInformation>",
    )
    found = read(tmp_path, xml)
    assert [(note.why, note.text) for note in found.unplaced] == [("stratml-submitter-left-out", "")]
    assert "sami" not in repr(found).lower()


def test_an_indicator_of_part_2_says_what_it_measures_and_all_its_figures(tmp_path: Path) -> None:
    indicator = (
        "<PerformanceIndicator><SequenceIndicator>1</SequenceIndicator><MeasurementDimension>Hogares</MeasurementDimension>"
        "<UnitOfMeasurement>%</UnitOfMeasurement><Identifier>_i</Identifier><MeasurementInstance><TargetResult>"
        "<NumberOfUnits>80</NumberOfUnits></TargetResult></MeasurementInstance>"
        "<OtherInformation>Ojo</OtherInformation></PerformanceIndicator>"
    )
    xml = plan(f"<Goal><Name>G</Name><Description/><Objective><Name>O</Name>{indicator}</Objective></Goal>")
    assert told(read(tmp_path, xml))[2:] == [
        (
            "indicator:1.1.indicator-1",
            "Hogares",
            "- SequenceIndicator: 1\n- UnitOfMeasurement: %\n- MeasurementInstance / TargetResult / NumberOfUnits: 80",
            "objective:1.1",
        ),
        ("text:1.1.indicator-1.other-information", "Ojo", "", "indicator:1.1.indicator-1"),
    ]


GOAL = plan("<Goal><Name>G</Name></Goal>")


# --- mended --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("xml", "mended"),
    [
        (GOAL, []),
        (GOAL.replace(f' xmlns="{NAMESPACE}"', ""), ["stratml-namespace"]),
        (GOAL.replace("17469", "0"), ["stratml-namespace"]),
        (
            GOAL.replace("<", "<s:").replace("<s:/", "</s:").replace(f'xmlns="{NAMESPACE}"', 'xmlns:s="urn:old"'),
            ["stratml-namespace"],
        ),
        (
            GOAL.replace("StrategicPlan>", f"{PART_2}>").replace("<StrategicPlan ", f"<{PART_2} "),
            ["stratml-root-of-part-2"],
        ),
        (GOAL.replace("<Goal>", "<Goals><Goal>").replace("</Goal>", "</Goal></Goals>"), ["stratml-container"]),
        (GOAL.replace("<Name>Plan del Nudo</Name>", ""), ["stratml-name-missing"]),
        (plan("<Goal><Name>G</Name><Description>a <b>b</b> c</Description></Goal>"), ["stratml-markup-in-text"]),
    ],
)
def test_what_the_standard_does_not_allow_is_read_and_listed(xml: str, mended: list[str], tmp_path: Path) -> None:
    found = read(tmp_path, xml)
    assert ([row.key for row in found.rows], [note.why for note in found.mended]) == (["axis:1"], mended)


def test_markup_inside_text_is_left_out_and_its_text_kept(tmp_path: Path) -> None:
    found = read(tmp_path, plan("<Goal><Name>G</Name><Description>a <b>b <i>c</i></b> d</Description></Goal>"))
    assert (found.rows[0].body, found.unplaced) == ("a b c d", ())


@pytest.mark.parametrize(
    ("said", "kept", "why"),
    [
        ("_ok-1.a", "_ok-1.a", ""),
        ("1abc", "_1abc", "stratml-identifier-unusable"),
        ("a b{", "", "stratml-identifier-unusable"),
        ("a b", "a-b", "stratml-identifier-unusable"),
        ("ID-${uuid}", "", "stratml-identifier-unusable"),
        ("", "", "stratml-identifier-unusable"),
        ("¿?", "", "stratml-identifier-unusable"),
        ("yupana-1", "", ""),
    ],
)
def test_an_identifier_is_kept_mended_or_left_out(said: str, kept: str, why: str, tmp_path: Path) -> None:
    found = read(tmp_path, plan(f"<Goal><Name>G</Name><Description/><Identifier>{said}</Identifier></Goal>"))
    assert found.rows[0].more == ({"stratml": {"identifier": kept}} if kept else {})
    assert [note.why for note in found.mended] == ([why] if why else [])


def test_an_identifier_that_stands_twice_is_listed(tmp_path: Path) -> None:
    goal = "<Goal><Name>G</Name><Description/><Identifier>_a</Identifier></Goal>"
    assert whys(read(tmp_path, plan(goal + goal))) == [("plan.xml:1", "stratml-identifier-twice")]


@pytest.mark.parametrize("day", ["ayer", "2021", "2021-02-30", "20210101", "2021-01-01T00:00:00", "01/02/2021"])
def test_a_date_that_is_none_is_listed_and_left_out(day: str, tmp_path: Path) -> None:
    after = f"<AdministrativeInformation><StartDate>{day}</StartDate></AdministrativeInformation>"
    found = read(tmp_path, plan("<Goal><Name>G</Name></Goal>", after=after))
    assert (found.more, [(note.why, note.text) for note in found.mended]) == ({}, [("stratml-date-unreadable", day)])


@pytest.mark.parametrize(
    ("goal", "text", "body", "listed"),
    [
        ("<Name>N</Name><Description>D</Description>", "N", "D", False),
        ("<Name/><Description>D</Description>", "D", "", True),
        ("", "Goal 1", "", True),
    ],
)
def test_a_goal_without_a_name_says_what_it_has(goal: str, text: str, body: str, listed: bool, tmp_path: Path) -> None:
    found = read(tmp_path, plan(f"<Goal>{goal}</Goal>"))
    assert (found.rows[0].text, found.rows[0].body, bool(found.mended)) == (text, body, listed)


# --- unplaced ------------------------------------------------------------------------------------------------------
def test_no_text_and_no_attribute_is_dropped_in_silence(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        plan(
            '<Goal lang="es">suelto<Name>G</Name><Raro>uno <b>dos</b></Raro>tras<Name>H</Name></Goal>'
            "<Otro><Goal>x</Goal></Otro>"
            "<Vision><Name>no va</Name><Description>V</Description></Vision><!-- nada --><?yo nada?>",
            after="<AdministrativeInformation><Nota>n</Nota></AdministrativeInformation>",
        ),
    )
    assert [note.text for note in found.unplaced] == [
        "Goal lang: es", "Goal: suelto tras", "Raro: uno", "b: dos", "Name: H", "Goal: x", "Name: no va", "Nota: n",
    ]  # fmt: skip


def test_what_points_to_a_schema_is_no_text(tmp_path: Path) -> None:
    xml = plan("<Goal><Name>G</Name></Goal>").replace(
        "<StrategicPlan ",
        '<StrategicPlan xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b" xml:lang="es" ',
        1,
    )
    assert read(tmp_path, xml).unplaced == ()


# --- what we said, and others in our name --------------------------------------------------------------------------
def test_what_we_said_beside_an_item_is_read(tmp_path: Path) -> None:
    found = read(tmp_path, plan('<Goal><?yupana {"role": "line", "stake": 2500}?><Name>G</Name></Goal>'))
    assert [(row.key, row.stake) for row in found.rows] == [("line:1", 2500)]


@pytest.mark.parametrize(
    "said", ["{", "[]", "5", '{"role": "rey"}', '{"texts": 5}', '{"assumed": "otro"}', '{"nadie": 1}', '{"more": []}']
)
def test_what_others_say_in_our_name_is_listed_and_not_believed(said: str, tmp_path: Path) -> None:
    found = read(tmp_path, plan(f"<Goal><?yupana {said}?><Name>G</Name></Goal>"))
    assert (told(found), whys(found)) == ([("axis:1", "G", "", "")], [("plan.xml:1", "own-fields-unreadable")])


@pytest.mark.parametrize("said", ["{", '{"cover": 5}', '{"cover": {"kind": 5}}', '{"more": 5}'])
def test_what_others_say_of_the_cover_in_our_name_is_listed(said: str, tmp_path: Path) -> None:
    found = read(tmp_path, plan("<Goal><Name>G</Name></Goal>", before=f"<?yupana {said}?>"))
    assert (found.heading.kind, whys(found)) == ("plan", [("plan.xml:1", "own-fields-unreadable")])


def test_texts_that_others_changed_are_read_as_they_stand_now(tmp_path: Path) -> None:
    other = '<OtherInformation><?yupana {"texts": [{"text": "uno"}, {"text": "dos"}]}?>uno y dos</OtherInformation>'
    found = read(tmp_path, plan(f"<Goal><Name>G</Name><Description/>{other}</Goal>"))
    assert (found.rows[1].text, whys(found)) == ("uno y dos", [("plan.xml:1", "own-fields-unreadable")])


# --- anything ------------------------------------------------------------------------------------------------------
NAMES = ["StrategicPlan", "StrategicPlanCore", "Goal", "Goals", "Objective", "Name", "Description", "Identifier",
         "Vision", "OtherInformation", "Stakeholder", "Organization", "PerformanceIndicator", "SequenceIndicator",
         "Raro", "AdministrativeInformation", "StartDate", "Submitter"]  # fmt: skip


@given(
    inside=st.recursive(
        st.sampled_from(
            ["", "uno", "1", " & ", "<", "\u202e", "<?yupana {}?>", '<?yupana {"role":"line"}?>', "<!---->"]
        ),
        lambda inner: st.tuples(st.sampled_from(NAMES), st.lists(inner, max_size=4)).map(
            lambda told: f"<{told[0]}>{''.join(told[1])}</{told[0]}>"
        ),
        max_leaves=20,
    )
)
def test_whatever_a_plan_holds_it_is_read_or_refused(inside: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = saved(tmp_path_factory.getbasetemp(), f"<StrategicPlan>{inside}</StrategicPlan>", "any.xml")
    try:
        found = read_manuscript(path)
    except Refused as refused:
        assert refused.code == "xml-malformed"  # noqa: PT017 (either answer is right)
    else:
        assert canonical([dict(found.more), [[row.code, row.text, dict(row.more)] for row in found.rows]])
        assert len(arranged(found.rows)) == len(found.rows) if found.rows else True
