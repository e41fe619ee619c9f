"""Which field the name of a column speaks of."""

from __future__ import annotations

import pytest

from yupana.interfaces.interchange.foreign.words import fields_of, period_of, periods_of


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


@pytest.mark.parametrize(
    ("group", "names", "periods"),
    [
        ("Programación", ["I", "II", "III", "IV"], ["value:Q1", "value:Q2", "value:Q3", "value:Q4"]),
        ("Programación", ["1", "2"], ["value:S1", "value:S2"]),
        ("Programación", [str(at) for at in range(1, 13)], [f"value:M{at:02d}" for at in range(1, 13)]),
        ("Programación", ["I", "II", "III"], ["", "", ""]),
        ("Presupuesto", ["I", "II", "III", "IV"], ["", "", "", ""]),
        ("Programación", ["I", "II", "III", "Total"], ["", "", "", ""]),
    ],
)
def test_columns_without_names_of_their_own_are_understood_from_how_many_they_are(
    group: str, names: list[str], periods: list[str]
) -> None:
    assert periods_of([f"{group} / {name}" for name in names]) == periods
