"""The command line speaks one language, its own words and those of the library that reads the arguments."""

import gettext
import os
import re
from pathlib import Path

import click
import pytest
from django.utils.functional import Promise
from django.utils.translation import get_language, override

from tests.interfaces.cli.conftest import run
from tools.docs import commands
from yupana.interfaces.cli.main import main
from yupana.interfaces.cli.tongue import CLICK, PLACEHOLDERS, language, placeholder, spoken


@pytest.mark.parametrize(
    ("environment", "spoken"),
    [
        ({}, "es"),
        ({"LANG": "C.UTF-8"}, "es"),
        ({"LANG": "es_BO.UTF-8"}, "es"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "es_BO.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "es_BO"}, "es"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": ""}, "en"),
    ],
)
def test_a_terminal_says_its_language(environment: dict[str, str], spoken: str) -> None:
    assert language(environment) == spoken


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["publish", "P"], "Falta el argumento 'EDICIÓN'"),
        (["publish", "P", "1", "--act", "x"], "Falta la opción '--on'"),
        (["publish", "P", "1", "--act", "x", "--on", "ayer"], "«ayer» no es un día. Escríbalo como AAAA-MM-DD"),
        (["conjurar"], "No existe la orden 'conjurar'"),
        (["verify", "--fuerte"], "No existe la opción '--fuerte'"),
        (["verify", "--help"], "Uso: "),
        (["serve", "--port", "x"], "no es válido como número entero"),
        (["--help"], "[OPCIONES] ORDEN [ARGUMENTOS]..."),
        (["--help"], "Muestra la versión y termina."),
        (["import", "--help"], "[OPCIONES] ORDEN [ARGUMENTOS]..."),
        (["publish", "--help"], "[OPCIONES] CÓDIGO EDICIÓN"),
        (["publish", "--help"], "--on FECHA"),
        (["import", "entities", "--help"], "[OPCIONES] ARCHIVO"),
        (
            ["import", "entities", "/no/hay.csv"],
            "/no/hay.csv: no se puede abrir el archivo (no existe ese archivo o carpeta)",
        ),
    ],
)
def test_what_the_library_and_the_machine_say_is_said_in_spanish(
    arguments: list[str], said: str, db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path))
    answer = run("--lang", "es", *arguments)
    assert said in " ".join((answer.out + answer.err).split())


def test_wrong_usage_is_said_in_english() -> None:
    assert "Missing argument" in run("--lang", "en", "publish", "P").err


def test_afterwards_everything_is_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "qu")
    before = get_language(), gettext.textdomain()
    with spoken("en"):
        assert (get_language(), os.environ["LANGUAGE"]) == ("en", "en")
    assert ((get_language(), gettext.textdomain()), os.environ["LANGUAGE"]) == (before, "qu")


def test_no_language_of_the_environment_is_left_where_there_was_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LANGUAGE", raising=False)
    with spoken("en"):
        pass
    assert "LANGUAGE" not in os.environ


def test_every_word_that_is_named_is_one_that_click_says() -> None:
    source = "".join(path.read_text("utf-8") for path in Path(click.__file__).parent.glob("*.py"))
    assert [word for word in CLICK if not isinstance(word, Promise) and f'"{word}"' not in source] == []


def test_no_placeholder_of_any_command_is_left_in_english() -> None:
    english = {word for word, told in PLACEHOLDERS.items() if spanish(told) != word}
    shown = [
        (name, word)
        for name, command in commands(main, "yupana")
        for word in re.findall(r"\b[A-Z]{3,}\b", run("--lang", "es", *name.split()[1:], "--help").out)
        if word in english
    ]
    assert (len(english) > 10, shown) == (True, [])


def spanish(told: Promise) -> str:
    with override("es"):
        return str(told)


def test_the_reference_keeps_what_is_written() -> None:
    assert placeholder("[OPTIONS] FILE") == "[OPTIONS] FILE"
