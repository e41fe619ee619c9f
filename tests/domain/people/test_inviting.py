"""People who are let in from a list, in place of others, and by a link that works once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator

from tests.cast import PASSWORD, Bodies, Cast
from yupana.domain.people import queries, tokens
from yupana.domain.people.actions import Faulty, accept_invitation, end_mandate, grant, hand_over, invite, set_email
from yupana.domain.people.facts import Invited, Letter
from yupana.domain.people.models import Mandate, Person
from yupana.foundation.kernel.actor import NOBODY, OPERATOR, Role
from yupana.foundation.kernel.errors import Forbidden, Missing, Refused
from yupana.foundation.ledger.actions import seal
from yupana.projections import proof

pytestmark = pytest.mark.django_db
DAY = date(2018, 3, 1)
SISA = Invited(
    "1", "A-1", "Sisa Quispe", "Sisa@abaco.example", "entity_planner", Letter("CITE 7/2018", date(2018, 2, 9))
)
LLOQUE = Invited("2", "B-1", "Lloque", "", "executive")
NEW = "otra frase que nadie adivina"


def admitted(*rows: Invited) -> list[Person]:
    return [each.person for each in invite(actor=OPERATOR, rows=rows, on=DAY)]


def test_a_list_opens_accounts_with_mandates_and_nothing_to_sign_in_with(bodies: Bodies) -> None:
    sisa, lloque = admitted(SISA, LLOQUE)
    told = [(each.username, each.email, each.has_usable_password(), each.invited_on) for each in (sisa, lloque)]
    held = Mandate.objects.order_by("pk").values_list("person", "entity", "role", "starts_on", "letter", "letter_on")
    assert told == [
        ("sisa@abaco.example", "Sisa@abaco.example", False, DAY),
        ("lloque", "", False, DAY),
    ]
    assert list(held) == [
        (sisa.pk, bodies.a.pk, "entity_planner", DAY, "CITE 7/2018", date(2018, 2, 9)),
        (lloque.pk, bodies.b.pk, "executive", DAY, "", None),
    ]


def test_the_letter_is_sealed_with_the_mandate(bodies: Bodies, unguarded_db: None) -> None:
    admitted(SISA, LLOQUE)
    seal()
    before = proof.verify().first_broken
    Mandate.objects.filter(letter="CITE 7/2018").update(letter="CITE 8/2018")
    assert (before, proof.verify().why) == (None, "content")


def test_the_same_list_again_changes_nothing_but_invites_again(bodies: Bodies) -> None:
    first = admitted(SISA, LLOQUE)
    again = invite(actor=OPERATOR, rows=[SISA, LLOQUE], on=DAY + timedelta(days=9))
    assert ([each.person for each in again], [each.new for each in again]) == (first, [False, False])
    assert (Mandate.objects.count(), {each.person.invited_on for each in again}) == (2, {DAY + timedelta(days=9)})


def test_who_signs_in_already_gets_the_mandate_and_no_link(cast: Cast) -> None:
    Person.objects.filter(username="inti").update(username="inti@abaco.example")
    [told] = invite(actor=OPERATOR, rows=[replace(SISA, email="inti@abaco.example", role="executive")], on=DAY)
    assert (told.person, told.new, told.link) == (cast.people["inti"], True, False)


def test_an_address_that_somebody_gave_themselves_opens_nobody_elses_account(cast: Cast) -> None:
    set_email(actor=cast.killa, person=cast.people["killa"].pk, email="sisa@abaco.example")
    [sisa] = admitted(SISA)
    assert sisa.pk != cast.people["killa"].pk


FAULTS = {
    "entity-unknown": replace(SISA, entity="Z-9"),
    "mandate-at-group": replace(SISA, entity="G-2"),
    "email-unusable": replace(SISA, email="sisa@"),
    "invited-role-unknown": replace(SISA, role="planner"),
    "invited-name-missing": replace(SISA, name=" "),
    "display-name-too-long": replace(SISA, name="x" * 121),
    "letter-unusable": replace(SISA, letter=Letter("", DAY)),
}


def test_of_a_list_with_faults_nothing_is_done_and_every_fault_is_told(bodies: Bodies) -> None:
    rows = [replace(row, where=str(at)) for at, row in enumerate(FAULTS.values())]
    with pytest.raises(Faulty) as told:
        admitted(LLOQUE, *rows)
    assert [(where, why.code) for where, why in told.value.lines] == [(str(at), code) for at, code in enumerate(FAULTS)]
    assert (Person.objects.count(), Mandate.objects.count()) == (0, 0)


def test_only_who_opens_accounts_invites(cast: Cast) -> None:
    with pytest.raises(Forbidden, match="grant-forbidden"):
        invite(actor=cast.inti, rows=[SISA], on=DAY)


# --- the link ------------------------------------------------------------------------------------------------------
def test_a_link_opens_once(bodies: Bodies) -> None:
    [sisa] = admitted(SISA)
    token = tokens.made(sisa)
    accepted = accept_invitation(person=sisa.pk, token=token, new=NEW)
    assert accepted.check_password(NEW)
    with pytest.raises(Missing, match="invitation-spent"):
        accept_invitation(person=sisa.pk, token=token, new=NEW)


def test_a_weak_password_spends_no_link(bodies: Bodies) -> None:
    [sisa] = admitted(SISA)
    token = tokens.made(sisa)
    with pytest.raises(Refused, match="password-weak"):
        accept_invitation(person=sisa.pk, token=token, new="corta")
    assert queries.invited(sisa.pk, token) == sisa


@pytest.mark.parametrize(
    "made", ["guessed", "", "\0", "1-2", default_token_generator, "another", "moved", "old", "closed"]
)
def test_a_link_that_is_not_this_one_opens_nothing(
    bodies: Bodies, monkeypatch: pytest.MonkeyPatch, made: object
) -> None:
    sisa, lloque = admitted(SISA, LLOQUE)
    token = made.make_token(sisa) if made is default_token_generator else tokens.made(sisa)
    if made == "another":
        token = tokens.made(lloque)
    elif made == "moved":
        set_email(actor=OPERATOR, person=sisa.pk, email="otra@abaco.example")
    elif made == "old":
        monkeypatch.setattr(settings, "PASSWORD_RESET_TIMEOUT", -1)
    elif made == "closed":
        Person.objects.filter(pk=sisa.pk).update(is_active=False)
    elif isinstance(made, str):
        token = made
    with pytest.raises(Missing, match="invitation-spent"):
        queries.invited(sisa.pk, token)


@pytest.mark.parametrize("key", [0, 10**9, 2**63, 10**40])
def test_a_link_of_nobody_opens_nothing(bodies: Bodies, key: int) -> None:
    with pytest.raises(Missing, match="invitation-spent"):
        queries.invited(key, "x")


def test_no_link_opens_an_account_that_has_a_password(cast: Cast) -> None:
    inti = cast.people["inti"]
    with pytest.raises(Missing, match="invitation-spent"):
        queries.invited(inti.pk, tokens.made(inti))


def test_who_was_invited_and_has_not_come_is_listed_for_who_grants(cast: Cast) -> None:
    sisa, lloque = admitted(SISA, LLOQUE)
    accept_invitation(person=sisa.pk, token=tokens.made(sisa), new=NEW)
    assert list(queries.awaited(OPERATOR)) == [lloque]
    with pytest.raises(Forbidden):
        queries.awaited(cast.inti)


# --- in place of others --------------------------------------------------------------------------------------------
def test_a_letter_puts_one_in_the_place_of_all_before(cast: Cast) -> None:
    told = hand_over(actor=cast.amaru, entity=cast.a, row=SISA, on=DAY)
    acting = queries.acting_for(cast.a.pk, DAY).filter(role="entity_planner")
    assert ([each.person for each in acting], told.link) == ([told.person], True)
    cast.people["inti"].refresh_from_db()
    assert cast.people["inti"].session_epoch == 1  # signed out


def test_who_lost_the_password_is_named_again_and_chooses_another(cast: Cast) -> None:
    Person.objects.filter(username="wara").update(username="wara@abaco.example")
    row = replace(SISA, email="wara@abaco.example", role="executive")
    told = hand_over(actor=cast.amaru, entity=cast.a, row=row, on=DAY)
    wara = Person.objects.get(pk=cast.people["wara"].pk)
    assert (told.person, told.link, wara.has_usable_password()) == (wara, True, False)
    assert accept_invitation(person=wara.pk, token=tokens.made(wara), new=NEW).check_password(NEW)


def office(cast: Cast, who: str) -> Person:
    """Somebody whose account is the office's address, and whose notices go home."""
    Person.objects.filter(username=who).update(username="sisa@abaco.example", email=f"{who}@casa.example")
    return cast.people[who]


