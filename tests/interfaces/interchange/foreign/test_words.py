"""Which field the name of a column speaks of."""

from __future__ import annotations

import pytest

from yupana.interfaces.interchange.foreign.words import fields_of, period_of


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("ACTIVIDAD / TAREA", "name"),
        ("Acción de Corto Plazo", "name"),
        ("Unidad Organizacional", "responsible"),
        ("Área responsable", "responsible"),
        ("Responsable (cargo)", "person"),
        ("Unidad de Medida", "unit"),
        ("Resultado Esperado Gestión", "result"),
        ("Resultado esperdo", "result"),  # somebody's slip
        ("Indicador de proceso", "indicator"),
        ("Línea de Base", "baseline"),
        ("Medio de Verificación", "verification"),
        ("Presupuesto programado Gestión", "budget"),
        ("Fecha de inicio", "starts"),
        ("Fecha de conclusión", "ends"),
        ("Categoría Programática", "money:category"),
        ("Partida", "money:object"),
        ("Fuente de financiamiento", "money:source"),
        ("Organismo financiador", "money:body"),
        ("Presupuesto / Partida", "money:object"),
        ("Lineamiento", "item"),
        ("Observaciones", "notes"),
        ("Ponderación %", ""),
        ("Fecha de Registro", ""),
        ("Nº", ""),
        ("", ""),
    ],
)
def test_a_name_is_understood_as_planners_use_it(title: str, field: str) -> None:
    assert next((found for _sure, found in fields_of(title)), "") == field


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("1er Trimestre", "value:Q1"),
        ("Trimestre II", "value:Q2"),
        ("T3", "value:Q3"),
        ("Programación física / 4to Trim.", "value:Q4"),
        ("Programación trimestral / III", "value:Q3"),
        ("Segundo semestre", "value:S2"),
        ("Enero", "value:M01"),
        ("Dic", "value:M12"),
        ("Mes 7", "value:M07"),
        ("Meta 2027", "value:2027"),
        ("2026", "value:2026"),
        ("Programación financiera / Enero", ""),  # money by month has no place in a plan
        ("5to Trimestre", ""),
        ("Mes 13", ""),
        ("III", ""),
        ("Meta", ""),
    ],
)
def test_a_period_is_understood_from_its_name_and_its_group(title: str, period: str) -> None:
    assert period_of(title) == period
