"""What is said about evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from enum import StrEnum

    from django_stubs_ext import StrPromise

MESSAGES: dict[str, StrPromise] = {}
LABELS: dict[type[StrEnum], dict[str, StrPromise]] = {}