def test_an_office_passes_on_with_nothing_of_who_left(cast: Cast) -> None:
    wara = office(cast, "wara")
    told = hand_over(actor=cast.amaru, entity=cast.a, row=replace(SISA, role="executive"), on=DAY)
    left = Person.objects.get(pk=wara.pk)
    assert (told.person.pk, told.link, told.before) == (wara.pk, True, "Wara")
    assert (left.display_name, left.email, left.has_usable_password()) == ("Sisa Quispe", "Sisa@abaco.example", False)
    assert left.get_session_auth_hash() != wara.get_session_auth_hash()


def test_who_left_before_does_not_come_back_with_a_list_either(cast: Cast) -> None:
    wara = office(cast, "wara")
    end_mandate(actor=OPERATOR, mandate=cast.mandates["wara"], on=DAY - timedelta(days=9))
    [told] = invite(actor=OPERATOR, rows=[SISA], on=DAY)
    assert (told.person.pk, told.person.email, told.link, told.before) == (wara.pk, "Sisa@abaco.example", True, "Wara")


def test_who_comes_back_under_the_own_name_is_the_same(cast: Cast) -> None:
    office(cast, "wara")
    end_mandate(actor=OPERATOR, mandate=cast.mandates["wara"], on=DAY - timedelta(days=9))
    [told] = invite(actor=OPERATOR, rows=[replace(SISA, name="WARA")], on=DAY)
    assert (told.link, told.before, told.person.email) == (False, "", "wara@casa.example")


