"""Parts of what is reviewed with what was noted about them, as a form holds them and beside what stands there now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import pgettext_lazy

from yupana.domain.submissions.rules import Verdict, row_of
from yupana.interfaces.desk.doors import CONFLICT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django_stubs_ext import StrPromise

    from yupana.interfaces.desk.forms.review import NotesForm, Part
    from yupana.projections.overviews.checklist import Seen

CHOICES: dict[bool, tuple[tuple[str, StrPromise], ...]] = {
    True: (
        ("", pgettext_lazy("row", "not looked at")),
        (Verdict.FINE.value, pgettext_lazy("row", "fine")),
        (Verdict.MEND.value, pgettext_lazy("row", "to mend")),
    ),
    False: (
        ("", pgettext_lazy("section", "not looked at")),
        (Verdict.FINE.value, pgettext_lazy("section", "present")),
        (Verdict.MEND.value, pgettext_lazy("section", "to mend")),
        (Verdict.NOT_APPLICABLE.value, pgettext_lazy("section", "does not apply")),
    ),
}
"""What can be said of a row, and of a section of a checklist."""


@dataclass(frozen=True, slots=True)
class Noting:
    """A part with what its form shows: as it was typed, and beside it (None: nothing) what another noted meanwhile."""

    part: Part
    verdict: str
    text: str
    stored: Seen | None

    @property
    def choices(self) -> tuple[tuple[str, StrPromise], ...]:
        """What can be said of it."""
        return CHOICES[row_of(self.part.subject) is not None]


def noting(form: NotesForm, parts: Iterable[Part], status: int) -> list[Noting]:
    """Show each part as its form holds it; after a conflict beside what stands there now."""
    shown = ((part, *form.shown(part)) for part in parts)
    return [
        Noting(part, verdict, text, part.seen if status == CONFLICT and _differs(part, verdict, text) else None)
        for part, verdict, text in shown
    ]


def _differs(part: Part, verdict: str, text: str) -> bool:
    return (part.seen.verdict, part.seen.text) != (verdict, text.strip())
