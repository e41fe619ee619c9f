"""Holding the whole record against what every room keeps behind it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from yupana.domain.commitments import queries as commitments
from yupana.domain.entities import queries as entities
from yupana.domain.instruments import alignments, consultations
from yupana.domain.instruments import queries as instruments
from yupana.domain.obligations import queries as obligations
from yupana.domain.people import queries as people
from yupana.domain.progress import evaluations, evidence
from yupana.domain.progress import queries as progress
from yupana.domain.submissions import queries as submissions
from yupana.foundation.ledger import verify as ledger
from yupana.foundation.vault import store as vault
from yupana.foundation.vault.store import Looked

if TYPE_CHECKING:
    from collections.abc import Callable

    from yupana.domain.instruments.models import Document as Published
    from yupana.domain.progress.models import Evidence
    from yupana.domain.submissions.models import Document as HandedIn
    from yupana.foundation.ledger.verify import Verdict


@dataclass(frozen=True, slots=True)
class Altered:
    """An original of a publication or of a plan, a piece of evidence, or the figures of an evaluation: gone or altered.

    ``edition`` is CODE/EDITION, for a plan CALL and version, for evidence the code of its entity and its number, for an
    evaluation its own code.
    """

    edition: str
    name: str
    digest: str


ROOMS = (entities, people, instruments, consultations, alignments, obligations, submissions, commitments, progress)


def documents() -> list[Altered]:
    """Read all originals and evidence again; name those that are gone or not what they were.

    Name and digest are in the record. Size and kind follow from the bytes, so that a forged one is found here.
    """
    published: list[tuple[str, Published | HandedIn | Evidence]] = [
        (f"{each.edition.instrument.code}/{each.edition.code}", each) for each in consultations.published_documents()
    ]
    known = published + [
        (f"{each.submission.obligation.call.code} v{each.submission.version}", each)
        for each in submissions.documents_handed_in()
    ]
    known += [(f"{each.entity.code} #{each.pk}", each) for each in evidence.files()]
    # Whatever the column of the digest holds.
    found = {digest: vault.look(digest) for digest in {str(each.digest) for _of, each in known}}
    altered = [
        Altered(told_of, each.name, each.digest)
        for told_of, each in known
        if found[str(each.digest)] != Looked(each.size or 0, each.media_type)
    ]
    frozen = ((each.code, each.digest) for each in evaluations.published())
    return altered + [Altered(code, f"{code}.json", digest) for code, digest in frozen if vault.look(digest) is None]


def verify(tick: Callable[[int], None] = lambda _: None) -> Verdict:
    """Recompute tree, leaves and the contents of every room; ``tick`` is told how many more entries were checked."""
    return ledger.verify(chain.from_iterable(room.sealed_contents() for room in ROOMS), tick)
