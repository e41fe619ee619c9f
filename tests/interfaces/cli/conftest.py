"""The command line as a script sees it: arguments in, exit code, stdout and stderr out."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import transaction
from pytest_django import DjangoDbBlocker

from yupana.interfaces.cli.main import main

ENTITIES = """\
id,id_padre,cod,denominacion,sigla,tipo,presenta
1,,G-1,Estado del Sauce,,,0
2,1,A-1,Ministerio del Río,MR,Entidad Pública,1
3,1,A-2,Gobierno de Ábaco,,Gobierno Autónomo Municipal,1
4,1,A-2,Gobierno de Berro,,Gobierno Autónomo Municipal,1
"""
AXES = "id,eje\n1,Primero\n"
LINES = "id,eje_id,linea\n1,1,Una\n2,1,Otra\n"
TARGETS = "id,eje_id,linea_id,meta\n1,1,1,Diez de diez\n"
PLANS = """\
id,entidad_id,fecha,resolucion,doc_externo,url,observaciones,estado
11,2,2020-03-02,RM 4/2020,A 1,,,1
12,3,2020-04-01,No especifica,A 2,,,1
"""
ROWS = """\
id,pige_id,linea_id,medio,nombre,instancia,objeto_meta_resultado,inicio,final,indicador,observaciones_transcripcion,linea_rev_id
1,11,1,Proyecto,Hacer,,,2020,2021,Uno,,
2,11,2,,Rehacer,,,Año 1,,,,
3,12,,,Suelta,,,,,,,
"""


@dataclass(frozen=True)
class Said:
    """What one run of the command line answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever stands there
        """The only thing on stdout, read as JSON."""
        return json.loads(self.out)


Yupana = Callable[..., Said]


def run(*arguments: object, typed: str = "", env: Mapping[str, str] | None = None) -> Said:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], input=typed, env=env)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Said(result.exit_code, result.stdout, result.stderr)


@pytest.fixture
def yupana(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Yupana:
    """Run a command in English, on the test's database and in a home of its own."""
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path / "home"))
    return lambda *arguments, **more: run("--lang", "en", *arguments, **more)


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """A folder with a small State: four nodes, two lines, two plans with three rows."""
    folder = tmp_path / "sauce"
    folder.mkdir()
    named = {
        "entidades": ENTITIES, "plan_ejes": AXES, "plan_lineas": LINES, "plan_metas": TARGETS,
        "piges": PLANS, "pige_detalle": ROWS,
    }  # fmt: skip
    for name, text in named.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def loaded(yupana: Yupana, state: Path) -> Path:
    """The same, imported."""
    assert yupana("import", "entities", state / "entidades.csv").code == 0
    assert yupana("import", "instrument", state, "--title", "El plan").code == 0
    return state


@contextmanager
def prepared(blocker: DjangoDbBlocker) -> Iterator[None]:
    """Hold what is done inside for all tests of a module, and take it back afterwards; each test starts from there."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
