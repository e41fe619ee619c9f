"""Evidence that everybody may read: called public by its entity, and cited by a report accepted under a public call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.progress.models import Evidence, Support
from yupana.domain.progress.policy import public_evidence
from yupana.domain.progress.rules import EvidenceKind
from yupana.domain.progress.rules.evidence import file_name
from yupana.foundation.kernel.errors import Missing
from yupana.foundation.vault.rules import clean_name

if TYPE_CHECKING:
    from datetime import date

MOST_KEY = 2**63


@dataclass(frozen=True, slots=True)
class PublicPiece:
    """One piece: a file by its digest, or a link; fields as on ``models.Evidence``."""

    key: int
    kind: str
    name: str
    digest: str
    media_type: str
    size: int | None
    url: str
    issued_on: date | None
    valid_until: date | None
    level: int

    @property
    def file_name(self) -> str:
        """Under which name it is taken along."""
        return file_name(clean_name(self.name), self.media_type)

    @property
    def is_file(self) -> bool:
        """Whether there is a file to take."""
        return self.kind == EvidenceKind.FILE


def public_file(key: int) -> PublicPiece:
    """One file. Missing where there is none, or none for everybody."""
    readable = Evidence.objects.filter(public_evidence(), kind=EvidenceKind.FILE, entry__erasure=None)
    found = readable.filter(pk=key).first() if 0 < key < MOST_KEY else None
    if found is None:
        raise Missing("evidence-missing")
    return _piece(found)


def public_pieces(submission: int) -> dict[int, list[PublicPiece]]:
    """What everybody may read of what a report cites, by row: nothing unless the report itself is public."""
    readable = Evidence.objects.filter(public_evidence(), supports__submission=submission, entry__erasure=None)
    cited = Support.objects.filter(submission=submission, evidence__in=readable).select_related("evidence")
    found: dict[int, list[PublicPiece]] = {}
    for each in cited.order_by("row", "pk"):
        found.setdefault(each.row, []).append(_piece(each.evidence))
    return found


def _piece(found: Evidence) -> PublicPiece:
    return PublicPiece(
        found.pk,
        found.kind,
        found.name,
        found.digest,
        found.media_type,
        found.size,
        found.url,
        found.issued_on,
        found.valid_until,
        found.level,
    )
