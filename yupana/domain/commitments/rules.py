"""Kinds of activity."""

from __future__ import annotations

from enum import StrEnum


class Medium(StrEnum):
    """The means by which a line is answered."""

    PROJECT = "project"
    LINE = "line"
    ACTIVITY = "activity"
