"""What the database itself refuses about accounts and mandates."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from yupana.domain.people.actions import end_mandate
from yupana.domain.people.models import Mandate, Person
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.ledger.actions import record

if TYPE_CHECKING:
    from tests.cast import Cast
    from yupana.foundation.ledger.models import Entry

pytestmark = pytest.mark.django_db
DAY = date(2018, 3, 1)


def an_entry() -> Entry:
    return record(Fact("mandate.granted", {"entity": "x", "role": "x"}, DAY, {}))


def refused(cast: Cast, constraint: str, **fields: object) -> None:
    usual = {"person": cast.people["inti"], "entity": cast.b, "role": "executive", "starts_on": DAY}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Mandate.objects.create(**(usual | fields), entry=an_entry())


def test_an_account_has_a_name_and_has_it_alone(cast: Cast) -> None:
    with pytest.raises(IntegrityError, match="person_has_username"), transaction.atomic():
        Person.objects.create(username="")
    with pytest.raises(IntegrityError, match=r"username"), transaction.atomic():
        Person.objects.create(username="inti")


def test_a_mandate_runs_forward(cast: Cast) -> None:
    refused(cast, "mandate_forward", ends_on=date(2018, 2, 28))


def test_a_mandate_has_a_role_that_exists(cast: Cast) -> None:
    refused(cast, "mandate_role_known", role="emperor")


def test_an_end_and_its_entry_come_together(cast: Cast) -> None:
    refused(cast, "mandate_end_recorded", ended_on=DAY)
    refused(cast, "mandate_end_recorded", end_entry=an_entry())


@pytest.mark.parametrize(
    "fields",
    [{"role": "reviewer"}, {"starts_on": DAY}, {"ends_on": DAY}, {"ends_on": date(2030, 1, 1), "role": "auditor"}],
)
def test_a_mandate_is_never_rewritten(cast: Cast, fields: dict[str, object]) -> None:
    with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
        Mandate.objects.filter(pk=cast.mandates["inti"].pk).update(**fields)


def test_a_mandate_is_not_handed_to_another_person_or_body(cast: Cast) -> None:
    mandate = Mandate.objects.filter(pk=cast.mandates["inti"].pk)
    for fields in ({"person": cast.people["killa"]}, {"entity": cast.authority}):
        with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
            mandate.update(**fields)


def test_an_ended_mandate_is_not_brought_back_or_ended_anew(cast: Cast) -> None:
    end_mandate(actor=OPERATOR, mandate=cast.mandates["inti"], on=DAY)
    ended = Mandate.objects.filter(pk=cast.mandates["inti"].pk)
    for fields in ({"ended_on": None, "end_entry": None}, {"ended_on": date(2019, 1, 1)}):
        with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
            ended.update(**fields)


def test_a_mandate_is_never_deleted(cast: Cast) -> None:
    with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
        Mandate.objects.filter(pk=cast.mandates["inti"].pk)._raw_delete("default")  # noqa: SLF001 - past Django's own protection


def test_everything_has_a_short_name(cast: Cast) -> None:
    inti, mandate = cast.people["inti"], cast.mandates["inti"]
    assert (str(inti), str(mandate)) == ("inti", f"{inti.pk} entity_planner {cast.a.pk}")
