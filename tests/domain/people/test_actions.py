"""Opening accounts, granting mandates, ending them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.cast import FIRST_DAY, PASSWORD, Bodies, Cast, make_person
from yupana.domain.people.actions import create_person, end_mandate, grant
from yupana.domain.people.models import Mandate, Person
from yupana.domain.people.queries import actor_for, sealed_contents
from yupana.foundation.kernel.actor import OPERATOR, Role
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused
from yupana.foundation.ledger.actions import seal
from yupana.foundation.ledger.models import Entry
from yupana.foundation.ledger.queries import sealed_between
from yupana.foundation.ledger.verify import verify

if TYPE_CHECKING:
    from yupana.domain.entities.models import Entity

pytestmark = pytest.mark.django_db
DAY, LATER = date(2018, 3, 1), date(2018, 9, 1)


def granted(person: Person, entity: Entity, role: Role = Role.EXECUTIVE, ends_on: date | None = None) -> Mandate:
    return grant(actor=OPERATOR, person=person, entity=entity, role=role, starts_on=DAY, ends_on=ends_on, on=DAY)


# --- accounts ------------------------------------------------------------------------------------------------------
def test_an_account_is_opened_with_a_folded_name_and_a_hashed_password() -> None:
    person = create_person(actor=OPERATOR, username=" Sisa ", password=PASSWORD, display_name=" Sisa  Q ")
    stored = Person.objects.get(pk=person.pk)
    assert (stored.username, stored.display_name, stored.check_password(PASSWORD), PASSWORD in stored.password) == (
        "sisa",
        "Sisa Q",
        True,
        False,
    )


def test_an_account_by_itself_may_do_nothing() -> None:
    person, _ = make_person("sisa")
    assert actor_for(person, on=DAY).mandates == frozenset()


def test_opening_an_account_records_nothing_about_the_person() -> None:
    make_person("sisa")
    assert Entry.objects.count() == 0


@pytest.mark.parametrize("taken", ["sisa", "SISA", " Sisa"])
def test_a_user_name_is_given_once(taken: str) -> None:
    make_person("sisa")
    with pytest.raises(Conflict, match="username-taken"):
        make_person(taken)
    assert Person.objects.count() == 1


@pytest.mark.parametrize("password", ["", "corta", "password1234"])
def test_a_weak_password_is_refused(password: str) -> None:
    with pytest.raises(Refused) as caught:
        create_person(actor=OPERATOR, username="sisa", password=password)
    assert (caught.value.code, Person.objects.count()) == ("password-weak", 0)


def test_a_weak_password_is_refused_with_what_to_mend() -> None:
    with pytest.raises(Refused) as caught:
        create_person(actor=OPERATOR, username="sisa", password="corta")
    assert "12" in str(caught.value.details["problems"])


def test_a_name_that_is_too_long_is_refused() -> None:
    with pytest.raises(Refused, match="display-name-too-long"):
        create_person(actor=OPERATOR, username="sisa", password=PASSWORD, display_name="x" * 121)


# --- mandates ------------------------------------------------------------------------------------------------------
def test_a_mandate_lets_a_person_act(bodies: Bodies) -> None:
    person, _ = make_person("sisa")
    granted(person, bodies.a)
    assert actor_for(person, on=DAY).mandates == {(Role.EXECUTIVE, bodies.a.pk)}


def test_a_mandate_is_recorded_without_its_person(bodies: Bodies) -> None:
    person, _ = make_person("sisa")
    mandate = granted(person, bodies.a, ends_on=LATER)
    end_mandate(actor=OPERATOR, mandate=mandate, on=LATER)
    seal()
    assert [(each.leaf.verb, each.leaf.codes) for each in sealed_between(6, 99)] == [
        ("mandate.granted", {"entity": "cast:4", "role": "executive"}),
        ("mandate.ended", {"entity": "cast:4", "role": "executive"}),
    ]
    assert not any(b"sisa" in bytes(leaf) for leaf in Entry.objects.values_list("leaf", flat=True))


def test_the_ledger_vouches_for_who_holds_it(cast: Cast) -> None:
    end_mandate(actor=OPERATOR, mandate=cast.mandates["killa"], on=LATER)
    own = set(Mandate.objects.values_list("entry_id", flat=True)) | {cast.mandates["killa"].end_entry_id}
    assert {content.entry for content in sealed_contents()} == own


def test_a_mandate_given_to_somebody_else_behind_the_ledgers_back_is_found(cast: Cast, unguarded_db: None) -> None:
    from yupana.domain.entities.queries import sealed_contents as registered  # noqa: PLC0415 - two rooms, one name

    seal()
    assert verify([*registered(), *sealed_contents()]).why == "guard"
    Mandate.objects.filter(pk=cast.mandates["inti"].pk).update(person=cast.people["killa"])
    assert verify([*registered(), *sealed_contents()]).why == "content"


def test_a_mandate_cannot_end_before_it_starts(bodies: Bodies) -> None:
    person, _ = make_person("sisa")
    with pytest.raises(Refused, match="mandate-backwards"):
        granted(person, bodies.a, ends_on=date(2018, 2, 28))


def test_nobody_acts_for_a_group(bodies: Bodies) -> None:
    person, _ = make_person("sisa")
    with pytest.raises(Refused, match="mandate-at-group"):
        granted(person, bodies.group)


def test_the_same_role_at_the_same_body_is_held_once_at_a_time(bodies: Bodies) -> None:
    person, _ = make_person("sisa")
    granted(person, bodies.a, ends_on=LATER)
    with pytest.raises(Conflict, match="mandate-held"):
        granted(person, bodies.a)
    assert Mandate.objects.count() == 1


def test_it_can_be_held_again_after_it_was_ended_and_elsewhere_at_once(bodies: Bodies) -> None:
    person, _ = make_person("sisa")
    end_mandate(actor=OPERATOR, mandate=granted(person, bodies.a), on=LATER)
    granted(person, bodies.a)
    granted(person, bodies.b)
    granted(person, bodies.a, Role.ENTITY_PLANNER)
    assert Mandate.objects.count() == 4


def test_an_ended_mandate_gives_no_right_from_that_day_on(cast: Cast) -> None:
    end_mandate(actor=cast.amaru, mandate=cast.mandates["inti"], on=LATER)
    inti = cast.people["inti"]
    assert actor_for(inti, on=date(2018, 8, 31)).mandates == {(Role.ENTITY_PLANNER, cast.a.pk)}
    assert actor_for(inti, on=LATER).mandates == frozenset()


def test_a_mandate_is_ended_once(cast: Cast) -> None:
    mandate, entries = cast.mandates["inti"], Entry.objects.count()
    end_mandate(actor=OPERATOR, mandate=mandate, on=LATER)
    with pytest.raises(Conflict, match="mandate-ended-already"):
        end_mandate(actor=OPERATOR, mandate=mandate, on=DAY)
    assert (Mandate.objects.get(pk=mandate.pk).ended_on, Entry.objects.count()) == (LATER, entries + 1)


# --- who may -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["inti", "killa", "executive", "auditor", "expired", "sami"])
def test_only_the_authority_and_the_operator_open_accounts_and_grant(cast: Cast, who: str) -> None:
    actor, before = getattr(cast, who), (Person.objects.count(), Mandate.objects.count())
    with pytest.raises(Forbidden, match="grant-forbidden"):
        create_person(actor=actor, username="intruso", password=PASSWORD)
    with pytest.raises(Forbidden, match="grant-forbidden"):
        grant(
            actor=actor,
            person=cast.people["inti"],
            entity=cast.authority,
            role=Role.REVIEWER,
            starts_on=FIRST_DAY,
            on=DAY,
        )
    with pytest.raises(Forbidden, match="grant-forbidden"):
        end_mandate(actor=actor, mandate=cast.mandates["killa"], on=DAY)
    assert (Person.objects.count(), Mandate.objects.count(), cast.mandates["killa"].ended_on) == (*before, None)


def test_an_authority_planner_opens_accounts_and_grants(cast: Cast) -> None:
    person = create_person(actor=cast.amaru, username="sisa", password=PASSWORD)
    grant(actor=cast.amaru, person=person, entity=cast.b, role=Role.EXECUTIVE, starts_on=DAY, on=DAY)
    assert actor_for(person, on=DAY).has(Role.EXECUTIVE)
