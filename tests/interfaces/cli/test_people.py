"""Accounts and mandates from the console."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.utils import timezone

from tests.interfaces.cli.conftest import Said, Yupana
from yupana.domain.people.models import Mandate, Person
from yupana.foundation.kernel.actor import Role
from yupana.interfaces.cli.people import ROLES, new_password, role_of

GOOD = "una clave de verdad"


@pytest.fixture
def inti(loaded: Path, yupana: Yupana) -> Said:
    return yupana("createuser", "inti", "--entity", "A-1", "--role", "entity-planner", "--name", "Inti Quispe")


def test_the_password_that_is_shown_opens_the_account(inti: Said) -> None:
    found = re.search(r"Password, shown only now: (\S+)", inti.out)
    assert found
    assert authenticate(username="inti", password=found[1]) == Person.objects.get()


def test_an_account_comes_with_its_mandate(inti: Said) -> None:
    mandate = Mandate.objects.get()
    assert (mandate.entity.code, mandate.role, mandate.starts_on, mandate.ends_on) == (
        "A-1", Role.ENTITY_PLANNER, timezone.localdate(), None,
    )  # fmt: skip


def test_a_mandate_takes_the_days_that_were_told(loaded: Path, yupana: Yupana) -> None:
    days = ["--from", "2020-01-01", "--to", "2020-12-31"]
    yupana("createuser", "inti", "--entity", "registro:3", "--role", "executive", *days)
    assert [str(day) for day in Mandate.objects.values_list("starts_on", "ends_on").get()] == days[1::2]


def test_a_password_can_be_given_and_is_never_shown(yupana: Yupana) -> None:
    said = yupana("createuser", "inti", "--password-stdin", typed=f"{GOOD}\n")
    assert (GOOD in said.out + said.err, authenticate(username="inti", password=GOOD)) == (False, Person.objects.get())


@pytest.mark.parametrize("typed", ["corta\n", "", "\n"])
def test_a_weak_password_makes_no_account(typed: str, yupana: Yupana) -> None:
    assert (yupana("createuser", "inti", "--password-stdin", typed=typed).code, Person.objects.count()) == (1, 0)


def test_an_account_without_a_mandate_is_told_that_it_may_do_nothing(yupana: Yupana) -> None:
    assert "may do nothing" in yupana("createuser", "inti").out


@pytest.mark.parametrize("half", [["--entity", "A-1"], ["--role", "executive"]])
def test_entity_and_role_belong_together(half: list[str], yupana: Yupana) -> None:
    assert (yupana("createuser", "inti", *half).code, Person.objects.count()) == (2, 0)


@pytest.mark.parametrize(("entity", "said"), [("A-9", "A-9"), ("A-2", "registro:4"), ("G-1", "Estado del Sauce")])
def test_a_mandate_that_cannot_be_given_makes_no_account(entity: str, said: str, loaded: Path, yupana: Yupana) -> None:
    answer = yupana("createuser", "inti", "--entity", entity, "--role", "executive")
    assert (answer.code, said in answer.err, Person.objects.count()) == (1, True, 0)


def test_a_user_name_is_given_once(inti: Said, yupana: Yupana) -> None:
    assert yupana("createuser", "inti").code == 3


def test_a_second_mandate_can_be_granted(inti: Said, yupana: Yupana) -> None:
    assert yupana("mandate", "grant", "inti", "--entity", "A-1", "--role", "executive").code == 0
    assert Mandate.objects.count() == 2


@pytest.mark.parametrize("told", [[], ["--entity", "A-1"], ["--role", "executive"]])
def test_granting_needs_body_and_role(told: list[str], inti: Said, yupana: Yupana) -> None:
    assert yupana("mandate", "grant", "inti", *told).code == 2


def test_mandates_in_force_are_listed(inti: Said, yupana: Yupana) -> None:
    out = yupana("mandate", "list", "inti").out
    assert ("Ministerio del Río" in out, str(timezone.localdate()) in out) == (True, True)


def test_ending_a_mandate_ends_it_today(inti: Said, yupana: Yupana) -> None:
    epoch = Person.objects.get().session_epoch
    assert yupana("mandate", "end", "inti", "--entity", "A-1").code == 0
    assert (Mandate.objects.get().ended_on, Person.objects.get().session_epoch) == (timezone.localdate(), epoch + 1)


def test_ending_names_the_role_where_there_are_several(inti: Said, yupana: Yupana) -> None:
    yupana("mandate", "grant", "inti", "--entity", "A-1", "--role", "executive")
    yupana("mandate", "end", "inti", "--entity", "A-1", "--role", "executive")
    assert Mandate.objects.filter(ended_on=None).get().role == Role.ENTITY_PLANNER


def test_what_is_not_in_force_cannot_be_ended(inti: Said, yupana: Yupana) -> None:
    yupana("mandate", "end", "inti", "--entity", "A-1")
    assert yupana("mandate", "end", "inti", "--entity", "A-1").code == 1


def test_ending_needs_a_body(inti: Said, yupana: Yupana) -> None:
    assert yupana("mandate", "end", "inti").code == 2


def test_a_mandate_can_end_on_another_day(inti: Said, yupana: Yupana) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    yupana("mandate", "end", "inti", "--entity", "A-1", "--on", tomorrow)
    assert Mandate.objects.get().ended_on == tomorrow


@pytest.mark.parametrize(
    "command", [["grant", "--entity", "A-1", "--role", "executive"], ["end", "--entity", "A-1"], ["list"]]
)
def test_who_has_no_account_is_named(command: list[str], loaded: Path, yupana: Yupana) -> None:
    said = yupana("mandate", command[0], "nadie", *command[1:])
    assert (said.code, "nadie" in said.err) == (1, True)


def test_two_passwords_differ_and_are_long() -> None:
    first, second = new_password(), new_password()
    assert (first == second, len(first)) == (False, 20)


@pytest.mark.parametrize("role", Role)
def test_every_role_can_be_typed(role: Role) -> None:
    assert role in [role_of(typed) for typed in ROLES.choices]
