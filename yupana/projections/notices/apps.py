"""Notices as an installed app."""

from __future__ import annotations

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """The outbox, and up to which day it was filled."""

    name = "yupana.projections.notices"
    label = "notices"
