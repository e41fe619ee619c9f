"""What a draft still says and a plan should not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.domain.instruments.rules.looking import action, found, said
from tests.domain.instruments.rules.texts import fact
from yupana.domain.instruments.rules.lint import LintRule


@pytest.mark.parametrize(
    ("text", "gaps"),
    [
        ("Por definir", ["Por definir"]),
        ("Plazo: (por definirse)", ["por definirse"]),
        ("Monto a definir.", ["a definir"]),
        ("Responsable: TBD", ["TBD"]),
        ("The fee, to be determined", ["to be determined"]),
        ("Plazo pendiente de definición", ["pendiente de definición"]),
        ("Responsable: ______", ["______"]),
        ("Contribuye a definir los nudos", []),
        ("Empezar por definir los nudos", []),
        ("Atbda", []),
    ],
)
def test_what_is_still_to_be_defined_is_found(text: str, gaps: list[str]) -> None:
    assert found(LintRule.PLACEHOLDER, said(text)) == gaps


KNOTS = fact("1", "Every body publishes its knots")


@pytest.mark.parametrize("place", ["text", "body", "legal_basis"])
def test_a_gap_is_found_wherever_it_is_and_told_once(place: str) -> None:
    gap: dict[str, Any] = {place: "Por definir. Por definir."}
    item = replace(KNOTS, row=replace(KNOTS.row, **gap))
    assert found(LintRule.PLACEHOLDER, item) == ["Por definir"]


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("Contar nudos [Nota del editor: ¿cuáles?]", ["Nota del editor: ¿cuáles?"]),
        ("NOTA: falta la fuente", ["NOTA: falta la fuente"]),
        ("Contar nudos. Ojo: son muchos", ["Ojo: son muchos"]),
        ("Contar nudos (ojo con la lana)", ["ojo con la lana"]),
        ("Contar (explicar cómo) los nudos", ["explicar cómo"]),
        ("Contar xxx nudos", ["xxx"]),
        ("Contar ??? nudos", ["???"]),
        ("TODO: contar", ["TODO: contar"]),
        ("Count knots [TODO which]", ["TODO which"]),
        ("REVISAR LA NORMA", ["REVISAR LA NORMA"]),
        ("Contar nudos Completar con los datos", ["Completar con los datos"]),
        ("Contar nudos. Sugerencia de Amaru", ["Sugerencia de Amaru"]),
        ("También los hilos (amaru)", ["(amaru)"]),
        ("Editor's (editor's note: wool)", ["editor's note: wool"]),
        ("GOBIERNO DE TODOS Y PARA TODO EL PAÍS", []),
        ("Nudos en todo el país (todo el año)", []),
        ("Anexo XXX de la norma", []),
        ("Revisar la norma", []),
        ("Completar con los datos de la aldea", []),
        ("Las notas de los tejedores", []),
        ("Un informe (anual)", []),
        ("Contar nudos (presencial)", []),
        ("¿Cuántos nudos?", []),
    ],
)
def test_what_editors_said_to_each_other_is_found(text: str, notes: list[str]) -> None:
    assert found(LintRule.EDITOR_NOTE, said(text)) == notes


@pytest.mark.parametrize("text", ["—", "** **", "…"])
def test_an_item_without_words_is_found(text: str) -> None:
    assert found(LintRule.TEXT_EMPTY, fact("1", text), fact("text:1", text)) == ["guideline:1"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Contar los nudos de la lana", None),
        ("1. a) **Contarlos** en las aldeas", None),
        ("Capacitación de los tejedores", None),
        ("Diseño de la red", None),
        ("Se contarán los nudos", None),
        ("Contará los nudos de la lana", None),
        ("Count the knots of the wool", None),
        ("Training of the weavers", None),
        ("12", None),
        ("Por definir", None),
        ("Qhipu", None),
        ("Portal de nudos para las aldeas", "Portal"),
        ("Información para los tejedores", "Información"),
        ("Para contar los nudos", "Para"),
        ("También contar los nudos de la lana", "También"),
        ("Las entidades contarán los nudos", "Las"),
        ("The knots of the wool", "The"),
        ("All knots are counted", "All"),
    ],
)
def test_an_action_begins_with_what_is_to_be_done(text: str, word: str | None) -> None:
    assert found(LintRule.VERB_MISSING, action(text)) == ([word] if word else [])


def test_only_actions_need_a_verb() -> None:
    assert found(LintRule.VERB_MISSING, fact("1", "Las entidades contarán los nudos de la lana")) == []
