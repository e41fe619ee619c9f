"""What follow-up says to people, one module a task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.domain.progress.labels import checks, evaluations, evidence, indicators, reports

if TYPE_CHECKING:
    from enum import StrEnum

    from django_stubs_ext import StrPromise

ROOMS = (reports, evidence, checks, indicators, evaluations)
MESSAGES: dict[str, StrPromise] = {code: text for room in ROOMS for code, text in room.MESSAGES.items()}
LABELS: dict[type[StrEnum], dict[str, StrPromise]] = {
    kind: texts for room in ROOMS for kind, texts in room.LABELS.items()
}
