"""Mail leaves once: whatever fails, comes back, is restored, or is done by two at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.core import mail as post
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from tests.cast import DUE_ON, Cast, make_call, make_edition
from yupana.domain.obligations.contacts import readable_contacts
from yupana.domain.obligations.models import Obligation
from yupana.domain.people import tokens
from yupana.domain.people.actions import accept_invitation, end_mandate, set_email
from yupana.domain.people.facts import Invited, Letter
from yupana.domain.people.models import Person
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.errors import Forbidden, Missing
from yupana.interfaces.mail import compose
from yupana.projections.notices import journal
from yupana.projections.notices.actions import Delivered, bounced, deliver, fill, hand_over, invite
from yupana.projections.notices.models import Filled, Outbox
from yupana.projections.notices.rules import STALE_DAYS, Rule

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from django.core.mail import EmailMessage

pytestmark = pytest.mark.django_db
TODAY = DUE_ON - timedelta(days=10)
NOON = timezone.make_aware(datetime.combine(TODAY, datetime.min.time())) + timedelta(hours=12)
SISA = Invited("1", "A-1", "Sisa", "sisa@abaco.example", "executive", Letter("CITE 7", TODAY))


@pytest.fixture
def waiting(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Outbox:
    """Let one mail wait: Inti's plan is due in ten days."""
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path))
    set_email(actor=OPERATOR, person=cast.people["inti"].pk, email="inti@abaco.example")
    make_edition()
    make_call(audience="code:A-1")
    fill(on=TODAY)
    return Outbox.objects.get()


def send(after: timedelta = timedelta()) -> Delivered:
    return deliver(compose=compose, now=NOON + after, on=(NOON + after).date())


def break_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_self: EmailBackend, _messages: list[EmailMessage]) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)


def test_a_mail_is_one_sentence_and_one_link_in_spanish(cast: Cast, waiting: Outbox) -> None:
    assert send() == Delivered(1, 0, 0, 0)
    [told] = post.outbox
    owed = Obligation.objects.get()
    assert told.to == ["inti@abaco.example"]
    assert told.body.splitlines()[1:] == ["", f"http://127.0.0.1:8000/desk/plan/{owed.pk}/"]
    assert not any(word in told.body for word in ("Ábaco", "PLAN", owed.call.title, "inti"))


def test_all_that_waits_for_somebody_is_one_mail(waiting: Outbox) -> None:
    made = {"person": waiting.person, "due_on": TODAY, "about_on": TODAY}
    Outbox.objects.create(rule="expired", subject="evidence", **made)
    Outbox.objects.create(rule="late", subject="report:7", **made)
    Outbox.objects.create(rule="invited", subject="invitation", **made)
    assert (send(), [len(told.body.splitlines()) for told in post.outbox]) == (Delivered(3, 0, 1, 0), [11])
    [told] = post.outbox
    assert "3" in told.subject
    assert [line.partition("/desk/")[2] for line in told.body.splitlines() if "://" in line][1:] == [
        "respaldos/", "avance/7/",
    ]  # fmt: skip
    Outbox.objects.update(state="waiting", tries=0)
    assert (send().sent, len(post.outbox)) == (3, 1)


def test_what_was_sent_stays_sent(waiting: Outbox) -> None:
    assert [send().sent for _ in range(3)] == [1, 0, 0]
    assert len(post.outbox) == 1


def test_a_restored_database_sends_nothing_a_second_time(waiting: Outbox) -> None:
    send()
    Outbox.objects.all().delete()
    Filled.objects.all().delete()
    fill(on=TODAY)
    assert (send().sent, len(post.outbox)) == (1, 1)
    assert not any("inti" in each for each in journal.sent())


def test_what_fails_is_tried_again_less_and_less_often(waiting: Outbox, monkeypatch: pytest.MonkeyPatch) -> None:
    break_mail(monkeypatch)
    minutes = (0, 14, 15, 44, 45, 105, 225, 999)
    assert [send(timedelta(minutes=each)).failed for each in minutes] == [1, 0, 1, 0, 1, 1, 1, 0]
    waiting.refresh_from_db()
    assert (waiting.state, waiting.tries, waiting.problem) == ("failed", 5, "ConnectionRefusedError")


