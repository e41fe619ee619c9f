"""A small room of its own for the tests of the ledger: it remembers what it recorded, as a room's tables would."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db import connection, transaction

from yupana.foundation.kernel.canonical import Plain
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.ledger.actions import record, seal
from yupana.foundation.ledger.models import Entry
from yupana.foundation.ledger.queries import Content
from yupana.foundation.ledger.verify import Verdict, verify

DAY = date(2024, 5, 6)


@dataclass
class Room:
    """Contents by entry."""

    contents: dict[int, Plain] = field(default_factory=dict)
    more: list[Content] = field(default_factory=list)

    def record(self, value: Plain) -> Entry:
        with transaction.atomic():
            entry = record(Fact("thing.said", {"thing": len(self.contents)}, DAY, value))
        self.contents[entry.pk] = value
        return entry

    def sealed(self, *batches: int) -> list[Entry]:
        """Record and seal batches of so many entries; return the entries in order."""
        entries = []
        for number in batches:
            entries += [self.record({"value": number, "at": at}) for at in range(number)]
            seal()
        return entries

    def sealed_contents(self) -> Iterator[Content]:
        yield from (Content(entry, value) for entry, value in self.contents.items())
        yield from self.more

    def verify(self) -> Verdict:
        return verify(self.sealed_contents())


def sql(statement: str) -> None:
    """Do what somebody with access to the database can do."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
