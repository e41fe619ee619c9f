"""Which activities look alike: by rare words, of different bodies, each beside the one that it is most like."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.commitments.rules.likeness import LEAST, WHOLE, Alike, Told, alike, opened
from yupana.domain.commitments.rules.spanish import Words

# Ten bodies that write of other things, so that there is something to be rare among.
OTHERS = tuple(
    Told(100 + at, 100 + at, 100 + at, name, "")
    for at, name in enumerate(
        (
            "Catastro urbano georreferenciado", "Biblioteca virtual de maestros", "Red de fibra entre oficinas",
            "Venta de pasajes por teléfono", "Historia clínica única", "Padrón de regantes",
            "Cámaras en las plazas", "Bolsa de trabajo juvenil", "Registro de marcas y patentes",
            "Subasta de chatarra",
        )
    )
)  # fmt: skip


def rows(*names: str, rest: str = "") -> list[Told]:
    """One activity of a body of its own for each name."""
    return [Told(at, at, at, name, rest) for at, name in enumerate(names)]


def couples(found: list[Alike]) -> set[tuple[int, int]]:
    return {(pair.first, pair.second) for pair in found}


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("Sistema de correspondencia", "SISTEMA DE CORRESPONDENCIA", True),
        ("Implementación del sistema de planillas", "Desarrollar sistemas de planilla", True),
        ("Digitalización de archivos históricos", "Digitalizar el archivo histórico", True),
        ("Sistema de correspondencia", "Sistema de almacenes", False),
        ("Elaborar y aprobar el Plan Institucional de Seguridad de la Información", "Aprobar el PISI", False),
        ("Implementar el Plan de Gobierno Electrónico", "Plan institucional de Gobierno Electrónico", False),
        ("Mejorar la gestión institucional", "Mejorar la gestión institucional", False),
        ("Trámites de Santa Cruz", "Turismo en Santa Cruz", False),
        ("", "", False),
    ],
)
def test_what_is_done_makes_them_alike_and_how_plans_are_written_does_not(one: str, two: str, same: bool) -> None:
    assert couples(alike([*rows(one, two), *OTHERS])) == ({(0, 1)} if same else set())


def test_a_pair_says_why() -> None:
    [pair] = alike([*rows("Sistema de correspondencia", "El sistema de correspondencia interna"), *OTHERS])
    assert set(pair.words) == {"correspondencia", "sistema"}


def test_what_everybody_writes_makes_nobody_alike() -> None:
    everybody = rows(*(f"Portal ciudadano {word}" for word in ("azul", "rojo", "verde", "gris", "negro", "blanco")))
    assert alike(everybody) == []


def test_the_result_and_the_indicator_tell_too() -> None:
    said = "Kardex de ingresos y salidas de ítems en almacén"
    pair = [Told(0, 0, 0, "Módulo A", said), Told(1, 1, 1, "", said), *OTHERS]
    assert couples(alike(pair)) == {(0, 1)}


def test_of_one_body_only_if_asked() -> None:
    pair = [Told(at, 7, 7, "Sistema de correspondencia", "") for at in (0, 1)]
    assert (alike([*pair, *OTHERS]), couples(alike([*pair, *OTHERS], own=True))) == ([], {(0, 1)})


def test_the_title_of_a_plan_is_no_name() -> None:
    titled = [
        Told(plan * 10 + at, plan, plan, "Plan Quinquenal Cóndor", f"{word} {plan}")
        for plan in (0, 1)
        for at, word in enumerate(("riego", "luz", "agua", "gas"))
    ]
    assert alike([*titled, *OTHERS]) == []


def test_five_of_a_kind_make_four_pairs() -> None:
    kind = rows(*["Sistema de control de asistencia biométrico"] * 5)
    more = [Told(100 * many + row.key, 100 * many + row.key, 0, row.name, "") for row in OTHERS for many in (2, 3)]
    told = [*kind, *OTHERS, *more]
    plans = {row.key: row.body for row in told}
    found = [each.pair for each in opened(alike(told), plans) if each.pair.second < len(kind)]
    assert [(pair.first, pair.second) for pair in found] == [(0, 1), (1, 2), (2, 3), (3, 4)]


def pair(first: int, second: int, likeness: int) -> Alike:
    return Alike(first, second, likeness, ())


SQUARE = [pair(1, 2, 9000), pair(2, 3, 8000), pair(1, 3, 7000), pair(3, 4, 6000)]


@pytest.mark.parametrize(
    ("pairs", "plans", "joined", "told"),
    [
        (SQUARE, {1: 1, 2: 2, 3: 3, 4: 4}, [], [(1, 2, 0), (2, 3, 0), (3, 4, 0)]),
        (SQUARE, {1: 1, 2: 2, 3: 3, 4: 4}, [(2, 3)], [(1, 2, 0), (3, 4, 0)]),
        ([pair(1, 3, 9000), pair(2, 4, 8000)], {1: 1, 2: 1, 3: 3, 4: 3}, [], [(1, 3, 1)]),
        ([], {}, [(1, 2)], []),
    ],
)
def test_a_pair_that_follows_from_better_ones_is_not_told(
    pairs: list[Alike], plans: dict[int, int], joined: list[tuple[int, int]], told: list[tuple[int, int, int]]
) -> None:
    for order in permutations(pairs):
        found = [(each.pair.first, each.pair.second, each.more) for each in opened(order, plans, joined)]
        assert found == told


WORDS = st.sampled_from(
    ["riego", "luz", "agua", "gas", "mapa", "censo", "ruta", "firma", "folio", "kardex", "almacén", "planilla"]
)
TEXT = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)


@given(st.lists(st.tuples(st.integers(0, 4), TEXT, TEXT), max_size=12), st.randoms(use_true_random=False))
def test_pairs_are_the_same_in_any_order_and_as_comparing_each_with_each(
    told: list[tuple[int, str, str]],
    random: object,
) -> None:
    found = [Told(at, body, body, name, rest) for at, (body, name, rest) in enumerate(told)]
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined] # Hypothesis gives a random.Random
    pairs = alike(found)
    assert alike(shuffled) == pairs
    assert all(pair.first < pair.second and LEAST <= pair.likeness <= WHOLE for pair in pairs)
    bodies = {row.key: row.body for row in found}
    assert all(bodies[pair.first] != bodies[pair.second] for pair in pairs)
    assert couples(pairs) <= set(combinations(range(len(found)), 2))


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("Interconexión e interconexiones", 1),
        ("SOLICITUD solicitudes", 1),
        ("de la para con y", 0),
        ("plan de implementación de software libre y estándares abiertos", 0),
        ("1 de 2 TI", 0),
    ],
)
def test_words_come_down_to_what_they_say(text: str, stems: int) -> None:
    assert len({stem for stem, _ in Words().read(text)}) == stems
