"""The level of government: from the type, else from the branch, never from the depth."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.entities.rules import LEVELS, branch_of, level_code, level_of, level_of_type
from yupana.domain.entities.rules.levels import contradicts


@pytest.mark.parametrize(
    ("label", "level"),
    [
        ("Entidad Pública", "central"),
        ("Entidad desconcentrada del Órgano Ejecutivo", "central"),
        ("Instituciones Públicas Descentralizadas", "central"),
        ("Universidad Pública", "university"),
        ("Institución de Seguridad Social", "central"),
        ("Empresas Públicas", "central"),
        ("Gobierno Autónomo Departamental", "departmental"),
        ("Gobierno Autónomo Regional", "regional"),
        ("Gobierno Autónomo Municipal", "municipal"),
        ("Gobierno Autónomo Indígena Originario Campesino", "indigenous"),
        ("Institución Financiera No Bancarias", "central"),
        ("Institución Financiera Bancarias", "central"),
        ("Empresa Regional", "regional"),
        ("Empresa Departamental", "departmental"),
        ("Empresa Municipal", "municipal"),
        ("Entidad descentralizada departamental", "departmental"),
        ("Entidad descentralizada municipal", "municipal"),
        ("Viceministerio", "central"),
        ("Dirección General", "central"),
        ("Unidad", None),
        ("  ALCALDÍA ", "municipal"),
        ("Ministry", "central"),
        ("Intermunicipal", None),
        ("21", None),
        ("", None),
    ],
)
def test_a_type_says_its_level(label: str, level: str | None) -> None:
    assert level_of_type(label) == level


@pytest.mark.parametrize(
    ("names", "branch"),
    [
        (["Gobierno Autónomo Municipal de Sucre", "ADMINISTRACIÓN PÚBLICA TERRITORIAL"], "municipal"),
        (["La Paz", "ADMINISTRACIÓN PÚBLICA TERRITORIAL"], "territorial"),
        (["Ministerio de Salud", "ÓRGANO EJECUTIVO"], "central"),
        (["ADMINISTRACIÓN PÚBLICA NO FINANCIERA"], "central"),
        (["UNIVERSIDADES PÚBLICAS"], "university"),
        (["Gobierno Autónomo Indígena del Salar"], "indigenous"),
        (["Servicio del Gobierno Autónomo Municipal"], None),
        ([], None),
    ],
)
def test_the_first_telling_name_upwards_is_the_branch(names: list[str], branch: str | None) -> None:
    assert branch_of(names) == branch


@pytest.mark.parametrize(
    ("label", "names", "level"),
    [
        ("Gobierno Autónomo Municipal", ["Ministerio"], "municipal"),
        ("21", ["Servicio de Salud", "Gobierno Autónomo Departamental de Potosí"], "departmental"),
        ("", ["Gobierno Autónomo Municipal de Sucre"], "municipal"),
        ("", ["Sucre", "Administración Pública Territorial"], None),
        ("", ["Sucre"], None),
    ],
)
def test_the_type_comes_before_the_branch(label: str, names: list[str], level: str | None) -> None:
    assert level_of(label, names) == level


@pytest.mark.parametrize(
    ("level", "branch", "contradiction"),
    [
        ("central", "territorial", True),
        ("central", "municipal", True),
        ("regional", "central", True),
        ("municipal", "territorial", False),
        ("municipal", "municipal", False),
        ("central", "central", False),
        ("university", "central", False),
        ("central", "university", False),
        ("central", None, False),
    ],
)
def test_a_body_on_a_branch_of_another_level_contradicts_itself(
    level: str, branch: str | None, contradiction: bool
) -> None:
    assert contradicts(level, branch) == contradiction


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("municipal", "municipal"),
        (" MUNICIPAL ", "municipal"),
        ("Departmental", "departmental"),
        ("Departamental", "departmental"),
        ("AIOC", "indigenous"),
        ("indígena", "indigenous"),
        ("Universidad", "university"),
        ("nacional", "central"),
        ("3", None),
        ("", None),
    ],
)
def test_a_level_is_found_by_its_code_or_name(text: str, level: str | None) -> None:
    assert level_code(text) == level


@given(st.sampled_from(LEVELS), st.sampled_from(["code", "name_es", "name_en"]))
def test_every_level_is_found_by_each_of_its_names(level: object, attribute: str) -> None:
    assert level_code(getattr(level, attribute).upper()) == getattr(level, "code", None)