def test_what_failed_leaves_once_it_can(waiting: Outbox, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        break_mail(broken)
        send()
    assert (send(timedelta(hours=1)).sent, len(post.outbox)) == (1, 1)


def test_of_which_nobody_knows_whether_it_left_is_not_sent_again(waiting: Outbox) -> None:
    Outbox.objects.update(state="sending", tries=1)
    assert send(timedelta(days=1)) == Delivered(0, 0, 0, 0)


def test_two_at_once_send_a_mail_once(waiting: Outbox) -> None:
    meanwhile = list[Delivered]()

    def intrude(mails: Sequence[Outbox]) -> tuple[str, str]:
        meanwhile.append(send())
        return compose(mails)

    first = deliver(compose=intrude, now=NOON, on=TODAY)
    assert (first.sent, meanwhile, len(post.outbox)) == (1, [Delivered(0, 0, 0, 0)], 1)


@pytest.mark.parametrize("why", ["stale", "nobody", "forgotten", "bounced"])
def test_what_is_of_no_use_any_more_is_dropped(cast: Cast, waiting: Outbox, why: str) -> None:
    after = timedelta(days=STALE_DAYS + 1) if why == "stale" else timedelta()
    if why == "nobody":
        end_mandate(actor=OPERATOR, mandate=cast.mandates["inti"], on=TODAY)
    elif why == "forgotten":
        Person.objects.update(email="")
    elif why == "bounced":
        other = Outbox.objects.create(person=cast.people["killa"], rule="due", due_on=TODAY, about_on=TODAY)
        Outbox.objects.filter(pk=other.pk).update(state="bounced", address="INTI@abaco.example")
    assert (send(after), len(post.outbox)) == (Delivered(0, 0, 1, 0), 0)


# --- what comes back -----------------------------------------------------------------------------------------------
def test_nothing_more_is_sent_where_mail_came_back_until_there_is_another_address(cast: Cast, waiting: Outbox) -> None:
    send()
    assert bounced(actor=OPERATOR, address=" Inti@Abaco.example", on=TODAY) == 1
    fill(on=DUE_ON - timedelta(days=3))
    assert send(timedelta(days=7)) == Delivered(0, 0, 1, 0)
    set_email(actor=cast.inti, person=cast.people["inti"].pk, email="inti@otra.example")
    fill(on=DUE_ON - timedelta(days=1))
    assert send(timedelta(days=9)).sent == 1
    assert [each.how for each in readable_contacts(OPERATOR, cast.a.pk)] == ["bounced"]


def test_an_address_to_which_nothing_was_sent_cannot_come_back(cast: Cast, waiting: Outbox) -> None:
    with pytest.raises(Missing, match="mail-unknown"):
        bounced(actor=OPERATOR, address="inti@abaco.example", on=TODAY)
    with pytest.raises(Forbidden):
        bounced(actor=cast.inti, address="inti@abaco.example", on=TODAY)


# --- invitations ---------------------------------------------------------------------------------------------------
def test_an_invitation_leaves_with_a_link_that_opens_the_account(cast: Cast, waiting: Outbox) -> None:
    [sisa] = invite(actor=cast.amaru, rows=[SISA], on=TODAY)
    send()
    [link] = [line for told in post.outbox for line in told.body.splitlines() if "/invitacion/" in line]
    key, token = link.rstrip("/").split("/")[-2:]
    assert accept_invitation(person=int(key), token=token, new="otra frase que nadie adivina") == sisa.person
    assert [each.how for each in readable_contacts(OPERATOR, cast.a.pk)] == ["invited"]


def test_no_link_is_kept_where_somebody_could_read_it(cast: Cast, waiting: Outbox) -> None:
    invite(actor=cast.amaru, rows=[SISA], on=TODAY)
    kept = Outbox.objects.get(rule=Rule.INVITED)
    assert (kept.subject, kept.address, kept.problem) == ("invitation", "", "")


def test_who_came_already_is_not_mailed_an_invitation(cast: Cast, waiting: Outbox) -> None:
    told = hand_over(actor=cast.amaru, entity=cast.a, row=SISA, on=TODAY)
    told.person.set_password("otra frase que nadie adivina")
    told.person.save()
    assert send() == Delivered(1, 0, 1, 0)


def test_the_link_of_an_office_goes_to_the_address_of_the_letter_also_on_the_same_day(
    cast: Cast, waiting: Outbox
) -> None:
    [before] = invite(actor=cast.amaru, rows=[SISA], on=TODAY)
    send()
    accept_invitation(person=before.person.pk, token=tokens.made(before.person), new="otra frase que nadie adivina")
    set_email(actor=OPERATOR, person=before.person.pk, email="sisa@casa.example")
    after = hand_over(actor=cast.amaru, entity=cast.a, row=replace(SISA, name="Tani"), on=TODAY)
    send()
    assert [told.to for told in post.outbox[2:]] == [["sisa@abaco.example"]]
    assert post.outbox[-1].body.rstrip().endswith(f"/invitacion/{after.person.pk}/{tokens.made(after.person)}/")
