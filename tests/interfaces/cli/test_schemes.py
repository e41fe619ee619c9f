"""Bands and terms as they are typed: what is no band is said at once, and nothing is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest

from yupana.domain.progress.models import Scheme
from yupana.domain.progress.rules import Band
from yupana.interfaces.cli.evaluation import _band
from yupana.interfaces.cli.frame import Exit

if TYPE_CHECKING:
    from tests.interfaces.cli.conftest import Yupana

TERMS = ("--since", "2020-01-01", "--act", "RA 1")


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("0=bajo", Band(0, "bajo")),
        ("100=todo", Band(10_000, "todo")),
        ("007=x", Band(700, "x")),
        ("50=a=b", Band(5_000, "a=b")),
        ("50= muy bueno ", Band(5_000, " muy bueno ")),
    ],
)
def test_a_band_is_a_whole_per_cent_and_a_name(text: str, band: Band) -> None:
    assert _band(text) == band


@pytest.mark.parametrize(
    "text",
    [
        *("", "=", "50", "50=", "50=  ", "=bueno", "-1=x", "+1=x", "1.5=x", "1,5=x", "50%=x", " 50=x"),
        *("\u0665=x", "\u00b2=x", "9" * 5_000 + "=x"),
    ],
)
def test_anything_else_is_none(text: str) -> None:
    with pytest.raises(click.UsageError):
        _band(text)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("5=bajo", *TERMS), Exit.REJECTED),
        (("0=bajo", "0=alto", *TERMS), Exit.REJECTED),
        (("0=bajo", "70=alto", "50=medio", *TERMS), Exit.REJECTED),
        (("0=bajo", "101=alto", *TERMS), Exit.REJECTED),
        (("0=bajo", "--instrument", "NADA", *TERMS), Exit.REJECTED),
        (("0=bajo", "--floor", "101", *TERMS), Exit.USAGE),
        (("0=bajo", "--floor", "-1", *TERMS), Exit.USAGE),
        (("0=bajo", "--since", "2020-02-30", "--act", "RA 1"), Exit.USAGE),
        (("0=bajo", "--since", "2020-01-01"), Exit.USAGE),
        (("0=bajo", "--act", "RA 1"), Exit.USAGE),
        (TERMS, Exit.USAGE),
    ],
)
def test_a_scheme_that_cannot_be_is_refused_and_nothing_is_recorded(
    yupana: Yupana, arguments: tuple[str, ...], code: Exit
) -> None:
    assert (yupana("scheme", "set", *arguments).code, Scheme.objects.exists()) == (code, False)


@pytest.mark.django_db
@pytest.mark.parametrize(("bands", "floor"), [(("0=todo",), "0"), (("0=a", "100=b"), "100"), (("0=a", "1=b"), "1")])
def test_the_narrowest_and_the_widest_are_recorded(yupana: Yupana, bands: tuple[str, ...], floor: str) -> None:
    said = yupana("scheme", "set", *bands, "--floor", floor, *TERMS)
    [scheme] = yupana("scheme", "list", "--json").json["schemes"]
    assert (said.code, len(scheme["bands"]), scheme["floor"]) == (0, len(bands), int(floor) * 100)


@pytest.mark.django_db
def test_where_none_was_set_those_of_the_house_hold(yupana: Yupana) -> None:
    assert (yupana("scheme", "list", "--json").json, yupana("scheme", "list").out) == (
        {"schemes": []},
        "None was set: those of the house hold.\n",
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("reports", "open", "NADA", "2018-Q1", "--due-in", "20"), Exit.REJECTED),
        (("reports", "open", "NADA", "2018-Q1"), Exit.USAGE),
        (("reports", "open", "NADA", "2018-Q1", "--due-in", "0"), Exit.USAGE),
        (("reports", "open", "NADA", "2018-Q1", "--due-in", "366"), Exit.USAGE),
        (("reports", "open", "NADA", "2018-Q1", "--due-in", "1", "--lock-in", "-1"), Exit.USAGE),
        (("reports", "open", "NADA", "2018-Q1", "--due-in", "1", "--lock-in", "366"), Exit.USAGE),
        (("reports", "rhythm", "NADA", "weekly", "--since", "2018-01-01", "--due-in", "5"), Exit.USAGE),
        (("reports", "rhythm", "NADA", "month", "--since", "2018-01-01", "--due-in", "5"), Exit.REJECTED),
        (("reports", "rhythm", "NADA", "month", "--due-in", "5"), Exit.USAGE),
        (("reports", "list", "NADA"), Exit.REJECTED),
        (("evaluation", "draft", "NADA", "2018-Q1"), Exit.REJECTED),
        (("evaluation", "publish", "NADA"), Exit.REJECTED),
        (("evaluation", "verify", "NADA"), Exit.REJECTED),
        (("indicators", "load", "NADA/1"), Exit.REJECTED),
        (("indicators", "load", "NADA"), Exit.REJECTED),
    ],
)
def test_what_is_not_there_and_what_cannot_be_meant_are_told_apart(
    yupana: Yupana, arguments: tuple[str, ...], code: Exit
) -> None:
    said = yupana(*arguments)
    assert (said.code, said.out, said.err.startswith("yupana:") or "Error" in said.err) == (code, "", True)
