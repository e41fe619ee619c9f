"""The guide for whoever runs it names commands, options, settings and pages that there are."""

import re
import shlex
from configparser import ConfigParser
from pathlib import Path

import click
import pytest
from django.conf import settings
from django.urls import reverse

from yupana.interfaces.cli.checkup import findings
from yupana.interfaces.cli.main import main
from yupana.interfaces.cli.serve import MOST_BODY
from yupana.interfaces.middleware import NUMBER

GUIDE = (Path(__file__).parents[3] / "docs" / "guides" / "operar.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
SAID = {
    *re.findall(r"`(yupana [^`]*)`", GUIDE),
    *re.findall(r"^\$ (?:\w+=\S+ )?(yupana .*)$", GUIDE, re.MULTILINE),
    *re.findall(r"bin/(yupana .*)$", GUIDE, re.MULTILINE),
}


def blocks(kind: str) -> list[str]:
    return [text for found, text in BLOCKS if found == kind]


@pytest.mark.parametrize("line", sorted(SAID))
def test_every_command_is_there_and_takes_what_it_is_given(line: str) -> None:
    command: click.Command = main
    words = shlex.split(line)[1:]
    context = click.Context(main, info_name="yupana")
    while isinstance(command, click.Group):
        inner = command.get_command(context, words.pop(0))
        assert inner is not None, line
        command = inner
    command.make_parser(click.Context(command)).parse_args(words)


def test_the_guide_is_read() -> None:
    assert {line.split()[1] for line in SAID} >= {"serve", "tick", "doctor", "backup", "migrate", "verify"}


@pytest.mark.parametrize("unit", blocks("ini"))
def test_every_unit_can_be_read_and_every_setting_of_ours_is_known(unit: str) -> None:
    parser = ConfigParser(strict=False, interpolation=None)
    parser.read_string(unit)
    named = set(re.findall(r"^Environment=(YUPANA_\w+)", unit, re.MULTILINE))
    source = Path(settings.PACKAGE / "settings.py").read_text(encoding="utf-8")
    assert (parser.has_section("Unit"), {name for name in named if name not in source}) == (True, set())


def test_the_proxy_says_what_the_server_believes_and_lets_a_whole_plan_through() -> None:
    [proxy] = blocks("nginx")
    headers = set(re.findall(r"proxy_set_header (\S+)", proxy))
    assert headers == {"Host", "X-Forwarded-Proto", "X-Forwarded-For", NUMBER}
    assert f"client_max_body_size {MOST_BODY // 2**20}m;" in proxy


@pytest.mark.parametrize("name", ["healthz", "readyz"])
def test_the_pages_for_a_watchman_are_where_the_guide_says(name: str) -> None:
    assert f"`{reverse(name)}`" in GUIDE


@pytest.mark.django_db
def test_what_the_doctor_is_said_to_tell_is_a_check_of_its() -> None:
    named = set(re.findall(r"^(?:ok|aviso|falla) +(\w+)  ", GUIDE, re.MULTILINE))
    assert named <= {"home", "figures"} | {finding.check for finding in findings()}
