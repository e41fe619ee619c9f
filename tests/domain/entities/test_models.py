"""What the database itself refuses about the register."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from yupana.domain.entities.actions import record_succession
from yupana.domain.entities.models import Entity, Registration, Succession
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.ledger.actions import record

if TYPE_CHECKING:
    from tests.cast import Bodies
    from yupana.foundation.ledger.models import Entry

pytestmark = pytest.mark.django_db
DAY = date(2018, 3, 1)


def an_entry() -> Entry:
    return record(Fact("entity.registered", {"entity": "x"}, DAY, {}))


def entity(**fields: object) -> Entity:
    usual = {
        "source": "s",
        "source_id": "1",
        "code": "c",
        "name": "n",
        "bindable": False,
        "search_key": "",
        "sort_key": "",
    }
    return Entity(**(usual | fields))


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("entity_source_unique", {"source": "cast", "source_id": "4"}),
        ("entity_has_id_and_name", {"source_id": ""}),
        ("entity_has_id_and_name", {"name": ""}),
        ("entity_bound_has_level", {"bindable": True}),
        ("entity_validity_forward", {"valid_from": DAY, "valid_to": date(2018, 2, 28)}),
    ],
)
def test_an_impossible_body_is_refused(bodies: Bodies, constraint: str, fields: dict[str, object]) -> None:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        entity(**fields).save()
    assert constraint in str(caught.value) or "entities_entity.source" in str(caught.value)


def test_a_body_may_last_one_day(bodies: Bodies) -> None:
    entity(valid_from=DAY, valid_to=DAY).save()
    assert Entity.objects.filter(valid_from=DAY).count() == 1


def test_a_body_is_not_its_own_parent(bodies: Bodies) -> None:
    with pytest.raises(IntegrityError, match="entity_not_own_parent"), transaction.atomic():
        Entity.objects.filter(pk=bodies.a.pk).update(parent=bodies.a.pk)


def test_a_body_is_never_deleted(bodies: Bodies) -> None:
    with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
        Entity.objects.filter(pk=bodies.a.pk)._raw_delete("default")  # noqa: SLF001 - past Django's own protection


def test_a_version_of_a_body_exists_once(bodies: Bodies) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.create(entity=bodies.a, version=1, content={}, entry=an_entry())


def test_a_registration_is_neither_changed_nor_deleted(bodies: Bodies) -> None:
    kept = Registration.objects.filter(entity=bodies.a)
    with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
        kept.update(content={})
    with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
        kept._raw_delete("default")  # noqa: SLF001 - past Django's own protection


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [("succession_to_another", {"successor": "a"}), ("succession_has_act", {"act": ""})],
)
def test_an_impossible_succession_is_refused(bodies: Bodies, constraint: str, fields: dict[str, str]) -> None:
    values = {"predecessor": bodies.a, "successor": bodies.b, "on": DAY, "act": "Ley 1"}
    told = {name: bodies.a if value == "a" else value for name, value in fields.items()}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Succession.objects.create(**(values | told), entry=an_entry())


def test_a_succession_exists_once_and_stays(bodies: Bodies) -> None:
    record_succession(actor=OPERATOR, predecessors=[bodies.a], successor=bodies.b, on=DAY, act="Ley 1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Succession.objects.create(predecessor=bodies.a, successor=bodies.b, on=DAY, act="Ley 2", entry=an_entry())
    with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
        Succession.objects.update(act="Ley 3")
    with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
        Succession.objects.all()._raw_delete("default")  # noqa: SLF001 - past Django's own protection


def test_everything_has_a_short_name(bodies: Bodies) -> None:
    (succession,) = record_succession(actor=OPERATOR, predecessors=[bodies.a], successor=bodies.b, on=DAY, act="Ley 1")
    kept = Registration.objects.get(entity=bodies.b)
    assert [str(each) for each in (bodies.a, bodies.a.level, kept, succession)] == [
        "A-1 Municipio de Ábaco",
        "municipal",
        f"{bodies.b.pk} v1",
        f"{bodies.a.pk} -> {bodies.b.pk}",
    ]
