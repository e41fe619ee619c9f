"""Told twice, the story is the same: only passwords and salts differ."""

from datetime import date

import pytest
from django.db import transaction

from yupana.foundation.ledger.models import Entry
from yupana.foundation.ledger.rules import read_leaf
from yupana.interfaces.cli.demo import story

TODAY = date(2026, 3, 2)
NAMED = ("call", "entity", "instrument", "edition", "role", "row")


def told() -> list[tuple[object, ...]]:
    leaves = [read_leaf(bytes(entry.leaf)) for entry in Entry.objects.order_by("pk")]
    return [(leaf.verb, leaf.on, *(leaf.codes.get(name) for name in NAMED)) for leaf in leaves]


@pytest.mark.django_db
def test_the_story_is_the_same_each_time() -> None:
    tellings = []
    for _ in range(2):
        with transaction.atomic():
            story.tell(TODAY)
            tellings.append(told())
            transaction.set_rollback(True)
    assert (tellings[0] == tellings[1], len(tellings[0]) > 100) == (True, True)
