"""Attempts to reach an entity are the authority's own notes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from yupana.domain.obligations.actions.contacting import note_contact, note_many
from yupana.domain.obligations.contacts import readable_contacts
from yupana.domain.obligations.labels import LABELS
from yupana.domain.obligations.rules import ContactHow
from yupana.foundation.kernel.errors import Forbidden, Refused
from yupana.foundation.ledger.models import Entry

if TYPE_CHECKING:
    from tests.cast import Cast

pytestmark = pytest.mark.django_db
DAY = date(2018, 7, 3)


def noted(cast: Cast, **said: Any) -> Any:  # noqa: ANN401 - whatever the action takes
    told = {"actor": cast.amaru, "entity": cast.a, "how": ContactHow.CALLED, "note": "No contesta", **said}
    return note_contact(**{"contacted_on": DAY, "on": DAY, **told})


def test_an_attempt_is_noted_and_nothing_is_recorded_of_it(cast: Cast) -> None:
    before = Entry.objects.count()
    noted(cast, how=ContactHow.LETTER, cite=" CITE  9/2018 ", note="", contacted_on=DAY - timedelta(days=2))
    noted(cast)
    told = [
        (each.on, each.how, each.cite, each.note, each.by_id) for each in readable_contacts(cast.auditor, cast.a.pk)
    ]
    assert told == [
        (DAY, "called", "", "No contesta", cast.amaru.person),
        (DAY - timedelta(days=2), "letter", "CITE 9/2018", "", cast.amaru.person),
    ]
    assert Entry.objects.count() == before


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"note": " "}, "contact-empty"),
        ({"contacted_on": DAY + timedelta(days=1)}, "contact-in-future"),
        ({"cite": "x" * 121}, "contact-cite-too-long"),
    ],
)
def test_what_says_nothing_or_cannot_be_is_refused(cast: Cast, said: dict[str, object], code: str) -> None:
    with pytest.raises(Refused, match=code):
        noted(cast, **said)


@pytest.mark.parametrize("who", ["inti", "executive", "auditor", "sami"])
def test_only_who_calls_notes_it(cast: Cast, who: str) -> None:
    with pytest.raises(Forbidden):
        noted(cast, actor=getattr(cast, who))
    with pytest.raises(Forbidden):
        note_many(actor=getattr(cast, who), entities=[cast.a.pk], how=ContactHow.BOUNCED, on=DAY)


@pytest.mark.parametrize("who", ["inti", "executive", "sami"])
def test_an_entity_does_not_read_what_is_noted_about_it(cast: Cast, who: str) -> None:
    with pytest.raises(Forbidden):
        readable_contacts(getattr(cast, who), cast.a.pk)


def test_many_are_noted_at_once_each_once(cast: Cast) -> None:
    many = note_many(actor=cast.amaru, entities=[cast.a.pk, cast.b.pk, cast.a.pk], how=ContactHow.INVITED, on=DAY)
    assert (many, readable_contacts(cast.amaru, cast.a.pk).count()) == (2, 1)


def test_every_way_has_its_word() -> None:
    assert set(LABELS[ContactHow]) == set(ContactHow)