def test_nobody_gets_with_an_office_what_its_account_does_elsewhere(cast: Cast) -> None:
    wara = office(cast, "wara")
    grant(actor=OPERATOR, person=wara, entity=cast.b, role=Role.EXECUTIVE, starts_on=DAY, on=DAY)
    row = replace(SISA, role="executive")
    with pytest.raises(Refused, match="account-acts-elsewhere"):
        hand_over(actor=cast.amaru, entity=cast.a, row=row, on=DAY)
    told = hand_over(actor=cast.amaru, entity=cast.a, row=replace(row, name="Wara"), on=DAY)
    assert (told.link, told.before, told.person.email) == (True, "", "Sisa@abaco.example")


def test_named_again_without_an_address_is_the_same_person_and_the_link_goes_on_paper(cast: Cast) -> None:
    wara = office(cast, "wara")
    told = hand_over(
        actor=cast.amaru, entity=cast.a, row=replace(SISA, name="Wara", email="", role="executive"), on=DAY
    )
    assert (told.person.pk, told.link, told.person.email) == (wara.pk, True, "")


def test_who_holds_an_account_elsewhere_keeps_the_password(cast: Cast) -> None:
    Person.objects.filter(username="killa").update(username="killa@nandu.example")
    told = hand_over(actor=cast.amaru, entity=cast.a, row=replace(SISA, email="killa@nandu.example"), on=DAY)
    assert (told.link, told.person.check_password(PASSWORD)) == (False, True)


@pytest.mark.parametrize(
    ("letter", "code"),
    [
        (Letter(), "letter-missing"),
        (Letter("CITE 7/2018"), "letter-missing"),
        (Letter("CITE 7/2018", DAY + timedelta(days=1)), "letter-in-future"),
    ],
)
def test_nobody_takes_a_place_without_a_letter(cast: Cast, letter: Letter, code: str) -> None:
    before = Mandate.objects.filter(ended_on=None).count()
    with pytest.raises(Refused, match=code):
        hand_over(actor=cast.amaru, entity=cast.a, row=replace(SISA, letter=letter), on=DAY)
    assert Mandate.objects.filter(ended_on=None).count() == before


def test_an_entity_names_nobody_itself(cast: Cast) -> None:
    with pytest.raises(Forbidden, match="grant-forbidden"):
        hand_over(actor=cast.executive, entity=cast.a, row=SISA, on=DAY)


# --- addresses, colleagues -----------------------------------------------------------------------------------------
def test_everybody_says_where_their_own_notices_go(cast: Cast) -> None:
    kept = set_email(actor=cast.inti, person=cast.people["inti"].pk, email=" inti@abaco.example ")
    assert (kept, queries.email_of(cast.inti), queries.email_of(NOBODY)) == ("inti@abaco.example", kept, "")
    assert set_email(actor=cast.inti, person=cast.people["inti"].pk, email=" ") == ""


@pytest.mark.parametrize("who", ["killa", "executive", "auditor"])
def test_nobody_changes_the_address_of_another(cast: Cast, who: str) -> None:
    with pytest.raises(Forbidden, match="email-of-another"):
        set_email(actor=getattr(cast, who), person=cast.people["inti"].pk, email="x@a.example")


@pytest.mark.parametrize(
    "email", ["x", "x@", "x@a b", "ñ@a.example", f"{'x' * 250}@a.example", "x@a.example\nBcc: y@b.example"]
)
def test_what_is_no_address_is_refused(cast: Cast, email: str) -> None:
    with pytest.raises(Refused, match="email-unusable"):
        set_email(actor=cast.inti, person=cast.people["inti"].pk, email=email)


def test_colleagues_are_those_of_the_own_entity(cast: Cast) -> None:
    seen = {name: [each.person.username for each in queries.colleagues(getattr(cast, name), DAY)]
            for name in ("inti", "killa", "amaru", "sami")}  # fmt: skip
    assert seen == {"inti": ["rumi", "wara"], "killa": [], "amaru": [], "sami": []}


@pytest.mark.parametrize(("days", "new"), [(58, True), (57, False)])
def test_a_mandate_is_new_for_some_days(cast: Cast, days: int, new: bool) -> None:
    day = date(2017, 3, 1)  # mandates began 58 days before
    assert (queries.newly(cast.inti, on=day, days=days), queries.newly(cast.amaru, on=day, days=days)) == (new, False)


def test_roles_of_the_invited_are_those_of_entities(bodies: Bodies) -> None:
    told = invite(actor=OPERATOR, rows=[SISA, LLOQUE], on=DAY)
    assert [each.role for each in told] == [Role.ENTITY_PLANNER, Role.EXECUTIVE]
